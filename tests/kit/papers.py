"""Random proofs as files, and files in which one thing was changed afterwards."""

import json
import random
from typing import Any

from hypothesis import strategies as st

from motcua.kit.clock import StepLimit, StepUnit
from motcua.kit.proof import Proof, Question, paper_of, paper_text, prove
from motcua.kit.proof.paper import seal_of
from tests.kit import worlds
from tests.kit.worlds import Case

ABOUT = {"dossier": "H36.12.8-261123-0003", "part": "whole"}


def asked(case: Case, *, now: int | None = None) -> Question:
    """The question of a random case."""
    return Question(case.received, case.limit, case.rules, tuple(case.pauses), case.extension, now)


def proved(case: Case, *, now: int | None = None) -> Proof:
    """The proof of a random case. Errors: BeyondCalendar."""
    return prove(asked(case, now=now), case.world.calendar)


def text_of(proof: Proof) -> str:
    """The file of a proof."""
    return paper_text(paper_of(proof, about=ABOUT, program="test"))


step_limits = st.builds(
    StepLimit, st.integers(1, 9), st.sampled_from((StepUnit.HALF_DAY, StepUnit.QUARTER_DAY))
)
cases = worlds.cases(with_extension=True)


def changed(text: str, chance: random.Random, *, sealed_again: bool) -> tuple[str, str]:
    """The file with one change that anybody could make, and what was done.

    `sealed_again`: whoever changed a line knew how the seal is made. (A day or an input changed
    and sealed again is the proof of another question, and may hold.)
    """
    paper = json.loads(text)
    before = json.dumps(paper, sort_keys=True)
    while json.dumps(paper, sort_keys=True) == before:
        paper = json.loads(text)
        done = chance.choice(OF_LINES if sealed_again else CHANGES)(paper, chance)
    if sealed_again:
        paper["seal"] = seal_of(paper)
    return json.dumps(paper, ensure_ascii=False), done


def _drop(paper: Any, chance: random.Random) -> str:
    at = chance.randrange(len(paper["lines"]))
    return f"dropped {paper['lines'].pop(at)}"


def _repeat(paper: Any, chance: random.Random) -> str:
    lines = paper["lines"]
    one = chance.choice(lines)
    lines.insert(chance.randrange(len(lines) + 1), one)
    return f"added {one}"


def _swap(paper: Any, chance: random.Random) -> str:
    lines = paper["lines"]
    one, other = chance.randrange(len(lines)), chance.randrange(len(lines))
    lines[one], lines[other] = lines[other], lines[one]
    return f"swapped {one} and {other}"


def _line(paper: Any, chance: random.Random) -> str:
    return _leaf(paper["lines"], chance)


def _anything(paper: Any, chance: random.Random) -> str:
    return _leaf({name: paper[name] for name in ("inputs", "calendar", "lines", "due")}, chance)


def _leaf(found: Any, chance: random.Random) -> str:
    """Change one value somewhere inside."""
    places = []

    def walk(inner: Any) -> None:
        for key, value in inner.items() if isinstance(inner, dict) else enumerate(inner):
            if isinstance(value, dict | list) and value:
                walk(value)
            else:
                places.append((inner, key))

    walk(found)
    inner, key = chance.choice(places)
    old = inner[key]
    inner[key] = _other(old, chance)
    return f"{key}: {old!r} is {inner[key]!r} now"


def _other(old: Any, chance: random.Random) -> Any:
    if isinstance(old, bool):
        return not old
    if isinstance(old, int):
        return old + chance.choice((-1, 1, 7))
    if isinstance(old, str) and old:
        digits = [at for at, sign in enumerate(old) if sign.isdigit()]
        if not digits:
            return chance.choice((old + " ", old[:-1], old.upper(), ""))
        at = chance.choice(digits)
        return old[:at] + str((int(old[at]) + chance.randint(1, 9)) % 10) + old[at + 1 :]
    return chance.choice(("x", 0, ["07:30-11:30"]))


OF_LINES = (_drop, _repeat, _swap, _line, _line)
CHANGES = (*OF_LINES, _anything)
