"""Counts the due moments of a file of other software: `motcua clock batch`."""

from .command import count_file
from .outcome import Outcome

__all__ = ["Outcome", "count_file"]
