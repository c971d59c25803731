"""A series is read book by book: whoever was in the one keeps name and id in the next."""

from __future__ import annotations

from pathlib import Path

import fabula
from fabula.story import from_json, to_json

ONE = (
    "“Come in,” said Anne Lee. Mr. Phil Carter came in. The landlord followed Phil. “Ale,” said the landlord. "
    "Anne left."
)
TWO = (
    "“Who is there?” asked Peter Dale.\n\n“Anne,” said Anne. “Anne Lee.”\n\nPeter opened the door. "
    "“Wine,” said the landlord to Peter Dale."
)


def ids(story: fabula.Story) -> dict[str, str]:
    return {character.name: character.id for character in story.characters}


def test_ids_go_from_book_to_book_through_the_saved_file(tmp_path: Path) -> None:
    one = fabula.read(fabula.Text.of(ONE))
    known = ids(one)
    saved = tmp_path / "one.json"
    saved.write_bytes(to_json(one))
    two = fabula.read(fabula.Text.of(TWO), cast=saved)
    assert two == fabula.read(fabula.Text.of(TWO), cast=one)
    assert two == fabula.read(fabula.Text.of(TWO), cast=[str(saved)])
    assert ids(two)["Anne Lee"] == known["Anne Lee"]
    assert "Phil Carter" not in " ".join(ids(two))
    new = {ids(two)["Peter Dale"], ids(two)["the landlord"]}
    assert not new & set(known.values())
    assert from_json(to_json(two)) == two
    assert {two.character("Anne").id, ids(two)["Peter Dale"]} <= {quote.speaker for quote in two.quotes}


def test_a_third_book_hears_both(tmp_path: Path) -> None:
    one = fabula.read(fabula.Text.of(ONE))
    two = fabula.read(fabula.Text.of(TWO), cast=one)
    three = fabula.read(fabula.Text.of("Peter Dale met Mr. Carter. “Karen!” said Karen Holt."), cast=[one, two])
    assert ids(three)["Peter Dale"] == ids(two)["Peter Dale"]
    assert three.character("Mr. Carter").id == one.character("Phil").id
    assert ids(three)["Karen Holt"] not in {*ids(one).values(), *ids(two).values()}


def test_a_book_read_again_with_its_own_cast_keeps_every_named_id() -> None:
    one = fabula.read(fabula.Text.of(ONE))
    again = fabula.read(fabula.Text.of("Karen Holt smiled. " + ONE), cast=one)
    for name in ("Anne Lee", one.character("Phil").name):
        assert ids(again)[name] == ids(one)[name]


def test_what_a_cast_file_could_not_say_is_noted(tmp_path: Path) -> None:
    path = tmp_path / "one.toml"
    path.write_text('[[cast]]\nname = "Anne Lee"\n[[cst]]\nx = 1\n', encoding="utf-8")
    two = fabula.read(fabula.Text.of(TWO), cast=path)
    assert ids(two)["Anne Lee"] == "c1"
    assert two.text.notes[-1].startswith(f"{path}, line 3: there is no [[cst]]")
