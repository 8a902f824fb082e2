"""What every build checks, each finding a row of the quality table.

Three rounds: :func:`check_dataset` looks at one dataset's facts as they are built,
:func:`check_store` compares publishers, :func:`check_against` looks back at the last build. A
finding never removes a figure. It stands beside it: in ``status``, in the country guide and in the
exports. Limits are rows of ``data/checks.csv``.

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

``ratio`` is what a figure is compared by, where it is (to the middle of the publishers, to the year
before); ``reason_code`` with ``reason_params`` is the sentence in :mod:`greensilk.core.text`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import polars as pl

from greensilk.core.units import factor
from greensilk.facts.model import Concept, Indicator
from greensilk.facts.thresholds import threshold

__all__ = ["QUALITY", "check_against", "check_dataset", "check_store", "quality_table"]

QUALITY: dict[str, pl.DataType] = {
    "check": pl.String(),
    "dataset": pl.String(),
    "indicator": pl.String(),
    "economy": pl.String(),
    "year": pl.Int16(),
    "value": pl.Float64(),
    "ratio": pl.Float64(),
    "reason_code": pl.String(),
    "reason_params": pl.String(),
}
SERIES = ("indicator", "economy")


def quality_table(rows: Iterable[Mapping[str, object]] = ()) -> pl.DataFrame:
    """Return rows as a quality table; columns left out are null, the reason that of the check."""
    return pl.DataFrame(
        [
            {name: row.get(name) for name in QUALITY}
            | {
                "reason_code": row.get("reason_code") or f"quality.{row['check']}",
                "reason_params": row.get("reason_params") or "",
            }
            for row in rows
        ],
        schema=QUALITY,
    )


def check_dataset(
    facts: pl.DataFrame, dataset: str, catalogue: Mapping[str, Indicator]
) -> pl.DataFrame:
    """Return the findings on one dataset's facts (sorted by indicator, economy, year)."""
    findings = pl.concat(
        [
            *_out_of_range(facts, catalogue),
            _year_gaps(facts),
            _jumps(facts),
            _constant_tails(facts),
        ]
    )
    return _sorted(findings.with_columns(dataset=pl.lit(dataset)))


def check_store(
    facts: pl.DataFrame, catalogue: Mapping[str, Indicator], concepts: Mapping[str, Concept]
) -> pl.DataFrame:
    """Return the findings across datasets: publishers of one concept that disagree."""
    compared = _compared(facts, catalogue, concepts)
    if compared is None:
        return quality_table()
    return _sorted(
        _with_dataset(pl.concat([_disagreements(compared), _unit_slips(compared)]), catalogue)
    )


def check_against(
    facts: pl.DataFrame, catalogue: Mapping[str, Indicator], before: pl.DataFrame | None
) -> pl.DataFrame:
    """Return what the last build had and this one lost.

    ``before`` is the coverage of the last build (``indicator, facts, economies``), if there is one.
    """
    if before is None:
        return quality_table()
    return _sorted(_with_dataset(_coverage_lost(facts, before), catalogue))


def _out_of_range(facts: pl.DataFrame, catalogue: Mapping[str, Indicator]) -> list[pl.DataFrame]:
    limits = pl.DataFrame(
        [
            {"indicator": row.code, "minimum": row.minimum, "maximum": row.maximum}
            for row in catalogue.values()
        ],
        schema={"indicator": pl.String, "minimum": pl.Float64, "maximum": pl.Float64},
    )
    slack = threshold("out_of_range.slack")
    above = slack * pl.max_horizontal(pl.col("maximum").abs(), pl.lit(1.0))
    limited = facts.with_columns(pl.col("indicator").cast(pl.String)).join(limits, on="indicator")
    return [
        _findings(
            limited.filter(pl.col("value") < pl.col("minimum") - slack),
            "out_of_range",
            reason="below_minimum",
            limit=pl.col("minimum"),
        ),
        _findings(
            limited.filter(pl.col("value") > pl.col("maximum") + above),
            "out_of_range",
            reason="above_maximum",
            limit=pl.col("maximum"),
        ),
    ]


