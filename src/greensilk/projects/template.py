"""An empty workbook to fill in: a sheet for each family of projects, every column explained.

What it holds follows from the schema: names, units, explanations and the words that a cell may
have. It holds no example rows, which would be appraised by whoever forgets to delete them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from os import PathLike
from pathlib import Path

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from greensilk.core.errors import OutputError, UnknownNameError
from greensilk.core.languages import check_language
from greensilk.core.text import label, text
from greensilk.projects.fields import (
    FieldRow,
    choice_rows,
    fields,
    technologies,
    technology_rows,
    usual_unit,
    word_list,
)
from greensilk.projects.readers.workbook import GUIDE_SHEET, LIST_SHEET, column_letters

__all__ = ["families", "template_fields", "write_template"]

# Rows of a sheet that are ready to be filled in.
ROWS = 2000
# Letters that Excel allows in the name of a sheet, in the title of a hint and in the hint itself.
_SHEET_LETTERS, _TITLE_LETTERS, _HINT_LETTERS = 31, 32, 255
_INTERNAL = ("country_name", "measured_generation_year")
_WIDTHS = {"name": 34, "name_zh": 24, "notes": 40, "section": 20, "technology": 24, "country": 18}


def families() -> tuple[str, ...]:
    """Return the families of projects, in the order of the technologies.

    >>> families()[:2]
    ('electricity', 'waste_energy')
    """
    return tuple(dict.fromkeys(row.family for row in technologies()))


def template_fields(family: str) -> list[FieldRow]:
    """Return the fields that a sheet of ``family`` has, claims last."""
    served = [
        field
        for field in fields().values()
        if field.role != "unused" and field.name not in _INTERNAL and field.serves(family)
    ]
    return sorted(served, key=_rank)


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

    Returns
    -------
    pathlib.Path
        Where the workbook is.

    Raises
    ------
    UnknownNameError
        If a type or the language does not exist.
    OutputError
        If the name does not end in .xlsx, or the file cannot be written.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     write_template(Path(folder) / "projects.xlsx", "zh", ["hydro"]).name
    'projects.xlsx'
    """
    check_language(lang)
    selected = _select_families(types)
    target = Path(path)
    if target.suffix.lower() != ".xlsx":
        raise OutputError("template_not_xlsx", name=target.name)
    try:
        with xlsxwriter.Workbook(str(target)) as workbook:
            formats = _formats(workbook)
            guide = workbook.add_worksheet(label(GUIDE_SHEET, lang))
            sheets = [workbook.add_worksheet(_sheet_name(family, lang)) for family in selected]
            lists = _write_lists(workbook, selected, lang)
            for family, sheet in zip(selected, sheets, strict=True):
                _write_sheet(sheet, family, lang, lists, formats)
            _write_guide(guide, selected, lang, formats)
            sheets[0].activate()
    except (OSError, xlsxwriter.exceptions.XlsxWriterException) as error:
        raise OutputError("template_unwritten", path=str(target), reason=str(error)) from error
    return target


def header(field: FieldRow, lang: str) -> str:
    """Return the header of a column: its name, and the unit if it must be said.

    >>> header(fields()["capacity"], "zh")
    '装机容量（MW）'
    """
    name = _field_label(field, lang)
    if not field.unit or field.unit in word_list("unsaid_units"):
        return name
    return text("template.header", lang, name=name, unit=unit_words(field, lang))


def _field_label(field: FieldRow, lang: str) -> str:
    return label(f"field.{field.name}", lang)


def _description(field: FieldRow, lang: str) -> str:
    return label(f"description.{field.name}", lang)


def unit_words(field: FieldRow, lang: str) -> str:
    """Return the unit of a field as a person writes it; it can be read back.

    >>> unit_words(fields()["reservoir_area"], "en"), unit_words(fields()["freight_mass"], "zh")
    ('km²', 't/年')
    >>> unit_words(fields()["influent_cod"], "en"), unit_words(fields()["fuel_per_km"], "zh")
    ('mg/L', 'L/100km')
    """
    unit = usual_unit(field.name, _field_label(field, lang)) or field.unit
    unit = unit.replace("**2", "²").replace("**3", "³").replace("m3", "m³")
    if unit == "1":
        return "%"
    return re.sub(r"[A-Za-z]+", lambda word: label(f"template.unit.{word[0]}", lang), unit)


