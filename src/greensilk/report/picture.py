"""What all pictures share: fonts, colours of ink, axes, and the way to SVG text.

Names and numbers stay text in the SVG, so that the reader's browser sets Chinese in its own font,
and a search in the page finds them. Axis labels reserve the room they need by our own reckoning,
because the machine that draws may have no Chinese font to measure with.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

__all__ = [
    "ACCENT",
    "INK",
    "MUTED",
    "at",
    "extent",
    "in_order",
    "log_axis",
    "log_scale",
    "names_axis",
    "room",
    "svg",
]

FONT = (
    "system-ui, -apple-system, 'Segoe UI', 'PingFang SC', 'Microsoft YaHei', "
    "'Noto Sans CJK SC', 'Source Han Sans SC', 'WenQuanYi Micro Hei', sans-serif"
)
INK, MUTED, GRID, ACCENT = "#1f2a25", "#5b6761", "#e3e9e5", "#1f6f4a"


def room(names: Sequence[str]) -> int:
    """Return the pixels that the names beside an axis need."""
    return min(max((extent(name) for name in names), default=0) + 10, 360)


def names_axis(alt: Any, names: Sequence[str], column: str) -> Any:
    """Return the axis of names, in the order given, none of them dropped or cut by the renderer."""
    space = room(names)
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
    return alt.Y(f"{column}:N", sort=list(names), axis=axis)


def log_axis(alt: Any, ticks: Mapping[float, str], title: str) -> Any:
    """Return a logarithmic axis from the first to the last tick, with the words given for each."""
    known = json.dumps({_spelled(place): words for place, words in ticks.items()})
    axis = alt.Axis(values=list(ticks), labelExpr=f"({known})[format(datum.value, '.1e')]")
    return alt.X("low:Q", title=title, axis=axis, scale=log_scale(alt, list(ticks)))


def _spelled(place: float) -> str:
    """Return a number as the picture language spells it in exponents: ``2.0e+6``."""
    mantissa, _, power = f"{place:.1e}".partition("e")
    return f"{mantissa}e{power[0]}{int(power[1:])}"


def log_scale(alt: Any, places: Sequence[float]) -> Any:
    """Return the scale of a logarithmic axis that ends at the outermost places."""
    return alt.Scale(type="log", domain=[min(places), max(places)], clamp=True, nice=False)


def at(alt: Any, column: str) -> Any:
    """Return the place of a mark along the axis that another layer draws."""
    return alt.X(f"{column}:Q")


def in_order(names: Any) -> list[str]:
    """Return names once each, in the order in which they first come."""
    return list(dict.fromkeys(names))


def extent(text: str) -> int:
    """Return about how many pixels ``text`` takes at 12 pixels, with Chinese set full width."""
    wide = sum(unicodedata.east_asian_width(letter) in "WFA" for letter in text)
    return round(12.2 * wide + 6.5 * (len(text) - wide))


def svg(chart: Any, prefix: str, total: int) -> str:
    """Return the chart as SVG that scales with the page and shares no ids with another picture."""
    import vl_convert

    config = {
        "font": FONT,
        "background": None,
        "view": {"stroke": None},
        "aria": False,
        "axis": {
            "labelFontSize": 12,
            "titleFontSize": 12,
            "titleFontWeight": "normal",
            "labelColor": INK,
            "titleColor": MUTED,
            "gridColor": GRID,
            "domainColor": "#b9c4be",
            "tickColor": "#b9c4be",
            "titlePadding": 10,
            "grid": True,
        },
        "axisY": {"grid": False},
        "padding": {"left": 4, "top": 6, "right": 4, "bottom": 4},
    }
    spec = chart.to_dict()
    spec["config"] = config
    text = vl_convert.vegalite_to_svg(spec)
    text = re.sub(r'\b(id="|url\(#|href="#)', lambda found: found[0] + prefix + "-", text)
    # the width is the one reckoned here: the measured one is wrong where a font is missing
    size = re.match(r'<svg[^>]*?\bwidth="[\d.]+" height="([\d.]+)" viewBox="[^"]*"', text)
    if size:
        head = size[0][: size[0].index('width="')]
        frame = f'style="width:{total + 14}px" viewBox="0 0 {total + 14} {size[1]}"'
        text = head + frame + text[size.end() :]
    return text.replace("<svg ", '<svg aria-hidden="true" ', 1)
