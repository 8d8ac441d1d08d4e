"""The accounts of the demonstration: one person a post, and one sign-in a role."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext

from motcua.accounts.actions import grant_role, open_account
from motcua.accounts.actors import Actor
from motcua.accounts.queries import account_named
from motcua.accounts.roles import NAMES, Role
from motcua.accounts.rules import EVERYWHERE
from motcua.kit.text import fold
from motcua.registry.cards import UnitCard
from motcua.registry.catalogue import Catalogue
from motcua.registry.sets import UnitKind

from .bodies import Bodies
from .places import LAST_OLD_DAY, Places
from .posts import Post, Staff
from .shares import OLD_FIRST, REORGANISED_ON

ROLE_OF = {
    Post.CLERK: Role.COUNTER_CLERK,
    Post.SPECIALIST: Role.SPECIALIST,
    Post.HEAD: Role.HEAD_OF_DIVISION,
    Post.SIGNATORY: Role.SIGNATORY,
    Post.REGISTRY_CLERK: Role.REGISTRY_CLERK,
}
# What a name tag in a Vietnamese office says; short forms sign in.
TITLES = {
    Role.COUNTER_CLERK: ("Cán bộ một cửa", "motcua"),
    Role.POSTAL_EMPLOYEE: ("Nhân viên bưu chính", "buuchinh"),
    Role.HELPER: ("Tổ công nghệ số cộng đồng", "hotro"),
    Role.SPECIALIST: ("Công chức chuyên môn", "chuyenmon"),
    Role.HEAD_OF_DIVISION: ("Trưởng phòng", "truongphong"),
    Role.SIGNATORY: ("Lãnh đạo UBND", "lanhdao"),
    Role.HEAD_OF_CENTRE: ("Giám đốc Trung tâm PVHCC", "giamdoc"),
    Role.REGISTRY_CLERK: ("Văn thư", "vanthu"),
    Role.CASHIER: ("Kế toán", "ketoan"),
    Role.PROCEDURE_CONTROL: ("Đầu mối kiểm soát TTHC", "kiemsoat"),
    Role.CENTRE_OPERATOR: ("Chuyên viên IOC", "ioc"),
    Role.REFORM_OFFICER: ("Cán bộ cải cách hành chính", "cchc"),
    Role.ADMINISTRATOR: ("Quản trị hệ thống", "quantri"),
}
SHOWN_COMMUNE = "24886"  # Phi Liêng, which became Đam Rông 1
EVERY_UNIT = frozenset({Role.CENTRE_OPERATOR, Role.REFORM_OFFICER, Role.ADMINISTRATOR})
SHORT = {UnitKind.AGENCY: "pb.", UnitKind.BRANCH: "vpdk."}
CLERKS, SPECIALISTS = 2, 3
SMALL = (Post.CLERK, Post.SPECIALIST, Post.SIGNATORY, Post.REGISTRY_CLERK)
WHOLE = (
    *(Post.CLERK,) * CLERKS,
    *(Post.SPECIALIST,) * SPECIALISTS,
    Post.HEAD,
    Post.SIGNATORY,
    Post.REGISTRY_CLERK,
)
SEATED_AGENCIES = (
    "justice",
    "finance",
    "infrastructure",
    "natural_resources",
    "labour",
    "education",
    "agriculture",
)


@dataclass(frozen=True, slots=True)
class SignIn:
    """One way into the demonstration."""

    role: Role
    username: str
    name: str
    password: str

    def __str__(self) -> str:
        return f"{gettext(NAMES[self.role])}: {self.username} / {self.password}  ({self.name})"


@dataclass(frozen=True, slots=True)
class Seat:
    """One post to be filled: at a unit, or everywhere."""

    role: Role
    unit: UnitCard | None
    number: int = 1

    @property
    def unit_key(self) -> str:
        return self.unit.key if self.unit else EVERYWHERE

    @property
    def username(self) -> str:
        tail = f"{self.number}" if self.number > 1 else ""
        return f"{TITLES[self.role][1]}{tail}.{_short(self.unit)}"

    @property
    def name(self) -> str:
        where = self.unit.short_name if self.unit else "Đam Rông"
        tail = f" ({self.number})" if self.number > 1 else ""
        return f"Demo – {TITLES[self.role][0]} {where}{tail}"

    @property
    def period(self) -> tuple[date, date | None]:
        """Give the days on which the post is held."""
        if self.unit is None:
            return OLD_FIRST, None
        is_old = self.unit.valid_to is not None
        return (OLD_FIRST, self.unit.valid_to) if is_old else (REORGANISED_ON, None)


def seats(places: Places) -> Iterator[tuple[Seat, Post]]:
    """Give every seat that makes moves, with its post."""
    known, bodies = places.known, Bodies(places)
    for unit in places.old.values():
        yield from _seats(unit, SMALL)
    yield from _seats(
        places.district, (Post.CLERK, Post.CLERK, Post.SIGNATORY, Post.REGISTRY_CLERK)
    )
    for function in SEATED_AGENCIES:
        yield from _seats(places.agency(function), (Post.SPECIALIST, Post.HEAD))
    for unit in {unit.key: unit for unit in places.new.values()}.values():
        yield from _seats(unit, WHOLE)
    for key in bodies.branches():
        yield from _seats(known.unit(key), WHOLE[CLERKS:])


def shown_seats(known: Catalogue) -> list[Seat]:
    """Give one seat for each role: those a visitor signs in with."""
    commune = known.heirs(known.resolve(SHOWN_COMMUNE, LAST_OLD_DAY).key)[0].unit_key
    return [Seat(role, None if role in EVERY_UNIT else known.unit(commune)) for role in Role]


def sign_ins(known: Catalogue, password: str) -> tuple[SignIn, ...]:
    """Give one sign-in a role."""
    return tuple(
        SignIn(seat.role, seat.username, seat.name, password) for seat in shown_seats(known)
    )


def employ(places: Places, *, password: str, actor: Actor, at: datetime) -> Staff:
    """Open the accounts that are not open yet; only those shown to visitors get the password."""
    staff: dict[tuple[str, Post], list[str]] = {}
    with transaction.atomic():
        shown = {seat.username for seat in shown_seats(places.known)}
        for seat, post in seats(places):
            secret = password if seat.username in shown else None
            account = _open(seat, secret, actor=actor, at=at)
            staff.setdefault((seat.unit_key, post), []).append(account)
        for seat in shown_seats(places.known):
            _open(seat, password, actor=actor, at=at)
    return staff


def staff_of(places: Places) -> Staff:
    """Give who has an account of the demonstration at each post."""
    staff: dict[tuple[str, Post], list[str]] = {}
    for seat, post in seats(places):
        known = account_named(seat.username)
        if known is not None and known.is_active:
            staff.setdefault((seat.unit_key, post), []).append(str(known.id))
    return staff


def _seats(unit: UnitCard, posts: tuple[Post, ...]) -> Iterator[tuple[Seat, Post]]:
    for place, post in enumerate(posts):
        yield Seat(ROLE_OF[post], unit, posts[: place + 1].count(post)), post


def _open(seat: Seat, password: str | None, *, actor: Actor, at: datetime) -> str:
    known = account_named(seat.username)
    if known is not None:
        return str(known.id)
    account_id = open_account(
        username=seat.username,
        name=seat.name,
        password=password,
        actor=actor,
        at=at,
        must_change_password=False,
    )
    first, last = seat.period
    grant_role(
        account_id=account_id,
        role=seat.role,
        unit_key=seat.unit_key,
        valid_from=first,
        valid_to=last,
        actor=actor,
        at=at,
    )
    return str(account_id)


def _short(unit: UnitCard | None) -> str:
    if unit is None:
        return "damrong"
    letters = "".join(letter for letter in fold(unit.short_name) if letter.isalnum())
    return f"{SHORT.get(unit.kind, '')}{letters}"
