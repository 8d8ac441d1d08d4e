"""The short ways for walls that ask again and again, before session, rights and view are looked at.

Nothing has happened: 304. Something has: the answer that was made for all who ask the same, if it
was found in this minute that the one who asks may have it, and nobody's rights changed since.
"""

import gzip
import hashlib
import re
import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.http.response import HttpResponseBase
from django.utils import timezone

from motcua.indicators import queries
from motcua.kit.moments import Minute, minute_of
from motcua.ledger.reading import last_seq

from .sharing import Latest, Made

MOST_MADE, PATIENCE_S, MOST_KNOWN = 256, 10.0, 4096
ASKED_AGAIN = ("/wall/data/", "/kiosk/")
_SEQ = re.compile(r"[0-9]{1,18}", re.ASCII)
# Asked for by every wall each second: no words to be put together.
_OTHERS = "SELECT 1 FROM ledger_event WHERE seq > %s AND kind NOT LIKE 'dossier.%%' LIMIT 1"
_ALIVE = "SELECT 1 FROM django_session WHERE session_key = %s AND expire_date > %s"


@dataclass(frozen=True)
class Known:
    """Somebody who may have an answer: which one, and when that was found.

    `rest`: what the state of the answer holds beside stamp and minute.
    """

    name: tuple[object, ...]
    rest: tuple[object, ...]
    headers: Mapping[str, str]
    session: str
    minute: Minute
    seq: int


bodies: Latest[bytes] = Latest(MOST_MADE, patience_s=PATIENCE_S)
_known: OrderedDict[str, Known] = OrderedDict()
_lock = threading.Lock()


class AnswerAgain:
    """Answers a wall that asks again without asking anew who that is, where that is safe.

    A 304 carries nothing, so it tells nothing to whom it should not. Both are given only while all
    that was written since is about dossiers: a right or a kiosk taken away is an event, too.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.method == "GET" and request.path.startswith(ASKED_AGAIN):
            return _unchanged(request) or _known_answer(request) or self.get_response(request)
        return self.get_response(request)


def answer(
    request: HttpRequest, name: tuple[object, ...], found: Made[bytes], headers: Mapping[str, str]
) -> HttpResponse:
    """Give an answer as the view found it right, and remember who may have it in this minute.

    `found`: JSON, packed; the first of its state are the stamp of the figures and their minute.
    """
    known = Known(
        name,
        tuple(found.state[2:]),
        headers,
        request.COOKIES.get(settings.SESSION_COOKIE_NAME, ""),
        minute_of(timezone.now()),
        last_seq(),
    )
    with _lock:
        _known[_who_asks(request)] = known
        if len(_known) > MOST_KNOWN:
            _known.popitem(last=False)
    return _answer(request, found, known)


def _answer(request: HttpRequest, found: Made[bytes], known: Known) -> HttpResponse:
    said = hashlib.sha256(found.thing).hexdigest()[:32]
    tag = f'"{_state(request, found.state)}.{said}.{known.seq}"'
    told = _told_tag(request)
    if told.rpartition(".")[0] == tag.rpartition(".")[0]:  # wherever the ledger stood then
        return HttpResponseNotModified(headers={"ETag": told})
    is_packed = "gzip" in request.META.get("HTTP_ACCEPT_ENCODING", "")
    headers = {**known.headers, "ETag": tag, "Vary": "Accept-Encoding, Accept-Language, Cookie"}
    if is_packed:
        headers["Content-Encoding"] = "gzip"
    body = found.thing if is_packed else gzip.decompress(found.thing)
    return HttpResponse(body, content_type="application/json", headers=headers)


def _unchanged(request: HttpRequest) -> HttpResponse | None:
    told = _told_tag(request)
    state, _, rest = told.strip('"').partition(".")
    seq = rest.rpartition(".")[2]
    if not _SEQ.fullmatch(seq) or state != _state(request, _now()) or _others(int(seq)):
        return None
    return HttpResponseNotModified(headers={"ETag": told})


def _known_answer(request: HttpRequest) -> HttpResponse | None:
    with _lock:
        known = _known.get(_who_asks(request))
    if known is None or known.minute != minute_of(timezone.now()):
        return None
    found = bodies.peek(known.name, (*_now(), *known.rest))
    if found is None or _others(known.seq) or not _is_alive(known.session):
        return None
    return _answer(request, found, known)


def _now() -> tuple[object, Minute]:
    stamp = queries.shown_stamp()
    return stamp, queries.minute_shown(stamp, minute_of(timezone.now()))


def _who_asks(request: HttpRequest) -> str:
    asks = [request.META.get(name, "") for name in ("HTTP_COOKIE", "HTTP_ACCEPT_LANGUAGE")]
    return repr((request.get_full_path(), *asks))


def _state(request: HttpRequest, state: Sequence[object]) -> str:
    """Name the state of all figures, and who asks for what, without a look at who that is.

    The minute is part of it, so rights and the end of a kiosk are asked again each minute.
    """
    told = (_who_asks(request), *state[:2])
    return hashlib.sha256(repr(told).encode()).hexdigest()[:32]


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
