"""What the register of economies holds, read from its packaged files.

:mod:`greensilk.reference.economies` is the way in: it finds an economy by any of its names.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Literal

from greensilk.core.errors import ReferenceTableError
from greensilk.core.languages import check_language
from greensilk.reference import read_rows

__all__ = ["Economy", "Partner", "register"]


@dataclass(frozen=True, slots=True)
class Partner:
    """Whether a Belt and Road cooperation document was signed, and who says so.

    ``status``: ``yes``; ``doubtful`` (on the official list, but the partner has not confirmed it or
    has said otherwise); ``withdrawn`` (``until`` is the year); ``no``. ``verified``: the source was
    seen to say that the document was signed; ``year_verified``: the source gives the year.
    """

    status: Literal["yes", "doubtful", "withdrawn", "no"]
    year: int | None
    until: int | None
    source: str
    verified: bool
    year_verified: bool
    note: str


@dataclass(frozen=True, slots=True)
class Economy:
    """One economy of the register.

    ``region`` and ``subregion`` are those of UN M49; ``wb_region`` and ``income_group`` (``low``,
    ``lower_middle``, ``upper_middle``, ``high`` or empty) those of the World Bank for its fiscal
    year ``income_year``. ``latitude`` and ``longitude`` mark a point to draw at, no border.
    """

    iso3: str
    iso2: str
    m49: int | None
    name_en: str
    name_zh: str
    region: str
    subregion: str
    wb_region: str
    income_group: str
    income_year: int | None
    income_verified: bool
    least_developed: bool
    landlocked_developing: bool
    small_island_developing: bool
    latitude: float | None
    longitude: float | None
    partner: Partner

    def name(self, lang: str = "en") -> str:
        """Return the name in ``en`` or ``zh``.

        >>> register()["ARE"].name("zh")
        '阿联酋'
        """
        return self.name_zh if check_language(lang) == "zh" else self.name_en


_NO_PARTNER = Partner("no", None, None, "", False, False, "")


@cache
def register() -> dict[str, Economy]:
    """Return every economy by its ISO alpha-3 code, in the order of the codes."""
    documents = {
        row["iso3"]: Partner(
            status=_status(row["status"]),
            year=int(row["year"]) if row["year"] else None,
            until=int(row["until"]) if row["until"] else None,
            source=row["source"],
            verified=row["verified"] == "true",
            year_verified=row["year_verified"] == "true",
            note=row["note"],
        )
        for row in read_rows("greensilk.reference", "data", "partners.csv")
    }
    held = {}
    for row in read_rows("greensilk.reference", "data", "economies.csv"):
        held[row["iso3"]] = Economy(
            iso3=row["iso3"],
            iso2=row["iso2"],
            m49=int(row["m49"]) if row["m49"] else None,
            name_en=row["name_en"],
            name_zh=row["name_zh"],
            region=row["region"],
            subregion=row["subregion"],
            wb_region=row["wb_region"],
            income_group=row["income_group"],
            income_year=int(row["income_year"]) if row["income_year"] else None,
            income_verified=row["income_verified"] == "true",
            least_developed=row["least_developed"] == "true",
            landlocked_developing=row["landlocked_developing"] == "true",
            small_island_developing=row["small_island_developing"] == "true",
            latitude=float(row["latitude"]) if row["latitude"] else None,
            longitude=float(row["longitude"]) if row["longitude"] else None,
            partner=documents.pop(row["iso3"], _NO_PARTNER),
        )
    if documents:
        raise ReferenceTableError(f"partners.csv: no such economies: {sorted(documents)}")
    return dict(sorted(held.items()))


def _status(word: str) -> Literal["yes", "doubtful", "withdrawn", "no"]:
    if word == "yes":
        return "yes"
    if word == "doubtful":
        return "doubtful"
    if word == "withdrawn":
        return "withdrawn"
    raise ReferenceTableError(f"partners.csv: {word!r} is no status")
