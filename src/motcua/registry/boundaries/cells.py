"""Land divided between points: each unit gets what lies nearest to its own point. Pure.

A picture to find a unit by, no boundary: nobody decided these lines (docs/adr/0019).
"""

from collections.abc import Mapping
from math import cos, pi, radians, sin, sqrt

import numpy as np
import shapely
from shapely import Geometry

Points = Mapping[str, tuple[float, float]]
"""Longitude and latitude (EPSG:4326) by unit."""
REACH = 1.15  # of the usual way to the nearest neighbour: how far land goes beyond a point
NEAR_SHARE = 90  # per cent of the points whose way to the nearest neighbour is taken for usual
ALONE = 0.05  # degrees, about 5 km: the land of a point that has no neighbour
SAME = 5  # digits of a degree, about 1 m: what stands nearer is in one place
GOLDEN = pi * (3 - sqrt(5))  # the turn of a sunflower: points spread evenly around one
ARC = 4  # stretches a quarter of a circle is drawn with


def cells(points: Points) -> dict[str, Geometry]:
    """Give each unit the land nearest to its point; cells touch and do not overlap.

    Units in one place (a list that knows only their district's) are spread around it.
    Shape: polygons in longitude and latitude, keys as given; each holds its own point.
    """
    if not points:
        return {}
    keys = sorted(points)
    flat = np.array([points[key] for key in keys], dtype=float)
    narrowing = cos(radians(float(flat[:, 1].mean())))
    plane, reach = _apart(flat * (narrowing, 1.0))
    land = _land(plane, reach)
    found = _nearest(plane, land)
    clipped = shapely.intersection(found, land)
    wide = shapely.transform(clipped, lambda place: place / (narrowing, 1.0))
    return dict(zip(keys, wide, strict=True))


def _apart(plane: np.ndarray) -> tuple[np.ndarray, float]:
    """Spread points that stand on one another; give how far land reaches beyond a point, too."""
    places = [(x, y) for x, y in plane.round(SAME).tolist()]
    reach = _reach(shapely.points(sorted(set(places))))
    seen: dict[tuple[float, float], int] = {}
    moved = plane.copy()
    for number, place in enumerate(places):
        turn = seen.get(place, 0)
        way = sqrt(turn) * reach / 2
        moved[number] += (way * cos(turn * GOLDEN), way * sin(turn * GOLDEN))
        seen[place] = turn + 1
    return moved, reach


def _nearest(plane: np.ndarray, land: Geometry) -> np.ndarray:
    if len(plane) == 1:
        return np.array([land])
    around = land.buffer(1.0)
    parts = shapely.voronoi_polygons(shapely.MultiPoint(plane), extend_to=around, ordered=True)
    return np.array(shapely.get_parts(parts))


def _land(plane: np.ndarray, reach: float) -> Geometry:
    """Give the land around points: one stretch for neighbours, an island for who lies far off."""
    points = shapely.points(plane)
    discs = shapely.union_all(shapely.buffer(points, reach, quad_segs=ARC))
    closed = discs.buffer(2 * reach, quad_segs=ARC).buffer(-2 * reach, quad_segs=ARC)
    stretches = [_hull(part, points, reach) for part in shapely.get_parts(closed)]
    return shapely.union_all(stretches)


def _hull(part: Geometry, points: np.ndarray, reach: float) -> Geometry:
    """Draw a smooth line around the points of one stretch of land."""
    inside = points[shapely.intersects(part, points)]
    hull = shapely.concave_hull(shapely.multipoints(inside), ratio=0.25)
    around = hull.buffer(2 * reach, quad_segs=ARC).buffer(-reach, quad_segs=ARC)
    return around.simplify(reach / 40)


def _reach(points: np.ndarray) -> float:
    """Give how far land reaches beyond a point: half the usual way to the nearest neighbour."""
    if len(points) == 1:
        return ALONE
    _, ways = shapely.STRtree(points).query_nearest(
        points, exclusive=True, all_matches=False, return_distance=True
    )
    return float(np.percentile(ways, NEAR_SHARE)) * REACH / 2
