"""The network behind the pack: one small encoder over pieces, and the heads that read words from it."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

from fabula.encode.link import FEATURES
from training.pack.labels import CLASSES, FORMS, RELATIONS, TYPES

__all__ = ["DEPTH", "WIDEST", "WIDTH", "Linker", "Network", "Read", "begin_from"]

WIDTH, DEPTH, INNER, PARTS = 384, 6, 1536, 12
CASINGS = 5
WIDEST = 24
"""Longest mention in words: 99.6 % of the training mentions are no longer."""
SPAN = 128
ARC = 192
LABEL = 96
LINK = 128


class Read(NamedTuple):
    """What the heads say of a batch of windows. B windows, W words, K widths."""

    mention: Tensor
    """B×W×K×(1 + types): the span that begins here and is k + 1 words long; column 0 is "no mention"."""
    form: Tensor
    """B×W×K×forms."""
    event: Tensor
    """B×W: log odds that this word tells of something that happens."""
    word_class: Tensor
    """B×W×classes."""
    arc: Tensor
    """B×W×W: how well the column's word governs the row's; the word itself stands for "root"."""
    head: Tensor
    """B×W: the best governor within the sentence."""
    relation: Tensor
    """B×W×relations, to that governor."""
    begin: Tensor
    """B×W×LINK: this word's half of the vector of a mention that begins here."""
    close: Tensor
    """B×W×LINK: and of one that ends here."""


