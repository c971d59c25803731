"""What every export asks first: what the story is called, who is in it, and what is said in it."""

from __future__ import annotations

import re
from bisect import bisect_right
from pathlib import PurePath

from msgspec import UNSET

from fabula.story import Quote, Scene, Story

__all__ = [
    "UNSURE",
    "chapter_at",
    "is_unsure",
    "names_of",
    "opening_of",
    "scene_numbers",
    "stem_of",
    "title_of",
    "voiced",
]

UNSURE = 0.5
"""Below this a speaker is more guessed than known."""


def title_of(story: Story) -> str | None:
    """The title as the file gives it or, failing that, as the text has it: what its file sets apart as the title."""
    if story.text.source.title:
        return story.text.source.title
    found = next((apart for apart in story.text.apart if apart.kind == "title"), None)
    return None if found is None else " ".join(story.words(found).split()) or None


def stem_of(story: Story) -> str:
    """A short name for files about this story: its source's name without suffix, in plain letters; "story" for none."""
    stem = re.sub(r"[^A-Za-z0-9]+", "_", PurePath(story.text.source.name).stem).strip("_")
    return stem[:60] or "story"


def names_of(story: Story) -> dict[str, str]:
    """From a character's id to the name; empty where the characters were not read."""
    return {} if story.layers.characters is UNSET else {who.id: who.name for who in story.characters}


def voiced(story: Story) -> tuple[Quote, ...]:
    """What is said, thought or written, in order of place: no quotation inside another, no mere term.

    Raises:
        NotRead: if the quotes were not read.
    """
    said = (quote for quote in story.quotes if quote.depth == 0 and quote.mode != "term")
    return tuple(sorted(said, key=lambda quote: (quote.start, quote.end)))


def is_unsure(quote: Quote) -> bool:
    """Whether nobody knows who says it, or the one who does is more guessed than known."""
    return quote.speaker is None or quote.confidence < UNSURE


def scene_numbers(story: Story) -> dict[str, int]:
    """From a scene's id to its number as told, from 1; empty where the scenes were not read."""
    return {} if story.layers.scenes is UNSET else {scene.id: n for n, scene in enumerate(story.scenes, 1)}


def chapter_at(story: Story, place: int) -> int:
    """The number, from 1, of the chapter that holds a place; 1 where the chapters were not read."""
    if story.layers.chapters is UNSET:
        return 1
    return max(1, bisect_right(story.chapters, place, key=lambda chapter: chapter.start))


def opening_of(story: Story, scene: Scene, *, most: int = 9) -> str:
    """The first words of a scene's own prose, enough to know it again: no heading, no break, nothing that is not story.

    Args:
        most: how many words, before an ellipsis.
    """
    start = scene.start
    if story.layers.paragraphs is not UNSET:
        at = max(0, bisect_right(story.paragraphs, scene.start, key=lambda paragraph: paragraph.start) - 1)
        prose = (p for p in story.paragraphs[at:] if p.kind in ("prose", "verse", "letter") and p.end > scene.start)
        first = next(prose, None)
        start = max(start, first.start) if first is not None and first.start < scene.end else start
    words = story.text.content[start : min(scene.end, start + 40 * most)].split(maxsplit=most)
    return " ".join(words[:most]) + ("…" if len(words) > most else "")
