"""Reading the store: search, get, compare and profile, as Arrow tables.

Polars and pandas take an Arrow table without a copy: ``pl.from_arrow(facts.get(...))``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

from greensilk.core.errors import NotComparableError, StoreError, UnknownNameError
from greensilk.facts import starter
from greensilk.facts.groups import members
from greensilk.facts.search import rank
from greensilk.facts.store import Store

__all__ = ["LICENCES", "Facts"]

# open: free to redistribute and use commercially; packaged: may also be part of this package.
LICENCES: tuple[str, ...] = ("any", "open", "packaged")


class Facts:
    """Facts about countries: a built store, or the snapshot that comes with the package.

    Open with :meth:`open`; several may be open at once, also while a build runs. Use as a context
    manager or call :meth:`close`.
    """

    def __init__(self, connection: Any, place: str, is_starter: bool) -> None:
        self._connection = connection
        self.place = place
        self.is_starter = is_starter

    @classmethod
    def open(cls, root: str | Path | None = None) -> Facts:
        """Open the store at ``root`` (default: the user's), else the packaged snapshot.

        Raises
        ------
        StoreError
            If ``root`` is given and holds no build, or a build is damaged.
        """
        import duckdb

        build = Store(root).current()
        if build is None:
            if root is not None:
                raise StoreError(f"no build in {root}; run 'greensilk facts build'")
            return cls(starter.connect(), "starter snapshot of the package", True)
        try:
            connection = duckdb.connect(str(build / "facts.duckdb"), read_only=True)
        except duckdb.Error as error:
            raise StoreError(f"{build / 'facts.duckdb'} cannot be opened: {error}") from error
        return cls(connection, str(build), False)

    def close(self) -> None:
        """Close the store."""
        self._connection.close()

    def __enter__(self) -> Facts:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def sql(self, query: str, params: Sequence[object] = ()) -> Any:
        """Run any read-only SQL over the tables and return an Arrow table.

        Tables: ``facts, groups, indicators, sources, datasets, quality, latest``.
        """
        return self._connection.sql(query, params=list(params)).to_arrow_table()

    def execute(self, statement: str) -> None:
        """Run a statement that returns nothing, such as ``COPY ... TO``."""
        self._connection.execute(statement)

    def search(self, text: str, *, theme: str = "", licence: str = "any", most: int = 50) -> Any:
        """Return the indicators that fit ``text``, best first, with a ``score``.

        >>> with Facts.open() as facts:
        ...     codes = facts.search("水资源").column("indicator").to_pylist()
        >>> len(codes) > 0
        True
        """
        import pyarrow as pa

        rows = [
            row
            for row in self._catalogue.values()
            if theme in ("", row["theme"]) and _allowed(row, licence)
        ]
        found = [dict(row, score=score) for score, row in rank(rows, text, most)]
        table = self._indicator_table
        schema = table.schema.append(pa.field("score", pa.float64()))
        return pa.Table.from_pylist(found, schema=schema)

    def get(
        self,
        indicator: str | Iterable[str],
        *,
        economy: str | Iterable[str] | None = None,
        group: str = "",
        year: int | str | None = None,
        licence: str = "any",
    ) -> Any:
        """Return facts, sorted by indicator, economy and year.

        Parameters
        ----------
        indicator
            A code, a concept or one of its aliases (its primary indicator is meant), or several.
        economy
            A code or a name in Chinese or English, or several; all if left out.
        group
            Instead of single economies: ``partner``, an income group, a region (see
            :func:`greensilk.facts.groups.members`).
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
            code for code in self._codes(indicator) if _allowed(self._catalogue[code], licence)
        ]
        wanted = self._economies(economy, group)
        marks = ", ".join("?" * len(codes)) or "NULL"
        where, params = [f"indicator IN ({marks})"], list[object](codes)
        if wanted is not None:
            where.append(f"economy IN ({', '.join('?' * len(wanted)) or 'NULL'})")
            params += wanted
        source = "latest" if year == "latest" else "facts"
        first, last = _years(year)
        if first is not None:
            where.append("year >= ?")
            params.append(first)
        if last is not None:
            where.append("year <= ?")
            params.append(last)
        return self.sql(
            "SELECT indicator, economy, year, value, unit, source, flag "  # noqa: S608
            f"FROM {source} WHERE {' AND '.join(where)} ORDER BY ALL",
            params,
        )

    def compare(self, concept: str, *, economy: str, year: int | None = None) -> Any:
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
        from greensilk.facts.comparison import compare

        name, codes = self._concept(concept)
        if len(codes) < 2:
            raise NotComparableError(f"only one publisher measures {name!r}: {codes[0]}")
        place = self._economies(economy, "")
        assert place is not None  # noqa: S101 - one economy was asked for
        table = self.get(codes, economy=place[0])
        return compare(name, [self._catalogue[code] for code in codes], table, year)

    def profile(
        self, economy: str, *, theme: str = "", primary: bool = True, licence: str = "any"
    ) -> Any:
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
        """
        place = self._economies(economy, "")
        assert place is not None  # noqa: S101 - one economy was asked for
        where, params = ["l.economy = ?"], list[object](place[:1])
        if primary:
            where.append("i.is_primary")
        if theme:
            where.append("i.theme = ?")
            params.append(theme)
        if licence != "any":
            _allowed({"open": True, "packaged": True}, licence)
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

    def indicators(self) -> Any:
        """Return the catalogue of what the store holds."""
        return self._indicator_table

    def sources(self) -> Any:
        """Return the sources that have facts, with producer, licence, vintage and citation."""
        return self.sql("SELECT * FROM sources WHERE facts > 0 ORDER BY source")

    def status(self) -> Any:
        """Return one row a dataset: vintage, facts, economies, years, findings, licences."""
        return self.sql("SELECT * FROM datasets ORDER BY dataset")

    def quality(self, *, indicator: str = "", economy: str = "") -> Any:
        """Return the findings of the checks, for an indicator, an economy, both or all."""
        where, params = ["true"], list[object]()
        if indicator:
            where.append("indicator = ?")
            params.append(self._codes(indicator)[0])
        if economy:
            where.append("economy = ?")
            params += (self._economies(economy, "") or [""])[:1]
        query = f"SELECT * FROM quality WHERE {' AND '.join(where)} ORDER BY ALL"  # noqa: S608
        return self.sql(query, params)

    @cached_property
    def _indicator_table(self) -> Any:
        return self.sql("SELECT * FROM indicators ORDER BY indicator")

    @cached_property
    def _catalogue(self) -> Mapping[str, Mapping[str, Any]]:
        return {row["indicator"]: row for row in self._indicator_table.to_pylist()}

    @cached_property
    def _by_concept(self) -> Mapping[str, tuple[str, list[str]]]:
        """Return ``{concept or alias in lower case: (concept, its codes, the primary first)}``."""
        members: dict[str, list[str]] = {}
        words: dict[str, str] = {}
        for code, row in self._catalogue.items():
            concept = row["concept"]
            members.setdefault(concept, []).append(code)
            words.setdefault(concept.casefold(), concept)
            for alias in row["aliases"].split("|"):
                if alias.strip():
                    words.setdefault(alias.strip().casefold(), concept)
        ordered = {
            concept: sorted(codes, key=lambda code: (not self._catalogue[code]["is_primary"], code))
            for concept, codes in members.items()
        }
        return {word: (concept, ordered[concept]) for word, concept in words.items()}

    def _concept(self, name: str) -> tuple[str, list[str]]:
        if name in self._catalogue:
            name = str(self._catalogue[name]["concept"])
        found = self._by_concept.get(name.strip().casefold())
        if found is None:
            raise UnknownNameError("concept", name, self._by_concept)
        return found

    def _codes(self, indicator: str | Iterable[str]) -> list[str]:
        wanted = [indicator] if isinstance(indicator, str) else list(indicator)
        codes = []
        for name in wanted:
            if name in self._catalogue:
                codes.append(name)
                continue
            found = self._by_concept.get(name.strip().casefold())
            if found is None:
                raise UnknownNameError("indicator", name, [*self._catalogue, *self._by_concept])
            codes.append(found[1][0])
        return codes

    def _economies(self, economy: str | Iterable[str] | None, group: str) -> list[str] | None:
        if group:
            return list(members(group))
        if economy is None:
            return None
        from greensilk.reference.economies import economies, match

        codes = []
        for name in [economy] if isinstance(economy, str) else economy:
            code = match(name).iso3
            if not code:
                known = [one.iso3 for one in economies()] + [one.name_en for one in economies()]
                raise UnknownNameError("economy", name, known)
            codes.append(code)
        return codes


def _allowed(row: Mapping[str, Any], licence: str) -> bool:
    if licence not in LICENCES:
        raise UnknownNameError("licence filter", licence, LICENCES)
    return licence == "any" or bool(row[licence])


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
