"""A second question about the same file is not read again, and a cache can be lost, damaged or full without harm."""

from __future__ import annotations

import os
from importlib import import_module
from pathlib import Path

import pytest
from hand import TOLD, Reader, Run, short_story

import fabula
from fabula.cli import cache
from fabula.encode import open_network
from fabula.models import ModelPack
from fabula.story import Text
from tests.encode.tiny import Counting, tiny_pack


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
    asked = {"source": "s", "name": "n", "corrections": "", "pack": "p"}
    now = cache.key(**asked)
    assert now == cache.key(**asked)
    assert now not in {cache.key(**{**asked, part: "another"}) for part in asked}
    monkeypatch.setattr(cache, "_this_fabula", lambda: "another")
    assert now != cache.key(**asked)


def test_what_one_pack_read_is_no_answer_of_another(
    run: Run, ferry: Path, reader: Reader, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for seed in (1, 2):
        tiny_pack(tmp_path / f"pack {seed}", seed=seed)
    for seed, asked in ((1, 1), (2, 2), (1, 2), (2, 2)):
        monkeypatch.setenv("FABULA_PACK", str(tmp_path / f"pack {seed}"))
        run("cast", ferry)
        assert len(reader.asked) == asked


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Counting:
    """The commands read with a tiny pack, and this counts its windows."""
    pack = tiny_pack(tmp_path / "pack", room=150, context=15)
    network = Counting(open_network(pack))

    def opened(given: ModelPack) -> Counting:
        assert given.digest == pack.digest
        return network

    encoder = import_module("fabula.encode.encode")
    monkeypatch.setattr(encoder, "_OPENED", {})
    monkeypatch.setattr(encoder, "open_network", opened)
    monkeypatch.setenv("FABULA_PACK", str(pack.folder))
    return network


def test_a_changed_story_is_read_anew_only_where_it_changed(run: Run, shipped: Path, counted: Counting) -> None:
    run("cast", shipped)
    assert (whole := counted.windows) > 20
    shipped.write_bytes(shipped.read_bytes() + b"\n\nNobody came.\n")
    changed = run("read", shipped, "--format", "json")
    assert whole < counted.windows <= whole + 5
    assert run("read", shipped, "--format", "json", "--no-cache") == changed


def test_windows_are_kept_beside_the_stories(run: Run, shipped: Path, counted: Counting, tmp_path: Path) -> None:
    run("cast", shipped, "--no-cache")
    assert not (tmp_path / "cache").exists()
    run("cast", shipped)
    assert {path.name for path in (tmp_path / "cache").iterdir()} == {"stories", "windows.sqlite"}


def test_damaged_windows_are_read_anew(run: Run, shipped: Path, counted: Counting, tmp_path: Path) -> None:
    first = run("cast", shipped)
    (tmp_path / "cache" / "windows.sqlite").write_bytes(b"no windows")
    entries()[0].unlink()
    assert run("cast", shipped) == first


def test_the_library_keeps_nothing_unless_it_is_given_a_shelf(counted: Counting, tmp_path: Path) -> None:
    from fabula.models import open_pack

    fabula.read(Text.of(TOLD), pack=open_pack(tmp_path / "pack"))
    assert counted.windows
    assert not (tmp_path / "cache").exists()


def test_nothing_half_written_stays_behind(run: Run, ferry: Path, reader: Reader) -> None:
    run("cast", ferry)
    assert [path.name for path in cache.folder().iterdir()] == [path.name for path in entries()]
