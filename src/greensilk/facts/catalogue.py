"""The indicator catalogue and the registers of producers, sources, concepts and licences.

All of it is data. Every folder of :mod:`greensilk.facts.publishers` brings its own files, so that
nobody edits a shared one; ``facts/data`` holds the licences, and the producers and concepts that
several carriers have in common.

Licences follow one rule: the terms of the producer count, and where they are narrower than those of
the carrier (a database that hands the figures on), they win, whatever the carrier says and the same
for every carrier. So a figure of the World Health Organization is non-commercial and share-alike
in the SDG database, in Gapminder and in the World Bank's workbook alike. Where one producer really
gives one product freely and another not, the sources say why in ``note``.

>>> indicator("fra.1a_forest_area").zh
'森林面积'
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import TypeVar
from urllib.parse import quote

import msgspec

from greensilk.core.errors import Fault, ReferenceTableError, UnknownNameError
from greensilk.core.provenance import Licence, Producer, Source
from greensilk.core.tables import Flaw, load_records, load_toml
from greensilk.core.text import text
from greensilk.facts import publishers
from greensilk.facts.model import THEMES, Concept, Dataset, Indicator, SourceFile

__all__ = [
    "THEMES",
    "concepts",
    "dataset",
    "dataset_indicators",
    "definitions",
    "forget",
    "indicator",
    "indicators",
    "licences",
    "producers",
    "sources",
]

Record = TypeVar("Record", bound=msgspec.Struct)


@cache
def licences() -> Mapping[str, Licence]:
    """Return every licence by its id."""
    return {row.id: row for row in load_records("facts/data/licences.csv", Licence, key="id")}


@cache
def producers() -> Mapping[str, Producer]:
    """Return every producer by its id."""
    return _register("producers", Producer, lambda row: row.id)


@cache
def concepts() -> Mapping[str, Concept]:
    """Return every concept that more than one series may measure, by its id."""
    return _register("concepts", Concept, lambda row: row.id)


@cache
def sources() -> Mapping[str, Source]:
    """Return every source by its id.

    Raises
    ------
    ReferenceTableError
        If a row breaks the contract, or names a producer or a licence that is not registered.
    """
    registers = {"producer": producers(), "licence": licences()}
    rows = [
        (f"{name}/sources.csv", msgspec.structs.replace(row, carrier=name))
        for name in publishers.names()
        for row in load_records(
            publishers.folder(name) / "sources.csv", Source, key="id", references=registers
        )
    ]
    return _by_key(rows, lambda row: row.id)


@cache
def indicators() -> Mapping[str, Indicator]:
    """Return the whole catalogue by indicator code.

    Raises
    ------
    ReferenceTableError
        If rows break the catalogue's contract; every broken row of every file is named.
    """
    sources(), concepts()  # a fault in these is one fault, not one for every row
    faults: list[Fault] = []
    catalogue: dict[str, Indicator] = {}
    for name in publishers.names():
        path = publishers.folder(name) / "indicators.csv"
        try:
            rows = load_records(path, Indicator, key="series", check=_flaws)
        except ReferenceTableError as error:
            faults += [_named(fault, name) for fault in error.faults]
            continue
        for row in rows:
            code = f"{name}.{row.series}"
            catalogue[code] = msgspec.structs.replace(
                row,
                code=code,
                dataset=name,
                concept=row.concept or code,
                from_unit=row.from_unit or row.unit,
            )
    if faults:
        raise ReferenceTableError("table_broken", faults=faults, path="facts/publishers")
    return catalogue


def indicator(code: str) -> Indicator:
    """Return one indicator by its code.

    Raises
    ------
    UnknownNameError
        If there is none.
    """
    try:
        return indicators()[code]
    except KeyError:
        raise UnknownNameError("indicator", code, indicators()) from None


@cache
def dataset_indicators(name: str) -> Mapping[str, Indicator]:
    """Return the indicators of one dataset by their series key."""
    return {row.series: row for row in indicators().values() if row.dataset == name}


@cache
def dataset(name: str) -> Dataset:
    """Return a dataset: what it is called, how it names economies, and its files.

    Raises
    ------
    UnknownNameError
        If there is no such dataset.
    """
    folder = publishers.folder(name)
    about = load_toml(folder / "dataset.toml", Dataset)
    files = tuple(
        msgspec.structs.replace(file, address=file.address or _repository(file.path, about.branch))
        for file in load_records(folder / "files.csv", SourceFile, key="name")
    )
    return msgspec.structs.replace(about, id=name, files=files)


def definitions(row: Indicator) -> tuple[str, str]:
    """Return what an indicator means in a sentence, in English and in Chinese.

    Where the catalogue gives no definition, the name, the unit, the producer and the publication
    make it; the producer's own definition is then to be read at the address of the source.

    >>> definitions(indicator("fra.1a_forest_area"))[1]
    '森林面积（单位：kilohectare）。联合国粮食及农业组织，《2020年全球森林资源评估》。'
    """
    source = sources()[row.source]
    english = row.definition_en or text(
        "facts.definition",
        "en",
        name=row.en,
        unit=row.unit,
        producer=source.producer.en,
        document=source.en,
    )
    chinese = row.definition_zh or text(
        "facts.definition",
        "zh",
        name=row.zh,
        unit=row.unit,
        producer=source.producer.zh,
        document=source.zh,
    )
    return english, chinese


def forget() -> None:
    """Read the registers again when they are next asked for (a folder of a publisher changed)."""
    for register in (licences, producers, concepts, sources, indicators):
        register.cache_clear()
    dataset_indicators.cache_clear()
    dataset.cache_clear()


def _flaws(row: Indicator) -> Iterator[Flaw]:
    if row.source not in sources():
        yield Flaw("reference_unknown", "source")
    if row.concept and row.concept not in concepts():
        yield Flaw("reference_unknown", "concept")


def _repository(path: str, branch: str) -> str:
    """Return the address of a file in a public repository, which a mirror lays out by its name.

    >>> _repository("datasets+gdp/data/gdp.csv", "main")
    'https://raw.githubusercontent.com/datasets/gdp/main/data/gdp.csv'
    """
    repository, _, below = path.partition("/")
    name = repository.replace("+", "/", 1)
    return f"https://raw.githubusercontent.com/{name}/{branch}/{quote(below)}"


def _register(
    table: str, record: type[Record], key: Callable[[Record], str]
) -> Mapping[str, Record]:
    """Return a register from the shared table and from every folder that brings one."""
    rows = [(f"data/{table}.csv", row) for row in load_records(f"facts/data/{table}.csv", record)]
    for name in publishers.names():
        path = publishers.folder(name) / f"{table}.csv"
        if path.is_file():
            rows += [(f"{name}/{table}.csv", row) for row in load_records(path, record)]
    return _by_key(rows, key)


def _by_key(rows: list[tuple[str, Record]], key: Callable[[Record], str]) -> Mapping[str, Record]:
    register: dict[str, Record] = {}
    faults = []
    for path, row in rows:
        if register.setdefault(key(row), row) is not row:
            faults.append(Fault(code="registered_twice", file=path, value=key(row)))
    if faults:
        raise ReferenceTableError("table_broken", faults=faults, path="facts")
    return register


def _named(fault: Fault, name: str) -> Fault:
    """Return a fault of a file of a folder with the folder in the file's name."""
    return Fault(
        code=fault.code,
        severity=fault.severity,
        file=f"{name}/{fault.file}",
        row=fault.row,
        field=fault.field,
        value=fault.value,
        expected=fault.expected,
        params=fault.params,
    )
