"""The examples of the guide were worked by hand; the program says the same."""

import doctest
import re
from pathlib import Path

GUIDE = Path(__file__).parents[2] / "docs/guides/clock-examples.md"
FEWEST = 24


def test_the_examples_worked_by_hand_are_what_the_program_counts() -> None:
    result = doctest.testfile(str(GUIDE), module_relative=False, encoding="utf-8")

    assert result.failed == 0


def test_each_example_shows_a_due_moment() -> None:
    examples = re.split(r"^### ", GUIDE.read_text("utf-8"), flags=re.MULTILINE)[1:]

    assert len(examples) >= FEWEST
    assert not [one.splitlines()[0] for one in examples if ">>> " not in one]
