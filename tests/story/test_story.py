"""What a story answers, and what it refuses to guess."""

from __future__ import annotations

import pytest

from fabula.errors import FabulaError, NotInStory, NotRead
from fabula.story import Character, Layers, Mention, Quote, Scene, Source, Span, Story, Text

TEXT = Text.of('"Hi, Bob," said Ann.\n\n"Go," said Bob.', name="hi.txt")
ANN = Character(id="c1", name="Ann Lee", aliases=("Ann", "Miss Lee"))
BOB = Character(id="c2", name="Bob", aliases=("Robert Lee", "Mr. Lee", "Lee"))
CAL = Character(id="c3", name="Cal Lee", aliases=("Lee",))
STORY = Story(
    TEXT,
    Layers(
        characters=(ANN, BOB, CAL),
        mentions=(
            Mention(5, 8, form="name", character="c2"),
            Mention(16, 19, form="name", character="c1"),
            Mention(33, 36, form="name", character="c2"),
        ),
        quotes=(Quote(0, 10, id="q1", speaker="c1"), Quote(22, 27, id="q2", speaker="c2")),
        scenes=(Scene(0, 22, id="s1"), Scene(22, 38, id="s2")),
    ),
)


@pytest.mark.parametrize("layer", Layers.__struct_fields__)
def test_unread_is_not_empty(layer: str) -> None:
    with pytest.raises(NotRead, match=rf"^hi\.txt: the {layer} of this story were not read\. "):
        getattr(Story(TEXT), layer)
    assert getattr(Story(TEXT, Layers(**{layer: ()})), layer) == ()


def test_a_question_on_a_layer_not_read_is_refused() -> None:
    with pytest.raises(NotRead):
        Story(TEXT).character("Ann")
    with pytest.raises(NotRead):
        Story(TEXT, Layers(characters=(ANN,))).quotes_by("Ann")


@pytest.mark.parametrize("name", ["c1", "Ann Lee", "ann lee", "ANN", "  Ann ", "miss lee"])
def test_somebody_is_found_by_id_name_or_alias(name: str) -> None:
    assert STORY.character(name) == ANN


def test_a_name_goes_before_an_alias() -> None:
    lee = Character(id="c4", name="Lee")
    assert Story(TEXT, Layers(characters=(BOB, lee))).character("lee") == lee


def test_an_alias_of_two_people_is_asked_back() -> None:
    with pytest.raises(NotInStory, match=r"'lee' may be Bob or Cal Lee\. Ask again with the full name or the id\."):
        STORY.character("lee")


def test_an_unknown_name_is_answered_with_the_nearest() -> None:
    with pytest.raises(NotInStory, match=r"nobody in this story is called 'Anne'\. Did you mean Ann Lee"):
        STORY.character("Anne")


def test_a_name_near_to_none_is_answered_with_where_to_look() -> None:
    with pytest.raises(NotInStory, match=r"fabula cast"):
        STORY.character("Xquzzvt")


def test_what_somebody_says_is_in_order_of_telling() -> None:
    assert [STORY.words(quote) for quote in STORY.quotes_by("Ann")] == ['"Hi, Bob,"']
    assert STORY.quotes_by("c3") == ()


def test_the_places_where_somebody_is_meant() -> None:
    assert [mention.start for mention in STORY.mentions_of(BOB)] == [5, 33]


@pytest.mark.parametrize(("place", "scene"), [(0, "s1"), (21, "s1"), (22, "s2"), (37, "s2")])
def test_a_place_lies_in_one_scene(place: int, scene: str) -> None:
    assert STORY.scene_at(place).id == scene


def test_words_are_the_texts_own() -> None:
    assert STORY.words(Span(16, 19)) == "Ann"


def test_every_error_is_of_the_family_and_one_line() -> None:
    error = NotInStory("nobody\nhere", where="a.txt", hint="Look\nagain.")
    assert isinstance(error, FabulaError)
    assert str(error) == "a.txt: nobody here. Look again."


def test_stories_are_equal_by_content() -> None:
    again = Story(Text.of(str(TEXT), name="hi.txt"), STORY.layers)
    assert again == STORY
    assert hash(again) == hash(STORY)
    assert again != Story(Text(str(TEXT), Source("other.txt")), STORY.layers)


def test_nothing_in_a_story_changes() -> None:
    for thing, name in ((STORY, "text"), (STORY.layers, "quotes"), (ANN, "name"), (STORY.quotes[0], "speaker")):
        with pytest.raises(AttributeError):
            setattr(thing, name, None)
