"""The readers of the ledger: how far each is, why it stands still, and a button to try again."""

from collections.abc import Sequence
from datetime import datetime

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.timesince import timesince
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods

from motcua.accounts.gate import actor_of_request, needs
from motcua.accounts.permissions import Permission
from motcua.indicators.deadlines import last_comparison
from motcua.kit.words import gettext_noop as _
from motcua.ledger.reading import AnyReader, ReaderState, last_seq, state_of
from motcua.operations import actions
from motcua.ui.keys import key_of

NAMES = {"facts": _("Facts for lists and reports"), "wall": _("Figures of the wall")}


def readers_of_this_program() -> Sequence[AnyReader]:
    """Give the readers the switchboard lists; only it may know every room."""
    readers: Sequence[AnyReader] = import_string(settings.READERS)
    return readers


@needs(Permission.READ_READERS)
@require_GET
def readers(request: HttpRequest) -> HttpResponse:
    """Show every reader with its lag and, if it stands still, the reason."""
    states = [state_of(reader) for reader in readers_of_this_program()]
    now = timezone.now()
    context = {
        "states": [
            (state, gettext(NAMES.get(state.name, state.name)), _behind(state, now))
            for state in states
        ],
        "last_seq": last_seq(),
        "is_well": not any(state.is_failing for state in states),
        "compared": last_comparison(),
    }
    return render(request, "operations/readers.html", context)


def _behind(state: ReaderState, now: datetime) -> str | None:
    """Say how long the oldest unread event has been waiting; nothing when all are read."""
    if state.oldest_unread_at is None:
        return None
    return timesince(state.oldest_unread_at, now)


@needs(Permission.READ_READERS)
@require_http_methods(["GET", "POST"])
def resume(request: HttpRequest, name: str) -> HttpResponse:
    """Let a resting reader try again at once; by GET only lead back to the page of readers.

    Errors: NoSuchReader, NotAllowed.
    """
    if request.method == "GET":  # who comes here after signing in again
        return HttpResponseRedirect(reverse("operations:readers"))
    actions.resume_reader(
        name=name,
        readers=readers_of_this_program(),
        actor=actor_of_request(request),
        at=timezone.now(),
        key=key_of(request) or None,
    )
    return HttpResponseRedirect(reverse("operations:readers"))
