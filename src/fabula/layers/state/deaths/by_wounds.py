"""Deaths told by what is done to the body: his throat was cut, she was found cold, he shot him and the man fell."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from fabula import lexicon
from fabula.layers.state.deaths.told import Told, together
from fabula.layers.state.ground import Ground, Meant

__all__ = ["find_slayings"]

_INTO = frozenset("head heart brain chest back skull face belly stomach throat ribs lungs breast temple".split())
_STEEL = frozenset(
    "bullet bullets ball knife sword spear arrow dagger blade stake axe hatchet bayonet pick poker harpoon".split()
)
_THROUGH = frozenset("heart head temple skull brain throat lungs breast".split())
_STABS = frozenset("stabbed knifed speared pierced bayoneted run ran impaled".split())
_RUNS = frozenset({"run", "ran"})
_SHOOTS = frozenset("shot gunned".split())
_DOWN = frozenset("fell dropped slid crumpled collapsed pitched toppled dead body corpse blood lifeless".split())
_LIMBS = frozenset("leg legs arm foot hand shoulder knee ear thigh ankle wing".split())
_COLD = frozenset({"cold", "stiff"})
_FOUND = frozenset({"found", "find", "finds", "discovered"})
_BELOW = frozenset("cliff cliffs stairs staircase steps shaft well ravine quarry tower gorge precipice pit".split())
_CEASES = frozenset("stopped ceased quit".split())
_STRUGGLES = frozenset("struggling kicking twitching breathing thrashing writhing screaming moving".split())
_BODY_OF = frozenset({"body", "corpse"})
_BORNE = frozenset(
    "brought carried sent shipped buried washed identified covered dragged floated lay lies hung cut laid burned burnt "
    "recovered displayed dumped hidden".split()
)
_ENDED = frozenset("killed murdered shot hanged drowned stabbed blown".split())
_SOON = 30
"""So many words on, whoever was shot is seen to fall."""
_WOUNDED, _STABBED, _FELL, _CEASED, _BORNE_OFF, _BY_OWN_FAULT, _STARK, _BELOW_IT = (
    0.7, 0.7, 0.6, 0.6, 0.6, 0.85, 0.7, 0.45,
)  # fmt: skip
"""How sure each way of saying it is."""


def find_slayings(ground: Ground) -> Iterator[Told]:
    """The deaths that are told so."""
    lower = ground.who.wording.lower
    wounds = lexicon.table("fatal_wounds")
    for at, word in enumerate(lower):
        found: Iterator[tuple[Meant, int, float]] | None = None
        if word in wounds or word in _INTO:
            found = chain(_of_wound(ground, at, frozenset(wounds.get(word, ("",))[0].split())), _of_steel(ground, at))
        elif word in _SHOOTS or word in _STABS:
            found = _of_thrust(ground, at)
        elif word in _CEASES:
            found = _of_stillness(ground, at)
        elif word in _BODY_OF:
            found = _of_body(ground, at)
        elif word in _ENDED and lower[at - 1 : at] and lower[at - 1].endswith("self"):
            found = _of_own_fault(ground, at)
        elif word in _FOUND:
            found = _of_find(ground, at)
        for dead, last, sure in found or ():
            if together(ground, dead.first, at):
                now = not ground.grammar.is_perfect(last)
                yield Told(dead, min(dead.first, at), max(dead.stop - 1, at, last), now, sure)


def _of_wound(ground: Ground, at: int, verbs: frozenset[str]) -> Iterator[tuple[Meant, int, float]]:
    """ "She cut the captain's throat", "his neck was broken"."""
    grammar = ground.grammar
    verb, dead = grammar.head[at], ground.owner(at)
    done = grammar.relation[at] in ("obj", "nsubj:pass", "nsubj") and ground.who.wording.lower[verb] in verbs
    whole = grammar.relation[at] != "nsubj" or bool(grammar.under(verb, "cop"))
    if dead is not None and done and whole and grammar.is_asserted(verb):
        yield dead, verb, _WOUNDED


def _of_steel(ground: Ground, at: int) -> Iterator[tuple[Meant, int, float]]:
    """ "He put a bullet in the guard's head"."""
    grammar, lower = ground.grammar, ground.who.wording.lower
    verb, dead = grammar.head[at], ground.owner(at)
    into = {lower[case] for case in grammar.under(at, "case")} & {"in", "into", "through"}
    steel = any(lower[kid] in _STEEL for kid in grammar.under(verb, "obj"))
    if dead is not None and into and steel and grammar.relation[at] == "obl" and grammar.is_asserted(verb):
        yield dead, verb, _WOUNDED


def _of_thrust(ground: Ground, at: int) -> Iterator[tuple[Meant, int, float]]:
    """ "Stabbed him in the heart", "ran him through", "shot himself", "shot him, and the man fell"."""
    grammar, lower = ground.grammar, ground.who.wording.lower
    if grammar.word_class[at] != "VERB" or not grammar.is_asserted(at):
        return
    around = {lower[kid] for kid in grammar.under(at, "obl", "nmod")}
    objects = grammar.under(at, "obj")
    dead = ground.sufferer(at) if grammar.passive(at) else ground.person(objects[0] if objects else None)
    oneself = bool(objects) and lower[objects[0]] in ("himself", "herself", "myself", "themselves")
    if oneself and lower[at] in _SHOOTS and not around & _LIMBS:
        dead = ground.sufferer(at)
        if dead is not None:
            yield dead, objects[0], _STABBED
        return
    doer = None if grammar.passive(at) else ground.sufferer(at)
    if dead is None or around & _LIMBS or (doer is not None and doer.id == dead.id):
        return
    if lower[at] in _STABS:
        ran = lower[at] in _RUNS
        through = ran and "through" in lower[at + 1 : at + 5] and not grammar.under(at, "obl")
        if through or (not ran and around & _THROUGH):
            yield dead, at, _STABBED
    elif not grammar.passive(at) and _DOWN & set(lower[at + 1 : at + 1 + _SOON]):
        yield dead, at, _FELL


def _of_stillness(ground: Ground, at: int) -> Iterator[tuple[Meant, int, float]]:
    """ "She held on until he stopped struggling"."""
    grammar, lower = ground.grammar, ground.who.wording.lower
    rest = [kid for kid in grammar.under(at, "xcomp", "ccomp", "obj", "advcl") if lower[kid] in _STRUGGLES]
    until = {lower[kid] for kid in grammar.under(at, "mark", "advmod")} & {"until", "till"}
    dead = ground.sufferer(at) if rest and (until or lower[rest[0]] == "breathing") else None
    if dead is not None and grammar.is_asserted(at):
        yield dead, rest[0], _CEASED


def _of_body(ground: Ground, at: int) -> Iterator[tuple[Meant, int, float]]:
    """ "The keeper's body was brought home"; what "her body" does, a living one's may do too."""
    grammar, lower = ground.grammar, ground.who.wording.lower
    verb, dead = grammar.head[at], ground.owner(at)
    done = grammar.relation[at] in ("obj", "nsubj:pass", "nsubj") and lower[verb] in _BORNE
    named = dead is not None and lower[dead.first] not in lexicon.words("function_words")
    if dead is not None and done and (named or grammar.passive(verb)) and grammar.is_asserted(verb):
        yield dead, verb, _BORNE_OFF


