"""The land of the units of a day: official boundaries where there are some, else cells.

Kept in each process under the state of the registry: drawing a wall reads nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

import shapely
from shapely import Geometry

from motcua.registry.boundaries.cells import cells
from motcua.registry.catalogue import Catalogue
from motcua.registry.models import UnitArea
from motcua.registry.sets import UnitKind

LEAST = 1e-7  # square degrees, about a tenth of a hectare: what is left of a cell under others


@dataclass(frozen=True)
class Official:
    """Who says where a boundary runs, and since when we know it."""

    source: str
    imported_on: date


@dataclass(frozen=True, eq=False)  # a layer is itself, so that drawings of it can be kept
class Layer:
    """Areas by unit, in longitude and latitude; who is not in `official` is only drawn there."""

    areas: Mapping[str, Geometry] = field(default_factory=dict)
    official: Mapping[str, Official] = field(default_factory=dict)


def layer(known: Catalogue, *, kind: UnitKind, on: date) -> Layer:
    """Give the land of all units of a kind that exist on a day and have a place."""
    cards = [card for card in known.units() if card.kind is kind and card.is_valid_on(on)]
    return _layer(known.token, tuple((card.key, card.lon, card.lat) for card in cards))


@lru_cache(maxsize=8)
def _kept(_token: str) -> tuple[Mapping[str, Geometry], Mapping[str, Official]]:
    rows = list(UnitArea.objects.order_by("unit"))
    areas = shapely.from_wkt([row.wkt for row in rows])
    by_unit = {row.unit_id: area for row, area in zip(rows, areas, strict=True)}
    return by_unit, {row.unit_id: Official(row.source, row.imported_on) for row in rows}


@lru_cache(maxsize=8)
def _layer(token: str, units: tuple[tuple[str, float | None, float | None], ...]) -> Layer:
    areas, said = _kept(token)
    official = {key: areas[key] for key, *_ in units if key in areas}
    points = {key: (lon, lat) for key, lon, lat in units if lon is not None and lat is not None}
    drawn = cells(points) if points.keys() - official.keys() else {}
    taken = shapely.union_all(list(official.values()))
    left = {
        key: rest
        for key, cell in drawn.items()
        if key not in official and (rest := cell.difference(taken)).area > LEAST
    }
    return Layer({**left, **official}, {key: said[key] for key in official})
