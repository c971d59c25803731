"""Read a text once with the encoder: window by window, and the one place where windows become the text again."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fabula.encode.encoding import Encoding
from fabula.encode.pages import Page, fill_page, name_of_row
from fabula.encode.pieces import Pieces, Spelling, open_pieces
from fabula.encode.session import Network, open_network
from fabula.encode.shelf import Shelf
from fabula.encode.windows import Feed, Window, cut_windows, lay_feed
from fabula.models import Labels, ModelPack
from fabula.models.pack import ENCODER, PIECES
from fabula.segment.wording import Wording

__all__ = ["encode", "encode_words", "network_of"]

_ABREAST = 4
"""Windows read side by side, where there are as many cores. Each is a batch of its own: an encoder in 8-bit numbers
finds its scale over a whole batch, so a window's answers would change with its company (log odds by up to 0.5), and
what is kept of it would not be what is read of it anew. Batches of eight also took twice the time, on two cores."""
_SHELF = 256
"""Windows looked up at a time."""

Progress = Callable[[int, int], None]


def encode(
    wording: Wording,
    pack: ModelPack,
    *,
    network: Network | None = None,
    shelf: Shelf | None = None,
    progress: Progress | None = None,
) -> Encoding:
    """Read the words of a text with the pack's encoder, each window once.

    Args:
        wording: the words.
        pack: a proved pack.
        network: the pack made ready, if it is at hand.
        shelf: where windows already read are kept.
        progress: called with how many windows are read, and how many there are.
    """
    return encode_words(wording.forms, wording.sentence, pack, network=network, shelf=shelf, progress=progress)


def encode_words(
    forms: Sequence[str],
    sentence: Sequence[int],
    pack: ModelPack,
    *,
    network: Network | None = None,
    shelf: Shelf | None = None,
    progress: Progress | None = None,
) -> Encoding:
    """As `encode`, for words that are only a list, with the sentence each stands in."""
    network = network or network_of(pack)
    marks = open_pieces(pack.path(PIECES))
    text = _Text(marks.spell(forms), sentence, marks)
    views = pack.manifest.views
    windows = cut_windows(text.sizes, sentence, forms, room=views.room, context=views.context)
    pages: dict[Window, Page] = {}
    for some in (windows[at : at + _SHELF] for at in range(0, len(windows), _SHELF)):
        pages |= _read(some, text, network, shelf, pack.sight)
        if progress is not None:
            progress(len(pages), len(windows))
    encoder = next((file.sha256 for file in pack.manifest.files if file.name == ENCODER), "")
    return _stitch(len(forms), [pages[w] for w in windows], windows, pack.manifest.labels, encoder=encoder)


def network_of(pack: ModelPack) -> Network:
    """The pack made ready to read with; opened once."""
    if pack.digest not in _OPENED:
        _OPENED.clear()
        _OPENED[pack.digest] = open_network(pack)
    return _OPENED[pack.digest]


_OPENED: dict[str, Network] = {}


class _Text:
    """The words as the encoder is shown them."""

    def __init__(self, spellings: Sequence[Spelling], sentence: Sequence[int], marks: Pieces) -> None:
        self.sizes = [len(numbers) for numbers, _ in spellings]
        self._spellings, self._sentence, self._marks = spellings, sentence, marks

    def feed(self, windows: Sequence[Window]) -> Feed:
        return lay_feed(windows, self._spellings, self._sentence, self._marks)


def _read(
    windows: Sequence[Window], text: _Text, network: Network, shelf: Shelf | None, pack: str
) -> Mapping[Window, Page]:
    """The pages of some windows; those on the shelf are not read again."""
    feeds = {window: text.feed([window]) for window in windows}
    known: Mapping[bytes, Page] = {}
    names: dict[Window, bytes] = {}
    if shelf is not None:
        names = {window: name_of_row(feed, 0, _own(window), pack) for window, feed in feeds.items()}
        known = shelf.take(list(names.values()))
    pages = {window: known[name] for window, name in names.items() if name in known}
    unread = [window for window in windows if window not in pages]

    def page(window: Window) -> Page:
        return fill_page(network.read(feeds[window]), 0, _own(window), window.last - window.first)

    with ThreadPoolExecutor(min(_ABREAST, _cores())) as readers:
        fresh = dict(zip(unread, readers.map(page, unread), strict=True))
    if shelf is not None:
        shelf.put({names[window]: made for window, made in fresh.items()})
    return pages | fresh


def _own(window: Window) -> slice:
    return slice(window.own - window.first, window.end - window.first)


def _cores() -> int:
    """The cores this process may use, which in a container are fewer than the machine has."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _stitch(words: int, pages: Sequence[Page], windows: Sequence[Window], labels: Labels, *, encoder: str) -> Encoding:
    """The text's columns: each window answers for the words it owns."""

    def column(name: str, kind: str) -> NDArray[Any]:
        return np.frombuffer(b"".join(getattr(page, name) for page in pages), kind)

    halves = {name: column(name, "i1").reshape(words, -1) for name in ("begin", "close")} if words else {}
    spans = column("spans", "<i2").reshape(-1, 4).astype(np.int32)
    many = [len(page.score) // 2 for page in pages]
    spans[:, :2] += np.repeat(np.array([w.own for w in windows], np.int32), many)[:, None]
    order = np.lexsort((-spans[:, 1], spans[:, 0]))
    governor: NDArray[np.int32] = column("head", "<i2").astype(np.int32)
    governor += np.arange(words, dtype=np.int32)
    nothing = np.zeros((0, 0), np.int8)
    return Encoding(
        labels=labels,
        event=column("event", "<f2").astype(np.float32),
        word_class=column("word_class", "u1").astype(np.uint8),
        class_score=column("sure", "<f2").astype(np.float32),
        lemma=column("lemma", "u1").astype(np.uint8),
        head=governor,
        relation=column("relation", "u1").astype(np.uint8),
        first=spans[order, 0],
        last=spans[order, 1],
        type=spans[order, 2].astype(np.uint8),
        form=spans[order, 3].astype(np.uint8),
        score=column("score", "<f2").astype(np.float32)[order],
        begin=halves.get("begin", nothing),
        begin_step=column("begin_step", "<f2").astype(np.float32),
        close=halves.get("close", nothing),
        close_step=column("close_step", "<f2").astype(np.float32),
        encoder=encoder,
    )
