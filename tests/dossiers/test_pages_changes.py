"""The pages of a change: from the draft to the list, the act, and the way back."""

from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.utils import timezone
from openpyxl import Workbook, load_workbook

from motcua.accounts.actors import SYSTEM
from motcua.accounts.roles import Role
from motcua.dossiers.actions import draft_change
from motcua.dossiers.changes.going_on import go_on
from motcua.dossiers.models import ClockChange, Dossier
from motcua.dossiers.pages.change_sheet import _bold, _text
from motcua.registry.draft_params import to_params

from .given import (
    COMMUNE,
    DISTRICT,
    OTHER,
    TEN_DAYS,
    a_filed_dossier,
    a_received_dossier,
    a_registry,
    later,
)
from .given_changes import HOLIDAY, NOW, an_applied, reversed_again
from .given_pages import signed_in, text_of
from .test_changes_drafts import SHORTER

pytestmark = pytest.mark.django_db
HERE = replace(HOLIDAY, unit_key=COMMUNE)


@pytest.fixture(autouse=True)
def _registry(db: None) -> None:
    a_registry()


def an_administrator(unit_key: str = DISTRICT, name: str = "quan-tri") -> Client:
    return signed_in(Role.ADMINISTRATOR, unit_key=unit_key, name=name)


def a_draft_of(client: Client) -> ClockChange:
    response = client.post("/clock/changes/new/", to_params(HERE))
    assert response.status_code == 303
    change = ClockChange.objects.get()
    assert response["Location"] == f"/clock/changes/{change.pk}/"
    return change


def test_a_draft_goes_from_the_address_to_the_list_the_act_and_back() -> None:
    dossier, client = a_received_dossier(), an_administrator()
    shown = client.get(f"/clock/changes/new/?{urlencode(to_params(HERE))}")
    assert "Ngày nghỉ thử" in text_of(shown)
    assert not ClockChange.objects.exists()  # looking writes nothing

    change = a_draft_of(client)
    page = client.get(f"/clock/changes/{change.pk}/")
    assert 'hx-trigger="every 1s"' in page.content.decode()
    go_on(at=NOW)
    page = client.get(f"/clock/changes/{change.pk}/")
    assert "hx-trigger" not in page.content.decode().partition('id="step"')[2].partition(">")[0]
    words = text_of(page)
    for said in (dossier.code, "17:30 28/09/2026", "17:30 29/09/2026", "28/09/2026"):
        assert said in words

    client.post(f"/clock/changes/{change.pk}/apply/", {"client_key": "ap-dung-1"})
    assert "hx-get" in client.get(f"/clock/changes/{change.pk}/").content.decode()
    go_on(at=NOW)
    assert Dossier.objects.get(pk=dossier.pk).due_at == later(days=15, hours=8, minutes=30)
    assert dossier.code in text_of(client.get(f"/clock/changes/{change.pk}/"))
    assert "Ngày nghỉ thử" in text_of(client.get("/clock/changes/"))

    client.post(f"/clock/changes/{change.pk}/reverse/", {"client_key": "thu-hoi-1"})
    go_on(at=NOW)
    assert Dossier.objects.get(pk=dossier.pk).due_at == dossier.due_at
    assert client.get(f"/clock/changes/{change.pk}/").status_code == 200


def test_the_page_says_how_many_had_only_a_smaller_limit_moved() -> None:
    filed, client = a_filed_dossier(at=later(days=11)), an_administrator()
    change = an_applied(HERE)

    page = text_of(client.get(f"/clock/changes/{change.pk}/"))

    said = "Cùng đổi theo: hạn thành phần (bước, tiếp nhận, bổ sung của người nộp) của 1 hồ sơ"
    assert said in page
    assert Dossier.objects.get(pk=filed.pk).acceptance_due_at != filed.acceptance_due_at
    reversed_again(change)
    assert "Cùng đổi theo" in text_of(client.get(f"/clock/changes/{change.pk}/"))


