"""What is kept of windows outlives the program, can be lost or damaged without harm, and never grows without end."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import numpy as np
import pytest

from fabula.encode import FileShelf
from fabula.encode import shelf as shelves
from fabula.encode.pages import Page, name_of_row
from fabula.encode.windows import Feed

PAGE = Page(*(bytes([number]) * 40 for number in range(12)))


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "cache" / "windows.sqlite"


def kept(place: Path) -> set[bytes]:
    return set(FileShelf(place).take([b"a", b"b", b"c"]))


def test_pages_outlive_the_program(place: Path) -> None:
    FileShelf(place).put({b"a": PAGE})
    assert FileShelf(place).take([b"a", b"b"]) == {b"a": PAGE}


def test_asking_makes_no_file(place: Path) -> None:
    shelf = FileShelf(place)
    assert shelf.take([b"a"]) == {}
    shelf.put({})
    assert not place.parent.exists()


def test_a_page_is_replaced(place: Path) -> None:
    shelf = FileShelf(place)
    other = Page(*[b""] * 12)
    shelf.put({b"a": PAGE})
    shelf.put({b"a": other})
    assert shelf.take([b"a"]) == {b"a": other}


@pytest.mark.parametrize("content", [b"", b"not a database", b"SQLite format 3\x00" + b"\xff" * 4_000])
def test_damaged_file_is_begun_anew(place: Path, content: bytes) -> None:
    place.parent.mkdir()
    place.write_bytes(content)
    assert kept(place) == set()
    FileShelf(place).put({b"a": PAGE})
    FileShelf(place).put({b"a": PAGE})
    assert kept(place) == {b"a"}


def test_file_cut_off_is_begun_anew(place: Path) -> None:
    FileShelf(place).put({bytes([n]): PAGE for n in range(200)})
    place.write_bytes(place.read_bytes()[: place.stat().st_size // 2])
    shelf = FileShelf(place)
    shelf.take([bytes([n]) for n in range(200)])
    shelf.put({b"a": PAGE})
    FileShelf(place).put({b"a": PAGE})
    assert kept(place) == {b"a"}


def test_damaged_page_is_not_taken(place: Path) -> None:
    FileShelf(place).put({b"a": PAGE})
    content = bytearray(place.read_bytes())
    content[content.index(PAGE.close)] ^= 1
    place.write_bytes(content)
    assert kept(place) == set()
    FileShelf(place).put({b"b": PAGE})
    assert kept(place) == {b"b"}


def test_place_that_cannot_be_written_keeps_nothing(place: Path) -> None:
    place.parent.write_bytes(b"a file where the folder should be")
    shelf = FileShelf(place)
    shelf.put({b"a": PAGE})
    assert shelf.take([b"a"]) == {}


def test_folder_in_place_of_the_file_keeps_nothing(place: Path) -> None:
    place.mkdir(parents=True)
    shelf = FileShelf(place)
    shelf.put({b"a": PAGE})
    assert shelf.take([b"a"]) == {}
    assert place.is_dir()


def test_file_in_use_is_left_alone(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shelves, "_PATIENCE", 0.01)
    FileShelf(place).put({b"a": PAGE})
    other = sqlite3.connect(place)
    other.execute("BEGIN EXCLUSIVE")
    assert kept(place) == set()
    FileShelf(place).put({b"b": PAGE})
    other.close()
    assert kept(place) == {b"a"}


def test_pages_longest_unused_are_dropped(place: Path) -> None:
    shelf = FileShelf(place, largest=1_100)  # room for two pages of some 500 bytes
    shelf.put({b"a": PAGE})
    shelf.put({b"b": PAGE})
    shelf.take([b"a"])
    shelf.put({b"c": PAGE})
    assert kept(place) == {b"a", b"c"}


def feed(**columns: list[int]) -> Feed:
    shown = {"pieces": [2, 5, 6, 7, 3], "casing": [4, 0, 0, 1, 4], "first": [1, 3], "sentence": [8, 8], **columns}
    return Feed(**{name: np.array([column]) for name, column in shown.items()})


def test_a_page_is_named_for_all_that_was_shown() -> None:
    own = slice(0, 2)
    name = name_of_row(feed(), 0, own, "pack")
    others = [
        name_of_row(feed(pieces=[2, 5, 6, 8, 3]), 0, own, "pack"),
        name_of_row(feed(casing=[4, 0, 0, 0, 4]), 0, own, "pack"),
        name_of_row(feed(first=[1, 2]), 0, own, "pack"),
        name_of_row(feed(sentence=[8, 9]), 0, own, "pack"),
        name_of_row(feed(), 0, slice(0, 1), "pack"),
        name_of_row(feed(), 0, own, "another"),
    ]
    assert len({name, *others}) == 7


def test_a_page_is_not_named_for_where_it_stands() -> None:
    own = slice(0, 2)
    wide = feed(pieces=[2, 5, 6, 7, 3, 0], casing=[4, 0, 0, 1, 4, 4], first=[1, 3, 0], sentence=[90, 90, -1])
    assert name_of_row(wide, 0, own, "pack") == name_of_row(feed(), 0, own, "pack")
