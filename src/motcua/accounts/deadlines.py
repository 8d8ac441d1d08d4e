"""What time does to accounts: sessions that are over are forgotten."""

from datetime import datetime

from django.contrib.sessions.models import Session

from .actors import Actor


def forget_sessions(*, clock: Actor, at: datetime) -> int:
    """Delete the rows of sessions that are over; return how many."""
    del clock
    deleted, _ = Session.objects.filter(expire_date__lt=at).delete()
    return deleted
