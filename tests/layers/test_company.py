"""Who is there, who is heard from afar, who is only spoken of; whose eyes see it, and who tells it."""

from __future__ import annotations

import pytest

from fabula.layers.scenes import cut_scenes
from fabula.segment import segment
from fabula.segment.wording import lay_out
from fabula.story import Character, Mention, Quote, Scene, Text

PEOPLE = tuple(Character(id=f"c{n}", name=name) for n, name in enumerate(("Anne", "Phil", "Karen"), start=1))


def scenes_of(content: str, **speakers: str) -> tuple[Scene, ...]:
    """`speakers`: by a word of the line, the id of who says it."""
    wording = lay_out(segment(Text.of(content)))
    mentions = sorted(
        Mention(at, at + len(who.name), form="name", character=who.id)
        for who in PEOPLE
        for at in range(len(content))
        if content.startswith(who.name, at)
    )
    quotes = [
        Quote(cut.start, cut.end, id=f"q{number}", speaker=who, cue="tag")
        for number, cut in enumerate(wording.segments.quotations, start=1)
        for who in [next((id_ for word, id_ in speakers.items() if word in content[cut.start : cut.end]), None)]
    ]
    return cut_scenes(wording, PEOPLE, mentions, quotes)


def test_one_called_by_name_is_there_though_silent() -> None:
    (scene,) = scenes_of('Anne sat down. "Take this, Phil," she said.', Take="c1")
    assert scene.present == ("c1", "c2")


def test_one_talked_about_is_only_spoken_of() -> None:
    (scene,) = scenes_of('Anne sat down. "They say that Karen has gone," said Phil.', gone="c2")
    assert (scene.present, scene.spoken_of) == (("c1", "c2"), ("c3",))


def test_a_voice_over_a_wire_is_heard_and_not_there() -> None:
    (scene,) = scenes_of('Anne stopped. "Good work," said Phil\'s voice in her earpiece.', work="c2")
    assert (scene.present, scene.heard) == (("c1",), ("c2",))


def test_a_voice_that_nobody_names_is_theirs_who_were_spoken_of() -> None:
    (scene,) = scenes_of('Anne stopped. She thought of Phil.\n\n"Good work," the radio said.')
    assert (scene.present, scene.heard, scene.spoken_of) == (("c1",), ("c2",), ())


def test_one_who_only_would_come_is_not_there() -> None:
    (scene,) = scenes_of("Anne rose. Phil would be cross. Phil's car was gone.")
    assert scene.present == ("c1",)


def test_seen_through_the_eyes_of_whom_alone_one_looks_into() -> None:
    (scene,) = scenes_of("Anne knew the road. Phil drove. Anne wondered where it went. Phil laughed.")
    assert scene.point_of_view == "c1"


def test_where_two_are_looked_into_it_cannot_be_told() -> None:
    (scene,) = scenes_of("Anne knew the road. Phil felt ill. Anne wondered why. Phil thought of home.")
    assert scene.point_of_view is None


def test_a_witness_asked_to_tell_tells() -> None:
    content = (
        'Anne looked at Phil. "Tell us," she said.\n\n* * *\n\nI was at home. I saw my brother. I ran.\n\n* * *\n\n'
        "Anne sat down. Phil was silent.\n\n* * *\n\nKaren rose. It was late."
    )
    scenes = scenes_of(content, Tell="c1")
    assert [scene.frame for scene in scenes] == ["main", "told", "main", "main"]
    assert scenes[1].teller == "c1"


@pytest.mark.parametrize(
    ("opening", "frame"),
    [
        ("He would come in, and he would say that it was late, and they would laugh.", "imagined"),
        ("That night she dreamed of the sea, and it was warm.", "dream"),
        ("She dreamed of nothing; he would have said so.", "dream"),
        ("He would have come. It was late.", "main"),
        ("She stood up. It was late.", "main"),
    ],
)
def test_a_scene_that_does_not_happen_is_known_by_its_opening(opening: str, frame: str) -> None:
    assert scenes_of(f"Anne sat down.\n\n* * *\n\n{opening}\n\n* * *\n\nPhil rose.")[1].frame == frame
