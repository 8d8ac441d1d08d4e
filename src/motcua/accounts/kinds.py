"""The events of this room: ids, roles and units, never a name."""

from motcua.kit.words import gettext_noop
from motcua.ledger.kinds import EventKind, Shape

_GRANT = {
    "grant": Shape.ID,
    "role": Shape.CODE,
    "unit": Shape.UNIT,
    "everywhere": Shape.FLAG,
    "valid_from": Shape.DAY,
    "valid_to": Shape.DAY,
}
OPENED = EventKind("account.opened", gettext_noop("An account was opened"))
GRANTED = EventKind("account.granted", gettext_noop("A role was given at a unit"), _GRANT)
REVOKED = EventKind("account.revoked", gettext_noop("A role was taken back"), _GRANT)
CLOSED = EventKind("account.closed", gettext_noop("An account was closed"))
PASSWORD_CHANGED = EventKind(
    "account.password_changed",
    gettext_noop("A password was changed"),
    {"by_owner": Shape.FLAG},
)
KINDS = (OPENED, GRANTED, REVOKED, CLOSED, PASSWORD_CHANGED)
