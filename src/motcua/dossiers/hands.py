"""Into whose hands a dossier may be given: who holds the rights where it stands."""

from collections.abc import Iterable
from datetime import date

from motcua.accounts.permissions import Permission
from motcua.accounts.queries import AccountCard, people_who_may
from motcua.registry.catalogue import Catalogue
from motcua.registry.rules import UnknownUnit

from .models import Dossier

WORKERS = (Permission.HANDLE_DOSSIER, Permission.RECEIVE_DOSSIER)


def people_near(
    row: Dossier, permissions: Iterable[Permission], *, known: Catalogue, on: date
) -> dict[str, AccountCard]:
    """Give, by account id, who holds one of these rights at the holder, the place or above."""
    keys = {row.holder_key, row.place_key}
    for key in tuple(keys):
        try:
            keys.update(unit.key for unit in known.chain(key))
        except UnknownUnit:
            continue
    return {
        str(person.id): person
        for permission in permissions
        for person in people_who_may(permission, unit_keys=keys, on=on)
    }
