"""What speaks for and against somebody's being there in a scene, and how strongly each of these signs is given."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Collection, Mapping, Sequence
from typing import TypeVar

import msgspec

from fabula.encode import Clauses, is_aside, part_of
from fabula.layers.scenes.afar import is_wired, speaks_afar
from fabula.layers.scenes.letters import Letter, read_letter
from fabula.segment.wording import Wording
from fabula.story import Character, Frame, Mention, Quote, Span

__all__ = ["Signs", "find_signs", "inside"]

T = TypeVar("T", bound=Span)

_BEFORE = frozenset(",.!?—–-“‘\"'«…")
_BEHIND = frozenset(",.!?—–-”’\"'»…")
_SURE = frozenset({"tag", "beat", "narrator", "user"})
"""Where this says who speaks, the narration has named whoever it is."""
_PRESENTING = (["this", "is"], ["here", "'s"], ["here", "is"], ["here", "comes"], ["meet", "my"])
"""Words before a name by which somebody says who is there."""
_FIRST = frozenset({"i", "me", "my", "mine", "myself", "we", "us", "our"})
_SECOND = frozenset({"you", "your", "yours", "yourself", "thee", "thou", "thy"})
"""In a letter those are far away."""
_BODILY = frozenset({"does", "is doing", "met"})
"""Parts that somebody far off does not play."""
_AT_PRESENT = frozenset(
    {"does", "does aside", "is doing", "is doing aside", "met", "is", "is at", "suffers", "near", "speaks"}
)
_DEEDS = frozenset({"does", "is doing"})
"""Parts that say less in a clause that only tells which one is meant, or what somebody says or thinks."""
_TOLD = frozenset({"told"})
"""Frames in which those are there of whom the speech tells that they did something."""


class Signs(msgspec.Struct):
    """What a scene says of one person; `signs` maps each sign to a number from 0 (not given) up.

    Attributes:
        first: where he or she is met first.
        aloud: speaks, and not from afar.
        afar: speaks from afar.
        spoken_to: and no more than that.
        named: the narration has named or described him or her; or it is "I".
        likely: as long as it has not, how sure it is of the first pronoun that he or she is meant.
    """

    first: int
    signs: dict[str, float]
    aloud: bool = False
    afar: bool = False
    spoken_to: bool = False
    named: bool = False
    likely: float | None = None


def find_signs(
    wording: Wording,
    clauses: Clauses,
    characters: Sequence[Character],
    mentions: Sequence[Mention],
    quotes: Sequence[Quote],
    scene: Span,
    *,
    frame: Frame = "main",
    before: Collection[str] = (),
) -> Mapping[str, Signs]:
    """For everybody met in the scene, the signs; `before` are those who were there in the scene before it."""
    narrator = next((character.id for character in characters if character.narrator), None)
    met: dict[str, Signs] = {}
    own = inside(mentions, scene)
    letter = read_letter(wording, own, scene) if frame == "letter" else None
    for quote in inside(quotes, scene):
        _hear(wording, quote, met)
    told = 0
    for mention in own:
        who = mention.character or (narrator if wording.segments.text[mention] == "I" else None)
        at = wording.at(mention.start)
        if who is None or at >= len(wording) or (letter is not None and mention.start < letter.begins):
            continue
        if letter is not None and letter.writer is not None and _is_writer(wording, letter, mention, at):
            who = letter.writer
            _raise(met.setdefault(who, Signs(mention.start, {})).signs, "speaks", 1.0)
        signs = met.setdefault(who, Signs(mention.start, {}))
        signs.first = min(signs.first, mention.start)
        spoken = wording.quote[at] != -1 and not (frame in _TOLD and wording.lower[at] not in _FIRST | _SECOND)
        told += not spoken
        if letter is not None and who in letter.to - {letter.writer} and mention.form == "pronoun":
            continue
        if letter is None or wording.lower[at] not in _SECOND:
            _see(wording, clauses, mention, signs, spoken=spoken)
    wired = is_wired(wording, scene)
    opening = _opening(wording, scene)
    for who, signs in met.items():
        if not signs.named and signs.first < opening and who in before:
            signs.signs["goes on"] = 1.0
        _sum_up(signs, told, narrates=who == narrator, wired=wired)
    return met


def _opening(wording: Wording, scene: Span) -> int:
    """Where its first sentence ends: who is only "she" there, is somebody whom the scene before has left in view."""
    words = wording.within(scene)
    return next((wording.starts[i] for i in words if wording.sentence[i] != wording.sentence[words.start]), scene.end)


def _is_writer(wording: Wording, letter: Letter, mention: Mention, at: int) -> bool:
    """Whether a mention in a letter means whoever writes it: "I", or the signature."""
    return mention.start >= letter.ends or (wording.quote[at] == -1 and wording.lower[at] in _FIRST)


def _hear(wording: Wording, quote: Quote, met: dict[str, Signs]) -> None:
    """What a quotation says of whoever speaks and is spoken to."""
    if quote.depth or quote.mode != "spoken":
        return
    afar = speaks_afar(wording, quote)
    if quote.speaker is not None:
        signs = met.setdefault(quote.speaker, Signs(quote.start, {}))
        if afar:
            signs.afar = True
        else:
            signs.aloud = True
        sure = quote.confidence
        _raise(signs.signs, "speaks afar" if afar else "speaks" if quote.cue in _SURE else "may speak", sure)
    for who in quote.addressees[:2]:
        signs = met.setdefault(who, Signs(quote.start, {}))
        _raise(signs.signs, "spoken to", quote.confidence if not afar else 0.3)


def _see(wording: Wording, clauses: Clauses, mention: Mention, met: Signs, *, spoken: bool) -> None:
    """What a mention says of the one who is meant."""
    signs = met.signs
    words = wording.within(mention)
    first, behind = words.start, words.stop
    if not spoken:
        sure = _sure_of(mention, met, own=wording.lower[first] in _FIRST)
        part = part_of(wording, clauses, mention)
        raise_ = _raise if met.named else _at_least
        deed = "does" if part == "says" else part
        raise_(signs, f"{deed} aside" if deed in _DEEDS and is_aside(clauses, words) else deed, sure)
        if part in _BODILY:
            raise_(signs, "in body", sure)
        signs["told"] = signs.get("told", 0.0) + 1
        return
    sure = mention.confidence if mention.form != "name" else 1.0
    signs["said"] = signs.get("said", 0.0) + 1
    before = wording.lower[first - 1] if first else ""
    after = wording.lower[behind] if behind < len(wording) else ""
    called = before in _BEFORE and after in _BEHIND
    presented = wording.lower[max(0, first - 2) : first] in _PRESENTING and after != "'s"
    if mention.form != "pronoun" and (called or presented):
        _raise(signs, "called", 1.0)
    elif wording.lower[first] not in _FIRST and wording.lower[first] not in _SECOND:
        _raise(signs, "spoken of", sure)


def _sure_of(mention: Mention, met: Signs, *, own: bool) -> float:
    """How sure it is that he or she is meant: of pronouns that follow each other no more than of the first."""
    if mention.form != "pronoun" or own:
        met.named = True
    if met.named:
        return mention.confidence if mention.form != "name" else 1.0
    met.likely = mention.confidence if met.likely is None else met.likely
    return min(mention.confidence, met.likely)


def _sum_up(signs: Signs, told: int, *, narrates: bool, wired: bool) -> None:
    found = signs.signs
    own, said = (found.pop(count, 0.0) for count in ("told", "said"))
    signs.spoken_to = not (own or said or signs.aloud or signs.afar)
    if "called" in found:
        found.pop("spoken of", None)
    found["often"] = math.log1p(own)
    found["share"] = own / told if told else 0.0
    found["never told of"] = float(own == 0)
    found["narrates"] = float(narrates and own > 0)
    found["past only"] = float(own > 0 and not found.keys() & _AT_PRESENT)
    acts = found.keys() & {"does", "is doing"}
    found["afar only"] = float("speaks afar" in found and not acts)
    found["pronouns only"] = float(own > 0 and not signs.named)
    found["wired"] = float(wired and not acts)
    found["only guessed"] = float("may speak" in found and own == 0 and said == 0)


def _raise(signs: dict[str, float], sign: str, sure: float) -> None:
    """Add to a sign as to a chance: two weak ones make a stronger one."""
    signs[sign] = 1 - (1 - signs.get(sign, 0.0)) * (1 - min(1.0, max(0.0, sure)))


def _at_least(signs: dict[str, float], sign: str, sure: float) -> None:
    """Give a sign, but no more than it is given already: what says the same twice says it once."""
    signs[sign] = max(signs.get(sign, 0.0), min(1.0, max(0.0, sure)))


def inside(records: Sequence[T], scene: Span) -> Sequence[T]:
    """Those of the records, which are in order of place, that begin in the scene."""
    first = bisect_left(records, scene.start, key=lambda record: record.start)
    return records[first : bisect_left(records, scene.end, first, key=lambda record: record.start)]
