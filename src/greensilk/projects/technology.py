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
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from types import MappingProxyType

import polars as pl
from rapidfuzz import fuzz, process

from greensilk.core.errors import Severity
from greensilk.core.text import Label, Labels, Parameter
from greensilk.projects.fields import (
    choice_index,
    fields,
    fuel_index,
    normalise_name,
    simplify,
    technology_blends,
    technology_index,
    technology_names,
    technology_pairs,
    technology_rows,
    threshold,
    word_list,
)
from greensilk.projects.issue_log import IssueLog
from greensilk.projects.numbers import parse_number
from greensilk.projects.units import unit_factor

__all__ = [
    "HybridPart",
    "Technologies",
    "TechnologyMatch",
    "is_blank_technology",
    "match_technologies",
    "match_technology",
    "move_off_grid",
    "name_technology",
    "narrow_cells",
    "nearest_technologies",
    "parse_hybrid",
    "split_hybrids",
    "technology_label",
    "tell_fuels",
    "title_technology",
    "unclear_technologies",
    "without_blank_technologies",
]

# As many of the nearest names are suggested for a word that is no technology.
SUGGESTIONS = 3
# A cell of more words is free text: no name is looked for that it might be a slip of.
LONGEST_SLIP = 6
_JOINTS = re.compile(r"\s*(?:;|；|\+|＋|、|，|,\s|/|&|\||\band\b|和|与|及)\s*")
_AMOUNT = re.compile(r"[\d.]")
_AMOUNT_FIRST = re.compile(
    r"^\s*(\d[\d.,]*\s*[万亿千百]?\s*(?:[kmg]wp?|瓦|千瓦|兆瓦|吉瓦))\s*(?:of\s|的)?\s*([^\d\s].*)$",
    re.IGNORECASE,
)
# Latin words (of letters or of digits), Chinese characters one by one
_TOKENS = re.compile(r"[\u3400-\u9fff]|[^\W_\d\u3400-\u9fff]+|\d+")
_NOT_UNDERSTOOD = ("technology_unclear", "unknown_technology", "unknown_technology_far")
_FIGURE = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class TechnologyMatch:
    """What a technology cell means.

    ``guessed`` if a known name was only part of it. ``fuel`` is the fuel that its words tell,
    ``remarks`` what is to be said beside it (``storage``), ``unknown`` the words that were not
    understood: with them there is no code. ``joined`` says that several stand together.
    """

    code: str
    candidates: tuple[str, ...] = ()
    guessed: bool = False
    fuel: str = ""
    remarks: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    joined: bool = False


@dataclass(frozen=True, slots=True)
class HybridPart:
    """One technology of a hybrid, with its own capacity in MW (NaN if the cell gives none)."""

    code: str
    capacity: float
    half: float
    text: str


@dataclass(frozen=True, slots=True)
class Technologies:
    """Codes of all rows (null: refused), their cells, the fuels that the words tell (or null).

    ``hybrids`` are the cells that hold a hybrid.
    """

    codes: pl.Series
    cells: pl.Series
    fuels: pl.Series
    hybrids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Answer:
    code: str | None
    fault: str = ""
    severity: Severity = "refused"
    expected: Parameter = ""
    hybrid: bool = False
    fuel: str = ""
    words: tuple[str, ...] = ()


def technology_label(code: str) -> Label:
    """Return the words for a technology."""
    return Label(f"technology.{code}")


def _labels(codes: Iterable[str]) -> Labels:
    return Labels(tuple(f"technology.{code}" for code in codes))


