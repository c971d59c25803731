"""What speaks for and against somebody's coming to know what is said or done before them."""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from functools import cache

import msgspec

from fabula import lexicon
from fabula.layers.state.clauses import bounds, root
from fabula.layers.state.ground import Ground
from fabula.story import Fact, Quote, Scene

__all__ = ["Course", "chance", "find_signs", "follow"]

_CLOSE, _NEAR, _FAR = 25, 80, 250
"""Who does or says something within so many words of an assertion is close, near, or not far."""
_AROUND = 6
"""So many words around what is said tell how it is said."""
_LOW = frozenset("whisper whispers whispered whispering murmur murmured murmuring mutter muttered muttering".split())
_LASTS = frozenset("has have had keeps kept held holds owns owned carries".split())
_WITHIN = frozenset(
    "thought thinks think thinking wondered wonders wondering felt feels feel feeling knew knows know believed "
    "believes remembered remembers remembering recalled recalls realised realises realized realizes understood "
    "understands guessed guesses supposed supposes decided decides hoped hopes hoping feared fears wanted wants "
    "wished wishes loved loves hated hates liked likes cared cares care forgot forgets imagined imagines "
    "pretended pretends dreamed dreamt dreams doubted doubts regretted regrets expected expects suspected "
    "suspects sensed senses longed longs meant means intended intends noticed notices heard hears dreaded dreads "
    "trusted trusts think wonder feel know believe remember recall realise realize understand guess suppose decide "
    "hope fear wish forget imagine pretend dream doubt regret expect suspect sense dread".split()
)
"""What goes on within somebody: nobody else sees it."""
_GOES_ON = frozenset({"xcomp", "advcl", "ccomp"})
"""Clauses that tell more of what a verb tells."""
_NOT_BODILY = frozenset({"thing", "animal"})


class Course(msgspec.Struct, frozen=True):
    """Who does and says something where.

    Attributes:
        acts: for everybody, in order, the words at which the narration tells of them or they speak.
        heard: by scene, who speaks aloud in it, be it through a telephone.
        share: how much of what is told and said in all is theirs.
    """

    acts: Mapping[str, Sequence[int]]
    heard: Mapping[str, Sequence[str]]
    share: Mapping[str, float]


def follow(ground: Ground) -> Course:
    """Lay out who does and says something where."""
    wording, acts = ground.who.wording, dict[str, list[int]]()
    heard: dict[str, dict[str, None]] = {}
    for meant in ground.who.starting.values():
        if wording.quote[meant.first] == -1:
            acts.setdefault(meant.id, []).append(meant.first)
    for quote in ground.who.speaker.values():
        if quote.speaker is None:
            continue
        at = wording.at(quote.start)
        acts.setdefault(quote.speaker, []).append(at)
        scene = ground.scene(at) if at < len(wording) and quote.mode == "spoken" else None
        if scene is not None:
            heard.setdefault(scene.id, {})[quote.speaker] = None
    most = max((len(found) for found in acts.values()), default=1)
    return Course(
        acts={who: sorted(found) for who, found in acts.items()},
        heard={scene: tuple(who) for scene, who in heard.items()},
        share={who: len(found) / most for who, found in acts.items()},
    )


def find_signs(
    ground: Ground, course: Course, at: int, fact: Fact, scene: Scene, quote: Quote | None
) -> Mapping[str, Mapping[str, float]]:
    """For everybody in the scene, and whoever is spoken to, what speaks for and against their learning a fact at a
    word: each sign from 0 (not given) up."""
    voices = course.heard.get(scene.id, ())
    said = () if quote is None else (*([quote.speaker] if quote.speaker else ()), *quote.addressees)
    about = tuple(who for who in fact.about if who in ground.who.characters)
    everybody = dict.fromkeys((*scene.present, *scene.heard, *voices, *said, *about))
    low = quote is not None and _is_low(ground, quote)
    lasts = quote is None and _is_lasting(ground, at, fact)
    within = quote is None and _is_within(ground, at)
    doer = _doer(ground, at, fact, about) if quote is None else None
    found: dict[str, Mapping[str, float]] = {}
    for who in everybody:
        signs = _of_company(ground, scene, who, voices)
        signs |= _of_place(ground, course, at, scene, who)
        part = _part(who, doer, about, quote)
        if part == "by":
            signs["crowd"] = math.log(max(1, len(scene.present)))
            signs["aside"], signs["lasting"], signs["within"] = float(low), float(lasts), float(within)
            signs["recalled"] = float(quote is not None and quote.mode == "remembered")
            signs["in a letter"] = float(scene.frame == "letter")
            part = "hears it" if quote is not None else "sees it"
        afar = "out of sight" if quote is None else "far voice"
        signs[afar] = float(who in scene.heard and who not in scene.present)
        signs[part] = quote.confidence if quote is not None and part in ("says it", "is told") else 1.0
        if quote is not None and who in about and who not in said:
            signs["is spoken of"] = 1.0
        signs["minor"] = -math.log(max(0.01, course.share.get(who, 0.0)))
        found[who] = signs
    return found


