"""The morning page: the most urgent first, the rest folded away without a script, none lost."""

from datetime import timedelta

import pytest
from django.test import Client

from motcua.operations.pages.morning import SHOWN_LINES, Place
from tests.dossiers.given import MONDAY, a_received_dossier

pytestmark = pytest.mark.django_db


@pytest.fixture
def leader(operator: Client) -> Client:
    """Somebody at whose district one commune has many late dossiers."""
    for hours in (5, 1, 4, 2, 3, 0):
        a_received_dossier(at=MONDAY + timedelta(hours=hours))
    return operator


def test_few_are_seen_at_once_and_all_are_on_the_page(leader: Client) -> None:
    response = leader.get("/morning/")
    places: list[Place] = response.context["places"]

    assert sum(one.count for one in places) == response.context["count"]
    assert places[0].count > SHOWN_LINES
    assert [one.late for one in places] == sorted((one.late for one in places), reverse=True)
    sections = response.content.decode().split('<section class="card place">')[1:]
    for section, place in zip(sections, places, strict=True):
        lines = [*place.lines, *place.rest]
        assert lines == sorted(lines, key=lambda one: str(one.due_at))
        seen, *folded = section.split("<details")
        assert seen.count("<li ") == min(SHOWN_LINES, place.count)
        assert "".join(folded).count("<li ") == max(0, place.count - SHOWN_LINES)
    assert f"<summary>Xem cả {places[0].count} hồ sơ</summary>" in sections[0]


def test_a_list_of_the_morning_folds_nothing_away(leader: Client) -> None:
    response = leader.get("/morning/?way=late")

    assert sum(len(one.lines) for one in response.context["places"]) == response.context["count"]
    assert b"<details" not in response.content.split(b"<main")[1]
