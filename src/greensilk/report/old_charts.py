"""Pictures as SVG text: drawn here, offline, and put into the page as they are.

Each function here is one kind of picture; how they all look is in :mod:`greensilk.report.picture`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from greensilk.core.text.numbers import format_number
from greensilk.report.picture import (
    ACCENT,
    INK,
    MUTED,
    at,
    extent,
    in_order,
    log_axis,
    names_axis,
    room,
    svg,
)

__all__ = [
    "GRADES",
    "VERDICTS",
    "Dot",
    "Ratio",
    "Segment",
    "ranges_chart",
    "ratios_chart",
    "shares_chart",
    "stacked_chart",
    "technology_colours",
]

VERDICTS = {
    "consistent": "#1f6f4a",
    "high": "#b45309",
    "low": "#2b6390",
    "implausible": "#a3262a",
    "not_checkable": "#6b7570",
}
SHAPES = {
    "consistent": "circle",
    "high": "triangle-up",
    "low": "triangle-down",
    "implausible": "cross",
    "not_checkable": "circle",
}
GRADES = {1: "#1f6f4a", 2: "#68a582", 3: "#c9d8b6", 4: "#e8c07a", 5: "#c9803f"}
_TECHNOLOGIES = {
    "hydro": "#2f6f95",
    "wind_onshore": "#6fa8a0",
    "wind_offshore": "#3f8580",
    "solar_pv": "#e2b13c",
    "csp": "#c9803f",
    "geothermal": "#9c5b4b",
    "biomass": "#7f9a48",
    "waste_to_energy": "#a8687c",
    "nuclear": "#7d7fb3",
    "rail_freight": "#4d5f8a",
    "electric_bus": "#74a857",
    "wastewater_treatment": "#5b9bc0",
}
_SPARE = ("#b08a5a", "#8c968f", "#7c8f6a", "#a98a8a", "#8699a8", "#b5b06a", "#5f7a6e")
_STEP = 25
# pixels of a whole picture, names and texts included; the width of the page's column
WIDTH = 900


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of a bar: the bar it belongs to, what it is, how long, and its colour."""

    bar: str
    part: str
    value: float
    colour: str


@dataclass(frozen=True, slots=True)
class Dot:
    """A value with its range, and its text; ``kind`` is ``avoided`` or ``emitted``."""

    name: str
    value: float
    low: float
    high: float
    text: str


@dataclass(frozen=True, slots=True)
class Ratio:
    """A claim over our estimate, the range of the same, and its verdict."""

    name: str
    ratio: float
    low: float
    high: float
    verdict: str
    text: str


