"""The guide as one HTML page that opens offline."""

from __future__ import annotations

import base64
import hashlib
from functools import lru_cache
from pathlib import Path
from typing import Any

from greensilk.core.errors import OutputError
from greensilk.core.text import label, numbers
from greensilk.report.country import pictures, summary
from greensilk.report.country.model import CountryGuide
from greensilk.report.country.words import MARKS, GuideWords

__all__ = ["render_html", "write_html"]


def render_html(guide: CountryGuide, lang: str = "en") -> str:
    """Return the guide as one page.

    Raises
    ------
    UnknownNameError
        If ``lang`` is neither ``en`` nor ``zh``.
    """
    words = GuideWords(lang)
    script = _asset("country", "guide.js")
    best, worst = summary.extremes(guide)
    return str(
        _template().render(
            g=guide,
            w=words,
            t=words.say,
            label=lambda key: label(key, words.lang),
            plain=numbers.format_number,
            percent=numbers.format_percent,
            lang="zh-CN" if lang == "zh" else "en",
            css=_asset("report", "report.css") + _asset("country", "guide.css"),
            script=script,
            script_hash=base64.b64encode(hashlib.sha256(script.encode()).digest()).decode(),
            facts=list(summary.head_facts(guide, words)),
            cards=summary.cards(guide, words),
            best=best,
            worst=worst,
            by_kind=summary.laws_by_kind(guide),
            successor=lambda law: summary.successor(guide, law, words),
            law_number=summary.law_number,
            missing=[words.say(f"kind.{kind}") for kind in guide.electricity.capacity_missing],
            store_name=Path(guide.place).name,
            spark=pictures.spark,
            shares=pictures.shares,
            marks=MARKS,
            hazard_lead=summary.hazard_lead(guide, words),
            numbers={line.id: line.number for line in guide.sources},
        )
    )


def write_html(guide: CountryGuide, path: str | Path, lang: str = "en") -> Path:
    """Write the guide to ``path`` and return it.

    Raises
    ------
    OutputError
        If the file cannot be written.
    """
    page = render_html(guide, lang)
    target = Path(path)
    try:
        target.write_text(page, encoding="utf-8")
    except OSError as error:
        raise OutputError(f"{target} cannot be written: {error.strerror or error}") from error
    return target


@lru_cache(maxsize=1)
def _template() -> Any:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("greensilk.report.country", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("guide.html.j2")


@lru_cache(maxsize=4)
def _asset(room: str, name: str) -> str:
    from importlib.resources import files

    package = "greensilk.report" if room == "report" else "greensilk.report.country"
    return (files(package) / "templates" / name).read_text(encoding="utf-8")
