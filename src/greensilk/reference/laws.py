"""National environmental laws and standards, and ambient air limits as numbers.

Two packaged registers, read from ``data/laws.csv`` and ``data/ambient_limits.csv``; their sources
are in ``data/laws.toml``. The first says which framework law, law or regulation on environmental
impact assessment and which standards an economy has, with their status; the second gives the
limits of standards for ambient air, each with its averaging time and the days it holds.

``verified`` is true only where the document, a stored copy of it, or an official page or register
was seen to say so; everything else must be checked with the publisher before it is relied on.

>>> [law.number for law in laws("KEN", kind="framework_law")]
['No. 8 of 1999 (Cap. 387)']
>>> laws("CHN", kind="eia_law", status="repealed")[0].superseded_by
'Ecological and Environmental Code (provisions on environmental impact assessment)'
>>> from datetime import date
>>> for day in (date(2026, 2, 1), date(2026, 11, 1), date(2031, 1, 1)):
...     limits = ambient_limits("CHN", pollutant="pm25", averaging="year", on=day)
...     print({limit.level: limit.value for limit in limits})
{'grade_1': 15.0, 'grade_2': 35.0}
{'grade_1': 15.0, 'grade_2': 30.0}
{'grade_1': 10.0, 'grade_2': 25.0}
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import cache
from importlib.resources.abc import Traversable
from typing import Literal, TypeVar, get_args

import msgspec

from greensilk.core.errors import UnknownNameError
from greensilk.core.provenance import Source, load_sources
from greensilk.core.tables import Address, Day, Iso3, Positive, Year, load_records

__all__ = [
    "AVERAGING",
    "KINDS",
    "POLLUTANTS",
    "STATUSES",
    "Law",
    "Limit",
    "Status",
    "ambient_limits",
    "bodies",
    "countries",
    "laws",
    "read_laws",
    "read_limits",
    "sources",
]

Entry = TypeVar("Entry")
Kind = Literal[
    "framework_law",
    "eia_law",
    "eia_regulation",
    "ambient_air",
    "ambient_water",
    "effluent",
    "stack_emission",
    "noise",
    "waste",
    "climate_law",
]
Status = Literal["in_force", "amended", "repealed", "draft", "unknown"]
Pollutant = Literal[
    "pm25", "pm10", "tsp", "so2", "no2", "nox", "co", "o3", "lead", "benzo_a_pyrene"
]
Averaging = Literal["10min", "1h", "8h", "24h", "quarter", "season", "year"]

KINDS: tuple[str, ...] = get_args(Kind)
STATUSES: tuple[str, ...] = get_args(Status)
POLLUTANTS: tuple[str, ...] = get_args(Pollutant)
AVERAGING: tuple[str, ...] = get_args(Averaging)


class Law(msgspec.Struct, frozen=True, kw_only=True):
    """One law, regulation or standard.

    ``title_original`` is empty where the original title is not known for certain or is the English
    one. ``number`` is the official number or the place in the gazette; ``dated`` the day the
    document bears and ``in_force_from`` the day it took effect, ISO dates or empty. ``status``:
    ``amended`` means in force with changes; ``unknown`` that it may have been replaced.
    ``superseded_by`` is the ``title_en`` of the successor in the same economy. ``address`` is the
    page on which the text, a record of it or a document that cites it was seen (``source`` says
    which); ``portal`` is the site where the official text is published. Both are empty unless seen.
    """

    iso3: Iso3
    kind: Kind
    title_en: str
    title_original: str = ""
    title_zh: str
    number: str = ""
    year: Year | None = None
    dated: Day | Literal[""] = ""
    in_force_from: Day | Literal[""] = ""
    language: str
    address: Address | Literal[""] = ""
    portal: Address | Literal[""] = ""
    status: Status
    superseded_by: str = ""
    source: Source
    verified: bool
    note: str = ""

    def link(self) -> str:
        """Return the page on which it was seen, else the site of the official texts, else nothing.

        >>> laws("URY", kind="framework_law")[0].link()
        'https://www.impo.com.uy'
        """
        return self.address or self.portal

    def holds(self) -> bool:
        """Return whether it is known to be in force, amended or not."""
        return self.status in ("in_force", "amended")


class Limit(msgspec.Struct, frozen=True, kw_only=True):
    """One limit for ambient air.

    ``body`` is the alpha-3 code of an economy, or ``WHO`` or ``EU``. ``averaging`` is the time the
    value is a mean over (``8h``: the highest 8-hour mean of a day); values of different averaging
    times must never be compared. ``level`` tells grades of one standard apart (``grade_1``,
    ``grade_2``; ``guideline``, ``interim_1``...; ``limit``, ``target``). ``allowed_exceedances`` is
    the number a year that does not break the limit, ``None`` where none is stated. ``valid_from``
    and ``valid_to`` are ISO dates, inclusive, empty where open or not known.
    """

    body: str
    pollutant: Pollutant
    averaging: Averaging
    value: Positive
    unit: str
    level: str
    allowed_exceedances: int | None = None
    statistic: str = ""
    standard: str
    year: Year
    valid_from: Day | Literal[""] = ""
    valid_to: Day | Literal[""] = ""
    source: Source
    verified: bool
    note: str = ""

    def holds(self, on: date) -> bool:
        """Return whether the limit is valid on a day."""
        day = on.isoformat()
        return self.valid_from <= day and (not self.valid_to or day <= self.valid_to)


def laws(iso3: str, *, kind: str = "", status: str = "") -> list[Law]:
    """Return the laws and standards held for an economy, by kind; the repealed ones come last.

    Parameters
    ----------
    iso3
        Alpha-3 code. An economy without an entry gives an empty list.
    kind, status
        One of :data:`KINDS`, one of :data:`STATUSES`; empty for all.

    Raises
    ------
    UnknownNameError
        If ``kind`` or ``status`` does not exist.
    """
    _check_name("law_kind", kind, KINDS)
    _check_name("law_status", status, STATUSES)
    return [
        law
        for law in _laws().get(iso3, ())
        if kind in ("", law.kind) and status in ("", law.status)
    ]


def ambient_limits(
    body: str, *, pollutant: str = "", averaging: str = "", on: date | None = None
) -> list[Limit]:
    """Return the ambient air limits of an economy or of a body (``WHO``, ``EU``).

    Parameters
    ----------
    body
        Alpha-3 code, ``WHO`` or ``EU``; without an entry the list is empty.
    pollutant, averaging
        One of :data:`POLLUTANTS`, one of :data:`AVERAGING`; empty for all.
    on
        Only limits valid on this day; a standard in stages has several sets.

    Raises
    ------
    UnknownNameError
        If ``pollutant`` or ``averaging`` does not exist.

    >>> limit, = ambient_limits("WHO", pollutant="pm25", averaging="year")[:1]
    >>> limit.level, limit.value, limit.unit
    ('guideline', 5.0, 'ug/m**3')
    """
    _check_name("pollutant", pollutant, POLLUTANTS)
    _check_name("averaging_time", averaging, AVERAGING)
    return [
        limit
        for limit in _limits().get(body, ())
        if pollutant in ("", limit.pollutant)
        and averaging in ("", limit.averaging)
        and (on is None or limit.holds(on))
    ]


def countries() -> tuple[str, ...]:
    """Return the codes of the economies that have an entry in the register of laws."""
    return tuple(_laws())


def bodies() -> tuple[str, ...]:
    """Return the economies and bodies that have ambient air limits."""
    return tuple(_limits())


@cache
def sources() -> Mapping[str, Source]:
    """Return where the two registers come from, by id."""
    return load_sources("reference/data/laws.toml")


def read_laws(path: str | Traversable = "reference/data/laws.csv") -> tuple[Law, ...]:
    """Return a register of laws.

    Raises
    ------
    ReferenceTableError
        If rows break the contract; every one is named.
    """
    return load_records(
        path, Law, key=("iso3", "kind", "title_en"), references={"source": sources()}
    )


def read_limits(path: str | Traversable = "reference/data/ambient_limits.csv") -> tuple[Limit, ...]:
    """Return a register of limits for ambient air; see :func:`read_laws`."""
    return load_records(path, Limit, references={"source": sources()})


@cache
def _laws() -> Mapping[str, tuple[Law, ...]]:
    return _group(read_laws(), lambda law: law.iso3)


@cache
def _limits() -> Mapping[str, tuple[Limit, ...]]:
    return _group(read_limits(), lambda limit: limit.body)


def _group(
    entries: Iterable[Entry], key: Callable[[Entry], str]
) -> Mapping[str, tuple[Entry, ...]]:
    groups: dict[str, list[Entry]] = {}
    for entry in entries:
        groups.setdefault(key(entry), []).append(entry)
    return {code: tuple(groups[code]) for code in sorted(groups)}


def _check_name(kind: str, name: str, known: Iterable[str]) -> None:
    if name and name not in known:
        raise UnknownNameError(kind, name, known)
