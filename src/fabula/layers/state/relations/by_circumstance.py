"""Whom "her sister" or "his boss" means where no name stands beside it: by who speaks, who is known so, or who else is
there."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence

import msgspec

from fabula import lexicon
from fabula.layers.state.ground import Ground, Meant
from fabula.layers.state.relations.tie_nouns import kind_of, tie_nouns, turned
from fabula.story import Relation

__all__ = ["called_by_name", "find_nearby", "owner_of"]

_SPOKEN, _WITH, _DESCRIBED, _HINTED, _ALONE = 0.6, 0.65, 0.55, 0.6, 0.45
"""How sure it is by the speech it tags, by the name it hangs on, by somebody who is called just that, by other signs
that somebody is that to the owner, and by there being nobody else whom it fits."""
_VAGUE = frozenset(
    "friend enemy rival boy girl child baby master mistress parent relation relative comrade host hostess guest".split()
)
"""Kinds that fit too many for it to say much that only one is there."""
_ELDERS = frozenset({"parent", "grandparent", "uncle"})
_NEAR, _COMPANY = 150, 300
"""Who is meant is named no further off than the first; and nobody else whom it fits no further off than the second."""
_MANY = frozenset(
    "doctor lawyer client patient host guest servant boss friend enemy colleague neighbour pupil teacher tenant "
    "landlord in-law".split()
)
_NOMINATIVE = {"his": "he", "her": "she"}
_DEPENDS = frozenset({"nsubj", "nsubj:pass", "obj", "iobj", "obl", "nmod:poss", "obl:agent"})


class _Setting(msgspec.Struct, frozen=True):
    """What is looked up again and again.

    Attributes:
        firsts, people: every mention, by its first word, and whom it means.
        by_name: who calls whom by a bare name, in speech.
        described: who is called by a noun alone: "the butler".
        hints: by somebody and a tie, who has shown signs of being that to them, and how sure.
    """

    firsts: Sequence[int]
    people: Sequence[str]
    by_name: frozenset[tuple[str, str]]
    described: Mapping[str, str]
    hints: Mapping[tuple[str, str], Sequence[tuple[float, str]]]


def find_nearby(
    ground: Ground, hints: Mapping[tuple[str, str], Sequence[tuple[float, str]]] = {}
) -> Iterator[Relation]:
    """Relations by a noun of kin or office with an owner, that means somebody whom only what is around it tells."""
    kin = tie_nouns()
    mentions = sorted((one.first, one.id) for one in ground.who.ending.values())
    setting = _Setting(
        firsts=[first for first, _ in mentions],
        people=[one for _, one in mentions],
        by_name=called_by_name(ground),
        described=_described(ground),
        hints=hints,
    )
    guessed = set()
    for at, word in enumerate(ground.who.wording.lower):
        if word in kin:
            for relation, sure in _at(ground, setting, at):
                guess = (relation.a, relation.b, relation.kind)
                if sure or guess not in guessed:
                    yield relation  # a guess is no surer for being made again
                    guessed.add(guess)


def _at(ground: Ground, setting: _Setting, at: int) -> Iterator[tuple[Relation, bool]]:
    """The relation, and whether the words beside the noun show who is meant."""
    owner = owner_of(ground, at)
    if owner is None or ground.who.starting.get(at + 1) is not None:
        return
    shown = _hung(ground, at, owner) or _by_speech(ground, setting, at, owner)
    found = (
        shown
        or _by_hint(ground, setting, at, owner)
        or _by_description(ground, setting, at, owner)
        or _by_presence(ground, setting, at, owner)
    )
    if found is None or found[0] == owner.id:
        return
    one, sure = found
    kind = kind_of(ground.who.wording.lower[at])
    confidence = round(sure * min(1.0, owner.confidence + 0.4), 3)
    span = ground.span(owner.first, at)
    yield Relation(a=one, b=owner.id, kind=kind, confidence=confidence, evidence=(span,)), shown is not None


def owner_of(ground: Ground, at: int) -> Meant | None:
    """Whose it is; the pronoun or name before the noun."""
    for kid in ground.grammar.under(at, "nmod:poss"):
        if kid > at or at - kid > 4 or ground.who.wording.sentence[kid] != ground.who.wording.sentence[at]:
            continue
        lower = ground.who.wording.lower
        named = ground.person(kid)
        if named is not None and "'s" not in (*lower[kid + 1 : kid + 2], *lower[named.stop : named.stop + 1]):
            named = None
        return _bound(ground, kid) or ground.who.owner(kid) or named
    return None


def _bound(ground: Ground, at: int) -> Meant | None:
    """ "He was closer to Tom than his boss was": where "he" cannot be Tom, "his" is his."""
    subject = _NOMINATIVE.get(ground.who.wording.lower[at])
    if subject is None or ground.is_spoken(at):
        return None
    wording, place = ground.who.wording, at - 1
    while place >= 0 and wording.sentence[place] == wording.sentence[at]:
        if wording.lower[place] == subject and not ground.is_spoken(place):
            first, raw = ground.person(place), ground.meant.get(place)
            return first if first is not None and raw is not None and first.id != raw.id else None
        place -= 1
    return None


def _fits(ground: Ground, character: str, kind: str, *, strict: bool = False) -> bool:
    gender, _ = tie_nouns()[kind]
    told = ground.who.gender[character]
    known = ground.who.characters[character]
    if known.kind != "person":
        return False
    return gender not in "mf" or told == gender or (not strict and not told)


def _hung(ground: Ground, at: int, owner: Meant) -> tuple[str, float] | None:
    """ "Will, who kept bees, and Kate's brother": the noun hangs on a name."""
    grammar = ground.grammar
    if grammar.relation[at] != "appos":
        return None
    head = ground.person(grammar.head[at])
    kind = ground.who.wording.lower[at]
    if head is None or head.id == owner.id or not _fits(ground, head.id, kind):
        return None
    return head.id, _WITH


def _by_speech(ground: Ground, setting: _Setting, at: int, owner: Meant) -> tuple[str, float] | None:
    """ "…," said his mother: she is whoever was found to speak."""
    who, grammar = ground.who, ground.grammar
    wording = who.wording
    verb = grammar.head[at]
    tags = grammar.relation[at] in ("nsubj", "iobj", "obj") and wording.lower[verb] in lexicon.words("speech_verbs")
    if not tags or wording.quote[at] != -1 or abs(verb - at) > 4:
        return None
    place = min(owner.first, verb) - 1
    quote = who.speaker.get(wording.quote[place]) if place >= 0 else None
    if quote is None or quote.speaker in (None, owner.id) or quote.speaker is None:
        return None
    kind = wording.lower[at]
    if not _fits(ground, quote.speaker, kind) or _is_familiar(setting, owner.id, quote.speaker, kind):
        return None
    return quote.speaker, _SPOKEN * min(1.0, quote.confidence + 0.3)


def _by_hint(ground: Ground, setting: _Setting, at: int, owner: Meant) -> tuple[str, float] | None:
    """Whoever has shown other signs of being that to the owner."""
    kind = ground.who.wording.lower[at]
    probe = Relation(a="?", b=owner.id, kind=kind_of(kind))
    tie, upper, _ = turned(probe)
    if upper != "?" or kind in _VAGUE:
        return None
    known = [one for one in setting.hints.get((owner.id, tie), ()) if _fits(ground, one[1], kind)]
    known = [one for one in known if not _is_familiar(setting, owner.id, one[1], kind)]
    people = {character for _, character in known}
    if not known or (len(people) > 1 and tie in _MANY):
        return None
    return max(known)[1], _HINTED


def _by_description(ground: Ground, setting: _Setting, at: int, owner: Meant) -> tuple[str, float] | None:
    """ "His butler", where there is one who is called "the butler" and nothing else."""
    kind = ground.who.wording.lower[at]
    one = setting.described.get(kind)
    if (
        one is None
        or one == owner.id
        or kind in _VAGUE
        or kind in lexicon.table("ranks")
        or not _fits(ground, one, kind)
    ):
        return None
    return (one, _DESCRIBED) if one in _around(setting, at, _COMPANY) else None


def _by_presence(ground: Ground, setting: _Setting, at: int, owner: Meant) -> tuple[str, float] | None:
    """The only other one in the scene whom the word fits, where nobody else whom it fits is spoken of."""
    kind = ground.who.wording.lower[at]
    tie = tie_nouns()[kind][1]
    if ground.is_spoken(at) or kind in _VAGUE or tie in _MANY or ground.grammar.relation[at] not in _DEPENDS:
        return None
    scene = ground.scene(at)
    if scene is None or ground.who.ending.get(at + 1) is not None:
        return None
    near, company = _around(setting, at, _NEAR), _around(setting, at, _COMPANY)
    fitting = [one for one in sorted(near & set(scene.present) - {owner.id}) if _fits(ground, one, kind, strict=True)]
    if len(fitting) != 1 or _is_familiar(setting, owner.id, fitting[0], kind):
        return None
    others = [one for one in company - {owner.id, fitting[0]} if _fits(ground, one, kind, strict=True)]
    return (fitting[0], _ALONE) if not others else None


def _around(setting: _Setting, at: int, far: int) -> set[str]:
    """Who is spoken of no further off than this."""
    first, stop = bisect_left(setting.firsts, at - far), bisect_left(setting.firsts, at + far + 1)
    return set(setting.people[first:stop])


def _is_familiar(setting: _Setting, caller: str, called: str, kind: str) -> bool:
    """Whether one calls the other by a bare name, as one does not call one's mother."""
    return tie_nouns()[kind][1] in _ELDERS and (caller, called) in setting.by_name


def called_by_name(ground: Ground) -> frozenset[tuple[str, str]]:
    """Who calls whom by a bare name, in speech."""
    first_names, kin = lexicon.table("first_names"), lexicon.table("kin_calls") | lexicon.table("kin")
    found = set()
    for meant in ground.who.named:
        quote = ground.quote(meant.first)
        word = ground.who.wording.lower[meant.first]
        if quote is not None and quote.speaker is not None and word in first_names and word not in kin:
            found.add((quote.speaker, meant.id))
    return frozenset(found)


def _described(ground: Ground) -> dict[str, str]:
    """Who is called by one noun of kin or office, if only one is: "the butler"."""
    found: dict[str, set[str]] = {}
    for character in ground.who.characters.values():
        for name in (character.name, *character.aliases):
            noun = name.lower().removeprefix("the ")
            if noun in tie_nouns():
                found.setdefault(noun, set()).add(character.id)
    return {noun: next(iter(people)) for noun, people in found.items() if len(people) == 1}
