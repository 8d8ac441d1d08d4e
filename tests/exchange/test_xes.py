"""Event logs in XES: what of them becomes a dossier, and what stops the file in words."""

import gzip
import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from motcua.dossiers.models import Dossier
from motcua.exchange.files import refusals
from motcua.kit.moments import iso_minute, minute_of
from motcua.ledger.models import Event
from tests.exchange.given import a_registry, imported, mapping_file
from tests.exchange.given_logs import BEGIN, MAPPING, a_log, a_trace, written

pytestmark = pytest.mark.django_db
HALVES = ("log.xes", "log.xes.gz")


def refused(path: Path, folder: Path) -> str:
    """Import the log, which must be refused whole; give the words and see that nothing is left."""
    a_registry()
    before = Event.objects.count()
    with pytest.raises(refusals.FileRefused) as caught:
        imported(path, mapping_file(folder, MAPPING))
    assert Event.objects.count() == before
    assert not Dossier.objects.exists()
    return str(caught.value)


def received(dossier: Dossier) -> str:
    assert dossier.received_at is not None
    return iso_minute(minute_of(dossier.received_at))


def test_a_case_becomes_a_dossier_and_its_events_become_steps(tmp_path: Path) -> None:
    a_registry()

    outcome = imported(written(tmp_path, a_log(a_trace())), mapping_file(tmp_path, MAPPING))

    row = Dossier.objects.get()
    assert (row.source_key, received(row), outcome.rows) == ("A-1", "2025-07-07T08:21", 2)
    steps = Event.objects.filter(subject_id=row.id, kind="dossier.step").order_by("seq")
    assert [step.data["activity"] for step in steps] == ["register", "decide"]
    assert [iso_minute(minute_of(step.happened_at)) for step in steps] == [
        "2025-07-07T09:00",
        "2025-07-08T10:00",
    ]


@pytest.mark.parametrize(
    ("told", "local"),
    [
        ("2025-07-07T08:21:59+07:00", "2025-07-07T08:21"),
        ("2025-07-07T03:21:59.123+02:00", "2025-07-07T08:21"),
        ("2025-07-07T01:21:59Z", "2025-07-07T08:21"),
        ("2025-07-06T20:21:59-05:00", "2025-07-07T08:21"),
        ("2025-07-07T08:21:59", "2025-07-07T08:21"),  # no offset: the local clock
    ],
)
def test_each_moment_is_read_by_its_own_offset(tmp_path: Path, told: str, local: str) -> None:
    a_registry()
    log = a_log(a_trace("A-1", told), a_trace("A-2"))

    imported(written(tmp_path, log), mapping_file(tmp_path, MAPPING))

    assert received(Dossier.objects.get(source_key="A-1")) == local
    assert received(Dossier.objects.get(source_key="A-2")) == "2025-07-07T08:21"


def test_a_log_without_offsets_can_be_said_to_be_in_utc(tmp_path: Path) -> None:
    a_registry()
    mapping = MAPPING.replace('"case:received"', '{ names = "case:received", clock = "utc" }')

    imported(
        written(tmp_path, a_log(a_trace("A-1", "2025-07-07T01:21:00"))),
        mapping_file(tmp_path, mapping),
    )

    assert received(Dossier.objects.get()) == "2025-07-07T08:21"


