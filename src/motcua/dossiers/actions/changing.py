"""What people do with a change of the calendar or of a limit; the worker does the long part."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.db import transaction

from motcua.accounts.actors import Actor, require, require_anywhere
from motcua.accounts.permissions import Permission
from motcua.dossiers.change_models import RUNNING, ClockChange, Preview, State
from motcua.dossiers.changes.drafts import (
    ChangeDraft,
    Replaced,
    days_entered,
    from_json,
    replaced_from,
    replaced_json,
    scopes_of,
    to_json,
    what_of,
)
from motcua.dossiers.changes.refusals import (
    AnotherChangeRuns,
    ChangesNothing,
    FirstDayPast,
    NoPreview,
    PreviewStale,
    StepNotPossible,
)
from motcua.dossiers.changes.taking_back import check_uppermost
from motcua.dossiers.kinds import (
    CHANGE_BEGUN,
    CHANGE_DISCARDED,
    CHANGE_DRAFTED,
    CHANGE_REVERSING,
)
from motcua.kit.moments import date_of, day_of, minute_of
from motcua.ledger import keys
from motcua.ledger.kinds import EventKind
from motcua.ledger.recording import record
from motcua.registry import actions as registry
from motcua.registry import rules
from motcua.registry.catalogue import Catalogue
from motcua.registry.checks import check_change
from motcua.registry.drafts import CorrectionDraft, DecreeDraft, RemovalDraft, WeekDraft
from motcua.registry.kinds import NATION
from motcua.registry.queries import catalogue, days_of, left_of, limit_of, week_of
from motcua.registry.writing import lock_registry


@transaction.atomic
def draft_change(
    *, draft: ChangeDraft, actor: Actor, at: datetime, key: str | None = None
) -> ClockChange:
    """Keep a change that is to be looked at, and ask for its preview. Nothing else changes yet.

    Errors: NotAllowed, UnknownUnit, NoSuchEntry, NoSuchHours, NoSuchLimit, DayEnteredTwice,
    ChangesNothing, NothingCorrected, VersionExists, FirstDayPast, WorkedDayWithoutHours,
    NoWorkingDays, KeyUsedOtherwise.
    """
    answer = keys.answer_to(key, action=CHANGE_DRAFTED.name, actor_id=actor.id)
    if answer is not None:
        return ClockChange.objects.get(pk=str(answer["change"]))
    replaced, known = stands(draft), catalogue()
    scopes = scopes_of(draft, replaced)
    _require(draft, replaced, actor)
    _check(draft, replaced, known)
    _check_first_day(draft, at=at)
    change = ClockChange.objects.create(
        version=1,
        what=what_of(draft),
        unit_key=(scopes[0] or "") if len(scopes) == 1 else "",
        draft=to_json(draft),
        replaced=replaced_json(replaced),
        state=State.DRAFT,
        preview=Preview.WANTED,
        made_by=actor.id,
        made_at=at,
    )
    _tell(change, CHANGE_DRAFTED, actor=actor, at=at)
    keys.keep(key, action=CHANGE_DRAFTED.name, actor_id=actor.id, answer={"change": str(change.pk)})
    return change


@transaction.atomic
def want_preview(*, change_id: UUID, actor: Actor, at: datetime) -> ClockChange:
    """Ask for the preview of a draft once more.

    Errors: NotAllowed, StepNotPossible.
    """
    change = _locked(change_id, State.DRAFT, actor)
    draft = from_json(change.what, change.draft)
    change.replaced = replaced_json(stands(draft))
    change.preview = Preview.WANTED
    change.seen = change.total = 0
    change.save()
    return change


@transaction.atomic
def stop_preview(*, change_id: UUID, actor: Actor, at: datetime) -> ClockChange:
    """Stop a preview that is being counted; what was counted is forgotten.

    Errors: NotAllowed, StepNotPossible.
    """
    change = _locked(change_id, State.DRAFT, actor)
    if change.preview in (Preview.WANTED, Preview.COUNTING):
        change.preview = Preview.STOPPED
        change.save(update_fields=["preview"])
    return change


@transaction.atomic
def discard_change(
    *, change_id: UUID, actor: Actor, at: datetime, key: str | None = None
) -> ClockChange:
    """Throw a draft away, and its preview with it. The ledger keeps that there was one.

    Errors: NotAllowed, StepNotPossible, KeyUsedOtherwise.
    """
    about = {"change": str(change_id)}
    if keys.answer_to(key, action=CHANGE_DISCARDED.name, actor_id=actor.id, about=about):
        return ClockChange.objects.get(pk=change_id)
    change = _locked(change_id, State.DRAFT, actor)
    change.pages.all().delete()
    change.state, change.preview = State.DISCARDED, Preview.STOPPED
    change.by_unit, change.would_move, change.uncounted = [], 0, 0
    change.version += 1
    change.save()
    _tell(change, CHANGE_DISCARDED, actor=actor, at=at)
    keys.keep(key, action=CHANGE_DISCARDED.name, actor_id=actor.id, answer=about)
    return change


@transaction.atomic
def apply_change(
    *, change_id: UUID, actor: Actor, at: datetime, key: str | None = None
) -> ClockChange:
    """Write the change into the registry; from here on the worker moves the running dossiers.

    Errors: NotAllowed, StepNotPossible, NoPreview, PreviewStale, FirstDayPast, AnotherChangeRuns,
    KeyUsedOtherwise, and those of the registry's own actions.
    """
    return _step(change_id, CHANGE_BEGUN, actor=actor, at=at, key=key)


@transaction.atomic
def reverse_change(
    *, change_id: UUID, actor: Actor, at: datetime, key: str | None = None
) -> ClockChange:
    """Take an applied change out of the registry again; the worker moves the dossiers back.

    Errors: NotAllowed, StepNotPossible, AnotherChangeRuns, LaterChangeStands, StandsOtherwise,
    KeyUsedOtherwise, and those of the registry's own actions.
    """
    return _step(change_id, CHANGE_REVERSING, actor=actor, at=at, key=key)


def _step(
    change_id: UUID, kind: EventKind, *, actor: Actor, at: datetime, key: str | None
) -> ClockChange:
    lock_registry()  # before every other lock; it also keeps two changes apart
    about = {"change": str(change_id)}
    if keys.answer_to(key, action=kind.name, actor_id=actor.id, about=about) is not None:
        return ClockChange.objects.get(pk=change_id)
    begins = kind is CHANGE_BEGUN
    change = _locked(change_id, State.DRAFT if begins else State.APPLIED, actor)
    if ClockChange.objects.filter(state__in=RUNNING).exists():
        raise AnotherChangeRuns
    draft, replaced = from_json(change.what, change.draft), replaced_from(change.replaced)
    if begins:
        _check_preview(change)
        _check_first_day(draft, at=at)
        replaced = _write(draft, replaced, actor=actor, at=at)
        change.state, change.begun_by, change.begun_at = State.APPLYING, actor.id, at
    else:
        check_uppermost(change)
        _write_back(draft, replaced, actor=actor, at=at)
        change.state, change.reversed_by, change.reversing_at = State.REVERSING, actor.id, at
    change.replaced = replaced_json(replaced)
    change.passes = change.moved_in_pass = change.seen = change.total = 0
    change.version += 1
    change.save()
    _tell(change, kind, actor=actor, at=at)
    keys.keep(key, action=kind.name, actor_id=actor.id, answer=about)
    return change


def _locked(change_id: UUID, state: State, actor: Actor) -> ClockChange:
    change = ClockChange.objects.select_for_update().get(pk=change_id)
    draft, replaced = from_json(change.what, change.draft), replaced_from(change.replaced)
    _require(draft, replaced, actor)
    if change.state != state:
        raise StepNotPossible
    return change


def may_keep(change: ClockChange, actor: Actor) -> bool:
    """Say whether this person may look at a change and do its steps."""
    draft, replaced = from_json(change.what, change.draft), replaced_from(change.replaced)
    if isinstance(draft, CorrectionDraft):
        return actor.may_anywhere(Permission.KEEP_PROCEDURES)
    return all(
        actor.may(Permission.KEEP_CALENDARS, unit_key=scope or NATION)
        for scope in scopes_of(draft, replaced)
    )


def _require(draft: ChangeDraft, replaced: Replaced, actor: Actor) -> None:
    if isinstance(draft, CorrectionDraft):
        require_anywhere(actor, Permission.KEEP_PROCEDURES)
    for scope in scopes_of(draft, replaced):
        require(actor, Permission.KEEP_CALENDARS, unit_key=scope or NATION)


def _check_preview(change: ClockChange) -> None:
    if change.preview != Preview.READY:
        raise NoPreview
    if change.registry_token != catalogue().token:
        raise PreviewStale


def stands(draft: ChangeDraft) -> Replaced:
    """Give what stands where the draft would write. Errors: NoSuchEntry, NoSuchLimit."""
    if isinstance(draft, RemovalDraft):
        return Replaced(days=days_of(draft.entry_ids))
    if isinstance(draft, DecreeDraft):
        return Replaced(days=days_of(draft.replaced_ids))
    if isinstance(draft, WeekDraft):
        return Replaced(week=week_of(draft.unit_key, draft.valid_from, is_service=draft.is_service))
    return Replaced(limit=limit_of(draft)) if isinstance(draft, CorrectionDraft) else Replaced()


def _check(draft: ChangeDraft, replaced: Replaced, known: Catalogue) -> None:
    """Refuse a draft that repeats what stands, or has no place."""
    if isinstance(draft, CorrectionDraft) and replaced.limit is not None:
        was = replaced.limit
        if (was.value, was.unit, was.zone_extra) == (draft.value, draft.unit, draft.zone_extra):
            raise rules.NothingCorrected
        rules.check_limits([(draft.channel, draft.case, draft.value, draft.unit)])
        rules.check_legal_basis(draft.legal_basis)
        if draft.from_day is not None:
            _check_day(draft, known)
    if isinstance(draft, WeekDraft) and replaced.week is not None and not draft.is_removal:
        week = {day: spans for day, spans in replaced.week.week.items() if spans}
        if week == {day: spans for day, spans in draft.week.items() if spans}:
            raise ChangesNothing
    if not isinstance(draft, CorrectionDraft):
        check_change(known, draft)


def _check_day(draft: CorrectionDraft, known: Catalogue) -> None:
    """A version of its own must lie within the one it corrects."""
    on = draft.from_day
    assert on is not None  # said by who asks
    if on == draft.valid_from:
        raise rules.VersionExists(procedure=draft.procedure, on=on.isoformat())
    if known.procedure(draft.procedure, on).valid_from != draft.valid_from:
        raise rules.NoSuchLimit(procedure=draft.procedure, on=on)


def _check_first_day(draft: ChangeDraft, *, at: datetime) -> None:
    """Refuse a limit for new receipts that begins when some of them are running already."""
    on = draft.from_day if isinstance(draft, CorrectionDraft) else None
    if on is not None and on <= date_of(day_of(minute_of(at))):
        raise FirstDayPast(day=on)


def _write(draft: ChangeDraft, replaced: Replaced, *, actor: Actor, at: datetime) -> Replaced:
    """Write the change into the registry; give what is needed to take it out again."""
    if isinstance(draft, CorrectionDraft):
        registry.correct_limit(draft=draft, actor=actor, at=at)
    elif isinstance(draft, WeekDraft) and draft.is_removal:
        registry.remove_week_hours(
            unit_key=draft.unit_key,
            valid_from=draft.valid_from,
            is_service=draft.is_service,
            actor=actor,
            at=at,
        )
    elif isinstance(draft, WeekDraft):
        registry.set_week_hours(
            unit_key=draft.unit_key,
            valid_from=draft.valid_from,
            week=draft.week,
            legal_basis=draft.legal_basis,
            source=draft.source,
            is_service=draft.is_service,
            actor=actor,
            at=at,
        )
    elif isinstance(draft, RemovalDraft):
        for number in replaced.days:
            registry.remove_day(entry_id=number, actor=actor, at=at)
    elif isinstance(draft, DecreeDraft):
        rows = registry.take_decree(draft=draft, actor=actor, at=at)
        return replace(replaced, entered=tuple(row.pk for row in rows))
    else:
        rows = [registry.enter_day(draft=day, actor=actor, at=at) for day in days_entered(draft)]
        return replace(replaced, entered=tuple(row.pk for row in rows))
    return replaced


def _write_back(draft: ChangeDraft, replaced: Replaced, *, actor: Actor, at: datetime) -> None:
    """Take the change out of the registry, and put back what it replaced."""
    if isinstance(draft, CorrectionDraft):
        _correct_back(draft, replaced, actor=actor, at=at)
    elif isinstance(draft, WeekDraft):
        _hours_back(draft, replaced, actor=actor, at=at)
    elif isinstance(draft, RemovalDraft):
        registry.restore_days(drafts=replaced.days, actor=actor, at=at)
    else:
        for number in left_of(replaced.entered):
            registry.remove_day(entry_id=number, actor=actor, at=at)
        if replaced.days:
            registry.restore_days(drafts=replaced.days, actor=actor, at=at)


def _correct_back(
    draft: CorrectionDraft, replaced: Replaced, *, actor: Actor, at: datetime
) -> None:
    if draft.from_day is not None:
        registry.remove_version(
            procedure=draft.procedure, valid_from=draft.from_day, actor=actor, at=at
        )
    elif replaced.limit is not None:
        registry.correct_limit(draft=replaced.limit, actor=actor, at=at)


def _hours_back(draft: WeekDraft, replaced: Replaced, *, actor: Actor, at: datetime) -> None:
    was = replaced.week
    if was is None:
        registry.remove_week_hours(
            unit_key=draft.unit_key,
            valid_from=draft.valid_from,
            is_service=draft.is_service,
            actor=actor,
            at=at,
        )
        return
    registry.set_week_hours(
        unit_key=was.unit_key,
        valid_from=was.valid_from,
        week=was.week,
        legal_basis=was.legal_basis,
        source=was.source,
        is_service=was.is_service,
        actor=actor,
        at=at,
    )


def _tell(change: ClockChange, kind: EventKind, *, actor: Actor, at: datetime) -> None:
    record(
        kind,
        subject_id=change.pk,
        version=change.version,
        unit_key=change.unit_key or NATION,
        actor_id=actor.id,
        at=at,
        data={"what": change.what},
    )
