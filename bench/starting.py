"""From an empty home to the first page, and the private memory of all processes together."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

from bench.table import Figure, hand_back

PATIENCE = 60.0
MB = 1_000


def main() -> None:
    """Start twice (first start, second start), ask some pages, add up the memory."""
    port = _free_port()
    first, _ = _start(port)
    second, memory = _start(port)
    hand_back(
        [
            Figure("first start to first page", first, "s", goal="< 5 s", is_met=first < 5),
            Figure("second start to first page", second, "s", goal="< 5 s", is_met=second < 5),
            Figure(
                "private memory, pages and worker",
                memory,
                "MB",
                goal="≤ 350 MB",
                is_met=memory <= 350,
                note="proportional set size of all processes, less the files they map",
            ),
        ]
    )


def _start(port: int) -> tuple[float, float]:
    command = [sys.executable, "-c", "import sys; from motcua.cli import main; sys.exit(main())"]
    began = time.perf_counter()
    program = subprocess.Popen(
        [*command, "serve", "--port", str(port)],
        stdout=sys.stderr,
        start_new_session=True,
    )
    try:
        page = _page(port, program)
        spent = time.perf_counter() - began
        assert b"<html" in page
        for _ in range(50):
            _page(port, program)
        time.sleep(3)  # the worker has read, the facts are there
        return spent, _private_mb(program.pid)
    finally:
        os.killpg(program.pid, signal.SIGTERM)
        program.wait(timeout=30)


def _page(port: int, program: subprocess.Popen[bytes]) -> bytes:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        assert program.poll() is None, "the program ended"
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=5) as answer:
                content: bytes = answer.read()
                return content
        except OSError:
            time.sleep(0.05)
    raise TimeoutError("no page")


def _private_mb(root: int) -> float:
    return sum(_anonymous_kb(pid) for pid in _family(root)) / MB


def _family(root: int) -> list[int]:
    family = [root]
    for pid in family:
        for task in Path(f"/proc/{pid}/task").iterdir():
            family += map(int, (task / "children").read_text().split())
    return family


def _anonymous_kb(pid: int) -> float:
    fields = dict(
        line.split(":", 1)
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()[1:]
    )
    return float(fields["Pss_Anon"].split()[0])


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


if __name__ == "__main__":
    main()
