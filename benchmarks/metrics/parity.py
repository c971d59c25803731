"""How often two networks decide the same where they should: the 8-bit pack, and the 32-bit network it was made of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from benchmarks.corpora.marked import MarkedText
from fabula.encode import Encoding, Network, Pieces, Reading, Window, cut_windows, encode_words
from fabula.encode.link import link_places
from fabula.encode.pairs import Places, place_mentions, stands_for_no_name
from fabula.encode.voices import weigh_voices
from fabula.encode.windows import lay_feed
from fabula.models import ModelPack

__all__ = ["LEAST", "HeadParity", "Parity", "compare_networks"]

LEAST: dict[str, float] = {
    "mention": 0.95,
    "form": 0.98,
    "event": 0.99,
    "word_class": 0.985,
    "lemma": 0.985,
    "head": 0.94,
    "relation": 0.97,
    "link": 0.96,
    "voice": 0.92,
    "mode": 0.98,
}
"""Share of decisions that must be the same for a pack to ship."""
_REACH = 60
"""Mentions back: as far as a book is read with."""


class HeadParity(msgspec.Struct, frozen=True, kw_only=True):
    """One head: how many decisions, how many the same, how many must be; strays of its numbers, mean and greatest.

    The numbers are log odds; for "head" they are words of distance.
    """

    head: str
    decisions: int
    same: int
    least: float
    mean: float
    most: float

    @property
    def agreement(self) -> float:
        return self.same / self.decisions if self.decisions else 1.0

    @property
    def holds(self) -> bool:
        return self.agreement >= self.least


class Parity(msgspec.Struct, frozen=True, kw_only=True):
    """A pack beside the network it was made of. `pack` is the digest of the pack's files, `checkpoint` that of the
    network's; `documents` are those of LitBank on which both were asked."""

    pack: str
    checkpoint: str
    documents: tuple[str, ...]
    heads: tuple[HeadParity, ...]

    @property
    def holds(self) -> bool:
        return all(head.holds for head in self.heads)


class _Seen(msgspec.Struct):
    """What two networks said of the same questions, in pieces: decisions the same or not, and strays."""

    same: list[NDArray[np.bool_]]
    away: list[NDArray[np.float64]]

    def add(self, same: NDArray[np.bool_], away: NDArray[Any]) -> None:
        self.same.append(same.ravel())
        self.away.append(np.abs(away.astype(np.float64)).ravel())


def compare_networks(
    known: Network, given: Network, pack: ModelPack, pieces: Pieces, texts: Sequence[MarkedText]
) -> tuple[HeadParity, ...]:
    """Ask both networks the same of every text, head by head.

    "mention" is asked of stretches of words that one of the two takes for a mention, "form" of those that both do,
    "relation" of words whose governor both agree on. For "link" and "voice" each network compares its own vectors of
    the same mentions and speeches, the known ones of the text: what differs is all that the pack's weights cost.
    """
    seen = {head: _Seen([], []) for head in LEAST}
    for text in texts:
        for one, other in _readings(known, given, pack, pieces, text):
            _compare_readings(one, other, seen)
        encodings = [encode_words(text.forms, text.sentence, pack, network=network) for network in (known, given)]
        _compare_links(text, encodings, (known, given), seen["link"])
        _compare_voices(text, encodings, (known, given), seen)
    return tuple(_told(head, LEAST[head], seen[head]) for head in LEAST)


def _readings(
    known: Network, given: Network, pack: ModelPack, pieces: Pieces, text: MarkedText
) -> Iterable[tuple[Reading, Reading]]:
    """Window by window, the words each window answers for."""
    spellings, views = pieces.spell(text.forms), pack.manifest.views
    sizes = [len(numbers) for numbers, _ in spellings]
    for window in cut_windows(sizes, text.sentence, text.forms, room=views.room, context=views.context):
        feed = lay_feed([window], spellings, text.sentence, pieces)
        yield _owned(known.read(feed), window), _owned(given.read(feed), window)


