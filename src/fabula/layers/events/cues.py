"""What the neighbourhood of a verb says: did it happen, or was it only wished, denied, foretold, usual?"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from fabula import lexicon
from fabula.layers.events.forms import Form
from fabula.segment.wording import Wording

__all__ = ["read_cues"]

_BEFORE: dict[str, str] = {
    word: cue
    for cue, words in {
        "modal": "would could should might may must shall will can ought cannot 'll need dare wouldst shouldst wo ca",
        "to": "to",
        "do": "did do does didst",
        "have": "have has 've hath hast",
        "had": "had hadst 'd",
        "having": "having",
        "be": "be",
        "was": "was were wast wert",
        "is": "is are am 's 'm 're art",
        "being": "being",
        "been": "been",
        "get": "got get gets getting",
        "the": "the a an this these those my our your its their his some any no every each such thy another own",
        "her": "her",
        "he": "he she i",
        "they": "they we you",
        "it": "it",
        "who": "who",
        "which": "which that what",
        "prep": "of with from for on at about after before without like through upon into over under between",
        "by": "by in while",
        "as": "as than when till until where",
        "comma": ", ; : — -- – ( -",
        "and": "and but or nor",
        "very": "very so too more most quite rather how much well ill half as",
    }.items()
    for word in words.split()
}
_PASSED = frozenset(
    "not n't never ever just then also all both still already again once soon now only even almost always often at "
    "last himself herself themselves myself actually".split()
)
"""Little words between an auxiliary and its verb."""
_DENIED = frozenset("not n't never nor neither hardly scarcely without nobody none nothing cannot".split())
_UNREAL = frozenset("if unless whether lest though suppose wish wished".split())
_SAID = frozenset({"by", "that", ","})
_LETTING = frozenset(
    "began begin begun commenced started ceased proceeded managed contrived happened came turned went hastened hurried "
    "stopped paused rose stooped bent able made let heard saw felt enough able only glad".split()
)
"""What makes a following infinitive real: he began to sing, she came to see."""
_CLAUSE_REACH = 9
"""An "if" so many words before the verb, at most, still governs it."""


def read_cues(wording: Wording, at: int, form: Form) -> Iterator[str]:
    """The names of the cues for and against the event at word `at`; each has its weight in `find`."""
    lower = wording.lower
    group = _group(form)
    yield form.tense
    if wording.quote[at] != -1:
        yield "quoted"
    meaning = _meaning(form)
    if meaning:
        yield meaning
    place, denied = _governor(wording, at)
    before = "start" if place < 0 else _kind_before(wording, place)
    yield f"{group} after {before}"
    if before == "to" and place > 0 and lower[place - 1] in _LETTING:
        yield "let happen"
    behind = _behind(wording, place, before)
    if behind:
        yield behind
    if denied or (behind and _governor(wording, place)[1]):
        yield "denied"
    if _is_unreal(wording, at):
        yield "unreal"
    if group != "noun" and at + 1 < len(lower) and lower[at + 1] in _SAID:
        yield f"{group} before {lower[at + 1]}"


def _group(form: Form) -> str:
    return "past" if form.tense in ("past", "either", "regular") else form.tense


@cache
def _meaning(form: Form) -> str:
    if form.verb in ("be", "have", "do"):
        return "auxiliary"
    if form.tense == "noun":
        return ""
    if form.verb in lexicon.words("state_verbs"):
        return "state"
    if form.verb in lexicon.words("speech_verbs"):
        return "speech"
    return "act" if _is_act(form.verb) else ""


def _is_act(verb: str) -> bool:
    acts = lexicon.words("acts")
    irregular = lexicon.table("irregular_verbs").get(verb)
    pasts = (
        irregular[0].split("/") if irregular else (verb + "ed", verb + "d", verb[:-1] + "ied", verb + verb[-1] + "ed")
    )
    return any(past in acts for past in pasts)


def _governor(wording: Wording, at: int) -> tuple[int, bool]:
    """The word that governs the verb (little words passed over; −1 at the sentence's head), and whether it denies."""
    lower, sentence = wording.lower, wording.sentence
    denied = False
    for place in range(at - 1, max(-1, at - 5), -1):
        if sentence[place] != sentence[at] or wording.quote[place] != wording.quote[at]:
            return -1, denied
        word = lower[place]
        denied = denied or word in _DENIED or word.endswith("n't")
        if not (word in _PASSED or (word.endswith("ly") and len(word) > 4)):
            return place, denied
    return -1, denied


def _kind_before(wording: Wording, place: int) -> str:
    word = wording.lower[place]
    kind = _BEFORE.get(word)
    if kind is not None:
        return kind
    if "'" in word:
        head, _, tail = word.rpartition("'")
        kind = {"d": "had", "ve": "have", "ll": "modal", "m": "is", "re": "is", "t": "do"}.get(tail)
        if kind is not None and head:
            return kind
    if wording.forms[place][0].isupper() and not wording.opening[place]:
        return "name"
    return "word" if word[0].isalpha() else "mark"


def _behind(wording: Wording, place: int, before: str) -> str:
    """What stands behind "have", "been", "had": would have, to have, has been, which had."""
    if before not in ("have", "been", "had", "be"):
        return ""
    behind, _ = _governor(wording, place)
    kind = "start" if behind < 0 else _kind_before(wording, behind)
    if before == "been" and kind == "have" and _behind(wording, behind, "have") == "unreal perfect":
        return "unreal perfect"
    if kind in ("modal", "to", "do"):
        return "unreal perfect"
    if before == "been" and kind in ("have", "had"):
        return f"{kind} been"
    return "which had" if before == "had" and kind in ("which", "who") else ""


def _is_unreal(wording: Wording, at: int) -> bool:
    """Whether an "if" or its like stands shortly before in the sentence."""
    sentence = wording.sentence
    first = at
    while first > 0 and at - first < _CLAUSE_REACH and sentence[first - 1] == sentence[at]:
        first -= 1
        if wording.lower[first] in _UNREAL:
            return True
    return False
