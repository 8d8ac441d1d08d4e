"""The open minutes of a calendar in a row, so that office time is added like numbers. Pure.

A *place* is the number of open minutes before a moment, counted from the first day.
"""

from array import array
from bisect import bisect_left

from motcua.kit.calendar import Calendar
from motcua.kit.moments import DAY_MINUTES, Day, Minute, day_of

Place = int


class Timetable:
    """Turns places into minutes and days, and back.

    Shape: `_minutes` by place; `_first_places` by working day from the first on.
    """

    __slots__ = ("_base", "_first_places", "_first_working", "_minutes", "calendar")

    def __init__(self, calendar: Calendar, *, first: Day, last: Day) -> None:
        self.calendar = calendar
        self._base = calendar.open_until(first * DAY_MINUTES)
        self._first_working = calendar.working_index(first)
        self._minutes, self._first_places = array("l"), array("l")
        for day in calendar.working_days[self._first_working :]:
            if day > last:
                break
            self._first_places.append(len(self._minutes))
            for start, end in calendar.spans_of(day):
                since = day * DAY_MINUTES
                self._minutes.extend(range(since + start, since + end))

    def place_of(self, minute: Minute) -> Place:
        """Give the number of open minutes before a moment."""
        return self.calendar.open_until(minute) - self._base

    def minute_at(self, place: Place) -> Minute:
        """Give the open minute at a place."""
        return self._minutes[place]

    def working_number(self, day: Day) -> int:
        """Give the number of a working day, or of the next one after it."""
        return self.calendar.working_index(day) - self._first_working

    def day_number_at(self, place: Place) -> int:
        """Give the number of the working day a place lies in."""
        return self.working_number(day_of(self._minutes[place]))

    def opening(self, number: int) -> Place:
        """Give the first place of a working day."""
        return self._first_places[number]

    def closing(self, number: int) -> Place:
        """Give the last place of a working day."""
        return self._first_places[number + 1] - 1

    def days_later(self, place: Place, days: float) -> Place:
        """Give the place some working days later, parts of days by the length of the last day."""
        number = self.day_number_at(place)
        within = place - self.opening(number)
        whole, part = divmod(days, 1)
        target = number + int(whole)
        length = self.closing(target) - self.opening(target) + 1
        moved = self.opening(target) + min(within, length - 1) + int(part * length)
        return min(moved, len(self._minutes) - 1)

    def last_until(self, minute: Minute) -> Place:
        """Give the last place whose minute is not after a moment."""
        return bisect_left(self._minutes, minute + 1) - 1
