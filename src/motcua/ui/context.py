"""What every template knows: the shell, the theme and the way home."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.module_loading import import_string

from motcua.ui.menu import Shell, shown, url_or_empty

THEMES = ("auto", "light", "dark")
THEME_COOKIE = "theme"


def shell(request: HttpRequest) -> dict[str, Any]:
    """Give the shell's parts to templates; listed in TEMPLATES by the settings."""
    chosen = request.COOKIES.get(THEME_COOKIE, "auto")
    return {
        "theme": chosen if chosen in THEMES else "auto",
        "shell": _shell_of(request),
        "set_language_url": url_or_empty("set_language"),
        "actor": getattr(request, "actor", None),
    }


def installation_name() -> str:
    """Name this installation on what leaves it; the setting INSTALLATION says who knows."""
    path = getattr(settings, "INSTALLATION", "")
    return str(import_string(path)()) if path else "Motcua"


def _shell_of(request: HttpRequest) -> dict[str, Any]:
    path = getattr(settings, "SHELL", "")
    if not path:
        return {"brand": "Motcua", "home_url": "/", "blocks": []}
    described: Shell = import_string(path)
    return {
        "brand": described.brand,
        "home_url": url_or_empty(described.home_view) or "/",
        "blocks": shown(described.blocks, request),
        "search_url": url_or_empty(described.search_view),
        "sign_out_url": url_or_empty(described.sign_out_view),
        "account_url": url_or_empty(described.account_view),
    }
