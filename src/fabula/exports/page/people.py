"""Who is in the story, for the page: under which names and since when, and whose voice is heard most."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from fabula.exports.page.form import EntityForm, PersonForm
from fabula.exports.page.index import Index, sure
from fabula.exports.page.names import known_names
from fabula.story import Character, Mention

__all__ = ["entities", "people"]


def people(known: Index) -> list[PersonForm]:
    """Everybody, in order of first appearance as the story has them."""
    meant: dict[str | None, list[Mention]] = {}
    for mention in known.mentions:
        meant.setdefault(mention.character, []).append(mention)
    weights = Counter({who: len(found) for who, found in meant.items()})
    weights.update(quote.speaker for quote in known.quotes)
    ranked = sorted(known.characters, key=lambda character: -weights[character.id])
    voices = {character.id: rank for rank, character in enumerate(ranked)}
    return [_person(c, meant.get(c.id, []), voices[c.id], known) for c in known.characters]


def entities(known: Index) -> list[EntityForm]:
    """Named places and organisations, with the place of the text that names each first."""
    first: dict[str | None, int] = {}
    for mention in known.mentions:
        first.setdefault(mention.entity, known.at(mention.start))
    return [
        EntityForm(name=entity.name, type=entity.type, aliases=entity.aliases, first=first.get(entity.id))
        for entity in known.story.entities
    ]


def _person(character: Character, mentions: Sequence[Mention], voice: int, known: Index) -> PersonForm:
    text, at = known.story.text, known.at
    places = [span.start for span in (*character.evidence[:1], *mentions[:1])]
    if not places:
        places = [quote.start for quote in known.quotes if quote.speaker == character.id][:1]
    return PersonForm(
        name=character.name,
        names=[(name, at(since)) for name, since in known_names(text, character, mentions)],
        first=at(min(places, default=0)),
        voice=voice,
        kind=character.kind,
        pronouns=character.pronouns,
        narrator=character.narrator,
        sure=sure(character.confidence),
        why=at.pairs(character.evidence[:3]),
    )
