"""What each move makes of a dossier's life. Pure.

The actions and the bulk door both go through `take`, so history that is told obeys the same rules
and leaves the same events as work that is done here.
"""

from collections.abc import Callable
from functools import partial
from typing import Any

from motcua.kit.clock import (
    Extension,
    Pause,
    PauseKind,
    acceptance_due,
    due_of,
    warn_days,
)
from motcua.kit.moments import Minute, date_of, day_of, day_text, iso_minute
from motcua.kit.refusals import Refused
from motcua.kit.words import gettext_noop

from . import crossings, following, legs, moves, steps
from .codes import case_code
from .life import NOTHING, VERIFICATION, Facts, Life, Terms
from .moves import Move, check_move
from .statuses import ENDED, Outcome
from .watch import Crossing

Changes = dict[str, Any]
Data = dict[str, object]
Effect = Callable[[Life, Minute, Facts, Terms], tuple[Changes, Data]]
# Nothing is waited for once a dossier has ended.
AT_REST: Changes = {
    "step_from_at": None,
    "step_due_at": None,
    "answer_due_at": None,
    "watch_at": None,
    "told_level": None,
}


class NoSuchExtension(Refused):
    message = gettext_noop(
        "The appointment can be moved %(most)s time(s) only."
        " Finish the dossier, or stop it with a reason."
    )
    legal_basis = "Nghị định 61/2018/NĐ-CP, Điều 19; Nghị định 118/2025/NĐ-CP"


class ExtensionTooLate(Refused):
    message = gettext_noop(
        "The apology must be sent at the latest %(days)s day(s) before the appointment (%(due)s)."
    )
    legal_basis = "Nghị định 61/2018/NĐ-CP, Điều 19"


class NewDueNotLater(Refused):
    message = gettext_noop("The new appointment must be later than the old one (%(due)s).")


class NoDueToMove(Refused):
    message = gettext_noop("The dossier has no appointment that could be moved.")


class ClockRunsOn(Refused):
    message = gettext_noop(
        "The clock of this procedure does not stop for this. Go on while the time runs;"
        " if it will not do, apologise and appoint anew before the appointment."
    )


class DueStands(Refused):
    message = gettext_noop("The appointment stands there already.")


class AnswerNotOver(Refused):
    message = gettext_noop("The applicant may still answer.")


class NoOutcome(Refused):
    message = gettext_noop("Say whether the decision is positive or negative.")


class SameBody(Refused):
    message = gettext_noop("The dossier is at this body already. Choose another one.")


def take(
    life: Life, move: Move, *, at: Minute, terms: Terms, facts: Facts = NOTHING
) -> tuple[Life, Data]:
    """Give the life after a move, and what its event says.

    Errors: MoveNotAllowed, and the refusals of the move's own rule.
    """
    check_move(move, life.status)
    effect = EFFECTS.get(move.name)
    changes, data = effect(life, at, facts, terms) if effect else ({}, {})
    status = move.target or life.status
    if status in ENDED:
        changes = {**changes, **AT_REST}
    # The clock looks in the next minute, unless the door works out when it must.
    return life._replace(
        **{"watch_at": at, **changes}, status=status, version=life.version + 1
    ), data


def final_due(life: Life, *, at: Minute, terms: Terms) -> Minute | None:
    """Give the due moment an end at `at` is measured by: a running pause is closed there."""
    if not life.is_waiting:
        return life.due_at
    return _recount(life, _closed(life.pauses, at), terms)


def counted_due(life: Life, terms: Terms) -> Minute | None:
    """Give the due moment as these terms count it; None where none runs."""
    return _recount(life, life.pauses, terms)


def _what(life: Life) -> Data:
    return {
        "procedure": life.procedure,
        "field": life.field,
        "channel": life.channel,
        "case": case_code(life.case),
        "place": life.place,
        "source": life.source,
        "online_offered": life.online_offered,
    }


def _due(due_at: Minute | None, terms: Terms) -> Data:
    if due_at is None:
        return {}
    one, three, five = warn_days(due_at, terms.calendar)
    return {
        "due": iso_minute(due_at),
        "warn_1": date_of(one).isoformat(),
        "warn_3": date_of(three).isoformat(),
        "warn_5": date_of(five).isoformat(),
    }