def _year_gaps(facts: pl.DataFrame) -> pl.DataFrame:
    """Report series whose longest gap is far over their usual one and over that of a survey."""
    steps = facts.select(*SERIES, "year", "value", step=pl.col("year").diff().over(SERIES)).filter(
        pl.col("step").is_not_null()
    )
    worst = (
        steps.with_columns(usual=pl.col("step").median().over(SERIES), n=pl.len().over(SERIES))
        .filter(
            (pl.col("n") >= threshold("year_gap.steps"))
            & (pl.col("step") > threshold("year_gap.years"))
            & (pl.col("step") > threshold("year_gap.usual") * pl.col("usual"))
        )
        .sort("step", descending=True, maintain_order=True)
        .unique(subset=SERIES, keep="first", maintain_order=True)
    )
    return _findings(worst, "year_gap", years=pl.col("step"))


def _jumps(facts: pl.DataFrame) -> pl.DataFrame:
    """Report single figures far from both neighbours (zero-filled series jump by nature)."""
    steady = facts.filter((pl.col("flag") != "zero_filled") & (pl.col("value") > 0))
    near = steady.with_columns(
        before=pl.col("value").log().diff().over(SERIES),
        after=pl.col("value").log().diff(-1).over(SERIES),
    )
    usual = pl.col("before").abs().median().over(SERIES)
    limit = pl.max_horizontal(
        pl.lit(threshold("jump.ratio")).log(), threshold("jump.usual") * usual
    )
    odd = near.filter(
        (pl.col("before").abs() > limit)
        & (pl.col("after").abs() > limit)
        & (pl.col("before").sign() == pl.col("after").sign())
    )
    ratio = pl.col("before").exp().round(4)
    return _findings(odd.with_columns(ratio=ratio), "jump", ratio=pl.col("ratio"))


def _constant_tails(facts: pl.DataFrame) -> pl.DataFrame:
    observed = facts.filter((pl.col("flag") != "projection") & (pl.col("value") != 0))
    last = pl.col("value").last().over(SERIES)
    tails = (
        observed.with_columns(
            same=(pl.col("value") == last),
            n=pl.len().over(SERIES),
            spread=(pl.col("value").max() - pl.col("value").min()).over(SERIES),
        )
        .filter((pl.col("n") >= threshold("constant_tail.figures")) & (pl.col("spread") > 0))
        .with_columns(
            tail=pl.col("same").reverse().cast(pl.Int32).cum_prod().sum().over(SERIES),
        )
        .filter(pl.col("tail") >= threshold("constant_tail.repeats"))
        .group_by(SERIES, maintain_order=True)
        .agg(pl.col("year").last(), pl.col("value").last(), pl.col("tail").last())
    )
    return _findings(tails, "constant_tail", count=pl.col("tail"))


def _compared(
    facts: pl.DataFrame, catalogue: Mapping[str, Indicator], concepts: Mapping[str, Concept]
) -> pl.DataFrame | None:
    """Return every figure of a concept with its ratio to the middle of its publishers.

    The middle is that of the logarithms: of two publishers it lies between them.
    """
    rows = [
        {
            "indicator": row.code,
            "concept": row.concept,
            "to_concept": factor(row.unit, concepts[row.concept].unit),
            "tolerance": concepts[row.concept].tolerance,
        }
        for row in catalogue.values()
        if row.concept in concepts
    ]
    if not rows:
        return None
    codes = [str(row["indicator"]) for row in rows]
    known = facts.schema["indicator"]
    if isinstance(known, pl.Enum):  # an enum takes no words that it does not know
        present = set(known.categories.to_list())
        codes = [code for code in codes if code in present]
    group = ["concept", "economy", "year"]
    return (
        facts.filter(
            pl.col("indicator").is_in(codes)
            & ~pl.col("flag").cast(pl.String).is_in(["projection", "zero_filled"])
        )
        .select("indicator", "economy", "year", "value")
        .join(
            pl.DataFrame(rows).with_columns(pl.col("indicator").cast(known, strict=False)),
            on="indicator",
        )
        .with_columns(common=pl.col("value") * pl.col("to_concept"))
        .filter(pl.col("common") > 0)
        .with_columns(
            middle=pl.col("common").log().median().exp().over(group), n=pl.len().over(group)
        )
        .filter(pl.col("n") > 1)
        .with_columns(ratio=pl.col("common") / pl.col("middle"))
    )


