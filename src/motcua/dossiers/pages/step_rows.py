"""The steps of a dossier as they were done, each with its own limit and how it is counted."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from motcua.dossiers import kinds
from motcua.dossiers.proving import proof_of_step
from motcua.dossiers.queries import events_of
from motcua.dossiers.rows import life_of
from motcua.dossiers.rules.statuses import OPEN
from motcua.kit.clock import ClockRules, Pause
from motcua.kit.moments import from_iso_minute, is_past, minute_of, moment_of
from motcua.kit.proof import Question
from motcua.ledger.models import Event

from .proof_short import short_form
from .proof_words import limit_in_words
from .scene import Scene

STOPPING = frozenset({kinds.SUPPLEMENT_REQUESTED.name, kinds.CLOCK_PAUSED.name})


@dataclass(frozen=True)
class StepRow:
    """One step: its own limit, when it began and ended, and how its limit is counted.

    `seen_at` is the end, or the minute it was looked at while it goes on.
    """

    name: str
    began_at: datetime
    limit: str
    due_at: datetime | None
    counted: str
    ended_at: datetime | None
    seen_at: datetime

    @property
    def tone(self) -> str:
        """Whether the step was done too late, or goes on and is late by now."""
        is_late = self.due_at is not None and is_past(self.due_at, self.seen_at)
        return "bad" if is_late else ""


@dataclass
class _Run:
    """A step as the ledger tells it; `due_at` follows pauses and changes of the calendar."""

    number: int
    began_at: datetime
    due_at: datetime | None


def steps_of(scene: Scene) -> list[StepRow]:
    """Give each step that was begun; a hand-over never restarts the limit of the whole."""
    runs = list(_runs(events_of(scene.row.id)))
    if runs and scene.row.status in OPEN:
        runs[-1].due_at = scene.row.step_due_at  # none while it waits
    ends = [*(after.began_at for after in runs[1:]), scene.row.ended_at]
    return [_step(run, ended, scene) for run, ended in zip(runs, ends, strict=False)]


def _runs(events: Iterable[Event]) -> Iterable[_Run]:
    run: _Run | None = None
    for event in events:
        if event.kind == kinds.STEP.name:  # of another system: it has no limit here
            continue
        due_at = _moment(event.data.get("step_due"))
        number = int(str(event.data.get("step") or 0))
        if number and (run is None or run.number != number):
            if run is not None:
                yield run
            run = _Run(number, event.happened_at, due_at)
        elif run is not None and _tells_limit(event):
            run.due_at = due_at
    if run is not None:
        yield run


def _tells_limit(event: Event) -> bool:
    """Say whether the event tells the limit of the step as it stands; none is told while it waits.

    A dossier that is overdue as a whole does not wait, though its step may.
    """
    return bool({"step_due", "waits"} & event.data.keys()) or event.kind in STOPPING


def _moment(told: object) -> datetime | None:
    return moment_of(from_iso_minute(str(told))) if told else None


def _step(run: _Run, ended_at: datetime | None, scene: Scene) -> StepRow:
    steps = scene.card.steps if scene.card else ()
    step = next((one for one in steps if one.number == run.number), None)
    limit = step.limit if step else None
    due_at, counted = run.due_at, ""
    if limit is not None:
        pauses = _pauses_of(scene, ended_at)
        rules = scene.card.rules if scene.card else ClockRules()
        asked = Question(minute_of(run.began_at), limit, rules, pauses)
        proof = proof_of_step(asked, scene.calendar)
        # A limit that was counted under another law or calendar has no count to show.
        if proof is not None and proof.due.due_at is not None and due_at is not None:
            counted = short_form(proof) if moment_of(proof.due.due_at) == due_at else ""
    return StepRow(
        name=f"{step.number}. {step.name}" if step else str(run.number),
        began_at=run.began_at,
        limit=limit_in_words(limit) if limit else "",
        due_at=due_at,
        counted=counted,
        ended_at=ended_at,
        seen_at=ended_at or scene.now,
    )


def _pauses_of(scene: Scene, ended_at: datetime | None) -> tuple[Pause, ...]:
    pauses = life_of(scene.row, list(scene.row.pauses.all())).pauses
    return tuple(one for one in pauses if ended_at is None or one.from_at < minute_of(ended_at))
