"""Keys made by clients: the same key gives the same answer, for ever (docs/adr/0006)."""

import hashlib
from collections.abc import Mapping

from django.db import connection
from django.utils import timezone

from motcua.kit.refusals import Refused
from motcua.kit.words import gettext_noop

from .models import ClientKey


class KeyUsedOtherwise(Refused):
    """The key belongs to another action or another person."""

    message = gettext_noop(
        "This form was already sent for something else. Open the page again and repeat."
    )


def answer_to(
    key: str | None, *, action: str, actor_id: str, about: Mapping[str, object] | None = None
) -> Mapping[str, object] | None:
    """Give the answer this key got before, or None when it is new. A missing key is always new.

    In a transaction the key stays locked until its end: who sends the same key at the same moment
    waits here and then finds the answer. `about` names what the key is used on; a key used on
    something else is refused.

    Errors: KeyUsedOtherwise.
    """
    if not key:
        return None
    _lock(key)
    kept = ClientKey.objects.filter(pk=key).first()
    if kept is None:
        return None
    if (kept.action, kept.actor_id) != (action, actor_id):
        raise KeyUsedOtherwise
    answer: Mapping[str, object] = kept.answer
    if about and any(answer.get(name) != value for name, value in about.items()):
        raise KeyUsedOtherwise
    return answer


def keep(key: str | None, *, action: str, actor_id: str, answer: Mapping[str, object]) -> None:
    """Keep the answer in the transaction of the action itself.

    Errors: RuntimeError outside a transaction. IntegrityError when the same key is being answered
    at this moment: the caller's transaction fails, and the repeated request finds the answer.
    """
    if not key:
        return
    if not connection.in_atomic_block:
        raise RuntimeError("a key is kept in the transaction of its action")
    ClientKey.objects.create(
        key=key,
        action=action,
        actor_id=actor_id,
        answer=dict(answer),
        kept_at=timezone.now(),
    )


def _lock(key: str) -> None:
    # SQLite has one writer at a time anyway. Locked before any row, so nobody waits in a circle.
    if connection.vendor == "postgresql" and connection.in_atomic_block:
        number = int.from_bytes(hashlib.sha256(key.encode()).digest()[:8], signed=True)
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [number])
