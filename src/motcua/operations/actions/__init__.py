"""What can be done in the Operations Centre."""

from .kiosks import open_kiosk, remove_wall, revoke_kiosk, save_wall
from .readers import NoSuchReader, resume_reader

__all__ = [
    "NoSuchReader",
    "open_kiosk",
    "remove_wall",
    "resume_reader",
    "revoke_kiosk",
    "save_wall",
]
