"""What a map shows: shapes in the tone of their rate, names where there is room, a list."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from django.utils.translation import gettext as _

from motcua.indicators.asking import Asked
from motcua.operations.links import Links
from motcua.operations.maps.drawing import Drawing, Frame, draw
from motcua.operations.maps.labels import Word, fitted, middle_of
from motcua.operations.maps.places import Places, places_of
from motcua.operations.rows import Shown, shortest_name
from motcua.registry.boundaries.layer import Layer
from motcua.registry.catalogue import Catalogue
from motcua.ui import formats

WHOLE, BESIDE_A_LIST, BESIDE_LONG_ROWS = Frame(790, 326), Frame(508, 326), Frame(430, 326)
SIZES = (19.0, 16.0, 13.5, 11.5)
PHONE, PHONE_SIZES = 330.0, (13.0, 11.0, 9.5)
WIDEST_RATE = "100,00"  # so that a label stays where it is when its rate moves
MOST_SOURCES = 2
MOST_ROOMY = 40  # shapes; more have finer lines
MOST_FULL = 6  # rows of two lines


@dataclass(frozen=True)
class Sketch:
    """A drawing with its labels: `roomy` for walls and desks, `narrow` for phones."""

    drawing: Drawing
    roomy: Mapping[str, tuple[Word, ...]]
    narrow: Mapping[str, tuple[Word, ...]]
    middles: Mapping[str, tuple[float, float]]


Named = tuple[str, str, bool]
"""A unit, its name on the map, and whether it has a rate."""


def map_of(
    units: Sequence[Shown], asked: Asked, links: Links, *, known: Catalogue, today: date
) -> dict[str, Any] | None:
    """Give the map of the units of a wall; None where too few of them have a place.

    Each unit stands in `rows`, also the one that has no place or no room for its name: none is
    lost. `has_list`: the rows stand beside the map, not only on a phone.
    """
    places = places_of([one.key for one in units], asked, known=known, today=today)
    if places is None:
        return None
    shown = {one.key: one for one in units}
    names = _names(places, shown, known)
    sketch = _sketch(places.land, names, WHOLE)
    has_list = sketch.drawing.width <= BESIDE_A_LIST.width or _is_nameless(units, sketch)
    is_full = has_list and len(units) <= MOST_FULL
    if has_list:
        frame = BESIDE_LONG_ROWS if is_full else BESIDE_A_LIST
        sketch = _sketch(places.land, names, frame)
    return {
        "width": sketch.drawing.width,
        "height": sketch.drawing.height,
        "shapes": _shapes(sketch, shown, links, known),
        "labels": _labels(sketch, shown),
        "alarms": _alarms(sketch, shown),
        "rows": _rows(units, sketch),
        "has_list": has_list,
        "is_full": is_full,
        "is_dense": len(names) > MOST_ROOMY,
        "has_quiet": bool(places.quiet) or any(shown[key].rate is None for key in places.busy),
        "notes": _notes(places),
    }


def _names(places: Places, shown: Mapping[str, Shown], known: Catalogue) -> tuple[Named, ...]:
    return tuple(
        (key, shortest_name(known, key), key in shown and shown[key].rate is not None)
        for key in sorted((*places.busy, *places.quiet))
    )


def _is_nameless(units: Sequence[Shown], sketch: Sketch) -> bool:
    return any(one.key not in sketch.roomy for one in units)


# A layer is itself: the registry keeps one for each of its states (`boundaries.layer`).
@lru_cache(maxsize=32)
def _sketch(land: Layer, names: tuple[Named, ...], frame: Frame) -> Sketch:
    drawing = draw({key: land.areas[key] for key, *_ in names}, frame)
    smaller = min(1.0, PHONE / drawing.width)
    return Sketch(
        drawing,
        _fitted(drawing, names, SIZES),
        _fitted(drawing, names, [size / smaller for size in PHONE_SIZES]),
        {key: middle_of(shape) for key, shape in drawing.shapes.items()},
    )


def _fitted(
    drawing: Drawing, names: tuple[Named, ...], sizes: Sequence[float]
) -> dict[str, tuple[Word, ...]]:
    found = {
        key: fitted(drawing.shapes[key], name, WIDEST_RATE if has_rate else "", sizes)
        for key, name, has_rate in names
    }
    return {key: words for key, words in found.items() if words}


def _shapes(
    sketch: Sketch, shown: Mapping[str, Shown], links: Links, known: Catalogue
) -> list[dict[str, Any]]:
    """Shapes in the order of their names, as a keyboard walks through them."""
    found = []
    for key, path in sketch.drawing.paths.items():
        one = shown.get(key)
        found.append(
            {
                "key": key,
                "path": path,
                "tone": one.tone if one else "none",
                "name": one.full_name if one else known.unit(key).name,
                "url": one.wall_url if one else links.wall(unit=key),
                "row": one,
            }
        )
    return sorted(found, key=lambda shape: shape["name"])


def _labels(sketch: Sketch, shown: Mapping[str, Shown]) -> list[dict[str, Any]]:
    return [
        {
            "room": room,
            "words": [_word(one, shown.get(key)) for key, words in found.items() for one in words],
        }
        for room, found in (("roomy", sketch.roomy), ("narrow", sketch.narrow))
    ]


def _word(one: Word, row: Shown | None) -> dict[str, Any]:
    text = one.text
    if one.is_rate:
        text = formats.number(row.rate, 2) if row and row.rate is not None else ""
    place = {"x": f"{one.x:.1f}", "y": f"{one.y:.1f}", "size": f"{one.size:.1f}"}
    return {**place, "text": text, "is_rate": one.is_rate}


def _alarms(sketch: Sketch, shown: Mapping[str, Shown]) -> list[dict[str, str]]:
    """A ring stands over the label of who has overdue dossiers, else in the middle of the shape."""
    found = []
    for key in sketch.drawing.paths:
        if key not in shown or not shown[key].overdue:
            continue
        x, y = sketch.middles[key]
        if key in sketch.roomy:
            first = sketch.roomy[key][0]
            x, y = first.x, first.y - first.size * 1.3
        found.append({"x": f"{x:.1f}", "y": f"{y:.1f}"})
    return found


def _rows(units: Sequence[Shown], sketch: Sketch) -> list[dict[str, Any]]:
    """All units, worst first; a phone lists only who has no label on its map."""

    def weight(one: Shown) -> tuple[float, ...]:
        return (-one.overdue, 101 if one.rate is None else one.rate, -one.received)

    return [
        {"row": one, "has_label": one.key in sketch.narrow} for one in sorted(units, key=weight)
    ]


def _notes(places: Places) -> list[str]:
    drawn = (*places.busy, *places.quiet)
    sources = dict.fromkeys(
        places.land.official[key].source for key in drawn if key in places.land.official
    )
    notes = []
    if sources:
        named = ", ".join(list(sources)[:MOST_SOURCES]) + (
            " …" if len(sources) > MOST_SOURCES else ""
        )
        notes.append(_("Boundaries: %(source)s") % {"source": named})
    if not all(key in places.land.official for key in drawn):
        text = _("The other units: illustrative, no legal basis") if sources else ""
        notes.append(text or _("Illustrative map, no legal basis"))
    if places.left_out:
        text = _("%(count)s units without dossiers are not drawn")
        notes.append(text % {"count": formats.number(places.left_out)})
    return notes
