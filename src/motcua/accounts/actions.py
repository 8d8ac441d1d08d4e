"""The only door for writing accounts and rights."""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from motcua.ledger.kinds import EventKind
from motcua.ledger.recording import record

from . import kinds, rules
from .actors import Actor, NotAllowed, require, require_anywhere
from .models import Account, Grant
from .permissions import Permission
from .roles import Role
from .rules import EVERYWHERE


@transaction.atomic
def open_account(
    *,
    username: str,
    name: str,
    password: str | None,
    actor: Actor,
    at: datetime,
    must_change_password: bool = True,
) -> UUID:
    """Open an account that may sign in but holds no right yet, and give its id.

    Without a password nobody can sign in with it until one is set by `reset_password`.

    Errors: NotAllowed, UsernameNotClear, UsernameTaken, PasswordTooWeak.
    """
    require_anywhere(actor, Permission.KEEP_ACCOUNTS)
    username = rules.tidy_username(username)
    rules.check_username(username)
    if Account.objects.filter(username=username).exists():
        raise rules.UsernameTaken(username=username)
    account = Account(
        username=username,
        name=name.strip() or username,
        must_change_password=must_change_password,
        opened_at=at,
    )
    if password is None:
        account.set_unusable_password()
    else:
        _set_password(account, password)
    _step(account, kinds.OPENED, actor=actor, at=at)
    return account.id


@transaction.atomic
def grant_role(
    *,
    account_id: UUID,
    role: Role,
    unit_key: str,
    actor: Actor,
    at: datetime,
    valid_from: date | None = None,
    valid_to: date | None = None,
) -> UUID:
    """Give an account a role at a unit and below it, or everywhere; give the id of the grant.

    The same role at the same unit from the same day is given once: asked again, it gets the
    period asked for.

    Errors: NotAllowed, AccountClosed, PeriodBackwards, LastAdministrator.
    """
    require(actor, Permission.KEEP_ACCOUNTS, unit_key=unit_key)
    account = _lock(account_id)
    if not account.is_active:
        raise rules.AccountClosed
    first = valid_from or timezone.localdate(at)
    rules.check_period(valid_from=first, valid_to=valid_to)
    grant, is_new = Grant.objects.get_or_create(
        account=account,
        role=role,
        unit_key=unit_key,
        valid_from=first,
        defaults={"valid_to": valid_to},
    )
    if not is_new and valid_to is not None:
        after = max(valid_to, timezone.localdate(at) - timedelta(days=1)) + timedelta(days=1)
        _keep_one_administrator(without=Q(pk=grant.pk), on=after)
    if is_new or grant.valid_to != valid_to:
        _end(grant, valid_to)
        _step(account, kinds.GRANTED, actor=actor, at=at, grant=grant)
    return grant.id


@transaction.atomic
def revoke(*, grant_id: UUID, actor: Actor, at: datetime) -> None:
    """Take a role back at once; the days on which it was held stay on record.

    A right that begins today, or later, never was: its row goes.

    Errors: NotAllowed, LastAdministrator.
    """
    account = _lock(Grant.objects.values_list("account_id", flat=True).get(pk=grant_id))
    grant = Grant.objects.get(pk=grant_id)
    require(actor, Permission.KEEP_ACCOUNTS, unit_key=grant.unit_key)
    _keep_one_administrator(without=Q(pk=grant_id), on=timezone.localdate(at))
    yesterday = timezone.localdate(at) - timedelta(days=1)
    if grant.valid_to is not None and grant.valid_to <= yesterday:
        return
    grant.valid_to = yesterday
    _step(account, kinds.REVOKED, actor=actor, at=at, grant=grant)
    if grant.valid_from > yesterday:
        grant.delete()
    else:
        _end(grant, yesterday)


