"""Fabula is a guest: it asks no network, and answers soon."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from hand import Run


def python(code: str, *words: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    """Run a few lines in a Python of their own, where standard output is a pipe in an old encoding."""
    told = {**os.environ, "PYTHONIOENCODING": "cp1252"}
    return subprocess.run([sys.executable, "-c", code, *words], input=stdin, capture_output=True, env=told, timeout=120)


def test_the_example_is_read_without_a_network(run: Run, shipped: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a socket was opened")

    for name in ("socket", "create_connection", "getaddrinfo"):
        monkeypatch.setattr(socket, name, refuse)
    for command in ("read", "script", "cast", "quotes", "scenes"):
        assert run(command, shipped, "--no-cache").code == 0


def test_a_pipe_in_an_old_encoding_still_gets_utf_8(shipped: Path) -> None:
    ran = python("from fabula.cli import main; main()", "script", str(shipped))
    assert ran.returncode == 0
    assert "“You’re crooked, Gran,”" in ran.stdout.decode("utf-8")


def test_a_reader_that_goes_away_gets_no_traceback(shipped: Path) -> None:
    command = [sys.executable, "-c", "from fabula.cli import main; main()", "script", str(shipped), "--format", "jsonl"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as ran:
        assert ran.stdout is not None
        assert ran.stderr is not None
        ran.stdout.readline()
        ran.stdout.close()
        assert ran.stderr.read() == b""


def test_the_module_is_the_command() -> None:
    ran = subprocess.run([sys.executable, "-m", "fabula", "--version"], capture_output=True, timeout=120)
    assert (ran.returncode, ran.stdout[:7]) == (0, b"fabula ")
