"""A second question about the same file is not read again, and a cache can be lost, damaged or full without harm."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hand import TOLD, Reader, Run, short_story

from fabula.cli import cache
from fabula.story import Text


def entries() -> list[Path]:
    return sorted(cache.folder().glob("*.json"))


def test_a_second_question_is_answered_without_reading(run: Run, ferry: Path, reader: Reader) -> None:
    first = run("cast", ferry)
    assert run("cast", ferry) == first
    run("scenes", ferry)
    assert len(reader.asked) == 1


def test_a_changed_text_another_name_and_other_corrections_are_read_again(
    run: Run, ferry: Path, reader: Reader
) -> None:
    run("cast", ferry)
    ferry.write_bytes(TOLD.encode() + b" ")
    run("cast", ferry)
    run("cast", ferry.rename("other.txt").name)
    Path("mine.json").write_text("{}", encoding="utf-8")
    run("read", "other.txt", "--corrections", "mine.json")
    Path("mine.json").write_text("{ }", encoding="utf-8")
    run("read", "other.txt", "--corrections", "mine.json")
    assert len(reader.asked) == 5


def test_without_the_cache_nothing_is_kept(run: Run, ferry: Path, reader: Reader) -> None:
    run("read", ferry, "--no-cache")
    run("read", ferry, "--no-cache")
    assert len(reader.asked) == 2
    assert not cache.folder().exists()


@pytest.mark.parametrize("damage", [b"", b"{", b"\x00\xff", b'{"schema": 1, "text": 3}', b"[" * 100_000])
def test_a_damaged_entry_is_read_anew_and_replaced(run: Run, ferry: Path, reader: Reader, damage: bytes) -> None:
    first = run("cast", ferry)
    (entry,) = entries()
    whole = entry.read_bytes()
    entry.write_bytes(damage)
    assert run("cast", ferry) == first
    assert entry.read_bytes() == whole
    assert len(reader.asked) == 2


def test_a_cache_that_cannot_be_written_never_fails_a_reading(
    run: Run, ferry: Path, reader: Reader, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "a file").write_bytes(b"")
    monkeypatch.setenv("FABULA_CACHE", str(tmp_path / "a file" / "cache"))
    assert run("cast", ferry).code == 0
    assert run("cast", ferry).talk == ""
    assert len(reader.asked) == 2


def test_the_cache_drops_what_was_longest_unused(monkeypatch: pytest.MonkeyPatch) -> None:
    story = short_story(Text.of(TOLD))
    cache.remember("a" * 64, story)
    size = entries()[0].stat().st_size
    monkeypatch.setattr(cache, "_LARGEST_CACHE", 2 * size)
    os.utime(entries()[0], (1, 1))
    cache.remember("b" * 64, story)
    os.utime(entries()[1], (2, 2))
    assert cache.recall("a" * 64) == story  # used: now the younger
    cache.remember("c" * 64, story)
    assert [entry.stem[0] for entry in entries()] == ["a", "c"]


def test_a_new_fabula_does_not_trust_what_an_old_one_read(monkeypatch: pytest.MonkeyPatch) -> None:
    now = cache.key(source="s", name="n", corrections="")
    assert now == cache.key(source="s", name="n", corrections="")
    monkeypatch.setattr(cache, "PACK", "another")
    assert now != cache.key(source="s", name="n", corrections="")


def test_nothing_half_written_stays_behind(run: Run, ferry: Path, reader: Reader) -> None:
    run("cast", ferry)
    assert [path.name for path in cache.folder().iterdir()] == [path.name for path in entries()]
