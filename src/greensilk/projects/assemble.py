"""From a table as read to projects: columns understood, values checked, rows kept or refused."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from greensilk.core.errors import Fault
from greensilk.projects import checks
from greensilk.projects.book import Book
from greensilk.projects.claims import claims_frame
from greensilk.projects.columns import Numbers, choices, numbers, text, years
from greensilk.projects.displaced import displaced_fuel, unknown_yield, without_grid
from greensilk.projects.duplicates import one_each
from greensilk.projects.fields import Field, fields
from greensilk.projects.headers import Mapped, map_headers
from greensilk.projects.hybrids import split
from greensilk.projects.merging import merge_numbers, merge_text
from greensilk.projects.places import countries
from greensilk.projects.raw import Raw
from greensilk.projects.seen import Seen
from greensilk.projects.series import latest
from greensilk.projects.technology import Technologies, resolve

if TYPE_CHECKING:
    import polars as pl

__all__ = ["Assembled", "assemble"]

# Fields that need more than one column, or the whole table, to be understood.
_APART = ("project_id", "component", "country", "country_name", "technology")
EXTRAS = ("low", "high", "half", "text", "qualifier")


@dataclass(slots=True)
class Assembled:
    """Rows of projects and their claims as frames, with every fault found on the way."""

    table: pl.DataFrame
    claims: pl.DataFrame
    faults: list[Fault]
    rows_read: int


def assemble(raw: Raw, seen: Seen, *, first: bool = True) -> Assembled:
    """Understand one table, or one part of a long one.

    ``seen`` holds the projects of the parts before; ``first`` says whether the faults of columns,
    which all parts of a file share, are to be noted.
    """
    return _Assembly(raw, seen).run(first=first)


class _Assembly:
    """The work on one table; each step reads what the steps before have left."""

    def __init__(self, raw: Raw, seen: Seen) -> None:
        self.raw, self.seen = raw, seen
        self.size = len(raw.rows)
        self.book = Book(raw.file, raw.sheet)
        self.book.faults.extend(raw.faults)
        self.book.rows = raw.rows
        self.mapped = map_headers(raw.headers, self.book)
        self.texts: dict[str, pl.Series] = {}
        self.numbers: dict[str, Numbers] = {}
        self.headers: dict[str, Mapped] = {}

    def run(self, *, first: bool) -> Assembled:
        import polars as pl

        ids = self._identifiers()
        self._columns()
        country = countries(self._words("country"), self._words("country_name"), self.book)
        if country is None:
            self._missing("country")
            country = self._constant(None)
        technology = self._technology()
        self._without_country(country, technology)
        for name, column in self.numbers.items():
            checks.bounds(fields()[name], column, self.book)
        checks.nothing(self.numbers, self.book)
        technology, moved = without_grid(technology, self.texts.get("grid"), self.book)
        if "baseline_fuel" in self.texts:
            fuel = self.texts["baseline_fuel"]
            fuel = displaced_fuel(fuel, technology.codes, self.numbers, self.book)
            self.texts["baseline_fuel"] = fuel
        checks.largest(self.numbers, technology.codes, self.book)
        component = self._words("component")
        identity = pl.DataFrame(
            {
                "project_id": ids,
                "component": self._constant("") if component is None else component.fill_null(""),
                "row": self.raw.rows,
                "technology": technology.codes,
            }
        ).with_row_index("place")
        kept = one_each(identity.filter(pl.col("technology").is_not_null()), self.book, self.seen)
        places = kept["place"]
        claims = claims_frame(
            {name: _take(column, places) for name, column in self.numbers.items()},
            self.headers,
            kept.select("project_id", "component", "row"),
            self.texts["section"].gather(places) if "section" in self.texts else None,
        )
        # A stated generation beyond the capacity stays a claim, to be audited, but feeds nothing.
        checks.above_hours(self.numbers, self.book)
        checks.far_below(self.numbers, technology.codes, self.book)
        unknown_yield(moved, self.numbers, self.book)
        checks.years_in_order(self.numbers, self.book)
        checks.places(self.numbers, self.book)
        table = self._table(country).with_row_index("place")
        table = kept.join(table, on="place", how="left", maintain_order="left")
        table = split(table, technology, self.book).drop("place")
        faults = self.book.close()
        if not first:
            faults = [fault for fault in faults if fault.row is not None]
        return Assembled(self._ordered(table), claims, faults, self.size)

    def _constant(self, value: str | None) -> pl.Series:
        import polars as pl

        return pl.Series([value], dtype=pl.String).new_from_index(0, self.size)

    def _words(self, field: str) -> pl.Series | None:
        item = next((item for item in self.mapped if item.field == field), None)
        return None if item is None else self._text(item)

    def _text(self, item: Mapped) -> pl.Series:
        """Return a column of words, its gaps filled from other columns of the same field."""
        found = text(self.raw.columns[item.index])
        for other in item.others:
            more = text(self.raw.columns[other.index])
            found = merge_text(found, more, item, other, self.book)
        return found

    def _missing(self, field: str) -> None:
        self.book.add("missing_column", "doubtful", field=field, value=", ".join(self.raw.headers))

    def _identifiers(self) -> pl.Series:
        """Return the identifier of every row; a row without one gets its number."""
        import polars as pl

        sheet = f"{self.raw.sheet}-" if self.raw.sheet else ""
        made = pl.select(
            pl.concat_str(pl.lit(f"{sheet}row-"), self.raw.rows.cast(pl.String))
        ).to_series()
        ids = self._words("project_id")
        if ids is None:
            self.book.add("no_id_column", "assumed", field="project_id")
            ids = made
        elif ids.null_count():
            self.book.cells("no_id", "assumed", "project_id", ids.is_null(), lambda p: made[p])
            ids = pl.select(pl.coalesce(ids, made)).to_series()
        self.book.ids = ids
        return ids

    def _columns(self) -> None:
        """Read every column that stands for itself."""
        series: dict[str, list[Mapped]] = {}
        for item in self.mapped:
            field = fields()[item.field]
            if item.field in _APART or item.bound or (item.year and not field.numeric):
                continue
            if field.numeric:
                series.setdefault(item.field, []).append(item)
            elif field.role == "attribute" or field.name == "status":
                self.texts[field.name] = choices(self._text(item), field, self.book)
            else:
                self.texts[field.name] = self._text(item)
        for name, items in series.items():
            # of a series of years the latest comes first; a column without a year before all
            items.sort(key=lambda item: -(item.year or 9999))
            self.headers[name] = items[0]
            columns = [self._numbers(fields()[name], item) for item in items]
            year = f"{name}_year"
            if len(items) == 1 and not items[0].year:
                self.numbers[name] = columns[0]
            else:
                self.numbers[name], of_year = latest(columns, [item.year for item in items])
                if year in fields() and year not in series:
                    self.numbers[year] = Numbers(of_year)
        for item in self.mapped:
            if item.bound and item.field in self.numbers:
                cells = self.raw.columns[item.index]
                bound = numbers(cells, fields()[item.field], item, self.book).value
                setattr(self.numbers[item.field], item.bound, bound)

    def _numbers(self, field: Field, item: Mapped) -> Numbers:
        """Return a column of numbers, its gaps filled from other columns of the same field."""
        found = self._own_numbers(field, item)
        for other in item.others:
            more = self._own_numbers(field, other)
            found = merge_numbers(found, more, item, other, self.book)
        return found

    def _own_numbers(self, field: Field, item: Mapped) -> Numbers:
        cells = self.raw.columns[item.index]
        if field.year:
            return Numbers(years(cells, field, self.book))
        return numbers(cells, field, item, self.book)

    def _technology(self) -> Technologies:
        """Return the technologies; rows without one are kept only if they just make claims."""
        words = self._words("technology")
        if words is None:
            self._missing("technology")
            words = self._constant(None)
        found = resolve(words, self.book)
        blank = words.is_null()
        if not blank.any():
            return found
        inputs = self._filled("input")
        only_claims = blank & ~inputs & self._filled("claim")
        self.book.cells("claims_only", "assumed", "technology", only_claims)
        capacity = self.numbers.get("capacity")
        given = self._constant(None) if capacity is None else capacity.value
        for code, where in (
            ("capacity_without_technology", blank & given.is_not_null()),
            ("no_technology", blank & ~only_claims & given.is_null()),
        ):
            self.book.cells(code, "refused", "technology", where, lambda p: given[p])
        return Technologies(found.codes.set(only_claims, "programme"), found.words, found.hybrids)

    def _without_country(self, country: pl.Series, technology: Technologies) -> None:
        """Note the rows whose country cell is blank, unless nothing would be computed anyway."""
        words = self._words("country")
        name = self._words("country_name")
        if words is None or not country.null_count():
            return
        blank = country.is_null() & words.is_null() & (True if name is None else name.is_null())
        computed = technology.codes.is_not_null() & (technology.codes != "programme")
        self.book.cells("no_country", "doubtful", "country", blank & computed)

    def _filled(self, role: str) -> pl.Series:
        import polars as pl

        found = np.zeros(self.size, dtype=bool)
        for name, column in self.numbers.items():
            if fields()[name].role == role:
                found |= column.value.is_not_null().to_numpy()
        return pl.Series(found)

    def _table(self, country: pl.Series) -> pl.DataFrame:
        import polars as pl

        columns = {"country": country, **self.texts}
        if self.raw.sheet:
            columns["sheet"] = self._constant(self.raw.sheet)
        for name, column in self.numbers.items():
            columns[name] = column.value
            for extra in EXTRAS:
                series = getattr(column, extra)
                if series is not None and fields()[name].role != "identity":
                    columns[f"{name}__{extra}"] = series
        return pl.DataFrame([series.alias(name) for name, series in columns.items()])

    def _ordered(self, table: pl.DataFrame) -> pl.DataFrame:
        """Return the columns in the order of the schema."""
        order = {name: place for place, name in enumerate(fields())}
        front = ("project_id", "component", "row", "sheet", "country", "technology")
        rest = sorted(
            (name for name in table.columns if name not in front),
            key=lambda name: (order[name.partition("__")[0]], name),
        )
        return table.select([name for name in front if name in table.columns] + rest)


def _take(column: Numbers, places: pl.Series) -> Numbers:
    return Numbers(
        column.value.gather(places),
        **{
            name: None if series is None else series.gather(places)
            for name in EXTRAS
            for series in (getattr(column, name),)
        },
    )
