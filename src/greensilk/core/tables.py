"""Packaged tables: a CSV file into records, a TOML file into a record, all faults at once.

The columns of a table are the fields of a frozen :class:`msgspec.Struct`, and its types say what
may stand in a cell::

    class Slip(msgspec.Struct, frozen=True, kw_only=True):
        slip: str                           # must be filled
        claims: tuple[str, ...]             # "a|b|c"
        low: float
        grade: Literal["strong", "fair"]
        year: int | None = None             # may be blank
        verified: bool                      # true or false, nothing else
        note: str = ""

    slips = load_records("judge/data/slips.csv", Slip, key="slip")

- a field without a default must have a column and every cell must be filled;
- a blank cell takes the default, and a column whose field has a default may be left out;
- a column that no field names is a fault (``rename`` of the record serves for names such as
  ``from``);
- :data:`Day`, :data:`Address`, :data:`Grade`, :data:`Positive`, :data:`Year` and :data:`Iso3`
  are types of cells that many tables have;
- rules of one row go into ``check``, which gives a :class:`Flaw` for each that is broken.

Every fault of the file is reported in one :class:`greensilk.core.errors.ReferenceTableError`.

>>> class Word(msgspec.Struct, frozen=True):
...     word: str
...     unit: str
...     peak: str = ""
>>> load_records("projects/data/unit_words.csv", Word, key="word")[0]
Word(word='w', unit='W', peak='')
"""

from __future__ import annotations

import csv
import tomllib
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from types import GenericAlias, NoneType, UnionType
from typing import Annotated, Literal, NamedTuple, TypeVar, Union, cast, get_args, get_origin

import msgspec

from greensilk.core.errors import Fault, ReferenceTableError
from greensilk.core.text import Label, Parameter

__all__ = [
    "Address",
    "Day",
    "Flaw",
    "Grade",
    "Iso3",
    "Positive",
    "Year",
    "list_tables",
    "load_records",
    "load_toml",
    "open_packaged",
]

# what cells of many tables hold; the title is the key of the label (cell.<title>) in a fault
Address = Annotated[str, msgspec.Meta(pattern=r"^https?://\S+\.\S+$", title="address")]
Day = Annotated[
    str,
    msgspec.Meta(pattern=r"^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$", title="date"),
]
Iso3 = Annotated[str, msgspec.Meta(pattern=r"^[A-Z]{3}$", title="iso3")]
Grade = Annotated[int, msgspec.Meta(ge=1, le=5, title="grade")]
Positive = Annotated[float, msgspec.Meta(gt=0, title="positive")]
Year = Annotated[int, msgspec.Meta(ge=1800, le=2200, title="year")]

Record = TypeVar("Record", bound=msgspec.Struct)
Value = TypeVar("Value")

# the one way to write a truth; anything else becomes what no type accepts
_TRUTH = {"true": True, "false": False}
_WRONG = object()
# path and record -> records: a file that is read through one record always gives the same
_cache: dict[tuple[str, type[msgspec.Struct]], tuple[msgspec.Struct, ...]] = {}


class Flaw(NamedTuple):
    """A rule of one row that is broken: ``fault.<code>``, the column, what should stand there."""

    code: str
    column: str
    expected: Parameter = ""


def open_packaged(path: str | Traversable) -> Traversable:
    """Return a file or folder of the package by its path below ``greensilk``.

    >>> open_packaged("core/names.csv").is_file()
    True
    """
    if not isinstance(path, str):
        return path
    target: Traversable = files("greensilk")
    for part in path.split("/"):
        target = target / part
    return target


def list_tables(folder: str, ending: str = ".csv") -> tuple[str, ...]:
    """Return the paths of the tables in a folder of the package, in the order of their names.

    >>> list_tables("reference/tables")[0]
    'reference/tables/capacity_factors.csv'
    """
    names = sorted(item.name for item in open_packaged(folder).iterdir())
    return tuple(f"{folder}/{name}" for name in names if name.endswith(ending))


