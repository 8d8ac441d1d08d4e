"""The registry as it was known at an earlier moment: the changes since then are undone again."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from django.db.models import Q

from motcua.dossiers.change_models import ClockChange
from motcua.dossiers.models import Dossier
from motcua.kit.moments import date_of, day_of, minute_of
from motcua.registry.catalogue import Catalogue, Picture
from motcua.registry.rules import NoSuchLimit, UnknownUnit

from .drafts import ChangeDraft, Replaced, from_json, replaced_from
from .worlds import Reach, reach_of, with_change, without_change

Undo = Callable[[Picture, ChangeDraft, Replaced], Picture]


def known_at_end(row: Dossier, known: Catalogue) -> Catalogue:
    """Give the registry as it was known when a dossier ended; `known` itself where that is it.

    It undoes what was applied or taken back as a change since; days and limits that came another
    way are counted as they are today.
    """
    if row.ended_at is None or row.received_at is None:
        return known
    picture = known.picture
    try:
        for undo, draft, replaced in _since(row, row.ended_at, known):
            picture = undo(picture, draft, replaced)
    except NoSuchLimit:  # the version was corrected again by another way
        return known
    if picture is known.picture:
        return known
    return Catalogue(replace(picture, token=f"{picture.token}, as of {row.ended_at.isoformat()}"))


def _since(
    row: Dossier, ended_at: datetime, known: Catalogue
) -> list[tuple[Undo, ChangeDraft, Replaced]]:
    """Give how to undo each change since, the latest first."""
    found: list[tuple[datetime, Undo, ChangeDraft, Replaced]] = []
    for change in ClockChange.objects.filter(
        Q(begun_at__gt=ended_at) | Q(reversing_at__gt=ended_at)
    ):
        draft, replaced = from_json(change.what, change.draft), replaced_from(change.replaced)
        if not _touches(row, draft, replaced, known):
            continue
        for at, undo in ((change.begun_at, without_change), (change.reversing_at, with_change)):
            if at is not None and at > ended_at:
                found.append((at, undo, draft, replaced))
    # What is taken back in the moment it began was begun first.
    found.sort(key=lambda one: (one[0], one[1] is with_change), reverse=True)
    return [(undo, draft, replaced) for _at, undo, draft, replaced in found]


def _touches(row: Dossier, draft: ChangeDraft, replaced: Replaced, known: Catalogue) -> bool:
    try:
        reach = reach_of(draft, replaced, known)
    except UnknownUnit:
        return False
    assert row.received_at is not None  # noqa: S101  said by who asks
    return _is_within(row, row.received_at, reach)


def _is_within(row: Dossier, received_at: datetime, reach: Reach) -> bool:
    if reach.procedure:
        return reach.procedure == row.procedure_code
    unit = row.clock_unit_key or row.holder_key
    if reach.units is not None and unit not in reach.units:
        return False
    received_on = date_of(day_of(minute_of(received_at)))
    return reach.last is None or received_on <= reach.last
