"""What may fill the blank of a sentence: plain text and numbers, or a value that has words.

Rooms that compute hand over codes and parameters; the words are made where a person reads them. A
parameter that is more than plain text says what it is, so that the same row reads well in either
language: the name of a quantity, a code with a label, an amount with its unit, a list of names, a
sentence inside a sentence. Parameters travel in tables as JSON, see :func:`encode`.

>>> encode({"field": Name("capacity"), "count": 3})
'{"field":{"name":"capacity"},"count":3}'
>>> decode('{"field":{"name":"capacity"},"count":3}')
{'field': Name(name='capacity'), 'count': 3}
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import TypeAlias

__all__ = [
    "Amount",
    "Label",
    "Labels",
    "Name",
    "Names",
    "Parameter",
    "Parameters",
    "Percent",
    "Sentence",
    "Text",
    "decode",
    "encode",
]


@dataclass(frozen=True, slots=True)
class Name:
    """The name of a quantity, a project field or a fact; its label is in the glossary."""

    name: str


@dataclass(frozen=True, slots=True)
class Names:
    """Several names, joined as the language joins a list."""

    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Label:
    """A code with a label in the catalogue, by its whole key: ``technology.solar_pv``."""

    label: str


@dataclass(frozen=True, slots=True)
class Labels:
    """Several labels, joined as the language joins a list."""

    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Amount:
    """A number with its unit, perhaps with a range; ``name`` lets shares be shown in percent."""

    value: float | None
    unit: str = "1"
    low: float | None = None
    high: float | None = None
    name: str = ""


@dataclass(frozen=True, slots=True)
class Percent:
    """A share of one, shown in percent."""

    percent: float


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of the catalogue inside another one."""

    sentence: str
    params: Mapping[str, Parameter] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Text:
    """Text that a register or publisher gives in both languages; one may be missing."""

    en: str
    zh: str = ""


Parameter: TypeAlias = (
    str
    | int
    | float
    | bool
    | Name
    | Names
    | Label
    | Labels
    | Amount
    | Percent
    | Sentence
    | Text
    | None
)
Parameters: TypeAlias = Mapping[str, Parameter]

# a record is known again by its first field
_KINDS: dict[str, type] = {
    "name": Name,
    "names": Names,
    "label": Label,
    "labels": Labels,
    "value": Amount,
    "percent": Percent,
    "sentence": Sentence,
    "en": Text,
}
_PLAIN = (str, int, float, bool, type(None))


def encode(params: Parameters) -> str:
    """Return parameters as one line of JSON; the empty mapping is an empty text.

    >>> encode({"limit": Amount(8760.0, "h/yr")}), encode({})
    ('{"limit":{"value":8760.0,"unit":"h/yr"}}', '')
    """
    if not params:
        return ""
    plain = {key: _plain(value) for key, value in params.items()}
    return json.dumps(plain, ensure_ascii=False, separators=(",", ":"))


def _plain(value: Parameter) -> object:
    if isinstance(value, _PLAIN):
        return value
    if isinstance(value, Sentence):
        inner = {key: _plain(item) for key, item in value.params.items()}
        return {"sentence": value.sentence, "params": inner}
    if isinstance(value, Names):
        return {"names": list(value.names)}
    if isinstance(value, Labels):
        return {"labels": list(value.labels)}
    items = {item.name: getattr(value, item.name) for item in fields(value)}
    first = next(iter(items))
    return {key: item for key, item in items.items() if key == first or item not in (None, "")}


def decode(line: str) -> dict[str, Parameter]:
    """Return the parameters that :func:`encode` wrote."""
    if not line:
        return {}
    return {key: _record(value) for key, value in json.loads(line).items()}


def _record(value: object) -> Parameter:
    if not isinstance(value, dict):
        return value  # type: ignore[return-value]
    kind = _KINDS[next(iter(value))]
    if kind is Sentence:
        params = {key: _record(item) for key, item in value.get("params", {}).items()}
        return Sentence(value["sentence"], params)
    if kind in (Names, Labels):
        return kind(tuple(next(iter(value.values()))))
    return kind(**value)  # type: ignore[no-any-return]
