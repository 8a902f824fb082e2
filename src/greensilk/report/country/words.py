"""The words of a guide: values with their units, names, marks and sentences in one language."""

from __future__ import annotations

import re
from collections.abc import Iterable

from greensilk.core.languages import check_language
from greensilk.core.text import catalogue, label, numbers, text
from greensilk.report.country.model import Caution, Compared, Figure, Hazard, SourceLine

__all__ = ["MARKS", "GuideWords"]

# what a mark beside a figure says; explained at the end of the guide
MARKS = {"old": "†", "restricted": "‡", "doubtful": "≠"}
# unit of a publisher -> (unit that is scaled for reading, its size)
_BASE: dict[str, tuple[str, float]] = {
    "hectare": ("ha", 1.0),
    "kilohectare": ("ha", 1e3),
    "tonne": ("t", 1.0),
    "ktonne": ("t", 1e3),
    "Mtonne": ("t", 1e6),
    "ktCO2e": ("tCO2e", 1e3),
    "MtCO2e": ("tCO2e", 1e6),
    "kWh": ("MWh", 1e-3),
    "GWh": ("MWh", 1e3),
    "TWh": ("MWh", 1e6),
    "kiloperson": ("person", 1e3),
    "megaperson": ("person", 1e6),
    "hm**3": ("m**3", 1e6),
    "km**3": ("m**3", 1e9),
    "MUSD": ("USD", 1e6),
    "GUSD": ("USD", 1e9),
}
_WORDS: dict[str, tuple[str, str]] = {
    "per_100k": ("per 100,000", "/10万人"),
    "per_10k": ("per 10,000", "/万人"),
    "per_100": ("per 100 people", "/百人"),
    "animal": ("animals", "头（只）"),
    "per_mille": ("‰", "‰"),
    "ug": ("µg", "微克"),
    "mg": ("mg", "毫克"),
    "USD_ppp": ("intl. $", "国际元"),
    "degC": ("°C", "℃"),
    "delta_degC*day": ("°C·days", "度日"),
    "hour": ("h", "小时"),
    "day": ("days", "天"),
    "mm": ("mm", "毫米"),
    "kg_oe": ("kg oil eq.", "千克标准油"),
    "toe": ("toe", "吨标准油"),
    "kcal": ("kcal", "千卡"),
    "hectare": ("ha", "公顷"),
    "tonne": ("t", "吨"),
    "MUSD": ("million USD", "百万美元"),
    "item": ("", ""),
}
# units that Chinese standards write in signs
_SIGNS = {"ug/m**3": "µg/m³", "mg/m**3": "mg/m³"}
_PER: dict[str, tuple[str, str]] = {"day": ("day", "天"), "hour": ("h", "小时")}
# carriers whose own publications need no second name
_OWN = {
    "aquastat": "fao",
    "electricity_mix": "ember",
    "gapminder": "gapminder",
    "gapminder_fasttrack": "gapminder",
    "hdr": "undp",
    "inform": "jrc",
    "treaties": "ecolex",
    "unsd_sdg": "unsd",
    "wb_esg": "worldbank",
}
_SHORT = 26


