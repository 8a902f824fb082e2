"""What a country guide holds: plain records, free of language and layout.

Names are parameters of the catalogue or text in both languages, values stand in the unit of their
publisher. JSON holds these records as they are.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from greensilk.core.findings import Finding
from greensilk.core.provenance import Source
from greensilk.core.text import Amount, Label, Labels, Parameter, Sentence, Text
from greensilk.facts.model import ValueKind
from greensilk.reference.economies import Economy
from greensilk.reference.laws import Law, Limit

__all__ = [
    "Card",
    "Compared",
    "Dispute",
    "Electricity",
    "Figure",
    "FleetFactor",
    "GridFactor",
    "Guide",
    "Hazard",
    "Lack",
    "LawLine",
    "LimitLine",
    "Mix",
    "Part",
    "SourceLine",
    "Theme",
    "Treaty",
]

# why there is no figure: the publisher has none (not_assessed, not_scored), the snapshot of the
# package leaves the series out, the store was built without it, or the licence asked for bars it
Lack = Literal["", "not_assessed", "not_scored", "not_packaged", "not_loaded", "not_licensed"]


@dataclass(frozen=True, slots=True)
class Figure:
    """The last figure of one indicator, its standing, its source and its past.

    ``old``: more years before the guide's year than the rule ``old_after``. ``stale``: so much
    older than other countries' figures that it is not ranked. ``course`` over the last years:
    ``up``, ``down``, ``flat``, or empty where it cannot be told; ``turn``: whether that is
    ``better`` or ``worse``, empty where the indicator has no better end. ``is_key``: part of the
    short profile. ``open``: the licence allows passing the figure on. ``through``: the system of
    several countries that the figure describes (``eu_ets``), empty for one of the country itself.
    ``direction`` is ``neither`` for a total too: the size of a country is no merit.
    """

    indicator: str
    concept: str
    theme: str
    label: Parameter
    direction: str
    kind: ValueKind
    scale: str
    value: float
    value_label: Parameter
    unit: str
    year: int
    flag: str
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
    producer_label: Parameter
    carrier: str
    origin: Parameter
    licence: str
    open: bool
    course: str
    turn: str
    first_year: int
    years: tuple[int, ...]
    values: tuple[float, ...]
    is_key: bool
    through: str = ""

    @property
    def remarks(self) -> Labels:
        """What the publisher and the checks say of it."""
        flags = (f"facts.flag.{self.flag}",) if self.flag else ()
        return Labels((*flags, *(f"facts.check.{code}" for code in self.findings)))

    @property
    def is_number(self) -> bool:
        """Whether the value is a measure, not an answer, a year or a step of a scale."""
        return self.kind in ("number", "world_share")


@dataclass(frozen=True, slots=True)
class Theme:
    """The figures of one theme: the key ones in the order of the guide, the others by name."""

    code: str
    label: Label
    figures: tuple[Figure, ...]

    @property
    def key(self) -> tuple[Figure, ...]:
        """The figures of the short profile."""
        return tuple(figure for figure in self.figures if figure.is_key)

    @property
    def others(self) -> tuple[Figure, ...]:
        """All other figures."""
        return tuple(figure for figure in self.figures if not figure.is_key)


@dataclass(frozen=True, slots=True)
class Card:
    """A figure in large letters: what it is, its value, and the figure or factor behind it."""

    label: Parameter
    value: Parameter
    year: Parameter
    figure: Figure | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a mix: its kind, amount (GWh or MW) and share of the whole (0 to 1)."""

    kind: str
    label: Label
    amount: float
    share: float


@dataclass(frozen=True, slots=True)
class Mix:
    """Generation or capacity by kind in one year; ``total`` with its unit, parts largest first."""

    measure: str
    parts: tuple[Part, ...]
    total: Amount
    year: int
    source: str


@dataclass(frozen=True, slots=True)
class FleetFactor:
    """The capacity factor of a country's plants of one kind, from 0 to 1.

    ``reported``: generation over capacity of one publisher. ``implied``: generation of the mix (by
    another publisher) over the same publisher's capacity; ``None`` where one of them is missing.
    ``doubtful``: the two are far apart (rule ``fleet_apart``), or the reported one is above one.
    """

    kind: str
    label: Label
    reported: float
    year: int
    implied: float | None
    implied_year: int | None
    doubtful: bool


@dataclass(frozen=True, slots=True)
class GridFactor:
    """A row of the reference tables about the grid of an economy.

    ``firmness`` is ``intermittent``, ``firm`` or ``consumption`` for combined margins, else empty.
    """

    parameter: str
    label: Label
    firmness: str
    firmness_label: Parameter
    value: float
    low: float
    high: float
    unit: str
    year: str
    verified: bool
    source: Source
    citation: str
    note: str


@dataclass(frozen=True, slots=True)
class Electricity:
    """Generation and capacity by kind, capacity factors of the fleet, factors of the grid.

    ``factors``: combined, operating and build margin, losses, factors the host authority publishes.
    ``fleet_source``: where the reported capacity factors are from.
    """

    generation: Mix | None
    capacity: Mix | None
    capacity_missing: tuple[str, ...]
    capacity_factors: tuple[FleetFactor, ...]
    fleet_source: str
    factors: tuple[GridFactor, ...]


