"""What one pass of the encoder says of a text, word by word and mention by mention."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import msgspec
import numpy as np
from numpy.typing import NDArray

from fabula.models import Labels

__all__ = ["Encoding", "Stretch"]

Floats = NDArray[np.float32]
Numbers = NDArray[np.int64]


class Stretch(NamedTuple):
    """A possible mention: words `first` to `last` (both of it), and how sure the encoder is (log odds)."""

    number: int
    first: int
    last: int
    type: str
    form: str
    score: float


class Encoding(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """Columns over the N words of a wording and its M possible mentions, these in order of place, the longer first.

    Attributes:
        labels: what the numbers stand for.
        event: N, log odds that the word tells of something that happens in the story.
        word_class: N, index in `labels.classes`; `class_score`: N, its probability.
        lemma: N, index in `labels.lemmas` (see `encode.lemmas`).
        head: N, the word that governs this one; a word that governs itself is the root of its sentence.
        relation: N, index in `labels.relations`.
        first, last: M, the first and the last word of each possible mention.
        type, form: M, indices in `labels.types` and `labels.forms`.
        score: M, log odds of being a mention of that type rather than none.
        encoder: the digest of the encoder that read it, "" if that is not known. Vectors of another cannot be compared.
        begin, close: N×D, a word's halves of the vector of whatever begins or ends at it, in steps worth
            `begin_step` and `close_step` (N).
    """

    labels: Labels
    event: Floats
    word_class: NDArray[np.uint8]
    class_score: Floats
    lemma: NDArray[np.uint8]
    head: NDArray[np.int32]
    relation: NDArray[np.uint8]
    first: NDArray[np.int32]
    last: NDArray[np.int32]
    type: NDArray[np.uint8]
    form: NDArray[np.uint8]
    score: Floats
    begin: NDArray[np.int8]
    begin_step: Floats
    close: NDArray[np.int8]
    close_step: Floats
    encoder: str = ""

    def __len__(self) -> int:
        return len(self.event)

    def vectors(self, first: Numbers, last: Numbers) -> Floats:
        """S×D, for S stretches of words (first and last): what is compared to tell who is meant, or who speaks."""
        begin = self.begin[first] * self.begin_step[first, None]
        close = self.close[last] * self.close_step[last, None]
        joined: Floats = np.maximum(0, begin + close)
        return joined

    def mentions(self, *, least: float = 0.0) -> Iterator[Stretch]:
        """The mentions whose score is at least `least`, in order of place, the longer first; they nest, none cross."""
        chosen = np.flatnonzero(self.score >= least)
        for number in sorted(_nesting(chosen, self.first, self.last, self.score)):
            yield Stretch(
                number,
                int(self.first[number]),
                int(self.last[number]),
                self.labels.types[self.type[number]],
                self.labels.forms[self.form[number]],
                float(self.score[number]),
            )


def _nesting(
    chosen: NDArray[np.int64], first: NDArray[np.int32], last: NDArray[np.int32], score: Floats
) -> Iterator[int]:
    """Those of the chosen mentions that cross none with a better score."""
    widest = int((last - first)[chosen].max(initial=0))
    kept: dict[int, list[int]] = {}
    for number in chosen[np.argsort(-score[chosen], kind="stable")].tolist():
        begin, end = int(first[number]), int(last[number])
        before = (other for at in range(begin - widest, begin) for other in kept.get(at, ()))
        inside = (other for at in range(begin + 1, end + 1) for other in kept.get(at, ()))
        if not any(begin <= other < end for other in before) and not any(other > end for other in inside):
            kept.setdefault(begin, []).append(end)
            yield number
