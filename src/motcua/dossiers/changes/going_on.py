"""What the worker does for changes: previews that are wanted, and changes that run."""

import logging
import time
from datetime import datetime
from uuid import UUID

from django.db import transaction

from motcua.dossiers.change_models import RUNNING, ClockChange, Preview, Purpose, State
from motcua.dossiers.kinds import CHANGE_APPLIED, CHANGE_REVERSED
from motcua.ledger.recording import record
from motcua.registry.kinds import NATION

from .looking import look
from .moving import list_todo, move_page
from .previewing import fail, preview
from .refusals import PreviewBroken

logger = logging.getLogger(__name__)

MOST_SECONDS = 2.0  # then others have their turn; the rest follows in the next round


def go_on(*, at: datetime) -> int:
    """Do the next part of whatever waits; give how many steps were done.

    A crash leaves a running change as it is: the next round goes on where it stopped. A preview
    that breaks says so, and is counted again when somebody asks for it.

    Errors: what broke a running change, when all others have had their turn.
    """
    done, until = 0, time.monotonic() + MOST_SECONDS
    waiting = ClockChange.objects.filter(
        state=State.DRAFT, preview__in=[Preview.WANTED, Preview.COUNTING]
    )
    for change_id in list(waiting.order_by("made_at").values_list("pk", flat=True)):
        _preview(change_id)
        done += 1
    running = ClockChange.objects.filter(state__in=RUNNING)
    broken: Exception | None = None
    for change_id in list(running.values_list("pk", flat=True)):
        try:
            while time.monotonic() < until and step(change_id, at=at):
                done += 1
        except Exception as error:  # docs/adr/0012: one broken change must not stop the others
            error.add_note(f"change {change_id}")
            broken = broken or error
    if broken is not None:
        raise broken  # said with its change in the log; the worker rests, then tries again
    return done


def _preview(change_id: UUID) -> None:
    try:
        preview(change_id)
    except Exception:  # docs/adr/0012: the next round would begin with the same preview
        logger.exception("preview failed: change %s", change_id)
        fail(change_id, PreviewBroken())


def finish(change_id: UUID, *, at: datetime) -> None:
    """Go through all steps of a running change."""
    while step(change_id, at=at):
        pass


def moved_by(change_id: UUID) -> int:
    """Give how many dossiers a change has moved so far."""
    return ClockChange.objects.get(pk=change_id).moved


def step(change_id: UUID, *, at: datetime) -> bool:
    """Do one step of a running change: move a page, look who else must move, or end it.

    False: it does not run any more. It is looked again, however often, until nobody is found: who
    received a dossier in the moment the change began counted with the old calendar.
    """
    change = ClockChange.objects.get(pk=change_id)
    if change.state not in RUNNING:
        return False
    if change.pages.filter(purpose=Purpose.TODO).exists():
        return move_page(change_id, at=at)
    looked, is_quiet = change.passes, change.moved_in_pass == 0
    if looked > 1 and is_quiet:
        return not _end(change_id, passes=looked, at=at)
    list_todo(change_id, look(change), passes=looked)
    return True


@transaction.atomic
def _end(change_id: UUID, *, passes: int, at: datetime) -> bool:
    """End a change that is quiet; False: another looks again already."""
    change = ClockChange.objects.select_for_update().get(pk=change_id)
    if change.state not in RUNNING:
        return True
    if change.passes != passes:
        return False
    is_back = change.state == State.REVERSING
    change.version += 1
    if is_back:
        change.state, change.reversed_at = State.REVERSED, at
    else:
        change.state, change.applied_at = State.APPLIED, at
    change.save()
    change.pages.all().delete()  # what happened stands in the moves now
    record(
        CHANGE_REVERSED if is_back else CHANGE_APPLIED,
        subject_id=change.pk,
        version=change.version,
        unit_key=change.unit_key or NATION,
        actor_id=change.reversed_by if is_back else change.begun_by,
        at=at,
        data={"moved": change.moved_back if is_back else change.moved},
    )
    return True
