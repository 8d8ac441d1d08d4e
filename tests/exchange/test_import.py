"""What an import takes in, what it refuses, and that running it again changes nothing."""

import csv
from pathlib import Path

import pytest

from motcua.dossiers.models import Dossier
from motcua.exchange.files import refusals
from motcua.kit.moments import iso_minute, minute_of
from motcua.ledger.models import Event
from motcua.registry.queries import catalogue
from tests.exchange.given import (
    BIRTH,
    DA_TONG,
    PLAIN,
    a_registry,
    a_unit,
    imported,
    mapping_file,
    plain_csv,
)

pytestmark = [pytest.mark.django_db, pytest.mark.database]

ROW = "{},2025-07-07 08:21:59,2025-07-08 17:30:00,2025-07-08 10:00:00,24853,1.001193"
OPEN = "{},2025-07-07 08:21:59,,,24853,1.001193"


def test_a_plain_file_becomes_dossiers_with_events_of_the_importing_account(tmp_path: Path) -> None:
    a_registry()

    outcome = imported(plain_csv(tmp_path, ROW.format("A-1")), mapping_file(tmp_path, PLAIN))

    row = Dossier.objects.get()
    assert (row.source, row.source_key, row.holder_key) == ("plain", "A-1", DA_TONG)
    assert row.received_at is not None
    assert iso_minute(minute_of(row.received_at)) == "2025-07-07T08:21"
    events = Event.objects.filter(subject_id=row.id).order_by("seq")
    assert [event.kind for event in events] == ["dossier.received", "dossier.resolved"]
    assert {event.actor_id for event in events} == {"import:plain"}
    assert (outcome.taken_in, outcome.events, outcome.reasons) == (1, 2, {})
    assert outcome.report == ""


def test_running_it_again_changes_nothing(tmp_path: Path) -> None:
    a_registry()
    path = plain_csv(tmp_path, *[ROW.format(f"A-{n}") for n in range(7)])
    mapping = mapping_file(tmp_path, PLAIN)
    imported(path, mapping)
    before = Event.objects.count(), sorted(Dossier.objects.values_list("id", "code", "version"))

    again = imported(path, mapping)

    assert (again.taken_in, again.known) == (0, 7)
    assert (
        Event.objects.count(),
        sorted(Dossier.objects.values_list("id", "code", "version")),
    ) == before


def test_a_longer_file_of_the_same_source_adds_only_what_is_new(tmp_path: Path) -> None:
    a_registry()
    mapping = mapping_file(tmp_path, PLAIN)
    imported(plain_csv(tmp_path, ROW.format("A-1")), mapping)

    outcome = imported(plain_csv(tmp_path, ROW.format("A-1"), OPEN.format("A-2")), mapping)

    assert (outcome.taken_in, outcome.known, Dossier.objects.count()) == (1, 1, 2)


def test_a_trial_run_reports_and_writes_nothing(tmp_path: Path) -> None:
    a_registry()
    before = Event.objects.count()

    outcome = imported(
        plain_csv(tmp_path, ROW.format("A-1"), ROW.format("")),
        mapping_file(tmp_path, PLAIN),
        dry_run=True,
    )

    assert (outcome.dossiers, outcome.taken_in, outcome.rejected) == (1, 0, 1)
    assert Path(outcome.report).exists()
    assert (Event.objects.count(), Dossier.objects.count()) == (before, 0)


def test_rows_of_one_dossier_that_stand_apart_are_one_and_their_differences_flagged(
    tmp_path: Path,
) -> None:
    a_registry()
    rows = [
        "A-1,2025-07-07 08:21:00,,,24853,1.001193",
        OPEN.format("A-2"),
        "A-1,2025-07-09 08:21:00,2025-07-08 17:30:00,2025-07-08 10:00:00,24853,1.001193",
    ]

    outcome = imported(plain_csv(tmp_path, *rows), mapping_file(tmp_path, PLAIN))

    first = Dossier.objects.get(source_key="A-1")
    assert (outcome.taken_in, outcome.reasons) == (2, {"rows_differ": 1})
    assert first.received_at is not None
    assert iso_minute(minute_of(first.received_at)) == "2025-07-07T08:21"
    assert first.ended_at is not None


