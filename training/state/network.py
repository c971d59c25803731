"""The network that reads who is dead, who is what to whom and who has what, over the encoder's vectors."""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional

from fabula.encode.claims import CUES, STEPS
from training.state.pieces import HANDS, TIES

__all__ = ["DISTANCES", "Claims", "distance_steps"]

WIDE = 128
PARTS = 4
INNER = 96
LOOKS = 4
DEEP = 2
DISTANCES = 2 * len(STEPS) + 1
"""How far a word stands from somebody's nearest mention: in it, so many steps before or behind."""


def distance_steps(far: Tensor) -> Tensor:
    """0 … DISTANCES - 1 of signed distances in words; as `fabula.encode.claims` has it."""
    size = sum((far.abs() >= least).long() for least in STEPS)
    return torch.sign(far).long() * size + len(STEPS)


class Layer(nn.Module):
    """Words look at words: near ones, their governors, and those that mean the same person."""

    def __init__(self, drop: float) -> None:
        super().__init__()
        self.norm, self.after = nn.LayerNorm(WIDE), nn.LayerNorm(WIDE)
        self.asks = nn.Linear(WIDE, 3 * WIDE)
        self.mixed = nn.Linear(WIDE, WIDE)
        self.far = nn.Embedding(DISTANCES, PARTS)
        self.tied = nn.Embedding(8, PARTS)
        self.wide, self.narrow = nn.Linear(WIDE, 2 * WIDE), nn.Linear(2 * WIDE, WIDE)
        self.drop = nn.Dropout(drop)
        nn.init.zeros_(self.tied.weight)
        nn.init.zeros_(self.far.weight)
        nn.init.normal_(self.mixed.weight, std=0.01)
        nn.init.normal_(self.narrow.weight, std=0.01)

    def forward(self, x: Tensor, far: Tensor, tied: Tensor, hidden: Tensor) -> Tensor:
        size, words, _ = x.shape
        asks = self.asks(self.norm(x)).view(size, words, 3, PARTS, WIDE // PARTS)
        query, key, value = asks.permute(2, 0, 3, 1, 4)
        bias = (self.far(far)[None] + self.tied(tied)).permute(0, 3, 1, 2) + hidden
        mixed = functional.scaled_dot_product_attention(query, key, value, attn_mask=bias)
        x = x + self.drop(self.mixed(mixed.transpose(1, 2).reshape(size, words, WIDE)))
        return x + self.drop(self.narrow(functional.gelu(self.wide(self.after(x)))))


class Look(nn.Module):
    """What the words of a window say of one, or of two: each word weighed by itself, by where it stands, by them."""

    def __init__(self, many: int, drop: float) -> None:
        super().__init__()
        self.word = nn.Linear(WIDE, INNER)
        self.who = nn.ModuleList(nn.Linear(WIDE, INNER) for _ in range(many))
        self.far = nn.ModuleList(nn.Embedding(DISTANCES, INNER) for _ in range(many))
        self.weigh = nn.Linear(INNER, LOOKS)
        self.value = nn.Linear(WIDE, INNER)
        self.near = nn.ModuleList(nn.Embedding(DISTANCES, INNER) for _ in range(many))
        self.drop = nn.Dropout(drop)
        self.out = INNER * LOOKS
        for part in (*self.far, *self.near):
            nn.init.normal_(part.weight, std=0.3)

    def forward(
        self, words: Tensor, row: Tensor, whom: list[Tensor], far: list[Tensor], hidden: Tensor
    ) -> tuple[Tensor, Tensor]:
        """For N questions about windows (B×W×WIDE; `row`: which): N×out, and how much each word weighed (N×W)."""
        key = self.word(words)[row] + sum(q(one)[:, None] for q, one in zip(self.who, whom, strict=True))
        key = key + sum(f(step) for f, step in zip(self.far, far, strict=True))
        score = self.weigh(torch.tanh(key)) + hidden[row][..., None]
        share = torch.softmax(score, 1)
        value = self.value(words)[row] + sum(f(step) for f, step in zip(self.near, far, strict=True))
        looked = torch.matmul(share.transpose(1, 2), functional.gelu(value))
        return self.drop(looked.flatten(1)), share.mean(-1)


class Claims(nn.Module):
    """Reads windows of words in which mentions are tied to people and things."""

    def __init__(self, *, vectors: int, classes: int, relations: int, lexical: Tensor, drop: float = 0.25) -> None:
        super().__init__()
        self.vector = nn.Linear(vectors, WIDE)
        self.governor = nn.Linear(vectors, WIDE, bias=False)
        self.word_class = nn.Embedding(classes, WIDE)
        self.relation = nn.Embedding(relations, WIDE)
        self.role = nn.Embedding(3, WIDE)
        self.speech = nn.Embedding(2, WIDE)
        self.cue = nn.Embedding(len(CUES), WIDE)
        self.register_buffer("table", lexical)
        self.lexical = nn.Linear(lexical.shape[1], WIDE, bias=False)
        self.register_buffer("scale", torch.ones(vectors))
        self.begin = nn.LayerNorm(WIDE)
        self.layers = nn.ModuleList(Layer(drop) for _ in range(DEEP))
        self.first, self.last = nn.Linear(WIDE, WIDE), nn.Linear(WIDE, WIDE)
        self.of_one, self.of_two, self.of_thing = Look(1, drop), Look(2, drop), Look(2, drop)
        self.drop = nn.Dropout(drop)
        self.dead = self._head(WIDE + self.of_one.out, 2)
        self.tie = self._head(2 * WIDE + self.of_two.out, len(TIES) + 1)
        self.hand = self._head(2 * WIDE + self.of_thing.out, len(HANDS))

    def _head(self, wide: int, out: int) -> nn.Module:
        last = nn.Linear(WIDE, out)
        nn.init.constant_(last.bias, -3.0)
        return nn.Sequential(nn.Linear(wide, WIDE), nn.GELU(), self.drop, last)

    def words(
        self, forms: Tensor, vectors: Tensor, word_class: Tensor, relation: Tensor, head: Tensor, cue: Tensor,
        role: Tensor, speech: Tensor, own: Tensor, hidden: Tensor,
    ) -> Tensor:  # fmt: skip
        """B×W×WIDE. For what is given see `encode.claims.Question`; `hidden`: B×W, -1e4 where there is no word."""
        given = self.drop(vectors * self.scale)
        governed = torch.gather(given, 1, head[..., None].expand(-1, -1, given.shape[-1]))
        x = self.vector(given) + self.governor(governed) + self.word_class(word_class) + self.relation(relation)
        x = x + self.role(role) + self.speech(speech) + self.cue(cue)
        x = x + self.lexical(self.drop(self.table[forms].to(vectors.dtype) / 32))
        x = self.drop(self.begin(x))
        place = torch.arange(x.shape[1], device=x.device)
        far = distance_steps(place[None] - place[:, None])
        same = (torch.matmul(own, own.transpose(1, 2)) > 0).long()
        up = (head[:, :, None] == place[None, None]).long()
        tied = same + 2 * up + 4 * up.transpose(1, 2)
        for layer in self.layers:
            x = layer(x, far, tied, hidden[:, None, None, :])
        return x

    def whom(self, words: Tensor, mentions: Tensor, which: Tensor, many: int) -> Tensor:
        """E×WIDE: each person or thing from its mentions (M×3: window, first, last word); `which` of the E it means."""
        row, first, last = mentions.unbind(1)
        vectors = self.first(words[row, first]) + self.last(words[row, last])
        tied = (which[None] == torch.arange(many, device=words.device)[:, None]).to(words.dtype)
        return torch.relu(torch.matmul(tied, vectors) / tied.sum(1, keepdim=True).clamp(min=1))
