"""The key a form carries, so that sending it twice does nothing twice."""

import re

from django.http import HttpRequest

_KEY = re.compile(r"[A-Za-z0-9.-]{8,64}", re.ASCII)


def key_of(request: HttpRequest) -> str:
    """Give the client's key of a form; nothing when it is none that a page of ours made."""
    key = request.POST.get("client_key", "")
    return key if _KEY.fullmatch(key) else ""
