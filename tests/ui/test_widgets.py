"""A long choice looks to a browser as Django's own."""

from django import forms
from django.test.html import parse_html

from motcua.ui.widgets import LongSelect

CHOICES = [("", "–"), ("a&b", "<b>A & B</b>"), ("Group", [("1", "one"), (2, "two")])]


def drawn(widget: type[forms.Select], value: object) -> str:
    class Choosing(forms.Form):
        one = forms.ChoiceField(choices=CHOICES, widget=widget({"data-sends": True}))

    return str(Choosing({"one": value} if value is not None else None)["one"])


def test_a_long_choice_is_drawn_as_django_draws_a_choice() -> None:
    for value in (None, "", "a&b", "2", "nothing of these"):
        assert parse_html(drawn(LongSelect, value)) == parse_html(drawn(forms.Select, value)), value


def test_words_in_a_long_choice_are_escaped() -> None:
    assert "<b>" not in drawn(LongSelect, "1")
