"""A dossier from the counter to the applicant's hands, as the people of a commune handle it."""

import re

import pytest
from playwright.sync_api import expect

from motcua.dossiers.models import Dossier
from motcua.ledger.models import Event

from .given import BIRTH, BIRTH_NAME, FOREIGN, PASSWORD, PEOPLE
from .people import Office

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_dossier_goes_through_its_whole_life(office: Office, language: str) -> None:
    clerk = office.person("motcua", language=language)
    code = clerk.receive()
    clerk.choose("Handed to", PEOPLE["chuyenmon"][0])
    clerk.makes("Hand over", "In process")

    specialist = office.person("chuyenmon", language=language)
    specialist.follow(code)
    specialist.unfold("Request a supplement")
    specialist.page.get_by_label("Giấy chứng sinh").locator("visible=true").check()
    specialist.fill("Legal basis", "Luật Hộ tịch, Điều 16")
    specialist.makes("Request a supplement", "Paused: waiting for a supplement")
    expect(specialist.page.locator(".due-card")).to_contain_text(
        specialist.words("waiting for a supplement"), ignore_case=True
    )

    clerk.find(code)
    clerk.makes("Supplement completed", "In process")

    specialist.page.reload()
    specialist.shown("The conditions are met: grant").check()
    specialist.makes("Submit to the head of division", "Waiting for approval")
    for username, move, then in (
        ("truongphong", "Approve", "Waiting for signature"),
        ("lanhdao", "Sign", "Waiting for number and seal"),
        ("vanthu", "Number and seal", "Result waiting at the counter"),
    ):
        person = office.person(username, language=language)
        person.follow(code)
        person.makes(move, then)

    clerk.page.reload()
    clerk.shown("At the counter, to the applicant").check()
    clerk.makes("Return the result", "Result returned")

    story = [
        "Received",
        "Handed over",
        "Supplement requested (form 02)",
        "Supplement completed",
        "Draft submitted",
        "Draft approved",
        "Signed",
        "Result ready",
        "Result handed out",
    ]
    assert clerk.told() == [clerk.words(title) for title in story]
    clerk.sees("Giấy chứng sinh")
    row = Dossier.objects.get(code=code)
    assert Event.objects.filter(subject_id=row.pk).count() == row.version == len(story)


def test_an_online_filing_is_received_returned_and_refused(office: Office) -> None:
    clerk = office.person("motcua")
    codes = []
    for number in range(3):
        clerk.begin(f"Người Thử {number}")
        clerk.choose("Filing", "Trực tuyến")
        clerk.press("Enter as a filing, receive later")
        expect(clerk.page.locator(".lead .badge")).to_have_text("Chờ tiếp nhận")
        codes.append(clerk.code)
        clerk.follow("My work")

    clerk.page.get_by_role("link", name=re.compile("^Chờ tiếp nhận")).click()
    clerk.follow(codes[0])
    clerk.makes("Receive", "Received")

    clerk.find(codes[1])
    clerk.unfold("Return before receipt")
    clerk.fill("What has to be mended", "Ảnh chụp mờ")
    clerk.makes("Return before receipt", "Returned before receipt")
    clerk.makes("File again", "Waiting to be received")

    clerk.find(codes[2])
    clerk.follow("Refuse to receive")
    clerk.fill("Reason, and what the applicant can do", "Không thuộc thẩm quyền")
    clerk.fill("Legal basis", "Điều 5 Luật Hộ tịch")
    clerk.makes("Refuse to receive", "Refused at receipt")
    clerk.sees("Không thuộc thẩm quyền")


def test_a_refusal_stands_beside_its_field_and_keeps_what_was_typed(office: Office) -> None:
    clerk = office.person("motcua")
    code = clerk.receive()
    clerk.makes("Hand over", "In process")
    specialist = office.person("chuyenmon")
    specialist.find(code)
    specialist.unfold("Request a supplement")
    specialist.fill("Other papers and guidance", "Thiếu giấy khai sinh của mẹ")

    specialist.page.locator("details[open]").get_by_role("button").click()

    field = specialist.shown("Legal basis")
    expect(field).to_have_attribute("aria-invalid", "true")
    specialist.sees("Name the article: the paper must cite it.")
    assert specialist.shown("Other papers and guidance").input_value() == (
        "Thiếu giấy khai sinh của mẹ"
    )
    field.fill("Điều 16 Luật Hộ tịch")
    specialist.makes("Request a supplement", "Paused: waiting for a supplement")


def test_a_new_dossier_with_faults_keeps_what_was_typed(office: Office) -> None:
    clerk = office.person("motcua")
    clerk.begin("")
    clerk.fill("Personal identity number", "12345")
    clerk.fill("Address", "Thôn 2, xã Rô Men")

    clerk.page.keyboard.press("F9")

    clerk.sees("Type the name.")
    expect(clerk.shown("Personal identity number")).to_have_attribute("aria-invalid", "true")
    assert clerk.shown("Personal identity number").input_value() == "12345"
    assert clerk.shown("Address").input_value() == "Thôn 2, xã Rô Men"
    assert clerk.shown("Procedure").input_value() == BIRTH
    assert not Dossier.objects.exists()
    clerk.fill("Full name", "Kơ Să Thử Nghiệm")
    clerk.fill("Personal identity number", "")
    clerk.page.keyboard.press("F9")
    expect(clerk.page.locator(".lead .badge")).to_have_text("Đã tiếp nhận")


