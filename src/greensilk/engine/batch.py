"""A batch: the columns of some project components as the engine reads them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from greensilk.engine.draws import Keys, hash_strings

__all__ = ["Batch", "Coded", "batch_from_arrow"]

Floats = npt.NDArray[np.float64]


@dataclass(slots=True)
class Coded:
    """A text column as codes into its categories; the category of a missing cell is ``""``."""

    codes: npt.NDArray[np.int32]
    categories: list[str]

    @classmethod
    def constant(cls, value: str, size: int) -> Coded:
        """Return a column that holds ``value`` in every row."""
        return cls(np.zeros(size, np.int32), [value])

    def take(self, rows: npt.NDArray[np.intp]) -> Coded:
        """Return the column at ``rows``."""
        return Coded(self.codes[rows], self.categories)

    def is_in(self, values: tuple[str, ...]) -> npt.NDArray[np.bool_]:
        """Tell for each row whether its text is one of ``values``."""
        hit = np.array([category in values for category in self.categories], dtype=bool)
        return hit[self.codes]


@dataclass(slots=True)
class Batch:
    """Columns of ``size`` components.

    ``numbers``: float64 in canonical units, NaN where absent, with the user's own ranges beside a
    field as ``<field>__low`` and ``<field>__high``. ``keys``: one draw key a row, from the
    project's identity.
    """

    size: int
    numbers: dict[str, Floats]
    attributes: dict[str, Coded]
    keys: Keys
    memo: dict[tuple[str, str, int], npt.NDArray[np.int32]] = field(default_factory=dict)

    def take(self, rows: npt.NDArray[np.intp]) -> Batch:
        """Return the batch at ``rows``."""
        return Batch(
            size=len(rows),
            numbers={name: column[rows] for name, column in self.numbers.items()},
            attributes={name: column.take(rows) for name, column in self.attributes.items()},
            keys=self.keys[rows],
        )

    def attribute(self, name: str) -> Coded:
        """Return a text column; blank in every row where the table has none of that name."""
        column = self.attributes.get(name)
        return Coded.constant("", self.size) if column is None else column


def batch_from_arrow(
    table: pa.Table,
    technologies: Mapping[str, Mapping[str, str]],
    options: Mapping[str, str],
    countries: Mapping[str, Mapping[str, str]] | None = None,
) -> Batch:
    """Return the batch of an Arrow table of project components.

    ``technologies`` gives the attributes every technology brings along (family, firmness, fuel),
    ``countries`` those of a country (its climate); a text column of the same name in the table
    wins where it is filled in.
    """
    numbers: dict[str, Floats] = {}
    attributes: dict[str, Coded] = {}
    for name in table.column_names:
        column = table.column(name)
        kind = column.type
        if pa.types.is_floating(kind) or pa.types.is_integer(kind) or pa.types.is_boolean(kind):
            if column.null_count < len(column):
                numbers[name] = np.asarray(
                    column.cast(pa.float64()).to_numpy(zero_copy_only=False), dtype=np.float64
                )
        elif name in ("project_id", "component") or name.endswith("__text"):
            continue
        elif pa.types.is_string(kind) or pa.types.is_large_string(kind):
            attributes[name] = _coded(column)
        elif pa.types.is_dictionary(kind):
            attributes[name] = _coded(column.cast(pa.string()))
    size = table.num_rows
    for column_name, register in (("technology", technologies), ("country", countries or {})):
        bringer = attributes.get(column_name, Coded.constant("", size))
        for name in sorted({key for row in register.values() for key in row}):
            values = [register.get(code, {}).get(name, "") for code in bringer.categories]
            brought = _recode(bringer, values)
            written = attributes.get(name)
            attributes[name] = brought if written is None else _prefer(written, brought)
    for name, value in options.items():
        attributes[name] = Coded.constant(value, size)
    identity = pc.binary_join_element_wise(
        table.column("project_id").cast(pa.string()),
        pc.fill_null(table.column("component").cast(pa.string()), ""),
        "\x1f",
    )
    return Batch(size, numbers, attributes, _string_keys(identity))


def _string_keys(column: pa.Array | pa.ChunkedArray) -> Keys:
    array = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    if isinstance(array, pa.ChunkedArray):
        array = pa.concat_arrays(array.chunks) if array.num_chunks else pa.array([], pa.string())
    array = array.cast(pa.large_string())
    if len(array) == 0:
        return np.zeros(0, np.uint64)
    _, offsets, data = array.buffers()
    bounds = np.frombuffer(offsets, np.int64)[array.offset : array.offset + len(array) + 1]
    return hash_strings(bounds, np.frombuffer(data, np.uint8))


def _coded(column: pa.ChunkedArray) -> Coded:
    encoded = pc.fill_null(column, "").combine_chunks()
    if isinstance(encoded, pa.ChunkedArray):
        encoded = pa.concat_arrays(encoded.chunks) if encoded.num_chunks else pa.array([], "string")
    encoded = encoded.dictionary_encode()
    codes = np.asarray(encoded.indices.to_numpy(zero_copy_only=False), dtype=np.int32)
    categories = encoded.dictionary.to_pylist()
    return Coded(codes, categories or [""])


def _recode(column: Coded, values: list[str]) -> Coded:
    categories = sorted(set(values)) or [""]
    code_of = {value: code for code, value in enumerate(categories)}
    codes = np.array([code_of[value] for value in values], np.int32)[column.codes]
    return Coded(codes, categories)


def _prefer(first: Coded, other: Coded) -> Coded:
    categories = [*first.categories, *other.categories]
    blank = np.array([category == "" for category in first.categories])[first.codes]
    codes = np.where(blank, other.codes + len(first.categories), first.codes).astype(np.int32)
    return Coded(codes, categories)
