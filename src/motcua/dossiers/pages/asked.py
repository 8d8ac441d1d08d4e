"""Keeps what a person searched for out of addresses.

A name or an identity number in an address stays in histories, logs and bookmarks. The text is
kept in the session, and the address carries a short mark for it.
"""

from secrets import token_urlsafe

from django.http import HttpRequest

KEPT = "searches"
MOST = 20
LONGEST = 200


def clean(text: str) -> str:
    """Give a text with single blanks, without what nobody can type, and not too long."""
    seen = "".join(letter for letter in text if letter.isprintable() or letter.isspace())
    return " ".join(seen.split())[:LONGEST]


def keep(request: HttpRequest, text: str) -> str:
    """Keep a searched text and give its mark."""
    kept: dict[str, str] = request.session.get(KEPT, {})
    text = clean(text)
    for mark, old in kept.items():
        if old == text:
            return mark
    mark = token_urlsafe(6)
    kept[mark] = text
    for oldest in list(kept)[:-MOST]:
        del kept[oldest]
    request.session[KEPT] = kept
    return mark


def text_of(request: HttpRequest) -> str:
    """Give the text behind the mark in the address; nothing when there is none any more."""
    kept: dict[str, str] = request.session.get(KEPT, {})
    return kept.get(request.GET.get("s", ""), "")


def address_with(request: HttpRequest, text: str) -> str:
    """Give this page's address with the mark of the text instead of the text, from its start."""
    query = request.GET.copy()
    for name in ("q", "after", "before", "s"):
        query.pop(name, None)
    if clean(text):
        query["s"] = keep(request, text)
    return f"{request.path}?{query.urlencode()}" if query else request.path
