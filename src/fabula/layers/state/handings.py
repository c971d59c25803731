"""The words that tell of one thing passing, or lying, in somebody's hands: given, taken, put, lost, carried about."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from fabula import lexicon
from fabula.layers.state.grammar import inflected, verbs
from fabula.layers.state.ground import Ground
from fabula.layers.state.things import ON_ONE, UNDERFOOT, Thing, Things
from fabula.layers.state.who import Meant
from fabula.story import Custody, Span

__all__ = ["ASKED", "CALLED", "Handing", "find_handings"]

_KEPT_IN = frozenset(
    "pocket pockets coat jacket belt bag purse handbag sleeve cloak bosom waistcoat apron satchel rucksack blazer "
    "knapsack wallet pouch boot scabbard holster drawer desk".split()
)
"""Whoever takes something out of these, where they are nobody else's, has had it."""
_AT = frozenset(
    "in into on onto under round around at to between over inside from against across behind within".split()
)
_ABOUT = frozenset("in on under beneath inside within round at between around across over behind against".split())
_SHOWN, _SAID = 0.75, 0.6
"""How sure it is where the narration says it, and where somebody says it."""
CALLED = 0.4
"""How sure somebody has what is only called his."""
ASKED = 0.45
"""Who is asked for a thing has it, rather."""
_BY_IT = 0.9
"""What is left of that where the thing is only "it"."""
_WITH_ONE = 0.55
"""How sure somebody has what he comes or goes with."""
_NONE = frozenset({"no", "any", "neither"})
_HAPPENS = frozenset({"give", "give-to", "sell", "take", "hide", "leave", "throw", "lose", "destroy"})
_STAYS = frozenset("have has 've am is keep".split())
_FIRE = frozenset("fire flames flame stove furnace hearth grate bonfire".split())
_IN_HAND = frozenset("hand hands palm palms fist fists fingers".split())
"""Into these of his own nobody slips or presses a thing."""
_ROUND = frozenset("on upon round around over about".split())
_GOES = frozenset(
    "come comes came coming go goes went going gone enter entered return returned returning arrive arrived appear "
    "appeared reappeared run ran running walk walked walking step stepped stand stood standing sit sat sitting "
    "sits stands leave left leaving escape escaped flee fled sail sailed ride rode riding climb climbed emerge "
    "emerged wait waited waiting set".split()
)
_LIES = frozenset("lay lies lie lying rested sat".split())
_CLOSES = frozenset(
    "close closes closed closing shut shuts shutting curl curled fold folded tighten tightened wrap wrapped".split()
)
_SAY = frozenset("say says said claim claims claimed tell tells told swear swears swore hear heard".split())
_REACH = 10
"""So many words behind its verb a receiver can be named."""
_FETCH = frozenset("bring fetch get buy find".split())
_TO = ("to", "unto")


class Handing(msgspec.Struct, frozen=True):
    """From the word at `at` on, `holder` (None: nobody, or nobody who is named) has a thing.

    Attributes:
        over: somebody tells it as past.
        giver: from whom it comes, where the words say so.
        weak: shows who has it, but takes it from nobody.
        ends: only ends that somebody has it: what was in nobody's hands is no more lost than it was.
    """

    thing: Thing
    at: int
    holder: str | None
    how: Custody
    sure: float
    over: bool
    evidence: Span
    giver: str | None = None
    weak: bool = False
    ends: bool = False


class _End(msgspec.Struct, frozen=True):
    """What a verb makes of a thing."""

    holder: str | None
    how: Custody
    giver: str | None = None
    weak: bool = False
    ends: bool = False


def find_handings(ground: Ground, things: Things) -> Iterator[Handing]:
    """Everything the words say of who has one of the things, in no order."""
    kinds = lexicon.table("custody_verbs")
    for verb, bare in verbs(ground.grammar, inflected("custody_verbs")):
        for word in _handled(ground, verb, kinds[bare][0], things):
            yield from _of_verb(ground, verb, kinds[bare][0], word, things)
    motions = lexicon.table("thing_motions")
    for verb, bare in verbs(ground.grammar, inflected("thing_motions")):
        for word in ground.grammar.under(verb, "nsubj"):
            if word in things.at:
                yield from _of_motion(ground, verb, motions[bare][0], word, things)
    for word, thing in things.at.items():
        yield from _about_somebody(ground, word, thing)
        yield from _lies(ground, word, thing)
        yield from _let_go(ground, word, thing)
        yield from _grasped(ground, word, thing)


