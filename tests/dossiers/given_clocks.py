"""A procedure with a whole internal process, and what the clock has noted."""

from collections import Counter
from datetime import date, datetime, timedelta

from motcua.accounts.actors import SYSTEM
from motcua.dossiers import actions
from motcua.dossiers.models import Crossing, Dossier
from motcua.kit.clock import LimitUnit, StepLimit, StepUnit
from motcua.kit.moments import from_iso_minute, moment_of
from motcua.ledger.models import Event
from motcua.registry.actions.procedures import add_procedure_version
from motcua.registry.drafts import LimitDraft, StepDraft, VersionDraft
from motcua.registry.sets import StepRole

from .given import CLERK, FROM, MONDAY, OTHER, WHY, a_received_dossier, later

WITH_STEPS = "1.005092"
CLERK_STEP, SPECIALIST_STEP, HEAD_STEP, SIGNATORY_STEP, NUMBER_STEP = 1, 2, 3, 4, 5
KINDS = {  # kind of event: what it notes
    "dossier.came_due_soon": "due_soon",
    "dossier.went_overdue": "overdue",
    "dossier.step_went_overdue": "step_overdue",
    "dossier.leg_went_overdue": "leg_overdue",
    "dossier.acceptance_went_overdue": "acceptance_overdue",
    "dossier.answer_came_due_soon": "answer_soon",
    "dossier.answer_went_overdue": "answer_over",
}
Noted = tuple[str, int, datetime, int]


def a_procedure_with_steps() -> None:
    """Ten working days: 4 hours to hand over, 3 days to examine, 1 each to look and sign."""
    days, hours = StepUnit.WORKING_DAY, StepUnit.WORKING_HOUR
    steps = (
        StepDraft("Tiếp nhận", StepRole.CLERK, StepLimit(4, hours)),
        StepDraft("Thẩm tra", StepRole.SPECIALIST, StepLimit(3, days)),
        StepDraft("Lãnh đạo phòng xem xét", StepRole.HEAD, StepLimit(1, days)),
        StepDraft("Ký duyệt", StepRole.SIGNATORY, StepLimit(1, days)),
        StepDraft("Vào số", StepRole.REGISTRY_CLERK, StepLimit(4, hours)),
    )
    draft = VersionDraft(
        WITH_STEPS,
        FROM,
        "Thủ tục có quy trình",
        "Đất đai",
        legal_basis="test",
        limits=[LimitDraft(10, LimitUnit.WORKING_DAY)],
        steps=steps,
        pauses_for_obligation=True,
        pauses_for_verification=True,
    )
    add_procedure_version(draft=draft, actor=SYSTEM, at=MONDAY)


def an_examined_dossier() -> Dossier:
    """Give a dossier handed over on Monday 09:10: its step is due on Thursday at close."""
    dossier = a_received_dossier(WITH_STEPS)
    return actions.hand_over(dossier_id=dossier.id, actor=CLERK, at=later(minutes=10))


def a_dossier_with_a_leg(*, due_at: datetime) -> Dossier:
    dossier = an_examined_dossier()
    return actions.open_leg(
        dossier_id=dossier.id, body_key=OTHER, due_at=due_at, actor=CLERK, at=later(minutes=20)
    )


def told(dossier: Dossier) -> Counter[Noted]:
    """Give what the ledger tells of the crossings of a dossier, with how often."""
    found: Counter[Noted] = Counter()
    for event in Event.objects.filter(subject_id=dossier.id):
        kind, data = KINDS.get(event.kind, ""), event.data
        if event.kind == "dossier.escalated":
            kind = str(data["crossing"])
        if kind:
            due = from_iso_minute(data.get("due") or data["acceptance_due"])
            found[kind, data.get("part", 0), moment_of(due), data.get("level", 1)] += 1
    return found


def stored(dossier: Dossier) -> Counter[Noted]:
    """Give what the table of crossings holds of a dossier."""
    rows = Crossing.objects.filter(dossier=dossier)
    return Counter((one.kind, one.part, one.due_at, one.level) for one in rows)


def asked_again(dossier: Dossier, *, hours: int = 2) -> Dossier:
    """Ask for a supplement and take it in some hours later, on Tuesday morning."""
    at = later(days=1)
    actions.request_supplement(dossier_id=dossier.id, words=WHY, actor=CLERK, at=at)
    return actions.complete_supplement(
        dossier_id=dossier.id, actor=CLERK, at=at + timedelta(hours=hours)
    )


def on(day: int, hour: int, minute: int = 0, *, month: int = 9) -> datetime:
    return datetime.combine(date(2026, month, day), MONDAY.timetz()).replace(
        hour=hour, minute=minute
    )
