"""Where a scene begins that opens in talk, or by looking back."""

from __future__ import annotations

import pytest

from fabula.layers.scenes.lookbacks import raise_lookbacks
from fabula.layers.scenes.overtures import find_overtures
from fabula.layers.scenes.seams import Seam
from fabula.segment import segment
from fabula.segment.wording import Wording, lay_out
from fabula.story import Quote, Text


def seams_of(content: str) -> tuple[Wording, list[Seam]]:
    wording = lay_out(segment(Text.of(content)))
    starts = [p.start for p in wording.segments.paragraphs if p.kind == "prose"][1:]
    return wording, [Seam(start, wording.at(start), {}) for start in starts]


TALK = (
    "“I shall go,” said Anne.\n\n“So shall I,” said Phil.\n\n"
    "“Too close,” said Tom. “You smell of soap.”\n\nThe café windows had steamed up.\n\n“I am sorry,” said Tom.\n"
)


def quotes_of(content: str, *speakers: str) -> list[Quote]:
    places, start = [], 0
    for who in speakers:
        start = content.index("“", start)
        end = content.index("”", start) + 1
        places.append(Quote(start, end, id=f"q{len(places) + 1}", speaker=who))
        start = end
    return places


def begins(content: str, quotes: list[Quote], *, talk: float) -> str:
    wording, seams = seams_of(content)
    scores = [talk, talk, 1.0, -3.0]
    ((seam, _),) = find_overtures(wording, quotes, seams, scores, [(seams[2], 1.0)])
    return content[seam.start : seam.start + 10]


def test_a_scene_begins_with_the_talk_of_a_voice_that_is_new() -> None:
    quotes = quotes_of(TALK, "c1", "c2", "c3", "c3", "c3")
    assert begins(TALK, quotes, talk=-0.8) == "“Too close"


def test_talk_that_closes_a_scene_stays_with_it() -> None:
    assert begins(TALK, quotes_of(TALK, "c1", "c2", "c3", "c3", "c3"), talk=-2.0) == "The café w"
    assert begins(TALK, quotes_of(TALK, "c1", "c2", "c1", "c1", "c3"), talk=-0.8) == "The café w"


def test_no_talk_is_fetched_from_before_a_break() -> None:
    wording, seams = seams_of(TALK)
    quotes = quotes_of(TALK, "c1", "c2", "c3", "c3", "c3")
    walls = [seams[2].word - 1]
    ((seam, _),) = find_overtures(wording, quotes, seams, [-0.8, -0.8, 1.0, -3.0], [(seams[2], 1.0)], walls)
    assert seam is seams[2]


@pytest.mark.parametrize(
    ("second", "raised"),
    [
        ("He had been a captain then. He had come down that August to his aunt’s.", True),
        ("He had been a captain then. Now he was a colonel.", False),
        ("He saw that he had been wrong, and that she had gone.", False),
        ("“He had been there. He had seen it.”", False),
    ],
)
def test_a_paragraph_that_begins_to_look_back_may_open_a_scene(second: str, raised: bool) -> None:
    wording, seams = seams_of(f"Phil ate.\n\n{second}\n\nPhil drank.\n")
    assert (raise_lookbacks(wording, seams, [0.0, 0.0])[0] > 0) is raised


def test_only_where_looking_back_begins() -> None:
    back = "He had been a captain then. He had come down that August."
    wording, seams = seams_of(f"Phil ate.\n\n{back}\n\n{back}\n")
    first, second = raise_lookbacks(wording, seams, [0.0, 0.0])
    assert first > second == 0.0