def _handled(ground: Ground, verb: int, kind: str, things: Things) -> list[int]:
    """The things a verb is done to."""
    grammar = ground.grammar
    if kind in ("with", "of"):
        of = (grammar.oblique(kid, kind) for kid in (verb, *grammar.under(verb, "obj")))
        return [thing for thing in of if thing is not None and thing in things.at]
    words = grammar.under(verb, "nsubj:pass") if grammar.passive(verb) else grammar.under(verb, "obj")
    words = words + [kid for word in words for kid in grammar.under(word, "conj")]
    if grammar.passive(verb) and not any(word in things.at for word in words):
        words = grammar.under(verb, "obj")  # "she was given the ring"
    if not words and grammar.relation[verb] == "acl:relcl":
        words = [grammar.head[verb]]
    if not words and grammar.relation[verb] == "conj":
        words = [kid for kid in grammar.under(grammar.head[verb], "obj") if kid > verb or _shares(ground, verb)]
    return [word for word in words if word in things.at]


def _shares(ground: Ground, verb: int) -> bool:
    """Whether a second verb has no object of its own and stands right behind: "took and pocketed"."""
    return verb - ground.grammar.head[verb] <= 2


def _of_verb(ground: Ground, verb: int, kind: str, word: int, things: Things) -> Iterator[Handing]:
    if _is_request(ground, verb):
        yield from _of_request(ground, verb, kind, word, things)
        return
    lower = ground.who.wording.lower
    if not ground.grammar.is_asserted(verb) or any(lower[kid] in _NONE for kid in ground.grammar.under(word, "det")):
        return
    if ground.is_spoken(verb) and ((kind in _HAPPENS and _is_custom(ground, verb)) or _is_hearsay(ground, verb)):
        return
    end = _outcome(ground, verb, kind)
    if end is not None:
        over = lower[verb] not in _STAYS and not _has_got(ground, verb)
        yield _handing(ground, word, verb, end, things.at[word], over=over)


def _handing(ground: Ground, word: int, verb: int, end: _End, thing: Thing, *, over: bool = True) -> Handing:
    spoken = ground.is_spoken(verb)
    sure = (_SAID if spoken else _SHOWN) * (_BY_IT if ground.who.wording.lower[word] in ("it", "them") else 1.0)
    return Handing(
        thing=thing,
        at=verb,
        holder=end.holder,
        how=end.how,
        sure=sure,
        over=over and spoken,
        evidence=ground.clause(verb),
        giver=end.giver,
        weak=end.weak,
        ends=end.ends,
    )


def _is_custom(ground: Ground, verb: int) -> bool:
    """ "You buy it", "I lose things": the bare present tells what one does, not what was done."""
    lower = ground.who.wording.lower[verb]
    bare = inflected("custody_verbs")[lower]
    pasts = lexicon.table("irregular_verbs").get(bare, ("",))[0].split("/")
    present = lower == bare or lower.endswith("s")
    return present and lower not in pasts and not ground.grammar.under(verb, "aux")


def _is_hearsay(ground: Ground, verb: int) -> bool:
    """ "You said a bird ate it" does not say that a bird did."""
    head, wording = ground.grammar.head[verb], ground.who.wording
    said = ground.grammar.relation[verb] == "ccomp" and wording.lower[head] in _SAY
    return said and wording.quote[head] == wording.quote[verb]


def _has_got(ground: Ground, verb: int) -> bool:
    """ "You've still got it" is no getting."""
    lower = ground.who.wording.lower
    helped = any(lower[kid] in ("have", "has", "'ve", "'s") for kid in ground.grammar.under(verb, "aux"))
    return lower[verb] == "got" and (helped or lower[verb - 1] in ("'ve", "have", "has") or "'ve" in lower[verb - 2])


