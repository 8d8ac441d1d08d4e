"""The requests of Boston, counted by the house and by a few lines of pandas."""

from pathlib import Path

import pytest
from django.db.models import F

from motcua.dossiers.models import Dossier
from tests.exchange.given import imported

FILE = Path(__file__).parents[3] / "shared" / "eventlogs" / "boston311_2015_jan_aug.csv.gz"

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.slow,
    pytest.mark.skipif(not FILE.exists(), reason=f"the event log {FILE.name} is not here"),
]


def test_received_resolved_and_on_time_equal_those_of_pandas() -> None:
    import pandas as pd

    moments = ["OPEN_DT", "TARGET_DT", "CLOSED_DT"]
    log = pd.read_csv(FILE, parse_dates=moments)
    opened, target, closed = (log[name].dt.floor("min") for name in moments)

    outcome = imported(FILE, "boston311", root="BOSTON")

    taken = Dossier.objects.filter(source="boston311")
    ended = taken.filter(ended_at__isnull=False)
    with_due = ended.filter(due_at__isnull=False)
    assert outcome.taken_in == taken.count() == len(log)
    assert ended.count() == closed.notna().sum()
    assert with_due.count() == (closed.notna() & target.notna()).sum()
    assert with_due.filter(ended_at__lte=F("due_at")).count() == (closed <= target).sum()
    assert outcome.reasons["end_is_start"] == (closed == opened).sum()
    assert outcome.reasons["end_before_receipt"] == (closed < opened).sum()
    by_unit = dict(log.groupby("Department").size())
    assert by_unit["PWDx"] == taken.filter(holder_key="PWDx@2015-01-01").count()
