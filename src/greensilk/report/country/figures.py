"""From rows of a profile to figures: what kind of value it is, how old, and where it is heading."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

from greensilk.report.country.model import Figure, Kind

__all__ = [
    "OLD",
    "course",
    "headline",
    "is_total",
    "phrase",
    "read_figure",
    "rows_of",
    "value_kind",
]

OLD = 5  # years after which a figure is called old
_SPAN = 10  # years over which a course is judged
_SHORTEST = 3
_STEADY = 0.03  # change, as a share of the larger figure, below which nothing has changed
_STEP = re.compile(r"(?:^|, )(\d) (.+?)(?=, \d |$)")

# units of amounts: a large country has more of them than a small one, whatever it does
_AMOUNTS = frozenset(
    (
        *("kg", "tonne", "ktonne", "Mtonne", "tCO2e", "ktCO2e", "MtCO2e", "toe", "ktoe"),
        *("USD", "kUSD", "MUSD", "GUSD", "USD_ppp", "item", "person", "kiloperson", "megaperson"),
        *("kWh", "MWh", "GWh", "TWh", "TJ", "MW", "GW", "hectare", "kilohectare", "km", "km**2"),
        *("m**3", "hm**3", "km**3", "tree", "animal", "tkm", "pkm", "TEU", "vehicle"),
    )
)
# an amount in a time is an amount; one of each person, hectare or dollar is not
_TIMES = ("yr", "day")
_OF_WORLD = "of the world"


def is_total(unit: str, name: str = "") -> bool:
    """Return whether a figure grows with the size of the country, so that it is no merit.

    ``name``: the English name; a share of what the whole world has is a size too.

    >>> is_total("tonne/yr"), is_total("USD"), is_total("percent", "Share of waste of the world")
    (True, True, True)
    >>> is_total("kg/person/day"), is_total("ug/m**3"), is_total("percent"), is_total("1")
    (False, False, False, False)
    """
    head, *per = unit.split("/")
    if head in _AMOUNTS:
        return all(part in _TIMES for part in per)
    return unit == "percent" and name.endswith(_OF_WORLD)


def course(years: Sequence[int], values: Sequence[float], direction: str) -> tuple[str, str]:
    """Return the course of a series over its last ten years, and whether it is a turn for better.

    The last figure is compared with the one nearest to ten years before it, at least three years
    earlier.

    >>> course([2010, 2015, 2020], [10.0, 12.0, 15.0], "lower_better")
    ('up', 'worse')
    >>> course([2010, 2020], [10.0, 10.1], "higher_better"), course([2020], [1.0], "neither")
    (('flat', ''), ('', ''))
    """
    if len(years) < 2:
        return "", ""
    last = years[-1]
    earlier = [place for place, year in enumerate(years) if year <= last - _SHORTEST]
    if not earlier:
        return "", ""
    base = values[min(earlier, key=lambda place: abs(years[place] - (last - _SPAN)))]
    size = max(abs(values[-1]), abs(base))
    change = (values[-1] - base) / size if size else 0.0
    if abs(change) < _STEADY:
        return "flat", ""
    way = "up" if change > 0 else "down"
    if direction not in ("higher_better", "lower_better"):
        return way, ""
    return way, "better" if (way == "up") == (direction == "higher_better") else "worse"


def value_kind(note: str) -> Kind:
    """Return what a value is, as the catalogue's note on the indicator says.

    >>> value_kind("1 = yes, 0 = no"), value_kind("calendar year")
    ('answer', 'calendar')
    >>> value_kind("0 none, 1 less than yearly, 2 yearly"), value_kind("")
    ('coded', 'number')
    """
    if note.startswith("1 = yes"):
        return "answer"
    if note == "calendar year":
        return "calendar"
    return "coded" if re.match(r"\d \D", note) and len(_STEP.findall(note)) > 1 else "number"


def phrase(note: str, value: float) -> str:
    """Return the meaning of a coded value.

    >>> phrase("0 none, 1 less than yearly, 2 yearly", 1.0)
    'less than yearly'
    """
    steps = {int(number): words.strip() for number, words in _STEP.findall(note)}
    return steps.get(int(value), "") if value == int(value) else ""


@cache
def headline() -> dict[str, tuple[str, int]]:
    """Return ``{concept or indicator: (theme, place)}`` of the short profile."""
    return {row["concept"]: (row["theme"], place) for place, row in enumerate(rows_of("headline"))}


@cache
def rows_of(name: str) -> tuple[dict[str, str], ...]:
    """Return the rows of a table of this package."""
    place = files("greensilk.report.country") / f"{name}.csv"
    with place.open("r", encoding="utf-8") as handle:
        return tuple(csv.DictReader(handle))


def read_figure(
    row: Mapping[str, Any], about: Mapping[str, Any], source: Mapping[str, Any], year: int
) -> Figure:
    """Return a row of ``Facts.profile`` as a figure.

    ``about`` is the indicator's row of the catalogue (note, dataset), ``source`` the source's.
    """
    key = headline()
    listed = key.get(row["indicator"]) or key.get(row["concept"])
    note = about.get("note") or ""
    kind = value_kind(note)
    asked = (about.get("definition_en") or "").startswith("1 if") or row["en"].startswith(
        "Party to"
    )
    if kind == "number" and asked:
        kind = "answer"
    years, values = tuple(row["years"] or ()), tuple(row["values"] or ())
    # in a series that writes zero for nothing recorded, the course of single events means nothing
    steady = row["flag"] != "zero_filled" and kind == "number"
    direction = "neither" if is_total(row["unit"], row["en"]) else row["direction"]
    way, turn = course(years, values, direction) if steady else ("", "")
    return Figure(
        indicator=row["indicator"],
        concept=row["concept"],
        theme=listed[0] if listed else row["theme"],
        en=row["en"],
        zh=row["zh"],
        direction=direction,
        kind=kind,
        value=float(row["value"]),
        unit=row["unit"],
        year=int(row["year"]),
        flag=row["flag"] or "",
        phrase=phrase(note, float(row["value"])) if kind == "coded" else "",
        note=note,
        rank=row["rank"],
        of=row["of"],
        partner_rank=row["partner_rank"],
        partner_of=row["partner_of"],
        old=year - int(row["year"]) > OLD,
        stale=bool(row["stale"]),
        findings=tuple((row["findings"] or "").split()),
        source=row["source"],
        producer=row["producer"],
        producer_en=source.get("producer_en") or row["producer"],
        producer_zh=source.get("producer_zh") or row["producer"],
        carrier=source.get("carrier") or about.get("dataset") or "",
        licence=row["licence"],
        open=bool(source.get("open")),
        course=way,
        turn=turn,
        first_year=int(row["first_year"]),
        years=years,
        values=values,
        is_key=listed is not None,
    )