@dataclass(frozen=True, slots=True)
class Treaty:
    """Membership of one treaty; ``since`` the year it entered into force for the country.

    ``provisional``: the registers differ, or the country stands in none of them.
    """

    indicator: str
    label: Parameter
    party: bool
    since: int | None
    as_of: int
    provisional: bool
    source: str
    figure: Figure


@dataclass(frozen=True, slots=True)
class LawLine:
    """A law or standard; ``number`` with its year, ``replaced_by`` the title of what replaced it.

    ``original`` is its title in its own language, to stand beside ``title`` where it differs.
    """

    law: Law
    title: Text
    original: Text
    number: str
    kind: Label
    status: Label
    replaced_by: Parameter
    document: str
    address: str

    @property
    def own_title(self) -> str:
        """The title in the law's own language."""
        return self.law.title_original or self.law.title_en


@dataclass(frozen=True, slots=True)
class LimitLine:
    """A limit of the country's ambient air standard, and its multiple of the WHO guideline.

    ``guideline`` has the same pollutant and averaging time; ``None`` where the WHO has none.
    """

    limit: Limit
    pollutant: Label
    averaging: Label
    level: Label
    guideline: Limit | None
    ratio: float | None


@dataclass(frozen=True, slots=True)
class Hazard:
    """A natural hazard: level 0 (very low) to 3 (high), and a score from 0 to 10.

    Where there is none, ``no_level`` and ``no_score`` say why (empty where there is one).
    """

    code: str
    label: Label
    level: int | None
    level_label: Label
    level_year: int | None
    score: float | None
    score_year: int | None
    no_level: Lack = ""
    no_score: Lack = ""

    @property
    def year(self) -> int | None:
        """The year of the level, else of the score."""
        return self.level_year or self.score_year


@dataclass(frozen=True, slots=True)
class Compared:
    """One publisher's figure beside the others, in the concept's unit."""

    indicator: str
    producer: str
    carrier: str
    origin: Parameter
    value: float
    ratio: float | None
    is_primary: bool


@dataclass(frozen=True, slots=True)
class Dispute:
    """A figure on which publishers differ: all of them in one year, widest over narrowest."""

    figure: Figure
    year: int
    unit: str
    rows: tuple[Compared, ...]
    spread: float | None


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A source that figures of the guide come from, with its number in the guide.

    ``carrier_label`` is who passed the figures on, empty where the producer did.
    """

    number: int
    id: str
    producer: str
    producer_name: Text
    title: Text
    carrier: str
    carrier_title: Text
    carrier_label: Parameter
    address: str
    licence: str
    licence_name: str
    open: bool
    vintage: str
    citation: str
    figures: int


@dataclass(frozen=True, slots=True)
class Guide:
    """Everything a guide shows about one economy.

    ``year`` is the year from which the age of figures counts. ``is_snapshot``: made from the
    snapshot of the package, not from a built store, whose folder is ``build``. ``partner_source``
    is the document on the Belt and Road cooperation, ``None`` if there is none. ``carbon_market``:
    the emissions trading system of several countries that the economy is part of (``eu_ets``),
    empty if none, and ``carbon_price`` its price. ``findings``: cautions, disputes, old and
    doubtful figures (:mod:`greensilk.core.findings`).
    """

    economy: Economy
    partner_source: Source | None
    year: int
    build: str
    is_snapshot: bool
    version: str
    cards: tuple[Card, ...]
    best: tuple[Figure, ...]
    worst: tuple[Figure, ...]
    themes: tuple[Theme, ...]
    policies: tuple[Figure, ...]
    treaties: tuple[Treaty, ...]
    electricity: Electricity
    laws: tuple[LawLine, ...]
    limits: tuple[LimitLine, ...]
    guidelines: tuple[LimitLine, ...]
    hazards: tuple[Hazard, ...]
    hazard_lead: Sentence
    disputes: tuple[Dispute, ...]
    findings: tuple[Finding, ...]
    sources: tuple[SourceLine, ...]
    documents: tuple[Source, ...]
    carbon_market: str = ""
    carbon_price: Figure | None = None

    @property
    def cautions(self) -> tuple[Finding, ...]:
        """What a reader must know before relying on the guide, the weightiest first."""
        return tuple(finding for finding in self.findings if finding.rule == "caution")

    @property
    def source_numbers(self) -> Mapping[str, int]:
        """Number in the guide of each source."""
        return {line.id: line.number for line in self.sources}

    def figures(self) -> tuple[Figure, ...]:
        """Return every figure of the profile: by theme, the key ones first; then the policies."""
        profile = [figure for theme in self.themes for figure in theme.figures]
        return (*profile, *self.policies, *(treaty.figure for treaty in self.treaties))

    def figure(self, name: str) -> Figure | None:
        """Return the figure of an indicator or a concept, ``None`` if the guide has none."""
        for figure in self.figures():
            if name in (figure.indicator, figure.concept):
                return figure
        return None
