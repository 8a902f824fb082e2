"""How good the figures are: the share of each data-quality grade."""

from __future__ import annotations

from typing import Any

from greensilk.core.text.numbers import format_percent
from greensilk.report import old_charts as charts
from greensilk.report.data import as_arrow, where
from greensilk.report.portfolio import AVOIDED
from greensilk.report.words import Words

__all__ = ["quality"]


def quality(data: Any, words: Words) -> tuple[str, str]:
    """Return a picture of how good the figures are, and the share that rests on defaults."""
    table = as_arrow(data.evidence)
    if not table.num_rows:
        return "", ""
    headline = {record.name for record in data.methods if record.level == "headline"}
    import pyarrow.compute as pc

    by_number = table.group_by(["quantity", "grade"]).aggregate([("value", "count")]).to_pylist()
    avoided = where(table, "quantity", (AVOIDED,))
    avoided = avoided.set_column(
        avoided.column_names.index("value"), "value", pc.abs(avoided.column("value"))
    )
    by_tonnes = avoided.group_by(["grade"]).aggregate([("value", "sum")]).to_pylist()
    bars: dict[str, dict[int, float]] = {}
    if by_tonnes:
        tonnes = {int(row["grade"]): float(row["value_sum"] or 0.0) for row in by_tonnes}
        bars[words.say("quality.by_tonnes")] = tonnes
    counts: dict[str, dict[int, float]] = {}
    for row in by_number:
        name = str(row["quantity"])
        if not headline or name in headline:
            counts.setdefault(name, {})[int(row["grade"])] = float(row["value_count"])
    everything: dict[int, float] = {}
    for row in by_number:
        grade = int(row["grade"])
        everything[grade] = everything.get(grade, 0.0) + float(row["value_count"])
    for name in sorted(counts, key=lambda key: -sum(counts[key].values()))[:6]:
        bars[words.name(name)] = counts[name]
    bars[words.say("quality.all")] = everything
    segments = []
    for bar, grades in bars.items():
        whole = sum(grades.values()) or 1.0
        segments += [
            charts.Segment(bar, str(grade), grades[grade] / whole, charts.GRADES.get(grade, "#999"))
            for grade in sorted(grades)
            if grades[grade]
        ]
    tonnes = next(iter(bars.values()))
    weak = sum(value for grade, value in tonnes.items() if grade >= 4)
    share = weak / (sum(tonnes.values()) or 1.0)
    return charts.shares_chart(segments, prefix="quality"), format_percent(share)
