"""How much a test does: some in `make test`, all of it in `make soak` (MOTCUA_TESTS=whole).

The second engine does a third of the part: the rules were looked at beside the first one.
"""

import os

import pytest

IS_WHOLE = os.environ.get("MOTCUA_TESTS") == "whole"
IS_SECOND_ENGINE = bool(os.environ.get("DATABASE_URL"))

soaks = pytest.mark.soaks  # does more in `make soak`


def sized(*, whole: int, part: int) -> int:
    """Give how many of something a test takes."""
    if IS_WHOLE:
        return whole
    return max(2, part // 3) if IS_SECOND_ENGINE else part


def is_partly_second() -> bool:
    """Say whether a large test of both engines may leave the second one out."""
    return IS_SECOND_ENGINE and not IS_WHOLE