@pytest.mark.parametrize("name", HALVES)
def test_half_a_log_is_refused(tmp_path: Path, name: str) -> None:
    text = a_log(*[a_trace(f"A-{n}") for n in range(3000)])
    content = written(tmp_path, text, f"whole-{name}").read_bytes()
    half = tmp_path / name
    half.write_bytes(content[: len(content) // 2])

    assert "not whole" in refused(half, tmp_path)


def test_a_log_cut_behind_its_last_case_is_refused(tmp_path: Path) -> None:
    text = a_log(a_trace()).removesuffix("</log>\n")

    assert "breaks off" in refused(written(tmp_path, text), tmp_path)


def test_a_log_without_moments_names_the_column_that_is_missing(tmp_path: Path) -> None:
    text = re.sub(r"<date [^>]*>", "", a_log(a_trace()))

    words = refused(written(tmp_path, text), tmp_path)

    assert "received_at (case received)" in words
    assert "case concept name" in words


def test_one_case_without_a_receipt_moment_is_left_out_alone(tmp_path: Path) -> None:
    a_registry()
    without = a_trace("A-2").replace('<date key="received" value="2025-07-07T08:21:59+07:00"/>', "")

    outcome = imported(
        written(tmp_path, a_log(a_trace(), without)), mapping_file(tmp_path, MAPPING)
    )

    assert (outcome.taken_in, outcome.rejected, outcome.reasons) == (1, 1, {"no_receipt": 1})


def test_a_step_without_a_moment_is_left_out_and_told(tmp_path: Path) -> None:
    a_registry()
    log = a_log(a_trace().replace('key="time:timestamp"', 'key="other"', 1))

    outcome = imported(written(tmp_path, log), mapping_file(tmp_path, MAPPING))

    assert (outcome.taken_in, outcome.reasons) == (1, {"step_untimed": 1})
    assert Event.objects.filter(kind="dossier.step").count() == 1


def test_a_case_without_a_name_is_left_out_once_and_joins_no_other(tmp_path: Path) -> None:
    a_registry()
    nameless = a_trace().replace('<string key="concept:name" value="A-1"/>', "", 1)
    bare = "<trace><event><string key='concept:name' value='Lost'/></event></trace>"

    outcome = imported(
        written(tmp_path, a_log(a_trace(), nameless, bare)), mapping_file(tmp_path, MAPPING)
    )

    assert (outcome.taken_in, outcome.rejected) == (1, 2)
    assert outcome.reasons == {"no_key": 2}
    assert Event.objects.filter(kind="dossier.step").count() == 2


def test_an_event_of_no_case_is_left_out_and_told(tmp_path: Path) -> None:
    a_registry()
    lost = '<event><string key="concept:name" value="Lost"/></event>'

    outcome = imported(written(tmp_path, a_log(a_trace(), lost)), mapping_file(tmp_path, MAPPING))

    assert (outcome.taken_in, outcome.rejected, outcome.reasons) == (1, 1, {"no_key": 1})


def test_a_case_without_events_is_a_dossier_without_steps(tmp_path: Path) -> None:
    a_registry()
    bare = a_trace()[: a_trace().index("<event>")] + "</trace>"

    outcome = imported(written(tmp_path, a_log(bare)), mapping_file(tmp_path, MAPPING))

    assert (outcome.taken_in, outcome.rows) == (1, 1)
    assert not Event.objects.filter(kind="dossier.step").exists()


@pytest.mark.parametrize("between", ["", a_trace("B-1")])
def test_a_case_that_stands_twice_is_one_dossier_with_a_flag(tmp_path: Path, between: str) -> None:
    a_registry()
    other = a_trace("A-1", "2025-07-09T10:00:00+07:00")

    outcome = imported(
        written(tmp_path, a_log(a_trace(), between, other)), mapping_file(tmp_path, MAPPING)
    )

    row = Dossier.objects.get(source_key="A-1")
    assert received(row) == "2025-07-07T08:21"
    assert outcome.reasons == {"rows_differ": 1, "told_twice": 1}
    assert Event.objects.filter(subject_id=row.id, kind="dossier.step").count() == 2


def test_attributes_within_others_are_columns_of_their_own(tmp_path: Path) -> None:
    a_registry()
    nested = a_trace().replace(
        '<string key="unit" value="24853"/>',
        '<list key="handled"><values><string key="by" value="24853"><string key="name" value="x"/>'
        '</string><string key="by" value="other"/></values></list>',
    )
    mapping = MAPPING.replace('"case:unit"', '"case:handled/by"')

    imported(written(tmp_path, a_log(nested)), mapping_file(tmp_path, mapping))

    assert Dossier.objects.get().holder_key.startswith("24853@")


def test_a_log_without_dates_of_cases_can_begin_with_its_first_event(tmp_path: Path) -> None:
    a_registry()
    mapping = MAPPING.replace('"case:received"', '"case:first_event"')

    imported(written(tmp_path, a_log(a_trace())), mapping_file(tmp_path, mapping))

    assert received(Dossier.objects.get()) == "2025-07-07T09:00"


NO_LOGS = {
    "page.xes": (b"<html><body><table><tr><td>1</td></tr></table></body></html>", "<html>"),
    "other.xes": (b'<?xml version="1.0"?>\n<pnml><net/></pnml>', "<pnml>"),
    "words.xes": (b"case,activity\n1,a\n", "is no XML"),
    "blank.xes": (b"   \n", "is no XML"),
    "empty.xes": (b"", "is empty"),
    "empty.xes.gz": (b"", "is empty"),
    "nobody.xes": ((BEGIN + "</log>").encode(), "without any case"),
    "wrong.xes": (a_log(a_trace()).replace("</trace>", "").encode(), "not well-formed XML"),
}


@pytest.mark.parametrize("name", NO_LOGS)
def test_what_is_no_log_is_refused_in_words(tmp_path: Path, name: str) -> None:
    content, words = NO_LOGS[name]

    assert words in refused(written(tmp_path, content, name), tmp_path)


def test_a_package_that_is_called_a_log_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "log.xes"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("log.xes", a_log(a_trace()))

    assert "is no XML" in refused(path, tmp_path)


def test_an_encoding_that_is_not_the_one_named_is_refused(tmp_path: Path) -> None:
    content = a_log(a_trace("Đơn-1")).encode("cp1258")

    words = refused(written(tmp_path, content), tmp_path)

    assert "is not written in UTF-8" in words


def test_a_log_in_utf16_is_read(tmp_path: Path) -> None:
    a_registry()
    text = a_log(a_trace("Đ-1")).replace('encoding="UTF-8"', 'encoding="UTF-16"')

    imported(
        written(tmp_path, text.encode("utf-16"), "export.xml"), mapping_file(tmp_path, MAPPING)
    )

    assert Dossier.objects.get().source_key == "Đ-1"


ENTITIES = (
    '<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">',
    '<!ENTITY a SYSTEM "file:///etc/hostname">',
    '<!ENTITY % a SYSTEM "http://127.0.0.1:1/a.dtd"> %a;',
)


@pytest.mark.parametrize("entities", ENTITIES)
def test_definitions_of_entities_are_refused_unread(tmp_path: Path, entities: str) -> None:
    head, rest = a_log(a_trace("&b;" if "ENTITY b" in entities else "A-1")).split("\n", 1)
    content = f"{head}\n<!DOCTYPE log [{entities}]>\n{rest}"

    assert "DOCTYPE" in refused(written(tmp_path, content), tmp_path)


READ = """
import resource, sys
from pathlib import Path
from motcua.exchange.files import load_mapping
from motcua.exchange.files.readers import xes
plan = load_mapping(sys.argv[2])
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
[layout] = xes.layouts(Path(sys.argv[1]), plan)
rows = sum(1 for _ in layout.rows())
print(rows, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
"""


@pytest.mark.slow
def test_a_long_log_is_read_case_by_case(tmp_path: Path) -> None:
    path = tmp_path / "long.xes.gz"
    with gzip.open(path, "wt", compresslevel=1, encoding="utf-8") as file:
        file.write(BEGIN)
        for n in range(40_000):  # 30 MB; as a tree ten times that
            file.write(a_trace(f"A-{n}"))
        file.write("</log>")
    mapping = mapping_file(tmp_path, MAPPING)

    done = subprocess.run(
        [sys.executable, "-c", f"import django; django.setup()\n{READ}", path, mapping],
        capture_output=True,
        text=True,
        check=True,
        env={
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "tests.settings",
            "PYTHONPATH": ":".join(sys.path),
        },
    )

    rows, kilobytes = map(int, done.stdout.split())
    assert rows == 80_001
    assert kilobytes < 20_000
