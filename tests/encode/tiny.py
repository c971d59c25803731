"""A model pack of a few kilobytes with weights drawn by chance, written byte by byte: no training tool is needed.

And what else the tests of the encoder share: a network that remembers what it was asked, and encodings made by hand.
"""

from __future__ import annotations

import hashlib
import weakref
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import msgspec
import numpy as np

from fabula.encode import Answer, Encoding, Network, Question, Reading
from fabula.encode.claims import ANSWERS
from fabula.encode.pairs import LINK_FEATURES, VOICE_FEATURES
from fabula.encode.session import HEADS
from fabula.encode.windows import Feed
from fabula.models import FORMAT, Labels, Manifest, ModelPack, PackedFile, Views, open_pack

TYPES = ("PER", "FAC", "GPE", "LOC", "VEH", "ORG")
LABELS = Labels(
    types=TYPES,
    forms=("name", "nominal", "pronoun"),
    classes=("NOUN", "PROPN", "VERB"),
    lemmas=("l0", "k0", "l2e"),
    modes=("spoken", "thought"),
    relations=("obj", "root"),
    ties=("sibling", "boss"),
    deeds=("gets", "has"),
)
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
VOCABULARY = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", *_LETTERS, *(f"##{c}" for c in _LETTERS), *".,!?'\"—…")
WIDEST, INNER = 3, 4
_FLOAT, _INT64 = 1, 7


def tiny_pack(folder: Path, *, room: int = 20, context: int = 4, seed: int = 7) -> ModelPack:
    """Write the pack into `folder` and open it. Each letter is a piece."""
    folder.mkdir(parents=True, exist_ok=True)
    contents = {
        "encoder.onnx": _encoder(seed),
        "link.onnx": _pairs(seed + 1, LINK_FEATURES),
        "voices.onnx": _pairs(seed + 2, VOICE_FEATURES, modes=len(LABELS.modes)),
        "claims.onnx": _claims(seed + 3),
        "pieces.txt": ("\n".join(VOCABULARY) + "\n").encode(),
    }
    for name, content in contents.items():
        (folder / name).write_bytes(content)
    manifest = Manifest(
        format=FORMAT,
        name="tiny",
        made="2026-01-01",
        encoder="chance",
        heads={"mention": 1},
        labels=LABELS,
        views=Views(room=room, context=context, widest=WIDEST),
        files=tuple(PackedFile(n, hashlib.sha256(c).hexdigest(), len(c)) for n, c in contents.items()),
    )
    (folder / "manifest.json").write_bytes(msgspec.json.encode(manifest))
    return open_pack(folder)


class Counting:
    """A network that remembers what it was asked: windows in each call, and how many readings were held at once."""

    def __init__(self, network: Network) -> None:
        self._network = network
        self.calls: list[int] = []
        self.linked = self.voiced = self.claimed = 0
        self.held = self.most_held = 0

    @property
    def windows(self) -> int:
        return sum(self.calls)

    def read(self, feed: Feed) -> Reading:
        self.calls.append(len(feed.pieces))
        reading = self._network.read(feed)
        self.held += 1
        self.most_held = max(self.most_held, self.held)
        weakref.finalize(reading.mention, self._let_go)
        return reading

    def link(self, later: Any, earlier: Any, features: Any) -> Any:
        self.linked += 1
        return self._network.link(later, earlier, features)

    def voice(self, speeches: Any, mentions: Any, features: Any) -> Any:
        self.voiced += 1
        return self._network.voice(speeches, mentions, features)

    def claim(self, question: Question) -> Answer:
        self.claimed += 1
        return self._network.claim(question)

    def _let_go(self) -> None:
        self.held -= 1


