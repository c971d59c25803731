"""The story as a spaCy `Doc`, with its people, places and speech as spans.

The one module of the runtime that may import spaCy, and only when it is called: whoever calls it has spaCy and asks for
its own type. Nothing that reads a story comes here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from msgspec import UNSET

from fabula.errors import NotWritten
from fabula.forms.words import Words, words_of
from fabula.story import Mention, Story
from fabula.story import Span as Place

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span
    from spacy.vocab import Vocab

__all__ = ["to_spacy", "to_spacy_bytes"]

_KINDS = {"PER": "PERSON"}
"""spaCy's own labels where they differ."""


def to_spacy(story: Story, *, vocab: Vocab | None = None) -> Doc:
    """The story as a `Doc`: `doc.text` is the text.

    `doc.sents` are the sentences; `doc.ents` the names (the outer one where one stands in another), with the id of whom
    or what they mean as `ent_id_`. `doc.spans` has "mentions" (label: form, id: the character's or thing's), "quotes"
    (label: mode, id: the speaker's) and "scenes". Word classes, lemmas and dependencies are unset; a pipeline of
    spaCy's may add them.

    Args:
        vocab: the vocabulary of your pipeline (`nlp.vocab`); an empty one if not given.

    Raises:
        NotRead: if the paragraphs were not read. Whatever else was not read is left out.
        NotWritten: if spaCy is not installed.
    """
    try:
        from spacy.tokens import Doc
        from spacy.vocab import Vocab
    except ImportError as error:
        raise NotWritten("spaCy is not installed", hint='Install it: pip install "fabula[spacy]".') from error
    words = words_of(story)
    pieces = list(_pieces(story, words))
    doc = Doc(
        vocab if vocab is not None else Vocab(),
        words=[words for words, _, _ in pieces],
        spaces=[space for _, space, _ in pieces],
        sent_starts=[start for _, _, start in pieces],
    )
    return _annotated(doc, story)


def to_spacy_bytes(story: Story) -> bytes:
    """The `Doc` as a file that `spacy.tokens.DocBin().from_bytes` opens.

    Raises:
        NotRead, NotWritten: as `to_spacy`.
    """
    doc = to_spacy(story)
    from spacy.tokens import DocBin

    bytes_: bytes = DocBin(docs=[doc], store_user_data=True).to_bytes()
    return bytes_


def _pieces(story: Story, words: Words) -> Iterator[tuple[str, bool, bool]]:
    """Words and white space as spaCy has them: a blank belongs to the word before, other white space is a word."""
    content = story.text.content
    starts = [*(word.start for word in words.all), len(content)]
    if starts[0]:
        yield content[: starts[0]], False, True
    for word, end in zip(words.all, starts[1:], strict=True):
        space = content[word.end : end]
        yield content[word.start : word.end], space.startswith(" "), word.within == 0
        if space not in ("", " "):
            yield space.removeprefix(" "), False, False


def _annotated(doc: Doc, story: Story) -> Doc:
    layers = story.layers
    if layers.mentions is not UNSET:
        known = [(m, m.form, m.character or m.entity) for m in story.mentions]
        doc.spans["mentions"] = list(_spans(doc, known))
        names = [(m, _KINDS.get(m.type, m.type), m.character or m.entity) for m in _outer_names(story)]
        doc.set_ents(list(_spans(doc, names)))
    if layers.quotes is not UNSET:
        doc.spans["quotes"] = list(_spans(doc, [(q, q.mode, q.speaker) for q in story.quotes]))
    if layers.scenes is not UNSET:
        doc.spans["scenes"] = list(_spans(doc, [(s, s.frame, s.id) for s in story.scenes]))
    return doc


def _spans(doc: Doc, known: Sequence[tuple[Place, str, str | None]]) -> Iterator[Span]:
    for place, label, id_ in known:
        if len(place):
            yield doc.char_span(place.start, place.end, label=label, span_id=id_ or "", alignment_mode="expand")


def _outer_names(story: Story) -> Iterator[Mention]:
    end = 0
    for mention in sorted(story.mentions, key=lambda one: (one.start, -one.end)):
        if mention.form == "name" and mention.start >= end:
            end = mention.end
            yield mention
