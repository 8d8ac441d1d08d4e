"""From the wall down to a dossier: unit, field, procedure, list. The number stays the same."""

import random
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.utils import timezone

from motcua.dossiers import actions
from motcua.dossiers.models import Dossier
from motcua.indicators import facts
from motcua.operations import doors
from motcua.operations.rows import Shown
from motcua.operations.sharing import Latest
from tests.dossiers.given import APPLICANT, CLERK, NO_LIMIT, TEN_DAYS, a_request
from tests.sizes import sized, soaks

from .given import FIRST, PERIOD, rows_of

pytestmark = [pytest.mark.django_db, soaks]
WALKS = sized(whole=50, part=6)
DEEPEST = 3
CHANNELS = ("", "", "", "direct", "online", "post")


@pytest.fixture(autouse=True)
def drawn_each_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no wall be given as it was drawn for an earlier question: its figures are looked at."""
    monkeypatch.setattr(doors, "_drawn", Latest[bytes](0, patience_s=-1))


def _period() -> dict[str, str]:
    if random.random() < 0.3:
        return random.choice([PERIOD, {"period": "whole"}])
    first, last = sorted(FIRST.date() + timedelta(days=random.randrange(36)) for _ in range(2))
    return {"from": first.isoformat(), "to": last.isoformat()}


def _wall() -> str:
    more = {
        "channel": random.choice(CHANNELS),
        "boundaries": random.choice(["", "as_now"]),
        "compare": random.choice(["", "year_ago"]),
        "theme": random.choice(["", "light"]),
    }
    return f"/wall/?{urlencode({**_period(), **{k: text for k, text in more.items() if text}})}"


def _picture(client: Client, url: str) -> Any:
    response = client.get(url)
    assert response.status_code == 200, url
    return response.context["picture"]


def _down(client: Client, row: Shown) -> Any:
    """Follow a name; the wall it opens says what its row said, and so does the list."""
    below = _picture(client, row.wall_url)
    said = below["figures"]
    told = (said["received"], said["resolved"], said["late"], said["overdue"])
    assert told == (row.received, row.resolved, row.late, row.overdue), row.wall_url
    assert client.get(row.received_url).context["count"] == row.received, row.received_url
    return below


def _to_a_dossier(client: Client, url: str) -> bool:
    listed = client.get(url)
    line = random.choice(listed.context["lines"])
    page = client.get(line.url)
    assert page.status_code == 200
    assert line.code in page.content.decode()
    return True


def _walk(client: Client, url: str) -> tuple[int, bool]:
    """Go down as far as it goes; give the steps taken, and whether a dossier was opened."""
    picture, steps = _picture(client, url), 0
    for panel, kind in (("tiles", "units"), ("bars", "fields"), ("tiles", "procedures")):
        rows = picture[panel]
        if picture[f"{panel}_are"] != kind or not rows:
            continue
        picture, steps = _down(client, random.choice(rows)), steps + 1
    measure = random.choice(
        [m for m, number in picture["figures"].items() if m in picture["links"]]
    )
    number, url = picture["figures"][measure], picture["links"][measure]
    assert rows_of(client, url) == number, url
    return steps, bool(number) and _to_a_dossier(client, url)


def test_walks_down_to_a_dossier_find_the_same_number_at_each_step(operator: Client) -> None:
    deepest = opened = 0
    for walk in range(5 * WALKS):  # a few more where chance has only led to empty lists
        if walk >= WALKS and deepest == DEEPEST and opened > WALKS / 5:
            break
        steps, is_opened = _walk(operator, url := _wall())
        deepest, opened = max(deepest, steps), opened + is_opened
        assert steps or not _picture(operator, url)["tiles"], url

    assert deepest == DEEPEST
    assert opened > WALKS / 5


def test_the_crumbs_lead_back_up_with_the_choice_as_it_was(operator: Client) -> None:
    top = f"/wall/?{urlencode({**PERIOD, 'channel': 'direct', 'theme': 'light'})}"
    tile = _picture(operator, top)["tiles"][0]
    unit = operator.get(tile.wall_url)
    field = operator.get(unit.context["picture"]["bars"][0].wall_url)

    names = [crumb.name for crumb in field.context["crumbs"]]
    assert names == ["Tất cả đơn vị", "Huyện Đam Rông", tile.full_name, "Đất đai"]
    first, *_between, above, here = field.context["crumbs"]
    assert (
        operator.get(first.url).context["picture"]["figures"]
        == (operator.get(top).context["picture"]["figures"])
    )
    assert operator.get(above.url).context["picture"]["tiles"] == unit.context["picture"]["tiles"]
    assert operator.get(here.url).context["choice"] == field.context["choice"]
    for crumb in field.context["crumbs"]:
        assert operator.get(crumb.url).context["choice"].theme == "light"
        assert operator.get(crumb.url).context["choice"].channel == "direct"


def test_the_feed_of_one_procedure_tells_of_no_other(operator: Client) -> None:
    actions.receive_new(
        request=a_request(NO_LIMIT), applicants=APPLICANT, actor=CLERK, at=timezone.now()
    )
    facts.advance()
    for period in (PERIOD, {"period": "whole"}):
        told = operator.get(f"/wall/?{urlencode({**period, 'procedure': TEN_DAYS})}")
        lines = told.context["feed"].lines
        codes = {line.code for line in lines}
        procedures = Dossier.objects.filter(code__in=codes).values_list("procedure_code", flat=True)

        assert lines
        assert set(procedures) == {TEN_DAYS}
