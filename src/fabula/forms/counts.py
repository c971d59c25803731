"""How much the text has of each character: mentions, quotations, words, and where they first appear."""

from __future__ import annotations

from collections import Counter

import msgspec
from msgspec import UNSET

from fabula.forms.basics import voiced
from fabula.story import Quote, Story

__all__ = ["Count", "counts"]


class Count(msgspec.Struct, frozen=True, kw_only=True):
    """What the text has of one character.

    Attributes:
        said: what they say, in order of place; nothing inside another quotation, no mere term.
        words: how many words that is.
        mentions: how often the text names, describes or points at them.
        first: the place where they first appear; None where no place shows it.
    """

    said: tuple[Quote, ...] = ()
    words: int = 0
    mentions: int = 0
    first: int | None = None


def counts(story: Story) -> dict[str, Count]:
    """A count for every character, by id; what comes of a layer that was not read is nothing.

    Raises:
        NotRead: if the characters were not read.
    """
    said: dict[str | None, list[Quote]] = {}
    for quote in () if story.layers.quotes is UNSET else voiced(story):
        said.setdefault(quote.speaker, []).append(quote)
    mentioned: Counter[str | None] = Counter()
    first: dict[str | None, int] = {}
    for mention in () if story.layers.mentions is UNSET else story.mentions:
        mentioned[mention.character] += 1
        first.setdefault(mention.character, mention.start)
    return {
        who.id: Count(
            said=tuple(said.get(who.id, ())),
            words=sum(len(story.words(quote).split()) for quote in said.get(who.id, ())),
            mentions=mentioned[who.id],
            first=who.evidence[0].start if who.evidence else first.get(who.id),
        )
        for who in story.characters
    }
