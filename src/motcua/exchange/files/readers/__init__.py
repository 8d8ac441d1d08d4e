"""Readers: each turns one kind of file into rows of text, a few rows in memory at a time."""
