"""How fast a pack not yet shipped reads, and how much memory it takes, on the beginning of a novel.

python -m training.pack.speed --pack FOLDER --text NOVEL --words 120000

The speed of the whole command with the pack that is shipped is `python -m benchmarks run m12`.
"""

from __future__ import annotations

import argparse
import gzip
import resource
import time
from pathlib import Path

import numpy as np

from fabula.encode import encode, open_network
from fabula.encode.link import link_places
from fabula.encode.pairs import place_mentions
from fabula.models import open_pack
from fabula.segment import segment
from fabula.segment.wording import lay_out
from fabula.story import Text

__all__ = ["main"]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--pack", type=Path, required=True)
    parser.add_argument("--text", type=Path, required=True)
    parser.add_argument("--words", type=int, default=120_000)
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args()
    opened = gzip.open if options.text.suffix == ".gz" else open
    with opened(options.text, "rt", encoding="utf-8") as file:
        content = file.read()
    wording = lay_out(segment(Text.of(content)))
    if len(wording) > options.words:
        wording = lay_out(segment(Text.of(content[: wording.ends[options.words - 1]])))
    began = time.perf_counter()
    pack = open_pack(options.pack)
    began = _tell("pack proved", began, len(wording))
    network = open_network(pack, threads=options.threads)
    began = _tell("network opened", began, len(wording))
    encoding = encode(wording, pack, network=network)
    began = _tell("encoded", began, len(wording))
    spans = [(m.first, m.last) for m in encoding.mentions()]
    began = _tell(f"{len(spans)} mentions chosen", began, len(wording))
    placed = place_mentions(wording.forms, spans, wording.quote, wording.paragraph)
    links = link_places(encoding, placed, network)
    _tell(f"{len(np.unique(links.clusters()))} groups linked", began, len(wording))


def _tell(what: str, began: float, words: int) -> float:
    now = time.perf_counter()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{what:28} {now - began:8.2f} s  {words / (now - began):10.0f} words/s  peak {peak:6.0f} MB")
    return now


if __name__ == "__main__":
    main()
