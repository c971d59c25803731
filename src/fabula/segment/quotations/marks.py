"""Every mark that might open or close a quotation, and what each would cost as an opening, a closing, an apostrophe."""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from fabula.lexicon import words
from fabula.segment.listed import listed

__all__ = ["FAMILIES", "FORBIDDEN", "Mark", "has_marks", "read_marks"]

FAMILIES = {
    **dict.fromkeys(["“", "”", "‟", "``", "''", "＂", "❝", "❞", "„", '"', '""', "’’", "‘‘", "´´"], "D"),
    **dict.fromkeys(["'", "’", "‘", "`", "´", "‛", "‚", "❛", "❜"], "S"),
    **dict.fromkeys(["«", "»"], "G"),
    **dict.fromkeys(["‹", "›"], "g"),
    **dict.fromkeys(["「", "」"], "C"),
    **dict.fromkeys(["『", "』"], "c"),
    **dict.fromkeys(["〈", "〉", "《", "》"], "c"),
}
"""Marks that can pair with one another share a letter."""

FORBIDDEN = 99.0
"""The cost of a role that a mark cannot play."""

SURE = 0.8
"""How much dearer it is to take a single mark for no mark in a passage whose speech stands in single marks."""

NEVER_FIRST = frozenset(listed("em er im un n ll re ve d s t m nd"))
"""Words without a head that hardly ever begin a speech."""

ALSO_WHOLE = frozenset(
    listed(
        "a as at ad e it its is our ours ill old oldest ide ands low long count round till til fore most way "
        "less ope ere "
        "bus "
        "cross flu fro cause em spect side sides nother plane phone hood heard of or other others all ear ears "
        "eat though art "
        "arm air ow eld appen bout neath mid cello deed gin lection r s t d m re ve ope in am an and if he his her him"
    )
)
"""Words of the list of elisions that are also whole words: with a capital they begin a speech like any other."""

_MARK = re.compile(
    # Prime-like uses are passed over whole: 6' 2", rows of ditto marks. So are apostrophes between two letters.
    r"\d+['’′]\s?\d{1,2}(?:\"|”|″|'')"
    r"|(?:\"|“|”){3,}|'{3,}"
    r"|``|''|’’|‘‘|´´|\"\"|[\"“”„‟＂❝❞«»‹›「」『』《》]"
    r"|(?:(?<![^\W_])|(?<=[^\W_])(?![^\W_]['’‘`´‛‚❛❜][^\W_]))(?:['’‘`´‛❛❜](?:(?<![^\W_].)|(?![^\W_]))|‚)"
)
_ANY = re.compile(r"[\"“”„‟＂❝❞«»‹›「」『』《》'’‘`´‛‚❛❜]")
_WORD_AFTER = re.compile(r"[^\W\d_]+")
_WORD_BEFORE = re.compile(r"[^\W\d_]+$")
_SMALL_AFTER = re.compile(r"\s+[a-z]")
_OPENERS = "“„‘‚«‹「『([{<—–-/=`"
_STOPS = ".,!?;:…"


class Mark(msgspec.Struct):
    """A mark with its place, its family, and what its three roles cost: to open, to close, to be no quotation mark."""

    start: int
    end: int
    family: str
    sign: str
    opens: float
    closes: float
    idles: float


def has_marks(content: str, start: int, end: int) -> bool:
    """Whether any character between the two places might be a quotation mark."""
    return _ANY.search(content, start, end) is not None


def read_marks(content: str, start: int, end: int, *, singles: bool = False) -> Iterator[Mark]:
    """The marks between two places that might open or close, each with its costs.

    `singles`: whether the passage sets its speech in single marks, so that one is rather a mark than an apostrophe.
    """
    for found in _MARK.finditer(content, start, end):
        sign = found.group()
        family = FAMILIES.get(sign)
        if family is None:
            continue
        at, to = found.span()
        if sign == "''" and _elided(content, to):
            family, sign, to = "S", "'", to - 1
        left = _beside(content, at - 1, start, -1)
        right = _beside(content, to, end, 1)
        if family == "S":
            opens, closes, idles = _single(content, sign, at, to, left, right)
            if singles and idles >= 1.5:
                idles += SURE
        elif family == "D":
            opens, closes, idles = _double(sign, left, right)
        else:
            opens, closes, idles = _paired(sign, left, right)
        yield Mark(at, to, family, sign, opens, closes, idles)


def _beside(content: str, place: int, limit: int, step: int) -> str:
    """The character beside a mark, emphasis signs passed over; a blank at the paragraph's end."""
    for _ in range(3):
        if (place < limit) if step < 0 else (place >= limit):
            return " "
        letter = content[place]
        if letter not in "_*":
            return letter
        place += step
    return " "


