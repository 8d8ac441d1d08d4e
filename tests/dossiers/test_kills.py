"""A process that dies in the middle of actions loses nothing it acknowledged."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SET_BY_TESTS = ("DJANGO_SETTINGS_MODULE", "MOTCUA_HOME")
KILLS = int(os.environ.get("MOTCUA_KILLS", "12"))


@pytest.mark.slow
@pytest.mark.skipif(bool(os.environ.get("DATABASE_URL")), reason="make soak kills on PostgreSQL")
def test_nothing_acknowledged_is_lost_by_kills_during_actions(tmp_path: Path) -> None:
    # As `make soak` starts it: nothing is set, and it finds a home of its own.
    environment = {name: text for name, text in os.environ.items() if name not in SET_BY_TESTS}
    run = subprocess.run(
        [sys.executable, "-m", "tests.soak.kills", "--kills", str(KILLS)],
        cwd=ROOT,
        env={
            **environment,
            "TMPDIR": str(tmp_path),
            "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
        },
        capture_output=True,
        text=True,
        check=False,
    )

    assert run.returncode == 0, run.stdout + run.stderr
    found = json.loads(run.stdout)
    assert found["faults"] == []
    assert found["acknowledged"] >= KILLS


@pytest.mark.slow
@pytest.mark.skipif(bool(os.environ.get("DATABASE_URL")), reason="make soak kills on PostgreSQL")
def test_a_change_killed_again_and_again_ends_as_if_it_had_never_been_disturbed(
    tmp_path: Path,
) -> None:
    run = subprocess.run(
        [sys.executable, "-m", "tests.soak.change_kills", "--dossiers", "150"],
        cwd=ROOT,
        env={
            **os.environ,
            "MOTCUA_HOME": str(tmp_path),
            "DJANGO_SETTINGS_MODULE": "motcua.settings",
            "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
        },
        capture_output=True,
        text=True,
        check=False,
    )

    assert run.returncode == 0, run.stdout + run.stderr
    found = json.loads(run.stdout)
    assert found["kills"] >= 2
    assert found["moved"] > 0