def _distance() -> pl.Expr:
    return pl.max_horizontal(pl.col("ratio"), 1 / pl.col("ratio"))


def _disagreements(compared: pl.DataFrame) -> pl.DataFrame:
    """Report figures far from the middle in the last year that several publishers have.

    The tolerance is about the full distance of two publishers, so that half of it is taken on each
    side. Old quarrels are history.
    """
    latest = (
        compared.sort("year", descending=True, maintain_order=True)
        .unique(subset=SERIES, keep="first", maintain_order=True)
        .filter(_distance() > pl.col("tolerance").sqrt())
        .with_columns(pl.col("ratio").round(3))
    )
    return _findings(latest, "disagreement", ratio=pl.col("ratio"))


def _unit_slips(compared: pl.DataFrame) -> pl.DataFrame:
    slips = (
        compared.group_by("indicator", maintain_order=True)
        .agg(pl.col("ratio").median(), pl.col("economy").n_unique().alias("economies"))
        .filter(
            (pl.col("economies") >= threshold("unit_doubtful.economies"))
            & (_distance() > threshold("unit_doubtful.ratio") ** 0.5)
        )
        .with_columns(
            economy=pl.lit(None, dtype=pl.String),
            year=pl.lit(None, dtype=pl.Int16),
            value=pl.col("ratio"),
            ratio=pl.col("ratio").round(4),
        )
    )
    return _findings(slips, "unit_doubtful", ratio=pl.col("ratio"))


def _coverage_lost(facts: pl.DataFrame, before: pl.DataFrame) -> pl.DataFrame:
    now = (
        facts.group_by("indicator")
        .agg(now_facts=pl.len(), now_economies=pl.col("economy").n_unique())
        .with_columns(pl.col("indicator").cast(pl.String))
    )
    lost = (
        before.join(now, on="indicator", how="left")
        .with_columns(pl.col("now_facts", "now_economies").fill_null(0))
        .filter(
            (pl.col("now_economies") < pl.col("economies"))
            | (pl.col("now_facts") < pl.col("facts"))
        )
        .with_columns(
            economy=pl.lit(None, dtype=pl.String),
            year=pl.lit(None, dtype=pl.Int16),
            value=pl.col("now_facts").cast(pl.Float64),
        )
    )
    return _findings(
        lost,
        "coverage_lost",
        economies=pl.col("now_economies"),
        facts=pl.col("now_facts"),
        economies_before=pl.col("economies"),
        facts_before=pl.col("facts"),
    )


def _findings(
    rows: pl.DataFrame, check: str, *, reason: str = "", **params: pl.Expr
) -> pl.DataFrame:
    """Return rows of facts as findings of one check; the dataset is filled in later.

    ``params`` are numbers; they are written as :func:`greensilk.core.text.parameters.encode` does.
    """
    line = ",".join(f'"{name}":{{}}' for name in params)
    return rows.select(
        check=pl.lit(check),
        dataset=pl.lit(None, dtype=pl.String),
        indicator=pl.col("indicator").cast(pl.String),
        economy=pl.col("economy").cast(pl.String),
        year=pl.col("year").cast(pl.Int16),
        value=pl.col("value").cast(pl.Float64),
        ratio=(pl.col("ratio") if "ratio" in params else pl.lit(None)).cast(pl.Float64),
        reason_code=pl.lit(f"quality.{reason or check}"),
        reason_params=pl.concat_str(pl.lit("{"), pl.format(line, *params.values()), pl.lit("}")),
    )


def _with_dataset(findings: pl.DataFrame, catalogue: Mapping[str, Indicator]) -> pl.DataFrame:
    datasets = pl.DataFrame(
        {
            "indicator": [row.code for row in catalogue.values()],
            "dataset": [row.dataset for row in catalogue.values()],
        }
    )
    return findings.drop("dataset").join(datasets, on="indicator", how="left")


def _sorted(findings: pl.DataFrame) -> pl.DataFrame:
    return findings.select(*QUALITY).sort("check", "indicator", "economy", "year")
