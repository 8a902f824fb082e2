"""What a country guide holds: plain records, free of language and layout.

Names stand in both languages, values in the unit of their publisher; :mod:`.words` turns them into
what a person reads.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from greensilk.core.provenance import Source as Document
from greensilk.reference import Row as Factor
from greensilk.reference.economies import Economy
from greensilk.reference.laws import Law, Limit

__all__ = [
    "Caution",
    "Compared",
    "CountryGuide",
    "Dispute",
    "Electricity",
    "Factor",
    "Figure",
    "FleetFactor",
    "Hazard",
    "Kind",
    "Lack",
    "LimitLine",
    "Part",
    "SourceLine",
    "Theme",
    "Treaty",
]

# number: a measure; answer: yes or no; calendar: a year as the value; coded: a step of a scale
Kind = Literal["number", "answer", "calendar", "coded"]
# why there is no figure: the publisher has none (not_assessed, not_scored), the snapshot of the
# package leaves the series out, the store was built without it, or the licence asked for bars it
Lack = Literal["", "not_assessed", "not_scored", "not_packaged", "not_loaded", "not_licensed"]


@dataclass(frozen=True, slots=True)
class Figure:
    """The last figure of one indicator, its standing, its source and its past.

    ``old``: more than :data:`greensilk.report.country.guide.OLD` years before the guide's year.
    ``stale``: so much older than other countries' figures that it is not ranked.
    ``course`` of the last ten years: ``up``, ``down``, ``flat``, or empty where it cannot be told;
    ``turn``: whether that is ``better`` or ``worse``, empty where the indicator has no better end.
    ``phrase`` is the meaning of a coded value in the publisher's words. ``is_key``: part of the
    short profile. ``open``: the licence allows passing the figure on. ``through``: the system of
    several countries that the figure describes (``eu_ets``), empty for one of the country itself.
    ``direction`` is ``neither`` for a total too: the size of a country is no merit.
    """

    indicator: str
    concept: str
    theme: str
    en: str
    zh: str
    direction: str
    kind: Kind
    value: float
    unit: str
    year: int
    flag: str
    phrase: str
    note: str
    rank: int | None
    of: int | None
    partner_rank: int | None
    partner_of: int | None
    old: bool
    stale: bool
    findings: tuple[str, ...]
    source: str
    producer: str
    producer_en: str
    producer_zh: str
    carrier: str
    licence: str
    open: bool
    course: str
    turn: str
    first_year: int
    years: tuple[int, ...]
    values: tuple[float, ...]
    is_key: bool
    through: str = ""


@dataclass(frozen=True, slots=True)
class Theme:
    """The figures of one theme: the key ones in the order of the guide, the others by name."""

    code: str
    key: tuple[Figure, ...]
    others: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a mix: its kind, amount (GWh or MW) and share of the whole (0 to 1)."""

    kind: str
    amount: float
    share: float


@dataclass(frozen=True, slots=True)
class FleetFactor:
    """The capacity factor of a country's plants of one kind, from 0 to 1.

    ``reported``: generation over capacity of one publisher. ``implied``: generation of the mix (by
    another publisher) over the same publisher's capacity; ``None`` where one of them is missing.
    ``doubtful``: one is more than half as large again as the other, or above one.
    """

    kind: str
    reported: float
    year: int
    implied: float | None
    implied_year: int | None
    doubtful: bool


@dataclass(frozen=True, slots=True)
class Electricity:
    """Generation and capacity by kind, factors of the grid, capacity factors of the fleet.

    ``capacity_missing``: kinds that generate but have no figure of their capacity, so that the
    total is not the country's. ``factors``: rows of the reference tables with the firmness they
    hold for: combined, operating and build margin, losses, factors the host authority publishes.
    """

    generation: tuple[Part, ...]
    generation_total: float | None
    generation_year: int | None
    generation_source: str
    capacity: tuple[Part, ...]
    capacity_total: float | None
    capacity_year: int | None
    capacity_source: str
    capacity_missing: tuple[str, ...]
    capacity_factors: tuple[FleetFactor, ...]
    factors: tuple[tuple[Factor, str], ...]


