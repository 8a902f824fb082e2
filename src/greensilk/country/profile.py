"""From rows of a profile to figures: what a value is, how old, its rank, where it is heading."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

import msgspec
import pyarrow as pa

from greensilk.core.text import Amount, Label, Parameter, Sentence, Text, catalogue
from greensilk.country.model import Figure
from greensilk.country.selection import amount_units, headline, own_producer, threshold
from greensilk.facts.catalogue import indicators
from greensilk.facts.model import ValueKind
from greensilk.facts.query import Facts

__all__ = [
    "CatalogueRow",
    "ProfileRow",
    "SourceRow",
    "describe_origin",
    "describe_value",
    "find_course",
    "is_total",
    "label_producer",
    "rank_by_size",
    "read_figure",
    "read_rows",
]

Row = TypeVar("Row", bound=msgspec.Struct)

# an amount in a time is an amount; one of each person, hectare or dollar is not
_TIMES = ("yr", "day")
_JUDGED = ("higher_better", "lower_better")
# counts of what the indicator names: the unit says nothing more
_COUNTED = "item"


class SourceRow(msgspec.Struct, frozen=True):
    """A row of the store's sources."""

    source: str
    producer: str
    producer_en: str
    producer_zh: str
    en: str
    zh: str
    carrier: str
    address: str
    licence: str
    open: bool
    vintage: str
    citation: str


class CatalogueRow(msgspec.Struct, frozen=True):
    """What the store's catalogue says of an indicator."""

    indicator: str
    dataset: str
    concept: str
    theme: str
    producer: str
    licence: str
    note: str
    open: bool
    packaged: bool

    def allows(self, licence: str) -> bool:
        """Tell whether its figures may be shown under the licence asked for."""
        return licence == "any" or (self.packaged if licence == "packaged" else self.open)


class ProfileRow(msgspec.Struct):
    """A row of :meth:`greensilk.facts.query.Facts.profile`."""

    indicator: str
    concept: str
    theme: str
    en: str
    zh: str
    direction: str
    value: float
    unit: str
    year: int
    flag: str
    rank: int | None
    of: int | None
    partner_rank: int | None
    partner_of: int | None
    stale: bool
    findings: str
    source: str
    producer: str
    licence: str
    first_year: int
    years: tuple[int, ...]
    values: tuple[float, ...]


class _Larger(msgspec.Struct):
    indicator: str
    every: int
    partners: int


def read_rows(table: pa.Table, record: type[Row]) -> list[Row]:
    """Return the rows of a table of the store as records; a missing text is an empty one."""
    fields = {field.name: field.type for field in msgspec.structs.fields(record)}
    empty: Mapping[object, object] = {str: "", tuple[int, ...]: (), tuple[float, ...]: ()}
    rows = [
        {name: empty.get(kind) if row[name] is None else row[name] for name, kind in fields.items()}
        for row in table.to_pylist()
    ]
    return msgspec.convert(rows, list[record], strict=False)  # type: ignore[valid-type]


def is_total(unit: str, kind: ValueKind = "number") -> bool:
    """Return whether a figure grows with the size of the country, so that it is no merit.

    >>> is_total("tonne/yr"), is_total("USD"), is_total("percent", "world_share")
    (True, True, True)
    >>> is_total("kg/person/day"), is_total("ug/m**3"), is_total("percent"), is_total("1")
    (False, False, False, False)
    """
    head, *per = unit.split("/")
    if head in amount_units():
        return all(part in _TIMES for part in per)
    return kind == "world_share"


def find_course(years: Sequence[int], values: Sequence[float], direction: str) -> tuple[str, str]:
    """Return the course of a series over its last ten years, and whether it is a turn for better.

    The last figure is compared with the one nearest to ten years before it, at least three years
    earlier.

    >>> find_course([2010, 2015, 2020], [10.0, 12.0, 15.0], "lower_better")
    ('up', 'worse')
    >>> find_course([2010, 2020], [10.0, 10.1], "higher_better")
    ('flat', '')
    >>> find_course([2020], [1.0], "neither")
    ('', '')
    """
    if len(years) < 2:
        return "", ""
    last = years[-1]
    shortest, span = threshold("course_shortest"), threshold("course_span")
    earlier = [index for index, year in enumerate(years) if year <= last - shortest]
    if not earlier:
        return "", ""
    base = values[min(earlier, key=lambda index: abs(years[index] - (last - span)))]
    size = max(abs(values[-1]), abs(base))
    change = (values[-1] - base) / size if size else 0.0
    if abs(change) < threshold("course_flat"):
        return "flat", ""
    course = "up" if change > 0 else "down"
    if direction not in _JUDGED:
        return course, ""
    return course, "better" if (course == "up") == (direction == "higher_better") else "worse"


