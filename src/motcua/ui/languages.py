"""Chooses the language of a page, and keeps what was typed on it."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.utils import translation
from django.views.i18n import set_language

from motcua.ui import carrying

FOUND, SAME_BODY = 302, 307
OWN_FIELDS = ("language", "next")


class ChooseLanguage:
    """Middleware: the language the person chose here, else that of the installation.

    What the browser asks for does not count: most browsers in an office were installed in
    English, and the pages of a Vietnamese authority are Vietnamese first.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer in that language, and say so in a header."""
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        known = dict(settings.LANGUAGES)
        with translation.override(chosen if chosen in known else settings.LANGUAGE_CODE):
            request.LANGUAGE_CODE = translation.get_language() or settings.LANGUAGE_CODE
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", request.LANGUAGE_CODE)
        return response


def switch(request: HttpRequest) -> HttpResponseBase:
    """Remember the chosen language and go on to `next`.

    The fields of a form on that page may come along: then the browser sends them on, and the
    form is shown again as it was typed.
    """
    response = set_language(request)
    if response.status_code == FOUND and carrying.typed(request, besides=OWN_FIELDS):
        response.status_code = SAME_BODY
        response["Location"] = carrying.again(response["Location"])
    return response
