"""A gold story in the shape of a PDNC novel, so that the measures of one are those of the other."""

from __future__ import annotations

from collections.abc import Sequence

from benchmarks.corpora.gold.form import LineType
from benchmarks.corpora.gold.records import GoldLine, GoldPerson, GoldStory
from benchmarks.corpora.pdnc import PdncNovel, QuoteType
from fabula.story import Character, Layers, Quote, Story

__all__ = ["NARRATOR", "as_novel"]

NARRATOR = "the narrator"
"""What a reader may call a narrator whose name it does not know."""

_TYPES: dict[LineType, QuoteType] = {
    "explicit": "Explicit",
    "anaphoric": "Anaphoric",
    "implicit": "Implicit",
    "": "untyped",
}


def as_novel(gold: GoldStory, *, lines: Sequence[GoldLine]) -> PdncNovel:
    """The story with these of its lines as quotations.

    The only narrator of a story goes by the name "the narrator" too: the text calls nobody so, and yet it says who is
    meant.
    """
    quotes = tuple(_quote(number, line) for number, line in enumerate(lines, start=1))
    types = {quote.id: _TYPES[line.type] for quote, line in zip(quotes, lines, strict=True)}
    tellers = [person.id for person in gold.people if person.narrator]
    characters = tuple(_character(person, alone=tellers == [person.id]) for person in gold.people)
    return PdncNovel(
        name=gold.name,
        story=Story(gold.text, Layers(characters=characters, quotes=quotes)),
        quote_types=types,
        categories={person.id: person.role for person in gold.people},
    )


def _quote(number: int, line: GoldLine) -> Quote:
    return Quote(
        line.start,
        line.end,
        id=f"q{number}",
        speaker=line.by,
        addressees=line.to,
        mode=line.mode,
        turn=number,
        confidence=1.0,
    )


def _character(person: GoldPerson, *, alone: bool) -> Character:
    names = dict.fromkeys((*person.names, *((NARRATOR,) if alone else ())))
    return Character(
        id=person.id,
        name=person.names[0],
        aliases=tuple(names)[1:],
        kind=person.kind,
        pronouns=person.pronouns or None,
        narrator=person.narrator,
    )
