"""The things of a story: which words mean the same ring, key or letter, and under which names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

import msgspec

from fabula import lexicon
from fabula.layers.state.grammar import inflected
from fabula.layers.state.ground import Ground

__all__ = ["Thing", "Things", "gather_things"]

_GENERIC = frozenset("object thing item artefact artifact device".split())
"""Nouns that mean whatever thing a story is about."""
_FADES = 3000
"""After so many words without it, "a letter" is another letter than the last."""
_COLOURS = frozenset(
    "red blue green yellow grey gray brown black white golden silver pink purple other second third new empty".split()
)
"""What tells one thing of a kind from another; "big" or "heavy" does not."""
_NEW = frozenset("another new second third different".split())
_IT = frozenset({"it", "them"})
_NEAR = 2
"""So many sentences back "it" can still mean a thing."""
_MOVES = frozenset({"give", "give-to", "take", "hide", "put", "lose", "destroy"})


class Thing(msgspec.Struct, gc=False):
    """A thing as it is met word by word: its noun, what tells it from others of its kind, whose it is called."""

    noun: str
    words: list[int]
    marks: set[str]
    owners: set[str]
    names: dict[str, int]
    sure: bool = True


class Things(msgspec.Struct, frozen=True):
    """The things in order of first appearance, and which of them a word means."""

    all: Sequence[Thing]
    at: dict[int, Thing]


def gather_things(ground: Ground) -> Things:
    """Every noun that can be a thing somebody has, gathered into things; "it" where a verb of having governs it."""
    things: dict[str, list[Thing]] = {}
    at: dict[int, Thing] = {}
    recent: list[int] = []
    order: list[Thing] = []
    for word, lower in enumerate(ground.who.wording.lower):
        if lower in _IT and ground.grammar.relation[word] in ("obj", "nsubj:pass", "nsubj"):
            found = _meant_by_it(ground, word, recent, at)
            if found is not None:
                at[word] = found
                found.words.append(word)
            continue
        if not _can_be(ground, word):
            continue
        thing = _join(ground, word, things.setdefault("thing" if lower in _GENERIC else lower, []))
        if thing.words[0] == word:
            order.append(thing)
        at[word] = thing
        recent.append(word)
    _reach_back(ground, at, things.get("thing", []))
    return Things(order, at)


def _can_be(ground: Ground, word: int) -> bool:
    """Whether a word is a noun for a thing: on the list, or taken and given like one."""
    grammar, lower = ground.grammar, ground.who.wording.lower[word]
    if grammar.word_class[word] != "NOUN" or word in ground.meant or grammar.relation[word] in ("compound", "vocative"):
        return False
    if lower in _listed():
        return lower not in _GENERIC or _is_moved(ground, word)
    if lower in _never() or not lower.isalpha() or len(lower) < 3:
        return False
    return _is_moved(ground, word) and _is_definite(ground, word)


@cache
def _listed() -> frozenset[str]:
    nouns = lexicon.words("things")
    return nouns | {noun + "s" for noun in nouns - _GENERIC}


@cache
def _never() -> frozenset[str]:
    lists = ("no_things", "body_nouns", "place_nouns", "happenings", "person_nouns", "kin", "animals")
    nouns = frozenset().union(*(lexicon.table(name) for name in lists))
    return nouns | {noun + "s" for noun in nouns}


def _is_moved(ground: Ground, word: int) -> bool:
    verb = ground.grammar.head[word]
    bare = inflected("custody_verbs").get(ground.who.wording.lower[verb])
    if bare is None or ground.grammar.relation[word] not in ("obj", "nsubj:pass"):
        return False
    return lexicon.table("custody_verbs")[bare][0] in _MOVES or ground.who.wording.lower[word] in _GENERIC


def _is_definite(ground: Ground, word: int) -> bool:
    lower = ground.who.wording.lower
    return any(lower[kid] in ("the", "that", "this") for kid in ground.grammar.under(word, "det")) or bool(
        ground.grammar.under(word, "nmod:poss")
    )


def _join(ground: Ground, word: int, alike: list[Thing]) -> Thing:
    """The thing of its kind that the noun at a word means, or a new one."""
    lower, grammar = ground.who.wording.lower, ground.grammar
    marks = {lower[kid] for kid in grammar.under(word, "compound")}
    marks |= {lower[kid] for kid in grammar.under(word, "amod") if lower[kid] in _COLOURS}
    owner = None if ground.is_spoken(word) else ground.owner(word)
    before = {lower[kid] for kid in grammar.under(word, "det", "nummod")}
    fresh = bool(before & {"a", "an", "one", "some"}) or not before
    found = None if marks & _NEW or before & _NEW else _fitting(alike, marks, owner.id if owner else None, word, fresh)
    if found is None:
        found = Thing(noun=lower[word], words=[], marks=set(), owners=set(), names={})
        alike.append(found)
    found.words.append(word)
    found.marks |= marks - _NEW
    if owner is not None:
        found.owners.add(owner.id)
    for name in _names(ground, word):
        found.names[name] = found.names.get(name, 0) + 1
    return found


def _fitting(alike: Sequence[Thing], marks: set[str], owner: str | None, word: int, fresh: bool) -> Thing | None:
    for thing in sorted(alike, key=lambda one: -one.words[-1]):
        if fresh and word - thing.words[-1] > _FADES:
            continue
        if marks and thing.marks and not marks & thing.marks:
            continue
        if owner is not None and thing.owners and owner not in thing.owners and word - thing.words[-1] > _FADES // 10:
            continue
        return thing
    return None


def _names(ground: Ground, word: int) -> Iterator[str]:
    """ "key", and "spare key" where more is said."""
    wording, grammar = ground.who.wording, ground.grammar
    yield wording.lower[word]
    first = word
    while (
        first > 0 and grammar.head[first - 1] == word and grammar.relation[first - 1] in ("amod", "compound", "nummod")
    ):
        first -= 1
    if first < word:
        yield wording.segments.text[ground.span(first, word)].replace("\n", " ").lower()


def _meant_by_it(ground: Ground, word: int, recent: Sequence[int], at: dict[int, Thing]) -> Thing | None:
    """The last thing before "it" in this sentence or the two before, one that was moved before one that was not."""
    verb = ground.grammar.head[word]
    forms = inflected("custody_verbs")
    if ground.who.wording.lower[verb] not in forms:
        return None
    sentence = ground.who.wording.sentence
    near = [one for one in recent[-6:] if sentence[word] - sentence[one] <= _NEAR]
    if not near:
        return None
    return at[max(near, key=lambda one: (_is_moved(ground, one) or _is_topic(ground, one), one))]


def _is_topic(ground: Ground, word: int) -> bool:
    return ground.grammar.relation[word] in ("nsubj", "nsubj:pass")


def _reach_back(ground: Ground, at: dict[int, Thing], generic: Sequence[Thing]) -> None:
    """ "I have it with me" where nothing was named yet: the thing that the story names later, if there is one such."""
    if len(generic) != 1:
        return
    thing, lower = generic[0], ground.who.wording.lower
    for word in range(thing.words[0]):
        if (
            lower[word] != "it"
            or word in at
            or lower[ground.grammar.head[word]] not in ("have", "has", "had", "got", "'ve")
        ):
            continue
        if lower[word + 1 : word + 3] in (
            ["with", "me"],
            ["on", "me"],
            ["with", "him"],
            ["with", "her"],
            ["right", "here"],
        ):
            at[word] = thing
            thing.words.insert(0, word)
            break
