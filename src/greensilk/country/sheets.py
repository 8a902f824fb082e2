"""The tables of a guide for the workbook: which columns a sheet has stands in ``data/sheets.csv``.

A ``field`` is the path to a value of a row: a key of the row, then attributes. Numbers stay numbers
in the publisher's unit, so that a spreadsheet can compute with them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields
from typing import Literal

import msgspec

from greensilk.core.document import Cell, Column, Table
from greensilk.core.tables import load_records
from greensilk.core.text import Amount, Label, Percent
from greensilk.country.model import Figure, Guide, LimitLine
from greensilk.country.profile import label_carrier

__all__ = ["guide_sheets"]

# a row: what each first part of a path means
_Row = Mapping[str, object]


class _SheetColumn(msgspec.Struct, frozen=True):
    sheet: str
    column: str
    field: str
    width: int
    part: Literal["", "value", "unit"] = ""


def guide_sheets(guide: Guide) -> dict[str, Table]:
    """Return the sheets of the workbook by name; those without a row are left out."""
    columns: dict[str, list[_SheetColumn]] = {}
    for row in load_records("country/data/sheets.csv", _SheetColumn, key=("sheet", "column")):
        columns.setdefault(row.sheet, []).append(row)
    rows_of: dict[str, Iterable[_Row]] = {
        "profile": (_figure(guide, row) for theme in guide.themes for row in theme.figures),
        "laws": (_by_name(line) | {"own_title": line.own_title} for line in guide.laws),
        "limits": (_limit(line) for line in guide.limits),
        "power": _power(guide),
        "policy": (_figure(guide, row) for row in guide.policies),
        "treaties": (
            _by_name(row) | {"remarks": _label("treaties.doubtful", row.provisional and row.party)}
            for row in guide.treaties
        ),
        "hazards": _hazards(guide),
        "disputes": _disputes(guide),
        "sources": _sources(guide),
    }
    sheets: dict[str, Table] = {}
    for name, rows in rows_of.items():
        cells = [[_cell(_follow(row, column.field)) for column in columns[name]] for row in rows]
        if cells:
            heads = tuple(
                Column(
                    column.column,
                    Label(f"country.column.{column.column}"),
                    width=column.width,
                    part=column.part,
                )
                for column in columns[name]
            )
            sheets[name] = Table(heads, cells, title=Label(f"country.sheet.{name}"))
    return sheets


def _follow(row: _Row, path: str) -> object:
    head, *rest = path.split(".")
    value = row[head]
    for name in rest:
        value = getattr(value, name, None)
    return value


def _cell(value: object) -> Cell:
    if value is None:
        return ""
    if isinstance(value, bool):
        return _label("yes", value) or _label("no", True)
    if isinstance(value, tuple):
        return " ".join(f"{item:.6g}" for item in value)
    return value  # type: ignore[return-value]


def _label(key: str, applies: bool) -> Label | str:
    return Label(f"country.{key}") if applies else ""


def _by_name(record: object) -> dict[str, object]:
    return {item.name: getattr(record, item.name) for item in fields(record)}  # type: ignore[arg-type]


def _figure(guide: Guide, row: Figure) -> _Row:
    return _by_name(row) | {
        "theme_label": Label(f"facts.theme.{row.theme}"),
        # a rank is one of measures
        "ranked": row if row.partner_rank is not None or row.rank is not None else None,
        "trend": _label(f"course.{row.turn or row.course}", bool(row.course)),
        "direction_label": Label(f"facts.direction.{row.direction}"),
        "remarks": row.remarks,
        "carrier_label": label_carrier(row.carrier, row.producer),
        "number": guide.source_numbers.get(row.source),
    }


def _limit(line: LimitLine) -> _Row:
    guideline = line.guideline
    return _by_name(line) | {
        "amount": Amount(line.limit.value, line.limit.unit),
        "guideline_amount": Amount(guideline.value, guideline.unit) if guideline else None,
    }


def _power(guide: Guide) -> Iterator[_Row]:
    power = guide.electricity
    producers = {line.id: line.producer_name for line in guide.sources}
    blank: dict[str, object] = {"kind": None, "share": None, "range": None, "checked": None}
    for mix in filter(None, (power.generation, power.capacity)):
        for part in mix.parts:
            yield blank | {
                "measure": Label(f"country.measure.{mix.measure}"),
                "kind": part.label,
                "amount": Amount(part.amount, mix.total.unit),
                "share": Percent(part.share),
                "year": mix.year,
                "document": producers.get(mix.source),
            }
    for row in power.factors:
        yield blank | {
            "measure": row.label,
            "kind": row.firmness_label,
            "amount": Amount(row.value, row.unit),
            "range": f"{row.low:g}–{row.high:g}" if row.high > row.low else "",
            "year": row.year,
            "checked": Label(f"country.laws.{'checked' if row.verified else 'unchecked'}"),
            "document": row.citation,
        }
    for factor in power.capacity_factors:
        yield blank | {
            "measure": Label("country.measure.capacity_factor"),
            "kind": factor.label,
            "amount": Amount(factor.reported, "1"),
            "year": factor.year,
            "checked": _label("terms.doubtful", factor.doubtful),
            "document": producers.get(power.fleet_source),
        }


def _hazards(guide: Guide) -> Iterator[_Row]:
    for hazard in guide.hazards:
        score: object = hazard.score
        if hazard.score is None and hazard.no_score:
            score = Label(f"country.lack.{hazard.no_score}")
        yield _by_name(hazard) | {"score": score, "year": hazard.year}


def _disputes(guide: Guide) -> Iterator[_Row]:
    for dispute in guide.disputes:
        for row in dispute.rows:
            yield {
                "dispute": dispute,
                "figure": dispute.figure,
                "row": row,
                "amount": Amount(row.value, dispute.unit),
                "remarks": _label("disputes.here", row.is_primary),
            }


def _sources(guide: Guide) -> Iterator[_Row]:
    for line in guide.sources:
        yield _by_name(line) | {
            "terms": f"{line.licence_name} ({line.licence})",
            "openness": Label(f"country.sources.{'open' if line.open else 'restricted'}"),
        }
    for document in guide.documents:
        yield {
            "number": None,
            "producer_name": document.producer.en,
            "title": document.en,
            "carrier_title": None,
            "vintage": document.vintage,
            "terms": document.licence.name,
            "openness": None,
            "figures": None,
            "address": document.address,
            "citation": document.citation(),
        }
