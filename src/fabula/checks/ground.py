"""What several checks stand on: the order of the scenes, who does something where, and what is not meant as real."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

import msgspec

from fabula import lexicon
from fabula.story import Mention, Paragraph, Scene, Span, Story

__all__ = ["Act", "Ground", "is_named", "lay_ground"]

_BETWEEN = re.compile(
    r"(?:\s+and(?:\s+[A-Z][\w’'-]*)+|,\s(?!and\b|who\b)[^,.;:!?“”\"()—]{2,40},)?"
    r"\s+(?:who\s+)?(?:(?:was|were|is|are)\s+(?=(?:\w+\s+)?\w+ing\b))?"
    r"(?:,?\s*(?:also|then|now|just|already|still|only|at last|again|both|all|himself|herself|\w+ly)\s+)?"
)
"""What may stand between a name and what its bearer does: nothing, somebody else beside it, what is said of it between
two commas, an adverb, "was" before "walking"."""
_KIN = frozenset("mother father grandmother grandfather uncle aunt sister brother".split())
_DIES = frozenset("died dies killed murdered drowned buried dead lay fell".split())
_BEFORE = re.compile(
    r"\b(?:had|has|have|would|could|might|may|should|must|will|if|as if|though|used to|once)\b|n’t|n't|\bnot\b|"
    r"^\W*(?:Had|Has|Have|Would|Could|Might|Should|If|Did|Does|Do)\b"
)
_BESIDE = re.compile(
    r"\b(?:of|to|with|from|at|towards?|beside|upon|against|without|between|among|into)\s+$", re.IGNORECASE
)
"""Behind these a name is not the one who does what follows: "the mane of Kull shone"."""
_SURE = 0.5
"""Whose voice is less sure may be anybody's."""
_UNREAL = re.compile(
    r"\b(?:ghost|spirit|phantom|spectre|specter|apparition|haunt\w*|dream\w*|dreamt|remember\w*|recall\w*|memor\w+|"
    r"recording|tape|film|photograph\w*|portrait|picture|painting|statue|corpse|body|coffin|grave|tomb|funeral|buried|"
    r"once|ago|used to|in (?:his|her|their) (?:day|time)|imagin\w+|as if|as though|years before|namesake|widow|late)\b",
    re.IGNORECASE,
)
"""Words in whose sentence somebody is there who need not be: the dead walk in memories, dreams and pictures."""


class Act(msgspec.Struct, frozen=True):
    """Somebody does or says something in the scene told as number `scene`; `span`: the words that say so."""

    who: str
    scene: int
    span: Span
    spoken: bool


class Ground(msgspec.Struct, frozen=True, kw_only=True):
    """A story laid out for checks.

    Attributes:
        paragraphs: those with words, in order.
        rank: for each scene, as told, its place in story order.
        acts: what people do in the narration and whom tags name as speaking, in order of place.
    """

    story: Story
    paragraphs: Sequence[Paragraph]
    scenes: Sequence[Scene]
    rank: Sequence[int]
    names: dict[str, str]
    acts: Sequence[Act]

    def scene(self, place: int) -> int:
        """The number, as told, of the scene at a place."""
        return max(0, bisect_right(self.scenes, place, key=lambda scene: scene.start) - 1)

    def number(self, scene: str | None) -> int | None:
        """The number, as told, of the scene with this id."""
        return next((at for at, known in enumerate(self.scenes) if known.id == scene), None)

    def paragraph(self, place: int) -> int:
        """The number of the filled paragraph at a place."""
        return max(0, bisect_right(self.paragraphs, place, key=lambda paragraph: paragraph.start) - 1)

    def sentence(self, span: Span) -> Span:
        """The sentence around a place, as far as its stops show it, never beyond its paragraph."""
        paragraph = self.paragraphs[self.paragraph(span.start)]
        content = self.story.text.content
        start = max((content.rfind(stop, paragraph.start, span.start) + 1 for stop in ".!?”"), default=0)
        ends = [at for stop in ".!?" if (at := content.find(stop, span.end, paragraph.body)) >= 0]
        start = max(start, paragraph.start)
        start += len(content[start : span.start]) - len(content[start : span.start].lstrip())
        return Span(start, max(span.end, min(ends, default=paragraph.body - 1) + 1))

    def is_real(self, span: Span) -> bool:
        """Whether nothing in its sentence says that it is remembered, dreamt, recorded, painted or long ago."""
        return not _UNREAL.search(self.story.text[self.sentence(span)])


def lay_ground(story: Story) -> Ground:
    """The story laid out; needs its paragraphs, scenes, characters, mentions, quotes and events."""
    scenes = story.scenes
    told = {scene.id: at for at, scene in enumerate(scenes)}
    order = sorted(scenes, key=lambda s: (s.order if s.order is not None else told[s.id] + 1, told[s.id]))
    places: dict[str, int] = {}
    for scene in order:
        places[scene.id] = scene.order if scene.order is not None else told[scene.id] + 1
    ground = Ground(
        story=story,
        paragraphs=[p for p in story.paragraphs if p.kind != "blank"],
        scenes=scenes,
        rank=[places[scene.id] for scene in scenes],
        names={character.id: character.name for character in story.characters},
        acts=(),
    )
    acts = sorted({*_done(ground), *_said(ground)}, key=lambda act: (act.span, act.who))
    return msgspec.structs.replace(ground, acts=acts)


def is_named(story: Story, mention: Mention) -> bool:
    """Whether a mention is a name, or a word for kin that stands for one: "Mother", "Papa"."""
    if mention.form == "name":
        return True
    words = story.words(mention)
    return mention.form == "nominal" and words.istitle() and words.lower() in lexicon.table("kin_calls").keys() | _KIN


def _done(ground: Ground) -> Iterator[Act]:
    """A name, and right behind it a word that says that something happens: "Phil nodded"."""
    story = ground.story
    events = {event.start: event for event in story.events}
    outer = [quote for quote in story.quotes if quote.depth == 0 and quote.mode != "term"]
    begins = [quote.start for quote in outer]
    for mention in story.mentions:
        if mention.character is None or not is_named(story, mention):
            continue
        at = bisect_right(begins, mention.start) - 1
        if at >= 0 and outer[at].end > mention.start:
            continue
        between = _BETWEEN.match(story.text.content, mention.end)
        event = events.get(between.end()) if between is not None else None
        if event is None or story.words(event).lower() in _DIES:
            continue
        span = Span(mention.start, event.end)
        lead = story.text.content[ground.sentence(span).start : span.start]
        if not _BEFORE.search(lead) and not _BESIDE.search(lead):
            yield Act(mention.character, ground.scene(span.start), span, False)


def _said(ground: Ground) -> Iterator[Act]:
    """Somebody speaks, as a tag or a beat with a name says."""
    names = [mention for mention in ground.story.mentions if is_named(ground.story, mention)]
    starts = [mention.start for mention in names]
    for quote in ground.story.quotes:
        if quote.mode != "spoken" or quote.depth or quote.speaker is None or quote.confidence < _SURE:
            continue
        if quote.cue not in ("tag", "beat"):
            continue
        for tag in quote.evidence:
            inside = names[bisect_left(starts, tag.start) : bisect_left(starts, tag.end)]
            if any(mention.character == quote.speaker for mention in inside):
                yield Act(quote.speaker, ground.scene(quote.start), Span(quote.start, quote.end), True)
