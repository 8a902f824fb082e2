"""An empty workbook to fill in: a sheet for each family of projects, every column explained.

What it holds follows from the schema: names, units, explanations and the words that a cell may
have. It holds no example rows, which would be appraised by whoever forgets to delete them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from os import PathLike
from pathlib import Path
from typing import Any

from greensilk.core.errors import OutputError, UnknownNameError
from greensilk.core.languages import check_language
from greensilk.core.text import label
from greensilk.projects.fields import Field, choice_words, fields, technologies
from greensilk.projects.read_workbook import GUIDE_SHEETS, LIST_SHEETS, column_letters

__all__ = ["families", "template_fields", "write_template"]

ROWS = 2000
# What is obvious from the name of the field and would only lengthen its header.
_UNSAID = (
    "",
    "1",
    "yr",
    "degree",
    "item",
    "person",
    "household",
    "vehicle",
    "tree",
    "lamp",
    "animal",
)
_UNITS_ZH = {
    "yr": "年",
    "day": "日",
    "degree": "度",
    "item": "套",
    "person": "人",
    "household": "户",
    "vehicle": "辆",
    "tree": "棵",
    "lamp": "盏",
    "animal": "只",
    "hectare": "公顷",
}
_INTERNAL = ("country_name", "measured_generation_year")
_WIDTHS = {"name": 34, "name_zh": 24, "notes": 40, "section": 20, "technology": 24, "country": 18}


def families() -> tuple[str, ...]:
    """Return the families of projects, in the order of the technologies.

    >>> families()[:2]
    ('electricity', 'waste_energy')
    """
    return tuple(dict.fromkeys(row["family"] for row in technologies()))


def template_fields(family: str) -> list[Field]:
    """Return the fields that a sheet of ``family`` has, claims last."""
    found = [
        field
        for field in fields().values()
        if field.role != "unused" and field.name not in _INTERNAL and field.serves(family)
    ]
    return sorted(found, key=lambda field: _order(field))


def write_template(
    path: str | PathLike[str], lang: str = "en", types: Sequence[str] | None = None
) -> Path:
    """Write an empty workbook for projects and return its path.

    Parameters
    ----------
    path
        Where to write; an existing file is replaced.
    lang
        ``en`` or ``zh``, for sheets, headers and explanations.
    types
        Families (``electricity``) or technologies (``hydro``) to make sheets for; all if left out.

    Raises
    ------
    UnknownNameError
        If a type or the language does not exist.
    OutputError
        If the name does not end in .xlsx, or the file cannot be written.
    """
    import xlsxwriter

    check_language(lang)
    chosen = _chosen(types)
    place = Path(path)
    if place.suffix.lower() != ".xlsx":
        raise OutputError(
            f"{place.name}: the template is an Excel workbook; give it the ending .xlsx",
            f"{place.name}：模板为 Excel 工作簿，文件名须以 .xlsx 结尾",
        )
    try:
        with xlsxwriter.Workbook(str(place)) as book:
            formats = _formats(book)
            guide = book.add_worksheet(GUIDE_SHEETS[lang == "zh"])
            sheets = [book.add_worksheet(_sheet_name(family, lang)) for family in chosen]
            lists = _write_lists(book, chosen, lang)
            for family, sheet in zip(chosen, sheets, strict=True):
                _write_sheet(sheet, family, lang, lists, formats)
            _write_guide(guide, chosen, lang, formats)
            sheets[0].activate()
    except (OSError, xlsxwriter.exceptions.XlsxWriterException) as error:
        raise OutputError(f"{place} cannot be written: {error}") from error
    return place


def header(field: Field, lang: str) -> str:
    """Return the header of a column: its name, and the unit if it must be said.

    >>> header(fields()["capacity"], "zh")
    '装机容量（MW）'
    """
    if field.unit in _UNSAID:
        return field.label(lang)
    unit = shown_unit(field, lang)
    return f"{field.label(lang)}（{unit}）" if lang == "zh" else f"{field.label(lang)} ({unit})"


def shown_unit(field: Field, lang: str) -> str:
    """Return the unit of a field as a person writes it; it can be read back.

    >>> shown_unit(fields()["reservoir_area"], "en"), shown_unit(fields()["freight_mass"], "zh")
    ('km²', 't/年')
    """
    unit = field.unit.replace("**2", "²").replace("**3", "³")
    if unit == "1":
        return "%"
    if lang == "zh":
        for english, chinese in _UNITS_ZH.items():
            unit = re.sub(rf"(?<![A-Za-z]){english}(?![A-Za-z])", chinese, unit)
    return unit


def _chosen(types: Sequence[str] | None) -> list[str]:
    if not types:
        return list(families())
    of_technology = {row["technology"]: row["family"] for row in technologies()}
    found: dict[str, None] = {}
    for name in types:
        family = name if name in families() else of_technology.get(name)
        if family is None:
            raise UnknownNameError("type of project", name, [*families(), *of_technology])
        found.setdefault(family)
    return list(found)


def _order(field: Field) -> int:
    if field.required or field.name in ("name", "component"):
        return 0
    return {"input": 1, "attribute": 2, "identity": 3, "claim": 4}[field.role]


def _sheet_name(family: str, lang: str) -> str:
    return label(f"family.{family}", lang)[:31]


def _formats(book: Any) -> dict[str, Any]:
    base = {"text_wrap": True, "valign": "top", "border": 1, "border_color": "#D0D7D2"}
    return {
        "required": book.add_format(base | {"bold": True, "bg_color": "#1F6F50", "color": "white"}),
        "input": book.add_format(base | {"bold": True, "bg_color": "#DCEBE2"}),
        "claim": book.add_format(base | {"bold": True, "bg_color": "#F4E8CF"}),
        "share": book.add_format({"num_format": "0.0##%"}),
        "text": book.add_format({"num_format": "@"}),
        "wrap": book.add_format({"text_wrap": True, "valign": "top"}),
        "title": book.add_format({"bold": True, "font_size": 14}),
    }


def _write_lists(book: Any, chosen: Sequence[str], lang: str) -> dict[str, str]:
    """Write the words of all drop-downs to a hidden sheet; return the range of each."""
    sheet = book.add_worksheet(LIST_SHEETS[lang == "zh"])
    sheet.hide()
    columns: dict[str, list[str]] = {
        f"technology:{family}": [row[lang] for row in technologies() if row["family"] == family]
        for family in chosen
    }
    for name, choices in choice_words().items():
        columns[name] = [words[lang == "zh"] for words in choices.values()]
    ranges = {}
    for number, (name, words) in enumerate(columns.items()):
        sheet.write_column(0, number, words)
        letters = column_letters(number)
        ranges[name] = f"='{sheet.get_name()}'!${letters}$1:${letters}${len(words)}"
    return ranges


def _write_sheet(
    sheet: Any, family: str, lang: str, lists: dict[str, str], formats: dict[str, Any]
) -> None:
    sheet.freeze_panes(1, 2)
    sheet.set_row(0, 48)
    sheet.set_landscape()
    sheet.repeat_rows(0)
    for number, field in enumerate(template_fields(family)):
        kind = "required" if field.required else "claim" if field.role == "claim" else "input"
        sheet.write_string(0, number, header(field, lang), formats[kind])
        cell_format = formats["share"] if field.unit == "1" else None
        if not field.numeric:
            cell_format = formats["text"]
        sheet.set_column(number, number, _WIDTHS.get(field.name, 16), cell_format)
        sheet.data_validation(1, number, ROWS, number, _validation(field, family, lang, lists))


def _validation(field: Field, family: str, lang: str, lists: dict[str, str]) -> dict[str, Any]:
    """Return what a cell of the column may hold, and the explanation shown when it is entered."""
    shown = {
        "input_title": field.label(lang)[:32],
        "input_message": field.description(lang)[:255],
        "ignore_blank": True,
    }
    source = lists.get(f"technology:{family}" if field.name == "technology" else field.name)
    if source:
        # a warning only: words outside the list are understood in two languages
        return shown | {"validate": "list", "source": source, "error_type": "information"}
    return shown | {"validate": "any"}


def _write_guide(sheet: Any, chosen: Sequence[str], lang: str, formats: dict[str, Any]) -> None:
    titles = ("template.sheet", "template.field", "template.required", "template.unit")
    for number, width in enumerate((24, 34, 10, 14, 90)):
        sheet.set_column(number, number, width, formats["wrap"])
    sheet.write_string(0, 0, label("template.title", lang), formats["title"])
    sheet.merge_range(1, 0, 1, 4, label("template.how", lang), formats["wrap"])
    sheet.set_row(1, 48)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.freeze_panes(4, 0)
    for number, key in enumerate((*titles, "template.meaning")):
        sheet.write_string(3, number, label(key, lang), formats["input"])
    row = 4
    for family in chosen:
        for field in template_fields(family):
            answer = label(f"template.{'yes' if field.required else 'no'}", lang)
            unit = shown_unit(field, lang) if field.numeric else ""
            cells = (_sheet_name(family, lang), field.label(lang), answer, unit)
            for number, cell in enumerate((*cells, field.description(lang))):
                sheet.write_string(row, number, cell)
            row += 1
