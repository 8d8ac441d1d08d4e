"""The map of a wall: every unit on it or beside it, light enough, names that never meet."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import numpy as np
import pytest
import shapely
from django.test import Client
from lxml import html

from motcua.accounts.actors import SYSTEM
from motcua.accounts.roles import Role
from motcua.operations.maps.drawing import Frame, draw, path_of
from motcua.operations.maps.labels import Word, fitted
from motcua.registry.actions import take_boundaries
from motcua.registry.boundaries.layer import layer
from motcua.registry.drafts import AreasDraft
from motcua.registry.queries import catalogue
from motcua.registry.seed import install
from motcua.registry.sets import UnitKind
from tests.dossiers.given import DISTRICT, MONDAY
from tests.dossiers.given_pages import signed_in

from .given import PERIOD
from .given_map import AGENCY, BUSY, COMMUNES, LATE, NAMES, OVERDUE, QUIET, a_district

pytestmark = pytest.mark.django_db
WALL = f"/wall/?{urlencode(PERIOD)}"
ROOMY = Frame(508, 326)
SIZES = (19.0, 16.0, 13.5, 11.5)


@pytest.fixture
def watcher(db: None) -> Client:
    a_district()
    return signed_in(Role.CENTRE_OPERATOR, unit_key=DISTRICT)


def page_of(client: Client, address: str = WALL) -> Any:
    response = client.get(address)
    assert response.status_code == 200
    return html.fromstring(response.content.decode())


def shapes_of(page: Any) -> Mapping[str, Any]:
    return {link.get("data-unit"): link for link in page.xpath("//svg//a")}


def unit_of(link: Any) -> str:
    return str(parse_qs(urlsplit(link.get("href")).query)["unit"][0])


def area_of(path: str) -> Any:
    """The area of a path of one ring: a first place, and steps."""
    numbers = np.array([float(one) for one in re.findall(r"-?[\d.]+", path)]).reshape(-1, 2)
    return shapely.Polygon(numbers.cumsum(axis=0))


def test_each_unit_is_on_the_map_or_beside_it_and_opens_its_wall(watcher: Client) -> None:
    page = page_of(watcher)

    shapes = shapes_of(page)
    assert shapes.keys() == set(COMMUNES)
    assert all(unit_of(link) == key for key, link in shapes.items())
    beside = page.xpath("//ul[contains(@class, 'beside')]//a[@class='name']")
    assert {unit_of(link) for link in beside} == {*BUSY, AGENCY}
    for link in (*shapes.values(), *beside):
        assert watcher.get(link.get("href")).status_code == 200


def test_tones_and_words_say_the_rate(watcher: Client) -> None:
    shapes = shapes_of(page_of(watcher))

    assert {key: link.get("class") for key, link in shapes.items()} == {
        **dict.fromkeys(BUSY, "ok"),
        LATE: "bad",  # one of five late: 80 %
        QUIET: "none",
    }
    words = " ".join(shapes[LATE].find("title").text.split())
    assert words == "Xã Phi Liêng: 80,00 %, 5 tiếp nhận, 1 trễ hạn"
    assert shapes[QUIET].find("title").text.strip() == "Xã Đạ Tông: chưa có dữ liệu"
    assert shapes[QUIET].find("path").get("fill") == "url(#map-hatch)"
    assert "quá hạn" in shapes[OVERDUE].find("title").text


def test_only_units_with_overdue_dossiers_have_a_ring(watcher: Client) -> None:
    page = page_of(watcher)

    rings = page.xpath("//svg//circle[@class='dot']")
    assert len(rings) == 1
    place = shapely.Point(float(rings[0].get("cx")), float(rings[0].get("cy")))
    assert area_of(shapes_of(page)[OVERDUE].find("path").get("d")).contains(place)
    assert not area_of(shapes_of(page)[LATE].find("path").get("d")).contains(place)


def test_computed_cells_say_that_they_are_no_boundaries(watcher: Client) -> None:
    text = page_of(watcher).text_content()

    assert "Bản đồ minh hoạ, không có giá trị pháp lý" in text


def test_official_boundaries_name_their_source(watcher: Client) -> None:
    areas = {
        key: shapely.box(108 + n / 10, 11.8, 108.1 + n / 10, 11.9).wkt
        for n, key in enumerate(COMMUNES)
    }
    before = page_of(watcher)
    take_boundaries(draft=AreasDraft(areas, "Sở Nông nghiệp"), actor=SYSTEM, at=MONDAY)

    page = page_of(watcher)

    assert "Ranh giới: Sở Nông nghiệp" in page.text_content()
    assert "minh hoạ" not in page.text_content()
    paths = [{k: a.find("path").get("d") for k, a in shapes_of(p).items()} for p in (before, page)]
    assert paths[0].keys() == paths[1].keys()
    assert all(paths[0][key] != paths[1][key] for key in COMMUNES)


def test_the_refresh_brings_the_map_as_a_piece(watcher: Client) -> None:
    answer = watcher.get(f"/wall/data/?{urlencode(PERIOD)}")

    piece = html.fragment_fromstring(answer.json()["html"]["tiles"], create_parent="div")
    assert shapes_of(piece).keys() == set(COMMUNES)


def test_a_person_who_sees_two_places_gets_tiles(watcher: Client) -> None:
    other = signed_in(Role.CENTRE_OPERATOR, unit_key=BUSY[0], name="hoa")
    page = page_of(other)

    assert not shapes_of(page)
    assert page.xpath("//ul[contains(@class, 'tiles')]")


def test_a_person_sees_no_unit_outside_on_the_map(db: None) -> None:
    a_district()
    person = signed_in(Role.CENTRE_OPERATOR, unit_key=BUSY[0], name="mai")
    assert all(name not in page_of(person).text_content() for name in NAMES[1:])


# Drawing and labels, of the whole province


def lam_dong(on: date) -> Mapping[str, Any]:
    install(SYSTEM, MONDAY)
    return layer(catalogue(), kind=UnitKind.COMMUNE, on=on).areas


@pytest.mark.parametrize("on", [date(2026, 11, 24), date(2024, 12, 31)])
def test_a_province_is_drawn_within_its_frame_and_budget(on: date) -> None:
    areas = lam_dong(on)

    drawing = draw(areas, ROOMY)

    assert drawing.paths.keys() == areas.keys()
    assert sum(map(len, drawing.paths.values())) <= 60_000
    assert all(path.startswith("M") and path.endswith("z") for path in drawing.paths.values())
    west, north, east, south = shapely.total_bounds(np.array(list(drawing.shapes.values())))
    assert west >= 0
    assert north >= 0
    assert (east, south) <= (ROOMY.width, ROOMY.height)
    assert (drawing.width, drawing.height) <= (ROOMY.width, ROOMY.height)
    assert shapely.coverage_is_valid(np.array(list(drawing.shapes.values())))


def boxes_of(words: tuple[Word, ...]) -> list[Any]:
    """Where the lines of a label stand at least, by the mean width of a letter."""
    return [
        shapely.box(
            one.x - len(one.text) * one.size * 0.27,
            one.y - one.size * 0.72,
            one.x + len(one.text) * one.size * 0.27,
            one.y,
        )
        for one in words
    ]


def test_labels_stay_inside_their_shapes_and_so_never_meet() -> None:
    areas = lam_dong(date(2026, 11, 24))
    some = dict(list(areas.items())[:30])
    drawing = draw(some, Frame(1600, 900))
    known = catalogue()

    labels = {
        key: fitted(shape, known.unit(key).short_name, "100,00", SIZES)
        for key, shape in drawing.shapes.items()
    }

    assert sum(bool(words) for words in labels.values()) > len(some) / 2
    for key, words in labels.items():
        assert all(drawing.shapes[key].contains(box) for box in boxes_of(words)), key
        assert not words or words[-1].text == "100,00"
        name = " ".join(word.text for word in words[:-1])
        assert not words or name == known.unit(key).short_name


def test_a_shape_too_small_gets_no_label() -> None:
    assert fitted(shapely.box(0, 0, 30, 30), "Đạ Tông", "100,00", SIZES) == ()
    assert len(fitted(shapely.box(0, 0, 90, 40), "Đạ Tông", "100,00", SIZES)) == 2


def test_a_path_says_every_point_in_tenths_with_its_holes() -> None:
    ring = [(0, 0), (10.04, 0), (10, 10), (0, 9.96)]
    whole = shapely.Polygon(ring, [[(2, 2), (4, 2), (4, 4.55)]])

    assert path_of(whole) == "M0 0l10 0l0 10l-10 0zM2 2l2 0l0 2.6z"
