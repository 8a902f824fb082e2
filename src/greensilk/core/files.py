"""Writing files: all of a result or nothing, and tables that spreadsheet programs read well.

Files are made in a hidden folder beside the target and moved over when the last one is complete, so
that an interrupted run, a full disk or an error leaves no half-written result behind.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pacsv

from greensilk.core.errors import OutputError
from greensilk.core.text import Names

__all__ = ["check_free", "staged", "write_csv"]


def check_free(out: Path, files: tuple[str, ...], force: bool) -> None:
    """Raise :class:`OutputError` if ``files`` cannot be put into the folder ``out``."""
    if out.exists() and not out.is_dir():
        raise OutputError("out_is_file", path=str(out))
    present = [name for name in files if (out / name).exists()]
    if present and not force:
        raise OutputError("out_holds", path=str(out), files=Names(tuple(present)))


@contextmanager
def staged(out: Path, files: tuple[str, ...], force: bool) -> Iterator[Path]:
    """Yield a folder to write ``files`` in; move them to ``out`` when the block ends well.

    With ``force`` files of these names are replaced and anything else in ``out`` stays.

    Raises
    ------
    OutputError
        If ``out`` is a file, holds any of ``files`` without ``force``, or cannot be written to.
    """
    check_free(out, files, force)
    folder: Path | None = None
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        folder = Path(tempfile.mkdtemp(prefix=f".{out.name}.partial-", dir=out.parent))
        yield folder
        out.mkdir(exist_ok=True)
        for name in files:
            if (folder / name).exists():
                (folder / name).replace(out / name)
    except OSError as error:
        reason = error.strerror or str(error)
        raise OutputError("out_unwritten", path=str(out), reason=reason) from error
    except OutputError as error:
        # a writer that named its own file; the user knows the folder only
        reason = str(error).replace(str(folder), str(out))
        raise OutputError("out_unwritten", path=str(out), reason=reason) from error
    finally:
        if folder is not None:
            shutil.rmtree(folder, ignore_errors=True)


def write_csv(table: pa.Table, path: Path) -> None:
    """Write a table as CSV that spreadsheet programs open with the right letters.

    The mark at the start makes them read UTF-8. Text that would run as a formula is defused with an
    apostrophe.
    """
    columns = []
    for column in table.columns:
        kind = column.type
        if pa.types.is_dictionary(kind) or pa.types.is_large_string(kind):
            column = column.cast(pa.string())
        if pa.types.is_string(column.type) or pa.types.is_string_view(column.type):
            column = column.cast(pa.string())
            risky = pc.fill_null(pc.match_substring_regex(column, r"^[=+\-@\t\r]"), False)
            if pc.any(risky).as_py():
                defused = pc.binary_join_element_wise("'", column, "")
                column = pc.if_else(risky, defused, column)
        columns.append(column)
    with path.open("wb") as handle:
        handle.write(b"\xef\xbb\xbf")
        pacsv.write_csv(pa.table(columns, names=table.column_names), handle)
