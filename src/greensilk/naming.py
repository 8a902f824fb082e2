"""The words for a name: quantities, fields, facts and codes, in the reader's language."""

from __future__ import annotations

from functools import lru_cache

from greensilk.errors import Fault
from greensilk.i18n import catalogue, text

__all__ = ["fault_message", "name_label"]


@lru_cache(maxsize=1)
def _declared() -> dict[str, dict[str, str]]:
    """Return the labels that formulas and fields declare themselves."""
    from greensilk.projects import schema
    from greensilk.quantity import quantities

    labels: dict[str, dict[str, str]] = {}
    for row in schema():
        labels.setdefault(row["field"], {"en": row["en"], "zh": row["zh"]})
        if row.get("provides"):
            labels.setdefault(row["provides"], {"en": row["en"], "zh": row["zh"]})
    for record in quantities():
        labels[record.name] = {"en": record.en, "zh": record.zh}
    return labels


def name_label(name: str, lang: str = "en") -> str:
    """Return the words for a quantity, a field or a fact.

    >>> name_label("emission_reductions", "zh")
    '减排量'
    """
    declared = _declared().get(name)
    if declared is not None:
        return declared[lang]
    entry = catalogue().get(f"name.{name}")
    return entry[lang] if entry else name.replace("_", " ")


def fault_message(fault: Fault, lang: str = "en") -> str:
    """Return a fault's sentence with names in words (``Fault.message`` knows fields only)."""
    if fault.code == "assumed_default":
        # the citation stands in a column of its own
        named = fault.expected.partition("; ")[0].removesuffix(" 1")
    elif fault.code in ("not_computed", "no_figure"):
        joiner = "、" if lang == "zh" else ", "
        named = joiner.join(name_label(name, lang) for name in fault.expected.split(", ") if name)
    else:
        return fault.message(lang)
    return text(f"fault.{fault.code}", lang, field=name_label(fault.field, lang), expected=named)
