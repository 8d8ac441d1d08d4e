"""A writer that dies leaves the old generation or the new one, never something between."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.slow
@pytest.mark.skipif(bool(os.environ.get("DATABASE_URL")), reason="the files are the same ones")
def test_whatever_step_a_writer_dies_at_the_facts_are_those_before_or_those_after(
    tmp_path: Path,
) -> None:
    run = subprocess.run(
        [sys.executable, "-m", "tests.indicators.kills"],
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
    assert found["faults"] == []
    assert found["kills"] > 20  # three files, their folders and the manifest, before and after
