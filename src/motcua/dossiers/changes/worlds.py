"""The registry with a change and without it, and which dossiers it can touch at all. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from motcua.registry import supposing
from motcua.registry.catalogue import Catalogue, Picture
from motcua.registry.drafts import CorrectionDraft, DayDraft, WeekDraft

from .drafts import ChangeDraft, Replaced, days_entered, scopes_of

Days = Mapping[date, DayDraft]


@dataclass(frozen=True, slots=True)
class Worlds:
    """The registry as it counts before a step, and as it counts after it."""

    before: Catalogue
    after: Catalogue


@dataclass(frozen=True, slots=True)
class Reach:
    """Which dossiers a change can touch.

    `units` None: those of every unit. `first`, `last`: the days that change; a dossier received
    after the last or finished counting before the first cannot move. `procedure` empty: any.
    """

    units: frozenset[str] | None
    first: date | None = None
    last: date | None = None
    procedure: str = ""


def with_change(picture: Picture, draft: ChangeDraft, replaced: Replaced) -> Picture:
    """Give the picture as it is once the change holds. Errors: NoSuchLimit."""
    if isinstance(draft, CorrectionDraft):
        return supposing.with_limit(picture, draft)
    if isinstance(draft, WeekDraft):
        return supposing.with_week(picture, draft)
    without = supposing.without_days(picture, replaced.days.values())
    return supposing.with_days(without, days_entered(draft))


def without_change(picture: Picture, draft: ChangeDraft, replaced: Replaced) -> Picture:
    """Give the picture as it is where the change does not hold. Errors: NoSuchLimit."""
    if isinstance(draft, CorrectionDraft):
        if draft.from_day is not None:
            return supposing.without_version(picture, draft)
        assert replaced.limit is not None  # noqa: S101  every correction keeps what it replaced
        return supposing.with_limit(picture, replaced.limit)
    if isinstance(draft, WeekDraft):
        if replaced.week is None:
            return supposing.without_week(picture, draft)
        return supposing.with_week(picture, replaced.week)
    without = supposing.without_days(picture, days_entered(draft))
    return supposing.with_days(without, replaced.days.values())


def if_applied(now: Catalogue, draft: ChangeDraft, replaced: Replaced) -> Worlds:
    """Give the worlds of a draft: the registry as it is, and as it would be."""
    return Worlds(now, _named(with_change(now.picture, draft, replaced)))


def once_applied(now: Catalogue, draft: ChangeDraft, replaced: Replaced) -> Worlds:
    """Give the worlds while a change is applied: the registry has it already."""
    return Worlds(_named(without_change(now.picture, draft, replaced)), now)


def once_reversed(now: Catalogue, draft: ChangeDraft, replaced: Replaced) -> Worlds:
    """Give the worlds while a change is reversed: the registry has it no more."""
    return Worlds(_named(with_change(now.picture, draft, replaced)), now)


def reach_of(draft: ChangeDraft, replaced: Replaced, known: Catalogue) -> Reach:
    """Give which dossiers a change can touch. Errors: UnknownUnit."""
    if isinstance(draft, CorrectionDraft):
        return Reach(None, procedure=draft.procedure)
    scopes = scopes_of(draft, replaced)
    units = None
    if None not in scopes:
        units = frozenset(key for scope in scopes if scope for key in known.below(scope))
    if isinstance(draft, WeekDraft):
        return Reach(units, first=draft.valid_from)
    days = days_changed(draft, replaced)
    return Reach(units, first=min(days), last=max(days))


def days_changed(draft: ChangeDraft, replaced: Replaced) -> Days:
    """Give the entries a change makes or takes out, by their day."""
    return {one.day: one for one in (*replaced.days.values(), *days_entered(draft))}


def _named(picture: Picture) -> Catalogue:
    return Catalogue(replace(picture, token=f"{picture.token}, supposed"))
