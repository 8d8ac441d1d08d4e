"""Every proof can be read in both languages, and said in short."""

import pytest
from django.utils import translation
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from motcua.dossiers.pages.proof_short import answer, sections_of, short_form
from motcua.dossiers.proving import proof_of_step
from motcua.kit.clock import Extension, Limit, LimitUnit, Pause, StepLimit, StepUnit, Supplement
from motcua.kit.moments import from_iso_minute
from motcua.kit.proof import Question, prove
from tests.kit import papers, worlds
from tests.kit.given_proofs import (
    CALENDAR_DAY,
    MADE_UP,
    MONTH,
    SAME_DAY,
    SATURDAYS,
    STORM,
    WORKING_DAY,
    WORKING_HOUR,
    calendar,
    proof,
)
from tests.kit.test_clock_properties import asked as answered
from tests.kit.worlds import Case


@settings(max_examples=150)
@given(case=papers.cases, now=st.one_of(st.none(), worlds.moments))
def test_every_line_of_every_proof_can_be_read_in_both_languages(
    case: Case, now: int | None
) -> None:
    found = answered(lambda: papers.proved(case, now=now))
    assume(not isinstance(found, str))
    assert not isinstance(found, str)

    for language in ("vi", "en"):
        with translation.override(language):
            sections = sections_of(found)
            words = [answer(found), short_form(found), *(one.title for one in sections)]
            words += [row.text for one in sections for row in one.rows]

        assert sum(len(one.rows) for one in sections) == len(found.lines)
        assert all(words)
        assert not [one for one in words if "%(" in one]


SERVED = calendar(STORM, MADE_UP, service=(SATURDAYS,))


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (
            proof("2026-11-23T16:20", 10, WORKING_DAY),
            "10 ngày làm việc; không tính 24/11: Ngày Văn hóa Việt Nam",
        ),
        (
            proof("2026-11-27T16:20", 1, WORKING_DAY, on=SERVED),
            "1 ngày làm việc; có tính 28/11: Làm bù",
        ),
        (
            proof("2026-11-16T17:30", 1, WORKING_DAY),
            "1 ngày làm việc; tính từ ngày 17/11",
        ),
        (
            proof("2026-12-30T09:00", 2, WORKING_DAY),
            "2 ngày làm việc; có ngày theo lịch dự tính, chưa có quyết định",
        ),
        (proof("2026-11-16T09:00", 0, SAME_DAY), "trong ngày"),
        (
            proof("2026-11-16T09:00", 2, WORKING_DAY, "2026-11-17T10:00/2026-11-19T10:00"),
            "2 ngày làm việc; tạm dừng 2 ngày làm việc",
        ),
        (
            proof("2026-11-16T09:00", 5, WORKING_HOUR, "2026-11-16T10:00/2026-11-16T11:00"),
            "5 giờ làm việc; tạm dừng 60 phút làm việc",
        ),
        (
            proof("2026-11-16T09:00", 5, CALENDAR_DAY, "2026-11-17T10:00/2026-11-19T10:00"),
            "5 ngày; tạm dừng 2 ngày",
        ),
        (
            proof(
                "2026-11-16T09:00",
                2,
                WORKING_DAY,
                "2026-11-17T10:00/2026-11-18T18:00",
                supplement=Supplement.RESTARTS,
            ),
            "2 ngày làm việc; tính lại từ đầu lúc 18:00 18/11/2026",
        ),
        (
            proof(
                "2026-11-16T09:00",
                2,
                WORKING_DAY,
                extension=("2026-11-17T15:00", "2026-11-25T17:30"),
            ),
            "2 ngày làm việc; đã hẹn lại",
        ),
        (
            proof("2026-11-16T09:00", 2, WORKING_DAY, "2026-11-17T10:00/", now="2026-11-19T10:00"),
            "2 ngày làm việc",
        ),
    ],
)
def test_the_short_form_says_what_the_citizen_asks(found: object, said: str) -> None:
    with translation.override("vi"):
        assert short_form(found) == said  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("limit", "said"),
    [
        (StepLimit(1, StepUnit.HALF_DAY), "1 buổi (nửa ngày)"),
        (StepLimit(3, StepUnit.QUARTER_DAY), "3 phần tư ngày"),
        (StepLimit(2, StepUnit.WORKING_DAY), "2 ngày làm việc"),
    ],
)
def test_a_step_has_its_own_words(limit: StepLimit, said: str) -> None:
    found = proof_of_step(Question(from_iso_minute("2026-11-16T09:00"), limit), calendar())

    assert found is not None
    with translation.override("vi"):
        assert short_form(found) == said
        assert "Thời hạn: " + said in [row.text for one in sections_of(found) for row in one.rows]


