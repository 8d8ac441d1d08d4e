"""A change of the calendar or of a limit in plain words: what it is, and why a dossier moves."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from motcua.dossiers.change_models import NAMES, ClockChange, Preview, State
from motcua.dossiers.changes.drafts import (
    ChangeDraft,
    Replaced,
    days_entered,
    from_json,
    replaced_from,
    scopes_of,
    what_of,
)
from motcua.dossiers.changes.listing import Listed
from motcua.kit.calendar import DayKind
from motcua.kit.clock import Limit
from motcua.kit.moments import day_number, day_of
from motcua.kit.words import gettext_noop
from motcua.registry.catalogue import Catalogue
from motcua.registry.drafts import (
    CorrectionDraft,
    DayDraft,
    DecreeDraft,
    RemovalDraft,
    SwapDraft,
    WeekDraft,
)
from motcua.registry.rules import UnknownUnit
from motcua.ui import formats

from .labels import CHANNELS, limit_words

STATES: Mapping[str, tuple[str, str]] = {
    State.DRAFT: (gettext_noop("Draft"), "calm"),
    State.APPLYING: (gettext_noop("Dossiers are being moved"), "warn"),
    State.APPLIED: (gettext_noop("Applied"), "ok"),
    State.REVERSING: (gettext_noop("Dossiers are being moved back"), "warn"),
    State.REVERSED: (gettext_noop("Taken back"), "calm"),
    State.DISCARDED: (gettext_noop("Thrown away"), "calm"),
}
PREVIEWS: Mapping[str, str] = {
    Preview.WANTED: gettext_noop("The preview begins"),
    Preview.COUNTING: gettext_noop("Being counted"),
    Preview.READY: gettext_noop("Preview ready"),
    Preview.STOPPED: gettext_noop("Stopped"),
    Preview.FAILED: gettext_noop("Could not be counted"),
}
OFF = (DayKind.HOLIDAY, DayKind.OBSERVED, DayKind.SWAP_OFF)
WORKED = (DayKind.SWAP_WORK, DayKind.WORKED)
NATION_NAME = gettext_noop("The whole country")
WEEK_TITLES: Mapping[tuple[bool, bool], str] = {  # whether they go, whether they are of service
    (False, False): gettext_noop("Hours from %(day)s"),
    (False, True): gettext_noop("Service hours from %(day)s"),
    (True, False): gettext_noop("Taken out: hours from %(day)s"),
    (True, True): gettext_noop("Taken out: service hours from %(day)s"),
}
WEEKDAYS = range(7)
SHOWN_DAYS = 3
MONDAY = 4  # 5 January 1970, as a count of days


class Told:
    """One change, ready to be told; `known` names its units and procedures."""

    def __init__(self, change: ClockChange, known: Catalogue) -> None:
        self.change, self.known = change, known
        self.draft: ChangeDraft = from_json(change.what, change.draft)
        self.replaced: Replaced = replaced_from(change.replaced)

    @property
    def title(self) -> str:
        """Give the change in one line."""
        return title_of(self.draft, self.replaced, self.known)

    @property
    def scope(self) -> str:
        """Give where it holds."""
        return scope_of(self.draft, self.replaced, self.known)

    @property
    def state(self) -> str:
        """Give how far it is."""
        return _(STATES[self.change.state][0])

    @property
    def tone(self) -> str:
        """Give the tone of its state."""
        return STATES[self.change.state][1]

    def why(self, row: Listed) -> str:
        """Say why one dossier moves."""
        if isinstance(self.draft, CorrectionDraft):
            return self._why_of_limit()
        if isinstance(self.draft, WeekDraft):
            words = _("New hours from %(day)s")
            if self.draft.is_removal:
                words = _("The hours from %(day)s no longer hold")
            return words % {"day": formats.day(self.draft.valid_from)}
        moments = (row.received_at, row.before_at, row.after_at)
        reached = [day_of(at) for at in moments if at is not None]
        is_waiting = row.before_at is None or row.after_at is None
        days = [
            day
            for day in self._days()
            if day_number(day.day) >= min(reached)
            and (is_waiting or day_number(day.day) <= max(reached))
        ]
        return "; ".join(self._why_of_day(day) for day in days or self._days()[:SHOWN_DAYS])

    def _days(self) -> list[DayDraft]:
        """Give the entries that make a difference: new ones, and those that go for good."""
        entered, gone = days_entered(self.draft), self.replaced.days.values()
        stays = {_said(one) for one in entered} & {_said(one) for one in gone}
        again = {one.day for one in entered}
        fresh = [one for one in entered if _said(one) not in stays]
        return fresh + [one for one in gone if one.day not in again]

    def _why_of_day(self, day: DayDraft) -> str:
        said = {"day": formats.day(day.day), "name": day.name, "hours": day.spans}
        if day in self.replaced.days.values():
            return _("%(day)s: “%(name)s” no longer holds") % said
        if day.kind in WORKED:
            return _("%(day)s counts: %(name)s") % said
        if day.kind is DayKind.SERVED:
            return _("%(day)s only receives: %(name)s") % said
        if day.kind is DayKind.CLOSURE and day.spans:
            return _("%(day)s is closed %(hours)s: %(name)s") % said
        return _("%(day)s does not count: %(name)s") % said

    def _why_of_limit(self) -> str:
        assert isinstance(self.draft, CorrectionDraft)  # noqa: S101  said by who asks
        was = self.replaced.limit
        return _("Limit %(new)s instead of %(was)s") % {
            "new": _limit(self.draft),
            "was": "" if was is None else _limit(was),
        }


def title_of(draft: ChangeDraft, replaced: Replaced, known: Catalogue) -> str:
    """Give a change in one line."""
    if isinstance(draft, DayDraft):
        return f"{kind_words(draft)} {formats.day(draft.day)}: {draft.name}"
    if isinstance(draft, SwapDraft):
        return _("Day off %(off)s, worked on %(worked)s: %(name)s") % {
            "off": formats.day(draft.day_off),
            "worked": formats.day(draft.day_worked),
            "name": draft.name,
        }
    if isinstance(draft, RemovalDraft):
        days = ", ".join(f"{formats.day(one.day)} {one.name}" for one in replaced.days.values())
        return _("Taken out of the calendar: %(days)s") % {"days": days}
    if isinstance(draft, DecreeDraft):
        years = ", ".join(sorted({str(one.day.year) for one in draft.days}))
        return _("Days off and worked days of %(years)s by decree") % {"years": years}
    if isinstance(draft, WeekDraft):
        words = _(WEEK_TITLES[draft.is_removal, draft.is_service])
        return words % {"day": formats.day(draft.valid_from)}
    return _("Limit of %(procedure)s: %(limit)s") % {
        "procedure": draft.procedure,
        "limit": _limit(draft),
    }


def kind_words(draft: DayDraft) -> str:
    """Say what kind of day an entry makes."""
    if draft.kind in OFF:
        return _("Day off")
    if draft.kind in WORKED:
        return _("Worked day")
    return _("Receiving only") if draft.kind is DayKind.SERVED else _("Closure")


def scope_of(draft: ChangeDraft, replaced: Replaced, known: Catalogue) -> str:
    """Say where a change holds."""
    if isinstance(draft, CorrectionDraft):
        versions = known.versions(draft.procedure)
        return versions[-1].name if versions else draft.procedure
    return ", ".join(unit_name(key, known) for key in scopes_of(draft, replaced))


def unit_name(key: str | None, known: Catalogue) -> str:
    """Give the name of a unit; nothing is the nation."""
    if not key:
        return _(NATION_NAME)
    try:
        return known.unit(key).name
    except UnknownUnit:
        return key


def facts_of(draft: ChangeDraft, replaced: Replaced, known: Catalogue) -> list[tuple[str, Any]]:
    """Give what the draft says, line by line."""
    facts: list[tuple[str, Any]] = [(_("Kind of change"), _what(draft))]
    if isinstance(draft, CorrectionDraft):
        facts += _limit_facts(draft, replaced)
    else:
        facts.append((_("Holds for"), scope_of(draft, replaced, known)))
    if isinstance(draft, DayDraft) and draft.spans:
        facts.append((_("Hours"), draft.spans.replace(",", ", ")))
    if isinstance(draft, WeekDraft):
        return facts + _week_facts(draft, replaced)
    if isinstance(draft, DecreeDraft):
        facts += [
            (_("Days entered"), formats.number(len(draft.days))),
            (_("Entries they replace"), formats.number(len(draft.replaced_ids))),
            (_("Legal basis"), "; ".join(dict.fromkeys(one.legal_basis for one in draft.days))),
        ]
    elif not isinstance(draft, RemovalDraft):
        facts.append((_("Legal basis"), draft.legal_basis))
    if isinstance(draft, DayDraft | SwapDraft):
        facts.append((_("Source"), draft.source))
    if isinstance(draft, RemovalDraft):
        facts += [(formats.day(one.day), one.legal_basis) for one in replaced.days.values()]
    return facts


def _week_facts(draft: WeekDraft, replaced: Replaced) -> list[tuple[str, Any]]:
    if draft.is_removal and replaced.week is not None:
        draft = replaced.week  # what goes is told as it stands
    hours = [(day, draft.week.get(day, "").replace(",", ", ")) for day in WEEKDAYS]
    return [
        *((formats.weekday(MONDAY + day), spans or _("closed")) for day, spans in hours),
        (_("Legal basis"), draft.legal_basis),
        (_("Source"), draft.source),
    ]


def _limit_facts(draft: CorrectionDraft, replaced: Replaced) -> list[tuple[str, Any]]:
    place = [_(CHANNELS.get(draft.channel, draft.channel)), draft.case]
    facts: list[tuple[str, Any]] = [
        (_("Procedure"), draft.procedure),
        (_("Version of"), formats.day(draft.valid_from)),
        (_("Channel and case"), ", ".join(one for one in place if one) or _("every one")),
        (_("Limit that stands"), _limit(replaced.limit) if replaced.limit else formats.NOTHING),
        (_("Corrected limit"), _limit(draft)),
        (_("Decision, number and day"), draft.decision),
    ]
    if draft.from_day is None:
        facts.append((_("Running dossiers"), _("counted anew with the corrected limit")))
    else:
        words = _("keep the old limit; the corrected one is for receipts from %(day)s on")
        facts.append((_("Running dossiers"), words % {"day": formats.day(draft.from_day)}))
    return facts


def _what(draft: ChangeDraft) -> str:
    if isinstance(draft, WeekDraft) and draft.is_removal:
        return _("Removal of hours of the week")
    return kind_words(draft) if isinstance(draft, DayDraft) else _(NAMES[what_of(draft)])


def _said(day: DayDraft) -> tuple[object, ...]:
    return day.unit_key, day.day, day.kind, day.spans


def _limit(draft: CorrectionDraft) -> str:
    words = limit_words(Limit(draft.value, draft.unit))
    if not draft.zone_extra:
        return words
    return f"{words} (+{limit_words(Limit(draft.zone_extra, draft.unit))})"
