"""Pictures of charts as SVG text, drawn here and offline.

Names and numbers stay text in the SVG, so that the reader's browser sets Chinese in its own font,
and a search in the page finds them. Axis labels reserve the room they need by our own reckoning,
because the machine that draws may have no Chinese font to measure with.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import altair as alt

from greensilk.core.document import Axis, Chart
from greensilk.core.text import (
    Amount,
    Parameter,
    Percent,
    Sentence,
    Times,
    join_words,
    render_value,
)
from greensilk.core.text.numbers import finite, format_percent, format_times, scale
from greensilk.report import theme
from greensilk.report.svg import render_svg, text_extent

__all__ = ["WIDTH", "Legend", "Picture", "draw_chart", "share_lines"]

# pixels of a whole picture, names and texts included; the width of the page's column
WIDTH = 900
_STEP = 25
# letters of a name beside an axis; a claim is named with its project
_MOST_LETTERS = {"en": 36, "zh": 20}
_MOST_LETTERS_RATIO = {"en": 56, "zh": 30}

Figure: TypeAlias = "alt.Chart | alt.LayerChart"


@dataclass(frozen=True, slots=True)
class Legend:
    """An entry of a legend: its words, its colour, and the code of a badge if it is one."""

    text: str
    colour: str
    code: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart ready to put into a page."""

    svg: str
    legend: tuple[Legend, ...]
    text: str


@dataclass(frozen=True, slots=True)
class _Row:
    """A row of a chart in numbers and words."""

    name: str
    value: float
    low: float | None
    high: float | None
    code: str
    at: float


def draw_chart(
    chart: Chart, lang: str, *, font: str = theme.WEB_FONT, prefix: str = "c", total: int = WIDTH
) -> Picture:
    """Return a chart as a picture.

    Parameters
    ----------
    chart
        What to draw.
    lang
        ``en`` or ``zh``.
    font
        Families for the texts of the picture, as CSS names them.
    prefix
        What ids inside the SVG begin with, so that two pictures on a page share none.
    total
        Width in pixels.
    """
    rows = _read(chart, lang)
    codes = list(chart.categories) or list(dict.fromkeys(row.code for row in rows if row.code))
    colours = theme.category_colours(codes)
    drawn = _KINDS[chart.kind](chart, rows, colours, lang, total) if rows else None
    return Picture(
        svg=render_svg(drawn.to_dict(), prefix, total, font) if drawn is not None else "",
        legend=tuple(_legend(chart, rows, colours, lang)),
        text=render_value(chart.text, lang),
    )


def share_lines(chart: Chart, lang: str) -> list[str]:
    """Return the parts of a chart of shares in words, one line a bar; nothing for other charts.

    >>> rows = [{"kind": "hydro", "share": 0.75}, {"kind": "coal", "share": 0.25}]
    >>> chart = Chart("shares", rows, Axis("share"), Axis(""), colour="kind",
    ...               categories={"hydro": "Hydropower", "coal": "Coal"})
    >>> share_lines(chart, "en")
    ['Hydropower 75%, Coal 25%']
    """
    if chart.kind != "shares":
        return []
    bars: dict[str, list[_Row]] = {}
    for row in _read(chart, lang):
        bars.setdefault(row.name, []).append(row)
    lines = []
    for name, rows in bars.items():
        overall = sum(row.value for row in rows) or 1.0
        wording = [
            f"{render_value(chart.categories.get(row.code, row.code), lang)} "
            f"{format_percent(row.value / overall)}"
            for row in rows
        ]
        parts = join_words(wording, lang)
        lines.append(f"{name}: {parts}" if name else parts)
    return lines


