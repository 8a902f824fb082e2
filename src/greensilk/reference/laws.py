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
...     found = ambient_limits("CHN", pollutant="pm25", averaging="year", on=day)
...     print({limit.level: limit.value for limit in found})
{'grade_1': 15.0, 'grade_2': 35.0}
{'grade_1': 15.0, 'grade_2': 30.0}
{'grade_1': 10.0, 'grade_2': 25.0}
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Literal, TypeVar

from greensilk.core.errors import ReferenceTableError, UnknownNameError
from greensilk.core.languages import check_language
from greensilk.reference import Source, read_rows

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
    "sources",
]

Entry = TypeVar("Entry")
Status = Literal["in_force", "amended", "repealed", "draft", "unknown"]

KINDS = (
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
)
STATUSES: tuple[Status, ...] = ("in_force", "amended", "repealed", "draft", "unknown")
POLLUTANTS = (
    "pm25",
    "pm10",
    "tsp",
    "so2",
    "no2",
    "nox",
    "co",
    "o3",
    "lead",
    "benzo_a_pyrene",
)
AVERAGING = ("10min", "1h", "8h", "24h", "quarter", "season", "year")


@dataclass(frozen=True, slots=True)
class Law:
    """One law, regulation or standard.

    ``title_original`` is empty where the original title is not known for certain or is the English
    one. ``number`` is the official number or the place in the gazette; ``dated`` the day the
    document bears and ``in_force_from`` the day it took effect, ISO dates or empty. ``status``:
    ``amended`` means in force with changes; ``unknown`` that it may have been replaced.
    ``superseded_by`` is the ``title_en`` of the successor in the same economy. ``address`` is the
    page on which the text, a record of it or a document that cites it was seen (``source`` says
    which); ``portal`` is the site where the official text is published. Both are empty unless seen.
    """

    iso3: str
    kind: str
    title_en: str
    title_original: str
    title_zh: str
    number: str
    year: int | None
    dated: str
    in_force_from: str
    language: str
    address: str
    portal: str
    status: Status
    superseded_by: str
    source: Source
    verified: bool
    note: str

    def title(self, lang: str = "en") -> str:
        """Return the title in ``en`` or ``zh``.

        >>> laws("VNM", kind="framework_law")[0].title("zh")
        '环境保护法'
        """
        return self.title_zh if check_language(lang) == "zh" else self.title_en

    def link(self) -> str:
        """Return the page on which it was seen, else the site of the official texts, else nothing.

        >>> laws("URY", kind="framework_law")[0].link()
        'https://www.impo.com.uy'
        """
        return self.address or self.portal

    def holds(self) -> bool:
        """Return whether it is known to be in force, amended or not."""
        return self.status in ("in_force", "amended")


@dataclass(frozen=True, slots=True)
class Limit:
    """One limit for ambient air.

    ``body`` is the alpha-3 code of an economy, or ``WHO`` or ``EU``. ``averaging`` is the time the
    value is a mean over (``8h``: the highest 8-hour mean of a day); values of different averaging
    times must never be compared. ``level`` tells grades of one standard apart (``grade_1``,
    ``grade_2``; ``guideline``, ``interim_1``...; ``limit``, ``target``). ``allowed_exceedances`` is
    the number a year that does not break the limit, ``None`` where none is stated. ``valid_from``
    and ``valid_to`` are ISO dates, inclusive, empty where open or not known.
    """

    body: str
    pollutant: str
    averaging: str
    value: float
    unit: str
    level: str
    allowed_exceedances: int | None
    statistic: str
    standard: str
    year: int
    valid_from: str
    valid_to: str
    source: Source
    verified: bool
    note: str

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
    _known("kind of law", kind, KINDS)
    _known("status of a law", status, STATUSES)
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
    _known("pollutant", pollutant, POLLUTANTS)
    _known("averaging time", averaging, AVERAGING)
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
    place = files("greensilk.reference") / "data" / "laws.toml"
    held = tomllib.loads(place.read_text(encoding="utf-8"))["sources"]
    return {
        key: Source(
            id=key,
            publisher=entry["publisher"],
            document=entry["document"],
            year=int(entry["year"]),
            licence=entry["licence"],
            address=entry["address"],
            edition=entry.get("edition", ""),
        )
        for key, entry in held.items()
    }


