"""How far the exported pack strays from the network it was made of, head by head, on LitBank's development documents.

    python -m training.pack.parity --start MODEL_FOLDER --seed 1 --pack FOLDER

Agreement is the share of decisions that are the same; strays are in log odds.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from benchmarks.corpora.litbank import DEVELOPMENT
from fabula.encode.pieces import Pieces
from fabula.encode.session import HEADS, Reading, open_network
from fabula.encode.windows import Feed, cut_windows, lay_feed
from fabula.models import open_pack
from training.pack.batches import CONTEXT, ROOM
from training.pack.data import litbank
from training.pack.export import open_learned
from training.pack.learn import vocabulary
from training.pack.network import Network

__all__ = ["main"]

LEAST = {"mention": 0.999, "form": 0.98, "event": 0.99, "word_class": 0.985, "head": 0.94, "relation": 0.97}
"""Share of decisions that must be the same for a pack to ship; for mentions, over all stretches of words."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--start", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--pack", type=Path, required=True)
    parser.add_argument("--documents", type=int, default=3)
    parser.add_argument("--to", type=Path)
    options = parser.parse_args()
    torch.set_num_threads(2)
    network, _ = open_learned(options.start, options.seed)
    session = open_network(open_pack(options.pack), threads=2)
    marks = Pieces(vocabulary(options.start))
    strays: dict[str, list[tuple[float, float, float]]] = {name: [] for name in HEADS}
    for name in DEVELOPMENT[: options.documents]:
        text = litbank(name)
        spellings = marks.spell(text.forms)
        windows = cut_windows([len(s[0]) for s in spellings], text.sentence, room=ROOM, context=CONTEXT)
        for window in windows:
            feed = lay_feed([window], spellings, text.sentence, marks)
            _compare(_read(network, feed), session.read(feed), strays)
    found = {}
    for head, rows in strays.items():
        same, mean, most = (np.array(column) for column in zip(*rows, strict=True))
        found[head] = {"agreement": round(same.mean(), 5), "mean": round(mean.mean(), 4), "most": round(most.max(), 3)}
        fails = "" if found[head]["agreement"] >= LEAST.get(head, 0.0) else f"  LESS THAN {LEAST[head]}"
        print(f"{head:12} {found[head]}{fails}")
    if options.to:
        options.to.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")


def _read(network: Network, feed: Feed) -> Reading:
    with torch.no_grad():
        found = network(*(torch.from_numpy(column) for column in feed))._asdict()
    return Reading(**{name: found[name].numpy() for name in HEADS})


def _compare(known: Reading, given: Reading, strays: dict[str, list[tuple[float, float, float]]]) -> None:
    for head in HEADS:
        one, other = getattr(known, head), getattr(given, head)
        if head == "form":
            # The form is only asked of what is a mention.
            there = known.mention.argmax(-1) > 0
            one, other = one[there], other[there]
        away = np.abs(one.astype(np.float64) - other)
        strays[head].append((float((_chosen(head, one) == _chosen(head, other)).mean()), away.mean(), away.max()))


def _chosen(head: str, odds: NDArray[np.float32]) -> NDArray[np.int64]:
    if head == "head":
        return odds.astype(np.int64)
    if head == "event":
        return (odds > 0).astype(np.int64)
    if head in ("begin", "close"):
        return (odds * 0).astype(np.int64)
    best: NDArray[np.int64] = odds.argmax(-1)
    return best


if __name__ == "__main__":
    main()
