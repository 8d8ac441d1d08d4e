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
    """One line of the menu: shown to whoever may; `permission=None` shows it to all signed in.

    Several permissions: any one of them opens it.
    """

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
    """Give the blocks with the lines this person may use; empty blocks are left out.

    One line is the current one: the longest address that leads to this page.
    """
    actor = getattr(request, "actor", None)
    if actor is None:
        return []
    usable = [(block.label, _usable(block, actor)) for block in blocks]
    roots = [item.below or url for _, found in usable for item, url in found]
    here = max((root for root in roots if _leads_to(root, request.path)), key=len, default="")
    return [
        (label, [_line(item, url, here) for item, url in found]) for label, found in usable if found
    ]


def url_or_empty(view: str) -> str:
    """Give the address of a view, or nothing when this installation does not have it."""
    if not view:
        return ""
    try:
        return reverse(view)
    except NoReverseMatch:
        return ""


def _usable(block: Block, actor: Any) -> list[tuple[Item, str]]:
    """Give the items of a block that exist here and that the actor may open, with addresses."""
    found = [(item, url_or_empty(item.view)) for item in block.items]
    return [(item, url) for item, url in found if url and _may_open(item, actor)]


def _may_open(item: Item, actor: Any) -> bool:
    wanted = item.permission if isinstance(item.permission, tuple) else (item.permission,)
    return any(one is None or actor.may_anywhere(one) for one in wanted)


def _line(item: Item, url: str, here: str) -> Line:
    return Line(item.label, url, item.icon, is_current=(item.below or url) == here)


def _leads_to(root: str, path: str) -> bool:
    return path == root or (root != "/" and path.startswith(root))
