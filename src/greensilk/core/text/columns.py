"""Sentences for whole tables: codes and parameters of many rows into words of a language.

Tables of findings hold ``reason_code`` and ``reason_params``; a person wants sentences. The text of
a code is taken apart once, then each row is filled by the renderer that serves single sentences, so
that a table and a page never say the same thing in two ways.
"""

from __future__ import annotations

from collections.abc import Iterable
from string import Formatter

import msgspec
import pyarrow as pa

from greensilk.core.text.catalogue import LANGUAGES, CatalogueError, catalogue
from greensilk.core.text.parameters import decode_value
from greensilk.core.text.render import render_value

__all__ = ["add_sentences", "render_column"]

_DECODER = msgspec.json.Decoder(dict[str, msgspec.Raw])


def render_column(
    codes: Iterable[str | None],
    params: Iterable[str | None],
    lang: str,
    prefix: str = "reason.",
) -> list[str]:
    """Return the sentence ``<prefix><code>`` of every row; a blank code gives a blank sentence.

    Parameters
    ----------
    codes, params
        The columns ``reason_code`` and ``reason_params`` (JSON, see
        :func:`greensilk.core.text.parameters.encode`).

    Raises
    ------
    CatalogueError
        If a code has no sentence.
    KeyError
        If a sentence has a blank that nothing fills.

    Examples
    --------
    >>> render_column(["row", ""], ['{"row":7}', ""], "en", prefix="fault.where.")
    ['row 7', '']
    """
    templates: dict[str, list[tuple[str, str]]] = {}
    # the same name, label or list stands in many rows
    rendered: dict[bytes, str] = {}
    sentences = []
    for code, line in zip(codes, params, strict=True):
        if not code:
            sentences.append("")
            continue
        if code not in templates:
            templates[code] = _parse_template(prefix + code, lang)
        values = _DECODER.decode(line) if line else {}
        parts = []
        for literal, blank in templates[code]:
            parts.append(literal)
            if blank:
                value = bytes(values[blank])
                if value not in rendered:
                    rendered[value] = render_value(decode_value(value), lang)
                parts.append(rendered[value])
        sentences.append("".join(parts))
    return sentences


def _parse_template(key: str, lang: str) -> list[tuple[str, str]]:
    """Return a sentence as literals, each with the blank that follows it ("" at the end)."""
    if key not in catalogue():
        raise CatalogueError(f"no message is called {key!r}")
    pieces = Formatter().parse(catalogue()[key][lang])
    return [(literal, blank or "") for literal, blank, _, _ in pieces]


def add_sentences(
    table: pa.Table, languages: Iterable[str] = LANGUAGES, prefix: str = "reason."
) -> pa.Table:
    """Return the table with ``reason_<lang>`` in the place of ``reason_params``.

    >>> codes = pa.table({"reason_code": ["row"], "reason_params": ['{"row":7}']})
    >>> add_sentences(codes, prefix="fault.where.").to_pylist()
    [{'reason_code': 'row', 'reason_en': 'row 7', 'reason_zh': '第 7 行'}]
    """
    if "reason_params" not in table.column_names:
        return table
    index = table.column_names.index("reason_params")
    codes = table.column("reason_code").to_pylist()
    params = table.column("reason_params").to_pylist()
    table = table.remove_column(index)
    for lang in reversed(tuple(languages)):
        sentences = pa.array(render_column(codes, params, lang, prefix), pa.string())
        table = table.add_column(index, f"reason_{lang}", sentences)
    return table
