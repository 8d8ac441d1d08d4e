"""The short way for walls that ask again: nothing has happened, so nothing has changed."""

import hashlib
from collections.abc import Callable

from django.http import HttpRequest, HttpResponseNotModified
from django.http.response import HttpResponseBase
from django.utils import timezone

from motcua.indicators import queries
from motcua.kit.moments import minute_of
from motcua.ledger.reading import last_seq

ASKED_AGAIN = ("/wall/data/", "/kiosk/")


def state_of(request: HttpRequest) -> str:
    """Name the state of all figures, and who asks for what, without a look at who that is.

    The minute is part of it, so rights and the end of a kiosk are asked again each minute.
    """
    return _state(request, queries.stamp())


def _state(request: HttpRequest, stamp: tuple[object, ...]) -> str:
    asks = [request.META.get(name, "") for name in ("HTTP_COOKIE", "HTTP_ACCEPT_LANGUAGE")]
    minute = queries.minute_shown(stamp, minute_of(timezone.now()))
    parts = (stamp, minute, request.get_full_path(), *asks)
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:32]


class AnswerUnchanged:
    """Answers 304 to a wall whose tag still holds, before session, rights and view are looked at.

    A 304 carries nothing, so it tells nothing to whom it should not. It is given only while the
    cube knows every event there is: a right or a kiosk that was taken away is an event, too.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        told = request.META.get("HTTP_IF_NONE_MATCH", "").removeprefix("W/")
        if told and request.path.startswith(ASKED_AGAIN) and _holds(request, told):
            return HttpResponseNotModified(headers={"ETag": told})
        return self.get_response(request)


def _holds(request: HttpRequest, told: str) -> bool:
    stamp = queries.stamp()
    return stamp[1] == str(last_seq()) and told.startswith(f'"{_state(request, stamp)}.')
