"""The cast sheet: who is in the story, under which names, and how much each of them says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import msgspec

from fabula.story import CharacterKind, Quote, Story

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
    said: dict[str | None, list[Quote]] = {}
    for quote in story.quotes:
        if quote.depth == 0 and quote.mode != "term":
            said.setdefault(quote.speaker, []).append(quote)
    words = {who: sum(len(story.words(q).split()) for q in quotes) for who, quotes in said.items()}
    mentions = Counter(mention.character for mention in story.mentions)
    everything = sum(words.values()) or 1
    first: dict[str | None, int] = {}
    for mention in story.mentions:
        first.setdefault(mention.character, mention.start)

    for character in story.characters:
        if character.evidence:
            first[character.id] = character.evidence[0].start
    lines = _lines(story.text.content, first.values())

    rows = []
    for character in story.characters:
        quotes = said.get(character.id, [])
        rows.append(
            CastRow(
                id=character.id,
                name=character.name,
                aliases=character.aliases,
                kind=character.kind,
                pronouns=character.pronouns,
                narrator=character.narrator,
                quotes=len(quotes),
                words=words.get(character.id, 0),
                share=round(words.get(character.id, 0) / everything, 4),
                mentions=mentions[character.id],
                first_line=lines.get(first.get(character.id, -1)),
                first_quote=" ".join(story.words(quotes[0]).split()) if quotes else None,
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
