"""The commands that ask what is so in the story's world: each answer with its words, each miss with the nearest."""

from __future__ import annotations

import json
from pathlib import Path

import msgspec
import pytest
from hand import TOLD, Run, short_story

from fabula.story import Fact, Knowledge, Object, Possession, Relation, Span, Text, to_json


@pytest.fixture
def world(kept_apart: Path) -> Path:
    story = short_story(Text.of(TOLD, name="ferry.txt"))
    place = Span(1, 5)
    layers = msgspec.structs.replace(
        story.layers,
        objects=(
            Object(id="o1", name="oar", aliases=("long oar",), evidence=(place, place)),
            Object(id="o2", name="coin", evidence=(place,)),
            Object(id="o3", name="coin", evidence=(place, place)),
        ),
        possessions=(
            Possession(object="o1", holder="c2", from_scene="s1", how="taken", evidence=(place,)),
            Possession(object="o2", holder="c2", from_scene="s1", evidence=(place,)),
            Possession(object="o3", holder=None, from_scene="s1", how="given", evidence=(place,)),
        ),
        facts=(Fact(id="f1", text="The oar is broken", evidence=(place,)), Fact(id="f2", text="It rains")),
        **dict.fromkeys(("plans", "reasons", "relations", "orders", "deaths"), ()),
        knowledge=(Knowledge(who="c2", fact="f1", since_scene="s1", how="told", source="c1", evidence=(place,)),),
    )
    path = kept_apart / "ferry.json"
    path.write_bytes(to_json(msgspec.structs.replace(story, layers=layers)))
    return path


def test_who_has_a_thing_is_told_with_the_words(run: Run, world: Path) -> None:
    ran = run("holds", "the oar", world)
    assert (ran.code, ran.talk) == (0, "")
    assert all(word in ran.text for word in ("Nell", "taken", "s1", "end", "Come"))


def test_of_two_things_of_one_name_the_one_most_spoken_of_is_told_and_the_other_named(run: Run, world: Path) -> None:
    ran = run("holds", "coin", world)
    assert "somebody else" in ran.text
    assert ran.talk.count("\n") == 1
    assert "o2 (line 1)" in ran.talk
    assert "Nell" in run("holds", "o2", world).text


def test_a_thing_that_is_not_there_is_an_error_that_names_the_nearest(run: Run, world: Path) -> None:
    ran = run("holds", "the boar", world)
    assert (ran.code, ran.data) == (2, b"")
    assert ran.talk.count("\n") == 1
    assert "oar" in ran.talk


def test_who_knows_a_fact_is_told_with_the_words(run: Run, world: Path) -> None:
    (row,) = json.loads(run("who-knows", "the broken oar", world, "--format", "json").data)
    assert (row["who"], row["how"], row["since_scene"], row["words"]) == ("Nell", "told", "s1", "Come")
    assert "told by [bold]Amos[/bold]" in run("who-knows", "the broken oar", world).text


def test_a_fact_nobody_is_shown_to_know_says_so(run: Run, world: Path) -> None:
    assert "nobody" in run("who-knows", "it rains", world).text


def test_a_fact_that_is_not_there_is_an_error_that_names_the_nearest(run: Run, world: Path) -> None:
    ran = run("who-knows", "the mast is gone", world)
    assert ran.code == 2
    assert "oar is broken" in ran.talk or "rains" in ran.talk


def test_what_somebody_knows_is_listed(run: Run, world: Path) -> None:
    assert "The oar is broken" in run("knows", "Nell", world).text
    assert run("knows", "Nell", world, "--at", "s7").code == 2
    assert "not shown to know" in run("knows", "c1", world).talk


