"""Where a name and a rate have room inside a shape: they never leave it, so none meet. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from shapely import Geometry

LETTER, CAPITAL_ROOM = 0.57, 0.35  # of the size: mean width of a letter, room on both sides
LINE = 1.16  # of the size: from line to line
FIRST = 0.92  # of the size: from the top of a label to its first base line
RATE_LARGER = 1.16  # the rate against the name
STEPS = 9  # places tried across and down
LETTERS_IN_A_LINE = 9


@dataclass(frozen=True)
class Word:
    """One line of a label, where it stands (middle, base line), and how large."""

    text: str
    x: float
    y: float
    size: float
    is_rate: bool = False


def fitted(shape: Geometry, name: str, rate: str, sizes: Sequence[float]) -> tuple[Word, ...]:
    """Give the lines of a label in the largest size that stays inside; none where none does."""
    shapely.prepare(shape)
    centre = middle_of(shape)
    grid = _grid(shape, centre)
    for size in sizes:
        for lines in _ways(name):
            room = _room([*lines, *([rate] if rate else [])], size, bool(rate))
            place = _place(shape, grid, room)
            if place is not None:
                top = place[0], place[1] - room[1] / 2
                return _words(lines, rate, top, size)
    return ()


def middle_of(shape: Geometry) -> tuple[float, float]:
    """Give the place of a shape that is farthest from its edges."""
    widest = max(shapely.get_parts(shape), key=lambda part: part.area)
    radius = shapely.maximum_inscribed_circle(widest, tolerance=1.0)
    (x, y), _ = shapely.get_coordinates(radius)
    return float(x), float(y)


def _ways(name: str) -> list[list[str]]:
    """A name in one line, or its words divided where the longer line is shortest."""
    words = name.split()
    if len(words) < 2:  # noqa: PLR2004 (one word cannot be divided)
        return [[name]]
    halves = [[" ".join(words[:cut]), " ".join(words[cut:])] for cut in range(1, len(words))]
    best = min(halves, key=lambda lines: max(map(len, lines)))
    return [best, [name]] if len(name) > LETTERS_IN_A_LINE else [[name], best]


def _room(lines: Sequence[str], size: float, has_rate: bool) -> tuple[float, float]:
    widths = [(len(line) * LETTER + CAPITAL_ROOM) * size for line in lines]
    height = len(lines) * LINE * size
    if has_rate:
        widths[-1] *= RATE_LARGER
        height += LINE * size * (RATE_LARGER - 1)
    return max(widths), height


def _grid(shape: Geometry, centre: tuple[float, float]) -> np.ndarray:
    west, top, east, bottom = shape.bounds
    across, down = np.meshgrid(np.linspace(west, east, STEPS), np.linspace(top, bottom, STEPS))
    return np.vstack(([centre], np.column_stack((across.ravel(), down.ravel()))))


def _place(
    shape: Geometry, grid: np.ndarray, room: tuple[float, float]
) -> tuple[float, float] | None:
    """The place nearest the middle, which stands first, at which a box stays inside."""
    (x, y), (width, height) = grid.T, room
    boxes = shapely.box(x - width / 2, y - height / 2, x + width / 2, y + height / 2)
    fits = grid[shapely.contains(shape, boxes)]
    if not len(fits):
        return None
    best = fits[np.argmin(((fits - grid[0]) ** 2).sum(axis=1))]
    return float(best[0]), float(best[1])


def _words(
    lines: Sequence[str], rate: str, top: tuple[float, float], size: float
) -> tuple[Word, ...]:
    x, base = top[0], top[1] + size * FIRST
    words = [Word(line, x, base + number * LINE * size, size) for number, line in enumerate(lines)]
    if rate:
        base += (len(lines) * LINE + (RATE_LARGER - 1)) * size
        words.append(Word(rate, x, base, size * RATE_LARGER, is_rate=True))
    return tuple(words)
