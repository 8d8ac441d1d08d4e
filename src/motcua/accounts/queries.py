"""What other rooms may ask about accounts."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from .actors import Actor
from .models import Account, Grant
from .permissions import Permission
from .roles import PERMISSIONS_OF, Role
from .rules import EVERYWHERE, tidy_username


@dataclass(frozen=True)
class Held:
    """A role somebody holds at a unit on the day asked about."""

    role: Role
    unit_key: str


@dataclass(frozen=True)
class AccountCard:
    """Who an account belongs to."""

    id: UUID
    username: str
    name: str
    is_active: bool


def account_named(username: str) -> AccountCard | None:
    """Give the account that signs in with this name, or None."""
    row = Account.objects.filter(username=tidy_username(username)).first()
    return _card(row) if row else None


def is_empty() -> bool:
    """Say whether nobody has an account yet."""
    return not Account.objects.exists()


def names_of(actor_ids: Iterable[str]) -> Mapping[str, str]:
    """Give the names behind actor ids; ids of machines are left out."""
    ids = {found for text in actor_ids if (found := _uuid_or_none(text))}
    rows = Account.objects.filter(pk__in=ids).values_list("id", "name")
    return {str(account_id): name for account_id, name in rows}


def held_by(account_id: UUID, *, on: date) -> tuple[Held, ...]:
    """Give the roles of an account on a day; none when the account is closed."""
    rows = _valid(on).filter(account_id=account_id, account__is_active=True)
    return tuple(
        Held(Role(role), unit_key) for role, unit_key in rows.values_list("role", "unit_key")
    )


def actor_of(
    account_id: UUID, *, name: str, on: date, below: Callable[[str], Iterable[str]]
) -> Actor:
    """Give the actor an account is on a day.

    `below` names a unit and all units below it; accounts know units as opaque text only.
    """
    grants: dict[str, frozenset[Permission]] = {}
    anywhere: frozenset[Permission] = frozenset()
    for held in held_by(account_id, on=on):
        permissions = PERMISSIONS_OF[held.role]
        if held.unit_key == EVERYWHERE:
            anywhere |= permissions
            continue
        for unit_key in {held.unit_key, *below(held.unit_key)}:
            grants[unit_key] = grants.get(unit_key, frozenset()) | permissions
    return Actor(id=str(account_id), name=name, grants=grants, anywhere=anywhere)


def people_who_may(
    permission: Permission, *, unit_keys: Iterable[str], on: date
) -> list[AccountCard]:
    """Give the accounts whose role at one of these very units brings the permission."""
    roles = [role for role, permissions in PERMISSIONS_OF.items() if permission in permissions]
    grants = _valid(on).filter(unit_key__in=list(unit_keys), role__in=roles)
    rows = Account.objects.filter(is_active=True, pk__in=grants.values("account_id"))
    return [_card(row) for row in rows.order_by("name")]


def _valid(on: date) -> QuerySet[Grant]:
    return Grant.objects.filter(Q(valid_to=None) | Q(valid_to__gte=on), valid_from__lte=on)


def _card(row: Account) -> AccountCard:
    return AccountCard(row.id, row.username, row.name, row.is_active)


def _uuid_or_none(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
