"""Areas in degrees become shapes of an SVG: fitted to a frame, light enough for a wall. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import cos, radians

import numpy as np
import shapely
from shapely import Geometry

MOST_BYTES = 40_000  # of all paths together: a wall has a budget (docs/adr/0019)
FINEST, COARSER = 0.5, 1.4  # units of the picture; how much coarser each further try
MARGIN = 2.0
TENTHS = 10


@dataclass(frozen=True)
class Frame:
    """The room a map may take, in units of its picture (one is a pixel of a 1920 px wall)."""

    width: float
    height: float


@dataclass(frozen=True)
class Drawing:
    """Shapes in the units of a picture of this size; the paths say the same as SVG."""

    width: float
    height: float
    shapes: Mapping[str, Geometry]
    paths: Mapping[str, str]


def draw(areas: Mapping[str, Geometry], frame: Frame) -> Drawing:
    """Fit areas in longitude and latitude into a frame; neighbours keep the lines they share."""
    keys = sorted(areas)
    placed, width, height = _placed(np.array([areas[key] for key in keys]), frame)
    tolerance = FINEST
    while True:
        shapes = shapely.coverage_simplify(placed, tolerance)
        paths = [path_of(shape) for shape in shapes]
        if sum(map(len, paths)) <= MOST_BYTES:
            break
        tolerance *= COARSER
    return Drawing(
        round(width, 1),
        round(height, 1),
        dict(zip(keys, shapes, strict=True)),
        dict(zip(keys, paths, strict=True)),
    )


def _placed(areas: np.ndarray, frame: Frame) -> tuple[np.ndarray, float, float]:
    """Turn degrees into units of the picture, north up."""
    west, south, east, north = shapely.total_bounds(areas)
    narrowing = cos(radians((south + north) / 2))
    across, up = (east - west) * narrowing, north - south
    inner_width, inner_height = frame.width - 2 * MARGIN, frame.height - 2 * MARGIN
    scale = min(inner_width / across, inner_height / up)

    def place(degrees: np.ndarray) -> np.ndarray:
        x = (degrees[:, 0] - west) * narrowing * scale + MARGIN
        y = (north - degrees[:, 1]) * scale + MARGIN
        return np.column_stack((x, y))

    return shapely.transform(areas, place), across * scale + 2 * MARGIN, up * scale + 2 * MARGIN


def path_of(shape: Geometry) -> str:
    """Give the path of an area, in tenths of a unit: one step is one point, from the last one."""
    rings = (ring for part in shapely.get_parts(shape) for ring in (part.exterior, *part.interiors))
    return "".join(_ring(shapely.get_coordinates(ring)) for ring in rings)


def _ring(places: np.ndarray) -> str:
    tenths = np.rint(places * TENTHS).astype(int)[:-1]
    steps = np.diff(tenths, axis=0)
    first = f"M{_number(tenths[0, 0])} {_number(tenths[0, 1])}"
    rest = "l".join(f"{_number(x)} {_number(y)}" for x, y in steps.tolist() if x or y)
    return f"{first}l{rest}z" if rest else ""


def _number(tenths: int) -> str:
    """A number of tenths, as short as SVG can read it."""
    text = f"{tenths / TENTHS:g}"
    return text.replace("0.", ".", 1) if text.startswith(("0.", "-0.")) else text
