"""Which rows of a table are projects, and what the others say of them.

Ledgers hold more than projects: sums of the rows above, titles of sections, remarks, signatures,
the header again on each printed page. A sum counted as a project doubles a total in silence, so
that these rows are taken out: sums become check sums, the title of a section gives its technology
or its country to the rows below it that name none.

>>> is_total("光伏小计"), is_total("合 计"), is_total("Total"), is_total("TotalEnergies solar farm")
(True, True, True, False)
>>> read_section("（二）水电"), read_section("Kenya")
(Section(level=2, codes={'technology': 'hydro'}), Section(level=0, codes={'country': 'KEN'}))
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache

import numpy as np
import numpy.typing as npt
import polars as pl

from greensilk.core.text import Label
from greensilk.projects.columns import parse_numbers
from greensilk.projects.fields import fields, technology_rows, threshold, word_list
from greensilk.projects.headers import MappedColumn
from greensilk.projects.issue_log import IssueLog, quote_value
from greensilk.projects.model import CheckSum, RowGroup, group_rows
from greensilk.projects.readers.table import RawTable
from greensilk.projects.technology import match_technology
from greensilk.reference.economies import match_many

__all__ = ["Section", "SortedRows", "is_total", "read_section", "sort_rows"]

Floats = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]

# Fields whose cells name a project, or say what a row is instead.
_LABELS = frozenset({"project_id", "name", "name_zh", "component", "technology", "section"})
_LABELS |= frozenset({"country", "country_name", "city"})
# Fields whose figures add up to nothing, beside all shares, years and ratios.
_NOT_ADDITIVE = re.compile(r"^(1|yr|degree|h/yr|1/yr|)$")
_ORDINALS = (
    (1, re.compile(r"^第[一二三四五六七八九十百]+(?:部分|类|类别|章|批)?\s*[、.．:：]?\s*")),
    (1, re.compile(r"^[一二三四五六七八九十]+\s*[、.．:：]\s*")),
    (2, re.compile(r"^[(（][一二三四五六七八九十]+[)）]\s*[、.．]?\s*")),
    (1, re.compile(r"^[IVX]+\s*[.．、:)]\s*")),
    (1, re.compile(r"^[A-H]\s*[.．、:)]\s*")),
    (3, re.compile(r"^\d{1,2}\s*[、.．)]\s*(?=\D)")),
    (4, re.compile(r"^[(（]\d{1,2}[)）]\s*")),
)
_ORDINAL_ALONE = re.compile(r"^[(（]?(?:[一二三四五六七八九十]+|[IVX]+|[A-H])[)）]?\s*[、.．:：]?$")
_COUNT_BEHIND = re.compile(r"\s*[(（][^()（）]*[)）]\s*$")
_NUMERIC = r"^[\s\d.,%+\-–/]*$"


@dataclass(frozen=True, slots=True)
class Section:
    """What the title of a section says: its level, and the codes that hold for the rows below."""

    level: int
    codes: Mapping[str, str]


@dataclass(slots=True)
class SortedRows:
    """The rows of a table that are projects, and what the sections say of each.

    ``sections`` gives, by field (technology, country), the code of the section of every row kept.
    """

    table: RawTable
    sections: dict[str, pl.Series] = field(default_factory=dict)


@dataclass(slots=True)
class _Sums:
    """The figures of a table that may be added, one array for each column."""

    columns: dict[str, Floats]
    headers: dict[str, MappedColumn]
    # half a unit of the last digit written
    rounding: dict[str, Floats]


def sort_rows(
    raw: RawTable, mapped: Sequence[MappedColumn], log: IssueLog, *, whole: bool = True
) -> SortedRows:
    """Take out the rows that are no projects; say which, and why.

    Parameters
    ----------
    raw
        The table as read.
    mapped
        Its columns as understood.
    log
        Where the rows taken out are noted.
    whole
        Whether ``raw`` is a whole table; of a part of one the sums cannot be checked.
    """
    if len(mapped) < 2 or not len(raw.rows):
        return SortedRows(raw)
    return _Sorting(raw, mapped, log, whole).run()


class _Sorting:
    def __init__(
        self, raw: RawTable, mapped: Sequence[MappedColumn], log: IssueLog, whole: bool
    ) -> None:
        self.raw, self.log, self.whole = raw, log, whole
        self.size = len(raw.rows)
        self.mapped = mapped
        self.fields = {item.field: item for item in mapped}
        self.texts = [_text_cells(column) for column in raw.columns]
        self.filled = [series.is_not_null().to_numpy() for series in self.texts]
        self.reasons: dict[int, str] = {}
        self.checks: list[CheckSum] = []

    def run(self) -> SortedRows:
        labels = self._label_columns()
        weak, blank = self._mark(labels)
        titles = self._mark_sections(labels)
        if not self.reasons and not weak and not blank:
            return SortedRows(self.raw)
        self._settle_totals(weak, blank, titles, labels)
        if not self.reasons:
            return SortedRows(self.raw)
        kept = np.ones(self.size, bool)
        kept[list(self.reasons)] = False
        sections = self._spread_sections(titles, kept)
        self._say()
        return SortedRows(self._take(kept), sections)

    def _label_columns(self) -> list[int]:
        """Return the columns whose cells say what a row is; columns without a name among them."""
        named = {item.index: item.field for item in self.mapped}
        inner = [other.index for item in self.mapped for other in item.others]
        return [
            index
            for index, header in enumerate(self.raw.headers)
            if named.get(index) in _LABELS
            or (index not in named and index not in inner and (not header or index == 0))
        ]

    def _mark(self, labels: list[int]) -> tuple[set[int], set[int]]:
        """Mark what words tell; return the rows that only their figures can tell to be sums."""
        weak: set[int] = set()
        strong: set[int] = set()
        item = self.fields.get("project_id")
        number = None if item is None else item.index
        for index in labels:
            cells = self.texts[index]
            if cells.null_count() == self.size:
                continue
            hits = cells.str.contains(_patterns().any_sum).fill_null(False).arg_true().to_list()
            for row in hits:
                coded = index != number and not self._lacks_number(row)
                sure = is_total(cells[row]) and not (coded and cells[row].isascii())
                if sure or index != number:  # a code may end in "-total" and mean nothing by it
                    (strong if sure else weak).add(row)
            for reason, pattern in (
                ("of_which", _patterns().of_which),
                ("average", _patterns().average),
            ):
                for row in cells.str.contains(pattern).fill_null(False).arg_true().to_list():
                    self.reasons.setdefault(row, reason)
        for row in strong:
            self.reasons[row] = "total"
        weak -= strong
        self._mark_headers()
        self._mark_remarks()
        left = set(self.reasons)
        return weak - left, self._blank_names() - left

    def _mark_headers(self) -> None:
        """Mark rows that hold the header again."""
        same = np.zeros(self.size, np.int64)
        for item in self.mapped:
            name = " ".join(self.raw.headers[item.index].split())
            same += (self.texts[item.index] == name).fill_null(False).to_numpy()
        for row in np.flatnonzero(same >= max(2, len(self.mapped) // 2)).tolist():
            self.reasons[row] = "repeated_header"

    def _mark_remarks(self) -> None:
        first = pl.select(pl.coalesce(self.texts)).to_series()
        hits = first.str.contains(_patterns().remark).fill_null(False).arg_true().to_list()
        technology = self.fields.get("technology")
        figures = [item.index for item in self.mapped if fields()[item.field].numeric]
        for row in hits:
            cell = None if technology is None else self.texts[technology.index][row]
            if cell is not None and match_technology(cell).code:
                continue
            if any(_is_figure(self.texts[index][row]) for index in figures):
                continue
            self.reasons[row] = "footnote"

    def _blank_names(self) -> set[int]:
        """Return the rows without a name or number in a table where the others have one."""
        names = [self.fields[name] for name in ("name", "name_zh") if name in self.fields]
        ids = [self.fields[name] for name in ("project_id",) if name in self.fields]
        columns = names + ids
        if not columns:
            return set()
        share = threshold("named_share")
        empty = np.ones(self.size, bool)
        for item in columns:
            filled = self.filled[item.index]
            if filled.mean() < share:
                return set()
            empty &= ~filled
        return set(np.flatnonzero(empty).tolist())

    def _mark_sections(self, labels: list[int]) -> dict[int, str]:
        """Mark the titles of sections; return their texts."""
        titles: dict[int, str] = {}
        counts = np.sum(self.filled, axis=0)
        for row in np.flatnonzero(counts == 1).tolist():
            if row in self.reasons:
                continue
            column = next(i for i, filled in enumerate(self.filled) if filled[row])
            text = self.texts[column][row]
            if re.fullmatch(_NUMERIC, text):
                continue
            known = read_section(text)
            last = row == self.size - 1 or not (counts[row + 1 :] > 1).any()
            if known.level or known.codes or (column == min(labels, default=0) and not last):
                titles[row] = text
                self.reasons[row] = "section"
            elif column == 0:
                self.reasons[row] = "footnote"
        for row, text in self._numbered_titles(counts).items():
            if row not in self.reasons:
                titles[row] = text
                self.reasons[row] = "section"
        return titles

    def _numbered_titles(self, counts: npt.NDArray[np.int64]) -> dict[int, str]:
        """Return titles that are numbered 一, 二 where projects are numbered 1, 2."""
        numbers, name = self.fields.get("project_id"), self.fields.get("name")
        first = self.texts[numbers.index] if numbers is not None else None
        if first is None:
            return {}
        plain = first.str.contains(r"^\d+(\.\d+)*$").fill_null(False)
        if int(plain.sum()) * 2 < first.len() - first.null_count():
            return {}
        titles = {}
        for row in (~plain & first.is_not_null()).arg_true().to_list():
            cell = first[row]
            title = "" if name is None else self.texts[name.index][row] or ""
            section = read_section(cell if not _ORDINAL_ALONE.match(cell) else f"一、{title}")
            numbered = _ORDINAL_ALONE.match(cell) or (section.level and not title)
            lacking = any(
                field in self.fields and self.texts[self.fields[field].index][row] is None
                for field in ("technology", "country")
            )
            if numbered and lacking:
                titles[row] = f"{cell.rstrip('、.．')}、{title}" if title else cell
        return titles

    def _settle_totals(
        self, weak: set[int], blank: set[int], titles: Mapping[int, str], labels: list[int]
    ) -> None:
        """Compare every sum with the rows it may be of; take out what only figures tell."""
        totals = {row for row, reason in self.reasons.items() if reason == "total"}
        open_rows = sorted(totals | weak | blank | set(titles))
        if not open_rows:
            return
        sums = self._additive()
        base = np.ones(self.size, bool)
        base[list(self.reasons)] = False
        base[list(weak | blank)] = False
        breaks = sorted(totals | set(titles) | weak | blank)
        for row in open_rows:
            label = self._label(row, labels)
            stated = {name: float(values[row]) for name, values in sums.columns.items()}
            stated = {name: value for name, value in stated.items() if value == value}
            if not stated and row in (weak | blank):
                base[row] = row in blank or not self._is_incomplete(row)
                if not base[row]:
                    self.reasons[row] = "total"
                continue
            if not stated:
                continue
            above = row not in titles
            parts = self._parts(row, base, breaks, label, above)
            best = self._compare(stated, parts, sums, row)
            if row in blank:
                agrees = best is not None and best[1]
                least = 1 if agrees and len(stated) > 1 else 2
                if not agrees or best is None or int(best[0].sum()) < least:
                    base[row] = True
                    continue
                self.reasons[row] = "total"
            elif row in weak:
                agrees = best is not None and best[1]
                if not agrees and not self._is_incomplete(row):
                    base[row] = True
                    self._doubt(row, label)
                    continue
                self.reasons[row] = "total"
            if best is not None:
                self._check(row, label, stated, best, sums)

    def _lacks_number(self, row: int) -> bool:
        """Tell whether a row has no number of its own where the others have one."""
        item = self.fields.get("project_id")
        return item is None or not self.filled[item.index][row]

    def _is_incomplete(self, row: int) -> bool:
        """Tell whether a row lacks its number, technology or country, where there are columns."""
        items = [self.fields.get(name) for name in ("project_id", "technology", "country")]
        return any(item is not None and not self.filled[item.index][row] for item in items)

    def _additive(self) -> _Sums:
        columns, headers, rounding = {}, {}, {}
        for item in self.mapped:
            known = fields()[item.field]
            unit = known.unit.removesuffix("/yr").removesuffix("/day")
            if not known.numeric or "/" in unit or _NOT_ADDITIVE.match(known.unit) or item.bound:
                continue
            number = parse_numbers(self.raw.columns[item.index], known, item, IssueLog())
            name = item.header
            columns[name] = number.value.fill_null(float("nan")).to_numpy()
            rounding[name] = number.rounding().fill_null(0.0).to_numpy()
            headers[name] = item
        return _Sums(columns, headers, rounding)

    def _parts(
        self, row: int, base: Mask, breaks: list[int], label: str, above: bool
    ) -> list[Mask]:
        """Return the sets of rows that a sum may be of, the likeliest first."""
        before = base.copy()
        before[row:] = False
        after = base.copy()
        after[: row + 1] = False
        earlier = [other for other in breaks if other < row]
        later = [other for other in breaks if other > row]
        run = before.copy()
        run[: earlier[-1] + 1 if earlier else 0] = False
        following = after.copy()
        following[later[0] if later else self.size :] = False
        upper = [run, before] if above else []
        parts = [*upper, *self._groups(row, base, before, label), following, after]
        # several subtotals may stand between the rows and a sum of them all
        parts += [self._since(base, row, other) for other in earlier[-8:]] if above else []
        return [part for part in parts if part.any()]

    def _since(self, base: Mask, row: int, start: int) -> Mask:
        part = base.copy()
        part[:start] = False
        part[row:] = False
        return part

    def _groups(self, row: int, base: Mask, before: Mask, label: str) -> list[Mask]:
        """Return the rows that share the technology, country or group that a sum names."""
        parts = []
        bare = re.sub(_patterns().any_sum, "", label).strip(" :：-")
        for name in ("technology", "country", "section", "city"):
            item = self.fields.get(name)
            if item is None:
                continue
            cells = self.texts[item.index]
            for value in dict.fromkeys([cells[row], bare]):
                if value:
                    same = (cells == value).fill_null(False).to_numpy()
                    parts += [same & before, same & base]
        return parts

    def _compare(
        self, stated: Mapping[str, float], parts: Sequence[Mask], sums: _Sums, row: int
    ) -> tuple[Mask, bool] | None:
        """Return the rows that a sum is of, and whether it agrees in every column."""
        for part in parts:
            if all(self._agrees(name, value, part, sums, row) for name, value in stated.items()):
                return part, True
        return (parts[0], False) if parts else None

    def _agrees(self, name: str, value: float, part: Mask, sums: _Sums, row: int) -> bool:
        figures = sums.columns[name][part]
        if np.isnan(figures).all():
            return False
        total = float(np.nansum(figures))
        slack = float(sums.rounding[name][part].sum() + sums.rounding[name][row])
        return bool(abs(total - value) <= max(slack, abs(value) * threshold("sum_agreement")))

    def _check(
        self,
        row: int,
        label: str,
        stated: Mapping[str, float],
        best: tuple[Mask, bool],
        sums: _Sums,
    ) -> None:
        part, _ = best
        number = int(self.raw.rows[row])
        for name, value in stated.items():
            item = sums.headers[name]
            total = float(np.nansum(sums.columns[name][part]))
            agrees = self._agrees(name, value, part, sums, row)
            if not agrees and not self.whole:
                continue
            unit = fields()[item.field].unit
            check = CheckSum(
                field=item.field,
                unit=unit,
                stated=value,
                computed=total,
                agrees=agrees,
                text=quote_value(label),
                row=number,
                sheet=self.raw.sheet,
            )
            self.checks.append(check)
            if not agrees:
                self._note_row(
                    "total_disagrees",
                    row,
                    item.field,
                    quote_value(label),
                    stated=quote_value(value),
                    computed=quote_value(total),
                    unit=unit,
                )

    def _doubt(self, row: int, label: str) -> None:
        self._note_row("maybe_total", row, "name", quote_value(label))

    def _note_row(self, code: str, row: int, field: str, value: str, **params: str) -> None:
        log = IssueLog(self.raw.file, self.raw.sheet)
        log.rows = self.raw.rows
        log.add_rows(code, "doubtful", field, [row], lambda _: value, params=lambda _: params)
        self.log.faults.extend(log.faults)

    def _label(self, row: int, labels: Iterable[int]) -> str:
        """Return what a row calls itself: the cell with the word for a sum, or the first."""
        cells = [self.texts[index][row] for index in labels]
        written = [cell for cell in cells if cell]
        sums = [cell for cell in written if re.search(_patterns().any_sum, cell)]
        return next(iter([*sums, *written]), "")

    def _spread_sections(self, titles: Mapping[int, str], kept: Mask) -> dict[str, pl.Series]:
        """Return, for the rows kept, the codes that the sections above them give."""
        columns: dict[str, list[str | None]] = {"technology": [], "country": []}
        current: dict[str, tuple[str, int]] = {}
        for row in range(self.size):
            if row in titles:
                section = read_section(titles[row])
                cleared = section.level or (0 if section.codes else 1)
                if cleared:
                    current = {
                        name: item for name, item in current.items() if 0 < item[1] < section.level
                    }
                for name, code in section.codes.items():
                    current[name] = (code, section.level)
            elif kept[row]:
                for name, cells in columns.items():
                    cells.append(current[name][0] if name in current else None)
        series = {
            name: pl.Series(cells, dtype=pl.String)
            for name, cells in columns.items()
            if any(cell is not None for cell in cells)
        }
        for name, codes in series.items():
            item = self.fields.get(name)
            own = None if item is None else self.texts[item.index].filter(pl.Series(kept))
            used = codes.is_not_null() & (own.is_null() if own is not None else True)
            if used.any():
                self.log.add(
                    "from_section",
                    "assumed",
                    field=name,
                    count=int(used.sum()),
                )
        return series

    def _say(self) -> None:
        """Note the rows taken out, one note for each reason."""
        for reason in dict.fromkeys(self.reasons.values()):
            rows = sorted(row for row, why in self.reasons.items() if why == reason)
            group = self._group(reason, rows)
            self.log.add(
                "rows_left_out",
                "note",
                value=", ".join(str(row) for row in group.rows) + (" ..." * (len(rows) > 3)),
                count=group.count,
                reason=Label(f"left_out.{reason}"),
            )

    def _group(self, reason: str, rows: list[int]) -> RowGroup:
        return group_rows(reason, self.raw.sheet, [int(self.raw.rows[row]) for row in rows])

    def _take(self, kept: Mask) -> RawTable:
        mask = pl.Series(kept)
        groups = [
            self._group(reason, [row for row, why in self.reasons.items() if why == reason])
            for reason in dict.fromkeys(self.reasons.values())
        ]
        return replace(
            self.raw,
            columns=[column.filter(mask) for column in self.raw.columns],
            rows=self.raw.rows.filter(mask),
            left_out=[*self.raw.left_out, *groups],
            checks=[*self.raw.checks, *self.checks],
        )


@dataclass(frozen=True, slots=True)
class _Patterns:
    """What the lists of words look like in a cell, for the engine of polars and for Python."""

    any_sum: str
    strong: re.Pattern[str]
    of_which: str
    average: str
    remark: str


@cache
def _patterns() -> _Patterns:
    edge, whole = word_list("total_words"), word_list("total_alone")
    han = "|".join(_spaced(word) for word in sorted(edge, key=_longest) if not word.isascii())
    latin = "|".join(_spaced(word) for word in sorted(edge, key=_longest) if word.isascii())
    alone = "|".join(_spaced(word) for word in sorted(whole | edge, key=_longest))
    tail = r"\s*(?:[(（:：,，].*)?$"
    of_which = "|".join(re.escape(word) for word in sorted(word_list("of_which_words")))
    average = "|".join(_spaced(word) for word in sorted(word_list("average_words")))
    remark = "|".join(re.escape(word) for word in sorted(word_list("remark_starts"), key=_longest))
    any_sum = (
        rf"(?i)(?:^\s*(?:{han})|(?:{han}){tail}|^\W*(?:{latin})\b|\b(?:{latin})\W*$"
        rf"|^\W*(?:{alone})\W*$)"
    )
    strong = rf"(?i)^\s*(?:{han})|(?:{han}){tail}|^\W*(?:{alone})\W*$"
    return _Patterns(
        any_sum=any_sum,
        strong=re.compile(strong),
        of_which=rf"(?i)^\s*(?:{of_which})",
        average=rf"(?i)^\W*(?:{average})\W*$",
        remark=rf"(?i)^\s*[(（\[【]?(?:{remark})",
    )


def _longest(word: str) -> tuple[int, str]:
    return -len(word), word


def _spaced(word: str) -> str:
    """Return a word as a pattern; Chinese ones are often set with blanks between their signs."""
    if word.isascii():
        return re.escape(word).replace(r"\ ", r"[\s\-]*")
    return r"\s*".join(re.escape(sign) for sign in word)


def is_total(text: str) -> bool:
    """Tell whether the words of a cell alone make its row a sum."""
    return _patterns().strong.search(text) is not None


@lru_cache(maxsize=4096)
def read_section(text: str) -> Section:
    """Return what the title of a section says of the rows below it."""
    level = 0
    bare = unicodedata.normalize("NFKC", text).strip()
    for rank, pattern in _ORDINALS:
        hit = pattern.match(bare)
        if hit:
            level, bare = rank, bare[hit.end() :]
            break
    bare = _COUNT_BEHIND.sub("", bare).strip(" :：")
    shorter = bare
    for word in sorted(word_list("section_words"), key=_longest):
        shorter = re.sub(rf"\s*{re.escape(word)}$", "", shorter, flags=re.IGNORECASE)
    codes: dict[str, str] = {}
    names = [name for name in dict.fromkeys([bare, shorter]) if name]
    if not names or len(bare) > threshold("section_letters"):
        return Section(level, codes)
    for match in match_many(names):
        if match.kind == "economy" and match.iso3:
            codes["country"] = match.iso3
            return Section(level, codes)
    for name in names:
        technology = match_technology(name)
        if technology.code in technology_rows():
            codes["technology"] = technology.code
            break
    return Section(level, codes)


def _is_figure(cell: str | None) -> bool:
    return cell is not None and re.match(r"^\s*[+\-]?\d", cell) is not None


def _text_cells(series: pl.Series) -> pl.Series:
    """Return cells as trimmed text, null where they are empty."""
    text = series if series.dtype == pl.String else series.cast(pl.String)
    text = text.str.strip_chars()
    return text.set(text == "", None)
