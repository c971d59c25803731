"""What the words themselves say of a pair: two mentions, or a speech and a mention."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from fabula.segment.wording import Wording
from fabula.story import Span

__all__ = [
    "LINK_FEATURES",
    "VOICE_FEATURES",
    "Places",
    "bare_words",
    "link_features",
    "numbered",
    "place_mentions",
    "place_spans",
    "stands_for_no_name",
    "voice_features",
]

Numbers = NDArray[np.int64]
Floats = NDArray[np.float32]

_STEPS = 11
LINK_FEATURES = _STEPS + 7
"""How far apart (eleven steps, each twice the last); the same words, the same last word, one inside the other, next
to each other; the later in a speech, the earlier in one, both in the same."""
_PARAGRAPHS = 5
VOICE_FEATURES = 2 * _STEPS + _PARAGRAPHS + 3
"""How far before or behind the speech; how many paragraphs off, from two before to two behind; the mention in this very
speech, in another, in the narration."""

_LIGHT = frozenset("the a an this that his her its my our your their 's ’s mr mr. mrs mrs. miss sir".split())

_PRONOUNS = frozenset(
    "i me my mine myself you your yours yourself yourselves thou thee thy thine thyself ye we us our ours ourselves he "
    "him his himself she her hers herself they them their theirs themselves themself it its itself who whom "
    "whose".split()
)


class Places(NamedTuple):
    """Where M stretches of words stand, and what they are made of.

    Attributes:
        first, last: the first and last word.
        whole, tail: a number for the bare words, the same for the same words; and for the last of them.
        speech: the number of the speech the stretch stands in, -1 in the narration.
        paragraph: that it begins in.
    """

    first: Numbers
    last: Numbers
    whole: Numbers
    tail: Numbers
    speech: Numbers
    paragraph: Numbers

    def some(self, chosen: Numbers | slice) -> Places:
        """Some of them."""
        return Places(*(column[chosen] for column in self))


def place_mentions(
    forms: Sequence[str], spans: Sequence[tuple[int, int]], speech: Sequence[int], paragraph: Sequence[int]
) -> Places:
    """Lay out mentions, given as first and last word.

    Args:
        forms: the words of the text.
        spans: the mentions.
        speech: for each word the number of the speech it stands in, -1 in the narration.
        paragraph: for each word the number of its paragraph.
    """
    words = [bare_words(forms[a : b + 1]) for a, b in spans]
    first, last = (np.fromiter((span[side] for span in spans), np.int64, len(spans)) for side in (0, 1))
    spoken = np.fromiter((speech[a] for a, _ in spans), np.int64, len(spans))
    row = np.fromiter((paragraph[a] for a, _ in spans), np.int64, len(spans))
    return Places(first, last, numbered(words), numbered([word[-1:] for word in words]), spoken, row)


def place_spans(wording: Wording, spans: Sequence[Span]) -> Places:
    """As `place_mentions`, for places in a text. A span of no word is laid at the word behind it."""
    words = [wording.within(span) for span in spans]
    last = max(0, len(wording) - 1)
    ranges = [(min(r.start, last), min(max(r.start, r.stop - 1), last)) for r in words]
    return place_mentions(wording.forms, ranges, wording.quote, wording.paragraph)


def stands_for_no_name(words: Sequence[str]) -> bool:
    """Whether a mention is a pronoun: whom "I" and "you" in a speech mean follows from its speaker, not the reverse."""
    return len(words) == 1 and words[0].lower() in _PRONOUNS


def bare_words(words: Sequence[str]) -> tuple[str, ...]:
    """The words of a mention that can be compared with another's: lower case, without articles and the like."""
    lower = [word.lower() for word in words]
    return tuple(word for word in lower if word not in _LIGHT) or tuple(lower)


def numbered(words: Sequence[tuple[str, ...]]) -> Numbers:
    """A number for each, the same for the same words."""
    known: dict[tuple[str, ...], int] = {}
    return np.fromiter((known.setdefault(word, len(known)) for word in words), np.int64, len(words))


def link_features(later: Places, earlier: Places) -> Floats:
    """N×M×LINK_FEATURES, for N later and M earlier mentions."""
    gap = np.maximum(0, later.first[:, None] - earlier.last[None])
    features = np.zeros((*gap.shape, LINK_FEATURES), np.float32)
    _mark(features, _steps(gap))
    spoken = later.speech[:, None] >= 0
    told = (
        later.whole[:, None] == earlier.whole[None],
        later.tail[:, None] == earlier.tail[None],
        later.first[:, None] <= earlier.last[None],
        gap == 1,
        np.broadcast_to(spoken, gap.shape),
        np.broadcast_to(earlier.speech[None] >= 0, gap.shape),
        spoken & (later.speech[:, None] == earlier.speech[None]),
    )
    for column, fact in enumerate(told, start=_STEPS):
        features[..., column] = fact
    return features


def voice_features(speeches: Places, mentions: Places) -> Floats:
    """N×M×VOICE_FEATURES, for N speeches and M mentions. A speech's `speech` is its own number."""
    before = np.maximum(0, speeches.first[:, None] - mentions.last[None])
    behind = np.maximum(0, mentions.first[None] - speeches.last[:, None])
    features = np.zeros((*before.shape, VOICE_FEATURES), np.float32)
    _mark(features, np.where(behind > 0, _STEPS + _steps(behind), _steps(before)))
    off = np.clip(mentions.paragraph[None] - speeches.paragraph[:, None], -2, 2) + 2
    _mark(features, 2 * _STEPS + off)
    own = mentions.speech[None] == speeches.speech[:, None]
    at = 2 * _STEPS + _PARAGRAPHS
    features[..., at] = own
    features[..., at + 1] = (mentions.speech[None] >= 0) & ~own
    features[..., at + 2] = np.broadcast_to(mentions.speech[None] < 0, own.shape)
    return features


def _steps(gap: Numbers) -> Numbers:
    return np.minimum(_STEPS - 1, np.log2(1 + gap).astype(np.int64))


def _mark(features: Floats, column: Numbers) -> None:
    np.put_along_axis(features, column[..., None], 1.0, axis=-1)
