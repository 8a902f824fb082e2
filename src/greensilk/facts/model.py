"""What a dataset, a file, an indicator and a fact are.

A *source* is what an original producer publishes and what a figure is cited from (FAO AQUASTAT).
A *carrier* is the collection whose files we read (the SDG database carries series of forty
custodian agencies). A *dataset* is the unit of building: the files of one carrier and the function
that turns them into tidy rows; it is a folder in ``publishers/``.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Literal, get_args

import msgspec

__all__ = [
    "FLAGS",
    "RAW_COLUMNS",
    "THEMES",
    "Concept",
    "Dataset",
    "Files",
    "Indicator",
    "KeyKind",
    "SourceFile",
    "Theme",
    "ValueKind",
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
KeyKind = Literal["iso3", "iso2", "m49", "gapminder", "worldbank", "gaul", "name"]

# The columns a parser returns; ``flag`` may be left out.
RAW_COLUMNS: tuple[str, ...] = ("series", "key", "year", "value", "flag")

Theme = Literal[
    "air",
    "biodiversity",
    "water_resources",
    "water_environment",
    "climate",
    "energy",
    "land_forest",
    "waste",
    "disasters",
    "economy",
    "population",
    "governance",
    "policy",
]
THEMES: tuple[str, ...] = get_args(Theme)

# a measure, a share of the world's total (it grows with the size of the country), yes or no (1, 0),
# a calendar year, a step of a scale
ValueKind = Literal["number", "world_share", "answer", "calendar", "coded"]

Files = Mapping[str, Path]


class SourceFile(msgspec.Struct, frozen=True):
    """A file of a publisher: where it is published and where it lies below a mirror root.

    ``address`` may carry ``#member`` to name a file inside the zip it points to. ``sha256`` is the
    checksum of the vintage this release was tested with; another one is reported, not refused,
    because publishers renew their files under the same address.
    """

    name: str
    path: str
    address: str = ""
    sha256: str = ""


class Dataset(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The files of one carrier (``dataset.toml`` and ``files.csv`` of its folder).

    ``groups`` are keys that stand for a group, a region or a dissolved state; whatever the register
    of economies does not know and is neither listed there nor named by the parser stops the build
    of this dataset. ``branch``: a file without an address lies in the public repository that the
    first part of its path names (``owner+name/...``).
    """

    en: str
    zh: str
    address: str
    key_kind: KeyKind
    branch: str = ""
    groups: dict[str, str] = {}
    id: str = ""
    files: tuple[SourceFile, ...] = ()


class Concept(msgspec.Struct, frozen=True, kw_only=True):
    """What several publishers measure under different names.

    ``unit`` is the unit they are compared in; ``tolerance`` the ratio between two publishers beyond
    which their figures are reported as disagreeing.
    """

    id: str
    en: str
    zh: str
    unit: str
    tolerance: float
    aliases: tuple[str, ...] = ()


class Indicator(msgspec.Struct, frozen=True, kw_only=True):
    """One row of an ``indicators.csv``.

    ``series`` is the key a parser yields; ``unit`` the unit facts are stored in, ``from_unit`` the
    publisher's (the same if blank); a series without a ``concept`` is one of its own.
    ``projected_from`` is the first year that is a projection, ``zero_filled`` tells that the
    publisher writes 0 where nothing was recorded. ``prefer`` moves an indicator up (negative) or
    down (positive) among the alternatives of its concept, its reason in ``note``.
    ``kind``: what a value is; ``scale``: the labels ``scale.<scale>.<value>`` say what it means.
    ``code`` and ``dataset`` follow from the folder.
    """

    series: str
    source: str
    theme: Theme
    direction: Literal["higher_better", "lower_better", "neither"]
    unit: str
    en: str
    zh: str
    concept: str = ""
    from_unit: str = ""
    definition_en: str = ""
    definition_zh: str = ""
    minimum: float | None = None
    maximum: float | None = None
    projected_from: int | None = None
    zero_filled: bool = False
    prefer: int = 0
    note: str = ""
    kind: ValueKind = "number"
    scale: str = ""
    dataset: str = ""
    code: str = ""
