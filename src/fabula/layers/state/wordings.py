"""An assertion in words that stand alone: who "I" and "she" are is said, and two wordings of a thing are one."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from fabula import lexicon
from fabula.layers.state.ground import Ground
from fabula.layers.state.who import Meant

__all__ = ["alike", "bounds", "gist", "plain"]

_SPEAKING = frozenset("i you he she him me her his my your hers mine yours".split())
_OWNS = frozenset("his my your hers mine yours".split())
_FITS = {"am": "is", "'m": " is", "have": "has", "'ve": " has", "are": "is", "'re": " is", "do": "does", "was": "was"}
_EMPTY = frozenset(
    "a an the is are was were be been being am do does did have has had to of in on at by for with that this it "
    "its and or but so as if then there here not no yes oh well just very so too i you he she him me her his my "
    "your we us our they them their who whom which what will would shall should can could may might must 's n't "
    "'m 've 'll 're 'd".split()
)
_ENDS = ("ing", "ed", "es", "s", "d")


def bounds(ground: Ground, word: int) -> range:
    """The words of the sentence of a word, as far as they stand in the same quotation, or outside of all."""
    wording = ground.who.wording
    sentence, quote = wording.sentence[word], wording.quote[word]
    first, last = word, word + 1
    while first > 0 and wording.sentence[first - 1] == sentence and wording.quote[first - 1] == quote:
        first -= 1
    while last < len(wording) and wording.sentence[last] == sentence and wording.quote[last] == quote:
        last += 1
    return range(first, last)


def plain(ground: Ground, words: range) -> str:
    """The words without their quotation marks, names for the pronouns that are resolved."""
    wording, pieces = ground.who.wording, []
    after, swapped = wording.starts[words.start], False
    for at in words:
        meant = ground.person(at) if wording.lower[at] in _SPEAKING else None
        form = wording.forms[at]
        if meant is not None:
            form = _name(ground, meant, at)
        elif swapped:
            form = _fitting(wording.lower[at], form)
        gap = " " if wording.starts[at] > after else ""
        pieces.append(gap + form)
        swapped = meant is not None and wording.lower[at] in ("i", "you")
        after = wording.ends[at]
    text = " ".join("".join(pieces).split())
    return text.strip(" \"'“”‘’«»„,—–-_*")


def _fitting(lower: str, form: str) -> str:
    """The verb as it stands behind a name: "I am" is "Anne is", "you know" is "Phil knows"."""
    if lower in _FITS:
        return _FITS[lower]
    if lower in _bare_verbs():
        return form + ("es" if lower.endswith(("s", "sh", "ch", "x", "o")) else "s")
    return form


@cache
def _bare_verbs() -> frozenset[str]:
    same = {verb for verb, (past, _) in lexicon.table("irregular_verbs").items() if verb in past.split("/")}
    known = (*lexicon.table("irregular_verbs"), *lexicon.table("custody_verbs"), *lexicon.table("knowing_verbs"))
    states = (verb for verb in lexicon.words("state_verbs") if not verb.endswith("y"))
    return frozenset((*known, *states)) - same - {"will", "saw", "found", "left", "felt", "lay"}


def _name(ground: Ground, meant: Meant, at: int) -> str:
    name = ground.who.characters[meant.id].name
    lower = ground.who.wording.lower[at]
    owns = lower in _OWNS or (lower == "her" and ground.grammar.relation[at] == "nmod:poss")
    return f"{name}’s" if owns else name


def gist(ground: Ground, words: Iterable[int], things: dict[int, str]) -> frozenset[str]:
    """What an assertion is made of: who, which things, and its words without their endings."""
    found = set()
    for at in words:
        lower = ground.who.wording.lower[at]
        meant = ground.person(at)
        if meant is not None:
            found.add(meant.id)
        elif at in things:
            found.add(things[at])
        elif lower not in _EMPTY and lower[0].isalnum():
            found.add(_stem(lower))
    return frozenset(found)


def alike(one: frozenset[str], other: frozenset[str]) -> float:
    """How much of what either says both say."""
    return len(one & other) / len(one | other) if one and other else 0.0


def _stem(word: str) -> str:
    for end in _ENDS:
        if word.endswith(end) and len(word) - len(end) >= 3:
            return word.removesuffix(end)
    return word
