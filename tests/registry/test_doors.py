from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from motcua.registry.doors import AttachActor, units_below

from . import given

pytestmark = pytest.mark.django_db


def test_a_guest_has_no_actor() -> None:
    seen: list[object] = []

    def page(request: HttpRequest) -> HttpResponse:
        seen.append(request.actor)  # type: ignore[attr-defined]
        return HttpResponse()

    request = RequestFactory().get("/")
    request.user = AnonymousUser()
    AttachActor(page)(request)

    assert seen == [None]


def test_rights_reach_all_units_below() -> None:
    above = given.unit("674").key
    below = given.unit("24875", parent=above, since=date(2021, 1, 1)).key
    given.unit("675")

    assert set(units_below(above)) == {above, below}


def test_a_unit_the_registry_does_not_know_stands_alone() -> None:
    assert list(units_below("9@2020-01-01")) == ["9@2020-01-01"]
