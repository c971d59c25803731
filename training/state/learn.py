"""Learn to read who is dead, who is what to whom and who has what, from pieces that the encoder has shown.

python -m training.state.learn --shown FILE [FILE ...] --start PACK_CHECKPOINT --seed 1 --to CHECKPOINT
"""

from __future__ import annotations

import argparse
import math
import pickle
import random
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from fabula.encode.claims import steps_away
from fabula.models import default_pack
from training.state.network import Claims
from training.state.pieces import HANDS, TIES
from training.state.shown import Shown

LEXICAL = 96
_NEAR = 60
_FAR = 999
_SCARCE, _MOST = 600.0, 4.0
"""Ties told less often than this many times weigh more, by the root of what is missing, and at most so much: without it
nothing is learned of landlords."""
_STRANGERS = 8
"""Pairs of a text who are nothing to each other, of whom about so many are asked about at a time, for all of them."""
_MARKS = 40
"""So many mentions of one person in a text, and more, are told apart when they are nobody's."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--shown", type=Path, nargs="+", required=True)
    parser.add_argument("--start", type=Path, required=True, help="the pack's checkpoint, for the table of pieces")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--epochs", type=int, default=10)
    parser.add_argument("--rate", type=float, default=1.5e-3)
    parser.add_argument("--drop", type=float, default=0.25)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--minutes", type=float, default=999)
    parser.add_argument("--from", dest="given", type=Path, help="a checkpoint to go on from")
    parser.add_argument("--to", type=Path, required=True)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    torch.manual_seed(options.seed)
    shown = [one for path in options.shown for one in pickle.loads(path.read_bytes())]
    train, aside = [one for one in shown if not one.aside], [one for one in shown if one.aside]
    labels = default_pack().manifest.labels
    network = Claims(
        vectors=train[0].vectors.shape[1],
        classes=len(labels.classes),
        relations=len(labels.relations),
        lexical=lexical_table(options.start),
        drop=options.drop,
    )
    some = np.concatenate([one.vectors for one in train[:200]]).astype(np.float32)
    network.scale.copy_(torch.from_numpy(1 / (some.std(0) + 1e-3)))
    if options.given:
        network.load_state_dict(torch.load(options.given, weights_only=True)["weights"])
    size = sum(part.numel() for part in network.parameters())
    print(f"{size} weights, {len(train)} texts, {len(aside)} set aside", flush=True)
    mean = learn(network, train, aside, options, weights_of(train))
    network.load_state_dict(mean)
    report(network, aside)
    torch.save({"weights": network.state_dict(), "options": {k: str(v) for k, v in vars(options).items()}}, options.to)


def lexical_table(start: Path) -> Tensor:
    """What the encoder's table of pieces says of each piece along its widest directions, in 8 bits."""
    stored = torch.load(start, weights_only=True, map_location="cpu")["mean"]
    table = stored["network.encoder.piece.weight"]
    table = table - table.mean(0)
    _, _, turned = torch.linalg.svd(table[::3], full_matrices=False)
    table = table @ turned[:LEXICAL].T
    return torch.clamp(torch.round(table / table.std(0) * 32), -127, 127).to(torch.int8)


def weights_of(train: Sequence[Shown]) -> dict[str, Tensor]:
    """How much each answer weighs where it is true, by how seldom it is."""
    found: dict[str, Tensor] = {"dead": torch.ones(2)}
    for name, kinds in (("ties", TIES), ("hands", HANDS)):
        times = sum(((getattr(one, name) == 1).reshape(-1, len(kinds)).sum(0) for one in train), np.zeros(len(kinds)))
        scarce = np.sqrt(_SCARCE / np.maximum(times, 1)).clip(1, _MOST)
        found[name.removesuffix("s")] = torch.from_numpy(scarce.astype(np.float32))
    found["tie"] = torch.cat([found["tie"], torch.ones(1)])
    return found


