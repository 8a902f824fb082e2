"""World Resources Institute (CAIT): what the first contributions hold, sector by sector."""

from __future__ import annotations

from typing import TYPE_CHECKING

from greensilk.facts.model import Dataset, Files
from greensilk.facts.sources._github import repository_file

if TYPE_CHECKING:
    import polars as pl

YEAR = 2018  # of the last assessment
NOTHING = "No Document Submitted"
NAMED = "Sectoral action specified"
# Renewable energy may also be one of several targets; the text then names it.
RENEWABLE = "(?i)renewable"


def parse(files: Files) -> pl.DataFrame:
    """Read the assessment as yes and no; countries without a document are left out."""
    import polars as pl

    table = pl.read_csv(files["content"], infer_schema_length=0).filter(
        pl.col("submission_label") != NOTHING
    )
    sectors = [
        name for name in table.columns if name.startswith(("a_", "m_")) and name.endswith("_label")
    ]
    kind = pl.col("mitigation_contribution_type_label")
    other = pl.col("non_ghg_target_type_label")
    answers = {
        name.removesuffix("_label").replace("-", "_"): pl.col(name) == NAMED for name in sectors
    } | {
        "ghg_target": kind.str.starts_with("GHG target"),
        "renewable_target": (other == "Renewable energy target")
        | (
            (other == "Multiple non-GHG targets")
            & pl.col("non_ghg_target").fill_null("").str.contains(RENEWABLE)
        ),
        "long_term_target": pl.col("time_long_term_target_label") != "No long-term target",
    }
    return pl.concat(
        [
            table.select(
                series=pl.lit(series),
                key=pl.col("ISO"),
                year=pl.lit(YEAR, dtype=pl.Int32),
                value=answer.cast(pl.Float64),
            )
            for series, answer in answers.items()
        ]
    )


DATASET = Dataset(
    id="ndc_content",
    en="CAIT Paris Contributions Map",
    zh="CAIT 巴黎贡献地图",
    address="https://www.climatewatchdata.org/ndcs-explore",
    key_kind="iso3",
    files=(
        repository_file(
            "ndc_content",
            "openclimatedata/ndc-assessments",
            "data/ndc-content-cait.csv",
            name="content",
            branch="main",
        ),
    ),
    parse=parse,
    aggregates={"EU28": "European Union (28)"},
)
