"""What the user says of the people is so, and mends its neighbours; what is not said stays as it was."""

from __future__ import annotations

import pytest

from fabula.layers.cast import Cast, gather_cast
from fabula.layers.mentions import find_mentions
from fabula.segment import segment
from fabula.segment.wording import lay_out
from fabula.story import Character, Layers, Story, Text, gather_series, read_corrections

SISTERS = (
    "Jane Bennet smiled. Jane was kind. Elizabeth Bennet laughed. Elizabeth ran. Miss Bennet sat down. Lizzy nodded. "
    "Jane sighed. Elizabeth sang. Miss Bennet said nothing. Mr. Bennet read. Jane rose."
)
INN = (
    "Mr. Griffin came in. “Ale,” said Mr. Griffin. Griffin drank. The landlord frowned. “Now?” said the landlord. "
    "“Yes,” said the Voice. The host went out. It was Whit Monday. Monday smiled. Then Cuss came, and Cuss sat. "
    "“Why?” asked the Voice. Cuss left."
)


def cast_of(content: str, corrections: str = "") -> Cast:
    wording = lay_out(segment(Text.of(content)))
    given, notes = read_corrections(corrections, name="f")
    assert notes == ()
    return gather_cast(wording, find_mentions(wording), given)


def named(cast: Cast, name: str) -> Character:
    found = next(c for c in cast.characters if c.id == cast.who(name))
    assert isinstance(found, Character)
    return found


def names(character: Character) -> set[str]:
    return {character.name, *character.aliases}


def test_nothing_said_changes_nothing() -> None:
    assert cast_of(INN) == cast_of(INN, "# nothing")
    assert cast_of(INN).notes == ()


def test_a_list_binds_its_names_and_lets_the_others_be_gathered() -> None:
    cast = cast_of(
        SISTERS,
        '[[cast]]\nname = "Lizzy Bennet"\naliases = ["Elizabeth", "Miss Bennet"]\npronouns = "she/her"\n'
        '[[cast]]\nname = "Mr. Bennet"\nkind = "animal"\n',
    )
    first, second = cast.characters[:2]
    assert (first.id, first.name, first.pronouns, first.confidence) == ("c1", "Lizzy Bennet", "she/her", 1.0)
    assert {"Elizabeth", "Miss Bennet", "Elizabeth Bennet", "Lizzy"} <= names(first)
    assert (second.name, second.kind) == ("Mr. Bennet", "animal")
    assert names(named(cast, "Jane")) == {"Jane Bennet", "Jane"}
    assert cast.notes == ()


def test_the_same_moves_a_name_without_its_wrong_owner() -> None:
    cast = cast_of(SISTERS, '[[same]]\nnames = ["Miss Bennet", "Elizabeth"]')
    assert cast.who("Miss Bennet") == cast.who("Lizzy") == cast.who("Elizabeth Bennet")
    assert names(named(cast, "Jane")) == {"Jane Bennet", "Jane"}


def test_the_same_brings_all_the_names_of_both() -> None:
    assert cast_of(INN).who("Voice") != cast_of(INN).who("Griffin")
    cast = cast_of(INN, '[[same]]\nnames = ["the Voice", "Griffin"]')
    assert cast.who("the Voice") == cast.who("Mr. Griffin") == cast.who("Griffin")


def test_apart_parts_and_the_rest_follows_the_rules() -> None:
    cast = cast_of(SISTERS, '[[apart]]\nnames = ["Miss Bennet", "Jane"]')
    assert cast.who("Miss Bennet") != cast.who("Jane")
    assert cast.who("Jane") == cast.who("Jane Bennet")


def test_a_description_can_be_somebody_and_somebody_elses() -> None:
    cast = cast_of(INN, '[[same]]\nnames = ["the landlord", "the host", "Cuss"]')
    host = named(cast, "the host")
    assert cast.who("landlord") == cast.who("Cuss") == host.id
    assert sum(m.character == host.id for m in cast.mentions) == 6


