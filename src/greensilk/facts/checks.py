"""What every build checks, each finding a row of the quality table.

Three rounds: :func:`check_dataset` looks at one dataset's facts as they are built; across
publishers and back at the last build looks :mod:`greensilk.facts.cross_checks`. A finding never
removes a figure. It stands beside it: in ``status``, in the country guide and in the exports.

===================  ==========================================================================
check                a finding says that
===================  ==========================================================================
``out_of_range``     a figure lies outside the range its indicator can have
``unit_doubtful``    an indicator is about a thousand times off its siblings of one concept
``year_gap``         a series leaves out more years than it usually does
``jump``             a figure is far from both neighbours, beyond ten times the usual change
``constant_tail``    the last five or more years repeat one figure: probably carried forward
``coverage_lost``    the last build had more economies or facts
``disagreement``     publishers of one concept differ by more than its tolerance
``not_catalogued``   a series in the files is not in the catalogue
``no_data``          a catalogued series is not in the files
``duplicate``        figures for one indicator, economy and year stand twice
``file_changed``     a file is not the vintage this release was tested with
``failed``           the dataset could not be built; the last good data stand, if any
===================  ==========================================================================
"""

from __future__ import annotations

from collections.abc import Mapping
from math import inf
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import polars as pl

    from greensilk.facts.model import Indicator

__all__ = ["QUALITY", "check_dataset", "empty", "finding", "frame"]

QUALITY: tuple[str, ...] = ("check", "dataset", "indicator", "economy", "year", "value", "note")
JUMP_RATIO = 10.0  # a figure ten times (or a tenth of) both neighbours


def frame(rows: list[dict[str, object]]) -> pl.DataFrame:
    """Return rows as a quality table; columns left out are null."""
    import polars as pl

    schema: dict[str, pl.DataType] = {
        "check": pl.String(),
        "dataset": pl.String(),
        "indicator": pl.String(),
        "economy": pl.String(),
        "year": pl.Int16(),
        "value": pl.Float64(),
        "note": pl.String(),
    }
    return pl.DataFrame([{name: row.get(name) for name in QUALITY} for row in rows], schema=schema)


def empty() -> pl.DataFrame:
    """Return a quality table without a row."""
    return frame([])


def check_dataset(
    facts: pl.DataFrame, dataset: str, catalogue: Mapping[str, Indicator]
) -> pl.DataFrame:
    """Return the findings on one dataset's facts (sorted by indicator, economy, year)."""
    import polars as pl

    found = [
        _out_of_range(facts, catalogue),
        _year_gaps(facts),
        _jumps(facts),
        _constant_tails(facts),
    ]
    return (
        pl.concat(found)
        .with_columns(dataset=pl.lit(dataset))
        .select(QUALITY)
        .sort("check", "indicator", "economy", "year")
    )


def _out_of_range(facts: pl.DataFrame, catalogue: Mapping[str, Indicator]) -> pl.DataFrame:
    import polars as pl

    limits = pl.DataFrame(
        [
            {"indicator": one.code, "minimum": one.minimum, "maximum": one.maximum}
            for one in catalogue.values()
        ],
        schema={"indicator": pl.String, "minimum": pl.Float64, "maximum": pl.Float64},
    )
    # A share computed from parts may miss its end by the last bit of a number.
    slack = 1e-9 * pl.max_horizontal(pl.col("maximum").abs(), pl.lit(1.0))
    found = facts.with_columns(pl.col("indicator").cast(pl.String)).join(limits, on="indicator")
    outside = found.filter(
        (pl.col("value") < pl.col("minimum") - 1e-9) | (pl.col("value") > pl.col("maximum") + slack)
    )
    return finding(
        outside,
        "out_of_range",
        pl.format(
            "expected {} to {}", pl.col("minimum").fill_null(-inf), pl.col("maximum").fill_null(inf)
        ),
    )


def _year_gaps(facts: pl.DataFrame) -> pl.DataFrame:
    """Report series whose longest gap is over twice their usual one and over five years."""
    import polars as pl

    series = ["indicator", "economy"]
    steps = facts.select(*series, "year", "value", step=pl.col("year").diff().over(series)).filter(
        pl.col("step").is_not_null()
    )
    worst = (
        steps.with_columns(usual=pl.col("step").median().over(series), n=pl.len().over(series))
        .filter((pl.col("n") >= 4) & (pl.col("step") > 5) & (pl.col("step") > 2 * pl.col("usual")))
        .sort("step", descending=True, maintain_order=True)
        .unique(subset=series, keep="first", maintain_order=True)
    )
    return finding(worst, "year_gap", pl.format("{} years without a figure before", "step"))


def _jumps(facts: pl.DataFrame) -> pl.DataFrame:
    """Report single figures far from both neighbours (zero-filled series jump by nature)."""
    import polars as pl

    series = ["indicator", "economy"]
    steady = facts.filter((pl.col("flag") != "zero_filled") & (pl.col("value") > 0))
    near = steady.with_columns(
        before=pl.col("value").log().diff().over(series),
        after=pl.col("value").log().diff(-1).over(series),
    )
    usual = pl.col("before").abs().median().over(series)
    limit = pl.max_horizontal(pl.lit(JUMP_RATIO).log(), 10 * usual)
    odd = near.filter(
        (pl.col("before").abs() > limit)
        & (pl.col("after").abs() > limit)
        & (pl.col("before").sign() == pl.col("after").sign())
    )
    return finding(
        odd, "jump", pl.format("{} times the year before", pl.col("before").exp().round(4))
    )


def _constant_tails(facts: pl.DataFrame) -> pl.DataFrame:
    import polars as pl

    series = ["indicator", "economy"]
    observed = facts.filter((pl.col("flag") != "projection") & (pl.col("value") != 0))
    last = pl.col("value").last().over(series)
    tails = (
        observed.with_columns(
            same=(pl.col("value") == last),
            n=pl.len().over(series),
            spread=(pl.col("value").max() - pl.col("value").min()).over(series),
        )
        .filter((pl.col("n") >= 8) & (pl.col("spread") > 0))
        .with_columns(
            tail=pl.col("same").reverse().cast(pl.Int32).cum_prod().sum().over(series),
        )
        .filter(pl.col("tail") >= 5)
        .group_by(series, maintain_order=True)
        .agg(pl.col("year").last(), pl.col("value").last(), pl.col("tail").last())
    )
    return finding(tails, "constant_tail", pl.format("the same figure {} times", "tail"))


def finding(rows: pl.DataFrame, check: str, note: pl.Expr) -> pl.DataFrame:
    """Return rows of facts as findings of one check; the dataset is filled in later."""
    import polars as pl

    return rows.select(
        check=pl.lit(check),
        dataset=pl.lit(None, dtype=pl.String),
        indicator=pl.col("indicator").cast(pl.String),
        economy=pl.col("economy").cast(pl.String),
        year=pl.col("year").cast(pl.Int16),
        value=pl.col("value").cast(pl.Float64),
        note=note,
    )
