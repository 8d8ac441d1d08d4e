"""The page of one dossier: its story, its parties, who read them."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from motcua.accounts.actions import grant_role
from motcua.accounts.actors import SYSTEM
from motcua.accounts.roles import Role
from motcua.citizens.models import Reading
from motcua.dossiers import actions
from motcua.dossiers.actions import Applicants
from motcua.dossiers.actions.door import Words
from motcua.dossiers.kinds import ALL
from motcua.dossiers.pages.story import TOLD
from motcua.dossiers.rules.statuses import Outcome

from . import given
from .given import CLERK, OTHER, WHY, later
from .given_pages import EVERY_ROLE, a_dossier_of, a_person, account_id, signed_in, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _registry() -> None:
    given.a_registry()


@pytest.fixture
def client() -> Client:
    return signed_in(*EVERY_ROLE)


def test_every_event_of_a_dossier_has_words() -> None:
    assert set(TOLD) == {kind.name for kind in ALL}


def test_the_story_tells_everything_in_words_and_in_order(client: Client) -> None:
    row = given.a_filed_dossier()
    steps: list[tuple[Any, dict[str, Any]]] = [
        (actions.return_for_refiling, {"words": Words("Ảnh mờ")}),
        (actions.refile, {}),
        (actions.receive, {}),
        (actions.assign, {"account_id": account_id()}),
        (actions.hand_over, {"account_id": account_id()}),
        (actions.open_leg, {"body_key": OTHER, "due_at": later(days=9)}),
        (actions.close_leg, {"leg": 1}),
        (actions.ask_consultation, {"body_key": OTHER}),
        (actions.answer_consultation, {}),
        (actions.request_supplement, {"words": WHY}),
        (actions.complete_supplement, {}),
        (actions.notify_obligation, {}),
        (actions.meet_obligation, {}),
        (actions.pause_clock, {"words": WHY, "reason": "posting"}),
        (actions.resume_clock, {}),
        (actions.extend, {"words": WHY, "due_at": later(days=60)}),
        (actions.submit, {"outcome": Outcome.NEGATIVE}),
        (actions.approve, {}),
        (actions.send_back, {"words": WHY}),
        (actions.submit_for_signature, {"outcome": Outcome.NEGATIVE}),
        (actions.sign, {}),
        (actions.number, {}),
        (actions.return_result, {"way": "post"}),
    ]
    for number, (action, facts) in enumerate(steps, start=1):
        row = action(dossier_id=row.id, actor=CLERK, at=later(hours=number), **facts)

    words = text_of(client.get(f"/dossiers/{row.code}/"))

    told = [
        "Yêu cầu bổ sung trước khi tiếp nhận 10:00 14/09/2026",
        "“Ảnh mờ”",
        "Đã nộp lại",
        "Hẹn trả:",
        "Đã phân công",
        "Cho Người lan.",
        "Đã mở phần việc liên thông",
        "Xã Đạ Rsal. Hạn: 09:00 23/09/2026.",
        "Đã lấy ý kiến phối hợp",
        "Đã yêu cầu bổ sung (Mẫu 02)",
        "“Thiếu trích lục bản đồ (Điều 28 Nghị định 101/2024/NĐ-CP)”",
        "Đã bổ sung",
        "Đã thông báo nghĩa vụ tài chính",
        "Niêm yết công khai.",
        "Xin lỗi và hẹn lại ngày trả (Mẫu 04)",
        "Không đủ điều kiện giải quyết.",
        "Đã trả lại dự thảo",
        "Đã ký",
        "Đã trả kết quả 08:00 15/09/2026",
        "Bưu chính công ích.",
    ]
    places = [words.find(one, words.find("Diễn biến hồ sơ")) for one in told]
    assert -1 not in places, told[places.index(-1)]


@pytest.mark.parametrize(
    ("action", "facts", "title"),
    [
        (actions.withdraw, {}, "Công dân rút hồ sơ"),
        (actions.stop, {"words": WHY}, "Dừng giải quyết (Mẫu 05)"),
        (actions.void, {"words": WHY}, "Đã huỷ: nhập nhầm"),
        (actions.transfer, {"body_key": OTHER}, "Từ Xã Rô Men đến Xã Đạ Rsal."),
    ],
)
def test_an_end_and_a_transfer_are_told(
    client: Client, action: Any, facts: dict[str, Any], title: str
) -> None:
    row = given.a_dossier_in_process()

    action(dossier_id=row.id, actor=CLERK, at=later(days=1), **facts)

    assert title in text_of(client.get(f"/dossiers/{row.code}/"))


def test_the_head_says_how_much_time_is_left_or_why_none_runs(client: Client) -> None:
    late, waiting = given.a_dossier_in_process(), given.a_waiting_dossier()
    fresh = given.a_received_dossier(at=timezone.now())

    assert "quá hạn" in text_of(client.get(f"/dossiers/{late.code}/"))
    assert "tạm dừng tính thời gian" in text_of(client.get(f"/dossiers/{waiting.code}/"))
    assert "còn" in text_of(client.get(f"/dossiers/{fresh.code}/"))


def test_an_ended_dossier_offers_nothing(client: Client) -> None:
    row = given.a_dossier_in_process()
    actions.withdraw(dossier_id=row.id, actor=CLERK, at=later(days=1))

    page = client.get(f"/dossiers/{row.code}/").content.decode()

    assert "/moves/" not in page


def test_names_stand_on_the_page_and_details_only_behind_a_reading(client: Client) -> None:
    owner, other = a_person(), a_person("Rơ Ông K’Lâm", identity_number="068303999902")
    row = actions.receive_new(
        request=given.a_request(),
        applicants=Applicants(owner, other, other),
        actor=CLERK,
        at=given.MONDAY,
    )

    page = client.get(f"/dossiers/{row.code}/").content.decode()
    assert "Kơ Să Thử Nghiệm" in page
    assert "068085999901" not in page
    assert not Reading.objects.exists()

    words = text_of(client.get(f"/dossiers/{row.code}/parties/"))
    assert "068085999901" in words
    assert "Người nộp hồ sơ, Người được uỷ quyền" in words
    assert "Người lan · Kơ Să Thử Nghiệm · để giải quyết hồ sơ" in words
    assert {(r.person_id, r.reader_id, r.subject_id) for r in Reading.objects.all()} == {
        (owner, account_id(), row.id),
        (other, account_id(), row.id),
    }


def test_details_are_refused_when_the_reading_cannot_be_written(client: Client) -> None:
    row = a_dossier_of(a_person())
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE citizens_reading RENAME TO citizens_reading_gone")

    response = client.get(f"/dossiers/{row.code}/parties/")

    assert response.status_code == 503
    assert "068085999901" not in response.content.decode()


def test_who_may_read_dossiers_only_never_sees_the_parties() -> None:
    row = a_dossier_of(a_person())
    reader = signed_in(Role.REGISTRY_CLERK)

    page = reader.get(f"/dossiers/{row.code}/").content.decode()

    assert "/parties/" not in page
    assert reader.get(f"/dossiers/{row.code}/parties/").status_code == 403
    assert not Reading.objects.exists()


def test_a_right_elsewhere_opens_no_parties_here() -> None:
    row = a_dossier_of(a_person())
    client = signed_in(Role.COUNTER_CLERK, unit_key=OTHER)

    assert client.get(f"/dossiers/{row.code}/parties/").status_code == 403


def test_an_unknown_code_is_not_found_and_a_sloppy_one_is(client: Client) -> None:
    row = given.a_received_dossier()

    assert client.get("/dossiers/H36-000000-0001/").status_code == 404
    assert client.get(f"/dossiers/ {row.code.lower()}/").status_code == 200


@pytest.mark.parametrize("code", ["%00", "a%00b", "%F0%9F%99%82", "x" * 3000])
def test_a_code_of_nonsense_is_not_found(client: Client, code: str) -> None:
    assert client.get(f"/dossiers/{code}/").status_code == 404


def test_a_script_in_words_is_shown_as_words(client: Client) -> None:
    row = given.a_dossier_in_process()
    words = Words("<script>alert(1)</script>")
    actions.request_supplement(dossier_id=row.id, words=words, actor=CLERK, at=later(days=1))

    page = client.get(f"/dossiers/{row.code}/").content.decode()

    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


def test_the_page_needs_few_queries_however_long_the_story(
    client: Client, django_assert_max_num_queries: Any
) -> None:
    row = given.a_dossier_in_process()
    for number in range(30):
        at = given.MONDAY + timedelta(days=1, minutes=number)
        actions.assign(dossier_id=row.id, account_id=account_id(), actor=CLERK, at=at)
    client.get(f"/dossiers/{row.code}/")

    with django_assert_max_num_queries(40):
        client.get(f"/dossiers/{row.code}/")


def test_a_dossier_in_process_offers_the_decision_before_one_more_hand_over(
    client: Client,
) -> None:
    row = given.a_dossier_in_process()

    page = client.get(f"/dossiers/{row.code}/").content.decode()

    assert 0 < page.find("/moves/submit/") < page.find("/moves/hand_over/")


def test_the_right_to_read_parties_elsewhere_opens_none_here() -> None:
    row = a_dossier_of(a_person())
    client = signed_in(Role.REGISTRY_CLERK)
    grant_role(
        account_id=UUID(account_id()),
        role=Role.COUNTER_CLERK,
        unit_key=OTHER,
        actor=SYSTEM,
        at=given.MONDAY,
    )

    assert client.get(f"/dossiers/{row.code}/").status_code == 200
    assert client.get(f"/dossiers/{row.code}/parties/").status_code == 403
    assert not Reading.objects.exists()
