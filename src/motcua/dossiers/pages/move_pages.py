"""How each move of the table is offered on a page: its form, its place, its action."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from motcua.accounts.actors import Actor, NotAllowed
from motcua.dossiers import actions
from motcua.dossiers.actions.door import check_right
from motcua.dossiers.models import Dossier
from motcua.dossiers.rules.moves import BY_NAME, Move, moves_from
from motcua.dossiers.rules.statuses import Status
from motcua.kit.moments import is_past
from motcua.kit.words import gettext_noop
from motcua.registry.law import clock_value

from . import move_forms as forms
from .scene import Scene

Action = Callable[..., Dossier]

ONWARD, TIME, OTHERS, END = "onward", "time", "others", "end"
PLACES = {
    ONWARD: gettext_noop("What comes next"),
    TIME: gettext_noop("Papers and time"),
    OTHERS: gettext_noop("People and bodies"),
    END: gettext_noop("End without a result"),
}


@dataclass(frozen=True)
class MovePage:
    """One move as it is offered. `says` tells what it does before it is done.

    A `final` move is shown on a page of its own first, since it cannot be taken back.
    """

    action: Action
    form: type[forms.MoveForm]
    place: str
    icon: str
    says: str
    final: bool = False


OFFERED: Mapping[str, MovePage] = {
    "receive": MovePage(
        actions.receive,
        forms.MoveForm,
        ONWARD,
        "inbox",
        gettext_noop("The papers are complete. The legal clock starts now."),
    ),
    "refile": MovePage(
        actions.refile,
        forms.MoveForm,
        ONWARD,
        "refresh",
        gettext_noop("The applicant has mended the filing. It waits to be received again."),
    ),
    "hand_over": MovePage(
        actions.hand_over,
        forms.HandOverForm,
        ONWARD,
        "send",
        gettext_noop(
            "The next step begins. Within one step a colleague takes over: its limit runs on."
        ),
    ),
    "complete_supplement": MovePage(
        actions.complete_supplement,
        forms.MoveForm,
        ONWARD,
        "file-check",
        gettext_noop("All missing papers are here. The clock runs again, the appointment moves."),
    ),
    "meet_obligation": MovePage(
        actions.meet_obligation,
        forms.MoveForm,
        ONWARD,
        "coin",
        gettext_noop("The proof of payment is here. A stopped clock runs again."),
    ),
    "resume_clock": MovePage(
        actions.resume_clock,
        forms.MoveForm,
        ONWARD,
        "clock-play",
        gettext_noop("Verification or posting is over. The clock runs again."),
    ),
    "answer_consultation": MovePage(
        actions.answer_consultation,
        forms.NoteForm,
        ONWARD,
        "message",
        gettext_noop("The body that was asked has answered."),
    ),
    "submit": MovePage(
        actions.submit,
        forms.DecisionForm,
        ONWARD,
        "upload",
        gettext_noop("The head of division looks at the draft first."),
    ),
    "submit_for_signature": MovePage(
        actions.submit_for_signature,
        forms.DecisionForm,
        ONWARD,
        "signature",
        gettext_noop("The draft goes to the signatory at once."),
    ),
    "approve": MovePage(
        actions.approve,
        forms.MoveForm,
        ONWARD,
        "check",
        gettext_noop("The draft goes on for signature."),
    ),
    "sign": MovePage(
        actions.sign,
        forms.MoveForm,
        ONWARD,
        "signature",
        gettext_noop("The decision goes on to be numbered and sealed."),
    ),
    "number": MovePage(
        actions.number,
        forms.MoveForm,
        ONWARD,
        "rubber-stamp",
        gettext_noop("The result waits at the counter. The legal clock ends here."),
    ),
    "return_result": MovePage(
        actions.return_result,
        forms.ReturnForm,
        ONWARD,
        "file-check",
        gettext_noop("The applicant has the result. The dossier is closed."),
    ),
    "request_supplement": MovePage(
        actions.request_supplement,
        forms.SupplementForm,
        TIME,
        "list-check",
        gettext_noop("Form 02, one complete list. The clock stands still until all is here."),
    ),
    "notify_obligation": MovePage(
        actions.notify_obligation,
        forms.NoteForm,
        TIME,
        "coin",
        gettext_noop("Land tax, fees: the clock stands still where the procedure says so."),
    ),
    "pause_clock": MovePage(
        actions.pause_clock,
        forms.PauseForm,
        TIME,
        "clock-pause",
        gettext_noop("Only for what the law does not count."),
    ),
    "extend": MovePage(
        actions.extend,
        forms.ExtendForm,
        TIME,
        "calendar-plus",
        gettext_noop(
            "Form 04. The appointment can be moved once, and a day before it at the latest."
        ),
    ),
    "assign": MovePage(
        actions.assign,
        forms.AssignForm,
        OTHERS,
        "user-check",
        gettext_noop("The dossier stands in this person's work list."),
    ),
    "transfer": MovePage(
        actions.transfer,
        forms.TransferForm,
        OTHERS,
        "arrows-exchange",
        gettext_noop("Another body becomes competent. The clock goes on."),
    ),
    "ask_consultation": MovePage(
        actions.ask_consultation,
        forms.BodyForm,
        OTHERS,
        "message",
        gettext_noop("Another body gives its opinion. Time runs on."),
    ),
    "open_leg": MovePage(
        actions.open_leg,
        forms.LegForm,
        OTHERS,
        "stack-2",
        gettext_noop("Another body does a part of the work, with a limit of its own."),
    ),
    "close_leg": MovePage(
        actions.close_leg,
        forms.CloseLegForm,
        OTHERS,
        "checks",
        gettext_noop("The other body's part is done."),
    ),
    "send_back": MovePage(
        actions.send_back,
        forms.ReasonForm,
        OTHERS,
        "arrow-left",
        gettext_noop("The specialist gets the draft back with the reason."),
    ),
    "return_for_refiling": MovePage(
        actions.return_for_refiling,
        forms.RefilingForm,
        OTHERS,
        "arrow-left",
        gettext_noop("The applicant mends the filing and sends it again. No legal clock runs yet."),
    ),
    "refuse": MovePage(
        actions.refuse,
        forms.ReasonAndBasisForm,
        END,
        "ban",
        gettext_noop("Form 03. The filing is not received. This cannot be taken back."),
        final=True,
    ),
    "withdraw": MovePage(
        actions.withdraw,
        forms.ReasonForm,
        END,
        "logout",
        gettext_noop("The applicant asks for it. The dossier ends without a result."),
        final=True,
    ),
    "stop": MovePage(
        actions.stop,
        forms.ReasonAndBasisForm,
        END,
        "hand-stop",
        gettext_noop("Form 05. Handling ends for good: this is no pause."),
        final=True,
    ),
    "stop_unanswered": MovePage(
        actions.stop_unanswered,
        forms.UnansweredForm,
        ONWARD,
        "hand-stop",
        gettext_noop("The applicant did not answer in time. Form 05: handling ends for good."),
        final=True,
    ),
    "void": MovePage(
        actions.void,
        forms.ReasonForm,
        END,
        "trash",
        gettext_noop("Typed by mistake: it leaves the statistics and stays in the ledger."),
        final=True,
    ),
}


@dataclass(frozen=True)
class Offer:
    """A move one person may make now, with its form."""

    move: Move
    page: MovePage
    form: forms.MoveForm


def form_of(move: Move, scene: Scene, data: Any = None) -> forms.MoveForm:
    """Give the form of a move; ids carry the move's name, since a page holds many forms."""
    return OFFERED[move.name].form(scene, data, auto_id=f"{move.name}_%s")


