"""What a person or machine may be allowed to do, as a closed set.

A permission is held at a unit (`actors.Actor`); which role brings which permission stands in
`roles`.
"""

from enum import StrEnum, auto


class Permission(StrEnum):
    """One thing that may be done. The value is the code stored and shown in refusals."""

    # To read dossiers and their parties
    READ_DOSSIERS = auto()
    READ_PERSONAL_DATA = auto()
    ENROL_PERSONS = auto()

    # To work at the counter
    FILE_DOSSIER = auto()
    RECEIVE_DOSSIER = auto()
    REFUSE_DOSSIER = auto()
    RETURN_RESULT = auto()
    WITHDRAW_DOSSIER = auto()
    VOID_DOSSIER = auto()

    # To examine a dossier
    HAND_OVER_DOSSIER = auto()
    HANDLE_DOSSIER = auto()
    CONSULT_BODY = auto()
    REQUEST_SUPPLEMENT = auto()
    COMPLETE_SUPPLEMENT = auto()
    OPEN_OBLIGATION = auto()
    SETTLE_OBLIGATION = auto()
    PROPOSE_DECISION = auto()

    # To decide and to issue the result
    APPROVE_PROPOSAL = auto()
    SIGN_DECISION = auto()
    NUMBER_RESULT = auto()
    EXTEND_DOSSIER = auto()
    STOP_DOSSIER = auto()

    # Time as an actor
    WATCH_CLOCK = auto()

    # What exists and applies
    KEEP_UNITS = auto()
    KEEP_PROCEDURES = auto()
    KEEP_CALENDARS = auto()

    # Doors for much at once
    IMPORT_DOSSIERS = auto()
    IMPORT_PROCEDURES = auto()
    WRITE_HISTORY = auto()

    # Figures and the machine room
    READ_WALL = auto()
    READ_READERS = auto()
    KEEP_KIOSKS = auto()

    # Who may
    KEEP_ACCOUNTS = auto()
