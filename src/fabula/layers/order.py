"""In what order the scenes happened; so far the order in which they are told, with a word of doubt where it is due."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice

import msgspec

from fabula.segment.wording import Wording
from fabula.story import Scene, Span

__all__ = ["order_scenes"]

_AS_TOLD = 0.5
"""How sure it is that a scene happened when it is told: nothing has been asked yet but the order of telling."""
_EARLIER = 0.25
"""The same where the scene's first sentences say that they go back in time."""
_OPENING = 3
"""So many sentences of narration show in which time a scene begins."""

_BACK = re.compile(
    r"\b(?:\w+ )?(?:seconds|minutes|hours|days|nights|weeks|months|years|winters|summers|year|month|week|day|"
    r"night) (?:before|earlier|ago|previously)\b|\b(?:the (?:night|day|year|week) before|"
    r"in those days|long ago|years before)\b",
    re.IGNORECASE,
)
_PERFECT = re.compile(
    r"\b(?:had|['’]d) (?:\w+ly |not |never |always |just |already |all |long |once )*"
    r"(?:been|\w+ed|\w+en|\w+t|\w+ne|\w+d|come|run|\w+ung|\w+unk)\b"
)
_NO_STORY = frozenset({"heading", "break", "blank", "apart"})


def order_scenes(
    wording: Wording, scenes: Sequence[Scene], *, settled: Sequence[tuple[int, int]] = ()
) -> tuple[Scene, ...]:
    """The scenes with `order` as told, all in one thread, and a confidence that says no more than that.

    A scene that opens in the past perfect or with words like "ten years before" is not moved yet: its confidence falls
    and the words are added to its evidence.

    Args:
        settled: pairs of indices of scenes of which the user has said that the first happened before the second.
    """
    places = _around(len(scenes), settled)
    ordered = []
    for told, scene in enumerate(scenes):
        place = places[told]
        back = _goes_back(wording, scene) if told else None
        confidence = scene.confidence if len(scenes) == 1 else min(scene.confidence, _EARLIER if back else _AS_TOLD)
        evidence = (*scene.evidence, back) if back is not None else scene.evidence
        ordered.append(msgspec.structs.replace(scene, order=place, thread=1, confidence=confidence, evidence=evidence))
    return tuple(ordered)


def _around(count: int, settled: Sequence[tuple[int, int]]) -> list[int]:
    """For each scene its place in story time, from 1: as told, but for what the user has said."""
    if not settled:
        return list(range(1, count + 1))
    waiting, order = list(range(count)), []
    while waiting:
        free = [s for s in waiting if not any(later == s and earlier in waiting for earlier, later in settled)]
        order.append(free[0] if free else waiting[0])  # a circle in what was said is cut where it is told first
        waiting.remove(order[-1])
    return [order.index(scene) + 1 for scene in range(count)]


def _goes_back(wording: Wording, scene: Scene) -> Span | None:
    """The words by which a scene's opening goes back in time: an earlier date, or the past perfect twice."""
    content = wording.segments.text.content
    perfects = []
    for sentence in islice(_narration(wording, scene), _OPENING):
        earlier = _BACK.search(content, sentence.start, sentence.end)
        if earlier is not None:
            return Span(*earlier.span())
        perfect = _PERFECT.search(content, sentence.start, sentence.end)
        if perfect is not None:
            perfects.append(Span(*perfect.span()))
    return perfects[0] if len(perfects) > 1 else None


def _narration(wording: Wording, scene: Scene) -> list[Span]:
    """The scene's first sentences that begin in the narration, headings left out."""
    segments = wording.segments
    found: list[Span] = []
    at = segments.sentence_at(scene.start)
    while at < len(segments.sentences) and segments.sentences[at].start < scene.end and len(found) < _OPENING:
        sentence = segments.sentences[at]
        word = wording.at(sentence.start)
        kind = segments.paragraphs[segments.paragraph_at(sentence.start)].kind
        if kind not in _NO_STORY and word < len(wording) and wording.quote[word] == -1:
            found.append(sentence.span)
        at += 1
    return found
