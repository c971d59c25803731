"""How wrong the network is about one batch."""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn import functional

from training.pack.batches import StoryBatch, SyntaxBatch
from training.pack.network import Linker, Network

__all__ = ["mention_vectors", "story_loss", "syntax_loss"]

_EVENT, _FORM, _LINK = 0.5, 0.3, 1.0
"""Weights that bring the losses of the heads to the same size: each is a mean over what it is about."""


def story_loss(network: Network, linker: Linker, words: Tensor, batch: StoryBatch) -> dict[str, Tensor]:
    """The losses of mentions, their forms, events and links, from the words' vectors (B×W×WIDTH)."""
    scores, form = network.spans(words)
    few = max(1, len(batch.places))
    asked = batch.mention != -100
    losses = {"mention": functional.cross_entropy(scores[asked], batch.mention[asked], reduction="sum") / few}
    shaped = batch.form != -100
    losses["form"] = _FORM * functional.cross_entropy(form[shaped], batch.form[shaped], reduction="sum") / few
    told = batch.event != -100
    gold = batch.event[told].float()
    odds = network.event(words)[..., 0][told]
    wrong = functional.binary_cross_entropy_with_logits(odds, gold, reduction="sum")
    losses["event"] = _EVENT * wrong / (gold.sum() + 1)
    if len(batch.places) > 1:
        losses["link"] = _LINK * _link_loss(network, linker, words, batch)
    return losses


def mention_vectors(network: Network, words: Tensor, places: Tensor) -> Tensor:
    """M×LINK."""
    row, first, last = places.unbind(1)
    return torch.relu(network.begin(words)[row, first] + network.close(words)[row, last])


def _link_loss(network: Network, linker: Linker, words: Tensor, batch: StoryBatch) -> Tensor:
    """Of all earlier mentions and "somebody new", the probability of those that are right."""
    vectors = mention_vectors(network, words, batch.places)
    later, earlier = batch.pairs.unbind(1)
    many = len(batch.places)
    table = torch.full((many, many + 1), -1e4)
    scored = linker(vectors[later], vectors[earlier], batch.features)
    table = table.index_put((later, earlier + 1), scored)
    same = torch.zeros(many, many + 1, dtype=torch.bool)
    same[later, earlier + 1] = batch.cluster[later] == batch.cluster[earlier]
    alone = ~same.any(1)
    table = table.index_put((torch.arange(many), torch.zeros(many, dtype=torch.long)), torch.zeros(many))
    same[:, 0] = alone
    return (table.logsumexp(1) - table.masked_fill(~same, -1e4).logsumexp(1)).mean()


def syntax_loss(network: Network, words: Tensor, batch: SyntaxBatch) -> dict[str, Tensor]:
    """The losses of word class, governor and relation."""
    syntax = network.syntax
    arcs = syntax.arcs(words, batch.feed[3])
    known = batch.heads != -100
    heads = torch.where(known, batch.heads, torch.zeros_like(batch.heads))
    classes = syntax.word_class(words)
    return {
        "class": functional.cross_entropy(classes.flatten(0, 1), batch.classes.flatten()),
        "arc": functional.cross_entropy(arcs[known], batch.heads[known]),
        "relation": functional.cross_entropy(syntax.relations(words, heads)[known], batch.relations[known]),
    }
