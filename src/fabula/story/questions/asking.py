"""Finding the thing or the fact that a question means, in whatever words it is asked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

__all__ = ["ask_for", "close_names", "is_title", "most_alike", "names_in", "nearest", "stems", "strangers"]

_WORD = re.compile(r"[\w’']+")
_EMPTY = frozenset(
    "a about all am an and any are at be because been being but by can could did do does everybody for had has "
    "have he her him his how i if in is it its knew know knows let may maybe might must my nobody of on or our "
    "perhaps say shall she should since some somebody tell that the their them there these they this those to "
    "was we were what when where which who whom whose why will with would you your".split()
)
_ENDS = ("ing", "ed", "es", "s", "e")
_SHORT = {"used": "use", "tied": "tie", "lied": "lie", "owed": "owe", "aged": "age"}
_OWNS = re.compile(r"[’']s?$")
_DEAD = frozenset("die dies died dying dead death deaths deceased".split())
"""Ways to say one thing: a question about a death is the same in all of them."""
_TITLES = frozenset("mr mrs miss ms mister dr doctor sir lady lord old young little poor".split())
_HALF = 0.5
"""A fact answers where it has half of the question's words, the emptiest left out."""
_CLOSE = 70
"""Of a hundred: two names so like each other may be one, misspelt."""


def ask_for(question: str, texts: Sequence[str], *, names: Iterable[str] = (), about: Sequence[str] = ()) -> list[int]:
    """The numbers of the texts that a question means, those that have most of its words first: at least half of them.

    Args:
        names: words of the question that a text must have, every one; of the others it then has half as well.
        about: to each text the names of those it is about, which count as words of it.
    """
    wanted, named = stems(question), stems(" ".join(names))
    others = wanted - named
    scored = []
    for number, text in enumerate(texts):
        own = stems(text)
        has = wanted & (own | stems(about[number]) if about else own)
        half = len(has) >= _HALF * len(wanted) and len(has & others) >= _HALF * len(others)
        if has and named <= has and half:
            scored.append((-len(has), len(own), number))
    scored.sort()
    return [number for has, _, number in scored if has == scored[0][0]]


def names_in(question: str, text: str, names: Iterable[str]) -> list[str]:
    """The words of a question that name somebody or something: no word that the story uses in lower case is a name."""
    small = {_bare(word) for word in _WORD.findall(text) if word[:1].islower()}
    usual = {_stem(word) for word in small}
    called = {_bare(word).lower() for name in names for word in _WORD.findall(name) if word[:1].isupper()}
    found: list[str] = []
    for number, word in enumerate(map(_bare, _WORD.findall(question))):
        low = word.lower()
        if len(word) < 2 or low in _EMPTY | _TITLES | _DEAD | small:
            continue
        opens = number == 0 and (low.endswith("ing") or _stem(low) in usual)
        if low in called or (word[0].isupper() and not opens):
            found.append(word)
    return found


def is_title(word: str) -> bool:
    """Whether a word stands before names and is none: "Mr", "old"."""
    return _bare(word).lower().rstrip(".") in _TITLES


def strangers(named: Iterable[str], text: str, names: Iterable[str]) -> list[str]:
    """Those of a question's names that stand nowhere in the story."""
    known = {_bare(word).lower() for words in (text, *names) for word in _WORD.findall(words)}
    return [word for word in named if word.lower() not in known]


def close_names(wanted: str, names: Iterable[str], *, most: int = 3) -> list[str]:
    """The names of which a word is spelt almost like what was asked for."""
    from rapidfuzz import fuzz

    scored = []
    for number, name in enumerate(dict.fromkeys(names)):
        words = [_bare(word) for word in _WORD.findall(name) if word[:1].isupper()]
        close = max((fuzz.ratio(wanted.lower(), word.lower()) for word in words), default=0)
        if close >= _CLOSE:
            scored.append((-close, number, name))
    return [name for _, _, name in sorted(scored)][:most]


def nearest(wanted: str, names: Iterable[str], *, most: int = 3, least: int = 45) -> list[str]:
    """The names most like what was asked for."""
    from rapidfuzz import fuzz, process

    found = process.extract(wanted, list(dict.fromkeys(names)), scorer=fuzz.WRatio, limit=most, score_cutoff=least)
    return [name for name, _, _ in found]


def most_alike(asked: frozenset[str], texts: Sequence[str], *, most: int = 3) -> list[int]:
    """The numbers of the texts that have most of some words, of those the ones that say least beside them."""
    scored = []
    for number, text in enumerate(texts):
        own = stems(text)
        if asked & own:
            scored.append((-len(asked & own), len(own), number))
    return [number for *_, number in sorted(scored)][:most]


def stems(text: str) -> frozenset[str]:
    """The words of a text that say something, without their endings."""
    words = (_bare(word) for word in _WORD.findall(text.lower()))
    return frozenset(_stem(word) for word in words if word and word not in _EMPTY)


def _bare(word: str) -> str:
    """A word without the sign of what is somebody's: "James", "James’" and "James’s" are one."""
    return _OWNS.sub("", word)


def _stem(word: str) -> str:
    if word in _DEAD:
        return "dead"
    if word in _SHORT:
        return _SHORT[word]
    for end in _ENDS:
        if word.endswith(end) and len(word) - len(end) >= 3:
            return word.removesuffix(end)
    return word
