"""Marks text for translation without importing Django, so that pure modules stay pure."""


def gettext_noop(message: str) -> str:
    """Give the message back; the extractor finds it by this name."""
    return message