@transaction.atomic
def close_account(*, account_id: UUID, actor: Actor, at: datetime) -> None:
    """Close an account for good; whoever is signed in with it is out at the next request.

    Errors: NotAllowed, LastAdministrator.
    """
    account = _lock(account_id)
    _require_over(account, actor=actor, at=at)
    if not account.is_active:
        return
    _keep_one_administrator(without=Q(account_id=account_id), on=timezone.localdate(at))
    account.is_active = False
    account.closed_at = at
    _step(account, kinds.CLOSED, actor=actor, at=at)


@transaction.atomic
def change_password(
    *, account_id: UUID, old_password: str, new_password: str, actor: Actor, at: datetime
) -> None:
    """Let a person change the own password; the person's other sessions end.

    Errors: NotAllowed, WrongPassword, PasswordTooWeak.
    """
    if actor.id != str(account_id):
        raise NotAllowed
    account = _lock(account_id)
    if not account.check_password(old_password):
        raise rules.WrongPassword
    _set_password(account, new_password)
    account.must_change_password = False
    _step(account, kinds.PASSWORD_CHANGED, actor=actor, at=at, data={"by_owner": True})


@transaction.atomic
def reset_password(*, account_id: UUID, password: str, actor: Actor, at: datetime) -> None:
    """Give an account a new password that its owner must change at the next sign-in.

    Errors: NotAllowed, AccountClosed, PasswordTooWeak.
    """
    account = _lock(account_id)
    _require_over(account, actor=actor, at=at)
    if not account.is_active:
        raise rules.AccountClosed
    _set_password(account, password)
    account.must_change_password = True
    _step(account, kinds.PASSWORD_CHANGED, actor=actor, at=at, data={"by_owner": False})


def _lock(account_id: UUID) -> Account:
    return Account.objects.select_for_update().get(pk=account_id)


def _set_password(account: Account, password: str) -> None:
    try:
        validate_password(password, user=account)
    except ValidationError as error:
        raise rules.PasswordTooWeak(advice=" ".join(error.messages)) from error
    account.set_password(password)


def _require_over(account: Account, *, actor: Actor, at: datetime) -> None:
    """Only who keeps the accounts of every unit at which this one holds a role may touch it."""
    require_anywhere(actor, Permission.KEEP_ACCOUNTS)
    held = Grant.objects.filter(Q(valid_to=None) | Q(valid_to__gte=timezone.localdate(at)))
    for unit_key in held.filter(account=account).values_list("unit_key", flat=True):
        require(actor, Permission.KEEP_ACCOUNTS, unit_key=unit_key)


def _keep_one_administrator(*, without: Q, on: date) -> None:
    """Two who revoke each other at once are kept apart by locking all these rows."""
    held = Grant.objects.select_for_update(of=("self",)).filter(
        Q(valid_to=None) | Q(valid_to__gte=on),
        role=Role.ADMINISTRATOR,
        unit_key=EVERYWHERE,
        account__is_active=True,
    )
    all_ids = {grant.pk for grant in held.order_by("pk")}
    gone = set(Grant.objects.filter(without, pk__in=all_ids).values_list("pk", flat=True))
    if gone and gone == all_ids:
        raise rules.LastAdministrator


def _end(grant: Grant, valid_to: date | None) -> None:
    grant.valid_to = valid_to
    grant.save(update_fields=["valid_to"])


def _step(
    account: Account,
    kind: EventKind,
    *,
    actor: Actor,
    at: datetime,
    grant: Grant | None = None,
    data: dict[str, object] | None = None,
) -> None:
    """Write the row and its event: both or neither."""
    account.version += 1
    account.save()
    record(
        kind,
        subject_id=account.id,
        version=account.version,
        unit_key=grant.unit_key if grant else "",
        actor_id=actor.id,
        at=at,
        data=_told(grant) if grant else data,
    )


def _told(grant: Grant) -> dict[str, object]:
    is_everywhere = grant.unit_key == EVERYWHERE
    return {
        "grant": str(grant.id),
        "role": str(grant.role),
        "unit": None if is_everywhere else grant.unit_key,
        "everywhere": is_everywhere,
        "valid_from": grant.valid_from.isoformat(),
        "valid_to": grant.valid_to.isoformat() if grant.valid_to else None,
    }
