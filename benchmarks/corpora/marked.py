"""LitBank's documents as the corpus has them: words, and what was marked on them by the numbers of the words."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec

from benchmarks.corpora.litbank import DEVELOPMENT, load_document
from benchmarks.corpora.place import digest, folder
from fabula.story import EntityType, Form

__all__ = ["MarkedMention", "MarkedText", "development_digest", "load_marked"]

_CLOSING = ('"', "”", "''")
_OPENING = ('"', "“", "``")


class MarkedMention(NamedTuple):
    """Words `first` to `last` (both of it); `who`: the same for all that mean the same."""

    first: int
    last: int
    type: EntityType
    form: Form
    who: str


class MarkedText(msgspec.Struct, frozen=True, kw_only=True):
    """A document in its own words.

    Attributes:
        sentence: for each word the number of its sentence.
        speech: for each word the number of the speech it stands in, by quotation marks alone; -1 in the narration.
        mentions: in order of place, the longer first.
        events: the numbers of the words that tell of something that happens.
    """

    name: str
    forms: tuple[str, ...]
    sentence: tuple[int, ...]
    speech: tuple[int, ...]
    mentions: tuple[MarkedMention, ...]
    events: frozenset[int]


def load_marked(name: str, *, root: Path | None = None) -> MarkedText:
    """A document of LitBank.

    Raises:
        DataAbsent: if the corpus is not on this machine.
    """
    document = load_document(name, root=root)
    content, words, layers = document.story.text.content, document.words, document.story.layers
    starts = {word.start: number for number, word in enumerate(words)}
    ends = {word.end: number for number, word in enumerate(words)}
    sentence, row = [], 0
    for word in words:
        while document.sentences[row].end <= word.start:
            row += 1
        sentence.append(row)
    forms = tuple(content[word.start : word.end] for word in words)
    return MarkedText(
        name=name,
        forms=forms,
        sentence=tuple(sentence),
        speech=tuple(speeches(forms)),
        mentions=tuple(
            MarkedMention(starts[m.start], ends[m.end], m.type, m.form, m.character or m.entity or "")
            for m in layers.mentions or ()
        ),
        events=frozenset(starts[event.start] for event in layers.events or ()),
    )


def speeches(forms: Sequence[str]) -> list[int]:
    """Which speech each word stands in, by its marks alone: the documents have no paragraphs."""
    found, many, inside = [], 0, False
    for form in forms:
        closes = inside and form in _CLOSING
        opens = not inside and form in _OPENING
        many += opens
        found.append(many if inside or opens else -1)
        inside = opens or (inside and not closes)
    return found


def development_digest(*, root: Path | None = None) -> str:
    """The digest of what is read of the development documents."""
    place = folder("litbank", root=root)
    parts = ("coref/tsv/{}_brat.txt", "coref/tsv/{}_brat.ann", "events/tsv/{}_brat.tsv")
    return digest([place / part.format(name) for name in DEVELOPMENT for part in parts], base=place)
