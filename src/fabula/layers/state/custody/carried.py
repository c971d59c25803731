"""Who has a thing about him: in his hand, on his knees, in her drawer; or comes with it, or calls it his."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from fabula import lexicon
from fabula.layers.state.custody.receivers import kept, whom
from fabula.layers.state.custody.steps import CALLED, End, Handing, handing
from fabula.layers.state.custody.things import Thing, lies_about
from fabula.layers.state.ground import Ground, inflected

__all__ = ["find_carried"]

_ABOUT = frozenset("in on up under beneath inside within round at between around across over behind against".split())
_WAS = frozenset("was were is are".split())
_EACH = frozenset("one each either both".split())
_WITH_ONE = 0.55
"""How sure somebody has what he comes or goes with."""
_BY_MEANS = 0.48
"""And what he does anything else with."""
_ROUND = frozenset("on upon round around over about".split())
_LIES = frozenset("lay lies lie lying rested sat".split())
_CLOSES = frozenset(
    "close closes closed closing shut shuts shutting curl curled fold folded tighten tightened wrap wrapped".split()
)
_GETS = frozenset("take took taken got get seized caught had has have keep kept".split())


def find_carried(ground: Ground, word: int, thing: Thing) -> Iterator[Handing]:
    """Everything that the words round a thing say of who has it about him, or that nobody has."""
    yield from _about_somebody(ground, word, thing)
    yield from _lies(ground, word, thing)
    yield from _let_go(ground, word, thing)
    yield from _grasped(ground, word, thing)


def _about_somebody(ground: Ground, word: int, thing: Thing) -> Iterator[Handing]:
    """ "with a parcel on his knees", "the sword at her side", "she came with the lamp", "her ring"."""
    grammar, lower = ground.grammar, ground.who.wording.lower
    verb = grammar.head[word]
    says = grammar.word_class[verb] == "VERB" or grammar.under(verb, "cop")  # "the knife wasn't in my pocket"
    if says and not grammar.is_asserted(verb):
        return
    holder = _worn_by(ground, word) or _before_it(ground, word) or _hung(ground, word) or _dressed_in(ground, word)
    if holder is not None:
        yield handing(ground, word, word, End(holder, "has"), thing, over=False)
        return
    with_it = _goes_with(ground, word)
    if with_it is not None:
        found = handing(ground, word, verb, End(with_it, "has", weak=True), thing, over=False)
        goes = lower[verb] in inflected("going_verbs")
        yield msgspec.structs.replace(found, sure=min(found.sure, _WITH_ONE if goes else _BY_MEANS))
        return
    owner = ground.owner(word)
    if owner is not None and not (set(lower[word - 4 : word]) & {"for", "like", "of"}):
        sure = CALLED if word == thing.words[0] else CALLED - 0.01
        found = handing(ground, word, word, End(owner.id, "has"), thing, over=False)
        yield msgspec.structs.replace(found, sure=sure)


def _worn_by(ground: Ground, word: int) -> str | None:
    """Who has it on, in or under something of his own; whoever the clause is about, where "their lap" says nobody."""
    grammar, wording = ground.grammar, ground.who.wording
    lower = wording.lower
    for near in range(word + 1, min(word + 9, len(lower))):
        if wording.sentence[near] != wording.sentence[word] or lower[near] in (",", ";", "and", "but"):
            return None
        part = grammar.head[near] if grammar.relation[near] == "nmod" else near  # "in the crook of his arm"
        if any(lower[case] in _ABOUT for at in (near, part) for case in grammar.under(at, "case")):
            found = _whose_part(ground, near, word)
            if found is not None:
                return found
    return None


def _whose_part(ground: Ground, part: int, word: int) -> str | None:
    """Whose hand, pocket or desk it is: of his own, of hers whom the clause is about ("in one hand")."""
    grammar, lower = ground.grammar, ground.who.wording.lower
    kind, owner = kept(lower[part]), ground.owner(part)
    if not kind or owner is not None:
        return owner.id if owner is not None and kind else None
    ones = {lower[kid] for kid in grammar.under(part, "det", "nummod")}
    if kind != "own" and (grammar.under(part, "nmod:poss") or ones & _EACH or (kind == "hand" and not ones)):
        return _clause_of(ground, word)
    return None


def _hung(ground: Ground, word: int) -> str | None:
    """ "Round his neck hung a key", where the syntax takes the neck for what hung."""
    lower, sentence = ground.who.wording.lower, ground.who.wording.sentence
    for verb in range(word - 1, max(word - 6, 2), -1):
        if lower[verb] in inflected("hanging_verbs") or lower[verb] in _WAS:
            owner = ground.owner(verb - 1) if kept(lower[verb - 1]) not in ("", "own") else None
            led = _ABOUT & set(lower[max(0, verb - 5) : verb - 1])
            return owner.id if owner is not None and led and sentence[verb] == sentence[word] else None
    return None


def _before_it(ground: Ground, word: int) -> str | None:
    """ "In her hand was a pistol", "round his neck hung a key"."""
    grammar, lower = ground.grammar, ground.who.wording.lower
    at = word if grammar.under(word, "cop") else grammar.head[word] if grammar.relation[word] == "nsubj" else None
    if at is None or (at != word and at > word):
        return None
    for kid in grammar.under(at, "obl", "nmod"):
        owner = ground.owner(kid) if kid < word and kept(lower[kid]) not in ("", "own") else None
        if owner is not None and any(lower[case] in _ABOUT for case in grammar.under(kid, "case")):
            return owner.id
    return None


def _clause_of(ground: Ground, word: int) -> str | None:
    """Whom the clause round a word is about."""
    grammar, at = ground.grammar, word
    for _ in range(6):
        if grammar.word_class[at] == "VERB":
            found = whom(ground, grammar.subject(at))
            return found.id if found is not None else None
        at = grammar.head[at]
    return None


def _dressed_in(ground: Ground, word: int) -> str | None:
    """ "She came to chapel in a green hat"."""
    grammar, lower = ground.grammar, ground.who.wording.lower
    worn = kept(lower[word]) in ("worn", "kept") and lower[word] in lexicon.words("clothes")
    cases = {lower[kid] for kid in grammar.under(word, "case")}
    verb = grammar.head[word]
    if not worn or cases != {"in"} or grammar.relation[word] != "obl" or grammar.word_class[verb] != "VERB":
        return None
    found = whom(ground, grammar.subject(verb)) if lower[verb] in inflected("going_verbs") else None
    return found.id if found is not None else None


def _goes_with(ground: Ground, word: int) -> str | None:
    """Who comes, goes or stands there with it."""
    grammar, lower = ground.grammar, ground.who.wording.lower
    verb = grammar.head[word]
    cases = [lower[kid] for kid in grammar.under(word, "case", "mark")]
    if cases[-1:] == ["with"] and grammar.relation[word] == "nmod" and (met := ground.person(verb)) is not None:
        return met.id  # "the man with the gun"
    if cases[-1:] != ["with"] or grammar.relation[word] != "obl":
        return None
    if grammar.word_class[verb] != "VERB":
        verb = grammar.head[verb]
    if lower[verb] in inflected("custody_verbs") and lower[verb] not in inflected("going_verbs"):
        return None
    if grammar.word_class[verb] != "VERB" or grammar.passive(verb) or not grammar.is_asserted(verb):
        return None
    behind = grammar.under(verb, "obj") if lower[verb] in inflected("going_verbs") else []
    found = whom(ground, grammar.subject(verb) or next(iter(behind), None))
    return found.id if found is not None else None


def _lies(ground: Ground, word: int, thing: Thing) -> Iterator[Handing]:
    """ "It was on the floor", "the key lay in the grass"."""
    grammar, lower = ground.grammar, ground.who.wording.lower
    verb = grammar.head[word]
    if grammar.relation[word] != "nsubj" or not grammar.is_asserted(verb):
        return
    lies = [verb] if grammar.under(verb, "cop") else grammar.under(verb, "obl") if lower[verb] in _LIES else []
    if _is_gone(ground, word) or any(lies_about(lower[at]) == "underfoot" and grammar.under(at, "case") for at in lies):
        yield handing(ground, word, verb, End(None, "lost", ends=True), thing)


def _is_gone(ground: Ground, word: int) -> bool:
    """ "The ring was gone"."""
    grammar, lower = ground.grammar, ground.who.wording.lower
    verb = grammar.head[word]
    was = {lower[kid] for kid in grammar.under(verb, "cop", "aux", "aux:pass")} & {"was", "were", "is", "are", "been"}
    return bool(was) and lower[verb] in ("gone", "missing", "lost")


def _let_go(ground: Ground, word: int, thing: Thing) -> Iterator[Handing]:
    """ "She let go of the kite", "got rid of it", "took hold of it"."""
    grammar, lower = ground.grammar, ground.who.wording.lower
    loose = grammar.head[word]
    of = any(lower[kid] == "of" for kid in grammar.under(word, "case"))
    if not of or lower[loose] not in ("go", "rid", "hold", "charge", "possession", "owner"):
        return
    verb = grammar.head[loose]
    doer = whom(ground, grammar.subject(verb))
    if doer is None or not grammar.is_asserted(verb):
        return
    if lower[loose] in ("go", "rid"):
        yield handing(ground, word, verb, End(None, "lost", doer.id), thing)
    elif lower[verb] in _GETS:
        yield handing(ground, word, verb, End(doer.id, "taken"), thing)


def _grasped(ground: Ground, word: int, thing: Thing) -> Iterator[Handing]:
    """ "He shut his hand on the key", "her fingers closed round the ring"."""
    grammar, lower = ground.grammar, ground.who.wording.lower
    verb = grammar.head[word]
    if grammar.relation[word] not in ("obl", "nmod") or not _ROUND & set(lower[max(0, word - 3) : word]):
        return
    verb = grammar.head[verb] if kept(lower[verb]) == "hand" else verb
    hand = next((kid for kid in grammar.under(verb, "obj", "nsubj", "nsubj:pass") if kept(lower[kid]) == "hand"), None)
    if hand is None or lower[verb] not in _CLOSES or not grammar.is_asserted(verb):
        return
    owner = ground.owner(hand) or whom(ground, grammar.subject(verb))
    if owner is not None:
        yield handing(ground, word, verb, End(owner.id, "has"), thing)
