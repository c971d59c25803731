"""A command line in the test's own process, and a reader that knows only one very short story."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from hand import TOLD, Ran, Reader, Run, Stream

import fabula
from fabula.cli import main
from fabula.examples import NAME, example


@pytest.fixture(autouse=True)
def kept_apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Every test has a cache folder and a working folder of its own, and a terminal that says nothing of itself."""
    monkeypatch.setenv("FABULA_CACHE", str(tmp_path / "cache"))
    for name in ("COLUMNS", "FABULA_PACK", "FORCE_COLOR", "NO_COLOR", "TERM"):
        monkeypatch.delenv(name, raising=False)
    work = tmp_path / "work"
    work.mkdir()
    monkeypatch.chdir(work)
    return work


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run `fabula` with these words; nothing it does ends the test."""

    def runner(*words: str | Path, stdin: bytes = b"") -> Ran:
        out, err = Stream(), Stream()
        with monkeypatch.context() as patch:
            patch.setattr(sys, "stdin", Stream(stdin))
            patch.setattr(sys, "stdout", out)
            patch.setattr(sys, "stderr", err)
            with pytest.raises(SystemExit) as ended:
                main([str(word) for word in words])
        code = ended.value.code
        assert isinstance(code, int)
        return Ran(code, out.held(), err.held().decode("utf-8"))

    return runner


@pytest.fixture
def reader(monkeypatch: pytest.MonkeyPatch) -> Reader:
    """Commands ask this reader instead of Fabula's own."""
    standing_in = Reader()
    monkeypatch.setattr(fabula, "read", standing_in.read, raising=False)
    return standing_in


@pytest.fixture
def ferry(kept_apart: Path) -> Path:
    """A file with a very short story."""
    path = kept_apart / "ferry.txt"
    path.write_bytes(TOLD.encode())
    return path


@pytest.fixture
def shipped(kept_apart: Path) -> Path:
    """The example that ships with Fabula, in the working folder."""
    path = kept_apart / NAME
    path.write_bytes(example())
    return path
