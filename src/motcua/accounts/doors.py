"""Ends a session that is idle, or that lasts longer than a working day."""

from collections.abc import Callable
from datetime import timedelta

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone

SEEN, SINCE = "seen_at", "since"
REMEMBERED_EVERY = timedelta(minutes=5)
LONGEST_SESSION = timedelta(hours=12)


class EndSessions:
    """Remembers that the session is in use, at most every few minutes, and ends a long one.

    The idle limit itself is the age of the session's row (`SESSION_COOKIE_AGE`): writing it on
    each request would cost one commit a request.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.user.is_authenticated:
            self._watch(request, now=timezone.now().timestamp())
        return self.get_response(request)

    def _watch(self, request: HttpRequest, *, now: float) -> None:
        since = request.session.setdefault(SINCE, now)
        if now - since > LONGEST_SESSION.total_seconds():
            logout(request)
        elif now - request.session.get(SEEN, 0) > REMEMBERED_EVERY.total_seconds():
            request.session[SEEN] = now
