"""Learn the weights of `fabula.layers.speech.speaker_weights` from novels whose tags are hidden.

A tag such as `said Phil` is a free label. Six in ten named tags are hidden (half of them leave a pronoun in their
place, as texts do; the others leave nothing), and the weights are set so that the chain of `decide` finds the hidden
speakers: the conditional log-likelihood of the hidden labels, with the tags left standing observed, is climbed by Adam.

    python -m training.speakers.learn --books 16 --epochs 6

Nothing of the Project Dialogism Novel Corpus is read: books that stand in it are left out by name.
"""

from __future__ import annotations

import argparse
import gzip
import random
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec
import numpy as np
from numpy.typing import NDArray

from fabula.layers.cast import gather_cast
from fabula.layers.mentions import find_mentions
from fabula.layers.speech.at_hand import Presence
from fabula.layers.speech.attribute import openings
from fabula.layers.speech.decide import Conversation, lay_table
from fabula.layers.speech.speaker_weights import OWN, STEP, Weights
from fabula.layers.speech.stage import Stage, set_stage
from fabula.layers.speech.tags import Sign
from fabula.layers.speech.turns import Turn, conversations, take_turns
from fabula.segment import segment
from fabula.segment.wording import lay_out
from fabula.story import Mention, Text

Array = NDArray[np.float64]
Example = tuple[Conversation, list[int | None]]

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"
IN_PDNC = re.compile(
    "persuasion|alices.adventures|night.and.day|pride.and.prejudice|the.awakening|man.who.was.thursday|dorian.gray|"
    "daisy.miller|room.with.a.view|howards.end|anne.of.green|age.of.innocence|invisible.man|sense.and|northanger|"
    "mansfield|oliver.twist|emma|hard.times|passage.to.india|winnie|angels.fear|gambler|sun.also|handful.of|"
    "sport.of.the|mysterious.affair|sign.of.the.four|private.life"
)
HIDDEN = 0.6
FIXED = ("tag", "far_tag", "joined_beat", "wrong_gender", "nobody")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--books", type=int, default=16)
    parser.add_argument("--epochs", type=int, default=6)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--rate", type=float, default=0.06)
    options = parser.parse_args()
    chance = random.Random(options.seed)
    books = [p for p in sorted(DATA.glob("*/*.txt.gz")) if not IN_PDNC.search(p.name) and p.parent.name != "litbank"]
    chance.shuffle(books)
    examples: list[list[Example]] = []
    for path in books:
        own = list(_examples(path, chance))
        if sum(label is not None for _, labels in own for label in labels) >= 150:
            examples.append(own)
            print(len(examples), path.name, len(own), flush=True)
        if len(examples) == options.books + 3:
            break
    held, taught = [e for own in examples[:3] for e in own], [e for own in examples[3:] for e in own]
    weights = _climb(taught, held, options.epochs, options.rate, chance)
    for name in (*OWN, *STEP):
        print(f"    {name}: float = {getattr(weights, name):.2f}")


def _examples(path: Path, chance: random.Random) -> Iterator[Example]:
    with gzip.open(path, "rt", encoding="utf-8", errors="replace", newline="") as file:
        wording = lay_out(segment(Text.of(file.read())))
    cast = gather_cast(wording, find_mentions(wording))
    stage = set_stage(wording, cast.characters, cast.mentions)
    turns = take_turns(stage)
    pronouns = _pronouns(stage)
    shown, hidden, labels = [], set(), {}
    for n, turn in enumerate(turns):
        named = next((s.mention for s in turn.signs if s.kind == "tag" and s.mention.character), None)
        if named is None or chance.random() > HIDDEN:
            shown.append(turn)
            continue
        hidden.add(named)
        labels[n] = named.character
        shown.append(_hide(stage, turn, named, pronouns, chance))
    presence = Presence(stage, shown, hidden=hidden)
    number = 0
    for run in conversations(shown, openings(wording)):
        table = lay_table(stage, presence, run, Weights())
        own = []
        for t in range(len(run)):
            label = labels.get(number + t)
            own.append(table.names[t].index(label) if label in table.names[t] and label is not None else None)
        number += len(run)
        if any(label is not None for label in own):
            yield table, own


