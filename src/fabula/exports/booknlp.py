"""The files that BookNLP writes, for the many programs that read them: tokens, entities, quotes, and the book's people.

The columns are those of BookNLP 1.0 (github.com/booknlp/booknlp). What this reading does not know is "_", or -1 where a
number must stand: lemmas, word classes, dependencies, and events where they were not read. There is no supersense file,
just as BookNLP writes none when it was not asked for one.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import msgspec
from msgspec import UNSET

from fabula.forms.basics import stem_of, voiced
from fabula.forms.words import Words, words_of
from fabula.story import Character, Mention, Quote, Story

__all__ = ["to_booknlp"]

_TOKENS = (
    "paragraph_ID", "sentence_ID", "token_ID_within_sentence", "token_ID_within_document", "word", "lemma",
    "byte_onset", "byte_offset", "POS_tag", "fine_POS_tag", "dependency_relation", "syntactic_head_ID", "event",
)  # fmt: skip
_ENTITIES = ("COREF", "start_token", "end_token", "prop", "cat", "text")
_QUOTES = ("quote_start", "quote_end", "mention_start", "mention_end", "mention_phrase", "char_id", "quote")
_FORMS = {"name": "PROP", "nominal": "NOM", "pronoun": "PRON"}
_LISTS = {"name": "proper", "nominal": "common", "pronoun": "pronoun"}
_GENDERS = ("he/him/his", "she/her", "they/them/their", "xe/xem/xyr/xir", "ze/zem/zir/hir")
"""BookNLP's own categories; the pronouns are counted by the words in them."""

_NARRATOR = 0
"""The number that BookNLP keeps for the one who tells the story as "I"."""


def to_booknlp(story: Story) -> dict[str, bytes]:
    """The files by name: `NAME.tokens`, `NAME.entities`, `NAME.quotes`, `NAME.book`.

    A character's number is that of its id, the narrator's is 0; mentions of nobody known have numbers of their own.
    The "bytes" are, as in BookNLP, characters of the text.

    Raises:
        NotRead: if the paragraphs, characters, mentions or quotes were not read.
    """
    words = words_of(story)
    mentions = sorted(story.mentions, key=lambda one: (one.start, one.end))
    numbers = _numbers(story, mentions)
    spans = [words.inside(mention) for mention in mentions]
    tables = {
        "tokens": _table(_TOKENS, _tokens(story, words)),
        "entities": _table(_ENTITIES, _entities(story, words, mentions, numbers)),
        "quotes": _table(_QUOTES, _quotes(story, words, mentions, spans)),
        "book": msgspec.json.encode({"characters": _people(story, mentions)}),
    }
    return {f"{stem_of(story)}.{suffix}": data for suffix, data in tables.items()}