def _of_own_fault(ground: Ground, at: int) -> Iterator[tuple[Meant, int, float]]:
    """ "He got himself killed"."""
    grammar, lower = ground.grammar, ground.who.wording.lower
    over = grammar.head[at]
    dead = ground.sufferer(over) if lower[over] in ("got", "gotten") and grammar.is_asserted(over) else None
    if dead is not None:
        yield dead, at, _BY_OWN_FAULT


def _of_find(ground: Ground, at: int) -> Iterator[tuple[Meant, int, float]]:
    """ "Was found in the morning, cold in his chair"; "they found him at the bottom of the stairs"."""
    grammar, lower = ground.grammar, ground.who.wording.lower
    if not grammar.is_asserted(at):
        return
    objects = grammar.under(at, "obj")
    dead = ground.sufferer(at) if grammar.passive(at) else ground.person(objects[0] if objects else None)
    if dead is None:
        return
    cold = [kid for kid in grammar.under(at, "xcomp", "parataxis", "advcl", "conj", "advmod") if lower[kid] in _COLD]
    below = grammar.oblique(at, "at")
    if cold:
        yield dead, cold[0], _STARK
    elif below is not None and lower[below] in ("bottom", "foot") and _BELOW & {lower[w] for w in grammar.reach(below)}:
        yield dead, below, _BELOW_IT
