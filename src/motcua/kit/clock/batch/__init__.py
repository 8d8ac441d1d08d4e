"""The legal clock for many dossiers at once: the twin of `due_of`, in arrays."""

from motcua.kit.clock.batch.asked import KINDS, REFUSALS, UNITS, Dues, Pauses, Problem
from motcua.kit.clock.batch.many import due_of_many
from motcua.kit.clock.batch.pauses import NO_MOMENT

__all__ = [
    "KINDS",
    "NO_MOMENT",
    "REFUSALS",
    "UNITS",
    "Dues",
    "Pauses",
    "Problem",
    "due_of_many",
]