def _pronouns(stage: Stage) -> dict[str, Mention]:
    found: dict[str, Mention] = {}
    for mention in stage.mentions:
        if mention.form == "pronoun" and stage.text_of(mention) in ("he", "she"):
            found.setdefault(stage.told_gender(mention), mention)
    return found


def _hide(stage: Stage, turn: Turn, named: Mention, pronouns: dict[str, Mention], chance: random.Random) -> Turn:
    signs: list[Sign] = []
    stand_in = pronouns.get(stage.gender.get(named.character or "", "")) if chance.random() < 0.5 else None
    for sign in turn.signs:
        if sign.mention != named:
            signs.append(sign)
        elif stand_in is not None:
            signs.append(msgspec.structs.replace(sign, mention=msgspec.structs.replace(stand_in, character=None)))
    return msgspec.structs.replace(turn, signs=tuple(signs), alone=turn.alone or not signs)


def _climb(taught: list[Example], held: list[Example], epochs: int, rate: float, chance: random.Random) -> Weights:
    names = (*OWN, *STEP)
    start = np.array([getattr(Weights(), n) for n in names])
    free = np.array([n not in FIXED for n in names], dtype=float)
    vector, mean, square, count = start.copy(), np.zeros(len(names)), np.zeros(len(names)), 0
    print("held out before", _right(held, vector), flush=True)
    for epoch in range(epochs):
        chance.shuffle(taught)
        for first in range(0, len(taught), 32):
            slope = np.zeros(len(names))
            seen = 0
            for table, labels in taught[first : first + 32]:
                slope += _slope(table, labels, vector)
                seen += sum(label is not None for label in labels)
            slope = (slope / max(1, seen) - 0.0005 * (vector - start)) * free
            count += 1
            mean = 0.9 * mean + 0.1 * slope
            square = 0.99 * square + 0.01 * slope**2
            step = rate * (0.97 ** (count / 20))
            vector += step * (mean / (1 - 0.9**count)) / (np.sqrt(square / (1 - 0.99**count)) + 1e-8)
        print("epoch", epoch, "held out", _right(held, vector), flush=True)
    return Weights(**dict(zip(names, vector.tolist(), strict=True)))


def _slope(table: Conversation, labels: Sequence[int | None], vector: Array) -> Array:
    """The gradient of the hidden labels' log-likelihood: what is expected with them known, less without."""
    own = [seen @ vector[: len(OWN)] for seen in table.own]
    steps = [seen @ vector[len(OWN) :] for seen in table.steps]
    known = []
    for score, label in zip(own, labels, strict=True):
        if label is not None:
            score = np.where(np.arange(len(score)) == label, score, -1e4)
        known.append(score)
    return _expected(table, known, steps) - _expected(table, own, steps)


def _expected(table: Conversation, own: Sequence[Array], steps: Sequence[Array]) -> Array:
    forward = [np.zeros((1, 1))]
    for score, step in zip(own, steps, strict=True):
        forward.append(_logsum(forward[-1][:, :, None] + step + score[None, None, :]))
    behind = np.zeros_like(forward[-1])
    total = np.zeros(len(OWN) + len(STEP))
    for t in range(len(own) - 1, -1, -1):
        joint = forward[t][:, :, None] + steps[t] + own[t][None, None, :] + behind[None, :, :]
        chance = np.exp(joint - joint.max())
        chance /= chance.sum()
        total[: len(OWN)] += chance.sum(axis=(0, 1)) @ table.own[t]
        total[len(OWN) :] += np.tensordot(chance, table.steps[t], axes=3)
        behind = np.moveaxis(_logsum(np.moveaxis(steps[t] + own[t][None, None, :] + behind[None, :, :], 2, 0)), 0, 0)
    return total


def _logsum(values: Array) -> Array:
    top = values.max(axis=0)
    result: Array = top + np.log(np.exp(values - top).sum(axis=0))
    return result


def _right(examples: Sequence[Example], vector: Array) -> float:
    from fabula.layers.speech.decide import marginals

    right = seen = 0
    for table, labels in examples:
        own = [rows @ vector[: len(OWN)] for rows in table.own]
        steps = [rows @ vector[len(OWN) :] for rows in table.steps]
        for chance, label in zip(marginals(own, steps), labels, strict=True):
            if label is not None:
                seen += 1
                right += int(np.argmax(chance) == label)
    return round(right / max(1, seen), 4)


if __name__ == "__main__":
    main()