def _file(life: Life, at: Minute, facts: Facts, terms: Terms) -> tuple[Changes, Data]:
    due_at = acceptance_due(filed_at=at, hours=terms.acceptance_hours, calendar=terms.calendar)
    return (
        {"filed_at": at, "acceptance_due_at": due_at},
        {**_what(life), "acceptance_due": iso_minute(due_at)},
    )


def _refile(life: Life, at: Minute, facts: Facts, terms: Terms) -> tuple[Changes, Data]:
    due_at = acceptance_due(filed_at=at, hours=terms.acceptance_hours, calendar=terms.calendar)
    changes: Changes = {"filed_at": at, "acceptance_due_at": due_at}
    return changes, {"acceptance_due": iso_minute(due_at)}


def _receive(life: Life, at: Minute, facts: Facts, terms: Terms) -> tuple[Changes, Data]:
    if life.due_of == "source":
        due_at = life.source_due_at
    elif terms.limit is None:
        due_at = None
    else:
        due_at = due_of(
            received_at=at, limit=terms.limit, calendar=terms.calendar, rules=terms.clock
        ).due_at
    changes: Changes = {
        "received_at": at,
        "due_at": due_at,
        "original_due_at": due_at,
        "clock_unit": life.holder,
    }
    step, said = steps.first_step(life, at, terms)
    data = {**_what(life), **_due(due_at, terms), **said}
    if due_at is not None:
        data["due_of"] = life.due_of
    if terms.limit is not None and life.due_of == "rules":
        data["limit"], data["limit_unit"] = terms.limit.value, terms.limit.unit.value
    return {**changes, **step}, data


def _assign(life: Life, at: Minute, facts: Facts, terms: Terms) -> tuple[Changes, Data]:
    return {"assignee": facts.account}, {"account": facts.account}


def _hand_over(life: Life, at: Minute, facts: Facts, terms: Terms) -> tuple[Changes, Data]:
    changes, data = steps.handed_over(life, facts.step, at, terms)
    return {**changes, "assignee": facts.account}, {"account": facts.account, **data}


def _transfer(life: Life, at: Minute, facts: Facts, terms: Terms) -> tuple[Changes, Data]:
    if facts.body == life.holder:
        raise SameBody
    changes: Changes = {"holder": facts.body, "assignee": ""}
    return changes, {"from_unit": life.holder, "reason": facts.reason or "competence"}


def _ask(life: Life, at: Minute, facts: Facts, terms: Terms) -> tuple[Changes, Data]:
    return {}, {"body": facts.body}


def _request_supplement(life: Life, at: Minute, facts: Facts, terms: Terms) -> tuple[Changes, Data]:
    changes, data = _stand_still(life, at, terms, PauseKind.SUPPLEMENT)
    answer_at = steps.answer_due(life, at, terms)
    if answer_at is not None:
        data["answer_due"] = iso_minute(answer_at)
    return {**changes, "supplements": life.supplements + 1, "answer_due_at": answer_at}, data


def _complete_supplement(
    life: Life, at: Minute, facts: Facts, terms: Terms
) -> tuple[Changes, Data]:
    changes, data = _run_again(life, at, facts, terms)
    return {**changes, "answer_due_at": None}, data


def _notify_obligation(life: Life, at: Minute, facts: Facts, terms: Terms) -> tuple[Changes, Data]:
    if not terms.pauses_for_obligation:
        return {}, _due(life.due_at, terms)
    return _stand_still(life, at, terms, PauseKind.OBLIGATION)


def _pause_clock(life: Life, at: Minute, facts: Facts, terms: Terms) -> tuple[Changes, Data]:
    reason = facts.reason or VERIFICATION
    # What another system tells has happened there, under a law we may not know.
    if life.due_of != "source" and reason not in terms.pause_reasons:
        raise ClockRunsOn
    changes, data = _stand_still(life, at, terms, PauseKind.OBLIGATION)
    return changes, {**data, "reason": reason}


