"""The project schema, read from data: fields, technologies, limits and choices.

``data/schema.csv`` says what a column can mean; readers, checks, the template and the docs are all
driven by it. ``data/technologies.csv`` says which technologies there are, and what each brings
along (its family, whether its output is firm, its fuel). ``data/limits.csv`` holds the largest
plants there are, ``data/choices.csv`` the words that attributes with few values may have.

>>> fields()["capacity"].unit
'MW'
>>> technology("hydro")["family"]
'electricity'
>>> technology_index()[key("光伏")]
'solar_pv'
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from types import MappingProxyType

from greensilk.core.errors import GreenSilkError
from greensilk.core.units import same_dimension
from greensilk.reference import read_rows

__all__ = [
    "Field",
    "Limit",
    "choice_index",
    "choice_words",
    "field_index",
    "fields",
    "key",
    "limits",
    "schema",
    "technologies",
    "technology",
    "technology_index",
    "today",
]

ALL_FAMILIES = "*"
YEAR_MARK = "@year"
_NOISE = re.compile(r"[\s_\-./:,;，、·'’\"]+")


@dataclass(frozen=True, slots=True)
class Field:
    """One thing a column of a projects file can hold.

    ``kind``: number, text, date, boolean or claim (a number the audit compares with an estimate).
    ``role``: identity, attribute (chooses reference rows), input, claim, or unused (kept for the
    reader, no formula uses it). ``unit`` is the canonical unit; ``bare_unit`` the one people mean
    who write ``32亿`` and no unit. ``provides`` is the name it feeds to formulas, ``audits`` the
    quantity it is compared with. ``minimum`` and ``maximum`` bound what is accepted at all.
    """

    name: str
    kind: str
    role: str
    unit: str
    bare_unit: str
    provides: str
    audits: str
    basis: str
    grade: int
    families: tuple[str, ...]
    required: bool
    minimum: float | None
    maximum: float | None
    en: str
    zh: str
    aliases: tuple[str, ...]
    description_en: str
    description_zh: str

    @property
    def numeric(self) -> bool:
        """Whether its cells are numbers."""
        return self.kind in ("number", "claim")

    @property
    def year(self) -> bool:
        """Whether it is a calendar year."""
        return self.unit == "yr" and self.role == "identity"

    def label(self, lang: str) -> str:
        """Return its name in ``en`` or ``zh``."""
        return self.zh if lang == "zh" else self.en

    def description(self, lang: str) -> str:
        """Return what it holds, in ``en`` or ``zh``."""
        return self.description_zh if lang == "zh" else self.description_en

    def serves(self, family: str) -> bool:
        """Tell whether projects of ``family`` have it."""
        return ALL_FAMILIES in self.families or family in self.families


@dataclass(frozen=True, slots=True)
class Limit:
    """What the largest plant of a technology is; above ``maximum`` a value is refused."""

    field: str
    technology: str
    doubtful_above: float
    maximum: float
    en: str
    zh: str
    year: str
    source: str
    verified: bool


def today() -> date:
    """Return the day of today; a function so that tests can set it."""
    return date.today()


def key(text: str) -> str:
    """Return ``text`` as names are compared: no case, width, spaces or punctuation.

    >>> key("Installed_Capacity") == key("installed capacity"), key("ＭＷ")
    (True, 'mw')
    """
    return _NOISE.sub("", unicodedata.normalize("NFKC", text).casefold())


@cache
def fields() -> Mapping[str, Field]:
    """Return every field by its name, in the order of the file.

    Raises
    ------
    GreenSilkError
        If two fields claim one name, which would make a header mean two things.
    """
    found: dict[str, Field] = {}
    for row in schema():
        found[row["field"]] = Field(
            name=row["field"],
            kind=row["kind"],
            role=row["role"],
            unit=row["unit"],
            bare_unit=row["bare_unit"],
            provides=row["provides"],
            audits=row["audits"],
            basis=row["basis"],
            grade=int(row["grade"] or 0),
            families=tuple(row["families"].split("|")),
            required=row["required"] == "yes",
            minimum=_bound(row["minimum"]),
            maximum=_bound(row["maximum"]),
            en=row["en"],
            zh=row["zh"],
            aliases=tuple(alias for alias in row["aliases"].split("|") if alias),
            description_en=row["description_en"],
            description_zh=row["description_zh"],
        )
    return MappingProxyType(found)


@cache
def field_index() -> Mapping[str, tuple[str, ...]]:
    """Return every compared header name and the fields it may mean.

    Names for columns that hold one year each carry the mark ``@year``. A name may mean several
    fields only if their units tell them apart (a treatment capacity in tonnes or in cubic metres a
    day); without a unit the field with that very name is meant, or else the first.
    """
    index: dict[str, tuple[str, ...]] = {}
    own = [(field, (field.name, field.en, field.zh)) for field in fields().values()]
    others_say = [(field, field.aliases) for field in fields().values()]
    for field, names in (*own, *others_say):
        for name in names:
            marked = name.endswith(YEAR_MARK)
            word = key(name.removesuffix(YEAR_MARK)) + (YEAR_MARK if marked else "")
            others = index.get(word, ())
            if field.name in others:
                continue
            for other in others:
                unit = fields()[other].unit
                if not (field.unit and unit) or same_dimension(field.unit, unit):
                    raise GreenSilkError(f"schema.csv: {name!r} means {other} and {field.name}")
            index[word] = (*others, field.name)
    return MappingProxyType(index)


def schema() -> list[dict[str, str]]:
    """Return the rows of the schema as they stand in the file, for whoever reads it as data."""
    return read_rows("greensilk.projects", "data", "schema.csv")


def technologies() -> list[dict[str, str]]:
    """Return every technology: code, the attributes it brings along, names in both languages."""
    return read_rows("greensilk.projects", "data", "technologies.csv")


@cache
def technology(code: str) -> Mapping[str, str]:
    """Return the row of one technology; empty if there is none."""
    return MappingProxyType({row["technology"]: row for row in technologies()}.get(code, {}))


@cache
def technology_index() -> Mapping[str, str]:
    """Return every compared technology name and its code."""
    index: dict[str, str] = {}
    for row in technologies():
        for name in (row["technology"], row["en"], row["zh"], *row["aliases"].split("|")):
            if name and index.setdefault(key(name), row["technology"]) != row["technology"]:
                raise GreenSilkError(
                    f"technologies.csv: {name!r} means both {index[key(name)]} "
                    f"and {row['technology']}"
                )
    return MappingProxyType(index)


@cache
def choice_index() -> Mapping[str, Mapping[str, str]]:
    """Return, for each attribute with few values, every compared word and its code."""
    index: dict[str, dict[str, str]] = {}
    for row in read_rows("greensilk.projects", "data", "choices.csv"):
        words = index.setdefault(row["field"], {})
        for name in (row["code"], row["en"], row["zh"], *row["aliases"].split("|")):
            if name and words.setdefault(key(name), row["code"]) != row["code"]:
                raise GreenSilkError(f"choices.csv: {row['field']}: {name!r} means two codes")
    return MappingProxyType(index)


@cache
def choice_words() -> Mapping[str, Mapping[str, tuple[str, str]]]:
    """Return, for each attribute with few values, every code with its two names."""
    found: dict[str, dict[str, tuple[str, str]]] = {}
    for row in read_rows("greensilk.projects", "data", "choices.csv"):
        found.setdefault(row["field"], {})[row["code"]] = (row["en"], row["zh"])
    return MappingProxyType(found)


@cache
def limits() -> tuple[Limit, ...]:
    """Return the largest plants there are, by field and technology."""
    return tuple(
        Limit(
            field=row["field"],
            technology=row["technology"],
            doubtful_above=float(row["doubtful_above"]),
            maximum=float(row["maximum"]),
            en=row["en"],
            zh=row["zh"],
            year=row["year"],
            source=row["source"],
            verified=row["verified"] == "true",
        )
        for row in read_rows("greensilk.projects", "data", "limits.csv")
    )


def _bound(text: str) -> float | None:
    """Read a bound: a number, or ``now+30`` for a year counted from this one."""
    if not text:
        return None
    if text.startswith("now"):
        return float(today().year + int(text[3:] or 0))
    return float(text)
