"""What two people do that binds or parts them ("she married him", "they were friends"), and what that makes them."""

from __future__ import annotations

from collections.abc import Iterator

from fabula import lexicon
from fabula.layers.state.ground import Ground, Meant, inflected, verbs
from fabula.layers.state.relations.tie_nouns import tie_of
from fabula.story import Relation

__all__ = ["find_bonds"]

_DONE, _THEY, _LISTED, _COMMON, _THEIRS = 0.7, 0.62, 0.5, 0.7, 0.4
_STRENGTH = {
    "kiss": 0.38, "love": 0.45, "adore": 0.45, "court": 0.6, "woo": 0.6, "hate": 0.6, "despise": 0.6, "detest": 0.6,
    "loathe": 0.6, "betray": 0.6, "sleep": 0.5, "teach": 0.6, "raise": 0.5, "mother": 0.45,
    "father": 0.6, "lodge": 0.5, "coach": 0.6, "order": 0.38, "command": 0.38, "instruct": 0.38, "desert": 0.45,
}  # fmt: skip
"""How much a verb says by itself; a kiss may be an aunt's, and an order a doctor's. The others say it outright."""
_DIRECTED = frozenset({"teacher", "parent", "boss", "lawyer"})
"""What the one who does it is to the other; in the passive it is the other way round."""
_IN_SPEECH = 0.85
"""What is said in speech may be a manner of speaking: "I could have kissed him"."""
_BED = frozenset({"wake", "woke", "awoke", "waking", "woken", "slept", "sleep", "lay", "lie"})
_WITH: tuple[str, ...] = ("with",)
_TO: tuple[str, ...] = ("to",)
_BESIDE: tuple[str, ...] = ("beside", "next", "with")
_PLURALS = {
    "friends": "friend", "sisters": "sister", "brothers": "brother", "siblings": "sibling", "twins": "twin",
    "cousins": "cousin", "partners": "partner", "lovers": "lover", "neighbours": "neighbour", "neighbors": "neighbour",
    "colleagues": "colleague", "enemies": "enemy", "rivals": "rival", "married": "spouse", "engaged": "lover",
}  # fmt: skip
_THEM = frozenset({"they", "both", "two"})
_WE = frozenset({"we", "us"})
_ORDERS = frozenset({"order", "command", "instruct"})
_BEFORE, _AFTER = 80, 60
"""Whom "they" means is named no more words off than this."""
_LONG = frozenset({"year", "years", "month", "months", "winters", "summers", "decades"})


def find_bonds(ground: Ground) -> Iterator[tuple[Relation, bool]]:
    """Relations that verbs and plurals state; True where the words say that it ends."""
    yield from _by_verb(ground)
    plurals = (*_by_plural(ground), *_by_two(ground), *_by_family_name(ground), *_by_common_elder(ground))
    for relation in (*plurals, *_by_love(ground), *_by_orders(ground)):
        yield relation, False


def _by_verb(ground: Ground) -> Iterator[tuple[Relation, bool]]:
    table, grammar = lexicon.table("bond_verbs"), ground.grammar
    for at, bare in verbs(grammar, inflected("bond_verbs")):
        kind = table[bare][0]
        one = ground.person(grammar.subject(at))
        other = _object(ground, at, bare)
        if one is None or other is None or one.id == other.id or not _is_done(ground, at):
            continue
        if bare in _ORDERS and not grammar.under(at, "xcomp", "ccomp", "advcl"):
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
        if made in _DIRECTED and grammar.passive(at) and kind != "under":
            one, other = other, one
        sure = _STRENGTH.get(bare, _DONE) * (_IN_SPEECH if ground.is_spoken(at) else 1.0)
        if kind != "end" or bare == "divorce":
            yield _relation(ground, one, other, made, sure, at), kind == "end"
        else:
            yield _relation(ground, one, other, "parted", sure, at), True


def _is_done(ground: Ground, at: int) -> bool:
    """Whether it is said to be so, and not only thought of: "instead of marrying him", "no better than marry him"."""
    grammar, lower = ground.grammar, ground.who.wording.lower
    if not grammar.is_asserted(at) or lower[at - 1 : at] in (["than"], ["of"], ["to"], ["without"]):
        return False
    return not any(lower[kid] in lexicon.words("body_nouns") for kid in grammar.under(at, "obl", "nmod"))


def _lasts(ground: Ground, at: int) -> bool:
    """ "She has nursed him for six years": what is done for so long is somebody's office."""
    span = ground.grammar.oblique(at, "for", "since")
    return span is not None and ground.who.wording.lower[span] in _LONG


def _object(ground: Ground, at: int, bare: str) -> Meant | None:
    grammar = ground.grammar
    cases = lexicon.table("bond_verbs")[bare][1:]
    if cases:
        return ground.person(grammar.oblique(at, *cases[0].split()))
    if grammar.passive(at):
        return ground.person(grammar.oblique(at, "by"))
    done_to = next(iter(grammar.under(at, "obj")), None)
    beside = ground.who.starting.get(at + 1)  # "taught Thomas Reed mathematics", where he seems to be a part of it
    return ground.person(done_to) or (beside if beside is not None and done_to is not None else None)


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
        if lower[subject] == "both" or (word == "engaged" and lower[at + 1 : at + 2] in (["in"], ["on"], ["upon"])):
            continue  # both of them were married, but not to each other; they were engaged in talk
        if not grammar.is_asserted(root) or at - subject > 8:
            continue
        if word == "married" and {"getting", "be"} & {
            lower[kid] for kid in grammar.under(root, "aux:pass", "cop", "aux")
        }:
            kind = "betrothed"
        pair = _pair(ground, subject)
        if pair is not None:
            yield _relation(ground, *pair, kind, _THEY, at)


