"""Boundaries are kept by unit, told to the ledger once, and drawn in place of cells."""

import json
from argparse import Namespace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import shapely

from motcua.accounts.actors import SYSTEM, NotAllowed
from motcua.commands import import_boundaries
from motcua.ledger.models import Event
from motcua.registry.actions import take_boundaries
from motcua.registry.actions.boundaries import Taken
from motcua.registry.boundaries.layer import Layer, layer
from motcua.registry.boundaries.planning import plan_boundaries
from motcua.registry.boundaries.refusals import NoneKnown
from motcua.registry.drafts import AreasDraft
from motcua.registry.models import UnitArea
from motcua.registry.queries import catalogue
from motcua.registry.rules import UnknownUnit
from motcua.registry.seed import install
from motcua.registry.sets import UnitKind
from tests.registry.given import AT, NOBODY, TODAY, keeper_of

from .given import FIRST, SECOND, feature, file_of, polygon, square, two, written

pytestmark = pytest.mark.django_db
ONE, OTHER = f"{FIRST}@2025-07-01", f"{SECOND}@2025-07-01"
PROVINCE = "68@2025-07-01"


@pytest.fixture(autouse=True)
def registry(db: None) -> None:
    install(SYSTEM, AT)


def told() -> list[dict[str, Any]]:
    events = Event.objects.filter(kind="registry.boundaries_taken")
    return [{"unit_key": one.unit_key, "data": one.data} for one in events]


def taken_from(path: Path) -> Taken:
    plan = plan_boundaries(path, known=catalogue(), on=TODAY)
    return take_boundaries(draft=plan.draft, actor=SYSTEM, at=AT)


def drawn() -> Layer:
    return layer(catalogue(), kind=UnitKind.COMMUNE, on=TODAY)


def test_the_same_file_again_changes_nothing_and_is_not_told(tmp_path: Path) -> None:
    path = file_of(tmp_path, two())

    assert taken_from(path) == Taken(added=2, replaced=0, unchanged=0)
    token = catalogue().token
    assert taken_from(path) == Taken(added=0, replaced=0, unchanged=2)

    assert catalogue().token == token
    [event] = told()
    assert event["unit_key"] == PROVINCE
    assert event["data"] == {"unit": PROVINCE, "units": 2, "added": 2, "replaced": 0}


def test_a_new_file_replaces_its_units_and_leaves_the_others(tmp_path: Path) -> None:
    taken_from(file_of(tmp_path, two()))
    before = UnitArea.objects.get(unit=OTHER).wkt

    moved = feature(FIRST, polygon(square(108.0, 11.79)))
    assert taken_from(file_of(tmp_path, [moved])) == Taken(added=0, replaced=1, unchanged=0)

    assert "11.79" in UnitArea.objects.get(unit=ONE).wkt
    assert UnitArea.objects.get(unit=OTHER).wkt == before


def test_boundaries_are_drawn_in_place_of_cells_and_cells_give_way(tmp_path: Path) -> None:
    cells = drawn()
    taken_from(file_of(tmp_path, two()))

    found = drawn()

    assert found.areas.keys() <= cells.areas.keys()
    assert set(found.official) == {ONE, OTHER}
    assert found.official[ONE].source == "ranh-gioi.geojson"
    assert found.areas[ONE].area == pytest.approx(0.01)
    areas = np.array(list(found.areas.values()))
    assert shapely.union_all(areas).area == pytest.approx(shapely.area(areas).sum(), rel=1e-6)


def test_who_keeps_no_units_takes_no_boundaries() -> None:
    draft = AreasDraft({ONE: "POLYGON ((0 0, 1 0, 1 1, 0 0))"}, "test")

    for actor in (NOBODY, keeper_of(OTHER)):
        with pytest.raises(NotAllowed):
            take_boundaries(draft=draft, actor=actor, at=AT)
    assert take_boundaries(draft=draft, actor=keeper_of(ONE), at=AT).added == 1


def test_a_unit_nobody_knows_gets_none() -> None:
    draft = AreasDraft({"9@2025-07-01": "POLYGON ((0 0, 1 0, 1 1, 0 0))"}, "test")

    with pytest.raises(UnknownUnit):
        take_boundaries(draft=draft, actor=SYSTEM, at=AT)
    assert not told()


def options(path: Path, **more: object) -> Namespace:
    standard = {"valid_on": None, "source": "", "dry_run": False, "as_json": False}
    return Namespace(file=path, **{**standard, **more})


def test_the_command_says_what_it_did_and_a_trial_leaves_no_trace(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = file_of(tmp_path, [*two(), feature("00001", polygon(square(105.8, 21)))])

    assert import_boundaries(options(path, dry_run=True)) == 0
    assert "00001" in capsys.readouterr().out
    assert not UnitArea.objects.exists()

    assert import_boundaries(options(path, as_json=True, source="Sở Nông nghiệp")) == 0
    answer = json.loads(capsys.readouterr().out)
    assert (answer["written"], answer["added"], answer["unknown"]) == (True, 2, ["00001"])
    assert UnitArea.objects.get(unit=ONE).source == "Sở Nông nghiệp"


def test_a_bad_file_names_its_features_and_leaves_no_trace(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = file_of(tmp_path, [two()[0], feature(SECOND, None, name="Xã Đam Rông 4")])

    assert import_boundaries(options(path)) == 2
    said = capsys.readouterr().err
    assert "Chưa có gì thay đổi" in said
    assert f"2 {SECOND} Xã Đam Rông 4: " in said
    assert import_boundaries(options(path, as_json=True)) == 2
    assert [one["feature"] for one in json.loads(capsys.readouterr().out)["wrong"]] == [2]

    with pytest.raises(NoneKnown):
        import_boundaries(options(file_of(tmp_path, [feature("1", None)])))
    with pytest.raises(Exception, match="breaks off"):
        import_boundaries(options(written(tmp_path, b'{"type": "FeatureColl')))
    assert not UnitArea.objects.exists()
    assert not told()