def learn(
    network: Claims,
    train: Sequence[Shown],
    aside: Sequence[Shown],
    options: argparse.Namespace,
    weights: dict[str, Tensor],
) -> dict[str, Any]:
    """The running mean of the weights."""
    chance = random.Random(options.seed)
    optimiser = torch.optim.AdamW(network.parameters(), lr=options.rate, weight_decay=0.03)
    size = 12
    steps, done, began = options.epochs * math.ceil(len(train) / size), 0, time.time()
    mean = {name: value.clone() for name, value in network.state_dict().items()}
    for epoch in range(options.epochs):
        total = 0.0
        for some in batches(train, size, chance):
            left = max(0.02, 1 - max(done / steps, (time.time() - began) / 60 / options.minutes))
            for group in optimiser.param_groups:
                group["lr"] = options.rate * min(1, (done + 1) / 60) * left
            loss = loss_of(network, lay(some, chance), weights) / len(some)
            optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(network.parameters(), 2.0)
            optimiser.step()
            done, total = done + 1, total + loss.item()
            keep = min(0.99, done / (done + 20))
            with torch.no_grad():
                for name, value in network.state_dict().items():
                    if value.is_floating_point():
                        mean[name].lerp_(value, 1 - keep)
        print(epoch + 1, f"loss {total / math.ceil(len(train) / size):.3f} {time.time() - began:.0f}s", flush=True)
        if (epoch + 1) % 3 == 0 and epoch + 1 < options.epochs:
            report(network, aside, short=True)
        if (time.time() - began) / 60 > options.minutes:
            break
    return mean


