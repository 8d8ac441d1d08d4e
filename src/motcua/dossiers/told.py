"""What the bulk door is told, and what it makes of it. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from motcua.kit.moments import Minute
from motcua.ledger.recording import Draft

from .rules.life import NOTHING, Facts, Life
from .rules.moves import Move


@dataclass(frozen=True, slots=True)
class Told:
    """One move of a dossier, as it is told. `actor_id` empty: the one who tells."""

    move: Move
    at: Minute
    facts: Facts = NOTHING
    actor_id: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class Past:
    """The whole told life of one dossier; its moves in the order they were made.

    (`source`, `source_key`) names it for ever: telling it again changes nothing. An empty `code`
    is numbered like any other dossier. With `due_of` "source" the appointment is the source's.
    """

    id: UUID
    source: str
    source_key: str
    procedure: str
    channel: str
    place: str
    holder: str
    moves: Sequence[Told]
    code: str = ""
    foreign_code: str = ""
    case: str = ""
    in_zone: bool = False
    due_of: str = "rules"
    source_due_at: Minute | None = None
    owner_id: UUID | None = None
    submitter_id: UUID | None = None
    representative_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Folded:
    """A past, the life it ends in, and its events."""

    past: Past
    code: str
    life: Life
    drafts: tuple[Draft, ...]