def test_what_rests_on_what_is_a_tree_with_words_and_takes_the_story_first_or_last(run: Run, world: Path) -> None:
    ran = run("without", world, "the oar is broken")
    assert (ran.code, ran.talk) == (0, "")
    assert "The oar is broken" in ran.text
    assert "Nell knows: The oar is broken" in ran.text
    assert "Come" in ran.text
    assert run("without", "the oar is broken", world).text == ran.text
    rows = json.loads(run("why", world, "Nell knows the oar is broken", "--format", "json").data)
    assert [(row["depth"], row["text"], row["because"]) for row in rows] == [
        (0, "Nell knows: The oar is broken", None),
        (1, "The oar is broken", "known"),
    ]


def test_what_nothing_rests_on_says_so(run: Run, world: Path) -> None:
    assert "nothing recorded rests on this" in run("without", world, "it rains").text
    assert "rests on nothing that is recorded" in run("why", world, "it rains").text


@pytest.mark.parametrize("command", ["why", "without"])
def test_what_is_not_recorded_is_an_error_that_names_the_nearest(run: Run, world: Path, command: str) -> None:
    ran = run(command, world, "the ferryman drowned the oar")
    assert (ran.code, ran.data) == (2, b"")
    assert ran.talk.count("\n") == 1
    assert "The oar is broken" in ran.talk


@pytest.mark.parametrize(
    "asked",
    [
        ("holds", "the oar"),
        ("who-knows", "the oar is broken"),
        ("knows", "Nell"),
        ("relations", "Nell"),
        ("why", "the oar is broken"),
        ("without", "the oar is broken"),
    ],
    ids=lambda asked: asked[0],
)
def test_the_story_may_be_named_first_or_last(run: Run, world: Path, asked: tuple[str, str]) -> None:
    question, words = asked
    last, first = run(question, words, world), run(question, world, words)
    assert last.code == 0
    assert (first.code, first.data, first.talk) == (last.code, last.data, last.talk)


def test_a_story_that_is_not_there_is_named_not_what_was_asked(run: Run, world: Path) -> None:
    ran = run("why", "the oar is broken", "nowhere.txt")
    assert ran.code == 2
    assert "nowhere.txt" in ran.talk
    assert ran.talk.count("\n") == 1


def test_a_fact_is_found_by_the_words_that_show_it(run: Run, world: Path) -> None:
    ran = run("who-knows", "come", world)
    assert (ran.code, ran.talk) == (0, "")
    assert "The oar is broken" in ran.text


@pytest.mark.parametrize("command", ["who-knows", "why", "without"])
def test_a_question_about_somebody_who_is_not_in_the_story_says_so(run: Run, world: Path, command: str) -> None:
    stranger = run(command, "Napoleon broke the oar", world)
    assert (stranger.code, stranger.data, stranger.talk.count("\n")) == (2, b"", 1)
    assert "no Napoleon in this story" in stranger.talk
    assert "The oar is broken" in stranger.talk
    misspelt = run(command, "Nelly broke the oar", world)
    assert (misspelt.code, misspelt.data) == (2, b"")
    assert "Did you mean Nell?" in misspelt.talk


def test_a_thing_that_is_not_there_lists_those_there_are(run: Run, world: Path) -> None:
    for asked in ("the crown", ""):
        ran = run("holds", asked, world)
        assert (ran.code, ran.data, ran.talk.count("\n")) == (2, b"", 1)
        assert "The things are: oar, coin." in ran.talk


def test_until_when_a_tie_holds_is_shown_where_one_ends(run: Run, kept_apart: Path) -> None:
    story = short_story(Text.of(TOLD, name="ferry.txt"))
    tie = Relation(a="c1", b="c2", kind="friend", from_scene="s1", evidence=(Span(1, 5),))
    path = kept_apart / "ties.json"

    def shown(*ties: Relation) -> str:
        path.write_bytes(
            to_json(msgspec.structs.replace(story, layers=msgspec.structs.replace(story.layers, relations=ties)))
        )
        return run("relations", path).text

    assert "Until" not in shown(tie)
    ended = shown(msgspec.structs.replace(tie, until_scene="s4"), tie).splitlines()
    assert "Until" in ended[0]
    assert "s4" in ended[1]
    assert "end" in ended[2]
