"""Finding fonts for what is set or drawn here: one with Chinese glyphs, one for Latin letters.

Looked for in the folder that ``GREENSILK_FONTS`` names, in the package ``noto-cjk-sans-otc`` if it
is installed, and among the fonts of the system.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

import typst

from greensilk.core.errors import OutputError

__all__ = ["CHINESE", "FONT_PACKAGE", "FontChoice", "find_fonts"]

# the best first; each has the simplified characters of the report
CHINESE: tuple[str, ...] = (
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "Source Han Sans SC",
    "Source Han Sans CN",
    "Source Han Sans",
    "Microsoft YaHei",
    "PingFang SC",
    "Hiragino Sans GB",
    "HarmonyOS Sans SC",
    "WenQuanYi Micro Hei",
    "WenQuanYi Zen Hei",
    "DengXian",
    "SimHei",
    "Heiti SC",
    "Droid Sans Fallback",
)
_LATIN: tuple[str, ...] = (
    "Noto Sans",
    "Segoe UI",
    "Helvetica Neue",
    "Arial",
    "Liberation Sans",
    "DejaVu Sans",
)
FONT_PACKAGE = "noto_cjk_sans_otc"


@dataclass(frozen=True, slots=True)
class FontChoice:
    """Families in the order they are tried for a letter, and the folders they lie in.

    ``chinese`` is the family with Chinese glyphs, empty if there is none.
    """

    families: tuple[str, ...]
    folders: tuple[str, ...]
    chinese: str

    @property
    def css(self) -> str:
        """Return the families as CSS names them."""
        return ", ".join(f"'{family}'" for family in self.families) or "sans-serif"


def find_fonts(lang: str) -> FontChoice:
    """Return the fonts for a document.

    Raises
    ------
    OutputError
        If the document is Chinese and no font has Chinese glyphs; the message says what to install.
    """
    folder = os.environ.get("GREENSILK_FONTS", "")
    places = _families(folder, _package())
    chinese = next((family for family in CHINESE if family in places), "")
    if not chinese and lang == "zh":
        raise OutputError("font_missing")
    latin = next((family for family in _LATIN if family in places), "")
    # Latin letters of a Chinese font sit better beside its characters than those of another one
    order = (chinese, latin) if lang == "zh" else (latin, chinese)
    families = tuple(family for family in order if family)
    folders = {str(Path(places[family]).parent): None for family in families}
    if folder:
        folders.setdefault(folder)
    return FontChoice(families, tuple(folders), chinese)


@lru_cache(maxsize=4)
def _families(*folders: str) -> dict[str, str]:
    """Return the file of each family that is installed; those in ``folders`` win."""
    places: dict[str, str] = {}
    for folder in filter(None, folders):
        fonts = typst.Fonts(
            include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder]
        )
        for font in fonts.fonts():
            if font.path:
                places.setdefault(font.family, str(font.path))
    system = typst.Fonts(include_system_fonts=True, include_embedded_fonts=False, font_paths=[])
    for font in system.fonts():
        if font.path:
            places.setdefault(font.family, str(font.path))
    return places


def _package() -> str:
    """Return the folder of the optional package of fonts, if it is installed."""
    spec = find_spec(FONT_PACKAGE)
    return str(Path(spec.origin).parent) if spec and spec.origin else ""
