"""Facts as Arrow tables, and Parquet files that are the same bytes for the same table."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

__all__ = ["FACTS", "to_arrow", "write_parquet"]

_TEXT = pa.dictionary(pa.int32(), pa.string())

# the schema of a table of facts
FACTS = pa.schema(
    [
        pa.field("indicator", _TEXT, nullable=False),
        pa.field("economy", _TEXT, nullable=False),
        pa.field("year", pa.int16(), nullable=False),
        pa.field("value", pa.float64(), nullable=False),
        pa.field("unit", _TEXT, nullable=False),
        pa.field("source", _TEXT, nullable=False),
        pa.field("flag", _TEXT, nullable=False),
    ]
)


def write_parquet(table: pa.Table, path: Path, *, small: bool = False) -> None:
    """Write an Arrow table so that the same table always gives the same bytes.

    ``small`` takes more time for fewer bytes: one group of rows, no dictionary of numbers.
    """
    texts = [field.name for field in table.schema if not pa.types.is_floating(field.type)]
    path.parent.mkdir(parents=True, exist_ok=True)
    pq.write_table(
        table.replace_schema_metadata(None),
        path,
        compression="zstd",
        compression_level=19 if small else 3,
        use_dictionary=texts if small else True,
        row_group_size=2**22 if small else 2**17,
        write_statistics=True,
        version="2.6",
    )


def to_arrow(table: pl.DataFrame) -> pa.Table:
    """Return a frame as an Arrow table, its enums as text."""
    return table.with_columns(
        pl.col(column).cast(pl.String)
        for column, kind in table.schema.items()
        if isinstance(kind, pl.Enum)
    ).to_arrow()
