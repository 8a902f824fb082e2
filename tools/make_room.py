"""Write the skeleton of a new room: ``make room NAME=hazards``.

The room is complete and passes the contract test of rooms from the first minute: a table with its
record, a computation that gives findings, a view, a command, words in both languages and a test.
``greensilk/rooms.py`` is the only file outside the room that changes. Fill it from the table up.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]

FILES = {
    "__init__.py": '''"""What the room {name} is for, in one sentence.

The public functions are imported when first used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from greensilk.core.lazy import attach

if TYPE_CHECKING:
    from greensilk.{name}.compute import judge_values
    from greensilk.{name}.view import {name}_view

__all__ = ["judge_values", "{name}_view"]

__getattr__, __dir__ = attach(
    __name__, {{"judge_values": "compute", "{name}_view": "view"}}
)
''',
    "room.py": '''"""What the room {name} declares of itself."""

from __future__ import annotations

from greensilk.core.room import Room

__all__ = ["ROOM"]

ROOM = Room(
    name="{name}",
    tables=("data/rules.csv",),
    views=(("{name}", "view:{name}_view", "compute:example"),),
    commands=(("{name}", "commands:{name}"),),
)
''',
    "model.py": '''"""The records of the room."""

from __future__ import annotations

import msgspec

from greensilk.core.tables import load_records

__all__ = ["Rule", "load_rules"]


class Rule(msgspec.Struct, frozen=True):
    """One rule: what it looks at, the limit in ``unit``, and where it stands.

    ``verified`` tells whether the limit was read in the document itself.
    """

    rule: str
    item: str
    maximum: float
    unit: str
    publisher: str
    document: str
    clause: str
    address: str
    year: int
    verified: bool
    note: str = ""


def load_rules() -> tuple[Rule, ...]:
    """Return the rules of the room."""
    return load_records("{name}/data/rules.csv", Rule, key="rule")
''',
    "compute.py": '''"""Values held against the rules: arrays in, findings out, no words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pyarrow as pa

from greensilk.core.findings import Finding, findings_table
from greensilk.core.text import Amount
from greensilk.{name}.model import load_rules

__all__ = ["example", "judge_values"]


def judge_values(values: Mapping[str, Sequence[float]], subjects: Sequence[str]) -> pa.Table:
    """Return a finding for every subject and rule that its values break.

    Parameters
    ----------
    values
        Item to one value a subject, in the unit of the rule.
    subjects
        The subjects, in the order of the values.

    Returns
    -------
    pyarrow.Table
        Findings, see :mod:`greensilk.core.findings`.

    Examples
    --------
    >>> judge_values({{}}, []).num_rows
    0
    """
    return findings_table(
        Finding(
            subject,
            "{name}",
            rule.rule,
            rule.item,
            "above",
            value=value,
            unit=rule.unit,
            reason_code="{name}.reason.above",
            params={{"value": Amount(value, rule.unit), "limit": Amount(rule.maximum, rule.unit)}},
            source=rule.document,
            year=str(rule.year),
        )
        for rule in load_rules()
        for subject, value in zip(subjects, values.get(rule.item, ()), strict=False)
        if value > rule.maximum
    )


def example() -> pa.Table:
    """Return the findings of the packaged example."""
    return judge_values({{rule.item: [2.0 * rule.maximum] for rule in load_rules()}}, ["example"])
''',
    "view.py": '''"""The room's findings as a document; no arithmetic."""

from __future__ import annotations

import pyarrow as pa

from greensilk.core.document import Column, Document, Section, Table
from greensilk.core.text import Label, Sentence
from greensilk.core.text.parameters import decode

__all__ = ["{name}_view"]


def {name}_view(findings: pa.Table) -> Document:
    """Return the document of the findings."""
    columns = (
        Column("subject", Label("{name}.column.subject")),
        Column("rule", Label("{name}.column.rule")),
        Column("reason", Label("{name}.column.reason"), width=60),
    )
    rows = [
        (
            row["subject"],
            Label(f"{name}.rule.{{row['rule']}}"),
            Sentence(row["reason_code"], decode(row["reason_params"])),
        )
        for row in findings.to_pylist()
    ]
    section = Section("findings", Label("{name}.findings"), (Table(columns, rows),))
    return Document("{name}", Label("{name}.title"), (section,))
''',
    "commands.py": '''"""The room's command."""

from __future__ import annotations

from greensilk import {name} as room
from greensilk.core.console.options import DEFAULT_LANG, LangOption
from greensilk.core.console.output import print_line
from greensilk.core.rendering import load_renderers
from greensilk.{name}.compute import example

__all__ = ["{name}"]


def {name}(lang: LangOption = DEFAULT_LANG) -> None:
    """Show the findings of the packaged example."""
    print_line(load_renderers().render_terminal(room.{name}_view(example()), lang))
''',
    "data/rules.csv": (
        "rule,item,maximum,unit,publisher,document,clause,address,year,verified,note\n"
        "example,example_item,1,1,publisher,document,clause,address,2026,false,"
        "replace by rows of the documents\n"
    ),
    "data/labels.csv": """key,en,zh
{name}.title,{title},{title}（待译）
{name}.findings,Findings,评估结论
{name}.column.subject,Subject,对象
{name}.column.rule,Rule,规则
{name}.column.reason,Reason,理由
{name}.rule.example,Example,示例规则
{name}.reason.above,{{value}} is above the limit of {{limit}}.,{{value}} 超过限值 {{limit}}。
command.{name},Show the findings of the packaged example.,显示内置示例的评估结论。
""",
}

TEST = '''"""The room {name}."""

from __future__ import annotations

from greensilk.{name} import judge_values
from greensilk.{name}.model import load_rules


def test_a_value_above_the_limit_is_a_finding_and_one_at_it_is_none() -> None:
    rule = load_rules()[0]
    findings = judge_values({{rule.item: [rule.maximum, 2 * rule.maximum]}}, ["at", "above"])
    assert findings.column("subject").to_pylist() == ["above"]
    assert findings.column("reason_code").to_pylist() == ["{name}.reason.above"]
'''


def make_room(name: str, root: Path = ROOT) -> list[Path]:
    """Write the skeleton of the room ``name`` and enter it in the list; return the files."""
    package = root / "src" / "greensilk"
    if not re.fullmatch(r"[a-z][a-z_]*", name):
        raise SystemExit(f"{name!r}: the name of a package in lower case is expected, NAME=hazards")
    folder = package / name
    if folder.exists():
        raise SystemExit(f"{folder} exists already")
    written = []
    for file, content in FILES.items():
        path = folder / file
        path.parent.mkdir(parents=True, exist_ok=True)
        filled = content.format(name=name, title=name.capitalize())
        path.write_text(filled, encoding="utf-8")
        written.append(path)
    test = root / "tests" / name / f"test_{name}.py"
    test.parent.mkdir(parents=True, exist_ok=True)
    test.write_text(TEST.format(name=name), encoding="utf-8")
    written.append(test)
    listing = package / "rooms.py"
    text = listing.read_text(encoding="utf-8")
    # the report prints what all others find, so it stays the last
    listing.write_text(text.replace('    "report",\n', f'    "{name}",\n    "report",\n'), "utf-8")
    return [*written, listing]


if __name__ == "__main__":
    if len(sys.argv) != 2:
        raise SystemExit("usage: make room NAME=hazards")
    for path in make_room(sys.argv[1]):
        sys.stdout.write(f"{path.relative_to(ROOT)}\n")