def may_make(actor: Actor, move: Move, row: Dossier) -> bool:
    """Say whether the actor holds a right of the move where it is made."""
    try:
        check_right(actor, move, holder=row.holder_key, place=row.place_key, status=row.status)
    except NotAllowed:
        return False
    return True


def makes_sense(move: Move, scene: Scene) -> bool:
    """Say whether a possible move has anything to act on."""
    if move.name == "close_leg":
        return bool(scene.open_legs)
    if move.name == "stop_unanswered":
        return scene.row.answer_due_at is not None and is_past(scene.row.answer_due_at, scene.now)
    if move.name == "pause_clock":
        return bool(scene.pause_reasons)
    if move.name == "extend":
        most = clock_value("max_extensions", scene.law_day)
        return scene.row.due_at is not None and scene.row.extensions < most
    return True


def offers_of(scene: Scene) -> Mapping[str, list[Offer]]:
    """Give what the person may do next, by place on the page, in the order of the table."""
    found: dict[str, list[Offer]] = {place: [] for place in PLACES}
    for move in moves_from(Status(scene.row.status)):
        page = OFFERED[move.name]
        if may_make(scene.actor, move, scene.row) and makes_sense(move, scene):
            found[page.place].append(Offer(move, page, form_of(move, scene)))
    if scene.row.status == Status.IN_PROCESS:  # a decision comes before one more hand-over
        found[ONWARD].sort(key=lambda offer: offer.move.name == "hand_over")
    return found


def move_named(name: str) -> Move | None:
    """Give the move people can make by its name in the address."""
    return BY_NAME[name] if name in OFFERED else None