def _run_again(life: Life, at: Minute, facts: Facts, terms: Terms) -> tuple[Changes, Data]:
    if not life.is_waiting:  # this law or this mode did not stop the clock
        return {}, _due(life.due_at, terms)
    pauses = _closed(life.pauses, at)
    due_at = _recount(life, pauses, terms)
    smaller, said = steps.waited(life, pauses, terms)
    return {"pauses": pauses, "due_at": due_at, **smaller}, {**_due(due_at, terms), **said}


def _stand_still(life: Life, at: Minute, terms: Terms, kind: PauseKind) -> tuple[Changes, Data]:
    """Begin a pause; a dossier that is overdue already keeps its due moment and stays overdue."""
    pauses = (*life.pauses, Pause(at, None, kind))
    due_at = _recount(life, pauses, terms)
    if life.due_of == "source" and due_at is not None and at < due_at:
        due_at = None  # the source says how long it waited when it tells of the end
    waits = due_at is None and life.due_at is not None
    data: Data = {"waits": True} if waits else _due(due_at, terms)
    smaller, said = steps.waited(life, pauses, terms)
    return {"pauses": pauses, "due_at": due_at, **smaller}, {**data, **said}


def _recount(life: Life, pauses: tuple[Pause, ...], terms: Terms) -> Minute | None:
    if life.due_of == "source":
        return life.extension.due_at if life.extension else life.source_due_at
    if terms.limit is None or life.received_at is None:
        return None
    return due_of(
        received_at=life.received_at,
        limit=terms.limit,
        calendar=terms.calendar,
        pauses=pauses,
        rules=terms.clock,
        extension=life.extension,
    ).due_at


def _closed(pauses: tuple[Pause, ...], at: Minute) -> tuple[Pause, ...]:
    *before, last = pauses
    return (*before, last._replace(to_at=max(at, last.from_at)))


def _extend(life: Life, at: Minute, facts: Facts, terms: Terms) -> tuple[Changes, Data]:
    if life.due_at is None or facts.due_at is None:
        raise NoDueToMove
    if life.extensions >= terms.max_extensions:
        raise NoSuchExtension(most=terms.max_extensions)
    if day_of(at) > day_of(life.due_at) - terms.extension_notice_days:
        raise ExtensionTooLate(days=terms.extension_notice_days, due=day_text(day_of(life.due_at)))
    if facts.due_at <= life.due_at:
        raise NewDueNotLater(due=day_text(day_of(life.due_at)))
    nth = life.extensions + 1
    changes: Changes = {
        "extension": Extension(at, facts.due_at),
        "extensions": nth,
        "due_at": facts.due_at,
    }
    data: Data = {"nth": nth, "due_before": iso_minute(life.due_at)}
    return changes, {**_due(facts.due_at, terms), **data}


def _submit(  # noqa: PLR0917
    role: str, life: Life, at: Minute, facts: Facts, terms: Terms
) -> tuple[Changes, Data]:
    if facts.outcome not in (Outcome.POSITIVE, Outcome.NEGATIVE):
        raise NoOutcome
    changes, data = steps.moved_on(life, role, at, terms)
    said = {"outcome": facts.outcome.value, **data}
    return {"outcome": facts.outcome, **changes}, said


def _go_on(  # noqa: PLR0917
    role: str, life: Life, at: Minute, facts: Facts, terms: Terms
) -> tuple[Changes, Data]:
    return steps.moved_on(life, role, at, terms)


def _send_back(life: Life, at: Minute, facts: Facts, terms: Terms) -> tuple[Changes, Data]:
    return steps.moved_back(life, at, terms)


def _number(life: Life, at: Minute, facts: Facts, terms: Terms) -> tuple[Changes, Data]:
    outcome = facts.outcome or life.outcome
    if outcome not in (Outcome.POSITIVE, Outcome.NEGATIVE):
        raise NoOutcome
    changes, data = _end(life, at, terms, outcome)
    return changes, {**data, "outcome": outcome.value}


