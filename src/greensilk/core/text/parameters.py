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
from dataclasses import MISSING, dataclass, field, fields, is_dataclass
from typing import Literal, TypeAlias, TypeGuard

import msgspec

__all__ = [
    "Amount",
    "Count",
    "Formula",
    "Label",
    "Labels",
    "Listing",
    "Name",
    "Names",
    "Parameter",
    "Parameters",
    "Percent",
    "Sentence",
    "Text",
    "Times",
    "Unit",
    "decode",
    "decode_value",
    "encode",
    "is_parameter",
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
    """A number with its unit, perhaps with a range; ``name`` lets shares be shown in percent.

    Without a value the range is shown alone. ``beside`` is the value it is read next to, which
    both are then scaled for.
    """

    value: float | None
    unit: str = "1"
    low: float | None = None
    high: float | None = None
    name: str = ""
    beside: float | None = None


@dataclass(frozen=True, slots=True)
class Count:
    """A number of things, with separators between thousands."""

    count: int


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit by itself, as the head of a column names it."""

    unit: str


@dataclass(frozen=True, slots=True)
class Percent:
    """A share of one, shown in percent."""

    percent: float
    places: int = 0


@dataclass(frozen=True, slots=True)
class Times:
    """How many times another number a number is: ``2.8×``, ``70%``, ``1/26``."""

    times: float


@dataclass(frozen=True, slots=True)
class Text:
    """Text that a file or a table gives in both languages.

    Where one is empty the other stands in, unless ``only`` says that there is none then.
    """

    en: str
    zh: str = ""
    only: bool = False


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of the catalogue inside another one."""

    sentence: str
    params: Mapping[str, Parameter] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Listing:
    """Several values one after another.

    ``joint``: as a ``list`` (comma), with ``plus`` (technologies of one project), as ``sentences``,
    as ``facts`` (a dot between them), as ``clauses`` (semicolon) or as ``words`` (a space). Empty
    ones are left out.
    """

    items: tuple[Parameter, ...]
    joint: Literal["list", "plus", "sentences", "facts", "clauses", "words"] = "list"


@dataclass(frozen=True, slots=True)
class Formula:
    """The text of a formula; the names in it become words.

    ``names`` gives words to names that are not the glossary's own.
    """

    formula: str
    names: Mapping[str, Parameter] = field(default_factory=dict)


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
    | Count
    | Unit
    | Percent
    | Times
    | Text
    | Sentence
    | Listing
    | Formula
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
    "count": Count,
    "unit": Unit,
    "percent": Percent,
    "times": Times,
    "en": Text,
    "sentence": Sentence,
    "items": Listing,
    "formula": Formula,
}
# fields that hold parameters by the blank they fill
_MAPPINGS = ((Sentence, "params"), (Formula, "names"))
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


def is_parameter(value: object) -> TypeGuard[Parameter]:
    """Return whether a value is one that can be rendered."""
    return isinstance(value, _PLAIN) or type(value) in _KINDS.values()


def _plain(value: object) -> object:
    if isinstance(value, _PLAIN):
        return value
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if not is_dataclass(value):
        raise TypeError(f"{value!r} is no parameter")
    first, *others = fields(value)
    plain = {first.name: _plain(getattr(value, first.name))}
    for item in others:
        part = getattr(value, item.name)
        if part != item.default and not (item.default is MISSING and not part):
            plain[item.name] = _plain(part)
    return plain


def decode(line: str) -> dict[str, Parameter]:
    """Return the parameters that :func:`encode` wrote."""
    if not line:
        return {}
    return {key: _record(value) for key, value in msgspec.json.decode(line).items()}


def decode_value(line: str | bytes) -> Parameter:
    """Return one parameter from its JSON.

    >>> decode_value('{"name":"capacity"}')
    Name(name='capacity')
    """
    return _record(msgspec.json.decode(line))


def _record(value: object) -> Parameter:
    if not isinstance(value, dict):
        return value  # type: ignore[return-value]
    kind = _KINDS[next(iter(value))]
    if not any(isinstance(item, dict | list) for item in value.values()):
        return kind(**value)  # type: ignore[no-any-return]
    return kind(**{key: _part(kind, key, item) for key, item in value.items()})  # type: ignore[no-any-return]


def _part(kind: type, key: str, value: object) -> object:
    if isinstance(value, list):
        return tuple(_record(item) for item in value)
    if isinstance(value, dict) and (kind, key) in _MAPPINGS:
        return {name: _record(item) for name, item in value.items()}
    return _record(value)
