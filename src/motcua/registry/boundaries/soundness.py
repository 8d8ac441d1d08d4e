"""Judges one geometry: is it an area in Việt Nam, sound or to be mended. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from shapely import Geometry
from shapely.errors import GEOSException
from shapely.geometry import shape
from shapely.validation import explain_validity

from motcua.kit.refusals import Refused
from motcua.registry.boundaries import refusals

AREAS = ("Polygon", "MultiPolygon")
EAST, NORTH = (102.0, 118.0), (6.0, 24.0)  # Hoàng Sa and Trường Sa lie inside
DEGREES = 180.0
KEPT = 0.01  # of the area: more may not be lost or won by mending
LEAST = 1e-9  # square degrees, about 12 square metres
READING = (ValueError, TypeError, KeyError, AttributeError, IndexError, GEOSException)


@dataclass(frozen=True, slots=True)
class Area:
    """A sound area; `mended` says what was wrong with it."""

    geometry: Geometry
    mended: str = ""


def sound(geometry: Mapping[str, Any] | None) -> Area:
    """Give the area of a GeoJSON geometry, in longitude and latitude.

    Errors: NoArea, NotAnArea, BrokenGeometry, CrossesItself, SwappedAxes, Metres, OutsideVietnam.
    """
    read = _read(geometry)
    _check_place(read)
    if read.is_valid:
        return Area(_with_area(read))
    why = explain_validity(read)
    mended = _areas_of(shapely.make_valid(read, method="structure", keep_collapsed=False))
    if abs(mended.area - _enclosed(read)) > KEPT * mended.area:
        raise refusals.CrossesItself(why=why)
    return Area(_with_area(mended), mended=why)


def _read(geometry: Mapping[str, Any] | None) -> Geometry:
    if not geometry:
        raise refusals.NoArea
    kind = geometry.get("type")
    if kind not in AREAS:
        raise refusals.NotAnArea(found=kind)
    if not geometry.get("coordinates"):
        raise refusals.NoArea
    try:
        with np.errstate(invalid="ignore"):  # what is not finite is refused below
            read = shapely.force_2d(shape(geometry))
    except READING:
        raise refusals.BrokenGeometry from None
    if read.is_empty:
        raise refusals.NoArea
    if not np.isfinite(shapely.get_coordinates(read)).all():
        raise refusals.BrokenGeometry
    return read


def _check_place(read: Geometry) -> None:
    places = shapely.get_coordinates(read)
    is_there = _within(places[:, 0], EAST) & _within(places[:, 1], NORTH)
    if is_there.all():
        return
    x, y = places[~is_there][0]
    said = {"x": f"{x:.6g}", "y": f"{y:.6g}"}
    kind: type[Refused] = refusals.OutsideVietnam
    if abs(x) > DEGREES or abs(y) > DEGREES:
        kind = refusals.Metres
    elif _within(y, EAST) and _within(x, NORTH):
        kind = refusals.SwappedAxes
    raise kind(**said)


def _within(values: Any, limits: tuple[float, float]) -> Any:
    return (values >= limits[0]) & (values <= limits[1])


def _enclosed(read: Geometry) -> float:
    """The area as the rings say it: parts run round the wrong way take from it."""
    rings = [ring for part in shapely.get_parts(read) for ring in _rings(part)]
    return float(sum(sign * abs(shapely.Polygon(ring).area) for sign, ring in rings))


def _rings(part: Geometry) -> list[tuple[int, Any]]:
    return [(1, part.exterior), *((-1, hole) for hole in part.interiors)]


def _areas_of(geometry: Geometry) -> Geometry:
    parts = shapely.get_parts(shapely.get_parts(geometry))
    return shapely.union_all([part for part in parts if part.geom_type in AREAS])


def _with_area(geometry: Geometry) -> Geometry:
    if geometry.area < LEAST:
        raise refusals.NoArea
    return geometry
