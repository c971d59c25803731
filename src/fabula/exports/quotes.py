"""What is said, by whom, to whom, and where it stands."""

from __future__ import annotations

import msgspec

from fabula.story import Cue, Mode, Story

__all__ = ["QuoteRow", "to_quotes"]


class QuoteRow(msgspec.Struct, frozen=True, kw_only=True):
    """One quotation. `line` is the line of the text, from 1; `speaker` and `addressees` are names, not ids."""

    id: str
    start: int
    end: int
    line: int
    speaker: str | None
    addressees: tuple[str, ...]
    mode: Mode
    cue: Cue | None
    confidence: float
    text: str


def to_quotes(story: Story, *, by: str | None = None) -> tuple[QuoteRow, ...]:
    """The quotations in order of telling: all of them, or those by the character of this name, alias or id.

    Raises:
        NotInStory: if nobody goes by that name; the message names the nearest.
        NotRead: if the story's quotes or characters were not read.
    """
    names = {character.id: character.name for character in story.characters}
    chosen = story.quotes if by is None else story.quotes_by(by)
    content = story.text.content
    rows, line, at = [], 1, 0
    for quote in chosen:
        line, at = line + content.count("\n", at, quote.start), max(at, quote.start)
        rows.append(
            QuoteRow(
                id=quote.id,
                start=quote.start,
                end=quote.end,
                line=line,
                speaker=None if quote.speaker is None else names.get(quote.speaker, quote.speaker),
                addressees=tuple(names.get(who, who) for who in quote.addressees),
                mode=quote.mode,
                cue=quote.cue,
                confidence=quote.confidence,
                text=story.words(quote),
            )
        )
    return tuple(rows)
