"""Writes lives of dossiers as OCEL 2.0 in JSON. Source: ocel-standard.org, OCEL 2.0, 2023.

A file names its types and objects before or behind the events; here behind, so that everything
can be written as it is read.
"""

import json
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from typing import IO, Any

from motcua.ledger.kinds import Shape
from motcua.registry.catalogue import Catalogue
from motcua.registry.rules import UnknownUnit

from .draft import Draft
from .lives import Happening, Life
from .xes import moment, transition

DOSSIER, UNIT, PROCEDURE = "dossier", "unit", "procedure"
TYPES = {Shape.MOMENT: "time", Shape.COUNT: "integer", Shape.FLAG: "boolean"}
ALWAYS = "1970-01-01T00:00:00.000+07:00"  # from here on holds what has no moment of its own
OBJECT_TYPES = {
    DOSSIER: {
        "field": "string", "channel": "string", "received_at": "time", "due_at": "time",
        "ended_at": "time", "state": "string",
    },
    UNIT: {"name": "string"},
    PROCEDURE: {"name": "string"},
}  # fmt: skip


def write_ocel(lives: Iterable[Life], file: Draft, known: Catalogue) -> None:
    """Write the events, then the objects they are about, then the types of both.

    Errors: Unwritable.
    """
    log = _Log(known)
    with tempfile.TemporaryFile("w+", encoding="utf-8") as waiting:
        file.write('{"events": [\n')
        _listed(file, log.events(lives, waiting))
        file.write('\n],\n"objects": [\n')
        waiting.seek(0)
        _listed(file, (line.rstrip("\n") for line in waiting), log.others())
        file.write(f'\n],\n"eventTypes": {_json(_types(log.event_types))},\n')
        file.write(f'"objectTypes": {_json(_types(OBJECT_TYPES))}}}\n')


class _Log:
    """Turns lives into events and objects, and remembers what they name."""

    def __init__(self, known: Catalogue) -> None:
        self._known = known
        self.event_types: dict[str, dict[str, str]] = {}
        self._units: set[str] = set()
        self._procedures: set[str] = set()

    def events(self, lives: Iterable[Life], waiting: IO[str]) -> Iterator[str]:
        """Give every event; put the dossiers aside, a line each."""
        for life in lives:
            waiting.write(_json(self._dossier(life)) + "\n")
            for event in life.events:
                yield _json(self._event(life, event))

    def others(self) -> Iterator[str]:
        """Give the units and procedures that were named."""
        for key in sorted(self._units):
            yield _json(_named(UNIT, key, self._unit_name(key)))
        for code in sorted(self._procedures):
            yield _json(_named(PROCEDURE, code, self._procedure_name(code)))

    def _dossier(self, life: Life) -> dict[str, Any]:
        dossier = life.dossier
        since, end = moment(dossier.received_at), dossier.ended_at
        told = [
            _at("field", since, dossier.field),
            _at("channel", since, dossier.channel),
            _at("received_at", since, since),
            *_dues(life),
            *([] if end is None else [_at("ended_at", moment(end), moment(end))]),
            _at("state", since if end is None else moment(end), life.state),
        ]
        return {
            "id": str(dossier.dossier_id),
            "type": DOSSIER,
            "attributes": told,
            "relationships": [
                self._to_procedure(dossier.procedure),
                self._to_unit(dossier.unit_key, "unit"),
                *([self._to_unit(life.place, "place")] if life.place else []),
            ],
        }

    def _event(self, life: Life, event: Happening) -> dict[str, Any]:
        kind = self.event_types.setdefault(event.activity, {})
        told: list[dict[str, Any]] = []
        related = [
            {"objectId": str(life.dossier.dossier_id), "qualifier": DOSSIER},
            self._to_unit(event.unit_key, "holder"),
        ]
        for name, (shape, value) in _parts(event).items():
            if shape is Shape.UNIT:
                related.append(self._to_unit(str(value), name))
            elif name == PROCEDURE:
                related.append(self._to_procedure(str(value)))
            else:
                kind[name] = TYPES.get(shape, "string")
                told.append({"name": name, "value": _value(shape, value)})
        return {
            "id": str(event.id),
            "type": event.activity,
            "time": moment(event.at),
            "attributes": told,
            "relationships": related,
        }

    def _to_unit(self, key: str, qualifier: str) -> dict[str, str]:
        self._units.add(key)
        return {"objectId": f"{UNIT}:{key}", "qualifier": qualifier}

    def _to_procedure(self, code: str) -> dict[str, str]:
        self._procedures.add(code)
        return {"objectId": f"{PROCEDURE}:{code}", "qualifier": PROCEDURE}

    def _unit_name(self, key: str) -> str:
        try:
            return self._known.unit(key).name
        except UnknownUnit:
            return key

    def _procedure_name(self, code: str) -> str:
        return self._known.versions(code)[-1].name if self._known.has_procedure(code) else code


def _parts(event: Happening) -> Mapping[str, tuple[Shape, object]]:
    own = {
        "kind": event.kind,
        "resource": event.resource,
        "lifecycle": transition(event.lifecycle),
        "instance": event.instance,
    }
    return {**{name: (Shape.CODE, text) for name, text in own.items() if text}, **event.says}


def _dues(life: Life) -> Iterator[dict[str, Any]]:
    """Each due moment from the event that set it."""
    before: object = None
    for event in life.events:
        _, due = event.says.get("due", (None, None))
        if due is not None and due != before:
            before = due
            yield _at("due_at", moment(event.at), _value(Shape.MOMENT, due))


def _value(shape: Shape, value: object) -> object:
    """Attributes of OCEL in JSON keep numbers and flags; a moment gets its offset."""
    return f"{value}:00.000+07:00" if shape is Shape.MOMENT else value


def _at(name: str, since: str, value: object) -> dict[str, Any]:
    return {"name": name, "time": since, "value": value}


def _named(kind: str, key: str, name: str) -> dict[str, Any]:
    return {
        "id": f"{kind}:{key}",
        "type": kind,
        "attributes": [_at("name", ALWAYS, name)],
        "relationships": [],
    }


def _types(types: Mapping[str, Mapping[str, str]]) -> list[dict[str, Any]]:
    return [
        {"name": name, "attributes": [{"name": one, "type": its} for one, its in told.items()]}
        for name, told in sorted(types.items())
    ]


def _listed(file: Draft, *parts: Iterable[str]) -> None:
    between = ""
    for part in parts:
        for text in part:
            file.write(between + text)
            between = ",\n"


def _json(told: object) -> str:
    return json.dumps(told, ensure_ascii=False)
