"""To whom a verb hands a thing, and from whom: a receiver, a hand or pocket it goes into, one it is taken from."""

from __future__ import annotations

from fabula import lexicon
from fabula.layers.state.ground import Ground, Meant

__all__ = [
    "TO",
    "before_whom",
    "doer_of",
    "from_whom",
    "indirect",
    "is_on_one",
    "kept",
    "on_whom",
    "receiver",
    "takes_out",
    "whom",
]

_AT = frozenset(
    "in into on onto upon under round around about at to between over inside from against across behind within".split()
)
_BACK = frozenset({"behind", "across", "between", "within"})
"""What is put behind him is put where he stands who puts it there."""
_ROUND = frozenset("round around about over".split())
_TOWARDS = frozenset("into onto upon at".split())
_REACH = 10
"""So many words behind its verb a receiver can be named."""
TO = ("to", "unto")


def kept(noun: str) -> str:
    """In what a thing is that is in, on or about this of somebody's: "hand", "body", "worn", "kept", "own"; "" where
    the noun says nothing of that."""
    return lexicon.table("carried_in").get(noun, ("",))[0]


def is_on_one(noun: str) -> bool:
    """Whether what is in, on or about this of somebody's is with him wherever he goes."""
    return kept(noun) not in ("", "own")


def whom(ground: Ground, word: int | None, *, doer: str | None = None) -> Meant | None:
    """Who is meant, by "a thief named Hobb" too. "Him" is not he who does it: for such a pronoun, and for one that
    says nobody, the nearest other named in the scene whom it fits."""
    found = ground.person(word)
    if word is None or (found is not None and found.id != doer and not _is_beast(ground, found)):
        return found
    if ground.who.wording.lower[word + 1 : word + 2] in (["named"], ["called"]):
        return ground.person(word + 2) or found
    return ground.other(word, than=doer) or found


def _is_beast(ground: Ground, found: Meant) -> bool:
    """Whether "her" is said to mean an animal that never says a word: the mare is given no book."""
    pronoun = found.stop - found.first == 1 and ground.grammar.word_class[found.first] == "PRON"
    if not pronoun or ground.who.characters[found.id].kind not in ("animal", "thing"):
        return False
    return all(quote.speaker != found.id for quote in ground.who.speaker.values())


def doer_of(ground: Ground, verb: int) -> Meant | None:
    """Who does it: its subject; else who is named right before it, where the syntax lost him."""
    grammar, at = ground.grammar, verb
    subject = grammar.subject(verb)
    if subject is not None:
        return whom(ground, subject)
    while at > 0 and grammar.word_class[at - 1] in ("AUX", "ADV"):
        at -= 1
    found = ground.who.ending.get(at)
    joined = (
        found is not None and grammar.word_class[found.stop - 1] == "PROPN" and not grammar.under(found.first, "case")
    )
    return found if joined else None


def takes_out(ground: Ground, verb: int, doer: str) -> bool:
    """Whether one takes a thing out of one's own pocket or bag: it was there before."""
    lower = ground.who.wording.lower
    for kid in ground.grammar.under(verb, "obl", "nmod"):
        if kept(lower[kid]) in ("kept", "worn", "own") and any(
            lower[case] in ("from", "out", "of") for case in ground.grammar.under(kid, "case")
        ):
            owner = ground.owner(kid)
            return owner is None or owner.id == doer
    return False


def from_whom(ground: Ground, verb: int, doer: str) -> str | None:
    """Whom it is taken from: "from Anne", "out of his hands", "off her lap"."""
    lower = ground.who.wording.lower
    for kid in ground.grammar.under(verb, "obl", "nmod"):
        cases = {lower[case] for case in ground.grammar.under(kid, "case")}
        if cases & {"from", "of", "off"}:
            found = whom(ground, kid) or (ground.owner(kid) if is_on_one(lower[kid]) else None)
            if found is not None and found.id != doer:
                return found.id
    return None


def receiver(ground: Ground, verb: int, doer: str | None, kind: str) -> str | None:
    """To whom it goes; "Tubb's boy" is as good as Tubb, "his mother" is not he who gives."""
    grammar = ground.grammar
    cases = (*TO, "with") if kind in ("give", "sell", "leave", "throw") else (*TO, "for")
    for kid in (*indirect(ground, verb), grammar.oblique(verb, *cases)):
        found = whom(ground, kid, doer=doer) or (ground.owner(kid) if kid is not None else None)
        if found is not None and (found.id != doer or grammar.word_class[found.stop - 1] == "PROPN"):
            return found.id  # "he gave it to Phil" says that he is not Phil
    if grammar.passive(verb) and grammar.under(verb, "obj"):  # "she was given the ring"
        found = whom(ground, grammar.subject(verb))
        return found.id if found else None
    return _named_after(ground, verb)


