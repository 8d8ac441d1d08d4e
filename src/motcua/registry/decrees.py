"""What a decree would change in a calendar: all of it worked out before anything is written. Pure.

An entry that was decided is never touched. One that was only computed gives way to the decree.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from motcua.kit.calendar import DayKind
from motcua.kit.refusals import Refused
from motcua.kit.words import gettext_noop
from motcua.registry.drafts import DayDraft, DecreeDraft
from motcua.registry.layers import EntryRow, entry_of
from motcua.registry.rules import parse_spans
from motcua.registry.years import Decree, decree_of

BESIDE_OTHERS = frozenset({DayKind.CLOSURE, DayKind.SERVED})
SWAPPED = frozenset({DayKind.SWAP_OFF, DayKind.SWAP_WORK})


class OtherEntry(Refused):
    """The calendar has decided otherwise for this day."""

    message = gettext_noop(
        "The calendar says “%(name)s” of %(day)s (%(source)s), which is decided. Remove that entry"
        " first, or take this row out."
    )


class HalfASwap(Refused):
    """A row of a swap whose other half is neither in the file nor in the calendar."""

    message = gettext_noop(
        "%(day)s is exchanged with %(counterpart)s, but neither the file nor the calendar has that"
        " day as the other half of the swap."
    )


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the file that can be read: `line` in the file, `has_paper` names its decree."""

    line: int
    draft: DayDraft
    has_paper: bool


@dataclass(frozen=True, slots=True)
class Wrong:
    """A row that cannot be used, and why."""

    line: int
    text: str
    refusal: Refused


@dataclass(frozen=True, slots=True)
class Plan:
    """What would change: `added` is new, `decided` was computed and becomes the decree's.

    `left` says the same already. `other` are computed entries of these years that the decree
    does not name; `dropped` those of them that go. `years` with what they rest on afterwards.
    """

    unit_key: str | None
    rows: int
    added: tuple[DayDraft, ...]
    decided: tuple[DayDraft, ...]
    left: tuple[EntryRow, ...]
    other: tuple[EntryRow, ...]
    dropped: tuple[EntryRow, ...]
    replaced: tuple[EntryRow, ...]
    wrong: tuple[Wrong, ...]
    years: tuple[tuple[int, Decree], ...]

    @property
    def draft(self) -> DecreeDraft:
        """Give the change as one draft."""
        gone = tuple(row.entry_id for row in (*self.replaced, *self.dropped))
        return DecreeDraft((*self.added, *self.decided), gone, self.unit_key)

    @property
    def changes_nothing(self) -> bool:
        """Say whether the calendar says all of it already."""
        return not (self.added or self.decided or self.dropped)


def plan_of(
    rows: Sequence[Row],
    wrong: Sequence[Wrong],
    entries: Iterable[EntryRow],
    *,
    unit_key: str | None,
    drops_computed: bool,
) -> Plan:
    """Work out what the rows change in the calendar of a unit; None is the nation."""
    own = [row for row in entries if row.unit_key == unit_key]
    judged = [_judged(row, own, rows, unit_key) for row in rows]
    refused = [one for one in judged if isinstance(one, Wrong)]
    good = [one for one in judged if not isinstance(one, Wrong)]
    replaced = tuple({row.entry_id: row for one in good for row in one.replaces}.values())
    named = {one.draft.day for one in rows}
    years = {day.year for day in named if unit_key is None}
    other = tuple(
        row for row in own if not row.is_decided and row.day.year in years and row.day not in named
    )
    plan = Plan(
        unit_key=unit_key,
        rows=len(rows) + len(wrong),
        added=tuple(one.draft for one in good if not one.stands and not one.replaces),
        decided=tuple(one.draft for one in good if one.replaces),
        left=tuple(row for one in good for row in one.stands),
        other=other,
        dropped=other if drops_computed else (),
        replaced=replaced,
        wrong=tuple(sorted((*wrong, *refused), key=lambda one: one.line)),
        years=(),
    )
    return replace(plan, years=tuple((year, _after(plan, own, year)) for year in sorted(years)))


@dataclass(frozen=True, slots=True)
class _Good:
    """A row that can be used: `stands` says the same already, `replaces` gives way to it."""

    draft: DayDraft
    stands: tuple[EntryRow, ...] = ()
    replaces: tuple[EntryRow, ...] = ()


def _judged(
    row: Row, own: Sequence[EntryRow], rows: Sequence[Row], unit_key: str | None
) -> _Good | Wrong:
    draft = row.draft
    refusal: Refused
    if draft.kind in SWAPPED and not _has_half(draft, own, rows):
        refusal = HalfASwap(day=draft.day, counterpart=draft.counterpart)
        return Wrong(row.line, draft.day.isoformat(), refusal)
    rivals = [one for one in own if one.day == draft.day and _is_rival(one, draft)]
    same = tuple(one for one in rivals if _says_the_same(one, draft))
    is_decided = row.has_paper or unit_key is not None or _is_known(own, draft.day.year)
    if same and (same[0].is_decided or not is_decided):
        return _Good(draft, stands=same)
    for one in rivals:
        if one.is_decided:
            refusal = OtherEntry(name=one.name, day=one.day, source=one.source)
            return Wrong(row.line, draft.day.isoformat(), refusal)
    return _Good(replace(draft, is_decided=is_decided), replaces=tuple(rivals))


def _is_rival(one: EntryRow, draft: DayDraft) -> bool:
    """Closures and served hours stand beside other entries; all else is one word a day."""
    if draft.kind in BESIDE_OTHERS or one.kind in BESIDE_OTHERS:
        return one.kind is draft.kind and one.spans == parse_spans(draft.spans)
    return True


def _says_the_same(one: EntryRow, draft: DayDraft) -> bool:
    return (one.kind, one.spans, one.counterpart) == (
        draft.kind,
        parse_spans(draft.spans),
        draft.counterpart,
    )


def _has_half(draft: DayDraft, own: Iterable[EntryRow], rows: Iterable[Row]) -> bool:
    wanted = SWAPPED - {draft.kind}
    halves = [
        *((one.day, one.counterpart, one.kind) for one in own),
        *((row.draft.day, row.draft.counterpart, row.draft.kind) for row in rows),
    ]
    return any((draft.counterpart, draft.day, kind) in halves for kind in wanted)


def _is_known(own: Iterable[EntryRow], year: int) -> bool:
    return decree_of(own, year) is Decree.DECIDED


def _after(plan: Plan, own: Iterable[EntryRow], year: int) -> Decree:
    """Say what a year rests on once the plan is written."""
    gone = {row.entry_id for row in (*plan.replaced, *plan.dropped)}
    kept = [row for row in own if row.entry_id not in gone]
    return decree_of([*kept, *map(entry_of, (*plan.added, *plan.decided))], year)
