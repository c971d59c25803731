"""The desk for its tests: opened on the loopback in a thread, and closed whatever happens."""

from __future__ import annotations

import http.client
import json
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "exports"))

from benchmarks.browser import Browser, browser
from fabula.cli.desk import FileTools
from fabula.examples import example
from fabula.web import serve
from fabula.web.run import Running


class Open:
    """A desk that is open: its address, its folder, and a way to ask it anything, politely or not."""

    def __init__(self, server: Running, folder: Path) -> None:
        self.server, self.folder = server, folder
        parts = urlsplit(server.address)
        self.host = parts.netloc
        self.port = parts.port or 0
        self.secret = parts.path.split("/")[1]
        self.home = f"http://{self.host}/{self.secret}/"

    def ask(
        self, path: str, *, method: str = "GET", body: bytes | None = None, secret: str | None = None, **headers: str
    ) -> tuple[int, dict[str, str], bytes]:
        """An answer: its status, headers and body. `Origin` is the desk's own unless said otherwise; "" is none."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        told = {"host": self.host, "origin": f"http://{self.host}"} | {
            k.replace("_", "-"): v for k, v in headers.items()
        }
        connection.putrequest(method, f"/{self.secret if secret is None else secret}{path}", skip_host=True)
        for name, value in told.items():
            if value:
                connection.putheader(name, value)
        if body is not None:
            connection.putheader("content-length", str(len(body)))
        connection.endheaders(body)
        answer = connection.getresponse()
        found = answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read()
        connection.close()
        return found

    def say(self, path: str, asked: object, **headers: str) -> tuple[int, dict[str, Any]]:
        told = {"content_type": "application/json"} | headers
        status, _, body = self.ask(path, method="POST", body=json.dumps(asked).encode(), **told)
        return status, json.loads(body)

    def drop(self, name: str, content: bytes) -> tuple[int, dict[str, Any]]:
        status, _, body = self.ask(
            "/ask/open", method="POST", body=content, content_type="application/octet-stream", x_fabula_name=name
        )
        return status, json.loads(body)

    def state(self, book: str) -> dict[str, Any]:
        told: dict[str, Any] = json.loads(self.ask(f"/book/{book}/state")[2])
        return told

    def wait(self, book: str, number: int = 1) -> dict[str, Any]:
        """Until a story has been read so often, or cannot be."""
        until = time.monotonic() + 60
        while time.monotonic() < until:
            state = self.state(book)
            if state["error"] or (state["number"] >= number and state["busy"] is None):
                return state
            time.sleep(0.02)
        raise TimeoutError(str(state))

    def page(self, book: str) -> dict[str, Any]:
        """What the page of a story tells the desk's script."""
        body = self.ask(f"/book/{book}/")[2].decode()
        import html

        told: dict[str, Any] = json.loads(html.unescape(body.split('name="fabula-desk" content="')[1].split('">')[0]))
        return told


@contextmanager
def opened(folder: Path, story: Path | None = None, tools: Any = None) -> Iterator[Open]:
    box: list[Running] = []
    failed: list[BaseException] = []

    def run() -> None:
        try:
            serve(tools or FileTools(use_cache=True), folder, story=story, opened=box.append)
        except BaseException as error:  # noqa: BLE001 – raised again where the desk was asked for
            failed.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    while not failed and not (box and box[0].started):
        time.sleep(0.01)
    if failed:
        raise failed[0]
    try:
        yield Open(box[0], folder)
    finally:
        box[0].should_exit = True
        thread.join(timeout=20)
        assert not thread.is_alive()


@pytest.fixture(scope="session", autouse=True)
def kept(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """One cache for all of these tests, so that the same tale is read once."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("FABULA_CACHE", str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture(scope="module")
def opener() -> Callable[..., Any]:
    return opened


@pytest.fixture
def tale(tmp_path: Path) -> Path:
    """The story that ships with Fabula, in a folder of its own."""
    file = tmp_path / "tale.txt"
    file.write_bytes(example())
    return file


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with browser() as started:
        yield started


@pytest.fixture
def desk(opener: Any, tale: Path) -> Iterator[Any]:
    with opener(tale.parent) as started:
        yield started


@pytest.fixture
def page(chromium: Browser, desk: Any) -> Iterator[Browser]:
    """The desk's first page; whatever a test does, the console stays silent and nobody else is asked."""
    chromium.send("Emulation.setDeviceMetricsOverride", width=1280, height=860, deviceScaleFactor=1, mobile=False)
    chromium.send("Emulation.setTouchEmulationEnabled", enabled=False)
    chromium.send("Page.navigate", url="about:blank")
    chromium.said.clear()
    chromium.asked.clear()
    chromium.send("Page.navigate", url=desk.home)
    chromium.wait("document.querySelector('#files li')")
    yield chromium
    assert chromium.said == []
    allowed = (desk.home, "data:", "about:")
    assert [address for address in chromium.asked if not address.startswith(allowed)] == []
    chromium.send("Page.navigate", url="about:blank")
