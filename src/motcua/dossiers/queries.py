"""Reads of dossiers: who may see which, lists by key, search, and the story in the ledger."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from django.db import connection
from django.db.models import Case, Count, DateTimeField, F, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce

from motcua.accounts.actors import Actor
from motcua.accounts.permissions import Permission
from motcua.citizens.queries import find_ids, is_number
from motcua.kit.calendar import BeyondCalendar, Calendar
from motcua.kit.moments import at_clock, date_of, day_of, minute_of, moment_of
from motcua.kit.text import fold
from motcua.kit.words import gettext_noop
from motcua.ledger.models import Event
from motcua.registry.catalogue import Catalogue
from motcua.registry.rules import UnknownUnit

from .models import Dossier, Leg
from .rules.statuses import AT_WORK, ENDED, OPEN, PAUSED, Status
from .rules.watch import HOUR_MINUTES, LEVELS, Crossing, DelayUnit, Post
from .terms import watch_on

MOST_PERSONS = 200  # of one search; more match than anybody reads
NEVER = datetime(9999, 1, 1, tzinfo=UTC)  # sorts what has no due moment behind everything


@dataclass(frozen=True)
class Group:
    """Statuses that mean one kind of work."""

    code: str
    title: str
    statuses: frozenset[Status]


DUES = ("overdue", "today", "soon", "step", "unanswered")
ESCALATED = "escalated"
TOLD_BY = {  # from which level on, at the units where it holds the right, an actor is told
    LEVELS[Post.HEAD]: Permission.APPROVE_PROPOSAL,
    LEVELS[Post.SIGNATORY]: Permission.SIGN_DECISION,
}

S = Status
GROUPS = (
    Group("receive", gettext_noop("To receive"), frozenset({S.FILED})),
    Group("work", gettext_noop("In hand"), AT_WORK),
    Group("waiting", gettext_noop("Waiting for the applicant"), PAUSED | {S.TO_REFILE}),
    Group(
        "signing",
        gettext_noop("To approve and sign"),
        frozenset({S.AWAITING_APPROVAL, S.AWAITING_SIGNATURE}),
    ),
    Group("number", gettext_noop("To number and seal"), frozenset({S.AWAITING_NUMBER})),
    Group("result", gettext_noop("To hand out"), frozenset({S.RESULT_READY})),
    Group("ended", gettext_noop("Ended"), ENDED - {S.RESULT_READY}),
)
BY_CODE = {group.code: group for group in GROUPS}
LIVE = frozenset(Status) - BY_CODE["ended"].statuses

# Who works on a dossier that no person is named for: whoever holds this right where it stands.
WORKED_BY: Mapping[Status, Permission] = {
    S.FILED: Permission.RECEIVE_DOSSIER,
    S.RECEIVED: Permission.RECEIVE_DOSSIER,
    S.AWAITING_APPROVAL: Permission.APPROVE_PROPOSAL,
    S.AWAITING_SIGNATURE: Permission.SIGN_DECISION,
    S.AWAITING_NUMBER: Permission.NUMBER_RESULT,
    S.RESULT_READY: Permission.RETURN_RESULT,
}


@dataclass(frozen=True)
class Wanted:
    """What a list is asked for; empty means everything."""

    scope: str = "mine"  # mine | unit
    group: str = ""
    unit_key: str = ""
    procedure: str = ""
    due: str = ""  # one of DUES, or escalated
    text: str = ""


@dataclass(frozen=True)
class Order:
    """A column of a list and its direction."""

    column: str
    is_descending: bool


ORDERS = {"due": "by_due", "received": "by_entry", "code": "code"}


def visible_to(actor: Actor) -> Q:
    """Give the condition of the dossiers an actor may read: held or taken in at its units."""
    return _at(actor.units_for(Permission.READ_DOSSIERS))


def may_read(actor: Actor, row: Dossier, permission: Permission = Permission.READ_DOSSIERS) -> bool:
    """Say whether the actor may read this dossier (or its parties), by holder or place."""
    return any(actor.may(permission, unit_key=key) for key in (row.holder_key, row.place_key))


def work_of(actor: Actor, wanted: Wanted, *, known: Catalogue, now: datetime) -> QuerySet[Dossier]:
    """Give the dossiers of a work list, in no order yet."""
    rows = Dossier.objects.filter(visible_to(actor))
    rows = rows.filter(_asked_of(actor, wanted))
    if wanted.group == "ended":  # nearly all rows: read along the order, not by status
        rows = rows.exclude(status__in=sorted(LIVE))
    elif wanted.group:
        rows = rows.filter(status__in=sorted(BY_CODE[wanted.group].statuses))
    else:
        rows = rows.filter(status__in=sorted(LIVE))
    if wanted.unit_key:
        rows = rows.filter(holder_key=wanted.unit_key)
    if wanted.procedure:
        rows = rows.filter(procedure_code=wanted.procedure)
    if wanted.due in DUES:
        until = soon_until(now, known=known, unit_key=unit_of_list(actor, wanted))
        rows = rows.filter(_due(wanted.due, now, until))
    if wanted.text:
        rows = rows.filter(matching(wanted.text, actor, known=known))
    return rows


def counts_of(rows: QuerySet[Dossier]) -> Mapping[str, int]:
    """Give how many rows each group of live work has. Ended dossiers are never counted: too many.

    `rows` is a list without a chosen group.
    """
    by_status = dict(rows.order_by().values_list("status").annotate(Count("pk")))
    return {
        group.code: sum(by_status.get(status.value, 0) for status in group.statuses)
        for group in GROUPS
        if group.statuses <= LIVE
    }


def tallies_of(
    rows: QuerySet[Dossier], *, known: Catalogue, now: datetime, unit_key: str | None = None
) -> Mapping[str, int]:
    """Give how many rows stand how with their time, by word of `DUES`, in one look.

    `rows` is a list without a chosen time; `unit_key` as for `soon_until`.
    """
    until = soon_until(now, known=known, unit_key=unit_key)
    asked = {word: Count("pk", filter=_due(word, now, until)) for word in DUES}
    counts: dict[str, int] = rows.order_by().aggregate(**asked)
    return counts


def told_to(actor: Actor) -> Q:
    """Give the condition of the dossiers whose passed or near limits were told up to an actor."""
    told = Q(pk=None)
    for level, permission in TOLD_BY.items():
        if actor.may_anywhere(permission):
            units = actor.units_for(permission)
            there = Q() if units is None else Q(holder_key__in=sorted(units))
            told |= Q(told_level__gte=level) & there
    return told


def unit_of_list(actor: Actor, wanted: Wanted) -> str | None:
    """Give the one unit whose dossiers a list holds; None when they may be of several."""
    units = actor.units_for(Permission.READ_DOSSIERS)
    if wanted.unit_key:
        return wanted.unit_key
    return next(iter(units)) if units is not None and len(units) == 1 else None


def soon_until(now: datetime, *, known: Catalogue, unit_key: str | None = None) -> datetime:
    """Give the moment before which a limit is due soon, by the first warning of today's rules.

    Counted in the calendar of `unit_key`; in the nation's for a list of many units.
    """
    at, calendar = minute_of(now), _calendar(unit_key, known)
    telling = watch_on(date_of(day_of(at)))[Crossing.DUE_SOON][0]
    try:
        if telling.unit is DelayUnit.WORKING_HOUR:
            return moment_of(calendar.after_open(at, -telling.value * HOUR_MINUTES))
        # A day begins at its opening: until then the warnings are those of the day before.
        begun = day_of(at) if at >= calendar.next_open(at_clock(day_of(at))) else day_of(at) - 1
        return moment_of(at_clock(calendar.add_working_days(begun, -telling.value) + 1))
    except BeyondCalendar:
        return now + timedelta(days=1)


def _calendar(unit_key: str | None, known: Catalogue) -> Calendar:
    try:
        return known.calendar(unit_key)
    except UnknownUnit:  # an address may name anything
        return known.calendar(None)


def ordered(rows: QuerySet[Dossier], order: Order) -> QuerySet[Dossier]:
    """Give the rows in an order that never has two equal places."""
    column = ORDERS[order.column]
    if column == "by_due":
        rows = rows.annotate(by_due=_due_moment())
    elif column == "by_entry":
        rows = rows.annotate(by_entry=Coalesce("received_at", "filed_at"))  # as its index has it
    sign = "-" if order.is_descending else ""
    return rows.order_by(f"{sign}{column}", f"{sign}pk")


def find(text: str, actor: Actor) -> QuerySet[Dossier]:
    """Give the dossiers an actor may read that a text names: code, person, number or phone."""
    return Dossier.objects.filter(visible_to(actor)).filter(matching(text, actor))


def by_code(text: str) -> Dossier | None:
    """Give the dossier with exactly this code, as typed, scanned or copied from a sheet."""
    code = tidy_code(text)
    if not code:
        return None
    return Dossier.objects.filter(Q(code=code) | Q(foreign_code=code)).order_by("code").first()


def tidy_code(text: str) -> str:
    """Give a code without the apostrophe, the dashes and the case of spreadsheets and letters."""
    bare = "".join(text.split()).strip("'’")
    return bare.replace("–", "-").replace("—", "-").upper()


def matching(text: str, actor: Actor, *, known: Catalogue | None = None) -> Q:
    """Give the condition that a code, a person or (with `known`) a procedure matches the text.

    A number or phone of a person is personal data: it is matched only at the units where the
    actor may read those, else a number could be guessed digit by digit.
    """
    code = tidy_code(text)
    found = _starting("code", code) | _starting("foreign_code", code) if code else Q(pk=None)
    if persons := find_ids(text, limit=MOST_PERSONS):
        theirs = Q(owner_id__in=persons) | Q(submitter_id__in=persons)
        theirs |= Q(representative_id__in=persons)
        if is_number(text):
            theirs &= _at(actor.units_for(Permission.READ_PERSONAL_DATA))
        found |= theirs
    if known is not None and (procedures := _procedures(text, known)):
        found |= Q(procedure_code__in=procedures)
    return found


def events_of(dossier_id: UUID) -> Sequence[Event]:
    """Give everything that happened to a dossier, in order."""
    return list(Event.objects.filter(subject_id=dossier_id).order_by("epoch", "subject_version"))


def _asked_of(actor: Actor, wanted: Wanted) -> Q:
    if wanted.due == ESCALATED:  # by its right, whoever has the dossier in hand
        return told_to(actor)
    return _mine(actor) if wanted.scope == "mine" else Q()


def _mine(actor: Actor) -> Q:
    mine = Q(assignee_id=actor.id, status__in=sorted(OPEN))
    for status, permission in WORKED_BY.items():
        if actor.may_anywhere(permission):
            mine |= Q(status=status.value) & _at(actor.units_for(permission))
    return mine


def _at(units: Iterable[str] | None) -> Q:
    if units is None:
        return Q()
    keys = sorted(units)
    return Q(holder_key__in=keys) | Q(place_key__in=keys)


def _due(word: str, now: datetime, soon: datetime) -> Q:
    now = moment_of(minute_of(now))  # nothing is overdue in the very minute it is due
    is_running = Q(status__in=sorted(OPEN))
    if word == "step":
        return is_running & Q(step_due_at__lt=now)
    if word == "unanswered":
        return Q(status=Status.AWAITING_SUPPLEMENT.value, answer_due_at__lt=now)
    if word == "overdue":
        late = Q(status=Status.FILED.value, acceptance_due_at__lt=now)
        return late | (is_running & Q(due_at__lt=now))
    today = now.replace(hour=0, minute=0, second=0, microsecond=0)
    until = today + timedelta(days=1) if word == "today" else soon
    waits = Q(status=Status.FILED.value, acceptance_due_at__gte=now, acceptance_due_at__lt=until)
    return waits | (is_running & Q(due_at__gte=now, due_at__lt=until))


def _due_moment() -> Coalesce:
    runs = Case(
        When(status=Status.FILED.value, then=F("acceptance_due_at")),
        When(status__in=sorted(OPEN), then=F("due_at")),
        default=Value(None),
        output_field=DateTimeField(),
    )
    return Coalesce(runs, Value(NEVER), output_field=DateTimeField())


def _starting(column: str, text: str) -> Q:
    if connection.vendor == "sqlite":  # its LIKE does not use the index; a range does
        return Q(**{f"{column}__gte": text, f"{column}__lte": f"{text}~"})
    return Q(**{f"{column}__startswith": text})


def _procedures(text: str, known: Catalogue) -> list[str]:
    words = fold(text).split()
    return [
        code
        for code in known.procedure_codes()
        if code == text or all(word in fold(known.versions(code)[-1].name) for word in words)
    ]


def codes_of(ids: Iterable[UUID]) -> Mapping[UUID, str]:
    """Give the codes of dossiers by their id."""
    rows: dict[UUID, str] = dict(Dossier.objects.filter(pk__in=list(ids)).values_list("id", "code"))
    return rows


def statuses_of(ids: Iterable[UUID]) -> Mapping[UUID, tuple[str, Status]]:
    """Give code and present status of dossiers by their id."""
    rows = Dossier.objects.filter(pk__in=list(ids)).values_list("id", "code", "status")
    return {key: (code, Status(status)) for key, code, status in rows}


def readable_of(ids: Iterable[UUID], *, actor: Actor) -> frozenset[UUID]:
    """Give those of the dossiers whose page the actor may open."""
    rows = Dossier.objects.filter(visible_to(actor), pk__in=list(ids))
    return frozenset(rows.values_list("id", flat=True))


@dataclass(frozen=True, slots=True)
class Standing:
    """Where one dossier stands. `began_at`: its receipt, or its filing before that."""

    id: UUID
    status: Status
    version: int
    procedure: str
    channel: str
    place: str
    holder: str
    in_zone: bool
    assignee: str
    began_at: datetime
    due_at: datetime | None


def standing(*, source: str, mark: str, ready_since: datetime) -> list[Standing]:
    """Give what is under way of one source, or carries a foreign code that begins with a mark.

    Under way: filed, open, or with a result that waits at the counter since a moment.
    """
    alive = [status.value for status in sorted(OPEN | {S.FILED, S.TO_REFILE})]
    ready = Q(status=S.RESULT_READY.value, ended_at__gte=ready_since)
    theirs = Q(source=source) | Q(foreign_code__startswith=mark)
    rows = Dossier.objects.filter(Q(status__in=alive) | ready).filter(theirs)
    columns = rows.values_list(
        "id",
        "status",
        "version",
        "procedure_code",
        "channel",
        "place_key",
        "holder_key",
        "in_zone",
        "assignee_id",
        Coalesce("received_at", "filed_at"),
        "due_at",
    )
    return [Standing(key, Status(status), *rest) for key, status, *rest in columns]


def open_leg_of(dossier_id: UUID) -> int:
    """Give the number of the first leg that is still open at another body; 0 when there is none."""
    legs = Leg.objects.filter(dossier_id=dossier_id, closed_at=None).order_by("number")
    return legs.values_list("number", flat=True).first() or 0
