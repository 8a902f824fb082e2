"""Groups of economies that can be asked for by name."""

from __future__ import annotations

from greensilk.core.errors import UnknownNameError

__all__ = ["members", "names"]

ALIASES = {
    "partners": "partner",
    "belt_and_road": "partner",
    "ldc": "least_developed",
    "lldc": "landlocked_developing",
    "sids": "small_island_developing",
}

FLAGS = ("least_developed", "landlocked_developing", "small_island_developing")


def _groups() -> dict[str, tuple[str, ...]]:
    from greensilk.reference.economies import economies, partners

    groups: dict[str, list[str]] = {"partner": [one.iso3 for one in partners()]}
    for one in economies():
        found = [one.region, one.subregion, one.wb_region]
        if one.income_group:
            found.append(f"{one.income_group}_income")
        found += [flag for flag in FLAGS if getattr(one, flag)]
        for name in dict.fromkeys(_key(text) for text in found if text):
            groups.setdefault(name, []).append(one.iso3)
    return {name: tuple(sorted(codes)) for name, codes in groups.items()}


def _key(text: str) -> str:
    return "_".join(text.casefold().replace("&", " ").replace("-", " ").replace(",", " ").split())


def names() -> tuple[str, ...]:
    """Return the names of all groups: ``partner``, income groups, regions, ..."""
    return tuple(sorted(_groups()))


def members(group: str) -> tuple[str, ...]:
    """Return the codes of the economies of a group.

    >>> "KEN" in members("partner"), "KEN" in members("Eastern Africa")
    (True, True)

    Raises
    ------
    UnknownNameError
        If there is no such group.
    """
    groups = _groups()
    key = _key(group)
    key = ALIASES.get(key, key)
    if key not in groups:
        raise UnknownNameError("group of economies", group, [*groups, *ALIASES])
    return groups[key]