def batches(shown: Sequence[Shown], size: int, chance: random.Random) -> Iterator[list[Shown]]:
    order = sorted(shown, key=lambda one: (len(one.head) // 40, chance.random()))
    groups = [order[at : at + size] for at in range(0, len(order), size)]
    chance.shuffle(groups)
    yield from groups


def _mentions(one: Shown, chance: random.Random | None) -> list[tuple[int, int, int]]:
    """Who is meant where; while learning as imperfect as it will be: some are missed, some mistaken, one unknown."""
    marks = [(int(a), int(b), int(c)) for a, b, c in one.mentions]
    narrow = chance is None or chance.random() < 0.75
    marks = [_noun(one, mark) if narrow and mark[2] >= one.people else mark for mark in marks]
    if chance is None or not marks:
        return sorted(marks)
    if chance.random() < 0.15:
        gone = chance.randrange(one.people + one.things)
        marks = [mark for mark in marks if mark[2] != gone]
    if one.people and chance.random() < 0.5:
        marks = _loosened(marks, chance.randrange(one.people), one.people + one.things, chance)
    share, mistaken = chance.random() * 0.3, chance.random() < 0.3
    kept = [mark for mark in marks if chance.random() > share]
    if mistaken:
        kept = [
            (a, b, chance.randrange(one.people) if c < one.people and a == b and chance.random() < 0.06 else c)
            for a, b, c in kept
        ]
    there = {mark[2] for mark in kept}
    for mark in marks:
        if mark[2] not in there:
            kept.append(mark)
            there.add(mark[2])
    return sorted(kept)


def _loosened(
    marks: list[tuple[int, int, int]], who: int, free: int, chance: random.Random
) -> list[tuple[int, int, int]]:
    """Somebody whose mentions nobody knows to be one person's: each is somebody else, who is not asked about."""
    found = []
    for first, last, one in marks:
        if one != who:
            found.append((first, last, one))
        elif last > first or chance.random() < 0.5:
            found.append((first, last, free))
            free += 1
    return found


def _noun(one: Shown, mark: tuple[int, int, int]) -> tuple[int, int, int]:
    """A thing is met by its noun alone."""
    first, last, which = mark
    head = next((at for at in range(first, last + 1) if not first <= int(one.head[at]) <= last), last)
    return head, head, which


class Laid:
    """A batch: what is given, what is asked, what is true."""

    def __init__(self, shown: Sequence[Shown], chance: random.Random | None) -> None:
        size, wide = len(shown), max(len(one.head) for one in shown)
        self.columns = {
            name: torch.zeros(size, wide, dtype=torch.long)
            for name in ("forms", "word_class", "relation", "head", "cue", "role", "speech")
        }
        self.vectors = torch.zeros(size, wide, shown[0].vectors.shape[1])
        self.hidden = torch.full((size, wide), -1e4)
        self.own = torch.zeros(size, wide, max(one.people + one.things for one in shown) + _MARKS)
        self.mentions: list[tuple[int, int, int]] = []
        self.which: list[int] = []
        self.far: list[Any] = []
        self.dead: list[tuple[int, int, Any]] = []
        self.tie: list[tuple[int, int, int, Any, float]] = []
        self.hand: list[tuple[int, int, int, Any]] = []
        for row, one in enumerate(shown):
            self._add(row, one, wide, chance)

    def _add(self, row: int, one: Shown, wide: int, chance: random.Random | None) -> None:
        words, base = len(one.head), len(self.far)
        for name, given in (
            ("forms", one.pieces),
            ("word_class", one.word_class),
            ("relation", one.relation),
            ("head", one.head),
            ("cue", one.cue),
            ("speech", one.speech),
        ):
            assert given is not None
            self.columns[name][row, :words] = torch.from_numpy(given.astype(np.int64))
        self.vectors[row, :words] = torch.from_numpy(one.vectors.astype(np.float32))
        self.hidden[row, :words] = 0
        marks = _mentions(one, chance)
        place = np.arange(wide)
        away = np.full((max([one.people + one.things, *(mark[2] + 1 for mark in marks)]), wide), _FAR)
        for first, last, who in marks:
            self.mentions.append((row, first, last))
            self.which.append(base + who)
            self.own[row, first : last + 1, min(who, self.own.shape[2] - 1)] = 1
            step = np.where(place < first, place - first, np.maximum(0, place - last))
            away[who] = np.where(np.abs(step) < np.abs(away[who]), step, away[who])
        things = self.own[row, :, one.people : one.people + one.things].sum(1)
        thing, person = things > 0, self.own[row].sum(1) - things > 0
        self.columns["role"][row] = torch.where(person, 1, torch.where(thing, 2, 0))
        self.far += [(row, steps) for steps in steps_away(away)]
        there = {who for _, _, who in marks}
        spots = {who: [(a, b) for a, b, c in marks if c == who] for who in there}
        people = [who for who in range(one.people) if who in there]
        kept = min(1.0, _STRANGERS / max(1, int((one.ties.max(-1) == 0).sum()) - one.people))
        for a in people:
            self.dead.append((row, base + a, (one.dead[a], one.shown[a])))
            for b in people:
                if a == b or _apart(spots[a], spots[b]) > _NEAR or one.ties[a, b].max() < 0:
                    continue
                nothing = one.ties[a, b].max() == 0
                if chance is None or not nothing:
                    self.tie.append((row, base + a, base + b, one.ties[a, b], 1.0))
                elif chance.random() < kept:
                    self.tie.append((row, base + a, base + b, one.ties[a, b], 1 / kept))
            for o in range(one.things):
                asked = one.people + o in there and one.hands[a, o].max() >= 0
                if asked and _apart(spots[a], spots[one.people + o]) <= _NEAR:
                    self.hand.append((row, base + a, base + one.people + o, one.hands[a, o]))


def lay(shown: Sequence[Shown], chance: random.Random | None) -> Laid:
    return Laid(shown, chance)


def _apart(ones: Sequence[tuple[int, int]], others: Sequence[tuple[int, int]]) -> int:
    return min(max(0, o[0] - s[1], s[0] - o[1]) for s in ones for o in others)


def answers(network: Claims, laid: Laid) -> dict[str, Tensor]:
    words = network.words(
        *(laid.columns[name] for name in ("forms",)),
        laid.vectors,
        *(laid.columns[name] for name in ("word_class", "relation", "head", "cue", "role", "speech")),
        laid.own,
        laid.hidden,
    )
    who = network.whom(words, torch.tensor(laid.mentions), torch.tensor(laid.which), len(laid.far))
    far = torch.from_numpy(np.stack([steps for _, steps in laid.far]))
    found: dict[str, Tensor] = {}
    if laid.dead:
        row, one = (torch.tensor([ask[at] for ask in laid.dead]) for at in (0, 1))
        seen, _ = network.of_one(words, row, [who[one]], [far[one]], laid.hidden)
        found["dead"] = network.dead(torch.cat([who[one], seen], 1))
    for name, asked, look, head in (
        ("tie", laid.tie, network.of_two, network.tie),
        ("hand", laid.hand, network.of_thing, network.hand),
    ):
        if asked:
            row, a, b = (torch.tensor([ask[at] for ask in asked]) for at in (0, 1, 2))  # type: ignore[misc]
            seen, _ = look(words, row, [who[a], who[b]], [far[a], far[b]], laid.hidden)
            found[name] = head(torch.cat([who[a], who[b], seen], 1))
    return found


def truths(laid: Laid) -> dict[str, Tensor]:
    true = {"dead": torch.tensor(np.array([ask[2] for ask in laid.dead], np.float32))}
    if laid.tie:
        ties = torch.tensor(np.stack([ask[3] for ask in laid.tie]).astype(np.float32))
        true["tie"] = torch.cat([ties, ties.amax(1, keepdim=True)], 1)
    if laid.hand:
        true["hand"] = torch.tensor(np.stack([ask[3] for ask in laid.hand]).astype(np.float32))
    return true


def loss_of(network: Claims, laid: Laid, weights: dict[str, Tensor]) -> Tensor:
    found, true = answers(network, laid), truths(laid)
    total = torch.zeros(())
    for name, odds in found.items():
        known = (true[name] >= 0).float()
        if name == "tie":
            known = known * torch.tensor([ask[4] for ask in laid.tie])[:, None]
        each = functional.binary_cross_entropy_with_logits(
            odds, true[name].clamp(min=0), reduction="none", pos_weight=weights[name]
        )
        total = total + (each * known).sum()
    return total


@torch.no_grad()
def judged(network: Claims, aside: Sequence[Shown]) -> dict[str, tuple[Any, Any]]:
    """Probabilities and truths over the texts set aside."""
    network.eval()
    found: dict[str, list[tuple[Any, Any]]] = {"dead": [], "tie": [], "hand": []}
    for at in range(0, len(aside), 16):
        laid = lay(aside[at : at + 16], None)
        true = truths(laid)
        for name, odds in answers(network, laid).items():
            found[name].append((torch.sigmoid(odds).numpy(), true[name].numpy()))
    network.train()
    return {name: tuple(map(np.concatenate, zip(*rows, strict=True))) for name, rows in found.items() if rows}  # type: ignore[misc]


def report(network: Claims, aside: Sequence[Shown], *, short: bool = False) -> None:
    """Found and true at several borders."""
    for name, (sure, true) in judged(network, aside).items():
        names = {"dead": ("dead",), "tie": TIES, "hand": HANDS}[name]
        sure, true = sure[:, : len(names)], true[:, : len(names)]
        for least in (0.3, 0.5, 0.7) if not short else (0.4,):
            print("  ", name, least, _line(sure >= least, true))
        if not short:
            for at, kind in enumerate(names):
                print("      ", kind, _line(sure[:, at] >= 0.4, true[:, at]))


def _line(said: Any, true: Any) -> str:
    said = said & (true >= 0)
    right, all_, known = float((said & (true == 1)).sum()), float(said.sum()), float((true == 1).sum())
    p, r = right / max(1, all_), right / max(1, known)
    return f"true {p:.2f} found {r:.2f} F1 {2 * p * r / max(1e-9, p + r):.3f} of {known:.0f}"


if __name__ == "__main__":
    main()
