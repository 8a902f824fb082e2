"""Which encoding and which delimiter a text file has, found out from its bytes.

Chinese files in GB18030 simply work. A file in a Western code page would decode as GB18030 too,
into nonsense; it is told apart by its accented letters, which stand alone between ASCII letters,
while Chinese characters come in pairs of high bytes.
"""

from __future__ import annotations

import codecs
import io
import re
from collections.abc import Iterator
from typing import BinaryIO

import numpy as np

from greensilk.core.errors import Fault, InputError
from greensilk.projects.fields import threshold
from greensilk.projects.readers.table import header_depth, refuse

__all__ = [
    "detect_encoding",
    "detect_stream_encoding",
    "iter_blocks",
    "sniff_delimiter",
    "to_utf8",
]

DELIMITERS = ",;\t|，；"
BLOCK = 16 << 20
# A quotation mark that is never closed must not make the rest of a file one cell.
_LONGEST_CELL = 4 * BLOCK
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

BIG5 = "cp950"
_PAIR = 2
_PAIRS = re.compile(rb"[\x81-\xfe][\x40-\x7e\x80-\xfe]")
# high bytes, and whether a Latin letter stands right before and behind them
_HIGH_RUN = re.compile(rb"([A-Za-z]?)([\x80-\xff]+)([A-Za-z]?)")


def detect_encoding(content: bytes) -> str | None:
    """Return the encoding of ``content``; None if it is not text in any that we know.

    >>> detect_encoding("装机容量".encode("gb18030")), detect_encoding("Côte".encode("cp1252"))
    ('gb18030', 'cp1252')
    """
    try:
        return detect_stream_encoding(io.BytesIO(content), "")[0]
    except InputError:
        return None


def to_utf8(content: bytes, file: str) -> tuple[bytes, list[Fault]]:
    """Return a file's bytes as UTF-8 with plain line ends, and what is to be said of them.

    Raises
    ------
    InputError
        If the bytes are text in no encoding that can be told.
    """
    encoding, faults = detect_stream_encoding(io.BytesIO(content), file)
    if encoding == "utf-8-sig":
        content = content[3:]
    elif encoding != "utf-8":
        content = content.decode(encoding).encode("utf-8")
    if b"\r" in content and b"\n" not in content:  # line ends of old Macintosh files
        content = content.replace(b"\r", b"\n")
    return content, faults


def detect_stream_encoding(handle: BinaryIO, file: str) -> tuple[str, list[Fault]]:
    """Return the encoding of an open file, read block by block, and what is to be said of it.

    Raises
    ------
    InputError
        If the bytes are text in no encoding that can be told.
    """
    head = handle.read(BLOCK)
    marked = next((name for mark, name in _MARKS if head.startswith(mark)), None)
    if marked is None and b"\0" in head[: int(threshold("encoding_sample"))]:
        marked = _detect_utf16(head)
        if marked is None:
            raise refuse("wrong_encoding", file, value=_bad_line(head))
    candidates = (marked,) if marked else ("utf-8", *_rank_code_pages(head))
    for name in candidates:
        handle.seek(0)
        if _decodes(handle, name):
            handle.seek(0)
            return name, _note_encoding(name, file)
    raise refuse("wrong_encoding", file, value=_bad_line(head))


