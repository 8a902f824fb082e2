"""The project schema, read from data: fields, technologies, choices, limits and thresholds.

``data/schema.csv`` says what a column can mean; readers, checks, the template and the docs are all
driven by it. ``data/technologies.csv`` says which technologies there are, and what each brings
along (its family, whether its output is firm, its fuel). ``data/limits.csv`` holds the largest
plants there are, ``data/choices.csv`` the words that attributes with few values may have,
``data/thresholds.csv`` and ``data/lists.csv`` what else judges a cell, each with its reason.

The module is not called ``schema`` because that is the public function of the room.

>>> fields()["capacity"].unit
'MW'
>>> technology_rows()["hydro"].family
'electricity'
>>> technology_index()[normalise_name("光伏")]
'solar_pv'
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from types import MappingProxyType
from typing import Literal

import msgspec

from greensilk.core.errors import ReferenceTableError
from greensilk.core.tables import load_records
from greensilk.core.units import same_dimension

__all__ = [
    "BaselineFuelRow",
    "ChoiceRow",
    "FieldRow",
    "LimitRow",
    "TechnologyBlendRow",
    "TechnologyPairRow",
    "TechnologyRow",
    "baseline_fuels",
    "choice_index",
    "choice_rows",
    "field_index",
    "fields",
    "fuel_index",
    "header_choices",
    "limits",
    "normalise_name",
    "schema",
    "simplify",
    "technologies",
    "technology_blends",
    "technology_index",
    "technology_names",
    "technology_pairs",
    "technology_rows",
    "threshold",
    "today",
    "usual_unit",
    "word_list",
]

ALL_FAMILIES = "*"
YEAR_MARK = "@year"
_NOISE = re.compile(r"[\s_\-./:,;，、·'’\"]+")


class FieldRow(msgspec.Struct, frozen=True, kw_only=True):
    """One thing a column of a projects file can hold: a row of ``data/schema.csv``.

    ``kind``: number, text, date, boolean or claim (a number the audit compares with an estimate).
    ``role``: identity, attribute (chooses reference rows), input, claim, or unused (kept for the
    reader, no formula uses it). ``unit`` is the canonical unit; ``bare_unit`` the one people mean
    who write ``32亿`` and no unit. ``provides`` is the name it feeds to formulas, ``audits`` the
    quantity it is compared with. :attr:`minimum` and :attr:`maximum` bound what is accepted at all.
    """

    name: str = msgspec.field(name="field")
    kind: Literal["number", "text", "date", "boolean", "claim"]
    role: Literal["identity", "attribute", "input", "claim", "unused"]
    unit: str = ""
    bare_unit: str = ""
    provides: str = ""
    audits: str = ""
    basis: str = ""
    grade: int = 0
    families: tuple[str, ...]
    required: bool
    lower: str = msgspec.field(name="minimum", default="")
    upper: str = msgspec.field(name="maximum", default="")
    en: str
    zh: str
    aliases: tuple[str, ...] = ()
    description_en: str
    description_zh: str

    @property
    def numeric(self) -> bool:
        """Whether its cells are numbers."""
        return self.kind in ("number", "claim")

    @property
    def is_year(self) -> bool:
        """Whether it is a calendar year."""
        return self.unit == "yr" and self.role == "identity"

    @property
    def minimum(self) -> float | None:
        """The least value that is accepted, in :attr:`unit`."""
        return _bound(self.lower)

    @property
    def maximum(self) -> float | None:
        """The greatest value that is accepted, in :attr:`unit`."""
        return _bound(self.upper)

    def serves(self, family: str) -> bool:
        """Tell whether projects of ``family`` have it."""
        return ALL_FAMILIES in self.families or family in self.families


class TechnologyRow(msgspec.Struct, frozen=True, kw_only=True):
    """A technology and the attributes it brings along: a row of ``data/technologies.csv``.

    ``offgrid`` is the technology it is read as without a public grid, empty where there is no such
    method. ``runs`` tells plants built to run from those that may stand in reserve all year.
    """

    code: str = msgspec.field(name="technology")
    family: str
    firmness: Literal["", "firm", "intermittent"] = ""
    fuel: str = ""
    mode: str = ""
    offgrid: str = ""
    runs: bool
    en: str
    zh: str
    aliases: tuple[str, ...] = ()

    @property
    def attributes(self) -> dict[str, str]:
        """What chooses reference rows for its projects."""
        return {
            "family": self.family,
            "firmness": self.firmness,
            "fuel": self.fuel,
            "mode": self.mode,
        }


class ChoiceRow(msgspec.Struct, frozen=True, kw_only=True):
    """One value that an attribute with few values may have: a row of ``data/choices.csv``."""

    field: str
    code: str
    en: str
    zh: str
    aliases: tuple[str, ...] = ()


class LimitRow(msgspec.Struct, frozen=True, kw_only=True):
    """What the largest plant of a technology is, in the field's unit: a row of ``data/limits.csv``.

    Above ``maximum`` a value is refused. A blank technology stands for all that have no row.
    ``limit.<field>.<technology>`` of the catalogue says what the limit rests on.
    """

    field: str
    technology: str = ""
    doubtful_above: float
    maximum: float
    en: str
    zh: str
    year: str
    source: str
    verified: bool


class BaselineFuelRow(msgspec.Struct, frozen=True, kw_only=True):
    """A displaced fuel that a technology uses, and the field it needs for it."""

    technology: str
    fuel: str = msgspec.field(name="baseline_fuel")
    needs: str = ""


class TechnologyPairRow(msgspec.Struct, frozen=True, kw_only=True):
    """Two technologies named for one project that are one: which, and what is said of it.

    ``where``: ``cell`` if they stand in one cell, ``columns`` if in two, empty in either case.
    """

    first: str
    second: str
    becomes: str
    remark: str = ""
    where: Literal["", "cell", "columns"] = ""
    reason: str


class _TechnologyWordsRow(msgspec.Struct, frozen=True, kw_only=True):
    """Words for a technology that tell its fuel."""

    technology: str
    fuel: str = ""
    words: tuple[str, ...]


class TechnologyBlendRow(msgspec.Struct, frozen=True, kw_only=True):
    """A word that names several technologies at once."""

    word: str
    technologies: tuple[str, ...]


class _HeaderChoiceRow(msgspec.Struct, frozen=True, kw_only=True):
    """A header that may mean several fields, which only its cells tell."""

    header: str
    fields: tuple[str, ...]
    reason: str


class _CharactersRow(msgspec.Struct, frozen=True, kw_only=True):
    """A simplified character and the traditional ones for it."""

    simplified: str
    traditional: str


class _ThresholdRow(msgspec.Struct, frozen=True, kw_only=True):
    threshold: str
    value: float
    unit: str
    reason: str
    source: str


class _UsualUnitRow(msgspec.Struct, frozen=True, kw_only=True):
    """The unit that people mean who name none, under one header or any of a field."""

    field: str
    header: str = ""
    unit: str
    reason: str


class _ListRow(msgspec.Struct, frozen=True, kw_only=True):
    list: str
    entries: tuple[str, ...]
    reason: str


def today() -> date:
    """Return the day of today; a function so that tests can set it."""
    return date.today()


def normalise_name(text: str) -> str:
    """Return ``text`` as names are compared: no case, width, spaces or punctuation.

    >>> normalise_name("Installed_Capacity") == normalise_name("installed capacity")
    True
    >>> normalise_name("ＭＷ")
    'mw'
    """
    return _NOISE.sub("", simplify(unicodedata.normalize("NFKC", text)).casefold())


def simplify(text: str) -> str:
    """Return ``text`` with the traditional characters of our words as simplified ones.

    >>> simplify("裝機容量（萬千瓦）")
    '装机容量（万千瓦）'
    """
    return text if text.isascii() else text.translate(_simplified())


@cache
def _simplified() -> Mapping[int, str]:
    rows = load_records("projects/data/traditional.csv", _CharactersRow, key="simplified")
    return {ord(char): row.simplified for row in rows for char in row.traditional}


def schema() -> tuple[FieldRow, ...]:
    """Return every field that a column of a projects file can hold, in the order of the file.

    >>> [row.unit for row in schema() if row.name == "annual_generation"]
    ['MWh/yr']
    """
    return load_records("projects/data/schema.csv", FieldRow, key="field")


def technologies() -> tuple[TechnologyRow, ...]:
    """Return every technology: code, the attributes it brings along, names in both languages.

    >>> [row.offgrid for row in technologies() if row.code == "solar_pv"]
    ['offgrid_solar']
    """
    return load_records("projects/data/technologies.csv", TechnologyRow, key="technology")


def limits() -> tuple[LimitRow, ...]:
    """Return the largest plants there are, by field and technology."""
    return load_records("projects/data/limits.csv", LimitRow, key=("field", "technology"))


@cache
def fields() -> Mapping[str, FieldRow]:
    """Return every field by its name, in the order of the file."""
    return MappingProxyType({row.name: row for row in schema()})


@cache
def technology_rows() -> Mapping[str, TechnologyRow]:
    """Return every technology by its code, in the order of the file."""
    return MappingProxyType({row.code: row for row in technologies()})


@cache
def field_index() -> Mapping[str, tuple[str, ...]]:
    """Return every normalised header name and the fields it may mean.

    Names for columns that hold one year each carry the mark ``@year``. A name may mean several
    fields only if their units tell them apart (a treatment capacity in tonnes or in cubic metres a
    day); without a unit the field with that very name is meant, or else the first.

    Raises
    ------
    ReferenceTableError
        If two fields with units of one dimension claim one name.
    """
    index: dict[str, tuple[str, ...]] = {}
    first = [(field, (field.name, field.en, field.zh)) for field in schema()]
    further = [(field, field.aliases) for field in schema()]
    for field, names in (*first, *further):
        for name in names:
            marked = name.endswith(YEAR_MARK)
            entry = normalise_name(name.removesuffix(YEAR_MARK)) + (YEAR_MARK if marked else "")
            others = index.get(entry, ())
            if field.name in others:
                continue
            for other in others:
                unit = fields()[other].unit
                if not (field.unit and unit) or same_dimension(field.unit, unit):
                    raise _name_taken("schema.csv", name, other, field.name)
            index[entry] = (*others, field.name)
    return MappingProxyType(index)


@cache
def header_choices() -> Mapping[str, tuple[str, ...]]:
    """Return, for headers that may mean several fields, these: the first whose cells fit is meant.

    >>> header_choices()["state"]
    ('status', 'city')
    """
    rows = load_records("projects/data/header_choices.csv", _HeaderChoiceRow, key="header")
    return MappingProxyType({normalise_name(row.header): row.fields for row in rows})


@cache
def technology_index() -> Mapping[str, str]:
    """Return every normalised name of a technology and its code.

    Raises
    ------
    ReferenceTableError
        If two technologies claim one name.
    """
    return MappingProxyType(_index_names("technologies.csv", technology_names()))


@cache
def choice_rows() -> Mapping[str, tuple[ChoiceRow, ...]]:
    """Return, for each attribute with few values, its rows."""
    rows = load_records("projects/data/choices.csv", ChoiceRow, key=("field", "code"))
    names = dict.fromkeys(row.field for row in rows)
    return MappingProxyType(
        {name: tuple(row for row in rows if row.field == name) for name in names}
    )


@cache
def choice_index() -> Mapping[str, Mapping[str, str]]:
    """Return, for each attribute with few values, every normalised word and its code.

    Raises
    ------
    ReferenceTableError
        If a word means two codes of one attribute.
    """
    index = {
        name: _index_names(
            f"choices.csv, {name}", ((row.code, (row.en, row.zh, *row.aliases)) for row in rows)
        )
        for name, rows in choice_rows().items()
    }
    return MappingProxyType(index)


@cache
def baseline_fuels() -> Mapping[tuple[str, str], str]:
    """Return which displaced fuels are used, by technology, and the field each needs ("": none).

    >>> baseline_fuels()["offgrid_solar", "kerosene"]
    'system_count'
    """
    rows = load_records(
        "projects/data/baseline_fuels.csv", BaselineFuelRow, key=("technology", "baseline_fuel")
    )
    return MappingProxyType({(row.technology, row.fuel): row.needs for row in rows})


@cache
def threshold(name: str) -> float:
    """Return a threshold of the checks and readers, in the unit that its row names.

    >>> threshold("leap_year_hours")
    8784.0
    """
    rows = load_records("projects/data/thresholds.csv", _ThresholdRow, key="threshold")
    return next(row.value for row in rows if row.threshold == name)


@cache
def _usual_units() -> Mapping[tuple[str, str], str]:
    rows = load_records("projects/data/usual_units.csv", _UsualUnitRow, key=("field", "header"))
    return MappingProxyType({(row.field, normalise_name(row.header)): row.unit for row in rows})


def usual_unit(field: str, header: str) -> str:
    """Return the unit of the trade in which a column without a unit is written; "" if none.

    A column that bears the code of the field is in the unit of the schema.

    >>> usual_unit("influent_cod", "进水COD"), usual_unit("influent_cod", "influent_cod")
    ('mg/L', '')
    """
    if header.strip().casefold() == field:
        return ""
    units = _usual_units()
    return units.get((field, normalise_name(header))) or units.get((field, ""), "")


@cache
def word_list(name: str) -> frozenset[str]:
    """Return one of the lists of words that judge a cell.

    >>> "单位" in word_list("unit_titles")
    True
    """
    rows = load_records("projects/data/lists.csv", _ListRow, key="list")
    return frozenset(next(row.entries for row in rows if row.list == name))


def technology_names() -> Iterable[tuple[str, tuple[str, ...]]]:
    """Yield the code of every technology with its names, those that tell a fuel too."""
    for row in technologies():
        yield row.code, (row.code, row.en, row.zh, *row.aliases)
    for words in _technology_words():
        yield words.technology, words.words


@cache
def fuel_index() -> Mapping[str, str]:
    """Return every normalised name of a technology that tells a fuel, and that fuel.

    >>> fuel_index()["lignite"]
    'lignite'
    """
    rows = _technology_words()
    return MappingProxyType({normalise_name(word): row.fuel for row in rows for word in row.words})


def technology_pairs() -> tuple[TechnologyPairRow, ...]:
    """Return which two technologies named in one cell are one, in the order they are tried."""
    return load_records(
        "projects/data/technology_pairs.csv", TechnologyPairRow, key=("first", "second")
    )


def technology_blends() -> tuple[TechnologyBlendRow, ...]:
    """Return the words that name several technologies at once (``风光互补``)."""
    return load_records("projects/data/technology_blends.csv", TechnologyBlendRow, key="word")


def _technology_words() -> tuple[_TechnologyWordsRow, ...]:
    return load_records(
        "projects/data/technology_words.csv", _TechnologyWordsRow, key=("technology", "fuel")
    )


def _index_names(table: str, rows: Iterable[tuple[str, tuple[str, ...]]]) -> dict[str, str]:
    """Return the code of every normalised name; the code is a name itself."""
    index: dict[str, str] = {}
    for code, names in rows:
        for name in (code, *names):
            other = index.setdefault(normalise_name(name), code)
            if other != code:
                raise _name_taken(table, name, other, code)
    return index


def _name_taken(table: str, name: str, first: str, second: str) -> ReferenceTableError:
    return ReferenceTableError("name_taken", table=table, name=name, first=first, second=second)


def _bound(text: str) -> float | None:
    """Read a bound: a number, or ``now+30`` for a year counted from this one."""
    if not text:
        return None
    if text.startswith("now"):
        return float(today().year + int(text[3:] or 0))
    return float(text)
