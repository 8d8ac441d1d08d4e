"""Hours, days and numbering, each for the nation or for a unit and all below it."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction

from motcua.accounts.actors import Actor, require
from motcua.accounts.permissions import Permission
from motcua.registry import rules
from motcua.registry.checks import check_change
from motcua.registry.drafts import DayDraft, WeekDraft
from motcua.registry.kinds import (
    DAY_ENTERED,
    DAY_REMOVED,
    HOURS_REMOVED,
    HOURS_SET,
    NATION,
    PATTERN_SET,
)
from motcua.registry.models import CalendarEntry, CodePattern, WeekHours
from motcua.registry.queries import catalogue
from motcua.registry.writing import Told, lock_registry, store_days, tell

WEEK = range(7)


@transaction.atomic
def set_week_hours(
    *,
    unit_key: str | None,
    valid_from: date,
    week: Mapping[int, str],
    legal_basis: str,
    source: str,
    actor: Actor,
    at: datetime,
    is_service: bool = False,
) -> list[WeekHours]:
    """Set the hours of a week from a day on; weekdays (0 is Monday) left out are closed.

    `is_service`: hours in which the counter receives, though the day may not count.
    Errors: NotAllowed, WrongSpans, NoLegalBasis, and those of `check_change`.
    """
    require(actor, Permission.KEEP_CALENDARS, unit_key=unit_key or NATION)
    rules.check_legal_basis(legal_basis)
    draft = WeekDraft(valid_from, week, legal_basis, source, unit_key, is_service)
    revision = lock_registry()
    check_change(catalogue(), draft)
    same = {"unit_id": unit_key, "valid_from": valid_from, "is_service": is_service}
    WeekHours.objects.filter(**same).delete()
    rows = WeekHours.objects.bulk_create(
        [
            WeekHours(
                **same,
                weekday=weekday,
                spans=week.get(weekday, ""),
                source=source,
                legal_basis=legal_basis,
            )
            for weekday in WEEK
        ]
    )
    data = {"unit": unit_key, "valid_from": valid_from.isoformat(), "service": is_service}
    tell(revision, [Told(HOURS_SET, data, unit_key or NATION)], actor=actor, at=at)
    return rows


@transaction.atomic
def enter_day(*, draft: DayDraft, actor: Actor, at: datetime) -> CalendarEntry:
    """Enter a holiday, a swap, a worked or served day, or a closure of all or a part of it.

    Errors: NotAllowed, WrongSpans, WrongEntry, NoLegalBasis, and those of `check_change`.
    """
    require(actor, Permission.KEEP_CALENDARS, unit_key=draft.unit_key or NATION)
    revision = lock_registry()
    check_change(catalogue(), draft)
    [row] = store_days([draft])
    tell(revision, [day_entered(draft)], actor=actor, at=at)
    return row


def day_entered(draft: DayDraft) -> Told:
    """Give what the ledger is told of a new entry."""
    data = {
        "unit": draft.unit_key,
        "day": draft.day.isoformat(),
        "kind": draft.kind.value,
        "counterpart": draft.counterpart.isoformat() if draft.counterpart else None,
    }
    return Told(DAY_ENTERED, data, draft.unit_key or NATION)


@transaction.atomic
def remove_day(*, entry_id: int, actor: Actor, at: datetime) -> None:
    """Take an entry out of the calendar again; the ledger keeps both.

    Errors: NotAllowed, CalendarEntry.DoesNotExist.
    """
    revision = lock_registry()
    row = CalendarEntry.objects.get(pk=entry_id)
    scope = row.unit_id or NATION
    require(actor, Permission.KEEP_CALENDARS, unit_key=scope)
    told = day_removed(row)
    row.delete()
    tell(revision, [told], actor=actor, at=at)


def day_removed(row: CalendarEntry) -> Told:
    """Give what the ledger is told of an entry that is taken out."""
    data = {"unit": row.unit_id, "day": row.day.isoformat(), "kind": row.kind}
    return Told(DAY_REMOVED, data, row.unit_id or NATION)


@transaction.atomic
def restore_days(
    *, drafts: Mapping[int, DayDraft], actor: Actor, at: datetime
) -> list[CalendarEntry]:
    """Put removed entries back, each under its old number, so that their order is what it was.

    Errors: NotAllowed, WrongSpans, WrongEntry, NoLegalBasis, DayEnteredTwice.
    """
    for draft in drafts.values():
        require(actor, Permission.KEEP_CALENDARS, unit_key=draft.unit_key or NATION)
    revision = lock_registry()
    rows = store_days(drafts.values(), numbers=tuple(drafts))
    tell(revision, [day_entered(draft) for draft in drafts.values()], actor=actor, at=at)
    return rows


@transaction.atomic
def remove_week_hours(
    *,
    unit_key: str | None,
    valid_from: date,
    actor: Actor,
    at: datetime,
    is_service: bool = False,
) -> None:
    """Take the hours of a week that begin on a day out again.

    Errors: NotAllowed.
    """
    require(actor, Permission.KEEP_CALENDARS, unit_key=unit_key or NATION)
    revision = lock_registry()
    WeekHours.objects.filter(
        unit_id=unit_key, valid_from=valid_from, is_service=is_service
    ).delete()
    data = {"unit": unit_key, "valid_from": valid_from.isoformat(), "service": is_service}
    tell(revision, [Told(HOURS_REMOVED, data, unit_key or NATION)], actor=actor, at=at)


@transaction.atomic
def set_code_pattern(
    *,
    unit_key: str | None,
    valid_from: date,
    pattern: str,
    legal_basis: str,
    actor: Actor,
    at: datetime,
) -> CodePattern:
    """Set how dossiers of a unit and all below it are numbered from a day on.

    Errors: NotAllowed, WrongPattern, NoLegalBasis.
    """
    require(actor, Permission.KEEP_UNITS, unit_key=unit_key or NATION)
    rules.check_legal_basis(legal_basis)
    rules.check_pattern(pattern)
    revision = lock_registry()
    row, _ = CodePattern.objects.update_or_create(
        unit_id=unit_key,
        valid_from=valid_from,
        defaults={"pattern": pattern, "legal_basis": legal_basis},
    )
    data = {"unit": unit_key, "valid_from": valid_from.isoformat()}
    tell(revision, [Told(PATTERN_SET, data, unit_key or NATION)], actor=actor, at=at)
    return row
