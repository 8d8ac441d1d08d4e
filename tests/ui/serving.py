"""A WSGI application behind a port of this machine, for as long as a test looks at it."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer

from django.core.handlers.wsgi import WSGIHandler


class Threaded(ThreadingMixIn, WSGIServer):
    """Answers each request in a thread of its own: a browser asks for many files at once."""

    daemon_threads = True


class Silent(WSGIRequestHandler):
    """Keeps no access log."""

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (the name above)
        """Say nothing."""


@contextmanager
def served() -> Iterator[str]:
    """Serve the program with the settings as they are now, and give its address."""
    with Threaded(("127.0.0.1", 0), Silent) as server:
        server.set_app(WSGIHandler())
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()
