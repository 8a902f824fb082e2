"""From a table as read to projects: columns understood, values checked, rows kept or refused."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import polars as pl

from greensilk.core.errors import Fault
from greensilk.core.text import Label
from greensilk.projects import checks
from greensilk.projects.columns import (
    PLAIN_FIGURE,
    NumberColumn,
    fill_from,
    parse_choices,
    parse_numbers,
    parse_text,
    parse_years,
    uses_decimal_commas,
)
from greensilk.projects.content import join_units, map_columns
from greensilk.projects.coordinates import check_country_coordinates
from greensilk.projects.family_fields import move_by_family
from greensilk.projects.fields import (
    FieldRow,
    choice_index,
    fields,
    normalise_name,
    threshold,
)
from greensilk.projects.free_text import TEXT_FIELDS, match_names, read_texts
from greensilk.projects.headers import MappedColumn, header_unit, interpret_header
from greensilk.projects.identity import (
    KnownProjects,
    decide_countries,
    drop_duplicates,
    match_countries,
    name_country,
    name_rows,
)
from greensilk.projects.issue_log import IssueLog
from greensilk.projects.model import TableReading
from greensilk.projects.readers.table import RawTable
from greensilk.projects.rows import sort_rows
from greensilk.projects.technology import (
    Technologies,
    match_technologies,
    match_technology,
    move_off_grid,
    name_technology,
    narrow_cells,
    split_hybrids,
    technology_label,
    tell_fuels,
    title_technology,
    unclear_technologies,
    without_blank_technologies,
)
from greensilk.projects.understanding import describe_table
from greensilk.reference.economies import match_many

__all__ = ["Assembled", "assemble"]

# Fields that need more than one column, or the whole table, to be understood.
_APART = ("project_id", "component", "country", "country_name", "technology")
# A header that says what kind of plants a table lists: LFG Energy Project Type.
SECOND_COUNTRY = re.compile(r"^(.*\D)\s*[2-9]$")
KIND_HEADER = re.compile(r"(?i)\b(type|kind)\b|类型")
_FRONT = ("project_id", "component", "row", "sheet", "country", "technology")
# Fields of words that choose a figure: two columns of them must mean the same.
_CHOOSING = ("country", "country_name", "technology", "component", "status")
_EXTRAS = ("low", "high", "half", "text", "qualifier")
_CLAIMS = pl.Schema(
    {
        "project_id": pl.String,
        "component": pl.String,
        "claim": pl.String,
        "quantity": pl.String,
        "value": pl.Float64,
        "low": pl.Float64,
        "high": pl.Float64,
        "half": pl.Float64,
        "unit": pl.String,
        "text": pl.String,
        "qualifier": pl.String,
        "source_note": pl.String,
        "row": pl.Int64,
    }
)


@dataclass(slots=True)
class Assembled:
    """Rows of projects and their claims as frames, with every fault found on the way."""

    table: pl.DataFrame
    claims: pl.DataFrame
    faults: list[Fault]
    rows_read: int
    reading: TableReading


def assemble(
    raw: RawTable, known_ids: KnownProjects, *, first: bool = True, whole: bool = True
) -> Assembled:
    """Understand one table, or one part of a long one.

    ``known_ids`` holds the projects of the parts before; ``first`` says whether the faults of
    columns, which all parts of a file share, are to be noted; ``whole`` whether ``raw`` is all of
    a table, so that its sums can be checked.
    """
    return _Assembly(raw, known_ids, whole=whole).run(first=first)


class _Assembly:
    """The work on one table; each step reads what the steps before have left."""

    def __init__(self, raw: RawTable, known_ids: KnownProjects, *, whole: bool) -> None:
        self.known_ids = known_ids
        self.rows_read = len(raw.rows)
        self.log = IssueLog(raw.file, raw.sheet)
        self.log.faults.extend(raw.faults)
        self.mapped = map_columns(raw.headers, raw.columns, self.log)
        # only then are the rows of projects told from the others
        ordered = sort_rows(raw, self.mapped, self.log, whole=whole)
        self.raw, self.sections = ordered.table, ordered.sections
        self.size = len(self.raw.rows)
        self.log.rows = self.raw.rows
        self.columns = join_units(raw.headers, self.raw.columns, self.mapped, self.log)
        self.texts: dict[str, pl.Series] = {}
        self.numbers: dict[str, NumberColumn] = {}
        self.headers: dict[str, MappedColumn] = {}
        self.decimal_commas: bool | None = None
        self.origins: dict[str, pl.Series] = {}

    def run(self, *, first: bool) -> Assembled:
        log, numbers = self.log, self.numbers
        ids = name_rows(self._cells("project_id"), self.raw.rows, self.raw.sheet, log)
        log.ids = ids
        self._parse_columns()
        country = self._match_country()
        self._note_second_country(country)
        technology = self._match_technology()
        self._keep_fuel(technology)
        self._note_no_country(country, technology)
        self.origins = read_texts(self._sentences(), numbers, technology.codes, log)
        move_by_family(numbers, technology.codes, log)
        for name, column in numbers.items():
            checks.check_bounds(fields()[name], column, log)
        checks.check_effluent(numbers, log)
        checks.check_capacity_given(numbers, log)
        checks.check_peak_power(numbers, log)
        unlike = self._constant(None)
        if "grid" in self.texts:
            technology, unlike = move_off_grid(technology, self.texts["grid"], log)
        if "baseline_fuel" in self.texts:
            fuel = self.texts["baseline_fuel"]
            fuel = checks.check_baseline_fuel(fuel, technology.codes, numbers, log)
            self.texts["baseline_fuel"] = fuel
        checks.check_maximum(numbers, technology.codes, log)
        component = self._cells("component")
        identity = pl.DataFrame(
            {
                "project_id": ids,
                "component": self._constant("") if component is None else component.fill_null(""),
                "row": self.raw.rows,
                "technology": technology.codes,
                "name": self._names(),
                "country": country,
                "content": self._contents(),
            }
        ).with_row_index("index")
        named = identity.filter(pl.col("technology").is_not_null())
        kept = drop_duplicates(named, log, self.known_ids).drop("name", "country", "content")
        claims = self._claims(kept)
        # A stated generation beyond the capacity stays a claim, to be audited, but feeds nothing.
        checks.check_generation(numbers, log)
        checks.check_low_generation(numbers, technology.codes, log)
        checks.check_unknown_yield(unlike, numbers, log)
        checks.check_years_in_order(numbers, log)
        checks.check_coordinates(numbers, log)
        check_country_coordinates(numbers, country, log)
        table = self._table(country).with_row_index("index")
        table = kept.join(table, on="index", how="left", maintain_order="left")
        table = split_hybrids(table, technology, log).drop("index")
        reading = describe_table(self.raw, self.mapped, kept["index"], log)
        faults = log.close()
        if not first:
            faults = [fault for fault in faults if fault.row is not None]
        return Assembled(_order_columns(table), claims, faults, self.rows_read, reading)

    def _constant(self, value: str | None) -> pl.Series:
        return pl.Series([value], dtype=pl.String).new_from_index(0, self.size)

    def _cells(self, field: str) -> pl.Series | None:
        item = next((item for item in self.mapped if item.field == field), None)
        section = self.sections.get(field)
        if item is None or section is None:
            return section if item is None else self._text(item)
        return pl.select(pl.coalesce(self._text(item), section)).to_series()

    def _text(self, item: MappedColumn) -> pl.Series:
        """Return a column of text, its gaps filled from other columns of the same field."""
        cells = parse_text(self.columns[item.index])
        for other in item.others:
            second = parse_text(self.columns[other.index])
            cells = _merge_text(cells, second, item, other, self.log)
        return cells

    def _names(self) -> pl.Series:
        names = [self.texts[name] for name in ("name", "name_zh") if name in self.texts]
        return pl.select(pl.coalesce(names)).to_series() if names else self._constant(None)

    def _contents(self) -> pl.Series:
        """Return a hash of what each row says beside its number."""
        number = next((item.index for item in self.mapped if item.field == "project_id"), None)
        cells = {
            str(index): column for index, column in enumerate(self.raw.columns) if index != number
        }
        return pl.DataFrame(cells).hash_rows(0) if cells else self._constant(None)

    def _note_missing(self, field: str) -> None:
        headers = ", ".join(self.raw.headers)
        self.log.add("missing_column", "doubtful", field=field, value=headers)

    def _parse_columns(self) -> None:
        """Read every column that stands for itself."""
        series: dict[str, list[MappedColumn]] = {}
        numeric = [item for item in self.mapped if fields()[item.field].numeric]
        self.decimal_commas = uses_decimal_commas(
            [self.columns[item.index] for item in numeric if not fields()[item.field].is_year]
        )
        if self.decimal_commas:
            self.log.add("decimal_commas", "note")
        for item in self.mapped:
            field = fields()[item.field]
            if item.field in _APART or item.bound or (item.year and not field.numeric):
                continue
            if field.numeric:
                series.setdefault(item.field, []).append(item)
            elif field.role == "attribute" or field.name == "status":
                cells = self._text(item)
                cells = tell_fuels(cells) if field.name == "fuel" else cells
                self.texts[field.name] = parse_choices(cells, field, self.log)
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
                self.numbers[name], of_year = fill_from(columns, [item.year for item in items])
                if year in fields() and year not in series:
                    self.numbers[year] = NumberColumn(of_year)
        for item in self.mapped:
            if item.bound and item.field in self.numbers:
                cells = self.columns[item.index]
                bound = parse_numbers(cells, fields()[item.field], item, self.log).value
                setattr(self.numbers[item.field], item.bound, bound)

    def _numbers(self, field: FieldRow, item: MappedColumn) -> NumberColumn:
        """Return a column of numbers, its gaps filled from other columns of the same field."""
        column = self._parse_numbers(field, item)
        for other in item.others:
            second = self._parse_numbers(field, other)
            column = _merge_numbers(column, second, item, other, self.log)
        return column

    def _parse_numbers(self, field: FieldRow, item: MappedColumn) -> NumberColumn:
        cells = self.columns[item.index]
        if field.is_year:
            return NumberColumn(parse_years(cells, field, self.log))
        return parse_numbers(cells, field, item, self.log, decimal_commas=self.decimal_commas)

    def _match_country(self) -> pl.Series:
        """Return the countries; where no cell names one, the title of the table may."""
        cells = self._cells("country")
        if cells is not None:
            cells = self._without_missing_mark(cells)
        country = match_countries(cells, self._cells("country_name"), self.log)
        blank = self._constant(None).is_null()
        if country is not None:
            blank = country.is_null() & (True if cells is None else cells.is_null())
        code, title = name_country(self.raw.sheet, self.raw.file) if blank.any() else ("", "")
        if code:
            label = Label(f"economy.{code}")
            self.log.add(
                "country_from_title", "assumed", field="country", value=title, expected=label
            )
            named = self._constant(code)
            return named if country is None else named.zip_with(blank, country)
        if country is None:
            self._note_missing("country")
            return self._constant(None)
        return country

    def _without_missing_mark(self, cells: pl.Series) -> pl.Series:
        """Leave out ``NA`` where the file writes it for what is missing (as R does)."""
        marked = (cells == "NA").fill_null(False)
        if not marked.any():
            return cells
        others = cells.filter(~marked).drop_nulls()
        if len(others) and bool((others.str.len_chars() == 2).all()):
            return cells  # a column of codes: Namibia
        country = {item.index for item in self.mapped if item.field == "country"}
        elsewhere = any(
            column.dtype == pl.String and bool((column == "NA").any())
            for index, column in enumerate(self.columns)
            if index not in country
        )
        if not elsewhere:
            return cells
        self.log.add_rows("country_missing_mark", "doubtful", "country", marked, cells.__getitem__)
        return cells.set(marked, None)

    def _match_technology(self) -> Technologies:
        """Return the technologies; rows without one are kept only if they just make claims."""
        cells = self._cells("technology")
        if cells is None:
            cells = self._technology_of_names()
        if cells is None:
            cells = self._constant(None)
            if not self._title_technology():
                self._note_missing("technology")
        cells = without_blank_technologies(cells)
        claims = self._any_filled("claim")
        just_claims = ~self._any_filled("input") & claims
        cells = self._name_by_name(cells)
        cells = self._name_by_title(cells)
        unclear = claims & cells.is_in(unclear_technologies(cells)).fill_null(False)
        self.log.add_rows("claims_of_unknown", "doubtful", "technology", unclear, cells.__getitem__)
        cells = cells.set(unclear, None)
        technology = match_technologies(cells, self.log)
        blank = cells.is_null()
        if not blank.any():
            return technology
        only_claims = (blank & just_claims) | unclear
        self.log.add_rows("claims_only", "assumed", "technology", only_claims & ~unclear)
        column = self.numbers.get("capacity")
        capacity = self._constant(None) if column is None else column.value
        self.log.add_rows(
            "capacity_without_technology",
            "refused",
            "technology",
            blank & capacity.is_not_null() & ~only_claims,
            capacity.__getitem__,
        )
        lost = blank & ~only_claims & capacity.is_null()
        self.log.add_rows("no_technology", "refused", "technology", lost)
        return replace(technology, codes=technology.codes.set(only_claims, "programme"))

    def _title_technology(self) -> str:
        """Return the title that names the technology of the table: a header, a sheet, a file."""
        item = next((item for item in self.mapped if item.field == "technology"), None)
        headers = () if item is None else (item.header, *(other.header for other in item.others))
        kinds = [name for name in self.raw.headers if KIND_HEADER.search(name)]
        return title_technology((*headers, self.raw.sheet, Path(self.raw.file).stem, *kinds))

    def _plants(self) -> pl.Series:
        """Return which rows are shown to be plants by a capacity or a generation."""
        plants = self._constant(None).is_not_null()
        for name in ("capacity", "annual_generation", "measured_generation"):
            if name in self.numbers:
                plants |= self.numbers[name].value.is_not_null()
        return plants

    def _name_by_name(self, cells: pl.Series) -> pl.Series:
        """Fill the cells that name no technology from the names of the projects."""
        blank = cells.is_null() & self._plants()
        if not blank.any():
            return cells
        names = self._names()
        distinct = names.filter(blank).drop_nulls().unique().to_list()
        told = {name: code for name in distinct if (code := name_technology(name))}
        rows = blank & names.is_in(list(told)).fill_null(False)
        if not rows.any():
            return cells
        self.log.add_rows(
            "technology_by_name",
            "assumed",
            "technology",
            rows,
            names.__getitem__,
            lambda row: technology_label(told[names[row]]),
        )
        codes = names.replace_strict(told, default=None, return_dtype=pl.String)
        return codes.zip_with(rows, cells)

    def _note_second_country(self, country: pl.Series) -> None:
        """Note the projects that a second column of countries (``Country 2``) places in another."""
        for index, header in enumerate(self.raw.headers):
            numbered = SECOND_COUNTRY.match(header.strip())
            meaning = interpret_header(numbered[1]) if numbered else None
            if meaning is None or meaning.field != "country" or meaning.unit:
                continue
            second = match_countries(parse_text(self.columns[index]), None, self.log)
            if second is not None:
                self.log.add_rows(
                    "second_country",
                    "doubtful",
                    "country",
                    second.is_not_null() & country.is_not_null() & (second != country),
                    lambda row, codes=second: f"{country[row]}, {codes[row]}",  # type: ignore[misc]
                    lambda row: Label(f"economy.{country[row]}"),
                )

    def _name_by_title(self, cells: pl.Series) -> pl.Series:
        """Fill the cells that name no technology from the title of their table.

        Only where a capacity or a generation shows that the row is a plant. A column of which
        hardly a cell is understood does not hold the technology, if the title tells it.
        """
        plants = self._plants()
        filled = cells.is_not_null()
        unclear = cells.is_in(unclear_technologies(cells)).fill_null(False)
        foreign = int(unclear.sum()) > (1 - threshold("understood_share")) * int(filled.sum())
        blank = plants & (~filled | unclear if foreign else ~filled)
        title = self._title_technology() if blank.any() else ""
        if not title:
            return cells
        if foreign:
            item = next(item for item in self.mapped if item.field == "technology")
            self.log.add("column_not_understood", "note", field="technology", value=item.header)
        label = technology_label(match_technology(title).code)
        self.log.add(
            "technology_from_title", "assumed", field="technology", value=title, expected=label
        )
        return cells.set(blank, title)

    def _keep_fuel(self, technology: Technologies) -> None:
        """Take the fuel from the words of the technology where no column tells it."""
        fuels = technology.fuels.set(technology.codes.is_null(), None)
        if fuels.null_count() == len(fuels):
            return
        stated = self.texts.get("fuel")
        self.texts["fuel"] = (
            fuels if stated is None else pl.select(pl.coalesce(stated, fuels)).to_series()
        )

    def _technology_of_names(self) -> pl.Series | None:
        """Return the technologies that the names of projects hold, if their scale is in words.

        A ledger with a column of sentences leaves the technology to the name; any other table
        without a technology lacks a column.
        """
        names = self.texts.get("name")
        if names is None or not any(name in self.texts for name in TEXT_FIELDS):
            return None
        more = [self.texts[name] for name in TEXT_FIELDS[:1] if name in self.texts]
        cells = match_names(names, *more)
        rows = cells.is_not_null()
        self.log.add_rows("technology_from_name", "assumed", "technology", rows, cells.__getitem__)
        return cells if rows.any() else None

    def _sentences(self) -> dict[str, pl.Series]:
        """Return the columns of sentences; a bare figure gets the unit of its header."""
        sentences = {name: self.texts[name] for name in TEXT_FIELDS if name in self.texts}
        for item in self.mapped:
            unit = header_unit(item.header) if item.field in sentences else ""
            if unit:
                sentences[item.field] = _add_unit(sentences[item.field], unit)
        return sentences

    def _note_no_country(self, country: pl.Series, technology: Technologies) -> None:
        """Note the rows whose country cell is blank, unless nothing would be computed anyway."""
        cells, names = self._cells("country"), self._cells("country_name")
        if cells is None or not country.null_count():
            return
        blank = country.is_null() & cells.is_null() & (True if names is None else names.is_null())
        computed = technology.codes.is_not_null() & (technology.codes != "programme")
        self.log.add_rows("no_country", "doubtful", "country", blank & computed)

    def _any_filled(self, role: str) -> pl.Series:
        filled = pl.Series([False], dtype=pl.Boolean).new_from_index(0, self.size)
        for name, column in self.numbers.items():
            if fields()[name].role == role:
                filled |= column.value.is_not_null()
        return filled

    def _claims(self, kept: pl.DataFrame) -> pl.DataFrame:
        """Return every stated result of the rows kept, in the order of the file, then the schema.

        A figure without a unit of its own is shown with that of its header.
        """
        rows = kept["index"]
        section = self.texts["section"].gather(rows) if "section" in self.texts else None
        identity = kept.select("project_id", "component", "row")
        pieces = [pl.DataFrame(schema=_CLAIMS)]
        for field in fields().values():
            if field.name not in self.numbers or not field.audits:
                continue
            column = self.numbers[field.name].gather(rows)
            if column.value.null_count() == len(column.value):
                continue
            extras = dict(column.extras())
            header = self.headers.get(field.name)
            unit = "" if header is None else header.unit
            if unit and "text" in extras:
                extras["text"] = _add_unit(extras["text"], unit)
            missing = [name for name in _EXTRAS if name not in extras]
            claims = identity.with_columns(
                pl.lit(field.name).alias("claim"),
                pl.lit(field.audits).alias("quantity"),
                pl.lit(field.unit).alias("unit"),
                column.value.alias("value"),
                self._source_note(field.name, section, rows).alias("source_note"),
                *(series.alias(name) for name, series in extras.items()),
                *(_nulls(name) for name in missing),
            ).filter(pl.col("value").is_not_null())
            pieces.append(claims.select(list(_CLAIMS)).cast(_CLAIMS))
        return pl.concat(pieces).sort("row", maintain_order=True)

    def _source_note(self, name: str, section: pl.Series | None, rows: pl.Series) -> pl.Series:
        """Return where a claim stands: the text it was read from, or the place in the document."""
        origin = self.origins.get(name)
        notes = [] if origin is None else [origin.gather(rows)]
        if section is not None:
            notes.append(section)
        if not notes:
            return pl.Series([None], dtype=pl.String).new_from_index(0, len(rows))
        return pl.select(pl.coalesce(notes)).to_series()

    def _table(self, country: pl.Series) -> pl.DataFrame:
        columns = {"country": country, **self.texts}
        if self.raw.sheet:
            columns["sheet"] = self._constant(self.raw.sheet)
        for name, column in self.numbers.items():
            columns[name] = column.value
            if fields()[name].role != "identity":
                columns |= {f"{name}__{extra}": series for extra, series in column.extras()}
        return pl.DataFrame([series.alias(name) for name, series in columns.items()])


def _nulls(name: str) -> pl.Expr:
    return pl.lit(None, dtype=_CLAIMS[name]).alias(name)


def _order_columns(table: pl.DataFrame) -> pl.DataFrame:
    """Return the columns in the order of the schema."""
    order = {name: number for number, name in enumerate(fields())}
    rest = sorted(
        (name for name in table.columns if name not in _FRONT),
        key=lambda name: (order[name.partition("__")[0]], name),
    )
    return table.select([name for name in _FRONT if name in table.columns] + rest)


def _add_unit(text: pl.Series, unit: str) -> pl.Series:
    """Write the unit of the header behind figures that have none of their own."""
    with_unit = pl.select(pl.concat_str(text, pl.lit(f" {unit}"))).to_series()
    return with_unit.zip_with(text.str.contains(PLAIN_FIGURE).fill_null(False), text)


def _merge_numbers(
    first: NumberColumn,
    second: NumberColumn,
    item: MappedColumn,
    other: MappedColumn,
    log: IssueLog,
) -> NumberColumn:
    """Return ``first`` with its gaps filled; rows that differ beyond their rounding are noted."""
    # the coarser of two roundings of one figure is off by its own half at most
    slack = pl.select(pl.max_horizontal(_slack(first), _slack(second))).to_series()
    above, below = second.lowest() - first.highest(), first.lowest() - second.highest()
    log.add_rows(
        "columns_disagree",
        "refused",
        item.field,
        (above > slack) | (below > slack),
        lambda row: second.quote(row, other.factor),
        lambda row: first.quote(row, item.factor),
        lambda _: {"used": item.header, "other": other.header},
    )
    if second.text is not None and other.unit and other.unit != item.unit:
        # its figures are shown with the unit of their own header
        second.text = _add_unit(second.text, other.unit)
    return fill_from([first, second], [None, None])[0]


def _slack(column: NumberColumn) -> pl.Series:
    least = column.value.abs() * threshold("agreement")
    return least if column.half is None else least + column.half.fill_null(0.0)


def _merge_text(
    first: pl.Series, second: pl.Series, item: MappedColumn, other: MappedColumn, log: IssueLog
) -> pl.Series:
    """Return ``first`` with its gaps filled; rows where the cells mean something else are noted.

    Only of words that choose a figure: two names of a project need not be alike. Of a technology
    the narrower name is taken (CSP beside Solar), of a country the one that is decided.
    """
    if item.field == "technology":
        first, second = narrow_cells(first, second)
    elif item.field == "country":
        first, second = decide_countries(first, second)
    if item.field in _CHOOSING or fields()[item.field].role == "attribute":
        log.add_rows(
            "columns_disagree",
            "refused",
            item.field,
            _meaning(first, item.field) != _meaning(second, item.field),
            second.__getitem__,
            lambda row: str(first[row]),
            lambda _: {"used": item.header, "other": other.header},
        )
    return pl.select(pl.coalesce(first, second)).to_series()


def _meaning(cells: pl.Series, field: str) -> pl.Series:
    """Return what cells come to, so that two names of one thing agree; null where it is blank."""
    distinct = cells.drop_nulls().unique().to_list()
    codes: Mapping[str, str] = {}
    if field in ("country", "country_name"):
        matches = zip(distinct, match_many(distinct), strict=True)
        codes = {cell: match.iso3 for cell, match in matches}
    elif field == "technology":
        codes = {cell: match_technology(cell).code for cell in distinct}
    elif field in choice_index():
        index = choice_index()[field]
        codes = {cell: index.get(normalise_name(cell), "") for cell in distinct}
    means = {cell: codes.get(cell) or normalise_name(cell) for cell in distinct}
    return cells.replace_strict(means, default=None, return_dtype=pl.String)
