"""Ranks of totals: by size, the largest first, for the size of a country is no merit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from greensilk.report.country.figures import is_total

if TYPE_CHECKING:
    from greensilk.facts import Facts

__all__ = ["rank_by_size"]


def rank_by_size(facts: Facts, iso3: str, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the rows of a profile, with totals ranked from the largest down.

    The store ranks an indicator whose lower end is better from the smallest up; for a total that
    would praise a country for being small.
    """
    turned = [
        row["indicator"]
        for row in rows
        if row["direction"] == "lower_better" and is_total(row["unit"], row["en"])
    ]
    if not turned:
        return rows
    marks = ", ".join("?" * len(turned))
    larger = {
        row["indicator"]: row
        for row in facts.sql(
            "SELECT l.indicator, count(*) AS every, "  # noqa: S608
            "count(*) FILTER (WHERE l.partner) AS partners "
            "FROM latest l JOIN latest mine ON mine.indicator = l.indicator AND mine.economy = ? "
            f"WHERE l.indicator IN ({marks}) AND NOT l.stale AND l.value > mine.value "
            "GROUP BY l.indicator",
            [iso3, *turned],
        ).to_pylist()
    }
    for row in rows:
        if row["indicator"] in turned:
            count = larger.get(row["indicator"], {"every": 0, "partners": 0})
            for name, key in (("rank", "every"), ("partner_rank", "partners")):
                if row[name] is not None:
                    row[name] = count[key] + 1
    return rows
