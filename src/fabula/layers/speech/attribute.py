"""From quotations to quotes: who says each, to whom, in which way, and how sure that is."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from fabula.layers.speech.decide import Decision, decide
from fabula.layers.speech.presence import Presence
from fabula.layers.speech.stage import Stage, set_stage
from fabula.layers.speech.tags import Sign
from fabula.layers.speech.turns import Turn, conversations, take_turns
from fabula.layers.speech.weights import Weights
from fabula.segment import Quotation
from fabula.segment.wording import Wording
from fabula.story import Character, Cue, Mention, Mode, Quote

__all__ = ["attribute_speech", "openings"]

_THINKS = frozenset("thought wondered mused reflected reminded reasoned pondered".split())
_UNSURE = 0.2
"""Below this the likeliest speaker is named by nobody: `None` is right more often than such a guess."""


def attribute_speech(
    wording: Wording, characters: Sequence[Character], mentions: Sequence[Mention], *, weights: Weights | None = None
) -> tuple[Quote, ...]:
    """Every quotation with its speaker and addressees, as far as the text lets one know.

    Tags bind; actions beside the quotation, names called out, the order of turns and who is at hand are weighed
    together over each conversation (`decide`). A quotation inside another has no speaker of its own yet.
    """
    stage = set_stage(wording, characters, mentions)
    turns = take_turns(stage)
    presence = Presence(stage, turns)
    scale = weights or Weights()
    said: dict[int, Quote] = {}
    number = 0
    for run in conversations(turns, openings(wording)):
        decisions = decide(stage, presence, run, scale)
        for t, turn in enumerate(run):
            number += 1
            addressees = _addressees(run, decisions, t)
            for i in turn.quotations:
                said[i] = _quote(stage, i, turn, decisions[t], addressees, number)
    return tuple(_all_quotes(wording.segments.quotations, said))


def openings(wording: Wording) -> list[int]:
    """The paragraphs that begin a chapter or stand behind a marked break: there a conversation is over."""
    segments = wording.segments
    chapters = {segments.paragraph_at(c.start) for c in segments.chapters}
    return sorted(chapters | {segments.paragraph_at(b) for b in segments.breaks})


def _quote(stage: Stage, i: int, turn: Turn, decision: Decision, addressees: tuple[str, ...], number: int) -> Quote:
    quotation = stage.wording.segments.quotations[i]
    sign = _deciding_sign(stage, turn, decision)
    sure = decision.confidence >= _UNSURE and decision.speaker is not None
    return Quote(
        quotation.start,
        quotation.end,
        id="",
        speaker=decision.speaker if sure else None,
        addressees=tuple(a for a in addressees if a != decision.speaker),
        mode=_mode(quotation, sign),
        cue=_cue(stage, turn, decision, sign) if sure else None,
        turn=number,
        depth=0,
        confidence=round(min(decision.confidence, 0.99), 3) if sure else 0.0,
        evidence=(sign.evidence,) if sign is not None and sure else (),
    )


def _deciding_sign(stage: Stage, turn: Turn, decision: Decision) -> Sign | None:
    for sign in turn.signs:
        owner = stage.narrator if stage.is_narrator(sign.mention) else sign.mention.character
        if owner == decision.speaker or (owner is None and sign.mention.form != "name"):
            return sign
    return None


def _cue(stage: Stage, turn: Turn, decision: Decision, sign: Sign | None) -> Cue:
    if sign is not None:
        return "tag" if sign.kind in ("tag", "far_tag") else "beat"
    return "narrator" if decision.speaker == stage.narrator else "turn"


def _mode(quotation: Quotation, sign: Sign | None) -> Mode:
    if quotation.mode == "spoken" and sign is not None and sign.kind == "tag" and sign.verb in _THINKS:
        return "thought"
    return quotation.mode


def _addressees(run: Sequence[Turn], decisions: Sequence[Decision], t: int) -> tuple[str, ...]:
    """Who is spoken to: those called by name, else the one who spoke before or answers next."""
    speaker = decisions[t].speaker
    called = [c for c in run[t].called if c != speaker]
    if called:
        return tuple(called)
    for step in (-1, 1, -2, 2, -3, 3):
        if 0 <= t + step < len(run):
            other = decisions[t + step].speaker
            if other is not None and other != speaker:
                return (other,)
    return ()


def _all_quotes(quotations: Sequence[Quotation], said: dict[int, Quote]) -> list[Quote]:
    """The quotes in order with their ids; those inside others and mere terms have no speaker."""
    quotes = []
    for i, quotation in enumerate(quotations):
        quote = said.get(i) or Quote(
            quotation.start, quotation.end, id="", mode=quotation.mode, turn=0, depth=quotation.depth, confidence=0.0
        )
        quotes.append(msgspec.structs.replace(quote, id=f"q{i + 1}"))
    return quotes
