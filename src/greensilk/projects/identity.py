"""Which project a row is, which country it is in, and projects that stand twice."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
import polars as pl

from greensilk.core.errors import Severity
from greensilk.core.text import Label, Labels, Parameters
from greensilk.projects.issue_log import IssueLog
from greensilk.reference.economies import Match, match_many, nearest

__all__ = ["KnownIds", "drop_duplicates", "match_countries", "name_rows"]

Hashes = npt.NDArray[np.uint64]
_SEPARATOR = "\x1f"


class KnownIds:
    """The projects that a stream has had: a set of 64-bit hashes that grows batch by batch.

    Ten million identifiers take 80 MB. Sorted runs of hashes are kept and merged when they have
    grown alike in size, so that adding and asking stay cheap. Two different identifiers have the
    same hash with a probability of about three in a million over ten million rows.

    >>> known_ids = KnownIds()
    >>> known_ids.add(np.array([1, 2], dtype=np.uint64)).tolist()
    [False, False]
    >>> known_ids.add(np.array([2, 3], dtype=np.uint64)).tolist()
    [True, False]
    """

    def __init__(self) -> None:
        self._runs: list[Hashes] = []

    def add(self, hashes: Hashes) -> npt.NDArray[np.bool_]:
        """Add distinct ``hashes``; return which of them earlier calls had added."""
        known = np.zeros(len(hashes), dtype=bool)
        for run in self._runs:
            position = np.searchsorted(run, hashes)
            position[position == len(run)] = 0
            known |= run[position] == hashes
        new = np.sort(hashes[~known])
        if len(new):
            self._runs.append(new)
        while len(self._runs) > 1 and len(self._runs[-2]) <= 2 * len(self._runs[-1]):
            last = self._runs.pop()
            merged = np.concatenate([self._runs.pop(), last])
            merged.sort(kind="stable")
            self._runs.append(merged)
        return known

    def __len__(self) -> int:
        return sum(len(run) for run in self._runs)


def name_rows(ids: pl.Series | None, rows: pl.Series, sheet: str, log: IssueLog) -> pl.Series:
    """Return the identifier of every row; a row without one gets its number."""
    prefix = f"{sheet}-row-" if sheet else "row-"
    made = pl.select(pl.concat_str(pl.lit(prefix), rows.cast(pl.String))).to_series()
    if ids is None:
        log.add("no_id_column", "assumed", field="project_id")
        return made
    if ids.null_count():
        log.add_rows("no_id", "assumed", "project_id", ids.is_null(), made.__getitem__)
        return pl.select(pl.coalesce(ids, made)).to_series()
    return ids


def drop_duplicates(frame: pl.DataFrame, log: IssueLog, known_ids: KnownIds) -> pl.DataFrame:
    """Keep the first row of every project and component; the others are noted.

    ``frame`` has the columns ``project_id, component, technology, row, index``. Rows that share an
    identifier, name no component and have different technologies are the parts of a hybrid: each
    technology becomes a component. ``known_ids`` holds the projects of earlier parts of a long
    file.
    """
    repeated = frame.filter(pl.struct("project_id", "component").is_duplicated())
    if repeated.height:
        frame = _keep_first(_name_components(frame, repeated, log), log)
    joined = pl.concat_str("project_id", pl.lit(_SEPARATOR), "component")
    hashes = frame.select(joined.hash(0)).to_series().to_numpy()
    known = pl.Series(known_ids.add(np.asarray(hashes, dtype=np.uint64)))
    if known.any():
        _note_repeated("duplicate_id_earlier", frame.filter(known), log)
        frame = frame.filter(~known)
    return frame


def _name_components(frame: pl.DataFrame, repeated: pl.DataFrame, log: IssueLog) -> pl.DataFrame:
    """Name the parts of hybrids after their technologies."""
    hybrid = repeated.filter(
        (pl.col("component") == "").all().over("project_id")
        & (~pl.struct("project_id", "technology").is_duplicated()).all().over("project_id")
    )
    parts: dict[int, str] = dict(hybrid.select("index", "technology").iter_rows())
    log.add_rows(
        "component_from_technology",
        "assumed",
        "component",
        list(parts),
        parts.__getitem__,
        params=lambda row: {"technology": Label(f"technology.{parts[row]}")},
    )
    return frame.with_columns(
        component=pl.when(pl.col("index").is_in(list(parts)))
        .then(pl.col("technology"))
        .otherwise(pl.col("component"))
    )


def _keep_first(frame: pl.DataFrame, log: IssueLog) -> pl.DataFrame:
    names = ["project_id", "component"]
    repeated = frame.with_columns(
        first=pl.col("row").first().over(names), order=pl.int_range(pl.len()).over(names)
    ).filter(pl.col("order") > 0)
    first: dict[int, Parameters] = {
        index: {"first": row} for index, row in repeated.select("index", "first").iter_rows()
    }
    _note_repeated("duplicate_id", repeated, log, first)
    return frame.filter(pl.struct(names).is_first_distinct())


def _note_repeated(
    code: str, rows: pl.DataFrame, log: IssueLog, params: Mapping[int, Parameters] | None = None
) -> None:
    log.add_rows(
        code,
        "refused",
        "project_id",
        rows["index"].to_list(),
        lambda row: None if log.ids is None else log.ids[row],
        params=None if params is None else params.__getitem__,
    )


def match_countries(
    code: pl.Series | None, name: pl.Series | None, log: IssueLog
) -> pl.Series | None:
    """Return ISO alpha-3 codes from a column of codes or names and, beside it, one of names.

    The second column stands in where the first is blank or means nothing. A name that could be
    two economies is noted with both and left out; so is one that is none. Where the two columns
    name different economies the first is used, and the row is noted.
    """
    first = code if code is not None else name
    if first is None:
        return None
    codes, matches = _match_codes(first)
    if code is not None and name is not None:
        codes, first = _add_names(first, codes, name, log)
    _note_matches(first, matches, log)
    return codes


def _add_names(
    first: pl.Series, codes: pl.Series, name: pl.Series, log: IssueLog
) -> tuple[pl.Series, pl.Series]:
    """Fill the codes from the column of names; return with them the cells that stay in doubt."""
    second, _ = _match_codes(name)
    log.add_rows(
        "country_clash",
        "doubtful",
        "country",
        codes.is_not_null() & second.is_not_null() & (codes != second),
        lambda row: f"{first[row]} / {name[row]}",
        params=lambda row: {"used": _label(codes[row]), "other": _label(second[row])},
    )
    # where the second column helps, the first need not be complained of
    doubtful = first.set(codes.is_null() & second.is_not_null(), None)
    return pl.select(pl.coalesce(codes, second)).to_series(), doubtful


def _match_codes(cells: pl.Series) -> tuple[pl.Series, dict[str, Match]]:
    distinct = cells.drop_nulls().unique().to_list()
    matches = dict(zip(distinct, match_many(distinct), strict=True))
    codes = {
        cell: match.iso3 or (match.candidates[0] if match.kind == "part" else None)
        for cell, match in matches.items()
    }
    return cells.replace_strict(codes, default=None, return_dtype=pl.String), matches


def _note_matches(cells: pl.Series, matches: dict[str, Match], log: IssueLog) -> None:
    cases: tuple[tuple[str, str, Severity], ...] = (
        ("unknown", "unknown_country", "refused"),
        ("unknown", "unknown_country_far", "refused"),
        ("ambiguous", "ambiguous_country", "refused"),
        ("aggregate", "country_group", "refused"),
        ("dissolved", "dissolved_country", "refused"),
        ("part", "part_of_country", "doubtful"),
    )
    for kind, code, severity in cases:
        texts = [cell for cell, match in matches.items() if match.kind == kind]
        if kind == "unknown":
            far = code == "unknown_country_far"
            texts = [text for text in texts if (not _options(text, matches[text])) == far]
        if not texts:
            continue
        log.add_rows(
            code,
            severity,
            "country",
            cells.is_in(texts),
            cells.__getitem__,
            lambda row: _labels(_options(cells[row], matches[cells[row]])),
            lambda row: {"codes": ", ".join(_options(cells[row], matches[cells[row]]))},
        )


def _options(text: str, match: Match) -> tuple[str, ...]:
    return tuple(match.candidates or nearest(text) or ())


def _label(code: str) -> Label:
    return Label(f"economy.{code}")


def _labels(codes: tuple[str, ...]) -> Labels:
    return Labels(tuple(f"economy.{code}" for code in codes))