def blank_encoding(words: int, *, mentions: int = 0, **columns: object) -> Encoding:
    """An encoding that says nothing of any word, but for the columns given."""
    number, float32 = np.int32, np.float32
    blank = {
        "labels": LABELS,
        "event": np.full(words, -5, float32),
        "word_class": np.zeros(words, np.uint8),
        "class_score": np.ones(words, float32),
        "lemma": np.zeros(words, np.uint8),
        "head": np.arange(words, dtype=number),
        "relation": np.ones(words, np.uint8),
        "first": np.zeros(mentions, number),
        "last": np.zeros(mentions, number),
        "type": np.zeros(mentions, np.uint8),
        "form": np.zeros(mentions, np.uint8),
        "score": np.zeros(mentions, float32),
        "begin": np.zeros((words, INNER), np.int8),
        "begin_step": np.ones(words, float32),
        "close": np.zeros((words, INNER), np.int8),
        "close_step": np.ones(words, float32),
    }
    given = {name: np.asarray(value, blank[name].dtype) for name, value in columns.items()}
    return Encoding(**{**blank, **given})


def _encoder(seed: int) -> bytes:
    """Each word is the vector of its first piece; a word is governed by the most like it in its sentence."""
    chance = np.random.default_rng(seed)
    widths = {
        "mention": WIDEST * 7,
        "form": WIDEST * 3,
        "event": 1,
        "word_class": len(LABELS.classes),
        "lemma": len(LABELS.lemmas),
        "relation": len(LABELS.relations),
        "begin": INNER,
        "close": INNER,
    }
    shapes = {"mention": [0, 0, WIDEST, 7], "form": [0, 0, WIDEST, 3], "event": [0, 0]}
    nodes = [
        _node("GatherElements", ["pieces", "first"], "word_piece", axis=1),
        _node("Gather", ["table", "word_piece"], "words"),
        _node("Transpose", ["words"], "turned", perm=[0, 2, 1]),
        _node("MatMul", ["words", "turned"], "alike"),
        _node("Unsqueeze", ["sentence", "two"], "down"),
        _node("Unsqueeze", ["sentence", "one"], "across"),
        _node("Equal", ["down", "across"], "together"),
        _node("Where", ["together", "alike", "never"], "arcs"),
        _node("ArgMax", ["arcs"], "head", axis=2, keepdims=0),
        # The casing is asked for as every encoder does, though nothing is made of it.
        _node("Identity", ["casing"], "unused"),
    ]
    given = {
        "table": chance.normal(size=(len(VOCABULARY), INNER)),
        "one": np.array([1]),
        "two": np.array([2]),
        "never": np.array([-1e4]),
    }
    for head, width in widths.items():
        given[f"of_{head}"] = chance.normal(size=(INNER, width))
        flat = f"flat_{head}" if head in shapes else head
        nodes.append(_node("MatMul", ["words", f"of_{head}"], flat))
        if head in shapes:
            given[f"shape_{head}"] = np.array(shapes[head])
            nodes.append(_node("Reshape", [flat, f"shape_{head}"], head))
    inputs = [_value(name, _INT64, 2) for name in ("pieces", "casing", "first", "sentence")]
    ranks = {"mention": 4, "form": 4, "event": 2}
    outputs = [
        _value(name, _INT64, 2) if name == "head" else _value(name, _FLOAT, ranks.get(name, 3)) for name in HEADS
    ]
    return _model(nodes, given, inputs, [*outputs, _value("unused", _INT64, 2)])


def _pairs(seed: int, features: int, *, modes: int = 0) -> bytes:
    """Each of N is compared with each of M by how alike their vectors are and by the pair's features."""
    chance = np.random.default_rng(seed)
    nodes = [
        _node("Transpose", ["other"], "turned", perm=[1, 0]),
        _node("MatMul", ["one", "turned"], "alike"),
        _node("MatMul", ["features", "of_features"], "column"),
        _node("Squeeze", ["column", "last"], "seen"),
        _node("Add", ["alike", "seen"], "score"),
    ]
    given = {"of_features": chance.normal(size=(features, 1)), "last": np.array([2])}
    outputs = [_value("score", _FLOAT, 2)]
    if modes:
        given["of_mode"] = chance.normal(size=(INNER, modes))
        nodes.append(_node("MatMul", ["one", "of_mode"], "mode"))
        outputs.append(_value("mode", _FLOAT, 2))
    inputs = [_value("one", _FLOAT, 2), _value("other", _FLOAT, 2), _value("features", _FLOAT, 3)]
    return _model(nodes, given, inputs, outputs)


