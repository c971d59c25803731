"""An assertion in words that stand alone: who "I" and "she" are is said, and two wordings of a thing are one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache

from fabula import lexicon
from fabula.layers.state.ground import Ground, Meant

__all__ = ["alike", "bounds", "gist", "is_call", "is_empty", "plain", "root"]

_SELF = frozenset("myself yourself himself herself".split())
_SPEAKING = frozenset("i you he she him me her his my your hers mine yours".split()) | _SELF
_OWNS = frozenset("his my your hers mine yours".split())
_FITS = {
    "am": "is", "have": "has", "are": "is", "do": "does", "was": "was", "were": "was", "don't": "doesn't",
    "don’t": "doesn’t", "haven't": "hasn't", "haven’t": "hasn’t", "aren't": "isn't", "weren't": "wasn't",
    "'m": " is", "'ve": " has", "'re": " is", "'ll": " will",
}  # fmt: skip
_TAILS = {"'m": " is", "'re": " is", "'ve": " has", "'ll": " will"}
_BETWEEN = frozenset("just never always only really also still even".split())
"""What may stand between the pronoun and its verb."""
_CASES = {"me": 1, "him": 1, "my": 2, "your": 2, "his": 2, "mine": 3, "yours": 3, "hers": 3} | dict.fromkeys(_SELF, 4)
_THIRDS = {
    "m": ("he", "him", "his", "his", "himself"),
    "f": ("she", "her", "her", "hers", "herself"),
    "": ("they", "them", "their", "theirs", "themself"),
}
_LEADS = frozenset(
    "and but so yeah yes no well oh ah eh hey o aye ay why now then or please look listen uh um er hm".split()
)
_OPENERS = frozenset({("i", "mean"), ("you", "see"), ("you", "know"), ("i", "say"), ("i", "tell")})
"""What only leads up to an assertion."""
_CALLS = frozenset("mate sir ma'am madam dear darling love my lad lass boy man friend".split()) - {"my"}
_STOPS = frozenset({",", ".", "!", "?", "…", "“", "”", '"', "‘", "’", "'", "«", "»", ";", "—", "–", "-"})
_HOLLOW = frozenset(
    "have has had do does did know knows knew can could will would shall should must may might am is are was were see "
    "saw think thought suppose mean said say".split()
)
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
    """The words without quotation marks, interjections and calls; a name where "I" or "he" comes first."""
    wording, pieces = ground.who.wording, []
    told: set[str] = set()
    after, swapped = wording.starts[words.start], False
    for at in _bare(ground, words):
        form, now = _spelt(ground, at, told) if _speaks(wording.lower[at]) else (wording.forms[at], False)
        if swapped and not now:
            form = _fitting(wording.lower[at], form)
        gap = " " if wording.starts[at] > after else ""
        pieces.append(gap + form)
        swapped = now or (swapped and wording.lower[at] in _BETWEEN)
        after = wording.ends[at]
    text = re.sub(r"[ ,]*, ?([.!?…])", r"\1", " ".join("".join(pieces).split()).strip(" \"'“”‘’«»„,;:—–-_*"))
    return text[:1].upper() + text[1:]


def _bare(ground: Ground, words: range) -> list[int]:
    """The words without what only leads up to the assertion or calls somebody."""
    wording = ground.who.wording
    kept = [at for at in words if not is_call(ground, at)]
    while kept and (lead := _leads(ground, kept)):
        kept = kept[lead:]
    last = ""
    found = []
    for at in kept:
        form = wording.lower[at]
        if not (form == "," and last in ("", ",")):
            found.append(at)
        last = form
    return found if len(found) > 1 else list(words)


def _leads(ground: Ground, kept: Sequence[int]) -> int:
    """How many of the first words only lead up to the assertion."""
    lower = ground.who.wording.lower
    first = kept[0]
    if lower[first].rstrip(".!…") in _LEADS or not ground.who.wording.forms[first][0].isalnum():
        return 1
    if len(kept) > 3 and (lower[first], lower[kept[1]]) in _OPENERS and lower[kept[2]] == ",":
        return 3
    return 1 if ground.grammar.relation[first] == "mark" and lower[first] in ("that", "as", "because", "for") else 0


def is_call(ground: Ground, at: int) -> bool:
    """Whether a word is a name or "mate", set off by commas, of the one who is spoken to."""
    lower, quote = ground.who.wording.lower, ground.quote(at)
    if quote is None:
        return False
    meant = ground.who.starting.get(at) or ground.who.ending.get(at + 1)
    called = meant is not None and meant.id in quote.addressees and lower[at] not in _SPEAKING
    first, stop = (meant.first, meant.stop) if called and meant is not None else (at, at + 1)
    before, behind = lower[first - 1 : first] or [","], lower[stop : stop + 1] or [","]
    return (
        (called or lower[at] in _CALLS or lower[at] in lexicon.table("kin_calls"))
        and before[0] in _STOPS
        and behind[0] in _STOPS
    )


def _speaks(lower: str) -> bool:
    return _parts(lower)[0] in _SPEAKING


def _parts(lower: str) -> tuple[str, str]:
    """ "I'll" is "I" and "'ll"."""
    for mark in ("'", "’"):
        first, found, tail = lower.partition(mark)
        if found and first in _SPEAKING:
            return first, "'" + tail
    return lower, ""


def _spelt(ground: Ground, at: int, told: set[str]) -> tuple[str, bool]:
    """How a pronoun is told: by the name the first time, then as somebody spoken of; and whether its verb must fit."""
    wording = ground.who.wording
    pronoun, tail = _parts(wording.lower[at])
    meant = ground.person(at) or _speaking(ground, at, pronoun)
    if meant is None:
        return wording.forms[at], False
    if meant.id not in told and pronoun not in _SELF:
        told.add(meant.id)
        form = _name(ground, meant, at, pronoun)
    else:
        form = _again(ground, meant, at, pronoun)
    plural = form in ("they", "them", "their")
    fits = pronoun in ("i", "you") and not plural and not tail
    return form + ("" if plural and tail == "'re" else _TAILS.get(tail, tail)), fits


def _speaking(ground: Ground, at: int, pronoun: str) -> Meant | None:
    """Who "I" is in "I'm", and "myself": whoever speaks."""
    quote = ground.quote(at)
    if pronoun in ("i", "me", "my", "mine", "myself") and quote is not None and quote.speaker is not None:
        return Meant(quote.speaker, at, at + 1, quote.confidence)
    if pronoun in ("you", "your", "yours", "yourself") and quote is not None and len(quote.addressees) == 1:
        return Meant(quote.addressees[0], at, at + 1, quote.confidence)
    return None


def _again(ground: Ground, meant: Meant, at: int, pronoun: str) -> str:
    case = _CASES.get(pronoun, 0)
    if pronoun == "her":
        case = 2 if ground.grammar.relation[at] == "nmod:poss" else 1
    elif pronoun == "you" and ground.grammar.relation[at] in ("obj", "iobj", "obl", "nmod"):
        case = 1
    return _THIRDS[ground.who.gender.get(meant.id, "")][case]


def _fitting(lower: str, form: str) -> str:
    """The verb as it stands behind a name: "I am" is "Anne is", "you know" is "Ned knows"."""
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


def _name(ground: Ground, meant: Meant, at: int, pronoun: str) -> str:
    name = ground.who.characters[meant.id].name
    owns = pronoun in _OWNS or (pronoun == "her" and ground.grammar.relation[at] == "nmod:poss")
    return f"{name}’s" if owns else name


def is_empty(ground: Ground, verb: int) -> bool:
    """Whether nothing is asserted but that somebody has, does or knows what was spoken of before: "I have"."""
    if ground.who.wording.lower[verb] not in _HOLLOW:
        return False
    held = ("obj", "iobj", "ccomp", "xcomp", "obl", "advcl", "cop", "acl", "conj", "parataxis")
    return not ground.grammar.under(verb, *held)


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


def root(ground: Ground, words: range) -> int | None:
    """The word that governs the stretch."""
    grammar = ground.grammar
    tops = [w for w in words if grammar.head[w] not in words or grammar.head[w] == w]
    tops = [w for w in tops if grammar.relation[w] != "punct"]
    if not tops:  # the syntax is guessed word by word and may turn in a circle
        tops = [w for w in words if grammar.under(w, "nsubj", "nsubj:pass")]
    return min(tops, key=lambda w: (not grammar.under(w, "nsubj", "nsubj:pass"), w), default=None)
