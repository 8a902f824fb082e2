"""The guide as JSON: stable English keys, names in both languages beside every code."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from msgspec import to_builtins

from greensilk.core.errors import OutputError
from greensilk.core.provenance import Source
from greensilk.core.text import catalogue
from greensilk.report.country.model import CountryGuide, Figure
from greensilk.report.country.words import GuideWords

__all__ = ["FORMAT", "as_data", "write_json"]

# raised when a key changes its meaning or goes
FORMAT = 1


def as_data(guide: CountryGuide) -> dict[str, Any]:
    """Return the guide as plain data that JSON can hold."""
    english, chinese = GuideWords("en"), GuideWords("zh")
    power = guide.electricity
    held = to_builtins(guide)
    return {
        "format": FORMAT,
        "generator": f"GreenSilk {guide.version}",
        "year": guide.year,
        "data": {"starter": guide.is_starter, "build": Path(guide.place).name},
        "economy": held["economy"],
        "partner_source": _document(guide.partner_source) if guide.partner_source else None,
        "cautions": [
            {
                **to_builtins(one),
                "label": {"en": english.caution(one), "zh": chinese.caution(one)},
            }
            for one in guide.cautions
        ],
        "themes": [
            {
                "code": theme.code,
                "label": _label(f"facts.theme.{theme.code}"),
                "figures": [_figure(one) for one in (*theme.key, *theme.others)],
            }
            for theme in guide.themes
        ],
        "carbon_market": guide.carbon_market,
        "policies": [_figure(one) for one in guide.policies],
        "treaties": [
            {
                "indicator": one.figure.indicator,
                "label": {"en": english.treaty(one.figure), "zh": chinese.treaty(one.figure)},
                "party": one.party,
                "since": one.since,
                "as_of": one.figure.year,
                "provisional": one.provisional,
                "source": one.figure.source,
            }
            for one in guide.treaties
        ],
        "electricity": {
            "generation": _mix(held["electricity"]["generation"]),
            "generation_total": {"value": power.generation_total, "unit": "GWh"},
            "generation_year": power.generation_year,
            "generation_source": power.generation_source,
            "capacity": _mix(held["electricity"]["capacity"]),
            "capacity_total": {"value": power.capacity_total, "unit": "MW"},
            "capacity_year": power.capacity_year,
            "capacity_source": power.capacity_source,
            "capacity_missing": list(power.capacity_missing),
            "capacity_factors": [
                {**to_builtins(one), "label": _label(f"country.kind.{one.kind}")}
                for one in power.capacity_factors
            ],
            "factors": [
                {
                    "parameter": row.parameter,
                    "label": _label(f"country.factor.{row.parameter}"),
                    "firmness": firmness,
                    "value": row.value,
                    "low": row.low,
                    "high": row.high,
                    "unit": row.unit,
                    "year": row.year,
                    "verified": row.verified,
                    "source": row.citation(),
                    "address": row.source.address,
                    "note": row.note,
                }
                for row, firmness in power.factors
            ],
        },
        "laws": [
            {
                **to_builtins(law),
                "source": law.source.citation(),
                "kind_label": _label(f"laws.kind.{law.kind}"),
                "status_label": _label(f"laws.status.{law.status}"),
            }
            for law in guide.laws
        ],
        "ambient_limits": [
            {
                **to_builtins(line.limit),
                "source": line.limit.source.citation(),
                "pollutant_label": _label(f"laws.pollutant.{line.limit.pollutant}"),
                "averaging_label": _label(f"laws.averaging.{line.limit.averaging}"),
                "who_guideline": line.guideline.value if line.guideline else None,
                "who_guideline_unit": line.guideline.unit if line.guideline else None,
                "ratio_to_guideline": line.ratio,
            }
            for line in guide.limits
        ],
        "hazards": [
            {
                **to_builtins(one),
                "level_label": None if one.level is None else _label(f"country.level.{one.level}"),
            }
            for one in guide.hazards
        ],
        "disputes": [
            {
                "indicator": one.figure.indicator,
                "concept": one.figure.concept,
                "year": one.year,
                "unit": one.unit,
                "spread": one.spread,
                "figures": [to_builtins(row) for row in one.rows],
            }
            for one in guide.disputes
        ],
        "sources": [to_builtins(line) for line in guide.sources],
        "documents": [{**_document(one), "citation": one.citation()} for one in guide.documents],
    }


def write_json(guide: CountryGuide, path: str | Path, lang: str = "en") -> Path:
    """Write the guide as JSON to ``path`` and return it; ``lang`` changes nothing: both are in it.

    Raises
    ------
    OutputError
        If the file cannot be written.
    """
    target = Path(path)
    text = json.dumps(as_data(guide), ensure_ascii=False, indent=1, allow_nan=False)
    try:
        target.write_text(text + "\n", encoding="utf-8")
    except OSError as error:
        raise OutputError(f"{target} cannot be written: {error.strerror or error}") from error
    return target


def _label(key: str) -> dict[str, str]:
    name = key.rpartition(".")[2]
    return dict(catalogue().get(key, {"en": name, "zh": name}))


def _document(source: Source) -> dict[str, Any]:
    return {
        "id": source.id,
        "publisher": source.producer.en,
        "document": source.en,
        "year": source.year,
        "licence": source.licence.name,
        "address": source.address,
        "edition": source.edition,
    }


def _mix(parts: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{**part, "label": _label(f"country.kind.{part['kind']}")} for part in parts]


def _figure(one: Figure) -> dict[str, Any]:
    row: dict[str, Any] = to_builtins(one)
    row["label"] = {"en": row.pop("en"), "zh": row.pop("zh")}
    row["producer"] = {
        "id": one.producer,
        "en": row.pop("producer_en"),
        "zh": row.pop("producer_zh"),
    }
    if one.kind == "coded":
        row["value_label"] = {
            lang: GuideWords(lang).phrase(one.phrase) if one.phrase else "" for lang in ("en", "zh")
        }
    return row
