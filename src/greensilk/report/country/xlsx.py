"""The guide as a workbook: a summary and one sheet a table, their names in the language."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from greensilk.core.errors import OutputError
from greensilk.report.country import summary
from greensilk.report.country.model import CountryGuide
from greensilk.report.country.tables import sheets
from greensilk.report.country.words import MARKS, GuideWords

__all__ = ["write_xlsx"]

_FONTS = {"en": "Calibri", "zh": "Microsoft YaHei"}
_LONGEST = 32_000


def write_xlsx(guide: CountryGuide, path: str | Path, lang: str = "en") -> Path:
    """Write the guide as a workbook to ``path`` and return it.

    Raises
    ------
    OutputError
        If the file cannot be written.
    """
    import xlsxwriter
    from xlsxwriter.exceptions import FileCreateError

    words = GuideWords(lang)
    target = Path(path)
    # text stays text: nothing a publisher wrote may run as a formula or turn into a link
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(str(target), options)
    try:
        look = _look(book, lang)
        _summary(book, look, guide, words)
        for name, columns, rows in sheets(guide, words):
            sheet = book.add_worksheet(words.say(f"sheet.{name}"))
            sheet.set_landscape()
            sheet.fit_to_pages(1, 0)
            for place, (column, width) in enumerate(columns):
                sheet.set_column(place, place, width)
                sheet.write_string(0, place, words.say(f"column.{column}"), look["header"])
            for number, row in enumerate(rows, start=1):
                for place, value in enumerate(row):
                    _cell(sheet, look, number, place, value)
            sheet.freeze_panes(1, min(2, len(columns)))
            sheet.repeat_rows(0)
            sheet.autofilter(0, 0, len(rows), len(columns) - 1)
        book.close()
    except (OSError, FileCreateError) as error:
        reason = getattr(error, "strerror", None) or error
        raise OutputError(f"{target} cannot be written: {reason}") from error
    return target


def _look(book: Any, lang: str) -> dict[str, Any]:
    base = {"font_name": _FONTS[lang], "font_size": 10, "valign": "top"}
    green = {"bold": True, "font_color": "#14513a"}
    return {
        "text": book.add_format(base),
        "wrap": book.add_format(base | {"text_wrap": True}),
        "title": book.add_format(base | green | {"font_size": 16}),
        "section": book.add_format(base | green | {"font_size": 11}),
        "header": book.add_format(
            base | {"bold": True, "bg_color": "#14513a", "font_color": "#ffffff", "text_wrap": True}
        ),
        "whole": book.add_format(base | {"num_format": "0"}),
        "large": book.add_format(base | {"num_format": "#,##0"}),
        "middle": book.add_format(base | {"num_format": "#,##0.00"}),
        "small": book.add_format(base | {"num_format": "0.0000"}),
    }


def _cell(sheet: Any, look: dict[str, Any], row: int, column: int, value: Any) -> None:
    """Write one value: a number as a number, anything else as text."""
    if value is None or value == "":
        return
    if isinstance(value, int):
        sheet.write_number(row, column, value, look["whole"])
    elif isinstance(value, float):
        size = abs(value)
        form = "large" if size >= 100 else "middle" if size >= 1 or size == 0 else "small"
        sheet.write_number(row, column, value, look[form])
    else:
        sheet.write_string(row, column, str(value)[:_LONGEST], look["text"])


def _summary(book: Any, look: dict[str, Any], guide: CountryGuide, words: GuideWords) -> None:
    sheet = book.add_worksheet(words.say("sheet.summary"))
    sheet.set_column(0, 0, 46)
    sheet.set_column(1, 1, 24)
    sheet.set_column(2, 2, 60)
    sheet.hide_gridlines(2)
    place = guide.economy
    rows: list[tuple[str, tuple[Any, ...]]] = [
        ("title", (f"{words.pick(place.name_en, place.name_zh)}  "
                   f"{words.pick(place.name_zh, place.name_en)}",)),
        ("text", (words.say("what"),)),
        ("text", ()),
    ]  # fmt: skip
    rows += [("text", pair) for pair in summary.head_facts(guide, words)]
    rows += [("text", ()), ("section", (words.say("key.title"),))]
    rows += [
        ("text", (card.title, words.join_unit(card.figure, card.unit), card.remark))
        for card in summary.cards(guide, words)
    ]
    for key, figures in zip(("key.best", "key.worst"), summary.extremes(guide), strict=True):
        if figures:
            rows += [("text", ()), ("section", (words.say(key),))]
            rows += [
                ("text", (words.name(one), words.whole(one) + words.marks(one),
                          words.say("key.rank", rank=one.partner_rank, of=one.partner_of)))
                for one in figures
            ]  # fmt: skip
    if guide.cautions:
        rows += [("text", ()), ("section", (words.say("cautions.title"),))]
        rows += [("text", (words.caution(one),)) for one in guide.cautions]
    rows += [("text", ()), ("section", (words.say("terms.title"),))]
    rows += [("text", (f"{sign}  {words.say(f'terms.{code}')}",)) for code, sign in MARKS.items()]
    rows += [("text", (words.say("terms.rank"), words.say("terms.rank.meaning")))]
    rows += [("text", ()), ("text", (words.say("footer", version=guide.version),))]
    for number, (form, values) in enumerate(rows):
        for column, value in enumerate(values):
            sheet.write_string(number, column, str(value), look[form])
