"""The due moments of many dossiers under one registry. Pure.

Shape of a question: the terms of a row are found by its group and its day 0; rows whose group
has one version for all of them never ask for day 0.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np

from motcua.dossiers.terms import day_zero
from motcua.kit.calendar import Calendar
from motcua.kit.clock import ClockRules, Extension, Limit, Pause, PauseKind, due_of
from motcua.kit.moments import DAY_MINUTES, day_number
from motcua.kit.refusals import Refused
from motcua.registry.cards import ProcedureCard
from motcua.registry.catalogue import Catalogue

from .rows import NO_MOMENT, Flags, Group, Longs, Rows

KINDS = tuple(PauseKind)


@dataclass(frozen=True, slots=True)
class Law:
    """What counts a dossier: its calendar, its limit if it has one, its rules."""

    calendar: Calendar
    limit: Limit | None
    rules: ClockRules


@dataclass
class World:
    """One registry, asked for many dossiers; remembers what it has found for each group."""

    known: Catalogue
    laws: list[Law] = field(default_factory=list)
    _places: dict[tuple[int, Limit | None, ClockRules], int] = field(default_factory=dict)
    _of_group: dict[Group, Sequence[tuple[int, int]]] = field(default_factory=dict)

    def count(self, rows: Rows, groups: Sequence[Group]) -> tuple[Longs, Flags]:
        """Give the due moment of each row, and which rows no rule can count.

        A row without a limit, and one whose clock stands still, has none (`NO_MOMENT`).
        """
        law, unclear = self._laws_of(rows, groups)
        due = np.full(len(rows), NO_MOMENT, np.int64)
        for place in range(len(rows)):
            if unclear[place]:
                continue
            try:
                due[place] = self._count_one(rows, place, self.laws[law[place]])
            except Refused:
                unclear[place] = True
        return due, unclear

    def _count_one(self, rows: Rows, place: int, law: Law) -> int:
        if law.limit is None:
            return NO_MOMENT
        granted = int(rows.granted[place])
        extension = Extension(granted, int(rows.extended[place]))
        found = due_of(
            received_at=int(rows.received[place]),
            limit=law.limit,
            calendar=law.calendar,
            pauses=_pauses_of(rows, place),
            rules=law.rules,
            extension=None if granted == NO_MOMENT else extension,
        ).due_at
        return NO_MOMENT if found is None else found

    def _laws_of(self, rows: Rows, groups: Sequence[Group]) -> tuple[Longs, Flags]:
        """Give the place of each row's law, and which rows have none."""
        law = np.zeros(len(rows), np.int64)
        unclear = np.zeros(len(rows), np.bool_)
        order = np.argsort(rows.group, kind="stable")
        edges = np.flatnonzero(np.diff(rows.group[order])) + 1
        for since, until in pairwise([0, *edges, len(order)]):
            these = order[since:until]
            if len(these):
                found = self._laws_of_group(groups[rows.group[these[0]]], rows.received[these])
                law[these], unclear[these] = found, found < 0
        return law, unclear

    def _laws_of_group(self, group: Group, received: Longs) -> Longs:
        versions = self._versions(group)
        starts = [since for since, _ in versions]
        if len(starts) == 1 and starts[0] * DAY_MINUTES <= received.min():
            return np.full(len(received), versions[0][1], np.int64)
        places = np.array([-1, *(place for _, place in versions)], np.int64)
        calendar = self.known.calendar(group.clock_unit)
        days = [_day_zero(int(at), calendar) for at in received]
        return places[np.searchsorted(starts, days, side="right")]

    def _versions(self, group: Group) -> Sequence[tuple[int, int]]:
        """Give the first day of each version and the place of its law; −1 where withdrawn."""
        found = self._of_group.get(group)
        if found is None:
            calendar = self.known.calendar(group.clock_unit)
            found = [
                (
                    day_number(card.valid_from),
                    -1 if card.is_withdrawn else self._place(card, group, calendar),
                )
                for card in self.known.versions(group.procedure)
            ]
            self._of_group[group] = found
        return found

    def _place(self, card: ProcedureCard, group: Group, calendar: Calendar) -> int:
        limit = self.known.limit(card, group.channel, group.case, zone=group.in_zone)
        key = (id(calendar), limit, card.rules)
        place = self._places.get(key)
        if place is None:
            place = self._places[key] = len(self.laws)
            self.laws.append(Law(calendar, limit, card.rules))
        return place


def _pauses_of(rows: Rows, place: int) -> list[Pause]:
    pauses = rows.pauses
    since, until = np.searchsorted(pauses.owner, [place, place + 1])
    return [
        Pause(
            int(pauses.from_at[n]),
            None if pauses.to_at[n] == NO_MOMENT else int(pauses.to_at[n]),
            KINDS[pauses.kind[n]],
        )
        for n in range(since, until)
    ]


def _day_zero(received_at: int, calendar: Calendar) -> int:
    return day_number(day_zero(received_at, calendar))
