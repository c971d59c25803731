"""What a new reading changed: which lines have another speaker or hearer, who is new, who is gone."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
from msgspec import UNSET

from fabula.exports.page.places import Places
from fabula.story import Quote, Story

__all__ = ["Changes", "changes"]


class Line(msgspec.Struct, frozen=True):
    """A line that is heard differently now; places as a browser counts them."""

    start: int
    end: int
    was: str
    now: str


class Changes(msgspec.Struct, frozen=True, kw_only=True):
    """What is different, in order of place; `begun` and `joined`: how many scenes begin anew, and no longer."""

    lines: tuple[Line, ...] = ()
    came: tuple[str, ...] = ()
    went: tuple[str, ...] = ()
    begun: int = 0
    joined: int = 0


def changes(before: Story, after: Story) -> Changes:
    """Compare two readings of one text; of two texts only the people."""
    was, now = _names(before), _names(after)
    came = tuple(sorted(set(now.values()) - set(was.values())))
    went = tuple(sorted(set(was.values()) - set(now.values())))
    if before.text.content != after.text.content:
        return Changes(came=came, went=went)
    old, new = _scenes(before), _scenes(after)
    return Changes(lines=_lines(before, after), came=came, went=went, begun=len(new - old), joined=len(old - new))


def _lines(before: Story, after: Story) -> tuple[Line, ...]:
    if UNSET in (before.layers.quotes, after.layers.quotes):
        return ()
    old = {(quote.start, quote.end): quote for quote in before.quotes}
    told_before, told_after, at = _teller(before), _teller(after), Places(after.text.content)
    found = []
    for quote in sorted(after.quotes):
        earlier = old.get((quote.start, quote.end))
        was, now = told_before(earlier) if earlier else "no line", told_after(quote)
        if was != now:
            found.append(Line(at(quote.start), at(quote.end), was, now))
    return tuple(found)


def _teller(story: Story) -> Callable[[Quote], str]:
    names = _names(story)

    def told(quote: Quote) -> str:
        by = names.get(quote.speaker or "", "nobody known")
        to = " and ".join(names.get(who, who) for who in quote.addressees)
        return f"{by} to {to}" if to else by

    return told


def _names(story: Story) -> dict[str, str]:
    known = story.layers.characters
    return {} if known is UNSET else {character.id: character.name for character in known}


def _scenes(story: Story) -> set[int]:
    """Where they begin."""
    return set() if story.layers.scenes is UNSET else {scene.start for scene in story.layers.scenes}