def _end(life: Life, at: Minute, terms: Terms, outcome: Outcome) -> tuple[Changes, Data]:
    due_at = final_due(life, at=at, terms=terms)
    pauses = _closed(life.pauses, at) if life.is_waiting else life.pauses
    changes: Changes = {"outcome": outcome, "ended_at": at, "due_at": due_at, "pauses": pauses}
    return changes, {"due": iso_minute(due_at)} if due_at is not None else {}


def _return(life: Life, at: Minute, facts: Facts, terms: Terms) -> tuple[Changes, Data]:
    return {"returned_at": at}, {"way": facts.way or "counter"}


def _withdraw(life: Life, at: Minute, facts: Facts, terms: Terms) -> tuple[Changes, Data]:
    return _end(life, at, terms, Outcome.WITHDRAWN)


def _stop(life: Life, at: Minute, facts: Facts, terms: Terms) -> tuple[Changes, Data]:
    return _end(life, at, terms, Outcome.STOPPED)


def _stop_unanswered(life: Life, at: Minute, facts: Facts, terms: Terms) -> tuple[Changes, Data]:
    if life.answer_due_at is None or at <= life.answer_due_at:
        raise AnswerNotOver
    return _stop(life, at, facts, terms)


def _refuse(life: Life, at: Minute, facts: Facts, terms: Terms) -> tuple[Changes, Data]:
    return {"outcome": Outcome.REFUSED, "ended_at": at}, {}


def _move_due(life: Life, at: Minute, facts: Facts, terms: Terms) -> tuple[Changes, Data]:
    """Stand where the change says: it has counted under the law and calendar that now hold."""
    if facts.due_at == life.due_at:
        raise DueStands
    waits = facts.due_at is None and life.is_waiting
    data: Data = {"waits": True} if waits else _due(facts.due_at, terms)
    was = None if life.due_at is None else iso_minute(life.due_at)
    step, step_data = steps.waited(life._replace(leg_rows=()), life.pauses, terms)
    data = {**data, **step_data, "was": was, "change": facts.change}
    return {**step, "due_at": facts.due_at}, data


def _note_step(life: Life, at: Minute, facts: Facts, terms: Terms) -> tuple[Changes, Data]:
    return {}, dict(facts.activity or {})


EFFECTS: dict[str, Effect] = {
    moves.FILE.name: _file,
    moves.REFILE.name: _refile,
    moves.RECEIVE_NEW.name: _receive,
    moves.RECEIVE.name: _receive,
    moves.REFUSE.name: _refuse,
    moves.ASSIGN.name: _assign,
    moves.HAND_OVER.name: _hand_over,
    moves.TRANSFER.name: _transfer,
    moves.ASK_CONSULTATION.name: _ask,
    moves.OPEN_LEG.name: legs.open_leg,
    moves.CLOSE_LEG.name: legs.close_leg,
    moves.REQUEST_SUPPLEMENT.name: _request_supplement,
    moves.COMPLETE_SUPPLEMENT.name: _complete_supplement,
    moves.NOTIFY_OBLIGATION.name: _notify_obligation,
    moves.MEET_OBLIGATION.name: _run_again,
    moves.PAUSE_CLOCK.name: _pause_clock,
    moves.RESUME_CLOCK.name: _run_again,
    moves.EXTEND.name: _extend,
    moves.SUBMIT.name: partial(_submit, "head"),
    moves.SUBMIT_FOR_SIGNATURE.name: partial(_submit, "signatory"),
    moves.APPROVE.name: partial(_go_on, "signatory"),
    moves.SEND_BACK.name: _send_back,
    moves.SIGN.name: partial(_go_on, "registry_clerk"),
    moves.NUMBER.name: _number,
    moves.RESOLVE_ELSEWHERE.name: _number,
    moves.RETURN.name: _return,
    moves.WITHDRAW.name: _withdraw,
    moves.STOP.name: _stop,
    moves.MOVE_DUE.name: _move_due,
    moves.MOVE_LIMITS.name: following.move_limits,
    moves.STOP_UNANSWERED.name: _stop_unanswered,
    moves.NOTE_STEP.name: _note_step,
    moves.ESCALATE.name: crossings.escalate,
    **{moves.NOTES[kind].name: partial(crossings.note, kind) for kind in Crossing},
}
