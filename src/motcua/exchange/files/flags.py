"""What may be strange in a row, and why a row is left out, in words."""

from enum import StrEnum

from motcua.kit.words import gettext_noop


class Flag(StrEnum):
    """Strange but readable: the dossier comes in and counts as its times say."""

    DUE_BEFORE_RECEIPT = "due_before_receipt"
    END_BEFORE_RECEIPT = "end_before_receipt"
    END_IS_START = "end_is_start"
    FILED_AFTER_RECEIPT = "filed_after_receipt"
    RETURNED_BEFORE_END = "returned_before_end"
    EXTENDED_BEFORE_DUE = "extended_before_due"
    IN_FUTURE = "in_future"
    END_UNKNOWN = "end_unknown"
    END_SAME_DAY = "end_same_day"
    ENDED_BUT_OPEN = "ended_but_open"
    SUPPLEMENT_UNCLEAR = "supplement_unclear"
    PAUSE_UNKNOWN = "pause_unknown"
    PERSON_UNCLEAR = "person_unclear"
    UNREADABLE = "unreadable"
    ROWS_DIFFER = "rows_differ"
    STEP_UNTIMED = "step_untimed"
    TOLD_TWICE = "told_twice"
    TEST_ROW = "test_row"


class Reject(StrEnum):
    """Why a row cannot be understood."""

    NO_KEY = "no_key"
    NO_RECEIPT = "no_receipt"
    RECEIPT_UNREADABLE = "receipt_unreadable"
    NOT_RECEIVED = "not_received"
    RULE = "rule"


SAYS: dict[str, str] = {
    Flag.DUE_BEFORE_RECEIPT: gettext_noop("due before it was received"),
    Flag.END_BEFORE_RECEIPT: gettext_noop("ended before it was received"),
    Flag.END_IS_START: gettext_noop("ended in the minute it was received"),
    Flag.FILED_AFTER_RECEIPT: gettext_noop("filed after it was received"),
    Flag.RETURNED_BEFORE_END: gettext_noop("result returned before handling ended"),
    Flag.EXTENDED_BEFORE_DUE: gettext_noop("extended to a moment before the appointment"),
    Flag.IN_FUTURE: gettext_noop("a moment lies in the future"),
    Flag.END_UNKNOWN: gettext_noop("said to be finished but without any end: counted as open"),
    Flag.END_SAME_DAY: gettext_noop(
        "finished on the same day without a moment: the close of that day was taken"
    ),
    Flag.ENDED_BUT_OPEN: gettext_noop("said to be open but has an end: counted as ended"),
    Flag.SUPPLEMENT_UNCLEAR: gettext_noop(
        "the moments of the supplement do not fit: left out of the clock"
    ),
    Flag.PAUSE_UNKNOWN: gettext_noop("said to wait but without a moment: its clock runs"),
    Flag.PERSON_UNCLEAR: gettext_noop("details of the owner cannot be kept as written"),
    Flag.UNREADABLE: gettext_noop("a cell could not be read and was left out"),
    Flag.ROWS_DIFFER: gettext_noop("rows of one dossier differ: the first was taken"),
    Flag.STEP_UNTIMED: gettext_noop("a step without a moment was left out"),
    Flag.TOLD_TWICE: gettext_noop("stands more than once in the log: put together as one dossier"),
    Flag.TEST_ROW: gettext_noop("looks like a test dossier"),
    Reject.NO_KEY: gettext_noop("no dossier number"),
    Reject.NO_RECEIPT: gettext_noop("no receipt moment"),
    Reject.RECEIPT_UNREADABLE: gettext_noop("the receipt moment cannot be read"),
    Reject.RULE: gettext_noop("a rule refused it"),
    Reject.NOT_RECEIVED: gettext_noop("waits to be received or was refused at receipt"),
}
