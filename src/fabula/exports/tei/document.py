"""A whole TEI document: who says what to whom in the text itself, and the story's world in the header."""

from __future__ import annotations

from itertools import pairwise

from msgspec import UNSET

from fabula.exports.tei.body import Writer
from fabula.exports.tei.header import write_header
from fabula.forms.nest import Block, blocks_of
from fabula.forms.xml import add, document, to_bytes
from fabula.story import Story

__all__ = ["to_tei"]

_NAMESPACE = "http://www.tei-c.org/ns/1.0"


def to_tei(story: Story) -> bytes:
    """The whole text with its speech and mentions marked; joined, the words of `body` are the text.

    `said` has @who, @toWhom and @aloud, and @cert for the speaker; a quotation over several paragraphs is parted into
    several `said`, joined by @next and @prev. Scenes begin at a `milestone` and are described by a `setting` in the
    header, where @n is the place in story time. A mention that crosses the edge of a quotation is not marked.

    Raises:
        NotRead: if the paragraphs were not read. Whatever else was not read is left out.
    """
    divisions = _divisions(story)
    root = document("TEI", _NAMESPACE)
    write_header(add(root, "teiHeader"), story)
    body = add(add(root, "text"), "body")
    writer = Writer(story)
    for number, (kind, blocks) in enumerate(divisions, 1):
        writer.division(add(body, "div", type=kind, n=str(number)), blocks)
    return to_bytes(root)


def _divisions(story: Story) -> list[tuple[str, list[Block]]]:
    """The chapters, each with its blocks; the whole story as one where they were not read."""
    blocks = list(blocks_of(story))
    if story.layers.chapters is UNSET or not story.chapters:
        return [("story", blocks)]
    starts = [0, *(chapter.start for chapter in story.chapters[1:]), len(story.text) + 1]
    return [("chapter", [block for block in blocks if first <= block.start < end]) for first, end in pairwise(starts)]