@lru_cache(maxsize=65536)
def match_technology(text: str) -> TechnologyMatch:
    """Return the technology that a cell names.

    All words of the cell count. Words that are no name of a technology and are not known to say
    nothing (``plant``, ``grid-connected``) stand in ``unknown``: the cell is then not understood,
    whatever else it names.

    >>> match_technology("Solar (CSP)").code, match_technology("lignite").fuel
    ('csp', 'lignite')
    >>> match_technology("waste heat recovery").unknown
    ('heat', 'recovery')
    """
    name = normalise_name(text)
    code = technology_index().get(name)
    if code is not None:
        return TechnologyMatch(code, (code,), fuel=fuel_index().get(name, ""))
    words = _read_words(text)
    if not words.codes or words.unknown:
        return TechnologyMatch("", tuple(sorted(words.codes)), unknown=words.unknown)
    rest, remarks = _narrow(words.codes)
    if len(rest) != 1:
        return TechnologyMatch("", rest, joined=words.joined)
    fuel = words.fuels[0] if len(set(words.fuels)) == 1 else ""
    return TechnologyMatch(rest[0], rest, guessed=True, fuel=fuel, remarks=remarks)


def is_blank_technology(text: str) -> bool:
    """Tell whether a cell says that the technology is not known, or only how a plant is built.

    >>> is_blank_technology("unknown"), is_blank_technology("subcritical")
    (True, True)
    """
    if text.strip().casefold() in word_list("blank_technologies"):
        return True
    words = _read_words(text)
    return not words.codes and not words.unknown


@lru_cache(maxsize=4096)
def nearest_technologies(text: str) -> tuple[str, ...]:
    """Return the technologies whose names are written almost like ``text``; none may be.

    >>> nearest_technologies("hidro plant")
    ('hydro',)
    >>> nearest_technologies("hospital")
    ()
    """
    tokens = _tokens(text)
    if len(tokens) > LONGEST_SLIP:
        return ()
    index = technology_index()
    fillers = word_list("technology_fillers")
    queries = [normalise_name(text), *(t for t in tokens if len(t) > 3 and t not in fillers)]
    alike: dict[str, float] = {}
    for query in dict.fromkeys(queries):
        if not query:
            continue
        near = process.extract(
            query,
            _long_names(),
            scorer=fuzz.ratio,
            score_cutoff=threshold("technology_likeness"),
            limit=2 * SUGGESTIONS,
        )
        for name, score, _ in near:
            code = index[name]
            alike[code] = max(alike.get(code, 0.0), score)
    return tuple(sorted(alike, key=lambda code: -alike[code])[:SUGGESTIONS])


@cache
def _long_names() -> tuple[str, ...]:
    """Return the names in which a slip can be told from another word."""
    vague = {normalise_name(word) for word in word_list("vague_technologies")}
    return tuple(
        name
        for name in technology_index()
        if name not in vague and len(name) > (3 if name.isascii() else 1)
    )


def _tokens(text: str) -> list[str]:
    """Return Latin words without the plural, and Chinese characters one by one."""
    folded = simplify(unicodedata.normalize("NFKC", text)).casefold()
    words = _TOKENS.findall(folded)
    return [_singular(word) for word in words]


def _singular(word: str) -> str:
    return word[:-1] if len(word) > 3 and word.endswith("s") and word[-2] != "s" else word


@dataclass(frozen=True, slots=True)
class _Phrase:
    """Words that mean something: technologies (none for words that say nothing), a fuel."""

    words: tuple[str, ...]
    codes: tuple[str, ...] = ()
    fuel: str = ""
    joint: bool = False


@dataclass(slots=True)
class _Words:
    """What the words of a cell came to, from left to right."""

    codes: tuple[str, ...]
    fuels: tuple[str, ...]
    unknown: tuple[str, ...]
    joined: bool