def _read(chart: Chart, lang: str) -> list[_Row]:
    """Return the rows that have a value; names that stand twice get a number."""
    names, values = (chart.y.field, chart.x) if chart.kind != "lines" else ("", chart.y)
    rows: list[_Row] = []
    counts: dict[str, int] = {}
    most = _MOST_LETTERS_RATIO if chart.kind == "ratios" else _MOST_LETTERS
    stacked = chart.kind in ("bars", "shares", "lines")
    for record in chart.rows:
        value = _number(record.get(values.field))
        low, high = _number(record.get(chart.low)), _number(record.get(chart.high))
        if value is None and chart.kind == "tornado":
            value = 0.0
        if value is None or (values.logarithmic and value <= 0):
            continue
        name = _shorten(render_value(record.get(names, ""), lang), most[lang]) if names else ""
        if not stacked:
            counts[name] = counts.get(name, 0) + 1
            if counts[name] > 1:
                name = f"{name} ({counts[name]})"
        at = _number(record.get(chart.x.field)) if chart.kind == "lines" else None
        code = str(record.get(chart.colour) or "") if chart.colour else ""
        rows.append(_Row(name, value, low, high, code, at or 0.0))
    return rows


def _number(value: Parameter) -> float | None:
    """Return the number in a field of a row, whatever it is wrapped in."""
    if isinstance(value, Amount):
        return finite(value.value)
    if isinstance(value, Percent):
        return finite(value.percent)
    if isinstance(value, Times):
        return finite(value.times)
    return finite(value) if isinstance(value, int | float) else None


def _legend(
    chart: Chart, rows: Sequence[_Row], colours: Mapping[str, str], lang: str
) -> list[Legend]:
    shares: dict[str, float] = {}
    if chart.kind == "shares" and not chart.y.field:
        overall = sum(row.value for row in rows) or 1.0
        for row in rows:
            shares[row.code] = shares.get(row.code, 0.0) + row.value / overall
    entries = []
    for code, wording in chart.categories.items():
        text = render_value(wording, lang)
        if shares and code not in shares:
            continue
        if shares:
            text += " " + format_percent(shares[code])
        mark = theme.MARKS.get(code)
        sign = code if chart.kind == "ratios" and mark and mark.sign else ""
        entries.append(Legend(text, _tint(chart, code, colours), sign))
    return entries


def _tint(chart: Chart, code: str, colours: Mapping[str, str]) -> str:
    # the band of our own range is no category of the marks
    return theme.BAND if chart.kind == "ratios" and code == "band" else colours[code]


def _bars(
    chart: Chart, rows: Sequence[_Row], colours: Mapping[str, str], lang: str, total: int
) -> Figure:
    """Return bars made of coloured parts, and the range of each bar as a line over its end."""
    names = _in_order(row.name for row in rows)
    ends: dict[str, float] = {}
    for row in rows:
        ends[row.name] = ends.get(row.name, 0.0) + row.value
    reach = max([*ends.values(), *(row.high or 0.0 for row in rows)])
    size, title = _scaled(chart.x, reach, lang)
    values = [
        {"name": row.name, "part": row.code, "value": row.value / size, "order": order}
        for order, row in enumerate(rows)
    ]
    width = total - _room(names)
    colour = (
        alt.Color("part:N", legend=None,
                  scale=alt.Scale(domain=list(colours), range=list(colours.values())))
        if chart.colour
        else alt.value(theme.GREEN)
    )  # fmt: skip
    bars = (
        alt.Chart(alt.Data(values=values))
        .mark_bar(height=15)
        .encode(
            y=_names_axis(names),
            x=alt.X("value:Q", stack="zero", title=title, axis=alt.Axis(tickCount=5, format=",~f")),
            color=colour,
            order=alt.Order("order:Q"),
        )
    )
    ranges = [
        {"name": row.name, "low": row.low / size, "high": row.high / size}
        for row in rows
        if row.low is not None and row.high is not None and row.high > row.low
    ]
    layers: list[alt.Chart] = [bars]
    if ranges:
        base = alt.Chart(alt.Data(values=ranges)).encode(y=_names_axis(names))
        line = base.mark_rule(strokeWidth=1.6, color=theme.INK).encode(x="low:Q", x2="high:Q")
        ticks = [
            base.mark_tick(thickness=1.6, size=9, color=theme.INK).encode(x=f"{end}:Q")
            for end in ("low", "high")
        ]
        layers += [line, *ticks]
    return alt.layer(*layers).properties(width=width, height=alt.Step(_STEP))


