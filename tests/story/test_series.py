"""The people of one book come into the next with their ids, names and pronouns, and only those with a name."""

from __future__ import annotations

from pathlib import Path

import pytest

from fabula.errors import CorrectionsError, FabulaError, NotRead, StoryFileError
from fabula.story import Character, Layers, Series, Source, Story, Text, gather_series, read_corrections, to_json
from fabula.story.corrections import CarriedEntry

FIRST = (
    Character(id="c1", name="the landlord", aliases=("landlord",)),
    Character(id="c2", name="Ann Lee", aliases=("Ann", "the old woman", "the Queen"), pronouns="she/her"),
    Character(id="c3", name="the Voice", kind="thing", pronouns="it"),
    Character(id="c7", name="the narrator", narrator=True),
)


def book(*people: Character, name: str = "one.txt") -> Story:
    return Story(Text("A.", Source(name=name)), Layers(characters=people))


def test_who_has_a_name_comes_along_and_every_id_stays_taken() -> None:
    series = gather_series(book(*FIRST))
    assert series.people == (
        CarriedEntry(id="c2", name="Ann Lee", aliases=("Ann", "the Queen"), pronouns="she/her", kind="person"),
        CarriedEntry(id="c3", name="the Voice", kind="thing"),
    )
    assert (series.free, series.notes) == (8, ())
    assert gather_series(()) == Series()


def test_a_saved_story_carries_what_the_story_carries(tmp_path: Path) -> None:
    saved = tmp_path / "one.json"
    saved.write_bytes(b"\xef\xbb\xbf" + to_json(book(*FIRST), indent=1))
    assert gather_series(saved) == gather_series(str(saved)) == gather_series([book(*FIRST)])


def test_a_list_carries_in_its_order_with_what_the_file_ties_to_it(tmp_path: Path) -> None:
    path = tmp_path / "one.toml"
    path.write_text(
        '[[cast]]\nname = "Bob"\naliases = ["the clerk"]\n[[cast]]\nname = "Ann"\npronouns = "she/her"\n'
        '[[same]]\nnames = ["Ann", "Nan"]\n[[rename]]\nfrom = "Ann"\nto = "Ann Lee"\n[[nobody]]\nname = "X"\n[[cst]]\n'
    )
    series = gather_series(path)
    assert [(p.id, p.name, p.aliases, p.pronouns) for p in series.people] == [
        ("c1", "Bob", ("the clerk",), None),
        ("c2", "Ann Lee", ("Ann", "Nan"), "she/her"),
    ]
    assert series.free == 3
    assert [note.split("; ")[0].removeprefix(str(path)) for note in series.notes] == [
        series.notes[0].removeprefix(str(path)),
        ": of a cast only [[cast]], [[same]] and [[rename]] are heard",
    ]
    assert "line 14: there is no [[cst]]" in series.notes[0]


def test_of_two_books_the_later_one_knows_better_and_no_name_is_lost() -> None:
    second = (Character(id="c2", name="Ann Hall", aliases=("Ann",)), Character(id="c8", name="Zeno"))
    series = gather_series([book(*FIRST), book(*second, name="two.txt")])
    assert [(p.id, p.name, p.aliases, p.pronouns) for p in series.people] == [
        ("c2", "Ann Hall", ("Ann", "Ann Lee", "the Queen"), "she/her"),
        ("c3", "the Voice", (), None),
        ("c8", "Zeno", (), None),
    ]
    assert series.free == 9


def test_one_id_for_two_people_is_refused() -> None:
    with pytest.raises(FabulaError, match=r"two.txt: c2 is Zeno, and in one.txt it is Ann Lee. Read the later book"):
        gather_series([book(*FIRST), book(Character(id="c2", name="Zeno"), name="two.txt")])


@pytest.mark.parametrize(
    ("data", "error", "said"),
    [
        (b"[[said]]\nwords = 'x'\nby = 'y'\n", CorrectionsError, "lists nobody"),
        (b"Once upon a time.", CorrectionsError, "line 1: expected '='"),
        (b"PK\x03\x04\xff", CorrectionsError, "A cast comes from a story saved"),
        (b"", CorrectionsError, "lists nobody"),
        (b"{", StoryFileError, "not a saved story"),
        (b'{"schema": 1, "text": "A.", "source": {}}', NotRead, "not read"),
    ],
)
def test_a_file_without_a_cast_says_so(tmp_path: Path, data: bytes, error: type[FabulaError], said: str) -> None:
    path = tmp_path / "x"
    path.write_bytes(data)
    with pytest.raises(error) as raised:
        gather_series(path)
    assert said in str(raised.value)


@pytest.mark.parametrize("name", ["none.json", "."])
def test_a_file_that_cannot_be_read_says_so(tmp_path: Path, name: str) -> None:
    with pytest.raises(CorrectionsError):
        gather_series(tmp_path / name)


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("", {"Ann Lee": ("Ann", "the Queen"), "the Voice": ()}),
        ('[[nobody]]\nname = "the Voice"', {"Ann Lee": ("Ann", "the Queen")}),
        ('[[nobody]]\nname = "the Queen"', {"Ann Lee": ("Ann",), "the Voice": ()}),
        ('[[apart]]\nnames = ["Ann", "ann lee"]', {"Ann Lee": ("the Queen",), "the Voice": ()}),
        ('[[apart]]\nnames = ["Queen", "Ann"]', {"Ann Lee": ("Ann",), "the Voice": ()}),
    ],
)
def test_what_the_next_book_says_goes_before(said: str, left: dict[str, tuple[str, ...]]) -> None:
    corrections, notes = read_corrections(said)
    assert notes == ()
    carried = gather_series(book(*FIRST)).carried_into(corrections)
    assert {known.name: known.aliases for known in carried.carried} == left
    assert carried.free == 8