def _outcome(ground: Ground, verb: int, kind: str) -> _End | None:
    """Who has it now, and how that came; None where the words do not tell."""
    grammar = ground.grammar
    passive = grammar.passive(verb)
    found = _whom(ground, grammar.oblique(verb, "by") if passive else grammar.subject(verb))
    doer = found.id if found is not None else None
    if kind == "with":
        to = _whom(ground, grammar.subject(verb) if passive else next(iter(grammar.under(verb, "obj")), None))
        return _End(to.id, "given", doer) if to is not None else None
    if kind == "of":
        of = _whom(ground, grammar.subject(verb) if passive else next(iter(grammar.under(verb, "obj")), None))
        return _End(doer, "taken", of.id if of is not None else None) if doer is not None else None
    if kind in ("give", "give-to", "sell", "throw", "leave"):
        return _passed_on(ground, verb, kind, doer, passive=passive)
    on = _on_whom(ground, verb, doer) if kind in ("put", "hide", "lose") else None
    if on is not None:
        return _End(on, "has" if doer is not None and on == doer else "given", doer)
    particles = {ground.who.wording.lower[kid] for kid in grammar.under(verb, "compound:prt")}
    if kind == "put":
        return _put(ground, verb, doer)
    if kind == "hide":
        return _End(None, "hidden", doer)
    if kind == "lose":
        return _End(None, "lost", doer, ends=doer is None) if doer is not None or passive else None
    if kind == "destroy":
        return _End(None, "destroyed", doer)
    if doer is None:
        return _End(None, "taken", ends=True) if kind == "take" and _is_somebody(ground, verb) else None
    if kind == "take" and not _has_got(ground, verb) and "off" not in particles and not _takes_out(ground, verb, doer):
        return _End(doer, "taken", _from_whom(ground, verb, doer))
    return _End(doer, "has", weak=kind == "use")


def _whom(ground: Ground, word: int | None, *, doer: str | None = None) -> Meant | None:
    """Who is meant, by "a thief named Corrow" too. "Him" is not he who does it: for such a pronoun, and for one that
    says nobody, the nearest other named in the scene whom it fits."""
    found = ground.person(word)
    if word is None or (found is not None and found.id != doer):
        return found
    if ground.who.wording.lower[word + 1 : word + 2] in (["named"], ["called"]):
        return ground.person(word + 2) or found
    return ground.other(word, than=doer) or found


def _passed_on(ground: Ground, verb: int, kind: str, doer: str | None, *, passive: bool) -> _End | None:
    to = _receiver(ground, verb, doer, kind)
    if to is not None:
        return _End(to, "given", doer if doer != to else None)
    on = _on_whom(ground, verb, doer)
    if on is not None:
        return _End(on, "has" if on == doer else "given", doer)
    if kind == "give-to":  # brought, paid, and nobody is said to get it
        return _End(doer, "has") if doer is not None else None
    if kind in ("give", "sell"):  # sold, posted, given to a boy: nobody who is named gets it
        away = kind == "sell" or _goes_away(ground, verb)
        return _End(None, "given", doer, ends=True) if away and (doer is not None or passive) else None
    lower = ground.who.wording.lower
    if kind == "throw" and any(lower[kid] in _FIRE for kid in ground.grammar.under(verb, "obl", "nmod")):
        return _End(None, "destroyed", doer)
    if any(lower[kid] == "on" for kid in ground.grammar.under(verb, "compound:prt")):
        return _End(doer, "has") if doer is not None else None
    if kind == "leave" and "behind" not in {lower[kid] for kid in ground.grammar.kids.get(verb, ())}:
        return _End(doer, "has", weak=True) if doer is not None and ground.grammar.under(verb, "obl", "nmod") else None
    return _End(None, "lost", doer, ends=True) if doer is not None else None


def _is_somebody(ground: Ground, verb: int) -> bool:
    """Whether somebody does it whom the text does not name: "a thief stole it"."""
    subject = ground.grammar.subject(verb)
    nouns = lexicon.table("person_nouns")
    return subject is not None and not ground.grammar.passive(verb) and ground.who.wording.lower[subject] in nouns


def _goes_away(ground: Ground, verb: int) -> bool:
    """Whether a giver gives to somebody, whoever that is: "to the boy", "away"."""
    grammar, lower = ground.grammar, ground.who.wording.lower
    away = {lower[kid] for kid in grammar.under(verb, "compound:prt", "advmod")} & {"away"}
    return bool(away or grammar.under(verb, "iobj")) or grammar.oblique(verb, *_TO) is not None