def test_a_rename_is_what_is_shown_and_the_old_name_stays() -> None:
    cast = cast_of(INN, '[[rename]]\nfrom = "the landlord"\nto = "Mr. Hall"')
    assert named(cast, "landlord").name == "Mr. Hall"
    assert "the landlord" in named(cast, "Mr. Hall").aliases


def test_a_name_is_not_given_to_two() -> None:
    cast = cast_of(INN, '[[rename]]\nfrom = "Cuss"\nto = "Griffin"')
    assert named(cast, "Cuss").name == "Cuss"
    assert "somebody else is called Griffin" in cast.notes[0]


def test_nobody_is_nobody() -> None:
    cast = cast_of(
        INN, '[[nobody]]\nname = "Whit Monday"\n[[nobody]]\nname = "cuss"\n[[nobody]]\nname = "the landlord"'
    )
    assert {cast.who("Whit Monday"), cast.who("Cuss"), cast.who("landlord")} == {None}


def test_the_narrator_needs_no_name_in_the_text() -> None:
    cast = cast_of(INN, '[[narrator]]\nname = "Nick"')
    assert [c.name for c in cast.characters if c.narrator] == ["Nick"]
    assert cast.notes[0].startswith("f, line 1: the text names Nick nowhere")
    cast = cast_of(INN, '[[narrator]]\nname = "Cuss"')
    assert [c.name for c in cast.characters if c.narrator] == ["Cuss"]
    assert cast.notes == ()


def test_who_speaks_by_the_user_is_somebody() -> None:
    cast = cast_of(INN, '[[said]]\nwords = "Ale"\nby = "Phil"\nto = ["the landlord"]')
    assert cast.who("Phil") is not None
    assert cast.who("landlord") is not None


@pytest.mark.parametrize(
    ("content", "name", "found"),
    [
        ("Will it rain? Will smiled at us. He saw Will there.", "Will", ["Will", "Will"]),
        ("We met the mad\nhatter. The mad hatter sang.", "the mad hatter", ["the mad\nhatter", "The mad hatter"]),
        ("He went to Oxford. In Oxford it rained. To Oxford!", "Oxford", ["Oxford", "Oxford", "Oxford"]),
        ("He asked O’Neil and Neil.", "O'Neil", ["O’Neil"]),
        ("He asked the Bearer of Bad News.", "The Bearer Of Bad News", ["Bearer of Bad News"]),
        ("Jean-Luc ran to Luc.", "Luc", ["Luc"]),
    ],
)
def test_a_given_name_is_a_name_wherever_it_stands(content: str, name: str, found: list[str]) -> None:
    text = Text.of(content)
    wording = lay_out(segment(text))
    given, _ = read_corrections(f'[[cast]]\nname = "{name}"')
    cast = gather_cast(wording, find_mentions(wording), given)
    assert [text[m] for m in cast.mentions if m.character == "c1"] == found


def test_a_name_that_is_nowhere_gives_a_note_with_its_line() -> None:
    cast = cast_of(
        INN,
        '[[cast]]\nname = "Cuss"\naliases = ["Cussy"]\n\n[[cast]]\nname = "Marvel"\n'
        '[[same]]\nnames = ["Griffin", "Grifin"]',
    )
    assert [note.split(" nowhere")[0] for note in cast.notes] == [
        "f, line 5: the text names Marvel",
        "f, line 7: the text names Grifin",
    ]
    assert named(cast, "Marvel").evidence == ()


def test_a_heading_is_not_searched_for_names() -> None:
    cast = cast_of(
        "CHAPTER I\n\nCuss\n\nThe sea was calm.\n\nCHAPTER II\n\nMarvel\n\nIt was not.\n", '[[cast]]\nname = "Cuss"'
    )
    assert all(m.character is None for m in cast.mentions if m.start < 16)


