"""`motcua serve`: pages and worker under one command (docs/adr/0012).

The first process loads everything once, then forks: the children share its memory. It does
nothing but watch them: one that ends unasked is started again, and Ctrl-C ends all of them.
"""

import ctypes
import errno
import gc
import logging
import multiprocessing
import os
import signal
import socket
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from multiprocessing import connection
from multiprocessing.process import BaseProcess
from types import FrameType, MappingProxyType

from django.db import connections
from django.urls import get_resolver
from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import Server

from motcua import worker
from motcua.kit.refusals import Refused
from motcua.kit.words import gettext_noop

logger = logging.getLogger(__name__)

FORK = multiprocessing.get_context("fork")
LOOK_EVERY = 0.2
FIRST_REST, LONGEST_REST = 0.5, 30.0
SETTLED_AFTER = 60.0
GRACE_SECONDS = 15.0
DIE_WITH_PARENT, CALLED = 1, 15  # PR_SET_PDEATHSIG, PR_SET_NAME


class PortTaken(Refused):
    message = gettext_noop(
        "Another program listens at %(host)s:%(port)s already. End it, or choose another port"
        " with --port."
    )


def check_port(host: str, port: int) -> None:
    """Refuse a port that is taken: the server itself would share it, and each answer by turns.

    Errors: PortTaken.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # as after a restart
        try:
            probe.bind((host, port))
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                raise
            raise PortTaken(host=host, port=str(port)) from error


def serve(
    *,
    host: str,
    port: int,
    workers: int,
    threads: int = 8,
    beside: Mapping[str, Callable[[threading.Event], None]] = MappingProxyType({}),
) -> None:
    """Serve pages and do the work until a signal comes; blocks.

    `beside` names what else runs as a process of its own until its event is set.
    """
    get_resolver().url_patterns  # noqa: B018 (loads every page before the fork)
    connections.close_all()
    gc.collect()
    gc.freeze()  # what is loaded stays untouched, and so shared
    bodies: dict[str, Callable[[], None]] = {
        "pages": lambda: _serve_pages(host, port, workers, threads),
        "worker": _work,
        **{name: partial(_until_told, body) for name, body in beside.items()},
    }
    try:
        Supervisor(bodies).run()
    finally:
        gc.unfreeze()


@dataclass
class Child:
    """A process that must run, and how long to wait before it is started again."""

    name: str
    body: Callable[[], None]
    process: BaseProcess | None = None
    started_at: float = 0.0
    rest: float = FIRST_REST / 2
    due_at: float = 0.0

    def start(self) -> None:
        """Fork the child in a process group of its own."""
        self.process = FORK.Process(name=self.name, target=_run_alone, args=(self.name, self.body))
        self.process.start()
        self.started_at = time.monotonic()

    def note_end(self) -> None:
        """Clear away what the ended child left behind and set when it starts again."""
        assert self.process is not None and self.process.pid is not None  # noqa: S101, PT018
        logger.error("%s ended unasked (%s)", self.name, self.process.exitcode)
        _signal_group(self.process.pid, signal.SIGKILL)
        self.process.join()
        self.process = None
        now = time.monotonic()
        has_settled = now - self.started_at > SETTLED_AFTER
        self.rest = FIRST_REST if has_settled else min(self.rest * 2, LONGEST_REST)
        self.due_at = now + self.rest


@dataclass
class Supervisor:
    """Keeps children running until it is told to stop."""

    bodies: Mapping[str, Callable[[], None]]
    children: list[Child] = field(default_factory=list)

    def run(self) -> None:
        """Start every child, watch them, and end them when a signal comes."""
        self.children = [Child(name, body) for name, body in self.bodies.items()]
        with _signals_wake() as wake:
            try:
                while not wake.poll(LOOK_EVERY):
                    self._start_those_due()
                    self._note_those_gone()
            finally:
                self._stop()

    def _start_those_due(self) -> None:
        for child in self.children:
            if child.process is None and time.monotonic() >= child.due_at:
                child.start()

    def _note_those_gone(self) -> None:
        # The process itself is asked: its sentinel stays open as long as a grandchild lives.
        for child in self.children:
            if child.process is not None and not child.process.is_alive():
                child.note_end()

    def _stop(self) -> None:
        processes = [child.process for child in self.children if child.process]
        for process in processes:
            process.terminate()
        until = time.monotonic() + GRACE_SECONDS
        for process in processes:
            process.join(max(0.0, until - time.monotonic()))
            assert process.pid is not None  # noqa: S101 (it was started)
            _signal_group(process.pid, signal.SIGKILL)
            process.join()


@contextmanager
def _signals_wake() -> Iterator[connection.Connection]:
    """Turn SIGINT and SIGTERM into a message that can be waited for."""
    reading, writing = multiprocessing.Pipe(duplex=False)

    def wake(_number: int, _frame: FrameType | None) -> None:
        writing.send_bytes(b"stop")

    before = {number: signal.signal(number, wake) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield reading
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _run_alone(name: str, body: Callable[[], None]) -> None:
    """Run in a group of its own: Ctrl-C reaches the supervisor only, which ends us in order."""
    os.setpgid(0, 0)
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_DFL)
    with suppress(OSError, AttributeError):
        system = ctypes.CDLL(None)
        system.prctl(DIE_WITH_PARENT, signal.SIGTERM)
        system.prctl(CALLED, f"motcua {name}".encode())
    body()


def _serve_pages(host: str, port: int, workers: int, threads: int) -> None:
    Server(
        "motcua.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=threads,
        respawn_failed_workers=True,
        respawn_interval=0.5,
        workers_kill_timeout=int(GRACE_SECONDS) - 5,
        websockets=False,
        log_level=LogLevels.warning,
    ).serve()


def _work() -> None:
    _until_told(lambda stop: worker.work(stop=stop))


def _until_told(body: Callable[[threading.Event], None]) -> None:
    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    body(stop)


def _signal_group(group: int, number: signal.Signals) -> None:
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(group, number)
