"""Kills a writer of facts at each of its steps and looks what is left.

    python -m tests.indicators.kills

Needs an empty MOTCUA_HOME. Every step that brings something to the disk (wait for the disk, give a
file its name) is a place to die, before it and after it. Whatever is left must be the old
generation or the new one, whole; and the next writer must reach the new one.
"""

import hashlib
import json
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path

import django
from django.conf import settings

DIED, FINISHED = "died", "finished"


def main() -> int:
    """Run a round for each step and print what was found as one line of JSON."""
    django.setup()
    from django.core.management import call_command

    from motcua.indicators import facts

    assert facts.bookmark() == 0  # imported here, so that no child has to
    call_command("migrate", verbosity=0)
    _write(range(1, 60), "received")
    _in_child(_advance)
    old, rounds, faults = _in_child(_left), 0, []
    for step in range(1, 1000):
        _write([1000 + step], "received")
        _write([step], "resolved")
        how = _in_child(lambda step=step: _advance_and_die(step))  # type: ignore[misc]
        left, new = _in_child(_left_and_next).split()
        if left not in (old, new) or (how == FINISHED and left != new):
            faults.append(f"step {step}: neither the old generation nor the new one")
        if how == FINISHED:
            break
        old, rounds = new, rounds + 1
    if _in_child(_made_anew) != new:
        faults.append("what the writers reached in the end is not what a rebuild gives")
    sys.stdout.write(json.dumps({"kills": rounds, "faults": faults}))
    return 1 if faults else 0


def _in_child(work: Callable[[], str]) -> str:
    """Do the work in a process of its own; give its word, or that it died."""
    read_end, write_end = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(read_end)
        os.write(write_end, work().encode())
        os._exit(0)
    os.close(write_end)
    with os.fdopen(read_end) as pipe:
        told = pipe.read()
    _, status = os.waitpid(child, 0)
    return DIED if os.WIFSIGNALED(status) else told


def _write(numbers: range | list[int], kind: str) -> None:
    from django.db import connection

    from .histories import write
    from .test_facts import received, resolved

    write(received(n) if kind == "received" else resolved(n, on=1) for n in numbers)
    connection.close()  # each child opens its own


def _advance() -> str:
    from motcua.indicators import facts

    facts.advance()
    return FINISHED


def _advance_and_die(at_step: int) -> str:
    """Advance, and die at a step: the odd ones before it is done, the even ones after it."""
    steps = 0

    def deadly(work: Callable[..., None]) -> Callable[..., None]:
        def step(*arguments: object) -> None:
            nonlocal steps
            for moment in ("before", "after"):
                steps += 1
                if moment == "after":
                    work(*arguments)
                if steps == at_step:
                    os.kill(os.getpid(), signal.SIGKILL)

        return step

    os.fsync, os.replace = deadly(os.fsync), deadly(os.replace)
    return _advance()


def _left() -> str:
    """Give a hash of all that the facts in force say, and their bookmark."""
    from motcua.indicators.facts import manifest

    from .content import content

    assert manifest.read().is_whole()
    told = repr((manifest.read().seq, sorted(content().items())))
    return hashlib.sha256(told.encode()).hexdigest()


def _left_and_next() -> str:
    left = _left()
    _advance()
    return f"{left} {_left()}"


def _made_anew() -> str:
    from motcua.indicators import facts

    settings.MOTCUA_HOME = Path(settings.MOTCUA_HOME) / "beside"
    facts.rebuild()
    return _left()


if __name__ == "__main__":
    sys.exit(main())
