"""Deaths that no listed word tells: those a network read in the stretches of text in which the dead are met."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from fabula import lexicon
from fabula.layers.state.deaths.lives import Life
from fabula.layers.state.deaths.signs import chance, find_signs
from fabula.layers.state.deaths.told import Told
from fabula.layers.state.ground import Ground, Meant, inflected, verbs
from fabula.layers.state.reading import Claims

__all__ = ["find_read"]

_LEAST = 0.5
"""What all signs together make less likely than this is not taken for told."""
_SURE = 0.75
"""As likely as this it must be where a word of dying stands: of these more is known."""
_WORDS = 20
"""In fewer there is too little to read it from: the pieces have thirty and more."""
_NOW = 0.5


def find_read(ground: Ground, read: Claims, lives: Mapping[str, Life]) -> Iterator[Told]:
    """The deaths that are likely enough by what was read and what goes with it, each where it is read most surely."""
    spoken_of = _sentences_of_death(ground)
    for who, signs in find_signs(ground, lives, read).items():
        best = max((one for one in read.deaths if one.who == who), key=lambda one: one.probability)
        sure = chance(signs)
        known = ground.who.wording.sentence[best.at] in spoken_of
        if sure < (_SURE if known else _LEAST) or best.stop - best.first < _WORDS:
            continue
        words = ground.who.wording.within(best.evidence)
        dead = Meant(who, best.at, best.at + 1, 1.0)
        yield Told(dead, words.start, words.stop - 1, best.shown >= _NOW, sure)


def _sentences_of_death(ground: Ground) -> set[int]:
    """The sentences with a word of dying: who is dead by these, and who only "dies of laughing", is known better."""
    wording, nouns, dead = ground.who.wording, lexicon.table("death_nouns"), lexicon.marked("death_signs", "dead")
    found = {wording.sentence[at] for at, _ in verbs(ground.grammar, inflected("dying_verbs"))}
    return found | {wording.sentence[at] for at, word in enumerate(wording.lower) if word in nouns or word in dead}
