"""What a foreign file can tell about a dossier, and the words it may use for it."""

from enum import StrEnum


class Field(StrEnum):
    """One thing a column may tell. The value is its name in a mapping file."""

    NUMBER = "number"
    KEY = "key"
    CODE = "code"
    PROCEDURE_CODE = "procedure_code"
    PROCEDURE_NAME = "procedure_name"
    FIELD_NAME = "field_name"
    OWNER = "owner"
    SUBMITTER = "submitter"
    IDENTITY_NUMBER = "identity_number"
    ADDRESS = "address"
    PHONE = "phone"
    CHANNEL = "channel"
    PLACE = "place"
    UNIT = "unit"
    FILED_AT = "filed_at"
    RECEIVED_AT = "received_at"
    LIMIT = "limit"
    DUE_AT = "due_at"
    EXTENDED_TO = "extended_to"
    ASKED_AT = "asked_at"
    SUPPLEMENTED_AT = "supplemented_at"
    ENDED_AT = "ended_at"
    RETURNED_AT = "returned_at"
    STATUS = "status"
    NOTE = "note"
    STEP = "step"
    STEP_INSTANCE = "step_instance"
    STEP_LIFECYCLE = "step_lifecycle"
    STEP_RESOURCE = "step_resource"
    STEP_AT = "step_at"


class Channel(StrEnum):
    DIRECT = "direct"
    ONLINE = "online"
    POST = "post"
    OTHER = "other"


class Said(StrEnum):
    """Where the source says a dossier stands. Source: law.md 2.3, the portal's codes."""

    WAITING = "waiting"
    NOT_RECEIVED = "not_received"
    RECEIVED = "received"
    IN_PROCESS = "in_process"
    SUPPLEMENT = "supplement"
    OBLIGATION = "obligation"
    WITHDRAWN = "withdrawn"
    STOPPED = "stopped"
    DECIDED = "decided"
    DECLINED = "declined"
    RETURNED = "returned"
    VOID = "void"


ENDED = frozenset({Said.WITHDRAWN, Said.STOPPED, Said.DECIDED, Said.DECLINED, Said.RETURNED})

MOMENTS = frozenset(field for field in Field if field.endswith("_at")) | {Field.EXTENDED_TO}
WORDS: dict[Field, frozenset[str]] = {
    Field.CHANNEL: frozenset(Channel),
    Field.STATUS: frozenset(Said),
}
ALWAYS_NEEDED = (Field.KEY, Field.RECEIVED_AT)

OPENING = 7 * 60 + 30
CLOSE = 17 * 60 + 30
STARTS = frozenset({Field.FILED_AT, Field.RECEIVED_AT, Field.STEP_AT})


def minute_of_whole_day(field: Field) -> int:
    """The minute of the day taken where the source gives a date without a time.

    The opening for what begins a dossier, the close for all else, so that a result of the
    appointment day is not called late for want of an hour.
    """
    return OPENING if field in STARTS else CLOSE
