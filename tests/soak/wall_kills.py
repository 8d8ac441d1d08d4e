"""Kills the whole server while it keeps the wall up with the ledger, and looks what is left.

    python -m tests.soak.wall_kills --kills 100 --seed 7

Works in a home of its own, which goes at the end. One process acts without a rest, another one
reads without a rest: in one state of the cube the sums over all units and fields must be those over
all days. After each kill the cube must be, in every cell, the one made anew from the events up to
its bookmark and moved to its minute.
"""

import argparse
import json
import os
import random
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from http.client import HTTPConnection, HTTPException
from itertools import islice
from pathlib import Path
from uuid import uuid4

import django
import psutil
from django.db import connections

PATIENCE = 60.0
FLOWS = ("received", "resolved", "on_time", "late")


def main() -> int:
    """Run the rounds and print what was found as one line of JSON."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(1 << 32))
    parser.add_argument("--start-limit", type=float, default=PATIENCE, help="median seconds")
    args = parser.parse_args()
    print(f"seed {args.seed}", file=sys.stderr)
    os.environ["DJANGO_SETTINGS_MODULE"] = "motcua.settings"
    with tempfile.TemporaryDirectory(prefix="motcua-wall-kills-") as home:
        os.environ["MOTCUA_HOME"] = home
        return _run(random.Random(args.seed), args.kills, start_limit=args.start_limit)


def _run(chance: random.Random, kills: int, *, start_limit: float) -> int:
    django.setup()
    from django.core.management import call_command

    from tests.dossiers.given import a_registry

    call_command("migrate", verbosity=0)
    a_registry()
    connections.close_all()
    told = Path(os.environ["MOTCUA_HOME"]) / "told"
    beside = [_beside(_act, told), _beside(_read, told)]
    starts, bookmarks, faults = [], [0], list[str]()
    try:
        for number in range(kills):
            goes_on_after = bookmarks[-1] if number % 2 == 0 else -1
            rest = chance.uniform(0, 1.5)
            starts.append(_served_and_killed(goes_on_after=goes_on_after, rest=rest))
            bookmark, found = _faults()
            faults += found
            bookmarks.append(bookmark)
        faults += [f"ended by itself: {child}" for child in beside if os.waitpid(child, 1)[0]]
    finally:
        for child in beside:
            os.kill(child, signal.SIGKILL)
    lines = told.read_text().splitlines() if told.exists() else []
    faults += [line for line in lines if line != "read"]
    if bookmarks != sorted(bookmarks):
        faults.append(f"a bookmark went back: {bookmarks}")
    slow = statistics.median(starts) > start_limit
    faults += [f"first page only after {statistics.median(starts):.1f} s"] if slow else []
    print(
        json.dumps(
            {
                "kills": kills,
                "stages": len(set(bookmarks)),
                "bookmark": bookmarks[-1],
                "reads": lines.count("read"),
                "start_median": round(statistics.median(starts), 2),
                "start_slowest": round(max(starts), 2),
                "faults": faults[:20],
            }
        )
    )
    return 1 if faults else 0


def _served_and_killed(*, goes_on_after: int, rest: float) -> float:
    """Serve until the first page and a cube beyond a bookmark, then a rest, and end every process;
    give seconds to the page.
    """
    from motcua.indicators.cube import bookmark

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    began = time.monotonic()
    server = subprocess.Popen(
        [sys.executable, "-m", "motcua.cli", "serve", "--port", str(port)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    while not _answers(port):
        assert server.poll() is None, "the server ended"
        assert time.monotonic() - began < PATIENCE, "no page"
        time.sleep(0.05)
    spent = time.monotonic() - began
    while bookmark() <= goes_on_after and time.monotonic() - began < PATIENCE:
        time.sleep(0.02)
    time.sleep(rest)
    top = psutil.Process(server.pid)
    top.suspend()  # it starts no child again while they are ended
    family = [*top.children(recursive=True), top]
    for process in family:
        process.kill()
    server.wait()
    psutil.wait_procs(family, timeout=10)
    return spent


def _answers(port: int) -> bool:
    page = HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        page.request("GET", "/sign-in/")
        return page.getresponse().status == 200
    except (OSError, HTTPException):
        return False
    finally:
        page.close()


def _faults() -> tuple[int, list[str]]:
    """Hold the cube against one made anew from the events up to its bookmark."""
    from motcua.indicators.cube import closing
    from motcua.indicators.cube.comparing import differences
    from motcua.indicators.cube.keeping import step

    path = closing.current()
    if path is None:
        return 0, []
    with tempfile.TemporaryDirectory() as folder:
        left = closing.Cube(path)
        new = closing.Cube(Path(folder) / "anew.sqlite", is_new=True)
        try:
            seq, until = int(left.mark("bookmark")), int(left.mark("until"))
            with new.writing():
                marks = {name: left.mark(name) for name in ("format", "lineage")}
                new.set_marks(**marks, bookmark=0, anchor="", until=0)
            step(new, now=until, last=seq)
            found = [f"differs: {one}" for one in islice(differences(left, new), 3)]
            if int(new.mark("bookmark")) != seq or new.mark("anchor") != left.mark("anchor"):
                found.append(f"no event stands at the bookmark {seq}")
            ahead = [sorted(one.passed(2**31)) for one in (left, new)]
            found += ["other dossiers are still to come"] if ahead[0] != ahead[1] else []
        finally:
            left.close()
            new.close()
            connections.close_all()
    return seq, found


def _beside(body: Callable[[Path], None], told: Path) -> int:
    child = os.fork()
    if child == 0:
        try:
            body(told)
        except BaseException as error:
            _tell(told, f"{body.__name__}: {error!r}")
        os._exit(1)
    return child


def _tell(told: Path, line: str) -> None:
    with told.open("a") as lines:
        lines.write(f"{line}\n")


def _act(_told: Path) -> None:
    from django.utils import timezone

    from motcua.dossiers import actions
    from tests.dossiers.given import APPLICANT, CLERK, a_request

    while True:
        dossier = actions.receive_new(
            request=a_request(),
            applicants=APPLICANT,
            actor=CLERK,
            at=timezone.now(),
            key=str(uuid4()),
        )
        actions.hand_over(dossier_id=dossier.id, actor=CLERK, at=timezone.now(), key=str(uuid4()))
        time.sleep(0.03)


def _read(told: Path) -> None:
    """Ask without a rest, and tell of each answer whose parts are not its whole."""
    from django.utils import timezone

    from motcua.indicators.asking import Asked
    from motcua.indicators.cube import closing, figures, keeping
    from motcua.kit.periods import Period

    today = timezone.localdate()
    while True:
        until = keeping.until()
        if until is None:
            time.sleep(0.01)
            continue
        try:
            cells, days = figures.overview(Asked.of(Period(today, today), now=until))
        except closing.NoCube:  # swept on since, or made anew: the next one answers
            continue
        parts = [sum(counts[name] for counts in cells.values()) for name in FLOWS]
        whole = [sum(getattr(day, name) for day in days) for name in FLOWS]
        _tell(told, "read" if parts == whole else f"torn: {parts} {whole}")
        time.sleep(0.002)


if __name__ == "__main__":
    sys.exit(main())