class GuideWords:
    """Turns the records of a guide into words of one language."""

    def __init__(self, lang: str) -> None:
        self.lang = check_language(lang)

    def say(self, key: str, **params: object) -> str:
        """Return the sentence ``country.<key>``."""
        return text(f"country.{key}", self.lang, **params)

    def pick(self, en: str, zh: str) -> str:
        """Return the name in the language, or the other one where it is missing."""
        return (zh or en) if self.lang == "zh" else (en or zh)

    def theme(self, code: str) -> str:
        """Return the name of a theme."""
        return label(f"facts.theme.{code}", self.lang)

    def name(self, figure: Figure) -> str:
        """Return the name of a figure's indicator."""
        return self.pick(figure.en, figure.zh)

    def value(self, figure: Figure) -> tuple[str, str]:
        """Return the figure's value and its unit as they are printed."""
        if figure.kind == "answer" and figure.value in (0.0, 1.0):
            return self.say("yes" if figure.value else "no"), ""
        if figure.kind == "calendar":
            return f"{figure.value:.0f}", ""
        if figure.kind == "coded" and figure.phrase:
            return self.phrase(figure.phrase), ""
        if (level := self._level(figure)) is not None:
            return level, ""
        return self.amount(figure.value, figure.unit)

    def whole(self, figure: Figure) -> str:
        """Return value and unit as one."""
        return self.join_unit(*self.value(figure))

    def join_unit(self, figures: str, unit: str) -> str:
        """Return a number and its unit as one: no space before a sign or in Chinese."""
        if not unit or unit in ("%", "‰") or self.lang == "zh":
            return figures + unit
        return f"{figures} {unit}"

    def amount(self, value: float, unit: str) -> tuple[str, str]:
        """Return a number scaled for reading, and its unit.

        >>> GuideWords("en").amount(33400.0, "GWh"), GuideWords("zh").amount(33400.0, "GWh")
        (('33.4', 'TWh'), ('334', '亿千瓦时'))
        >>> GuideWords("zh").amount(25.4, "ug/m**3")
        ('25.4', 'µg/m³')
        """
        head, _, tail = unit.partition("/")
        if tail in ("", "yr"):
            base, size = _BASE.get(head, (head, 1.0))
            if base not in _WORDS:
                value *= size
                scale, words = numbers.scale(
                    base + (f"/{tail}" if tail else ""), abs(value), self.lang
                )
                return numbers.format_number(value / scale), words
        if head not in _WORDS or tail:
            return numbers.format_number(value), self.unit(unit)
        scale, prefix = self._prefix(abs(value))
        return numbers.format_number(value / scale), f"{prefix}{self.unit(unit)}".strip()

    def unit(self, unit: str) -> str:
        """Return a unit as it is printed.

        >>> GuideWords("en").unit("USD_ppp/person"), GuideWords("zh").unit("kg_oe/person")
        ('intl. $/person', '千克标准油/人')
        """
        if unit in _SIGNS:
            return _SIGNS[unit]
        column = 1 if self.lang == "zh" else 0
        parts = unit.split("/")
        words = []
        for place, part in enumerate(parts):
            found = (_PER.get(part) if place else None) or _WORDS.get(part)
            if found:
                words.append(found[column])
            elif place:  # after a stroke a unit stands in the singular
                words.append(numbers.format_unit(f"1/{part}", self.lang).partition("/")[2])
            else:
                words.append(numbers.format_unit(part, self.lang))
        if len(words) > 1 and not words[0]:
            words[0] = "1" if parts[0] == "1" else ""
        return "/".join(words)

    def rank(self, figure: Figure) -> str:
        """Return the place among partner countries, as ``29/148``; only a number has one."""
        if figure.kind != "number" or figure.partner_rank is None or not figure.partner_of:
            return ""
        return f"{figure.partner_rank}/{figure.partner_of}"

    def course(self, figure: Figure) -> str:
        """Return the course of the last ten years in words."""
        return self.say(f"course.{figure.turn or figure.course}") if figure.course else ""

    def marks(self, figure: Figure) -> str:
        """Return the marks of a figure: old, restricted, doubtful."""
        return "".join(
            sign
            for sign, there in (
                (MARKS["doubtful"], bool(figure.findings)),
                (MARKS["old"], figure.old),
                (MARKS["restricted"], not figure.open),
            )
            if there
        )

    def remarks(self, figure: Figure) -> str:
        """Return what the publisher and the checks say of a figure."""
        words = [label(f"facts.flag.{figure.flag}", self.lang)] if figure.flag else []
        words += [label(f"facts.check.{code}", self.lang) for code in figure.findings]
        return self.listing(words)

    def producer(self, producer: str, en: str, zh: str) -> str:
        """Return the name of a producer, its letters where the name is long.

        >>> GuideWords("en").producer("who", "World Health Organization", "世界卫生组织")
        'WHO'
        """
        short = catalogue().get(f"country.producer.{producer}")
        if short:
            return short[self.lang]
        name = self.pick(en, zh)
        letters = "".join(re.findall(r"\b[A-Z]", en))
        if self.lang == "en" and len(name) > _SHORT and letters.lower() == producer.lower():
            return letters
        return name

    def carrier(self, carrier: str, producer: str) -> str:
        """Return the name of who passed the figure on, empty if the producer did."""
        if _OWN.get(carrier, producer) == producer:
            return ""
        return label(f"country.carrier.{carrier}", self.lang)

    def origin(self, one: Figure | Compared) -> str:
        """Return producer and carrier in one line."""
        name = self.producer(one.producer, one.producer_en, one.producer_zh)
        carrier = self.carrier(one.carrier, one.producer)
        return self.say("via", producer=name, carrier=carrier) if carrier else name

    def phrase(self, words: str) -> str:
        """Return the meaning of a step of a scale."""
        slug = re.sub(r"[^a-z0-9]+", "_", words.lower()).strip("_")
        entry = catalogue().get(f"country.step.{slug}")
        return entry[self.lang] if entry else words

    def hazard_level(self, hazard: Hazard) -> str:
        """Return the level of a hazard in words, or why there is none."""
        if hazard.level is None:
            return self.say(f"lack.{hazard.no_level or 'not_assessed'}")
        return self.say(f"level.{hazard.level}")

    def hazard_score(self, hazard: Hazard) -> str:
        """Return the score of a hazard, or why there is none."""
        if hazard.score is None:
            return self.say(f"lack.{hazard.no_score or 'not_scored'}")
        return numbers.format_number(hazard.score, 1)

    def source_title(self, line: SourceLine) -> str:
        """Return the title of a source."""
        return self.pick(line.en, line.zh)

    def caution(self, caution: Caution) -> str:
        """Return the sentence of a caution."""
        return self.say(f"caution.{caution.code}", count=caution.count, total=caution.total)

    def treaty(self, figure: Figure) -> str:
        """Return the name of a treaty from that of its indicator.

        >>> from types import SimpleNamespace as Sketch
        >>> GuideWords("en").treaty(Sketch(en="Party to the Paris Agreement", zh=""))
        'Paris Agreement'
        """
        if self.lang == "zh":
            return figure.zh.removesuffix("缔约方")
        return figure.en.removeprefix("Party to ").removeprefix("the ")

    def listing(self, words: Iterable[str]) -> str:
        """Return words as the language lists them."""
        return ("、" if self.lang == "zh" else ", ").join(word for word in words if word)

    def clauses(self, words: Iterable[str]) -> str:
        """Return short statements one after another."""
        return ("，" if self.lang == "zh" else ", ").join(word for word in words if word)

    def _prefix(self, size: float) -> tuple[float, str]:
        steps = (
            ((1e8, "亿"), (1e4, "万"))
            if self.lang == "zh"
            else ((1e9, "billion "), (1e6, "million "))
        )
        for step, word in steps:
            if size >= step:
                return step, word
        return 1.0, ""

    def _level(self, figure: Figure) -> str | None:
        """Return the words of a value that is a level; the scales are those of the catalogue."""
        scale = {"thinkhazard": "level", "aqueduct": "category"}.get(figure.carrier)
        if figure.indicator == "aqueduct.drr":
            scale = "drought"
        if scale is None or figure.value != int(figure.value):
            return None
        entry = catalogue().get(f"country.{scale}.{int(figure.value)}")
        return entry[self.lang] if entry else None
