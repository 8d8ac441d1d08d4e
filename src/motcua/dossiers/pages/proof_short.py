"""A proof in short: the answer first, and the few words that fit on a receipt."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import groupby

from django.utils.translation import gettext as _

from motcua.kit.moments import Day, date_of, day_of
from motcua.kit.proof import Proof
from motcua.kit.proof import lines as say
from motcua.kit.words import gettext_noop
from motcua.ui import formats

from .proof_words import USUAL, Row, limit_in_words, moved_words, reason, row_of

OPENING: Mapping[type[say.Line], str] = {
    say.Received: gettext_noop("Receipt"),
    say.PauseTold: gettext_noop("Pauses"),
    say.Extended: gettext_noop("New appointment"),
    say.Restarted: gettext_noop("Begun anew"),
    say.IfResumed: gettext_noop("If the clock ran again now"),
    say.End: gettext_noop("End"),
}
"""Lines that begin a part of their own."""


@dataclass(frozen=True)
class Section:
    """A part of a proof under a heading of its own."""

    title: str
    rows: list[Row]


def answer(proof: Proof) -> str:
    """Give what the count ends in: `Hẹn trả: 17:30 08/12/2026`."""
    if proof.due.due_at is not None:
        return _("Appointment: %(at)s") % {"at": formats.moment(proof.due.due_at)}
    if proof.due.projected_at is not None:
        text = _("The clock stands still; if it ran again now, the appointment would be %(at)s")
        return text % {"at": formats.moment(proof.due.projected_at)}
    return _("The clock stands still: no appointment")


def short_form(proof: Proof) -> str:
    """Give the count in a few words, as on the receipt.

    `10 ngày làm việc; không tính 24/11: Ngày Văn hóa Việt Nam`.
    """
    parts = [limit_in_words(proof.asked.limit), *_start(proof)]
    skipped = [_run(run) for run in _named_runs(proof)]
    if skipped:
        parts.append(_("not counted: %(days)s") % {"days": "; ".join(skipped)})
    worked = [
        f"{_short(line.day_on)}: {reason(line.because[0])}"
        for line in _counted(proof)
        if line.because[0].kind not in USUAL
    ]
    if worked:
        parts.append(_("counted: %(days)s") % {"days": "; ".join(worked)})
    parts.extend(_moves(proof))
    if any(not line.is_decided for line in _days(proof)):
        parts.append(_("the calendar is computed there, not decided"))
    return "; ".join(parts)


def sections_of(proof: Proof, *, law: str = "") -> list[Section]:
    """Give all lines as rows, in parts: receipt, count, what moved it, end.

    `law`: the decision and the law the limit rests on.
    """
    found: list[Section] = []
    for at, line in enumerate(proof.lines):
        title = _opens(proof, at)
        if title or not found:
            found.append(Section(title, []))
        row = row_of(line)
        found[-1].rows.append(replace(row, because=law) if isinstance(line, say.Limited) else row)
    return found


def _opens(proof: Proof, at: int) -> str:
    line, before = proof.lines[at], proof.lines[at - 1] if at else None
    if isinstance(before, say.Effective) and not _goes_on_to_cut_off(proof, at):
        return _("Count")
    if isinstance(before, say.PauseTold | say.IfResumed) and isinstance(line, say.PauseTold):
        return ""
    title = OPENING.get(type(line), "")
    return _(title) if title else ""


def _goes_on_to_cut_off(proof: Proof, at: int) -> bool:
    """Whether the receipt is not placed yet: the cut-off moves it once more."""
    following = next(line for line in proof.lines[at:] if not _is_skipped(line))
    return isinstance(following, say.Effective) and following.why is say.Why.CUT_OFF


def _is_skipped(line: say.Line) -> bool:
    return isinstance(line, say.OneDay) and line.fate is say.Fate.SKIPPED


def _start(proof: Proof) -> list[str]:
    """Say the day the count begins from, where it is not the day of receipt."""
    effective = day_of(proof.due.effective_at)
    if effective == day_of(proof.asked.received_at):
        return []
    return [_("counted from %(day)s") % {"day": _short(effective)}]


def _days(proof: Proof) -> Iterator[say.OneDay | say.OpenTime]:
    """Give the days of the count itself: not those before its receipt, not those of a pause."""
    has_begun, waits = False, False
    for line in proof.lines:
        if isinstance(line, say.Effective):
            has_begun = True
        elif isinstance(line, say.Waits | say.Moved):
            waits = isinstance(line, say.Waits)
        elif isinstance(line, say.IfResumed):
            return
        elif has_begun and not waits and isinstance(line, say.OneDay | say.OpenTime):
            yield line


def _counted(proof: Proof) -> list[say.OneDay | say.OpenTime]:
    by_day = {line.day_on: line for line in _days(proof) if line.fate is say.Fate.COUNTED}
    return [by_day[day] for day in sorted(by_day)]


def _named_runs(proof: Proof) -> list[list[tuple[Day, str]]]:
    """Give days left out for a named reason, neighbours together; weekly rests only join them."""
    skipped = {
        line.day_on: line.because[0]
        for line in _days(proof)
        if line.fate is say.Fate.SKIPPED and line.because
    }
    days = sorted(skipped)
    runs = []
    for _number, group in groupby(enumerate(days), key=lambda one: one[1] - one[0]):
        run = [day for _place, day in group]
        named = [(day, reason(skipped[day])) for day in run if skipped[day].kind not in USUAL]
        if named:
            runs.append(named)
    return runs


def _run(named: list[tuple[Day, str]]) -> str:
    names = list(dict.fromkeys(name for _day, name in named))
    words = names[0] if len(names) == 1 else f"{names[0]} – {names[-1]}"
    first, last = named[0][0], named[-1][0]
    days = _short(first) if first == last else f"{_short(first)}–{_short(last)}"
    return f"{days}: {words}"


def _moves(proof: Proof) -> list[str]:
    """Say what moved the end: each pause that did, a count begun anew, a new appointment."""
    found = []
    for line in proof.lines:
        if isinstance(line, say.IfResumed):
            break
        if isinstance(line, say.Moved) and line.count:
            found.append(_("paused: %(by)s") % {"by": moved_words(line)})
        elif isinstance(line, say.Restarted):
            at = formats.moment(line.completed_at)
            found.append(_("begun anew at %(at)s") % {"at": at})
        elif isinstance(line, say.Extended):
            found.append(_("appointed anew"))
    return found


def _short(day: Day) -> str:
    return f"{date_of(day):%d/%m}"
