"""Measure a pack as `python -m benchmarks run m6` does, for `export.add_scores` to enter in its manifest.

python -m training.pack.score --pack FOLDER --to FILE
"""

from __future__ import annotations

import argparse
import datetime
import json
from pathlib import Path
from typing import Any

import msgspec

from benchmarks.metrics.marks import REACH
from benchmarks.metrics.tallies import Scored
from benchmarks.pack_running import PackRun, run_pack
from fabula.models import open_pack

__all__ = ["main"]

NAMES = {
    "mentions": "mentions F1",
    "events": "events F1",
    "coreference": "coreference CoNLL F1",
    "muc": "MUC F1",
    "b3": "B3 F1",
    "ceafe": "CEAFe F1",
    "class": "word class",
    "las": "LAS",
    "uas": "UAS",
    "las_full": "LAS, with subtypes",
}
"""What the manifest calls the measures."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--pack", type=Path, required=True)
    parser.add_argument("--to", type=Path)
    parser.add_argument("--treebank", default="test", choices=("dev", "test"))
    parser.add_argument("--reach", type=int, default=REACH)
    options = parser.parse_args()
    pack = open_pack(options.pack)
    run = run_pack(pack, part=options.treebank, reach=options.reach)
    scores = _scores(run, options.treebank)
    for score in scores:
        print(f"{score['measure']:28} {score['value']:.4f}  [{score['low']:.4f}, {score['high']:.4f}]  {score['on']}")
    if options.to:
        about = {
            "date": datetime.datetime.now(datetime.UTC).date().isoformat(),
            "pack": run.pack,
            "files": {file.name: file.sha256 for file in pack.manifest.files},
            "scores": scores,
        }
        options.to.write_text(json.dumps(about, indent=1) + "\n", encoding="utf-8")


def _scores(run: PackRun, part: str) -> list[dict[str, Any]]:
    on = [(run.marks, f"LitBank, {len(run.documents)} development documents"), (run.syntax, f"UD EWT {part}")]
    return [_score(name, scored, where) for scores, where in on for name, scored in scores.items()]


def _score(name: str, scored: Scored, on: str) -> dict[str, Any]:
    measure = NAMES.get(name, f"{name} F1" if name.isupper() else name)
    return {"measure": measure, "on": on, **msgspec.structs.asdict(scored)}


if __name__ == "__main__":
    main()