class Layer(nn.Module):
    """One layer of BERT."""

    def __init__(self, drop: float) -> None:
        super().__init__()
        self.query, self.key, self.value = (nn.Linear(WIDTH, WIDTH) for _ in range(3))
        self.mixed = nn.Linear(WIDTH, WIDTH)
        self.mixed_norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.wide, self.narrow = nn.Linear(WIDTH, INNER), nn.Linear(INNER, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.drop = nn.Dropout(drop)

    def forward(self, x: Tensor, hidden: Tensor) -> Tensor:
        batch, length, _ = x.shape

        def parted(y: Tensor) -> Tensor:
            return y.view(batch, length, PARTS, WIDTH // PARTS).transpose(1, 2)

        query, key, value = parted(self.query(x)), parted(self.key(x)), parted(self.value(x))
        weight = torch.matmul(query, key.transpose(-1, -2)) * (WIDTH // PARTS) ** -0.5 + hidden
        mixed = torch.matmul(torch.softmax(weight, -1), value).transpose(1, 2).reshape(batch, length, WIDTH)
        x = self.mixed_norm(x + self.drop(self.mixed(mixed)))
        return self.norm(x + self.drop(self.narrow(functional.gelu(self.wide(x)))))


class Encoder(nn.Module):
    """BERT of six layers, with the casing of each piece as an input of its own."""

    def __init__(self, pieces: int, drop: float) -> None:
        super().__init__()
        self.piece = nn.Embedding(pieces, WIDTH)
        self.place = nn.Embedding(512, WIDTH)
        self.casing = nn.Embedding(CASINGS, WIDTH)
        nn.init.zeros_(self.casing.weight)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.layers = nn.ModuleList(Layer(drop) for _ in range(DEPTH))
        self.drop = nn.Dropout(drop)

    def forward(self, pieces: Tensor, casing: Tensor) -> Tensor:
        places = torch.arange(pieces.shape[1], device=pieces.device)
        x = self.piece(pieces) + self.place(places)[None] + self.casing(casing)
        x = self.drop(self.norm(x))
        hidden = (pieces == 0).to(x.dtype)[:, None, None, :] * -1e4
        for layer in self.layers:
            x = layer(x, hidden)
        return x


def _small(to: int, drop: float) -> nn.Sequential:
    return nn.Sequential(nn.Linear(WIDTH, to), nn.GELU(), nn.Dropout(drop))


class Spans(nn.Module):
    """Nested mentions: every stretch of up to `WIDEST` words by its first and its last word."""

    def __init__(self, drop: float) -> None:
        super().__init__()
        self.first, self.last = _small(SPAN, drop), _small(SPAN, drop)
        kinds = 1 + len(TYPES)
        self.pair = nn.Parameter(torch.randn(SPAN, kinds, SPAN) * 0.5 / SPAN)
        self.of_first, self.of_last = nn.Linear(SPAN, kinds), nn.Linear(SPAN, kinds)
        self.form_first, self.form_last = nn.Linear(SPAN, len(FORMS)), nn.Linear(SPAN, len(FORMS))
        self.wide = nn.Parameter(torch.zeros(WIDEST, kinds))
        # Most spans are no mention: to begin there saves the first hundred steps.
        nn.init.constant_(self.wide[:, 0], 5.0)
        self.form_wide = nn.Parameter(torch.zeros(WIDEST, len(FORMS)))

    def forward(self, words: Tensor) -> tuple[Tensor, Tensor]:
        first, last = self.first(words), self.last(words)
        length = words.shape[1]
        step = torch.arange(WIDEST, device=words.device)[None, :]
        ends = torch.clamp(torch.arange(length, device=words.device)[:, None] + step, max=length - 1)
        closing = last[:, ends]
        batch, kinds = words.shape[0], self.pair.shape[1]
        crossed = torch.matmul(first, self.pair.view(SPAN, -1)).view(batch, length, kinds, SPAN)
        scores = torch.matmul(closing, crossed.transpose(-1, -2))
        scores = scores + self.of_first(first)[:, :, None] + self.of_last(last)[:, ends] + self.wide
        form = self.form_first(first)[:, :, None] + self.form_last(last)[:, ends] + self.form_wide
        return scores, form


class Syntax(nn.Module):
    """Word class, governor and relation, by two affine maps (Dozat and Manning 2017)."""

    def __init__(self, drop: float) -> None:
        super().__init__()
        self.word_class = nn.Linear(WIDTH, len(CLASSES))
        self.lower, self.upper = _small(ARC, drop), _small(ARC, drop)
        self.pair = nn.Parameter(torch.randn(ARC, ARC) * 0.5 / ARC)
        self.governs = nn.Linear(ARC, 1)
        self.below, self.above = _small(LABEL, drop), _small(LABEL, drop)
        self.label = nn.Parameter(torch.randn(LABEL, len(RELATIONS), LABEL) * 0.5 / LABEL)
        self.of_below, self.of_above = nn.Linear(LABEL, len(RELATIONS)), nn.Linear(LABEL, len(RELATIONS))

    def arcs(self, words: Tensor, sentence: Tensor) -> Tensor:
        upper = self.upper(words)
        scores = torch.matmul(torch.matmul(self.lower(words), self.pair), upper.transpose(1, 2))
        scores = scores + self.governs(upper).transpose(1, 2)
        apart = (sentence[:, :, None] != sentence[:, None, :]).to(scores.dtype)
        return scores - 1e4 * apart

    def relations(self, words: Tensor, head: Tensor) -> Tensor:
        below, above = self.below(words), self.above(words)
        index = head[:, :, None].expand(-1, -1, LABEL)
        governor = torch.gather(above, 1, index)
        batch, length, kinds = words.shape[0], words.shape[1], self.label.shape[1]
        crossed = torch.matmul(below, self.label.view(LABEL, -1)).view(batch, length, kinds, LABEL)
        scores = torch.matmul(crossed, governor[..., None])[..., 0]
        return scores + self.of_below(below) + self.of_above(governor)


class Network(nn.Module):
    """The encoder and the heads that are read in the same pass."""

    def __init__(self, pieces: int, drop: float = 0.1) -> None:
        super().__init__()
        self.encoder = Encoder(pieces, drop)
        self.drop = nn.Dropout(drop)
        self.spans, self.syntax = Spans(drop), Syntax(drop)
        self.event = nn.Sequential(nn.Linear(WIDTH, 128), nn.GELU(), nn.Dropout(drop), nn.Linear(128, 1))
        nn.init.constant_(self.event[3].bias, -3.0)
        self.begin, self.close = nn.Linear(WIDTH, LINK), nn.Linear(WIDTH, LINK)

    def words(self, pieces: Tensor, casing: Tensor, first: Tensor) -> Tensor:
        """B×W×WIDTH: each word by its first piece."""
        hidden = self.encoder(pieces, casing)
        return self.drop(torch.gather(hidden, 1, first[:, :, None].expand(-1, -1, WIDTH)))

    def forward(self, pieces: Tensor, casing: Tensor, first: Tensor, sentence: Tensor) -> Read:
        words = self.words(pieces, casing, first)
        mention, form = self.spans(words)
        arc = self.syntax.arcs(words, sentence)
        head = arc.argmax(-1)
        return Read(
            mention=mention,
            form=form,
            event=self.event(words)[..., 0],
            word_class=self.syntax.word_class(words),
            arc=arc,
            head=head,
            relation=self.syntax.relations(words, head),
            begin=self.begin(words),
            close=self.close(words),
        )


class Linker(nn.Module):
    """Whether a mention means the same as an earlier one, as log odds against "somebody new" (which is 0)."""

    def __init__(self, drop: float = 0.2) -> None:
        super().__init__()
        self.later, self.earlier, self.both = (nn.Linear(LINK, LINK) for _ in range(3))
        self.seen = nn.Linear(FEATURES, LINK)
        self.score = nn.Linear(LINK, 1)
        self.drop = nn.Dropout(drop)

    def forward(self, later: Tensor, earlier: Tensor, features: Tensor) -> Tensor:
        """P scores, for P pairs of vectors (P×LINK each) and their features (P×FEATURES)."""
        inner = self.later(later) + self.earlier(earlier) + self.both(later * earlier) + self.seen(features)
        score: Tensor = self.score(self.drop(functional.gelu(inner)))[..., 0]
        return score


_NAMES = {
    "attention.self.query": "query",
    "attention.self.key": "key",
    "attention.self.value": "value",
    "attention.output.dense": "mixed",
    "attention.output.LayerNorm": "mixed_norm",
    "intermediate.dense": "wide",
    "output.dense": "narrow",
    "output.LayerNorm": "norm",
}


def begin_from(network: Network, weights: Path) -> None:
    """Set the encoder to a published BERT of the same shape (safetensors)."""
    given = load_file(str(weights))
    mine = {
        "piece.weight": given["embeddings.word_embeddings.weight"],
        # The type of the first segment is the same for every piece, so it is folded into the places.
        "place.weight": given["embeddings.position_embeddings.weight"]
        + given["embeddings.token_type_embeddings.weight"][:1],
        "norm.weight": given["embeddings.LayerNorm.weight"],
        "norm.bias": given["embeddings.LayerNorm.bias"],
        "casing.weight": network.encoder.casing.weight.detach(),
    }
    for layer in range(DEPTH):
        for theirs, own in _NAMES.items():
            for part in ("weight", "bias"):
                mine[f"layers.{layer}.{own}.{part}"] = given[f"encoder.layer.{layer}.{theirs}.{part}"]
    network.encoder.load_state_dict(mine)
