"""The demonstration world: five years of Đam Rông's one-stop service, told by real moves."""

from .live import EVERY, play_until
from .loading import HomeInUse, Summary, is_demonstration, load
from .staffing import SignIn

__all__ = [
    "EVERY",
    "HomeInUse",
    "SignIn",
    "Summary",
    "is_demonstration",
    "load",
    "play_until",
]
