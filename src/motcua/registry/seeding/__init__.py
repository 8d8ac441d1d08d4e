"""Drafts of what comes with the program, read from the law and the lists of facts. Pure."""
