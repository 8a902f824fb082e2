"""What explanations are used for: the tree on the page, the sources, and what matters most."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from greensilk.report.data import Node, finite

__all__ = ["Assumption", "Cited", "cited", "leaves", "split_citation", "weigh"]

_MOST_NODES = 400


@dataclass(slots=True)
class Cited:
    """A document that figures in the explanations come from."""

    source: str
    clauses: dict[str, None] = field(default_factory=dict)
    names: dict[str, None] = field(default_factory=dict)
    years: dict[str, None] = field(default_factory=dict)
    projects: dict[str, None] = field(default_factory=dict)
    verified: bool | None = None
    address: str = ""


@dataclass(slots=True)
class Assumption:
    """A figure that is not the project's own, and how far it moves what the projects avoid.

    ``down`` and ``up`` are the changes of the sum when the figure goes to the ends of its range
    in every project at once, everything else staying at its best estimate.
    """

    name: str
    down: float = 0.0
    up: float = 0.0
    projects: int = 0
    grade: int = 0
    sources: dict[str, None] = field(default_factory=dict)

    @property
    def swing(self) -> float:
        """Return the distance between the two ends."""
        return abs(self.up - self.down)


def leaves(node: Node) -> Iterator[Node]:
    """Yield every leaf below ``node``."""
    if not node.children:
        yield node
    for child in node.children:
        yield from leaves(child)


def cited(trees: Iterable[tuple[str, Node]]) -> list[Cited]:
    """Return the documents that the leaves of the trees cite, most used first."""
    found: dict[str, Cited] = {}
    for project, tree in trees:
        for leaf in leaves(tree):
            if not leaf.source:
                continue
            document, clause = split_citation(leaf.source)
            entry = found.setdefault(document, Cited(document))
            if clause:
                entry.clauses.setdefault(clause)
            entry.names.setdefault(leaf.name)
            entry.projects.setdefault(project)
            if leaf.year:
                entry.years.setdefault(str(leaf.year))
            verified = getattr(leaf, "verified", None)
            if verified is not None:
                entry.verified = bool(verified) and entry.verified is not False
            entry.address = entry.address or str(getattr(leaf, "address", "") or "")
    return sorted(found.values(), key=lambda item: (-len(item.projects), item.source))


@lru_cache(maxsize=4096)
def split_citation(citation: str) -> tuple[str, str]:
    """Return the document of a citation and the clause in it, if the document is one we ship.

    >>> split_citation("a letter, page 2")
    ('a letter, page 2', '')
    """
    for document in _documents():
        if citation == document:
            return document, ""
        if citation.startswith(document + ", "):
            return document, citation[len(document) + 2 :]
    return citation, ""


@lru_cache(maxsize=1)
def _documents() -> tuple[str, ...]:
    from greensilk.reference import load, names

    known = {source.citation() for name in names() for source in load(name).sources.values()}
    return tuple(sorted(known, key=len, reverse=True))


def weigh(trees: Iterable[Node]) -> list[Assumption]:
    """Return the assumptions behind the trees, those that move their sum most first.

    Each leaf with a range is set to its low and to its high end in turn and the tree is computed
    again with its own formulas. Leaves of one name move together.
    """
    found: dict[str, Assumption] = {}
    for tree in trees:
        recompute = getattr(tree, "recompute", None)
        if recompute is None:
            continue
        middle = finite(recompute())
        if middle is None:
            continue
        for name, group in _ranged(tree).items():
            ends = [_moved(recompute, group, end) for end in ("low", "high")]
            entry = found.setdefault(name, Assumption(name))
            entry.down += min(0.0, *(end - middle for end in ends))
            entry.up += max(0.0, *(end - middle for end in ends))
            entry.projects += 1
            entry.grade = max(entry.grade, *(leaf.grade for leaf in group))
            entry.sources.update({leaf.source: None for leaf in group if leaf.source})
    return sorted((item for item in found.values() if item.swing > 0), key=lambda item: -item.swing)


def _ranged(tree: Node) -> dict[str, list[Node]]:
    groups: dict[str, list[Node]] = {}
    for count, leaf in enumerate(leaves(tree)):
        if count >= _MOST_NODES:
            break
        low, high = finite(leaf.low), finite(leaf.high)
        if low is not None and high is not None and high > low:
            groups.setdefault(leaf.name, []).append(leaf)
    return groups


def _moved(recompute: Any, group: list[Any], end: str) -> float:
    before = [leaf.value for leaf in group]
    try:
        for leaf in group:
            leaf.value = getattr(leaf, end)
        return float(recompute())
    finally:
        for leaf, value in zip(group, before, strict=True):
            leaf.value = value
