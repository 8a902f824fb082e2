"""Reading Parquet, GeoJSON and tables in memory (pandas, polars, Arrow)."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

from greensilk.core.errors import Fault
from greensilk.projects.raw import Raw, column, refuse

if TYPE_CHECKING:
    import polars as pl

__all__ = ["centroid", "is_frame", "read_frame", "read_geojson", "read_parquet", "stream_parquet"]


def is_frame(source: object) -> bool:
    """Tell whether ``source`` is a table of pandas, polars or Arrow."""
    return type(source).__module__.partition(".")[0] in ("pandas", "polars", "pyarrow")


def read_frame(source: Any) -> Raw:
    """Read a table in memory; rows are numbered from 1."""
    import polars as pl
    import pyarrow as pa

    if isinstance(source, pl.LazyFrame):
        source = source.collect()
    if type(source).__module__.startswith("pandas"):
        return _pandas(source)
    if isinstance(source, pa.RecordBatch):
        source = pa.Table.from_batches([source])
    frame = source if isinstance(source, pl.DataFrame) else _arrow(source)
    return _raw(frame, "", 1)


def read_parquet(path: Path) -> Raw:
    """Read a whole Parquet file.

    Raises
    ------
    InputError
        If the file is damaged.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        return _raw(_arrow(pq.read_table(path)), path.name, 1)
    except (pa.ArrowException, OSError) as error:
        raise refuse("broken_parquet", path.name, value=str(error)[:200]) from error


