"""Economies to ISO 3166-1 alpha-3, and units to the catalogue's, for one dataset at a time.

Names go through the one alias table of :mod:`greensilk.reference.economies`; codes through the
registers of their kind. Groups, regions and dissolved states are set apart under their own names,
never mixed with economies. A key that is neither stops the dataset's build: silence would drop a
country.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache

import polars as pl

from greensilk.core.errors import SourceError
from greensilk.core.text.parameters import encode
from greensilk.core.units import factor
from greensilk.facts.model import FLAGS, Dataset, Indicator
from greensilk.reference.economies import economies, match

__all__ = ["economy_codes", "harmonise", "resolve"]

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
    return frozenset(item.iso3 for item in economies())


@cache
def _by_number() -> Mapping[str, str]:
    return {str(item.m49): item.iso3 for item in economies() if item.m49 is not None} | UNSD


@cache
def _by_alpha2() -> Mapping[str, str]:
    return {item.iso2: item.iso3 for item in economies() if item.iso2} | {"XK": "XKX"}


def resolve(keys: Iterable[str], kind: str) -> dict[str, str]:
    """Return ``{key: alpha-3}`` for every key of ``kind`` that is an economy; others are left out.

    >>> resolve(["404", "1", "412"], "m49")
    {'404': 'KEN', '412': 'XKX'}
    >>> resolve(["ken", "hos", "ussr"], "gapminder")
    {'ken': 'KEN', 'hos': 'VAT'}
    """
    codes: dict[str, str] = {}
    for key in dict.fromkeys(keys):
        text = key.strip()
        code = text.upper()
        if kind == "name":
            iso3 = ""
        elif kind == "m49":
            iso3 = _by_number().get(str(int(text)), "") if text.isdigit() else ""
        elif kind == "iso2":
            iso3 = _by_alpha2().get(code, "")
        else:
            code = GAPMINDER.get(text, code) if kind == "gapminder" else code
            iso3 = code if code in economy_codes() else ""
        iso3 = iso3 or (_named(text, kind) if kind in ("name", "worldbank", "gaul") else "")
        if iso3:
            codes[key] = iso3
    return codes


def _named(text: str, kind: str) -> str:
    return match(text, PUBLISHERS.get(kind, "")).iso3


def _apart(keys: Iterable[str], kind: str) -> dict[str, str]:
    """Return the keys the register knows as a group, a dissolved state or a part of an economy."""
    if kind != "name":
        return {}
    return {key: key for key in keys if match(key).kind in ("aggregate", "dissolved", "part")}


def harmonise(
    raw: pl.DataFrame,
    dataset: Dataset,
    catalogue: Mapping[str, Indicator],
    groups: Mapping[str, str] | None = None,
) -> tuple[pl.DataFrame, pl.DataFrame, list[dict[str, object]]]:
    """Turn what a parser returned into facts, rows of groups, and remarks for the quality table.

    Parameters
    ----------
    raw
        Rows with the columns :data:`greensilk.facts.model.RAW_COLUMNS`.
    dataset
        The dataset the rows are from.
    catalogue
        Its indicators by their series key.
    groups
        ``{key: name}`` of what its files say is not an economy, beside those of the dataset.

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
    missing = {"series", "key", "year", "value"} - set(raw.columns)
    if missing:
        columns = ", ".join(sorted(missing))
        raise SourceError("parser_columns", dataset=dataset.id, columns=columns)
    raw = _compact(raw, dataset)
    present = set(raw["series"].unique().to_list())
    remarks = [
        _remark("not_catalogued", "", encode({"series": series}))
        for series in sorted(present - set(catalogue))
    ]
    remarks += [
        _remark("no_data", f"{dataset.id}.{series}") for series in sorted(set(catalogue) - present)
    ]
    if not present & set(catalogue):
        raise SourceError("nothing_catalogued", dataset=dataset.id)

    keys = raw["key"].unique().to_list()
    codes = resolve(keys, dataset.key_kind)
    named = _apart(keys, dataset.key_kind) | dataset.groups | dict(groups or {})
    named = {key: name for key, name in named.items() if key not in codes}
    strangers = sorted(key for key in keys if key not in codes and key not in named)
    if strangers:
        raise SourceError(
            "keys_unknown",
            dataset=dataset.id,
            count=len(strangers),
            keys=", ".join(repr(key) for key in strangers),
        )
    rows = _described(raw, catalogue)
    facts = _named_rows(rows, codes, "economy")
    facts, twice = _without_duplicates(facts, "economy")
    remarks += [_remark("duplicate", code, encode({"count": count})) for code, count in twice]
    apart, _ = _without_duplicates(_named_rows(rows, named, "group"), "group")
    return facts, apart.with_columns(pl.selectors.enum().cast(pl.String)), remarks


