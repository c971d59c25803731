"""The words of a description of somebody: what it begins with, what it comes down to."""

from __future__ import annotations

from typing import Literal

import msgspec

from fabula import lexicon
from fabula.layers.resolve.people import gender_of_noun

__all__ = ["Described", "describe"]

_OWNERS = frozenset("my your his her our their thy its whose".split())
_NEW = frozenset("a an some another every each any no either neither both one two three four".split())
_PASSING = frozenset(
    "man woman boy girl lady gentleman fellow chap other latter former one dear darling friend devil fool creature guy "
    "bloke kid lad lass child companion visitor speaker stranger host hostess guest wretch idiot youth person "
    "youngster villain rascal scoundrel rogue maiden damsel dame".split()
)
_ENDEARING = frozenset(
    "dear darling love dearest sweetheart sweet angel treasure precious honey pet lamb beloved sir madam ma'am miss "
    "fellow boy girl child lad lass friend chap man lady sister brother son daughter mother father mamma mama papa "
    "mum mummy dad daddy ma pa aunt auntie uncle cousin niece nephew wife husband lord grandfather grandmother".split()
)


class Described(msgspec.Struct, frozen=True, gc=False):
    """A description taken apart.

    Attributes:
        head: its noun; `gender`: what that tells, "p" for several.
        opens: whether it is owned ("her friend"), new ("a man"), known ("the man") or bare ("Mamma").
        passing: whether the noun means whoever is at hand; `endearing`: whether one calls people so.
        kin: whether the noun says how somebody stands to somebody else.
    """

    head: str
    gender: str
    opens: Literal["owned", "new", "known", "bare"]
    passing: bool
    endearing: bool
    kin: bool


def describe(words: str) -> Described:
    """Take a description apart: `describe("the other man")`."""
    first, _, rest = words.partition(" ")
    head = (rest or first).split()[-1]
    kind: Literal["owned", "new", "known", "bare"] = "known"
    if first in _OWNERS or "'s" in words or words.endswith("'"):
        kind = "owned"
    elif first in _NEW:
        kind = "new"
    elif not rest or first not in ("the", "this", "that", "these", "those"):
        kind = "bare"
    gender = gender_of_noun(head) or _kin_gender(head)
    return Described(head, gender, kind, head in _PASSING, head in _ENDEARING, head in lexicon.table("kin"))


def _kin_gender(noun: str) -> str:
    gender = lexicon.table("kin").get(noun, ("n",))[0]
    return "" if gender == "n" else gender
