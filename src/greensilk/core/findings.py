"""The findings table: verdicts of any kind, as codes and parameters.

The second contract beside the evidence. A claim held against an estimate, a check of consistency, a
baseline that fits, a doubt about data quality, a fault of the input, a colour of the traffic light,
a limit, a hazard: each is a row. No row holds a sentence; ``reason_code`` and ``reason_params``
become words in :mod:`greensilk.core.text` when a table is saved or shown.

====================  ==========================================================================
column                meaning
====================  ==========================================================================
``subject``           project, component, site, route, economy or zone
``room, rule``        which room judged, by which rule (a code)
``item``              what was judged: a field, a quantity, an indicator, a code
``value, low, high``  the figure judged, or the estimate beside it, in ``unit``
``outcome``           the verdict as a code
``grade, basis``      data quality of what it rests on (1 best to 5; 0 unknown)
``reason_code``       why, as a code; ``reason_params`` fill the sentence (JSON)
``source, year``      the document behind the rule or figure
====================  ==========================================================================

>>> table = findings_table([Finding("P1", "judge", "claim", "emission_reductions", "high",
...                                 reason_code="above_range", params={"times": 2.0})])
>>> table.num_rows, table.column("reason_params")[0].as_py()
(1, '{"times":2.0}')
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import pyarrow as pa

from greensilk.core.errors import Fault
from greensilk.core.text import Parameter
from greensilk.core.text.parameters import encode

__all__ = ["FINDINGS", "Finding", "fault_finding", "findings_table"]

FINDINGS = pa.schema(
    [
        ("subject", pa.string()),
        ("room", pa.string()),
        ("rule", pa.string()),
        ("item", pa.string()),
        ("value", pa.float64()),
        ("low", pa.float64()),
        ("high", pa.float64()),
        ("unit", pa.string()),
        ("outcome", pa.string()),
        ("grade", pa.int8()),
        ("basis", pa.string()),
        ("reason_code", pa.string()),
        ("reason_params", pa.string()),
        ("source", pa.string()),
        ("year", pa.string()),
    ]
)


@dataclass(frozen=True, slots=True)
class Finding:
    """One row of the findings."""

    subject: str
    room: str
    rule: str
    item: str
    outcome: str
    value: float | None = None
    low: float | None = None
    high: float | None = None
    unit: str = ""
    grade: int = 0
    basis: str = ""
    reason_code: str = ""
    params: Mapping[str, Parameter] = field(default_factory=dict)
    source: str = ""
    year: str = ""


def findings_table(findings: Iterable[Finding]) -> pa.Table:
    """Return findings as an Arrow table of schema :data:`FINDINGS`."""
    rows = [
        {
            **{name: getattr(finding, name) for name in FINDINGS.names if name != "reason_params"},
            "reason_params": encode(finding.params),
        }
        for finding in findings
    ]
    return pa.Table.from_pylist(rows, schema=FINDINGS)


def fault_finding(fault: Fault, room: str = "projects") -> Finding:
    """Return a fault of the input as a finding; its severity is the outcome."""
    place = {"file": fault.file, "sheet": fault.sheet, "row": fault.row}
    said = {"value": fault.value, "expected": fault.expected, **fault.params}
    return Finding(
        subject=fault.project_id,
        room=room,
        rule="input",
        item=fault.field,
        outcome=fault.severity,
        reason_code=f"fault.{fault.code}",
        params={name: item for name, item in {**place, **said}.items() if item not in ("", None)},
    )
