"""`motcua serve`: whatever crashes is started again, and Ctrl-C ends everything."""

import argparse
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import psutil
import pytest

from motcua import commands, serving
from motcua.exchange import demonstration

START_SECONDS = 20.0


class Served:
    """A running `motcua serve`, or another command that serves."""

    command: tuple[str, ...] = ("serve",)

    def __init__(self, home: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        environment = {
            name: value for name, value in os.environ.items() if not name.startswith("MOTCUA_")
        } | {"MOTCUA_HOME": str(home), "PYTHONUNBUFFERED": "1"}
        environment.pop("DATABASE_URL", None)
        environment.pop("DJANGO_SETTINGS_MODULE", None)
        self.log = home / "log"
        with self.log.open("w") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "motcua.cli", *self.command, "--port", str(self.port)],
                env=environment,
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        self.top = psutil.Process(self.process.pid)

    def answers(self) -> bool:
        try:
            with urlopen(f"http://127.0.0.1:{self.port}/sign-in/", timeout=2) as page:
                return bool(page.status == 200)
        except (URLError, OSError):
            return False

    def running(self) -> list[psutil.Process]:
        everybody = self.top.children(recursive=True)
        return [each for each in everybody if each.status() != psutil.STATUS_ZOMBIE]

    def child(self, name: str) -> psutil.Process:
        return next(
            child
            for child in self.top.children()
            if child.name() == name and child.status() != psutil.STATUS_ZOMBIE
        )

    def pages(self) -> psutil.Process:
        return self.child("motcua pages")

    def worker(self) -> psutil.Process:
        return self.child("motcua worker")


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    running = Served(tmp_path)
    wait_until(running.answers)
    yield running
    running.process.kill()
    running.process.wait()


def wait_until(is_so: Callable[[], object], seconds: float = START_SECONDS) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        try:
            if is_so():
                return
        except (psutil.NoSuchProcess, StopIteration):
            pass
        time.sleep(0.05)
    raise AssertionError(f"waited {seconds} seconds in vain")


@pytest.mark.slow
def test_pages_and_worker_come_back_after_a_crash_and_ctrl_c_ends_all(served: Served) -> None:
    crashes: list[Callable[[], psutil.Process]] = [
        lambda: served.pages().children()[0],
        served.pages,
        served.worker,
    ]
    for crash in crashes:
        wait_until(crash)
        victim = crash()
        victim.send_signal(signal.SIGKILL)
        wait_until(lambda: victim not in served.running())  # noqa: B023
        wait_until(lambda: served.answers() and served.pages().children() and served.worker())

    everybody = [served.top, *served.top.children(recursive=True)]
    served.process.send_signal(signal.SIGINT)

    assert served.process.wait(timeout=20) == 0
    assert psutil.wait_procs(everybody, timeout=5)[1] == []
    assert "pages ended unasked (-9)" in served.log.read_text()
    assert "worker ended unasked (-9)" in served.log.read_text()


@pytest.mark.slow
def test_children_do_not_outlive_a_killed_parent(served: Served) -> None:
    children = served.top.children(recursive=True)

    served.process.kill()

    assert psutil.wait_procs(children, timeout=20)[1] == []


@pytest.mark.slow
def test_all_of_it_fits_into_350_megabytes_of_private_memory(served: Served) -> None:
    everybody = [served.top, *served.top.children(recursive=True)]

    private = sum(process.memory_full_info().uss for process in everybody)

    assert private < 350e6


@pytest.mark.parametrize("command", ["serve", "demo"])
def test_a_port_that_is_taken_is_refused_before_any_work(
    command: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(demonstration, "load", lambda **_: pytest.fail("loaded"))
    monkeypatch.setattr(serving, "serve", lambda **_: pytest.fail("served"))
    with socket.socket() as other:
        # As servers with several workers do: a second one could listen beside it.
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        options = argparse.Namespace(host="127.0.0.1", port=port, no_serve=False, seed=1, workers=1)

        with pytest.raises(serving.PortTaken, match=str(port)):
            commands.COMMANDS[command](options)
