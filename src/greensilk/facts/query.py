"""Reading the store: search, get, compare and profile, as Arrow tables.

Polars and pandas take an Arrow table without a copy: ``pl.from_arrow(facts.get(...))``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, cached_property
from importlib.resources import as_file, files
from math import exp, log
from pathlib import Path
from statistics import median

import duckdb
import pyarrow as pa

from greensilk.core.errors import NotComparableError, StoreError, UnknownNameError
from greensilk.core.findings import FINDINGS
from greensilk.core.units import factor
from greensilk.facts.catalogue import concepts
from greensilk.facts.search import CatalogueRow, rank
from greensilk.facts.store import Store
from greensilk.reference.economies import economies, match, partners

__all__ = [
    "LICENCES",
    "SNAPSHOT_TABLES",
    "Facts",
    "connect_snapshot",
    "economy_groups",
    "group_members",
]

# open: free to redistribute and use commercially; packaged: may also be part of this package.
LICENCES: tuple[str, ...] = ("any", "open", "packaged")
SNAPSHOT_TABLES = ("facts", "latest", "indicators", "sources", "datasets", "quality", "groups")
GROUP_ALIASES = {
    "partners": "partner",
    "belt_and_road": "partner",
    "ldc": "least_developed",
    "lldc": "landlocked_developing",
    "sids": "small_island_developing",
}
GROUP_FLAGS = ("least_developed", "landlocked_developing", "small_island_developing")


def connect_snapshot() -> duckdb.DuckDBPyConnection:
    """Return a connection with the snapshot in memory, its tables named as in a store.

    Raises
    ------
    StoreError
        If the package holds no snapshot.
    """
    folder = files("greensilk.facts") / "snapshot_data"
    if not (folder / "facts.parquet").is_file():
        raise StoreError("snapshot_missing")
    connection = duckdb.connect()
    with as_file(folder) as path:
        for name in SNAPSHOT_TABLES:
            connection.execute(
                f"CREATE TABLE {name} AS SELECT * FROM read_parquet(?)",  # noqa: S608
                [str(path / f"{name}.parquet")],
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


class Facts:
    """Facts about countries: a built store, or the snapshot that comes with the package.

    Open with :meth:`open`; several may be open at once, also while a build runs. Use as a context
    manager or call :meth:`close`. ``location`` is the folder of the build, ``snapshot`` without
    one.
    """

    def __init__(
        self, connection: duckdb.DuckDBPyConnection, location: str, is_snapshot: bool
    ) -> None:
        self._connection = connection
        self.location = location
        self.is_snapshot = is_snapshot

    @classmethod
    def open(cls, root: str | Path | None = None) -> Facts:
        """Open the store at ``root`` (default: the user's), else the packaged snapshot.

        Raises
        ------
        StoreError
            If ``root`` is given and holds no build, or a build is damaged.
        """
        build = Store(root).current()
        if build is None:
            if root is not None:
                raise StoreError("store_empty", folder=str(root))
            return cls(connect_snapshot(), "snapshot", True)
        file = build / "facts.duckdb"
        try:
            connection = duckdb.connect(str(file), read_only=True)
        except duckdb.Error as error:
            raise StoreError("store_damaged", file=str(file), reason=str(error)) from error
        return cls(connection, str(build), False)

    def close(self) -> None:
        """Close the store."""
        self._connection.close()

    def __enter__(self) -> Facts:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def sql(self, query: str, params: Sequence[object] = ()) -> pa.Table:
        """Run any read-only SQL over the tables and return an Arrow table.

        Tables: ``facts, groups, indicators, sources, datasets, quality, latest``.
        """
        return self._connection.sql(query, params=list(params)).to_arrow_table()

    def execute(self, statement: str) -> None:
        """Run a statement that returns nothing, such as ``COPY ... TO``."""
        self._connection.execute(statement)

    def register(self, name: str, table: pa.Table) -> None:
        """Make an Arrow table known to queries under ``name``; nothing is written."""
        self._connection.register(name, table)

    def search(
        self, text: str, *, theme: str = "", licence: str = "any", most: int = 50
    ) -> pa.Table:
        """Return the indicators that fit ``text``, best first, with a ``score``.

        >>> with Facts.open() as facts:
        ...     codes = facts.search("水资源").column("indicator").to_pylist()
        >>> len(codes) > 0
        True
        """
        rows = [
            row
            for row in self._catalogue.values()
            if theme in ("", row["theme"]) and _is_allowed(row, licence)
        ]
        matches = [{**row, "score": score} for score, row in rank(rows, text, most)]
        schema = self._indicator_table.schema.append(pa.field("score", pa.float64()))
        return pa.Table.from_pylist(matches, schema=schema)

    def get(
        self,
        indicator: str | Iterable[str],
        *,
        economy: str | Iterable[str] | None = None,
        group: str = "",
        year: int | str | None = None,
        licence: str = "any",
    ) -> pa.Table:
        """Return facts, sorted by indicator, economy and year.

        Parameters
        ----------
        indicator
            A code, a concept or one of its aliases (its primary indicator is meant), or several.
        economy
            A code or a name in Chinese or English, or several; all if left out.
        group
            Instead of single economies: ``partner``, an income group, a region (see
            :func:`group_members`).
        year
            ``None`` for all, a year, ``"2010:"``, ``":2015"``, ``"2010:2015"``, or ``"latest"`` for
            the last observed figure of each economy.
        licence
            ``any``, ``open`` or ``packaged``: leave out what stands under narrower terms.

        Raises
        ------
        UnknownNameError
            If an indicator, an economy or a group does not exist.
        """
        codes = [
            code for code in self._codes(indicator) if _is_allowed(self._catalogue[code], licence)
        ]
        marks = ", ".join("?" * len(codes)) or "NULL"
        where, params = [f"indicator IN ({marks})"], list[object](codes)
        selected: Sequence[str] | None = group_members(group) if group else None
        if selected is None and economy is not None:
            names = [economy] if isinstance(economy, str) else economy
            selected = [_economy_code(name) for name in names]
        if selected is not None:
            where.append(f"economy IN ({', '.join('?' * len(selected)) or 'NULL'})")
            params += selected
        table = "latest" if year == "latest" else "facts"
        first, last = _years(year)
        if first is not None:
            where.append("year >= ?")
            params.append(first)
        if last is not None:
            where.append("year <= ?")
            params.append(last)
        return self.sql(
            "SELECT indicator, economy, year, value, unit, source, flag "  # noqa: S608
            f"FROM {table} WHERE {' AND '.join(where)} ORDER BY ALL",
            params,
        )

    def compare(self, concept: str, *, economy: str, year: int | None = None) -> pa.Table:
        """Return what every publisher says about one concept in one economy, side by side.

        Without a ``year`` the most recent one is taken in which most publishers have a figure. Each
        row gives the publisher's figure of that year in the concept's unit (null if it has none),
        ``ratio`` to the middle of all publishers, and its own latest figure.

        Raises
        ------
        UnknownNameError
            If the concept or the economy does not exist.
        NotComparableError
            If only one publisher measures the concept.
        """
        name, codes = self._concept(concept)
        if len(codes) < 2:
            raise NotComparableError("concept_alone", concept=name, indicator=codes[0])
        table = self.get(codes, economy=_economy_code(economy))
        return _compared(name, [self._catalogue[code] for code in codes], table, year)

    def profile(
        self, economy: str, *, theme: str = "", primary: bool = True, licence: str = "any"
    ) -> pa.Table:
        """Return the last figure of every indicator for one economy, with its rank.

        Columns: the indicator and its names, ``value, unit, year, flag``, ``rank`` of ``of``
        economies and ``partner_rank`` of ``partner_of`` partner countries (1 is the best where the
        indicator has a better end, else the highest; null if stale), ``stale``, ``findings``
        (checks that question the figure), ``source`` with its producer, and the last years of the
        series in ``years`` and ``values``.

        Parameters
        ----------
        economy
            Code or name of the economy.
        theme
            One theme only.
        primary
            One indicator a concept; all of them if false.
        licence
            ``any``, ``open`` or ``packaged``.
        """
        where, params = ["l.economy = ?"], list[object]([_economy_code(economy)])
        if primary:
            where.append("i.is_primary")
        if theme:
            where.append("i.theme = ?")
            params.append(theme)
        if _check_licence(licence) != "any":
            where.append(f"i.{licence}")
        return self.sql(
            "SELECT l.economy, i.theme, l.indicator, i.concept, i.en, i.zh, i.direction, "  # noqa: S608
            "l.value, l.unit, l.year, l.flag, l.rank, l.of, l.partner_rank, l.partner_of, "
            "l.stale, l.findings, l.source, i.producer, i.licence, l.first_year, l.figures, "
            "l.years, l.values "
            "FROM latest l JOIN indicators i USING (indicator) "
            f"WHERE {' AND '.join(where)} ORDER BY i.theme, i.en, l.indicator",
            params,
        )

    def indicators(self) -> pa.Table:
        """Return the catalogue of what the store holds."""
        return self._indicator_table

    def sources(self) -> pa.Table:
        """Return the sources that have facts, with producer, licence, vintage and citation."""
        return self.sql("SELECT * FROM sources WHERE facts > 0 ORDER BY source")

    def status(self) -> pa.Table:
        """Return one row a dataset: vintage, facts, economies, years, findings, licences."""
        return self.sql("SELECT * FROM datasets ORDER BY dataset")

    def quality(self, *, indicator: str = "", economy: str = "") -> pa.Table:
        """Return what the checks say, of an indicator, an economy, both or all."""
        where, params = ["true"], list[object]()
        if indicator:
            where.append("indicator = ?")
            params.append(self._codes(indicator)[0])
        if economy:
            where.append("economy = ?")
            params.append(_economy_code(economy))
        query = f"SELECT * FROM quality WHERE {' AND '.join(where)} ORDER BY ALL"  # noqa: S608
        return self.sql(query, params)

    def quality_findings(self, *, indicator: str = "", economy: str = "") -> pa.Table:
        """Return what the checks say as findings (:data:`greensilk.core.findings.FINDINGS`).

        The subject is the economy, the rule the check, the item the indicator; a finding about an
        indicator as a whole, or about a file, has no subject. Every outcome is ``doubtful``: no
        figure is refused.
        """
        table = self.quality(indicator=indicator, economy=economy)
        rows = [
            {
                "subject": row["economy"] or "",
                "room": "facts",
                "rule": row["check"],
                "item": row["indicator"] or row["dataset"],
                "value": row["value"],
                "unit": self._catalogue[row["indicator"]]["unit"]
                if row["indicator"] in self._catalogue
                else "",
                "outcome": "doubtful",
                "grade": 0,
                "basis": "",
                "reason_code": row["reason_code"],
                "reason_params": row["reason_params"],
                "source": row["dataset"],
                "year": str(row["year"] or ""),
            }
            for row in table.to_pylist()
        ]
        return pa.Table.from_pylist(rows, schema=FINDINGS)

    @cached_property
    def _indicator_table(self) -> pa.Table:
        return self.sql("SELECT * FROM indicators ORDER BY indicator")

    @cached_property
    def _catalogue(self) -> Mapping[str, CatalogueRow]:
        return {row["indicator"]: row for row in self._indicator_table.to_pylist()}

    @cached_property
    def _by_concept(self) -> Mapping[str, tuple[str, list[str]]]:
        """Return ``{concept or alias in lower case: (concept, its codes, the primary first)}``."""
        codes: dict[str, list[str]] = {}
        concept_of: dict[str, str] = {}
        for code, row in self._catalogue.items():
            concept = row["concept"]
            codes.setdefault(concept, []).append(code)
            concept_of.setdefault(concept.casefold(), concept)
            for alias in row["aliases"].split("|"):
                if alias.strip():
                    concept_of.setdefault(alias.strip().casefold(), concept)
        ordered = {
            concept: sorted(codes, key=lambda code: (not self._catalogue[code]["is_primary"], code))
            for concept, codes in codes.items()
        }
        return {name: (concept, ordered[concept]) for name, concept in concept_of.items()}

    def _concept(self, name: str) -> tuple[str, list[str]]:
        if name in self._catalogue:
            name = self._catalogue[name]["concept"]
        entry = self._by_concept.get(name.strip().casefold())
        if entry is None:
            raise UnknownNameError("concept", name, self._by_concept)
        return entry

    def _codes(self, indicator: str | Iterable[str]) -> list[str]:
        codes = []
        for name in [indicator] if isinstance(indicator, str) else indicator:
            if name in self._catalogue:
                codes.append(name)
                continue
            entry = self._by_concept.get(name.strip().casefold())
            if entry is None:
                raise UnknownNameError("indicator", name, [*self._catalogue, *self._by_concept])
            codes.append(entry[1][0])
        return codes


@cache
def _groups() -> Mapping[str, tuple[str, ...]]:
    groups: dict[str, list[str]] = {"partner": [partner.iso3 for partner in partners()]}
    for economy in economies():
        names = [economy.region, economy.subregion, economy.wb_region]
        if economy.income_group:
            names.append(f"{economy.income_group}_income")
        names += [flag for flag in GROUP_FLAGS if getattr(economy, flag)]
        for name in dict.fromkeys(_group_key(text) for text in names if text):
            groups.setdefault(name, []).append(economy.iso3)
    return {name: tuple(sorted(codes)) for name, codes in groups.items()}


def _group_key(text: str) -> str:
    return "_".join(text.casefold().replace("&", " ").replace("-", " ").replace(",", " ").split())


def economy_groups() -> tuple[str, ...]:
    """Return the names of all groups of economies: ``partner``, income groups, regions, ..."""
    return tuple(sorted(_groups()))


def group_members(group: str) -> tuple[str, ...]:
    """Return the codes of the economies of a group.

    >>> "KEN" in group_members("partner"), "KEN" in group_members("Eastern Africa")
    (True, True)

    Raises
    ------
    UnknownNameError
        If there is no such group.
    """
    groups = _groups()
    key = _group_key(group)
    key = GROUP_ALIASES.get(key, key)
    if key not in groups:
        raise UnknownNameError("economy_group", group, [*groups, *GROUP_ALIASES])
    return groups[key]


def _economy_code(name: str) -> str:
    code = match(name).iso3
    if not code:
        known = [economy.iso3 for economy in economies()]
        known += [economy.name_en for economy in economies()]
        raise UnknownNameError("economy", name, known)
    return code


def _check_licence(licence: str) -> str:
    if licence not in LICENCES:
        raise UnknownNameError("licence_filter", licence, LICENCES)
    return licence


def _is_allowed(row: CatalogueRow, licence: str) -> bool:
    return _check_licence(licence) == "any" or row["open" if licence == "open" else "packaged"]


def _years(year: int | str | None) -> tuple[int | None, int | None]:
    """Read ``2015``, ``"2010:"``, ``":2015"``, ``"2010:2015"``; both ends count.

    >>> _years("2010:"), _years(2015), _years("latest")
    ((2010, None), (2015, 2015), (None, None))
    """
    if year is None or year == "latest" or year == "":
        return None, None
    first, colon, last = str(year).partition(":")
    try:
        start = int(first) if first.strip() else None
        end = (int(last) if last.strip() else None) if colon else start
    except ValueError:
        raise UnknownNameError(
            "year", str(year), ("latest", "2015", "2010:", "2010:2015")
        ) from None
    return start, end


_COMPARED = pa.schema(
    [
        ("concept", pa.string()),
        ("indicator", pa.string()),
        ("producer", pa.string()),
        ("en", pa.string()),
        ("zh", pa.string()),
        ("is_primary", pa.bool_()),
        ("year", pa.int16()),
        ("value", pa.float64()),
        ("unit", pa.string()),
        ("flag", pa.string()),
        ("ratio", pa.float64()),
        ("latest_year", pa.int16()),
        ("latest_value", pa.float64()),
        ("source", pa.string()),
        ("licence", pa.string()),
    ]
)


def _compared(
    concept: str, indicators: Sequence[CatalogueRow], facts: pa.Table, year: int | None
) -> pa.Table:
    """Return one row a publisher, see :meth:`Facts.compare`; the primary indicator comes first."""
    unit = concepts()[concept].unit
    series: dict[str, dict[int, tuple[float, str]]] = {}
    for row in facts.to_pylist():
        if row["flag"] != "projection":
            series.setdefault(row["indicator"], {})[row["year"]] = (row["value"], row["flag"])
    common = year if year is not None else _common_year(series)
    values: list[float | None] = []
    rows: list[dict[str, object]] = []
    for indicator in indicators:
        figures = series.get(indicator["indicator"], {})
        scale = factor(indicator["unit"], unit)
        value, flag = figures.get(common, (None, "")) if common is not None else (None, "")
        latest = max(figures, default=None)
        values.append(None if value is None else value * scale)
        rows.append(
            {
                **indicator,
                "concept": concept,
                "year": common,
                "value": values[-1],
                "unit": unit,
                "flag": flag,
                "latest_year": latest,
                "latest_value": None if latest is None else figures[latest][0] * scale,
            }
        )
    middle = _middle([value for value in values if value is not None])
    for row, value in zip(rows, values, strict=True):
        row["ratio"] = value / middle if value is not None and middle else None
    return pa.Table.from_pylist(rows, schema=_COMPARED)


def _middle(values: Sequence[float]) -> float:
    """Return the middle of the values, of ratios where they have the same sign."""
    if values and min(values) > 0:
        return exp(median(log(value) for value in values))
    return median(values) if values else 0.0


def _common_year(series: Mapping[str, Mapping[int, object]]) -> int | None:
    """Return the year most publishers have a figure for, the latest of several."""
    count = Counter(year for figures in series.values() for year in figures)
    return max(count, key=lambda year: (count[year], year)) if count else None