@cache
def _phrases() -> Mapping[str, tuple[_Phrase, ...]]:
    """Return, by first word, the phrases that mean something, the longest first."""
    vague = {normalise_name(word) for word in word_list("vague_technologies")}
    items = [_Phrase(tuple(_tokens(word))) for word in word_list("technology_fillers")]
    items += [_Phrase(tuple(_tokens(word)), joint=True) for word in word_list("technology_joints")]
    for code, names in technology_names():
        for name in names:
            plain = normalise_name(name)
            if plain not in vague and len(plain) > 1:
                fuel = fuel_index().get(plain, "")
                items.append(_Phrase(tuple(_tokens(name)), (code,), fuel))
    for row in technology_blends():
        items.append(_Phrase(tuple(_tokens(row.word)), row.technologies, joint=True))
    phrases: dict[str, dict[tuple[str, ...], _Phrase]] = {}
    for item in items:
        phrases.setdefault(item.words[0], {})[item.words] = item
    return MappingProxyType(
        {
            first: tuple(sorted(group.values(), key=lambda item: -len(item.words)))
            for first, group in phrases.items()
        }
    )


@lru_cache(maxsize=65536)
def _read_words(text: str) -> _Words:
    tokens = _tokens(text)
    codes: dict[str, None] = {}
    fuels: list[str] = []
    unknown: list[str] = []
    joints: list[str] = []
    at, gap = 0, -1
    while at < len(tokens):
        for item in _phrases().get(tokens[at], ()):
            if tuple(tokens[at : at + len(item.words)]) == item.words:
                codes |= dict.fromkeys(item.codes)
                if item.fuel:
                    fuels.append(item.fuel)
                if item.joint:
                    joints.append(" ".join(item.words))
                at += len(item.words)
                break
        else:
            token = tokens[at]
            if not _FIGURE.fullmatch(token):
                if gap == at - 1 and unknown and not token.isascii():
                    unknown[-1] += token  # characters that stand side by side are one word
                else:
                    unknown.append(token)
                gap = at
            at += 1
    if len(codes) < 2:
        unknown += joints  # a hybrid of one technology lacks another
    return _Words(tuple(codes), tuple(fuels), tuple(dict.fromkeys(unknown)), bool(joints))