def _table(heading: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    return "".join("\t".join(map(str, row)) + "\n" for row in (heading, *rows)).encode("utf-8", "replace")


def _character_numbers(story: Story) -> dict[str, int]:
    numbers = {who.id: number for number, who in enumerate(story.characters, 1)}
    teller = next((who.id for who in story.characters if who.narrator), None)
    return numbers if teller is None else {**numbers, teller: _NARRATOR}


def _numbers(story: Story, mentions: Sequence[Mention]) -> list[int]:
    """Whom or what each mention means: characters first, then places and things, then each unknown one for itself."""
    known: dict[str | None, int] = dict(_character_numbers(story).items())
    entities = () if story.layers.entities is UNSET else story.entities
    known |= {entity.id: number for number, entity in enumerate(entities, len(story.characters) + 1)}
    unknown = len(story.characters) + len(entities)
    numbers = []
    for mention in mentions:
        number = known.get(mention.character, known.get(mention.entity))
        if number is None:
            unknown += 1
            number = unknown
        numbers.append(number)
    return numbers


def _tokens(story: Story, words: Words) -> Iterator[Sequence[object]]:
    events = None
    if story.layers.events is not UNSET:
        events = {number for event in story.events for number in words.inside(event)}
    for word in words.all:
        event = "_" if events is None else "EVENT" if word.number in events else "O"
        yield (
            word.paragraph, word.sentence, word.within, word.number, story.words(word), "_", word.start, word.end,
            "_", "_", "_", -1, event,
        )  # fmt: skip


def _said(story: Story, words: Words, numbers: range) -> str:
    """Words as BookNLP writes a phrase: parted by blanks."""
    return " ".join(story.words(words.all[number]) for number in numbers)


def _entities(
    story: Story, words: Words, mentions: Sequence[Mention], numbers: Sequence[int]
) -> Iterator[Sequence[object]]:
    for mention, number in zip(mentions, numbers, strict=True):
        inside = words.inside(mention)
        if inside:
            form = _FORMS[mention.form]
            yield number, inside[0], inside[-1], form, mention.type, _said(story, words, inside)


def _quotes(
    story: Story, words: Words, mentions: Sequence[Mention], spans: Sequence[range]
) -> Iterator[Sequence[object]]:
    of: dict[str, list[tuple[Mention, range]]] = {}
    for mention, span in zip(mentions, spans, strict=True):
        if mention.character is not None and span:
            of.setdefault(mention.character, []).append((mention, span))
    people = _character_numbers(story)
    for quote in voiced(story):
        inside = words.inside(quote)
        if not inside:
            continue
        who = None if quote.speaker is None else people.get(quote.speaker)
        found = None if quote.speaker is None else _attributed(quote, of.get(quote.speaker, []))
        shown = ("None", "None", "None") if found is None else (found[0], found[-1], _said(story, words, found))
        yield inside[0], inside[-1], *shown, who, _said(story, words, inside)


def _attributed(quote: Quote, mentions: Sequence[tuple[Mention, range]]) -> range | None:
    """The speaker's mention that a quotation goes with: the one that shows the speaker, else the nearest outside it."""
    for mention, span in mentions:
        if any(mention.overlaps(place) for place in quote.evidence):
            return span
    at = bisect_left(mentions, quote.end, key=lambda one: one[0].start)
    before = next((one for one in reversed(mentions[:at]) if one[0].end <= quote.start), None)
    behind = mentions[at] if at < len(mentions) else None
    if before is None or behind is None:
        near = before or behind
    else:
        near = min(before, behind, key=lambda one: max(quote.start - one[0].end, one[0].start - quote.end))
    return None if near is None else near[1]


def _people(story: Story, mentions: Sequence[Mention]) -> list[dict[str, Any]]:
    """Everybody with a mention or a quotation, the most mentioned first.

    Unlike BookNLP's own file this has those mentioned once too: they may speak.
    """
    numbers = _character_numbers(story)
    forms: dict[str, dict[str, Counter[str]]] = {}
    for mention in mentions:
        if mention.character in numbers:
            lists = forms.setdefault(mention.character or "", {name: Counter() for name in _LISTS.values()})
            lists[_LISTS[mention.form]][" ".join(story.words(mention).split())] += 1
    speak = {quote.speaker for quote in voiced(story)}
    people = [
        _person(who, numbers[who.id], forms.get(who.id)) for who in story.characters if who.id in forms.keys() | speak
    ]
    return sorted(people, key=lambda person: -person["count"])


def _person(who: Character, number: int, forms: dict[str, Counter[str]] | None) -> dict[str, Any]:
    """What `.book` says of one character; what they do, own and are like is not known to this reading."""
    lists = forms or {"proper": Counter({who.name: 0}), "common": Counter(), "pronoun": Counter()}
    return {
        **{unknown: list[Any]() for unknown in ("agent", "patient", "mod", "poss")},
        "id": number,
        "g": _gender(lists["pronoun"]),
        "count": sum(count.total() for count in lists.values()),
        "mentions": {
            name: [{"c": times, "n": words} for words, times in count.most_common()] for name, count in lists.items()
        },
    }


def _gender(pronouns: Counter[str]) -> dict[str, Any] | None:
    """The shares of the pronouns that the text uses, as BookNLP's "referential gender"; None where it uses none."""
    found: Counter[str] = Counter()
    for words, times in pronouns.items():
        for gender in _GENDERS:
            if words.lower() in gender.split("/"):
                found[gender] += times
    total = found.total()
    if not total:
        return None
    (most, times), *_ = found.most_common(1)
    shares = {gender: round(found[gender] / total, 3) for gender in _GENDERS}
    return {"inference": shares, "argmax": most, "max": round(times / total, 3), "total": total}
