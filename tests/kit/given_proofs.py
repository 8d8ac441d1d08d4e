"""Proofs on weeks that everybody can look up: one holiday, and what a test adds."""

from typing import Any

from motcua.kit.calendar import Calendar, DayEntry, DayKind, Hours, Level, week
from motcua.kit.clock import ClockRules, Extension, Limit, LimitUnit
from motcua.kit.moments import from_iso_day, from_iso_minute
from motcua.kit.proof import Proof, Question, prove
from motcua.kit.proof.paper import line_of
from tests.kit.given import pause

SAME_DAY, WORKING_DAY, WORKING_HOUR, CALENDAR_DAY, MONTH = LimitUnit
DAY_OF_CULTURE = DayEntry(
    from_iso_day("2026-11-24"),
    DayKind.HOLIDAY,
    name="Ngày Văn hóa Việt Nam",
    source="test",
    legal_basis="Nghị quyết 28/2026/QH16",
)
STORM = DayEntry(
    from_iso_day("2026-11-25"),
    DayKind.CLOSURE,
    spans=((810, 1050),),
    name="Bão",
    level=Level.COMMUNE,
    legal_basis="Công điện 01",
)
MADE_UP = DayEntry(
    from_iso_day("2026-11-28"),
    DayKind.SWAP_WORK,
    name="Làm bù",
    counterpart=from_iso_day("2026-11-27"),
)
SATURDAYS = Hours(week((), saturday=((450, 690),)), legal_basis="Quyết định 5", source="tỉnh")


def calendar(*entries: DayEntry, service: tuple[Hours, ...] = ()) -> Calendar:
    return Calendar.build(
        first=from_iso_day("2026-01-01"),
        last=from_iso_day("2027-12-31"),
        entries=[DAY_OF_CULTURE, *entries],
        service=service,
        decided_until=from_iso_day("2026-12-31"),
    )


def proof(
    received: str,
    number: int,
    unit: LimitUnit,
    pauses: str = "",
    *,
    on: Calendar | None = None,
    extension: tuple[str, str] | None = None,
    now: str = "",
    **rules: Any,
) -> Proof:
    granted = extension and Extension(*(from_iso_minute(one) for one in extension))
    asked = Question(
        from_iso_minute(received),
        Limit(number, unit),
        ClockRules(**rules),
        tuple(pause(text) for text in pauses.split(";") if text),
        granted or None,
        from_iso_minute(now) if now else None,
    )
    return prove(asked, on or calendar())


def told(found: Proof, *kinds: str) -> list[str]:
    """The lines of these kinds, short: kind and what matters, without reasons."""
    shown = []
    for line in found.lines:
        record = {k: v for k, v in line_of(line).items() if k not in ("because", "is_decided")}
        kind = record.pop("kind")
        if not kinds or kind in kinds:
            shown.append(" ".join([kind, *(str(v) for v in record.values() if v is not None)]))
    return shown
