"""Relations that a noun of kin or office states: "X's sister Y", "her brother was Charlie", "Ned, his boss"."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from fabula.layers.state.ground import Meant, Who
from fabula.layers.state.relations.tie_nouns import kind_of, tie_nouns
from fabula.story import Relation

__all__ = ["find_stated"]

_POSSESSIVES = frozenset("my your his her".split())
_OWNING = [["my"], ["your"], ["his"], ["her"], ["their"], ["our"], ["its"]]
_BETWEEN = frozenset(
    "elder eldest older oldest younger youngest little big old young dear dearest poor late only own new first second "
    "twin half good best favourite future former married unmarried immediate beloved".split()
)
"""Adjectives between the owner and the noun: her elder sister."""
_IS = frozenset("is was are were 's".split())
_CALLED = frozenset("called named".split())
_UNSURE = frozenset("if unless whether perhaps like not never n't no neither nor wish suppose pretend almost".split())
_CALLS = frozenset("child baby boy girl son".split())
"""In speech these rather call somebody than say whose child it is: "John, my child, come"."""
_STOPS = frozenset({",", ".", ";", ":", "!", "?", "—", "--", "”", '"', "’", "'", ")", "…"})
_FORM = {"beside": 1.0, "is": 0.95, "apart": 0.75, "whole": 0.75}
"""How much of the owner's confidence is left: "his wife Mary", "his wife was Mary", "Mary, his wife,"."""


class _Claim(msgspec.Struct, frozen=True):
    """`one` is the kin of `owner`, as the words first … stop say."""

    one: Meant
    owner: Meant
    first: int
    stop: int
    form: str


def find_stated(who: Who) -> Iterator[Relation]:
    """What the nouns of kin and office say outright."""
    kin = tie_nouns()
    for at, word in enumerate(who.wording.lower):
        if word in kin:
            for claim in _claims(who, at):
                relation = _relation(who, at, claim)
                if relation is not None:
                    yield relation


def _claims(who: Who, at: int) -> Iterator[_Claim]:
    """What the words around a noun of kin claim; `at` is the noun's."""
    owner = _owner_before(who, at)
    if owner is not None:
        yield from _around(who, at, owner)
    elif who.wording.lower[at + 1 : at + 2] == ["of"]:
        owner = who.starting.get(at + 2) if who.wording.lower[at + 2 : at + 3] not in _OWNING else None
        one = _before_comma_or_is(who, at)
        if owner is not None and one is not None:
            yield _Claim(one, owner, one.first, owner.stop, "is")


def _owner_before(who: Who, at: int) -> Meant | None:
    lower = who.wording.lower
    place = at - 1
    while place > 0 and at - place < 4 and (lower[place] in _BETWEEN or lower[place] == "-"):
        place -= 1
    if place < 0 or who.wording.sentence[place] != who.wording.sentence[at]:
        return None
    if lower[place] == "'s" or lower[place] in ("'", "’"):
        return who.ending.get(place)
    if lower[place] in _POSSESSIVES:
        return who.owner(place)
    return None


def _around(who: Who, at: int, owner: Meant) -> Iterator[_Claim]:
    lower = who.wording.lower
    following = lower[at + 1] if at + 1 < len(lower) else ""
    beside = who.starting.get(at + 1)
    if beside is not None and _is_name(who, beside):
        yield _Claim(beside, owner, owner.first, beside.stop, "beside")
    elif following in _IS or following in _CALLED or following == ",":
        step = 3 if following in _IS and lower[at + 2 : at + 3] and lower[at + 2] in _CALLED else 2
        one = who.starting.get(at + step)
        if one is not None and _is_name(who, one) and (following != "," or _set_off(who, one.stop)):
            yield _Claim(one, owner, owner.first, one.stop, "apart" if following == "," else "is")
    whole = who.ending.get(at + 1)
    if whole is not None and whole.first < owner.stop <= whole.stop and whole.id != owner.id:
        yield _Claim(whole, owner, whole.first, at + 1, "whole")  # "his father", who is somebody we know
    before = _before_owner(who, owner, at)
    if before is not None:
        yield before


def _before_owner(who: Who, owner: Meant, at: int) -> _Claim | None:
    """ "Ned, his boss," and "Ned was his boss"."""
    lower = who.wording.lower
    before = owner.first - 1
    if before < 1:
        return None
    if lower[before] == "," and _set_off(who, at + 1):
        one, form = who.ending.get(before), "apart"
    elif lower[before] in _IS:
        one, form = who.ending.get(before), "is"
    else:
        return None
    if one is None or (form == "apart" and not _is_name(who, one)):
        return None
    return _Claim(one, owner, one.first, at + 1, form)


def _before_comma_or_is(who: Who, at: int) -> Meant | None:
    """Y in "Y, the sister of X" and "Y was the elder sister of X"; `at` is the noun's."""
    lower = who.wording.lower
    place = at - 1
    while place > 0 and lower[place] in _BETWEEN:
        place -= 1
    if lower[place] not in ("the", "a") or place < 2:
        return None
    return who.ending.get(place - 1) if lower[place - 1] in _IS or lower[place - 1] == "," else None


def _set_off(who: Who, stop: int) -> bool:
    """Whether the words end at a stop that closes an apposition, and no list goes on: "his mother, Ann, and Mary"."""
    lower = who.wording.lower
    if stop >= len(lower):
        return True
    return lower[stop] in _STOPS and lower[stop + 1 : stop + 2] not in (["and"], ["or"])


def _is_name(who: Who, meant: Meant) -> bool:
    return who.wording.forms[meant.stop - 1][0].isupper()


def _relation(who: Who, at: int, claim: _Claim) -> Relation | None:
    kind = who.wording.lower[at]
    gender, _ = tie_nouns()[kind]
    told = who.gender[claim.one.id]
    if claim.form == "whole" and _is_in_the_talk(who, claim):
        return None
    if claim.one.id == claim.owner.id or (gender in "mf" and told and told != gender):
        return None
    if not _is_stated(who, claim) or (claim.form == "apart" and kind in _CALLS and who.wording.quote[at] != -1):
        return None
    sure = min(claim.one.confidence, claim.owner.confidence) * _FORM[claim.form]
    if who.wording.quote[claim.first] != -1:
        sure *= 0.9
    return Relation(
        a=claim.one.id,
        b=claim.owner.id,
        kind=kind_of(kind),
        confidence=round(sure, 3),
        evidence=(who.span(claim.first, claim.stop),),
    )


def _is_in_the_talk(who: Who, claim: _Claim) -> bool:
    """Whether the one found says or hears it: "my sister", "your mother" in speech is rather somebody else."""
    quote = who.speaker.get(who.wording.quote[claim.first])
    return quote is not None and claim.one.id in (quote.speaker, *quote.addressees)


def _is_stated(who: Who, claim: _Claim) -> bool:
    """Whether the words assert it: in one sentence, not asked, denied or supposed."""
    wording = who.wording
    if wording.sentence[claim.first] != wording.sentence[claim.stop - 1]:
        return False
    if wording.quote[claim.first] != wording.quote[claim.stop - 1]:
        return False
    if claim.form == "is":
        sentence = wording.segments.sentences[wording.sentence[claim.first]]
        if "?" in wording.segments.text[sentence]:
            return False
        return not _UNSURE & set(wording.lower[max(0, claim.first - 4) : claim.stop])
    return not _UNSURE & set(wording.lower[claim.first : claim.stop])
