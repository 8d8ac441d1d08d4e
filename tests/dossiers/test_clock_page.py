"""The proof of a dossier: its end is the row's; on a page, in short, as a file."""

import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone, translation

from motcua.accounts.actors import SYSTEM
from motcua.accounts.roles import Role
from motcua.dossiers import actions
from motcua.dossiers.cli import prove
from motcua.dossiers.history import write_history
from motcua.dossiers.models import Dossier
from motcua.dossiers.pages.clock import both_verdicts
from motcua.dossiers.proving import proof_of
from motcua.dossiers.rules import moves
from motcua.dossiers.rules.statuses import Outcome
from motcua.dossiers.told import Past, Told
from motcua.kit.calendar import DayKind
from motcua.kit.moments import from_iso_minute, minute_of, moment_of
from motcua.kit.proof import verify
from motcua.registry.actions.calendars import enter_day
from motcua.registry.drafts import DayDraft
from motcua.registry.queries import catalogue

from . import given, given_changes, given_clocks
from .given import CLERK, COMMUNE, MONDAY, TEN_DAYS, WHY, later
from .given_pages import EVERY_ROLE, a_dossier_of, a_person, signed_in, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _registry() -> None:
    given.a_registry()


@pytest.fixture
def client() -> Client:
    return signed_in(*EVERY_ROLE)


def end_of(row: Dossier, *, at: datetime | None = None) -> datetime | None:
    """The due moment a dossier's proof ends in."""
    proof = proof_of(row, list(row.pauses.all()), known=catalogue(), now=at or later(days=1))
    assert proof is not None
    return None if proof.due.due_at is None else moment_of(proof.due.due_at)


def asked_three_times(row: Dossier) -> Dossier:
    """The same dossier after three requests to supplement, each complete on the next day."""
    head = given.a_worker("hoa", Role.HEAD_OF_DIVISION)
    for day in (1, 3, 8):
        words = replace(WHY, approver_id=head)
        more = {"dossier_id": row.id, "actor": CLERK}
        actions.request_supplement(words=words, at=later(days=day), **more)  # type: ignore[arg-type]
        row = actions.complete_supplement(at=later(days=day + 1), **more)  # type: ignore[arg-type]
    return row


def a_told_dossier(*, due: datetime) -> Dossier:
    """A dossier of another system that appointed by itself."""
    past = Past(
        id=uuid4(),
        source="old-software",
        source_key="1",
        procedure=TEN_DAYS,
        channel="direct",
        place=COMMUNE,
        holder=COMMUNE,
        due_of="source",
        source_due_at=minute_of(due),
        moves=[Told(moves.RECEIVE_NEW, minute_of(MONDAY))],
    )
    list(write_history([past], actor=SYSTEM, at=later(days=1)))
    return Dossier.objects.get(source_key="1")


MOVED: dict[str, Callable[[], Dossier]] = {
    "received": given.a_received_dossier,
    "same day": lambda: given.a_received_dossier(given.SAME_DAY),
    "waiting": given.a_waiting_dossier,
    "ready": given.a_ready_dossier,
    "three supplements": lambda: asked_three_times(given.a_dossier_in_process()),
    "extended": lambda: actions.extend(
        dossier_id=given.a_dossier_in_process().id,
        due_at=later(days=30),
        words=WHY,
        actor=CLERK,
        at=later(days=2),
    ),
    "stopped while waiting": lambda: actions.stop(
        dossier_id=given.a_waiting_dossier().id, words=WHY, actor=CLERK, at=later(days=4)
    ),
    "on hold": lambda: actions.pause_clock(
        dossier_id=given.a_dossier_in_process().id, words=WHY, actor=CLERK, at=later(days=2)
    ),
}


@pytest.mark.parametrize("case", MOVED)
def test_the_proof_ends_in_the_due_moment_of_the_row(case: str) -> None:
    row = MOVED[case]()

    row.refresh_from_db()
    assert end_of(row) == row.due_at


def test_there_is_no_proof_before_the_receipt_nor_without_a_limit_nor_without_the_law() -> None:
    known, now = catalogue(), later(days=1)
    filed, unlimited = given.a_filed_dossier(), given.a_received_dossier(given.NO_LIMIT)
    unknown = given.a_received_dossier()
    unknown.procedure_code = "9.999999"

    found = [proof_of(row, [], known=known, now=now) for row in (filed, unlimited, unknown)]

    assert found == [None, None, None]


def test_the_page_says_the_answer_first_and_then_each_day(client: Client) -> None:
    row = given.a_received_dossier(at=datetime(2026, 11, 23, 16, 20, tzinfo=MONDAY.tzinfo))

    page = text_of(client.get(f"/dossiers/{row.code}/clock/"))

    assert "Hẹn trả: 17:30 08/12/2026" in page
    assert "10 ngày làm việc; không tính 24/11: Ngày Văn hoá Việt Nam." in page
    assert "Thứ Ba 24/11/2026 Ngày Văn hoá Việt Nam ngày nghỉ lễ; cả nước; test; test" in page
    assert "Thứ Ba 08/12/2026 10 ngày làm việc" in page


