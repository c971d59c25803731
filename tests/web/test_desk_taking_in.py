"""What is dropped on the desk comes in whole or not at all, however it is sent and wherever it ends."""

from __future__ import annotations

import errno
import http.client
import json
import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from fabula.examples import example

KIND = "application/octet-stream"


@pytest.fixture
def passing(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the desk puts aside what is dropped on it."""
    folder = tmp_path_factory.mktemp("passing")
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    return folder


def kept(passing: Path) -> list[str]:
    """The files there; the desk may be taking a folder away while one looks."""
    return [name for _, _, names in os.walk(passing) for name in names]


def in_pieces(desk: Any, name: str, pieces: Iterator[bytes]) -> tuple[int, dict[str, Any]]:
    """A file sent in chunks, so that nobody says beforehand how long it is; a refusal may come before its end."""
    sending = http.client.HTTPConnection("127.0.0.1", desk.port, timeout=30)
    sending.putrequest("POST", f"/{desk.secret}/ask/open", skip_host=True)
    headers = {"host": desk.host, "origin": f"http://{desk.host}", "content-type": KIND, "x-fabula-name": name}
    for header, value in {**headers, "transfer-encoding": "chunked"}.items():
        sending.putheader(header, value)
    sending.endheaders()
    try:
        for piece in pieces:
            sending.send(b"%x\r\n%b\r\n" % (len(piece), piece))
        sending.send(b"0\r\n\r\n")
    except (BrokenPipeError, ConnectionResetError):
        pass
    answer = sending.getresponse()
    told = answer.status, json.loads(answer.read())
    sending.close()
    return told


def test_a_file_that_comes_in_chunks_is_read(opener: Any, tmp_path: Path) -> None:
    content = example()
    with opener(tmp_path) as desk:
        status, answer = in_pieces(desk, "tale.txt", iter([content[:1000], content[1000:5000], content[5000:]]))
        assert status == 200
        assert desk.wait(answer["book"])["error"] is None
        story = json.loads(desk.ask(f"/book/{answer['book']}/save/story")[2])
        assert story["text"] == content.decode("utf-8")


def test_a_file_that_grows_too_large_on_the_way_is_refused_and_not_kept(
    opener: Any, tmp_path: Path, passing: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("fabula.web.server.LARGEST", 50_000)
    with opener(tmp_path) as desk:
        status, answer = in_pieces(desk, "big.txt", (b"x" * 10_000 for _ in range(8)))
        assert status == 413
        assert answer["error"].startswith("big.txt: more than")
        assert kept(passing) == []
        assert desk.drop("tale.txt", example())[0] == 200, "the desk goes on"


def test_a_disk_that_is_full_in_the_middle_is_one_line(
    opener: Any, tmp_path: Path, passing: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opening = Path.open

    def filling(path: Path, mode: str = "r", **given: Any) -> Any:
        file = opening(path, mode, **given)
        if mode != "xb":
            return file
        write = file.write

        class Full:
            """Takes the first ten thousand bytes."""

            def __enter__(self) -> Full:
                return self

            def __exit__(self, *_: object) -> None:
                file.close()

            def write(self, data: bytes) -> int:
                if file.tell() + len(data) > 10_000:
                    raise OSError(errno.ENOSPC, "No space left on device")
                return int(write(data))

        return Full()

    with opener(tmp_path) as desk:
        with monkeypatch.context() as patch:
            patch.setattr(Path, "open", filling)
            status, answer = in_pieces(desk, "tale.txt", (b"x" * 5_000 for _ in range(8)))
        assert status == 422
        assert answer["error"] == "tale.txt: cannot be kept: No space left on device. Is the disk full?"
        assert kept(passing) == []
        assert desk.drop("tale.txt", example())[0] == 200, "the desk goes on"


def test_a_browser_that_goes_while_it_sends_leaves_nothing(opener: Any, tmp_path: Path, passing: Path) -> None:
    import socket

    with opener(tmp_path) as desk:
        head = (
            f"POST /{desk.secret}/ask/open HTTP/1.1\r\nHost: {desk.host}\r\nOrigin: http://{desk.host}\r\n"
            f"Content-Type: {KIND}\r\nX-Fabula-Name: tale.txt\r\nContent-Length: 100000\r\n\r\n"
        )
        with socket.create_connection(("127.0.0.1", desk.port)) as leaving:
            leaving.sendall(head.encode() + b"x" * 20_000)
            until = time.monotonic() + 10
            while not kept(passing) and time.monotonic() < until:
                time.sleep(0.01)
            assert kept(passing) == ["tale.txt"], "it has begun to come in"
        while kept(passing) and time.monotonic() < until:
            time.sleep(0.01)
        assert kept(passing) == []
        assert desk.say("/ask/open-here", {"name": "tale.txt"})[0] == 422