def _double(sign: str, left: str, right: str) -> tuple[float, float, float]:
    """Costs of a double mark: curly ones say their role, straight ones show it by their neighbours."""
    idles = 1.5 if left.isdigit() and sign in ('"', "''", "”") else 4.0
    after_space, before_space = left.isspace(), right.isspace()
    starts = after_space or left in _OPENERS or left in "\"'’"
    opens = (0.0 if after_space or left in "“„‘([{" else 0.4 if starts else 3.0) + (
        2.5 if before_space else 2.0 if right in ",;!?:)" else 0.2 if right in ".…" else 0.0
    )
    closes = (2.5 if after_space else 1.5 if left in "“„‘([{" else 0.0) + (1.8 if right.isalnum() else 0.0)
    if sign in ("“", "``", "❝", "‘‘"):
        return min(opens, 1.0), closes + 2.0, idles
    if sign in ("”", "❞", "’’", "´´", "‟"):
        return opens + 1.5, min(closes, 1.0), idles
    if sign == "„":
        return min(opens, 1.0), FORBIDDEN, idles
    return opens, closes, idles


def _paired(sign: str, left: str, right: str) -> tuple[float, float, float]:
    """Costs of angle and corner marks; « and » are used either way round."""
    if sign in "「『《〈":
        return 0.0, FORBIDDEN, 4.0
    if sign in "」』》〉":
        return FORBIDDEN, 0.0, 4.0
    wrong_open = 2.0 if right.isspace() and not left.isspace() else 0.0
    wrong_close = 2.0 if left.isspace() and not right.isspace() and right not in _STOPS else 0.0
    if sign in "«‹":
        return wrong_open, 1.0 + wrong_close, 4.0
    return 1.0 + wrong_open, wrong_close, 4.0


def _single(content: str, sign: str, at: int, to: int, left: str, right: str) -> tuple[float, float, float]:
    """Costs of a single mark, which is more often an apostrophe than not."""
    opening = (left.isspace() or left in _OPENERS or left in '"“„') and not right.isspace()
    closing = not left.isspace() and left not in "([{“„" and not right.isalnum()
    if sign in ("‚", "`"):
        return (0.2, FORBIDDEN, 1.5) if opening and right.isalnum() else (FORBIDDEN, FORBIDDEN, 0.0)
    if opening and not (closing and left in "—–-" and not right.isalnum()):
        return _single_opening(content, sign, at, to, left, right)
    if closing and sign not in "‘‛":
        return _single_closing(content, at, to, left, right)
    if sign in "‘‛":
        # A ‘ that stands like a closing mark is one that some program turned the wrong way.
        return (4.0, 0.8, 2.0) if closing and right.isspace() else (0.5, 4.0, 3.0)
    return 3.0, 3.0, 0.3


def _elided(content: str, place: int) -> bool:
    """Whether the word at `place` may have lost its head: 'tis, 'em, 'ouse."""
    word = _WORD_AFTER.match(content, place, place + 14)
    if word is None:
        return False
    low = word.group().lower()
    return low in words("elisions_front") and (word.group() == low or low not in ALSO_WHOLE)


def _single_opening(content: str, sign: str, at: int, to: int, left: str, right: str) -> tuple[float, float, float]:
    word = _WORD_AFTER.match(content, to, to + 14)
    elided = _elided(content, to)
    if sign in "‘‛❛":
        return (0.8, 4.0, 0.5) if elided and word is not None and word.group()[0].islower() else (0.0, 4.0, 3.0)
    penalty = 2.5 if sign in "’❜" else 0.0
    if elided or right.isdigit():
        never = word is not None and word.group() in NEVER_FIRST
        return (3.5 if never else 1.5) + penalty, FORBIDDEN, 0.0
    if right.islower():
        introduced = left in "—" or content[at - 2 : at].strip() in (",", ":")
        idles = 0.5 if penalty else 2.6 if introduced else 1.6
        return (0.0 if introduced else 0.6) + penalty, FORBIDDEN, idles
    return penalty, FORBIDDEN if right.isalnum() else 2.0, 2.5 if not penalty else 1.0


def _single_closing(content: str, at: int, to: int, left: str, right: str) -> tuple[float, float, float]:
    if not left.isalnum():
        return 4.0, 0.0, 3.0 if left in _STOPS or left in "—–-" else 2.0
    word = _WORD_BEFORE.search(content, max(0, at - 14), at)
    stem = word.group().lower() if word else ""
    if stem in words("elisions_back") or (len(stem) == 1 and stem not in "ais"):
        return 4.0, 1.5, 0.0
    if stem.endswith("in") and len(stem) > 3:
        return 4.0, 1.0, 0.2
    if left in "sSxzc" and _SMALL_AFTER.match(content, to):
        return 4.0, 0.8, 0.3
    if left in "sS":
        return 4.0, 0.3, 1.0
    return 4.0, 0.6, 1.8
