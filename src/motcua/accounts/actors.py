"""The one who acts, and the question whether it may."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from motcua.accounts.permissions import Permission
from motcua.kit.refusals import FORBIDDEN, Refused
from motcua.kit.words import gettext_noop


class NotAllowed(Refused):
    """The actor does not hold the permission where it wants to act."""

    message = gettext_noop("You may not do this here. Ask your administrator for the right.")
    status = FORBIDDEN


@dataclass(frozen=True)
class Actor:
    """A person or machine that acts, with the permissions it holds at each unit.

    `grants` names every unit the rights reach, units below included. `everywhere` holds what is
    allowed at every unit, known and unknown.
    """

    id: str
    name: str = ""
    grants: Mapping[str, frozenset[Permission]] = field(default_factory=dict)
    anywhere: frozenset[Permission] = frozenset()

    @classmethod
    def everywhere(
        cls, actor_id: str, permissions: Iterable[Permission], *, name: str = ""
    ) -> "Actor":
        """Give an actor that may do the named things at every unit."""
        return cls(id=actor_id, name=name or actor_id, anywhere=frozenset(permissions))

    def may(self, permission: Permission, *, unit_key: str) -> bool:
        """Say whether the actor may do this at this unit."""
        held = self.grants.get(unit_key, frozenset())
        return permission in self.anywhere or permission in held

    def may_anywhere(self, permission: Permission) -> bool:
        """Say whether there is a unit at which the actor may do this."""
        return permission in self.anywhere or any(
            permission in held for held in self.grants.values()
        )

    def units_for(self, permission: Permission) -> frozenset[str] | None:
        """Give the units at which the actor may do this; None when it is every unit."""
        if permission in self.anywhere:
            return None
        return frozenset(unit for unit, held in self.grants.items() if permission in held)


SYSTEM = Actor.everywhere("system", Permission, name="motcua")


def require(actor: Actor, permission: Permission, *, unit_key: str) -> None:
    """Let the actor pass or refuse.

    Errors: NotAllowed.
    """
    if not actor.may(permission, unit_key=unit_key):
        raise NotAllowed(permission=permission, unit=unit_key)


def require_anywhere(actor: Actor, permission: Permission) -> None:
    """Let the actor pass when it holds the permission at some unit.

    Errors: NotAllowed.
    """
    if not actor.may_anywhere(permission):
        raise NotAllowed(permission=permission)
