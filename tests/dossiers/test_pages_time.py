"""What people see of time: words, counts, and what was told up to them."""

from datetime import datetime

import pytest
from django.utils import timezone, translation

from motcua.accounts.actors import SYSTEM
from motcua.accounts.roles import Role
from motcua.dossiers import actions
from motcua.dossiers.deadlines import note_crossings
from motcua.dossiers.models import Dossier
from motcua.dossiers.pages.timing import timing_of
from motcua.registry.queries import catalogue

from . import given
from .given import CLERK, COMMUNE, OTHER, WHY, later
from .given_clocks import a_procedure_with_steps, an_examined_dossier, on
from .given_pages import EVERY_ROLE, account_id, codes_on, signed_in, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _registry() -> None:
    given.a_registry()
    a_procedure_with_steps()


def said(row: Dossier, now: datetime) -> tuple[str, ...]:
    with translation.override("vi"):
        timing = timing_of(row, calendar=catalogue().calendar(COMMUNE), now=now)
    return timing.words, *timing.also


@pytest.mark.parametrize(
    ("now", "words"),
    [
        (on(15, 11), "người dân còn 30 ngày làm việc để bổ sung"),
        (on(22, 9, month=10), "người dân còn 3 ngày làm việc để bổ sung"),
        (on(27, 9, month=10), "hôm nay là hạn cuối để người dân bổ sung"),
        (on(29, 9, month=10), "người dân quá hạn 2 ngày làm việc chưa bổ sung"),
    ],
)
def test_a_waiting_dossier_says_how_long_the_applicant_has(now: datetime, words: str) -> None:
    row = given.a_waiting_dossier(asked_at=on(15, 10))

    assert said(row, now) == ("đang chờ bổ sung", words)


def test_what_else_stops_the_clock_is_said_too() -> None:
    row = given.a_dossier_in_process()
    row = actions.pause_clock(dossier_id=row.id, words=WHY, actor=CLERK, at=on(15, 10))

    assert said(row, on(16, 9)) == ("đang xác minh, niêm yết: tạm dừng tính thời hạn",)


def test_a_step_that_is_overdue_is_said_beside_the_whole_limit() -> None:
    row = an_examined_dossier()

    assert said(row, on(17, 17)) == ("còn 7 ngày làm việc",)
    assert said(row, on(18, 10)) == ("còn 6 ngày làm việc", "bước 2 quá hạn 1 ngày làm việc")


def test_who_was_told_is_said() -> None:
    row = given.a_dossier_in_process()
    note_crossings(clock=SYSTEM, at=on(29, 12))

    row = Dossier.objects.get(pk=row.id)
    assert said(row, on(29, 12)) == ("quá hạn 1 ngày làm việc", "đã báo lãnh đạo phòng")


def test_a_list_counts_what_waits_by_time_and_leads_to_it() -> None:
    client = signed_in(*EVERY_ROLE)
    late, waiting = an_examined_dossier(), given.a_waiting_dossier()

    page = client.get("/work/?scope=unit")

    for words, address, code in (
        ("Đang quá hạn 1", "due=overdue", late.code),
        ("Quá hạn bước 1", "due=step", late.code),
        ("Quá hạn bổ sung 1", "due=unanswered", waiting.code),
    ):
        assert words in text_of(page)
        assert address in page.content.decode()
        assert codes_on(client.get(f"/work/?scope=unit&{address}")) == [code]


def test_a_list_without_anything_near_or_late_has_no_row_of_counts() -> None:
    client = signed_in(*EVERY_ROLE)

    assert "alert-chip" not in client.get("/work/").content.decode()


def test_superiors_see_what_was_told_up_to_their_level_at_their_units() -> None:
    mine, told_further = given.a_dossier_in_process(), given.a_dossier_in_process()
    actions.assign(dossier_id=mine.id, account_id=given.a_worker(), actor=CLERK, at=later(days=1))
    actions.extend(dossier_id=mine.id, due_at=on(30, 9), words=WHY, actor=CLERK, at=later(days=2))
    note_crossings(clock=SYSTEM, at=on(30, 15))  # one is told to the head, one to the signatory
    head = signed_in(Role.HEAD_OF_DIVISION, name="truong")
    signatory = signed_in(Role.SIGNATORY, name="chu-tich")
    elsewhere = signed_in(Role.HEAD_OF_DIVISION, name="khac", unit_key=OTHER)
    specialist = signed_in(Role.SPECIALIST, name="lyly")

    found = {
        who: set(codes_on(client.get("/work/?due=escalated")))
        for who, client in (("head", head), ("signatory", signatory), ("else", elsewhere))
    }

    assert found == {
        "head": {mine.code, told_further.code},
        "signatory": {told_further.code},
        "else": set(),
    }
    assert "Chuyển lên tôi 2" in text_of(head.get("/work/"))
    assert "Chuyển lên tôi" not in text_of(specialist.get("/work/"))
    assert codes_on(specialist.get("/work/?due=escalated")) == []


def test_the_story_tells_what_was_noted_and_to_whom() -> None:
    client = signed_in(*EVERY_ROLE)
    row = an_examined_dossier()
    actions.open_leg(
        dossier_id=row.id, body_key=OTHER, due_at=on(16, 17, 30), actor=CLERK, at=on(15, 9)
    )
    note_crossings(clock=SYSTEM, at=on(25, 8))
    note_crossings(clock=SYSTEM, at=on(30, 9))

    page = text_of(client.get(f"/dossiers/{row.code}/"))

    for words in (
        "Sắp đến hạn",
        "Quá hạn bước",
        "2. Thẩm tra",
        "Phần việc ở cơ quan khác quá hạn",
        "1. Xã Đạ Rsal. Hạn: 17:30 16/09/2026",
        "Đã báo lên cấp trên",
        "Báo lãnh đạo phòng: quá hạn bước. Hạn: 17:30 17/09/2026",
        "Báo người ký: quá hạn. Hạn: 17:30 28/09/2026",
    ):
        assert words in page


def test_the_page_keeps_and_shows_both_appointments_of_an_extension() -> None:
    client = signed_in(*EVERY_ROLE)
    row = given.a_dossier_in_process()
    actions.extend(dossier_id=row.id, due_at=on(30, 9), words=WHY, actor=CLERK, at=on(16, 9))

    page = text_of(client.get(f"/dossiers/{row.code}/"))

    assert "17:30 28/09/2026" in page
    assert "Trước đó: 17:30 28/09/2026" in page
    assert "09:00 30/09/2026" in page


def test_the_specialist_is_offered_to_stop_with_the_reason_once_the_time_is_over() -> None:
    specialist = signed_in(Role.SPECIALIST, name="lyly")
    over = given.a_waiting_dossier(asked_at=on(15, 10))
    fresh = given.a_waiting_dossier(asked_at=timezone.now())
    for row in (over, fresh):
        Dossier.objects.filter(pk=row.pk).update(assignee_id=account_id("lyly"))

    assert codes_on(specialist.get("/work/?due=unanswered")) == [over.code]
    address = "/moves/stop_unanswered/"
    assert address in specialist.get(f"/dossiers/{over.code}/").content.decode()
    assert address not in specialist.get(f"/dossiers/{fresh.code}/").content.decode()
    form = specialist.get(f"/dossiers/{over.code}{address}").content.decode()
    assert "người nộp không bổ sung." in form
