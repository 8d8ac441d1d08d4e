"""Keeps what was typed where a form cannot be taken: it is shown again, and nothing is done.

A form sent to an address with the mark is only shown, filled as it was sent. So nobody types twice
whose session ended, or who switches the language. The text travels in the bodies of requests
alone: never in an address, and neither the server nor the browser keeps it.
"""

from urllib.parse import urlsplit, urlunsplit

from django.forms import BoundField
from django.http import HttpRequest, QueryDict
from django.utils.http import urlencode

MARK = "again"
NOT_TYPED = ("csrfmiddlewaretoken", "client_key", "seen_version")
LONGEST = 500_000  # far above any form; the next request must still be taken


def again(address: str) -> str:
    """Give the address at which the form that is sent there is only shown."""
    parts = urlsplit(address)
    query = QueryDict(parts.query, mutable=True)
    query[MARK] = "1"
    return urlunsplit(parts._replace(query=query.urlencode()))


def show_again(request: HttpRequest) -> None:
    """Make a form sent with the mark a wish to see its page; `request.POST` keeps the fields."""
    # Read first: Django parses a body only while the method is POST.
    if request.method == "POST" and request.POST and MARK in request.GET:
        request.method = "GET"


def is_shown_again(request: HttpRequest) -> bool:
    """Say whether the page is to be filled with what was sent."""
    return request.method == "GET" and bool(request.POST)


def typed(request: HttpRequest, *, besides: tuple[str, ...] = ()) -> str:
    """Give the sent fields as one text; nothing when nothing was typed, or a password was."""
    fields = [
        (name, value)
        for name, values in request.POST.lists()
        if name != "csrfmiddlewaretoken" and name not in besides
        for value in values
    ]
    is_typed = any(value.strip() for name, value in fields if name not in NOT_TYPED)
    is_secret = any("password" in name for name, _ in fields)
    text = urlencode(fields) if is_typed and not is_secret else ""
    return text if len(text) <= LONGEST else ""


def fields_of(text: str) -> list[tuple[str, str]]:
    """Give the fields behind such a text, in order."""
    return [(name, value) for name, values in QueryDict(text).lists() for value in values]


def fill(bound: BoundField, request: HttpRequest) -> None:
    """Put what was sent into a field of a form that checks nothing yet."""
    widget, name = bound.field.widget, bound.html_name
    if bound.form.is_bound or widget.value_omitted_from_data(request.POST, request.FILES, name):
        return
    # The value as typed, whatever the form proposes: also an unticked box, also half a date.
    bound.initial = widget.value_from_datadict(request.POST, request.FILES, name)
