"""How a text is broken a little: a name misspelt, a mark lost, a sentence put in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from random import Random

from fabula.story import Paragraph, Span, Text

__all__ = ["ACTS", "DEATHS", "SAYS", "closing_mark", "drifted", "filled", "sentence_end"]

ACTS = (
    "{0} nodded and went to the window.",
    "Just then {0} came in, shaking the rain from a sleeve.",
    "{0} laughed and poured another cup.",
    "Beside them {0} was already pulling on a pair of gloves.",
    "{0} said nothing, and took the nearer chair.",
    "It was {0} who closed the door.",
)
DEATHS = (
    "{0} died that night.",
    "By then {0} was dead.",
    "{0} was killed on the road.",
    "The fever killed {0} within the hour.",
    "Nobody could help it: {0} had died at noon.",
    "They buried {0} on the hill.",
)
SAYS = (
    "{o}I should think so,{c} said {0}.",
    "{0} looked up. {o}Who told you that?{c}",
    "{o}We had better go,{c} {0} answered.",
    "{o}Not today,{c} said {0}, and yawned.",
)
_VOWELS = "aeiou"
_SWAPS = {"c": "k", "k": "c", "i": "y", "y": "i", "s": "z", "z": "s", "ph": "f", "f": "ph", "e": "a", "a": "e"}
_CLOSERS = re.compile(r"[”\"’'»]")


def drifted(name: str, random: Random) -> str:
    """A name with a slip of the pen in it, its first letter kept: a letter doubled, dropped, swapped or changed."""
    inner = range(1, len(name) - 1)
    ways = []
    for at in inner:
        if name[at] == name[at + 1] or (at > 1 and name[at] not in _VOWELS):
            ways.append(name[:at] + name[at + 1 :])
        if name[at] in "lnrt":
            ways.append(name[:at] + name[at] + name[at:])
        if name[at] != name[at + 1]:
            ways.append(name[:at] + name[at + 1] + name[at] + name[at + 2 :])
        if name[at] in _SWAPS:
            ways.append(name[:at] + _SWAPS[name[at]] + name[at + 1 :])
    return random.choice([way for way in ways if way != name])


def closing_mark(text: Text, span: Span) -> Span | None:
    """The mark that closes a quotation, if it ends with one."""
    end = text.content[span.end - 1 : span.end]
    return Span(span.end - 1, span.end) if len(span) > 4 and _CLOSERS.fullmatch(end) else None


def filled(content: str) -> Iterator[Span]:
    """The paragraphs of a text, as stretches of lines parted by blank ones or, without these, line by line."""
    pattern = r"\S(?:.|\n(?![ \t]*\n))*" if "\n\n" in content else r"\S.*"
    for match in re.finditer(pattern, content):
        yield Span(match.start(), match.start() + len(match[0].rstrip()))


def sentence_end(content: str, paragraph: Paragraph | Span) -> Span:
    """The place, of no width, behind the last word of a paragraph: where a sentence can be put in."""
    end = getattr(paragraph, "body", paragraph.end)
    end = paragraph.start + len(content[paragraph.start : end].rstrip())
    return Span(end, end)
