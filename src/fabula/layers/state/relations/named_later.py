"""Kin and the like who are named only a sentence later ("He rang for his secretary. Miss Henty came in."), or told by
what somebody is or has ("She had been his doctor for years", "Magda had two boys. Stefan, the elder, …")."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping

import msgspec

from fabula import lexicon
from fabula.layers.state.ground import Ground, Meant
from fabula.layers.state.relations.by_circumstance import owner_of
from fabula.layers.state.relations.tie_nouns import kind_of, tie_nouns
from fabula.story import Relation

__all__ = ["find_bridges"]

_IS, _CALLED, _NEXT, _LATER = 0.8, 0.75, 0.58, 0.5
"""How sure it is by "was his doctor", by "a woman called Teale", by a name that opens the next sentence, and by one
further on."""
_UNKNOWN = 0.9
"""What is left where nothing tells whether the one named is a man or a woman."""
_IN_SPEECH = 0.9
_OWNED = 0.6
"""So sure it must be whose kin it is."""
_FAR = 45
"""A name is no more words off than this."""
_SOON = 4
"""So many words into a sentence its subject opens it."""
_NAMING = frozenset({"called", "named"})
_HAVE = frozenset("have has had having 've got kept keeps".split())
_UNSURE = frozenset("if unless whether no not never n't like as without pretend suppose wish another".split())
_VAGUE = frozenset({"friend", "enemy", "rival", "colleague", "family"})
_PLURALS = {"wives": "wife", "children": "child", "boys": "son", "girls": "daughter", "men": "", "nieces": "niece"}
_OF_ONES = {"mine": "my", "yours": "your", "his": "his", "hers": "her"}


class _Noun(msgspec.Struct, frozen=True):
    """A noun of kin or office at a word: which relation it makes, and whether of a man or a woman."""

    at: int
    kind: str
    gender: str
    many: bool = False


def find_bridges(ground: Ground) -> Iterator[Relation]:
    """The relations that are told so."""
    seen: dict[str, int] = {}
    for meant in sorted((*ground.who.starting.values(), *ground.who.ending.values()), key=lambda one: one.first):
        seen.setdefault(meant.id, meant.first)
    for at, word in enumerate(ground.who.wording.lower):
        bare = _singular(word)
        if bare is None:
            continue
        noun, owner = _Noun(at, kind_of(bare), tie_nouns()[bare][0], bare != word), _owner(ground, at)
        if owner is None and (kin := _of_kin(ground, at, bare)) is not None:
            noun, owner = kin
        one = _subject(ground, at) if owner is not None and not noun.many else None
        if owner is not None and one is not None and one.id != owner.id and _fits(ground, one.id, noun):
            yield _relation(ground, one, owner, noun, _IS)
            continue
        if noun.many and owner is not None and not ground.grammar.under(at, "nummod"):
            continue  # "all my friends"
        owner = owner or _having(ground, at)
        if owner is not None and owner.confidence >= _OWNED and not _is_told(ground, at, owner):
            yield from _named_later(ground, seen, noun, owner)


def _of_kin(ground: Ground, at: int, bare: str) -> tuple[_Noun, Meant] | None:
    """ "Her mother's brother", which is her uncle, and whose he is."""
    lower, table = ground.who.wording.lower, lexicon.table("kin_composed")
    for kid in ground.grammar.under(at, "nmod:poss"):
        nearer = tie_nouns().get(lower[kid], ("", ""))
        kind = table.get(f"{nearer[1]} {tie_nouns()[bare][1]}")
        owner = _owner(ground, kid) if kind is not None else None
        if kind is not None and owner is not None:
            return _Noun(at, kind[0], tie_nouns()[bare][0]), owner
    return None


def _singular(word: str) -> str | None:
    """The noun of kin or office that a word is, or is the plural of."""
    nouns = tie_nouns()
    if word in nouns:
        return word
    one = _PLURALS.get(word) or (word[:-1] if word.endswith("s") else "")
    return one if one in nouns else None


def _tie(word: str) -> str:
    noun = _singular(word)
    return tie_nouns()[noun][1] if noun is not None else ""


def _owner(ground: Ground, at: int) -> Meant | None:
    """Whose it is: "her doctor", "Marsh's lawyer", "a pal of mine"."""
    wording = ground.who.wording
    owner = owner_of(ground, at)
    if owner is None and wording.lower[at + 1 : at + 2] == ["of"] and wording.lower[at + 2 : at + 3]:
        of = at + 2
        return _of_ones(ground, of) if wording.lower[of] in _OF_ONES else _of_name(ground, of)
    return owner


def _of_ones(ground: Ground, at: int) -> Meant | None:
    """ "A pal of mine", where nothing else stands behind: not "of his father"."""
    if ground.grammar.relation[at] == "nmod:poss":
        return None
    form = _OF_ONES[ground.who.wording.lower[at]]
    if form == "my":
        speaker = ground.speaker(at)
        return Meant(speaker, at, at + 1, 0.75) if speaker else None
    return ground.meant.get(at)


def _of_name(ground: Ground, at: int) -> Meant | None:
    """ "A friend of Anne's"."""
    found = ground.who.starting.get(at)
    return found if found is not None and ground.who.wording.lower[found.stop : found.stop + 1] == ["'s"] else None


def _having(ground: Ground, at: int) -> Meant | None:
    """Who has a daughter, two sons, one friend."""
    grammar, lower = ground.grammar, ground.who.wording.lower
    verb = grammar.head[at]
    if grammar.relation[at] != "obj" or lower[verb] not in _HAVE or not grammar.is_asserted(verb):
        return None
    if ground.is_spoken(at) and _tie(lower[at]) in _VAGUE:
        return None
    return ground.sufferer(verb)


def _subject(ground: Ground, at: int) -> Meant | None:
    """Who is said to be that: "Judy had been his secretary", "I'm his sister"."""
    grammar, wording = ground.grammar, ground.who.wording
    own = grammar.under(at, "nsubj", "nsubj:outer")
    if not own and grammar.relation[at] == "appos" and grammar.head[at] < at:
        return ground.person(grammar.head[at])
    if not own or not (grammar.under(at, "cop") or "'" in wording.lower[own[0]]) or not grammar.is_asserted(at):
        return None
    if _UNSURE & set(wording.lower[own[0] : at]):
        return None
    found = ground.person(own[0])
    return found if found is not None and wording.quote[found.first] == wording.quote[at] else None


def _is_told(ground: Ground, at: int, owner: Meant) -> bool:
    """Whether the noun is denied or supposed, or the one meant stands right beside it."""
    grammar, wording = ground.grammar, ground.who.wording
    if _UNSURE & set(wording.lower[max(0, at - 4) : at]) or not grammar.is_asserted(grammar.head[at]):
        return True
    beside = ground.who.starting.get(at + 1)
    meant = ground.meant.get(at)
    named = any(one is not None and wording.forms[one.stop - 1][:1].isupper() for one in (beside, meant))
    before = owner.first - 1
    hung = wording.lower[before] == "," and ground.who.ending.get(before) is not None
    return named or hung or bool(grammar.under(at, "cop")) or grammar.relation[at] == "vocative"


def _named_later(ground: Ground, seen: Mapping[str, int], noun: _Noun, owner: Meant) -> Iterator[Relation]:
    """Whoever is named for the first time behind it, as the subject of a sentence, and fits."""
    wording, named, at = ground.who.wording, ground.who.named, noun.at
    place = bisect_left(named, at + 1, key=lambda one: one.first)
    for one in named[place:]:
        off = wording.sentence[one.first] - wording.sentence[at]
        if one.first - at > _FAR or off > 2 or wording.paragraph[one.first] - wording.paragraph[at] > 1:
            return
        if one.id == owner.id or seen[one.id] <= at:
            continue
        if not _fits(ground, one.id, noun):
            return
        if wording.quote[at] != -1 and wording.quote[one.first] == -1:
            return  # whom one speaks of need not be who is spoken of next
        sure = _sureness(ground, one, noun, off)
        if sure:
            yield _relation(ground, one, owner, noun, sure)
        return


def _sureness(ground: Ground, one: Meant, noun: _Noun, off: int) -> float:
    """How sure a name so many sentences later is the one meant."""
    grammar, wording = ground.grammar, ground.who.wording
    head = next((word for word in range(one.first, one.stop) if word in ground.meant), one.first)
    if off == 0:
        naming = one.first - 1
        of_noun = {noun.at, *grammar.under(noun.at, "appos", "acl", "acl:relcl")}
        return _CALLED if wording.lower[naming] in _NAMING and grammar.head[naming] in of_noun else 0.0
    start = one.first
    while start > 0 and wording.sentence[start - 1] == wording.sentence[one.first]:
        start -= 1
    alone = grammar.relation[head] == "root"
    if grammar.relation[head] not in ("nsubj", "nsubj:pass") and not alone:
        return 0.0
    if one.first - start > _SOON:
        return 0.0
    return (_NEXT if off == 1 else _LATER) * (1.0 if ground.who.gender[one.id] else _UNKNOWN)


def _fits(ground: Ground, character: str, noun: _Noun) -> bool:
    told = ground.who.gender[character]
    person = ground.who.characters[character].kind == "person"
    return person and (noun.gender not in "mf" or not told or told == noun.gender)


def _relation(ground: Ground, one: Meant, owner: Meant, noun: _Noun, sure: float) -> Relation:
    """With the words from whose it is to who it is."""
    sure *= min(1.0, owner.confidence + 0.3) * (_IN_SPEECH if ground.is_spoken(noun.at) else 1.0)
    span = ground.span(min(one.first, owner.first, noun.at), max(one.stop - 1, owner.stop - 1, noun.at))
    return Relation(a=one.id, b=owner.id, kind=noun.kind, confidence=round(sure, 3), evidence=(span,))
