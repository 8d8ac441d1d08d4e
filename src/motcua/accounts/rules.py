"""What an account and a grant must look like. Pure."""

import re
from datetime import date

from motcua.kit.refusals import Refused
from motcua.kit.words import gettext_noop

EVERYWHERE = "*"
_USERNAME = re.compile(r"[a-z][a-z0-9._-]{2,63}", re.ASCII)


class UsernameNotClear(Refused):
    """The name could be mistaken for another one."""

    message = gettext_noop(
        "The sign-in name %(username)s cannot be used. Take 3 to 64 small letters without tones, "
        "digits, dots, hyphens or underscores; begin with a letter."
    )


class UsernameTaken(Refused):
    """Somebody signs in with this name already, or once did."""

    message = gettext_noop("The sign-in name %(username)s is taken. Choose another one.")


class AccountClosed(Refused):
    """A closed account gets nothing more."""

    message = gettext_noop("This account is closed. Open a new one.")


class PeriodBackwards(Refused):
    """A right cannot end before it begins."""

    message = gettext_noop("The right ends on %(valid_to)s, before it begins. Correct the dates.")


class LastAdministrator(Refused):
    """Nobody could open an account any more."""

    message = gettext_noop(
        "This is the last administrator of the whole installation. "
        "Give another account that role first."
    )


class WrongPassword(Refused):
    """The password typed to confirm is not the one of the account."""

    message = gettext_noop("The old password is not right. Type it again.")


class PasswordsDiffer(Refused):
    """The new password was typed twice, differently."""

    message = gettext_noop("The two new passwords differ. Type the same one twice.")


class PasswordTooWeak(Refused):
    """The new password is easily guessed; `advice` says how to better it, already translated."""

    message = gettext_noop("Choose a better password: %(advice)s")


def tidy_username(typed: str) -> str:
    """Give the name as it is kept: without blanks around it, in small letters."""
    return typed.strip().lower()


def is_username(text: str) -> bool:
    """Say whether this can be a sign-in name at all."""
    return _USERNAME.fullmatch(text) is not None


def check_username(username: str) -> None:
    """Refuse a name that could be mistaken.

    Errors: UsernameNotClear.
    """
    if not is_username(username):
        raise UsernameNotClear(username=username)


def check_period(*, valid_from: date, valid_to: date | None) -> None:
    """Refuse a period that ends before it begins.

    Errors: PeriodBackwards.
    """
    if valid_to is not None and valid_to < valid_from:
        raise PeriodBackwards(valid_to=valid_to)