def test_the_dossier_links_to_its_proof_and_shows_the_short_form(client: Client) -> None:
    row = given.a_received_dossier(at=datetime(2026, 11, 23, 16, 20, tzinfo=MONDAY.tzinfo))

    response = client.get(f"/dossiers/{row.code}/")

    assert f'href="/dossiers/{row.code}/clock/"' in response.content.decode()
    assert "10 ngày làm việc; không tính 24/11: Ngày Văn hoá Việt Nam." in text_of(response)


def test_the_clerk_sees_the_short_form_beside_the_appointment_of_a_new_dossier(
    client: Client,
) -> None:
    page = client.get("/dossiers/new/", {"procedure": TEN_DAYS, "place": COMMUNE})

    assert 'class="counted">10 ngày làm việc' in page.content.decode()


def test_three_supplements_the_clock_is_right_and_766_counts_late_all_the_same(
    client: Client,
) -> None:
    row = asked_three_times(given.a_dossier_in_process())

    page = text_of(client.get(f"/dossiers/{row.code}/clock/"))

    # 10 working days from Monday 14 September end on the 28th; Tuesday–Wednesday, Thursday–Friday
    # and Tuesday–Wednesday hold one working day each: 29, 30 September, 1 October.
    assert (row.supplements, timezone.localtime(row.due_at)) == (
        3,
        datetime(2026, 10, 1, 17, 30, tzinfo=MONDAY.tzinfo),
    )
    assert "Hẹn trả: 17:30 01/10/2026" in page
    assert "Bộ chỉ số 766 vẫn tính là quá hạn" in page
    assert "Đã yêu cầu bổ sung 3 lần" in page
    assert "Theo Quyết định 766/QĐ-TTg quá hạn" in page
    card = text_of(client.get(f"/dossiers/{row.code}/"))
    assert "Đã yêu cầu bổ sung 3 lần: Chỉ số 766 tính là trễ" in card


@pytest.mark.parametrize(
    ("ended", "now", "verdict"),
    [
        (None, later(days=10), "còn hạn"),
        (None, later(days=20), "quá hạn"),
        (later(days=16), later(days=20), "đúng hạn"),
        (later(days=20), later(days=20), "quá hạn"),
    ],
)
def test_beside_766_stands_what_the_legal_clock_says(
    ended: datetime | None, now: datetime, verdict: str
) -> None:
    row = asked_three_times(given.a_dossier_in_process())
    if ended is not None:
        done = {"dossier_id": row.id, "actor": CLERK, "at": ended}
        actions.submit_for_signature(outcome=Outcome.POSITIVE, **done)  # type: ignore[arg-type]
        actions.sign(**done)  # type: ignore[arg-type]
        row = actions.number(**done)  # type: ignore[arg-type]

    with translation.override("vi"):
        said = both_verdicts(row, now)

    assert said == {"count": 3, "verdict": verdict}


def test_beside_766_a_waiting_dossier_is_not_late() -> None:
    row = asked_three_times(given.a_dossier_in_process())
    words = replace(WHY, approver_id=given.a_worker("hoa", Role.HEAD_OF_DIVISION))
    row = actions.request_supplement(dossier_id=row.id, words=words, actor=CLERK, at=later(days=10))

    with translation.override("vi"):
        said = both_verdicts(row, later(days=30))

    assert said == {"count": 4, "verdict": "đang tạm dừng tính thời gian, không quá hạn"}


def test_one_supplement_is_no_matter_of_766(client: Client) -> None:
    row = given.a_waiting_dossier()

    page = text_of(client.get(f"/dossiers/{row.code}/clock/"))

    assert "766" not in page
    assert "nếu tiếp tục ngay bây giờ" in page


@pytest.mark.parametrize(
    ("due", "apart"),
    [
        ("2026-09-25T17:30", "sớm hơn quy định 8 giờ làm việc"),
        ("2026-09-29T09:45", "muộn hơn quy định 2 giờ làm việc 15 phút làm việc"),
        ("2026-09-28T17:00", "sớm hơn quy định 30 phút làm việc"),
        ("2026-09-28T17:30", "Hai thời điểm trùng nhau"),
    ],
)
def test_a_dossier_of_another_system_shows_both_appointments_and_how_far_apart(
    client: Client, due: str, apart: str
) -> None:
    theirs = moment_of(from_iso_minute(due))
    row = a_told_dossier(due=theirs)

    page = text_of(client.get(f"/dossiers/{row.code}/clock/"))

    assert f"Của hệ thống kia (đang áp dụng) {theirs:%H:%M %d/%m/%Y}" in page
    assert "Theo quy định 17:30 28/09/2026" in page
    assert apart in page
    card = text_of(client.get(f"/dossiers/{row.code}/"))
    assert "Theo quy định: 17:30 28/09/2026" in card
    assert apart in card


