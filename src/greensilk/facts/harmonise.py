"""Economies to ISO 3166-1 alpha-3, and units to the catalogue's, for one dataset at a time.

Names go through the one alias table of :mod:`greensilk.reference.economies`; codes through the
registers of their kind. Groups, regions and dissolved states are set apart under their own names,
never mixed with economies. A key that is neither stops the dataset's build: silence would drop a
country.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import TYPE_CHECKING

from greensilk.core.errors import SourceError
from greensilk.facts.model import FLAGS

if TYPE_CHECKING:
    import polars as pl

    from greensilk.facts.model import Dataset, Files, Indicator

__all__ = ["economy_codes", "resolve", "tidy"]

# Whose spellings and codes a kind of key follows in the alias table.
PUBLISHERS = {
    "m49": "unsd",
    "gapminder": "gapminder",
    "worldbank": "worldbank",
    "gaul": "gaul",
}
# Gapminder's own geographies that have an ISO code but do not use it as their key.
GAPMINDER = {
    "bouisl": "BVT",
    "gbg": "GGY",
    "gbm": "IMN",
    "heard_a_mcd": "HMD",
    "hos": "VAT",
    "kos": "XKX",
    "nld_curacao": "CUW",
    "sgero_a_ssandw": "SGS",
    "stbar": "BLM",
    "stmar": "MAF",
    "usa_minor_out_isl": "UMI",
    "fra_antarc": "ATF",
}
# Numbers the UN Statistics Division writes for economies that have no M49 number.
UNSD = {"412": "XKX"}


@cache
def economy_codes() -> frozenset[str]:
    """Return the alpha-3 codes of all economies of the register."""
    from greensilk.reference.economies import economies

    return frozenset(one.iso3 for one in economies())


@cache
def _by_number() -> Mapping[str, str]:
    from greensilk.reference.economies import economies

    return {str(one.m49): one.iso3 for one in economies() if one.m49 is not None} | UNSD


@cache
def _by_alpha2() -> Mapping[str, str]:
    from greensilk.reference.economies import economies

    return {one.iso2: one.iso3 for one in economies() if one.iso2} | {"XK": "XKX"}


def resolve(keys: Iterable[str], kind: str) -> dict[str, str]:
    """Return ``{key: alpha-3}`` for every key of ``kind`` that is an economy; others are left out.

    >>> resolve(["404", "1", "412"], "m49")
    {'404': 'KEN', '412': 'XKX'}
    >>> resolve(["ken", "hos", "ussr"], "gapminder")
    {'ken': 'KEN', 'hos': 'VAT'}
    """
    found: dict[str, str] = {}
    for key in dict.fromkeys(keys):
        text = key.strip()
        code = text.upper()
        if kind == "name":
            match = ""
        elif kind == "m49":
            match = _by_number().get(str(int(text)), "") if text.isdigit() else ""
        elif kind == "iso2":
            match = _by_alpha2().get(code, "")
        else:
            code = GAPMINDER.get(text, code) if kind == "gapminder" else code
            match = code if code in economy_codes() else ""
        match = match or (_named(text, kind) if kind in ("name", "worldbank", "gaul") else "")
        if match:
            found[key] = match
    return found


def _named(text: str, kind: str) -> str:
    from greensilk.reference.economies import match

    return match(text, PUBLISHERS.get(kind, "")).iso3


def _apart(keys: Iterable[str], kind: str) -> dict[str, str]:
    """Return the keys the register knows as a group, a dissolved state or a part of an economy."""
    if kind != "name":
        return {}
    from greensilk.reference.economies import match

    return {key: key for key in keys if match(key).kind in ("aggregate", "dissolved", "part")}


def tidy(
    raw: pl.DataFrame, dataset: Dataset, catalogue: Mapping[str, Indicator], files: Files
) -> tuple[pl.DataFrame, pl.DataFrame, list[dict[str, object]]]:
    """Turn what a parser returned into facts, rows of groups, and remarks for the quality table.

    Returns
    -------
    facts, groups, remarks
        ``facts`` has the columns of :func:`greensilk.facts.model.fact_schema`; ``groups`` the same
        with the group's name instead of ``economy``; both sorted and free of duplicates.

    Raises
    ------
    SourceError
        If the frame lacks columns, if keys are neither economies nor declared groups (all of them
        are listed), or if no catalogued series is in it.
    """
    import polars as pl

    missing = {"series", "key", "year", "value"} - set(raw.columns)
    if missing:
        raise SourceError(f"{dataset.id}: the parser returned no column {sorted(missing)}")
    raw = _compact(raw, dataset)
    present = set(raw["series"].unique().to_list())
    remarks = [
        _remark("not_catalogued", "", f"{series}: in the files, not in the catalogue")
        for series in sorted(present - set(catalogue))
    ]
    remarks += [
        _remark("no_data", f"{dataset.id}.{series}", "catalogued, not in the files")
        for series in sorted(set(catalogue) - present)
    ]
    if not present & set(catalogue):
        raise SourceError(f"{dataset.id}: none of the catalogued series is in the files")

    keys = raw["key"].unique().to_list()
    economies = resolve(keys, dataset.key_kind)
    groups = _apart(keys, dataset.key_kind) | dict(dataset.aggregate_names(files))
    groups = {key: name for key, name in groups.items() if key not in economies}
    strangers = sorted(key for key in keys if key not in economies and key not in groups)
    if strangers:
        raise SourceError(
            f"{dataset.id}: {len(strangers)} names are neither economies nor declared groups: "
            + ", ".join(repr(key) for key in strangers)
        )
    rows = _described(raw, catalogue)
    facts = _placed(rows, economies, "economy")
    facts, twice = _without_duplicates(facts, "economy")
    remarks += [
        _remark("duplicate", code, f"{count} figures stand twice; the first counts")
        for code, count in twice
    ]
    apart, _ = _without_duplicates(_placed(rows, groups, "group"), "group")
    return facts, apart.with_columns(pl.selectors.enum().cast(pl.String)), remarks


def _compact(raw: pl.DataFrame, dataset: Dataset) -> pl.DataFrame:
    """Return the parser's rows that hold a figure, their words as numbers: they are millions."""
    import polars as pl

    if "flag" not in raw.columns:
        raw = raw.with_columns(flag=pl.lit(""))
    flags = set(raw["flag"].fill_null("").unique().to_list())
    if unknown := sorted(flags - set(FLAGS)):
        raise SourceError(f"{dataset.id}: {unknown} are no flags; there are {FLAGS}")
    words = {
        name: pl.Enum(sorted(raw[name].cast(pl.String).drop_nulls().unique().to_list()))
        for name in ("series", "key")
    }
    return raw.select(
        pl.col("series").cast(pl.String).cast(words["series"]),
        pl.col("key").cast(pl.String).cast(words["key"]),
        pl.col("year").cast(pl.Int16),
        pl.col("value").cast(pl.Float64),
        pl.col("flag").fill_null("").cast(pl.Enum(FLAGS)),
    ).filter(pl.col("value").is_finite())


