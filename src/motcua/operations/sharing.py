"""What is made once for everybody who asks the same at the same time."""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
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

    Of those who ask for news one makes it, one thing after the other; all others get the thing
    before, up to `patience_s` after it was last right: nobody waits for what he would ask for again
    in a second anyway.
    """

    def __init__(self, most: int, *, patience_s: float) -> None:
        self._most, self._patience_s = most, patience_s
        self._making, self._lock = threading.Lock(), threading.Lock()
        self._made: OrderedDict[Hashable, Made[T]] = OrderedDict()
        self._coming: set[Hashable] = set()

    def get(self, name: Hashable, state_of: Callable[[], State], make: Callable[[], T]) -> Made[T]:
        """Give the thing of a name in the state of now, or of shortly before.

        Errors: those of `make`.
        """
        state = state_of()
        found = self._found(name, state)
        with self._lock:
            is_mine = name not in self._coming
            if found and (found.state == state or not is_mine):
                return found
            self._coming.add(name)
        try:
            with self._making:
                state = state_of()  # it may have been a while until it was our turn
                found = self._found(name, state)
                if found and found.state == state:  # somebody was faster
                    return found
                return self._keep(name, Made(state, make(), time.monotonic()))
        finally:
            if is_mine:
                self._coming.discard(name)

    def peek(self, name: Hashable, state: State) -> Made[T] | None:
        """Give the thing of a name if it is right, or if the new one is on its way."""
        found = self._found(name, state)
        with self._lock:
            is_good = found is not None and (found.state == state or name in self._coming)
        return found if is_good else None

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
