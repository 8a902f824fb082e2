"""Parquet files that are the same bytes for the same table."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import polars as pl

__all__ = ["plain", "write_parquet"]


def write_parquet(table: Any, path: Path, *, small: bool = False) -> None:
    """Write an Arrow table so that the same table always gives the same bytes.

    ``small`` takes more time for fewer bytes: one group of rows, no dictionary of numbers.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    words = [field.name for field in table.schema if not pa.types.is_floating(field.type)]
    path.parent.mkdir(parents=True, exist_ok=True)
    pq.write_table(
        table.replace_schema_metadata(None),
        path,
        compression="zstd",
        compression_level=19 if small else 3,
        use_dictionary=words if small else True,
        row_group_size=2**22 if small else 2**17,
        write_statistics=True,
        version="2.6",
    )


def plain(table: pl.DataFrame) -> Any:
    """Return a frame as an Arrow table, its enums as text."""
    import polars as pl

    return table.with_columns(
        pl.col(column).cast(pl.String)
        for column, kind in table.schema.items()
        if isinstance(kind, pl.Enum)
    ).to_arrow()
