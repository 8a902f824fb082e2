"""What an indicator means in a sentence: as the catalogue says, or put together from its row."""

from __future__ import annotations

from greensilk.facts import catalogue as registers
from greensilk.facts.model import Indicator

__all__ = ["definition"]


def definition(one: Indicator, lang: str) -> str:
    """Return the definition of ``one`` in ``en`` or ``zh``.

    Where the catalogue gives none, the name, the unit, the producer and the publication make it;
    the producer's own definition is then to be read at the address of the source.
    """
    given = one.definition_zh if lang == "zh" else one.definition_en
    if given:
        return given
    source = registers.sources()[one.source]
    if lang == "zh":
        return f"{one.zh}（单位：{one.unit}）。{source.producer.zh}，《{source.zh}》。"
    return f"{one.en} (unit: {one.unit}). {source.producer.en}, {source.en}."