def _put(ground: Ground, verb: int, doer: str | None) -> _End | None:
    """What somebody lays down is with him until another takes it or he leaves it behind."""
    before = _before_whom(ground, verb)
    if before is not None:
        return _End(before, "given", doer)
    grammar, lower = ground.grammar, ground.who.wording.lower
    placed = grammar.under(verb, "obl", "nmod") or {lower[kid] for kid in grammar.kids.get(verb, ())} & {"on", "away"}
    return _End(doer, "has", weak=not placed) if doer is not None else None


def _takes_out(ground: Ground, verb: int, doer: str) -> bool:
    """Whether one takes a thing out of one's own pocket or bag: it was there before."""
    lower = ground.who.wording.lower
    for kid in ground.grammar.under(verb, "obl", "nmod"):
        if lower[kid] in _KEPT_IN and any(
            lower[case] in ("from", "out", "of") for case in ground.grammar.under(kid, "case")
        ):
            owner = ground.owner(kid)
            return owner is None or owner.id == doer
    return False


def _from_whom(ground: Ground, verb: int, doer: str) -> str | None:
    """Whom it is taken from: "from Anne", "out of his hands", "off her lap"."""
    lower = ground.who.wording.lower
    for kid in ground.grammar.under(verb, "obl", "nmod"):
        cases = {lower[case] for case in ground.grammar.under(kid, "case")}
        if cases & {"from", "of", "off"}:
            found = _whom(ground, kid) or (ground.owner(kid) if lower[kid] in ON_ONE else None)
            if found is not None and found.id != doer:
                return found.id
    return None


def _receiver(ground: Ground, verb: int, doer: str | None, kind: str) -> str | None:
    """To whom it goes; "Gudge's boy" is as good as Gudge, "his mother" is not he who gives."""
    grammar = ground.grammar
    cases = (*_TO, "with") if kind in ("give", "sell", "leave", "throw") else (*_TO, "for")
    for kid in (*grammar.under(verb, "iobj"), grammar.oblique(verb, *cases)):
        found = _whom(ground, kid, doer=doer) or (ground.owner(kid) if kid is not None else None)
        if found is not None and (found.id != doer or grammar.word_class[found.stop - 1] == "PROPN"):
            return found.id  # "he gave it to Phil" says that he is not Phil
    if grammar.passive(verb) and grammar.under(verb, "obj"):  # "she was given the ring"
        found = _whom(ground, grammar.subject(verb))
        return found.id if found else None
    return _named_after(ground, verb)


def _named_after(ground: Ground, verb: int) -> str | None:
    """Who is named behind a preposition that the syntax hung nowhere: "returned the key to Mr. Dacre"."""
    wording, classes = ground.who.wording, ground.grammar.word_class
    for at in range(verb + 1, min(verb + _REACH, len(wording) - 1)):
        if wording.sentence[at] != wording.sentence[verb] or classes[at] in ("VERB", "CCONJ", "PUNCT"):
            return None
        found = ground.who.starting.get(at + 1) if wording.lower[at] in _TO else None
        if found is not None and classes[found.stop - 1] == "PROPN":
            return found.id
    return None


def _on_whom(ground: Ground, verb: int, doer: str | None) -> str | None:
    """Whose hand, pocket, lap or drawer it goes into."""
    lower = ground.who.wording.lower
    for kid in ground.grammar.under(verb, "obl", "nmod"):
        if not any(lower[case] in _AT for case in ground.grammar.under(kid, "case")):
            continue
        worn = _whom(ground, kid, doer=doer)
        if worn is not None and worn.id != doer:
            return worn.id
        owner = _whose(ground, kid)
        if owner is not None and owner.id == doer and lower[kid] in _IN_HAND:
            owner = ground.other(owner.first, than=doer) or owner
        if owner is not None and (lower[kid] in ON_ONE or owner.id == doer):
            return owner.id
        if lower[kid] in ON_ONE:
            return doer
    return None


def _whose(ground: Ground, part: int) -> Meant | None:
    """Whose hand or pocket it is: "her hand", "the palm of the inspector"."""
    owner = ground.owner(part)
    if owner is not None or ground.who.wording.lower[part] not in ON_ONE:
        return owner
    grammar, lower = ground.grammar, ground.who.wording.lower
    of = (kid for kid in grammar.under(part, "nmod") if any(lower[case] == "of" for case in grammar.under(kid, "case")))
    return next((found for kid in of if (found := ground.person(kid)) is not None), None)


