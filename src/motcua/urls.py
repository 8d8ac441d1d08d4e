"""Every address of the program, read from top to bottom."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import include, path, reverse

from motcua.accounts.gate import open_to_all
from motcua.menu import SHELL
from motcua.ui import languages
from motcua.ui.menu import shown


@open_to_all
def home(request: HttpRequest) -> HttpResponse:
    """Lead a guest to the sign-in, and who is signed in to the first line of the own menu."""
    if getattr(request, "actor", None) is None:
        return HttpResponseRedirect(reverse(settings.LOGIN_URL))
    for _, lines in shown(SHELL.blocks, request):
        return HttpResponseRedirect(lines[0].url)
    return render(request, "accounts/no_rights.html")


urlpatterns = [
    path("", home, name="home"),
    path("language/", open_to_all(languages.switch), name="set_language"),
    path("", include("motcua.accounts.urls")),
    path("", include("motcua.registry.urls")),
    path("", include("motcua.dossiers.urls")),
    path("", include("motcua.operations.urls")),
]
