"""The cast sheet: who is in the story, under which names, and how much each of them says."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from fabula.forms.basics import voiced
from fabula.forms.counts import counts
from fabula.story import CharacterKind, Story

__all__ = ["CastRow", "to_cast"]


class CastRow(msgspec.Struct, frozen=True, kw_only=True):
    """One character on the cast sheet.

    Attributes:
        quotes: how many quotations are this character's; quotations inside others and mere terms are not counted.
        words: how many words those quotations have.
        share: their share of all quoted words of the story, 0 to 1.
        mentions: how often the text names, describes or points at this character.
        first_line: the line of the text, from 1, where the character first appears; None where no place shows it.
        first_quote: the first thing this character says.
    """

    id: str
    name: str
    aliases: tuple[str, ...]
    kind: CharacterKind
    pronouns: str | None
    narrator: bool
    quotes: int
    words: int
    share: float
    mentions: int
    first_line: int | None
    first_quote: str | None
    confidence: float


def to_cast(story: Story) -> tuple[CastRow, ...]:
    """The cast, those the text says most of (mentions and quotations together) first.

    Raises:
        NotRead: if the story's characters, mentions or quotes were not read.
    """
    everything = sum(len(story.words(quote).split()) for quote in voiced(story)) or 1
    _ = story.mentions  # asked for: who is not counted because nothing was read is not somebody never mentioned
    known = counts(story)
    lines = _lines(story.text.content, (count.first for count in known.values() if count.first is not None))
    rows = []
    for character in story.characters:
        count = known[character.id]
        rows.append(
            CastRow(
                id=character.id,
                name=character.name,
                aliases=character.aliases,
                kind=character.kind,
                pronouns=character.pronouns,
                narrator=character.narrator,
                quotes=len(count.said),
                words=count.words,
                share=round(count.words / everything, 4),
                mentions=count.mentions,
                first_line=None if count.first is None else lines[count.first],
                first_quote=" ".join(story.words(count.said[0]).split()) if count.said else None,
                confidence=character.confidence,
            )
        )
    return tuple(sorted(rows, key=lambda row: -(row.quotes + row.mentions)))


def _lines(content: str, places: Iterable[int]) -> dict[int, int]:
    """The line, from 1, of each place: one walk through the text for all of them."""
    lines: dict[int, int] = {}
    line, at = 1, 0
    for place in sorted(places):
        line, at = line + content.count("\n", at, place), place
        lines[place] = line
    return lines
