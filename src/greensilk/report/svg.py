"""SVG: what a picture language draws made ready for a page, small lines, and PNG.

Axis labels reserve the space they need by our own reckoning (:func:`text_extent`), because the
machine that draws may have no Chinese font to measure with.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence

import vl_convert

from greensilk.report import theme

__all__ = ["render_png", "render_svg", "spark_points", "text_extent"]

_SPARK_EDGE = 2.5


def render_svg(chart: Mapping[str, object], prefix: str, total: int, font: str) -> str:
    """Return the chart as SVG that scales with the page and shares no ids with another picture."""
    config = {
        "font": font,
        "background": None,
        "view": {"stroke": None},
        "aria": False,
        "axis": {
            "labelFontSize": 12,
            "titleFontSize": 12,
            "titleFontWeight": "normal",
            "labelColor": theme.INK,
            "titleColor": theme.MUTED,
            "gridColor": theme.GRID,
            "domainColor": theme.RULE,
            "tickColor": theme.RULE,
            "titlePadding": 10,
            "grid": True,
        },
        "axisY": {"grid": False},
        "padding": {"left": 4, "top": 6, "right": 4, "bottom": 4},
    }
    text = vl_convert.vegalite_to_svg({**chart, "config": config})
    text = re.sub(r'\b(id="|url\(#|href="#)', lambda match: match[0] + prefix + "-", text)
    # the width is the one reckoned here: the measured one is wrong where a font is missing
    size = re.match(r'<svg[^>]*?\bwidth="[\d.]+" height="([\d.]+)" viewBox="[^"]*"', text)
    if size:
        head = size[0][: size[0].index('width="')]
        frame = f'style="width:{total + 14}px" viewBox="0 0 {total + 14} {size[1]}"'
        text = head + frame + text[size.end() :]
    return text.replace("<svg ", '<svg aria-hidden="true" ', 1)


def render_png(svg: str, folders: Sequence[str], scale: float = 2.0) -> bytes:
    """Return SVG text as a PNG picture; ``folders`` hold the fonts that it names."""
    for folder in folders:
        vl_convert.register_font_directory(folder)
    made: bytes = vl_convert.svg_to_png(svg, scale=scale)
    return made


def spark_points(
    x: Sequence[float], y: Sequence[float], width: float = 96.0, height: float = 24.0
) -> tuple[tuple[float, float], ...]:
    """Return the line of a series inside a box, x across and y up; places count downwards.

    A series of one figure, or none, has no line. One that never changes lies in the middle.

    >>> spark_points([2000, 2010], [1.0, 3.0], 100.0, 20.0)
    ((2.5, 17.5), (97.5, 2.5))
    """
    if len(x) < 2 or x[-1] == x[0]:
        return ()
    low, high = min(y), max(y)
    across = (width - 2 * _SPARK_EDGE) / (x[-1] - x[0])
    rise = high - low
    return tuple(
        (
            round(_SPARK_EDGE + across * (position - x[0]), 2),
            # the share of the rise first: the height over a very small rise has no number
            round(height - _SPARK_EDGE - (height - 2 * _SPARK_EDGE) * ((value - low) / rise), 2)
            if rise > 0
            else height / 2,
        )
        for position, value in zip(x, y, strict=True)
    )


def text_extent(text: str) -> int:
    """Return about how many pixels ``text`` takes at 12 pixels, with Chinese set full width."""
    wide = sum(unicodedata.east_asian_width(letter) in "WFA" for letter in text)
    return round(12.2 * wide + 6.5 * (len(text) - wide))
