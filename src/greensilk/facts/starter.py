"""The snapshot in the package: open figures of the primary indicators, for a fresh install.

It is built by ``greensilk facts snapshot`` (:func:`write`) from a built store: primary indicators
whose licence allows packaging and that cover at least :data:`ECONOMIES` economies; of each series
the latest year and the ten before it; figures to six significant digits. Its sources, with
producer, licence and citation, are in ``starter_data/sources.parquet`` and ``NOTICE.txt`` there.
"""

from __future__ import annotations

from importlib.resources import as_file, files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from greensilk.core.errors import OutputError, StoreError

if TYPE_CHECKING:
    from greensilk.facts.query import Facts

__all__ = ["LIMIT", "connect", "write"]

LIMIT = 4 * 2**20  # bytes
YEARS_BEFORE = 10
ECONOMIES = 50
DIGITS = 6
COUNTS = ("facts", "indicators", "economies", "first_year", "last_year")
TABLES = ("facts", "latest", "indicators", "sources", "datasets", "quality", "groups")


def connect() -> Any:
    """Return a connection with the snapshot in memory, its tables named as in a store.

    Raises
    ------
    StoreError
        If the package holds no snapshot.
    """
    import duckdb

    folder = files("greensilk.facts") / "starter_data"
    if not (folder / "facts.parquet").is_file():
        raise StoreError("the package holds no snapshot; run 'greensilk facts build'")
    connection = duckdb.connect()
    with as_file(folder) as place:
        for name in TABLES:
            connection.execute(
                f"CREATE TABLE {name} AS SELECT * FROM read_parquet(?)",  # noqa: S608
                [str(place / f"{name}.parquet")],
            )
    # What facts hold already is left out of this table, and put together again here.
    connection.execute(
        "CREATE TABLE series AS SELECT indicator, economy, max(year) AS year, "
        "last(value ORDER BY year) AS value, last(unit ORDER BY year) AS unit, "
        "last(source ORDER BY year) AS source, last(flag ORDER BY year) AS flag, "
        "list(year ORDER BY year) AS years, list(value ORDER BY year) AS values "
        "FROM facts GROUP BY indicator, economy"
    )
    connection.execute(
        "CREATE OR REPLACE TABLE latest AS SELECT * FROM latest "
        "JOIN series USING (indicator, economy) ORDER BY economy, theme, indicator"
    )
    connection.execute("DROP TABLE series")
    return connection


