"""Many random proofs: each holds when it is checked, and with one changed line it does not.

`python -m tests.soak.proofs --proofs 10000` prints its seed; `--seed` repeats a run.
"""

import argparse
import random
import sys
import time

from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

from motcua.kit.calendar import BeyondCalendar
from motcua.kit.proof import computed, verify
from motcua.kit.refusals import Refused
from tests.kit import papers, worlds
from tests.kit.worlds import Case


def main() -> int:
    """Prove, change and check until the wanted number is reached; give 1 when one went wrong."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--proofs", type=int, default=10_000)
    options.add_argument("--seed", type=int, default=random.SystemRandom().randrange(1 << 32))
    asked = options.parse_args()
    print(f"seed {asked.seed} (--seed {asked.seed} repeats this run)", flush=True)
    began, chance, proved, part = time.monotonic(), random.Random(asked.seed), 0, 0
    while proved < asked.proofs:
        proved += _some(min(asked.proofs - proved, 2_000), chance, asked.seed + part)
        part += 1
        print(f"{proved} proofs hold; of {2 * proved} changed ones none does", flush=True)
    print(f"{time.monotonic() - began:.0f} s")
    return 0


def _some(wanted: int, chance: random.Random, salt: int) -> int:
    done = 0

    @seed(salt)
    @settings(
        max_examples=wanted, database=None, deadline=None, suppress_health_check=list(HealthCheck)
    )
    @given(case=papers.cases, now=st.one_of(st.none(), worlds.moments))
    def check(case: Case, now: int | None) -> None:
        nonlocal done
        if done >= wanted:
            return
        try:
            proof = papers.proved(case, now=now)
        except BeyondCalendar:
            return
        check_proof(papers.text_of(proof), chance)
        assert proof.due == computed(proof.asked, proof.calendar)
        done += 1

    check()
    return done


def check_proof(text: str, chance: random.Random) -> None:
    """Check that a proof holds, and that every way of changing one line of it is found."""
    assert verify(text).difference is None
    for sealed_again in (False, True):
        other, done = papers.changed(text, chance, sealed_again=sealed_again)
        assert is_found(other), done


def is_found(text: str) -> bool:
    """Whether the file of a proof is seen to be changed."""
    try:
        return verify(text).difference is not None
    except Refused:
        return True


if __name__ == "__main__":
    sys.exit(main())
