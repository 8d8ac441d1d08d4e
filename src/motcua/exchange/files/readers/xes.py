"""XES: event logs of workflow software, plain or gzip. A row for each event.

Source: IEEE 1849-2016.
"""

import re
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import BinaryIO, NamedTuple

from lxml import etree

from motcua.exchange.files.mapping import Plan
from motcua.exchange.files.refusals import (
    BrokenOff,
    Definitions,
    FileRefused,
    Malformed,
    NoLog,
    NoTraces,
    NoXml,
    WrongEncoding,
)

from .packed import open_bytes
from .rows import Layout, Row

NAMES = (".xes", ".xes.gz")
ROOT = re.compile(rb"<(?:[\w.-]+:)?log[\s>/]")
CASE = "case:"
PIECE = "case:number"
FIRST, LAST = "case:first_event", "case:last_event"
TIME = "time:timestamp"
ATTRIBUTES = frozenset({"string", "date", "int", "float", "boolean", "id", "list", "container"})
TAIL = 64
NOT_TEXT = frozenset({
    etree.ErrorTypes.ERR_INVALID_CHAR,
    etree.ErrorTypes.ERR_INVALID_ENCODING,
    etree.ErrorTypes.ERR_UNKNOWN_ENCODING,
    etree.ErrorTypes.ERR_UNSUPPORTED_ENCODING,
})  # fmt: skip

Told = dict[str, str]


class Trace(NamedTuple):
    """What the file says of one case, by the names of columns, and of each of its events."""

    says: Told
    events: list[Told]


def is_meant(path: Path, head: bytes) -> bool:
    """Whether the file is called a log, or begins like one."""
    return path.name.lower().endswith(NAMES) or ROOT.search(head) is not None


def layouts(path: Path, plan: Plan) -> list[Layout]:
    """The one way to read the log. Only the whole of it says which columns there are.

    Errors: as `rows`, and NoTraces.
    """
    encoding = None if plan.encoding == "auto" else plan.encoding
    of_cases, of_events = dict[str, None](), dict[str, None]()
    for trace in _traces(path, encoding):
        of_cases |= dict.fromkeys(trace.says)
        for event in trace.events:
            of_events |= dict.fromkeys(event)
    columns = (*of_cases, *(name for name in of_events if name not in of_cases))
    if not columns:
        raise NoTraces(file=path.name)
    return [Layout("XES", partial(rows, path, encoding, columns), piece=len(columns))]


def rows(path: Path, encoding: str | None, columns: tuple[str, ...]) -> Iterator[Row]:
    """The names of the columns, then a row for each event, which repeats what its case says.

    A case without events has one row. Rows are numbered from 1; the last cell numbers the case.
    Errors: NoXml, NoLog, BrokenOff, Malformed, WrongEncoding, Definitions, PackedBroken.
    """
    yield 0, [*columns, PIECE]
    line = 0
    for number, trace in enumerate(_traces(path, encoding), start=1):
        for event in trace.events or [{}]:
            line += 1
            told = {**event, **trace.says}
            yield line, [*(told.get(name, "") for name in columns), str(number)]


def _traces(path: Path, encoding: str | None) -> Iterator[Trace]:
    """Case by case, so that only one of them is in memory."""
    with open_bytes(path) as stream:
        watched = _Tail(stream)
        found = _parsed(watched, encoding)
        root: etree._Element | None = None
        waiting: list[Told] = []
        try:
            for happens, element in found:
                if root is None:
                    root = element
                    _check_root(root, path)
                if happens == "end" and (trace := _ended(element, root, waiting)):
                    yield trace
        except etree.XMLSyntaxError as error:
            raise _refusal(error, path, watched, is_begun=root is not None) from error


def _parsed(stream: "_Tail", encoding: str | None) -> Iterator[tuple[str, etree._Element]]:
    return iter(
        etree.iterparse(
            stream,
            events=("start", "end"),
            encoding=encoding,
            resolve_entities=False,
            load_dtd=False,
            no_network=True,
            remove_comments=True,
            remove_pis=True,
        )
    )


def _check_root(root: etree._Element, path: Path) -> None:
    """Errors: NoLog; Definitions, because entities can make a small file endless."""
    if _name(root) != "log":
        raise NoLog(file=path.name, found=_name(root))
    if root.getroottree().docinfo.internalDTD is not None:
        raise Definitions(file=path.name)


def _ended(element: etree._Element, root: etree._Element, waiting: list[Told]) -> Trace | None:
    """Keep an event that is over, give a case that is over, and forget what was read of both."""
    name, above = _name(element), element.getparent()
    if above is None:
        return None
    if name == "event" and (above is root or _name(above) == "trace"):
        told = _attributes(element, "")
        _forget(element, above)
        if above is not root:
            waiting.append(told)
            return None
        return Trace({}, [told])  # an event of no case
    if above is root:
        trace = None
        if name == "trace":
            trace = Trace(_of_case(element, waiting), list(waiting))
            waiting.clear()
        _forget(element, above)
        return trace
    return None


def _of_case(element: etree._Element, events: list[Told]) -> Told:
    """What a trace says, and when its first and its last event were, as far as that is clear."""
    says = _attributes(element, CASE)
    moments = [event[TIME] for event in events if event.get(TIME)]
    if moments:
        says.setdefault(FIRST, moments[0])
        says.setdefault(LAST, moments[-1])
    return says


def _attributes(element: etree._Element, before: str) -> Told:
    """The attributes by name; one within another is called OUTER/INNER. The first of a name holds.

    `before` stands before each name.
    """
    told: Told = {}
    for child in element:
        name, value = child.get("key"), child.get("value")
        if name is None or _name(child) not in ATTRIBUTES:
            continue
        if value is not None:
            told.setdefault(before + name, value)
        for inner in (child, *child.findall("{*}values")):
            for key, text in _attributes(inner, f"{before}{name}/").items():
                told.setdefault(key, text)
    return told


def _forget(element: etree._Element, above: etree._Element) -> None:
    element.clear()
    while (older := element.getprevious()) is not None and _name(older) == _name(element):
        above.remove(older)


def _name(element: etree._Element) -> str:
    return etree.QName(element).localname


class _Tail:
    """Passes bytes on and remembers the last, to see whether the log was closed."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._last = b""

    def read(self, size: int = -1) -> bytes:
        """The next bytes."""
        block = self._stream.read(size)
        self._last = (self._last + block)[-TAIL:]
        return block

    def is_closed(self) -> bool:
        """Read to the end; whether the log ends there."""
        while self.read(1 << 20):
            pass
        return b"log>" in self._last.replace(b"\x00", b"")


def _refusal(
    error: etree.XMLSyntaxError, path: Path, watched: _Tail, *, is_begun: bool
) -> FileRefused:
    line = error.lineno or 1
    if error.code in NOT_TEXT:  # type: ignore[attr-defined]
        return WrongEncoding(file=path.name, line=line, encoding="UTF-8")
    if not is_begun:
        return NoXml(file=path.name)
    if not watched.is_closed():
        return BrokenOff(file=path.name, line=line)
    return Malformed(file=path.name, line=line, reason=str(error.msg))