def test_the_workbook_holds_every_dossier_with_its_reason() -> None:
    dossiers, client = [a_received_dossier() for _ in range(30)], an_administrator()
    change = a_draft_of(client)
    go_on(at=NOW)

    response = client.get(f"/clock/changes/{change.pk}/list.xlsx")

    book = load_workbook(BytesIO(b"".join(response.streaming_content)))  # type: ignore[attr-defined]
    sheet, by_unit = book.worksheets
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A3", "A2:G32")
    assert [row[1].value for row in by_unit.iter_rows(min_row=2)] == [30]
    rows = list(sheet.iter_rows(min_row=3, values_only=True))
    assert {row[0] for row in rows} == {one.code for one in dossiers}
    assert [f"{one:%d/%m %H:%M}" for one in rows[0][4:6]] == ["28/09 17:30", "29/09 17:30"]
    assert "28/09/2026" in str(rows[0][6])
    second = client.get(f"/clock/changes/{change.pk}/?page=2").content.decode()
    assert second.count('<span class="code">') == 5  # an administrator does not open dossiers
    reader = signed_in(Role.ADMINISTRATOR, Role.SPECIALIST, unit_key=DISTRICT, name="can-bo")
    opened = reader.get(f"/clock/changes/{change.pk}/?page=2").content.decode()
    assert opened.count('class="code" href="/dossiers/') == 5
    of_other = client.get(f"/clock/changes/{change.pk}/?unit={OTHER}")
    assert '<span class="code">' not in of_other.content.decode()


def test_a_name_that_looks_like_a_formula_stays_text() -> None:
    book, file = Workbook(write_only=True), BytesIO()
    page = book.create_sheet("x")
    page.append([_text(page, "=1+1"), _bold(page, "=HYPERLINK(1)")])
    book.save(file)

    [row] = load_workbook(file).worksheets[0].iter_rows()

    assert [(one.value, one.data_type) for one in row] == [("=1+1", "s"), ("=HYPERLINK(1)", "s")]


def test_a_preview_is_stopped_and_counted_again_from_its_page() -> None:
    client = an_administrator()
    change = a_draft_of(client)

    client.post(f"/clock/changes/{change.pk}/stop/")
    assert ClockChange.objects.get().preview == "stopped"
    assert client.get(f"/clock/changes/{change.pk}/").status_code == 200
    client.post(f"/clock/changes/{change.pk}/preview/")
    go_on(at=NOW)

    assert ClockChange.objects.get().preview == "ready"
    assert client.post(f"/clock/changes/{change.pk}/dance/").status_code == 404


def test_nobody_changes_or_sees_what_is_not_theirs_to_keep() -> None:
    keeper = an_administrator()
    change = a_draft_of(keeper)
    stranger = an_administrator(unit_key=OTHER, name="nguoi-la")
    clerk = signed_in(Role.COUNTER_CLERK, name="thu-ly")

    for client in (stranger, clerk):
        assert client.get(f"/clock/changes/{change.pk}/").status_code == 403
        assert client.get(f"/clock/changes/{change.pk}/list.xlsx").status_code == 403
        assert client.post(f"/clock/changes/{change.pk}/stop/").status_code == 403
        assert client.post("/clock/changes/new/", to_params(HERE)).status_code == 403
    assert "Ngày nghỉ thử" not in text_of(stranger.get("/clock/changes/"))
    nation = to_params(HOLIDAY)
    assert keeper.post("/clock/changes/new/", nation).status_code == 403


def test_a_wrong_address_is_told_and_an_empty_one_shows_the_ways() -> None:
    client = an_administrator()

    assert client.get("/clock/changes/new/").status_code == 200
    wrong = client.get("/clock/changes/new/?do=enter_day&unit=nation&day=2026-02-31")
    assert wrong.status_code == 422
    assert "2026-02-31" in text_of(wrong)


