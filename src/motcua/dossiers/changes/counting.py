"""The due moments of many dossiers under one registry. Pure.

A dossier is counted by the law of its group on its day 0. Almost all are received under the last
version of their procedure; only for the others is day 0 asked.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from motcua.kit.calendar import Calendar
from motcua.kit.clock import ClockRules, Extension, Limit, LimitUnit, Pause, due_of
from motcua.kit.clock import batch as many
from motcua.kit.moments import DAY_MINUTES, day_number
from motcua.kit.refusals import Refused
from motcua.registry.cards import ProcedureCard
from motcua.registry.catalogue import Catalogue

from .rows import NO_MOMENT, Flags, Group, Longs, Pauses, Rows

NO_LAW = -1
"""Stands for a law where there is none: not in force yet, or withdrawn."""


@dataclass(frozen=True, slots=True)
class Law:
    """What counts a dossier: its calendar, its limit if it has one, its rules."""

    calendar: Calendar
    limit: Limit | None
    rules: ClockRules


@dataclass
class World:
    """One registry, asked for many dossiers; remembers what it has found for each group.

    Shape: `_last`, `_since` by group: the law of the last version, and the minute it begins.
    """

    known: Catalogue
    laws: list[Law] = field(default_factory=list)
    _places: dict[tuple[int, Limit | None, ClockRules], int] = field(default_factory=dict)
    _found: dict[tuple[int, Group], Sequence[tuple[int, int]]] = field(default_factory=dict)
    _last: list[int] = field(default_factory=list)
    _since: list[int] = field(default_factory=list)

    def count(self, rows: Rows, groups: Sequence[Group]) -> tuple[Longs, Flags]:
        """Give the due moment of each row, and which rows no rule can count.

        A row without a limit, and one whose clock stands still, has none (`NO_MOMENT`).
        """
        law = self._laws_of(rows, groups)
        unclear = law == NO_LAW
        due = np.full(len(rows), NO_MOMENT, np.int64)
        has_limit = np.array([one.limit is not None for one in self.laws], np.bool_)
        counts = np.flatnonzero(~unclear)
        counts = counts[has_limit[law[counts]]]
        is_extended = rows.granted[counts] != NO_MOMENT
        self._count_many(rows, counts[~is_extended], law, due=due, unclear=unclear)
        for place in counts[is_extended]:
            self._count_one(rows, int(place), self.laws[law[place]], due=due, unclear=unclear)
        return due, unclear

    def _count_many(
        self, rows: Rows, these: Longs, law: Longs, *, due: Longs, unclear: Flags
    ) -> None:
        if not len(these):
            return
        used, at = np.unique(law[these], return_inverse=True)
        laws = [self.laws[place] for place in used]
        calendars = list({id(one.calendar): one.calendar for one in laws}.values())
        rules = list(dict.fromkeys(one.rules for one in laws))
        which = {id(one): n for n, one in enumerate(calendars)}
        limits = [one.limit for one in laws if one.limit is not None]
        found = many.due_of_many(
            received_at=rows.received[these],
            limit=np.array([one.total for one in limits], np.int64)[at],
            unit=np.array([many.UNITS.index(one.unit) for one in limits], np.int64)[at],
            calendar=calendars,
            calendar_at=np.array([which[id(one.calendar)] for one in laws], np.int64)[at],
            rules=rules,
            rules_at=np.array([rules.index(one.rules) for one in laws], np.int64)[at],
            pauses=_pauses(rows.pauses.of(these), len(these)),
        )
        due[these] = found.due_at
        unclear[these] = found.problem != many.Problem.NONE

    def _count_one(self, rows: Rows, place: int, law: Law, *, due: Longs, unclear: Flags) -> None:
        """Count one with an appointment given anew: the batch knows none, and they are few."""
        granted, extended = int(rows.granted[place]), int(rows.extended[place])
        pauses = _pauses_of(rows, place)
        if all(one.to_at is not None and one.to_at <= granted for one in pauses):
            due[place] = extended  # a fixed moment; only a later pause moves it
            return
        assert law.limit is not None  # noqa: S101  said by who asks
        try:
            found = due_of(
                received_at=int(rows.received[place]),
                limit=law.limit,
                calendar=law.calendar,
                pauses=pauses,
                rules=law.rules,
                extension=Extension(granted, extended),
            ).due_at
        except Refused:
            unclear[place] = True
            return
        due[place] = NO_MOMENT if found is None else found

    def _laws_of(self, rows: Rows, groups: Sequence[Group]) -> Longs:
        """Give the place of each row's law, `NO_LAW` where there is none."""
        for group in groups[len(self._last) :]:
            versions = self._versions(group)
            last, since = versions[-1] if versions else (NO_LAW, 0)
            self._last.append(last)
            self._since.append(since)
        law = np.array(self._last, np.int64)[rows.group]
        earlier = np.flatnonzero(rows.received < np.array(self._since, np.int64)[rows.group])
        if len(earlier):
            law[earlier] = self._laws_by_day_zero(rows, earlier, groups)
        return law

    def _laws_by_day_zero(self, rows: Rows, these: Longs, groups: Sequence[Group]) -> Longs:
        """Give the laws of rows that came before the last version began."""
        places, at = np.unique(rows.group[these], return_inverse=True)
        calendars = [self.known.calendar(groups[place].clock_unit) for place in places]
        found = many.due_of_many(
            received_at=rows.received[these],
            limit=1,
            unit=LimitUnit.SAME_DAY,
            calendar=calendars,
            calendar_at=at,
        )
        day_zero = found.effective_at.astype(np.int64) // DAY_MINUTES * DAY_MINUTES
        law = np.full(len(these), NO_LAW, np.int64)
        for number, place in enumerate(places):
            mine = np.flatnonzero(at == number)
            versions = self._versions(groups[place])
            starts = [since for _, since in versions]
            laws = np.array([NO_LAW, *(one for one, _ in versions)], np.int64)
            law[mine] = laws[np.searchsorted(starts, day_zero[mine], side="right")]
        law[found.problem != many.Problem.NONE] = NO_LAW
        return law

    def _versions(self, group: Group) -> Sequence[tuple[int, int]]:
        """Give the law of each version and the minute its first day begins, oldest first."""
        calendar = self.known.calendar(group.clock_unit)
        alike = (id(calendar), group._replace(clock_unit=""))
        found = self._found.get(alike)
        if found is None:
            found = self._found[alike] = [
                (
                    NO_LAW if card.is_withdrawn else self._place(card, group, calendar),
                    day_number(card.valid_from) * DAY_MINUTES,
                )
                for card in self.known.versions(group.procedure)
            ]
        return found

    def _place(self, card: ProcedureCard, group: Group, calendar: Calendar) -> int:
        limit = self.known.limit(card, group.channel, group.case, zone=group.in_zone)
        key = (id(calendar), limit, card.rules)
        place = self._places.get(key)
        if place is None:
            place = self._places[key] = len(self.laws)
            self.laws.append(Law(calendar, limit, card.rules))
        return place


def _pauses(pauses: Pauses, rows: int) -> many.Pauses | None:
    if not len(pauses.owner):
        return None
    numbers = np.bincount(pauses.owner, minlength=rows)
    return many.Pauses(
        offsets=np.concatenate([[0], np.cumsum(numbers)]),
        from_at=pauses.from_at,
        to_at=pauses.to_at,
        kind=pauses.kind,
    )


def _pauses_of(rows: Rows, place: int) -> list[Pause]:
    pauses = rows.pauses
    since, until = np.searchsorted(pauses.owner, [place, place + 1])
    return [
        Pause(
            int(pauses.from_at[n]),
            None if pauses.to_at[n] == NO_MOMENT else int(pauses.to_at[n]),
            many.KINDS[pauses.kind[n]],
        )
        for n in range(since, until)
    ]
