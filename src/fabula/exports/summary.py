"""What a writer wants to see first: how long the story is, how much is said, and what the reading is unsure of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import msgspec
from msgspec import UNSET

from fabula.forms.basics import UNSURE, title_of, voiced
from fabula.story import EntityType, Quote, Severity, Span, Story

__all__ = ["Doubt", "FindingRow", "PlaceRow", "Summary", "to_summary"]

_WORDS_A_MINUTE = 238
"""Silent reading of English by adults: Brysbaert (2019), a review of 190 studies, 238 words a minute."""

_SPOKEN_WORDS_A_MINUTE = 155
"""Reading aloud: audiobook makers reckon 9,300 words for an hour of sound."""

_SHOWN_DOUBTS = 3
"""Places shown for each kind of doubt; the commands list them all."""


class PlaceRow(msgspec.Struct, frozen=True, kw_only=True):
    """A named place or organisation and how often the text names it."""

    name: str
    type: EntityType
    mentions: int


class Doubt(msgspec.Struct, frozen=True, kw_only=True):
    """Something the reading could not tell: what, how often, and a few places as (line, words)."""

    what: str
    count: int
    places: tuple[tuple[int, str], ...] = ()


class FindingRow(msgspec.Struct, frozen=True, kw_only=True):
    """Something that does not fit, with the places that show it as (line, words)."""

    kind: str
    severity: Severity
    message: str
    places: tuple[tuple[int, str], ...]


class Summary(msgspec.Struct, frozen=True, kw_only=True):
    """A story in numbers. What was not read is None.

    Attributes:
        words: words of the story itself, what stands apart (licence, contents, notes) left out.
        minutes, minutes_aloud: to read it silently, and to read it to somebody.
        speech: the share of the story's words that stand in quotations, 0 to 1.
        quotes, attributed: quotations, and how many of them have a speaker.
    """

    title: str | None
    author: str | None
    name: str
    words: int
    minutes: int
    minutes_aloud: int
    chapters: int | None
    scenes: int | None
    quotes: int | None
    attributed: int | None
    speech: float | None
    places: tuple[PlaceRow, ...] | None
    doubts: tuple[Doubt, ...]
    findings: tuple[FindingRow, ...] | None
    notes: tuple[str, ...]


def to_summary(story: Story) -> Summary:
    """The story in numbers, from whatever layers were read."""
    text, layers = story.text, story.layers
    words = len(text.content.split()) - sum(len(text[apart].split()) for apart in text.apart)
    quotes = None if layers.quotes is UNSET else voiced(story)
    quoted = None if quotes is None else sum(len(story.words(quote).split()) for quote in quotes)
    return Summary(
        title=title_of(story),
        author=text.source.author,
        name=text.source.name,
        words=words,
        minutes=max(1, round(words / _WORDS_A_MINUTE)),
        minutes_aloud=max(1, round(words / _SPOKEN_WORDS_A_MINUTE)),
        chapters=None if layers.chapters is UNSET else len(story.chapters),
        scenes=None if layers.scenes is UNSET else len(story.scenes),
        quotes=None if quotes is None else len(quotes),
        attributed=None if quotes is None else sum(quote.speaker is not None for quote in quotes),
        speech=None if quoted is None else round(quoted / max(1, words), 4),
        places=_places(story),
        doubts=tuple(_doubts(story)),
        findings=_findings(story),
        notes=text.notes,
    )


def _places(story: Story) -> tuple[PlaceRow, ...] | None:
    if story.layers.entities is UNSET:
        return None
    counts: Counter[str | None] = Counter()
    if story.layers.mentions is not UNSET:
        counts.update(mention.entity for mention in story.mentions)
    rows = [PlaceRow(name=e.name, type=e.type, mentions=counts[e.id]) for e in story.entities]
    return tuple(sorted(rows, key=lambda row: -row.mentions))


def _doubts(story: Story) -> list[Doubt]:
    doubts = []
    if story.layers.quotes is not UNSET:
        unknown = [quote for quote in voiced(story) if quote.speaker is None]
        unsure = [quote for quote in voiced(story) if quote.speaker is not None and quote.confidence < UNSURE]
        doubts.append(_doubt(story, "Quotations whose speaker the text does not let one know", unknown))
        doubts.append(_doubt(story, "Quotations whose speaker is more guessed than known", unsure))
    if story.layers.characters is not UNSET:
        vague = [c for c in story.characters if c.confidence < UNSURE]
        shown = tuple((story.text.line(c.evidence[0].start), c.name) for c in vague[:_SHOWN_DOUBTS] if c.evidence)
        doubts.append(Doubt(what="Names that may not be characters", count=len(vague), places=shown))
    if story.layers.scenes is not UNSET:
        unordered = [scene for scene in story.scenes if scene.order is None]
        doubts.append(Doubt(what="Scenes whose place in story time is not known", count=len(unordered)))
    return [doubt for doubt in doubts if doubt.count]


def _doubt(story: Story, what: str, quotes: Sequence[Quote]) -> Doubt:
    return Doubt(what=what, count=len(quotes), places=_shown(story, tuple(quotes)))


def _findings(story: Story) -> tuple[FindingRow, ...] | None:
    if story.layers.findings is UNSET:
        return None
    return tuple(
        FindingRow(kind=f.kind, severity=f.severity, message=f.message, places=_shown(story, f.evidence))
        for f in story.findings
    )


def _shown(story: Story, spans: tuple[Span, ...]) -> tuple[tuple[int, str], ...]:
    return tuple((story.text.line(span.start), " ".join(story.words(span).split())) for span in spans[:_SHOWN_DOUBTS])
