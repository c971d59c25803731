"""Deaths that no listed word tells: those a network read in the stretches of text in which the dead are met."""

from __future__ import annotations

from collections.abc import Iterator

from fabula import lexicon
from fabula.layers.state.deaths.told import Told
from fabula.layers.state.ground import Ground, Meant, inflected, verbs
from fabula.layers.state.reading import Claims, DeathClaim

__all__ = ["find_read"]

_LEAST = 0.85
"""What is less probable than this in every stretch is not taken for told: on the pieces set aside three claims of four
that are so probable are right."""
_SURE = 0.92
"""As sure as this it must be where a word of dying stands: of these more is known."""
_WORDS = 20
"""In fewer there is too little to read it from: the pieces have thirty and more."""
_NOW = 0.5


def find_read(ground: Ground, read: Claims) -> Iterator[Told]:
    """The deaths that were read surely enough, each where it is read most surely."""
    best: dict[str, DeathClaim] = {}
    spoken_of = _sentences_of_death(ground)
    for claim in read.deaths:
        least = best[claim.who].probability if claim.who in best else _LEAST
        known = ground.who.wording.sentence[claim.at] in spoken_of and claim.probability < _SURE
        enough = claim.stop - claim.first >= _WORDS
        if claim.probability > least and enough and not known and claim.who in ground.who.characters:
            best[claim.who] = claim
    for claim in best.values():
        words = ground.who.wording.within(claim.evidence)
        dead = Meant(claim.who, claim.at, claim.at + 1, 1.0)
        yield Told(dead, words.start, words.stop - 1, claim.shown >= _NOW, claim.probability)


def _sentences_of_death(ground: Ground) -> set[int]:
    """The sentences with a word of dying: who is dead by these, and who only "dies of laughing", is known better."""
    wording, nouns, dead = ground.who.wording, lexicon.table("death_nouns"), lexicon.marked("death_signs", "dead")
    found = {wording.sentence[at] for at, _ in verbs(ground.grammar, inflected("dying_verbs"))}
    return found | {wording.sentence[at] for at, word in enumerate(wording.lower) if word in nouns or word in dead}