def _before_whom(ground: Ground, verb: int) -> str | None:
    """Before whom a thing is laid: "before the king", "in front of the Director"."""
    grammar, lower = ground.grammar, ground.who.wording.lower
    before = _whom(ground, grammar.oblique(verb, "before"))
    for kid in grammar.under(verb, "obl") if before is None else ():
        if lower[kid] == "front":
            before = next((found for of in grammar.under(kid, "nmod") if (found := _whom(ground, of))), None)
    return before.id if before is not None else None


def _is_request(ground: Ground, verb: int) -> bool:
    """ "Give me the key": said, bare, with nobody who does it."""
    grammar = ground.grammar
    return (
        ground.is_spoken(verb)
        and not any(
            grammar.relation[kid] in ("nsubj", "nsubj:pass", "aux", "mark") for kid in grammar.kids.get(verb, ())
        )
        and grammar.relation[verb] in ("root", "ccomp", "conj", "parataxis")
        and ground.who.wording.lower[verb] in lexicon.table("custody_verbs")
        and _is_first(ground, verb)
    )


def _is_first(ground: Ground, verb: int) -> bool:
    """A request stands by itself, or behind another: not "he came and put it there"."""
    head = ground.grammar.head[verb]
    return ground.grammar.relation[verb] != "conj" or ground.grammar.subject(head) is None


def _of_request(ground: Ground, verb: int, kind: str, word: int, things: Things) -> Iterator[Handing]:
    """Who is asked to give a thing has it; who says "take it" has it himself."""
    quote = ground.quote(verb)
    if quote is None or ground.who.wording.lower[verb] in _FETCH:
        return
    holder = None
    if kind == "take":
        holder = quote.speaker if ground.who.wording.lower[word] != "it" else None
    elif kind in ("give", "sell", "throw", "lose", "destroy", "hide", "leave", "put", "give-to"):
        holder = quote.addressees[0] if quote.addressees else None
    if holder is not None:
        end = _End(holder, "has", weak=True)
        found = _handing(ground, word, verb, end, things.at[word], over=False)
        yield msgspec.structs.replace(found, sure=ASKED)


def _of_motion(ground: Ground, verb: int, kind: str, word: int, things: Things) -> Iterator[Handing]:
    """ "The ring came to her", "the cup slipped from his hands", "it burned"."""
    if not ground.grammar.is_asserted(verb):
        return
    thing = things.at[word]
    giver = _from_whom(ground, verb, "")
    on = _on_whom(ground, verb, None)
    to = _whom(ground, ground.grammar.oblique(verb, *_TO))
    end: _End | None = None
    if kind == "belong":
        if to is not None:
            found = _handing(ground, word, verb, _End(to.id, "has"), thing, over=False)
            yield msgspec.structs.replace(found, sure=CALLED)
        return
    if kind == "break":
        end = _End(None, "destroyed", giver, ends=True)
    elif on is not None and on != giver:
        end = _End(on, "given", giver)
    elif kind == "come" and to is not None:
        end = _End(to.id, "given", giver)
    elif kind == "come" and giver is None:
        return
    elif giver is not None or kind == "vanish" or ground.grammar.under(verb, "obl", "compound:prt"):
        end = _End(None, "lost", giver, ends=giver is None)
    if end is not None:
        yield _handing(ground, word, verb, end, thing)


def _lies(ground: Ground, word: int, thing: Thing) -> Iterator[Handing]:
    """ "It was on the floor", "the key lay in the grass"."""
    grammar, lower = ground.grammar, ground.who.wording.lower
    verb = grammar.head[word]
    if grammar.relation[word] != "nsubj" or not grammar.is_asserted(verb):
        return
    lies = [verb] if grammar.under(verb, "cop") else grammar.under(verb, "obl") if lower[verb] in _LIES else []
    if any(lower[at] in UNDERFOOT and grammar.under(at, "case") for at in lies):
        yield _handing(ground, word, verb, _End(None, "lost", ends=True), thing)


