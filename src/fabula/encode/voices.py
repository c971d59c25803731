"""Whose mentions tell who makes each speech."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from fabula.encode.encoding import Encoding
from fabula.encode.pairs import Places, place_spans, stands_for_no_name, voice_features
from fabula.encode.session import Network
from fabula.segment.wording import Wording
from fabula.story import Mention

__all__ = ["Voice", "hear_voices", "weigh_voices"]

_BEFORE, _BEHIND = 180, 60
"""Words before and behind a speech in which mentions are weighed: a little less than was seen while learning."""
_BLOCK = 16
"""Speeches weighed at once."""


class Voice(NamedTuple):
    """Of one quotation: the mentions around it and the log odds of each to be of its speaker, against none of them (0).

    `mentions` are numbers of the mentions given; `mode`: the probabilities of the pack's modes.
    """

    mentions: NDArray[np.int64]
    odds: NDArray[np.float32]
    mode: NDArray[np.float32]


def hear_voices(
    wording: Wording, encoding: Encoding, network: Network, mentions: Sequence[Mention]
) -> dict[int, Voice]:
    """Weigh the people mentioned around each outermost quotation, by the quotation's number.

    Args:
        wording: the words of the text.
        encoding: of the text.
        network: of the pack that made the encoding.
        mentions: in any order; whom pronouns inside speech mean follows from who speaks, so they are left out.
    """
    quotations = wording.segments.quotations
    spoken = [i for i, q in enumerate(quotations) if q.depth == 0 and q.mode != "term" and wording.within(q)]
    speeches = place_spans(wording, [quotations[i] for i in spoken])._replace(speech=np.array(spoken, np.int64))
    chosen = sorted(
        (n for n, m in enumerate(mentions) if m.type == "PER" and _is_heard(wording, m)),
        key=lambda n: (mentions[n].start, mentions[n].end),
    )
    places = place_spans(wording, [mentions[n] for n in chosen])
    numbers = np.array(chosen, np.int64)
    heard = weigh_voices(encoding, speeches, places, network)
    return {i: voice._replace(mentions=numbers[voice.mentions]) for i, voice in zip(spoken, heard, strict=True)}


def _is_heard(wording: Wording, mention: Mention) -> bool:
    words = wording.within(mention)
    if not words:
        return False
    return wording.quote[words.start] < 0 or not stands_for_no_name(wording.forms[words.start : words.stop])


def weigh_voices(encoding: Encoding, speeches: Places, mentions: Places, network: Network) -> list[Voice]:
    """Weigh the mentions around each speech; a voice's `mentions` are numbers in `mentions`.

    Args:
        encoding: of the text.
        speeches: unbroken stretches of quotation, laid out as mentions are, in order; `speech` is their own number.
        mentions: of people, in order; pronouns inside speech left out (`stands_for_no_name`).
        network: of the pack that made the encoding.
    """
    own, others = encoding.vectors(speeches.first, speeches.last), encoding.vectors(mentions.first, mentions.last)
    found: list[Voice] = []
    for at in range(0, len(own), _BLOCK):
        block = np.arange(at, min(at + _BLOCK, len(own)))
        low = np.searchsorted(mentions.first, speeches.first[block] - _BEFORE)
        high = np.searchsorted(mentions.first, speeches.last[block] + _BEHIND, side="right")
        near = slice(int(low.min()), max(int(high.max()), int(low.min())))
        features = voice_features(speeches.some(block), mentions.some(near))
        odds, mode = network.voice(own[block], others[near], features)
        mode = np.exp(mode - mode.max(-1, keepdims=True))
        mode /= mode.sum(-1, keepdims=True)
        for row in range(len(block)):
            around = np.arange(low[row], max(low[row], high[row]))
            found.append(Voice(around, odds[row, around - near.start], mode[row]))
    return found
