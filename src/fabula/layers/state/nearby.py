"""Whom "her sister" or "his mother" means where no name stands beside it: by who speaks, or who else is there."""

from __future__ import annotations

from collections.abc import Iterator

from fabula import lexicon
from fabula.layers.state.ground import Ground
from fabula.layers.state.ties import kind_of, tie_nouns
from fabula.layers.state.who import Meant
from fabula.story import Relation

__all__ = ["find_nearby"]

_SPOKEN, _WITH, _ALONE = 0.6, 0.65, 0.4
"""How sure it is by the speech it tags, by the name it hangs on, and by there being nobody else whom it fits."""
_VAGUE = frozenset({"friend", "enemy", "rival", "boy", "girl", "child", "baby", "master", "mistress", "parent"})
"""Kinds that fit too many for it to say much that only one is there."""
_ELDERS = frozenset({"parent", "grandparent", "uncle"})
_NEAR = 150
"""Who is meant is named no further off than this many words."""
_MANY = frozenset("servant boss friend enemy colleague neighbour pupil teacher tenant landlord".split())
_DEPENDS = frozenset({"nsubj", "nsubj:pass", "obj", "iobj", "obl", "nmod:poss", "obl:agent"})


def find_nearby(ground: Ground) -> Iterator[Relation]:
    """Relations by a noun of kin with an owner, that means somebody whom only what is around it tells."""
    kin = tie_nouns()
    for at, word in enumerate(ground.who.wording.lower):
        if word in kin:
            yield from _at(ground, at)


def _at(ground: Ground, at: int) -> Iterator[Relation]:
    owner = _owner(ground, at)
    if owner is None:
        return
    found = _hung(ground, at, owner) or _by_speech(ground, at, owner) or _by_presence(ground, at, owner)
    if found is None or found[0] == owner.id:
        return
    one, sure = found
    kind = kind_of(ground.who.wording.lower[at])
    confidence = round(sure * min(1.0, owner.confidence + 0.3), 3)
    span = ground.span(owner.first, at)
    yield Relation(a=one, b=owner.id, kind=kind, confidence=confidence, evidence=(span,))


def _owner(ground: Ground, at: int) -> Meant | None:
    """Whose it is; the pronoun or name before the noun."""
    for kid in ground.grammar.under(at, "nmod:poss"):
        if kid > at or at - kid > 4 or ground.who.wording.sentence[kid] != ground.who.wording.sentence[at]:
            continue
        lower = ground.who.wording.lower
        return ground.who.owner(kid) or (ground.person(kid) if lower[kid + 1 : kid + 2] == ["'s"] else None)
    return None


def _fits(ground: Ground, character: str, kind: str, *, strict: bool = False) -> bool:
    gender, _ = tie_nouns()[kind]
    told = ground.who.gender[character]
    known = ground.who.characters[character]
    if known.kind != "person":
        return False
    return gender not in "mf" or told == gender or (not strict and not told)


def _hung(ground: Ground, at: int, owner: Meant) -> tuple[str, float] | None:
    """ "Pim, who was four, and Odalys's brother": the noun hangs on a name."""
    grammar = ground.grammar
    if grammar.relation[at] != "appos":
        return None
    head = ground.person(grammar.head[at])
    kind = ground.who.wording.lower[at]
    if head is None or head.id == owner.id or not _fits(ground, head.id, kind):
        return None
    return head.id, _WITH


def _by_speech(ground: Ground, at: int, owner: Meant) -> tuple[str, float] | None:
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
    return (quote.speaker, _SPOKEN) if _fits(ground, quote.speaker, kind) else None


def _by_presence(ground: Ground, at: int, owner: Meant) -> tuple[str, float] | None:
    """The only other one in the scene whom the word fits."""
    who, kind = ground.who, ground.who.wording.lower[at]
    if (
        ground.is_spoken(at)
        or kind in _VAGUE
        or tie_nouns()[kind][1] in _MANY
        or ground.grammar.relation[at] not in _DEPENDS
    ):
        return None
    scene = ground.scene(at)
    if scene is None or who.ending.get(at + 1) is not None:
        return None
    near = {one.id for one in who.ending.values() if abs(one.first - at) < _NEAR}
    there = {one for one in scene.present if one in near and one in who.characters and one != owner.id}
    fitting = [one for one in sorted(there) if _fits(ground, one, kind, strict=True)]
    if len(fitting) == 1 and tie_nouns()[kind][1] in _ELDERS and _is_called_by_name(ground, owner.id, fitting[0]):
        return None
    return (fitting[0], _ALONE) if len(fitting) == 1 else None


def _is_called_by_name(ground: Ground, caller: str, called: str) -> bool:
    """Whether somebody calls another by a first name, in speech to them: so one does not call one's mother."""
    first_names = lexicon.table("first_names")
    for meant in ground.who.named:
        quote = ground.quote(meant.first)
        if meant.id == called and quote is not None and quote.speaker == caller:
            word = ground.who.wording.lower[meant.first]
            if word in first_names or word not in lexicon.table("titles") | lexicon.table("kin_calls"):
                return True
    return False