def load_records(
    path: str | Traversable,
    record: type[Record],
    *,
    key: str | Sequence[str] = (),
    separator: str = "|",
    references: Mapping[str, Mapping[str, object]] | None = None,
    gather: Mapping[str, Sequence[str]] | None = None,
    defaults: Mapping[str, object] | None = None,
    check: Callable[[Record], Iterable[Flaw]] | None = None,
) -> tuple[Record, ...]:
    """Return the rows of a CSV file as records, in the order of the file.

    Parameters
    ----------
    path
        Below the package (``"projects/data/schema.csv"``; then the records are kept), or any file.
    record
        Frozen ``msgspec.Struct`` whose fields name the columns.
    key
        Column, or columns, that no two rows may share; blank cells count as values, and so does
        a column with a default that is left out.
    separator
        Between the parts of a cell whose field is a tuple.
    references
        Field to the register its cell must name an entry of (several for a tuple); the field holds
        the entry (``{"source": load_sources("judge/data/limits.toml")}``).
    gather
        Field to the columns whose cells it holds as a tuple of text, blank ones too: key columns
        that differ from file to file.
    defaults
        What a blank cell, or a column left out, holds in this file.
    check
        Gives what is wrong with a record whose cells are all right.

    Raises
    ------
    ReferenceTableError
        If the file breaks its contract; ``faults`` names every row and column.
    """
    kept = (path, record) if isinstance(path, str) else None
    if kept is not None and kept in _cache:
        return cast("tuple[Record, ...]", _cache[kept])
    name = path if isinstance(path, str) else path.name
    header, lines = _read(path, name)
    keys = (key,) if isinstance(key, str) else tuple(key)
    table = _Columns(record, header, separator, references or {}, gather or {}, defaults or {})
    faults = [*table.header_faults(name, keys), *_width_faults(name, header, lines)]
    if faults:
        raise ReferenceTableError("table_broken", faults=faults, path=name)
    rows = [table.raw(line) for line in lines]
    try:
        records = msgspec.convert(rows, _tuple_of(record), strict=False)
    except msgspec.ValidationError:
        faults = [
            fault
            for number, (row, line) in enumerate(zip(rows, lines, strict=True), start=2)
            for fault in table.row_faults(name, number, row, line)
        ]
        raise ReferenceTableError("table_broken", faults=faults, path=name) from None
    if keys:
        faults += _key_faults(name, header, lines, keys)
    if check is not None:
        faults += [
            Fault(
                code=flaw.code,
                file=name,
                row=number,
                field=flaw.column,
                value=table.cell(lines[number - 2], flaw.column),
                expected=flaw.expected,
            )
            for number, item in enumerate(records, start=2)
            for flaw in check(item)
        ]
    if faults:
        raise ReferenceTableError("table_broken", faults=faults, path=name)
    if kept is not None:
        _cache[kept] = records
    return records


def load_toml(path: str | Traversable, shape: type[Value], *, at: str = "") -> Value:
    """Return a TOML file, or the table ``at`` in it, as a record or a mapping of records.

    Parameters
    ----------
    path
        Below the package, or any file.
    shape
        A ``msgspec.Struct`` or anything msgspec converts to (``dict[str, Rule]``). A record with
        ``forbid_unknown_fields=True`` refuses keys it does not know.
    at
        Name of the table inside the file; empty for the whole of it.

    Raises
    ------
    ReferenceTableError
        If the file breaks its contract; every entry that does is named.

    >>> load_toml("reference/tables/gwp.toml", dict[str, str], at="title")["en"]
    'Global warming potentials over 100 years'
    """
    name = path if isinstance(path, str) else path.name
    content: dict[str, object] = tomllib.loads(open_packaged(path).read_text(encoding="utf-8"))
    if at and at not in content:
        raise ReferenceTableError("table_broken", faults=[_key_fault(name, at)], path=name)
    body = content[at] if at else content
    try:
        return msgspec.convert(body, shape)
    except msgspec.ValidationError as error:
        faults = _entry_faults(name, body, shape) or [_toml_fault(name, at, str(error))]
        raise ReferenceTableError("table_broken", faults=faults, path=name) from None


