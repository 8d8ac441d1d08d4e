"""Files of boundaries: squares around two communes, and everything that may be wrong with them."""

import json
from pathlib import Path
from typing import Any

FIRST, SECOND = "24886", "24853"  # Đam Rông 1 and 4, whose points lie in these squares
PLACES = {FIRST: (108.05, 11.85), SECOND: (108.25, 12.05)}
Ring = list[list[float]]


def square(west: float, south: float, side: float = 0.1) -> Ring:
    """A square with its corner in the south-west."""
    east, north = west + side, south + side
    return [[west, south], [east, south], [east, north], [west, north], [west, south]]


def polygon(ring: Ring) -> dict[str, Any]:
    """The geometry of one ring."""
    return {"type": "Polygon", "coordinates": [ring]}


def feature(code: object, geometry: Any, **properties: object) -> dict[str, Any]:
    """A feature with the code of a unit."""
    said = {"code": code, **properties}
    return {"type": "Feature", "properties": said, "geometry": geometry}


def two() -> list[dict[str, Any]]:
    """Two sound features that share a side."""
    return [
        feature(FIRST, polygon(square(108.0, 11.8)), name="Xã Đam Rông 1"),
        feature(SECOND, polygon(square(108.1, 11.8)), name="Xã Đam Rông 4"),
    ]


def file_of(folder: Path, features: list[Any], **more: object) -> Path:
    """A GeoJSON file of these features."""
    said = {"type": "FeatureCollection", "features": features, **more}
    return written(folder, json.dumps(said, ensure_ascii=False).encode())


def written(folder: Path, raw: bytes) -> Path:
    """A file of these bytes."""
    path = folder / "ranh-gioi.geojson"
    path.write_bytes(raw)
    return path