def _compact(raw: pl.DataFrame, dataset: Dataset) -> pl.DataFrame:
    """Return the parser's rows that hold a figure, their words as numbers: they are millions."""
    if "flag" not in raw.columns:
        raw = raw.with_columns(flag=pl.lit(""))
    flags = set(raw["flag"].fill_null("").unique().to_list())
    if unknown := sorted(flags - set(FLAGS)):
        raise SourceError("flags_unknown", dataset=dataset.id, flags=", ".join(unknown))
    enums = {
        name: pl.Enum(sorted(raw[name].cast(pl.String).drop_nulls().unique().to_list()))
        for name in ("series", "key")
    }
    return raw.select(
        pl.col("series").cast(pl.String).cast(enums["series"]),
        pl.col("key").cast(pl.String).cast(enums["key"]),
        pl.col("year").cast(pl.Int16),
        pl.col("value").cast(pl.Float64),
        pl.col("flag").fill_null("").cast(pl.Enum(FLAGS)),
    ).filter(pl.col("value").is_finite())


def _named_rows(rows: pl.DataFrame, names: Mapping[str, str], column: str) -> pl.DataFrame:
    """Keep the rows whose key is among ``names``, with its name in a column called ``column``."""
    known = rows.schema["key"]
    assert isinstance(known, pl.Enum)  # noqa: S101 - as _compact makes it
    present = set(known.categories)
    keys = [key for key in names if key in present]
    table = pl.DataFrame(
        {"key": keys, column: [names[key] for key in keys]},
        schema={"key": known, column: pl.Enum(sorted(set(names.values())))},
    )
    return rows.join(table, on="key", how="inner", maintain_order="left")


def _described(raw: pl.DataFrame, catalogue: Mapping[str, Indicator]) -> pl.DataFrame:
    """Join the catalogue: code, unit (values converted), source and the flags it declares."""
    known = raw.schema["series"]
    assert isinstance(known, pl.Enum)  # noqa: S101 - as _compact makes it
    present = set(known.categories)
    listed = [row for row in catalogue.values() if row.series in present]
    table = pl.DataFrame(
        {
            "series": [row.series for row in listed],
            "indicator": [row.code for row in listed],
            "unit": [row.unit for row in listed],
            "source": [row.source for row in listed],
            "factor": [factor(row.from_unit, row.unit) for row in listed],
            "projected_from": [row.projected_from or 32767 for row in listed],
            "zero_filled": [row.zero_filled for row in listed],
        },
        schema={
            "series": known,
            "indicator": pl.Enum(sorted(row.code for row in listed)),
            "unit": pl.Enum(sorted({row.unit for row in listed})),
            "source": pl.Enum(sorted({row.source for row in listed})),
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
    rows: pl.DataFrame, owner: str
) -> tuple[pl.DataFrame, list[tuple[str, int]]]:
    """Keep the first figure of (indicator, owner, year); return the rest counted by indicator."""
    columns = ["indicator", owner, "year", "value", "unit", "source", "flag"]
    key = ["indicator", owner, "year"]
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


def _remark(check: str, indicator: str, params: str = "") -> dict[str, object]:
    return {"check": check, "indicator": indicator or None, "reason_params": params}
