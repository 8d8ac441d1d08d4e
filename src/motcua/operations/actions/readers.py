"""A reader of the ledger is let try again."""

from collections.abc import Sequence
from datetime import datetime
from uuid import NAMESPACE_URL, uuid5

from django.db import transaction
from django.db.models import Max

from motcua.accounts.actors import Actor, require_anywhere
from motcua.accounts.permissions import Permission
from motcua.kit.refusals import NOT_FOUND, Refused
from motcua.kit.words import gettext_noop
from motcua.ledger import keys
from motcua.ledger.models import Event
from motcua.ledger.reading import AnyReader
from motcua.ledger.reading import resume as let_try_again
from motcua.ledger.recording import keep_commit_order, record
from motcua.operations.kinds import READER_RESUMED

HERE = "motcua@2021-01-01"  # the machine room has no unit of its own


class NoSuchReader(Refused):
    """There is no reader of this name."""

    message = gettext_noop("There is no reader “%(reader)s”. Open the page of readers again.")
    status = NOT_FOUND


@transaction.atomic
def resume_reader(
    *,
    name: str,
    readers: Sequence[AnyReader],
    actor: Actor,
    at: datetime,
    key: str | None = None,
) -> None:
    """Let a resting reader try again at once.

    Errors: NoSuchReader, NotAllowed, KeyUsedOtherwise.
    """
    require_anywhere(actor, Permission.READ_READERS)
    if keys.answer_to(key, action=READER_RESUMED.name, actor_id=actor.id) is not None:
        return
    reader = next((one for one in readers if one.name == name), None)
    if reader is None:
        raise NoSuchReader(reader=name)
    keep_commit_order()
    subject = uuid5(NAMESPACE_URL, f"reader:{name}")
    told = Event.objects.filter(subject_id=subject).aggregate(last=Max("subject_version"))["last"]
    let_try_again(reader)
    record(
        READER_RESUMED,
        subject_id=subject,
        version=(told or 0) + 1,
        unit_key=HERE,
        actor_id=actor.id,
        at=at,
        data={"reader": name},
    )
    keys.keep(key, action=READER_RESUMED.name, actor_id=actor.id, answer={"reader": name})