class _Columns:
    """The columns of one file beside the fields of one record."""

    def __init__(
        self,
        record: type[msgspec.Struct],
        header: Sequence[str],
        separator: str,
        references: Mapping[str, Mapping[str, object]],
        gather: Mapping[str, Sequence[str]],
        defaults: Mapping[str, object],
    ) -> None:
        self.record = record
        self.header = header
        self.separator = separator
        self.references = references
        self.gather = gather
        self.defaults = defaults
        self.fields, truths, tuples = _fields_of(record)
        gathered = {column for columns in gather.values() for column in columns}
        self.plain = [
            (index, column) for index, column in enumerate(header) if column not in gathered
        ]
        self.truths = [column for column in truths if column in header]
        self.tuples = [column for column in tuples if column in header]
        self.gathered = [
            (field, [header.index(column) for column in columns if column in header])
            for field, columns in gather.items()
        ]

    def raw(self, line: Sequence[str]) -> dict[str, object]:
        """Return the filled cells of a row, ready to become a record."""
        row: dict[str, object] = dict(self.defaults)
        for index, column in self.plain:
            if line[index] != "":
                row[column] = line[index]
        for column in self.truths:
            if column in row:
                row[column] = _TRUTH.get(str(row[column]), _WRONG)
        for column in self.tuples:
            if column in row:
                parts = str(row[column]).split(self.separator)
                row[column] = [part.strip() for part in parts if part.strip()]
        for column, register in self.references.items():
            value = row.get(column)
            if isinstance(value, list):
                row[column] = [register.get(part, _WRONG) for part in value]
            elif value is not None:
                row[column] = register.get(str(value), _WRONG)
        for field, indexes in self.gathered:
            row[field] = tuple(line[index].strip() for index in indexes)
        return row

    def cell(self, line: Sequence[str], column: str) -> str:
        """Return what stands in a column of a row."""
        return line[self.header.index(column)] if column in self.header else ""

    def header_faults(self, name: str, keys: Sequence[str]) -> list[Fault]:
        """Return the columns that lack, that no field names, or that stand twice."""
        wanted = [
            column
            for column, field in self.fields.items()
            if field.required and column not in self.gather and column not in self.defaults
        ]
        wanted += [column for columns in self.gather.values() for column in columns]
        wanted += [column for column in keys if column not in (*self.fields, *wanted)]
        faults = [
            Fault(code="column_missing", file=name, row=1, field=column)
            for column in wanted
            if column not in self.header
        ]
        faults += [
            Fault(code="column_unknown", file=name, row=1, field=column)
            for _, column in self.plain
            if column not in self.fields
        ]
        faults += [
            Fault(code="column_twice", file=name, row=1, field=column)
            for column, count in Counter(self.header).items()
            if count > 1
        ]
        return faults

    def row_faults(
        self, name: str, number: int, row: Mapping[str, object], line: Sequence[str]
    ) -> list[Fault]:
        """Return every cell of a row that its field does not accept."""
        faults = []
        for column, field in self.fields.items():
            if column not in row:
                if field.required:
                    faults.append(Fault(code="cell_blank", file=name, row=number, field=column))
                continue
            expected: Parameter = _expected(field.type)
            code, wrong = "cell_invalid", not _accepts(field.type, row[column])
            if column in self.references:
                code, wrong = "reference_unknown", _is_wrong(row[column])
                expected = " | ".join(self.references[column])
            if wrong:
                value = self.cell(line, column)
                faults.append(
                    Fault(
                        code=code,
                        file=name,
                        row=number,
                        field=column,
                        value=value,
                        expected=expected,
                    )
                )
        if not faults:
            try:
                msgspec.convert(row, self.record, strict=False)
            except msgspec.ValidationError as error:
                faults.append(Fault(code="row_invalid", file=name, row=number, value=str(error)))
        return faults


@lru_cache(maxsize=256)
def _fields_of(
    record: type[msgspec.Struct],
) -> tuple[dict[str, msgspec.structs.FieldInfo], list[str], list[str]]:
    """Return the fields of a record by column, and which hold truths and which tuples."""
    fields = {item.encode_name: item for item in msgspec.structs.fields(record)}
    truths = [column for column, field in fields.items() if bool in _members(field.type)]
    tuples = [
        column
        for column, field in fields.items()
        if any(get_origin(part) is tuple for part in _members(field.type))
    ]
    return fields, truths, tuples