def _shares(
    chart: Chart, rows: Sequence[_Row], colours: Mapping[str, str], lang: str, total: int
) -> Figure:
    """Return bars that each add up to one, with the share in each part that has room for it."""
    names = _in_order(row.name for row in rows)
    wholes = {name: sum(row.value for row in rows if row.name == name) or 1.0 for name in names}
    values: list[dict[str, object]] = []
    reached = dict.fromkeys(names, 0.0)
    for row in rows:
        share = row.value / wholes[row.name]
        start = reached[row.name]
        reached[row.name] = start + share
        values.append(
            {
                "name": row.name,
                "colour": colours[row.code],
                "from": start,
                "to": start + share,
                "middle": start + share / 2,
                "text": format_percent(share) if share >= 0.06 else "",
                "ink": "#ffffff" if _is_dark(colours[row.code]) else theme.INK,
            }
        )
    base = alt.Chart(alt.Data(values=values)).encode(y=_names_axis(names))
    axis = alt.Axis(format="%", tickCount=5) if chart.y.field else None
    title = render_value(chart.x.title, lang) or None
    bar = base.mark_bar(height=16).encode(
        x=alt.X("from:Q", title=title, scale=alt.Scale(domain=[0, 1]), axis=axis),
        x2="to:Q",
        color=alt.Color("colour:N", scale=None),
    )
    text = base.mark_text(fontSize=11).encode(
        x="middle:Q", text="text:N", color=alt.Color("ink:N", scale=None)
    )
    width = total - _room(names)
    return (bar + text).properties(width=width, height=alt.Step(_STEP))


def _ranges(
    chart: Chart, rows: Sequence[_Row], colours: Mapping[str, str], lang: str, total: int
) -> Figure:
    """Return dots with their ranges and the figure beside each."""
    unit = chart.x.unit
    texts = [render_value(Amount(row.value, unit, row.low, row.high), lang) for row in rows]
    values = []
    for row, text in zip(rows, texts, strict=True):
        low = row.value if row.low is None else row.low
        if chart.x.logarithmic:
            low = max(low, row.value * 1e-3, 0.1)
        high = row.value if row.high is None else row.high
        values.append(
            {"name": row.name, "value": row.value, "low": low, "high": high, "text": text}
        )
    names = _in_order(row.name for row in rows)
    width = total - _room(names) - max(text_extent(text) for text in texts) - 14
    least = min(float(str(item["low"])) for item in values)
    most = max(float(str(item["high"])) for item in values)
    title = render_value(chart.x.title, lang)
    if chart.x.logarithmic:
        head = unit.partition("/")[0]
        ticks = {step: _tick(step, head, lang) for step in _steps(least, most)}
        axis = _log_axis(ticks, title)
        for item in values:
            item["low"] = max(float(str(item["low"])), min(ticks))
    else:
        axis = alt.X("low:Q", title=title, scale=alt.Scale(zero=chart.x.zero))
    base = alt.Chart(alt.Data(values=values)).encode(y=_names_axis(names))
    span = base.mark_rule(strokeWidth=5, opacity=0.28, color=theme.GREEN, strokeCap="round")
    span = span.encode(x=axis, x2="high:Q")
    dot = base.mark_point(filled=True, size=62, opacity=1, color=theme.GREEN)
    dot = dot.encode(x="value:Q")
    text = base.mark_text(align="left", fontSize=12, color=theme.INK)
    text = text.encode(x=alt.value(width + 10), text="text:N")
    return (span + dot + text).properties(width=width, height=alt.Step(_STEP))