def _let_go(ground: Ground, word: int, thing: Thing) -> Iterator[Handing]:
    """ "She let go of the kite", "got rid of it", "took hold of it"."""
    grammar, lower = ground.grammar, ground.who.wording.lower
    loose = grammar.head[word]
    of = any(lower[kid] == "of" for kid in grammar.under(word, "case"))
    if not of or lower[loose] not in ("go", "rid", "hold", "charge", "possession"):
        return
    verb = grammar.head[loose]
    doer = _whom(ground, grammar.subject(verb))
    if doer is None or not grammar.is_asserted(verb):
        return
    if lower[loose] in ("go", "rid"):
        yield _handing(ground, word, verb, _End(None, "lost", doer.id), thing)
    elif lower[verb] in (
        "take",
        "took",
        "taken",
        "got",
        "get",
        "seized",
        "caught",
        "had",
        "has",
        "have",
        "keep",
        "kept",
    ):
        yield _handing(ground, word, verb, _End(doer.id, "taken"), thing)


def _grasped(ground: Ground, word: int, thing: Thing) -> Iterator[Handing]:
    """ "He shut his hand on the key", "her fingers closed round the ring"."""
    grammar, lower = ground.grammar, ground.who.wording.lower
    verb = grammar.head[word]
    if grammar.relation[word] not in ("obl", "nmod") or not _ROUND & set(lower[max(0, word - 3) : word]):
        return
    verb = grammar.head[verb] if lower[verb] in _IN_HAND else verb
    hand = next((kid for kid in grammar.under(verb, "obj", "nsubj", "nsubj:pass") if lower[kid] in _IN_HAND), None)
    if hand is None or lower[verb] not in _CLOSES or not grammar.is_asserted(verb):
        return
    owner = ground.owner(hand) or _whom(ground, grammar.subject(verb))
    if owner is not None:
        yield _handing(ground, word, verb, _End(owner.id, "has"), thing)


def _about_somebody(ground: Ground, word: int, thing: Thing) -> Iterator[Handing]:
    """ "with a parcel on his knees", "the sword at her side", "she came with the lamp", "her ring"."""
    grammar, lower = ground.grammar, ground.who.wording.lower
    verb = grammar.head[word]
    if grammar.word_class[verb] == "VERB" and not grammar.is_asserted(verb):
        return
    holder = _worn_by(ground, word)
    if holder is not None:
        yield _handing(ground, word, word, _End(holder, "has"), thing, over=False)
        return
    with_it = _goes_with(ground, word)
    if with_it is not None:
        found = _handing(ground, word, verb, _End(with_it, "has", weak=True), thing, over=False)
        yield msgspec.structs.replace(found, sure=min(found.sure, _WITH_ONE))
        return
    owner = ground.owner(word)
    if owner is not None and not (set(lower[word - 4 : word]) & {"for", "like", "of"}):
        sure = CALLED if word == thing.words[0] else CALLED - 0.01
        found = _handing(ground, word, word, _End(owner.id, "has"), thing, over=False)
        yield msgspec.structs.replace(found, sure=sure)


def _worn_by(ground: Ground, word: int) -> str | None:
    """Who has it on, in or under something of his own; whoever the clause is about, where "their lap" says nobody."""
    grammar, wording = ground.grammar, ground.who.wording
    lower = wording.lower
    for near in range(word + 1, min(word + 9, len(lower))):
        if wording.sentence[near] != wording.sentence[word] or lower[near] in (",", ";", "and", "but"):
            return None
        if lower[near] not in ON_ONE or not any(lower[case] in _ABOUT for case in grammar.under(near, "case")):
            continue
        owner = ground.owner(near)
        if owner is not None:
            return owner.id
        if grammar.under(near, "nmod:poss"):
            return _clause_of(ground, word)
    return None


def _clause_of(ground: Ground, word: int) -> str | None:
    """Whom the clause round a word is about."""
    grammar, at = ground.grammar, word
    for _ in range(6):
        if grammar.word_class[at] == "VERB":
            found = _whom(ground, grammar.subject(at))
            return found.id if found is not None else None
        at = grammar.head[at]
    return None


def _goes_with(ground: Ground, word: int) -> str | None:
    """Who comes, goes or stands there with it."""
    grammar, lower = ground.grammar, ground.who.wording.lower
    verb = grammar.head[word]
    cases = [lower[kid] for kid in grammar.under(word, "case", "mark")]
    if cases != ["with"] or grammar.relation[word] != "obl":
        return None
    if grammar.word_class[verb] != "VERB":
        verb = grammar.head[verb]
    if lower[verb] not in _GOES or not grammar.is_asserted(verb):
        return None
    found = _whom(ground, grammar.subject(verb))
    return found.id if found is not None else None
