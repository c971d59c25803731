"""How wrong the network is about one batch."""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn import functional

from fabula.encode.pairs import link_features, place_mentions
from training.pack.batches import StoryBatch, SyntaxBatch
from training.pack.network import Linker, Network, Voices, Words
from training.pack.voices import SpeechBatch

__all__ = ["speech_loss", "story_loss", "syntax_loss"]

_EVENT, _FORM, _LINK, _VOICE, _MODE = 0.5, 0.3, 1.0, 1.0, 0.2
"""Weights that bring the losses of the heads to the same size: each is a mean over what it is about."""
_FEW = 10
"""A part in which next to nothing happens does not weigh more than others."""
_NEVER = -1e4


def story_loss(network: Network, linker: Linker, words: Words, batch: StoryBatch) -> dict[str, Tensor]:
    """The losses of mentions, their forms, events and links."""
    scores, form = (found.float() for found in network.spans(words.told))
    few = max(1, len(batch.places))
    asked = batch.mention != -100
    losses = {"mention": functional.cross_entropy(scores[asked], batch.mention[asked], reduction="sum") / few}
    shaped = batch.form != -100
    losses["form"] = _FORM * functional.cross_entropy(form[shaped], batch.form[shaped], reduction="sum") / few
    told = batch.event != -100
    gold = batch.event[told].float()
    odds = network.event(words.told)[..., 0].float()[told]
    wrong = functional.binary_cross_entropy_with_logits(odds, gold, reduction="sum")
    losses["event"] = _EVENT * wrong / (gold.sum() + _FEW)
    if len(batch.places) > 1:
        losses["link"] = _LINK * _link_loss(network, linker, words, batch, scores.detach())
    return losses


def _link_loss(network: Network, linker: Linker, words: Words, batch: StoryBatch, scores: Tensor) -> Tensor:
    """Of all earlier mentions and "somebody new", the probability of those that are right.

    What the network itself takes for a mention, and is none, stands among them, as it will when a book is read.
    """
    places, cluster = _with_mistakes(batch, scores)
    first = torch.tensor([window.first for window in batch.windows])
    spans = torch.stack([first[places[:, 0]] + places[:, 1], first[places[:, 0]] + places[:, 2]], 1)
    order = sorted(range(len(spans)), key=lambda n: tuple(spans[n].tolist()))
    spans, places, cluster = spans[order], places[order], cluster[order]
    placed = place_mentions(batch.text.forms, spans.tolist(), batch.text.speech, [0] * len(batch.text.forms))
    vectors = network.vectors(words, places)
    scored = linker(vectors, vectors, torch.from_numpy(link_features(placed, placed))).float()
    many = len(places)
    earlier = torch.tril(torch.ones(many, many, dtype=torch.bool), -1)
    same = (cluster[:, None] == cluster[None]) & earlier
    return _chosen(torch.where(earlier, scored, _NEVER), same)


def _with_mistakes(batch: StoryBatch, scores: Tensor) -> tuple[Tensor, Tensor]:
    """The gold mentions and, as somebody new each, what is wrongly taken for a mention."""
    row, word, width = torch.nonzero((scores.argmax(-1) > 0) & (batch.mention == 0), as_tuple=True)
    wrong = torch.stack([row, word, word + width], 1)[: len(batch.places)]
    alone = torch.arange(len(wrong)) + 1_000_000
    return torch.cat([batch.places, wrong]), torch.cat([batch.cluster, alone])


def _chosen(scores: Tensor, right: Tensor) -> Tensor:
    """The mean negative log probability of the right columns; of "none of them" (0) where there is none."""
    table = torch.cat([torch.zeros(len(scores), 1), scores], 1)
    right = torch.cat([~right.any(1, keepdim=True), right], 1)
    return (table.logsumexp(1) - table.masked_fill(~right, _NEVER).logsumexp(1)).mean()


def speech_loss(network: Network, voices: Voices, words: Words, batch: SpeechBatch) -> dict[str, Tensor]:
    """The losses of who speaks and of how."""
    spoken, modes = [], []
    for talk in batch.talks:
        speeches = network.vectors(words, talk.speeches)
        scores, mode = voices(speeches, network.vectors(words, talk.mentions), talk.features)
        spoken.append(_chosen(scores.float(), talk.right))
        modes.append(functional.cross_entropy(mode.float(), talk.mode))
    return {"voice": _VOICE * torch.stack(spoken).mean(), "mode": _MODE * torch.stack(modes).mean()}


def syntax_loss(network: Network, words: Words, batch: SyntaxBatch) -> dict[str, Tensor]:
    """The losses of word class, lemma, governor and relation."""
    syntax, parsed = network.syntax, words.parsed
    arcs = syntax.arcs(parsed, batch.feed[3]).float()
    known = batch.heads != -100
    heads = torch.where(known, batch.heads, torch.zeros_like(batch.heads))
    classes, lemmas = syntax.word_class(parsed).float(), syntax.lemma(parsed).float()
    relations = syntax.relations(parsed, heads).float()
    return {
        "class": functional.cross_entropy(classes.flatten(0, 1), batch.classes.flatten()),
        "lemma": 0.5 * functional.cross_entropy(lemmas.flatten(0, 1), batch.lemmas.flatten()),
        "arc": functional.cross_entropy(arcs[known], batch.heads[known]),
        "relation": functional.cross_entropy(relations[known], batch.relations[known]),
    }
