"""Sign-in, sign-out and the own account."""

from collections.abc import Mapping
from typing import Any

from axes.helpers import get_failure_limit
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import authenticate, login, logout, update_session_auth_hash
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext, gettext_noop
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from motcua.kit.refusals import UNPROCESSABLE, Refused
from motcua.ui import carrying, field_errors
from motcua.ui.doors import words_of

from . import actions, rules
from .gate import (
    actor_of_request,
    open_to_all,
    signed_in_even_with_a_stale_password,
)
from .models import Account

TOO_MANY_REQUESTS = 429
SIGN_IN_FIELDS = {"username": gettext_noop("Sign-in name"), "password": gettext_noop("Password")}
PASSWORDS = {
    "old_password": gettext_noop("Old password"),
    "new_password": gettext_noop("New password"),
    "new_password_again": gettext_noop("New password again"),
}


@open_to_all
@never_cache
@sensitive_post_parameters("password", "typed")
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Show the sign-in form, and sign in."""
    if request.method == "GET":
        if request.user.is_authenticated:
            return HttpResponseRedirect(_destination(request))
        return _form(request)
    if not (request.POST.get("username", "").strip() and request.POST.get("password")):
        return _form(request, status=UNPROCESSABLE)
    username = rules.tidy_username(request.POST.get("username", ""))
    # What can be nobody's name is not even looked up: databases refuse some of it.
    account = (
        authenticate(request, username=username, password=request.POST.get("password", ""))
        if rules.is_username(username)
        else None
    )
    if account is None:
        problem = gettext("Sign-in name or password is not right. Check both and try again.")
        return _form(request, problem=problem, status=UNPROCESSABLE)
    login(request, account)
    if getattr(account, "must_change_password", False):
        return HttpResponseRedirect(reverse("accounts:change_password"))
    return _go_on(request)


def locked_out(request: HttpRequest, *_: Any) -> HttpResponse:
    """Say in words that the door is locked for a while; named in AXES_LOCKOUT_CALLABLE."""
    problem = gettext(
        "Too many failed attempts (%(limit)s). For your safety sign-in is locked for "
        "%(minutes)s minutes. Wait, or ask your administrator for a new password."
    )
    minutes = int(settings.AXES_COOLOFF_TIME.total_seconds() // 60)
    facts = {"limit": get_failure_limit(request, {}), "minutes": minutes}
    return _form(request, problem=problem % facts, status=TOO_MANY_REQUESTS)


@open_to_all
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session."""
    logout(request)
    return HttpResponseRedirect(reverse("accounts:sign_in"))


@signed_in_even_with_a_stale_password
@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def change_password(request: HttpRequest) -> HttpResponse:
    """Show the own account with the form for a new password, and change it."""
    problem, missing = "", _missing(request, PASSWORDS)
    if request.method == "POST" and not missing:
        try:
            _change_password(request)
        except Refused as refusal:
            problem = words_of(refusal)
        else:
            messages.success(request, gettext("Your password is changed."))
            return HttpResponseRedirect(settings.LOGIN_REDIRECT_URL)
    return render(
        request,
        "accounts/change_password.html",
        {"problem": problem, "missing": missing},
        status=UNPROCESSABLE if problem or missing else None,
    )


def _change_password(request: HttpRequest) -> None:
    account = request.user
    assert isinstance(account, Account)  # noqa: S101 (the gate lets only accounts in)
    new_password = request.POST.get("new_password", "")
    if new_password != request.POST.get("new_password_again", ""):
        raise rules.PasswordsDiffer
    actions.change_password(
        account_id=account.id,
        old_password=request.POST.get("old_password", ""),
        new_password=new_password,
        actor=actor_of_request(request),
        at=timezone.now(),
    )
    account.refresh_from_db()
    update_session_auth_hash(request, account)


def _form(request: HttpRequest, *, problem: str = "", status: int = 200) -> HttpResponse:
    context = {
        "problem": problem,
        "username": request.POST.get("username", "")[:64],
        "missing": _missing(request, SIGN_IN_FIELDS),
        "next": request.POST.get("next") or request.GET.get("next", ""),
        "typed": request.POST.get("typed", ""),
        "is_locked": status == TOO_MANY_REQUESTS,
    }
    return render(request, "accounts/sign_in.html", context, status=status)


def _missing(request: HttpRequest, labels: Mapping[str, str]) -> dict[str, str]:
    """Give what to say beside each field that was sent empty."""
    if request.method != "POST":
        return {}
    return {
        name: field_errors.missing(gettext(label))
        for name, label in labels.items()
        if not request.POST.get(name, "").strip()
    }


def _go_on(request: HttpRequest) -> HttpResponse:
    """Lead to where the person wanted to go, or back to the form that came too late."""
    wanted, text = _wanted(request), request.POST.get("typed", "")
    if not (wanted and text):
        return HttpResponseRedirect(_destination(request))
    # A page in between: the password must not travel on, so the browser cannot just send it again.
    context = {"action": carrying.again(wanted), "next": wanted, "fields": carrying.fields_of(text)}
    return render(request, "accounts/go_on.html", context)


def _wanted(request: HttpRequest) -> str:
    """Give the page that was asked for; nothing when it is none of this server."""
    wanted = request.POST.get("next") or request.GET.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if is_ours else ""


def _destination(request: HttpRequest) -> str:
    return _wanted(request) or str(settings.LOGIN_REDIRECT_URL)
