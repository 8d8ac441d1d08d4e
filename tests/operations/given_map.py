"""A district of communes with points, one of them quiet, and an agency that has no place."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from motcua.accounts.actors import SYSTEM
from motcua.dossiers.history import write_history
from motcua.dossiers.rules.life import Facts
from motcua.dossiers.rules.moves import BY_NAME
from motcua.dossiers.rules.statuses import Outcome
from motcua.dossiers.told import Past, Told
from motcua.indicators import facts
from motcua.kit.moments import minute_of
from motcua.registry.actions import add_unit
from motcua.registry.drafts import UnitDraft
from motcua.registry.sets import UnitKind
from tests.dossiers.given import DISTRICT, FROM, MONDAY, TEN_DAYS, a_registry

from .given import FIRST

NAMES = ("Liêng Srônh", "Phi Liêng", "Đạ K'Nàng", "Đạ Long", "Đạ Tông")
PLACES = ((108.0, 12.0), (108.2, 12.0), (108.1, 11.8), (108.3, 11.9), (108.2, 12.2))
COMMUNES = tuple(f"9000{number}@2021-01-01" for number in range(len(NAMES)))
BUSY, QUIET = COMMUNES[:4], COMMUNES[4]
LATE, OVERDUE = BUSY[1], BUSY[2]
AGENCY = "90009@2021-01-01"
DOSSIERS = 5  # of each busy unit


def a_district() -> None:
    """Tell the units, their dossiers, and bring the facts up to it."""
    a_registry()
    for key, name, (lon, lat) in zip(COMMUNES, NAMES, PLACES, strict=True):
        draft = _unit(key, f"Xã {name}", name, UnitKind.COMMUNE)
        add_unit(draft=replace(draft, lon=lon, lat=lat), actor=SYSTEM, at=MONDAY)
    agency = _unit(AGENCY, "Phòng Tư pháp", "Phòng TP", UnitKind.AGENCY)
    add_unit(draft=agency, actor=SYSTEM, at=MONDAY)
    units = [key for key in (*BUSY, AGENCY) for _ in range(DOSSIERS)]
    for written in write_history(map(_past, range(len(units)), units), actor=SYSTEM, at=MONDAY):
        assert not written.refused
    facts.rebuild()


def _unit(key: str, name: str, short_name: str, kind: UnitKind) -> UnitDraft:
    code = key.partition("@")[0]
    return UnitDraft(
        code,
        FROM,
        name,
        kind,
        legal_basis="test",
        source="test",
        parent_key=DISTRICT,
        short_name=short_name,
    )


def _past(n: int, unit: str) -> Past:
    begun = FIRST + timedelta(days=n % 5, minutes=13 * n % 480)

    def told(name: str, hours: float, said: Facts | None = None) -> Told:
        at = minute_of(begun + timedelta(hours=hours))
        return Told(BY_NAME[name], at, said or Facts())

    moves = [told("receive_new", 0), told("hand_over", 0.2)]
    is_first = n % DOSSIERS == 0
    if not (unit == OVERDUE and is_first):
        end = 24 * 25 if unit == LATE and is_first else 48
        moves += [
            told("submit_for_signature", end - 1, Facts(outcome=Outcome.POSITIVE)),
            told("sign", end - 0.5),
            told("number", end),
        ]
    return Past(
        id=UUID(int=n + 1),
        source="test",
        source_key=str(n),
        procedure=TEN_DAYS,
        channel="direct",
        place=unit,
        holder=unit,
        moves=moves,
    )
