"""The story of a dossier: its events in the ledger, in plain words."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from motcua.accounts.queries import names_of
from motcua.dossiers import kinds
from motcua.dossiers.models import Dossier, Remark
from motcua.dossiers.queries import events_of
from motcua.dossiers.rules.statuses import OPEN, Outcome
from motcua.kit.moments import from_iso_minute, is_past, moment_of
from motcua.kit.words import gettext_noop
from motcua.ledger.models import Event
from motcua.ui import formats
from motcua.ui.parts import Happening

from .change_reasons import reason_of
from .labels import (
    CROSSINGS,
    MACHINES,
    OUTCOMES,
    PAUSE_REASONS,
    POSTS,
    TRANSFER_REASONS,
    WAYS,
    source_words,
)
from .scene import Scene

Said = Callable[[Event, Scene, Mapping[str, str]], str]

# Title, icon and tone of each kind of event.
TOLD: Mapping[str, tuple[str, str, str]] = {
    kinds.FILED.name: (gettext_noop("Filed"), "inbox", "info"),
    kinds.RETURNED_FOR_REFILING.name: (
        gettext_noop("Returned to the applicant before receipt"),
        "arrow-left",
        "warn",
    ),
    kinds.REFILED.name: (gettext_noop("Filed again"), "refresh", "info"),
    kinds.RECEIVED.name: (gettext_noop("Received"), "check", "ok"),
    kinds.REFUSED.name: (gettext_noop("Refused at receipt (form 03)"), "ban", "bad"),
    kinds.ASSIGNED.name: (gettext_noop("Assigned"), "user-check", "calm"),
    kinds.HANDED_OVER.name: (gettext_noop("Handed over"), "send", "info"),
    kinds.TRANSFERRED.name: (
        gettext_noop("Handed over to another competent body"),
        "arrows-exchange",
        "info",
    ),
    kinds.CONSULTATION_ASKED.name: (gettext_noop("Opinion asked"), "message", "info"),
    kinds.CONSULTATION_ANSWERED.name: (gettext_noop("Opinion received"), "message", "ok"),
    kinds.LEG_OPENED.name: (gettext_noop("Part of the work opened"), "stack-2", "info"),
    kinds.LEG_CLOSED.name: (gettext_noop("Part of the work done"), "checks", "ok"),
    kinds.SUPPLEMENT_REQUESTED.name: (
        gettext_noop("Supplement requested (form 02)"),
        "list-check",
        "warn",
    ),
    kinds.SUPPLEMENT_COMPLETED.name: (gettext_noop("Supplement completed"), "file-check", "ok"),
    kinds.OBLIGATION_NOTIFIED.name: (
        gettext_noop("Financial obligation notified"),
        "coin",
        "warn",
    ),
    kinds.OBLIGATION_MET.name: (gettext_noop("Financial obligation met"), "coin", "ok"),
    kinds.CLOCK_PAUSED.name: (gettext_noop("Clock stopped by law"), "clock-pause", "warn"),
    kinds.CLOCK_RESUMED.name: (gettext_noop("Clock runs again"), "clock-play", "ok"),
    kinds.EXTENDED.name: (gettext_noop("Appointed anew (form 04)"), "calendar-plus", "warn"),
    kinds.SUBMITTED.name: (gettext_noop("Draft submitted"), "upload", "info"),
    kinds.APPROVED.name: (gettext_noop("Draft approved"), "check", "ok"),
    kinds.SENT_BACK.name: (gettext_noop("Draft sent back"), "arrow-left", "warn"),
    kinds.SIGNED.name: (gettext_noop("Signed"), "signature", "ok"),
    kinds.RESOLVED.name: (gettext_noop("Result ready"), "rubber-stamp", "ok"),
    kinds.RETURNED.name: (gettext_noop("Result handed out"), "file-check", "ok"),
    kinds.WITHDRAWN.name: (gettext_noop("Withdrawn by the applicant"), "logout", "calm"),
    kinds.STOPPED.name: (gettext_noop("Handling stopped (form 05)"), "hand-stop", "bad"),
    kinds.VOIDED.name: (gettext_noop("Voided: entered by mistake"), "trash", "bad"),
    kinds.CAME_DUE_SOON.name: (gettext_noop("Due soon"), "bell", "warn"),
    kinds.WENT_OVERDUE.name: (gettext_noop("Passed its appointment"), "alert-triangle", "bad"),
    kinds.STEP_WENT_OVERDUE.name: (
        gettext_noop("A step passed its limit"),
        "alert-triangle",
        "bad",
    ),
    kinds.LEG_WENT_OVERDUE.name: (
        gettext_noop("A part at another body passed its limit"),
        "alert-triangle",
        "bad",
    ),
    kinds.ACCEPTANCE_WENT_OVERDUE.name: (
        gettext_noop("Waited too long to be received"),
        "alert-triangle",
        "bad",
    ),
    kinds.DUE_MOVED.name: (
        gettext_noop("Appointment moved with the calendar or the limit"),
        "calendar",
        "info",
    ),
    kinds.LIMITS_MOVED.name: (
        gettext_noop("Smaller limits moved with the calendar; the appointment stands"),
        "calendar",
        "info",
    ),
    kinds.ANSWER_CAME_DUE_SOON.name: (
        gettext_noop("The applicant's time to supplement ends soon"),
        "bell",
        "warn",
    ),
    kinds.ANSWER_WENT_OVERDUE.name: (
        gettext_noop("The applicant's time to supplement is over"),
        "hourglass",
        "bad",
    ),
    kinds.ESCALATED.name: (gettext_noop("Told to a superior"), "chevron-up", "warn"),
    kinds.STEP.name: (gettext_noop("A step in another system"), "point", "calm"),
}


def story_of(scene: Scene) -> list[Happening]:
    """Give what happened to the dossier, oldest first, and what is ahead."""
    row, events = scene.row, events_of(scene.row.id)
    remarks = {remark.version: remark for remark in row.remarks.all()}
    approvers = (remark.approver_id for remark in remarks.values())
    people = names_of({*_people(events), *approvers, row.assignee_id})
    told = [_told(event, scene, people, remarks.get(event.subject_version)) for event in events]
    ahead = _ahead(row, scene.now)
    return [*told, ahead] if ahead else told


def _told(
    event: Event, scene: Scene, people: Mapping[str, str], remark: Remark | None
) -> Happening:
    title, icon, tone = TOLD.get(event.kind, (event.kind, "point", "calm"))
    parts = [said for say in SAYS.get(event.kind, ()) if (said := say(event, scene, people))]
    if remark is not None:
        parts.append(_remark(remark, people))
    return Happening(
        title=_(title),
        at=event.happened_at,
        who=_who(event.actor_id, people),
        text=" ".join(parts),
        tone=tone,
        icon=icon,
        is_now=event.subject_version == scene.row.version and scene.row.status in OPEN,
    )


def _remark(remark: Remark, people: Mapping[str, str]) -> str:
    words = "; ".join(line.strip() for line in remark.words.splitlines() if line.strip())
    if remark.legal_basis:
        words = f"{words} ({remark.legal_basis})"
    if remark.approver_id:
        words += " – " + _("approved by %(name)s") % {"name": _who(remark.approver_id, people)}
    return f"“{words}”"


def _ahead(row: Dossier, now: datetime) -> Happening | None:
    if row.status not in OPEN or row.due_at is None or is_past(row.due_at, now):
        return None
    return Happening(title=_("Appointment"), at=row.due_at, icon="calendar-due", is_ahead=True)


def _people(events: Iterable[Event]) -> Iterable[str]:
    for event in events:
        yield event.actor_id
        yield str(event.data.get("account", ""))


def _who(actor_id: str, people: Mapping[str, str]) -> str:
    """Give the name of a person, or what a machine is called."""
    if actor_id in people:
        return people[actor_id]
    machine, __, source = actor_id.partition(":")
    if machine == "import":
        return _("import from %(source)s") % {"source": source_words(source)}
    return _(MACHINES.get(machine, actor_id))


def _moment(event: Event, name: str) -> datetime | None:
    text = event.data.get(name)
    return moment_of(from_iso_minute(text)) if text else None


def _due(event: Event, scene: Scene, people: Mapping[str, str]) -> str:
    due = _moment(event, "due")
    return _("Appointment: %(due)s.") % {"due": formats.moment(due)} if due else ""


def _was(event: Event, scene: Scene, people: Mapping[str, str]) -> str:
    was = _moment(event, "was")
    return _("It was %(due)s before.") % {"due": formats.moment(was)} if was else ""


def _change(event: Event, scene: Scene, people: Mapping[str, str]) -> str:
    change = UUID(str(event.data["change"]))
    return reason_of(scene.row.pk, change, event.subject_version, scene.known)


def _acceptance(event: Event, scene: Scene, people: Mapping[str, str]) -> str:
    due = _moment(event, "acceptance_due")
    return _("To be received before %(due)s.") % {"due": formats.moment(due)} if due else ""


def _waits(event: Event, scene: Scene, people: Mapping[str, str]) -> str:
    return _("The clock stands still.") if event.data.get("waits") else ""


def _account(event: Event, scene: Scene, people: Mapping[str, str]) -> str:
    account = event.data.get("account")
    return _("To %(name)s.") % {"name": _who(account, people)} if account else ""


def _step(event: Event, scene: Scene, people: Mapping[str, str]) -> str:
    return _step_named(event.data.get("step"), scene)


def _step_named(number: object, scene: Scene) -> str:
    steps = scene.card.steps if scene.card else ()
    name = next((one.name for one in steps if one.number == number), "")
    return _("Step %(number)s: %(name)s.") % {"number": number, "name": name} if name else ""


def _step_passed(event: Event, scene: Scene, people: Mapping[str, str]) -> str:
    return _step_named(event.data.get("part"), scene)


def _leg_passed(event: Event, scene: Scene, people: Mapping[str, str]) -> str:
    number = event.data.get("part")
    body = next((leg.body_key for leg in scene.legs if leg.number == number), "")
    return f"{number}. {scene.unit_name(body)}."


def _passed(event: Event, scene: Scene, people: Mapping[str, str]) -> str:
    due = _moment(event, "due")
    return _("The limit: %(due)s.") % {"due": formats.moment(due)} if due else ""


def _told_to(event: Event, scene: Scene, people: Mapping[str, str]) -> str:
    post, crossing = event.data.get("to"), event.data.get("crossing")
    said = {"post": _(POSTS.get(post, "")), "what": _(CROSSINGS.get(crossing, ""))}
    return _("To the %(post)s: %(what)s.") % said


def _answer_due(event: Event, scene: Scene, people: Mapping[str, str]) -> str:
    due = _moment(event, "answer_due")
    return _("The applicant has time until %(due)s.") % {"due": formats.moment(due)} if due else ""


def _due_before(event: Event, scene: Scene, people: Mapping[str, str]) -> str:
    due = _moment(event, "due_before")
    return _("Before: %(due)s.") % {"due": formats.moment(due)} if due else ""


def _step_due(event: Event, scene: Scene, people: Mapping[str, str]) -> str:
    due = _moment(event, "step_due") or _moment(event, "leg_due")
    return _("To be done by %(due)s.") % {"due": formats.moment(due)} if due else ""


def _step_limit(event: Event, scene: Scene, people: Mapping[str, str]) -> str:
    if event.data.get("step_waits"):
        return _("The clock of the step stands still.")
    due = _moment(event, "step_due")
    return _("The step is to be done by %(due)s.") % {"due": formats.moment(due)} if due else ""


def _bodies(event: Event, scene: Scene, people: Mapping[str, str]) -> str:
    return _("From %(one)s to %(other)s.") % {
        "one": scene.unit_name(event.data.get("from_unit", "")),
        "other": scene.unit_name(event.unit_key),
    }


def _body(event: Event, scene: Scene, people: Mapping[str, str]) -> str:
    return f"{scene.unit_name(event.data.get('body', ''))}."


def _reason(event: Event, scene: Scene, people: Mapping[str, str]) -> str:
    words = {**TRANSFER_REASONS, **PAUSE_REASONS}.get(event.data.get("reason", ""))
    return f"{_(words)}." if words else ""


def _outcome(event: Event, scene: Scene, people: Mapping[str, str]) -> str:
    code = event.data.get("outcome")
    return f"{_(OUTCOMES[Outcome(code)]).capitalize()}." if code else ""


def _way(event: Event, scene: Scene, people: Mapping[str, str]) -> str:
    words = WAYS.get(event.data.get("way", ""))
    return f"{_(words)}." if words else ""


def _activity(event: Event, scene: Scene, people: Mapping[str, str]) -> str:
    return str(event.data.get("activity", ""))


SAYS: Mapping[str, tuple[Said, ...]] = {
    kinds.FILED.name: (_acceptance,),
    kinds.REFILED.name: (_acceptance,),
    kinds.RECEIVED.name: (_due,),
    kinds.ASSIGNED.name: (_account,),
    kinds.HANDED_OVER.name: (_step, _account, _step_due),
    kinds.TRANSFERRED.name: (_bodies, _reason),
    kinds.CONSULTATION_ASKED.name: (_body,),
    kinds.LEG_OPENED.name: (_body, _step_due),
    kinds.SUPPLEMENT_REQUESTED.name: (_waits, _answer_due),
    kinds.SUPPLEMENT_COMPLETED.name: (_due,),
    kinds.OBLIGATION_NOTIFIED.name: (_waits,),
    kinds.OBLIGATION_MET.name: (_due,),
    kinds.CLOCK_PAUSED.name: (_reason, _waits),
    kinds.CLOCK_RESUMED.name: (_due,),
    kinds.EXTENDED.name: (_due, _due_before),
    kinds.DUE_MOVED.name: (_waits, _due, _was, _change),
    kinds.LIMITS_MOVED.name: (_step_limit, _acceptance, _answer_due, _change),
    kinds.SUBMITTED.name: (_outcome, _step, _step_due),
    kinds.APPROVED.name: (_step, _step_due),
    kinds.SENT_BACK.name: (_step, _step_due),
    kinds.SIGNED.name: (_step, _step_due),
    kinds.RESOLVED.name: (_outcome, _due),
    kinds.RETURNED.name: (_way,),
    kinds.CAME_DUE_SOON.name: (_due,),
    kinds.WENT_OVERDUE.name: (_due,),
    kinds.STEP_WENT_OVERDUE.name: (_step_passed, _passed),
    kinds.LEG_WENT_OVERDUE.name: (_leg_passed, _passed),
    kinds.ANSWER_CAME_DUE_SOON.name: (_passed,),
    kinds.ANSWER_WENT_OVERDUE.name: (_passed,),
    kinds.ESCALATED.name: (_told_to, _passed),
    kinds.STEP.name: (_activity,),
}
