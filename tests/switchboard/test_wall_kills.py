"""The server killed while it keeps the wall: no torn number, and the cube goes on where it was."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SET_BY_TESTS = ("DJANGO_SETTINGS_MODULE", "MOTCUA_HOME")


@pytest.mark.slow
@pytest.mark.skipif(bool(os.environ.get("DATABASE_URL")), reason="the cube is the same file")
def test_a_killed_server_leaves_a_cube_that_is_right_at_its_bookmark(tmp_path: Path) -> None:
    environment = {name: text for name, text in os.environ.items() if name not in SET_BY_TESTS}
    run = subprocess.run(
        [sys.executable, "-m", "tests.soak.wall_kills", "--kills", "3"],
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
    assert found["reads"] > 0
    assert found["stages"] >= 2
