"""The posts of a local government and what each may do.

Circulars name the posts, not their rights: the cut is practice (docs/adr/0013). It stands in
this one file, as a table to be read from top to bottom.
"""

from collections.abc import Mapping
from enum import StrEnum, auto

from motcua.accounts.permissions import Permission
from motcua.kit.words import gettext_noop


class Role(StrEnum):
    """A post at a unit. The value is the code stored with a grant."""

    COUNTER_CLERK = auto()
    POSTAL_EMPLOYEE = auto()
    HELPER = auto()
    SPECIALIST = auto()
    HEAD_OF_DIVISION = auto()
    SIGNATORY = auto()
    HEAD_OF_CENTRE = auto()
    REGISTRY_CLERK = auto()
    CASHIER = auto()
    PROCEDURE_CONTROL = auto()
    CENTRE_OPERATOR = auto()
    REFORM_OFFICER = auto()
    ADMINISTRATOR = auto()


NAMES: Mapping[Role, str] = {
    Role.COUNTER_CLERK: gettext_noop("Counter clerk"),
    Role.POSTAL_EMPLOYEE: gettext_noop("Postal employee at the counter"),
    Role.HELPER: gettext_noop("Helper of applicants"),
    Role.SPECIALIST: gettext_noop("Specialist"),
    Role.HEAD_OF_DIVISION: gettext_noop("Head of division"),
    Role.SIGNATORY: gettext_noop("Signatory of the People's Committee"),
    Role.HEAD_OF_CENTRE: gettext_noop("Head of the service centre"),
    Role.REGISTRY_CLERK: gettext_noop("Registry clerk"),
    Role.CASHIER: gettext_noop("Cashier"),
    Role.PROCEDURE_CONTROL: gettext_noop("Procedure-control focal point"),
    Role.CENTRE_OPERATOR: gettext_noop("Operator of the Operations Centre"),
    Role.REFORM_OFFICER: gettext_noop("Reform officer"),
    Role.ADMINISTRATOR: gettext_noop("Administrator"),
}

P = Permission

_COUNTER = frozenset(
    {
        P.READ_DOSSIERS,
        P.READ_PERSONAL_DATA,
        P.ENROL_PERSONS,
        P.FILE_DOSSIER,
        P.RECEIVE_DOSSIER,
        P.REFUSE_DOSSIER,
        P.HAND_OVER_DOSSIER,
        P.COMPLETE_SUPPLEMENT,
        P.SETTLE_OBLIGATION,
        P.WITHDRAW_DOSSIER,
        P.RETURN_RESULT,
    }
)
_EXAMINATION = frozenset(
    {
        P.READ_DOSSIERS,
        P.READ_PERSONAL_DATA,
        P.HAND_OVER_DOSSIER,
        P.HANDLE_DOSSIER,
        P.CONSULT_BODY,
        P.REQUEST_SUPPLEMENT,
        P.COMPLETE_SUPPLEMENT,
        P.OPEN_OBLIGATION,
        P.SETTLE_OBLIGATION,
        P.PROPOSE_DECISION,
        P.WITHDRAW_DOSSIER,
    }
)
_DECISION = frozenset({P.EXTEND_DOSSIER, P.STOP_DOSSIER, P.READ_WALL})

PERMISSIONS_OF: Mapping[Role, frozenset[Permission]] = {
    Role.COUNTER_CLERK: _COUNTER,
    Role.POSTAL_EMPLOYEE: frozenset(
        {
            P.READ_DOSSIERS,
            P.READ_PERSONAL_DATA,
            P.ENROL_PERSONS,
            P.FILE_DOSSIER,
            P.RECEIVE_DOSSIER,
            P.COMPLETE_SUPPLEMENT,
            P.RETURN_RESULT,
        }
    ),
    Role.HELPER: frozenset({P.FILE_DOSSIER, P.ENROL_PERSONS}),
    Role.SPECIALIST: _EXAMINATION,
    Role.HEAD_OF_DIVISION: _EXAMINATION | _DECISION | {P.APPROVE_PROPOSAL},
    Role.SIGNATORY: _DECISION
    | {P.READ_DOSSIERS, P.READ_PERSONAL_DATA, P.HAND_OVER_DOSSIER, P.SIGN_DECISION},
    Role.HEAD_OF_CENTRE: _COUNTER | _DECISION | {P.VOID_DOSSIER},
    Role.REGISTRY_CLERK: frozenset({P.READ_DOSSIERS, P.HAND_OVER_DOSSIER, P.NUMBER_RESULT}),
    Role.CASHIER: frozenset({P.READ_DOSSIERS, P.SETTLE_OBLIGATION}),
    Role.PROCEDURE_CONTROL: frozenset(
        {P.READ_DOSSIERS, P.READ_WALL, P.KEEP_PROCEDURES, P.IMPORT_PROCEDURES}
    ),
    Role.CENTRE_OPERATOR: frozenset({P.READ_DOSSIERS, P.READ_WALL, P.READ_READERS, P.KEEP_KIOSKS}),
    Role.REFORM_OFFICER: frozenset({P.READ_DOSSIERS, P.READ_WALL}),
    Role.ADMINISTRATOR: frozenset(
        {
            P.READ_WALL,
            P.READ_READERS,
            P.KEEP_KIOSKS,
            P.KEEP_ACCOUNTS,
            P.KEEP_UNITS,
            P.KEEP_PROCEDURES,
            P.KEEP_CALENDARS,
            P.IMPORT_DOSSIERS,
            P.IMPORT_PROCEDURES,
            P.VOID_DOSSIER,
        }
    ),
}
