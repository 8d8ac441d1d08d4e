"""Writes lives of dossiers as XES 1.0. Source: IEEE 1849-2016."""

from collections.abc import Iterable
from html import escape

from motcua.kit.moments import Minute, iso_minute
from motcua.ledger.kinds import Shape

from .draft import Draft
from .lives import Happening, Life

HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<log xes.version="1849-2016" xes.features="" xmlns="http://www.xes-standard.org/">
<extension name="Concept" prefix="concept" uri="http://www.xes-standard.org/concept.xesext"/>
<extension name="Lifecycle" prefix="lifecycle" uri="http://www.xes-standard.org/lifecycle.xesext"/>
<extension name="Time" prefix="time" uri="http://www.xes-standard.org/time.xesext"/>
<extension name="Organizational" prefix="org" uri="http://www.xes-standard.org/org.xesext"/>
<global scope="trace">
<string key="concept:name" value=""/>
</global>
<global scope="event">
<string key="concept:name" value=""/>
<string key="lifecycle:transition" value="complete"/>
<date key="time:timestamp" value="1970-01-01T00:00:00.000+07:00"/>
<string key="org:resource" value=""/>
<string key="org:group" value=""/>
</global>
<classifier name="Activity" keys="concept:name"/>
<string key="lifecycle:model" value="standard"/>
"""
FOOT = "</log>\n"
TAGS = {Shape.MOMENT: "date", Shape.COUNT: "int", Shape.FLAG: "boolean"}
TRANSITIONS = frozenset({
    "schedule", "assign", "withdraw", "reassign", "start", "suspend", "resume", "pi_abort",
    "ate_abort", "complete", "autoskip", "manualskip", "unknown",
})  # fmt: skip


def write_xes(lives: Iterable[Life], file: Draft) -> None:
    """Write a log with a trace for each dossier. Errors: Unwritable."""
    file.write(HEAD)
    for life in lives:
        file.write(_trace(life))
    file.write(FOOT)


def moment(minute: Minute) -> str:
    """A minute with its offset: 2025-07-07T08:21:00.000+07:00."""
    return f"{iso_minute(minute)}:00.000+07:00"


def _trace(life: Life) -> str:
    dossier = life.dossier
    parts = [
        "<trace>\n",
        _text("concept:name", str(dossier.dossier_id)),
        _text("procedure", dossier.procedure),
        _text("field", dossier.field),
        _text("channel", dossier.channel),
        _text("unit", dossier.unit_key),
        _text("place", life.place),
        _date("received_at", dossier.received_at),
        _date("due_at", dossier.due_at),
        _date("ended_at", dossier.ended_at),
        _text("state", life.state),
        *map(_event, life.events),
        "</trace>\n",
    ]
    return "".join(parts)


def _event(event: Happening) -> str:
    parts = [
        "<event>\n",
        _text("concept:name", event.activity),
        _text("concept:instance", event.instance),
        _text("lifecycle:transition", transition(event.lifecycle)),
        _date("time:timestamp", event.at),
        _text("org:resource", event.resource),
        _text("org:group", event.unit_key),
        _text("kind", event.kind),
        *(_told(name, shape, value) for name, (shape, value) in event.says.items()),
        "</event>\n",
    ]
    return "".join(parts)


def transition(lifecycle: str) -> str:
    """The transition of the standard's model; what it does not know is `unknown`."""
    name = lifecycle.replace("-", "_")
    return name if name in TRANSITIONS else "unknown"


def _told(name: str, shape: Shape, value: object) -> str:
    if shape is Shape.MOMENT:
        text = f"{value}:00.000+07:00"
    else:
        text = str(value).lower() if shape is Shape.FLAG else str(value)
    return _attribute(TAGS.get(shape, "string"), name, text)


def _text(name: str, value: str) -> str:
    return _attribute("string", name, value) if value else ""


def _date(name: str, minute: Minute | None) -> str:
    return "" if minute is None else _attribute("date", name, moment(minute))


def _attribute(tag: str, name: str, value: str) -> str:
    return f'<{tag} key="{name}" value="{escape(value)}"/>\n'