def _owned(reading: Reading, window: Window) -> Reading:
    own = slice(window.own - window.first, window.end - window.first)
    columns: dict[str, Any] = {name: column[0, own] for name, column in reading._asdict().items()}
    return Reading(**columns)


def _compare_readings(one: Reading, other: Reading, seen: dict[str, _Seen]) -> None:
    ours, theirs = one.mention.argmax(-1), other.mention.argmax(-1)
    either, both = (ours > 0) | (theirs > 0), (ours > 0) & (theirs > 0)
    seen["mention"].add((ours == theirs)[either], (one.mention - other.mention)[either])
    seen["form"].add((one.form.argmax(-1) == other.form.argmax(-1))[both], (one.form - other.form)[both])
    seen["event"].add((one.event > 0) == (other.event > 0), one.event - other.event)
    for head in ("word_class", "lemma"):
        a, b = getattr(one, head), getattr(other, head)
        seen[head].add(a.argmax(-1) == b.argmax(-1), a - b)
    governed = one.head == other.head
    seen["head"].add(governed, one.head - other.head)
    same = one.relation.argmax(-1) == other.relation.argmax(-1)
    seen["relation"].add(same[governed], (one.relation - other.relation)[governed])


def _compare_links(text: MarkedText, encodings: Sequence[Encoding], networks: Sequence[Network], seen: _Seen) -> None:
    spans = sorted({(m.first, m.last) for m in text.mentions})
    placed = place_mentions(text.forms, spans, text.speech, [0] * len(text.forms))
    links = [link_places(e, placed, n, reach=_REACH) for e, n in zip(encodings, networks, strict=True)]
    there = np.isfinite(links[0].odds)
    seen.add(links[0].best() == links[1].best(), links[0].odds[there] - links[1].odds[there])


def _compare_voices(
    text: MarkedText, encodings: Sequence[Encoding], networks: Sequence[Network], seen: dict[str, _Seen]
) -> None:
    speeches, people = _speeches(text), _people(text)
    if not len(speeches.first):
        return
    heard = [weigh_voices(e, speeches, people, n) for e, n in zip(encodings, networks, strict=True)]
    for one, other in zip(*heard, strict=True):
        same = _loudest(one.odds) == _loudest(other.odds)
        seen["voice"].add(np.array([same]), one.odds - other.odds)
        seen["mode"].add(np.array([one.mode.argmax() == other.mode.argmax()]), one.mode - other.mode)


def _loudest(odds: NDArray[np.float32]) -> int:
    """The mention that tells who speaks; -1 where none does."""
    return int(odds.argmax()) if odds.max(initial=0) > 0 else -1


def _speeches(text: MarkedText) -> Places:
    """The unbroken stretches of speech, laid out as mentions are."""
    spans: dict[int, tuple[int, int]] = {}
    for word, number in enumerate(text.speech):
        if number >= 0:
            spans[number] = spans.get(number, (word, word))[0], word
    return place_mentions(text.forms, list(spans.values()), text.speech, [0] * len(text.forms))


def _people(text: MarkedText) -> Places:
    """The people mentioned; pronouns inside speech are left out, as they are when a book is read."""
    spans = sorted(
        (m.first, m.last)
        for m in text.mentions
        if m.type == "PER" and not (text.speech[m.first] >= 0 and stands_for_no_name(text.forms[m.first : m.last + 1]))
    )
    return place_mentions(text.forms, spans, text.speech, [0] * len(text.forms))


def _told(head: str, least: float, seen: _Seen) -> HeadParity:
    same = np.concatenate([*seen.same, np.zeros(0, bool)])
    away = np.concatenate([*seen.away, np.zeros(0)])
    return HeadParity(
        head=head,
        decisions=len(same),
        same=int(same.sum()),
        least=least,
        mean=round(float(away.mean()), 4) if len(away) else 0.0,
        most=round(float(away.max(initial=0.0)), 3),
    )
