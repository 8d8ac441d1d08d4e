"""Reads lists of procedures: the short one (CSV) and the detailed one (JSON lines)."""
