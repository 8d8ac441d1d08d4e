"""Tags and filters of the look: `{% load ui %}`. src/motcua/ui/README.md shows each in use."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import uuid4

from django import template
from django.forms import BoundField
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from motcua.ui import carrying, field_errors, formats
from motcua.ui.parts import BarRow, Happening, Pager, spark_x, sparkline

register = template.Library()

register.filter("number", formats.number)
register.filter("percent", formats.percent)
register.filter("percent_cut", formats.percent_cut)
register.filter("share_of", formats.share)
register.filter("dong", formats.dong)
register.filter("weekday", formats.weekday)
register.filter("clock", formats.clock)

LEVELS = {"success": "ok", "warning": "warn", "error": "bad", "info": "info"}
ALERT_ICONS = {"ok": "circle-check", "warn": "alert-triangle", "bad": "alert-circle"}


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """Draw an icon of the sprite; without a label it is decoration."""
    href = f"{static('vendor/icons.svg')}#{name}"
    if label:
        return format_html(
            '<svg class="icon" role="img" aria-label="{}"><use href="{}"/></svg>', label, href
        )
    return format_html('<svg class="icon" aria-hidden="true"><use href="{}"/></svg>', href)


@register.filter
def day(value: date | datetime | int | None) -> SafeString | str:
    """Draw a day as `<time>`."""
    if value is None:
        return formats.NOTHING
    iso = formats.as_date(value).isoformat()
    return format_html('<time datetime="{}">{}</time>', iso, formats.day(value))


@register.filter
def moment(value: datetime | int | None) -> SafeString | str:
    """Draw a moment as `<time>`."""
    if value is None:
        return formats.NOTHING
    iso = formats.as_moment(value).isoformat(timespec="minutes")
    return format_html('<time datetime="{}">{}</time>', iso, formats.moment(value))


@register.filter
def initials(name: str) -> str:
    """Give the first letters of the middle and given name: Trần Thu Lan → TL."""
    words = name.split()
    return "".join(word[0] for word in words[-2:]).upper()


@register.filter
def tone_of_level(level: str) -> str:
    """Give the tone of a message's level."""
    return LEVELS.get(level, "info")


@register.simple_tag
def badge(tone: str, text: object) -> SafeString:
    """Draw a status; the words carry the meaning, the colour helps."""
    return format_html('<span class="badge {}">{}</span>', tone, text)


@register.simple_tag
def time_left(value: int | None, unit: str = "working_day", tone: str = "") -> SafeString | str:
    """Draw the time left in plain words, in the tone of its urgency unless one is given."""
    if value is None:
        return formats.NOTHING
    chosen = tone or ("bad" if value < 0 else "warn" if value == 0 else "calm")
    text = formats.time_left(value, unit)
    return format_html('<span class="left {}">{}</span>', chosen, text)


@register.simple_tag
def meter(value: float, whole: float = 100, tone: str = "info") -> SafeString:
    """Draw a bar that is `value` of `whole` long; the figure itself stands beside it."""
    part = max(0.0, min(100.0, 100 * value / whole)) if whole else 0.0
    return format_html(
        '<svg class="meter {}" aria-hidden="true"><rect width="{}%" height="100%"/></svg>',
        tone,
        f"{part:.1f}",
    )


@register.simple_tag
def spark(
    values: Sequence[float], tone: str = "info", marks: Sequence[Mapping[str, Any]] = ()
) -> SafeString:
    """Draw a small line of the last values; it is decoration unless something is marked on it.

    `marks`: {at: place of a value, label}; each stands upright at that value, and is read out.
    """
    said = ", ".join(str(mark["label"]) for mark in marks)
    lines = format_html_join(
        "", '<path class="mark" d="M{} 0V36"/>', ((spark_x(m["at"], len(values)),) for m in marks)
    )
    return format_html(
        '<svg class="spark {}" viewBox="0 0 120 36" preserveAspectRatio="none" {}>{}'
        '<path d="{}"/></svg>',
        tone,
        format_html('role="img" aria-label="{}"', said)
        if said
        else mark_safe('aria-hidden="true"'),
        format_html("<title>{}</title>{}", said, lines) if said else "",
        sparkline(values),
    )


@register.inclusion_tag("ui/parts/ring.html")
def ring(value: float | None, tone: str = "ok") -> dict[str, Any]:
    """Draw a ring that is `value` percent full."""
    return {"part": f"{max(0.0, min(100.0, value or 0.0)):.2f}", "tone": tone}


@register.inclusion_tag("ui/parts/figure.html")
def figure(label: str, value: object, **more: Any) -> dict[str, Any]:
    """Draw a key figure. `url` opens what is behind it; `hint`, `tone`, `unit` are optional."""
    return {"label": label, "value": value, **more}


