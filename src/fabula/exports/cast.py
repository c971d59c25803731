"""The cast sheet: who is in the story, under which names, and how much each of them says."""

from __future__ import annotations

from collections import Counter

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

    rows = []
    for character in story.characters:
        quotes = said.get(character.id, [])
        place = character.evidence[0].start if character.evidence else first.get(character.id)
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
                first_line=None if place is None else story.text.line(place),
                first_quote=" ".join(story.words(quotes[0]).split()) if quotes else None,
                confidence=character.confidence,
            )
        )
    return tuple(sorted(rows, key=lambda row: -(row.quotes + row.mentions)))
