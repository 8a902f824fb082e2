"""Whatever a file holds, it is read or refused with a message; nothing else happens."""

from __future__ import annotations

import contextlib
from pathlib import Path

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from greensilk.core.errors import InputError
from greensilk.projects import iter_projects, read_projects
from greensilk.projects.fields import fields

CELLS = st.one_of(
    st.none(),
    st.text(max_size=12),
    st.sampled_from(
        [
            "",
            "10",
            "-1",
            "1e400",
            "nan",
            "32亿",
            "15%～20%",
            "约350万",
            "1/7",
            "wind",
            "光伏+风电",
            "Congo",
            "Kenya",
            "2017-05",
            "2090",
            "solar_pv 5 MW; csp 1 MW",
            "=1+1",
            "12 km",
            "１０",
            "0",
            "1.5万千瓦",
        ]
    ),
)
HEADERS = st.one_of(
    st.sampled_from([name for field in fields().values() for name in (field.name, field.zh)]),
    st.sampled_from(["capacity_mw", "装机容量(万千瓦)", "generation_gwh_2019", "capacity (km)"]),
    st.text(max_size=10),
)


@st.composite
def tables(draw: st.DrawFn) -> pl.DataFrame:
    headers = draw(st.lists(HEADERS, min_size=1, max_size=8, unique=True))
    size = draw(st.integers(0, 4))
    columns = {name: draw(st.lists(CELLS, min_size=size, max_size=size)) for name in headers}
    return pl.DataFrame(columns, schema=dict.fromkeys(headers, pl.String))


@given(tables(), st.integers(1, 3))
@settings(max_examples=150, deadline=None)
def test_any_table_in_memory(frame: pl.DataFrame, rows_per_batch: int) -> None:
    projects = read_projects(frame)
    kept = [fault for fault in projects.faults if fault.code not in ("hybrid_split",)]
    assert projects.rows_read == frame.height
    for lang in ("en", "zh"):
        assert all(fault.message(lang) for fault in projects.faults)
    # a row that is missing was refused with its number
    refused = {fault.row for fault in kept if fault.severity == "refused"}
    refused |= {row for group in projects.reading.left_out for row in group.rows}
    assert set(range(1, frame.height + 1)) - refused <= set(projects.table["row"].to_pylist())
    for part in iter_projects(frame, rows_per_batch):
        assert part.rows_read <= rows_per_batch


@given(st.binary(max_size=300) | st.text(max_size=300).map(lambda text: text.encode("utf-8")))
@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_any_bytes(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "f.csv"
    path.write_bytes(b"id,name,country,technology,capacity_mw\n" + content)
    for read in (read_projects, lambda path: list(iter_projects(path, 2))):
        with contextlib.suppress(InputError):
            read(path)


@pytest.mark.parametrize("name", ["f.xlsx", "f.parquet", "f.geojson", "f.csv", "f"])
@given(st.binary(max_size=200))
@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_any_bytes_under_any_name(tmp_path: Path, name: str, content: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with contextlib.suppress(InputError):
        assert len(read_projects(path)) == 0
