"""What the look does with a request: refusals become pages, answers get their headers.

Any `Refused` that reaches the middleware is told to the person with its own status. A form
sent by htmx gets a notice in its place, so that nothing typed is lost.
"""

from collections.abc import Callable
from datetime import date, datetime

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render, resolve_url
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from motcua.kit.refusals import FORBIDDEN, NOT_FOUND, PLACE, Refused
from motcua.ui import formats

Answer = Callable[[HttpRequest], HttpResponse]

NOT_THIS_WAY, TOO_MANY_TRIES = 405, 429
SEE_OTHER = 303  # the answer to a form that was done: look there
REDIRECTS = (302, SEE_OTHER)
SHOWN = (FORBIDDEN, NOT_FOUND, TOO_MANY_TRIES)
FORM_SLOT = "find [data-refusal]"
HEADERS = {
    "Permissions-Policy": "camera=(self), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Resource-Policy": "same-origin",
}
OTHERWISE = gettext_noop("This cannot be done")
HEADINGS = {
    FORBIDDEN: gettext_noop("You may not do this"),
    NOT_FOUND: gettext_noop("Not found"),
}


class ShowRefusals:
    """Middleware that turns a `Refused` into a page or, for htmx, into a notice."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, with the headers every answer carries."""
        response = self.get_response(request)
        if request.headers.get("HX-Request") == "true":
            response = _for_the_form(request, response)
        elif response.status_code == NOT_THIS_WAY and not response.content:
            response = _not_this_way(request, allowed=response["Allow"])
        for name, value in HEADERS.items():
            response.setdefault(name, value)
        if "Cache-Control" not in response and not response.streaming:
            response["Cache-Control"] = "private, no-store"
        return response

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Tell a refusal; anything else is a bug and flies on."""
        return tell(request, error) if isinstance(error, Refused) else None


def tell(request: HttpRequest, refusal: Refused) -> HttpResponse:
    """Give the answer that tells a refusal to the person who asked."""
    parts = {
        "heading": _(HEADINGS.get(refusal.status, OTHERWISE)),
        "message": words_of(refusal),
        "legal_basis": _(refusal.legal_basis) if refusal.legal_basis else "",
        "status": refusal.status,
        "may_go_back": request.method == "POST",
    }
    if request.headers.get("HX-Request") != "true":
        return render(request, "ui/refused.html", parts, status=refusal.status)
    response = render(request, "ui/parts/refusal.html", parts, status=refusal.status)
    return _aimed(response)


def words_of(refusal: Refused) -> str:
    """Give the message in the person's language with its facts; a literal % stays one."""
    said = {name: _fact(value) for name, value in refusal.facts.items()}
    return PLACE.sub(lambda place: said.get(place[1], place[0]), _(refusal.message))


def too_many_tries(request: HttpRequest, *_args: object, **_more: object) -> HttpResponse:
    """Tell that an account is locked for a while after failed sign-ins (AXES_LOCKOUT_CALLABLE)."""
    response = render(request, "429.html", status=TOO_MANY_TRIES)
    response["Retry-After"] = "900"
    return response


def _not_this_way(request: HttpRequest, *, allowed: str) -> HttpResponse:
    """Tell that an address does something and shows nothing, or the other way round."""
    response = render(request, "405.html", status=NOT_THIS_WAY)
    response["Allow"] = allowed
    return response


def _for_the_form(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Keep the form in place when the door itself refused: signed out, forged, gone."""
    if response.status_code in REDIRECTS and response["Location"].startswith(_sign_in()):
        parts = {"sign_in_url": _sign_in()}
        return _aimed(render(request, "ui/parts/signed_out.html", parts, status=FORBIDDEN))
    if response.status_code in SHOWN and "HX-Retarget" not in response:
        response["HX-Reselect"] = ".said"
        return _aimed(response)
    return response


def _aimed(response: HttpResponse) -> HttpResponse:
    """Aim an answer at the place for refusals in the form that was sent."""
    response["HX-Retarget"] = FORM_SLOT
    response["HX-Reswap"] = "innerHTML"
    response["HX-Push-Url"] = "false"
    return response


def _sign_in() -> str:
    return resolve_url(settings.LOGIN_URL)


def _fact(value: object) -> str:
    if isinstance(value, datetime):
        return formats.moment(value)
    if isinstance(value, date):
        return formats.day(value)
    if isinstance(value, Refused):  # why the inner part was refused
        return words_of(value)
    text = str(value)
    return _(text) if text else text  # a fact may be a message: a move, a status, a unit of time
