"""The report as one HTML page that opens offline.

The page carries its own style and a few lines of script, and its content policy forbids it to
fetch anything. Names and texts come from the user's file and are escaped.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from greensilk.core.languages import check_language
from greensilk.core.text.numbers import format_number
from greensilk.report.words import Words

if TYPE_CHECKING:
    from greensilk.report.data import ReportData

__all__ = ["render_html", "write_html"]


def render_html(data: ReportData, lang: str = "en") -> str:
    """Return the report as one page.

    Parameters
    ----------
    data
        An appraisal, or anything with its attributes.
    lang
        ``en`` or ``zh``.

    Raises
    ------
    UnknownNameError
        If ``lang`` is neither.
    """
    words = Words(check_language(lang), data.methods)
    return str(_template().render(**_content(data, words)))


def write_html(data: ReportData, path: str | Path, lang: str = "en") -> Path:
    """Write the report to ``path`` and return it.

    Raises
    ------
    OutputError
        If the file cannot be written.
    """
    from greensilk.core.errors import OutputError

    page = render_html(data, lang)
    target = Path(path)
    try:
        target.write_text(page, encoding="utf-8")
    except OSError as error:
        raise OutputError(f"{target} cannot be written: {error.strerror or error}") from error
    return target


def _content(data: ReportData, words: Words) -> dict[str, Any]:
    from greensilk.report import (
        appendix,
        claims,
        detail,
        overview,
        portfolio,
        quality,
        trace,
    )
    from greensilk.report import (
        old_charts as charts,
    )

    held = portfolio.read_portfolio(data)
    claimed = claims.claims_view(data.audit, held, words)
    implied = claims.consistency_view(data.consistency, held, words)
    explained = detail.trees(data, held)
    avoiding = [tree for key, tree in explained.items() if held.projects[key].avoided]
    assumptions = trace.weigh(avoiding)
    picture, weak = quality.quality(data, words)
    findings = claims.baseline_findings(data.baselines, held, words)
    script = _asset("report.js")
    return {
        "lang": "zh-CN" if words.lang == "zh" else "en",
        "t": words.say,
        "words": words,
        "plain": format_number,
        "css": _asset("report.css"),
        "script": script,
        "script_hash": base64.b64encode(hashlib.sha256(script.encode()).digest()).decode(),
        "portfolio": held,
        "overview": overview.overview(data, held, claimed, assumptions, words),
        "claims": claimed,
        "consistency": [item for item in implied if item["verdict"] not in ("consistent", "")],
        "consistency_total": len(implied),
        "verdict_colours": charts.VERDICTS,
        "grades": charts.GRADES,
        "quality": picture,
        "weak_share": weak,
        "assumptions": appendix.assumption_lines(assumptions, words),
        "weighed": len(avoiding),
        "baselines": findings,
        "issues": appendix.issue_groups(data.issues, held, words),
        "sections": detail.sections(data, held, claimed, implied, findings, explained, words),
        "traced": len(explained),
        "methods": appendix.method_lines(data.methods, words),
        "method_names": {record.method for record in data.methods},
        "sources": appendix.source_lines(explained, words),
        "options": appendix.option_lines(data.options, words),
        "glossary": appendix.glossary(words),
        "version": data.options.get("version", ""),
        "title": data.options.get("title", ""),
    }


@lru_cache(maxsize=1)
def _template() -> Any:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    loader = PackageLoader("greensilk.report", "templates")
    environment = Environment(
        loader=loader,
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["first_up"] = lambda text: text[:1].upper() + text[1:]
    environment.filters["groupby_in_order"] = _grouped
    return environment.get_template("report.html.j2")


def _grouped(items: Iterable[Any], attribute: str) -> list[list[Any]]:
    """Return items with equal ``attribute`` together, in the order in which each first comes."""
    groups: dict[Any, list[Any]] = {}
    for item in items:
        groups.setdefault(getattr(item, attribute), []).append(item)
    return list(groups.values())


@lru_cache(maxsize=4)
def _asset(name: str) -> str:
    from importlib.resources import files

    return (files("greensilk.report") / "templates" / name).read_text(encoding="utf-8")