def describe_value(value: float, unit: str, kind: ValueKind, scale: str) -> Parameter:
    """Return a value as it is printed: yes or no, a year, the step of a scale, or an amount.

    >>> describe_value(1.0, "1", "answer", "")
    Label(label='country.yes')
    >>> describe_value(3.0, "1", "coded", "target_status")
    Label(label='scale.target_status.3')
    >>> describe_value(2050.0, "yr", "calendar", "")
    2050
    """
    if kind == "answer" and value in (0.0, 1.0):
        return Label("country.yes" if value else "country.no")
    if kind == "calendar":
        return round(value)
    step = f"scale.{scale}.{value:.0f}"
    if scale and value.is_integer() and step in catalogue():
        return Label(step)
    return Amount(value, "1" if unit == _COUNTED else unit)


def label_producer(producer: str, en: str, zh: str) -> Parameter:
    """Return the name of a producer, its letters where readers know it by them.

    >>> label_producer("who", "World Health Organization", "世界卫生组织")
    Label(label='country.producer.who')
    """
    key = f"country.producer.{producer}"
    return Label(key) if key in catalogue() else Text(en, zh)


def label_carrier(carrier: str, producer: str) -> Parameter:
    """Return the name of who passed a figure on, empty if the producer did."""
    if own_producer().get(carrier, producer) == producer:
        return ""
    return Label(f"country.carrier.{carrier}")


def describe_origin(producer: str, en: str, zh: str, carrier: str) -> Parameter:
    """Return producer and carrier as one passage."""
    name = label_producer(producer, en, zh)
    through = label_carrier(carrier, producer)
    return Sentence("country.via", {"producer": name, "carrier": through}) if through else name


def rank_by_size(facts: Facts, iso3: str, rows: list[ProfileRow]) -> None:
    """Rank totals from the largest down.

    The store ranks an indicator whose lower end is better from the smallest up; for a total that
    would praise a country for being small.
    """
    totals = {
        row.indicator: row
        for row in rows
        if row.direction == "lower_better" and is_total(row.unit, kind_of(row.indicator)[0])
    }
    if not totals:
        return
    marks = ", ".join("?" * len(totals))
    table = facts.sql(
        "SELECT l.indicator, count(*) AS every, "  # noqa: S608
        "count(*) FILTER (WHERE l.partner) AS partners "
        "FROM latest l JOIN latest this ON this.indicator = l.indicator AND this.economy = ? "
        f"WHERE l.indicator IN ({marks}) AND NOT l.stale AND l.value > this.value "
        "GROUP BY l.indicator",
        [iso3, *totals],
    )
    larger = {row.indicator: row for row in read_rows(table, _Larger)}
    for indicator, row in totals.items():
        count = larger.get(indicator) or _Larger(indicator, 0, 0)
        row.rank = None if row.rank is None else count.every + 1
        row.partner_rank = None if row.partner_rank is None else count.partners + 1


def kind_of(indicator: str) -> tuple[ValueKind, str]:
    """Return what the values of an indicator are, and the scale whose steps they mean."""
    entry = indicators().get(indicator)
    return (entry.kind, entry.scale) if entry else ("number", "")


def is_old(year: int, now: int) -> bool:
    """Tell whether a figure is old in the guide's year."""
    return now - year > threshold("old_after")


def read_figure(
    row: ProfileRow, entry: CatalogueRow, sources: Mapping[str, SourceRow], now: int
) -> Figure:
    """Return a row of ``Facts.profile`` as a figure; ``entry`` is its row of the catalogue."""
    listed = headline().get(row.indicator) or headline().get(row.concept)
    kind, scale = kind_of(row.indicator)
    direction = "neither" if is_total(row.unit, kind) else row.direction
    # in a series that writes zero for nothing recorded, the course of single events means nothing
    steady = row.flag != "zero_filled" and kind in ("number", "world_share")
    course, turn = find_course(row.years, row.values, direction) if steady else ("", "")
    source = sources.get(row.source)
    carrier = (source.carrier if source else "") or entry.dataset
    names = (source.producer_en, source.producer_zh) if source else (row.producer, "")
    return Figure(
        indicator=row.indicator,
        concept=row.concept,
        theme=listed[0] if listed else row.theme,
        label=Text(row.en, row.zh),
        direction=direction,
        kind=kind,
        scale=scale,
        value=row.value,
        value_label=describe_value(row.value, row.unit, kind, scale),
        unit=row.unit,
        year=row.year,
        flag=row.flag,
        note=entry.note,
        rank=row.rank,
        of=row.of,
        partner_rank=row.partner_rank,
        partner_of=row.partner_of,
        old=is_old(row.year, now),
        stale=row.stale,
        findings=tuple(row.findings.split()),
        source=row.source,
        producer=row.producer,
        producer_label=Text(*names),
        carrier=carrier,
        origin=describe_origin(row.producer, *names, carrier),
        licence=row.licence,
        open=source.open if source else False,
        course=course,
        turn=turn,
        first_year=row.first_year,
        years=row.years,
        values=row.values,
        is_key=listed is not None,
    )


def order_by_headline(figures: Iterable[Figure]) -> list[Figure]:
    """Return figures in the order of the short profile, others behind."""
    listed = headline()

    def position(figure: Figure) -> int:
        entry = listed.get(figure.indicator) or listed.get(figure.concept)
        return entry[1] if entry else len(listed)

    return sorted(figures, key=position)
