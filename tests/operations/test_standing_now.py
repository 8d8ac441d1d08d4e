"""What stands at the counter, under the units of today: old dossiers count under their heirs."""

from collections import Counter
from datetime import date
from urllib.parse import urlencode

import pytest
from django.test import Client

from motcua.accounts.actors import SYSTEM
from motcua.accounts.roles import Role
from motcua.dossiers.models import Dossier
from motcua.indicators import facts
from motcua.indicators.lineage import SHARES, share_of
from motcua.operations import standing
from motcua.registry.actions import add_unit, end_unit
from motcua.registry.drafts import UnitDraft
from motcua.registry.sets import UnitKind
from tests.dossiers.given import COMMUNE, DISTRICT, MONDAY, OTHER, a_filed_dossier
from tests.dossiers.given_pages import signed_in

from .given import numbers_of, rows_of

pytestmark = pytest.mark.django_db
NORTH, SOUTH = "90001@2026-10-01", "90002@2026-10-01"
WHOLE = {"period": "whole"}
FILINGS = 12


def _divide() -> None:
    """Rô Men is divided 1 : 2 to north and south, Đạ Rsal goes on as the north."""
    for key, name in ((NORTH, "Xã Bắc"), (SOUTH, "Xã Nam")):
        code, since = key.split("@")
        draft = UnitDraft(
            code,
            date.fromisoformat(since),
            name,
            UnitKind.COMMUNE,
            legal_basis="t",
            source="t",
            parent_key=DISTRICT,
        )
        add_unit(draft=draft, actor=SYSTEM, at=MONDAY)
    for key, heirs in ((COMMUNE, {NORTH: 1, SOUTH: 2}), (OTHER, {NORTH: 1})):
        end_unit(
            key=key,
            last_day=date(2026, 9, 30),
            heirs=heirs,
            legal_basis="t",
            source="t",
            is_estimate=len(heirs) > 1,
            actor=SYSTEM,
            at=MONDAY,
        )


@pytest.fixture
def watcher(month: None) -> Client:
    """Somebody who watches everything, after the division."""
    for _ in range(FILINGS):
        a_filed_dossier()
    _divide()
    facts.rebuild()
    return signed_in(Role.CENTRE_OPERATOR, unit_key=DISTRICT)


def _plainly(code: str) -> Counter[str]:
    """Count once more, plainly: where each dossier that stands there counts today."""
    is_filing = code == "acceptance_overdue"
    found: Counter[str] = Counter()
    for one in Dossier.objects.all():
        if one.status == ("filed" if is_filing else "result_ready"):
            goes_north = one.holder_key == OTHER or share_of(one.pk) < SHARES // 3
            found[NORTH if goes_north else SOUTH] += 1
    return found


@pytest.mark.parametrize("code", sorted(standing.MEASURES))
def test_old_dossiers_count_under_their_heirs_and_the_list_has_as_many(
    watcher: Client, code: str
) -> None:
    wanted = _plainly(code)
    assert wanted[NORTH] > 0
    assert wanted[SOUTH] > 0

    for unit, number in ((NORTH, wanted[NORTH]), (SOUTH, wanted[SOUTH]), ("", wanted.total())):
        params = {**WHOLE, "boundaries": "as_now", "unit": unit}
        wall = watcher.get(f"/wall/?{urlencode(params)}")
        picture = wall.context["picture"]
        assert picture["figures"][code] == number, unit
        url = picture["links"][code]
        assert rows_of(watcher, url) == watcher.get(url).context["count"] == number
        procedures = watcher.get(url).context["procedures"]
        assert sum(int(name.rsplit("(")[-1].rstrip(")")) for _key, name in procedures) == number


@pytest.mark.parametrize("code", sorted(standing.MEASURES))
def test_under_the_units_of_then_they_stay_with_the_old_unit(watcher: Client, code: str) -> None:
    held = Counter(
        Dossier.objects.filter(
            status="filed" if code == "acceptance_overdue" else "result_ready"
        ).values_list("holder_key", flat=True)
    )
    for unit in (COMMUNE, OTHER, NORTH):
        wall = watcher.get(f"/wall/?{urlencode({**WHOLE, 'unit': unit})}")
        assert wall.context["picture"]["figures"][code] == held[unit], unit


def test_an_old_unit_under_the_units_of_today_means_all_its_heirs(watcher: Client) -> None:
    params = {**WHOLE, "boundaries": "as_now", "unit": COMMUNE}
    wall = watcher.get(f"/wall/?{urlencode(params)}")

    code = "results_waiting"
    assert wall.context["picture"]["figures"][code] == _plainly(code).total()


def test_every_number_of_a_divided_unit_opens_as_many_rows(watcher: Client) -> None:
    params = {**WHOLE, "boundaries": "as_now", "unit": SOUTH}
    shown = numbers_of(watcher.get(f"/wall/?{urlencode(params)}").content.decode())

    assert len(shown) > 10
    for one in shown:
        assert rows_of(watcher, one.url) == one.number, one.url
