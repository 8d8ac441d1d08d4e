"""`motcua demo --live`: it plays beside the pages, ends with them, and goes on after a kill."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from .test_serving import Served, wait_until

ROOT = Path(__file__).parents[2]
LOAD = """
import django
django.setup()
from datetime import date
from motcua.exchange import demonstration
from motcua.setup import prepare
prepare()
demonstration.load(today=date(2026, 11, 18), tell=str, scale=50)
"""
START_SECONDS = 5.0  # until the first page of a loaded home, and as much again on a busy machine
COUNT = "SELECT count(*), count(DISTINCT code) FROM dossiers_dossier"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a home with a very small demonstration that was loaded on another day."""
    home = tmp_path_factory.mktemp("live")
    environment = {name: text for name, text in os.environ.items() if name != "DATABASE_URL"}
    environment |= {"MOTCUA_HOME": str(home), "DJANGO_SETTINGS_MODULE": "motcua.settings"}
    subprocess.run([sys.executable, "-c", LOAD], env=environment, check=True, cwd=ROOT)
    return home


class Live(Served):
    """A running `motcua demo --live`."""

    command = ("demo", "--live", "--every", "0.1")

    def live(self) -> psutil.Process:
        return self.child("motcua live")


@pytest.fixture
def live(home: Path) -> Iterator[Live]:
    running = Live(home)
    yield running
    running.process.kill()
    running.process.wait()


def events(home: Path) -> int:
    with sqlite3.connect(home / "motcua.sqlite3") as database:
        return int(database.execute("SELECT count(*) FROM ledger_event").fetchone()[0])


def dossiers(home: Path) -> tuple[int, int]:
    with sqlite3.connect(home / "motcua.sqlite3") as database:
        rows, codes = database.execute(COUNT).fetchone()
    return rows, codes


@pytest.mark.slow
def test_it_plays_beside_the_pages_and_ctrl_c_ends_it_with_them(home: Path, live: Live) -> None:
    before = events(home)

    wait_until(live.answers)
    wait_until(lambda: events(home) > before + 5)
    everybody = [live.top, *live.top.children(recursive=True)]
    player = live.live()
    live.process.send_signal(signal.SIGINT)

    assert player in everybody
    assert live.process.wait(timeout=20) == 0
    assert psutil.wait_procs(everybody, timeout=5)[1] == []


@pytest.mark.slow
def test_killed_whole_it_goes_on_at_once_with_the_world_as_it_stands(home: Path) -> None:
    first = Live(home)
    wait_until(first.answers)
    before = events(home)
    wait_until(lambda: events(home) > before + 3)
    everybody = [first.top, *first.top.children(recursive=True)]
    for process in everybody:
        process.kill()
    psutil.wait_procs(everybody, timeout=10)
    first.process.wait()
    rows, killed_at = dossiers(home), events(home)

    since = time.monotonic()
    again = Live(home)
    try:
        wait_until(again.answers)
        assert time.monotonic() - since < 2 * START_SECONDS
        assert dossiers(home)[0] <= rows[0] + 10
        wait_until(lambda: events(home) > killed_at + 3)
        assert len([c for c in again.top.children() if c.name() == "motcua live"]) == 1
    finally:
        again.process.kill()
        again.process.wait()
    now = dossiers(home)
    assert now[0] == now[1]


@pytest.mark.slow
def test_a_killed_player_is_started_again_and_a_killed_parent_takes_it_along(live: Live) -> None:
    wait_until(live.answers)
    wait_until(live.live)
    live.live().kill()
    wait_until(lambda: "live ended unasked (-9)" in live.log.read_text())
    wait_until(live.live)
    children = live.top.children(recursive=True)

    live.process.kill()

    assert psutil.wait_procs(children, timeout=20)[1] == []
