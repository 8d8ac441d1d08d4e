"""What exists and applies, as one frozen picture in memory. Pure: no database, no clock.

A picture is never changed; a write makes the next one (`queries.catalogue`). The few things kept
here after the first question (calendars, lists of units below) only repeat the picture.
"""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from datetime import date

from motcua.kit.calendar import Calendar
from motcua.kit.clock import Limit
from motcua.registry import rules
from motcua.registry.cards import Heir, ProcedureCard, UnitCard
from motcua.registry.layers import EntryRow, HoursRow, Voices, build_calendar

UNNUMBERED = "00"


@dataclass(frozen=True, slots=True)
class PatternRow:
    """How dossiers of a unit (None: of all) are numbered from a day on."""

    unit_key: str | None
    valid_from: date
    pattern: str


@dataclass(frozen=True, slots=True)
class Picture:
    """The rows a catalogue is made of."""

    token: str
    units: Sequence[UnitCard]
    number_parts: Mapping[str, Mapping[str, str]]
    heirs: Mapping[str, tuple[Heir, ...]]
    fields: Mapping[str, str]
    procedures: Sequence[ProcedureCard]
    patterns: Sequence[PatternRow]
    hours: Sequence[HoursRow]
    entries: Sequence[EntryRow]


@dataclass(slots=True)
class _Kept:
    below: dict[str, tuple[str, ...]] = field(default_factory=dict)
    calendars: dict[tuple[str, ...], Calendar] = field(default_factory=dict)


