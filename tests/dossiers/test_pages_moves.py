"""Every move of the table can be made in the browser, by those who may, and by nobody else."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from motcua.accounts.roles import Role
from motcua.dossiers import actions
from motcua.dossiers.models import Dossier, Leg, Remark
from motcua.dossiers.pages.move_pages import OFFERED
from motcua.dossiers.rules import moves
from motcua.dossiers.rules.statuses import Outcome, Status
from motcua.ledger.models import Event

from . import given
from .given import CLERK, COMMUNE, OTHER, WHY, later
from .given_pages import EVERY_ROLE, account_id, post_move, signed_in, text_of

pytestmark = pytest.mark.django_db
REASON = {"words": "Thiếu trích lục bản đồ"}
BASIS = {**REASON, "legal_basis": "Điều 28 Nghị định 101/2024/NĐ-CP"}
Given = Callable[[], Dossier]


@pytest.fixture(autouse=True)
def _registry() -> None:
    given.a_registry()


@pytest.fixture
def client() -> Client:
    return signed_in(*EVERY_ROLE)


def a_dossier_due_later() -> Dossier:
    """Received now, so that ten working days lie ahead."""
    row = given.a_received_dossier(at=timezone.now())
    return actions.hand_over(dossier_id=row.id, actor=CLERK, at=timezone.now())


def after(begin: Given, action: Callable[..., Dossier], **facts: Any) -> Given:
    return lambda: action(dossier_id=begin().id, actor=CLERK, at=later(days=3), **facts)


in_process = given.a_dossier_in_process
to_refile = after(given.a_filed_dossier, actions.return_for_refiling, words=WHY)
consulting = after(in_process, actions.ask_consultation, body_key=OTHER)
with_leg = after(in_process, actions.open_leg, body_key=OTHER)
owing = after(in_process, actions.notify_obligation)
on_hold = after(in_process, actions.pause_clock, words=WHY)
submitted = after(in_process, actions.submit, outcome=Outcome.POSITIVE)
to_sign = after(in_process, actions.submit_for_signature, outcome=Outcome.POSITIVE)
to_number = after(to_sign, actions.sign)

CASES: dict[str, tuple[Given, dict[str, Any]]] = {
    "receive": (given.a_filed_dossier, {}),
    "return_for_refiling": (given.a_filed_dossier, REASON),
    "refile": (to_refile, {}),
    "refuse": (given.a_filed_dossier, BASIS),
    "assign": (in_process, {"account": "me"}),
    "hand_over": (given.a_received_dossier, {"account": "me"}),
    "transfer": (in_process, {"body": OTHER, "reason": "address", "words": "Đất ở xã bên"}),
    "ask_consultation": (in_process, {"body": OTHER}),
    "answer_consultation": (consulting, {"words": "Đồng ý"}),
    "open_leg": (in_process, {"body": OTHER, "due_on": "2026-12-01"}),
    "close_leg": (with_leg, {"leg": "1"}),
    "request_supplement": (in_process, BASIS),
    "complete_supplement": (given.a_waiting_dossier, {}),
    "stop_unanswered": (given.a_waiting_dossier, BASIS),
    "notify_obligation": (in_process, {"words": "Thuế 1.250.000 đồng"}),
    "meet_obligation": (owing, {}),
    "pause_clock": (in_process, {**REASON, "reason": "posting"}),
    "resume_clock": (on_hold, {}),
    "extend": (a_dossier_due_later, {**REASON, "due_on": "2026-12-31"}),
    "submit": (in_process, {"outcome": "positive"}),
    "submit_for_signature": (in_process, {**REASON, "outcome": "negative"}),
    "approve": (submitted, {}),
    "send_back": (to_sign, REASON),
    "sign": (to_sign, {}),
    "number": (to_number, {}),
    "return_result": (given.a_ready_dossier, {"way": "post"}),
    "withdraw": (in_process, REASON),
    "stop": (in_process, BASIS),
    "void": (in_process, REASON),
}


def test_every_move_of_people_is_offered_and_tried_here() -> None:
    by_people = {m.name for m in moves.MOVES if m.sources and m not in moves.BY_SYSTEM}

    assert set(OFFERED) == by_people
    assert set(CASES) == by_people


@pytest.mark.parametrize("name", CASES)
def test_a_move_is_shown_on_the_dossier_and_made_by_its_form(client: Client, name: str) -> None:
    begin, data = CASES[name]
    row, move = begin(), moves.BY_NAME[name]
    data = {key: account_id() if value == "me" else value for key, value in data.items()}

    page = client.get(f"/dossiers/{row.code}/")
    response = post_move(client, row, name, **data)

    assert f"/dossiers/{row.code}/moves/{name}/" in page.content.decode()
    assert response.status_code == 303, text_of(response)
    made = Dossier.objects.get(pk=row.pk)
    assert made.status == (move.target or Status(row.status))
    assert made.version == row.version + 1
    event = Event.objects.get(subject_id=row.pk, subject_version=made.version)
    assert (event.kind, event.actor_id) == (move.event.name, account_id())
    assert client.get(response.headers["Location"]).status_code == 200


@pytest.mark.parametrize("name", CASES)
def test_nobody_without_the_right_makes_a_move(name: str) -> None:
    begin, data = CASES[name]
    row = begin()
    reader = signed_in(Role.REFORM_OFFICER)

    page = reader.get(f"/dossiers/{row.code}/")
    response = post_move(reader, row, name, **data)

    assert f"/moves/{name}/" not in page.content.decode()
    assert response.status_code == 403
    assert Dossier.objects.get(pk=row.pk).version == row.version


@pytest.mark.parametrize("name", CASES)
def test_the_page_of_a_move_shows_what_it_will_do(client: Client, name: str) -> None:
    row = CASES[name][0]()

    response = client.get(f"/dossiers/{row.code}/moves/{name}/")

    assert response.status_code == 200
    assert 'name="client_key"' in response.content.decode()


NEEDED = {
    "return_for_refiling": ["words"],
    "refuse": ["words", "legal_basis"],
    "stop_unanswered": ["words", "legal_basis"],
    "request_supplement": ["words", "legal_basis"],
    "pause_clock": ["words"],
    "extend": ["words", "due_on"],
    "submit": ["outcome"],
    "send_back": ["words"],
    "stop": ["words", "legal_basis"],
    "void": ["words"],
    "transfer": ["body"],
    "ask_consultation": ["body"],
    "open_leg": ["body"],
    "withdraw": ["words"],
    "return_result": ["way"],
}


@pytest.mark.parametrize("name", NEEDED)
def test_a_form_sent_empty_says_beside_each_field_what_is_missing(
    client: Client, name: str
) -> None:
    row = CASES[name][0]()

    response = post_move(client, row, name)

    body = response.content.decode()
    assert response.status_code == 422
    for field in NEEDED[name]:
        assert f'id="id_{field}_error"' in body or f'{name}_{field}_error"' in body, field
    assert Dossier.objects.get(pk=row.pk).version == row.version


def test_what_was_typed_stays_when_something_is_wrong(client: Client) -> None:
    row = in_process()

    response = post_move(
        client, row, "stop", words="Đương sự đã mất", client_key="key-of-this-form"
    )

    body = response.content.decode()
    assert "Đương sự đã mất" in body
    assert 'value="key-of-this-form"' in body


@pytest.mark.parametrize(
    ("due_on", "says"),
    [
        ("2026-11-22", "nghỉ"),
        ("2199-01-01", "lịch làm việc"),
        ("2026-11-25", "sau ngày hẹn cũ"),
        ("hôm nay", ""),
    ],
)
def test_a_wrong_new_appointment_is_refused_beside_its_field(
    client: Client, due_on: str, says: str
) -> None:
    row = a_dossier_due_later()

    response = post_move(client, row, "extend", due_on=due_on, **REASON)

    assert response.status_code == 422
    assert "extend_due_on_error" in response.content.decode()
    assert says in text_of(response).lower()


def test_the_new_appointment_is_proposed(client: Client) -> None:
    row = a_dossier_due_later()

    page = client.get(f"/dossiers/{row.code}/moves/extend/")

    assert 'name="due_on" value="2026-12-' in page.content.decode()


def test_a_second_click_and_the_back_button_do_nothing_twice(client: Client) -> None:
    row, key = in_process(), str(uuid4())

    answers = [
        post_move(client, row, "submit", outcome="positive", client_key=key) for _ in range(2)
    ]

    assert [answer.status_code for answer in answers] == [303, 303]
    assert Dossier.objects.get(pk=row.pk).version == row.version + 1


def test_a_second_click_on_a_transfer_is_no_error_though_the_dossier_is_gone() -> None:
    client, key = signed_in(Role.SPECIALIST, unit_key=OTHER), str(uuid4())
    row = actions.receive_new(
        request=actions.Request(given.TEN_DAYS, "direct", OTHER),
        applicants=given.APPLICANT,
        actor=CLERK,
        at=given.MONDAY,
    )

    answers = [
        post_move(client, row, "transfer", body=COMMUNE, reason="address", client_key=key)
        for _ in range(2)
    ]

    assert [answer.status_code for answer in answers] == [303, 303]
    assert Dossier.objects.get(pk=row.pk).holder_key == COMMUNE


def test_who_gives_a_dossier_away_comes_back_to_the_work_list() -> None:
    client, row = signed_in(Role.SPECIALIST, unit_key=OTHER), in_process()
    row = actions.transfer(dossier_id=row.id, body_key=OTHER, actor=CLERK, at=later(days=2))

    response = post_move(client, row, "transfer", body=COMMUNE, reason="address")

    assert response.headers["Location"] == "/work/"


def test_who_looked_at_an_old_version_is_told_so_and_nothing_happens(client: Client) -> None:
    row = in_process()
    actions.assign(dossier_id=row.id, account_id=given.a_worker(), actor=CLERK, at=later(days=2))

    response = post_move(client, row, "submit", outcome="positive")

    assert response.status_code == 422
    assert "Hồ sơ đã thay đổi" in text_of(response)
    assert Dossier.objects.get(pk=row.pk).status == "in_process"


def test_a_move_that_is_not_possible_now_is_refused_in_words(client: Client) -> None:
    row = in_process()

    shown = client.get(f"/dossiers/{row.code}/moves/sign/")
    made = post_move(client, row, "sign")

    assert "Không làm được khi hồ sơ đang ở trạng thái" in text_of(shown)
    assert made.status_code == 422
    assert "Chưa thể “Ký”: hồ sơ đang ở trạng thái “Đang giải quyết”" in text_of(made)


@pytest.mark.parametrize("name", ["note_overdue", "note_step", "file", "nonsense"])
def test_moves_of_the_program_have_no_page(client: Client, name: str) -> None:
    row = in_process()

    assert client.get(f"/dossiers/{row.code}/moves/{name}/").status_code == 404


def test_a_supplement_is_one_list_of_papers_and_guidance(client: Client) -> None:
    row = in_process()

    post_move(
        client,
        row,
        "request_supplement",
        words="Trích lục bản đồ\n\n  Giấy kết hôn ",
        legal_basis="Điều 28",
    )

    remark = Remark.objects.get(dossier=row)
    assert remark.words == "Trích lục bản đồ\nGiấy kết hôn"
    assert remark.legal_basis == "Điều 28"


def test_a_second_supplement_needs_an_approver(client: Client) -> None:
    row = given.a_waiting_dossier()
    row = actions.complete_supplement(dossier_id=row.id, actor=CLERK, at=later(days=2))

    shown = client.get(f"/dossiers/{row.code}/")
    alone = post_move(client, row, "request_supplement", **BASIS)
    approved = post_move(client, row, "request_supplement", **BASIS, approver=account_id())

    assert "Bộ chỉ số 766" in text_of(shown)
    assert alone.status_code == 422
    assert approved.status_code == 303
    assert Remark.objects.latest("pk").approver_id == account_id()


def test_a_negative_decision_needs_its_reasons(client: Client) -> None:
    row = in_process()

    response = post_move(client, row, "submit", outcome="negative")

    assert "Không đủ điều kiện thì phải nêu lý do" in text_of(response)


def test_a_leg_ends_at_the_close_of_its_day(client: Client) -> None:
    row = in_process()

    post_move(client, row, "open_leg", body=OTHER, due_on="01/12/2026")

    due_at = Leg.objects.get(dossier=row).due_at
    assert due_at is not None
    assert timezone.localtime(due_at).strftime("%H:%M %d/%m/%Y") == "17:30 01/12/2026"


def test_the_representative_gets_the_result_only_if_there_is_one(client: Client) -> None:
    row = given.a_ready_dossier()

    response = post_move(client, row, "return_result", way="representative")

    assert response.status_code == 422


def test_a_final_move_opens_a_page_of_its_own_first(client: Client) -> None:
    row = in_process()

    page = client.get(f"/dossiers/{row.code}/").content.decode()

    assert f'class="offer" href="/dossiers/{row.code}/moves/stop/"' in page
    assert f'action="/dossiers/{row.code}/moves/stop/"' not in page


def test_the_holder_is_the_body_of_the_dossier() -> None:
    assert in_process().holder_key == COMMUNE
