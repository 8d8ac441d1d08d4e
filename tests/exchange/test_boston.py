"""The requests of Boston, counted by the house and by a few lines of pandas."""

from pathlib import Path

import pytest
from django.db.models import F

from motcua.dossiers.models import Dossier
from tests.exchange.given import imported
from tests.sizes import IS_WHOLE, soaks

FILE = Path(__file__).parents[3] / "shared" / "eventlogs" / "boston311_2015_jan_aug.csv.gz"

EACH = 6
pytestmark = [
    soaks,
    pytest.mark.django_db,
    pytest.mark.slow,
    pytest.mark.skipif(not FILE.exists(), reason=f"the event log {FILE.name} is not here"),
]


def some_of(path: Path) -> Path:
    """Write every sixth request as a file of its own."""
    import pandas as pd

    pd.read_csv(FILE, dtype=str).iloc[::EACH].to_csv(path, index=False)
    return path


def test_received_resolved_and_on_time_equal_those_of_pandas(tmp_path: Path) -> None:
    import pandas as pd

    file = FILE if IS_WHOLE else some_of(tmp_path / "boston.csv")
    moments = ["OPEN_DT", "TARGET_DT", "CLOSED_DT"]
    log = pd.read_csv(file, parse_dates=moments)
    opened, target, closed = (log[name].dt.floor("min") for name in moments)

    outcome = imported(file, "boston311", root="BOSTON")

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
