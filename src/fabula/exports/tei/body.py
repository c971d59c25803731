"""The text of a TEI document: chapters, paragraphs, speech, mentions, and where scenes begin."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence

from lxml import etree
from msgspec import UNSET

from fabula.forms.nest import Block, nested
from fabula.forms.xml import ID, add, append_text
from fabula.story import EntityType, Mention, Mode, Quote, Scene, Span, Story

__all__ = ["Writer"]

_ALOUD: dict[Mode, str] = {"spoken": "true", "thought": "false", "written": "false"}
"""Whether the quoted matter is vocalised; of what is remembered or imagined that is unknown."""

_NAMES: dict[EntityType, str] = {"PER": "persName", "ORG": "orgName", "VEH": "name"}
"""The elements of names; those of all others are placeName."""


class Writer:
    """Writes the blocks of one story, from its first to its last."""

    def __init__(self, story: Story) -> None:
        layers = story.layers
        self._story = story
        self._scenes = deque[Scene](() if layers.scenes is UNSET else story.scenes)
        self._quotes = _Passing(() if layers.quotes is UNSET else story.quotes)
        self._mentions = _Passing(() if layers.mentions is UNSET else story.mentions)
        self._known = {one.id for layer in (layers.characters, layers.entities) if layer is not UNSET for one in layer}
        self._parts: dict[str, list[etree._Element]] = {}

    def division(self, div: etree._Element, blocks: Sequence[Block]) -> None:
        """The blocks of a chapter. Headings that open it are heads; other kinds than prose are named in @type."""
        opening = True
        for block in blocks:
            if block.body == block.start:
                self._put(div, block)
                continue
            opening = opening and block.kind == "heading"
            while self._scenes and self._scenes[0].start <= block.start:
                self._begin(div)
            if opening:
                node = add(div, "head")
            else:
                node = add(div, "p") if block.kind == "prose" else add(div, "ab", type=block.kind)
            self._words(node, Span(block.start, block.body))
            self._put(div, Span(block.body, block.end))

    def _words(self, node: etree._Element, whole: Span) -> None:
        records = (*self._quotes.over(whole), *self._mentions.over(whole))
        for step, record in nested(whole, records):
            if step == "words":
                self._put(node, record)
            elif step == "open":
                node = self._quote(node, record) if isinstance(record, Quote) else self._mention(node, record)
            else:
                above = node.getparent()
                node = node if above is None else above

    def _put(self, node: etree._Element, span: Span) -> None:
        """Words, with a milestone wherever a scene begins among them."""
        at = span.start
        while self._scenes and self._scenes[0].start < span.end:
            start = max(at, self._scenes[0].start)
            append_text(node, self._story.text.content[at:start])
            self._begin(node)
            at = start
        append_text(node, self._story.text.content[at : span.end])

    def _begin(self, parent: etree._Element) -> None:
        add(parent, "milestone", unit="scene", corresp=f"#{self._scenes.popleft().id}")

    def _quote(self, parent: etree._Element, quote: Quote) -> etree._Element:
        if quote.mode == "term":
            return add(parent, "soCalled")
        node = add(
            parent,
            "said",
            who=self._pointers((quote.speaker,)),
            toWhom=self._pointers(quote.addressees),
            aloud=_ALOUD.get(quote.mode, "unknown"),
            direct="true",
            cert=None if quote.speaker is None else f"{quote.confidence:.3g}",
        )
        parts = self._parts.setdefault(quote.id, [])
        name = quote.id if not parts else f"{quote.id}.{len(parts) + 1}"
        node.set(ID, name)
        if parts:
            node.set("prev", f"#{parts[-1].get(ID)}")
            parts[-1].set("next", f"#{name}")
        parts.append(node)
        return node

    def _mention(self, parent: etree._Element, record: Span) -> etree._Element:
        assert isinstance(record, Mention), "only quotes and mentions are marked"
        name = _NAMES.get(record.type, "placeName") if record.form == "name" else "rs"
        return add(parent, name, ref=self._pointers((record.character, record.entity)))

    def _pointers(self, ids: Sequence[str | None]) -> str | None:
        return " ".join(f"#{one}" for one in ids if one in self._known) or None


class _Passing:
    """Records in order of place, given out to stretches that come in order too."""

    def __init__(self, records: Sequence[Quote | Mention]) -> None:
        self._waiting = deque[Quote | Mention](sorted(records, key=lambda one: (one.start, -one.end)))
        self._begun: list[Quote | Mention] = []

    def over(self, whole: Span) -> Iterator[Quote | Mention]:
        """The records that share a character with a stretch."""
        while self._waiting and self._waiting[0].start < whole.end:
            self._begun.append(self._waiting.popleft())
        self._begun = [one for one in self._begun if one.end > whole.start]
        return iter([one for one in self._begun if one.overlaps(whole)])
