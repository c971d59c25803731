"""How people stand to each other, asked by name."""

from __future__ import annotations

import pytest

from fabula.errors import NotInStory
from fabula.exports.relations import to_relations
from fabula.story import Character, Layers, Relation, Span, Story, Text

TALE = "Anne is Phil’s sister.\nBen is Phil’s boss.\n"
PEOPLE = tuple(Character(id=f"c{n}", name=name) for n, name in enumerate(("Anne", "Phil", "Ben"), start=1))
STORY = Story(
    Text.of(TALE),
    Layers(
        characters=PEOPLE,
        relations=(
            Relation(a="c1", b="c2", kind="sister", from_scene="s1", confidence=0.9, evidence=(Span(0, 21),)),
            Relation(a="c3", b="c2", kind="boss", from_scene="s1", confidence=0.9, evidence=(Span(23, 41),)),
        ),
    ),
)


@pytest.mark.parametrize(
    ("names", "kinds"), [((), ["sister", "boss"]), (("Phil",), ["sister", "boss"]), (("Phil", "Ben"), ["boss"])]
)
def test_those_between_the_people_named_are_told(names: tuple[str, ...], kinds: list[str]) -> None:
    assert [row.kind for row in to_relations(STORY, names)] == kinds


def test_a_row_has_its_line_and_words() -> None:
    row = to_relations(STORY, ("Ben",))[0]
    assert (row.a, row.b, row.since, row.line, row.words) == ("Ben", "Phil", "s1", 2, "Ben is Phil’s boss")


def test_somebody_not_in_the_story_is_told_with_the_nearest() -> None:
    with pytest.raises(NotInStory, match="Anne"):
        to_relations(STORY, ("Annie",))
