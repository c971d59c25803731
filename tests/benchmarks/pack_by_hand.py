"""A network that answers by chance, always the same, and a pack it could be of: what measures need of a model."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from benchmarks.corpora.marked import MarkedMention, MarkedText
from fabula.encode import Reading
from fabula.encode.windows import Feed
from fabula.models import FORMAT, Labels, Manifest, ModelPack, Views

TYPES = ("PER", "FAC", "GPE", "LOC", "VEH", "ORG")
LABELS = Labels(
    types=TYPES,
    forms=("name", "nominal", "pronoun"),
    classes=("NOUN", "PROPN", "VERB"),
    lemmas=("l0", "l1y", "k0"),
    modes=("spoken", "thought", "written"),
    relations=("nsubj", "nsubj:pass", "root"),
    ties=("sibling",),
    deeds=("gets",),
)
WIDEST, WIDTH = 3, 4
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
VOCABULARY = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", *_LETTERS, *(f"##{c}" for c in _LETTERS), *".,!?'\"—")

TEXT = MarkedText(
    name="by hand",
    forms=tuple('Anna saw the cat . " Go home , " she said . It went .'.split()),
    sentence=(0,) * 5 + (1,) * 8 + (2,) * 3,
    speech=(-1,) * 5 + (1,) * 5 + (-1,) * 6,
    mentions=(
        MarkedMention(0, 0, "PER", "name", "c1"),
        MarkedMention(2, 3, "PER", "nominal", "c2"),
        MarkedMention(10, 10, "PER", "pronoun", "c1"),
        MarkedMention(13, 13, "PER", "pronoun", "c2"),
    ),
    events=frozenset((1, 11, 14)),
)


class Chance:
    """Answers that follow from the first piece of each word. `shift` is added to the log odds of one head."""

    def __init__(self, *, shift: float = 0.0, head: str = "") -> None:
        self._chance, self._shift, self._head = np.random.default_rng(3), shift, head
        size = len(VOCABULARY)
        widths = {"mention": WIDEST * 7, "form": WIDEST * 3, "event": 1, "word_class": 3, "lemma": 3, "relation": 3}
        self._table = {name: self._chance.normal(size=(size, width)) for name, width in widths.items()}
        self._table |= {name: self._chance.normal(size=(size, WIDTH)) for name in ("begin", "close")}

    def read(self, feed: Feed) -> Reading:
        rows = np.take_along_axis(feed.pieces, feed.first, 1)
        said = {name: table[rows].astype(np.float32) for name, table in self._table.items()}
        if self._head in said:
            said[self._head][..., -1] += self._shift
        shape = rows.shape
        said["mention"] = said["mention"].reshape(*shape, WIDEST, 7)
        said["form"] = said["form"].reshape(*shape, WIDEST, 3)
        said["event"] = said["event"][..., 0]
        words = np.arange(shape[1])
        return Reading(**said, head=np.broadcast_to(np.maximum(0, words - 1), shape))

    def link(self, later: np.ndarray, earlier: np.ndarray, features: np.ndarray) -> np.ndarray:
        return later @ earlier.T + features.sum(-1) - 2 + (self._shift if self._head == "link" else 0)

    def voice(self, speeches: np.ndarray, mentions: np.ndarray, features: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        shift = self._shift if self._head == "voice" else 0
        return speeches @ mentions.T + shift, np.tile(np.arange(3.0), (len(speeches), 1))


def pack_by_hand(folder: Path) -> ModelPack:
    """A pack with nothing but pieces and labels, for networks that are no files."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "pieces.txt").write_text("\n".join(VOCABULARY) + "\n", encoding="utf-8")
    manifest = Manifest(
        format=FORMAT,
        name="by hand",
        made="2026-01-01",
        encoder="chance",
        heads={},
        labels=LABELS,
        views=Views(room=12, context=2, widest=WIDEST),
        files=(),
    )
    return ModelPack(folder, manifest)
