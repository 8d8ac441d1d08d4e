"""The calendar in the browser of whoever reads it, and of whoever keeps it."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from motcua.accounts.actors import SYSTEM
from motcua.accounts.roles import Role
from motcua.kit.calendar import DayKind
from motcua.registry.actions import enter_day
from motcua.registry.draft_params import Problems, from_params
from motcua.registry.drafts import DayDraft, DecreeDraft, RemovalDraft, SwapDraft, WeekDraft
from motcua.registry.models import CalendarEntry, WeekHours
from motcua.registry.seed import install
from tests.dossiers.given_pages import signed_in, text_of

from . import given

pytestmark = pytest.mark.django_db
COMMUNE, OTHER = "24886@2025-07-01", "24875@2025-07-01"
YEAR = f"/calendar/{COMMUNE}/2026/"
CLOSURE = {
    "do": "enter_day",
    "kind": "closure",
    "day": "2026-12-01",
    "spans": "07:30-11:30",
    "name": "Bão số 9",
    "legal_basis": "Công điện 12/CĐ-UBND",
    "source": "UBND xã",
}
DECREE = """date,kind,name_vi,counterpart_date,source
2027-01-01,holiday,Tết Dương lịch,,TB 99
2027-02-05,holiday,Giao thừa,,TB 99
2027-02-11,holiday,Mùng sáu,,TB 99
"""


@pytest.fixture(autouse=True)
def _registry(db: None) -> None:
    install(SYSTEM, given.AT)


@pytest.fixture
def keeper() -> Client:
    """Somebody who keeps the calendar of one commune."""
    return signed_in(Role.ADMINISTRATOR, unit_key=COMMUNE)


@pytest.fixture
def clerk() -> Client:
    return signed_in(Role.COUNTER_CLERK, unit_key=COMMUNE, name="mai")


def opened(client: Client, path: str, language: str = "vi") -> Any:
    client.cookies["django_language"] = language
    return client.get(path)


def cell_of(body: str, day: str) -> str:
    found = re.search(rf'<td class="([^"]*)"><a id="d{day}".*?</td>', body)
    assert found is not None
    return found.group(0)


def draft_sent_on(response: Any) -> object:
    """The change a form has sent on to its preview."""
    assert response.status_code == 303
    address = urlsplit(response["Location"])
    assert address.path == reverse("dossiers:change_new")
    read = from_params(dict(parse_qsl(address.query)))
    assert not isinstance(read, Problems)
    return read


def closed(unit_key: str | None, day: date, kind: DayKind = DayKind.CLOSURE) -> CalendarEntry:
    draft = DayDraft(day, kind, "Mất điện", "QĐ 1", "báo", unit_key)
    return enter_day(draft=draft, actor=SYSTEM, at=given.AT)


# Reading


@pytest.mark.parametrize(
    ("day", "state", "words"),
    [
        ("2026-01-02", "swap_off", "02/01/2026: Nghỉ hoán đổi"),
        ("2026-01-10", "worked", "10/01/2026: Làm bù cho ngày khác"),
        ("2026-11-24", "holiday", "24/11/2026: Nghỉ lễ, Tết, Ngày Văn hóa Việt Nam"),
        ("2026-04-27", "observed", "27/04/2026: Nghỉ bù ngày lễ, Tết"),
        ("2026-11-23", "open", "23/11/2026: Ngày làm việc"),
        ("2026-11-22", "rest", "22/11/2026: Nghỉ hằng tuần"),
    ],
)
def test_a_day_is_told_by_its_sign_and_in_words(
    clerk: Client, day: str, state: str, words: str
) -> None:
    cell = cell_of(opened(clerk, YEAR).content.decode(), day)

    assert f'<td class="{state}' in cell
    assert words in cell


def test_a_closed_day_of_the_commune_is_shown_there_and_not_elsewhere(clerk: Client) -> None:
    closed(COMMUNE, date(2026, 12, 1))

    bodies = [opened(clerk, f"/calendar/{key}/2026/").content.decode() for key in (COMMUNE, OTHER)]

    assert 'class="closure"' in cell_of(bodies[0], "2026-12-01")
    assert 'class="open"' in cell_of(bodies[1], "2026-12-01")


def test_a_day_shows_who_says_what_and_which_word_counts(clerk: Client) -> None:
    words = text_of(opened(clerk, f"{YEAR}?day=2026-11-24"))

    assert "Thứ Ba, 24/11/2026" in words
    assert "Nghị quyết 28/2026/QH16" in words
    assert re.search(r"Giờ làm việc trong tuần · Tỉnh Lâm Đồng.{0,9}bị thay", words)
    assert re.search(r"Mục của ngày · Cả nước.{0,9}có hiệu lực", words)


def test_the_months_count_their_working_days(clerk: Client) -> None:
    words = text_of(opened(clerk, YEAR))

    assert "249 ngày làm việc" in words
    assert re.search(r"Tháng 1 /2026 21 ngày làm việc", words)
    assert re.search(r"Tháng 2 /2026 15 ngày làm việc", words)


def test_2027_is_computed_not_decided_and_says_so(clerk: Client) -> None:
    for language, said in (("vi", "Tạm tính, chưa quyết định"), ("en", "Computed, not decided")):
        words = text_of(opened(clerk, f"/calendar/{COMMUNE}/2027/?day=2027-02-05", language))

        assert words.count(said) > 15  # the year, the day, and every entry of the list
        assert said not in text_of(opened(clerk, YEAR, language))


def test_a_year_without_any_day_off_says_that_the_decree_is_missing(clerk: Client) -> None:
    assert "Chưa biết ngày nghỉ nào" in text_of(opened(clerk, "/calendar/nation/2031/"))


def test_a_conflict_is_shown_with_the_way_to_its_day(clerk: Client) -> None:
    closed(COMMUNE, date(2026, 12, 6))

    body = opened(clerk, YEAR).content.decode()

    assert "vốn không làm việc" in body
    assert f'href="/calendar/{COMMUNE}/2026/?day=2026-12-06#day"' in body


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/calendar/24886/2026/", 200),
        ("/calendar/nation/2026/?day=2025-01-01", 200),
        ("/calendar/nation/2026/?day=tomorrow", 200),
        ("/calendar/nobody/2026/", 404),
        ("/calendar/nation/2036/", 422),
        ("/calendar/nation/1999/", 422),
    ],
)
def test_addresses_that_are_typed_are_answered(clerk: Client, path: str, status: int) -> None:
    assert opened(clerk, path).status_code == status


def test_the_own_unit_comes_first_and_units_are_found_without_tones(clerk: Client) -> None:
    words = text_of(opened(clerk, "/calendar/"))
    assert words.index("Xã Đam Rông 1") < words.index("Tỉnh và xã")

    found = text_of(opened(clerk, "/calendar/?q=dam rong 2"))
    assert "Xã Đam Rông 2" in found
    assert "Xã Đam Rông 1" not in found


def test_who_reads_no_dossiers_and_keeps_nothing_reads_no_calendar() -> None:
    helper = signed_in(Role.HELPER, unit_key=COMMUNE)

    assert helper.get("/calendar/").status_code == 403
    assert helper.get(YEAR).status_code == 403


# Keeping


def test_only_who_keeps_it_is_offered_to_change_it(clerk: Client, keeper: Client) -> None:
    closed(COMMUNE, date(2026, 12, 1))

    assert "/change/" not in opened(clerk, f"{YEAR}?day=2026-12-01").content.decode()
    body = opened(keeper, f"{YEAR}?day=2026-12-01").content.decode()
    assert body.count('name="entry"') == 2  # in the day, and in the list; not for the nation's
    assert "/change/" not in opened(keeper, "/calendar/nation/2026/").content.decode()


CHANGES: list[tuple[Mapping[str, str], object]] = [
    (
        CLOSURE,
        DayDraft(
            date(2026, 12, 1),
            DayKind.CLOSURE,
            "Bão số 9",
            "Công điện 12/CĐ-UBND",
            "UBND xã",
            COMMUNE,
            "07:30-11:30",
        ),
    ),
    (
        {**CLOSURE, "kind": "served", "day": "2026-12-05"},
        DayDraft(
            date(2026, 12, 5),
            DayKind.SERVED,
            "Bão số 9",
            "Công điện 12/CĐ-UBND",
            "UBND xã",
            COMMUNE,
            "07:30-11:30",
        ),
    ),
    (
        {
            "do": "swap_days",
            "day_off": "2026-12-04",
            "day_worked": "2026-12-12",
            "name": "Hoán đổi",
            "legal_basis": "QĐ 1",
            "source": "xã",
        },
        SwapDraft(date(2026, 12, 4), date(2026, 12, 12), "Hoán đổi", "QĐ 1", "xã", COMMUNE),
    ),
    (
        {
            "do": "set_week_hours",
            "valid_from": "2027-01-01",
            "mon": "08:00-12:00",
            "legal_basis": "QĐ 1",
            "source": "xã",
        },
        WeekDraft(date(2027, 1, 1), {0: "08:00-12:00"}, "QĐ 1", "xã", COMMUNE),
    ),
    (
        {
            "do": "set_week_hours",
            "service": "1",
            "valid_from": "2027-01-01",
            "sat": "08:00-11:00",
            "legal_basis": "QĐ 1",
            "source": "xã",
        },
        WeekDraft(date(2027, 1, 1), {5: "08:00-11:00"}, "QĐ 1", "xã", COMMUNE, is_service=True),
    ),
]


@pytest.mark.parametrize(("typed", "draft"), CHANGES)
def test_a_change_is_sent_on_to_what_it_would_move_and_nothing_is_written(
    keeper: Client, typed: Mapping[str, str], draft: object
) -> None:
    before = (CalendarEntry.objects.count(), WeekHours.objects.count())

    assert draft_sent_on(keeper.post(f"/calendar/{COMMUNE}/change/", typed)) == draft
    assert (CalendarEntry.objects.count(), WeekHours.objects.count()) == before


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"legal_basis": ""}, "căn cứ pháp lý"),
        ({"name": ""}, "Hãy điền ô này"),
        ({"source": ""}, "Hãy điền ô này"),
        ({"spans": "7h30"}, "7h30"),
        ({"day": ""}, "Hãy điền ô này"),
        ({"day": "2040-01-01"}, "Lịch làm việc có từ"),
        ({"do": "swap_days", "day_off": "2026-12-12", "day_worked": "2026-12-12"}, "trùng nhau"),
        ({"do": "swap_days", "day_off": "2026-12-06", "day_worked": "2026-12-12"}, "06/12/2026"),
        ({"do": "swap_days", "day_off": "2026-12-04", "day_worked": "2026-12-07"}, "07/12/2026"),
        ({"do": "set_week_hours", "valid_from": "2027-01-01"}, "ít nhất một ngày"),
    ],
)
def test_what_is_wrong_is_told_beside_its_field_and_what_was_typed_stays(
    keeper: Client, changed: Mapping[str, str], said: str
) -> None:
    keeper.cookies["django_language"] = "vi"
    typed = {**CLOSURE, **changed}
    if changed.get("do"):
        del typed["kind"]

    response = keeper.post(f"/calendar/{COMMUNE}/change/", typed)

    assert response.status_code == 422
    assert said in text_of(response)
    kept = typed["legal_basis"] or typed["name"]
    assert f'value="{kept}"' in response.content.decode()


def test_what_the_calendar_says_already_is_told_in_the_form(keeper: Client) -> None:
    keeper.cookies["django_language"] = "vi"
    closed(COMMUNE, date(2026, 12, 1))

    response = keeper.post(f"/calendar/{COMMUNE}/change/", {**CLOSURE, "spans": ""})

    assert response.status_code == 422
    assert "01/12/2026 đã có trong lịch" in text_of(response)


def test_forms_begin_with_the_day_and_the_hours_there_are(keeper: Client) -> None:
    page = f"/calendar/{COMMUNE}/change/"
    closure = opened(keeper, f"{page}?do=enter_day&kind=closure&day=2026-12-01")
    week = opened(keeper, f"{page}?do=set_week_hours&valid_from=2027-01-04")
    swap = opened(keeper, f"{page}?do=swap_days&day=2026-12-12")

    assert 'value="2026-12-01"' in closure.content.decode()
    assert week.content.decode().count('value="07:30-11:30,13:30-17:30"') == 6  # and the choice
    assert re.search(r'name="day_worked" value="2026-12-12"', swap.content.decode())


def test_both_halves_of_a_swap_go_together(keeper: Client) -> None:
    pair = SwapDraft(date(2026, 12, 4), date(2026, 12, 12), "Đổi", "QĐ", "xã", COMMUNE)
    rows = [enter_day(draft=day, actor=SYSTEM, at=given.AT) for day in pair.days()]
    body = opened(keeper, f"{YEAR}?day=2026-12-12").content.decode()
    [entry] = set(re.findall(r'name="entry" value="([^"]+)"', body))

    sent = keeper.post(f"/calendar/{COMMUNE}/change/", {"do": "remove_days", "entry": entry})

    assert draft_sent_on(sent) == RemovalDraft(tuple(row.pk for row in rows))


@pytest.mark.parametrize("key", ["nation", OTHER])
def test_a_calendar_of_others_is_not_changed(keeper: Client, key: str) -> None:
    assert keeper.post(f"/calendar/{key}/change/", CLOSURE).status_code == 403
    assert keeper.get(f"/calendar/{key}/decree/").status_code == 403
    row = CalendarEntry.objects.filter(unit=None).first()
    assert row is not None
    data = {"do": "remove_days", "entry": str(row.pk)}
    assert keeper.post(f"/calendar/{COMMUNE}/change/", data).status_code == 403


def test_a_clerk_changes_nothing(clerk: Client) -> None:
    assert clerk.post(f"/calendar/{COMMUNE}/change/", CLOSURE).status_code == 403


# A decree


def sent_file(client: Client, text: str, **more: str) -> Any:
    client.cookies["django_language"] = "vi"
    file = SimpleUploadedFile("decree.csv", text.encode())
    return client.post("/calendar/nation/decree/", {"file": file, **more})


@pytest.fixture
def nations() -> Client:
    """Somebody who keeps every calendar."""
    return signed_in(Role.ADMINISTRATOR, unit_key="*", name="hoa")


def test_a_decree_is_looked_at_and_sent_on(nations: Client) -> None:
    seen = sent_file(nations, DECREE, decree="TB 99/TB-BNV")
    words = text_of(seen)

    assert "2027 : Đã có quyết định" in words
    assert "10/02/2027 Mùng năm Tết Nguyên Đán: giữ lại" in words
    kept = re.search(r'name="text" value="([^"]*)"', seen.content.decode())
    assert kept is not None
    data = {"text": kept.group(1), "decree": "TB 99/TB-BNV", "go_on": "1"}
    draft = draft_sent_on(nations.post("/calendar/nation/decree/", data))
    assert isinstance(draft, DecreeDraft)
    assert [one.day.isoformat() for one in draft.days] == ["2027-02-11", "2027-01-01", "2027-02-05"]
    assert all(one.is_decided and one.legal_basis == "TB 99/TB-BNV" for one in draft.days)
    assert len(draft.replaced_ids) == 2


def test_rows_that_are_wrong_are_told_line_by_line_and_cannot_go_on(nations: Client) -> None:
    wrong = DECREE + "2027-02-30,holiday,Sai,,TB\n2027-03-01,party,Vui,,TB\n"

    for more in ({}, {"go_on": "1"}):
        response = sent_file(nations, wrong, **more)
        assert response.status_code == 422
    words = text_of(sent_file(nations, wrong))
    assert re.search(r"5 2027-02-30 date: .*2027-02-30", words)
    assert re.search(r"6 2027-03-01 kind: “party”", words)


@pytest.mark.parametrize("text", ["", "a;b;c\n1;2;3\n", "date,kind\n2027-01-01,holiday\n"])
def test_a_file_that_is_none_is_told(nations: Client, text: str) -> None:
    assert sent_file(nations, text).status_code == 422
