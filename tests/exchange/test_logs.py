"""Exported logs, read back by readers that are not ours."""

import gzip
import json
import resource
import signal
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from motcua.dossiers.models import Dossier
from motcua.exchange.logs import Format, Written, export_log, refusals
from motcua.indicators import facts
from motcua.indicators.queries import ask, totals
from motcua.kit.moments import LOCAL, minute_of
from motcua.kit.periods import Period, PeriodBackwards
from motcua.ledger.models import Event
from motcua.registry.rules import UnknownUnit
from tests.dossiers.given import COMMUNE
from tests.exchange.given import imported
from tests.operations.given import DOSSIERS, a_month

pytestmark = pytest.mark.django_db
NOW = datetime(2024, 12, 1, 9, 0, tzinfo=LOCAL)
FIRST, LAST = "2024-09-16", "2024-10-20"


def exported(
    path: Path,
    form: Format = Format.XES,
    *,
    first: str | None = None,
    last: str | None = None,
    unit: str | None = None,
) -> Written:
    """Export as the command line does."""
    return export_log(path=path, form=form, first=first, last=last, unit=unit, at=NOW, tell=str)


def figures(
    unit: str | None = None, *, first: str = FIRST, last: str = "2024-11-30"
) -> Mapping[str, int]:
    """What the wall says of a period."""
    facts.advance()
    asked, _ = ask(Period.read(first, last), now=minute_of(NOW), unit=unit)
    return totals(asked)


def utc(moment: datetime | None) -> datetime | None:
    """A moment as the two readers give it: in UTC, without saying so."""
    return moment and moment.astimezone(UTC).replace(tzinfo=None)


def read_xes(path: Path) -> tuple[Any, Any]:
    """The events of a log as rustxes reads them, and what it says of the log."""
    import rustxes

    frame, about = rustxes.import_xes(str(path))
    return frame, json.loads(about)


def read_ocel(path: Path) -> dict[str, Any]:
    """The tables of a log as r4pm reads it."""
    import r4pm

    tables: dict[str, Any] = r4pm.df.import_ocel(str(path))
    return tables


@pytest.mark.parametrize("name", ["log.xes", "log.xes.gz"])
def test_another_reader_finds_every_event_of_the_ledger_in_the_xes(
    tmp_path: Path, name: str
) -> None:
    a_month()

    written = exported(tmp_path / name)

    frame, about = read_xes(tmp_path / name)
    events = Event.objects.filter(kind__startswith="dossier.")
    assert written.dossiers == DOSSIERS == frame["case:concept:name"].n_unique()
    assert written.events == events.count() == len(frame)
    told = sorted(
        (str(e.subject_id), e.kind, utc(e.happened_at), e.unit_key, e.actor_id) for e in events
    )
    columns = ("case:concept:name", "kind", "time:timestamp", "org:group", "org:resource")
    assert sorted(zip(*(frame[c].to_list() for c in columns), strict=True)) == told
    assert set(frame["lifecycle:transition"]) == {"complete"}
    assert {one["prefix"] for one in about["extensions"]} == {"concept", "lifecycle", "time", "org"}


def test_a_trace_says_what_the_list_of_the_wall_says(tmp_path: Path) -> None:
    a_month()

    exported(tmp_path / "log.xes")

    frame, _ = read_xes(tmp_path / "log.xes")
    rows = {row["case:concept:name"]: row for row in frame.to_dicts()}
    for dossier in Dossier.objects.all():
        row = rows[str(dossier.id)]
        assert row["case:received_at"] == utc(dossier.received_at)
        assert row["case:ended_at"] == utc(dossier.ended_at)
        assert row["case:procedure"] == dossier.procedure_code
        assert row["case:channel"] == dossier.channel
        ended = {"withdrawn": "withdrawn"}.get(dossier.status, "resolved")
        assert row["case:state"] == (ended if dossier.ended_at else "open")


def test_another_reader_finds_every_event_and_object_in_the_ocel(tmp_path: Path) -> None:
    a_month()

    written = exported(tmp_path / "log.json", Format.OCEL)

    log = read_ocel(tmp_path / "log.json")
    events = Event.objects.filter(kind__startswith="dossier.")
    assert written.events == events.count() == len(log["events"])
    objects = dict(log["objects"]["ocel:type"].value_counts().iter_rows())
    units = {key for e in events for key in (e.unit_key, *_units(e.data))}
    procedures = set(Dossier.objects.values_list("procedure_code", flat=True))
    assert objects == {"dossier": DOSSIERS, "unit": len(units), "procedure": len(procedures)}
    times = dict(zip(log["events"]["ocel:eid"], log["events"]["ocel:timestamp"], strict=True))
    assert times == {str(e.id): utc(e.happened_at) for e in events}
    links = set(log["relations"].select("ocel:eid", "ocel:oid", "ocel:qualifier").iter_rows())
    assert {(str(e.id), str(e.subject_id), "dossier") for e in events} <= links
    assert {(str(e.id), f"unit:{e.unit_key}", "holder") for e in events} <= links


