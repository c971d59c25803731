"""From texts with known answers to the tensors of one step of learning."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import torch
from torch import Tensor

from fabula.encode.pieces import Pieces
from fabula.encode.windows import Feed, Window, cut_windows, lay_feed
from training.pack.data import Marked, Parsed
from training.pack.network import WIDEST

__all__ = [
    "CONTEXT",
    "ROOM",
    "StoryBatch",
    "SyntaxBatch",
    "story_batches",
    "syntax_batches",
]

ROOM, CONTEXT = 382, 40
"""Pieces of a window besides its two marks, and pieces seen on either side of what it answers for."""
_STORY_CONTEXT = 20
"""While learning, context is paid for and teaches nothing: half is enough."""
_WHOLE = 0.25
"""Share of documents read whole, so that links may reach as far as they do when a book is read."""
_SYNTAX_ROOM, _SYNTAX_WINDOWS = 126, 10
_APART = -100


class StoryBatch(NamedTuple):
    """About half a document of LitBank."""

    feed: tuple[Tensor, Tensor, Tensor, Tensor]
    mention: Tensor
    """B×W×WIDEST: 0 for none, 1 + type, or -100 where nothing is asked."""
    form: Tensor
    event: Tensor
    """B×W: 0, 1 or -100."""
    places: Tensor
    """M×3: window, first and last word in it, of each mention."""
    cluster: Tensor
    """M."""
    text: Marked
    """The words."""
    windows: Sequence[Window]


class SyntaxBatch(NamedTuple):
    """A few windows of the treebank."""

    feed: tuple[Tensor, Tensor, Tensor, Tensor]
    classes: Tensor
    lemmas: Tensor
    heads: Tensor
    relations: Tensor
    """All B×W, -100 where nothing is asked."""


def story_batches(texts: Sequence[Marked], marks: Pieces, chance: random.Random) -> Iterator[StoryBatch]:
    """Each document once, whole or in two parts whose border differs each time."""
    parts = []
    for text in texts:
        middle = int(len(text.forms) * chance.uniform(0.35, 0.65)) if chance.random() > _WHOLE else 0
        parts += [(text, start, end) for start, end in ((0, middle), (middle, len(text.forms))) if end > start]
    chance.shuffle(parts)
    for text, start, end in parts:
        yield _story(_part(text, start, end), marks)


def syntax_batches(
    texts: Sequence[Parsed], marks: Pieces, chance: random.Random, *, room: int = _SYNTAX_ROOM
) -> Iterator[SyntaxBatch]:
    """Every window of the treebank once, of up to `room` pieces."""
    together = max(1, _SYNTAX_ROOM * _SYNTAX_WINDOWS // room)
    rows = []
    for text in texts:
        spellings = marks.spell(text.forms)
        sizes = [len(s[0]) for s in spellings]
        rows += [(text, w) for w in cut_windows(sizes, text.sentence, text.forms, room=room, context=0)]
    chance.shuffle(rows)
    for at in range(0, len(rows), together):
        yield _syntax(rows[at : at + together], marks)


def _part(text: Marked, start: int, end: int) -> Marked:
    return Marked(
        text.name,
        text.forms[start:end],
        text.sentence[start:end],
        text.speech[start:end],
        [(a - start, b - start, kind, form, who) for a, b, kind, form, who in text.spans if start <= a and b < end],
        text.events[start:end],
    )


def _tensors(feed: Feed) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    pieces, casing, first, sentence = (torch.from_numpy(column) for column in feed)
    return pieces, casing, first, sentence


def _story(text: Marked, marks: Pieces) -> StoryBatch:
    spellings = marks.spell(text.forms)
    windows = cut_windows([len(s[0]) for s in spellings], text.sentence, text.forms, room=ROOM, context=_STORY_CONTEXT)
    feed = _tensors(lay_feed(windows, spellings, text.sentence, marks))
    shape = feed[2].shape
    mention = torch.full((*shape, WIDEST), _APART)
    form = torch.full((*shape, WIDEST), _APART)
    event = torch.full(shape, _APART)
    for row, window in enumerate(windows):
        for word in range(window.own, window.end):
            mention[row, word - window.first, : min(WIDEST, window.last - word)] = 0
            event[row, word - window.first] = text.events[word]
    places, cluster = [], []
    for a, b, kind, shaped, who in text.spans:
        row = next(r for r, w in enumerate(windows) if w.own <= a < w.end)
        first, last = a - windows[row].first, b - windows[row].first
        if b < windows[row].last:
            if b - a < WIDEST:
                mention[row, first, b - a] = 1 + kind
                form[row, first, b - a] = shaped
            places.append((row, first, last))
            cluster.append(who)
    return StoryBatch(feed, mention, form, event, torch.tensor(places), torch.tensor(cluster), text, windows)


def _syntax(rows: Sequence[tuple[Parsed, Window]], marks: Pieces) -> SyntaxBatch:
    wide = max(w.last - w.first for _, w in rows)
    forms: list[str] = []
    sentence: list[int] = []
    windows: list[Window] = []
    for number, (text, window) in enumerate(rows):
        at = len(forms)
        forms += text.forms[window.first : window.last]
        sentence += [number * 10_000 + s for s in text.sentence[window.first : window.last]]
        windows.append(Window(at, at, len(forms), len(forms)))
    feed = _tensors(lay_feed(windows, marks.spell(forms), sentence, marks))
    classes, lemmas, heads, relations = (torch.full((len(rows), wide), _APART) for _ in range(4))
    for row, (text, window) in enumerate(rows):
        size = window.last - window.first
        classes[row, :size] = torch.tensor(text.classes[window.first : window.last])
        lemmas[row, :size] = torch.tensor(text.lemmas[window.first : window.last])
        for word in range(size):
            head = text.heads[window.first + word] - window.first
            if 0 <= head < size:
                heads[row, word] = head
                relations[row, word] = text.relations[window.first + word]
    return SyntaxBatch(feed, classes, lemmas, heads, relations)
