"""Which project a row is, which country it is in, and projects that stand twice."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from greensilk.core.text import Label, Labels, Parameters
from greensilk.projects.fields import simplify, threshold, word_list
from greensilk.projects.issue_log import IssueLog
from greensilk.reference.economies import match_many, nearest

__all__ = [
    "CountryMatch",
    "KnownIds",
    "KnownProjects",
    "decide_countries",
    "drop_duplicates",
    "match_countries",
    "name_country",
    "name_rows",
]

# What parts several names in one cell, or sets a place apart from its country.
_SEVERAL = re.compile(r"[/;,+&、，；（）()\[\]【】|]|\s-\s|\band\b|和|与|及")
# A bare number of so few digits is a telephone or running number as often as an M49 code.
_SHORT_NUMBER = re.compile(r"\d{1,2}")
# A title of fewer letters names a country by chance (in.csv).
LEAST_LETTERS = 4

Hashes = npt.NDArray[np.uint64]
_SEPARATOR = "\x1f"
# hashes of names and countries that a stream keeps: about a million projects, 32 MB
_MOST_TRAITS = 4_000_000


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
        known = self.contains(hashes)
        new = np.sort(hashes[~known])
        if len(new):
            self._runs.append(new)
        while len(self._runs) > 1 and len(self._runs[-2]) <= 2 * len(self._runs[-1]):
            last = self._runs.pop()
            merged = np.concatenate([self._runs.pop(), last])
            merged.sort(kind="stable")
            self._runs.append(merged)
        return known

    def contains(self, hashes: Hashes) -> npt.NDArray[np.bool_]:
        """Return which of ``hashes`` were added before."""
        known = np.zeros(len(hashes), dtype=bool)
        if not self._runs:
            return known
        # neighbours are looked for one after the other, which long runs answer from the cache
        order = np.argsort(hashes)
        ordered = hashes[order]
        matches = np.zeros(len(hashes), dtype=bool)
        for run in self._runs:
            position = np.searchsorted(run, ordered)
            position[position == len(run)] = 0
            matches |= run[position] == ordered
        known[order] = matches
        return known

    def __len__(self) -> int:
        return sum(len(run) for run in self._runs)


class KnownProjects:
    """The projects of the parts before: their components, and which names and countries they have.

    ``parts`` are the components by code; of names and countries only hashes are kept, and no more
    than :data:`_MOST_TRAITS`: in a longer file a code that comes again is a repetition.
    """

    def __init__(self) -> None:
        self.parts = KnownIds()
        self._traits = KnownIds()

    def differ(self, traits: pl.DataFrame) -> pl.Series:
        """Return which rows have the code of an earlier project, and another name or country."""
        result = pl.Series([False], dtype=pl.Boolean).new_from_index(0, traits.height)
        if not len(self._traits):
            return result
        for parent, value in _trait_hashes(traits):
            parents = self._traits.contains(parent.fill_null(0).to_numpy())
            if not parents.any():
                continue
            values = self._traits.contains(value.fill_null(0).to_numpy())
            result |= pl.Series(parents & ~values) & value.is_not_null()
        return result

    def add(self, traits: pl.DataFrame) -> None:
        """Add the names and countries of projects."""
        if len(self._traits) > _MOST_TRAITS:
            return
        for hashes in (column for pair in _trait_hashes(traits) for column in pair):
            self._traits.add(hashes.drop_nulls().unique().to_numpy())


def _trait_hashes(traits: pl.DataFrame) -> Iterator[tuple[pl.Series, pl.Series]]:
    """Yield hashes of code and kind of trait, and of code, kind and trait; null without one."""
    code = pl.col("project_id")
    for kind, value in (("script", pl.col("name")), ("country", pl.col("country"))):
        mark = pl.col(kind) if kind == "script" else pl.lit("")
        parent = pl.concat_str(code, pl.lit(kind), mark, separator=_SEPARATOR)
        parent = pl.when(value.is_not_null()).then(parent)
        both = pl.concat_str(parent, value, separator=_SEPARATOR)
        hashes = traits.select(
            parent=pl.when(parent.is_not_null()).then(parent.hash(0)),
            both=pl.when(both.is_not_null()).then(both.hash(0)),
        )
        yield hashes["parent"], hashes["both"]


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


def drop_duplicates(frame: pl.DataFrame, log: IssueLog, known: KnownProjects) -> pl.DataFrame:
    """Keep the first row of every project and component; the others are noted.

    ``frame`` has the columns ``project_id, component, technology, name, country, content, row,
    index``; ``content`` tells rows apart that differ in anything but their number. One number with
    another name or country is another project, as where numbering begins anew in each section.
    Rows that share all three, name no component and have different technologies are the parts of a
    hybrid; others that differ are its units, and are numbered. ``known`` holds the projects of
    earlier parts of a long file.
    """
    frame = _rename_others(frame, log, known)
    repeated = frame.filter(pl.struct("project_id", "component").is_duplicated())
    if repeated.height:
        frame = _name_components(frame, repeated, log)
        repeated = frame.filter(pl.struct("project_id", "component").is_duplicated())
        frame = _keep_first(_number_units(frame, repeated, log), log)
    joined = pl.concat_str("project_id", pl.lit(_SEPARATOR), "component")
    hashes = frame.select(joined.hash(0)).to_series().to_numpy()
    earlier = pl.Series(known.parts.add(np.asarray(hashes, dtype=np.uint64)))
    if earlier.any():
        _note_repeated("duplicate_id_earlier", frame.filter(earlier), log)
        frame = frame.filter(~earlier)
    return frame


def _rename_others(frame: pl.DataFrame, log: IssueLog, known: KnownProjects) -> pl.DataFrame:
    """Give projects whose number another has a code of their own: the number and their name."""
    whole = pl.col("component") == ""
    traits = frame.select(
        "index",
        "project_id",
        # the parts of a project that has them named may have names and countries of their own
        name=pl.when(whole).then(pl.col("name").str.to_lowercase().str.strip_chars()),
        country=pl.when(whole).then(pl.col("country")),
        # a name in Chinese is no other name than one in Latin letters
        script=pl.col("name").str.contains(r"\p{Han}").cast(pl.String),
    )
    first = traits.with_columns(
        first_name=pl.col("name").drop_nulls().first().over("project_id", "script"),
        first_country=pl.col("country").drop_nulls().first().over("project_id"),
    )
    others = first.select(
        (
            (pl.col("name") != pl.col("first_name")).fill_null(False)
            & ~_alike(pl.col("project_id"), pl.col("name"), pl.col("first_name"))
        )
        | (pl.col("country") != pl.col("first_country")).fill_null(False)
    ).to_series()
    others |= known.differ(traits)
    if not others.any():
        known.add(traits)
        return frame
    label = pl.coalesce(pl.col("name"), pl.col("country"), pl.col("row").cast(pl.String))
    renamed = frame.with_columns(
        project_id=pl.when(pl.Series(others))
        .then(pl.concat_str("project_id", pl.lit(" ("), label, pl.lit(")")))
        .otherwise(pl.col("project_id"))
    )
    codes: dict[int, str] = dict(renamed.filter(others).select("index", "project_id").iter_rows())
    log.add_rows(
        "number_repeats",
        "assumed",
        "project_id",
        list(codes),
        lambda row: None if log.ids is None else log.ids[row],
        params=lambda row: {"code": codes[row]},
    )
    known.add(traits.with_columns(project_id=renamed["project_id"]))
    return renamed


def _alike(code: pl.Expr, name: pl.Expr, first: pl.Expr) -> pl.Expr:
    """Tell whether two names of one code are those of parts of a project.

    A bare number is often that of a row in its section; a code of letters is given to one project,
    whose units may be called "Alpha 1" and "Alpha 2".
    """
    letters = int(threshold("alike_letters"))
    start = name.str.slice(0, letters) == first.str.slice(0, letters)
    return (~code.str.contains(r"^\d{1,4}(\.0)?$")) & start.fill_null(False)


def _number_units(frame: pl.DataFrame, repeated: pl.DataFrame, log: IssueLog) -> pl.DataFrame:
    """Number the rows that share code and name and differ in what they say: units of a plant."""
    units = repeated.filter(pl.col("name").is_not_null().all().over("project_id", "component"))
    units = units.unique(["project_id", "component", "content"], keep="first", maintain_order=True)
    units = units.with_columns(
        number=pl.int_range(1, pl.len() + 1).over("project_id", "component"),
        count=pl.len().over("project_id", "component"),
    ).filter(pl.col("count") > 1)
    if not units.height:
        return frame
    heads = units.filter(pl.col("number") == 1)
    counts: dict[int, int] = dict(heads.select("index", "count").iter_rows())
    log.add_rows(
        "units_of_plant",
        "assumed",
        "component",
        list(counts),
        lambda row: None if log.ids is None else log.ids[row],
        params=lambda row: {"count": counts[row]},
    )
    numbered = units.select(
        "index",
        numbered=pl.when(pl.col("component") == "")
        .then(pl.col("number").cast(pl.String))
        .otherwise(pl.concat_str("component", pl.lit("_"), pl.col("number").cast(pl.String))),
    )
    # what is left are rows that repeat a unit word by word: they go with the first of it
    joined = frame.join(numbered, on="index", how="left", maintain_order="left")
    same = pl.col("numbered").drop_nulls().first().over("project_id", "component", "content")
    return joined.with_columns(component=pl.coalesce("numbered", same, "component")).drop(
        "numbered"
    )


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


@dataclass(frozen=True, slots=True)
class CountryMatch:
    """The country that a cell names, what is to be said of it, and what else it may be."""

    code: str
    fault: str = ""
    options: tuple[str, ...] = ()


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


def decide_countries(first: pl.Series, second: pl.Series) -> tuple[pl.Series, pl.Series]:
    """Return two columns of countries, the one that is decided in the first where the other is not.

    ``Congo`` beside ``COG`` is no contradiction.
    """
    one, _ = _match_codes(first)
    other, _ = _match_codes(second)
    takes = one.is_null() & other.is_not_null()
    vague = one.is_not_null() & other.is_null()
    return second.zip_with(takes, first), second.set(takes | vague, None)


def name_country(*titles: str) -> tuple[str, str]:
    """Return the country that a sheet or a file is named after, and that title; else blanks.

    >>> name_country("Sheet1", "Saudi_Arabia.csv")
    ('SAU', 'Saudi Arabia')
    """
    for title in titles:
        name = _bare_title(title)
        least = 2 if re.search(r"[\u3400-\u9fff]", name) else LEAST_LETTERS
        found = match_many([name])[0] if len(name) >= least else None
        if found is not None and found.iso3:
            return found.iso3, name
    return "", ""


def _bare_title(title: str) -> str:
    """Return a title without the ending of a file and without words that say nothing."""
    words = re.sub(r"[_\s]+", " ", re.sub(r"(\.\w{2,7})+$", "", title)).split()
    fillers = word_list("technology_fillers") | word_list("sheet_fillers")
    return " ".join(word for word in words if word.casefold() not in fillers)


def _match_codes(cells: pl.Series) -> tuple[pl.Series, dict[str, CountryMatch]]:
    distinct = cells.drop_nulls().unique().to_list()
    matches = {cell: _match_cell(cell) for cell in distinct}
    codes = {cell: found.code or None for cell, found in matches.items()}
    return cells.replace_strict(codes, default=None, return_dtype=pl.String), matches


def _match_cell(cell: str) -> CountryMatch:
    """Return the country that a cell names, alone or among other words."""
    found = match_many([cell])[0]
    if found.iso3:
        doubt = "country_by_number" if _SHORT_NUMBER.fullmatch(cell) else ""
        return CountryMatch(found.iso3, doubt, (found.iso3,))
    if found.kind == "part" and found.candidates:
        return CountryMatch(found.candidates[0], "part_of_country", found.candidates)
    if found.kind == "part":
        return CountryMatch("", "disputed_area")
    if found.kind != "unknown":
        codes = {
            "ambiguous": "ambiguous_country",
            "aggregate": "country_group",
            "dissolved": "dissolved_country",
        }
        near = tuple(found.candidates or nearest(cell) or ())
        return CountryMatch("", codes[found.kind], near)
    simple = re.sub("(人民|民主|联邦|伊斯兰)*(共和国|王国)$", "", simplify(cell))
    if simple and simple != cell:
        return _match_cell(simple)
    parts = [part.strip() for part in _SEVERAL.split(cell) if part.strip()]
    several = [item.iso3 for item in match_many(parts) if item.iso3]
    if len(set(several)) > 1:
        return CountryMatch("", "several_countries", tuple(dict.fromkeys(several)))
    if len(several) == 1 and len(parts) > 1:
        return CountryMatch(several[0], "country_with_place", tuple(several))
    likely = tuple(nearest(cell) or ())
    return CountryMatch("", "unknown_country" if likely else "unknown_country_far", likely)


def _note_matches(cells: pl.Series, matches: dict[str, CountryMatch], log: IssueLog) -> None:
    for code in dict.fromkeys(found.fault for found in matches.values() if found.fault):
        texts = [cell for cell, found in matches.items() if found.fault == code]
        taken = matches[texts[0]].code != ""
        log.add_rows(
            code,
            "doubtful" if taken else "refused",
            "country",
            cells.is_in(texts),
            cells.__getitem__,
            lambda row: _labels(matches[cells[row]].options),
            lambda row: {"codes": ", ".join(matches[cells[row]].options)},
        )


def _label(code: str) -> Label:
    return Label(f"economy.{code}")


def _labels(codes: tuple[str, ...]) -> Labels:
    return Labels(tuple(f"economy.{code}" for code in codes))
