"""Windows of books in which tags are hidden, and who said what all the same."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec
import torch
from torch import Tensor

from fabula.encode.pairs import place_mentions, stands_for_no_name, voice_features
from fabula.encode.pieces import Pieces
from fabula.encode.windows import Window, lay_feed
from training.pack.gather import Book, Speech

__all__ = ["SpeechBatch", "Talk", "open_books", "speech_batches"]

_ROOM, _WINDOWS = 254, 6
_HIDDEN, _PRONOUN = 0.65, 0.5
"""Share of tags that are hidden, and of these the share that leaves a pronoun in the name's place, as texts do."""
_BEFORE = (40, 130)
"""Words before the speech a window is chosen for."""


class Talk(NamedTuple):
    """What is asked of one window: N speeches and M mentions of people."""

    speeches: Tensor
    """N×3: window, first and last word."""
    mentions: Tensor
    """M×3."""
    features: Tensor
    right: Tensor
    """N×M: the mentions of whoever speaks."""
    mode: Tensor
    """N."""


class SpeechBatch(NamedTuple):
    """A few windows of books."""

    feed: tuple[Tensor, Tensor, Tensor, Tensor]
    talks: list[Talk]


class _Page(NamedTuple):
    forms: list[str]
    speeches: list[tuple[int, int, int, int, int]]
    """First and last word, who, mode, its number."""
    mentions: list[tuple[int, int, int]]
    speech: list[int]
    paragraph: list[int]


def open_books(folder: Path, *, least: int = 100) -> list[Book]:
    """The gathered books that name the speaker of at least so many speeches."""
    books = []
    for path in sorted(folder.glob("*.msgpack")):
        book = msgspec.msgpack.decode(path.read_bytes(), type=Book)
        if sum(s.who >= 0 for s in book.speeches) >= least:
            books.append(book)
    return books


def speech_batches(books: Sequence[Book], marks: Pieces, chance: random.Random) -> Iterator[SpeechBatch]:
    """Windows without end, each book as often as the square root of its named speeches asks."""
    named = [[n for n, s in enumerate(book.speeches) if s.who >= 0] for book in books]
    weights = [len(own) ** 0.5 for own in named]
    while True:
        pages = []
        while len(pages) < _WINDOWS:
            number = chance.choices(range(len(books)), weights)[0]
            page = _fit(_page(books[number], chance.choice(named[number]), chance), marks)
            if page.mentions and any(who >= 0 for _, _, who, _, _ in page.speeches):
                pages.append(page)
        yield _batch(pages, marks)


def _page(book: Book, target: int, chance: random.Random) -> _Page:
    centre = book.speeches[target]
    start = max(0, centre.first - chance.randint(*_BEFORE))
    while start > 0 and book.sentence[start - 1] == book.sentence[start] and centre.first - start < _BEFORE[1] + 40:
        start -= 1
    end = min(len(book.forms), start + _ROOM + 60)
    near = [s for s in book.speeches if s.first >= start and s.last < end]
    forms: dict[int, str] = {}
    gone: set[int] = set()
    turns = {s.turn: s for s in near if s.who >= 0}
    for speech in turns.values():
        if chance.random() < _HIDDEN:
            _hide(book, speech, forms, gone, chance)
    kept = [w for w in range(start, end) if w not in gone]
    at = {w: n for n, w in enumerate(kept)}
    changed = forms.keys()
    return _Page(
        [forms.get(w, book.forms[w]) for w in kept],
        [(at[s.first], at[s.last], s.who, s.mode, n) for n, s in enumerate(near) if s.first in at and s.last in at],
        [
            (at[a], at[b], who)
            for a, b, who in book.mentions
            if a in at and b in at and not {a, b} & changed and not _is_open(book, a, b)
        ],
        _speech_of(near, kept),
        [book.paragraph[w] for w in kept],
    )


def _is_open(book: Book, first: int, last: int) -> bool:
    """Whether a mention is a pronoun in speech, which means whoever the speaker makes it mean."""
    return book.quote[first] >= 0 and stands_for_no_name(book.forms[first : last + 1])


def _speech_of(near: Sequence[Speech], kept: Sequence[int]) -> list[int]:
    owner = {w: n for n, s in enumerate(near) for w in range(s.first, s.last + 1)}
    return [owner.get(w, -1) for w in kept]


def _hide(book: Book, speech: Speech, forms: dict[int, str], gone: set[int], chance: random.Random) -> None:
    """Leave the tag out, or put a pronoun for its name."""
    if speech.name is None:
        return
    first, last = speech.name
    pronoun = {"m": "he", "f": "she"}.get(speech.gender)
    if pronoun is not None and (chance.random() < _PRONOUN or speech.clause is None):
        begins = first == 0 or book.sentence[first - 1] != book.sentence[first]
        forms[first] = pronoun.capitalize() if begins else pronoun
        gone.update(range(first + 1, last + 1))
    elif speech.clause is not None:
        gone.update(range(speech.clause[0], speech.clause[1] + 1))


def _fit(page: _Page, marks: Pieces) -> _Page:
    """As many words as a window has room for."""
    left, end = _ROOM, 0
    for spelling in marks.spell(page.forms):
        left -= len(spelling[0])
        if left < 0:
            break
        end += 1
    return _Page(
        page.forms[:end],
        [s for s in page.speeches if s[1] < end],
        [m for m in page.mentions if m[1] < end],
        page.speech[:end],
        page.paragraph[:end],
    )


def _batch(pages: Sequence[_Page], marks: Pieces) -> SpeechBatch:
    forms: list[str] = []
    windows: list[Window] = []
    for page in pages:
        at = len(forms)
        forms += page.forms
        windows.append(Window(at, at, len(forms), len(forms)))
    feed = lay_feed(windows, marks.spell(forms), [0] * len(forms), marks)
    pieces, casing, first, sentence = (torch.from_numpy(column) for column in feed)
    return SpeechBatch((pieces, casing, first, sentence), [_talk(row, page) for row, page in enumerate(pages)])


def _talk(row: int, page: _Page) -> Talk:
    asked = [s for s in page.speeches if s[2] >= 0]
    placed = place_mentions(page.forms, [s[:2] for s in asked], page.speech, page.paragraph)
    mentions = place_mentions(page.forms, [m[:2] for m in page.mentions], page.speech, page.paragraph)
    right = torch.zeros(len(asked), len(page.mentions), dtype=torch.bool)
    for n, (_, _, speaker, _, own) in enumerate(asked):
        for m, (at, _, who) in enumerate(page.mentions):
            right[n, m] = who == speaker and page.speech[at] != own
    return Talk(
        torch.tensor([(row, a, b) for a, b, *_ in asked], dtype=torch.long).reshape(-1, 3),
        torch.tensor([(row, a, b) for a, b, _ in page.mentions], dtype=torch.long).reshape(-1, 3),
        torch.from_numpy(voice_features(placed, mentions)),
        right,
        torch.tensor([s[3] for s in asked]),
    )