def _claims(seed: int) -> bytes:
    """Each person, pair or hand is the sum of the vectors of the words near them; all words weigh the same."""
    chance = np.random.default_rng(seed)
    widths = {"dead": 2, "tie": len(LABELS.ties) + 1, "hand": len(LABELS.deeds)}
    nodes = [
        _node("Cast", ["far"], "steps", to=_FLOAT),
        _node("MatMul", ["steps", "vectors"], "who"),
        _node("Mul", ["steps", "nothing"], "level"),
        _node("Add", ["level", "one"], "weights"),
        *(_node("Identity", [name], f"unused_{name}") for name in _UNASKED),
    ]
    given = {"nothing": np.array([0.0]), "one": np.array([1.0])}
    for name, asked in (("dead", "people"), ("tie", "pairs"), ("hand", "hands")):
        given[f"of_{name}"] = chance.normal(size=(2 * INNER, widths[name]))
        whom = asked
        if asked != "people":
            nodes.append(_node("Gather", [asked, "zero"], f"first_{asked}", axis=1))
            given["zero"] = np.array(0)
            whom = f"first_{asked}"
        nodes += [
            _node("Gather", ["who", whom], f"{name}_who"),
            _node("MatMul", [f"{name}_who", f"of_{name}"], name),
            _node("Gather", ["weights", whom], f"{name}_seen"),
        ]
    ranks = {"vectors": 2, "own": 2, "far": 2, "mentions": 2, "pairs": 2, "hands": 2}
    inputs = [
        _value(name, _FLOAT if name in ("vectors", "own") else _INT64, ranks.get(name, 1)) for name in Question._fields
    ]
    unused = [_value(f"unused_{name}", _FLOAT if name == "own" else _INT64, ranks.get(name, 1)) for name in _UNASKED]
    return _model(nodes, given, inputs, [*(_value(name, _FLOAT, 2) for name in ANSWERS), *unused])


_UNASKED = ("forms", "word_class", "relation", "head", "cue", "role", "speech", "own", "mentions", "which")


# The rest writes the few messages of ONNX's protocol buffer that a graph needs.


def _model(
    nodes: Iterable[bytes], given: dict[str, np.ndarray], inputs: Iterable[bytes], outputs: Iterable[bytes]
) -> bytes:
    graph = b"".join(_field(1, node) for node in nodes) + _field(2, b"tiny")
    graph += b"".join(_field(5, _tensor(name, values)) for name, values in given.items())
    graph += b"".join(_field(11, value) for value in inputs) + b"".join(_field(12, value) for value in outputs)
    return _field(1, 8) + _field(8, _field(1, b"") + _field(2, 17)) + _field(7, graph)


def _node(kind: str, inputs: Iterable[str], output: str, **attributes: int | list[int]) -> bytes:
    node = b"".join(_field(1, name.encode()) for name in inputs) + _field(2, output.encode()) + _field(4, kind.encode())
    for name, value in attributes.items():
        if isinstance(value, int):
            own = _field(3, value) + _field(20, 2)
        else:
            own = b"".join(_field(8, number) for number in value) + _field(20, 7)
        node += _field(5, _field(1, name.encode()) + own)
    return node


def _tensor(name: str, values: np.ndarray) -> bytes:
    whole = np.issubdtype(values.dtype, np.integer)
    dims = b"".join(_field(1, size) for size in values.shape)
    raw = values.astype("<i8" if whole else "<f4").tobytes()
    return dims + _field(2, _INT64 if whole else _FLOAT) + _field(8, name.encode()) + _field(9, raw)


def _value(name: str, kind: int, rank: int) -> bytes:
    shape = b"".join(_field(1, _field(2, f"{name}{axis}".encode())) for axis in range(rank))
    return _field(1, name.encode()) + _field(2, _field(1, _field(1, kind) + _field(2, shape)))


def _field(number: int, value: int | bytes) -> bytes:
    if isinstance(value, int):
        return _varint(number << 3) + _varint(value)
    return _varint(number << 3 | 2) + _varint(len(value)) + value


def _varint(value: int) -> bytes:
    parts = []
    while value > 127:
        parts.append(value & 127 | 128)
        value >>= 7
    return bytes([*parts, value])