def _narrow(codes: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the technologies left where one name narrows another, and what is to be said."""
    rest = list(codes)
    remarks: list[str] = []
    for row in technology_pairs():
        if row.where != "columns" and row.first in rest and row.second in rest:
            rest = [code for code in rest if code not in (row.first, row.second)]
            rest.append(row.becomes)
            if row.remark:
                remarks.append(row.remark)
    return tuple(sorted(dict.fromkeys(rest))), tuple(remarks)


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
            lambda row: {"words": ", ".join(answers[cells[row]].words)},
        )
    codes = {cell: answer.code for cell, answer in answers.items()}
    fuels = {cell: answer.fuel or None for cell, answer in answers.items()}
    return Technologies(
        codes=cells.replace_strict(codes, default=None, return_dtype=pl.String),
        cells=cells,
        fuels=cells.replace_strict(fuels, default=None, return_dtype=pl.String),
        hybrids=tuple(cell for cell, answer in answers.items() if answer.hybrid),
    )


@lru_cache(maxsize=65536)
def name_technology(name: str) -> str:
    """Return the technology that the name of a project ends with; empty if it ends with none.

    >>> name_technology("Karot Hydropower Station"), name_technology("卡洛特水电站")
    ('hydro', 'hydro')
    >>> name_technology("Solar water heating project"), name_technology("水电站送出工程")
    ('', '')
    """
    tokens = _tokens(name)
    for start in range(len(tokens)):
        words = _read_words(" ".join(tokens[start:]))
        if words.unknown or not words.codes:
            continue
        rest, _ = _narrow(words.codes)
        code = rest[0] if len(rest) == 1 else ""
        return code if code and technology_rows()[code].family != "programme" else ""
    return ""


def without_blank_technologies(cells: pl.Series) -> pl.Series:
    """Return the cells without those that say that the technology is not known."""
    blank = [cell for cell in cells.drop_nulls().unique().to_list() if is_blank_technology(cell)]
    return cells.set(cells.is_in(blank).fill_null(False), None) if blank else cells


def unclear_technologies(cells: pl.Series) -> list[str]:
    """Return the distinct cells of which it is not understood what they name."""
    distinct = cells.drop_nulls().unique().to_list()
    return [cell for cell in distinct if _answer(cell).fault in _NOT_UNDERSTOOD]


def tell_fuels(cells: pl.Series) -> pl.Series:
    """Return a column of fuels in which names of technologies are the fuels that they tell.

    A name that tells none (``Photovoltaic``) is left out.
    """
    known = choice_index()["fuel"]
    distinct = cells.drop_nulls().unique().to_list()
    told = {cell: cell for cell in distinct}
    for cell in distinct:
        if normalise_name(cell) not in known and (match := match_technology(cell)).code:
            told[cell] = match.fuel
    fuels = cells.replace_strict(told, default=None, return_dtype=pl.String)
    return fuels.set((fuels == "").fill_null(False), None)


def title_technology(titles: Iterable[str]) -> str:
    """Return the first title (of a column, a sheet, a file) that names the kind of its plants.

    >>> title_technology(["Type", "hydro power plant", "list"])
    'hydro power plant'
    """
    rows = technology_rows()
    for title in titles:
        code = match_technology(title).code
        if code and rows[code].family != "programme":
            return title
    return ""


def narrow_cells(first: pl.Series, second: pl.Series) -> tuple[pl.Series, pl.Series]:
    """Return two columns of technologies with the narrower of two names of one plant in the first.

    Where two names are the wider and the narrower of one plant the second is emptied.
    """
    first, second = without_blank_technologies(first), without_blank_technologies(second)
    both = pl.DataFrame({"first": first, "second": second}).unique().drop_nulls().rows()
    machines = {normalise_name(word) for word in word_list("prime_movers")}
    swaps: list[tuple[str, str]] = []
    same: list[tuple[str, str]] = []
    for one, other in both:
        pair = match_technology(one).code, match_technology(other).code
        if pair[0] == pair[1] or "" in pair:
            continue
        if normalise_name(other) in machines:
            same.append((one, other))
            continue
        if normalise_name(one) in machines:
            swaps.append((one, other))
            continue
        for row in technology_pairs():
            if {row.first, row.second} == set(pair) and row.becomes in pair:
                (swaps if row.becomes == pair[1] else same).append((one, other))
    frame = pl.DataFrame({"first": first, "second": second})
    key = frame.select(pl.concat_str("first", pl.lit("\x1f"), "second")).to_series()
    swapped = key.is_in(["\x1f".join(pair) for pair in swaps]).fill_null(False)
    settled = key.is_in(["\x1f".join(pair) for pair in (*swaps, *same)]).fill_null(False)
    return second.zip_with(swapped, first), second.set(settled, None)


def _expected(answer: _Answer, text: str) -> Parameter:
    # looked up only for the faults that are shown: it compares with every name there is
    unknown = answer.fault == "unknown_technology"
    return _labels(nearest_technologies(text)) if unknown else answer.expected


@lru_cache(maxsize=65536)
def _answer(cell: str) -> _Answer:
    match = match_technology(cell)
    if match.code and not match.guessed:
        return _Answer(match.code, fuel=match.fuel)
    parts = parse_hybrid(cell)
    measured = all(part.capacity == part.capacity for part in parts)
    if parts and measured:
        return _Answer(parts[0].code, hybrid=True)
    label = technology_label(match.code)
    if "storage" in match.remarks:
        return _Answer(match.code, "storage_beside", "assumed", label, fuel=match.fuel)
    if match.code:
        return _Answer(match.code, "technology_guessed", "assumed", label, fuel=match.fuel)
    if parts or match.joined:
        return _Answer(None, "hybrid_without_capacity")
    if match.candidates and match.unknown:
        return _Answer(
            None, "technology_unclear", expected=_labels(match.candidates), words=match.unknown
        )
    if match.candidates:
        return _Answer(None, "ambiguous_technology", expected=_labels(match.candidates))
    if nearest_technologies(cell):
        return _Answer(None, "unknown_technology")
    return _Answer(None, "unknown_technology_far")


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
