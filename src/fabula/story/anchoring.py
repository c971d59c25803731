"""Chooses the words to quote for a place in the story, enough of them that the place is found again."""

from __future__ import annotations

from collections.abc import Sequence

from fabula.errors import NotInStory
from fabula.story.anchors import Anchors, fold
from fabula.story.text import Span, Text

__all__ = ["words_at"]

_FEWEST = 4
"""Words quoted at least where there are so many: fewer would be lost with the next line that begins alike."""


def words_at(text: Text, place: Span, *, within: Sequence[Span] = ()) -> tuple[str, int | None]:
    """The first words of a stretch of the text by which it is found again and, of several such places, which it is.

    Args:
        within: as `Anchors.one` has it.

    Raises:
        NotInStory: if there are no words at the place.
    """
    anchors, words = Anchors(text), text[place].split()
    words = words[next((i for i, word in enumerate(words) if fold(word)), len(words)) :]
    for count in range(min(_FEWEST, len(words)), len(words) + 1):
        head = " ".join(words[:count])
        found = anchors.one(head, within=within)
        if isinstance(found, Span) and place.covers(found):
            return _bare(head), None
    head = " ".join(words)
    for nth in range(1, len(anchors.find(head)) + 1):
        found = anchors.one(head, nth=nth, within=within)
        if isinstance(found, Span) and place.covers(found):
            return _bare(head), nth
    raise NotInStory("there are no words at this place by which it could be found again", hint="Choose one beside it.")


def _bare(words: str) -> str:
    """Without the quotation marks around them, which finding does not need."""
    return words.strip("\"'“”„‟«»‹›‘’‚‛「」『』_* ")
