"""Write the labels of fields, technologies and families into the catalogue of messages.

The names stand in ``projects/data``; the catalogue needs them, so that a fault can name a field.
The sentences of the catalogue are written by hand and stay as they are.
"""

from __future__ import annotations

import csv
import io
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1] / "src" / "greensilk"
PLACE = ROOT / "i18n" / "catalogue" / "projects.csv"
MADE = ("field.", "technology.")


def labels() -> list[tuple[str, str, str]]:
    """Return key, English and Chinese of every field and technology."""
    rows = []
    for kind in ("field", "technology"):
        name = {"field": "schema", "technology": "technologies"}[kind]
        with (ROOT / "projects" / "data" / f"{name}.csv").open(encoding="utf-8") as handle:
            rows += [(f"{kind}.{r[kind]}", r["en"], r["zh"]) for r in csv.DictReader(handle)]
    return rows


def content() -> str:
    """Return the catalogue as it should stand in the file."""
    with PLACE.open(encoding="utf-8") as handle:
        kept = [
            (row["key"], row["en"], row["zh"])
            for row in csv.DictReader(handle)
            if not row["key"].startswith(MADE)
        ]
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerows([("key", "en", "zh"), *kept, *labels()])
    return out.getvalue()


if __name__ == "__main__":
    PLACE.write_text(content(), encoding="utf-8")
