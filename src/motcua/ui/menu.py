"""What the shell of staff pages shows around a page, declared in one list by the switchboard.

The switchboard writes one `Shell` in `motcua/menu.py` and names it in the setting `SHELL`.
Nothing registers itself.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse


@dataclass(frozen=True)
class Item:
    """One line of the menu: shown to whoever may; `permission=None` shows it to all signed in."""

    label: str
    view: str
    icon: str
    permission: Any = None
    below: str = ""


@dataclass(frozen=True)
class Block:
    """A group of lines under one heading."""

    label: str
    items: tuple[Item, ...]


@dataclass(frozen=True)
class Shell:
    """Brand, menu, and the views the shell links to. Views are names for `reverse`."""

    brand: str
    home_view: str
    blocks: tuple[Block, ...]
    search_view: str = ""
    sign_out_view: str = ""
    account_view: str = ""


@dataclass(frozen=True)
class Line:
    """An item as this person sees it on this page."""

    label: str
    url: str
    icon: str
    is_current: bool


def shown(blocks: Iterable[Block], request: HttpRequest) -> list[tuple[str, list[Line]]]:
    """Give the blocks with the lines this person may use; empty blocks are left out."""
    actor = getattr(request, "actor", None)
    if actor is None:
        return []
    lit = [(block.label, _lines(block, request, actor)) for block in blocks]
    return [(label, lines) for label, lines in lit if lines]


def url_or_empty(view: str) -> str:
    """Give the address of a view, or nothing when this installation does not have it."""
    if not view:
        return ""
    try:
        return reverse(view)
    except NoReverseMatch:
        return ""


def _lines(block: Block, request: HttpRequest, actor: Any) -> list[Line]:
    lines = []
    for item in block.items:
        url = url_or_empty(item.view)
        if url and (item.permission is None or actor.may_anywhere(item.permission)):
            root = item.below or url
            is_current = request.path == url or (root != "/" and request.path.startswith(root))
            lines.append(Line(item.label, url, item.icon, is_current))
    return lines
