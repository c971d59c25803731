"""How far an exported pack strays from the network it was made of, head by head; fails where that is more than allowed.

    python -m training.pack.parity --seed 1 --pack FOLDER --to FILE

Both are asked the same of LitBank's development documents. The exit code is 1 where a head decides the same less often
than `benchmarks.metrics.parity.LEAST` says, 2 where the pack was not made of this checkpoint. What is written to FILE
goes with the pack's dated result: `python -m benchmarks run m6 --parity FILE`.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
from collections.abc import Sequence
from pathlib import Path

import msgspec
import numpy as np
import torch
from numpy.typing import NDArray

from benchmarks.corpora.litbank import DEVELOPMENT
from benchmarks.corpora.marked import load_marked
from benchmarks.metrics.parity import Parity, compare_networks
from benchmarks.pack_tables import parity_table
from fabula.encode.pieces import Pieces
from fabula.encode.session import HEADS, Network, Reading, open_network
from fabula.encode.windows import Feed
from fabula.models import ModelPack, open_pack
from fabula.models.pack import PIECES
from training.pack.learn import Learned, checkpoint_folder, vocabulary

__all__ = ["NotThis", "Torch", "main", "measure_parity"]

Floats = NDArray[np.float32]

_SAME = 1e-3
"""How far the comparers of pack and checkpoint may stray, in log odds: they keep their 32-bit weights."""


class NotThis(Exception):
    """The pack was not made of this checkpoint. `str(error)` is one line."""


class Torch:
    """The network as it was learned, asked as the runtime asks a pack."""

    def __init__(self, learned: Learned) -> None:
        self._learned = learned.eval()

    def read(self, feed: Feed) -> Reading:
        with torch.no_grad():
            found = self._learned.network(*(torch.from_numpy(column) for column in feed))._asdict()
        return Reading(**{name: found[name].numpy() for name in HEADS})

    def link(self, later: Floats, earlier: Floats, features: Floats) -> Floats:
        with torch.no_grad():
            scores: Floats = self._learned.linker(*map(torch.from_numpy, (later, earlier, features))).numpy()
        return scores

    def voice(self, speeches: Floats, mentions: Floats, features: Floats) -> tuple[Floats, Floats]:
        with torch.no_grad():
            score, mode = self._learned.voices(*map(torch.from_numpy, (speeches, mentions, features)))
        return score.numpy(), mode.numpy()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--pack", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--checkpoint", type=Path, help="default: the last one of the seed")
    parser.add_argument("--start", type=Path, help="prove too that the pack's pieces are those of this folder")
    parser.add_argument("--documents", type=int, default=len(DEVELOPMENT))
    parser.add_argument("--to", type=Path)
    options = parser.parse_args()
    torch.set_num_threads(2)
    pack = open_pack(options.pack)
    if options.start and _pieces(pack) != vocabulary(options.start):
        sys.exit(f"the pieces of {options.pack} are not those of {options.start}")
    checkpoint = options.checkpoint or checkpoint_folder(options.seed) / "last.pt"
    try:
        parity = measure_parity(pack, checkpoint, DEVELOPMENT[: options.documents])
    except NotThis as error:
        print(error)
        sys.exit(2)
    print(parity_table(parity))
    if options.to:
        options.to.write_bytes(msgspec.json.format(msgspec.json.encode(parity), indent=1) + b"\n")
    for head in parity.heads:
        if not head.holds:
            print(f"FAILED {head.head}: {head.agreement:.4f} of the decisions are the same, not {head.least}")
    sys.exit(0 if parity.holds else 1)


def measure_parity(pack: ModelPack, checkpoint: Path, documents: Sequence[str]) -> Parity:
    """A pack beside the running mean of the weights in a checkpoint, on some documents of LitBank.

    Raises:
        NotThis: if the pack was not made of this checkpoint.
        DataAbsent: if the documents, or the treebank that gives the rules for lemmas, are not on this machine.
    """
    learned = Learned(len(_pieces(pack)))
    stored = torch.load(checkpoint, weights_only=True, map_location="cpu")
    try:
        learned.load_state_dict(stored["mean"])
    except RuntimeError as error:
        raise NotThis(f"{checkpoint} is of another shape than {pack.name}") from error
    known, given = Torch(learned), open_network(pack, threads=2)
    _prove_same(known, given, learned, f"{pack.name} was not made of {checkpoint}")
    texts = [load_marked(name) for name in documents]
    return Parity(
        pack=pack.digest,
        checkpoint=hashlib.sha256(checkpoint.read_bytes()).hexdigest(),
        documents=tuple(documents),
        heads=compare_networks(known, given, pack, Pieces(_pieces(pack)), texts),
    )


def _prove_same(known: Network, given: Network, learned: Learned, otherwise: str) -> None:
    """The comparers are exported as they are: two that answer alike on noise were one."""
    chance = np.random.default_rng(0)
    pairing = learned.linker.pairing
    one, other = (chance.normal(size=(n, pairing.one.in_features)).astype(np.float32) for n in (5, 7))
    features = chance.random((5, 7, pairing.seen.in_features)).astype(np.float32)
    try:
        away = np.abs(known.link(one, other, features) - given.link(one, other, features)).max()
    except Exception as error:
        raise NotThis(otherwise) from error
    if away > _SAME:
        raise NotThis(otherwise)


def _pieces(pack: ModelPack) -> list[str]:
    return pack.path(PIECES).read_text(encoding="utf-8").rstrip("\n").split("\n")


if __name__ == "__main__":
    main()