@cache
def _laws() -> Mapping[str, tuple[Law, ...]]:
    return _grouped("laws.csv", _law, lambda law: law.iso3)


@cache
def _limits() -> Mapping[str, tuple[Limit, ...]]:
    return _grouped("ambient_limits.csv", _limit, lambda limit: limit.body)


def _grouped(
    name: str, read: Callable[[Mapping[str, str]], Entry], key: Callable[[Entry], str]
) -> Mapping[str, tuple[Entry, ...]]:
    """Read a register; every broken row is named, not only the first."""
    groups: dict[str, list[Entry]] = {}
    faults: list[str] = []
    for number, row in enumerate(read_rows("greensilk.reference", "data", name), start=2):
        try:
            entry = read(row)
        except (KeyError, ValueError) as error:
            faults.append(f"{name} row {number}: {error!r}")
        else:
            groups.setdefault(key(entry), []).append(entry)
    if faults:
        raise ReferenceTableError("\n".join(faults))
    return {code: tuple(groups[code]) for code in sorted(groups)}


def _law(row: Mapping[str, str]) -> Law:
    return Law(
        iso3=row["iso3"],
        kind=_one_of(row["kind"], KINDS),
        title_en=_filled(row["title_en"]),
        title_original=row["title_original"],
        title_zh=_filled(row["title_zh"]),
        number=row["number"],
        year=int(row["year"]) if row["year"] else None,
        dated=_day(row["dated"]),
        in_force_from=_day(row["in_force_from"]),
        language=_filled(row["language"]),
        address=_site(row["address"]),
        portal=_site(row["portal"]),
        status=_status(row["status"]),
        superseded_by=row["superseded_by"],
        source=sources()[row["source"]],
        verified=_truth(row["verified"]),
        note=row["note"],
    )


def _limit(row: Mapping[str, str]) -> Limit:
    value = float(row["value"])
    if not value > 0:
        raise ValueError(f"a limit of {value} is not above zero")
    exceedances = row["allowed_exceedances"]
    return Limit(
        body=_filled(row["body"]),
        pollutant=_one_of(row["pollutant"], POLLUTANTS),
        averaging=_one_of(row["averaging"], AVERAGING),
        value=value,
        unit=_filled(row["unit"]),
        level=_filled(row["level"]),
        allowed_exceedances=int(exceedances) if exceedances else None,
        statistic=row["statistic"],
        standard=_filled(row["standard"]),
        year=int(row["year"]),
        valid_from=_day(row["valid_from"]),
        valid_to=_day(row["valid_to"]),
        source=sources()[row["source"]],
        verified=_truth(row["verified"]),
        note=row["note"],
    )


def _known(what: str, name: str, choices: Iterable[str]) -> None:
    if name and name not in choices:
        raise UnknownNameError(what, name, choices)


def _one_of(word: str, choices: tuple[str, ...]) -> str:
    if word not in choices:
        raise ValueError(f"{word!r} is not one of {choices}")
    return word


def _status(word: str) -> Status:
    for status in STATUSES:
        if word == status:
            return status
    raise ValueError(f"status {word!r} is not one of {STATUSES}")


def _site(word: str) -> str:
    if word and not word.startswith(("http://", "https://")):
        raise ValueError(f"{word!r} is not an address")
    return word


def _filled(word: str) -> str:
    if not word.strip():
        raise ValueError("a cell that must be filled is empty")
    return word


def _truth(word: str) -> bool:
    if word not in ("true", "false"):
        raise ValueError(f"verified is {word!r}, not true or false")
    return word == "true"


def _day(word: str) -> str:
    if word:
        date.fromisoformat(word)
    return word
