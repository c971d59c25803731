"""What two people do that binds or parts them ("she married him", "they were friends"), and what that makes them."""

from __future__ import annotations

from collections.abc import Iterator

from fabula import lexicon
from fabula.layers.state.grammar import inflected, verbs
from fabula.layers.state.ground import Ground
from fabula.layers.state.who import Meant
from fabula.story import Relation

__all__ = ["find_bonds"]

_DONE, _THEY, _LISTED = 0.7, 0.5, 0.5
_PLURALS = {
    "friends": "friend", "sisters": "sister", "brothers": "brother", "siblings": "sibling", "twins": "twin",
    "cousins": "cousin", "partners": "partner", "lovers": "lover", "neighbours": "neighbour", "neighbors": "neighbour",
    "colleagues": "colleague", "enemies": "enemy", "rivals": "rival", "married": "spouse", "engaged": "lover",
}  # fmt: skip
_THEM = frozenset({"they", "both", "two"})
_WE = frozenset({"we", "us"})
_LONG = frozenset({"year", "years", "month", "months", "winters", "summers", "decades"})


def find_bonds(ground: Ground) -> Iterator[tuple[Relation, bool]]:
    """Relations that verbs and plurals state; True where the words say that it ends."""
    yield from _by_verb(ground)
    for relation in (*_by_plural(ground), *_by_family_name(ground)):
        yield relation, False


def _by_verb(ground: Ground) -> Iterator[tuple[Relation, bool]]:
    table, grammar = lexicon.table("bond_verbs"), ground.grammar
    for at, bare in verbs(grammar, inflected("bond_verbs")):
        kind = table[bare][0]
        one = ground.person(grammar.subject(at))
        other = _object(ground, at, bare)
        if one is None or other is None or one.id == other.id or not grammar.is_asserted(at):
            continue
        if kind == "long":
            if not _lasts(ground, at):
                continue
            kind = "of"
        if kind == "under" or (kind == "of" and not grammar.passive(at)):
            one, other = (other, one) if kind == "under" else (one, other)
            made = "servant"
        else:
            made = "spouse" if kind == "end" else kind
        yield _relation(ground, one, other, made, _DONE, at), kind == "end"


def _lasts(ground: Ground, at: int) -> bool:
    """ "She has nursed him for six years": what is done for so long is somebody's office."""
    span = ground.grammar.oblique(at, "for", "since")
    return span is not None and ground.who.wording.lower[span] in _LONG


def _object(ground: Ground, at: int, bare: str) -> Meant | None:
    grammar = ground.grammar
    if grammar.passive(at):
        return ground.person(grammar.oblique(at, "by"))
    if bare == "work":
        return ground.person(grammar.oblique(at, "for"))
    return ground.person(next(iter(grammar.under(at, "obj")), None))


def _relation(ground: Ground, one: Meant, other: Meant, kind: str, sure: float, at: int) -> Relation:
    confidence = round(sure * min(one.confidence, other.confidence), 3)
    return Relation(a=one.id, b=other.id, kind=kind, confidence=confidence, evidence=(ground.clause(at),))


def _by_plural(ground: Ground) -> Iterator[Relation]:
    """ "They were the best of friends", "Tom and Ann were married"."""
    grammar, lower = ground.grammar, ground.who.wording.lower
    for at, word in enumerate(lower):
        kind = _PLURALS.get(word)
        if kind is None:
            continue
        root = at
        if grammar.relation[at] in ("nmod", "obl") and grammar.under(at, "case"):
            root = grammar.head[at]
        subject = next(iter(grammar.under(root, "nsubj", "nsubj:pass")), None)
        if subject is None or subject > at or not (grammar.under(root, "cop", "aux:pass") or word == "married"):
            continue
        if not grammar.is_asserted(root) or at - subject > 8:
            continue
        pair = _pair(ground, subject)
        if pair is not None:
            yield _relation(ground, *pair, kind, _THEY, at)


def _pair(ground: Ground, subject: int) -> tuple[Meant, Meant] | None:
    """The two who are meant: two names with "and", or the last two named before "they"."""
    lower = ground.who.wording.lower
    joined = [ground.person(word) for word in (subject, *ground.grammar.under(subject, "conj"))]
    if len(joined) == 2 and joined[0] and joined[1] and joined[0].id != joined[1].id:
        return joined[0], joined[1]
    if lower[subject] not in _THEM | _WE:
        return None
    if lower[subject] in _WE:
        quote = ground.quote(subject)
        if quote is None or quote.speaker is None or len(quote.addressees) != 1:
            return None
        return Meant(quote.speaker, subject, subject + 1, 0.7), Meant(quote.addressees[0], subject, subject + 1, 0.7)
    return _last_two(ground, subject)


def _last_two(ground: Ground, subject: int) -> tuple[Meant, Meant] | None:
    who = ground.who
    scene = ground.scene(subject)
    people: dict[str, Meant] = {}
    for meant in reversed([one for one in who.ending.values() if subject - 80 < one.first < subject]):
        if who.characters[meant.id].kind == "person" and who.wording.quote[meant.first] == who.wording.quote[subject]:
            people.setdefault(meant.id, meant)
    if len(people) != 2 or scene is None:
        return None
    first, second = people.values()
    return first, second


def _by_family_name(ground: Ground) -> Iterator[Relation]:
    """ "Maja and Moa Lindqvist": two of one sex who share a family name that is given once."""
    who = ground.who
    lower, gender = who.wording.lower, who.gender
    for meant in who.named:
        if meant.stop - meant.first < 2 or lower[meant.first - 1 : meant.first] != ["and"]:
            continue
        other = who.ending.get(meant.first - 1)
        if other is None or other.id == meant.id or other.stop - other.first != 1:
            continue
        titled = lower[meant.first] in lexicon.table("titles") or lower[other.first] in lexicon.table("titles")
        sexes = {gender[meant.id], gender[other.id]} - {""}
        if titled or len(sexes) > 1 or lower[other.first - 1 : other.first] == ["and"]:
            continue
        kind = {"f": "sister", "m": "brother"}.get("".join(sexes), "sibling")
        span = who.span(other.first, meant.stop)
        yield Relation(a=other.id, b=meant.id, kind=kind, confidence=_LISTED, evidence=(span,))
