"""Parquet, GeoJSON and tables in memory."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from greensilk.core.errors import InputError
from greensilk.projects import iter_projects, read_projects
from greensilk.projects.readers.geojson import centroid

DATA: dict[str, list[Any]] = {
    "id": [1, 2, 3],
    "name": ["a", "b", None],
    "country": ["Kenya", "老挝", "CHN"],
    "technology": ["wind", "水电", "Solar"],
    "capacity_mw": [10.5, None, 30.0],
}


def frames() -> list[Any]:
    return [
        pd.DataFrame(DATA),
        pl.DataFrame(DATA),
        pl.LazyFrame(DATA),
        pa.table(DATA),
        pa.RecordBatch.from_pydict(DATA),
        pl.DataFrame(DATA).with_columns(pl.col("country").cast(pl.Categorical)),
        DATA,
        pl.DataFrame(DATA).to_dicts(),
        {name: pl.Series(values) for name, values in DATA.items()},
    ]


@pytest.mark.parametrize("place", range(9))
def test_tables_in_memory(place: int) -> None:
    projects = read_projects(frames()[place])
    assert projects.table["project_id"].to_pylist() == ["1", "2", "3"]
    assert projects.table["country"].to_pylist() == ["KEN", "LAO", "CHN"]
    assert projects.table["capacity"].to_pylist() == [10.5, None, 30.0]
    assert projects.table["row"].to_pylist() == [1, 2, 3]
    assert projects.source == ""
    # numbers in memory were never written, so nothing is known of their digits
    assert "capacity__half" not in projects.table.column_names
    assert not projects.faults
    assert [len(part) for part in iter_projects(frames()[place], 2)] == [2, 1]


def test_one_project_as_a_dict() -> None:
    projects = read_projects(
        {"id": "K", "country": "Pakistan", "technology": "hydro", "装机容量": "72万千瓦"}
    )
    assert projects.table.select(["project_id", "capacity", "row"]).to_pylist() == [
        {"project_id": "K", "capacity": 720.0, "row": 1}
    ]
    (part,) = iter_projects({"id": "K", "country": "Pakistan", "technology": "hydro"})
    assert part.table["technology"].to_pylist() == ["hydro"]


def test_dicts_need_not_have_the_same_fields() -> None:
    projects = read_projects(
        [
            {"id": "a", "country": "Kenya", "technology": "wind", "capacity_mw": 10},
            {"id": "b", "country": "Laos", "technology": "hydro", "capacity_mw": "5 MW"},
            {"id": "c", "country": "Laos", "technology": "hydro", "commissioning_year": 2019},
        ]
    )
    assert projects.table["capacity"].to_pylist() == [10.0, 5.0, None]
    assert projects.table["commissioning_year"].to_pylist() == [None, None, 2019.0]


@pytest.mark.parametrize(
    ("source", "code"),
    [
        (7, "not_a_table"),
        ([1, 2], "not_a_table"),
        (pl.Series([1]), "not_a_table"),
        ({"id": ["a", "b"], "country": ["Kenya"]}, "columns_of_unequal_length"),
    ],
)
def test_what_is_no_table_is_refused(source: object, code: str) -> None:
    for read in (read_projects, lambda source: list(iter_projects(source))):
        with pytest.raises(InputError) as caught:
            read(source)
        (fault,) = caught.value.faults
        assert fault.code == code
        assert "{" not in fault.message("en") + fault.message("zh")


def test_an_empty_list_has_no_rows() -> None:
    assert "no_rows" in {fault.code for fault in read_projects([]).faults}


def test_pandas_columns_of_mixed_types() -> None:
    frame = pd.DataFrame(
        {
            "id": ["a", 2, 3.0],
            "country": ["Kenya"] * 3,
            "technology": ["wind"] * 3,
            "capacity": [10, "20 MW", float("nan")],
            "commissioning_year": pd.to_datetime(["2017-05-01", None, "2019-01-01"]),
        }
    )
    projects = read_projects(frame)
    assert projects.table["project_id"].to_pylist() == ["a", "2", "3"]
    assert projects.table["capacity"].to_pylist() == [10.0, 20.0, None]
    assert projects.table["commissioning_year"].to_pylist() == [2017.0, None, 2019.0]


def test_a_column_of_lists_is_named() -> None:
    projects = read_projects(pl.DataFrame(DATA | {"notes": [[1], [2], [3]]}))
    assert [(fault.code, fault.value) for fault in projects.faults] == [("column_type", "notes")]


def test_parquet(tmp_path: Path) -> None:
    path = tmp_path / "f.parquet"
    pq.write_table(pa.table(DATA), path)
    whole = read_projects(path)
    assert whole.table["country"].to_pylist() == ["KEN", "LAO", "CHN"]
    parts = list(iter_projects(path, 2))
    assert [part.table["row"].to_pylist() for part in parts] == [[1, 2], [3]]
    path.write_bytes(path.read_bytes()[:100])
    with pytest.raises(InputError) as caught:
        read_projects(path)
    assert caught.value.faults[0].code == "broken_parquet"


def test_duplicates_are_found_across_batches(tmp_path: Path) -> None:
    path = tmp_path / "f.parquet"
    size = 5000
    ids = [f"P{i % 4000}" for i in range(size)]
    pq.write_table(
        pa.table({"id": ids, "country": ["Kenya"] * size, "technology": ["wind"] * size}), path
    )
    parts = list(iter_projects(path, 700))
    assert sum(len(part) for part in parts) == 4000
    assert sum(part.rows_read for part in parts) == size
    twice = [
        fault.row for part in parts for fault in part.faults if fault.code == "duplicate_id_earlier"
    ]
    assert twice == list(range(4001, 5001))


def test_geojson(tmp_path: Path) -> None:
    features = [
        {
            "type": "Feature",
            "id": "K",
            "properties": {
                "name": "卡洛特",
                "country": "PAK",
                "technology": "hydro",
                "capacity_mw": 720,
            },
            "geometry": {"type": "Point", "coordinates": [73.61, 33.6]},
        },
        {
            "type": "Feature",
            "id": "B",
            "properties": {"name": "b", "country": "LAO", "technology": "光伏", "extra": {"x": 1}},
            "geometry": {
                "type": "Polygon",
                "coordinates": [[[102, 17], [104, 17], [104, 19], [102, 19], [102, 17]]],
            },
        },
    ]
    path = tmp_path / "f.geojson"
    path.write_text(
        json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8"
    )
    projects = read_projects(path)
    assert projects.table["project_id"].to_pylist() == ["K", "B"]
    assert projects.table["longitude"].to_pylist() == pytest.approx([73.61, 103.0])
    assert projects.table["latitude"].to_pylist() == pytest.approx([33.6, 18.0])
    assert projects.table["capacity"].to_pylist() == [720.0, None]
    assert [fault.code for fault in projects.faults] == ["unmapped_column_far"]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("{", "broken_json"),
        ("[1, 2]", "not_geojson"),
        ('{"type": "Point"}', "not_geojson"),
        (
            '{"type": "FeatureCollection", "features": [], '
            '"crs": {"properties": {"name": "EPSG:3857"}}}',
            "geojson_crs",
        ),
        ("", "empty_file"),
    ],
)
def test_what_is_no_geojson(tmp_path: Path, content: str, code: str) -> None:
    path = tmp_path / "f.geojson"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_projects(path)
    assert caught.value.faults[0].code == code


@pytest.mark.parametrize(
    ("geometry", "place"),
    [
        ({"type": "LineString", "coordinates": [[0, 0], [2, 0], [2, 2]]}, (1.5, 0.5)),
        ({"type": "MultiPoint", "coordinates": [[0, 0], [2, 4]]}, (1.0, 2.0)),
        (
            {
                "type": "MultiPolygon",
                "coordinates": [
                    [[[0, 0], [1, 0], [1, 1], [0, 1], [0, 0]]],
                    [[[4, 0], [5, 0], [5, 1], [4, 1], [4, 0]]],
                ],
            },
            (2.5, 0.5),
        ),
        (
            {
                "type": "GeometryCollection",
                "geometries": [{"type": "Point", "coordinates": [1, 2]}],
            },
            (1, 2),
        ),
        ({"type": "Polygon", "coordinates": [[[1, 1], [1, 1], [1, 1]]]}, (1.0, 1.0)),
        (None, None),
    ],
)
def test_the_middle_of_a_geometry(geometry: dict[str, Any] | None, place: Any) -> None:
    assert centroid(geometry) == (place if place is None else pytest.approx(place))