def test_unknown_words_stop_the_whole_file(tmp_path: Path) -> None:
    a_registry()
    mapping = mapping_file(
        tmp_path,
        PLAIN.replace('unit = "unit"', 'unit = "unit"\nchannel = "due"').replace(
            'due_at = "due"\n', ""
        )
        + '[words.channel]\nonline = "web"',
    )
    path = plain_csv(tmp_path, *[f"A-{n},2025-07-07,fax,,24853,1.001193" for n in range(3)])

    with pytest.raises(refusals.WordsUnknown, match=r"channel: “fax” \(×3, 2\)"):
        imported(path, mapping)

    assert not Dossier.objects.exists()


def test_unknown_units_and_procedures_stop_the_whole_file(tmp_path: Path) -> None:
    a_registry()
    rows = [OPEN.format("A-1"), "A-2,2025-07-07,,,Xã Lạ,9.999999"]

    with pytest.raises(refusals.NamesUnknown) as caught:
        imported(plain_csv(tmp_path, *rows), mapping_file(tmp_path, PLAIN))

    assert "Xã Lạ" in str(caught.value)
    assert "9.999999" in str(caught.value)
    assert not Dossier.objects.exists()


def test_what_is_missing_is_made_under_a_root_that_is_made_too(tmp_path: Path) -> None:
    a_registry()
    rows = [OPEN.format("A-1"), "A-2,2019-07-08,,,Xã Lạ,9.999999", "A-3,2019-07-08,,,,1.001193"]
    path, mapping = plain_csv(tmp_path, *rows), mapping_file(tmp_path, PLAIN)

    outcome = imported(path, mapping, root="NOI-KHAC")
    again = imported(path, mapping, root="NOI-KHAC")

    known = catalogue()
    made = Dossier.objects.get(source_key="A-2")
    assert known.unit(made.holder_key).parent_key == "NOI-KHAC@2019-01-01"
    assert known.unit(made.holder_key).kind == "commune"
    assert Dossier.objects.get(source_key="A-3").holder_key == "NOI-KHAC@2019-01-01"
    assert Dossier.objects.get(source_key="A-1").holder_key == DA_TONG
    assert [len(known.versions(code)) for code in ("9.999999", BIRTH)] == [1, 2]
    assert (outcome.units_made, outcome.procedures_made, outcome.taken_in) == (2, 2, 3)
    assert (again.units_made, again.procedures_made, again.known) == (0, 0, 3)


def test_a_unit_may_be_named_by_the_mapping(tmp_path: Path) -> None:
    a_registry()
    mapping = mapping_file(tmp_path, PLAIN + '[units]\n"Bộ phận A" = "24853"')

    imported(plain_csv(tmp_path, "A-1,2025-07-07,,,BO PHAN A,1.001193"), mapping)

    assert Dossier.objects.get().holder_key == DA_TONG


def test_two_units_of_one_name_on_one_day_have_to_be_told_apart_by_code(tmp_path: Path) -> None:
    a_registry()
    a_unit("99001", "Trạm Thử")
    a_unit("99002", "Trạm  thử")
    path = plain_csv(tmp_path, "A-1,2025-07-07,,,TRẠM THỬ,1.001193")

    with pytest.raises(refusals.NamesUnknown, match="TRẠM THỬ"):
        imported(path, mapping_file(tmp_path, PLAIN))

    imported(path, mapping_file(tmp_path, PLAIN + '[units]\n"Trạm thử" = "99002"'))
    assert Dossier.objects.get().holder_key == "99002@2021-01-01"


def test_a_star_gives_every_other_word_a_meaning(tmp_path: Path) -> None:
    a_registry()
    text = PLAIN.replace('due_at = "due"', 'channel = "due"') + '[words.channel]\nother = "*"'

    imported(
        plain_csv(tmp_path, "A-1,2025-07-07,fax,,24853,1.001193"), mapping_file(tmp_path, text)
    )

    assert Dossier.objects.get().channel == "other"


PERSONS = PLAIN + 'owner = "owner"\nidentity_number = "number"\n'


def test_a_person_met_before_by_number_is_not_enrolled_again(tmp_path: Path) -> None:
    a_registry()
    path = tmp_path / "persons.csv"
    path.write_text(
        "id,received,due,ended,unit,procedure,owner,number\n"
        "A-1,2025-07-07,,,24853,1.001193,Người Thử Một,068199999901\n"
        "A-2,2025-07-07,,,24853,1.001193,Nguoi Thu Mot,068199999901\n"
        "A-3,2025-07-07,,,24853,1.001193,Người Thử Một,\n",
        encoding="utf-8",
    )

    imported(path, mapping_file(tmp_path, PERSONS))
    imported(path, mapping_file(tmp_path, PERSONS.replace('"plain"', '"later"')))

    owners = Dossier.objects.order_by("source", "source_key").values_list("owner_id", flat=True)
    later, first = list(owners[:3]), list(owners[3:])
    assert later[:2] == first[:2] == [first[0]] * 2
    assert len({first[0], first[2], later[2]}) == 3


