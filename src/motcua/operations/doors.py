"""The short ways for walls that ask again and again, before session, rights and view are looked at.

Nothing has happened: 304. Something has: the answer that was made for all who ask the same, if it
was found not long ago that the one who asks may have it, and nobody's rights changed since.
"""

import gzip
import hashlib
import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.http.response import HttpResponseBase
from django.utils import timezone

from motcua.kit.refusals import Refused
from motcua.ledger.reading import last_seq

from .sharing import Latest, Made, State

MOST_DRAWN, PATIENCE_S, MOST_KNOWN = 4096, 10.0, 4096
AGAIN, USUALLY, SOON = "Motcua-Again-After", "1", "0.5"  # seconds; soon: news is being drawn
KNOWN_S = 60  # after that it is asked anew who that is
ASKED_AGAIN = "/data/"  # how the addresses of walls that ask end
# Asked for by every wall each second: no words to be put together.
_OTHERS = "SELECT 1 FROM ledger_event WHERE seq > %s AND kind NOT LIKE 'dossier.%%' LIMIT 1"
_ALIVE = "SELECT 1 FROM django_session WHERE session_key = %s AND expire_date > %s"


@dataclass(frozen=True)
class Drawing:
    """Something drawn for all who ask for the same: its name, how it stands now, how to draw it.

    `draw` gives packed JSON.
    """

    name: tuple[object, ...]
    state: Callable[[], State]
    draw: Callable[[], bytes]

    def latest(self) -> Made[bytes]:
        """Give it, drawn anew if its state is another one. Errors: those of `draw`."""
        return _drawn.get(self.name, self.state, self.draw)


@dataclass(frozen=True)
class Known:
    """Somebody who may have a drawing: how long that is known, and what he was given last."""

    drawing: Drawing
    headers: Mapping[str, str]
    session: str
    until: datetime
    seq: int
    tag: str = ""
    told: State = ()


_drawn: Latest[bytes] = Latest(MOST_DRAWN, patience_s=PATIENCE_S)
_known: OrderedDict[str, Known] = OrderedDict()
_lock = threading.Lock()


class AnswerAgain:
    """Answers a wall that asks again without asking anew who that is, where that is safe.

    A 304 carries nothing, so it tells nothing to whom it should not. Both are given only while all
    that was written since is about dossiers (a right or a kiosk taken away is an event, too), and
    for no longer than a minute.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.method == "GET" and request.path.endswith(ASKED_AGAIN):
            return _short(request) or self.get_response(request)
        return self.get_response(request)


def answer(request: HttpRequest, drawing: Drawing, headers: Mapping[str, str]) -> HttpResponse:
    """Give a drawing to somebody the view found may have it; and remember that for a minute.

    Errors: those of drawing it.
    """
    session = request.COOKIES.get(settings.SESSION_COOKIE_NAME, "")
    # Not all at once: 300 walls that are asked who they are take a second.
    apart = hash(_who_asks(request)) % (KNOWN_S // 2)
    until = timezone.now() + timedelta(seconds=KNOWN_S // 2 + apart)
    known = Known(drawing, headers, session, until, last_seq())
    return _answer(request, drawing.latest(), known, drawing.state())


def _answer(request: HttpRequest, found: Made[bytes], known: Known, state: State) -> HttpResponse:
    who = _who_asks(request)
    tag = f'"{hashlib.sha256(who.encode() + found.thing).hexdigest()[:32]}"'
    with _lock:
        _known[who] = replace(known, tag=tag, told=found.state)
        if len(_known) > MOST_KNOWN:
            _known.popitem(last=False)
    again = {"ETag": tag, AGAIN: SOON if found.state != state else USUALLY}
    if _told_tag(request) == tag:
        return HttpResponseNotModified(headers=again)
    is_packed = "gzip" in request.META.get("HTTP_ACCEPT_ENCODING", "")
    headers = {**known.headers, **again, "Vary": "Accept-Encoding, Accept-Language, Cookie"}
    if is_packed:
        headers["Content-Encoding"] = "gzip"
    body = found.thing if is_packed else gzip.decompress(found.thing)
    return HttpResponse(body, content_type="application/json", headers=headers)


def _short(request: HttpRequest) -> HttpResponse | None:
    """Give a 304, or the drawing as it stands now; None where the long way must be gone."""
    with _lock:
        known = _known.get(_who_asks(request))
    if known is None or known.until < timezone.now() or _others(known.seq):
        return None
    state = known.drawing.state()
    if known.tag == _told_tag(request) and known.told == state:
        return HttpResponseNotModified(headers={"ETag": known.tag, AGAIN: USUALLY})
    if not _is_alive(known.session):
        return None
    try:
        return _answer(request, known.drawing.latest(), known, state)
    except Refused:  # said properly on the long way
        return None


def _who_asks(request: HttpRequest) -> str:
    asks = [request.META.get(name, "") for name in ("HTTP_COOKIE", "HTTP_ACCEPT_LANGUAGE")]
    return repr((request.get_full_path(), *asks))


def _told_tag(request: HttpRequest) -> str:
    return str(request.META.get("HTTP_IF_NONE_MATCH", "")).removeprefix("W/")


def _others(seq: int) -> bool:
    """Say whether something else than dossiers was written since: a right, a kiosk, a unit."""
    with connection.cursor() as cursor:
        cursor.execute(_OTHERS, [seq])
        return cursor.fetchone() is not None


def _is_alive(session: str) -> bool:
    """Say whether nobody signed out since; a kiosk has no session that could end."""
    if not session:
        return True
    with connection.cursor() as cursor:
        cursor.execute(_ALIVE, [session, timezone.now()])
        return cursor.fetchone() is not None
