"""The plan: every dossier of the world as a slot, day by day. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from random import Random

from motcua.kit.moments import Day, Minute, date_of, day_number, day_of
from motcua.registry.cards import ProcedureCard
from motcua.registry.catalogue import Catalogue
from motcua.registry.rules import NotInForce, UnknownProcedure

from .asked import WITHOUT_LIMIT, Asked, asked_on
from .days import Clock, day_totals, month_totals
from .people import VILLAGES, Village
from .places import REMOTE, Places
from .shares import AHEAD, OLD_FIRST, OLD_LAST, ONLINE, POST, REORGANISED_ON, Targets
from .slots import Fate, Slot
from .streams import Choice, stream
from .timetable import Timetable

MOST_ONLINE = 0.93
VOIDED, REFUSED, GIVEN_UP = 0.0025, 0.02, 0.004
LAND_LATE_NOW, OTHERS_LATE_NOW = 0.035, 0.004
HARD_UNTIL = date(2025, 10, 1)  # the months after the reorganisation are the hardest
LAST_DAY = date(2029, 12, 31)


@dataclass
class Month:
    """What a month offers: what is asked, and the share online of each village."""

    choice: Choice[Asked]
    online: dict[str, float]


@dataclass
class Planner:
    """Makes the slots of each day. The same day has the same slots whenever it is asked for."""

    seed: int
    targets: Targets
    known: Catalogue
    places: Places = field(init=False)
    _clock: Clock = field(default_factory=Clock)
    _timetables: dict[int, Timetable] = field(default_factory=dict)
    _months: dict[date, Month] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.places = Places(self.known)
        self._villages = Choice(VILLAGES, [village.share for village in VILLAGES])

    def slots(self, *, last: Day) -> Iterator[Slot]:
        """Give all slots until a day, in the order of receipt."""
        calendar = self.known.calendar(self.places.district.key)
        for month, number in month_totals(self.targets, date_of(last)):
            for day, of_day in day_totals(self.seed, month, number, calendar).items():
                if day <= last:
                    yield from self._of_day(day, of_day)

    def slot(self, rng: Random, key: str, *, minute: Minute, asked: Asked) -> Slot:
        """Give one slot with everything that is not yet said about it drawn by chance."""
        on, village = date_of(day_of(minute)), self._villages.draw(rng)
        way = self.places.way(rng, asked.card, village, on)
        channel = self._channel(rng, asked.card, village, on)
        in_zone = village.code in REMOTE and asked.is_on_land
        return Slot(
            key=key,
            received_at=minute,
            asked=asked,
            village=village,
            way=way,
            channel=channel,
            limit=self.known.limit(asked.card, channel, zone=in_zone),
            timetable=self.timetable(way.holder),
            in_zone=in_zone,
        )

    def month_of(self, on: date) -> Month:
        """Give what the month of a day offers."""
        first = on.replace(day=1)
        month = self._months.get(first)
        if month is None:
            month = self._months[first] = self._month(first)
        return month

    def timetable(self, unit_key: str) -> Timetable:
        """Give the timetable of a unit; units of one calendar share it."""
        calendar = self.known.calendar(unit_key)
        found = self._timetables.get(id(calendar))
        if found is None:
            found = Timetable(calendar, first=day_number(OLD_FIRST), last=day_number(LAST_DAY))
            self._timetables[id(calendar)] = found
        return found

    def version(self, code: str, on: date) -> ProcedureCard | None:
        """Give the version in force, or None."""
        try:
            return self.known.procedure(code, on)
        except (UnknownProcedure, NotInForce):
            return None

    def _of_day(self, day: Day, number: int) -> Iterator[Slot]:
        on = date_of(day)
        rng = stream(self.seed, "day", on)
        choice, calendar = self.month_of(on).choice, self.known.calendar(self.places.district.key)
        for place, minute in enumerate(self._clock.minutes(rng, day, number, calendar), 1):
            asked = self.in_force(choice.draw(rng), on)
            slot = self.slot(rng, f"{on}-{place:04}", minute=minute, asked=asked)
            if on > OLD_LAST:
                slot.fate = self._fate_now(rng, slot, on)
            yield slot
            if (fate := fate_outside(rng, slot)) is not None:
                if fate is Fate.VOIDED:
                    asked = self.in_force(choice.draw(rng), on)
                extra = self.slot(rng, f"{slot.key}x", minute=minute, asked=asked)
                extra.fate = fate
                extra.channel = slot.channel
                yield extra

    def in_force(self, asked: Asked, on: date) -> Asked:
        """Give what is asked in the version in force on a day."""
        card = self.known.procedure(asked.card.code, on)
        return asked if card is asked.card else Asked(asked.group, card, asked.weight)

    def _month(self, first: date) -> Month:
        asked = asked_on(first, lambda code: self.version(code, first))
        if first <= OLD_LAST:
            asked = [one for one in asked if one.group is not WITHOUT_LIMIT]
        whole = sum(one.weight for one in asked)
        offered = sum(one.weight for one in asked if one.card.online) / whole
        return Month(Choice(asked, [one.weight for one in asked]), _online(first, offered))

    def _channel(self, rng: Random, card: ProcedureCard, village: Village, on: date) -> str:
        if card.online and rng.random() < self.month_of(on).online[village.code]:
            return "online"
        return "post" if rng.random() < POST else "direct"

    @staticmethod
    def _fate_now(rng: Random, slot: Slot, on: date) -> Fate:
        hard = 2.0 if REORGANISED_ON <= on < HARD_UNTIL else 1.0
        chance = LAND_LATE_NOW if slot.is_at_branch else OTHERS_LATE_NOW
        return Fate.LATE if slot.limit is not None and rng.random() < chance * hard else Fate.USUAL


def fate_outside(rng: Random, slot: Slot) -> Fate | None:
    """Say whether one more comes that is never counted: voided, or online and not received."""
    drawn = rng.random()
    if drawn < VOIDED:
        return Fate.VOIDED
    if slot.channel != "online":
        return None
    if drawn < VOIDED + REFUSED:
        return Fate.REFUSED
    return Fate.GIVEN_UP if drawn < VOIDED + REFUSED + GIVEN_UP else None


def _online(month: date, offered: float) -> dict[str, float]:
    """Give the share online by village, of the procedures offered online in this month."""
    ahead_share = sum(village.share for village in VILLAGES if village.code == AHEAD)
    own, next_year = _online_of_all(month, 0), _online_of_all(month, 1)
    others = max(0.0, (own - ahead_share * next_year) / (1 - ahead_share))
    return {
        village.code: min(MOST_ONLINE, (next_year if village.code == AHEAD else others) / offered)
        for village in VILLAGES
    }


def _online_of_all(month: date, years: int) -> float:
    """Give the share of a month: it rises through the year around the share of the year."""
    year = min(month.year + years, max(ONLINE))
    before, own = ONLINE.get(year - 1, ONLINE[min(ONLINE)]), ONLINE[year]
    return own + (own - before) * 0.5 * (month.month - 6.5) / 12
