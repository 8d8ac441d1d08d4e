"""What is made once for many: one makes, the others wait or take what was there before."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from motcua.operations.sharing import Latest


def test_who_asks_while_another_is_made_gets_the_one_before() -> None:
    latest = Latest[str](4, patience_s=60)
    latest.get("wall", lambda: (1,), lambda: "old")
    begun, go_on = threading.Event(), threading.Event()

    def slowly() -> str:
        begun.set()
        go_on.wait(10)
        return "new"

    with ThreadPoolExecutor(1) as pool:
        making = pool.submit(latest.get, "wall", lambda: (2,), slowly)
        assert begun.wait(10)
        assert latest.get("wall", lambda: (2,), lambda: "third").thing == "old"
        assert latest.get("wall", lambda: (2,), lambda: "third").state == (1,)  # asked again then
        go_on.set()
        assert making.result().thing == "new"
    assert latest.get("wall", lambda: (2,), lambda: "third").thing == "new"


def test_one_makes_one_is_next_and_nobody_else_waits() -> None:
    latest = Latest[str](4, patience_s=60)
    for name in "abc":
        latest.get(name, lambda: (1,), lambda: "old")
    begun, go_on = threading.Event(), threading.Event()

    def slowly() -> str:
        begun.set()
        go_on.wait(10)
        return "new"

    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(latest.get, "a", lambda: (2,), slowly)
        assert begun.wait(10)
        following = pool.submit(latest.get, "b", lambda: (2,), lambda: "new")
        while latest._may_wait._value:  # until it stands in line
            pass
        assert latest.get("c", lambda: (2,), lambda: "third").thing == "old"
        go_on.set()
        assert (first.result().thing, following.result().thing) == ("new", "new")
    assert latest.get("c", lambda: (2,), lambda: "new").thing == "new"


def test_what_is_too_old_is_waited_for() -> None:
    latest = Latest[str](4, patience_s=-1)
    latest.get("wall", lambda: (1,), lambda: "old")

    assert latest.get("wall", lambda: (2,), lambda: "new").thing == "new"


def test_a_failure_keeps_nobody_waiting() -> None:
    latest = Latest[str](4, patience_s=60)

    def broken() -> str:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        latest.get("wall", lambda: (1,), broken)
    assert latest.get("wall", lambda: (1,), lambda: "made").thing == "made"