def _read(path: str | Traversable, name: str) -> tuple[list[str], list[list[str]]]:
    target = open_packaged(path)
    if not target.is_file():
        fault = Fault(code="table_missing", file=name)
        raise ReferenceTableError("table_broken", faults=[fault], path=name)
    with target.open("r", encoding="utf-8") as handle:
        lines = list(csv.reader(handle))
    if not lines:
        fault = Fault(code="table_empty", file=name)
        raise ReferenceTableError("table_broken", faults=[fault], path=name)
    return lines[0], lines[1:]


def _width_faults(name: str, header: Sequence[str], lines: Sequence[Sequence[str]]) -> list[Fault]:
    return [
        Fault(
            code="row_width",
            file=name,
            row=number,
            value=str(len(line)),
            expected=len(header),
        )
        for number, line in enumerate(lines, start=2)
        if len(line) != len(header)
    ]


def _key_faults(
    name: str, header: Sequence[str], lines: Sequence[Sequence[str]], keys: Sequence[str]
) -> list[Fault]:
    indexes = [header.index(column) for column in keys if column in header]
    first: dict[tuple[str, ...], int] = {}
    faults = []
    for number, line in enumerate(lines, start=2):
        cells = tuple(line[index] for index in indexes)
        before = first.setdefault(cells, number)
        if before != number:
            faults.append(
                Fault(
                    code="key_twice",
                    file=name,
                    row=number,
                    field=", ".join(keys),
                    value=", ".join(cells),
                    params={"first": before},
                )
            )
    return faults


def _members(kind: object) -> tuple[object, ...]:
    """Return the types a field accepts, without what may be blank."""
    if get_origin(kind) is Annotated:
        kind = get_args(kind)[0]
    if get_origin(kind) in (Union, UnionType):
        return tuple(part for part in get_args(kind) if part is not NoneType)
    return (kind,)


def _expected(kind: object) -> Parameter:
    """Return what a cell of this type should hold: codes to choose from, or a kind of value."""
    for rule in get_args(kind)[1:] if get_origin(kind) is Annotated else ():
        if isinstance(rule, msgspec.Meta) and rule.title:
            return Label(f"cell.{rule.title}")
    for part in _members(kind):
        if get_origin(part) is Literal:
            return " | ".join(str(option) for option in get_args(part))
        if get_origin(part) is tuple:
            return _expected(get_args(part)[0])
        if isinstance(part, type):
            return Label(f"cell.{part.__name__}")
    return str(kind)


def _is_wrong(value: object) -> bool:
    return value is _WRONG or (isinstance(value, list) and any(part is _WRONG for part in value))


def _accepts(kind: object, value: object) -> bool:
    try:
        msgspec.convert(value, cast("type[object]", kind), strict=False)
    except msgspec.ValidationError:
        return False
    return True


def _entry_faults(name: str, body: object, shape: object) -> list[Fault]:
    """Return the entries of a mapping, or the fields of a record, that break the shape."""
    if not isinstance(body, dict):
        return []
    if isinstance(shape, type) and issubclass(shape, msgspec.Struct):
        fields = {item.encode_name: item for item in msgspec.structs.fields(shape)}
        missing = [key for key, item in fields.items() if item.required and key not in body]
        faults = [_key_fault(name, key) for key in missing]
        kinds: dict[str, object] = {key: item.type for key, item in fields.items() if key in body}
    else:
        faults = []
        parts = get_args(shape)
        kinds = dict.fromkeys(body, parts[1]) if len(parts) == 2 else {}
    for key, kind in kinds.items():
        try:
            msgspec.convert(body[key], cast("type[object]", kind))
        except msgspec.ValidationError as error:
            faults.append(_toml_fault(name, key, str(error)))
    return faults


def _key_fault(name: str, key: str) -> Fault:
    return Fault(code="entry_missing", file=name, field=key)


def _toml_fault(name: str, key: str, reason: str) -> Fault:
    return Fault(code="entry_invalid", file=name, field=key, value=reason)


def _tuple_of(record: type[Record]) -> type[tuple[Record, ...]]:
    # a type built at run time, which the checker cannot follow
    return cast("type[tuple[Record, ...]]", GenericAlias(tuple, (record, Ellipsis)))
