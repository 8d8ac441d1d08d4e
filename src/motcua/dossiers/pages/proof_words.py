"""A proof in words: every line as a row to read, its reasons, and the short form for a receipt."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from motcua.kit.clock import Limit, LimitUnit
from motcua.kit.moments import Day, Minute, clock_text, date_of
from motcua.kit.proof import Proof
from motcua.kit.proof import lines as say
from motcua.kit.proof.paper import spans_of
from motcua.kit.words import gettext_noop
from motcua.ui import formats

from .labels import limit_words

KINDS = {
    "holiday": gettext_noop("public holiday"),
    "observed": gettext_noop("day in lieu"),
    "swap_off": gettext_noop("swapped day off"),
    "swap_work": gettext_noop("make-up work day"),
    "worked": gettext_noop("worked by decision"),
    "served": gettext_noop("counter open by decision"),
    "closure": gettext_noop("closed by decision"),
    "weekly_rest": gettext_noop("weekly rest"),
    "hours": gettext_noop("working day"),
    "service": gettext_noop("service hours"),
}
USUAL = frozenset({"hours", "weekly_rest"})  # said once for all days, not at each
LEVELS = {
    "nation": gettext_noop("whole country"),
    "province": gettext_noop("province"),
    "commune": gettext_noop("commune"),
}
MODES = {
    "pauses": gettext_noop("A request to supplement stops the clock"),
    "restarts": gettext_noop("A completed supplement lets the count begin anew"),
    "goes_on": gettext_noop("A request to supplement does not stop the clock"),
    "close": gettext_noop("The limit ends at the close of its last day"),
    "same_time": gettext_noop("The limit ends at the clock time of the receipt"),
    "half_day": gettext_noop("The limit ends with the half day of the receipt"),
    "fixed_hour": gettext_noop("The limit ends at a fixed hour: %(clock)s"),
    "same_day_cut_off": gettext_noop("From %(clock)s on, a same-day limit ends the next day"),
    "cut_off": gettext_noop("From %(clock)s on, a receipt counts from the next working day"),
}
WHYS = {
    say.Why.OPEN: gettext_noop("Counts from the receipt; this is day 0"),
    say.Why.SERVICE: gettext_noop("Received in service hours; this is day 0, though not counted"),
    say.Why.BEFORE_HOURS: gettext_noop("Received before opening: counts from here; day 0"),
    say.Why.BETWEEN_HOURS: gettext_noop("Received between opening hours: counts from here; day 0"),
    say.Why.AFTER_HOURS: gettext_noop("Received after closing: counts from here; day 0"),
    say.Why.CLOSED_DAY: gettext_noop("Received on a closed day: counts from here; day 0"),
    say.Why.CUT_OFF: gettext_noop("Received after the cut-off: counts from here; day 0"),
}
PLACES = {
    say.Place.CLOSE: gettext_noop("Due at the close of the day"),
    say.Place.SAME_TIME: gettext_noop("Due at the clock time of the receipt, or the next opening"),
    say.Place.HALF_DAY: gettext_noop("Due at the end of the half day"),
    say.Place.FIXED_HOUR: gettext_noop("Due at the fixed hour"),
    say.Place.MINUTES: gettext_noop("Due when the last minute is counted"),
    say.Place.APPOINTED: gettext_noop("Due as appointed anew"),
}
TOLD = {
    say.Told.STOPS: gettext_noop("stops the clock"),
    say.Told.RESTARTS: gettext_noop("lets the count begin anew when it is complete"),
    say.Told.GOES_ON: gettext_noop("does not stop the clock by the rule of this procedure"),
    say.Told.EMPTY: gettext_noop("lasted no minute: left out"),
}
PASSED = {
    say.Passed.BEFORE_COUNT: gettext_noop("Moves nothing: it ended before the count began"),
    say.Passed.BEFORE_EXTENSION: gettext_noop("Moves nothing: the new appointment knows it"),
    say.Passed.AFTER_DUE: gettext_noop("Moves nothing: it began when the limit was over"),
}
PAUSES = {
    "supplement": gettext_noop("Request to supplement"),
    "obligation": gettext_noop("Obligation, verification or posting"),
}
PARTS_OF_A_DAY = ("half_day", "quarter_day")


@dataclass(frozen=True)
class Row:
    """One line of a proof to read. `tone`: how it weighs: counted, skipped, waited, mark or none.

    `because` names who says so: kind, level, legal basis, source.
    """

    when: str
    number: str
    text: str
    because: str = ""
    tone: str = ""


def row_of(line: say.Line) -> Row:
    """Give one line in words."""
    return ROWS[type(line)](line)


def reason(one: say.Because) -> str:
    """Give the name of a reason, or what kind it is."""
    return one.name or _(KINDS[one.kind])


def source(one: say.Because) -> str:
    """Give who says so: kind, level, legal basis, source."""
    said = [_(KINDS[one.kind]) if one.name else "", _(LEVELS[one.level])]
    return "; ".join(part for part in (*said, one.legal_basis, one.source) if part)


def usual_hours(proof: Proof) -> list[str]:
    """Give who sets the weekday hours of the days of a proof, each once."""
    found = [
        source(one)
        for line in proof.lines
        if isinstance(line, say.OneDay | say.OpenTime)
        for one in line.because
        if one.kind in USUAL
    ]
    return list(dict.fromkeys(found))


def limit_in_words(limit: Any) -> str:
    """Give a limit of a dossier or of a step in words: `10 ngày làm việc`, `1 buổi`."""
    if limit.unit == PARTS_OF_A_DAY[0]:
        return ngettext("%(count)s half day", "%(count)s half days", limit.value) % {
            "count": limit.value
        }
    if limit.unit == PARTS_OF_A_DAY[1]:
        return ngettext("%(count)s quarter day", "%(count)s quarter days", limit.value) % {
            "count": limit.value
        }
    extra = getattr(limit, "zone_extra", 0)
    unit = LimitUnit(limit.unit)
    return limit_words(Limit(max(limit.value, 1), unit, extra))


# One function a kind of line


def _received(line: say.Received) -> Row:
    return Row(formats.moment(line.received_at), "", _("Received"), tone="mark")


def _limited(line: say.Limited) -> Row:
    text = _("Time limit: %(limit)s") % {"limit": limit_in_words(line)}
    if line.zone_extra:
        text += " " + _("(of these %(extra)s for a remote or difficult zone)") % {
            "extra": line.zone_extra
        }
    return Row("", "", text)


def _as_days(line: say.AsDays) -> Row:
    text = _("%(hours)s working hours are %(days)s working days of %(usual)s minutes")
    usual = formats.number(line.day_minutes)
    return Row("", "", text % {"hours": line.hours, "days": line.days, "usual": usual})


def _as_minutes(line: say.AsMinutes) -> Row:
    text = _("That is %(minutes)s open minutes: a usual working day has %(usual)s")
    return Row("", "", text % {"minutes": line.minutes, "usual": line.day_minutes})


def _mode(line: say.Mode) -> Row:
    clock = "" if line.at_clock is None else clock_text(line.at_clock)
    words = _(MODES[line.value or line.name])
    return Row("", "", words % {"clock": clock} if clock else words)


def _effective(line: say.Effective) -> Row:
    said = [one for one in line.because if one.kind not in USUAL]
    text = ": ".join([_(WHYS[line.why]), *(reason(one) for one in said)])
    because = " · ".join(source(one) for one in said)
    return Row(formats.moment(line.effective_at), "0", text, because, "mark")


def _one_day(line: say.OneDay) -> Row:
    text = ", ".join(reason(one) for one in line.because)
    if line.fate is say.Fate.WAITED:
        text = _("the clock waits") + (f" ({text})" if _special(line.because) else "")
    return _of_day(line, _number(line), text)


def _open_time(line: say.OpenTime) -> Row:
    text = _("%(spans)s: %(minutes)s minutes, together %(total)s") % {
        "spans": ", ".join(spans_of(line.spans)),
        "minutes": formats.number(line.minutes),
        "total": formats.number(line.total),
    }
    if line.fate is say.Fate.WAITED:
        text = _("the clock waits") + f": {text}"
    said = [reason(one) for one in _special(line.because)]
    return _of_day(line, "", "; ".join([text, *said]))


def _number(line: say.OneDay) -> str:
    return "" if line.number is None else str(line.number)


def _special(because: Iterable[say.Because]) -> list[say.Because]:
    return [one for one in because if one.kind not in USUAL]


def _of_day(line: say.OneDay | say.OpenTime, number: str, text: str) -> Row:
    if not line.is_decided:
        text = _("%(what)s (computed, not decided)") % {"what": text}
    because = " · ".join(source(one) for one in _special(line.because))
    return Row(_day(line.day_on), number, text, because, line.fate.value)


def _same_day(line: say.SameDay) -> Row:
    text = _("Due on the next working day") if line.is_next else _("Due on the same day")
    return Row(_day(line.day_on), "", text, tone="counted")


def _unrolled(line: say.Unrolled) -> Row:
    added = limit_in_words(Limit(line.count, LimitUnit(line.unit)))
    text = _("%(start)s and %(added)s") % {
        "start": formats.day(date_of(line.from_on)),
        "added": added,
    }
    if line.is_clamped:
        text += " " + _("(the month has no such day: its last day)")
    return Row(_day(line.day_on), "", text, tone="counted")


def _rolled(line: say.Rolled) -> Row:
    return Row(_day(line.day_on), "", _("The next working day"), tone="counted")


def _stands(line: say.Stands) -> Row:
    text = "; ".join([_(PLACES[line.place]), *(reason(one) for one in line.because)])
    because = "; ".join(source(one) for one in line.because)
    return Row(formats.moment(line.due_at), "", text, because=because, tone="mark")


def _pause(line: say.PauseTold) -> Row:
    text = f"{_(PAUSES[line.pause_kind])}: {_(TOLD[line.told])}"
    return Row(stretch(line.from_at, line.to_at), "", text)


def _merged(line: say.Merged) -> Row:
    text = _("%(count)s touching or overlapping pauses are one") % {"count": line.pauses}
    return Row(stretch(line.from_at, line.to_at), "", text)


def _cut(line: say.Cut) -> Row:
    since = formats.moment(line.since_at)
    text = _("Taken from %(since)s only, when the count began") % {"since": since}
    return Row(stretch(line.from_at, line.to_at), "", text)


def _passed_over(line: say.PassedOver) -> Row:
    return Row(stretch(line.from_at, line.to_at), "", _(PASSED[line.why]), tone="skipped")


def _waits(line: say.Waits) -> Row:
    due = formats.moment(line.due_at)
    text = _("The clock waits: it began before the limit was over (%(due)s)") % {"due": due}
    return Row(stretch(line.from_at, line.to_at), "", text, tone="mark")


def _moved(line: say.Moved) -> Row:
    if not line.count:
        return Row("", "", _("Nothing counted lies in it: the end does not move"))
    return Row("", "", _("The end moves by %(by)s") % {"by": moved_words(line)}, tone="mark")


def moved_words(line: say.Moved) -> str:
    """Give by how much a pause moves the end."""
    count = line.count
    if line.unit == "minute":
        words = ngettext("%(count)s open minute", "%(count)s open minutes", count)
        return words % {"count": formats.number(count)}
    return limit_words(Limit(count, LimitUnit(line.unit)))


def _restarted(line: say.Restarted) -> Row:
    text = _("Supplement complete: the count begins anew")
    return Row(stretch(line.asked_at, line.completed_at), "", text, tone="mark")


def _extended(line: say.Extended) -> Row:
    due = formats.moment(line.due_at)
    text = _("Appointed anew for %(due)s, with an apology (form 04)") % {"due": due}
    return Row(formats.moment(line.granted_at), "", text, tone="mark")


def _if_resumed(line: say.IfResumed) -> Row:
    return Row(formats.moment(line.now_at), "", _("If the clock ran again now"), tone="mark")


def _end(line: say.End) -> Row:
    if line.due_at is not None:
        return Row(formats.moment(line.due_at), "", _("Appointment"), tone="mark")
    text = _("No appointment while the clock stands still")
    if line.projected_at is not None:
        at = formats.moment(line.projected_at)
        text += "; " + _("if it ran again now: %(at)s") % {"at": at}
    return Row("", "", text, tone="mark")


def stretch(from_at: Minute, to_at: Minute | None) -> str:
    """Give a stretch of time; one without an end still runs."""
    return f"{formats.moment(from_at)} – {formats.moment(to_at) if to_at is not None else '…'}"


def _day(day: Day) -> str:
    return f"{formats.weekday(date_of(day))} {formats.day(date_of(day))}"


ROWS: Mapping[type[say.Line], Callable[[Any], Row]] = {
    say.Received: _received,
    say.Limited: _limited,
    say.AsDays: _as_days,
    say.AsMinutes: _as_minutes,
    say.Mode: _mode,
    say.Effective: _effective,
    say.OneDay: _one_day,
    say.OpenTime: _open_time,
    say.SameDay: _same_day,
    say.Unrolled: _unrolled,
    say.Rolled: _rolled,
    say.Stands: _stands,
    say.PauseTold: _pause,
    say.Merged: _merged,
    say.Cut: _cut,
    say.PassedOver: _passed_over,
    say.Waits: _waits,
    say.Moved: _moved,
    say.Restarted: _restarted,
    say.Extended: _extended,
    say.IfResumed: _if_resumed,
    say.End: _end,
}
