"""What was typed is carried in the bodies of requests, without secrets, and shown again undone."""

from typing import Any

import pytest
from django import forms
from django.http import HttpRequest, QueryDict
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import translation

from motcua.ui import carrying, languages

pytestmark = pytest.mark.usefixtures("gallery")


class Asking(forms.Form):
    name = forms.CharField(initial="proposed")
    day = forms.DateField(required=False)
    is_urgent = forms.BooleanField(required=False, initial=True)
    papers = forms.MultipleChoiceField(choices=[("a", "A"), ("b", "B"), ("c", "C")])


def sent(address: str = "/form/?again=1", **fields: Any) -> HttpRequest:
    return RequestFactory().post(address, fields)


def drawn(request: HttpRequest, form: forms.Form) -> str:
    source = "{% load ui %}{% for bound in form %}{% field bound %}{% endfor %}"
    return Template(source).render(Context({"request": request, "form": form}))


def test_the_mark_joins_what_the_address_says_already() -> None:
    assert carrying.again("/work/?page=2") == "/work/?page=2&again=1"
    assert carrying.again(carrying.again("/work/")) == "/work/?again=1"


def test_a_form_with_the_mark_is_a_wish_to_see_its_page() -> None:
    request = sent(name="K'Brĕp")

    carrying.show_again(request)

    assert (request.method, request.POST["name"]) == ("GET", "K'Brĕp")
    assert carrying.is_shown_again(request)


def test_a_form_without_the_mark_is_done() -> None:
    request = sent("/form/", name="K'Brĕp")

    carrying.show_again(request)

    assert request.method == "POST"
    assert not carrying.is_shown_again(request)


def test_every_field_comes_back_as_it_was_typed() -> None:
    request = sent(name='<K\'Brĕp> & "Ha"', day="31/02/2026", papers=["a", "c"])
    carrying.show_again(request)

    html = drawn(request, Asking())

    assert 'value="&lt;K&#x27;Brĕp&gt; &amp; &quot;Ha&quot;"' in html
    assert 'value="31/02/2026"' in html
    assert html.count(" checked") + html.count(" selected") == 2  # papers; the box is unticked
    assert "error" not in html


def test_a_field_that_was_not_sent_keeps_its_proposal() -> None:
    request = sent(day="1")
    carrying.show_again(request)

    assert 'value="proposed"' in drawn(request, Asking())


def test_a_form_that_is_checked_keeps_what_it_was_given() -> None:
    request = sent(name="from the body")
    carrying.show_again(request)

    assert 'value="given"' in drawn(request, Asking({"name": "given"}))


def test_the_text_holds_the_fields_in_order_without_the_token() -> None:
    request = sent(csrfmiddlewaretoken="t", client_key="k", papers=["a", "b"], note="một\r\nhai")

    text = carrying.typed(request)

    assert carrying.fields_of(text) == [
        ("client_key", "k"), ("papers", "a"), ("papers", "b"), ("note", "một\r\nhai"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "fields",
    [
        {"client_key": "k", "seen_version": "3", "note": " "},
        {"new_password": "x", "username": "lan"},
        {"note": "x" * (carrying.LONGEST + 1)},
    ],
)
def test_nothing_is_carried_of_an_empty_form_a_password_or_a_book(fields: dict[str, str]) -> None:
    assert carrying.typed(sent(**fields)) == ""


def test_the_language_switch_goes_on_alone_when_nothing_was_typed() -> None:
    response = languages.switch(sent("/language/", language="en", next="/form/", client_key="k"))

    assert (response.status_code, response["Location"]) == (302, "/form/")


def test_the_language_switch_takes_along_what_was_typed() -> None:
    request = sent("/language/", language="en", next="/form/", note="viết dở")

    response = languages.switch(request)

    assert (response.status_code, response["Location"]) == (307, "/form/?again=1")
    assert response.cookies["django_language"].value == "en"


def test_the_language_switch_carries_nothing_to_another_server() -> None:
    request = sent("/language/", language="en", next="//elsewhere.example/", note="viết dở")

    response = languages.switch(request)

    assert response["Location"] == "/?again=1"


def test_a_language_that_is_not_there_changes_nothing_and_keeps_what_was_typed() -> None:
    request = sent("/language/", language="xx", next="/form/", note="viết dở")

    with translation.override("vi"):
        response = languages.switch(request)

    assert (response.status_code, response["Location"]) == (307, "/form/?again=1")
    assert QueryDict(request.POST.urlencode())["note"] == "viết dở"
