"""The snapshot in the package: open figures of the primary indicators, for a fresh install.

It is made by ``greensilk facts snapshot`` (:func:`write_snapshot`) from a built store: primary
indicators whose licence allows packaging and that cover enough economies; of each series the latest
year and the ten before it; figures to six significant digits (``snapshot.*`` in
``data/checks.csv``). Its sources, with producer, licence and citation, are in
``snapshot_data/sources.parquet`` and ``NOTICE.txt`` there. :mod:`greensilk.facts.query` reads it.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

import polars as pl
import pyarrow as pa

from greensilk.core.errors import OutputError, StoreError
from greensilk.facts.parquet import write_parquet
from greensilk.facts.query import SNAPSHOT_TABLES, Facts
from greensilk.facts.thresholds import threshold

__all__ = ["write_snapshot"]

COUNTS = ("facts", "indicators", "economies", "first_year", "last_year")


def write_snapshot(facts: Facts, folder: Path) -> dict[str, int]:
    """Write the snapshot of a built store into ``folder``; return the rows of each table.

    Raises
    ------
    OutputError
        If it would be larger than the package allows; nothing is written then.
    StoreError
        If ``facts`` is itself the snapshot.
    """
    if facts.is_snapshot:
        raise StoreError("snapshot_of_snapshot")
    limit = int(threshold("snapshot.bytes"))
    selected = (
        "SELECT indicator FROM indicators "  # noqa: S608
        f"WHERE is_primary AND packaged AND economies >= {int(threshold('snapshot.economies'))}"
    )
    kept = (
        "SELECT f.* FROM facts f JOIN latest l USING (indicator, economy) "  # noqa: S608
        f"WHERE f.indicator IN ({selected}) AND f.flag <> 'projection' "
        f"AND f.year BETWEEN l.year - {int(threshold('snapshot.years'))} AND l.year"
    )
    doubts = (
        "SELECT * FROM quality WHERE \"check\" IN ('disagreement', 'out_of_range', 'jump') "  # noqa: S608
        f"AND indicator IN ({selected})"
    )
    queries = {
        "facts": f"{kept} ORDER BY ALL",
        "latest": (
            "SELECT * EXCLUDE (year, value, unit, source, flag, years, values) "  # noqa: S608
            f"FROM latest WHERE indicator IN ({selected}) ORDER BY economy, theme, indicator"
        ),
        "indicators": (
            f"WITH n AS ({_counted('h.indicator', kept)}) "  # noqa: S608
            f"SELECT i.* REPLACE ({_counts('facts', 'economies', 'first_year', 'last_year')}) "
            "FROM indicators i JOIN n ON i.indicator = n.id ORDER BY indicator"
        ),
        "sources": (
            f"WITH n AS ({_counted('h.source', kept)}) "  # noqa: S608
            f"SELECT s.* REPLACE ({_counts('facts', 'economies', 'indicators', 'last_year')}) "
            "FROM sources s JOIN n ON s.source = n.id ORDER BY source"
        ),
        "datasets": (
            f"WITH n AS ({_counted('i.dataset', kept)}), "  # noqa: S608
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
        for name in SNAPSHOT_TABLES:
            table = facts.sql(queries[name])
            rows[name] = table.num_rows
            write_parquet(_small(table), aside / f"{name}.parquet", small=True)
        (aside / "NOTICE.txt").write_text(_notice(facts, selected), encoding="utf-8")
        size = sum(path.stat().st_size for path in aside.iterdir())
        if size > limit:
            raise OutputError("snapshot_too_large", size=size, limit=limit)
        folder.mkdir(parents=True, exist_ok=True)
        for path in sorted(aside.iterdir()):
            (folder / path.name).write_bytes(path.read_bytes())
    return rows


def _counted(by: str, kept: str) -> str:
    """Return the query that counts what the snapshot holds by ``by``.

    A status must not promise what only the whole store has.
    """
    return (
        f"SELECT CAST({by} AS VARCHAR) AS id, count(*) AS facts, "  # noqa: S608
        "count(DISTINCT h.indicator) AS indicators, count(DISTINCT h.economy) AS economies, "
        "min(h.year) AS first_year, max(h.year) AS last_year, "
        "count(DISTINCT i.producer) AS producers, "
        "string_agg(DISTINCT i.licence, ' ' ORDER BY i.licence) AS licences "
        f"FROM ({kept}) h JOIN indicators i USING (indicator) GROUP BY ALL"
    )


def _counts(*names: str) -> str:
    """Return the columns of a count in the types the tables have."""
    return ", ".join(
        f"CAST(n.{name} AS {'SMALLINT' if name.endswith('_year') else 'UINTEGER'}) AS {name}"
        for name in names
    )


def _small(table: pa.Table) -> pa.Table:
    """Store repeated texts once and round figures."""
    if "value" in table.column_names:
        values = (
            pl.Series(table.column("value").to_numpy())
            .round_sig_figs(int(threshold("snapshot.digits")))
            .to_arrow()
        )
        table = table.set_column(table.column_names.index("value"), "value", values)

    for index, field in enumerate(table.schema):
        if pa.types.is_string(field.type) or pa.types.is_large_string(field.type):
            column = table.column(index).cast(pa.string()).dictionary_encode()
            table = table.set_column(index, field.name, column)
    return table


def _notice(facts: Facts, selected: str) -> str:
    """List the sources of the snapshot, one a line, as their licences ask."""
    rows = facts.sql(
        "SELECT DISTINCT citation, licence, address FROM sources WHERE source IN "  # noqa: S608
        f"(SELECT source FROM indicators WHERE indicator IN ({selected})) ORDER BY ALL"
    ).to_pylist()
    head = (
        "The figures in this folder are taken from the sources below under the licences named.\n"
        "They were harmonised (codes, units), shortened to the last years and rounded; the\n"
        "producers are not responsible for that.\n"
    )
    lines = [f"{row['citation']}. {row['licence']}. {row['address']}" for row in rows]
    return "\n".join([head, *lines, ""])
