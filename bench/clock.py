"""Due moments one by one, against a loop that walks day by day."""

import time
from datetime import date

import django


def main() -> None:
    """Compute the same due moments both ways and compare them."""
    django.setup()
    from bench.homes import AT, COMMUNE, DAY, prepare
    from bench.table import Figure, hand_back
    from motcua.kit.clock import Limit, LimitUnit, Pause, due_of
    from motcua.kit.moments import date_of, day_number, day_of, minute_of
    from motcua.registry.queries import catalogue

    prepare()
    calendar = catalogue().calendar(COMMUNE)
    start = minute_of(AT) - 1000 * DAY
    receipts = [start + n * 37 for n in range(20_000)]
    limit = Limit(10, LimitUnit.WORKING_DAY)

    def ours(pauses: int) -> tuple[float, list[int | None]]:
        began = time.process_time()
        found = [
            due_of(
                received_at=at,
                limit=limit,
                calendar=calendar,
                pauses=[
                    Pause(at + DAY * (1 + 2 * n), at + DAY * (2 + 2 * n)) for n in range(pauses)
                ],
            ).due_at
            for at in receipts
        ]
        return time.process_time() - began, found

    def naive(at: int) -> int:
        day: date = date_of(day_of(at))
        while not calendar.is_working(day_number(day)) or at >= calendar.close_of(day_number(day)):
            day = date.fromordinal(day.toordinal() + 1)
            at = day_number(day) * DAY
        left = limit.value
        while left:
            day = date.fromordinal(day.toordinal() + 1)
            left -= calendar.is_working(day_number(day))
        return calendar.close_of(day_number(day))

    spent, found = ours(0)
    began = time.process_time()
    expected = [naive(at) for at in receipts]
    walked = time.process_time() - began
    assert found == expected
    figures = [
        Figure(
            "due moments one by one",
            len(receipts) / spent,
            "a second",
            "a loop day by day",
            spent / walked,
            "≥ 100,000",
            len(receipts) / spent >= 100_000,
        )
    ]
    for count in (1, 3):
        spent, _ = ours(count)
        figures.append(
            Figure(
                f"… with {count} pause(s)",
                len(receipts) / spent,
                "a second",
                goal="≥ 100,000",
                is_met=len(receipts) / spent >= 100_000,
            )
        )
    hand_back(figures)


if __name__ == "__main__":
    main()
