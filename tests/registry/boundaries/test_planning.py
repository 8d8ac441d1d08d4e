"""What a file of boundaries says: taken whole and sound, or refused in words, without a trace."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import shapely

from motcua.kit.refusals import Refused
from motcua.registry.boundaries import reading, refusals
from motcua.registry.boundaries.planning import Plan, plan_boundaries
from motcua.registry.catalogue import Catalogue
from motcua.registry.files import FileEmpty, FileUnreadable
from tests.registry.given import DATA, NO_DATA, TODAY

from .given import FIRST, SECOND, feature, file_of, polygon, square, two, written

pytestmark = pytest.mark.django_db
PROVINCE, DISTRICT = (DATA / f"{name}_communes_2025.geojson" for name in ("lamdong", "damrong"))
BOW = [[108.0, 11.8], [108.1, 11.9], [108.1, 11.8], [108.0, 11.9], [108.0, 11.8]]
# A square whose last corner is overshot by some metres: a loop nobody would miss.
LOOP = [[108, 11.8], [108.1, 11.8], [108.1, 11.9], [108.0999, 11.9001], [108.1, 11.9001],
        [108.0999, 11.9], [108, 11.9], [108, 11.8]]  # fmt: skip


def plan_of(path: Path, known: Catalogue, on: date = TODAY) -> Plan:
    return plan_boundaries(path, known=known, on=on)


def refusal_of(path: Path, known: Catalogue) -> Refused:
    with pytest.raises(Refused) as caught:
        plan_of(path, known)
    return caught.value


def wrong_with(geometry: Any, tmp_path: Path, known: Catalogue) -> Refused:
    """Why one of two features is refused; the other one is sound."""
    bad = feature(SECOND, geometry, name="Xã Đam Rông 4")
    refusal = refusal_of(file_of(tmp_path, [two()[0], bad]), known)
    assert isinstance(refusal, refusals.FeaturesWrong)
    assert refusal.facts == {"wrong": 1, "features": 2}
    [wrong] = refusal.wrong
    assert (wrong.number, wrong.name) == (2, f"{SECOND} Xã Đam Rông 4")
    return wrong.refusal


def test_features_are_matched_by_code_to_the_units_of_the_day(
    tmp_path: Path, seeded: Catalogue
) -> None:
    path = file_of(tmp_path, two())

    assert set(plan_of(path, seeded).draft.areas) == {
        f"{FIRST}@2025-07-01",
        f"{SECOND}@2025-07-01",
    }
    before = plan_of(path, seeded, date(2025, 6, 30))
    assert len(before.draft.areas) == 2
    assert not any(key.endswith("@2025-07-01") for key in before.draft.areas)
    assert len(before.renamed) == 2  # what the file calls Đam Rông had another name then


@pytest.mark.parametrize("name", ["MA_XA", "Mã", "unit_code", "gso_code"])
def test_usual_names_of_the_code_are_understood(
    name: str, tmp_path: Path, seeded: Catalogue
) -> None:
    one = two()[0]
    one["properties"] = {name: int(FIRST)}

    assert set(plan_of(file_of(tmp_path, [one]), seeded).draft.areas) == {f"{FIRST}@2025-07-01"}


@pytest.mark.parametrize(
    ("raw", "kind"),
    [
        (b"code;name\n1;2", refusals.NotJson),
        (b"PK\x03\x04 shapefile", refusals.Zipped),
        ('{"type": "FeatureCollection", "features": "Đà Lạt'.encode("utf-16"), refusals.NotUtf8),
        ('{"name": "Xã Hà"}'.encode("cp1252"), refusals.NotUtf8),
        (b"  \n ", FileEmpty),
        (b'{"type": "Topology"}', refusals.NotFeatures),
        (b"[1, 2]", refusals.NotFeatures),
        (b'{"type": "FeatureCollection"}', refusals.NoFeatures),
        (b'{"type": "FeatureCollection", "features": []}', refusals.NoFeatures),
        (b"[" * 100_000, refusals.NotJson),
        (b'{"type": ' + b"9" * 5000 + b"}", refusals.NotJson),
    ],
)
def test_what_is_no_map_is_refused(
    raw: bytes, kind: type[Refused], tmp_path: Path, seeded: Catalogue
) -> None:
    assert type(refusal_of(written(tmp_path, raw), seeded)) is kind


def test_half_a_file_is_told_wherever_it_was_cut(tmp_path: Path, seeded: Catalogue) -> None:
    whole = file_of(tmp_path, two()).read_bytes()

    for length in range(20, len(whole) - 1):
        cut = written(tmp_path, whole[:length])
        assert isinstance(refusal_of(cut, seeded), refusals.BrokenOff | refusals.NotUtf8), length


def test_a_file_far_too_large_is_refused_before_it_is_read(
    tmp_path: Path, seeded: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "large.geojson"
    with path.open("wb") as file:
        file.truncate(200 * reading.MEGABYTE)
    monkeypatch.setattr(Path, "read_bytes", lambda _path: pytest.fail("it was read"))

    refusal = refusal_of(path, seeded)

    assert isinstance(refusal, refusals.TooLargeForBoundaries)
    assert refusal.facts == {"size": 200, "most": 64}


def test_a_file_that_is_not_there_is_told(tmp_path: Path, seeded: Catalogue) -> None:
    assert isinstance(refusal_of(tmp_path / "none.geojson", seeded), FileUnreadable)


def test_features_without_codes_are_told_with_what_was_looked_for(
    tmp_path: Path, seeded: Catalogue
) -> None:
    one = {**two()[0], "properties": {"shape_id": 7}}

    refusal = refusal_of(file_of(tmp_path, [one, {**one, "properties": None}, 5]), seeded)

    assert isinstance(refusal, refusals.NoCodes)
    assert "ma_xa" in str(refusal.facts["looked"])
    assert refusal.facts["found"] == "shape_id"


def test_one_feature_without_a_code_is_named(tmp_path: Path, seeded: Catalogue) -> None:
    refusal = refusal_of(
        file_of(tmp_path, [*two(), feature(None, polygon(square(108, 12)))]), seeded
    )

    assert isinstance(refusal, refusals.FeaturesWrong)
    assert [(one.number, type(one.refusal)) for one in refusal.wrong] == [(3, refusals.NoCode)]


def test_codes_of_another_province_are_refused_when_none_is_known(
    tmp_path: Path, seeded: Catalogue
) -> None:
    strangers = [feature(f"0000{n}", polygon(square(105.8, 21.0))) for n in range(3)]

    refusal = refusal_of(file_of(tmp_path, strangers), seeded)

    assert isinstance(refusal, refusals.NoneKnown)
    assert refusal.facts["count"] == 3
    assert "00002" in str(refusal.facts["codes"])


def test_unknown_codes_beside_known_ones_are_left_out_and_told(
    tmp_path: Path, seeded: Catalogue
) -> None:
    stranger = feature("00001", polygon(square(105.8, 21.0)))

    plan = plan_of(file_of(tmp_path, [*two(), stranger]), seeded)

    assert plan.unknown == ["00001"]
    assert len(plan.draft.areas) == 2


def test_one_code_twice_is_refused(tmp_path: Path, seeded: Catalogue) -> None:
    refusal = refusal_of(file_of(tmp_path, [*two(), two()[0]]), seeded)

    assert isinstance(refusal, refusals.FeaturesWrong)
    [wrong] = refusal.wrong
    assert isinstance(wrong.refusal, refusals.CodeTwice)
    assert wrong.refusal.facts == {"code": FIRST, "first": 1}


@pytest.mark.parametrize(
    ("geometry", "kind"),
    [
        (None, refusals.NoArea),
        ({"type": "Polygon", "coordinates": []}, refusals.NoArea),
        ({"type": "Polygon", "coordinates": [[]]}, refusals.NoArea),
        (polygon([[108, 11], [108.1, 11.1], [108, 11]]), refusals.NoArea),
        (polygon([[108, 11], [108.1, 11.1]]), refusals.BrokenGeometry),
        (polygon([[108, 11], [108.1, 11], [108.2, 11], [108, 11]]), refusals.NoArea),
        ({"type": "Point", "coordinates": [108.1, 11.9]}, refusals.NotAnArea),
        ({"type": "GeometryCollection", "geometries": []}, refusals.NotAnArea),
        ({"type": "Polygon", "coordinates": "x"}, refusals.BrokenGeometry),
        ({"type": "Polygon", "coordinates": [[["a", "b"]] * 4]}, refusals.BrokenGeometry),
        (
            polygon([[108, 11], [float("nan"), 11], [108.2, 11.3], [108, 11]]),
            refusals.BrokenGeometry,
        ),
        (polygon(BOW), refusals.CrossesItself),
        (polygon([[y, x] for x, y in square(108, 11.8)]), refusals.SwappedAxes),
        (polygon(square(1_200_000, 500_000, 5000)), refusals.Metres),
        (polygon(square(2.3, 48.8)), refusals.OutsideVietnam),
    ],
)
def test_a_geometry_that_is_no_boundary_is_refused_by_name(
    geometry: Any, kind: type[Refused], tmp_path: Path, seeded: Catalogue
) -> None:
    assert type(wrong_with(geometry, tmp_path, seeded)) is kind


def test_points_only_are_refused_each_by_name(tmp_path: Path, seeded: Catalogue) -> None:
    points = [
        feature(code, {"type": "Point", "coordinates": [108.1, 11.9]}) for code in (FIRST, SECOND)
    ]

    refusal = refusal_of(file_of(tmp_path, points), seeded)

    assert isinstance(refusal, refusals.FeaturesWrong)
    assert [type(one.refusal) for one in refusal.wrong] == [refusals.NotAnArea] * 2


def test_a_boundary_that_crosses_itself_a_little_is_mended(
    tmp_path: Path, seeded: Catalogue
) -> None:
    path = file_of(tmp_path, [feature(FIRST, polygon(LOOP)), two()[1]])

    plan = plan_of(path, seeded)

    [(key, why)] = plan.mended.items()
    assert key == f"{FIRST}@2025-07-01"
    assert "Self-intersection" in why
    area = shapely.from_wkt(plan.draft.areas[key])
    assert area.is_valid
    assert area.area == pytest.approx(0.01, rel=0.01)


def test_another_coordinate_system_is_told(tmp_path: Path, seeded: Catalogue) -> None:
    def crs(name: str) -> dict[str, Any]:
        return {"type": "name", "properties": {"name": name}}

    other = file_of(tmp_path, two(), crs=crs("urn:ogc:def:crs:EPSG::3405"))
    assert isinstance(refusal_of(other, seeded), refusals.OtherCoordinates)

    same = file_of(tmp_path, two(), crs=crs("urn:ogc:def:crs:OGC:1.3:CRS84"))
    assert len(plan_of(same, seeded).draft.areas) == 2


def test_a_file_of_another_place_or_that_overlaps_is_told(
    tmp_path: Path, seeded: Catalogue
) -> None:
    far, over = two()[0], two()[1]
    far["geometry"] = over["geometry"]

    plan = plan_of(file_of(tmp_path, [far, over]), seeded)

    assert f"{FIRST}@2025-07-01" in plan.elsewhere
    assert [set(pair) for pair in plan.overlapping] == [set(plan.draft.areas)]


@pytest.mark.skipif(not DATA.exists(), reason=NO_DATA)
def test_the_map_of_the_province_is_taken_whole_and_its_neighbours_still_touch(
    seeded: Catalogue,
) -> None:
    plan = plan_of(PROVINCE, seeded)

    assert (len(plan.draft.areas), plan.unknown, plan.mended) == (124, [], {})
    assert (plan.elsewhere, plan.overlapping, plan.renamed) == ([], [], {})
    found = {key: shapely.from_wkt(wkt) for key, wkt in plan.draft.areas.items()}
    assert shapely.coverage_is_valid(np.array(list(found.values())))
    for one in json.loads(PROVINCE.read_text(encoding="utf-8"))["features"]:
        whole = shapely.geometry.shape(one["geometry"])
        simple = found[f"{one['properties']['code']}@2025-07-01"]
        assert simple.area == pytest.approx(whole.area, rel=0.02)


@pytest.mark.skipif(not DATA.exists(), reason=NO_DATA)
def test_the_map_of_the_district_of_before_is_taken(seeded: Catalogue) -> None:
    plan = plan_of(DISTRICT, seeded)

    assert {key.partition("@")[0] for key in plan.draft.areas} == {
        "24853", "24875", "24877", "24886",
    }  # fmt: skip