def _part(who: str, doer: str | None, about: Sequence[str], quote: Quote | None) -> str:
    """What part somebody plays in an assertion."""
    if quote is not None:
        return "says it" if who == quote.speaker else "is told" if who in quote.addressees else "by"
    if who == doer:
        return "does it"
    return "suffers it" if who in about else "by"


def _doer(ground: Ground, at: int, fact: Fact, about: Sequence[str]) -> str | None:
    """Who does what is narrated, or has what is had."""
    if fact.kind == "deed":
        doer = ground.person(ground.grammar.subject(at))
        return doer.id if doer is not None else None
    return about[0] if about else None


def _of_company(ground: Ground, scene: Scene, who: str, voices: Sequence[str]) -> dict[str, float]:
    kind = ground.who.characters[who].kind
    return {
        "there": float(who in scene.present),
        "silent": float(bool(voices) and who not in voices),
        "narrates": float(who == ground.who.narrator),
        "eyes": float(who == scene.point_of_view),
        "no person": float(kind in _NOT_BODILY),
        "many": float(kind == "group"),
    }


def _of_place(ground: Ground, course: Course, at: int, scene: Scene, who: str) -> dict[str, float]:
    """How close to a word somebody does or says something, and whether before and after, in the same scene."""
    acts, wording = course.acts.get(who, ()), ground.who.wording
    first, last = wording.at(scene.start), wording.at(scene.end)
    own = acts[bisect_left(acts, first) : bisect_left(acts, last)]
    place = bisect_right(own, at)
    before = at - own[place - 1] if place else None
    after = own[place] - at if place < len(own) else None
    nearest = min((gap for gap in (before, after) if gap is not None), default=_FAR + 1)
    return {
        "close": float(nearest <= _CLOSE),
        "near": float(nearest <= _NEAR),
        "far": float(nearest > _FAR),
        "not yet": float(before is None),
        "no more": float(after is None),
    }


def _is_within(ground: Ground, at: int) -> bool:
    """Whether the narration tells there what goes on within somebody: "she thought of home", "Ives swallowed, forcing
    himself to remember that it was a job"; not "she put it down and thought of home"."""
    lower, grammar = ground.who.wording.lower, ground.grammar
    clauses = [at]
    for verb in clauses:
        clauses += [
            kid for kid in grammar.kids.get(verb, ()) if grammar.relation[kid] in _GOES_ON and kid not in clauses
        ]
    return any(lower[verb] in _WITHIN and (verb == at or grammar.word_class[verb] == "VERB") for verb in clauses)


def _is_low(ground: Ground, quote: Quote) -> bool:
    """Whether the narration says that it is said so that not all hear: "she whispered"."""
    wording = ground.who.wording
    first, last = wording.at(quote.start), wording.at(quote.end)
    around = (*range(max(0, first - _AROUND), first), *range(last, min(len(wording), last + _AROUND)))
    return any(wording.lower[word] in _LOW and wording.quote[word] == -1 for word in around)


def _is_lasting(ground: Ground, at: int, fact: Fact) -> bool:
    """Whether what the narration tells has been so for a while, so that there is nothing to see: "he had had it under
    his waistcoat since Thursday"."""
    verb = root(ground, bounds(ground, at)) if fact.kind == "custody" else at
    if verb is None or ground.grammar.word_class[verb] != "VERB" or ground.grammar.is_perfect(verb):
        return True
    return ground.who.wording.lower[verb] in _LASTS


def chance(signs: Mapping[str, float]) -> float:
    """How likely it is, from 0 to 1, that one of whom these signs are given comes to know it."""
    weights = _weights()
    odds = weights["always"] + math.fsum(weights.get(sign, 0.0) * given for sign, given in signs.items())
    return 1 / (1 + math.exp(-odds))


@cache
def _weights() -> dict[str, float]:
    return {sign: float(weight) for sign, (weight,) in lexicon.table("learning_signs").items()}