def test_when_the_calendar_was_changed_since_the_page_says_so(client: Client) -> None:
    row = given.a_received_dossier()
    day = DayDraft(MONDAY.date().replace(day=16), DayKind.CLOSURE, "Bão", "test", "test")
    enter_day(draft=day, actor=SYSTEM, at=later(days=1))

    page = text_of(client.get(f"/dossiers/{row.code}/clock/"))

    assert "Hẹn trả: 17:30 29/09/2026" in page
    assert "Hồ sơ đang ghi 17:30 28/09/2026" in page


def test_a_dossier_that_ended_before_a_change_is_shown_as_it_was_counted_then(
    client: Client,
) -> None:
    row = given.a_ready_dossier()
    given_changes.an_applied(replace(given_changes.HOLIDAY, day=date(2026, 9, 21)))

    page = text_of(client.get(f"/dossiers/{row.code}/clock/"))

    assert "Hẹn trả: 17:30 28/09/2026" in page
    assert "như lúc hồ sơ kết thúc, 11:00 16/09/2026" in page
    assert "Hồ sơ đang ghi" not in page


def test_what_moved_the_appointment_is_told_on_page_and_file_with_its_reason(
    client: Client,
) -> None:
    row = given.a_received_dossier()
    change = given_changes.an_applied(given_changes.HOLIDAY)

    page = text_of(client.get(f"/dossiers/{row.code}/clock/"))
    assert "Đổi theo lịch hoặc thời hạn" in page
    assert "Từ 17:30 28/09/2026 sang 17:30 29/09/2026" in page
    assert given_changes.HOLIDAY.name in page
    assert "Hồ sơ đang ghi" not in page

    story = text_of(client.get(f"/dossiers/{row.code}/"))
    assert "Trước đó là 17:30 28/09/2026" in story
    assert given_changes.HOLIDAY.name in story

    given_changes.reversed_again(change)

    page = text_of(client.get(f"/dossiers/{row.code}/clock/"))
    assert "Rút lại: " in page
    assert "Từ 17:30 29/09/2026 sang 17:30 28/09/2026" in page
    text = client.get(f"/dossiers/{row.code}/clock/proof.json").content.decode()
    moves = json.loads(text)["about"]["moves"]
    assert [one["due"] for one in moves] == ["2026-09-29T17:30", "2026-09-28T17:30"]
    assert verify(text).difference is None
    assert verify(text.replace("2026-09-29T17:30", "2026-09-30T17:30")).difference is not None
    told = prove(row.code, as_json=False, now=timezone.now())
    assert "Rút lại: " in told


def test_steps_and_legs_stand_with_their_own_limits(client: Client) -> None:
    given_clocks.a_procedure_with_steps()
    row = given.a_dossier_in_process(given_clocks.WITH_STEPS)
    more = {"dossier_id": row.id, "actor": CLERK}
    actions.open_leg(body_key=given.OTHER, due_at=later(days=9), at=later(days=3), **more)  # type: ignore[arg-type]

    page = text_of(client.get(f"/dossiers/{row.code}/clock/"))

    assert "Các bước và hạn của từng bước" in page
    assert "15:00 14/09/2026" in page
    assert re.search(r"09:10 14/09/2026 .{0,80}17/09/2026", page)
    assert "Xã Đạ Rsal" in page


def test_a_dossier_without_a_limit_has_a_page_that_says_so_and_no_file(client: Client) -> None:
    row = given.a_received_dossier(given.NO_LIMIT)

    page = client.get(f"/dossiers/{row.code}/clock/")

    assert "không có thời hạn giải quyết để tính" in text_of(page)
    assert client.get(f"/dossiers/{row.code}/clock/proof.json").status_code == 404


def test_before_the_receipt_there_is_no_page(client: Client) -> None:
    row = given.a_filed_dossier()

    assert client.get(f"/dossiers/{row.code}/clock/").status_code == 404


def test_nobody_from_elsewhere_reads_a_proof() -> None:
    row = given.a_received_dossier()
    elsewhere = signed_in(*EVERY_ROLE, unit_key=given.OTHER, name="hoa")

    for address in ("clock/", "clock/proof.json"):
        assert elsewhere.get(f"/dossiers/{row.code}/{address}").status_code == 403


def test_the_file_of_the_page_holds_and_names_no_person(client: Client, tmp_path: Path) -> None:
    row = a_dossier_of(a_person())

    response = client.get(f"/dossiers/{row.code}/clock/proof.json")

    text = response.content.decode()
    assert "attachment" in response["Content-Disposition"]
    assert verify(text).difference is None
    assert json.loads(text)["about"]["dossier"] == row.code
    assert "Nghiệm" not in text