def _ratios(
    chart: Chart, rows: Sequence[_Row], colours: Mapping[str, str], lang: str, total: int
) -> Figure:
    """Return marks on a logarithmic axis, with the range around one as a band."""
    least = min([0.1, *(min(row.value, row.low or 1.0) for row in rows)])
    most = max([10.0, *(max(row.value, row.high or 1.0) for row in rows)])
    ticks = {step: _times_tick(step) for step in _decades(least, most)}
    values = [
        {
            "name": row.name,
            "value": row.value,
            "low": row.low or 1.0,
            "high": row.high or 1.0,
            "text": format_times(row.value, lang),
            "colour": colours.get(row.code, theme.MUTED),
            "shape": theme.MARKS[row.code].shape if row.code in theme.MARKS else "circle",
        }
        for row in rows
    ]
    names = _in_order(row.name for row in rows)
    right = max(text_extent(format_times(row.value, lang)) for row in rows) + 14
    width = total - _room(names) - right
    base = alt.Chart(alt.Data(values=values)).encode(y=_names_axis(names))
    band = base.mark_rule(strokeWidth=11, opacity=1, color=theme.BAND)
    band = band.encode(x=_log_axis(ticks, render_value(chart.x.title, lang)), x2="high:Q")
    unity = alt.Chart(alt.Data(values=[{"one": 1}])).mark_rule(color=theme.GREEN, strokeWidth=1.2)
    unity = unity.encode(x="one:Q")
    dot = base.mark_point(filled=True, size=90, opacity=1).encode(
        x="value:Q",
        color=alt.Color("colour:N", scale=None),
        shape=alt.Shape("shape:N", scale=None),
    )
    text = base.mark_text(align="left", fontSize=12, color=theme.INK)
    text = text.encode(x=alt.value(width + 10), text="text:N")
    return (band + unity + dot + text).properties(width=width, height=alt.Step(_STEP))


def _tornado(
    chart: Chart, rows: Sequence[_Row], colours: Mapping[str, str], lang: str, total: int
) -> Figure:
    """Return bars from the low to the high end, on either side of the value as it is."""
    reach = [end for row in rows for end in (row.value, row.low, row.high) if end is not None]
    size, title = _scaled(chart.x, max(map(abs, reach)), lang)
    names = _in_order(row.name for row in rows)
    values = [
        {"name": row.name, "from": row.value / size, "to": end / size, "side": side}
        for row in rows
        for side, end in (("low", row.low), ("high", row.high))
        if end is not None
    ]
    base = alt.Chart(alt.Data(values=values)).encode(y=_names_axis(names))
    tones = alt.Scale(domain=["low", "high"], range=["#b9cfc2", "#68a582"])
    axis = alt.Axis(tickCount=6, format=",~f")
    bars = base.mark_bar(height=15).encode(
        x=alt.X("from:Q", title=title, axis=axis, scale=alt.Scale(zero=chart.x.zero)),
        x2="to:Q",
        color=alt.Color("side:N", scale=tones, legend=None),
    )
    centre = alt.Chart(alt.Data(values=[{"centre": rows[0].value / size}]))
    line = centre.mark_rule(color=theme.INK, strokeWidth=1.2).encode(x="centre:Q")
    return (bars + line).properties(width=total - _room(names), height=alt.Step(_STEP))


def _lines(
    chart: Chart, rows: Sequence[_Row], colours: Mapping[str, str], lang: str, total: int
) -> Figure:
    """Return one line a series, over time, with its range as an area where rows have one."""
    size, title = _scaled(chart.y, max(abs(row.value) for row in rows), lang)
    values = [
        {
            "at": row.at,
            "value": row.value / size,
            "series": row.code,
            "low": (row.value if row.low is None else row.low) / size,
            "high": (row.value if row.high is None else row.high) / size,
        }
        for row in rows
    ]
    scale_of = alt.Scale(domain=list(colours), range=list(colours.values()))
    colour = alt.Color("series:N", scale=scale_of, legend=None) if chart.colour else alt.value(
        theme.GREEN
    )  # fmt: skip
    y_scale = (
        alt.Scale(type="log") if chart.y.logarithmic else alt.Scale(zero=chart.y.zero, nice=True)
    )
    base = alt.Chart(alt.Data(values=values)).encode(
        x=alt.X("at:Q", title=render_value(chart.x.title, lang) or None,
                axis=alt.Axis(format="d", tickMinStep=1), scale=alt.Scale(zero=False)),
        color=colour,
    )  # fmt: skip
    line = base.mark_line(strokeWidth=1.8).encode(
        y=alt.Y("value:Q", title=title, scale=y_scale, axis=alt.Axis(grid=True, tickCount=5))
    )
    layers = [line]
    if any(row.low is not None for row in rows):
        layers.insert(0, base.mark_area(opacity=0.16).encode(y="low:Q", y2="high:Q"))
    return alt.layer(*layers).properties(width=total - 80, height=230)


