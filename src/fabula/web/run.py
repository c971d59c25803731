"""Opens the desk on the loopback and keeps it open until it is closed."""

from __future__ import annotations

import secrets
import signal
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import uvicorn

from fabula.errors import PortInUse
from fabula.web.desk import Desk
from fabula.web.guard import Guard
from fabula.web.server import application
from fabula.web.tools import Tools

__all__ = ["Running", "serve"]

_LOOPBACK = "127.0.0.1"


class Running(uvicorn.Server):
    """The desk as it listens. `address` is the whole of it, the secret included; `should_exit` closes it."""

    address = ""


def serve(
    tools: Tools, folder: Path, *, story: Path | None = None, port: int = 0, opened: Callable[[Running], None]
) -> None:
    """Open the desk, and come back when it is closed; nothing of it is left then.

    Args:
        folder: whose files are offered to be opened.
        story: a file to open at once.
        port: where to listen; 0 for any that is free.
        opened: told when the desk listens.

    Raises:
        PortInUse: if the port is taken.
    """
    listening = _listen(port)
    port = listening.getsockname()[1]
    secret = secrets.token_urlsafe(24)
    desk = Desk(tools, folder)
    try:
        first = desk.open(story) if story is not None else None
        app = Guard(application(desk), secret=secret, hosts=(f"{_LOOPBACK}:{port}", f"localhost:{port}"))
        server = Running(
            uvicorn.Config(
                app,
                log_config=None,
                access_log=False,
                server_header=False,
                date_header=False,
                timeout_graceful_shutdown=1,
                lifespan="on",
            )
        )
        home = f"http://{_LOOPBACK}:{port}/{secret}/"
        server.address = f"{home}book/{first.id}/" if first else home
        with _closed_by_signals(server):
            opened(server)
            server.run(sockets=[listening])
    finally:
        listening.close()
        desk.close()


@contextmanager
def _closed_by_signals(server: Running) -> Iterator[None]:
    """Let a terminal that ends close the desk as Ctrl-C does, so that what it keeps for a while goes too."""
    if threading.current_thread() is not threading.main_thread():
        yield  # only the main thread hears signals
        return

    def close(number: int, frame: object) -> None:
        server.should_exit = True

    heard = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]
    before = {number: signal.signal(number, close) for number in heard}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _listen(port: int) -> socket.socket:
    taken = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        taken.bind((_LOOPBACK, port))
        taken.listen(64)
    except (OSError, OverflowError) as error:
        taken.close()
        hint = "Choose another with --port, or leave it out: a free one is taken then."
        what = getattr(error, "strerror", None) or str(error)
        raise PortInUse(f"cannot listen there: {what}", where=f"port {port}", hint=hint) from error
    return taken
