"""The evidence of the packaged example and of 34,936 real plants, held to the last bit.

A change of structure must not change a number. Where a change of method or of a figure is meant,
renew the digests with ``python tests/engine/test_unchanged_evidence.py`` and say why in the
changelog.
"""

from __future__ import annotations

import csv
import hashlib
import json
import os
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

import greensilk as gs
from greensilk.demo import projects_path

DIGESTS = Path(__file__).with_name("evidence_digests.json")
PLANTS = "wri+global-power-plant-database/output_database/global_power_plant_database.csv"
# formulas that moved, or that stood once for each kind of project and stand once for all now: what
# they are called, for which families, and what they were called when the digests were made
RENAMED = Path(__file__).with_name("renamed_methods.csv")
COLUMNS = ("project_id", "quantity", "value", "low", "high", "unit", "method", "grade", "basis")


def digests(evidence: Any) -> dict[str, str]:
    """Return a digest of every column, texts and bits of numbers in the order of the rows."""
    result = {"rows": str(evidence.num_rows)}
    for name in COLUMNS:
        column = evidence.column(name).combine_chunks()
        if pa.types.is_dictionary(column.type):
            column = column.cast(pa.string())
        if pa.types.is_floating(column.type):
            # nulls and the sign of zero apart from values
            data = column.to_numpy(zero_copy_only=False).astype("<f8").tobytes()
        elif pa.types.is_integer(column.type):
            data = column.to_numpy(zero_copy_only=False).astype("<i8").tobytes()
        else:
            data = "\x1f".join(column.to_pylist()).encode()
        result[name] = hashlib.sha256(data).hexdigest()
    return result


def former_names(appraisal: gs.Appraisal) -> pa.Table:
    """Return the evidence with every formula under its former name.

    A project of several kinds (``hybrid``) has the formula of its first component that has one.
    """
    names: dict[tuple[str, str], str] = {}
    for row in csv.DictReader(RENAMED.read_text(encoding="utf-8").splitlines()):
        for family in row["families"].split("|"):
            names[row["method"], family] = row["formerly"]
    evidence = appraisal.evidence
    projects = appraisal.projects
    families = dict(
        zip(
            projects.column("project_id").to_pylist(),
            projects.column("family").to_pylist(),
            strict=True,
        )
    )
    methods = [
        names.get((method, "")) or names.get((method, families[project]), method)
        for method, project in zip(
            evidence.column("method").to_pylist(),
            evidence.column("project_id").to_pylist(),
            strict=True,
        )
    ]
    index = evidence.column_names.index("method")
    return evidence.set_column(index, "method", pa.array(methods, pa.string()))


def packaged() -> pa.Table:
    with projects_path() as path:
        return former_names(gs.appraise(path))


def plants(mirror: Path) -> pa.Table:
    return former_names(gs.appraise(mirror / PLANTS, draws=200))


def test_evidence_of_the_packaged_example_is_unchanged() -> None:
    assert digests(packaged()) == json.loads(DIGESTS.read_text("utf-8"))["packaged"]


@pytest.mark.mirror
def test_evidence_of_the_plants_is_unchanged(mirror: Path) -> None:
    assert digests(plants(mirror)) == json.loads(DIGESTS.read_text("utf-8"))["plants"]


def test_a_changed_bit_changes_the_digest() -> None:
    table = packaged()
    value = table.column("value").to_numpy().copy()
    value[0] = np.nextafter(value[0], np.inf)
    changed = table.set_column(table.column_names.index("value"), "value", pa.array(value))
    assert digests(changed)["value"] != digests(table)["value"]


if __name__ == "__main__":
    root = Path(os.environ["GREENSILK_MIRROR"])
    made = {"packaged": digests(packaged()), "plants": digests(plants(root))}
    DIGESTS.write_text(json.dumps(made, indent=1) + "\n", encoding="utf-8")
