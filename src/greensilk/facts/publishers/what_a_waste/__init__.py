"""World Bank What a Waste 2.0: solid waste by country, one row each.

The file names no year: countries were measured in different years, mostly between 2010 and 2017.
All figures carry the year of publication, which the source says. The questions on law and
institutions are answered in words; yes becomes 1 and no becomes 0, anything else is no answer.
"""

from __future__ import annotations

import polars as pl

from greensilk.core.errors import SourceError
from greensilk.facts.model import Files

NAME = "country_level_data_0.csv"
PUBLISHED = 2018
OTHER = "other_information_"
POLICIES = {
    "information_system_for_solid_waste_management": "policy_information_system",
    "national_agency_to_enforce_solid_waste_laws_and_regulations": "policy_national_agency",
    "national_law_governing_solid_waste_management_in_the_country": "policy_national_law",
    "ppp_rules_and_regulations": "policy_public_private_partnership",
}
ANSWERS = {"yes": 1.0, "no": 0.0}
# Beginnings and ends of the file's columns, and what stands for them in a series key.
STARTS = {
    "composition_": "composition_",
    "special_waste_": "special_waste_",
    "waste_treatment_": "treatment_",
    "waste_collection_coverage_": "collection_",
}
ENDS = ("_waste_percent", "_waste_tons_year", "_tons_year", "_percent")


def series_key(column: str) -> str:
    """Return the series of a column, or nothing if it holds none.

    >>> series_key("composition_food_organic_waste_percent"), series_key("region_id")
    ('composition_food_organic', '')
    >>> series_key("waste_collection_coverage_total_percent_of_population")
    'collection_total_population'
    """
    if column == "total_msw_total_msw_generated_tons_year":
        return "msw_generated"
    if column.startswith(OTHER):
        return POLICIES.get(column.removeprefix(OTHER), "")
    for start, short in STARTS.items():
        if column.startswith(start):
            rest = column.removeprefix(start).replace("_percent_of_", "_")
            # "E-waste" and "green waste" keep their word.
            keep = rest.startswith(("e_waste", "yard"))
            for end in ENDS[2:] if keep else ENDS:
                if rest.endswith(end):
                    rest = rest.removesuffix(end)
                    break
            return short + rest
    return ""


def parse(files: Files) -> pl.DataFrame:
    """Read the columns that hold figures or answers."""
    table = pl.read_csv(files[NAME], infer_schema_length=0, null_values=["", "NA"])
    named = {column: key for column in table.columns if (key := series_key(column))}
    if "iso3c" not in table.columns or "msw_generated" not in named.values():
        raise SourceError("layout_unexpected", file=NAME, present=", ".join(table.columns[:8]))
    parts = [
        table.select(
            series=pl.lit(key),
            key=pl.col("iso3c"),
            year=pl.lit(PUBLISHED, dtype=pl.Int32),
            value=_answer(column) if key.startswith("policy_") else _figure(column),
        )
        for column, key in named.items()
    ]
    return pl.concat(parts).filter(pl.col("value").is_not_null())


def _figure(column: str) -> pl.Expr:
    return pl.col(column).cast(pl.Float64, strict=False)


def _answer(column: str) -> pl.Expr:
    answer = pl.col(column).str.strip_chars().str.to_lowercase()
    return answer.replace_strict(ANSWERS, default=None, return_dtype=pl.Float64)
