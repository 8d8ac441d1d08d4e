"""Event logs: the lives of dossiers, written for tools of process mining."""

from .command import Format, Written, export_log

__all__ = ["Format", "Written", "export_log"]
