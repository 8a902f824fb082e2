"""Which technology each project is: from the word in its cell, off the grid, and as a hybrid.

>>> match_technology("光伏").code, match_technology("Hydroelectric Power Plant").code
('solar_pv', 'hydro')
>>> match_technology("solar or wind").candidates
('solar_pv', 'wind_onshore')
>>> [(part.code, part.capacity) for part in parse_hybrid("光伏 25万千瓦 + 光热 70万千瓦")]
[('solar_pv', 250.0), ('csp', 700.0)]
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from functools import cache, lru_cache

import polars as pl

from greensilk.core.errors import Severity
from greensilk.core.text import Label, Labels, Parameter
from greensilk.projects.fields import (
    fields,
    normalise_name,
    technologies,
    technology_index,
    technology_rows,
    word_list,
)
from greensilk.projects.issue_log import IssueLog
from greensilk.projects.numbers import parse_number
from greensilk.projects.units import unit_factor

__all__ = [
    "HybridPart",
    "Technologies",
    "TechnologyMatch",
    "match_technologies",
    "match_technology",
    "move_off_grid",
    "nearest_technologies",
    "parse_hybrid",
    "split_hybrids",
    "technology_label",
]

# As many of the nearest names are suggested for a word that is no technology.
SUGGESTIONS = 3
_JOINTS = re.compile(r"\s*(?:;|；|\+|＋|、|，|,\s|/|&|\||\band\b|和|与|及)\s*")
_AMOUNT = re.compile(r"[\d.]")
_AMOUNT_FIRST = re.compile(
    r"^\s*(\d[\d.,]*\s*[万亿千百]?\s*(?:[kmg]wp?|瓦|千瓦|兆瓦|吉瓦))\s*(?:of\s|的)?\s*([^\d\s].*)$",
    re.IGNORECASE,
)
_TOKENS = re.compile(r"[a-z0-9]+|[\u3400-\u9fff]+")


@dataclass(frozen=True, slots=True)
class TechnologyMatch:
    """What a technology cell means; ``guessed`` if a known name was only part of it."""

    code: str
    candidates: tuple[str, ...] = ()
    guessed: bool = False


@dataclass(frozen=True, slots=True)
class HybridPart:
    """One technology of a hybrid, with its own capacity in MW (NaN if the cell gives none)."""

    code: str
    capacity: float
    half: float
    text: str


@dataclass(frozen=True, slots=True)
class Technologies:
    """Codes of all rows (null: refused), their cells, and the cells that hold a hybrid."""

    codes: pl.Series
    cells: pl.Series
    hybrids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Answer:
    code: str | None
    fault: str = ""
    severity: Severity = "refused"
    expected: Parameter = ""
    hybrid: bool = False


def technology_label(code: str) -> Label:
    """Return the words for a technology."""
    return Label(f"technology.{code}")


def _labels(codes: Iterable[str]) -> Labels:
    return Labels(tuple(f"technology.{code}" for code in codes))


@lru_cache(maxsize=65536)
def match_technology(text: str) -> TechnologyMatch:
    """Return the technology that a cell names."""
    index = technology_index()
    code = index.get(normalise_name(text))
    if code is not None:
        return TechnologyMatch(code, (code,))
    bare = re.sub(r"[(（\[【].*?[)）\]】]", "", text)
    code = index.get(normalise_name(bare))
    if code is not None:
        return TechnologyMatch(code, (code,), guessed=True)
    candidates = _contained(unicodedata.normalize("NFKC", text).casefold())
    if len(candidates) == 1:
        return TechnologyMatch(candidates[0], candidates, guessed=True)
    return TechnologyMatch("", candidates)


@lru_cache(maxsize=4096)
def nearest_technologies(text: str) -> tuple[str, ...]:
    """Return the technologies whose names are most like ``text``.

    >>> nearest_technologies("hidro plant")[0]
    'hydro'
    """
    tokens = _TOKENS.findall(unicodedata.normalize("NFKC", text).casefold())
    alike: dict[str, float] = {}
    for word in dict.fromkeys([normalise_name(text), *filter(lambda t: len(t) > 2, tokens)]):
        matcher = SequenceMatcher(b=word)
        for name, code in technology_index().items():
            matcher.set_seq1(name)
            alike[code] = max(alike.get(code, 0.0), matcher.ratio())
    return tuple(sorted(alike, key=lambda code: -alike[code])[:SUGGESTIONS])


@lru_cache(maxsize=65536)
def parse_hybrid(text: str) -> tuple[HybridPart, ...]:
    """Return the parts of a hybrid; empty if the cell does not name several technologies."""
    pieces = [piece for piece in _JOINTS.split(text.strip()) if piece]
    if len(pieces) < 2:
        return ()
    parts = [_parse_part(piece) for piece in pieces]
    named = tuple(part for part in parts if part is not None)
    return named if len(named) == len(parts) else ()


def _parse_part(piece: str) -> HybridPart | None:
    before = _AMOUNT_FIRST.match(unicodedata.normalize("NFKC", piece))
    if before:  # 50 MW solar, 30万千瓦光伏
        piece = f"{before[2]} {before[1]}"
    hit = _AMOUNT.search(unicodedata.normalize("NFKC", piece))
    name = piece if hit is None else piece[: hit.start()]
    code = technology_index().get(normalise_name(name))
    if code is None:
        return None
    if hit is None:
        return HybridPart(code, float("nan"), float("nan"), piece)
    number = parse_number(piece[hit.start() :])
    factor = None if number is None else unit_factor(number.unit or "kW", "MW")
    if number is None or factor is None or not number.unit:
        return None
    return HybridPart(code, number.value * factor, number.half * factor, piece)


def _contained(text: str) -> tuple[str, ...]:
    """Return the technologies whose names stand in ``text``, the longest names first taken."""
    compact = normalise_name(text)
    tokens = " " + " ".join(_TOKENS.findall(text)) + " "
    codes: dict[str, None] = {}
    for name, code in _names():
        if name.isascii():
            spaced = f" {name} "
            if spaced in tokens:
                codes.setdefault(code)
                tokens = tokens.replace(spaced, " ")
        elif name in compact:
            codes.setdefault(code)
            compact = compact.replace(name, "|")
    return tuple(sorted(codes))


@cache
def _names() -> tuple[tuple[str, str], ...]:
    """Return names and codes, the longest names first; vague one-word names are left out."""
    vague = word_list("vague_technologies")
    pairs = set()
    for row in technologies():
        for name in (row.en, row.zh, *row.aliases):
            plain = unicodedata.normalize("NFKC", name).casefold()
            if name not in vague and len(plain) > 1:
                joined = " ".join(_TOKENS.findall(plain))
                pairs.add((joined if plain.isascii() else normalise_name(plain), row.code))
    return tuple(sorted(pairs, key=lambda pair: (-len(pair[0]), pair)))


def match_technologies(cells: pl.Series, log: IssueLog) -> Technologies:
    """Return the technology of every cell; what is guessed or not understood is noted."""
    answers = {cell: _answer(cell) for cell in cells.drop_nulls().unique().to_list()}
    for code in dict.fromkeys(answer.fault for answer in answers.values() if answer.fault):
        texts = [text for text, answer in answers.items() if answer.fault == code]
        log.add_rows(
            code,
            answers[texts[0]].severity,
            "technology",
            cells.is_in(texts),
            cells.__getitem__,
            lambda row: _expected(answers[cells[row]], cells[row]),
        )
    codes = {cell: answer.code for cell, answer in answers.items()}
    return Technologies(
        codes=cells.replace_strict(codes, default=None, return_dtype=pl.String),
        cells=cells,
        hybrids=tuple(cell for cell, answer in answers.items() if answer.hybrid),
    )


def _expected(answer: _Answer, text: str) -> Parameter:
    # looked up only for the faults that are shown: it compares with every name there is
    unknown = answer.fault == "unknown_technology"
    return _labels(nearest_technologies(text)) if unknown else answer.expected


def _answer(cell: str) -> _Answer:
    match = match_technology(cell)
    if match.code and not match.guessed:
        return _Answer(match.code)
    parts = parse_hybrid(cell)
    if parts:
        if any(part.capacity != part.capacity for part in parts):
            return _Answer(None, "hybrid_without_capacity")
        return _Answer(parts[0].code, hybrid=True)
    if match.code:
        return _Answer(match.code, "technology_guessed", "assumed", technology_label(match.code))
    if match.candidates:
        return _Answer(None, "ambiguous_technology", expected=_labels(match.candidates))
    return _Answer(None, "unknown_technology")


def move_off_grid(
    technology: Technologies, grid: pl.Series, log: IssueLog
) -> tuple[Technologies, pl.Series]:
    """Return the technologies with plants off the grid read as their off-grid kind.

    A plant that feeds no public grid saves no grid emissions: its off-grid kind displaces a
    generator. Beside them, the former codes of the plants whose usual yield is not that of their
    off-grid kind, because they run on something else; else null.
    """
    codes, cells = technology.codes, technology.cells
    rows = technology_rows()
    on_grid = [code for code, row in rows.items() if row.family == "electricity"]
    moved = ((grid == "off") & codes.is_in(on_grid)).fill_null(False)
    hybrid = moved & cells.is_in(list(technology.hybrids)).fill_null(False)
    log.add_rows("offgrid_hybrid", "refused", "technology", hybrid, cells.__getitem__)
    no_method = moved & codes.is_in([code for code in on_grid if not rows[code].offgrid]) & ~hybrid
    log.add_rows(
        "offgrid_no_method",
        "doubtful",
        "grid",
        no_method,
        codes.__getitem__,
        params=lambda row: {"technology": technology_label(codes[row])},
    )
    moved &= ~hybrid & ~no_method
    becomes = codes.replace_strict(
        {code: row.offgrid for code, row in rows.items() if row.offgrid},
        default=None,
        return_dtype=pl.String,
    )
    log.add_rows(
        "offgrid_technology",
        "assumed",
        "technology",
        moved,
        codes.__getitem__,
        lambda row: technology_label(becomes[row]),
        lambda row: {"technology": technology_label(codes[row])},
    )
    like = [
        code
        for code in on_grid
        if (kind := rows.get(rows[code].offgrid)) is not None
        and (rows[code].fuel, rows[code].firmness) == (kind.fuel, kind.firmness)
    ]
    unlike = codes.set(~moved | codes.is_in(like).fill_null(False), None)
    return replace(technology, codes=becomes.zip_with(moved, codes).set(hybrid, None)), unlike


def split_hybrids(frame: pl.DataFrame, technology: Technologies, log: IssueLog) -> pl.DataFrame:
    """Return the table with the rows of hybrids replaced by one row for each part.

    ``frame`` has, as the column ``index``, where each row stands in ``technology`` and in the log.
    Figures of the whole project cannot be shared out honestly: they remain as claims, and each part
    has its capacity only.
    """
    if not technology.hybrids:
        return frame
    cells = technology.cells.gather(frame["index"])
    several = cells.is_in(list(technology.hybrids))
    log.add_rows(
        "hybrid_split",
        "assumed",
        "technology",
        frame["index"].filter(several).to_list(),
        technology.cells.__getitem__,
    )
    if "capacity" not in frame.columns:
        frame = frame.with_columns(pl.lit(None, dtype=pl.Float64).alias("capacity"))
    emptied = [
        pl.lit(None, dtype=frame[name].dtype).alias(name)
        for name in frame.columns
        if not _holds_for_parts(name)
    ]
    hybrids = {cell: parse_hybrid(cell) for cell in technology.hybrids}
    pieces = [frame.filter(~several)]
    for number in range(max(map(len, hybrids.values()))):
        parts = {cell: item[number] for cell, item in hybrids.items() if number < len(item)}
        rows = cells.is_in(list(parts))
        texts = cells.filter(rows)
        code = texts.replace_strict({cell: part.code for cell, part in parts.items()})
        figures = [
            texts.replace_strict(values).alias(name)
            for name, values in (
                ("capacity", {cell: part.capacity for cell, part in parts.items()}),
                ("capacity__half", {cell: part.half for cell, part in parts.items()}),
                ("capacity__text", {cell: part.text for cell, part in parts.items()}),
            )
            if name in frame.columns
        ]
        part_rows = frame.filter(rows).with_columns(emptied)
        pieces.append(
            part_rows.with_columns(code.alias("technology"), code.alias("component"), *figures)
        )
    return pl.concat(pieces).sort("row", maintain_order=True)


def _holds_for_parts(column: str) -> bool:
    field = fields().get(column.partition("__")[0])
    return (
        field is None
        or field.role not in ("input", "claim")
        or field.name in word_list("shared_by_parts")
    )