def write(facts: Facts, folder: Path) -> dict[str, int]:
    """Write the snapshot of a built store into ``folder``; return the rows of each table.

    Raises
    ------
    OutputError
        If it would be larger than :data:`LIMIT`; nothing is written then.
    StoreError
        If ``facts`` is itself the snapshot.
    """
    import tempfile

    from greensilk.facts.parquet import write_parquet

    if facts.is_starter:
        raise StoreError("a snapshot is made from a built store, not from a snapshot")
    chosen = (
        "SELECT indicator FROM indicators "  # noqa: S608
        f"WHERE is_primary AND packaged AND economies >= {ECONOMIES}"
    )
    held = (
        "SELECT f.* FROM facts f JOIN latest l USING (indicator, economy) "  # noqa: S608
        f"WHERE f.indicator IN ({chosen}) AND f.flag <> 'projection' "
        f"AND f.year BETWEEN l.year - {YEARS_BEFORE} AND l.year"
    )
    doubts = (
        "SELECT * FROM quality WHERE \"check\" IN ('disagreement', 'out_of_range', 'jump') "  # noqa: S608
        f"AND indicator IN ({chosen})"
    )
    queries = {
        "facts": f"{held} ORDER BY ALL",
        "latest": (
            "SELECT * EXCLUDE (year, value, unit, source, flag, years, values) "  # noqa: S608
            f"FROM latest WHERE indicator IN ({chosen}) ORDER BY economy, theme, indicator"
        ),
        "indicators": (
            f"WITH n AS ({_counted('h.indicator', held)}) "  # noqa: S608
            f"SELECT i.* REPLACE ({_counts('facts', 'economies', 'first_year', 'last_year')}) "
            "FROM indicators i JOIN n ON i.indicator = n.id ORDER BY indicator"
        ),
        "sources": (
            f"WITH n AS ({_counted('h.source', held)}) "  # noqa: S608
            f"SELECT s.* REPLACE ({_counts('facts', 'economies', 'indicators', 'last_year')}) "
            "FROM sources s JOIN n ON s.source = n.id ORDER BY source"
        ),
        "datasets": (
            f"WITH n AS ({_counted('i.dataset', held)}), "  # noqa: S608
            f"q AS (SELECT dataset, count(*) AS findings FROM ({doubts}) GROUP BY dataset) "
            f"SELECT d.* REPLACE ({_counts(*COUNTS)}, "
            "CAST(n.producers AS BIGINT) AS producers, n.licences AS licences, "
            "CAST(coalesce(q.findings, 0) AS UINTEGER) AS findings) "
            "FROM datasets d JOIN n ON d.dataset = n.id LEFT JOIN q ON q.dataset = d.dataset "
            "ORDER BY d.dataset"
        ),
        "quality": f"{doubts} ORDER BY ALL",
        "groups": "SELECT * FROM groups LIMIT 0",
    }
    rows: dict[str, int] = {}
    with tempfile.TemporaryDirectory() as temporary:
        aside = Path(temporary)
        for name in TABLES:
            table = facts.sql(queries[name])
            rows[name] = table.num_rows
            write_parquet(_small(table), aside / f"{name}.parquet", small=True)
        (aside / "NOTICE.txt").write_text(_notice(facts, chosen), encoding="utf-8")
        size = sum(path.stat().st_size for path in aside.iterdir())
        if size > LIMIT:
            raise OutputError(f"the snapshot would be {size} bytes; at most {LIMIT} are allowed")
        folder.mkdir(parents=True, exist_ok=True)
        for path in sorted(aside.iterdir()):
            (folder / path.name).write_bytes(path.read_bytes())
    return rows


def _counted(by: str, held: str) -> str:
    """Return the query that counts what the snapshot holds by ``by``.

    A status must not promise what only the whole store has.
    """
    return (
        f"SELECT CAST({by} AS VARCHAR) AS id, count(*) AS facts, "  # noqa: S608
        "count(DISTINCT h.indicator) AS indicators, count(DISTINCT h.economy) AS economies, "
        "min(h.year) AS first_year, max(h.year) AS last_year, "
        "count(DISTINCT i.producer) AS producers, "
        "string_agg(DISTINCT i.licence, ' ' ORDER BY i.licence) AS licences "
        f"FROM ({held}) h JOIN indicators i USING (indicator) GROUP BY ALL"
    )


def _counts(*names: str) -> str:
    """Return the columns of a count in the types the tables have."""
    return ", ".join(
        f"CAST(n.{name} AS {'SMALLINT' if name.endswith('_year') else 'UINTEGER'}) AS {name}"
        for name in names
    )


def _small(table: Any) -> Any:
    """Store repeated words once and round figures."""
    import polars as pl
    import pyarrow as pa

    if "value" in table.column_names:
        values = pl.Series(table.column("value").to_numpy()).round_sig_figs(DIGITS).to_arrow()
        table = table.set_column(table.column_names.index("value"), "value", values)

    for index, field in enumerate(table.schema):
        if pa.types.is_string(field.type) or pa.types.is_large_string(field.type):
            column = table.column(index).cast(pa.string()).dictionary_encode()
            table = table.set_column(index, field.name, column)
    return table


def _notice(facts: Facts, chosen: str) -> str:
    """List the sources of the snapshot, one a line, as their licences ask."""
    rows = facts.sql(
        "SELECT DISTINCT citation, licence, address FROM sources WHERE source IN "  # noqa: S608
        f"(SELECT source FROM indicators WHERE indicator IN ({chosen})) ORDER BY ALL"
    ).to_pylist()
    head = (
        "The figures in this folder are taken from the sources below under the licences named.\n"
        "They were harmonised (codes, units), shortened to the last years and rounded; the\n"
        "producers are not responsible for that.\n"
    )
    lines = [f"{row['citation']}. {row['licence']}. {row['address']}" for row in rows]
    return "\n".join([head, *lines, ""])
