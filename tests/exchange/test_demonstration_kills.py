"""The demonstration killed while it loads and while it plays: nothing twice, nothing by halves."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SET_BY_TESTS = ("DJANGO_SETTINGS_MODULE", "MOTCUA_HOME")
KILLS = int(os.environ.get("MOTCUA_KILLS", "8"))


@pytest.mark.slow
@pytest.mark.skipif(bool(os.environ.get("DATABASE_URL")), reason="make soak kills on PostgreSQL")
def test_kills_leave_the_world_as_planned_and_every_dossier_whole(tmp_path: Path) -> None:
    environment = {name: text for name, text in os.environ.items() if name not in SET_BY_TESTS}
    run = subprocess.run(
        [sys.executable, "-m", "tests.soak.demo_kills", "--kills", str(KILLS)],
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
    assert found["stages"] >= 2
    assert found["played"] >= KILLS // 2
