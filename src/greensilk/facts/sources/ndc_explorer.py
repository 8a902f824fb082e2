"""NDC Explorer (IDOS and partners): what the updated contributions say, graded by subject."""

from __future__ import annotations

from typing import TYPE_CHECKING

from greensilk.core.errors import SourceError
from greensilk.facts.catalogue import dataset_indicators
from greensilk.facts.model import Dataset, Files
from greensilk.facts.sources._github import repository_file

if TYPE_CHECKING:
    import polars as pl

YEAR = 2022  # of edition 4.0


def parse(files: Files) -> pl.DataFrame:
    """Read the grades of the catalogued subjects, the lowest grade written as 0.

    The file's own lowest classes say that a contribution is not analysed yet (0, -1); they are
    left out.
    """
    import polars as pl

    table = pl.read_csv(files["classes"], infer_schema_length=0, comment_prefix="#")
    parts = []
    for series in sorted(dataset_indicators("ndc_explorer")):
        name = f"{series}_class"
        if name not in table.columns:
            raise SourceError(f"{files['classes'].name}: no column {name!r}")
        parts.append(
            table.select(
                series=pl.lit(series),
                key=pl.col("country_code"),
                year=pl.lit(YEAR, dtype=pl.Int32),
                value=pl.col(name).cast(pl.Float64, strict=False) - 1,
            )
        )
    return pl.concat(parts).filter(pl.col("value") >= 0)


DATASET = Dataset(
    id="ndc_explorer",
    en="NDC Explorer 4.0",
    zh="国家自主贡献浏览器4.0",
    address="https://klimalog.idos-research.de/ndc/",
    key_kind="iso3",
    files=(
        repository_file(
            "ndc_explorer",
            "openclimatedata/ndc-assessments",
            "data/ndc-content-klimalog-die-gdi.csv",
            name="classes",
            branch="main",
        ),
    ),
    parse=parse,
    aggregates={"EU": "European Union"},
)
