"""Which language a person reads: what they asked for, else what their system says.

>>> check_language("zh"), language_of_locale({"LANG": "zh_CN.UTF-8"}), language_of_locale({})
('zh', 'zh', 'en')
"""

from __future__ import annotations

from collections.abc import Mapping

from greensilk.core.errors import UnknownNameError
from greensilk.core.text import LANGUAGES

__all__ = ["check_language", "language_of_locale"]


def check_language(lang: str) -> str:
    """Return ``lang`` if it is ``en`` or ``zh``; raise :class:`UnknownNameError` otherwise."""
    if lang not in LANGUAGES:
        raise UnknownNameError("language", lang, LANGUAGES)
    return lang


def language_of_locale(environment: Mapping[str, str]) -> str:
    """Return ``zh`` where the first of LC_ALL, LC_MESSAGES and LANG that is set is Chinese."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        value = environment.get(name, "")
        if value:
            return "zh" if value.lower().startswith("zh") else "en"
    return "en"
