"""Words for the codes a dossier carries."""

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from motcua.dossiers.rules.life import POSTING, VERIFICATION
from motcua.dossiers.rules.statuses import NAMES, Outcome, Status
from motcua.dossiers.rules.watch import Crossing, Post
from motcua.kit.clock import Limit, LimitUnit
from motcua.kit.words import gettext_noop

CHANNELS = {
    "direct": gettext_noop("At the counter"),
    "online": gettext_noop("Online"),
    "post": gettext_noop("By public post"),
    "other": gettext_noop("Another way"),
}
OUTCOMES = {
    Outcome.POSITIVE: gettext_noop("granted"),
    Outcome.NEGATIVE: gettext_noop("conditions not met"),
    Outcome.WITHDRAWN: gettext_noop("withdrawn"),
    Outcome.STOPPED: gettext_noop("stopped"),
    Outcome.REFUSED: gettext_noop("refused at receipt"),
}
WAYS = {
    "counter": gettext_noop("At the counter, to the applicant"),
    "representative": gettext_noop("At the counter, to the representative"),
    "post": gettext_noop("By public post"),
    "online": gettext_noop("Electronic result"),
}
TRANSFER_REASONS = {
    "competence": gettext_noop("This body is competent"),
    "address": gettext_noop("The matter lies in its area"),
    "reorganisation": gettext_noop("Units were reorganised"),
}
PAUSE_REASONS = {
    VERIFICATION: gettext_noop("Verification on the spot"),
    POSTING: gettext_noop("Public posting"),
}
POSTS = {
    Post.SPECIALIST: gettext_noop("specialist"),
    Post.HEAD: gettext_noop("head of division"),
    Post.SIGNATORY: gettext_noop("signatory"),
}
CROSSINGS = {
    Crossing.DUE_SOON: gettext_noop("due soon"),
    Crossing.OVERDUE: gettext_noop("overdue"),
    Crossing.STEP_OVERDUE: gettext_noop("a step is overdue"),
    Crossing.LEG_OVERDUE: gettext_noop("a part at another body is overdue"),
    Crossing.ACCEPTANCE_OVERDUE: gettext_noop("overdue at receipt"),
    Crossing.ANSWER_SOON: gettext_noop("the applicant's time ends soon"),
    Crossing.ANSWER_OVER: gettext_noop("the applicant's time is over"),
}
# Who acts in the ledger without being a person.
MACHINES = {
    "system": gettext_noop("the program"),
    "clock": gettext_noop("the program"),
    "national-portal": gettext_noop("National Public Service Portal"),
}
TONES: Mapping[Status, str] = {
    Status.FILED: "info",
    Status.TO_REFILE: "warn",
    Status.AWAITING_SUPPLEMENT: "warn",
    Status.AWAITING_OBLIGATION: "warn",
    Status.ON_HOLD: "warn",
    Status.RESULT_READY: "ok",
    Status.RETURNED: "ok",
    Status.RECEIVED: "info",
    Status.IN_PROCESS: "info",
    Status.IN_CONSULTATION: "info",
    Status.AWAITING_APPROVAL: "info",
    Status.AWAITING_SIGNATURE: "info",
    Status.AWAITING_NUMBER: "info",
}


def status_words(status: str) -> str:
    """Give a status in words."""
    return _(NAMES[Status(status)])


def tone_of(status: str) -> str:
    """Give the tone of a status; ended without a result is calm."""
    return TONES.get(Status(status), "calm")


def source_words(source: str) -> str:
    """Give the name of where a dossier was taken in from."""
    return _("demonstration") if source == "demo" else source


def limit_words(limit: Limit | None) -> str:
    """Give a limit in words: `10 ngày làm việc`."""
    if limit is None:
        return _("no legal limit")
    if limit.unit is LimitUnit.SAME_DAY:
        return _("within the day")
    count = limit.total
    words = {
        LimitUnit.WORKING_DAY: ngettext("%(count)s working day", "%(count)s working days", count),
        LimitUnit.WORKING_HOUR: ngettext(
            "%(count)s working hour", "%(count)s working hours", count
        ),
        LimitUnit.CALENDAR_DAY: ngettext("%(count)s day", "%(count)s days", count),
        LimitUnit.MONTH: ngettext("%(count)s month", "%(count)s months", count),
    }
    return words[limit.unit] % {"count": count}


def choice_list(words: Mapping[str, str]) -> list[tuple[str, str]]:
    """Give choices of a form from codes and their words."""
    return [(str(code), _(text)) for code, text in words.items()]
