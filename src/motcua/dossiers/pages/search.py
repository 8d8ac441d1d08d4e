"""Find a dossier: by code (typed or scanned), name without tones, identity number, phone."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from motcua.accounts.gate import actor_of_request, needs
from motcua.accounts.permissions import Permission
from motcua.dossiers.queries import by_code, find, may_read
from motcua.registry.queries import catalogue
from motcua.ui.doors import SEE_OTHER

from . import asked
from .lines import lines_of
from .paging import order_of, page_of


@needs(Permission.READ_DOSSIERS)
@require_http_methods(["GET", "POST"])
def search(request: HttpRequest) -> HttpResponse:
    """Open the dossier whose code was typed or scanned; else list what matches."""
    sent = request.POST if request.method == "POST" else request.GET
    if typed := asked.clean(sent.get("q", "")):
        return _answer(request, typed)
    actor, text, now = actor_of_request(request), asked.text_of(request), timezone.localtime()
    typed = text or asked.clean(request.POST.get("q", ""))  # sent when the session had ended
    context: dict[str, Any] = {"text": text, "typed": typed, "lines": [], "pager": None}
    if text:
        known = catalogue()
        order = order_of(request.GET, standard="-received")
        shown, pager = page_of(find(text, actor), order, request.GET)
        context |= {"lines": lines_of(shown, known=known, now=now), "pager": pager}
    return render(request, "dossiers/search.html", context)


def _answer(request: HttpRequest, typed: str) -> HttpResponse:
    found = by_code(typed)
    if found is not None and may_read(actor_of_request(request), found):
        url = reverse("dossiers:dossier", args=[found.code])
    else:
        url = asked.address_with(request, typed)
    response = HttpResponseRedirect(url)
    response.status_code = SEE_OTHER
    return response
