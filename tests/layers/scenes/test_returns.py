"""Where a look back ends and the scene that it broke off is taken up again."""

from __future__ import annotations

import pytest

from fabula.layers.scenes.returns import find_returns
from fabula.layers.scenes.seams import find_seams
from fabula.segment import segment
from fabula.segment.wording import lay_out
from fabula.story import Quote, Text

FRAME = """\
Ilka took the copper kettle down from its hook and turned it over. There was a dent in the bottom, the size of a thumb,
and the tinker looked at the dent, and then at her, and then at his boots.

“It can be mended,” the tinker said. “But it’ll be dearer than a kettle. You’d do better at the fair.”

She set it on the bench between the hammers. Outside the mule was eating her fence."""

BACK = """\
{opening} The whole street had come to see the piano go up, and stood about in the snow with their hands in their
sleeves, while eight men shouted at a rope.

“Higher!” her brother called from the balcony. “A little more, and I have her by the leg!”

Then the rope went. It sang past the windows of four floors, and nobody who was there ever forgot the chord."""

RETURN = """\
“Madam?” said the tinker. He had the kettle on his knee, and was feeling for the dent with his thumb. “Shall I or
shan’t I? There’s the mule to be thought of.”

“Mend it,” said Ilka, and gave him the hammer that lay nearest. The mule put its head in at the door and looked at
the copper, and at them."""


def returns(opening: str, *, told: str = RETURN) -> list[str]:
    """The beginnings of the paragraphs with which the scene is found to be taken up again."""
    back = BACK.format(opening=opening)
    content = "\n\n".join(
        part.replace("\n\n", "\f").replace("\n", " ").replace("\f", "\n\n") for part in (FRAME, back, told)
    )
    wording = lay_out(segment(Text.of(content)))
    seams = find_seams(wording, ())
    quotes = [
        Quote(content.index(words), content.index(words) + len(words), id=words, speaker="tinker")
        for words in ("“It can be mended,”", "“Madam?”")
        if words in content
    ]
    cut = wording.at(content.index(opening))
    found = find_returns(wording, quotes, seams, [0.0] * len(seams), [cut])
    return [content[seam.start : seam.start + 12] for seam, _ in found]


@pytest.mark.parametrize(
    "opening",
    [
        "Her brother had bought it that winter in Lodz, and he had hired a cart and four bays to bring it.",
        "It was the winter of the great frost.",
        "It was thirty years since the piano came to Mill Street.",
        "When she was nine they moved to Mill Street.",
        "That was the winter her brother bought the piano.",
    ],
)
def test_a_scene_is_taken_up_where_its_voices_and_things_come_back(opening: str) -> None:
    assert returns(opening) == ["“Madam?” sai"]


def test_a_scene_that_does_not_look_back_is_not_searched() -> None:
    assert returns("The piano came at four.") == []


def test_a_look_back_with_which_the_story_goes_on_has_no_return() -> None:
    told = "They buried what was left of it in the yard, strings and all.\n\nIn spring the grass there came up in rows."
    assert returns("It was the winter of the great frost.", told=told) == []
