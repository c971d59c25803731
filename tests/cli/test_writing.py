"""A file is written whole or not at all, and never over what it was made from."""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path

import pytest
from hand import TOLD, Reader, Run

from fabula import files
from fabula.errors import NotWritten

posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such thing")


def test_a_failure_on_the_way_leaves_the_old_file_and_nothing_else(
    kept_apart: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = kept_apart / "out.json"
    target.write_bytes(b"old")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(NotWritten, match="No space left"):
        files.write(b"new", target)
    assert target.read_bytes() == b"old"
    assert list(kept_apart.iterdir()) == [target]


def test_an_interruption_leaves_nothing_behind(kept_apart: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(_: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", stopped)
    with pytest.raises(KeyboardInterrupt):
        files.write(b"new", kept_apart / "out.json")
    assert list(kept_apart.iterdir()) == []


def test_the_file_is_moved_into_place_whole(kept_apart: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[tuple[bytes, bool]] = []
    move = Path.replace

    def watched(self: Path, target: Path) -> Path:
        seen.append((self.read_bytes(), self.parent == target.parent))
        return move(self, target)

    monkeypatch.setattr(Path, "replace", watched)
    files.write(b"new", kept_apart / "out.json")
    assert seen == [(b"new", True)]


@pytest.mark.parametrize("command", ["read", "script", "cast", "quotes", "scenes"])
def test_the_source_is_never_written_over(run: Run, ferry: Path, reader: Reader, command: str) -> None:
    ran = run(command, ferry, "-o", f"./{ferry.name}")
    assert ran.code == 2
    assert "this is the file to be read" in ran.talk
    assert ferry.read_bytes() == TOLD.encode()


@posix
def test_the_source_is_known_under_another_name(run: Run, ferry: Path, reader: Reader) -> None:
    Path("link.txt").symlink_to(ferry)
    assert run("cast", "link.txt", "-o", ferry).code == 2
    assert run("cast", ferry, "-o", "link.txt").code == 2
    assert ferry.read_bytes() == TOLD.encode()


@posix
def test_a_link_is_written_through_and_permissions_stay(kept_apart: Path) -> None:
    real, link = kept_apart / "real.json", kept_apart / "link.json"
    real.write_bytes(b"old")
    real.chmod(0o640)
    link.symlink_to(real)
    files.write(b"new", link)
    assert link.is_symlink()
    assert (real.read_bytes(), stat.S_IMODE(real.stat().st_mode)) == (b"new", 0o640)


@posix
def test_a_device_is_not_replaced_by_a_file(kept_apart: Path) -> None:
    files.write(b"new", Path(os.devnull))
    assert not Path(os.devnull).is_file()


def test_a_folder_and_a_folder_that_is_not_there_are_refused(run: Run, ferry: Path, reader: Reader) -> None:
    Path("here").mkdir()
    for target, reason in (("here", "a folder stands there"), ("nowhere/out.json", "there is no such folder")):
        ran = run("read", ferry, "-o", target)
        assert ran.code == 2
        assert reason in ran.talk
        assert ran.talk.count("\n") == 1
    assert not Path("nowhere").exists()


@posix
@pytest.mark.skipif(hasattr(os, "geteuid") and os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_without_permission_is_one_line(run: Run, ferry: Path, reader: Reader) -> None:
    locked = Path("locked")
    locked.mkdir(mode=0o500)
    ran = run("read", ferry, "-o", "locked/out.json")
    assert ran.code == 2
    assert ran.talk.startswith("fabula: locked/out.json: cannot be written")
