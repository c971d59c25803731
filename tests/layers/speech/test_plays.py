"""Plays: each speech is whoever's name stands before it, and stage directions are no speech."""

from __future__ import annotations

import pytest

from fabula.reader import read_text
from fabula.story import Corrections, Story, Text
from fabula.story.corrections import SaidEntry

CAPITALS = """THE LODGER

SCENE. A back room. Evening.

MRS. GREAVES. You have not touched your supper.

HUGH. I was waiting for the post.

MRS. GREAVES [putting down the lamp]. There is no post on a Sunday. There never has been.

HUGH. Then I am a day out. (He goes to the window.) I have been a day out all my life.

[A knock. MRS. GREAVES opens the door.]

BAILIFF. Is there a Hugh Hale here?

HUGH. He has just gone.

MRS. GREAVES. That was he.
"""
COLONS = """Enter Tom and Anne.

Tom: Have you got the ticket?

Anne: I thought that you had it.

Tom: (laughing) I never had it.

Conductor: Tickets, please.

Anne: I am not his wife!

Exeunt.
"""
CHAT = """Mara sat on the bus and looked at the little screen. It lit up.

Ines: where are you

Mara: on the bus

Ines: still??

Outside the rain came down on the square, and a man ran past with a newspaper on his head.

“Is this seat free?” said an old woman.

“It is,” said Mara. She moved her bag, and put the telephone away, and they rode on in the dark together.

At the bridge the bus stopped and the old woman got down.
"""


def said(story: Story) -> list[tuple[str, str]]:
    names = {c.id: c.name for c in story.characters}
    return [(names.get(q.speaker or "", "?"), story.text[q]) for q in story.quotes]


def test_a_play_is_spoken_by_the_names_before_the_speeches() -> None:
    spoken = said(read_text(Text.of(CAPITALS)))
    assert ("MRS. GREAVES", "You have not touched your supper.") in spoken
    assert ("BAILIFF", "Is there a Hugh Hale here?") in spoken
    assert [words for who, words in spoken if who.startswith("H")] == [
        "I was waiting for the post.",
        "Then I am a day out.",
        "I have been a day out all my life.",
        "He has just gone.",
    ]


@pytest.mark.parametrize("text", [CAPITALS, COLONS], ids=["capitals", "colons"])
def test_every_speech_of_a_play_has_a_speaker_and_shows_where_he_is_named(text: str) -> None:
    story = read_text(Text.of(text))
    assert story.quotes
    for quote in story.quotes:
        assert quote.speaker is not None
        assert quote.cue == "tag"
        assert quote.evidence


def test_stage_directions_are_not_spoken() -> None:
    words = " ".join(words for _, words in said(read_text(Text.of(CAPITALS))))
    assert "window" not in words
    assert "knock" not in words
    assert "lamp" not in words


def test_a_play_is_called_one() -> None:
    assert any("as a play" in note for note in read_text(Text.of(COLONS)).text.notes)


def test_messages_in_a_story_do_not_make_it_a_play() -> None:
    story = read_text(Text.of(CHAT))
    assert not any("play" in note for note in story.text.notes)
    assert ("Mara", "“It is,”") in said(story)


def test_the_user_is_heard_before_the_names_of_a_play() -> None:
    corrections = Corrections(said=(SaidEntry(words="Tickets, please.", by="Tom"),))
    assert ("Tom", "Tickets, please.") in said(read_text(Text.of(COLONS), corrections=corrections))