@register.inclusion_tag("ui/parts/bars.html")
def bars(rows: Sequence[BarRow]) -> dict[str, Any]:
    """Draw a list of bars, each with its name, value and the way to what is behind it."""
    return {"rows": rows, "most": max((row.value for row in rows), default=0)}


@register.inclusion_tag("ui/parts/timeline.html")
def timeline(happenings: Sequence[Happening]) -> dict[str, Any]:
    """Draw what happened and what is ahead, in order."""
    return {"happenings": happenings}


@register.inclusion_tag("ui/parts/pager.html", takes_context=True)
def pager(context: Mapping[str, Any], where: Pager) -> dict[str, Any]:
    """Draw where the list stands, and the way to its neighbours."""
    request = context["request"]
    return {
        "where": where,
        "previous_url": _changed(request, where.previous) if where.previous else "",
        "following_url": _changed(request, where.following) if where.following else "",
    }


@register.inclusion_tag("ui/parts/sort_header.html", takes_context=True)
def sort_header(
    context: Mapping[str, Any], key: str, label: str, *, css: str = "", standard: str = ""
) -> dict[str, Any]:
    """Draw a column's head that sorts by `?sort=key`, then by `?sort=-key`.

    `standard` is the order of the page when the address names none.
    """
    request = context["request"]
    current = request.GET.get("sort") or standard
    direction = {key: "ascending", f"-{key}": "descending"}.get(current, "")
    following = f"-{key}" if current == key else key
    url = _changed(request, {"sort": following, "page": None, "after": None, "before": None})
    return {"label": label, "url": url, "direction": direction, "css": css}


@register.simple_tag(takes_context=True)
def field(context: Mapping[str, Any], bound: BoundField) -> SafeString:
    """Draw a form's field with its label, hint and errors, tied together for screen readers."""
    request = context.get("request")
    if request is not None and carrying.is_shown_again(request):
        carrying.fill(bound, request)
    parts = {"field": bound, "errors": field_errors.said(bound)}
    return render_to_string("ui/parts/field.html", parts)


@register.simple_tag
def client_key() -> SafeString:
    """Draw the hidden key under which this act is done at most once."""
    return format_html('<input type="hidden" name="client_key" value="{}">', uuid4())


@register.simple_block_tag(takes_context=True)
def card(context: Any, content: str, title: str = "", **more: Any) -> SafeString:
    """Frame a section. `hint` stands beside the title; `css` adds classes."""
    return _framed("card", content, title=title, **more)


@register.simple_block_tag
def alert(content: str, tone: str = "info", title: str = "") -> SafeString:
    """Frame a notice: ok, info, warn or bad."""
    sign = ALERT_ICONS.get(tone, "info-circle")
    return _framed("alert", content, tone=tone, title=title, icon=sign)


@register.simple_block_tag
def labelled(content: str, label: str, **more: Any) -> SafeString:
    """Give a hand-written input its label (`for`), `hint`, `error` and mark of `required`."""
    return _framed("labelled", content, label=label, **more)


@register.simple_block_tag
def dialog(content: str, id: str, title: str) -> SafeString:  # noqa: A002 (the HTML name)
    """Frame a dialog; a button with `data-opens="id"` opens it."""
    return _framed("dialog", content, id=id, title=title)


@register.simple_block_tag
def empty(content: str, title: str, icon: str = "inbox") -> SafeString:
    """Say that a list is empty, and in the content what to do."""
    return _framed("empty", content, title=title, icon=icon)


@register.simple_block_tag(takes_context=True)
def filters(context: Any, content: str, label: str = "") -> SafeString:
    """Frame a form whose choices stand in the address; sort order is kept, the page is not."""
    request = context["request"]
    kept = {"sort": request.GET["sort"]} if "sort" in request.GET else {}
    is_filtered = any(value for key, value in request.GET.items() if key not in ("sort", "page"))
    return _framed(
        "filters", content, label=label, kept=kept, path=request.path, is_filtered=is_filtered
    )


@register.simple_block_tag(takes_context=True)
def act(context: Any, content: str, action: str, button: str, **more: Any) -> SafeString:
    """Frame a form that does one thing once: client key, refusal shown, typed text kept.

    `tone` is main, plain or danger; `confirm` asks once more in these words; `icon`, `key`.
    """
    return SafeString(
        render_to_string(
            "ui/parts/act.html",
            {"content": mark_safe(content), "action": action, "button": button, **more},  # noqa: S308 (rendered by the template engine)
            request=context["request"],
        )
    )


def _framed(name: str, content: str, **parts: Any) -> SafeString:
    """Render a component around what the template engine has rendered already."""
    return render_to_string(f"ui/parts/{name}.html", {"content": SafeString(content), **parts})


def _changed(request: Any, changes: Mapping[str, str | int | None]) -> str:
    query = request.GET.copy()
    for key, value in changes.items():
        if value is None:
            query.pop(key, None)
        else:
            query[key] = str(value)
    return f"?{query.urlencode()}" if query else request.path