def test_limit_and_papers_follow_what_is_chosen(office: Office) -> None:
    clerk = office.person("motcua")
    clerk.begin("Kơ Să Thử Nghiệm")
    terms = clerk.page.locator("#terms")
    expect(terms).to_contain_text("5 ngày làm việc")

    clerk.choose("Case", FOREIGN)

    expect(terms).to_contain_text("8 ngày làm việc")
    assert clerk.shown("Full name").input_value() == "Kơ Să Thử Nghiệm"
    clerk.page.keyboard.press("F9")
    clerk.sees(FOREIGN)
    clerk.sees("8 ngày làm việc")


def test_a_scanned_card_fills_the_fields(office: Office) -> None:
    clerk = office.person("motcua")
    clerk.begin("")
    clerk.page.get_by_label(clerk.words("Code of the identity card")).first.focus()

    clerk.page.keyboard.type("068085999901||Kơ Să Thử Nghiệm|01021985|Nữ|Thôn 1, Rô Men|01012021")
    clerk.page.keyboard.press("Enter")

    clerk.sees("Read from the card. Compare with the person in front of you.")
    assert clerk.shown("Full name").input_value() == "Kơ Să Thử Nghiệm"
    assert clerk.shown("Born on").input_value() == "01/02/1985"
    assert not Dossier.objects.exists()


def test_two_people_at_one_dossier_do_not_write_over_each_other(office: Office) -> None:
    clerk = office.person("motcua")
    code = clerk.receive()
    clerk.makes("Hand over", "In process")
    one, other = office.person("chuyenmon"), office.person("chuyenmon")
    for person in (one, other):
        person.find(code)
        person.shown("The conditions are met: grant").check()
    one.makes("Submit to the head of division", "Waiting for approval")

    other.page.get_by_role("button", name=other.words("Submit to the head of division")).click()

    expect(other.page.get_by_role("main")).to_contain_text("Chờ duyệt")
    assert Event.objects.filter(subject_id=Dossier.objects.get().pk).count() == 3


def test_pressing_twice_receives_once(office: Office) -> None:
    clerk = office.person("motcua")
    clerk.begin("Kơ Să Thử Nghiệm")

    clerk.page.get_by_role("button", name=re.compile("^Tiếp nhận")).dblclick()

    expect(clerk.page.locator("h1")).to_have_text(BIRTH_NAME)
    assert Dossier.objects.count() == 1


def test_people_see_and_may_do_only_what_is_theirs(office: Office) -> None:
    clerk = office.person("motcua")
    code = clerk.receive()
    registry_clerk = office.person("vanthu")

    registry_clerk.find(code)
    expect(registry_clerk.page.get_by_role("button", name="Trình lãnh đạo phòng")).to_have_count(0)
    expect(registry_clerk.page.get_by_role("link", name="Tiếp nhận hồ sơ")).to_have_count(0)
    answer = registry_clerk.page.goto(f"/dossiers/{code}/parties/")

    assert answer is not None
    assert answer.status == 403
    stranger = office.person()
    stranger.page.goto(f"/dossiers/{code}/")
    assert "/sign-in/" in stranger.page.url


def test_the_keyboard_alone_signs_in_takes_in_and_hands_over(office: Office) -> None:
    clerk = office.person()
    keyboard = clerk.page.keyboard
    clerk.page.goto("/")
    expect(clerk.page.get_by_label("Tên đăng nhập")).to_be_focused()
    keyboard.type("motcua")
    keyboard.press("Tab")
    keyboard.type(PASSWORD)
    keyboard.press("Enter")
    clerk.page.wait_for_url("**/work/**")

    clerk.tab_to("New dossier")
    keyboard.press("Enter")
    clerk.page.wait_for_url("**/new/")
    clerk.tab_to("Procedure")
    keyboard.press("End")
    keyboard.press("Tab")
    expect(clerk.page.locator("#terms")).to_contain_text("5 ngày làm việc")
    clerk.tab_to("Full name")
    keyboard.type("Kơ Să Thử Nghiệm")
    keyboard.press("F9")
    expect(clerk.page.locator(".lead .badge")).to_have_text("Đã tiếp nhận")

    clerk.tab_to("Hand over", "button")
    keyboard.press("Enter")

    expect(clerk.page.locator(".lead .badge")).to_have_text("Đang giải quyết")


def test_the_keyboard_alone_finds_and_ends_a_dossier(office: Office) -> None:
    clerk = office.person("motcua")
    keyboard = clerk.page.keyboard
    code = clerk.receive()
    clerk.page.goto("/work/")

    keyboard.press("/")
    keyboard.type(code)
    keyboard.press("Enter")
    expect(clerk.page.locator(".lead .code")).to_have_text(code)
    clerk.tab_to("Withdraw at the applicant's request")
    keyboard.press("Enter")
    clerk.page.wait_for_url("**/withdraw/")
    clerk.tab_to("Reason")
    keyboard.type("Đương sự xin rút")
    clerk.tab_to("Withdraw at the applicant's request", "button")
    keyboard.press("Enter")

    expect(clerk.page.locator(".lead .badge")).to_have_text("Công dân rút hồ sơ")


def test_a_list_is_narrowed_searched_and_shared_by_its_address(office: Office) -> None:
    clerk = office.person("motcua")
    code = clerk.receive()
    clerk.page.goto("/work/")
    clerk.follow("All of my unit")
    clerk.fill("Search in this list", "thu nghiem")
    clerk.press("Filter")
    expect(clerk.page.locator("table .code")).to_have_text([code])

    clerk.page.get_by_label("Hạn", exact=True).select_option("overdue")

    clerk.sees("Nothing matches")
    assert "due=overdue" in clerk.page.url
    assert "nghiem" not in clerk.page.url
    clerk.follow("Clear the filters")
    expect(clerk.page.locator("table .code")).to_have_text([code])
