"""Whatever is wrong, the command says it in one line, ends with 2, and writes nothing: never a traceback."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import pytest
from hand import TOLD, Ran, Reader, Run, short_story

import fabula
from fabula.story import SCHEMA, Text, to_json
from tests.encode.tiny import tiny_pack

PARTS = ("encoder.onnx", "link.onnx", "voices.onnx", "pieces.txt")


def is_one_clear_line(ran: Ran, *said: str) -> None:
    assert ran.code == 2
    assert ran.data == b""
    assert ran.talk.startswith("fabula: ")
    assert ran.talk.count("\n") == 1
    assert "Traceback" not in ran.talk
    for words in said:
        assert words in ran.talk


@pytest.mark.parametrize("command", ["read", "script", "cast", "quotes", "scenes"])
def test_a_missing_file(run: Run, command: str) -> None:
    is_one_clear_line(run(command, "no such story.txt"), "no such story.txt")


def test_a_folder(run: Run, kept_apart: Path) -> None:
    is_one_clear_line(run("read", kept_apart), str(kept_apart))


@pytest.mark.parametrize("data", [b"", b"\n \n\t\n", b"\xef\xbb\xbf"])
def test_nothing_to_read(run: Run, data: bytes) -> None:
    Path("empty.txt").write_bytes(data)
    is_one_clear_line(run("read", "empty.txt", "-o", "out.json"), "empty.txt")
    is_one_clear_line(run("read", "-", stdin=data))
    assert not Path("out.json").exists()


def test_binary_data_under_the_name_of_a_text(run: Run) -> None:
    Path("photo.txt").write_bytes(bytes(range(256)) * 40)
    is_one_clear_line(run("read", "photo.txt"), "photo.txt")


ODD = {"a word": "Anne", "a word of 5,000 letters": "x" * 5_000, "a hyphen too many": "x-" * 2_500, "speech": "“Go.”"}


@pytest.mark.parametrize("case", ODD)
def test_odd_texts_are_read(run: Run, case: str) -> None:
    Path("odd.txt").write_text(ODD[case], encoding="utf-8")
    ran = run("read", "odd.txt")
    assert (ran.code, ran.talk) == (0, "")


@pytest.mark.parametrize("told", ["?!… — “”", "🙂 🙃", "12 34"])
def test_nothing_but_signs(run: Run, told: str) -> None:
    Path("odd.txt").write_text(told, encoding="utf-8")
    is_one_clear_line(run("read", "odd.txt"), "odd.txt", "not one letter")


def flip(place: Path) -> None:
    content = bytearray(place.read_bytes())
    content[len(content) // 2] ^= 1
    place.write_bytes(content)


def newer(place: Path) -> None:
    place.write_text(json.dumps({**json.loads(place.read_text()), "format": 99}))


PACKS = {
    **{f"a flipped byte in {name}": (name, flip, "damaged") for name in PARTS},
    **{f"no {name}": (name, Path.unlink, "lacks") for name in PARTS},
    "a newer format": ("manifest.json", newer, "newer Fabula"),
    "a manifest that is not JSON": ("manifest.json", lambda place: place.write_text("not json"), "not the manifest"),
    "no manifest": ("manifest.json", Path.unlink, "no model pack"),
}


@pytest.mark.parametrize("case", PACKS)
def test_a_broken_pack(run: Run, ferry: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, case: str) -> None:
    name, spoil, said = PACKS[case]
    pack = tiny_pack(tmp_path / "pack")
    monkeypatch.setenv("FABULA_PACK", str(pack.folder))
    assert run("read", ferry).code == 0
    spoil(pack.path(name))
    for command in ("read", "cast"):
        is_one_clear_line(run(command, ferry), said, "pack" if name == "manifest.json" else name)
    is_one_clear_line(run("read", ferry, "--no-cache", "-o", "out.json"), said)
    assert not Path("out.json").exists()


def test_a_pack_that_is_not_there(run: Run, ferry: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FABULA_PACK", "nowhere")
    is_one_clear_line(run("read", ferry), "nowhere", "no such folder")


def test_a_saved_story_needs_no_pack(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    Path("story.json").write_bytes(to_json(short_story(Text.of(TOLD))))
    monkeypatch.setenv("FABULA_PACK", "nowhere")
    assert run("cast", "story.json").code == 0


def test_a_broken_book(run: Run) -> None:
    Path("book.epub").write_bytes(b"PK\x03\x04 and no more")
    is_one_clear_line(run("read", "book.epub"), "book.epub")


@pytest.mark.skipif(
    sys.platform == "win32" or (hasattr(os, "geteuid") and os.geteuid() == 0), reason="may read anything"
)
def test_a_file_without_permission(run: Run, ferry: Path) -> None:
    ferry.chmod(0)
    is_one_clear_line(run("read", ferry), str(ferry))


def test_a_name_that_is_too_long(run: Run) -> None:
    is_one_clear_line(run("read", "x" * 5000 + ".txt"))


def test_a_name_on_two_lines_is_told_on_one(run: Run) -> None:
    is_one_clear_line(run("read", "no\nsuch\x1b[31m file.txt"))


def test_a_name_nobody_has_gets_the_nearest(run: Run, ferry: Path, reader: Reader) -> None:
    is_one_clear_line(run("quotes", ferry, "--by", "Nel"), "'Nel'", "Did you mean Nell?")


@pytest.mark.parametrize(
    "data",
    [
        b"{",
        b"{}",
        b'{"schema": 1}',
        b'{"schema": "1", "text": "A."}',
        b'{"text": "A.", "schema": 1, "quotes": 3}',
        b'{"text": "A.", "schema": 1, "source": {}, "quotes": [{"start": 5, "end": 2, "id": "q1"}]}',
        b'{"text": "A.", "schema": 0}',
        b'{"text": "\xff", "schema": 1}',
        b'{"text": ' + b"[" * 200_000,
        b"null",
        b"",
        b"\x00",
    ],
)
def test_a_damaged_saved_story(run: Run, data: bytes) -> None:
    Path("story.json").write_bytes(data)
    is_one_clear_line(run("cast", "story.json"))


def test_a_saved_story_cut_off(run: Run) -> None:
    whole = to_json(short_story(Text.of(TOLD)))
    Path("story").write_bytes(whole[: len(whole) // 2])
    is_one_clear_line(run("cast", "story"), "story")


def test_a_saved_story_of_a_newer_schema(run: Run) -> None:
    newer = {**json.loads(to_json(short_story(Text.of(TOLD)))), "schema": SCHEMA + 1}
    Path("story.json").write_text(json.dumps(newer), encoding="utf-8")
    is_one_clear_line(run("cast", "story.json"), "newer", "Update Fabula")


def test_a_source_that_changed_beside_an_old_story_is_told_in_one_line(run: Run, ferry: Path) -> None:
    assert run("read", ferry, "-o", "old.json").code == 0
    assert run("cast", "old.json").talk == ""
    ferry.write_text(ferry.read_text(encoding="utf-8") + "\nOne line more.\n", encoding="utf-8")
    ran = run("cast", "old.json")
    assert ran.code == 0
    assert (
        ran.talk
        == f"note: {ferry.name} is no longer what old.json was read from. Read it again to hear of the change.\n"
    )


def test_a_question_about_what_was_not_read(run: Run) -> None:
    Path("story.json").write_bytes(b'{"schema": 1, "text": "A.", "source": {}}')
    for command in ("script", "cast", "quotes", "scenes"):
        is_one_clear_line(run(command, "story.json"), "not read")
    assert run("read", "story.json").code == 0


@pytest.mark.parametrize(
    "words",
    [
        ("raed",),
        ("read",),
        ("read", "--nope"),
        ("read", "a", "b"),
        ("cast", "a", "--format", "xml"),
        ("quotes", "a", "--by"),
    ],
)
def test_a_command_typed_wrongly(run: Run, words: tuple[str, ...]) -> None:
    is_one_clear_line(run(*words), "--help")


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (MemoryError(), "not enough memory"),
        (RecursionError(), "nested too deeply"),
        (OSError(28, "No space left on device", "/full"), "/full: No space left on device"),
        (PermissionError(13, "Permission denied"), "Permission denied"),
    ],
)
def test_what_the_machine_cannot_do(
    run: Run, ferry: Path, monkeypatch: pytest.MonkeyPatch, error: BaseException, said: str
) -> None:
    def failing(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(fabula, "read", failing, raising=False)
    is_one_clear_line(run("read", ferry, "-o", "out.json"), said)
    assert not Path("out.json").exists()


def test_an_interruption(run: Run, ferry: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(fabula, "read", stopped, raising=False)
    ran = run("read", ferry)
    assert (ran.code, ran.talk) == (130, "fabula: stopped; nothing was written.\n")
