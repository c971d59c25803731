"""One decision for a whole conversation: the speakers that together fit best what the text shows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import log

import msgspec
import numpy as np
from numpy.typing import NDArray

from fabula.layers.speech.at_hand import Presence
from fabula.layers.speech.speaker_weights import OWN, STEP, Weights
from fabula.layers.speech.stage import Stage
from fabula.layers.speech.tags import Sign
from fabula.layers.speech.turns import Turn
from fabula.story import Mention

__all__ = ["Conversation", "Decision", "decide", "is_firm", "lay_table", "marginals", "scores"]

Array = NDArray[np.float64]

_CHOICE = 9
"""So many candidates at most for one turn; a tenth is right in under 1 % of turns, and the work grows with its cube."""
_OWN_AT = {name: i for i, name in enumerate(OWN)}
_STEP_AT = {name: i for i, name in enumerate(STEP)}
_LOUD, _STRANGER, _DOUBT = 12.0, 0.05, 0.005
"""Log odds beyond which the encoder is not believed; the share of "none of them" that falls to each of the others; the
chance that it is all wrong."""
_BINDING = ("tag", "far_tag", "joined_beat")


class Decision(msgspec.Struct, frozen=True):
    """The speaker of a turn (None: it cannot be known) and how sure."""

    speaker: str | None
    confidence: float


class Conversation(msgspec.Struct, frozen=True):
    """A run of turns laid out for deciding: who may speak at each, what is seen of each, what is seen between them.

    Attributes:
        names: for each turn the candidates; None stands for somebody who cannot be known, and comes last.
        own: for each turn an array [candidate, what is seen], columns as in `OWN`.
        steps: for each turn an array [before the last, last, candidate, what is seen], columns as in `STEP`.
    """

    names: tuple[tuple[str | None, ...], ...]
    own: tuple[Array, ...]
    steps: tuple[Array, ...]


def decide(
    stage: Stage,
    presence: Presence,
    run: Sequence[Turn],
    weights: Weights,
    *,
    known: Mapping[int, str | None] | None = None,
) -> list[Decision]:
    """The likeliest speakers of a conversation, turn by turn.

    Args:
        known: the speakers of turns that are settled; their neighbours are decided around them.

    A second-order chain: each turn's signs, names and company are weighed for each candidate, and so is every
    speaker's place after the two before; forward and backward sums give each turn its probabilities.
    """
    table = lay_table(stage, presence, run, weights, known=known)
    decisions = []
    for names, chance in zip(table.names, marginals(*scores(table, weights)), strict=True):
        best = int(np.argmax(chance))
        decisions.append(Decision(names[best], float(chance[best])))
    return decisions


def lay_table(
    stage: Stage,
    presence: Presence,
    run: Sequence[Turn],
    weights: Weights,
    *,
    known: Mapping[int, str | None] | None = None,
) -> Conversation:
    """Lay out a conversation; `weights` only choose the candidates where there are too many."""
    own_weights = np.array([getattr(weights, name) for name in OWN])
    names: list[tuple[str | None, ...]] = []
    own: list[Array] = []
    spoken: dict[str, int] = {}
    said = {who: t for t, who in (known or {}).items() if who}  # whom the user names may have spoken before, too
    for t, turn in enumerate(run):
        seen = _see(stage, presence, turn, {**said, **spoken}, t)
        settled = (known or {}).get(t)
        if settled is not None:
            names.append((settled,))
            own.append(np.zeros((1, len(OWN))))
            spoken[settled] = t
            continue
        best = sorted(seen, key=lambda c: (-float(own_weights @ seen[c]), c))[:_CHOICE]
        nobody = np.zeros(len(OWN))
        nobody[_OWN_AT["nobody"]] = 1.0
        nobody[_OWN_AT["stranger"]] = float(turn.stranger)
        nobody[_OWN_AT["unsure_gender"]] = float(any(_tells_gender(stage, sign) for sign in turn.signs))
        nobody[_OWN_AT["voice"]] = hear_turn(stage, turn).get(None, 0.0)
        names.append((*best, None))
        own.append(np.array([*(seen[c] for c in best), nobody]))
        for sign in turn.signs:
            if sign.kind == "tag" and sign.mention.character:
                spoken[sign.mention.character] = t
        for called in turn.called:
            spoken.setdefault(called, t)
    steps = tuple(_steps(stage, run, names, t) for t in range(len(run)))
    return Conversation(tuple(names), tuple(own), steps)


def scores(table: Conversation, weights: Weights) -> tuple[list[Array], list[Array]]:
    """What each candidate and each step weighs: arrays [candidate] and [before the last, last, candidate]."""
    own = np.array([getattr(weights, name) for name in OWN])
    step = np.array([getattr(weights, name) for name in STEP])
    return [seen @ own for seen in table.own], [seen @ step for seen in table.steps]


def _see(stage: Stage, presence: Presence, turn: Turn, spoken: Mapping[str, int], t: int) -> dict[str, Array]:
    """What is seen of each candidate for a turn."""
    behind, here, ahead = presence.behind(turn), presence.here(turn), presence.ahead(turn)
    candidates = {*behind, *here, *ahead, *spoken} | {s.mention.character for s in turn.signs if s.mention.character}
    first = stage.wording.segments.quotations[turn.quotations[0]].start
    narrator = stage.teller_at(first)
    if narrator:
        candidates.add(narrator)
    candidates |= presence.met(first)
    recent = (presence.last_named(first), presence.last_acting(first))
    heard = hear_turn(stage, turn)
    seen = {}
    for character in candidates:
        row = np.zeros(len(OWN))
        row[_OWN_AT["near"]] = behind.get(character, 0.0)
        row[_OWN_AT["here"]] = here.get(character, 0.0)
        row[_OWN_AT["ahead"]] = ahead.get(character, 0.0)
        row[_OWN_AT["often"]] = presence.often.get(character, 0.0)
        row[_OWN_AT["narrator"]] = float(character == narrator)
        if character in spoken:
            row[_OWN_AT["has_spoken"]] = 0.85 ** (abs(t - spoken[character]) - 1)
        row[_OWN_AT["unmet"]] = float(character != narrator and presence.is_unmet(character, turn))
        row[_OWN_AT["voice"]] = heard.get(character, heard.get(None, 0.0))
        row[_OWN_AT["introduced"]] = float(character in turn.introduced)
        row[_OWN_AT["called"]] = float(character in turn.called)
        row[_OWN_AT["told"]] = float(character in turn.told)
        _see_signs(stage, turn, character, recent, row)
        seen[character] = row
    return seen


def hear_turn(stage: Stage, turn: Turn) -> dict[str | None, float]:
    """What the encoder says of a turn's speaker: the log probability of each character mentioned around it.

    `None` stands for each of the others. A pronoun beside the speech says by other means whom it means. Empty where the
    text was not encoded.
    """
    beside = {sign.mention for sign in turn.signs if sign.mention.form == "pronoun"}
    heard = [stage.voices[i] for i in turn.quotations if i in stage.voices]
    shares: dict[str | None, float] = {}
    for voice in heard:
        told = [stage.mentions[number] for number in voice.mentions.tolist()]
        weights = np.exp(np.minimum(voice.odds, _LOUD)).tolist()
        counted = [(m.character, w) for m, w in zip(told, weights, strict=True) if m not in beside]
        whole = len(heard) * (1.0 + sum(weight for _, weight in counted))
        for character, weight in (*counted, (None, 1.0)):
            shares[character] = shares.get(character, 0.0) + weight / whole
    stranger = _STRANGER * shares.pop(None, 0.0) + _DOUBT
    return {None: log(stranger)} | {c: log(share + stranger) for c, share in shares.items() if c} if heard else {}


def _see_signs(
    stage: Stage, turn: Turn, character: str, recent: tuple[Sequence[str], Sequence[str]], row: Array
) -> None:
    gender = stage.gender.get(character, "")
    kinds: set[str] = set()
    bound = any(s.kind in _BINDING and not is_firm(s.mention) for s in turn.signs)
    for sign in turn.signs:
        kind = _named_kind(sign)
        if kind in kinds:
            continue
        kinds.add(kind)
        mention = sign.mention
        if stage.is_narrator(mention):
            row[_OWN_AT[kind]] += float(character == stage.teller_at(mention.start))
        elif is_firm(mention):
            row[_OWN_AT[kind]] += float(mention.character == character)
            if bound and sign.kind == "beat" and mention.character == character:
                row[_OWN_AT["beat_then_tag"]] = 1.0  # "Margaret considered. '…,' she said."
        else:
            _see_pronoun(stage, sign, character, gender, recent, row)


def is_firm(mention: Mention) -> bool:
    """Whether a mention names somebody by itself: a name or a role, not a pronoun or a passing description."""
    return mention.character is not None and (mention.form == "name" or mention.confidence >= 1.0)


def _named_kind(sign: Sign) -> str:
    return f"beat_{sign.where}" if sign.kind == "beat" else sign.kind


def _see_pronoun(
    stage: Stage, sign: Sign, character: str, gender: str, recent: tuple[Sequence[str], Sequence[str]], row: Array
) -> None:
    """A sign that names nobody: "he said", "the girl laughed"."""
    mention = sign.mention
    told = stage.told_gender(mention)
    wrong = bool(told and gender and told != gender) or character in (
        stage.teller_at(mention.start),
        _owner(stage, mention),
    )
    if sign.kind in _BINDING:
        row[_OWN_AT["wrong_gender"]] = max(row[_OWN_AT["wrong_gender"]], float(wrong))
        if told and not gender:
            row[_OWN_AT["unsure_gender"]] = 1.0
        if mention.form == "nominal" and mention.character != character:
            row[_OWN_AT["described"]] = 1.0
    elif sign.kind == "lead":
        row[_OWN_AT["wrong_gender_lead"]] = float(wrong)
    else:
        row[_OWN_AT["wrong_gender_beat"]] = max(row[_OWN_AT["wrong_gender_beat"]], float(wrong))
    if wrong:
        return
    if mention.character == character:
        row[_OWN_AT["antecedent"]] = max(row[_OWN_AT["antecedent"]], mention.confidence)
    if not told or sign.kind == "lead":
        return
    fit = (told,) if told == "p" else (told, "")  # "they" is nobody of whom the text has not said so
    named, acting = ([c for c in order if stage.gender.get(c, "") in fit] for order in recent)
    row[_OWN_AT["last_named"]] = float(named[:1] == [character])
    row[_OWN_AT["before_last_named"]] = float(named[1:2] == [character])
    row[_OWN_AT["last_acting"]] = float(acting[:1] == [character])


def _tells_gender(stage: Stage, sign: Sign) -> bool:
    """Whether a tag gives the speech to a "he" or a "she": somebody whom the text has spoken of."""
    return sign.kind in _BINDING and sign.mention.form == "pronoun" and stage.told_gender(sign.mention) in ("m", "f")


def _owner(stage: Stage, mention: Mention) -> str | None:
    """Whose somebody a description is: "his father" is not he."""
    if mention.form != "nominal":
        return None
    inner = stage.mentions_at(stage.words_of[mention].start)
    return next((m.character for m in inner if len(m) < len(mention)), None)


def _steps(stage: Stage, run: Sequence[Turn], names: Sequence[Sequence[str | None]], t: int) -> Array:
    """What is seen in c's speaking at turn t after b at t-1 and a at t-2: an array [a, b, c, what]."""
    before = names[t - 2] if t >= 2 else (None,)
    last = names[t - 1] if t >= 1 else (None,)
    now = names[t]
    steps = np.zeros((len(before), len(last), len(now), len(STEP)))
    if t == 0:
        return steps
    turn, previous = run[t], run[t - 1]
    gap = turn.paragraph - previous.last - 1
    fade = 1.0 / (1 + 0.5 * max(0, gap - 1))
    same, back = "same_bare" if turn.alone and previous.alone else "same", "back"
    if turn.paragraph == previous.last:
        same = "same_paragraph"
    elif gap > 0:
        same, back = "same_after_narration", "back_after_narration"
    for c, name in enumerate(now):
        if name is None:
            continue
        for b, other in enumerate(last):
            if other == name:
                steps[:, b, c, _STEP_AT[same]] = fade
                continue
            for a, first in enumerate(before):
                if first == name:
                    steps[a, b, c, _STEP_AT[back]] = fade
        if name in previous.called:
            steps[:, :, c, _STEP_AT["answered"]] = fade
        elif name in previous.told:
            steps[:, :, c, _STEP_AT["talked_about"]] = fade
        _see_address(stage, previous.honoured, name, steps[:, :, c, :], fade)
        for b, other in enumerate(last):
            if other is not None and other != name:
                steps[:, b, c, _STEP_AT["names_last"]] = fade * float(other in turn.called)
                _see_address(stage, turn.honoured, other, steps[:, b, c, :], fade)
    return steps


