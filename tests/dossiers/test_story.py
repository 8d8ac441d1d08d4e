"""Row and ledger tell one story, whatever is attempted."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from motcua.accounts.actors import SYSTEM
from motcua.accounts.roles import Role
from motcua.dossiers import actions
from motcua.dossiers.history import write_history
from motcua.dossiers.models import Dossier, Leg, Pause
from motcua.dossiers.rows import life_of
from motcua.dossiers.rules.life import Facts
from motcua.dossiers.rules.moves import BY_NAME, ESCALATE, MOVES, NOTES
from motcua.dossiers.rules.statuses import Outcome, Status
from motcua.dossiers.rules.watch import Crossing
from motcua.dossiers.told import Past, Told
from motcua.kit.moments import minute_of
from motcua.kit.refusals import Refused
from motcua.ledger.models import Event
from tests.sizes import sized, soaks

from .given import (
    APPLICANT,
    CLERK,
    COMMUNE,
    MONDAY,
    OTHER,
    TEN_DAYS,
    WHY,
    a_registry,
    a_request,
    a_worker,
)

pytestmark = [pytest.mark.django_db, soaks]

FACTS = {
    "ask_consultation": Facts(body=OTHER),
    "open_leg": Facts(body=OTHER),
    "close_leg": Facts(leg=1),
    "pause_clock": Facts(reason="posting"),
    "submit": Facts(outcome=Outcome.POSITIVE),
    "submit_for_signature": Facts(outcome=Outcome.NEGATIVE),
    "return_result": Facts(way="post"),
    "escalate": Facts(crossing=Crossing.OVERDUE.value, level=2),
}
HANDED = ("assign", "hand_over")
NOTED = {move.name: kind for kind, move in NOTES.items()}
WORDS: dict[str, object] = {"words": WHY}
EXTRA: dict[str, dict[str, object]] = {
    **dict.fromkeys(
        (
            "return_for_refiling",
            "refuse",
            "request_supplement",
            "send_back",
            "stop",
            "stop_unanswered",
            "void",
        ),
        WORDS,
    ),
    **{key: {"body_key": OTHER} for key in ("ask_consultation", "open_leg")},
    "close_leg": {"leg": 1},
    "pause_clock": {**WORDS, "reason": "posting"},
    "submit": {"outcome": Outcome.POSITIVE},
    "submit_for_signature": {"outcome": Outcome.NEGATIVE},
    "return_result": {"way": "post"},
    "extend": WORDS,
}


def attempt(
    name: str, dossier: Dossier, at: datetime, *, account: str = "", body: str = ""
) -> None:
    """Attempt a move with what it needs."""
    if name in NOTED or name == ESCALATE.name:
        kind, level = NOTED.get(name, Crossing.OVERDUE), 2 if name == ESCALATE.name else 1
        actions.note_crossing(dossier_id=dossier.id, crossing=kind, level=level, actor=CLERK, at=at)
        return
    extra = dict(EXTRA.get(name, {}))
    if name in HANDED:
        extra["account_id"] = account
    if name == "request_supplement":
        extra["words"] = replace(WHY, approver_id=a_worker("hoa", Role.HEAD_OF_DIVISION))
    if name == "transfer":
        extra["body_key"] = body
    if name == "extend":
        extra["due_at"] = _later_due(dossier)
    getattr(actions, name)(dossier_id=dossier.id, actor=CLERK, at=at, **extra)


def _later_due(dossier: Dossier) -> datetime:
    return (dossier.due_at or MONDAY) + timedelta(days=5)


NAMES = [
    m.name
    for m in MOVES
    if m.sources is not None
    and m.name not in ("resolve_elsewhere", "note_step", "move_due", "move_limits")
]
TRIES = st.lists(st.tuples(st.sampled_from(NAMES), st.integers(0, 3000)), max_size=14)


def _begin(filed: bool) -> Dossier:
    if filed:
        return actions.file_dossier(
            request=a_request(channel="online"), applicants=APPLICANT, actor=CLERK, at=MONDAY
        )
    return actions.receive_new(
        request=a_request(channel="online"), applicants=APPLICANT, actor=CLERK, at=MONDAY
    )


def _attempt_all(tries: list[tuple[str, int]], *, filed: bool) -> tuple[Dossier, list[Told]]:
    """Attempt everything in order; give the row and what would be told of what succeeded."""
    dossier = _begin(filed)
    told = [Told(BY_NAME["file" if filed else "receive_new"], minute_of(MONDAY))]
    at = MONDAY
    for name, minutes in tries:
        at += timedelta(minutes=minutes)
        before = Dossier.objects.get(pk=dossier.id)
        facts = FACTS.get(name, Facts())
        if name in HANDED:
            facts = Facts(account=a_worker())
        if name == "transfer":
            facts = Facts(body=OTHER if before.holder_key == COMMUNE else COMMUNE)
        if name == "extend":
            facts = Facts(due_at=minute_of(_later_due(before)))
        try:
            attempt(name, before, at, account=facts.account, body=facts.body)
        except Refused:
            continue
        told.append(Told(BY_NAME[name], minute_of(at), facts))
    return Dossier.objects.get(pk=dossier.id), told


@settings(max_examples=sized(whole=120, part=30), suppress_health_check=list(HealthCheck))
@given(tries=TRIES, filed=st.booleans())
def test_the_ledger_always_tells_the_same_story_as_the_row(
    tries: list[tuple[str, int]], filed: bool
) -> None:
    a_fresh_registry()
    row, _ = _attempt_all(tries, filed=filed)

    events = list(Event.objects.filter(subject_id=row.id).order_by("subject_version"))
    assert [e.subject_version for e in events] == list(range(1, row.version + 1))
    assert events[-1].unit_key == row.holder_key
    targets = {m.event.name: m.target for m in MOVES if m.target is not None}
    submitted = {"dossier.submitted": None}  # two moves, two targets: told by what follows
    reached = [targets[e.kind] for e in events if e.kind in targets and e.kind not in submitted]
    if Status(row.status) not in (Status.AWAITING_APPROVAL, Status.AWAITING_SIGNATURE):
        assert reached[-1] == row.status
    ended = [e for e in events if e.kind in ("dossier.resolved", "dossier.withdrawn")]
    assert bool(ended or row.outcome in ("stopped", "refused")) == (row.ended_at is not None)
    assert sum(e.kind == "dossier.supplement_requested" for e in events) == row.supplements


@settings(max_examples=sized(whole=120, part=30), suppress_health_check=list(HealthCheck))
@given(tries=TRIES, filed=st.booleans())
def test_told_history_gives_the_rows_and_events_of_the_actions(
    tries: list[tuple[str, int]], filed: bool
) -> None:
    a_fresh_registry()
    row, told = _attempt_all(tries, filed=filed)
    past = Past(
        id=type(row.id)(int=row.id.int ^ 1),
        source="test",
        source_key=str(row.id),
        procedure=TEN_DAYS,
        channel="online",
        place=COMMUNE,
        holder=COMMUNE,
        moves=told,
    )

    [written] = write_history([past], actor=SYSTEM, at=MONDAY)

    assert not written.refused
    other = Dossier.objects.get(pk=past.id)
    assert _life(other, source=row.source) == _life(row, source=row.source)
    assert _events(other) == _events(row)
    assert Leg.objects.filter(dossier=other).count() == Leg.objects.filter(dossier=row).count()
    [again] = write_history([past], actor=SYSTEM, at=MONDAY)
    assert (again.dossiers, again.known) == (0, 1)


def _life(row: Dossier, *, source: str) -> object:
    row.source = source
    return life_of(row, list(Pause.objects.filter(dossier=row)))


def _events(row: Dossier) -> list[object]:
    rows = Event.objects.filter(subject_id=row.id).order_by("subject_version")
    return [
        (e.kind, e.unit_key, e.happened_at, {k: v for k, v in e.data.items() if k != "source"})
        for e in rows
    ]


def a_fresh_registry() -> None:
    """Make the registry unless an earlier example of this test did."""
    from motcua.registry.models import Unit

    if not Unit.objects.filter(key=COMMUNE).exists():
        a_registry()
