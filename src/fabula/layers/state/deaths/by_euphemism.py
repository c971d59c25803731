"""Deaths told by a word that mostly says something else, he is gone, she went in her sleep: only beside a deathbed."""

from __future__ import annotations

from collections.abc import Iterator

from fabula import lexicon
from fabula.layers.state.deaths.told import Told, together
from fabula.layers.state.ground import Ground, Meant, inflected, verbs
from fabula.layers.state.reading import Claims

__all__ = ["find_partings"]

_NEAR = 80
"""So many words to either side, a word of the deathbed must stand."""
_ENOUGH = 3
"""What such words must weigh together; the table says how much each does."""
_READ = 4
"""What it weighs beside them that his death is read there, if that is certain."""
_SURE = 0.55
_LEFT = frozenset({"us", "me"})
_STOPS = frozenset(".,;:!?…—–")
_STATES = frozenset({"gone", "away", "stopped"})
"""What one is: "he's gone"; the others are what one does."""
_OTHERS = frozenset({"punct", "conj", "cc"})
_WHITHER = frozenset({"to", "into", "for", "from"})


def find_partings(ground: Ground, read: Claims) -> Iterator[Told]:
    """Who has parted so, where a deathbed is near, or the network reads a death there."""
    lower, grammar = ground.who.wording.lower, ground.grammar
    for at, word in enumerate(lower):
        if word in _STATES and _is_state(ground, at):
            yield from _parting(ground, at, read)
    for at, bare in verbs(grammar, inflected("parting_verbs")):
        if lower[at] not in _STATES and not grammar.passive(at) and lower[at] not in (bare, bare + "ing"):
            yield from _parting(ground, at, read)


def _is_state(ground: Ground, at: int) -> bool:
    """ "He is gone", "she's stopped", "he had gone"; not "when she was gone", "he's up and gone"."""
    grammar, lower = ground.grammar, ground.who.wording.lower
    if lower[at - 1] in ("and", "an", "an'", "an’"):
        return False
    if {lower[kid] for kid in grammar.under(at, "mark", "advmod")} & {"when", "after", "as", "before", "till", "until"}:
        return False
    helpers = {lower[kid] for kid in grammar.under(at, "cop", "aux", "aux:pass")}
    return bool(helpers & {"is", "'s", "was", "has", "had", "'d"})


def _parting(ground: Ground, at: int, read: Claims) -> Iterator[Told]:
    """The one who is gone, where nothing behind it says where to, and a deathbed is near; in the narration, one who
    "went" has walked."""
    dead = ground.sufferer(at)
    if dead is None or not ground.grammar.is_asserted(at) or not together(ground, dead.first, at):
        return
    if ground.who.wording.lower[dead.first] in ("i", "you", "we") or not _is_all(ground, at):
        return
    if ground.who.wording.lower[at] not in _STATES and not ground.is_spoken(at):
        return
    weight = _deathbed(ground, dead, at) + _READ * read.dead(dead.id, first=at, stop=at + 1)
    if weight >= _ENOUGH:
        yield Told(dead, min(dead.first, at), max(dead.stop - 1, at), False, _SURE)


def _is_all(ground: Ground, at: int) -> bool:
    """Whether the clause ends there, or only says when and how: not "gone to bed", "gone for the doctor"."""
    wording, grammar = ground.who.wording, ground.grammar
    behind = at + 1
    if wording.lower[behind : behind + 1] and wording.lower[behind] in _LEFT:
        behind += 1
    elif wording.lower[at] in ("left", "leave", "leaves"):
        return False
    if wording.lower[behind : behind + 1] and wording.lower[behind] in _STOPS:
        return True
    kids = [kid for kid in grammar.kids.get(at, ()) if kid >= behind and wording.sentence[kid] == wording.sentence[at]]
    first = min((kid for kid in kids if grammar.relation[kid] not in _OTHERS), default=None)
    if first is None or wording.lower[first] not in lexicon.words("parting_times"):
        return False
    return not {wording.lower[case] for case in grammar.under(first, "case", "mark")} & _WHITHER


def _deathbed(ground: Ground, dead: Meant, at: int) -> float:
    """How much the words around speak of a deathbed, each counted once."""
    wording, weights = ground.who.wording, lexicon.table("deathbed_words")
    around = range(max(0, at - _NEAR), min(len(wording), at + _NEAR))
    found = {wording.lower[word] for word in around if word not in range(dead.first, dead.stop) and word != at}
    return sum(float(weights[word][0]) for word in found & weights.keys())
