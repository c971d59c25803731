"""Measure a pack as the runtime reads with it: LitBank's development documents (M6) and the test part of UD EWT.

python -m training.pack.score --pack FOLDER --to FILE
"""

from __future__ import annotations

import argparse
import datetime
import json
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.corpora.litbank import DEVELOPMENT
from fabula.encode.encode import encode_words
from fabula.encode.encoding import Encoding
from fabula.encode.link import link_mentions
from fabula.encode.session import Network, open_network
from fabula.models import ModelPack, open_pack
from training.pack.data import Marked, Parsed, litbank, treebank
from training.pack.labels import FORMS, TYPES
from training.pack.measures import Counts, bounds, conll, f1, same_group

__all__ = ["main"]

Row = dict[str, Counts]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--pack", type=Path, required=True)
    parser.add_argument("--to", type=Path)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--reach", type=int, default=200)
    options = parser.parse_args()
    pack = open_pack(options.pack)
    network = open_network(pack, threads=options.threads)
    stories = {name: _story(litbank(name), pack, network, options.reach) for name in DEVELOPMENT}
    texts = [_syntax(text, pack, network) for text in treebank("test")]
    scores = _scores(list(stories.values()), "LitBank, 12 development documents")
    scores += _scores(texts, "UD EWT test")
    for score in scores:
        print(f"{score['measure']:28} {score['value']:.4f}  [{score['low']:.4f}, {score['high']:.4f}]  {score['on']}")
    if options.to:
        documents = {name: {m: round(_value(m, [row]), 4) for m in _names([row])} for name, row in stories.items()}
        about = {
            "date": datetime.datetime.now(datetime.UTC).date().isoformat(),
            "pack": pack.name,
            "files": {file.name: file.sha256 for file in pack.manifest.files},
            "scores": scores,
            "documents": documents,
        }
        options.to.write_text(json.dumps(about, indent=1) + "\n", encoding="utf-8")


def _story(text: Marked, pack: ModelPack, network: Network, reach: int) -> Row:
    encoding = encode_words(text.forms, text.sentence, pack, network=network)
    found = list(encoding.mentions())
    spans = {(m.first, m.last, TYPES.index(m.type)) for m in found}
    gold = {span[:3] for span in text.spans}
    row = {"mentions F1": _overlap(spans, gold)}
    form = {(m.first, m.last): FORMS.index(m.form) for m in found}
    for number, name in enumerate(FORMS):
        known = {(a, b) for a, b, _, f, _ in text.spans if f == number}
        row[f"{name}s F1, place alone"] = _overlap({place for place, own in form.items() if own == number}, known)
    for number, name in enumerate(TYPES):
        row[f"{name} F1"] = _overlap({s for s in spans if s[2] == number}, {g for g in gold if g[2] == number})
    told = {i for i, event in enumerate(text.events) if event}
    row["events F1"] = _overlap(set(np.flatnonzero(encoding.event > 0).tolist()), told)
    return row | _coreference(text, encoding, network, reach)


def _coreference(text: Marked, encoding: Encoding, network: Network, reach: int) -> Row:
    chosen = np.array([m.number for m in encoding.mentions()], np.int64)
    numbers = link_mentions(encoding, text.forms, network, chosen, reach=reach).clusters()
    places = [(int(encoding.first[n]), int(encoding.last[n])) for n in chosen]
    predicted = same_group(zip(places, numbers.tolist(), strict=True))
    known = same_group(((a, b), who) for a, b, _, _, who in text.spans)
    return dict(zip(("MUC F1", "B3 F1", "CEAFe F1"), conll(predicted, known), strict=True))


def _syntax(text: Parsed, pack: ModelPack, network: Network) -> Row:
    encoding = encode_words(text.forms, text.sentence, pack, network=network)
    many = len(text.forms)
    universal = [label.split(":")[0] for label in pack.manifest.labels.relations]
    classes = np.array(text.classes) == encoding.word_class
    heads = np.array(text.heads) == encoding.head
    wanted = [universal[r] for r in text.relations]
    labels = np.array([a == universal[b] for a, b in zip(wanted, encoding.relation.tolist(), strict=True)])
    full = np.array(text.relations) == encoding.relation
    right = {"word class": classes, "UAS": heads, "LAS": heads & labels, "LAS, with subtypes": heads & full}
    return {name: (float(hits.sum()), many, float(hits.sum()), many) for name, hits in right.items()}


def _overlap(predicted: set[Any], known: set[Any]) -> Counts:
    right = len(predicted & known)
    return right, len(predicted), right, len(known)


def _names(rows: Sequence[Row]) -> list[str]:
    return [*rows[0], *(["coreference CoNLL F1"] if "MUC F1" in rows[0] else [])]


def _value(measure: str, rows: Sequence[Row]) -> float:
    if measure == "coreference CoNLL F1":
        return sum(f1(row[name] for row in rows) for name in ("MUC F1", "B3 F1", "CEAFe F1")) / 3
    return f1(row[measure] for row in rows)


def _scores(rows: Sequence[Row], on: str) -> list[dict[str, Any]]:
    scores = []
    for measure in _names(rows):
        low, high = bounds(rows, partial(_value, measure))
        value = _value(measure, rows)
        scores.append(
            {"measure": measure, "on": on, "value": round(value, 4), "low": round(low, 4), "high": round(high, 4)}
        )
    return scores


if __name__ == "__main__":
    main()