def _select_families(types: Sequence[str] | None) -> list[str]:
    if not types:
        return list(families())
    selected: dict[str, None] = {}
    for name in types:
        row = technology_rows().get(name)
        family = name if row is None else row.family
        if family not in families():
            raise UnknownNameError("project_type", name, [*families(), *technology_rows()])
        selected.setdefault(family)
    return list(selected)


def _rank(field: FieldRow) -> int:
    if field.required or field.name in ("name", "component"):
        return 0
    return {"input": 1, "attribute": 2, "identity": 3, "claim": 4}[field.role]


def _sheet_name(family: str, lang: str) -> str:
    return label(f"family.{family}", lang)[:_SHEET_LETTERS]


def _formats(workbook: xlsxwriter.Workbook) -> dict[str, Format]:
    base = {"text_wrap": True, "valign": "top", "border": 1, "border_color": "#D0D7D2"}
    return {
        "required": workbook.add_format(
            base | {"bold": True, "bg_color": "#1F6F50", "color": "white"}
        ),
        "input": workbook.add_format(base | {"bold": True, "bg_color": "#DCEBE2"}),
        "claim": workbook.add_format(base | {"bold": True, "bg_color": "#F4E8CF"}),
        "share": workbook.add_format({"num_format": "0.0##%"}),
        "text": workbook.add_format({"num_format": "@"}),
        "wrap": workbook.add_format({"text_wrap": True, "valign": "top"}),
        "title": workbook.add_format({"bold": True, "font_size": 14}),
    }


def _write_lists(
    workbook: xlsxwriter.Workbook, selected: Sequence[str], lang: str
) -> dict[str, str]:
    """Write the words of all drop-downs to a hidden sheet; return the range of each."""
    sheet = workbook.add_worksheet(label(LIST_SHEET, lang))
    sheet.hide()
    columns = {
        f"technology:{family}": [
            label(f"technology.{row.code}", lang) for row in technologies() if row.family == family
        ]
        for family in selected
    }
    for name, rows in choice_rows().items():
        columns[name] = [label(f"choice.{name}.{row.code}", lang) for row in rows]
    ranges = {}
    for number, (name, cells) in enumerate(columns.items()):
        sheet.write_column(0, number, cells)
        letters = column_letters(number)
        ranges[name] = f"='{sheet.get_name()}'!${letters}$1:${letters}${len(cells)}"
    return ranges


def _write_sheet(
    sheet: Worksheet, family: str, lang: str, lists: dict[str, str], formats: dict[str, Format]
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


def _validation(
    field: FieldRow, family: str, lang: str, lists: dict[str, str]
) -> dict[str, str | bool]:
    """Return what a cell of the column may hold, and the explanation shown when it is entered."""
    hint: dict[str, str | bool] = {
        "input_title": _field_label(field, lang)[:_TITLE_LETTERS],
        "input_message": _description(field, lang)[:_HINT_LETTERS],
        "ignore_blank": True,
    }
    source = lists.get(f"technology:{family}" if field.name == "technology" else field.name)
    if source:
        # a warning only: words outside the list are understood in two languages
        return hint | {"validate": "list", "source": source, "error_type": "information"}
    return hint | {"validate": "any"}


def _write_guide(
    sheet: Worksheet, selected: Sequence[str], lang: str, formats: dict[str, Format]
) -> None:
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
    for family in selected:
        for field in template_fields(family):
            answer = label(f"template.{'yes' if field.required else 'no'}", lang)
            unit = unit_words(field, lang) if field.numeric else ""
            cells = (_sheet_name(family, lang), _field_label(field, lang), answer, unit)
            for number, cell in enumerate((*cells, _description(field, lang))):
                sheet.write_string(row, number, cell)
            row += 1