def test_a_short_month_and_a_day_not_decided_are_said_so() -> None:
    found = proof("2026-10-30T09:00", 4, MONTH)

    with translation.override("vi"):
        said = [row.text for one in sections_of(found) for row in one.rows]

    assert "30/10/2026 cộng 4 tháng (tháng đó không có ngày này: lấy ngày cuối tháng)" in said
    assert "nghỉ hằng tuần (dự tính, chưa quyết định)" in said


def test_a_receipt_moved_on_by_the_cut_off_stands_in_one_part() -> None:
    found = proof("2026-11-20T16:30", 1, WORKING_DAY, cut_off=960)

    with translation.override("vi"):
        receipt, count, _ = sections_of(found)

    assert [row.when for row in receipt.rows if row.when] == [
        "16:30 20/11/2026",
        "16:30 20/11/2026",
        "Thứ Bảy 21/11/2026",
        "Chủ Nhật 22/11/2026",
        "07:30 23/11/2026",
    ]
    assert count.rows[0].when == "Thứ Ba 24/11/2026"


def test_a_step_outside_the_calendar_has_no_count() -> None:
    limit = StepLimit(1, StepUnit.HALF_DAY)

    assert proof_of_step(Question(from_iso_minute("2031-11-16T09:00"), limit), calendar()) is None


def test_a_whole_proof_reads_as_a_clerk_would_write_it() -> None:
    asked = Question(
        from_iso_minute("2026-11-14T09:00"),
        Limit(3, LimitUnit.WORKING_DAY, 1),
        pauses=(
            Pause(from_iso_minute("2026-11-13T09:00"), from_iso_minute("2026-11-13T10:00")),
            Pause(from_iso_minute("2026-11-14T08:00"), from_iso_minute("2026-11-16T09:00")),
            Pause(from_iso_minute("2026-11-16T09:00"), from_iso_minute("2026-11-16T10:00")),
        ),
        extension=Extension(
            from_iso_minute("2026-11-18T09:00"), from_iso_minute("2026-11-30T17:30")
        ),
    )

    with translation.override("vi"):
        sections = sections_of(prove(asked, SERVED))

    assert [one.title for one in sections] == [
        "Tiếp nhận",
        "Đếm thời hạn",
        "Ngày hẹn trả mới",
        "Tạm dừng",
        "Kết quả",
    ]
    receipt, _, appointed, pauses, end = (
        [f"{row.when} {row.text}".strip() for row in one.rows] for one in sections
    )
    assert receipt[1] == "Thời hạn: 4 ngày làm việc (trong đó 1 cho vùng sâu, vùng xa, khó khăn)"
    assert receipt[-1].startswith("09:00 14/11/2026 Tiếp nhận trong giờ tiếp nhận; đây là ngày 0")
    assert appointed == [
        "09:00 18/11/2026 Xin lỗi và hẹn lại vào 17:30 30/11/2026 (Mẫu 04)",
        "17:30 30/11/2026 Đến hạn theo ngày hẹn lại",
    ]
    assert "2 lần tạm dừng liền nhau hoặc chồng nhau tính là một" in pauses[3]
    assert end == ["17:30 30/11/2026 Ngày hẹn trả kết quả"]
