"""Persons reached only by real actions."""

from datetime import date, datetime
from uuid import UUID

from motcua.accounts.actors import Actor
from motcua.accounts.permissions import Permission
from motcua.citizens import actions
from motcua.citizens.rules import Details, Kind
from motcua.kit.moments import LOCAL

UNIT = "24875@2025-07-01"
AT = datetime(2026, 11, 20, 9, 0, tzinfo=LOCAL)
CLERK = Actor(
    "clerk",
    "Trần Thu Lan",
    {UNIT: frozenset({Permission.ENROL_PERSONS, Permission.READ_PERSONAL_DATA})},
)
STRANGER = Actor("stranger", "Somebody else")

NGHIEM = Details(
    kind=Kind.CITIZEN,
    name="Kơ Să Thử Nghiệm",
    identity_number="068085999901",
    birth_on=date(1985, 2, 14),
    sex="M",
    phone="0912345678",
    address="Thôn 1, Xã Đam Rông 1, Lâm Đồng",
    is_synthetic=True,
)
COMPANY = Details(
    kind=Kind.ENTERPRISE, name="Công ty TNHH Cà phê Đạ K’Nàng", tax_number="0100109106"
)


def a_person(details: Details = NGHIEM) -> UUID:
    return actions.enrol(details=details, unit_key=UNIT, actor=CLERK, at=AT)