class Catalogue:
    """Answers what exists and applies on a day."""

    def __init__(self, picture: Picture) -> None:
        self._picture = picture
        self._units = {card.key: card for card in picture.units}
        self._by_code = _grouped(picture.units)
        self._children = _children(picture.units)
        self._origins = _origins(picture.heirs)
        self._versions = _versions(picture.procedures)
        hours, entries = picture.hours, picture.entries
        self._places = {row.unit_key for row in hours} | {row.unit_key for row in entries}
        self._kept = _Kept()

    @property
    def token(self) -> str:
        """Give the name of the state of the registry this picture shows."""
        return self._picture.token

    @property
    def picture(self) -> Picture:
        """Give the rows this catalogue is made of, for another one with something changed."""
        return self._picture

    # Units

    def units(self) -> tuple[UnitCard, ...]:
        """Give every unit there ever was, by code and first day."""
        return tuple(self._picture.units)

    def unit(self, key: str) -> UnitCard:
        """Give the unit with this key. Errors: UnknownUnit."""
        try:
            return self._units[key]
        except KeyError:
            raise rules.UnknownUnit(unit=key) from None

    def unit_on(self, code: str, on: date) -> UnitCard | None:
        """Give the unit that has this code on this day, if any."""
        return next((card for card in self._by_code.get(code, ()) if card.is_valid_on(on)), None)

    def resolve(self, text: str, on: date) -> UnitCard:
        """Give the unit for CODE@DATE, or for CODE the one valid on the day, else the last.

        Errors: UnknownUnit.
        """
        if "@" in text:
            return self.unit(text)
        found = self.unit_on(text, on)
        if found is not None:
            return found
        known = self._by_code.get(text)
        if not known:
            raise rules.UnknownUnit(unit=text)
        begun = [card for card in known if card.valid_from <= on]
        return begun[-1] if begun else known[0]

    def roots(self) -> tuple[str, ...]:
        """Give the units that stand under no other."""
        return tuple(card.key for card in self._picture.units if card.parent_key is None)

    def children(self, key: str) -> tuple[str, ...]:
        """Give the units directly below, over all time."""
        return self._children.get(key, ())

    def below(self, key: str) -> tuple[str, ...]:
        """Give the unit itself and all below it, over all time. Errors: UnknownUnit."""
        found = self._kept.below.get(key)
        if found is None:
            self.unit(key)
            found = tuple(self._walk(key))
            self._kept.below[key] = found
        return found

    def leaves(self, key: str, on: date | None = None) -> tuple[str, ...]:
        """Give the bodies below that decide dossiers; the unit itself when there are none.

        Units that only receive (one-stop counters) are no leaves: a dossier counts for the body
        that decides it.
        """
        deciding = [
            unit
            for unit in self.below(key)
            if not self._units[unit].receives_only
            and (on is None or self._units[unit].is_valid_on(on))
        ]
        above = {self._units[unit].parent_key for unit in deciding}
        return tuple(unit for unit in deciding if unit not in above) or (key,)

    def chain(self, key: str) -> tuple[UnitCard, ...]:
        """Give the unit and those above it, nearest first. Errors: UnknownUnit."""
        chain = [self.unit(key)]
        while (above := chain[-1].parent_key) is not None:
            chain.append(self._units[above])
        return tuple(chain)

    def heirs(self, key: str) -> tuple[Heir, ...]:
        """Give the units that go on with the work of this one, with their shares."""
        return self._picture.heirs.get(key, ())

    def origins(self, key: str) -> tuple[str, ...]:
        """Give the units this one goes on from."""
        return self._origins.get(key, ())

    # Procedures

    def field_name(self, code: str) -> str:
        """Give the name of a field; an unknown code names itself."""
        return self._picture.fields.get(code, code)

    def fields(self) -> Mapping[str, str]:
        """Give the names of all fields by code."""
        return self._picture.fields

    def procedure_codes(self) -> tuple[str, ...]:
        """Give the codes of all procedures there ever were."""
        return tuple(self._versions)

    def has_procedure(self, code: str) -> bool:
        """Say whether the registry knows this code."""
        return code in self._versions

    def procedure(self, code: str, on: date) -> ProcedureCard:
        """Give the version in force on this day: the day a dossier is received decides.

        Errors: UnknownProcedure, NotInForce.
        """
        versions = self._versions.get(code)
        if versions is None:
            raise rules.UnknownProcedure(procedure=code)
        at = bisect_right(versions, on, key=lambda card: card.valid_from)
        if at == 0 or versions[at - 1].is_withdrawn:
            raise rules.NotInForce(procedure=code, on=on.isoformat())
        return versions[at - 1]

    def procedures(self, on: date) -> tuple[ProcedureCard, ...]:
        """Give every procedure in force on this day, by code."""
        latest = (self._latest(code, on) for code in self._versions)
        return tuple(card for card in latest if card is not None and not card.is_withdrawn)

    def versions(self, code: str) -> tuple[ProcedureCard, ...]:
        """Give all versions of a procedure, oldest first."""
        return self._versions.get(code, ())

    @staticmethod
    def limit(
        card: ProcedureCard, channel: str, case: str = "", *, zone: bool = False
    ) -> Limit | None:
        """Give the limit for channel and case; None when the law names none.

        A case without a limit of its own takes the limit of every case; a channel likewise.
        """
        by_place = {(one.channel, one.case): one.limit for one in card.limits}
        for place in ((channel, case), ("", case), (channel, ""), ("", "")):
            if (limit := by_place.get(place)) is not None:
                return limit if zone else Limit(limit.value, limit.unit)
        return None

    def competent_unit(self, card: ProcedureCard, place_key: str, on: date) -> UnitCard:
        """Give the body that decides this procedure for a place of receipt.

        The nearest one counts: the place itself, its units, then those of the unit above. Where
        several are equally near nobody guesses: a district's counter names the commune.
        Errors: UnknownUnit, NoCompetentUnit.
        """
        chain = self.chain(place_key)
        places = {one.key for one in chain}
        for above in chain:
            near = (self._units[key] for key in (above.key, *self.children(above.key)))
            found = [unit for unit in near if _decides(unit, card, on) and _serves(unit, places)]
            if found and (len(found) == 1 or found[0].key in places):
                return found[0]
            if found:
                break
        raise rules.NoCompetentUnit(unit=place_key, procedure=card.code, on=on.isoformat())

    # Numbering and time

    def code_pattern(self, unit_key: str, on: date) -> str:
        """Give the numbering pattern with the unit's own parts filled in.

        Left open are `{yymmdd}` and `{nnnn}`. Without a pattern of its own or above, the unit
        numbers by its code.
        """
        chain = self.chain(unit_key)
        for scope in (*(card.key for card in chain), None):
            rows = [
                row
                for row in self._picture.patterns
                if row.unit_key == scope and row.valid_from <= on
            ]
            if rows:
                pattern = max(rows, key=lambda row: row.valid_from).pattern
                return self._filled(pattern, [card.key for card in chain])
        return f"{chain[0].code}-{{yymmdd}}-{{nnnn}}"

    def calendar(self, unit_key: str | None) -> Calendar:
        """Give the counting calendar of a unit: nation, province, commune; None: the nation's.

        Errors: UnknownUnit.
        """
        scopes = self._speaking(unit_key)
        found = self._kept.calendars.get(scopes)
        if found is None:
            found = build_calendar(
                scopes, units=self._units, hours=self._picture.hours, entries=self._picture.entries
            )
            self._kept.calendars[scopes] = found
        return found

    def voices(self, unit_key: str | None) -> Voices:
        """Give everything that nation, province and commune say where this unit works.

        Errors: UnknownUnit.
        """
        scopes = (None, *self._speaking(unit_key))
        return Voices(
            units=tuple(self._units[key] for key in scopes if key is not None),
            hours=tuple(row for row in self._picture.hours if row.unit_key in scopes),
            entries=tuple(row for row in self._picture.entries if row.unit_key in scopes),
        )

    def entry(self, entry_id: int) -> EntryRow:
        """Give an entry of a calendar by its number. Errors: NoSuchEntry."""
        found = next((row for row in self._picture.entries if row.entry_id == entry_id), None)
        if found is None:
            raise rules.NoSuchEntry
        return found

    def speaking_below(self, unit_key: str | None) -> tuple[str | None, ...]:
        """Give the unit and those below it that say something of their own of the calendar."""
        below = [card.key for card in self.units()] if unit_key is None else self.below(unit_key)
        return (unit_key, *(key for key in below if key in self._places and key != unit_key))

    def has_hours(self, unit_key: str | None) -> bool:
        """Say whether a unit sets hours of its own."""
        return any(row.unit_key == unit_key for row in self._picture.hours)

    def own_days(self, unit_key: str | None) -> int:
        """Give how many entries a unit has made itself; None is the nation."""
        return sum(row.unit_key == unit_key for row in self._picture.entries)

    def _speaking(self, unit_key: str | None) -> tuple[str, ...]:
        chain = () if unit_key is None else self.chain(unit_key)
        return tuple(card.key for card in reversed(chain) if card.key in self._places)

    def _filled(self, pattern: str, chain: Sequence[str]) -> str:
        for key in chain:
            for place, text in self._picture.number_parts.get(key, {}).items():
                pattern = pattern.replace(f"{{{place}}}", text)
        for place in rules.PATTERN_PLACES - rules.NUMBER_PLACES:
            pattern = pattern.replace(f"{{{place}}}", UNNUMBERED)
        return pattern

    def _latest(self, code: str, on: date) -> ProcedureCard | None:
        versions = self._versions[code]
        at = bisect_right(versions, on, key=lambda card: card.valid_from)
        return versions[at - 1] if at else None

    def _walk(self, key: str) -> Iterable[str]:
        yield key
        for child in self._children.get(key, ()):
            yield from self._walk(child)


