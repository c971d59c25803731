"""One decision for a whole conversation: the speakers that together fit best what the text shows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from math import log

import msgspec
import numpy as np
from numpy.typing import NDArray

from fabula.layers.speech.stage import Stage
from fabula.layers.speech.turns import Turn

__all__ = ["Decision", "Presence", "Weights", "decide"]

Array = NDArray[np.float64]

_CHOICE = 9
"""So many candidates at most for one turn; a tenth was right in under 1 % of turns and the work grows with its cube."""


class Weights(msgspec.Struct, frozen=True):
    """What each thing the text shows weighs, in natural log odds."""

    tag: float = 12.0
    far_tag: float = 7.0
    joined_beat: float = 6.0
    beat: float = 3.5
    owned_beat: float = 2.5
    lead: float = 1.5
    wrong_gender: float = -9.0
    wrong_gender_beat: float = -3.5
    unsure_gender: float = -1.2
    called: float = -6.0
    told: float = -2.5
    near: float = 1.0
    often: float = 0.25
    nobody: float = 0.3
    same: float = -4.0
    same_after_narration: float = -1.3
    back: float = 2.4
    back_after_narration: float = 1.4
    answered: float = 2.6
    narrator: float = 0.6


class Decision(msgspec.Struct, frozen=True):
    """The speaker of a turn (None: it cannot be known), how sure, and the runner-up."""

    speaker: str | None
    confidence: float
    sign: int | None = None


class Presence:
    """Where each character is named in the narration or called in speech, for asking who is at hand."""

    def __init__(self, stage: Stage, turns: Sequence[Turn]) -> None:
        wording = stage.wording
        self._near: defaultdict[int, dict[str, float]] = defaultdict(dict)
        for mention in stage.mentions:
            if not mention.character or mention.form == "pronoun":
                continue
            word = stage.words_of[mention].start
            if word >= len(wording):
                continue
            weight = 1.0 if wording.quote[word] == -1 else 0.25
            self._add(wording.paragraph[word], mention.character, weight)
        for turn in turns:
            for called in turn.called:
                self._add(turn.paragraph, called, 0.9)
        self.narrator = stage.narrator
        self.counts: defaultdict[str, int] = defaultdict(int)
        for mention in stage.mentions:
            if mention.character:
                self.counts[mention.character] += 1

    def _add(self, paragraph: int, character: str, weight: float) -> None:
        near = self._near[paragraph]
        near[character] = max(weight, near.get(character, 0.0))

    def around(self, turn: Turn) -> dict[str, float]:
        """The characters near a turn and how near each is, 0 to 2."""
        reach: dict[str, float] = {}
        for distance in range(-2, 13):
            paragraph = turn.paragraph - distance
            fade = 2.0 * 0.8**distance if distance >= 0 else 0.5 * 0.5 ** (-distance - 1)
            for character, weight in self._near.get(paragraph, {}).items():
                reach[character] = max(reach.get(character, 0.0), fade * weight)
        return reach


def decide(stage: Stage, presence: Presence, run: Sequence[Turn], weights: Weights) -> list[Decision]:
    """The likeliest speakers of a conversation, turn by turn.

    A second-order chain: each turn's signs, names and company are weighed for each candidate, and so is every
    speaker's place after the two before; forward-backward sums give each turn its probabilities.
    """
    choices = _choices(stage, presence, run, weights)
    names = [list(choice) for choice in choices]
    own = [np.array([choice[n] for n in choice]) for choice in choices]
    marginals = _marginals(own, [_steps(run, names, t, weights) for t in range(len(run))])
    decisions = []
    for t, marginal in enumerate(marginals):
        best = int(np.argmax(marginal))
        decisions.append(Decision(names[t][best], float(marginal[best])))
    return decisions


def _choices(
    stage: Stage, presence: Presence, run: Sequence[Turn], weights: Weights
) -> list[dict[str | None, float]]:
    spoken: dict[str, int] = {}
    choices = []
    for t, turn in enumerate(run):
        near = presence.around(turn)
        for character, when in spoken.items():
            near[character] = max(near.get(character, 0.0), 1.6 * 0.85 ** (t - when - 1))
        for sign in turn.signs:
            if sign.mention.character:
                near.setdefault(sign.mention.character, 0.0)
                if sign.kind == "tag":
                    spoken[sign.mention.character] = t
        for called in turn.called:
            spoken.setdefault(called, t)
        if stage.narrator:
            near[stage.narrator] = max(near.get(stage.narrator, 0.0), weights.narrator)
        scored = {c: _score(stage, presence, turn, c, n, weights) for c, n in near.items()}
        best = sorted(scored.items(), key=lambda entry: (-entry[1], entry[0]))[:_CHOICE]
        choices.append({**dict(best), None: weights.nobody})
    return choices


def _score(stage: Stage, presence: Presence, turn: Turn, character: str, near: float, weights: Weights) -> float:
    score = weights.near * near + weights.often * log(1 + presence.counts[character])
    gender = stage.gender.get(character, "")
    kinds: set[str] = set()
    for sign in turn.signs:
        if sign.kind in kinds:
            continue
        kinds.add(sign.kind)
        mention = sign.mention
        if mention.character:
            score += getattr(weights, sign.kind) if mention.character == character else 0.0
        elif stage.is_narrator(mention):
            score += getattr(weights, sign.kind) if character == stage.narrator else 0.0
        else:
            told = stage.told_gender(mention)
            binding = sign.kind in ("tag", "far_tag", "joined_beat")
            if told and gender and told != gender:
                score += weights.wrong_gender if binding else weights.wrong_gender_beat
            elif told and not gender:
                score += weights.unsure_gender
            if character == stage.narrator:
                score += weights.wrong_gender if binding else weights.wrong_gender_beat
    if character in turn.called:
        score += weights.called
    elif character in turn.told:
        score += weights.told
    return score


def _steps(run: Sequence[Turn], names: Sequence[Sequence[str | None]], t: int, weights: Weights) -> Array:
    """What it weighs that c speaks at turn t after b at t-1 and a at t-2: an array [a, b, c]."""
    before = names[t - 2] if t >= 2 else [None]
    last = names[t - 1] if t >= 1 else [None]
    now = names[t]
    steps = np.zeros((len(before), len(last), len(now)))
    if t == 0:
        return steps
    turn, previous = run[t], run[t - 1]
    gap = turn.paragraph - previous.last - 1
    close = gap <= 0 and (turn.paragraph != previous.last or True)
    same = weights.same if close else weights.same_after_narration / (1 + 0.5 * (gap - 1))
    if turn.paragraph == previous.last:
        same = weights.same_after_narration
    back = weights.back if close else weights.back_after_narration / (1 + 0.5 * (gap - 1))
    for c, name in enumerate(now):
        if name is None:
            continue
        for b, other in enumerate(last):
            if other == name:
                steps[:, b, c] += same
        for a, first in enumerate(before):
            if first == name:
                for b, other in enumerate(last):
                    if other != name:
                        steps[a, b, c] += back
        if name in previous.called:
            steps[:, :, c] += weights.answered / (1 + max(0, gap))
    return steps


def _marginals(own: Sequence[Array], steps: Sequence[Array]) -> list[Array]:
    """Each turn's probabilities over its candidates, by forward and backward sums over pairs of neighbours."""
    forward: list[Array] = []
    state = np.zeros((1, 1))
    for t, score in enumerate(own):
        joint = state[:, :, None] + steps[t] + score[None, None, :]
        state = _logsum(joint, 0)
        forward.append(state)
    backward: list[Array] = [np.zeros_like(forward[-1])]
    for t in range(len(own) - 1, 0, -1):
        joint = backward[0][None, :, :] + steps[t] + own[t][None, None, :]
        backward.insert(0, _logsum(joint, 2))
    marginals = []
    for ahead, behind in zip(forward, backward, strict=True):
        total = _logsum(ahead + behind, 0)
        marginals.append(np.exp(total - _logsum(total, 0)))
    return marginals


def _logsum(values: Array, axis: int) -> Array:
    top = values.max(axis=axis, keepdims=True)
    result: Array = np.squeeze(top, axis=axis) + np.log(np.exp(values - top).sum(axis=axis))
    return result
