"""Story time on a terminal: threads as columns, ties, doubts and reasons; and what is meant by a moment."""

from __future__ import annotations

import io
import re

import msgspec
import pytest

from fabula.cli.moments import moment_in
from fabula.cli.screen import page_bytes
from fabula.cli.timeline_page import moment_page, timeline_page
from fabula.errors import NotInStory
from fabula.exports.timeline import to_timeline
from fabula.story import Character, Death, Layers, Mention, Order, Scene, Span, Story, Text

CONTENT = "They met again.\n\nTen years before, Anne ran.\n\nHe went on.\n\nPhil sat."
CUTS = [0, CONTENT.index("Ten"), CONTENT.index("He went"), CONTENT.index("Phil"), len(CONTENT)]


def story() -> Story:
    placed = ((2, 1, 0.5), (1, 2, 0.9), (3, 1, 0.5), (3, 2, 0.3))
    scenes = tuple(
        Scene(start, end, id=f"s{told}", order=order, thread=thread, confidence=sure, present=("c1",))
        for told, (start, end, (order, thread, sure)) in enumerate(zip(CUTS, CUTS[1:], placed, strict=False), 1)
    )
    before = Order(before="s2", after="s1", kind="time", confidence=0.9, evidence=(Span(CUTS[1], CUTS[1] + 16),))
    people = (Character(id="c1", name="Anne"),)
    return Story(
        Text.of(CONTENT),
        Layers(scenes=scenes, orders=(before,), characters=people, mentions=(), quotes=(), deaths=()),
    )


def page(*, why: bool = False) -> str:
    return page_bytes(timeline_page(to_timeline(story()), why=why)).decode()


def test_scenes_stand_in_story_order_in_the_columns_of_their_threads() -> None:
    rows = [line for line in page().splitlines() if "●" in line and " s" in line]
    assert [re.findall(r"s[1-4]", row)[0] for row in rows] == ["s2", "s1", "s3", "s4"]
    marks = [row.index("●") for row in rows]
    assert marks[0] > marks[1] == marks[2] < marks[3]


def test_what_happens_at_once_and_what_is_unsure_is_marked() -> None:
    assert "=?" in page()
    assert "at once" in page()


def test_why_shows_the_words_and_their_line() -> None:
    assert "Ten years before" not in page().replace("Ten years before, Anne ran. (line 3)", "")
    assert "words of time: “Ten years before” (line 3)" in " ".join(page(why=True).split())


def test_words_too_weak_to_move_a_scene_are_shown_as_such() -> None:
    held = story()
    hint = Order(before="s4", after="s1", kind="memory", held=False, evidence=(Span(CUTS[3], CUTS[3] + 8),))
    doubted = Story(held.text, msgspec.structs.replace(held.layers, orders=(*held.orders, hint)))
    why = {row.id: row.why for row in to_timeline(doubted)}
    assert why["s4"] == ("too little to set it before s1: looks back: “Phil sat” (line 7)",)
    assert why["s1"] == ("after s2: words of time: “Ten years before” (line 3)",), "of s1 it says nothing"


def test_a_page_fits_eighty_columns_without_colour() -> None:
    from rich.console import Console

    out = io.StringIO()
    Console(file=out, width=80, color_system=None).print(timeline_page(to_timeline(story()), why=True))
    text = out.getvalue()
    assert max(len(line) for line in text.splitlines()) <= 80
    assert "\x1b" not in text


def test_a_moment_is_a_scene_a_line_or_words() -> None:
    assert moment_in(story(), "s2") == "s2"
    line = moment_in(story(), "3")
    assert isinstance(line, int)
    assert story().scene_at(line).id == "s2"
    assert moment_in(story(), "end") == len(story().text) - 1
    words = moment_in(story(), "went on")
    assert isinstance(words, int)
    assert story().scene_at(words).id == "s3"


@pytest.mark.parametrize("said", ["“", "”,", "   "])
def test_a_moment_without_a_word_is_no_place_and_no_words_are_said_to_be_missing(said: str) -> None:
    with pytest.raises(NotInStory, match=r"no word in it|no moment"):
        moment_in(story(), said)


@pytest.mark.parametrize("said", ["0", "99", "nowhere at all", ""])
def test_a_moment_that_is_not_there_is_told_so(said: str) -> None:
    with pytest.raises(NotInStory):
        moment_in(story(), said)


def test_how_things_stand_shows_the_words_for_the_dead_and_for_who_was_seen_last() -> None:
    made = story()
    people = (Character(id="c1", name="Anne"), Character(id="c2", name="Phil"))
    sat, ran = CONTENT.index("Phil"), CONTENT.index("Anne")
    layers = msgspec.structs.replace(
        made.layers,
        characters=people,
        scenes=tuple(
            msgspec.structs.replace(scene, present=("c1",) if scene.id == "s2" else ()) for scene in made.scenes
        ),
        mentions=(Mention(form="name", character="c1", start=ran, end=ran + 4),),
        deaths=(Death(who="c2", scene="s1", told_in="s1", evidence=(Span(sat, sat + 8),)),),
    )
    made = msgspec.structs.replace(made, layers=layers)
    shown = " ".join(page_bytes(moment_page(made, made.at("s4"))).decode().split())
    assert "dead Phil Phil sat. (line 7)" in shown
    assert "last seen Anne: s2 Ten years before, Anne ran. (line 3)" in shown


def test_how_things_stand_names_people() -> None:
    made = story()
    shown = page_bytes(moment_page(made, made.at("s2"))).decode()
    assert "Anne" in shown
    assert "1st to happen" in shown


def placed(*places: str | None) -> Story:
    made = story()
    scenes = tuple(msgspec.structs.replace(s, place=place) for s, place in zip(made.scenes, places, strict=True))
    return Story(made.text, msgspec.structs.replace(made.layers, scenes=scenes))


def test_a_moment_may_be_a_place_where_a_scene_is_set(capsys: pytest.CaptureFixture[str]) -> None:
    assert moment_in(placed("Exeter", "the Red House", None, None), "exeter") == "s1"
    assert moment_in(placed("Exeter", "the kitchen of the Red House", None, None), "red house") == "s2"
    assert capsys.readouterr().err == ""
    with pytest.raises(NotInStory):
        moment_in(placed("Exeter", "Redhouse", None, None), "house")


def test_of_several_scenes_in_one_place_the_last_is_taken_and_all_are_named(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert moment_in(placed("Exeter", None, "Exeter", None), "Exeter") == "s3"
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert "s1 (line 1), s3 (line 5)" in said


def test_words_that_stand_several_times_are_told_with_their_lines() -> None:
    content = "Anne ran.\n\nPhil sat. Then Anne ran.\n"
    twice = Story(Text.of(content), Layers(scenes=(Scene(0, len(content), id="s1"),)))
    with pytest.raises(NotInStory, match=r"2 times in the text \(lines 1, 3\)"):
        moment_in(twice, "Anne ran")
