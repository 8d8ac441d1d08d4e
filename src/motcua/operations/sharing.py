"""What is made once for everybody who asks the same at the same time."""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")
State = tuple[object, ...]


@dataclass
class Made(Generic[T]):
    """A thing, the state it was made for, and when that was last the state."""

    state: State
    thing: T
    at: float


class Latest(Generic[T]):
    """The last thing made of each name, for many who ask again and again.

    Of those who ask for news one makes it, one thing after the other; one more waits to be the
    next. All others get the thing before, up to `patience_s` after it was last right: nobody waits
    for what he would ask for again in a second anyway, and who makes leaves others their threads.
    """

    def __init__(self, most: int, *, patience_s: float) -> None:
        self._most, self._patience_s = most, patience_s
        self._making, self._lock = threading.Lock(), threading.Lock()
        self._may_wait = threading.Semaphore(2)  # who makes, and who is next
        self._made: OrderedDict[Hashable, Made[T]] = OrderedDict()
        self._coming: set[Hashable] = set()

    def get(self, name: Hashable, state_of: Callable[[], State], make: Callable[[], T]) -> Made[T]:
        """Give the thing of a name in the state of now, or of shortly before.

        Errors: those of `make`.
        """
        state = state_of()
        found = self._found(name, state)
        if found and (found.state == state or name in self._coming):
            return found
        if not self._may_wait.acquire(blocking=found is None) and found:
            return found
        try:
            with self._coming_of(name), self._making:
                state = state_of()  # it may have been a while until it was our turn
                found = self._found(name, state)
                if found and found.state == state:  # somebody was faster
                    return found
                return self._keep(name, Made(state, make(), time.monotonic()))
        finally:
            self._may_wait.release()

    @contextmanager
    def _coming_of(self, name: Hashable) -> Iterator[None]:
        self._coming.add(name)
        try:
            yield
        finally:
            self._coming.discard(name)

    def _keep(self, name: Hashable, made: Made[T]) -> Made[T]:
        with self._lock:
            self._made[name] = made
            self._made.move_to_end(name)
            if len(self._made) > self._most:
                self._made.popitem(last=False)
        return made

    def _found(self, name: Hashable, state: State) -> Made[T] | None:
        now = time.monotonic()
        with self._lock:
            found = self._made.get(name)
            if found is None:
                return None
            if found.state == state:
                found.at = now
            return found if now - found.at <= self._patience_s else None
