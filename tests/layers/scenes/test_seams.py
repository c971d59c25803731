"""What speaks for a new scene at the places between paragraphs, and how it is decided."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from fabula.layers.scenes.choose import choose_seams, score_of
from fabula.layers.scenes.cohesion import cohesions, depths
from fabula.layers.scenes.passages import lay_passages
from fabula.layers.scenes.seams import Seam, find_seams
from fabula.layers.scenes.windows import sides_of
from fabula.segment import segment
from fabula.segment.wording import lay_out
from fabula.story import Mention, Text


def signs(second: str, first: str = "Anne rose.", names: tuple[str, ...] = ("Anne", "Phil")) -> dict[str, float]:
    """The signs at the seam between two paragraphs."""
    content = f"{first}\n\n{second}\n\nAnd so on it went.\n"
    mentions = [
        Mention(at, at + len(name), form="name", character=name) for name in names if (at := content.find(name)) >= 0
    ]
    return find_seams(lay_out(segment(Text.of(content))), sorted(mentions))[0].signs


@pytest.mark.parametrize(
    ("opening", "sign"),
    [
        ("The next morning it rained.", "next day, first"),
        ("That night it rained.", "that night, first"),
        ("One fine day it rained.", "one day, first"),
        ("Three days later it rained.", "later, first"),
        ("At six o'clock it rained.", "clock, first"),
        ("On Monday it rained.", "weekday, first"),
        ("In March 1914 it rained.", "date, first"),
        ("In the spring it rained.", "season, first"),
        ("Meanwhile it rained.", "meanwhile, first"),
        ("Weeks passed.", "days go by, first"),
        ("When he came it rained.", "when"),
        ("In the kitchen it was dark.", "place"),
        ("It was dark.", "it was"),
        ("There was a ship.", "there was"),
        ("The rain fell.", "weather, first"),
        ("But he sat.", "so"),
        ("Suddenly he sat.", "suddenly"),
        ("This answer pleased him.", "points back"),
        ("He nodded.", "answers, first"),
        ("“Yes,” he said.", "opens in speech"),
        ("… and so he sat.", "goes on"),
        ("3 May. Left Munich.", "date line"),
        ("Phil came in.", "name at head"),
        ("He saw Phil.", "pronoun before name"),
        ("He saw nobody.", "pronoun alone"),
        ("Nothing stirred.", "nobody in it"),
        ("Phil came in.", "new to these pages"),
        ("Phil Marsh came in.", "full name"),
    ],
)
def test_an_opening_shows_its_sign(opening: str, sign: str) -> None:
    assert signs(opening)[sign] == 1.0


@pytest.mark.parametrize(
    ("closing", "sign"),
    [
        ("Anne went away.", "closes: departs"),
        ("Anne fell asleep.", "closes: sleeps"),
        ("Anne set out for Rome.", "closes: goes to"),
        ("“No,” said Anne. “Go!”", "closes in speech"),
        ("Anne stopped…", "closes with …"),
    ],
)
def test_a_closing_shows_its_sign(closing: str, sign: str) -> None:
    assert signs("Phil sat.", first=closing)[sign] == 1.0


def test_time_in_speech_is_no_sign() -> None:
    assert not any(name.startswith("next day") for name in signs("“The next morning it rained,” he said."))


def test_a_chapters_first_paragraph_is_no_seam_unless_asked_for() -> None:
    wording = lay_out(segment(Text.of("# I\n\nAnne rose.\n\n# II\n\nPhil sat.\n")))
    assert find_seams(wording, ()) == []
    assert len(find_seams(wording, (), chapters=False)) == 1


def test_nothing_has_no_seams() -> None:
    assert find_seams(lay_out(segment(Text.of(""))), ()) == []


def test_words_that_return_hold_paragraphs_together() -> None:
    content = "\n\n".join(["The harbour held ships."] * 4 + ["Her kitchen smelled of bread."] * 4)
    wording = lay_out(segment(Text.of(content)))
    likeness = cohesions(wording, lay_passages(wording, ()), window=12).tolist()
    deep = depths(likeness)
    assert deep.index(max(deep)) == 4


def test_sides_are_whole_passages_of_enough_words() -> None:
    import numpy as np

    before, after = sides_of([10, 10, 10, 10], 15).sums(np.ones((4, 1), np.float32))
    assert before[:, 0].tolist() == [0, 1, 2, 2]
    assert after[:, 0].tolist() == [2, 2, 2, 1]


def seam(word: int, *names: str) -> Seam:
    return Seam(word, word, dict.fromkeys(names, 1.0))


def scores_of(seams: Sequence[Seam]) -> list[float]:
    return [score_of(one) for one in seams]


def test_of_two_seams_too_near_each_other_the_better_is_chosen() -> None:
    weak, strong = seam(400, "next day, first"), seam(440, "next day, first", "closes: departs", "12 words")
    assert score_of(strong) > score_of(weak) > 0
    assert [chosen for chosen, _ in choose_seams([weak, strong], scores_of([weak, strong]), length=1000)] == [strong]


def test_no_scene_is_too_short_beside_a_marked_one() -> None:
    late = [seam(450, "next day, first")]
    assert choose_seams(late, scores_of(late), length=1000, walls=[400]) == []


def test_a_novel_asks_more_of_a_seam_than_a_story() -> None:
    one = [seam(500, "next day, first")]
    assert choose_seams(one, scores_of(one), length=1000)
    assert not choose_seams(one, scores_of(one), length=100_000)
