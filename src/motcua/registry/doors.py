"""Says who acts in a request."""

from collections.abc import Callable, Iterable

from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone

from motcua.accounts.actors import Actor
from motcua.accounts.queries import actor_of
from motcua.registry.queries import catalogue
from motcua.registry.rules import UnknownUnit


class AttachActor:
    """Sets `request.actor`: the account with its rights at each unit and below; None for guests."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        request.actor = _actor(request)  # type: ignore[attr-defined]
        return self.get_response(request)


def units_below(key: str) -> Iterable[str]:
    """Give the unit and all below it; a unit the registry does not know stands alone."""
    try:
        return catalogue().below(key)
    except UnknownUnit:
        return (key,)


def _actor(request: HttpRequest) -> Actor | None:
    user = request.user
    if not user.is_authenticated:
        return None
    return actor_of(user.pk, name=user.name, on=timezone.localdate(), below=units_below)
