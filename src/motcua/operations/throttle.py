"""How often one address may ask pages that are open to all: so many times a minute, per process."""

import threading
from collections import OrderedDict

MOST_ADDRESSES = 4096  # remembered at a time; the longest silent is forgotten first


class Throttle:
    """Counts what each address asks within the running minute."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._lock = threading.Lock()
        self._counts: OrderedDict[str, tuple[int, int]] = OrderedDict()

    def lets_in(self, address: str, *, minute: int) -> bool:
        """Count one more question; say whether it is still within what is allowed."""
        with self._lock:
            counted, number = self._counts.pop(address, (minute, 0))
            number = number + 1 if counted == minute else 1
            self._counts[address] = (minute, number)
            if len(self._counts) > MOST_ADDRESSES:
                self._counts.popitem(last=False)
            return number <= self._most
