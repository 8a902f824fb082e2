"""Which project or quantity a person means: by its code, or by its name in any language."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence

from rapidfuzz import fuzz, process, utils

from greensilk.core.errors import UnknownNameError
from greensilk.core.text import catalogue

__all__ = ["match_name", "quantity_labels"]

# a part of a name must have so many letters to stand for it
LEAST_LETTERS = 2
# likeness in percent from which a name is worth showing, and how many are
LEAST_LIKENESS, MOST_NEAR = 60.0, 8


def match_name(kind: str, query: str, names: Mapping[str, Sequence[str]]) -> str:
    """Return the code that ``query`` means.

    A code comes first, then a name written the same way but for case and width, then the only name
    of which ``query`` is a part.

    Parameters
    ----------
    kind
        Code of what is looked for, for the error.
    names
        Code to its other names.

    Raises
    ------
    UnknownNameError
        If there is none, or several; it lists the nearest names.

    Examples
    --------
    >>> plants = {"karot": ["Karot hydropower", "卡洛特水电站"], "w1": ["Wind one"]}
    >>> match_name("project", "卡洛特", plants), match_name("project", "WIND ONE", plants)
    ('karot', 'w1')
    """
    if query in names:
        return query
    wanted = _fold(query)
    folded = [(_fold(name), code) for code, others in names.items() for name in others if name]
    exact = {code for name, code in folded if name == wanted}
    exact |= {code for code in names if _fold(code) == wanted}
    parts = {code for name, code in folded if wanted in name}
    for matches in (exact, parts if len(wanted) >= LEAST_LETTERS else set()):
        if len(matches) == 1:
            return matches.pop()
        if matches:
            raise UnknownNameError(kind, query, sorted(matches))
    known = sorted({*names, *(name for others in names.values() for name in others if name)})
    # a short query with one wrong letter is like a part of a name, not like the name
    near = process.extract(
        query,
        known,
        scorer=fuzz.partial_ratio,
        processor=utils.default_process,
        limit=MOST_NEAR,
        score_cutoff=LEAST_LIKENESS,
    )
    raise UnknownNameError(kind, query, [name for name, _, _ in near] or known)


def _fold(name: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def quantity_labels(names: Iterable[str]) -> dict[str, list[str]]:
    """Return the labels of quantities in every language, by their codes.

    >>> quantity_labels(["emission_reductions"])
    {'emission_reductions': ['Emission reductions', '减排量']}
    """
    entries = catalogue()
    empty: dict[str, str] = {}
    return {
        name: list((entries.get(f"name.{name}") or entries.get(f"field.{name}") or empty).values())
        for name in names
    }
