"""A browser for the tests and the measures of the page: Chromium without a window, over a pipe, without a network."""

from __future__ import annotations

import base64
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

_NAMES = () if sys.platform == "win32" else ("chromium", "chromium-browser", "google-chrome", "chrome")
CHROMIUM = next(filter(None, map(shutil.which, _NAMES)), None)
"""The distribution's own browser; None where there is none, and on Windows, where pipes are not handed on."""

_QUIET = """--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking
    --disable-component-update --disable-sync --disable-extensions --hide-scrollbars --remote-debugging-pipe
    --force-color-profile=srgb --disable-features=DialMediaRouteProvider --proxy-server=127.0.0.1:9""".split()
"""No window, nothing asked of anybody; a proxy that is not there answers whoever tries."""

_AS_3_AND_4 = """
import fcntl, os, sys
hear, speak = (fcntl.fcntl(int(end), fcntl.F_DUPFD, 10) for end in sys.argv[1:3])
os.dup2(hear, 3)
os.dup2(speak, 4)
os.execv(sys.argv[3], sys.argv[3:])
"""
"""Chromium reads commands from file 3 and answers into file 4."""

_KEYS = {"Enter": (13, "\r"), "Escape": (27, ""), "Tab": (9, ""), "ArrowRight": (39, ""), "ArrowLeft": (37, "")}


