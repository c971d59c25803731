"""How things stand at a moment: nothing given away by telling, everything known by story order."""

from __future__ import annotations

import pytest

from fabula.errors import NotInStory
from fabula.story import Character, Death, Layers, Mention, Scene, Span, Story, Text

CONTENT = "Anne sat with Phil.\n\nKaren ran to Rome.\n\nAnne wept: Karen was dead."
SECOND, THIRD = CONTENT.index("Karen"), CONTENT.index("Anne wept")


def story(*, order: tuple[int, ...] = (2, 1, 3)) -> Story:
    places = ((0, SECOND, ("c1", "c2"), None), (SECOND, THIRD, ("c3",), "Rome"), (THIRD, len(CONTENT), ("c1",), None))
    scenes = tuple(
        Scene(start, end, id=f"s{told}", order=place, present=present, place=where)
        for told, ((start, end, present, where), place) in enumerate(zip(places, order, strict=True), 1)
    )
    people = tuple(Character(id=f"c{n}", name=name) for n, name in enumerate(("Anne", "Phil", "Karen"), 1))
    starts = (0, CONTENT.index("Phil"), SECOND, THIRD)
    mentions = tuple(
        Mention(start, start + 4, form="name", character=who)
        for start, who in zip(starts, ("c1", "c2", "c3", "c1"), strict=True)
    )
    dead = CONTENT.index("Karen was")
    deaths = (Death(who="c3", scene=None, told_in="s3", evidence=(Span(dead, dead + 14),)),)
    return Story(
        Text.of(CONTENT), Layers(scenes=scenes, characters=people, mentions=mentions, quotes=(), deaths=deaths)
    )


def test_by_telling_only_those_are_known_who_have_been_told_of() -> None:
    moment = story().at("s1")
    assert (moment.present, moment.alive, moment.dead) == (("c1", "c2"), ("c1", "c2"), ())


def test_by_story_order_those_are_known_who_were_there_before() -> None:
    moment = story().at("s1", by="story")
    assert moment.alive == ("c1", "c2", "c3")
    assert [(seen.who, seen.scene, seen.place) for seen in moment.seen][-1] == ("c3", "s2", "Rome")


def test_nothing_is_given_away_before_it_is_told() -> None:
    before = story().at(CONTENT.index("wept"))
    assert before.dead == ()
    assert story().at(len(CONTENT) - 1).dead == ("c3",)


def test_at_a_place_only_those_are_there_who_have_come() -> None:
    assert story().at(2).present == ("c1",)
    assert story().at(SECOND - 1).present == ("c1", "c2")


def test_where_the_order_is_open_what_came_before_is_as_told() -> None:
    made = story()
    scenes = tuple(Scene(s.start, s.end, id=s.id, present=s.present) for s in made.scenes)
    layers = Layers(
        scenes=scenes, characters=made.characters, mentions=made.mentions, quotes=(), deaths=made.layers.deaths
    )
    assert Story(made.text, layers).at("s2", by="story").alive == ("c1", "c2", "c3")


def test_a_scene_that_is_not_there_is_said_so() -> None:
    with pytest.raises(NotInStory, match="s9"):
        story().at("s9")
