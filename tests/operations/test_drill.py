"""The rows of a panel: the same on the wall and in its file, and no two that read alike."""

import csv
import io
from datetime import date, datetime
from urllib.parse import urlencode
from uuid import UUID

import pytest
from django.test import Client

from motcua.accounts.actors import SYSTEM
from motcua.accounts.roles import Role
from motcua.dossiers.history import write_history
from motcua.dossiers.told import Past
from motcua.indicators import facts
from motcua.kit.moments import LOCAL
from motcua.registry.actions import add_unit, end_unit
from motcua.registry.drafts import UnitDraft
from motcua.registry.rules import field_code
from motcua.registry.sets import UnitKind
from tests.dossiers.given import COMMUNE, DISTRICT, MONDAY, OTHER, TEN_DAYS
from tests.dossiers.given_pages import signed_in

from .given import DOSSIERS, PERIOD, _moves

pytestmark = pytest.mark.django_db
NEW_DISTRICT, NEW_COMMUNE = "90674@2025-07-01", "90877@2025-07-01"
FIELD = field_code("Đất đai")
NEW = 9  # dossiers after the reorganisation
ACROSS = {"from": "2024-07-01", "to": "2025-12-31"}
PLACES: tuple[dict[str, str], ...] = (
    {},
    {"unit": COMMUNE},
    {"unit": DISTRICT, "field": FIELD},
    {"unit": COMMUNE, "procedure": TEN_DAYS},
    {"procedure": TEN_DAYS},
)


def rows_of_file(client: Client, what: str, **asked: str) -> list[list[str]]:
    """Give the rows of a panel's CSV without head and total: name, received, …"""
    query = urlencode({**PERIOD, **asked, "what": what, "as": "csv"})
    text = client.get(f"/wall/export/?{query}").content.decode("utf-8-sig")
    lines = list(csv.reader(io.StringIO(text)))
    return lines[lines.index([]) + 2 : -1]


@pytest.mark.parametrize("more", PLACES)
@pytest.mark.parametrize(("what", "panel"), [("units", "tiles"), ("fields", "bars")])
def test_a_file_has_the_rows_of_its_panel_in_their_order(
    operator: Client, more: dict[str, str], what: str, panel: str
) -> None:
    shown = operator.get(f"/wall/?{urlencode({**PERIOD, **more})}").context["picture"][panel]

    told = rows_of_file(operator, what, **more)

    assert shown
    seen = [(one.full_name, one.received, one.resolved, one.late, one.overdue) for one in shown]
    filed = [(one[0], *(int(one[n]) for n in (1, 3, 5, 7))) for one in told]
    assert filed == seen


@pytest.fixture
def both_districts(month: None) -> Client:
    """One district and its first commune go on under the same names; somebody watches it all."""
    for key, name, kind, above in (
        (NEW_DISTRICT, "Huyện Đam Rông", UnitKind.DISTRICT, None),
        (NEW_COMMUNE, "Xã Rô Men", UnitKind.COMMUNE, NEW_DISTRICT),
    ):
        code, since = key.split("@")
        draft = UnitDraft(
            code, date.fromisoformat(since), name, kind,
            legal_basis="t", source="t", parent_key=above,
        )  # fmt: skip
        add_unit(draft=draft, actor=SYSTEM, at=MONDAY)
    for key, heir in ((COMMUNE, NEW_COMMUNE), (OTHER, NEW_COMMUNE), (DISTRICT, NEW_DISTRICT)):
        end_unit(
            key=key, last_day=date(2025, 6, 30), heirs={heir: 1},
            legal_basis="t", source="t", is_estimate=False, actor=SYSTEM, at=MONDAY,
        )  # fmt: skip
    begun = datetime(2025, 9, 8, 8, 0, tzinfo=LOCAL)
    pasts = [
        Past(
            id=UUID(int=1000 + n), source="test", source_key=f"new {n}", procedure=TEN_DAYS,
            channel="direct", place=NEW_COMMUNE, holder=NEW_COMMUNE,
            moves=_moves("early", begun, elsewhere=NEW_COMMUNE),
        )
        for n in range(NEW)
    ]  # fmt: skip
    for written in write_history(pasts, actor=SYSTEM, at=MONDAY):
        assert not written.refused
    facts.rebuild()
    return signed_in(Role.CENTRE_OPERATOR, unit_key="*")


def test_old_and_new_unit_of_one_name_are_told_apart_by_their_days(both_districts: Client) -> None:
    tiles = both_districts.get(f"/wall/?{urlencode(ACROSS)}").context["picture"]["tiles"]

    named = {one.name: one.received for one in tiles}
    assert named == {
        "Huyện Đam Rông (đến 30/06/2025)": DOSSIERS,
        "Huyện Đam Rông (từ 01/07/2025)": NEW,
    }
    assert [one[0] for one in rows_of_file(both_districts, "units", **ACROSS)] == list(named)
    for one in tiles:
        assert both_districts.get(one.received_url).context["count"] == one.received


def test_under_the_units_of_today_one_place_is_one(both_districts: Client) -> None:
    then = both_districts.get(f"/wall/?{urlencode(ACROSS)}").context["picture"]
    picture = both_districts.get(then["today_url"]).context["picture"]

    assert not picture["today_url"]
    assert picture["tiles_are"] == "procedures"  # one commune is left: straight to what it does
    assert picture["figures"]["received"] == DOSSIERS + NEW


def test_units_are_named_apart_only_where_they_read_alike(both_districts: Client) -> None:
    tiles = both_districts.get(f"/wall/?{urlencode(PERIOD)}").context["picture"]["tiles"]

    assert sorted(one.name for one in tiles) == ["Xã Rô Men", "Xã Đạ Rsal"]
