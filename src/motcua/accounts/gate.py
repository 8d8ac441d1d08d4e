"""Every view says who may open it: `@needs`, `@signed_in` or `@open_to_all`.

A view that says nothing is a bug and is never run. The permission of a page only opens the page:
what is done there is asked again by the action, at the unit it is done to.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from motcua.ui import carrying

from .actors import Actor, NotAllowed
from .permissions import Permission

View = Callable[..., HttpResponseBase]
SIGN_IN = "accounts:sign_in"
CHANGE_PASSWORD = "accounts:change_password"  # noqa: S105 (the name of a page)
UNAUTHORIZED = 401


class UndeclaredView(RuntimeError):
    """A view does not say who may open it."""


@dataclass(frozen=True)
class Access:
    """Who may open a view: everybody, whoever is signed in, or who holds any of these."""

    is_open: bool = False
    permissions: frozenset[Permission] = frozenset()
    is_for_new_password: bool = False


def needs(*permissions: Permission) -> Callable[[View], View]:
    """Open the view to whoever holds any of these permissions at some unit."""
    if not permissions:
        raise ValueError("name a permission, or use @signed_in")
    return lambda view: _guarded(view, Access(permissions=frozenset(permissions)))


def signed_in(view: View) -> View:
    """Open the view to whoever is signed in."""
    return _guarded(view, Access())


def signed_in_even_with_a_stale_password(view: View) -> View:
    """Open the view also to someone who must choose a new password first."""
    return _guarded(view, Access(is_for_new_password=True))


def open_to_all(view: View) -> View:
    """Open the view to everybody, signed in or not."""
    return _guarded(view, Access(is_open=True))


def access_of(view: View) -> Access | None:
    """Give what a view says about itself, None when it says nothing."""
    access = getattr(view, "access", None)
    return access if isinstance(access, Access) else None


def actor_of_request(request: HttpRequest) -> Actor:
    """Give the actor of a request to a view that is not open to all.

    Errors: NotAllowed when nobody is signed in.
    """
    actor = getattr(request, "actor", None)
    if not isinstance(actor, Actor):
        raise NotAllowed
    return actor


class GuardDoors:
    """Never runs a view that does not say who may open it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: View, _args: Any, _kwargs: Any) -> None:
        """Stop at a view without access."""
        if access_of(view) is None:
            raise UndeclaredView(f"{request.path}: say @needs, @signed_in or @open_to_all")


def _guarded(view: View, access: Access) -> View:
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        stop = None if access.is_open else _stop(request, access)
        if stop is not None:
            return stop
        carrying.show_again(request)
        return view(request, *args, **kwargs)

    guarded.access = access  # type: ignore[attr-defined]
    return guarded


def _stop(request: HttpRequest, access: Access) -> HttpResponse | None:
    """Give the way to the sign-in or to a new password; refuse who lacks the permission.

    Errors: NotAllowed.
    """
    actor = getattr(request, "actor", None)
    if not isinstance(actor, Actor):
        return _to_sign_in(request)
    must_change = getattr(request.user, "must_change_password", False)
    if must_change and not access.is_for_new_password:
        return _away(request, reverse(CHANGE_PASSWORD))
    if access.permissions and not any(actor.may_anywhere(p) for p in access.permissions):
        raise NotAllowed(permission="|".join(sorted(access.permissions)))
    return None


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    """Give the way to the sign-in and back; what was typed in a form goes along."""
    url, is_sent = reverse(SIGN_IN), request.method == "POST"
    if _is_part(request):
        # A form is told beside itself and stays as it is; other parts take the page along.
        around = _and_back(url, _page_around(request))
        return HttpResponseRedirect(url) if is_sent else _away(request, around)
    text = carrying.typed(request) if is_sent and _is_navigation(request) else ""
    if text:
        context = {"next": request.path, "typed": text}
        return render(request, "accounts/sign_in.html", context, status=UNAUTHORIZED)
    return _away(request, _and_back(url, request.path if is_sent else request.get_full_path()))


def _and_back(url: str, wanted: str) -> str:
    return f"{url}?{urlencode({'next': wanted})}" if wanted else url


def _page_around(request: HttpRequest) -> str:
    """Give the address of the page a part belongs to, if it is one of this server."""
    page = urlsplit(request.headers.get("HX-Current-URL", ""))
    is_ours = page.netloc == request.get_host()
    return page._replace(scheme="", netloc="", fragment="").geturl() if is_ours else ""


def _is_part(request: HttpRequest) -> bool:
    return request.headers.get("HX-Request") == "true"


def _is_navigation(request: HttpRequest) -> bool:
    return request.headers.get("Sec-Fetch-Mode", "navigate") == "navigate"


def _away(request: HttpRequest, url: str) -> HttpResponse:
    if _is_part(request):
        return HttpResponse(status=UNAUTHORIZED, headers={"HX-Redirect": url})
    if not _is_navigation(request):
        return HttpResponse(status=UNAUTHORIZED)
    return HttpResponseRedirect(url)