def _placed(rows: pl.DataFrame, places: Mapping[str, str], name: str) -> pl.DataFrame:
    """Keep the rows whose key is among ``places``, and name the place in a column ``name``."""
    import polars as pl

    known = rows.schema["key"]
    assert isinstance(known, pl.Enum)  # noqa: S101 - as _compact makes it
    held = [key for key in places if key in set(known.categories)]
    table = pl.DataFrame(
        {"key": held, name: [places[key] for key in held]},
        schema={"key": known, name: pl.Enum(sorted(set(places.values())))},
    )
    return rows.join(table, on="key", how="inner", maintain_order="left")


def _described(raw: pl.DataFrame, catalogue: Mapping[str, Indicator]) -> pl.DataFrame:
    """Join the catalogue: code, unit (values converted), source and the flags it declares."""
    import polars as pl

    from greensilk.core.units import factor

    known = raw.schema["series"]
    assert isinstance(known, pl.Enum)  # noqa: S101 - as _compact makes it
    present = set(known.categories)
    chosen = [one for one in catalogue.values() if one.series in present]
    table = pl.DataFrame(
        {
            "series": [one.series for one in chosen],
            "indicator": [one.code for one in chosen],
            "unit": [one.unit for one in chosen],
            "source": [one.source for one in chosen],
            "factor": [factor(one.from_unit, one.unit) for one in chosen],
            "projected_from": [one.projected_from or 32767 for one in chosen],
            "zero_filled": [one.zero_filled for one in chosen],
        },
        schema={
            "series": known,
            "indicator": pl.Enum(sorted(one.code for one in chosen)),
            "unit": pl.Enum(sorted({one.unit for one in chosen})),
            "source": pl.Enum(sorted({one.source for one in chosen})),
            "factor": pl.Float64,
            "projected_from": pl.Int16,
            "zero_filled": pl.Boolean,
        },
    )
    flags = raw.schema["flag"]
    flag = (
        pl.when(pl.col("year") >= pl.col("projected_from"))
        .then(pl.lit("projection", dtype=flags))
        .when(pl.col("zero_filled") & (pl.col("value") == 0))
        .then(pl.lit("zero_filled", dtype=flags))
        .otherwise(pl.col("flag"))
    )
    # Multiplying by exactly one keeps the publisher's figure to the last bit.
    return raw.join(table, on="series", how="inner", maintain_order="left").with_columns(
        value=pl.when(pl.col("factor") == 1.0)
        .then(pl.col("value"))
        .otherwise(pl.col("value") * pl.col("factor")),
        flag=flag,
    )


def _without_duplicates(
    rows: pl.DataFrame, place: str
) -> tuple[pl.DataFrame, list[tuple[str, int]]]:
    """Keep the first figure of (indicator, place, year); return the rest counted by indicator."""
    import polars as pl

    columns = ["indicator", place, "year", "value", "unit", "source", "flag"]
    key = ["indicator", place, "year"]
    rows = rows.select(columns)
    kept = rows.unique(subset=key, keep="first", maintain_order=True).sort(key)
    if kept.height == rows.height:
        return kept, []
    again = (
        rows.filter(pl.struct(key).is_duplicated())
        .group_by("indicator")
        .agg(pl.len())
        .with_columns(pl.col("indicator").cast(pl.String))
    )
    return kept, sorted(again.iter_rows())


def _remark(check: str, indicator: str, note: str) -> dict[str, object]:
    return {"check": check, "indicator": indicator or None, "note": note}
