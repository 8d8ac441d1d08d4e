"""A small registry and dossiers in a given status, reached only by real actions."""

from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

from motcua.accounts import actions as accounts
from motcua.accounts.actors import SYSTEM, Actor
from motcua.accounts.permissions import Permission
from motcua.accounts.queries import account_named
from motcua.accounts.roles import Role
from motcua.dossiers import actions
from motcua.dossiers.actions import Applicants, Request
from motcua.dossiers.actions.door import Words
from motcua.dossiers.models import Dossier
from motcua.dossiers.rules.statuses import Outcome
from motcua.kit.calendar import DayKind
from motcua.kit.clock import LimitUnit
from motcua.kit.moments import LOCAL
from motcua.registry.actions.calendars import enter_day
from motcua.registry.actions.procedures import add_procedure_version
from motcua.registry.actions.units import add_unit
from motcua.registry.drafts import DayDraft, LimitDraft, UnitDraft, VersionDraft
from motcua.registry.sets import UnitKind

FROM = date(2021, 1, 1)
DISTRICT, COMMUNE, OTHER = "674@2021-01-01", "24877@2021-01-01", "24875@2021-01-01"
TEN_DAYS, SAME_DAY, NO_LIMIT = "1.004199", "2.000815", "1.999999"
MONDAY = datetime(2026, 9, 14, 9, 0, tzinfo=LOCAL)  # a plain week: no holiday near
CLERK = Actor("clerk", "Lan", {COMMUNE: frozenset(Permission), OTHER: frozenset(Permission)})
APPLICANT = Applicants(UUID(int=7))
WHY = Words("Thiếu trích lục bản đồ", "Điều 28 Nghị định 101/2024/NĐ-CP")


def a_registry() -> None:
    """Make one district, two communes, three procedures and one holiday."""
    for code, name, kind, parent in (
        ("674", "Huyện Đam Rông", UnitKind.DISTRICT, None),
        ("24877", "Xã Rô Men", UnitKind.COMMUNE, DISTRICT),
        ("24875", "Xã Đạ Rsal", UnitKind.COMMUNE, DISTRICT),
    ):
        draft = UnitDraft(
            code, FROM, name, kind, legal_basis="test", source="test", parent_key=parent
        )
        add_unit(draft=draft, actor=SYSTEM, at=MONDAY)
    for code, limits in (
        (TEN_DAYS, [LimitDraft(10, LimitUnit.WORKING_DAY)]),
        (SAME_DAY, [LimitDraft(1, LimitUnit.SAME_DAY)]),
        (NO_LIMIT, []),
    ):
        version = VersionDraft(
            code,
            FROM,
            "Thủ tục thử",
            "Đất đai",
            legal_basis="test",
            limits=limits,
            is_online=True,
            pauses_for_obligation=True,
            pauses_for_verification=True,
            pauses_for_posting=True,
        )
        add_procedure_version(draft=version, actor=SYSTEM, at=MONDAY)
    holiday = DayDraft(date(2026, 11, 24), DayKind.HOLIDAY, "Ngày Văn hoá Việt Nam", "test", "test")
    enter_day(draft=holiday, actor=SYSTEM, at=MONDAY)


def a_worker(name: str = "minh", role: Role = Role.SPECIALIST) -> str:
    """Give the account id of somebody with a role at the commune."""
    known = account_named(name)
    if known is not None:
        return str(known.id)
    account_id = accounts.open_account(
        username=name, name=name.title(), password="mua-roi-tren-song", actor=SYSTEM, at=MONDAY
    )
    accounts.grant_role(
        account_id=account_id,
        role=role,
        unit_key=COMMUNE,
        actor=SYSTEM,
        at=MONDAY,
        valid_from=FROM,
    )
    return str(account_id)


def later(*, days: int = 0, hours: int = 0, minutes: int = 0) -> datetime:
    """Give a moment after the Monday on which everything begins."""
    return MONDAY + timedelta(days=days, hours=hours, minutes=minutes)


def local(day: int, hour: int, minute: int = 0, *, month: int = 9) -> datetime:
    """Give a local moment of the year 2026."""
    return datetime(2026, month, day, hour, minute, tzinfo=LOCAL)


def a_request(procedure: str = TEN_DAYS, channel: str = "direct") -> Request:
    return Request(procedure, channel, COMMUNE)


def a_filed_dossier(*, at: datetime = MONDAY) -> Dossier:
    return actions.file_dossier(
        request=a_request(channel="online"), applicants=APPLICANT, actor=CLERK, at=at
    )


def a_received_dossier(procedure: str = TEN_DAYS, *, at: datetime = MONDAY) -> Dossier:
    return actions.receive_new(
        request=a_request(procedure),
        applicants=APPLICANT,
        actor=CLERK,
        at=at,
        key=str(uuid4()),
    )


def a_dossier_in_process(procedure: str = TEN_DAYS) -> Dossier:
    dossier = a_received_dossier(procedure)
    return actions.hand_over(dossier_id=dossier.id, actor=CLERK, at=later(minutes=10))


def a_waiting_dossier(*, asked_at: datetime | None = None) -> Dossier:
    dossier = a_dossier_in_process()
    return actions.request_supplement(
        dossier_id=dossier.id, words=WHY, actor=CLERK, at=asked_at or later(days=1)
    )


def a_ready_dossier(outcome: Outcome = Outcome.POSITIVE) -> Dossier:
    dossier_id = a_dossier_in_process().id
    actions.submit_for_signature(
        dossier_id=dossier_id, outcome=outcome, actor=CLERK, at=later(days=2)
    )
    actions.sign(dossier_id=dossier_id, actor=CLERK, at=later(days=2, hours=1))
    return actions.number(dossier_id=dossier_id, actor=CLERK, at=later(days=2, hours=2))
