"""What lies over a change: only what still stands as the change wrote it is taken back."""

from collections.abc import Iterable
from dataclasses import replace

from motcua.dossiers.change_models import NAMES, ClockChange, State
from motcua.dossiers.kinds import CHANGE_BEGUN
from motcua.ledger.models import Event
from motcua.registry.drafts import CorrectionDraft, DayDraft, WeekDraft
from motcua.registry.queries import limit_of, week_of
from motcua.registry.rules import NoSuchLimit

from .drafts import ChangeDraft, Replaced, days_entered, from_json, replaced_from
from .refusals import LaterChangeStands, StandsOtherwise


def check_uppermost(change: ClockChange) -> None:
    """Refuse to take a change back over which something later lies.

    What it replaced would be put over what has been decided since.
    Errors: LaterChangeStands, StandsOtherwise.
    """
    draft, replaced = from_json(change.what, change.draft), replaced_from(change.replaced)
    for other in _applied_later(change):
        theirs = from_json(other.what, other.draft), replaced_from(other.replaced)
        if _lies_over(draft, replaced, *theirs):
            raise LaterChangeStands(what=NAMES[other.what], applied=other.begun_at)
    if not _stands(draft):
        raise StandsOtherwise


def _applied_later(change: ClockChange) -> Iterable[ClockChange]:
    """Give the changes that hold and were applied after this one, the last one first."""
    begun = Event.objects.filter(kind=CHANGE_BEGUN.name)
    mine = begun.filter(subject_id=change.pk).order_by("-seq").values_list("seq", flat=True)
    order = dict(begun.filter(seq__gt=mine[:1]).values_list("subject_id", "seq"))
    found = ClockChange.objects.filter(pk__in=order, state=State.APPLIED)
    return sorted(found, key=lambda one: -order[one.pk])


def _lies_over(
    draft: ChangeDraft, replaced: Replaced, other: ChangeDraft, their_replaced: Replaced
) -> bool:
    if isinstance(draft, CorrectionDraft):
        return isinstance(other, CorrectionDraft) and _corrects_over(draft, other)
    if isinstance(draft, WeekDraft):
        return isinstance(other, WeekDraft) and _week(draft) == _week(other)
    taken_out = set(replaced.entered) & set(their_replaced.days)
    entered = {_day(one) for one in days_entered(other)}
    return bool(taken_out or entered & {_day(one) for one in replaced.days.values()})


def _corrects_over(draft: CorrectionDraft, other: CorrectionDraft) -> bool:
    """Say whether a correction writes over another, or lies in a version it has made or marked."""
    if other.procedure != draft.procedure:
        return False
    if draft.from_day is not None:  # its version goes, with all that was built on it
        return draft.from_day in {other.valid_from, other.from_day}
    is_same = (other.channel, other.case) == (draft.channel, draft.case)
    is_copy = other.from_day is not None  # it holds every limit of its version as it was then
    return other.valid_from == draft.valid_from and is_same is not is_copy


def _week(draft: WeekDraft) -> tuple[object, ...]:
    return draft.unit_key, draft.valid_from, draft.is_service


def _day(draft: DayDraft) -> tuple[object, ...]:
    return draft.unit_key, draft.day, draft.kind, draft.spans


def _stands(draft: ChangeDraft) -> bool:
    """Say whether the registry still holds what the change wrote.

    Entries of days are told by their numbers; one taken out by hand needs no taking out.
    """
    if isinstance(draft, WeekDraft):
        found = week_of(draft.unit_key, draft.valid_from, is_service=draft.is_service)
        if draft.is_removal:
            return found is None
        return found is not None and _open(found) == _open(draft)
    if not isinstance(draft, CorrectionDraft):
        return True
    try:
        limit = limit_of(replace(draft, valid_from=draft.from_day or draft.valid_from))
    except NoSuchLimit:
        return False
    return (limit.value, limit.unit, limit.zone_extra) == (
        draft.value,
        draft.unit,
        draft.zone_extra,
    )


def _open(week: WeekDraft) -> dict[int, str]:
    return {day: spans for day, spans in week.week.items() if spans}
