"""Finding the facts that a question means, and saying plainly what in the question is not in the story."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from msgspec import UNSET

from fabula.errors import NotInStory
from fabula.story.questions.asking import (
    ask_for,
    close_names,
    is_title,
    most_alike,
    names_in,
    nearest,
    stems,
    strangers,
)
from fabula.story.records import Fact, Relation
from fabula.story.shortening import shortened

if TYPE_CHECKING:
    from fabula.story.story import Story

__all__ = ["all_names", "facts_meant", "known_names"]

_SHOWN = 80
"""Characters shown of a fact that comes near."""
_WIDER = 2
"""Words that say more than twice as much as "Anne is dead" speak of something else: "Anne said that all men die"."""


def facts_meant(story: Story, words: str) -> tuple[Fact, ...]:
    """The facts that a few words mean, the nearest first; for what raises see `Story.facts_about`."""
    facts = story.facts
    exact = [fact for fact in facts if fact.id == words.strip()]
    if exact:
        return tuple(exact)
    near = _near(words, [fact.text for fact in facts])
    named = known_names(story, words, near)
    died = [fact for fact in facts if _tells_death(story, fact, words, named)]
    if died:
        return tuple(died)
    tie = _tie(story, words)
    shown = [fact for fact in facts if tie is not None and _shows(fact, tie)]
    if shown:
        return tuple(shown)
    names = all_names(story)
    about = [" ".join(name for who in fact.about for name in names.get(who, ())) for fact in facts]
    for texts in ([fact.text for fact in facts], [_in_all_words(story, fact) for fact in facts]):
        found = ask_for(words, texts, names=named, about=about)
        if _asks_for_death(words, named):
            found = [number for number in found if len(stems(texts[number])) <= _WIDER * len(stems(words))]
        if found:
            return tuple(facts[number] for number in found)
    if tie is not None:
        raise _untold(story, tie, names)
    raise NotInStory(f"no fact of this story is like {words!r}", hint=near or "Ask in the story's own words.")


def known_names(story: Story, words: str, near: str) -> list[str]:
    """The names in a question, all of which the story has.

    Args:
        near: what else to say where it has not: what comes nearest to the question.

    Raises:
        NotInStory: if the story has one of them nowhere.
    """
    names = [name for held in all_names(story).values() for name in held]
    named = names_in(words, story.text.content, names)
    unknown = strangers(named, story.text.content, names)
    if not unknown:
        return named
    close = close_names(unknown[0], names)
    meant = f"Did you mean {' or '.join(close)}?" if close else ""
    raise NotInStory(f"there is no {unknown[0]} in this story", hint=" ".join(filter(None, (meant, near))))


def all_names(story: Story) -> dict[str, tuple[str, ...]]:
    """Everything that the people, things and places of a story are called, by id."""
    layers = story.layers
    read = (layers.characters, layers.objects, layers.entities)
    return {one.id: (one.name, *one.aliases) for layer in read if layer is not UNSET for one in layer}


def _near(words: str, texts: Sequence[str]) -> str:
    """The facts that have most of a question's words or, if none has any, most of its letters."""
    found = [texts[number] for number in most_alike(stems(words), texts)] or nearest(words, texts)
    shown = dict.fromkeys(repr(shortened(text, _SHOWN)) for text in found)
    return f"The nearest: {'; '.join(shown)}." if shown else ""


def _tells_death(story: Story, fact: Fact, words: str, named: Sequence[str]) -> bool:
    """Whether a fact is the death of the one of whom alone a question speaks, and it asks of nothing else."""
    if fact.kind != "death" or not _asks_for_death(words, named):
        return False
    return stems(" ".join(named)) <= stems(" ".join(all_names(story).get(fact.about[0], ()) if fact.about else ()))


def _asks_for_death(words: str, named: Sequence[str]) -> bool:
    """Whether a question is of somebody's death and of nothing else."""
    return bool(named) and stems(words) - stems(" ".join(named)) == stems("dead")


def _in_all_words(story: Story, fact: Fact) -> str:
    """A fact in all the words there are for it: its own, and those of the places that show it."""
    return " ".join((fact.text, *(story.text[place] for place in fact.evidence)))


def _tie(story: Story, words: str) -> Relation | None:
    """The recorded relation that a question is about: both people, the kind, and not the other way round."""
    relations = story.layers.relations
    if relations is UNSET:
        return None
    asked, names = stems(words), all_names(story)
    for one in relations:
        a, b = names.get(one.a, ()), names.get(one.b, ())
        if stems(one.kind) <= asked and _named(words, a) and _named(words, b) and not _owns(words, a, b):
            return one
    return None


def _named(words: str, names: Sequence[str]) -> bool:
    return any(re.search(rf"\b{re.escape(part)}\b", words, re.IGNORECASE) for part in _parts(names))


def _owns(words: str, names: Sequence[str], others: Sequence[str]) -> bool:
    """Whether somebody is the one whose the other is: "Anne's sister", "the sister of Anne"."""
    own = [re.escape(part) for part in _parts(names) if part not in {*_parts(others)}]
    return any(re.search(rf"\b{part}[’']|\bof (?:\w+ )?{part}\b", words, re.IGNORECASE) for part in own)


def _parts(names: Iterable[str]) -> list[str]:
    """The words of names that are names: of "the old Rafe" only "Rafe", of "Mr Gray" only "Gray"."""
    words = (part for name in names for part in name.split() if part[:1].isupper())
    return [part for part in words if not is_title(part)]


def _shows(fact: Fact, tie: Relation) -> bool:
    """Whether a fact is a relation: it stands in the same words and names both, or the kind of it."""
    at_one_place = any(place.overlaps(other) for place in fact.evidence for other in tie.evidence)
    return at_one_place and ({tie.a, tie.b} <= {*fact.about} or stems(tie.kind) <= stems(fact.text))


def _untold(story: Story, tie: Relation, names: dict[str, tuple[str, ...]]) -> NotInStory:
    """The relation is recorded, but as nobody's knowledge."""
    line = f" (line {story.text.line(tie.evidence[0].start):,})" if tie.evidence else ""
    a, b = (names[who][0] for who in (tie.a, tie.b))
    said = f"{a} is the {tie.kind} of {b}{line}, but it is not recorded who knows it"
    return NotInStory(said, hint="`fabula relations` shows the words.")
