"""A wall without ways on: the same numbers, nothing to open, for kiosks. Pure."""

import re
from collections.abc import Mapping
from typing import Any

from django.utils.safestring import SafeString

_OPENING = re.compile(r"<a\b([^>]*)>")
_DRAWING = re.compile(r"(<svg\b.*?</svg\s*>)", re.DOTALL)
_CLOSING = re.compile(r"</a\s*>")
_HREF = re.compile(r"\s+href=(\"[^\"]*\"|'[^']*')")
_TITLE = re.compile(r"\s+title=(\"[^\"]*\"|'[^']*')")


def without_links(html: str) -> SafeString:
    """Turn each link of our own HTML into plain text of the same look, ready to be put on a page.

    A link in a drawing becomes a group: text elements would end the drawing.
    """
    parts = _DRAWING.split(html)
    return SafeString(
        "".join(_plain(part, "g" if place % 2 else "span") for place, part in enumerate(parts))
    )


def _plain(html: str, element: str) -> str:
    opened = _OPENING.sub(lambda tag: f"<{element}{_bare(tag[1])}>", html)
    return _CLOSING.sub(f"</{element}>", opened)


def _bare(attributes: str) -> str:
    return _TITLE.sub("", _HREF.sub("", attributes))


def without_addresses(data: Mapping[str, Any]) -> dict[str, Any]:
    """Give the data of a wall without the addresses behind points and cells."""
    line, heat = data["by_day"], data["heat"]
    series = [{name: one[name] for name in one if name != "urls"} for one in line["series"]]
    return {
        **data,
        "by_day": {**line, "series": series},
        "heat": {**heat, "cells": [cell[:3] for cell in heat["cells"]]},
        "html": {name: without_links(html) for name, html in data["html"].items()},
    }