@dataclass(frozen=True, slots=True)
class Treaty:
    """Membership of one treaty; ``since`` the year it entered into force for the country.

    ``provisional``: the registers differ, or the country stands in none of them.
    """

    figure: Figure
    party: bool
    since: int | None
    provisional: bool


@dataclass(frozen=True, slots=True)
class LimitLine:
    """A limit of the country's ambient air standard, and its multiple of the WHO guideline.

    ``guideline`` has the same pollutant and averaging time; ``None`` where the WHO has none.
    """

    limit: Limit
    guideline: Limit | None
    ratio: float | None


@dataclass(frozen=True, slots=True)
class Hazard:
    """A natural hazard: level 0 (very low) to 3 (high), and a score from 0 to 10.

    Where there is none, ``no_level`` and ``no_score`` say why (empty where there is one).
    """

    code: str
    en: str
    zh: str
    level: int | None
    level_year: int | None
    score: float | None
    score_year: int | None
    no_level: Lack = ""
    no_score: Lack = ""


@dataclass(frozen=True, slots=True)
class Compared:
    """One publisher's figure beside the others, in the concept's unit."""

    indicator: str
    producer: str
    producer_en: str
    producer_zh: str
    carrier: str
    value: float
    ratio: float | None
    is_primary: bool


@dataclass(frozen=True, slots=True)
class Dispute:
    """A key figure on which publishers differ: all of them in one year, widest over narrowest."""

    figure: Figure
    year: int | None
    unit: str
    rows: tuple[Compared, ...]
    spread: float | None


@dataclass(frozen=True, slots=True)
class Caution:
    """Something a reader must know before relying on the guide.

    ``code`` is the key ``country.caution.<code>`` of the sentence that ``count`` and ``total``
    fill.
    """

    code: str
    count: int = 0
    total: int = 0


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A source that figures of the guide come from, with its number in the guide."""

    number: int
    id: str
    producer: str
    producer_en: str
    producer_zh: str
    en: str
    zh: str
    carrier: str
    carrier_en: str
    carrier_zh: str
    address: str
    licence: str
    licence_name: str
    open: bool
    vintage: str
    citation: str
    figures: int


@dataclass(frozen=True, slots=True)
class CountryGuide:
    """Everything a guide shows about one economy.

    ``year`` is the year from which the age of figures counts. ``is_starter``: made from the
    snapshot of the package, not from a built store. ``partner_source`` is the document on the
    Belt and Road cooperation, ``None`` if there is none. ``carbon_market``: the emissions trading
    system of several countries that the economy is part of (``eu_ets``), empty if none.
    """

    economy: Economy
    partner_source: Document | None
    year: int
    place: str
    is_starter: bool
    version: str
    themes: tuple[Theme, ...]
    policies: tuple[Figure, ...]
    treaties: tuple[Treaty, ...]
    electricity: Electricity
    laws: tuple[Law, ...]
    limits: tuple[LimitLine, ...]
    guidelines: tuple[Limit, ...]
    hazards: tuple[Hazard, ...]
    disputes: tuple[Dispute, ...]
    cautions: tuple[Caution, ...]
    sources: tuple[SourceLine, ...]
    documents: tuple[Document, ...]
    carbon_market: str = ""

    def figures(self) -> tuple[Figure, ...]:
        """Return every figure of the profile: by theme, the key ones first; then the policies."""
        profile = [figure for theme in self.themes for figure in (*theme.key, *theme.others)]
        return (*profile, *self.policies, *(treaty.figure for treaty in self.treaties))

    def figure(self, name: str) -> Figure | None:
        """Return the figure of an indicator or a concept, ``None`` if the guide has none."""
        for one in self.figures():
            if name in (one.indicator, one.concept):
                return one
        return None
