"""Cells around points: each holds its own, together they leave nothing out and meet nowhere."""

from datetime import date

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from motcua.registry.boundaries.cells import cells
from motcua.registry.boundaries.layer import layer
from motcua.registry.catalogue import Catalogue
from motcua.registry.sets import UnitKind

PLACES = st.tuples(
    st.floats(107.0, 109.0).map(lambda x: round(x, 4)),
    st.floats(10.5, 12.8).map(lambda y: round(y, 4)),
)
NOW, BEFORE = date(2026, 11, 24), date(2025, 6, 30)


@settings(max_examples=60, deadline=None)
@given(st.lists(PLACES, min_size=1, max_size=40, unique=True))
def test_each_cell_holds_its_point_and_none_overlap(places: list[tuple[float, float]]) -> None:
    points = {f"{number:03}": place for number, place in enumerate(places)}

    found = cells(points)

    assert found.keys() == points.keys()
    for key, place in points.items():
        assert found[key].buffer(1e-9).contains(shapely.Point(place))
    areas = np.array(list(found.values()))
    assert shapely.union_all(areas).area == pytest.approx(shapely.area(areas).sum(), rel=1e-6)


def test_no_points_are_no_cells() -> None:
    assert cells({}) == {}


def test_units_in_one_place_are_spread_around_it() -> None:
    found = cells({"a": (108.0, 11.0), "b": (108.0, 11.0), "c": (108.0, 11.0), "d": (108.2, 11.0)})

    areas = [cell.area for cell in found.values()]
    assert min(areas) > max(areas) / 20


def test_a_point_far_off_is_an_island() -> None:
    near = {f"{x}{y}": (108 + x / 20, 11 + y / 20) for x in range(4) for y in range(4)}

    found = cells({**near, "island": (109.5, 10.2)})

    assert all(found["island"].disjoint(found[key]) for key in near)


@pytest.mark.django_db
def test_every_commune_of_either_generation_has_a_cell(seeded: Catalogue) -> None:
    for on, many in ((NOW, 124), (BEFORE, 329)):
        land = layer(seeded, kind=UnitKind.COMMUNE, on=on)

        expected = {
            card.key
            for card in seeded.units()
            if card.kind is UnitKind.COMMUNE and card.is_valid_on(on)
        }
        assert len(expected) == many
        assert land.areas.keys() == expected
        assert not land.official
        assert shapely.coverage_is_valid(np.array(list(land.areas.values())))
