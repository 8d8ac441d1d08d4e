"""Checks the file of a proof with nothing but the file: counts again, compares every line."""

from dataclasses import dataclass
from enum import StrEnum

from motcua.kit.calendar import Calendar
from motcua.kit.clock import Due, StepLimit, due_of, step_due
from motcua.kit.proof import paper as writing
from motcua.kit.proof.lines import Line
from motcua.kit.proof.paper import SEAL, Record, canonical, seal_of
from motcua.kit.proof.reading import PaperBroken, calendar_again, question_of, read_paper
from motcua.kit.proof.walking import Proof, Question, prove
from motcua.kit.refusals import Refused


class Part(StrEnum):
    """The part of a file in which something differs."""

    INPUTS = "inputs"
    CALENDAR = "calendar"
    LINES = "lines"
    DUE = "due"
    REST = "rest"
    SEAL = "seal"
    COUNT = "count"


@dataclass(frozen=True, slots=True)
class Difference:
    """The first thing that is not as counted.

    `number`: of the line, from 1, or of the day. `told` is what the file says, `counted` what
    comes out; None where one of the two has nothing. `line`: the line as counted.
    `refusal`: why nothing can be counted (part `COUNT`).
    """

    part: Part
    number: int = 0
    name: str = ""
    told: str | None = None
    counted: str | None = None
    line: Line | None = None
    refusal: Refused | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """What came of checking: the proof counted again, and the first difference, if any."""

    about: Record
    proof: Proof | None
    difference: Difference | None


def verify(text: str) -> Verdict:
    """Count a proof again from its file alone, and compare everything.

    Errors: PaperUnreadable, PaperForeign, PaperTooNew, PaperBroken.
    """
    paper = read_paper(text)
    about = paper["about"]
    if not isinstance(about, dict) or not isinstance(paper["program"], str):
        raise PaperBroken(place="about")
    try:
        asked, calendar = question_of(paper["inputs"]), calendar_again(paper["calendar"])
        proof = prove(asked, calendar)
        again = computed(asked, calendar)
    except PaperBroken:
        raise
    except Refused as refusal:
        return Verdict(about, None, Difference(Part.COUNT, refusal=refusal))
    return Verdict(about, proof, _difference(paper, proof, again))


def computed(asked: Question, calendar: Calendar) -> Due:
    """Give what the clock computes for the same question. Errors: BeyondCalendar."""
    if isinstance(asked.limit, StepLimit):
        return step_due(
            started_at=asked.received_at,
            limit=asked.limit,
            calendar=calendar,
            pauses=asked.pauses,
            rules=asked.rules,
            now=asked.now_at,
        )
    return due_of(
        received_at=asked.received_at,
        limit=asked.limit,
        calendar=calendar,
        pauses=asked.pauses,
        rules=asked.rules,
        extension=asked.extension,
        now=asked.now_at,
    )


def _difference(paper: Record, proof: Proof, due: Due) -> Difference | None:
    counted = writing.paper_of(proof, about=paper["about"], program=paper["program"])
    counted[Part.DUE.value] = writing.ends_of(due)  # the clock itself is the second opinion
    for part in (Part.INPUTS, Part.CALENDAR, Part.LINES, Part.DUE):
        if canonical(paper[part.value]) != canonical(counted[part.value]):
            return _within(part, paper[part.value], counted[part.value], proof)
    for name in sorted(paper):
        if name not in counted:
            return Difference(Part.REST, name=name, told=canonical(paper[name]))
    if paper[SEAL] != seal_of(paper):
        return Difference(Part.SEAL, told=canonical(paper[SEAL]), counted=seal_of(paper))
    return None


def _within(part: Part, told: object, counted: object, proof: Proof) -> Difference:
    if part is Part.LINES and isinstance(told, list) and isinstance(counted, list):
        return _in_rows(part, told, counted, proof)
    if part is Part.CALENDAR and isinstance(told, dict) and isinstance(counted, dict):
        days = told.get("days"), counted.get("days")
        same = canonical(days[0]) == canonical(days[1])
        if not same and isinstance(days[0], list) and isinstance(days[1], list):
            return _in_rows(part, days[0], days[1], proof)
    name, one, other = _first_name(told, counted)
    return Difference(part, name=name, told=one, counted=other)


def _in_rows(part: Part, told: list[object], counted: list[object], proof: Proof) -> Difference:
    longest = max(len(told), len(counted))
    here = next(at for at in range(longest) if _at(told, at) != _at(counted, at))
    is_line = part is Part.LINES and here < len(proof.lines)
    line = proof.lines[here] if is_line else None
    if here >= len(told) or here >= len(counted):
        return Difference(part, here + 1, "", _at(told, here), _at(counted, here), line)
    name, one, other = _first_name(told[here], counted[here])
    return Difference(part, here + 1, name, one, other, line)


def _first_name(told: object, counted: object) -> tuple[str, str | None, str | None]:
    """Give the first name under which two records differ, and both values."""
    if not isinstance(told, dict) or not isinstance(counted, dict):
        return "", canonical(told), canonical(counted)
    names = [*counted, *told]
    name = next(name for name in names if _under(told, name) != _under(counted, name))
    return str(name), _under(told, name), _under(counted, name)


def _under(record: Record, name: str) -> str | None:
    return canonical(record[name]) if name in record else None


def _at(rows: list[object], at: int) -> str | None:
    return canonical(rows[at]) if at < len(rows) else None
