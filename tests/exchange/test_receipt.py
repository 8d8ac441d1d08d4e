"""A real event log: its XES gives the same dossiers as its CSV, and the counts of pandas."""

from pathlib import Path
from typing import Any

import pytest
from django.db.models import F

from motcua.dossiers.models import Dossier
from motcua.exchange.files import load_mapping
from motcua.exchange.files.mapping import READY
from motcua.kit.moments import minute_of
from motcua.ledger.models import Event
from tests.exchange.given import imported, mapping_file
from tests.exchange.given_logs import RECEIPT, receipt, write_xes

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.slow,
    pytest.mark.skipif(not RECEIPT.exists(), reason=f"the event log {RECEIPT.name} is not here"),
]
OWN = ("id", "code", "source", "number", "created_at")  # what no two dossiers share


def test_the_log_as_xes_gives_the_counts_of_pandas(tmp_path: Path) -> None:
    import pandas as pd

    log = receipt()
    cases = log.drop_duplicates("case:concept:name")
    ended, due = (
        pd.to_datetime(cases[f"case:{name}"], utc=True).dt.floor("min")
        for name in ("enddate", "deadline")
    )

    outcome = imported(write_xes(log, tmp_path / "receipt.xes.gz"), "receipt", root="COSELOG")

    taken = Dossier.objects.filter(source="receipt")
    closed = taken.filter(ended_at__isnull=False)
    assert (outcome.rows, outcome.rejected) == (len(log), 0)
    assert outcome.taken_in == taken.count() == len(cases) == 1434
    assert taken.filter(ended_at__isnull=True).count() == ended.isna().sum() == 105
    assert taken.filter(due_at__isnull=False).count() == due.notna().sum() == 1434
    assert closed.filter(ended_at__lte=F("due_at")).count() == (ended <= due).sum()
    assert Event.objects.filter(kind="dossier.step").count() == len(log) == 8577


def test_the_log_as_xes_equals_the_log_as_csv_dossier_by_dossier(tmp_path: Path) -> None:
    log = receipt()
    log.to_csv(tmp_path / "receipt.csv", index=False)
    other = (READY / "receipt.toml").read_text(encoding="utf-8")
    mapping = mapping_file(tmp_path, other.replace('source = "receipt"', 'source = "sheet"'))
    assert load_mapping(str(mapping)).source == "sheet"

    imported(tmp_path / "receipt.csv", mapping, root="COSELOG")
    imported(write_xes(log, tmp_path / "receipt.xes.gz"), "receipt", root="COSELOG")

    sheet, xes = told_of("sheet"), told_of("receipt")
    assert len(sheet) == 1434
    assert sheet == xes


def told_of(source: str) -> dict[str, Any]:
    """Everything a source's dossiers are and went through, by their key."""
    rows = {row["id"]: row for row in Dossier.objects.filter(source=source).values()}
    events: dict[Any, list[Any]] = {id_: [] for id_ in rows}
    for event in Event.objects.filter(subject_id__in=rows).order_by("subject_version"):
        data = {name: value for name, value in event.data.items() if name != "source"}
        at = minute_of(event.happened_at)
        events[event.subject_id].append((event.kind, at, event.unit_key, sorted(data.items())))
    return {
        row["source_key"]: ({k: v for k, v in row.items() if k not in OWN}, events[id_])
        for id_, row in rows.items()
    }
