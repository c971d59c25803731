"""The mentions that mean somebody or something known, as words of the chain of all that mean the same."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from fabula.forms.words import Words
from fabula.story import Mention, Story

__all__ = ["Brackets", "Link", "brackets_at", "chains_of"]


class Link(msgspec.Struct, frozen=True):
    """A mention in its chain. `chain` is the id of the character or thing meant, `words` the numbers of its words."""

    chain: str
    words: range
    mention: Mention


class Brackets(msgspec.Struct):
    """What begins and what ends at a word.

    Attributes:
        opening: the links that begin here, the longer first; those of one word, which end here too, last.
        closing: the links of several words that end here, the inner first.
    """

    opening: list[Link]
    closing: list[Link]


def brackets_at(links: Iterable[Link]) -> dict[int, Brackets]:
    """The brackets at each word that has any, by the word's number."""
    brackets: dict[int, Brackets] = {}
    for link in links:
        brackets.setdefault(link.words[0], Brackets([], [])).opening.append(link)
        if len(link.words) > 1:
            brackets.setdefault(link.words[-1], Brackets([], [])).closing.insert(0, link)
    return brackets


def chains_of(story: Story, words: Words) -> list[Link]:
    """The links in order of place, the longer first; those of one chain never cross, and no two have the same words.

    Raises:
        NotRead: if the mentions were not read.
    """
    links: list[Link] = []
    open_now: dict[str, list[range]] = {}
    for mention in sorted(story.mentions, key=lambda one: (one.start, -one.end)):
        chain, numbers = mention.character or mention.entity, words.inside(mention)
        if chain is None or not numbers:
            continue
        around = [one for one in open_now.get(chain, []) if one.stop > numbers.start]
        if any(one == numbers or one.stop < numbers.stop for one in around):
            continue
        open_now[chain] = [*around, numbers]
        links.append(Link(chain, numbers, mention))
    return links