def test_without_an_appointment_the_mapping_says_whether_the_rules_count_one(
    tmp_path: Path,
) -> None:
    a_registry()
    path = plain_csv(tmp_path, OPEN.format("A-1"))

    imported(path, mapping_file(tmp_path, PLAIN))
    imported(
        path,
        mapping_file(tmp_path, PLAIN.replace("plain", "counted") + '[rules]\nno_due = "limit"'),
    )

    assert Dossier.objects.get(source="plain").due_at is None
    due_at = Dossier.objects.get(source="counted").due_at
    assert due_at is not None
    assert iso_minute(minute_of(due_at)) == "2025-07-07T17:30"


def test_strange_rows_come_in_with_a_flag_and_count_as_their_times_say(tmp_path: Path) -> None:
    a_registry()
    rows = [
        "due,2025-07-07 08:00,2025-07-01 08:00,2025-07-07 09:00,24853,1.001193",
        "end,2025-07-07 08:00,2025-07-08 08:00,2025-07-01 09:00,24853,1.001193",
        "same,2025-07-07 08:00:01,2025-07-08 08:00,2025-07-07 08:00:59,24853,1.001193",
        "later,2025-07-07 08:00,,2031-07-07 08:00,24853,1.001193",
    ]

    outcome = imported(plain_csv(tmp_path, *rows), mapping_file(tmp_path, PLAIN))

    assert outcome.taken_in == outcome.flagged == 4
    assert outcome.reasons == {
        "due_before_receipt": 1,
        "end_before_receipt": 1,
        "end_is_start": 1,
        "in_future": 1,
    }
    early = Dossier.objects.get(source_key="end")
    assert early.ended_at is not None
    assert early.received_at is not None
    assert early.ended_at < early.received_at


def test_a_report_holds_no_formula(tmp_path: Path) -> None:
    a_registry()
    row = "=1+1,2025-07-07 08:00,@evil,,24853,1.001193"

    outcome = imported(plain_csv(tmp_path, row), mapping_file(tmp_path, PLAIN))

    with Path(outcome.report).open(encoding="utf-8-sig", newline="") as file:
        told = list(csv.reader(file))[1]
    assert told[1] == "'=1+1"
    assert told[4] == "due_at: @evil"


STEPS = """
source = "log"
[columns]
key = "case"
received_at = "opened"
unit = "unit"
procedure_code = "procedure"
step = "activity"
step_instance = "instance"
step_lifecycle = "lifecycle"
step_resource = "who"
step_at = "at"
"""


def test_foreign_activities_become_steps_with_codes_only(tmp_path: Path) -> None:
    a_registry()
    path = tmp_path / "log.csv"
    path.write_text(
        "case,opened,unit,procedure,activity,instance,lifecycle,who,at\n"
        "C-1,2025-07-07 08:00,24853,1.001193,Xác nhận đơn,i1,complete,Bà Thử,2025-07-07 09:00\n"
        "C-1,2025-07-07 08:00,24853,1.001193,Gửi trả,i2,complete,Ông Thử,2025-07-07 08:30\n",
        encoding="utf-8",
    )

    imported(path, mapping_file(tmp_path, STEPS))

    steps = Event.objects.filter(kind="dossier.step").order_by("seq")
    assert [step.data for step in steps] == [
        {"activity": "gui-tra", "instance": "i2", "lifecycle": "complete", "resource": "ong-thu"},
        {
            "activity": "xac-nhan-don",
            "instance": "i1",
            "lifecycle": "complete",
            "resource": "ba-thu",
        },
    ]


def test_progress_is_told_and_json_holds_the_figures(tmp_path: Path) -> None:
    a_registry()

    outcome = imported(plain_csv(tmp_path, ROW.format("A-1")), mapping_file(tmp_path, PLAIN))

    figures = outcome.as_json()
    assert {name: figures[name] for name in ("file", "mapping", "source", "taken_in")} == {
        "file": "plain.csv",
        "mapping": "mapping.toml",
        "source": "plain",
        "taken_in": 1,
    }
    assert "Đã nhập 1 hồ sơ" in str(outcome)