class Browser:
    """One page of one browser. `said` holds what its console said: every error, warning and log entry."""

    def __init__(self, speak: int, hear: int) -> None:
        self._speak, self._hear, self._number, self._rest = speak, hear, 0, b""
        self._session: str | None = None
        self.said: list[str] = []
        self.asked: list[str] = []
        target = self.send("Target.createTarget", url="about:blank")["targetId"]
        self._session = self.send("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.send(f"{domain}.enable")

    def send(self, method: str, **given: Any) -> dict[str, Any]:
        """One command of the browser's own protocol, and its answer."""
        self._number += 1
        message: dict[str, Any] = {"id": self._number, "method": method, "params": given}
        if self._session:
            message["sessionId"] = self._session
        data = json.dumps(message).encode() + b"\0"
        while data:
            data = data[os.write(self._speak, data) :]
        while True:
            heard = self._message()
            if heard.get("id") == self._number:
                if "error" in heard:
                    raise RuntimeError(f"{method}: {heard['error']}")
                answer: dict[str, Any] = heard["result"]
                return answer
            self._note(heard)

    def open(self, page: Path, *, wide: int = 1280, high: int = 860, phone: bool = False, dark: bool = False) -> None:
        """Open a file as on a desk or on a phone, and wait until it is shown."""
        self.send(
            "Emulation.setDeviceMetricsOverride",
            width=wide,
            height=high,
            deviceScaleFactor=2 if phone else 1,
            mobile=phone,
        )
        self.send("Emulation.setTouchEmulationEnabled", enabled=phone)
        media = [{"name": "prefers-color-scheme", "value": "dark" if dark else "light"}]
        self.send("Emulation.setEmulatedMedia", features=media)
        self.send("Page.navigate", url="about:blank")
        self.said.clear()
        self.asked.clear()
        self.send("Page.navigate", url=page.resolve().as_uri())
        self.wait("performance.getEntriesByName('fabula:shown').length > 0")
        self.pause()

    def run(self, script: str) -> Any:
        """The value of a JavaScript expression; a promise is awaited."""
        answer = self.send("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in answer:
            raise RuntimeError(json.dumps(answer["exceptionDetails"])[:2000])
        return answer["result"].get("value")

    def wait(self, condition: str, *, seconds: float = 30) -> None:
        """Until a JavaScript condition holds."""
        until = time.monotonic() + seconds
        while not self._now(f"Boolean({condition})"):
            if time.monotonic() > until:
                raise TimeoutError(f"{condition}: {self.said}")
            time.sleep(0.02)

    def pause(self) -> None:
        """Until the page has drawn what was asked of it."""
        self._now("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 30))))")

    def _now(self, script: str) -> Any:
        """The value of an expression; None where another page is just coming in the place of this one."""
        try:
            return self.run(script)
        except RuntimeError as error:
            if "navigated" in str(error) or "context" in str(error):
                return None
            raise

    def go(self, view: str) -> None:
        """Follow an address of the page: a view, a scene, a line."""
        self.run(f"location.hash = {json.dumps(view)}; 0")
        self.pause()
        self.pause()

    def place(self, selector: str) -> tuple[float, float]:
        """The middle of the first line of an element, brought to the middle of the screen and come to rest there."""
        box = self.run(
            f"(async () => {{ const e = document.querySelector({json.dumps(selector)}); let last = null; "
            "for (let i = 0; i < 20; i++) { e.scrollIntoView({block: 'center'}); "
            "await new Promise(done => requestAnimationFrame(() => setTimeout(done))); "
            "const r = e.getClientRects()[0]; "
            "if (last && Math.abs(r.x - last.x) + Math.abs(r.y - last.y) < 1) break; last = r; } "
            "return [last.x + Math.min(last.width / 2, 30), last.y + last.height / 2]; })()"
        )
        return box[0], box[1]

    def hover(self, selector: str) -> None:
        x, y = self.place(selector)
        self.send("Input.dispatchMouseEvent", type="mouseMoved", x=x, y=y)

    def click(self, selector: str) -> None:
        x, y = self.place(selector)
        for kind in ("mousePressed", "mouseReleased"):
            self.send("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", clickCount=1)
        self.pause()

    def tap(self, selector: str) -> None:
        x, y = self.place(selector)
        self.pause()
        self.send("Input.dispatchTouchEvent", type="touchStart", touchPoints=[{"x": x, "y": y}])
        self.send("Input.dispatchTouchEvent", type="touchEnd", touchPoints=[])
        self.pause()

    def press(self, key: str) -> None:
        code, text = _KEYS[key]
        known = {"key": key, "code": key, "windowsVirtualKeyCode": code, **({"text": text} if text else {})}
        self.send("Input.dispatchKeyEvent", type="keyDown" if text else "rawKeyDown", **known)
        self.send("Input.dispatchKeyEvent", type="keyUp", **known)
        self.pause()

    def picture(self, file: Path) -> None:
        """What is on the screen, as a PNG."""
        file.write_bytes(base64.b64decode(self.send("Page.captureScreenshot", format="png")["data"]))

    def _message(self) -> dict[str, Any]:
        while b"\0" not in self._rest:
            read = os.read(self._hear, 1 << 20)
            if not read:
                raise RuntimeError("the browser is gone")
            self._rest += read
        data, _, self._rest = self._rest.partition(b"\0")
        message: dict[str, Any] = json.loads(data)
        return message

    def _note(self, event: dict[str, Any]) -> None:
        given = event.get("params", {})
        if event.get("method") == "Runtime.consoleAPICalled" and given["type"] in ("error", "warning", "assert"):
            self.said.append(" ".join(str(word.get("value", word.get("description"))) for word in given["args"]))
        elif event.get("method") == "Runtime.exceptionThrown":
            self.said.append(str(given["exceptionDetails"].get("exception", {}).get("description")))
        elif event.get("method") == "Log.entryAdded":
            self.said.append(given["entry"]["text"])
        elif event.get("method") == "Network.requestWillBeSent":
            self.asked.append(given["request"]["url"])


@contextmanager
def browser() -> Iterator[Browser]:
    """A browser with a fresh profile, gone with everything it wrote when it is left."""
    assert CHROMIUM is not None
    hear_there, speak = os.pipe()
    hear, speak_there = os.pipe()
    launch = [sys.executable, "-c", _AS_3_AND_4, str(hear_there), str(speak_there)]
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        ran = subprocess.Popen(
            [*launch, CHROMIUM, *_QUIET, f"--user-data-dir={profile}", "about:blank"],
            pass_fds=(hear_there, speak_there),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(hear_there)
        os.close(speak_there)
        try:
            yield Browser(speak, hear)
        finally:
            os.close(speak)
            os.close(hear)
            ran.terminate()
            try:
                ran.wait(timeout=10)
            except subprocess.TimeoutExpired:
                ran.kill()
                ran.wait(timeout=10)
