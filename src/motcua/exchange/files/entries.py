"""What a file tells of one dossier, understood but not yet judged. Pure."""

from typing import Any, NamedTuple

from .flags import Flag


class Entry(NamedTuple):
    """One dossier as its row or rows tell it; also the row of the staging table.

    Units: moments are local minutes. `asked`: supplements as "asked/done,asked/…"; `steps`: one
    line each; `flags`: one line each, the flag's code and, after a tab, the words it is about.
    """

    line: int
    key: str
    code: str
    procedure_code: str
    procedure_name: str
    field_name: str
    unit: str
    place: str
    channel: str
    said: str
    filed_at: int | None
    received_at: int | None
    due_at: int | None
    extended_to: int | None
    ended_at: int | None
    returned_at: int | None
    limit_value: int | None
    limit_unit: str
    asked: str
    owner: str
    submitter: str
    identity_number: str
    address: str
    phone: str
    steps: str
    flags: str

    @property
    def flagged(self) -> list[tuple[str, str]]:
        """Each flag with the words it is about."""
        parts = (line.partition("\t") for line in self.flags.split("\n") if line)
        return [(code, words) for code, _, words in parts]

    @property
    def supplements(self) -> list[tuple[int, int | None]]:
        """Each supplement: asked at, completed at."""
        found: dict[int, int | None] = {}
        for one in self.asked.split(",") if self.asked else ():
            asked, _, done = one.partition("/")
            found[int(asked)] = int(done) if done else found.get(int(asked))
        return list(found.items())


LISTS = frozenset({"asked", "steps", "flags"})
LIST_ENDS = {"asked": ",", "steps": "\n", "flags": "\n"}
MAY_DIFFER = frozenset({"line", "said", "channel", *LISTS})


def add_flag(entry: Entry, flag: Flag, words: str = "") -> Entry:
    told = f"{flag}\t{words}" if words else str(flag)
    return entry._replace(flags=f"{entry.flags}\n{told}" if entry.flags else told)


def joined(first: Entry, second: Entry) -> Entry:
    """Two rows of one dossier as one: what the first leaves open is filled from the second.

    Where both tell, the first is believed and the difference flagged.
    """
    changes: dict[str, Any] = {}
    differing: list[str] = []
    for name, ours, theirs in zip(Entry._fields, first, second, strict=True):
        if name in LISTS:
            if theirs and theirs != ours:
                changes[name] = f"{ours}{LIST_ENDS[name]}{theirs}" if ours else theirs
        elif ours in (None, ""):
            changes[name] = theirs
        elif theirs not in (None, "", ours) and name not in MAY_DIFFER:
            differing.append(name)
    whole = first._replace(**changes)
    if differing:
        whole = add_flag(whole, Flag.ROWS_DIFFER, f"{second.line}: {', '.join(differing)}")
    return whole
