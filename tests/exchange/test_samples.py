"""Three dirty exports of one-stop software tell the same ten dossiers."""

import csv
from collections.abc import Callable
from pathlib import Path

import pytest

from motcua.dossiers.models import Dossier, Pause
from motcua.kit.moments import minute_of
from tests.exchange import samples
from tests.exchange.given import DA_KNANG, DA_TONG, SIGNATURES, a_registry, imported

WRITERS = [samples.write_workbook, samples.write_webpage, samples.write_text]
Writer = Callable[[Path], Path]

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def dossier(key: str) -> Dossier:
    return Dossier.objects.get(source="one-stop-sheet", source_key=key)


def local(row: Dossier, name: str) -> str:
    moment = getattr(row, name)
    if moment is None:
        return ""
    minute = minute_of(moment)
    return f"{minute // 1440 - 20_000}d {minute % 1440 // 60:02}:{minute % 60:02}"


@pytest.mark.parametrize("write", WRITERS)
def test_every_sample_gives_the_same_dossiers(write: Writer, tmp_path: Path) -> None:
    a_registry()

    outcome = imported(write(tmp_path))

    assert [outcome.dossiers, outcome.taken_in, outcome.rejected] == [12, 10, 3]
    assert {key: outcome.reasons[key] for key in samples.REJECTED} == samples.REJECTED
    taken = Dossier.objects.filter(source="one-stop-sheet")
    assert sorted(taken.values_list("source_key", flat=True)) == sorted(samples.KEYS)


@pytest.mark.parametrize("write", WRITERS)
def test_every_sample_is_flagged_alike(write: Writer, tmp_path: Path) -> None:
    a_registry()

    outcome = imported(write(tmp_path))

    assert {k: v for k, v in outcome.reasons.items() if k not in samples.REJECTED} == {
        "due_before_receipt": 1,
        "end_before_receipt": 1,
        "end_is_start": 1,
        "end_same_day": 1,
        "test_row": 1,
        "unreadable": 1,
    }
    assert outcome.flagged == 5


@pytest.mark.parametrize("write", WRITERS)
def test_names_and_codes_in_all_spellings_are_found(write: Writer, tmp_path: Path) -> None:
    a_registry()

    imported(write(tmp_path))

    holders = {key: dossier(key).holder_key for key in samples.KEYS}
    assert [key for key in samples.KEYS if holders[key] == DA_KNANG] == samples.KEYS[:3]
    assert {holders[key] for key in samples.KEYS[3:]} == {DA_TONG}
    assert dossier("H36.12.8-250709-0015").procedure_code == SIGNATURES
    channels = [dossier(key).channel for key in samples.KEYS[:6]]
    assert channels == ["direct", "online", "direct", "post", "direct", "online"]


@pytest.mark.parametrize("write", WRITERS)
def test_all_forms_of_moments_are_read(write: Writer, tmp_path: Path) -> None:
    a_registry()

    imported(write(tmp_path))

    first = dossier(samples.KEYS[0])
    assert local(first, "received_at").endswith("08:21")
    assert local(dossier("H36.12.8-250705-0003"), "filed_at").endswith("20:10")
    serial = dossier("H36.12.8-250705-0004")
    assert (
        local(serial, "received_at")
        == local(dossier("H36.12.8-250705-0003"), "received_at")[:-5] + "08:20"
    )
    whole_days = dossier("H36.12.8-250708-0012")
    assert local(whole_days, "received_at").endswith("07:30")
    assert local(whole_days, "ended_at").endswith("17:30")


def test_statuses_end_as_they_say(tmp_path: Path) -> None:
    a_registry()

    imported(samples.write_text(tmp_path))

    said = [(dossier(key).status, dossier(key).outcome) for key in samples.KEYS]
    assert said == [
        ("returned", "positive"),
        ("returned", "positive"),
        ("result_ready", "positive"),
        ("result_ready", "negative"),
        ("awaiting_supplement", ""),
        ("withdrawn", "withdrawn"),
        ("stopped", "stopped"),
        ("voided", ""),
        ("received", ""),
        ("returned", "positive"),
    ]


def test_the_appointment_of_the_source_is_kept_and_a_missing_one_counted(tmp_path: Path) -> None:
    a_registry()

    imported(samples.write_text(tmp_path))

    extended = dossier(samples.KEYS[0])
    assert (extended.due_of, extended.extensions, extended.supplements) == ("source", 1, 1)
    assert extended.due_at == extended.extended_to != extended.source_due_at
    assert Pause.objects.filter(dossier=extended, to_at__isnull=False).count() == 1
    same_day = dossier("H36.12.8-250709-0015")
    assert (same_day.due_of, local(same_day, "due_at")[-5:]) == ("rules", "17:30")


def test_persons_go_to_citizens_and_never_into_the_report(tmp_path: Path) -> None:
    from motcua.citizens.queries import find_by_number, names

    a_registry()

    outcome = imported(samples.write_workbook(tmp_path))

    owner = find_by_number("068199999001")
    first = dossier(samples.KEYS[0])
    assert owner == first.owner_id != first.submitter_id
    assert set(names([first.owner_id, first.submitter_id]).values()) == {  # type: ignore[list-item]
        "Kơ Să Ha Thử",
        "Nguyễn Thị Thử",
    }
    report = Path(outcome.report).read_text(encoding="utf-8-sig")
    assert "Ha Thử" not in report
    assert "068199999001" not in report


def test_the_report_names_each_rejected_or_flagged_row_in_words(tmp_path: Path) -> None:
    a_registry()

    outcome = imported(samples.write_text(tmp_path))

    with Path(outcome.report).open(encoding="utf-8-sig", newline="") as file:
        header, *rows = list(csv.reader(file))
    assert header == ["Dòng trong tệp", "Số hồ sơ", "Kết quả", "Lý do", "Nội dung trong dòng"]
    assert len(rows) == outcome.rejected + 6
    told = {(row[1], row[3]) for row in rows}
    assert ("H36.12.8-250705-0003", "hẹn trả trước khi tiếp nhận") in told
    assert ("", "không có số hồ sơ") in told
    assert [r[4] for r in rows if r[3].startswith("không đọc được thời điểm tiếp nhận")] == [
        "received_at: hôm qua"
    ]
