"""Who says "I" where: one narrator for each narration, under the name that anybody in the text gives."""

from __future__ import annotations

import pytest

from fabula.layers.cast import Cast, gather_cast
from fabula.layers.cast.headed import signed_by
from fabula.layers.mentions import find_mentions
from fabula.layers.resolve import resolve_mentions
from fabula.layers.speech import attribute_speech
from fabula.segment import segment
from fabula.segment.wording import lay_out
from fabula.story import Narration, Narrations, Text


def gather(content: str) -> Cast:
    wording = lay_out(segment(Text.of(content)))
    return gather_cast(wording, find_mentions(wording))


def teller(content: str, words: str) -> str | None:
    """The name of whoever is "I" where some words stand."""
    cast = gather(content)
    id_ = cast.narrations.teller_at(content.index(words))
    return next((c.name for c in cast.characters if c.id == id_), None)


def speakers(content: str) -> list[str | None]:
    wording = lay_out(segment(Text.of(content)))
    cast = gather_cast(wording, find_mentions(wording))
    told = resolve_mentions(wording, cast.characters, cast.mentions, (), None, cast.narrations)
    names = {c.id: c.name for c in cast.characters}
    quotes = attribute_speech(wording, cast.characters, told, narrations=cast.narrations)
    return [names.get(quote.speaker or "") for quote in quotes]


SISTERS = """PART ONE

ANNA

I never liked the house. I told my sister so, and she laughed at me.

"It leaks," I said.

PART TWO

GRACE

I loved the house from the first. I told Anna so. My sister only shook her head at me.

"It breathes," I said.
"""

LETTER = """Martha tore the letter open in the yard. She had waited for it a month.

My dear Martha,

I am well and I have work. I told the foreman I could weld. “Show me,” he said. “I shall,” I said, and I did.

Your loving brother,
Tom

Martha folded it. She went in to her mother.
"""

FRAME = """I had the tale from old Ferris one night at the inn, and I give it as he told it.

I was a boy then, and I minded the ferry. I saw the light first. “There it is,” I said, and I pointed.

The fire was low when his story was over. I paid for the ale. “And you never saw it again?” I asked.

“Never,” said Ferris.
"""


def test_each_part_has_the_narrator_whose_name_heads_it() -> None:
    assert (teller(SISTERS, "I never"), teller(SISTERS, "I loved")) == ("Anna", "Grace")
    assert speakers(SISTERS) == ["Anna", "Grace"]


def test_the_narrators_of_a_book_are_marked_and_nobody_is_called_i() -> None:
    people = gather(SISTERS).characters
    assert {c.name for c in people if c.narrator} == {"Anna", "Grace"}
    assert not any(c.name in ("I", "the narrator") for c in people)


def test_a_letter_is_told_by_whoever_signs_it() -> None:
    assert teller(LETTER, "I am well") == "Tom"
    assert teller(LETTER, "She had waited") is None
    assert speakers(LETTER)[1] == "Tom"


def test_the_writer_of_a_letter_does_not_tell_the_story() -> None:
    assert not any(c.narrator for c in gather(LETTER).characters)


def test_a_tale_inside_has_its_own_narrator() -> None:
    assert teller(FRAME, "I was a boy") == "Ferris"
    assert teller(FRAME, "I had the tale") == teller(FRAME, "I paid") == "the narrator"


@pytest.mark.parametrize(
    "told",
    [
        '"Sit down, Ned," said Rose. "I will not," I said. Rose laughed at me.',
        "My name is Ned Cole. I keep a shop, and Rose keeps me.",
        '"Who are you?" said Rose. "I am Ned Cole," I said. I shook her hand.',
        "I, Ned Cole, keep a shop. I was born above it, and Rose lives beside it.",
        "Call me Ned. I keep a shop. Rose keeps me.",
    ],
)
def test_a_narrator_has_the_name_that_anybody_gives(told: str) -> None:
    assert (teller(told, told[-5:]) or "").startswith("Ned")


def test_a_heading_that_says_who_tells_is_believed_chapter_after_chapter() -> None:
    book = """THE STORY BEGUN BY WALTER HART, TEACHER

I

I came by the road. I saw Marian there. “Good day,” I said.

II

I came again. I saw nobody there at all, and I went home to my rooms.

THE STORY CONTINUED BY MARIAN HOLM, IN HER DIARY

I

I saw Walter come. I hid, and I saw Walter go. Walter had lost my glove. I was sorry for it.
"""
    assert teller(book, "I came by") == teller(book, "I came again") == "Walter Hart"
    assert teller(book, "I saw Walter") == "Marian Holm"


