"""Every view says who may open it; a view that says nothing is never run."""

from typing import Any
from urllib.parse import quote_plus

import pytest
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.test import RequestFactory

from motcua.accounts import gate
from motcua.accounts.actors import Actor, NotAllowed
from motcua.accounts.models import Account
from motcua.accounts.permissions import Permission

OPERATOR = Actor(id="op", grants={"674@2004-01-01": frozenset({Permission.READ_WALL})})


def wall(request: HttpRequest) -> HttpResponse:
    return HttpResponse("the wall")


def ask(view: gate.View, *, actor: Actor | None, stale: bool = False, **headers: str) -> Any:
    request = RequestFactory().get("/wall?unit=674", headers=headers)
    request.user = Account(username="op", must_change_password=stale)
    request.actor = actor  # type: ignore[attr-defined]
    return view(request)


def content(response: HttpResponseBase) -> bytes:
    assert isinstance(response, HttpResponse)
    return response.content


def test_a_view_that_says_nothing_is_never_run() -> None:
    guard = gate.GuardDoors(wall)

    with pytest.raises(gate.UndeclaredView, match="/wall"):
        guard.process_view(RequestFactory().get("/wall"), wall, (), {})


@pytest.mark.parametrize(
    "declared", [gate.open_to_all, gate.signed_in, gate.needs(Permission.READ_WALL)]
)
def test_a_view_that_says_who_may_open_it_is_let_through_to_its_own_check(declared: Any) -> None:
    gate.GuardDoors(wall).process_view(RequestFactory().get("/wall"), declared(wall), (), {})

    assert gate.access_of(declared(wall)) is not None


def test_a_page_open_to_all_needs_nobody() -> None:
    assert content(ask(gate.open_to_all(wall), actor=None)) == b"the wall"


def test_a_page_with_a_permission_opens_to_who_holds_it_somewhere() -> None:
    page = gate.needs(Permission.SIGN_DECISION, Permission.READ_WALL)(wall)

    assert content(ask(page, actor=OPERATOR)) == b"the wall"


def test_a_page_with_a_permission_is_refused_to_who_holds_another() -> None:
    with pytest.raises(NotAllowed):
        ask(gate.needs(Permission.KEEP_ACCOUNTS)(wall), actor=OPERATOR)


@pytest.mark.parametrize("declared", [gate.signed_in, gate.needs(Permission.READ_WALL)])
def test_who_is_not_signed_in_is_shown_the_way_and_comes_back(declared: Any) -> None:
    response = ask(declared(wall), actor=None)

    assert response.status_code == 302
    assert response.url == "/sign-in/?next=%2Fwall%3Funit%3D674"


def test_a_part_of_a_page_sends_the_whole_page_to_the_sign_in() -> None:
    response = ask(gate.signed_in(wall), actor=None, HX_Request="true")

    assert response.status_code == 401
    assert response["HX-Redirect"] == "/sign-in/"


def test_a_part_of_a_page_comes_back_to_its_page_but_never_to_another_server() -> None:
    page = "http://testserver/dossiers/new/?channel=post#asked"
    ours = ask(gate.signed_in(wall), actor=None, HX_Request="true", HX_Current_URL=page)
    theirs = ask(
        gate.signed_in(wall), actor=None, HX_Request="true", HX_Current_URL="http://x.example/a"
    )

    assert ours["HX-Redirect"] == "/sign-in/?next=%2Fdossiers%2Fnew%2F%3Fchannel%3Dpost"
    assert theirs["HX-Redirect"] == "/sign-in/"


def send(
    view: gate.View, *, actor: Actor | None, to: str = "/wall?unit=674", **headers: str
) -> Any:
    request = RequestFactory().post(to, {"note": "điều đã viết"}, headers=headers)
    request.user = Account(username="op", must_change_password=False)
    request.actor = actor  # type: ignore[attr-defined]
    return view(request)


def test_what_was_typed_goes_along_to_the_sign_in_and_nothing_is_done() -> None:
    response = send(gate.signed_in(wall), actor=None)

    page = response.content.decode()
    assert response.status_code == 401
    assert 'name="next" value="/wall"' in page
    assert f'name="typed" value="note={quote_plus("điều đã viết")}"' in page


def test_a_form_in_a_part_of_a_page_is_told_beside_itself() -> None:
    response = send(gate.signed_in(wall), actor=None, HX_Request="true")

    assert (response.status_code, response.url) == (302, "/sign-in/")


def test_a_script_that_sends_is_told_by_status_and_gets_no_form() -> None:
    response = send(gate.signed_in(wall), actor=None, Sec_Fetch_Mode="cors")

    assert (response.status_code, response.content) == (401, b"")


def test_a_form_sent_to_be_shown_again_reaches_its_page_as_a_look_at_it() -> None:
    def method(request: HttpRequest) -> HttpResponse:
        return HttpResponse(f"{request.method} {request.POST['note']}")

    shown = send(gate.signed_in(method), actor=OPERATOR, to="/wall?again=1")
    done = send(gate.signed_in(method), actor=OPERATOR, to="/wall")

    assert shown.content.decode() == "GET điều đã viết"
    assert done.content.decode() == "POST điều đã viết"


def test_a_script_that_fetches_is_told_by_status_and_gets_no_form() -> None:
    response = ask(gate.signed_in(wall), actor=None, Sec_Fetch_Mode="cors")

    assert response.status_code == 401
    assert "Location" not in response


def test_a_stale_password_opens_only_the_page_that_changes_it() -> None:
    stopped = ask(gate.signed_in(wall), actor=OPERATOR, stale=True)
    let_in = ask(gate.signed_in_even_with_a_stale_password(wall), actor=OPERATOR, stale=True)

    assert stopped.url.startswith("/account/password/")
    assert content(let_in) == b"the wall"


def test_a_door_must_name_its_permission() -> None:
    with pytest.raises(ValueError, match="permission"):
        gate.needs()


def test_an_action_behind_an_open_page_finds_no_actor() -> None:
    with pytest.raises(NotAllowed):
        gate.actor_of_request(RequestFactory().get("/"))