_Draw: TypeAlias = Callable[[Chart, Sequence[_Row], Mapping[str, str], str, int], Figure]
_KINDS: dict[str, _Draw] = {
    "bars": _bars,
    "shares": _shares,
    "ranges": _ranges,
    "ratios": _ratios,
    "tornado": _tornado,
    "lines": _lines,
}


def _scaled(axis: Axis, most: float, lang: str) -> tuple[float, str]:
    """Return the size of the unit to draw in, and the title with that unit's words."""
    size, wording = scale(axis.unit, abs(most), lang)
    if isinstance(axis.title, Sentence):
        filled = Sentence(axis.title.sentence, {**axis.title.params, "unit": wording})
        return size, render_value(filled, lang)
    return size, render_value(axis.title, lang) or wording


def _names_axis(names: Sequence[str]) -> alt.Y:
    """Return the axis of names, in the order given, none of them dropped or cut."""
    space = _room(names)
    axis = alt.Axis(
        title=None,
        ticks=False,
        domain=False,
        labelLimit=0,
        minExtent=space,
        maxExtent=space,
        labelPadding=8,
        labelOverlap=False,
    )
    return alt.Y("name:N", sort=list(names), axis=axis if any(names) else None)


def _log_axis(ticks: Mapping[float, str], title: str) -> alt.X:
    """Return a logarithmic axis from the first to the last tick, with the words for each."""
    known = json.dumps({_spelled(position): wording for position, wording in ticks.items()})
    axis = alt.Axis(values=list(ticks), labelExpr=f"({known})[format(datum.value, '.1e')]")
    ends = alt.Scale(type="log", domain=[min(ticks), max(ticks)], clamp=True, nice=False)
    return alt.X("low:Q", title=title, axis=axis, scale=ends)


def _spelled(position: float) -> str:
    """Return a number as the picture language spells it in exponents: ``2.0e+6``."""
    mantissa, _, power = f"{position:.1e}".partition("e")
    return f"{mantissa}e{power[0]}{int(power[1:])}"


def _tick(step: float, unit: str, lang: str) -> str:
    return render_value(Amount(step, unit), lang).replace("CO₂e", "").strip()


def _times_tick(step: float) -> str:
    times = f"{step if step >= 1 else 1 / step:,.0f}"
    return f"×{times}" if step >= 1 else f"÷{times}"


def _steps(least: float, most: float) -> list[float]:
    """Return round numbers that span a logarithmic axis: decades, or 1, 2, 5 on a short one."""
    first, last = math.floor(math.log10(least)), math.ceil(math.log10(most))
    if last - first > 3:
        return [10.0**power for power in range(first, last + 1)]
    steps = [factor * 10.0**power for power in range(first, last + 1) for factor in (1, 2, 5)]
    below = max((step for step in steps if step <= least * 1.001), default=steps[0])
    above = min((step for step in steps if step >= most * 0.999), default=steps[-1])
    return [step for step in steps if below <= step <= above]


def _decades(least: float, most: float) -> list[float]:
    first = math.floor(math.log10(least) + 1e-9)
    last = math.ceil(math.log10(most) - 1e-9)
    return [10.0**power for power in range(first, last + 1)]


def _in_order(names: Iterable[str]) -> list[str]:
    """Return names once each, in the order in which they first come."""
    return list(dict.fromkeys(names))


def _shorten(name: str, most: int) -> str:
    return name if len(name) <= most else name[: most - 1].rstrip() + "…"


def _room(names: Sequence[str]) -> int:
    """Return the pixels that the names beside an axis need."""
    most = max((text_extent(name) for name in names), default=0)
    return min(most + 10, 360) if most else 0


def _is_dark(colour: str) -> bool:
    red, green, blue = (int(colour[start : start + 2], 16) for start in (1, 3, 5))
    return 0.3 * red + 0.59 * green + 0.11 * blue < 130
