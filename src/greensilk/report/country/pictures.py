"""Small pictures of a guide: lines of a series and bars of shares, as plain geometry and as SVG."""

from __future__ import annotations

from collections.abc import Sequence
from xml.sax.saxutils import quoteattr

from greensilk.report.country.model import Figure, Part

__all__ = ["COLOURS", "points", "spark"]

WIDTH, HEIGHT = 96, 24
_EDGE = 2.5
COLOURS = {
    "hydro": "#2f6f95",
    "wind": "#6fa8a0",
    "wind_offshore": "#3f8580",
    "solar": "#e2b13c",
    "geothermal": "#9c5b4b",
    "other_renewable": "#9c5b4b",
    "bioenergy": "#7f9a48",
    "marine": "#5b9bc0",
    "pumped_storage": "#8db3c9",
    "nuclear": "#7d7fb3",
    "gas": "#b9a58c",
    "oil": "#8c7a68",
    "coal": "#55504b",
    "other": "#c4ccc7",
}


def points(
    years: Sequence[int], values: Sequence[float], width: float = WIDTH, height: float = HEIGHT
) -> tuple[tuple[float, float], ...]:
    """Return the line of a series inside a box, years across and values up; y counts downwards.

    A series of one figure, or none, has no line. One that never changes lies in the middle.

    >>> points([2000, 2010], [1.0, 3.0], 100.0, 20.0)
    ((2.5, 17.5), (97.5, 2.5))
    """
    if len(years) < 2 or years[-1] == years[0]:
        return ()
    low, high = min(values), max(values)
    across = (width - 2 * _EDGE) / (years[-1] - years[0])
    rise = high - low
    return tuple(
        (
            round(_EDGE + across * (year - years[0]), 2),
            # the share of the rise first: the height over a very small rise has no number
            round(height - _EDGE - (height - 2 * _EDGE) * ((value - low) / rise), 2)
            if rise > 0
            else height / 2,
        )
        for year, value in zip(years, values, strict=True)
    )


def spark(figure: Figure, words: str) -> str:
    """Return the line of a figure as SVG, its last point marked; ``words`` describe it."""
    line = points(figure.years, figure.values)
    if not line:
        return ""
    tone = figure.turn or "even"
    path = " ".join(f"{x:g},{y:g}" for x, y in line)
    x, y = line[-1]
    return (
        f'<svg class="spark {tone}" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" '
        f'height="{HEIGHT}" role="img" aria-label={quoteattr(words)}>'
        f'<polyline points="{path}"/><circle cx="{x:g}" cy="{y:g}" r="2.2"/></svg>'
    )


def shares(parts: Sequence[Part]) -> list[tuple[Part, str]]:
    """Return the parts with their colours."""
    return [(part, COLOURS.get(part.kind, COLOURS["other"])) for part in parts]