def _units(data: dict[str, Any]) -> list[str]:
    return [data[name] for name in ("place", "from_unit", "body") if name in data]


def test_the_due_moments_of_an_object_are_told_from_when_on_they_hold(tmp_path: Path) -> None:
    a_month()

    exported(tmp_path / "log.json", Format.OCEL)

    told = json.loads((tmp_path / "log.json").read_text(encoding="utf-8"))
    dues = {one["id"]: one["attributes"] for one in told["objects"] if one["type"] == "dossier"}
    for event in Event.objects.filter(kind="dossier.received"):
        due = [a["value"] for a in dues[str(event.subject_id)] if a["name"] == "due_at"]
        assert due[:1] == ([f"{event.data['due']}:00.000+07:00"] if "due" in event.data else [])


@pytest.mark.parametrize("form", list(Format))
def test_period_and_unit_choose_the_dossiers_that_the_wall_counts(
    tmp_path: Path, form: Format
) -> None:
    a_month()

    month = exported(tmp_path / "month", form, first=FIRST, last=LAST)
    week = exported(tmp_path / "week", form, first=FIRST, last="2024-09-22", unit=COMMUNE)

    assert month.dossiers == figures(last=LAST)["received"] == DOSSIERS
    assert week.dossiers == figures(COMMUNE, last="2024-09-22")["received"]
    assert 0 < week.dossiers < DOSSIERS


def test_the_same_log_gives_the_same_file_and_takes_the_place_of_an_older_one(
    tmp_path: Path,
) -> None:
    a_month()
    for name in ("a.xes.gz", "b.xes.gz"):
        (tmp_path / name).write_text("older")
        exported(tmp_path / name)

    assert (tmp_path / "a.xes.gz").read_bytes() == (tmp_path / "b.xes.gz").read_bytes()
    assert gzip.decompress((tmp_path / "a.xes.gz").read_bytes()).endswith(b"</log>\n")
    assert len(list(tmp_path.iterdir())) == 2


def test_a_place_that_cannot_be_written_is_named_and_nothing_is_left(tmp_path: Path) -> None:
    a_month()
    (tmp_path / "folder.xes").mkdir()

    for path in (tmp_path / "none" / "log.xes", tmp_path / "folder.xes"):
        with pytest.raises(refusals.Unwritable) as caught:
            exported(path)
        assert path.name in str(caught.value)
    assert [one.name for one in tmp_path.iterdir()] == ["folder.xes"]


@pytest.mark.parametrize("name", ["log.xes", "log.xes.gz"])
def test_a_disk_that_is_full_is_told_and_the_older_file_stays(tmp_path: Path, name: str) -> None:
    a_month()
    (tmp_path / name).write_text("older")

    with most_bytes_of_a_file(2_000), pytest.raises(refusals.Unwritable):
        exported(tmp_path / name)

    assert (tmp_path / name).read_text() == "older"
    assert len(list(tmp_path.iterdir())) == 1


@contextmanager
def most_bytes_of_a_file(most: int) -> Iterator[None]:
    """Let every file end where a full disk would end it."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    facts.advance()
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, ignored)


def test_a_question_without_an_answer_is_refused(tmp_path: Path) -> None:
    a_month()
    path = tmp_path / "log.xes"

    with pytest.raises(PeriodBackwards):
        exported(path, first=LAST, last=FIRST)
    with pytest.raises(UnknownUnit):
        exported(path, unit="99999")
    with pytest.raises(refusals.NothingChosen):
        exported(path, first="2020-01-01", last="2020-12-31")
    assert not path.exists()


def test_a_log_taken_in_again_elsewhere_gives_the_same_figures(tmp_path: Path) -> None:
    a_month()
    exported(tmp_path / "log.xes")
    text = (tmp_path / "log.xes").read_text(encoding="utf-8")
    foreign = text.replace("@2021-01-01", "-there")  # units nobody knows here
    (tmp_path / "log.xes").write_text(foreign, encoding="utf-8")
    names = ("received", "resolved", "on_time", "late", "withdrawn", "online", "direct", "post")
    here = figures("674")

    outcome = imported(tmp_path / "log.xes", "motcua_log", root="ELSEWHERE")

    facts.rebuild()
    there = figures("ELSEWHERE")
    assert (outcome.taken_in, outcome.rejected) == (DOSSIERS, 0)
    assert {name: there[name] for name in names} == {name: here[name] for name in names}
