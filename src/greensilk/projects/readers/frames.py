"""Reading tables whose columns have types: pandas, polars, Arrow, dicts and Parquet files.

>>> read_frame({"id": "K", "country": "Pakistan", "capacity_mw": 720}).headers
['id', 'country', 'capacity_mw']
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeGuard

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from greensilk.core.errors import Fault, InputError
from greensilk.projects.readers.table import RawTable, refuse, text_column

__all__ = ["is_frame", "read_frame", "read_parquet", "stream_parquet"]


def is_frame(source: object) -> bool:
    """Tell whether ``source`` is a table of pandas, polars or Arrow, a dict or a list of dicts."""
    return _is_library_frame(source) or isinstance(source, Mapping) or _is_records(source)


def _is_library_frame(source: object) -> bool:
    return type(source).__module__.partition(".")[0] in ("pandas", "polars", "pyarrow")


def _is_records(source: object) -> TypeGuard[Sequence[Mapping[str, object]]]:
    return isinstance(source, list | tuple) and all(isinstance(item, Mapping) for item in source)


def read_frame(source: object) -> RawTable:
    """Read a table in memory; rows are numbered from 1.

    A dict is one project if no value of it is a list or a column, else a dict of columns.

    Raises
    ------
    InputError
        If ``source`` is no table, or its columns differ in length.
    """
    if isinstance(source, pl.LazyFrame):
        source = source.collect()
    if isinstance(source, Mapping):
        if not any(_is_column(values) for values in source.values()):
            return _read_records([source])
        return _read_columns(source)
    if _is_records(source):
        return _read_records(source)
    if type(source).__module__.startswith("pandas"):
        return _read_pandas(source)
    if isinstance(source, pa.RecordBatch):
        source = pa.Table.from_batches([source])
    elif isinstance(source, pa.RecordBatchReader):
        source = source.read_all()
    if isinstance(source, pa.Table):
        source = _to_polars(source)
    if not isinstance(source, pl.DataFrame):
        raise refuse("not_a_table", "", value=type(source).__name__)
    return _build_table(list(source.columns), source.get_columns(), source.height)


def read_parquet(path: Path) -> RawTable:
    """Read a whole Parquet file.

    Raises
    ------
    InputError
        If the file is damaged.
    """
    try:
        frame = _to_polars(pq.read_table(path))
    except (pa.ArrowException, OSError) as error:
        raise _broken_parquet(path, error) from error
    return _build_table(list(frame.columns), frame.get_columns(), frame.height, path.name)


def stream_parquet(path: Path, rows_per_batch: int) -> Iterator[RawTable]:
    """Read a Parquet file batch by batch.

    Raises
    ------
    InputError
        If the file is damaged.
    """
    try:
        with pq.ParquetFile(path) as file:
            first_row = 1
            for batch in file.iter_batches(batch_size=rows_per_batch):
                frame = _to_polars(pa.Table.from_batches([batch]))
                columns = frame.get_columns()
                yield _build_table(frame.columns, columns, frame.height, path.name, first_row)
                first_row += frame.height
    except (pa.ArrowException, OSError) as error:
        raise _broken_parquet(path, error) from error


def _broken_parquet(path: Path, error: Exception) -> InputError:
    return refuse("broken_parquet", path.name, value=str(error))


def _to_polars(table: pa.Table) -> pl.DataFrame:
    frame = pl.from_arrow(table)
    return frame if isinstance(frame, pl.DataFrame) else frame.to_frame()


def _is_column(values: object) -> bool:
    return isinstance(values, list | tuple) or hasattr(values, "__array__")


def _read_records(records: Sequence[Mapping[str, object]]) -> RawTable:
    names = dict.fromkeys(name for record in records for name in record)
    columns = [_typed_column([record.get(name) for record in records]) for name in names]
    return _build_table([str(name) for name in names], columns, len(records))


def _read_columns(columns: Mapping[str, object]) -> RawTable:
    cells = {str(name): _to_list(values) for name, values in columns.items()}
    size = max(len(values) for values in cells.values())
    if any(len(values) != size for values in cells.values()):
        sizes = ", ".join(f"{name} {len(values)}" for name, values in cells.items())
        raise refuse("columns_of_unequal_length", "", value=sizes)
    return _build_table(list(cells), [_typed_column(values) for values in cells.values()], size)


def _to_list(values: object) -> list[object]:
    if isinstance(values, list | tuple | pl.Series):
        return list(values)
    # arrays and series of other libraries
    return list(values.tolist()) if hasattr(values, "tolist") else [values]


def _typed_column(values: Sequence[object]) -> pl.Series:
    """Return Python values as one column: numbers if there is nothing else, or text."""
    kinds = set(map(type, values)) - {type(None)}
    if kinds and kinds <= {int, float}:
        return pl.Series(values, dtype=pl.Float64 if float in kinds else pl.Int64, strict=False)
    return text_column(values)


# Any: a frame of pandas, which is no dependency and is known by the name of its module
def _read_pandas(source: Any) -> RawTable:
    columns: list[pl.Series] = []
    for index in range(source.shape[1]):
        values = source.iloc[:, index]
        if values.dtype.kind in "iuf" and type(values.dtype).__module__.startswith("numpy"):
            columns.append(pl.Series(values.to_numpy()))
        else:
            missing = values.isna().tolist()
            pairs = zip(values.tolist(), missing, strict=True)
            columns.append(text_column([None if blank else value for value, blank in pairs]))
    return _build_table([str(name) for name in source.columns], columns, len(source))


def _build_table(
    headers: list[str], columns: list[pl.Series], size: int, file: str = "", first_row: int = 1
) -> RawTable:
    """Return columns as text, float64 or dates; those of lists or structures are left out."""
    raw = RawTable(
        file=file,
        sheet="",
        headers=headers,
        columns=list(columns),
        rows=pl.Series("row", range(first_row, first_row + size), dtype=pl.Int64),
    )
    for index, series in enumerate(raw.columns):
        kind = series.dtype
        if kind.is_nested() or kind in (pl.Binary, pl.Object):
            raw.faults.append(
                Fault(
                    code="column_type",
                    file=file,
                    value=headers[index],
                    params={"type": str(kind)},
                )
            )
            raw.columns[index] = pl.Series([None] * len(series), dtype=pl.String)
        elif kind in (pl.Boolean, pl.Categorical, pl.Enum, pl.Null) or kind.is_decimal():
            raw.columns[index] = series.cast(pl.String)
        elif kind == pl.Datetime:
            raw.columns[index] = series.cast(pl.Date)
    return raw