def _see_address(stage: Stage, honoured: str, name: str, steps: Array, fade: float) -> None:
    """Whether somebody can be the one a speech calls "sir" or "madam"."""
    gender = stage.gender.get(name, "")
    if honoured and gender:
        steps[..., _STEP_AT["addressed_fits" if gender == honoured else "addressed_unfit"]] += fade


def marginals(own: Sequence[Array], steps: Sequence[Array]) -> list[Array]:
    """Each turn's probabilities over its candidates, by forward and backward sums over pairs of neighbours."""
    forward: list[Array] = []
    state = np.zeros((1, 1))
    for score, step in zip(own, steps, strict=True):
        state = _logsum(state[:, :, None] + step + score[None, None, :], 0)
        forward.append(state)
    behind = np.zeros_like(forward[-1])
    chances = []
    for t in range(len(own) - 1, -1, -1):
        total = _logsum(forward[t] + behind, 0)
        chances.append(np.exp(total - _logsum(total, 0)))
        if t:
            behind = _logsum(behind[None, :, :] + steps[t] + own[t][None, None, :], 2)
    return chances[::-1]


def _logsum(values: Array, axis: int) -> Array:
    top = values.max(axis=axis, keepdims=True)
    result: Array = np.squeeze(top, axis=axis) + np.log(np.exp(values - top).sum(axis=axis))
    return result
