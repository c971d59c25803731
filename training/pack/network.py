"""The network behind the pack: one small encoder over pieces, and the heads that read words from it."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

from fabula.encode.pairs import LINK_FEATURES, VOICE_FEATURES
from training.pack.labels import CLASSES, FORMS, MODES, RELATIONS, TYPES

__all__ = ["DEPTH", "WIDEST", "WIDTH", "Linker", "Network", "Read", "Voices", "begin_from"]

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
    lemma: Tensor
    """B×W×rules: how the lemma is made from the word."""
    arc: Tensor
    """B×W×W: how well the column's word governs the row's; the word itself stands for "root"."""
    head: Tensor
    """B×W: the best governor within the sentence."""
    relation: Tensor
    """B×W×relations, to that governor."""
    begin: Tensor
    """B×W×LINK: this word's half of the vector of a mention, or of a speech, that begins here."""
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
        mixed = functional.scaled_dot_product_attention(query, key, value, attn_mask=hidden)
        mixed = mixed.transpose(1, 2).reshape(batch, length, WIDTH)
        x = self.mixed_norm(x + self.mixed(mixed))
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

    def forward(self, pieces: Tensor, casing: Tensor) -> list[Tensor]:
        """What each layer makes of the pieces, from the embeddings on: 1 + DEPTH of B×P×WIDTH."""
        places = torch.arange(pieces.shape[1], device=pieces.device)
        x = self.piece(pieces) + self.place(places)[None] + self.casing(casing)
        x = self.drop(self.norm(x))
        hidden = (pieces == 0).to(x.dtype)[:, None, None, :] * -1e4
        states = [x]
        for layer in self.layers:
            states.append(layer(states[-1], hidden))
        return states


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
    """Word class, lemma, governor and relation; the last two by two affine maps (Dozat and Manning 2017)."""

    def __init__(self, rules: int, drop: float) -> None:
        super().__init__()
        self.word_class = nn.Linear(WIDTH, len(CLASSES))
        self.lemma = nn.Linear(WIDTH, rules)
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


class Words(NamedTuple):
    """Each word by its first piece, B×W×WIDTH: as the last layer has it, and as the layers mixed for syntax have it."""

    told: Tensor
    parsed: Tensor


class Network(nn.Module):
    """The encoder and the heads that are read in the same pass.

    Args:
        pieces: how many pieces there are.
        rules: how many rules make lemmas.
        drop: share of drop-out in the heads.
    """

    def __init__(self, pieces: int, rules: int, drop: float = 0.1) -> None:
        super().__init__()
        self.encoder = Encoder(pieces, drop)
        self.drop = nn.Dropout(drop)
        self.mix = nn.Parameter(torch.tensor([0.0] * DEPTH + [1.0]))
        self.spans, self.syntax = Spans(drop), Syntax(rules, drop)
        self.event = nn.Sequential(nn.Linear(WIDTH, 128), nn.GELU(), nn.Dropout(drop), nn.Linear(128, 1))
        nn.init.constant_(self.event[3].bias, -3.0)
        self.begin, self.close = nn.Linear(WIDTH, LINK), nn.Linear(WIDTH, LINK)

    def words(self, pieces: Tensor, casing: Tensor, first: Tensor) -> Words:
        """Read windows. For syntax all layers are mixed: the lower ones know more of it (Peters et al. 2018)."""
        index = first[:, :, None].expand(-1, -1, WIDTH)
        states = [torch.gather(state, 1, index) for state in self.encoder(pieces, casing)]
        shares = torch.softmax(self.mix, 0)
        mixed = torch.stack([state * share for state, share in zip(states, shares, strict=True)]).sum(0)
        return Words(self.drop(states[-1]), self.drop(mixed))

    def vectors(self, words: Words, places: Tensor) -> Tensor:
        """N×LINK, for N mentions or speeches: window, first and last word of each (N×3)."""
        row, first, last = places.unbind(1)
        return torch.relu(self.begin(words.told)[row, first] + self.close(words.told)[row, last])

    def forward(self, pieces: Tensor, casing: Tensor, first: Tensor, sentence: Tensor) -> Read:
        words = self.words(pieces, casing, first)
        mention, form = self.spans(words.told)
        arc = self.syntax.arcs(words.parsed, sentence)
        head = arc.argmax(-1)
        return Read(
            mention=mention,
            form=form,
            event=self.event(words.told)[..., 0],
            word_class=self.syntax.word_class(words.parsed),
            lemma=self.syntax.lemma(words.parsed),
            arc=arc,
            head=head,
            relation=self.syntax.relations(words.parsed, head),
            begin=self.begin(words.told),
            close=self.close(words.told),
        )


class Pairing(nn.Module):
    """How well each of some vectors goes with each of others, as log odds against none of them (which is 0)."""

    def __init__(self, features: int, drop: float) -> None:
        super().__init__()
        self.one, self.other, self.both = (nn.Linear(LINK, LINK) for _ in range(3))
        self.seen = nn.Linear(features, LINK)
        self.score = nn.Linear(LINK, 1)
        self.drop = nn.Dropout(drop)

    def forward(self, one: Tensor, other: Tensor, features: Tensor) -> Tensor:
        """N×M, for N×LINK and M×LINK vectors and the N×M×features of their pairs."""
        one, other = self.drop(one), self.drop(other)
        crossed = self.both(one[:, None] * other[None])
        inner = self.one(one)[:, None] + self.other(other)[None] + crossed + self.seen(features)
        score: Tensor = self.score(functional.gelu(inner))[..., 0]
        return score


class Linker(nn.Module):
    """Whether a mention means the same as an earlier one, against "somebody new"."""

    def __init__(self, drop: float = 0.2) -> None:
        super().__init__()
        self.pairing = Pairing(LINK_FEATURES, drop)

    def forward(self, later: Tensor, earlier: Tensor, features: Tensor) -> Tensor:
        """N×M log odds."""
        score: Tensor = self.pairing(later, earlier, features)
        return score


class Voices(nn.Module):
    """Whose mention tells who makes a speech, against "none of them"; and whether it is said, thought or written."""

    def __init__(self, drop: float = 0.2) -> None:
        super().__init__()
        self.pairing = Pairing(VOICE_FEATURES, drop)
        self.mode = nn.Linear(LINK, len(MODES))

    def forward(self, speeches: Tensor, mentions: Tensor, features: Tensor) -> tuple[Tensor, Tensor]:
        """N×M log odds, and N×modes."""
        return self.pairing(speeches, mentions, features), self.mode(speeches)


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
