"""Which column holds a field, by what its cells say where its header alone does not tell.

``State`` is the state of a project or its place; of ``Type`` (F, C) and ``Primary Fuel`` (Wind) the
second is the technology; a column ``unit`` belongs to the figures on its left.

>>> columns = [pl.Series(["Gujarat"]), pl.Series(["Wind"]), pl.Series(["F"])]
>>> [item.field for item in map_columns(["State", "Fuel", "Type"], columns, IssueLog())]
['city', 'technology']
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import polars as pl

from greensilk.projects.columns import PLAIN_FIGURE, parse_text
from greensilk.projects.fields import (
    choice_index,
    fields,
    header_choices,
    normalise_name,
    threshold,
    word_list,
)
from greensilk.projects.headers import (
    MappedColumn,
    group_columns,
    interpret_header,
    is_open_header,
    note_unmapped,
    read_headers,
)
from greensilk.projects.issue_log import IssueLog
from greensilk.projects.technology import (
    is_blank_technology,
    match_technology,
    parse_hybrid,
)
from greensilk.projects.units import is_unit
from greensilk.reference.economies import match

__all__ = ["join_units", "map_columns"]

_CROSS = {"latitude": "longitude", "longitude": "latitude"}


def map_columns(
    headers: Sequence[str], columns: Sequence[pl.Series], log: IssueLog
) -> list[MappedColumn]:
    """Return the columns that were understood by their names and their cells.

    What was not is noted in ``log``, as are several columns of one field.
    """
    mapped = read_headers(headers, log)
    mapped = _settle_choices(mapped, headers, columns, log)
    mapped = _settle_attributes(mapped, columns, log)
    mapped = _settle_technology(mapped, columns, log)
    mapped = _settle_country(mapped, columns, log)
    mapped = _drop_lone_letters(mapped, log)
    return group_columns(mapped, log)


def join_units(
    headers: Sequence[str], columns: list[pl.Series], mapped: Sequence[MappedColumn], log: IssueLog
) -> list[pl.Series]:
    """Return the columns with the units of a column of units written behind their figures."""
    numeric = {
        item.index: item
        for kept in mapped
        for item in (kept, *kept.others)
        if fields()[item.field].numeric
    }
    joined = list(columns)
    for index, header in enumerate(headers):
        if not _is_unit_header(header):
            continue
        units = parse_text(columns[index])
        if _share(units, is_unit) < threshold("understood_share"):
            note_unmapped(header, index, log)
            continue
        target = _measured_by(header, index, numeric)
        if target is None:
            note_unmapped(header, index, log)
            continue
        cells = parse_text(joined[target.index])
        with_unit = pl.select(pl.concat_str(cells, pl.lit(" "), units)).to_series()
        plain = cells.str.contains(PLAIN_FIGURE).fill_null(False) & units.is_not_null()
        joined[target.index] = with_unit.zip_with(plain, cells)
        log.add("unit_column", "note", field=target.field, value=header, column=target.header)
    return joined


def _is_unit_header(header: str) -> bool:
    return normalise_name(header) in {normalise_name(word) for word in word_list("unit_headers")}


def _measured_by(header: str, index: int, numeric: dict[int, MappedColumn]) -> MappedColumn | None:
    """Return the column that a column of units belongs to: the one it names, or its neighbour."""
    bare = normalise_name(header).replace("单位", "").removesuffix("unit").removeprefix("unitof")
    meaning = interpret_header(bare) if bare else None
    if meaning is not None:
        named = [item for item in numeric.values() if item.field == meaning.field]
        if named:
            return named[0]
    return numeric.get(index - 1)


def _share(cells: pl.Series, understands: Callable[[str], bool]) -> float:
    """Return which share of the cells that say something are understood."""
    words = parse_text(cells).drop_nulls().value_counts(sort=True, name="rows")
    words = words.head(int(threshold("sampled_words")))
    counts = list(zip(*words.get_columns(), strict=True))
    filled = sum(count for _, count in counts)
    return sum(count for word, count in counts if understands(word)) / filled if filled else 0.0


def _settle_choices(
    mapped: list[MappedColumn],
    headers: Sequence[str],
    columns: Sequence[pl.Series],
    log: IssueLog,
) -> list[MappedColumn]:
    """Give headers that may mean several fields the first whose words stand in the cells."""
    settled = list(mapped)
    for index, header in enumerate(headers):
        options = header_choices().get(normalise_name(header))
        if options is None:
            if is_open_header(header) and not _is_unit_header(header):
                note_unmapped(header, index, log)
            continue
        field = options[-1]
        for option in options[:-1]:
            known = choice_index()[option]
            understood = _share(columns[index], lambda word: normalise_name(word) in known)  # noqa: B023
            if understood >= threshold("understood_share"):
                field = option
                break
        settled.append(
            MappedColumn(index, header.strip(), field, confidence="likely", reason="content")
        )
    return sorted(settled, key=lambda item: item.index)


def _settle_attributes(
    mapped: list[MappedColumn], columns: Sequence[pl.Series], log: IssueLog
) -> list[MappedColumn]:
    """Pass over columns of words that choose a figure if another of the field is understood."""
    least = threshold("understood_share")
    passed: list[MappedColumn] = []
    for field, known in choice_index().items():
        named = [item for item in mapped if item.field == field]
        if len(named) < 2:
            continue
        shares = [
            _share(columns[item.index], lambda word: normalise_name(word) in known)  # noqa: B023
            for item in named
        ]
        if max(shares) >= least:
            passed += [item for item, share in zip(named, shares, strict=True) if least - share > 0]
    for item in passed:
        if _says_any(columns, item):
            log.add("column_not_understood", "note", field=item.field, value=item.header)
    return [item for item in mapped if item not in passed]


def _names_technology(word: str) -> bool:
    found = match_technology(word)
    return bool(found.code or found.joined or parse_hybrid(word))


def _technology_share(cells: pl.Series) -> tuple[float, float]:
    """Return the share of cells that name a technology: of those that say any, and of all."""
    words = parse_text(cells)
    distinct = words.drop_nulls().unique().to_list()
    if not len(words):
        return 0.0, 0.0
    blank = [word for word in distinct if is_blank_technology(word)]
    words = words.set(words.is_in(blank).fill_null(False), None) if blank else words
    share = _share(words, _names_technology)
    return share, share * (1 - words.null_count() / len(words))


def _settle_technology(
    mapped: list[MappedColumn], columns: Sequence[pl.Series], log: IssueLog
) -> list[MappedColumn]:
    """Choose the column of the technology among those whose names allow it.

    The one that names most comes first and the others fill its gaps; those that name hardly any
    are passed over with a word.
    """
    least = threshold("understood_share")
    named = [item for item in mapped if item.field == "technology"]
    fuels = [item for item in mapped if item.field == "fuel"]
    if len(named) + len(fuels) < 2 and not fuels:
        return mapped
    shares = {item.index: _technology_share(columns[item.index]) for item in (*named, *fuels)}
    useful = [item for item in named if shares[item.index][0] >= least]
    covered = max((shares[item.index][1] for item in useful), default=0.0)
    known = choice_index()["fuel"]
    for item in fuels:
        share, coverage = shares[item.index]
        kinds = _share(columns[item.index], lambda word: normalise_name(word) in known)
        if share >= least and (kinds < least or coverage > covered + threshold("agreement")):
            useful.append(replace(item, field="technology", confidence="likely", reason="content"))
    if not useful:
        return mapped
    taken = {item.index for item in useful}
    passed = [item for item in named if item.index not in taken and _says_any(columns, item)]
    for item in passed:
        log.add("column_not_understood", "note", field="technology", value=item.header)
    useful.sort(key=lambda item: (not item.exact, -round(shares[item.index][1], 2), item.index))
    if len(named) > 1 or taken != {item.index for item in named}:
        useful[0] = replace(useful[0], exact=True, reason="content")
        useful[1:] = [replace(item, exact=False) for item in useful[1:]]
    rest = [item for item in mapped if item.index not in taken and item.field != "technology"]
    return [*rest, *useful]


def _says_any(columns: Sequence[pl.Series], item: MappedColumn) -> bool:
    return bool(parse_text(columns[item.index]).is_not_null().any())


def _settle_country(
    mapped: list[MappedColumn], columns: Sequence[pl.Series], log: IssueLog
) -> list[MappedColumn]:
    """Put the column first whose cells name countries; pass over those that name hardly any."""
    named = [item for item in mapped if item.field == "country"]
    if len(named) < 2:
        return mapped
    shares = {
        item.index: _share(columns[item.index], lambda word: bool(match(word).iso3))
        for item in named
    }
    best = max(shares.values())
    least = threshold("understood_share")
    passed = [item for item in named if best >= least > shares[item.index]]
    for item in passed:
        log.add("column_not_understood", "note", field="country", value=item.header)
    return [item for item in mapped if item not in passed]


def _drop_lone_letters(mapped: list[MappedColumn], log: IssueLog) -> list[MappedColumn]:
    """Leave out a column ``X`` without a column of latitudes, and the reverse."""
    present = {item.field for item in mapped}
    kept = []
    for item in mapped:
        if len(item.header) == 1 and _CROSS.get(item.field, item.field) not in present:
            log.add("unmapped_column_far", "note", value=item.header)
        else:
            kept.append(item)
    return kept
