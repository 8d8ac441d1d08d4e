"""Asks the clock a great many random questions: batch, scalar and the slow reference must agree.

    python -m tests.soak.clocks --cases 100000 --seed 7

Calendars have swaps, closures of part of a day, half-day Saturdays and service hours; rules are
of every mode. Prints {"seed", "cases", "differences"}.
"""

import argparse
import json
import random
import sys

from tests.kit.batches import differences

SHOWN = 5


def main() -> int:
    """Ask, and print what was found as one line of JSON; a few differences before it."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--cases", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(1 << 32))
    options = parser.parse_args()
    wrong = differences(options.seed, options.cases)
    for one in wrong[:SHOWN]:
        print(one, file=sys.stderr)
    told = {"seed": options.seed, "cases": options.cases, "differences": len(wrong)}
    print(json.dumps(told))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
