"""What any verb makes of a thing by what stands round it: prised "from his fingers", crammed "into her hands"."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from fabula import lexicon
from fabula.layers.state.custody.receivers import is_on_one, kept, whom
from fabula.layers.state.custody.steps import End, Handing, handing
from fabula.layers.state.custody.things import Thing, lies_about
from fabula.layers.state.ground import Ground, Meant, inflected

__all__ = ["of_any_verb"]

_INTO = frozenset("into onto in on to".split())
_OUT = frozenset("from off out of".split())
_PARTS = frozenset("two half twain three four".split())
_FALLS = frozenset("fall drop slip go sink tumble roll crash".split())


def of_any_verb(ground: Ground, word: int, thing: Thing) -> Iterator[Handing]:
    """What happens to a thing under a verb that is on no list of giving and taking."""
    grammar, verb = ground.grammar, ground.grammar.head[word]
    if ground.is_spoken(verb) and grammar.subject(verb) is None:
        return  # "tear it into pieces!"
    if grammar.relation[word] in ("obl", "nmod"):
        end = _met_with(ground, word, verb)
        if end is not None:
            yield handing(ground, word, verb, end, thing)
        return
    done_to = "nsubj:pass" if grammar.passive(verb) else "obj"
    if grammar.relation[word] != done_to or grammar.word_class[verb] != "VERB" or not grammar.is_asserted(verb):
        return
    end = _upward(ground, word, verb) or _end(ground, verb, passive=done_to != "obj")
    if end is not None:
        yield handing(ground, word, verb, end, thing)


def _met_with(ground: Ground, word: int, verb: int) -> End | None:
    """ "Came upon a purse", "made off with the ring", "helped himself to the cake"."""
    grammar, lower = ground.grammar, ground.who.wording.lower
    fire = {lower[kid] for kid in grammar.under(verb, "obj")} & {"match", "fire", "light", "flame", "torch"}
    if fire and grammar.is_asserted(verb) and {lower[kid] for kid in grammar.under(word, "case")} & {"to"}:
        return End(None, "destroyed")
    if _is_bartered_for(ground, word, verb):
        buyer = whom(ground, grammar.subject(verb))
        return End(buyer.id, "taken") if buyer is not None else None
    bare = _with_noun().get(lower[verb])
    if bare is None or not grammar.is_asserted(verb):
        return None
    cases = {lower[kid] for kid in grammar.under(word, "case")}
    ways = {lower[kid] for kid in grammar.under(verb, "advmod", "compound:prt")}
    found = cases & {"upon", "across", "on", "by"} and bare in ("come", "stumble", "happen", "chance")
    away = cases & {"with"} and ways & {"off", "away", "out"}
    helped = cases & {"to"} and bare == "help" and grammar.under(verb, "obj")
    holds = cases & {"to"} and (bare == "cling" or (bare in ("hang", "hold") and "on" in ways))
    doer = whom(ground, grammar.subject(verb)) if found or away or helped or holds else None
    if doer is None:
        return None
    return End(doer.id, "has") if holds else End(doer.id, "taken")


def _is_bartered_for(ground: Ground, word: int, verb: int) -> bool:
    """ "He traded two cows for the horse"."""
    grammar, lower = ground.grammar, ground.who.wording.lower
    cases = {lower[kid] for kid in grammar.under(word, "case")}
    active = grammar.is_asserted(verb) and not grammar.passive(verb)
    return cases == {"for"} and lower[verb] in inflected("bartering_verbs") and active


@cache
def _with_noun() -> dict[str, str]:
    return {**inflected("going_verbs"), **inflected("getting_verbs")}


def _upward(ground: Ground, word: int, verb: int) -> End | None:
    """ "Cut up the dress", "turned up a spoon": not "turned up the lamp"."""
    grammar, lower = ground.grammar, ground.who.wording.lower
    if "up" not in {lower[kid] for kid in grammar.under(verb, "compound:prt")}:
        return None
    found = whom(ground, grammar.subject(verb))
    if lower[verb] in inflected("breaking_verbs"):
        return End(None, "destroyed", found.id if found is not None else None)
    new = any(lower[kid] in ("a", "an") for kid in grammar.under(word, "det"))
    return End(found.id, "taken") if new and found is not None and lower[verb] in inflected("finding_verbs") else None


def _end(ground: Ground, verb: int, *, passive: bool) -> End | None:
    grammar, lower = ground.grammar, ground.who.wording.lower
    found = whom(ground, grammar.oblique(verb, "by") if passive else grammar.subject(verb))
    doer = found.id if found is not None else None
    if _is_let_fall(ground, verb):
        return End(None, "lost", doer) if doer is not None else None
    if lower[verb] in _listed():
        return None
    for kid in grammar.under(verb, "obl", "nmod"):
        cases = {lower[case] for case in grammar.under(kid, "case")}
        torn = lower[kid] in _PARTS and lower[verb] in inflected("breaking_verbs")
        if cases & _INTO and (torn or lies_about(lower[kid]) == "pieces"):
            return End(None, "destroyed", doer)
        if not is_on_one(lower[kid]) or not cases & (_INTO | _OUT):
            continue
        owner = ground.owner(kid)
        if cases & _OUT:
            return _taken(ground, doer, kid, owner)
        return _given(doer, owner)
    return None


@cache
def _listed() -> frozenset[str]:
    """Every form of the verbs of which it is known what they do, and of those that only tell or show."""
    return frozenset((*inflected("custody_verbs"), *inflected("thing_motions"))) | lexicon.words("speech_verbs")


def _taken(ground: Ground, doer: str | None, kid: int, owner: Meant | None) -> End | None:
    """Out of one's own pocket one has it; out of another's hand one takes it."""
    if doer is None:
        return None
    if owner is not None and owner.id != doer:
        return End(doer, "taken", owner.id)
    own = kept(ground.who.wording.lower[kid]) in ("kept", "worn") and not ground.grammar.under(kid, "nmod:poss")
    return End(doer, "has") if owner is not None or own else None


def _given(doer: str | None, owner: Meant | None) -> End | None:
    if owner is None:
        return None
    return End(owner.id, "has" if owner.id == doer else "given", doer)


def _is_let_fall(ground: Ground, verb: int) -> bool:
    """ "She let the bag fall"."""
    grammar, lower = ground.grammar, ground.who.wording.lower
    return lower[verb] in ("let", "lets", "letting") and any(
        lower[kid] in _FALLS for kid in grammar.under(verb, "xcomp", "ccomp")
    )
