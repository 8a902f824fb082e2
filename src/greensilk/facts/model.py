"""What a publisher, a source, a file and a fact are.

A *source* is what an original producer publishes and what a figure is cited from (FAO AQUASTAT).
A *carrier* is the collection whose files we read (the SDG database carries series of forty
custodian agencies). A *dataset* is the unit of building: the files of one carrier and the function
that turns them into tidy rows. Producers, sources and indicators are data (``catalogue/``); a
dataset is a small module in ``sources/``.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    import polars as pl

__all__ = [
    "FLAGS",
    "KEY_KINDS",
    "RAW_COLUMNS",
    "Dataset",
    "Files",
    "Indicator",
    "Licence",
    "Producer",
    "Source",
    "SourceFile",
    "ValueKind",
    "fact_schema",
]

# What may be said about a figure; the empty flag is an observation as published.
FLAGS: tuple[str, ...] = (
    "",
    "adjusted",  # country data adjusted by the agency to be comparable
    "estimated",  # estimated by the country or the agency
    "modelled",  # comes out of a model
    "monitored",  # produced by the agency's own global monitoring
    "imputed",  # a gap filled by the publisher
    "projection",  # describes a year after the publisher's last observation
    "zero_filled",  # a zero in a series that writes 0 where nothing was recorded
    "provisional",
)

# How a parser names economies; ``harmonise`` turns each kind into ISO 3166-1 alpha-3.
KEY_KINDS: tuple[str, ...] = ("iso3", "iso2", "m49", "gapminder", "worldbank", "gaul", "name")

# The columns a parser returns; ``flag`` may be left out.
RAW_COLUMNS: tuple[str, ...] = ("series", "key", "year", "value", "flag")


@dataclasses.dataclass(frozen=True, slots=True)
class Licence:
    """Terms a figure stands under.

    ``open``: redistribution and commercial use are free (attribution at most). ``packaged``: may be
    carried inside this package; share-alike terms are open but do not mix into it.
    """

    id: str
    name: str
    open: bool
    packaged: bool
    address: str
    note: str


@dataclasses.dataclass(frozen=True, slots=True)
class Producer:
    """The body that produced figures first."""

    id: str
    en: str
    zh: str
    address: str


@dataclasses.dataclass(frozen=True, slots=True)
class Source:
    """One publication of one producer, as it is cited.

    ``address`` is the producer's own page; ``carrier`` names the dataset it was read through;
    ``vintage`` is the publication date as far as it is known (a year, or year and month).
    """

    id: str
    producer: Producer
    carrier: str
    en: str
    zh: str
    address: str
    licence: Licence
    vintage: str
    citation: str
    note: str = ""


@dataclasses.dataclass(frozen=True, slots=True)
class SourceFile:
    """A file of a publisher: where it is published and where it lies below a mirror root.

    ``address`` may carry ``#member`` to name a file inside the zip it points to. ``sha256`` is the
    checksum of the vintage this release was tested with; another one is reported, not refused,
    because publishers renew their files under the same address.
    """

    name: str
    path: str
    address: str
    sha256: str = ""


Files = Mapping[str, Path]


@dataclasses.dataclass(frozen=True, slots=True)
class Dataset:
    """The files of one carrier and the function that reads them.

    ``parse(files)`` gets the local path of every file by its name and returns a frame with the
    columns :data:`RAW_COLUMNS`: ``series`` is the carrier's own series key as the catalogue spells
    it, ``key`` the economy as the file names it (of the kind ``key_kind``).
    ``aggregates`` are keys that stand for a group, a region or a dissolved state; whatever the
    register does not know and is not listed there stops the build of this dataset.
    """

    id: str
    en: str
    zh: str
    address: str
    key_kind: str
    files: tuple[SourceFile, ...]
    parse: Callable[[Files], pl.DataFrame]
    aggregates: Callable[[Files], Mapping[str, str]] | Mapping[str, str] = dataclasses.field(
        default_factory=dict
    )

    def aggregate_names(self, files: Files) -> Mapping[str, str]:
        """Return ``{key: name}`` of everything in the files that is not an economy."""
        return self.aggregates(files) if callable(self.aggregates) else self.aggregates


# a measure, a share of the world's total (it grows with the size of the country), yes or no (1, 0),
# a calendar year, a step of a scale
ValueKind = Literal["number", "world_share", "answer", "calendar", "coded"]


@dataclasses.dataclass(frozen=True, slots=True)
class Indicator:
    """One row of the indicator catalogue.

    ``series`` is the key a parser yields; ``unit`` the unit facts are stored in, ``from_unit`` the
    publisher's. ``projected_from`` is the first year that is a projection, ``zero_filled`` tells
    that the publisher writes 0 where nothing was recorded. ``prefer`` moves an indicator up
    (negative) or down (positive) among the alternatives of its concept, its reason in ``note``.
    ``kind``: what a value is; ``scale``: the labels ``scale.<scale>.<value>`` say what it means.
    """

    code: str
    dataset: str
    series: str
    source: str
    concept: str
    theme: str
    direction: str
    unit: str
    from_unit: str
    en: str
    zh: str
    definition_en: str
    definition_zh: str
    minimum: float | None
    maximum: float | None
    projected_from: int | None
    zero_filled: bool
    prefer: int
    note: str
    kind: ValueKind = "number"
    scale: str = ""


def fact_schema() -> Any:
    """Return the Arrow schema of a table of facts."""
    import pyarrow as pa

    words = pa.dictionary(pa.int32(), pa.string())
    return pa.schema(
        [
            pa.field("indicator", words, nullable=False),
            pa.field("economy", words, nullable=False),
            pa.field("year", pa.int16(), nullable=False),
            pa.field("value", pa.float64(), nullable=False),
            pa.field("unit", words, nullable=False),
            pa.field("source", words, nullable=False),
            pa.field("flag", words, nullable=False),
        ]
    )
