"""Who produced a figure, where it is published and under what terms: for every room.

One :class:`Source` serves reference tables, laws, limits and the facts store::

    source.id                 "ar5", "aquastat"
    source.producer           Producer(id, en, zh, address)
    source.en, source.zh      title of the document or the database; ``zh`` may be empty
    source.edition            "version 32", empty where there is none
    source.vintage            "2013" or "2023-07", as far as known; ``source.year`` is its year
    source.licence            Licence(id, name, open, packaged, address, note)
    source.address            the producer's own page
    source.carrier            the dataset it was read through; empty if from the document itself
    source.cited_as           how the producer asks to be cited; empty: made from the parts
    source.note               what a reader must know
    source.used_for           the columns it serves, where a register has several sources
    source.citation()         the one line to print

Registers: :func:`load_sources` reads the ``[sources.<id>]`` tables of a TOML file. A register in
CSV goes through :func:`greensilk.core.tables.load_records` with ``references`` for producers and
licences. Whether a *figure* was checked against its source is the figure's own ``verified``.

>>> load_sources("reference/tables/gwp.toml")["ar5"].citation()
'IPCC: Climate Change 2013: The Physical Science Basis (AR5 WG1) (2013)'
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib.resources.abc import Traversable

import msgspec

from greensilk.core.tables import load_toml

__all__ = ["Licence", "Producer", "Source", "SourceEntry", "document_source", "load_sources"]


class Licence(msgspec.Struct, frozen=True, kw_only=True):
    """Terms a figure stands under.

    ``open``: redistribution and commercial use are free (attribution at most). ``packaged``: may be
    carried inside this package; share-alike terms are open but do not mix into it. A document whose
    figures are cited has neither; its terms are its ``name``.
    """

    id: str
    name: str
    open: bool = False
    packaged: bool = False
    address: str = ""
    note: str = ""


class Producer(msgspec.Struct, frozen=True, kw_only=True):
    """The body that produced figures, or published a document, first."""

    id: str
    en: str
    zh: str = ""
    address: str = ""


class Source(msgspec.Struct, frozen=True, kw_only=True):
    """One publication of one producer, as it is cited (see the head of this module)."""

    id: str
    producer: Producer
    en: str
    licence: Licence
    zh: str = ""
    edition: str = ""
    vintage: str = ""
    address: str = ""
    carrier: str = ""
    cited_as: str = ""
    note: str = ""
    used_for: str = ""

    @property
    def year(self) -> int:
        """Return the year of the vintage; 0 where it is not known."""
        return int(self.vintage[:4]) if self.vintage[:4].isdigit() else 0

    def citation(self) -> str:
        """Return producer, title, edition and vintage in one line, or the producer's own wording.

        >>> document_source("a", "IPCC", "Guidelines", "2006", edition="Vol. 2").citation()
        'IPCC: Guidelines, Vol. 2 (2006)'
        """
        if self.cited_as:
            return self.cited_as
        edition = f", {self.edition}" if self.edition else ""
        return f"{self.producer.en}: {self.en}{edition} ({self.vintage})"


def document_source(
    id: str,
    publisher: str,
    document: str,
    vintage: str = "",
    *,
    licence: str = "",
    address: str = "",
    edition: str = "",
    note: str = "",
    used_for: str = "",
) -> Source:
    """Return the source of a document whose publisher and terms stand in no register."""
    return Source(
        id=id,
        producer=Producer(id="", en=publisher),
        en=document,
        licence=Licence(id="", name=licence),
        edition=edition,
        vintage=vintage,
        address=address,
        note=note,
        used_for=used_for,
    )


class SourceEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A ``[sources.<id>]`` table of a TOML file."""

    publisher: str
    document: str
    year: int
    licence: str
    address: str
    edition: str = ""
    note: str = ""
    used_for: str = ""

    def source(self, id: str) -> Source:
        """Return the source that stands under ``id``."""
        return document_source(
            id,
            self.publisher,
            self.document,
            str(self.year),
            licence=self.licence,
            address=self.address,
            edition=self.edition,
            note=self.note,
            used_for=self.used_for,
        )


def load_sources(path: str | Traversable) -> Mapping[str, Source]:
    """Return the sources a TOML file registers under ``[sources]``, by id.

    Raises
    ------
    ReferenceTableError
        If an entry lacks what a citation needs, or has what no source has.
    """
    entries = load_toml(path, dict[str, SourceEntry], at="sources")
    return {key: entry.source(key) for key, entry in entries.items()}
