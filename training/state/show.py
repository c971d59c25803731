"""Show all pieces to the encoder and keep what it sees of them.

python -m training.state.show --to FILE
"""

from __future__ import annotations

import argparse
import pickle
import random
from pathlib import Path

from training.state.pieces import HERE, Piece, load_pieces
from training.state.shown import Shown, groups, name_pool, show, with_other_names

_TOGETHER = (1, 1, 3)
"""So many times all pieces are shown, and up to so many of them as one text."""
_RENAMED = 0.6
_ASIDE = 8


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--to", type=Path, required=True)
    options = parser.parse_args()
    learned, aside = list[Piece](), list[Piece]()
    for path in sorted(HERE.glob("*.txt")):
        for number, piece in enumerate(load_pieces(path)):
            (aside if number % _ASIDE == 5 else learned).append(piece)
    shown = [_shown([piece], aside=True) for piece in aside]
    pool = name_pool(learned)
    for seed, most in enumerate(_TOGETHER):
        chance = random.Random(seed)
        for some in groups(learned, chance, most=most):
            renamed = [with_other_names(p, pool, chance) if chance.random() < _RENAMED else p for p in some]
            shown.append(_shown(renamed, aside=False))
    options.to.parent.mkdir(parents=True, exist_ok=True)
    options.to.write_bytes(pickle.dumps(shown))
    print(f"{len(learned)} pieces in {len(shown) - len(aside)} texts, {len(aside)} set aside")


def _shown(pieces: list[Piece], *, aside: bool) -> Shown:
    _, _, one = show(pieces)
    one.aside = aside
    return one


if __name__ == "__main__":
    main()
