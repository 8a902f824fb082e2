"""Reading GeoJSON: properties as columns, the middle of a geometry as coordinates."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import polars as pl

from greensilk.projects.readers.encoding import detect_encoding
from greensilk.projects.readers.table import RawTable, refuse, text_column

__all__ = ["centroid", "read_geojson"]

# An object of JSON; its values may be anything, and each is looked at before it is used.
_Object = Mapping[str, Any]


def read_geojson(path: Path) -> RawTable:
    """Read the features of a GeoJSON file: properties as columns, the place as coordinates.

    Raises
    ------
    InputError
        If the file is no GeoJSON, holds no features, or is not in longitude and latitude.
    """
    content = path.read_bytes()
    if not content.strip():
        raise refuse("empty_file", path.name)
    try:
        document: object = json.loads(content.decode(detect_encoding(content) or "utf-8"))
    except ValueError as error:
        raise refuse("broken_json", path.name, value=str(error)) from error
    if not isinstance(document, dict):
        raise refuse("not_geojson", path.name)
    features = _features(document)
    if features is None:
        raise refuse("not_geojson", path.name)
    reference = str((document.get("crs") or {}).get("properties", {}).get("name", "CRS84"))
    if not reference.endswith(("CRS84", "4326")):
        raise refuse("geojson_crs", path.name, value=reference)
    return _build_table(features, path.name)


def centroid(geometry: _Object | None) -> tuple[float, float] | None:
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


def _pieces(geometry: _Object) -> Iterator[tuple[float, float, float]]:
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


def _features(document: _Object) -> list[_Object] | None:
    if document.get("type") == "FeatureCollection":
        return [item for item in document.get("features") or [] if isinstance(item, dict)]
    return [document] if document.get("type") == "Feature" else None


def _build_table(features: list[_Object], file: str) -> RawTable:
    properties = [feature.get("properties") or {} for feature in features]
    names = dict.fromkeys(name for item in properties for name in item)
    centroids = [centroid(feature.get("geometry")) for feature in features]
    headers = list(names)
    cells = [[item.get(name) for item in properties] for name in headers]
    if "id" not in {name.lower() for name in headers} and any("id" in item for item in features):
        headers.append("id")
        cells.append([item.get("id") for item in features])
    known = {name.lower() for name in headers}
    for name, axis in (("longitude", 0), ("latitude", 1)):
        if name not in known and any(centroids):
            headers.append(name)
            cells.append([point[axis] if point else None for point in centroids])
    return RawTable(
        file=file,
        sheet="",
        headers=headers,
        columns=[text_column([_flatten(value) for value in values]) for values in cells],
        rows=pl.Series("row", range(1, len(features) + 1), dtype=pl.Int64),
    )


def _flatten(value: object) -> object:
    return json.dumps(value, ensure_ascii=False) if isinstance(value, dict | list) else value
