"""The demonstration world: five years of Đam Rông's one-stop service, told by real moves."""

from .loading import HomeInUse, Summary, is_demonstration, load
from .staffing import SignIn

__all__ = ["HomeInUse", "SignIn", "Summary", "is_demonstration", "load"]
