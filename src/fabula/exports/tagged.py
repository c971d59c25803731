"""The script as plain text with each voice's words in its tags: [Nell]"Come,"[/Nell]."""

from __future__ import annotations

import re
from collections.abc import Collection
from itertools import chain, count, groupby

from fabula.forms.lines import label_of, to_script
from fabula.story import Story

__all__ = ["to_tagged"]


def to_tagged(story: Story) -> str:
    """The whole text in tags; without them it is the text, character by character.

    The tags are the characters' names and Narrator, Unknown, Heading, Break and Apart (what is not story). A tag that
    stands in the text itself, or names two people, gets a number.

    Raises:
        NotRead: if the paragraphs, quotes or characters were not read.
    """
    tags: dict[tuple[str, str | None], str] = {}
    pieces = []
    for voice, lines in groupby(to_script(story), key=lambda line: (label_of(line), line.speaker)):
        if voice not in tags:
            tags[voice] = _tag(voice[0], taken=tags.values(), content=story.text.content)
        words = "".join(story.words(line) for line in lines)
        pieces.append(f"[{tags[voice]}]{words}[/{tags[voice]}]")
    return "".join(pieces)


def _tag(name: str, *, taken: Collection[str], content: str) -> str:
    """The name without brackets and slashes, and with a number where it would not be the only one of its kind."""
    plain = " ".join(re.sub(r"[\[\]/]", " ", name).split()) or "Voice"
    tries = chain((plain,), (f"{plain} {number}" for number in count(2)))
    return next(tag for tag in tries if tag not in taken and f"[{tag}]" not in content and f"[/{tag}]" not in content)
