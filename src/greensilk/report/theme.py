"""How everything looks: the colours, signs and fonts of pages, pictures, workbooks and documents.

The style sheet gets its variables and marks from :func:`style_variables`, typst from
:func:`typst_colours`; pictures, workbooks and Word documents read the constants. Colours of
technologies and of kinds of power are the same wherever they are shown.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from greensilk.core.document import Badge

__all__ = [
    "AMBER",
    "DEEP",
    "GREEN",
    "GRID",
    "INK",
    "LINE",
    "MARKS",
    "MUTED",
    "OFFICE_FONTS",
    "RULE",
    "SOFT",
    "TONES",
    "WEB_FONT",
    "Mark",
    "category_colours",
    "mark_of",
    "style_variables",
    "typst_colours",
]

INK, MUTED, LINE, RULE, SOFT, TINT = (
    *("#1f2a25", "#5b6761", "#dde4e0"),
    *("#b9c7bf", "#f4f7f5", "#e9f2ec"),
)
GREEN, DEEP, AMBER, BLUE, RED = "#1f6f4a", "#14513a", "#b45309", "#2b6390", "#a3262a"
PALE, GRID, BAND = "#a9cfbb", "#e3e9e5", "#dbe8e0"

TONES = {
    "plain": INK,
    "good": GREEN,
    "bad": RED,
    "warning": AMBER,
    "info": BLUE,
    "muted": MUTED,
}

WEB_FONT = (
    "system-ui, -apple-system, 'Segoe UI', 'PingFang SC', 'Microsoft YaHei', "
    "'Noto Sans CJK SC', 'Source Han Sans SC', 'WenQuanYi Micro Hei', sans-serif"
)
# what office programs have on the machines of our readers
OFFICE_FONTS = {"en": "Calibri", "zh": "Microsoft YaHei"}


@dataclass(frozen=True, slots=True)
class Mark:
    """How a badge of one code looks: ink, the sign before its words, a filled or framed box.

    ``shape`` is the mark in a picture.
    """

    ink: str
    sign: str = ""
    fill: str = ""
    frame: bool = False
    shape: str = "circle"


# verdicts, grades of data quality and cautions, by the code of the badge
MARKS = {
    "consistent": Mark(GREEN, "✓"),
    "high": Mark(AMBER, "▲", shape="triangle-up"),
    "low": Mark(BLUE, "▼", shape="triangle-down"),
    "implausible": Mark(RED, "✚", shape="cross"),
    "not_checkable": Mark(MUTED, "?"),
    "grade0": Mark(INK, fill="#eeeeee"),
    "grade1": Mark("#ffffff", fill="#1f6f4a"),
    "grade2": Mark(INK, fill="#8fc0a5"),
    "grade3": Mark(INK, fill="#d3dfc3"),
    "grade4": Mark(INK, fill="#eccb8d"),
    "grade5": Mark(INK, fill="#e0a067"),
    "caution": Mark(AMBER, frame=True),
}
_CATEGORIES = {
    **{f"grade{grade}": MARKS[f"grade{grade}"].fill for grade in range(1, 6)},
    **{code: mark.ink for code, mark in MARKS.items() if not mark.fill},
    "hydro": "#2f6f95",
    "wind": "#6fa8a0",
    "wind_onshore": "#6fa8a0",
    "wind_offshore": "#3f8580",
    "solar": "#e2b13c",
    "solar_pv": "#e2b13c",
    "csp": "#c9803f",
    "geothermal": "#9c5b4b",
    "other_renewable": "#9c5b4b",
    "biomass": "#7f9a48",
    "bioenergy": "#7f9a48",
    "marine": "#5b9bc0",
    "pumped_storage": "#8db3c9",
    "waste_to_energy": "#a8687c",
    "nuclear": "#7d7fb3",
    "gas": "#b9a58c",
    "oil": "#8c7a68",
    "coal": "#55504b",
    "other": "#c4ccc7",
    "rail_freight": "#4d5f8a",
    "electric_bus": "#74a857",
    "wastewater_treatment": "#5b9bc0",
}
_SPARE = ("#b08a5a", "#8c968f", "#7c8f6a", "#a98a8a", "#8699a8", "#b5b06a", "#5f7a6e")


def category_colours(codes: Sequence[str]) -> dict[str, str]:
    """Return a colour for every code; the same code has the same colour everywhere.

    >>> category_colours(["hydro", "levitation"])
    {'hydro': '#2f6f95', 'levitation': '#b08a5a'}
    """
    spare = iter(_SPARE * (len(codes) // len(_SPARE) + 1))
    return {code: _CATEGORIES.get(code) or next(spare) for code in codes}


def mark_of(badge: Badge) -> Mark:
    """Return how a badge looks, by its code or else by its tone."""
    return MARKS.get(badge.code) or Mark(TONES[badge.tone])


def style_variables() -> str:
    """Return the colours as variables of the style sheet, and a rule for every mark."""
    variables = {
        "ink": INK,
        "muted": MUTED,
        "line": LINE,
        "rule": RULE,
        "soft": SOFT,
        "tint": TINT,
        "green": GREEN,
        "deep": DEEP,
        "amber": AMBER,
        "blue": BLUE,
        "red": RED,
        "pale": PALE,
    }
    lines = [f"--{name}: {colour};" for name, colour in variables.items()]
    rules = [f":root {{ {' '.join(lines)} --font: {WEB_FONT}; }}"]
    for tone, colour in TONES.items():
        kinds = ", ".join(f".{kind}.{tone}" for kind in ("mark", "small", "note", "notes", "spark"))
        rules.append(f"{kinds} {{ color: {colour}; }}")
    for code, mark in MARKS.items():
        name = f".mark.{code}"
        fill = f" background: {mark.fill};" if mark.fill else ""
        frame = f" border: 1px solid {mark.ink};" if mark.frame else ""
        rules.append(f"{name} {{ color: {mark.ink};{fill}{frame} }}")
        if mark.sign:
            rules.append(f'{name}::before {{ content: "{mark.sign}"; }}')
    return "\n".join(rules)


def typst_colours() -> dict[str, str]:
    """Return the colours that the PDF is set in."""
    return {
        **TONES,
        "line": LINE,
        "rule": RULE,
        "soft": SOFT,
        "deep": DEEP,
        "green": GREEN,
        "pale": PALE,
    }