FIRST = (
    Character(id="c1", name="the landlord", aliases=("landlord",)),
    Character(id="c2", name="Elizabeth Bennet", aliases=("Lizzy", "Elizabeth"), pronouns="she/her"),
    Character(id="c3", name="Mr. Darcy", pronouns="he/him"),
    Character(id="c4", name="Mr. Bennet", kind="animal"),
)
SECOND = SISTERS + " Mr. Cuss came. Mr. Cuss read. The landlord sighed. “Now?” said the landlord. The landlord left."


def next_book(content: str, corrections: str = "") -> Cast:
    wording = lay_out(segment(Text.of(content)))
    given, notes = read_corrections(corrections, name="f")
    assert notes == ()
    series = gather_series(Story(Text.of("A."), Layers(characters=FIRST)))
    return gather_cast(wording, find_mentions(wording), series.carried_into(given))


def test_people_of_the_book_before_keep_their_ids_and_new_ones_get_theirs_behind() -> None:
    cast = next_book(SECOND)
    assert cast.who("Lizzy") == "c2"
    assert cast.who("Mr. Bennet") == "c4"
    assert {cast.who("Jane"), cast.who("Mr. Cuss"), cast.who("the landlord")} == {"c5", "c6", "c7"}
    assert {*("Elizabeth Bennet", "Lizzy", "Elizabeth")} <= names(named(cast, "Lizzy"))
    assert (named(cast, "Lizzy").name, named(cast, "Lizzy").pronouns) == ("Elizabeth Bennet", "she/her")
    assert (named(cast, "Mr. Bennet").kind, named(cast, "Lizzy").confidence < 1) == ("animal", True)


def test_who_is_not_in_the_next_book_is_not_in_its_cast() -> None:
    cast = next_book(SECOND)
    assert cast.who("Mr. Darcy") is None
    assert "c3" not in {c.id for c in cast.characters} | {m.character for m in cast.mentions}
    assert cast.notes == ()


def test_a_narrator_without_a_name_takes_no_id_of_the_book_before() -> None:
    cast = next_book("I came home. I saw my hat. I ran. Nobody knew me.")
    assert [(c.id, c.name) for c in cast.characters] == [("c5", "the narrator")]


def test_the_next_books_own_list_goes_before_and_keeps_the_id() -> None:
    cast = next_book(
        SECOND,
        '[[cast]]\nname = "Elizabeth Darcy"\naliases = ["Elizabeth Bennet"]\n[[cast]]\nname = "Mr. Cuss"\n'
        '[[rename]]\nfrom = "Mr. Bennet"\nto = "Papa"\n',
    )
    assert (named(cast, "Lizzy").id, named(cast, "Lizzy").name) == ("c2", "Elizabeth Darcy")
    assert named(cast, "Lizzy").pronouns == "she/her"
    assert (named(cast, "Papa").id, named(cast, "Mr. Cuss").id) == ("c4", "c5")


def test_what_the_next_book_says_of_somebody_absent_makes_him_present() -> None:
    cast = next_book(SECOND, '[[said]]\nwords = "Now?"\nby = "Mr. Darcy"\n')
    assert cast.who("Mr. Darcy") == "c3"


def test_a_name_that_the_next_book_gives_to_another_leaves_its_bearer() -> None:
    cast = next_book(SECOND, '[[apart]]\nnames = ["Lizzy", "Elizabeth Bennet"]\n')
    assert cast.who("Elizabeth") == "c2"
    assert cast.who("Lizzy") not in (None, "c2")
    assert next_book(SECOND, '[[nobody]]\nname = "Elizabeth Bennet"\n').who("Elizabeth Bennet") != "c2"


def test_who_is_listed_is_noted_once() -> None:
    cast = cast_of(INN, '[[cast]]\nname = "Nick"\n[[narrator]]\nname = "Nick"\n[[said]]\nwords = "Ale"\nby = "Nick"\n')
    assert [note.split(":")[0] for note in cast.notes] == ["f, line 1"]