def test_a_diary_has_a_line_of_its_own() -> None:
    book = """Jonathan Hale’s Journal

I left Munich at eight. I was late. I saw the river, and I slept.

Dr. Stone’s Diary

I could not eat today. I saw my patient twice, and I wrote to Jonathan.
"""
    assert teller(book, "I left") == "Jonathan Hale"
    assert (teller(book, "I could") or "").endswith("Stone")


def test_a_chapter_called_after_somebody_is_not_told_by_him() -> None:
    book = """1. THE ROAD

I walked with Max all day. I was tired. "Come, Sam," said Max. "I am coming," I said.

2. MAX

Max had a knife, and I had none. I asked Max for it. Max laughed. I was afraid of Max.

3. THE INN

We came in late. I slept. "Wake up, Sam," said Max. "I am awake," I said.
"""
    assert teller(book, "Max had a knife") == "Sam"


def test_nobody_tells_a_story_in_the_third_person() -> None:
    assert teller('Anna rose. "I am cold," said Anna. "I know," said Rob.', "Anna rose") is None


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("Your loving Will", "Will"),
        ("Yours ever, Arthur H. Davies.", "Arthur H. Davies"),
        ("FREDERICK WENTWORTH", "Frederick Wentworth"),
        ("Your affectionate Mother", None),
        ("Yours sincerely,", None),
        ("Monday", None),
    ],
)
def test_a_signature_ends_in_a_name(line: str, name: str | None) -> None:
    assert signed_by(line) == name


def test_the_teller_of_a_place_is_that_of_the_stretch_it_stands_in() -> None:
    told = Narrations((Narration(0, 5, teller="c1"), Narration(5, 9), Narration(12, 15, teller="c2")))
    assert [told.teller_at(place) for place in (0, 4, 5, 10, 12, 15)] == ["c1", "c1", None, None, "c2", None]
    assert told.tellers == ("c1", "c2")


POSTED = (
    "Monday, 3rd March\n\nDear Mr. Brook,\n\nI have taken up custards, and shall want two pints.\n\n"
    "Harriet Lowe (Miss), No. 14\n\nTues. 4th\n\nDear Miss Lowe,\n\nI shall leave them on the step.\n\n"
    "J. Brook\n\nI found your glove.\n\nFri. 7th\n\nDear Mr. Brook,\n\nIt was never my glove.\n\nH. L.\n"
)


def test_letters_that_follow_each_other_are_told_by_those_whose_names_stand_under_them() -> None:
    places = ("I have taken", "I shall leave", "I found", "It was never")
    assert [teller(POSTED, place) for place in places] == ["Harriet Lowe", "J. Brook", "J. Brook", "Harriet Lowe"]


def test_one_word_alone_in_its_line_signs_no_letter() -> None:
    assert teller("Dear Tom,\n\nI am well.\n\nNothing.\n\nTom put it down. He had read it twice.\n", "I am") is None


def test_a_diary_is_told_by_whoever_the_line_above_it_names() -> None:
    diary = "Anna came to tea.\n\nFrom the diary of Miss Lisle\n\n4th May.—I rose late, and Tom laughed at me.\n"
    assert teller(diary, "I rose") == "Miss Lisle"


DIARY = """3 May

I walked to the farm. Have you brought the seed? the man asked me.

“I have not,” I said. “I have brought nothing.”

“Then, Brandreth, we shall go hungry,” he said to me.

4 May

I slept badly. I heard the wind and I was cold.

5 May

I rose and I went down, and I found the door open.

Editor’s note

I found these pages in a box. Their writer, Peter Brandreth, had died before I was born. Brandreth never came back. I am
told that Brandreth kept a goat, and I have seen the place where Brandreth lived. I keep his boots.

Lucy Marwood
Hexham, 1921
"""


def test_an_editor_is_not_the_writer_of_the_diary_of_whom_she_speaks() -> None:
    assert teller(DIARY, "I slept badly") == "Peter Brandreth"
    assert teller(DIARY, "I found these") == "Lucy Marwood"