def _decides(unit: UnitCard, card: ProcedureCard, on: date) -> bool:
    return (
        unit.kind == card.competent_kind
        and unit.is_valid_on(on)
        and not unit.receives_only
        and unit.function == card.competent_function
    )


def _serves(unit: UnitCard, places: Set[str]) -> bool:
    return not unit.serves or not places.isdisjoint(unit.serves)


def _grouped(units: Iterable[UnitCard]) -> dict[str, tuple[UnitCard, ...]]:
    by_code: dict[str, list[UnitCard]] = {}
    for card in units:
        by_code.setdefault(card.code, []).append(card)
    return {
        code: tuple(sorted(cards, key=lambda card: card.valid_from))
        for code, cards in by_code.items()
    }


def _children(units: Iterable[UnitCard]) -> dict[str, tuple[str, ...]]:
    children: dict[str, list[str]] = {}
    for card in units:
        if card.parent_key is not None:
            children.setdefault(card.parent_key, []).append(card.key)
    return {key: tuple(found) for key, found in children.items()}


def _origins(heirs: Mapping[str, tuple[Heir, ...]]) -> dict[str, tuple[str, ...]]:
    origins: dict[str, list[str]] = {}
    for old, successors in heirs.items():
        for heir in successors:
            origins.setdefault(heir.unit_key, []).append(old)
    return {key: tuple(sorted(found)) for key, found in origins.items()}


def _versions(procedures: Iterable[ProcedureCard]) -> dict[str, tuple[ProcedureCard, ...]]:
    by_code: dict[str, list[ProcedureCard]] = {}
    for card in procedures:
        by_code.setdefault(card.code, []).append(card)
    return {
        code: tuple(sorted(by_code[code], key=lambda card: card.valid_from))
        for code in sorted(by_code)
    }
