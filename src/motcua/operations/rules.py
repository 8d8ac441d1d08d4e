"""What a kiosk may be: how long it lasts, how fast it turns, and its secret."""

import hashlib
import secrets
from datetime import date

from motcua.kit.refusals import NOT_FOUND, Refused
from motcua.kit.words import gettext_noop

SECRET_BYTES = 24  # 192 bits
FASTEST, SLOWEST = 5, 3600  # seconds a wall stays
LONGEST_DAYS = 366
MOST_WALLS = 12
LONGEST_NAME = 80


class NoName(Refused):
    """A wall or kiosk without a name, or with one too long."""

    message = gettext_noop("Give it a name of 1 to %(most)s letters.")


class NotAWall(Refused):
    """An address that shows no wall."""

    message = gettext_noop("This address shows no wall: %(reason)s")


class NoWalls(Refused):
    """A kiosk that would show nothing, or too much."""

    message = gettext_noop("Choose 1 to %(most)s saved walls of this unit.")


class WrongPace(Refused):
    """Seconds nobody can read a wall in, or too many."""

    message = gettext_noop("Let each wall stay %(fastest)s to %(slowest)s seconds.")


class WrongEnd(Refused):
    """A last day that is past, or too far."""

    message = gettext_noop(
        "Choose a last day from today on, at most %(most)s days ahead. Write it as 24/11/2026."
    )


class NoSuchKiosk(Refused):
    """There is no kiosk or wall of this number where the person may keep them."""

    message = gettext_noop("There is no such kiosk or saved wall. Open the page of kiosks again.")
    status = NOT_FOUND


def new_secret() -> str:
    """Make the secret of a kiosk's address."""
    return secrets.token_urlsafe(SECRET_BYTES)


def digest_of(secret: str) -> str:
    """Give what is kept of a secret: it is long and random, so a plain hash cannot be guessed."""
    return hashlib.sha256(secret.encode()).hexdigest()


def check_name(name: str) -> None:
    """Refuse an empty or endless name. Errors: NoName."""
    if not 0 < len(name) <= LONGEST_NAME:
        raise NoName(most=LONGEST_NAME)


def check_kiosk(*, walls: int, seconds: int, last_day: date | None, today: date) -> date:
    """Refuse what no kiosk can be; give its last day. Errors: NoWalls, WrongPace, WrongEnd."""
    if not 0 < walls <= MOST_WALLS:
        raise NoWalls(most=MOST_WALLS)
    if not FASTEST <= seconds <= SLOWEST:
        raise WrongPace(fastest=FASTEST, slowest=SLOWEST)
    if last_day is None or not 0 <= (last_day - today).days <= LONGEST_DAYS:
        raise WrongEnd(most=LONGEST_DAYS)
    return last_day
