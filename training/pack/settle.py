"""Learn the heads of syntax on, while the encoder stands still: among few sentences, and among as many as a book has.

    python -m training.pack.settle --start MODEL_FOLDER --seed 1

What the encoder makes of the treebank is kept in memory (about 5 GB), so an epoch takes half a minute on two cores.
The running mean of `checkpoints/pack-SEED/last.pt` gets the heads so learned, in place; what stood there is kept as
`unsettled.pt`. The steps of `learn` show the heads short windows only, and in windows as long as those of a book the
same words were parsed worse (UD EWT's development part: LAS .869 in windows of 126 pieces, .850 in 382).
"""

from __future__ import annotations

import argparse
import copy
import random
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

import torch
from torch import Tensor, nn
from torch.nn import functional

from fabula.encode.pieces import Pieces
from training.pack.batches import ROOM, SyntaxBatch, syntax_batches
from training.pack.data import treebank
from training.pack.export import open_learned
from training.pack.learn import checkpoint_folder, vocabulary
from training.pack.losses import syntax_loss
from training.pack.network import WIDTH, Network, Syntax, Words

__all__ = ["main"]

_EPOCHS, _RATE, _DROP, _WARM = 8, 1e-3, 0.3, 100
_MEAN = 0.998
_ROOMS = (ROOM, 126, 240, ROOM)
"""Pieces of a window, for each time the treebank is read, each with other contractions joined."""


class Seen(NamedTuple):
    """A batch, and what every layer made of its words: layers×B×W×WIDTH."""

    states: Tensor
    batch: SyntaxBatch


class Parser(nn.Module):
    """The part that learns: which layers are mixed, and the heads of syntax."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.mix = nn.Parameter(network.mix.detach().clone())
        self.syntax: Syntax = copy.deepcopy(network.syntax)
        for module in self.modules():
            if isinstance(module, nn.Dropout):
                module.p = _DROP

    def words(self, states: Tensor) -> Words:
        shares = torch.softmax(self.mix, 0)
        mixed = torch.stack([state.float() * share for state, share in zip(states, shares, strict=True)]).sum(0)
        dropped = functional.dropout(mixed, _DROP, self.training)
        return Words(dropped, dropped)


def main() -> None:
    options = _options()
    torch.set_num_threads(options.threads)
    torch.manual_seed(options.seed - 1)
    chance = random.Random(options.seed + 4)
    network = open_learned(options.start, options.seed).network
    marks = Pieces(vocabulary(options.start))
    learning = [
        _read(network, syntax_batches(list(treebank("train", join=0.4, chance=chance)), marks, chance, room=room))
        for room in _ROOMS
    ]
    fixed = random.Random(1)
    judging = _read(network, syntax_batches(list(treebank("dev", join=0.0, chance=fixed)), marks, fixed, room=ROOM))
    _store(_learn(Parser(network), learning, judging), checkpoint_folder(options.seed))


@torch.no_grad()
def _read(network: Network, batches: Iterable[SyntaxBatch]) -> list[Seen]:
    seen = []
    for batch in batches:
        pieces, casing, first, _ = batch.feed
        index = first[:, :, None].expand(-1, -1, WIDTH)
        with torch.autocast("cpu", dtype=torch.bfloat16):
            states = [torch.gather(state, 1, index).bfloat16() for state in network.encoder(pieces, casing)]
        seen.append(Seen(torch.stack(states), batch))
    return seen


def _learn(parser: Parser, learning: list[list[Seen]], judging: list[Seen]) -> Parser:
    mean = copy.deepcopy(parser)
    optimiser = torch.optim.AdamW(parser.parameters(), lr=_RATE, betas=(0.9, 0.98), weight_decay=0.01)
    order = random.Random(3)
    steps, done = _EPOCHS * len(learning[0]), 0
    for epoch in range(_EPOCHS):
        rows = list(learning[epoch % len(learning)])
        order.shuffle(rows)
        for states, batch in rows:
            for group in optimiser.param_groups:
                group["lr"] = _RATE * min(1, (done + 1) / _WARM) * max(0.0, 1 - done / steps)
            optimiser.zero_grad()
            torch.stack(list(syntax_loss(parser, parser.words(states), batch).values())).sum().backward()
            torch.nn.utils.clip_grad_norm_(parser.parameters(), 2.0)
            optimiser.step()
            done += 1
            with torch.no_grad():
                for kept, new in zip(mean.parameters(), parser.parameters(), strict=True):
                    kept.lerp_(new, max(1 - _MEAN, 1 / (done + 1)))
        print(f"epoch {epoch + 1}: LAS {_las(mean, judging):.4f}", flush=True)
    return mean


@torch.no_grad()
def _las(parser: Parser, judging: list[Seen]) -> float:
    """Share of words of the development part with the right governor and relation."""
    parser.eval()
    right = known = 0
    for states, batch in judging:
        words = parser.words(states).parsed
        head = parser.syntax.arcs(words, batch.feed[3]).argmax(-1)
        relation = parser.syntax.relations(words, head).argmax(-1)
        asked = batch.heads != -100
        right += int(((head == batch.heads) & (relation == batch.relations) & asked).sum())
        known += int(asked.sum())
    return right / known


def _store(parser: Parser, folder: Path) -> None:
    stored = torch.load(folder / "last.pt", weights_only=True)
    torch.save(stored, folder / "unsettled.pt")
    mean = stored["mean"]
    mean["network.mix"] = parser.mix.detach()
    mean.update({f"network.syntax.{name}": part for name, part in parser.syntax.state_dict().items()})
    torch.save(stored, folder / "next.pt")
    (folder / "next.pt").replace(folder / "last.pt")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--start", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=2)
    return parser.parse_args()


if __name__ == "__main__":
    main()