def test_a_limit_is_corrected_from_its_form() -> None:
    dossier, client = a_received_dossier(), an_administrator()
    assert client.get("/clock/changes/limit/").status_code == 200
    page = client.get(f"/clock/changes/limit/?procedure={TEN_DAYS}")
    assert "2021-01-01||" in page.content.decode()
    said = {
        "procedure": TEN_DAYS,
        "place": "2021-01-01||",
        "value": "7",
        "unit": "working_day",
        "decision": "QĐ 12/QĐ-UBND",
        "legal_basis": "Luật thử",
        "running": "yes",
    }
    for wrong in ({"value": "0"}, {"value": ""}, {"running": "no"}, {"legal_basis": ""}):
        assert client.post("/clock/changes/limit/", {**said, **wrong}).status_code == 422
    same = client.post("/clock/changes/limit/", {**said, "value": "10"})
    assert same.status_code == 422

    assert client.post("/clock/changes/limit/", said).status_code == 303
    go_on(at=NOW)
    change = ClockChange.objects.get()
    assert change.would_move == 1
    words = text_of(client.get(f"/clock/changes/{change.pk}/"))
    assert dossier.code in words
    assert "QĐ 12/QĐ-UBND" in words
    assert "17:30 23/09/2026" in words


def test_a_first_day_that_is_not_ahead_is_told_beside_its_field_and_nothing_typed_is_lost() -> None:
    client, today = an_administrator(), timezone.localdate()
    said = {
        "procedure": TEN_DAYS,
        "place": "2021-01-01||",
        "value": "7",
        "unit": "working_day",
        "decision": "QĐ 12/QĐ-UBND",
        "legal_basis": "Luật thử",
        "running": "no",
        "from_day": f"{today:%d/%m/%Y}",
    }

    page = client.post("/clock/changes/limit/", said)

    assert page.status_code == 422
    assert page.context["form"].errors["from_day"] == [
        f"Hãy chọn một ngày sau hôm nay: hồ sơ tiếp nhận từ {today:%d/%m/%Y} có thể đang giải"
        " quyết và sẽ bị tính lại."
    ]
    assert f'value="{today:%d/%m/%Y}"' in page.content.decode()
    assert 'value="QĐ 12/QĐ-UBND"' in page.content.decode()
    assert not ClockChange.objects.exists()


@pytest.mark.parametrize("page", ["9" * 5000, "٣", "-1", "x", "0"])
def test_a_page_no_list_has_is_the_nearest_there_is(page: str) -> None:
    a_received_dossier()
    client = an_administrator()
    change = a_draft_of(client)
    go_on(at=NOW)

    assert client.get(f"/clock/changes/{change.pk}/?page={page}").status_code == 200
    assert client.get(f"/clock/changes/?page={page}").status_code == 200


def test_a_keeper_sees_its_own_changes_however_many_others_there_are() -> None:
    keeper = an_administrator(unit_key=COMMUNE)
    change = a_draft_of(keeper)
    others = replace(HOLIDAY, unit_key=OTHER, name="Của xã khác")
    limit = replace(SHORTER, value=9)
    for number in range(30):
        draft = limit if number == 7 else others
        draft_change(draft=draft, actor=SYSTEM, at=timezone.now() + timedelta(minutes=number))

    words = text_of(keeper.get("/clock/changes/"))
    assert "Ngày nghỉ thử" in words
    assert "Của xã khác" not in words

    above = an_administrator(name="cap-tren")
    first, second = (above.get(f"/clock/changes/?page={n}").content.decode() for n in (1, 2))
    assert first.count("<tr>") + second.count("<tr>") - 2 == 31
    assert f"/clock/changes/{change.pk}/" not in first
    assert f"/clock/changes/{change.pk}/" in second


def test_a_draft_is_thrown_away_on_its_page() -> None:
    a_received_dossier()
    client = an_administrator()
    change = a_draft_of(client)
    stranger = an_administrator(unit_key=OTHER, name="nguoi-la")
    discard = f"/clock/changes/{change.pk}/discard/"
    assert discard in client.get(f"/clock/changes/{change.pk}/").content.decode()
    assert stranger.post(discard).status_code == 403
    go_on(at=NOW)

    done = client.post(discard, {"client_key": "bo-nhap-1"})

    assert (done.status_code, done["Location"]) == (303, "/clock/changes/")
    assert client.post(discard, {"client_key": "bo-nhap-1"}).status_code == 303
    assert client.post(discard, {"client_key": "bo-nhap-2"}).status_code == 422
    assert "Ngày nghỉ thử" not in text_of(client.get("/clock/changes/"))
    page = client.get(f"/clock/changes/{change.pk}/")
    assert "Bản nháp này đã bị bỏ" in text_of(page)
    assert discard not in page.content.decode()