def _decodes(handle: BinaryIO, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        while block := handle.read(BLOCK):
            decoder.decode(block)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def iter_blocks(handle: BinaryIO, encoding: str) -> Iterator[bytes]:
    """Yield an open file as UTF-8 in blocks that end at a line end outside quotes."""
    decoder = codecs.getincrementaldecoder(encoding)()
    rest = b""
    old_line_ends: bool | None = None
    while block := handle.read(BLOCK):
        text = decoder.decode(block).encode("utf-8")
        if old_line_ends is None:
            old_line_ends = b"\r" in text and b"\n" not in text
        rest += text.replace(b"\r", b"\n") if old_line_ends else text
        cut = rest.rfind(b"\n") + 1
        if len(rest) < _LONGEST_CELL:
            while cut > 0 and rest.count(b'"', 0, cut) % 2:
                cut = rest.rfind(b"\n", 0, cut - 1) + 1
        if cut > 0:
            yield rest[:cut]
            rest = rest[cut:]
    rest += decoder.decode(b"", final=True).encode("utf-8")
    if rest.strip():
        yield rest


def sniff_delimiter(text: str) -> str:
    r"""Return the character that separates cells, judged by the first lines.

    >>> sniff_delimiter("a;b;c\n1,5;2;3"), sniff_delimiter("name\nx")
    (';', ',')
    """
    lines = [line for line in _remove_quoted(text[:65536]).splitlines() if line.strip()]
    lines = lines[: header_depth()]
    best, score = ",", 0.0
    for candidate in DELIMITERS:
        counts = [line.count(candidate) for line in lines]
        usual = max(set(counts), key=lambda n: (n > 0, counts.count(n), n), default=0)
        # a separator stands equally often in every line; a comma inside numbers does not
        value = usual and counts.count(usual) / len(counts) * (1 + min(usual, 50) / 100)
        if value > score:
            best, score = candidate, value
    return best


def _remove_quoted(text: str) -> str:
    return "".join(part for number, part in enumerate(text.split('"')) if number % 2 == 0)


def _detect_utf16(content: bytes) -> str | None:
    """Return the UTF-16 that ``content`` is without a mark; None if it is none.

    The letters, commas and line ends of such a text have a zero byte always on the same side.
    """
    head = content[: int(threshold("encoding_sample"))]
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if min(even, odd) * threshold("wide_zero_ratio") > max(even, odd):
        return None
    name = "utf-16-le" if odd > even else "utf-16-be"
    text = head[: len(head) // 2 * 2].decode(name, errors="replace")
    plain = all(char.isprintable() or char in "\t\r\n" for char in text)
    return name if plain and any(char in text for char in ("\n", *DELIMITERS)) else None


def _rank_code_pages(content: bytes) -> tuple[str, ...]:
    """Return the encodings that text with high bytes may have, the likeliest first."""
    sample = content[: int(threshold("code_page_sample"))]
    data = np.frombuffer(sample, dtype=np.uint8)
    high = data >= 0x80
    lone = high & ~np.r_[high[1:], False] & ~np.r_[False, high[:-1]]
    # a lone high byte before an ASCII letter may also be the first half of a rare character
    if lone.sum() > threshold("lone_byte_share") * high.sum() or _splits_words(sample):
        return ("cp1252", "gb18030")
    if _is_big5(sample):
        return (BIG5, "gb18030", "cp1252")
    return ("gb18030", "cp1252")


def _splits_words(sample: bytes) -> bool:
    """Tell whether Chinese characters would stand inside Latin words: two accents side by side."""
    runs = _HIGH_RUN.findall(sample[: int(threshold("word_sample"))])
    inside = [run for run in runs if run[0] and run[2] and len(run[1]) <= 2 * _PAIR]
    return bool(len(inside) > threshold("lone_byte_share") * len(runs))


def _is_big5(sample: bytes) -> bool:
    """Tell whether pairs of high bytes are the traditional characters of Big5.

    Half of its second bytes are ASCII, which simplified characters seldom have, and nearly all of
    its first bytes are those of its frequent characters.
    """
    pairs = _PAIRS.findall(sample[: int(threshold("word_sample"))])
    if not pairs:
        return False
    low = sum(pair[1] < 0xA1 for pair in pairs) / len(pairs)
    frequent = sum(0xA1 <= pair[0] <= 0xC6 for pair in pairs) / len(pairs)
    return bool(low > threshold("big5_low_share") and frequent > threshold("big5_frequent_share"))


def _note_encoding(encoding: str, file: str) -> list[Fault]:
    if encoding.startswith("utf"):
        return []
    if encoding == "cp1252":
        return [Fault(code="encoding_assumed", severity="doubtful", file=file, value=encoding)]
    return [Fault(code="encoding_read", severity="note", file=file, value=encoding)]


def _bad_line(content: bytes) -> str:
    """Return the line of the first byte that UTF-8 does not know."""
    try:
        content.decode("utf-8")
    except UnicodeDecodeError as error:
        return str(content[: error.start].count(b"\n") + 1)
    return str(content[: content.find(b"\0")].count(b"\n") + 1)