def _by_two(ground: Ground) -> Iterator[Relation]:
    """ "The two brothers, Ned and Will"."""
    who = ground.who
    lower = who.wording.lower
    for at, word in enumerate(lower):
        if word not in _PLURALS or lower[at + 1 : at + 2] not in ([","], [":"], ["called"], ["named"], ["—"]):
            continue
        one = who.starting.get(at + 2)
        other = (
            who.starting.get(one.stop + 1) if one is not None and lower[one.stop : one.stop + 1] == ["and"] else None
        )
        if one is None or other is None or one.id == other.id or not who.wording.forms[one.first][:1].isupper():
            continue
        owned = lower[at - 1 : at] and (lower[at - 1] in ("his", "her", "my", "their", "'s"))
        if not owned and word not in ("married", "engaged"):
            yield _relation(ground, one, other, _PLURALS[word], _DONE, at)
        elif owned and _PLURALS[word] in ("sibling", "brother", "sister", "twin"):
            yield _relation(ground, one, other, "sibling", _DONE, at)


def _pair(ground: Ground, subject: int) -> tuple[Meant, Meant] | None:
    """The two who are meant: two names with "and", or the last two named before "they"."""
    lower = ground.who.wording.lower
    joined = [ground.person(word) for word in (subject, *ground.grammar.under(subject, "conj"))]
    if len(joined) == 2 and joined[0] and joined[1] and joined[0].id != joined[1].id:
        return joined[0], joined[1]
    if lower[subject] not in _THEM | _WE | {"their", "our"}:
        return None
    if lower[subject] in _WE | {"our"}:
        quote = ground.quote(subject)
        if quote is None or quote.speaker is None or len(quote.addressees) != 1:
            return None
        return Meant(quote.speaker, subject, subject + 1, 0.7), Meant(quote.addressees[0], subject, subject + 1, 0.7)
    return _last_two(ground, subject)


def _by_love(ground: Ground) -> Iterator[Relation]:
    """ "She was in love with him", "engaged to Tom", "he woke beside her"."""
    grammar, lower = ground.grammar, ground.who.wording.lower
    for at, word in enumerate(lower):
        if word == "love" and lower[at - 1 : at] == ["in"] and lower[at + 1 : at + 2] == ["with"]:
            verb = at if grammar.subject(at) is not None else grammar.head[at]
            sure, kind, cases = _DONE, "lover", _WITH
        elif word in ("engaged", "married", "betrothed") and lower[at + 1 : at + 2] == ["to"]:
            verb, sure, kind, cases = at, _DONE, "spouse" if word == "married" else "lover", _TO
        elif word in _BED and grammar.word_class[at] == "VERB":
            verb, sure, kind, cases = at, _STRENGTH["kiss"], "lover", _BESIDE
        else:
            continue
        one, other = ground.person(grammar.subject(verb)), _with(ground, {at, verb}, cases)
        if one is not None and other is not None and one.id != other.id and _is_done(ground, verb):
            yield _relation(ground, one, other, kind, sure, at)


def _with(ground: Ground, words: set[int], cases: tuple[str, ...]) -> Meant | None:
    """Whom one of these prepositions after one of these words leads to: "with her", "next to Tom"."""
    for word in sorted(words):
        found = ground.person(ground.grammar.oblique(word, *cases))
        if found is not None:
            return found
    return None


def _by_orders(ground: Ground) -> Iterator[Relation]:
    """ "He recalled Ned's instructions": whoever has orders to give commands the one who minds them."""
    grammar, lower = ground.grammar, ground.who.wording.lower
    for at, word in enumerate(lower):
        if word not in ("orders", "instructions") or grammar.relation[at] not in ("obj", "obl"):
            continue
        one, other = ground.owner(at), ground.person(grammar.subject(grammar.head[at]))
        if one is not None and other is not None and one.id != other.id and grammar.is_asserted(grammar.head[at]):
            yield _relation(ground, one, other, "boss", _STRENGTH["order"], at)


def _last_two(ground: Ground, subject: int) -> tuple[Meant, Meant] | None:
    """The two people named last, or the one named last and the one named next; nobody where there are more."""
    who, quote = ground.who, ground.who.wording.quote[subject]
    for before, after in ((_BEFORE, 0), (_BEFORE, _AFTER)):
        people: dict[str, Meant] = {}
        for word in reversed(range(max(0, subject - before), min(len(who.wording), subject + after))):
            meant = who.starting.get(word)
            if meant is not None and who.characters[meant.id].kind == "person" and who.wording.quote[word] == quote:
                people.setdefault(meant.id, meant)
        if len(people) == 2:
            one, other = people.values()
            return one, other
    return None


def _by_common_elder(ground: Ground) -> Iterator[Relation]:
    """ "Their mother", "our father": two who have a mother in common are brother and sister."""
    lower, elders = ground.who.wording.lower, {"parent": "sibling", "grandparent": "family"}
    for at, word in enumerate(lower):
        tie = "parent" if word == "parents" else tie_of(word)
        if tie not in elders or ground.who.wording.forms[at][0].isupper():
            continue
        for kid in ground.grammar.under(at, "nmod:poss"):
            spoken = ground.is_spoken(at)
            if not ((lower[kid] == "our" and spoken) or (lower[kid] == "their" and not spoken)):
                continue
            pair = _pair(ground, kid)
            if pair is not None:
                yield _relation(ground, *pair, elders[tie], _COMMON if spoken else _THEIRS, at)


def _by_family_name(ground: Ground) -> Iterator[Relation]:
    """ "Ida and Eva Holm": two of one sex who share a family name that is given once."""
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