def technology_colours(codes: Sequence[str]) -> dict[str, str]:
    """Return a colour for every technology; the same technology has the same colour everywhere."""
    spare = iter(_SPARE * (len(codes) // len(_SPARE) + 1))
    return {code: _TECHNOLOGIES.get(code) or next(spare) for code in codes}


def stacked_chart(
    segments: Sequence[Segment], unit: str, *, total: int = WIDTH, prefix: str = "s"
) -> str:
    """Return horizontal bars made of coloured parts; ``unit`` is the title of the axis."""
    import altair as alt

    bars = in_order(item.bar for item in segments)
    width = total - room(bars)
    parts = {item.part: item.colour for item in segments}
    rows = [
        {"bar": item.bar, "part": item.part, "value": item.value, "order": place}
        for place, item in enumerate(segments)
    ]
    chart = (
        alt.Chart(alt.Data(values=rows))
        .mark_bar(height=15)
        .encode(
            y=names_axis(alt, bars, "bar"),
            x=alt.X("value:Q", stack="zero", title=unit, axis=alt.Axis(tickCount=5, format="~f")),
            color=alt.Color(
                "part:N",
                scale=alt.Scale(domain=list(parts), range=list(parts.values())),
                legend=None,
            ),
            order=alt.Order("order:Q"),
        )
        .properties(width=width, height=alt.Step(_STEP))
    )
    return svg(chart, prefix, total)


def shares_chart(
    segments: Sequence[Segment], *, total: int = WIDTH, prefix: str = "g", title: str = ""
) -> str:
    """Return bars that all add up to one, with the share written into each part that has room."""
    import altair as alt

    bars = in_order(item.bar for item in segments)
    width = total - room(bars)
    rows: list[dict[str, Any]] = []
    reached: dict[str, float] = {}
    for item in segments:
        start = reached.get(item.bar, 0.0)
        reached[item.bar] = start + item.value
        dark = item.colour in (GRADES[1], GRADES[5])
        rows.append(
            {
                "bar": item.bar,
                "colour": item.colour,
                "from": start,
                "to": start + item.value,
                "middle": start + item.value / 2,
                "text": f"{item.value:.0%}" if item.value >= 0.06 else "",
                "ink": "#ffffff" if dark else INK,
            }
        )
    base = alt.Chart(alt.Data(values=rows)).encode(y=names_axis(alt, bars, "bar"))
    bar = base.mark_bar(height=16).encode(
        x=alt.X(
            "from:Q",
            title=title or None,
            scale=alt.Scale(domain=[0, 1]),
            axis=alt.Axis(format="%", tickCount=5),
        ),
        x2="to:Q",
        color=alt.Color("colour:N", scale=None),
    )
    text = base.mark_text(fontSize=11).encode(
        x="middle:Q", text="text:N", color=alt.Color("ink:N", scale=None)
    )
    return svg((bar + text).properties(width=width, height=alt.Step(_STEP)), prefix, total)


def ranges_chart(
    dots: Sequence[Dot],
    ticks: Mapping[float, str],
    title: str,
    *,
    total: int = WIDTH,
    colour: str = ACCENT,
    prefix: str = "r",
) -> str:
    """Return a line of dots with their ranges on a logarithmic axis; all values are above zero."""
    import altair as alt

    rows = [
        {
            "name": dot.name,
            "value": dot.value,
            "low": max(dot.low, min(ticks)),
            "high": dot.high,
            "text": dot.text,
        }
        for dot in dots
    ]
    names = in_order(dot.name for dot in dots)
    right = max((extent(item.text) for item in dots), default=0) + 14
    width = total - room(names) - right
    axis = log_axis(alt, ticks, title)
    base = alt.Chart(alt.Data(values=rows)).encode(y=names_axis(alt, names, "name"))
    span = base.mark_rule(strokeWidth=5, opacity=0.28, color=colour, strokeCap="round")
    span = span.encode(x=axis, x2="high:Q")
    dot = base.mark_point(filled=True, size=62, opacity=1, color=colour).encode(x=at(alt, "value"))
    text = base.mark_text(align="left", fontSize=12, color=INK).encode(
        x=alt.value(width + 10), text="text:N"
    )
    chart = (span + dot + text).properties(width=width, height=alt.Step(_STEP))
    return svg(chart, prefix, total)


def ratios_chart(
    ratios: Sequence[Ratio],
    titles: tuple[str, str],
    *,
    total: int = WIDTH,
    prefix: str = "q",
) -> str:
    """Return claims over estimates on a logarithmic axis, with our range as a band around one.

    ``titles`` are the title of the axis and the words beside the line at one.
    """
    import altair as alt

    least = min([0.1, *(min(item.ratio, item.low) for item in ratios)])
    most = max([10.0, *(max(item.ratio, item.high) for item in ratios)])
    ticks = {step: _times(step) for step in _decades(least, most)}
    rows = [
        {
            "name": item.name,
            "value": item.ratio,
            "low": item.low,
            "high": item.high,
            "text": item.text,
            "colour": VERDICTS.get(item.verdict, MUTED),
            "shape": SHAPES.get(item.verdict, "circle"),
        }
        for item in ratios
    ]
    names = in_order(item.name for item in ratios)
    right = max((extent(item.text) for item in ratios), default=0) + 14
    width = total - room(names) - right
    base = alt.Chart(alt.Data(values=rows)).encode(y=names_axis(alt, names, "name"))
    band = base.mark_rule(strokeWidth=11, opacity=1, color="#dbe8e0")
    band = band.encode(x=log_axis(alt, ticks, titles[0]), x2="high:Q")
    one = (
        alt.Chart(alt.Data(values=[{"one": 1}]))
        .mark_rule(color=ACCENT, strokeWidth=1.2)
        .encode(x=at(alt, "one"))
    )
    dot = base.mark_point(filled=True, size=90, opacity=1).encode(
        x=at(alt, "value"),
        color=alt.Color("colour:N", scale=None),
        shape=alt.Shape("shape:N", scale=None),
    )
    text = base.mark_text(align="left", fontSize=12, color=INK).encode(
        x=alt.value(width + 10), text="text:N"
    )
    chart = (band + one + dot + text).properties(width=width, height=alt.Step(_STEP))
    return svg(chart, prefix, total)


def _times(step: float) -> str:
    return f"×{format_number(step)}" if step >= 1 else f"÷{format_number(1 / step)}"


def _decades(least: float, most: float) -> list[float]:
    import math

    first = math.floor(math.log10(least) + 1e-9)
    last = math.ceil(math.log10(most) - 1e-9)
    return [10.0**power for power in range(first, last + 1)]