def stream_parquet(path: Path, rows_per_batch: int) -> Iterator[Raw]:
    """Read a Parquet file batch by batch."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        with pq.ParquetFile(path) as file:
            offset = 1
            for batch in file.iter_batches(batch_size=rows_per_batch):
                yield _raw(_arrow(pa.Table.from_batches([batch])), path.name, offset)
                offset += batch.num_rows
    except (pa.ArrowException, OSError) as error:
        raise refuse("broken_parquet", path.name, value=str(error)[:200]) from error


def read_geojson(path: Path) -> Raw:
    """Read the features of a GeoJSON file: properties as columns, the place as coordinates.

    Raises
    ------
    InputError
        If the file is no GeoJSON, holds no features, or is not in longitude and latitude.
    """
    from greensilk.projects.encoding import detect_encoding

    content = path.read_bytes()
    if not content.strip():
        raise refuse("empty_file", path.name)
    try:
        document = json.loads(content.decode(detect_encoding(content) or "utf-8"))
    except ValueError as error:
        raise refuse("broken_json", path.name, value=str(error)[:200]) from error
    features = _features(document)
    if features is None:
        raise refuse("not_geojson", path.name)
    reference = str((document.get("crs") or {}).get("properties", {}).get("name", "CRS84"))
    if not reference.endswith(("CRS84", "4326")):
        raise refuse("geojson_crs", path.name, value=reference)
    return _from_features(features, path.name)


def centroid(geometry: Mapping[str, Any] | None) -> tuple[float, float] | None:
    """Return longitude and latitude of the middle of a geometry; None if it has none.

    Polygons by area, lines by length, points by their mean: near enough to place a project.

    >>> centroid({"type": "Polygon", "coordinates": [[[0, 0], [4, 0], [4, 2], [0, 2], [0, 0]]]})
    (2.0, 1.0)
    """
    if not geometry:
        return None
    weighted = list(_pieces(geometry))
    total = sum(weight for weight, _, _ in weighted)
    if not weighted:
        return None
    if total == 0:
        weighted, total = [(1.0, x, y) for _, x, y in weighted], float(len(weighted))
    return (
        sum(weight * x for weight, x, _ in weighted) / total,
        sum(weight * y for weight, _, y in weighted) / total,
    )


def _pieces(geometry: Mapping[str, Any]) -> Iterator[tuple[float, float, float]]:
    kind, shape = geometry.get("type"), geometry.get("coordinates") or []
    if kind == "GeometryCollection":
        for part in geometry.get("geometries") or []:
            yield from _pieces(part)
    elif kind == "Point" and shape:
        yield 1.0, float(shape[0]), float(shape[1])
    elif kind == "MultiPoint":
        yield from ((1.0, float(x), float(y)) for x, y, *_ in shape)
    elif kind == "LineString":
        yield from _line(shape)
    elif kind == "MultiLineString":
        for line in shape:
            yield from _line(line)
    elif kind == "Polygon" and shape:
        yield _ring(shape[0])
    elif kind == "MultiPolygon":
        yield from (_ring(polygon[0]) for polygon in shape if polygon)


def _line(points: Sequence[Sequence[float]]) -> Iterator[tuple[float, float, float]]:
    for (x1, y1, *_), (x2, y2, *_) in pairwise(points):
        yield ((x2 - x1) ** 2 + (y2 - y1) ** 2) ** 0.5, (x1 + x2) / 2, (y1 + y2) / 2


def _ring(points: Sequence[Sequence[float]]) -> tuple[float, float, float]:
    area = east = north = 0.0
    for (x1, y1, *_), (x2, y2, *_) in pairwise(points):
        cross = x1 * y2 - x2 * y1
        area += cross / 2
        east += (x1 + x2) * cross / 6
        north += (y1 + y2) * cross / 6
    if area == 0:
        xs, ys = [p[0] for p in points], [p[1] for p in points]
        return 0.0, sum(xs) / len(xs), sum(ys) / len(ys)
    return abs(area), east / area, north / area


def _features(document: Any) -> list[dict[str, Any]] | None:
    if not isinstance(document, dict):
        return None
    if document.get("type") == "FeatureCollection":
        return [item for item in document.get("features") or [] if isinstance(item, dict)]
    return [document] if document.get("type") == "Feature" else None


def _from_features(features: list[dict[str, Any]], file: str) -> Raw:
    import polars as pl

    names: dict[str, None] = {}
    for feature in features:
        names.update(dict.fromkeys(feature.get("properties") or {}))
    places = [centroid(feature.get("geometry")) for feature in features]
    headers = list(names)
    cells = [[(item.get("properties") or {}).get(name) for item in features] for name in headers]
    if "id" not in {name.lower() for name in headers} and any("id" in item for item in features):
        headers.append("id")
        cells.append([item.get("id") for item in features])
    known = {name.lower() for name in headers}
    for name, axis in (("longitude", 0), ("latitude", 1)):
        if name not in known and any(places):
            headers.append(name)
            cells.append([place[axis] if place else None for place in places])
    plain = [[_flat(value) for value in values] for values in cells]
    return Raw(
        file=file,
        sheet="",
        headers=headers,
        columns=[column(values) for values in plain],
        rows=pl.Series("row", range(1, len(features) + 1), dtype=pl.Int64),
    )


def _flat(value: Any) -> Any:
    return json.dumps(value, ensure_ascii=False) if isinstance(value, dict | list) else value


def _arrow(table: Any) -> pl.DataFrame:
    import polars as pl

    frame = pl.from_arrow(table)
    return frame if isinstance(frame, pl.DataFrame) else frame.to_frame()


def _pandas(source: Any) -> Raw:
    import polars as pl

    series: list[pl.Series] = []
    for index in range(source.shape[1]):
        values = source.iloc[:, index]
        if values.dtype.kind in "iuf" and type(values.dtype).__module__.startswith("numpy"):
            series.append(pl.Series(values.to_numpy()))
        else:
            gone = values.isna().tolist()
            plain = [
                None if missing else value
                for value, missing in zip(values.tolist(), gone, strict=True)
            ]
            series.append(column(plain))
    raw = Raw(
        file="",
        sheet="",
        headers=[str(name) for name in source.columns],
        columns=series,
        rows=pl.Series("row", range(1, len(source) + 1), dtype=pl.Int64),
    )
    return _tidy_types(raw)


def _raw(frame: pl.DataFrame, file: str, first_row: int) -> Raw:
    import polars as pl

    return _tidy_types(
        Raw(
            file=file,
            sheet="",
            headers=list(frame.columns),
            columns=frame.get_columns(),
            rows=pl.Series("row", range(first_row, first_row + frame.height), dtype=pl.Int64),
        )
    )


def _tidy_types(raw: Raw) -> Raw:
    """Bring columns to text, float64 or dates; note the ones that hold lists or structures."""
    import polars as pl

    for place, series in enumerate(raw.columns):
        kind = series.dtype
        if kind.is_nested() or kind in (pl.Binary, pl.Object):
            raw.faults.append(
                Fault(
                    code="column_type",
                    file=raw.file,
                    value=raw.headers[place],
                    params={"type": str(kind)},
                )
            )
            raw.columns[place] = pl.Series([None] * len(series), dtype=pl.String)
        elif kind == pl.Boolean or kind in (pl.Categorical, pl.Enum) or kind == pl.Null:
            raw.columns[place] = series.cast(pl.String)
        elif kind == pl.Datetime:
            raw.columns[place] = series.cast(pl.Date)
        elif kind.is_decimal():
            raw.columns[place] = series.cast(pl.String)
    return raw
