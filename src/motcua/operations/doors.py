"""The short way for walls that ask again: nothing has happened, so nothing has changed."""

import hashlib
import re
from collections.abc import Callable, Sequence

from django.http import HttpRequest, HttpResponseNotModified
from django.http.response import HttpResponseBase
from django.utils import timezone

from motcua.indicators import queries
from motcua.kit.moments import minute_of
from motcua.ledger.models import Event
from motcua.ledger.reading import last_seq

_SEQ = re.compile(r"[0-9]{1,18}", re.ASCII)
ASKED_AGAIN = ("/wall/data/", "/kiosk/")


def tag_of(request: HttpRequest, state: Sequence[object], body: bytes) -> str:
    """Give the tag of an answer: its state and who asked, what it says, where the ledger stood.

    `state`: first the stamp of the figures and the minute the answer was made for.
    """
    said = hashlib.sha256(body).hexdigest()[:32]
    return f'"{_state(request, state[0], state[1])}.{said}.{last_seq()}"'


def _state(request: HttpRequest, stamp: object, minute: object) -> str:
    """Name the state of all figures, and who asks for what, without a look at who that is.

    The minute is part of it, so rights and the end of a kiosk are asked again each minute.
    """
    asks = [request.META.get(name, "") for name in ("HTTP_COOKIE", "HTTP_ACCEPT_LANGUAGE")]
    parts = (stamp, minute, request.get_full_path(), *asks)
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:32]


def told_tag(request: HttpRequest) -> str:
    """Give the tag of the answer that who asks already has, empty when there is none."""
    return str(request.META.get("HTTP_IF_NONE_MATCH", "")).removeprefix("W/")


def says_the_same(told: str, tag: str) -> bool:
    """Say whether two tags are of one answer, wherever the ledger stood."""
    return told.rpartition(".")[0] == tag.rpartition(".")[0]


class AnswerUnchanged:
    """Answers 304 to a wall whose tag still holds, before session, rights and view are looked at.

    A 304 carries nothing, so it tells nothing to whom it should not. It is given only while all
    that was written since is about dossiers: a right or a kiosk taken away is an event, too.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        told = told_tag(request)
        if told and request.path.startswith(ASKED_AGAIN) and _holds(request, told):
            return HttpResponseNotModified(headers={"ETag": told})
        return self.get_response(request)


def _holds(request: HttpRequest, told: str) -> bool:
    state, _, rest = told.strip('"').partition(".")
    seq, stamp = rest.rpartition(".")[2], queries.shown_stamp()
    minute = queries.minute_shown(stamp, minute_of(timezone.now()))
    is_same = state == _state(request, stamp, minute)
    return is_same and bool(_SEQ.fullmatch(seq)) and not _others(int(seq))


def _others(seq: int) -> bool:
    """Say whether something else than dossiers was written since: a right, a kiosk, a unit."""
    later = Event.objects.filter(seq__gt=seq).exclude(kind__startswith="dossier.")
    return later.exists()
