"""A story shows itself in a notebook: small, whatever its size, and safe, whatever its words."""

from __future__ import annotations

from hand_story import hand_story
from lxml import etree

from fabula.story import Character, Layers, Story, Text


def test_a_story_shows_its_name_its_counts_and_its_people() -> None:
    shown = hand_story()._repr_html_()
    assert "<strong>The &lt;Ring&gt;</strong> <em>N. N.</em>" in shown
    assert "2 scenes · 3 characters · 3 quotations · 1 fact · 1 finding" in shown
    table = etree.HTML(shown).find(".//table")
    rows = [[cell.text for cell in row] for row in table.iter("tr")]
    assert rows[0] == ["Name", "Also", "Pronouns", "Quotations", "Mentions"]
    assert rows[1:3] == [["Bo", None, "?", "1", "1"], ["Ann <b>", "Ann", "she/her", "1", "0"]]


def test_what_was_not_read_is_not_shown() -> None:
    assert Story(Text.of("One word."))._repr_html_() == "<div><strong>A story</strong><br>2 words</div>"


def test_a_novels_cast_stays_small() -> None:
    people = tuple(Character(id=f"c{i}", name=f"Person {i}") for i in range(40))
    shown = Story(Text.of("x"), Layers(characters=people))._repr_html_()
    assert shown.count("<tr>") == 1 + 12 + 1
    assert "… and 28 more" in shown