def indirect(ground: Ground, verb: int) -> list[int]:
    """Whom the first of two objects means: "threw Lou the keys"."""
    first, *more = ground.grammar.under(verb, "obj") or [verb]
    return [*ground.grammar.under(verb, "iobj"), *([first] if more and ground.person(first) is not None else ())]


def _named_after(ground: Ground, verb: int) -> str | None:
    """Who is named behind a preposition that the syntax hung nowhere: "returned the key to Mr. Dacre"."""
    wording, classes = ground.who.wording, ground.grammar.word_class
    for at in range(verb + 1, min(verb + _REACH, len(wording) - 1)):
        if wording.sentence[at] != wording.sentence[verb] or classes[at] in ("VERB", "CCONJ", "PUNCT"):
            return None
        found = ground.who.starting.get(at + 1) if wording.lower[at] in TO else None
        if found is not None and classes[found.stop - 1] == "PROPN":
            return found.id
    return None


def on_whom(ground: Ground, verb: int, doer: str | None) -> str | None:
    """Whose hand, pocket, lap or drawer it goes into."""
    grammar, lower = ground.grammar, ground.who.wording.lower
    inner = [kid for thing in grammar.under(verb, "obj") for kid in grammar.under(thing, "nmod")]
    parts = [kid for kid in grammar.under(verb, "obj", "obl") if kept(lower[kid]) and not grammar.under(kid, "case")]
    wrapped = [kid for kid in parts if _ROUND & set(lower[verb + 1 : kid])]
    inner += wrapped  # "tucked it round his knees", where the syntax hangs "round" on the verb
    for kid in (*grammar.under(verb, "obl", "nmod"), *inner):
        cases = {lower[case] for case in grammar.under(kid, "case")} | (_TOWARDS if kid in wrapped else set())
        if not cases & (_TOWARDS if kid in inner else _AT):
            continue
        held_out = _hand_held_out(ground, kid) if lower[kid] == "it" else None
        if held_out is not None:
            return held_out
        if cases <= _BACK and grammar.word_class[kid] == "PRON":
            continue
        worn = whom(ground, kid, doer=doer)
        if worn is not None and worn.id != doer:
            return worn.id
        owner = _whose(ground, kid)
        if owner is not None and owner.id == doer and kept(lower[kid]) == "hand":
            owner = ground.other(owner.first, than=doer) or owner
        if owner is not None and (is_on_one(lower[kid]) or owner.id == doer):
            return owner.id
        if is_on_one(lower[kid]):
            return doer
    return None


def _hand_held_out(ground: Ground, it: int) -> str | None:
    """ "She held out her hand and he put the keys in it"."""
    wording = ground.who.wording
    for at in range(it - 1, max(it - 30, -1), -1):
        if wording.sentence[it] - wording.sentence[at] > 1:
            return None
        if kept(wording.lower[at]) in ("hand", "kept"):
            owner = ground.owner(at)
            return owner.id if owner is not None else None
    return None


def _whose(ground: Ground, part: int) -> Meant | None:
    """Whose hand or pocket it is: "her hand", "the palm of the inspector"."""
    owner = ground.owner(part)
    if owner is not None or not is_on_one(ground.who.wording.lower[part]):
        return owner
    grammar, lower = ground.grammar, ground.who.wording.lower
    of = (kid for kid in grammar.under(part, "nmod") if any(lower[case] == "of" for case in grammar.under(kid, "case")))
    return next((found for kid in of if (found := ground.person(kid)) is not None), None)


def before_whom(ground: Ground, verb: int) -> str | None:
    """Before whom a thing is laid: "before the king", "in front of the Director"."""
    grammar, lower = ground.grammar, ground.who.wording.lower
    before = whom(ground, grammar.oblique(verb, "before"))
    for kid in grammar.under(verb, "obl") if before is None else ():
        if lower[kid] == "front":
            before = next((found for of in grammar.under(kid, "nmod") if (found := whom(ground, of))), None)
    return before.id if before is not None else None
