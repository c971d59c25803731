"""In what order the scenes happened: as told, but for those whose own words or dates set them earlier."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice

import msgspec

from fabula.segment.wording import Wording
from fabula.story import Scene, Span

__all__ = ["order_scenes"]

_AS_TOLD = 0.5
"""How sure it is that a scene happened when it is told, where nothing speaks against it."""
_EARLIER = 0.25
"""The same where the scene's first sentences say that they go back in time, but not clearly enough to move it."""
_MOVED = 0.6
"""How sure it is that a scene whose words go back happened before all that was told."""
_OPENING = 3
"""So many sentences of narration show in which time a scene begins."""
_HEAD = 60
"""Characters: "ten years before" counts there; further on it rather tells what somebody had lived through."""

_MONTHS = "january february march april may june july august september october november december".split()
_DATE = re.compile(
    rf"\b(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? (?P<month>{'|'.join(_MONTHS)})|"
    rf"(?P<first>{'|'.join(_MONTHS)}) (?P<then>\d{{1,2}})(?!\d)),? (?P<year>1[5-9]\d\d|20\d\d)\b",
    re.IGNORECASE,
)
_DATELINE = 60
"""Characters in which a letter's date, or a diary's, stands."""
_BACK = re.compile(
    r"\b(?:\w+ )?(?:seconds|minutes|hours|days|nights|weeks|months|years|winters|summers|year|month|week|day|"
    r"night) (?:before|earlier|ago|previously)\b|\b(?:the (?:night|day|year|week) before|"
    r"in those days|long ago|years before)\b",
    re.IGNORECASE,
)
_LONG_BEFORE = re.compile(
    r"\b\w+ (?:(?:or|and) \w+ )?(?:days|nights|weeks|months|years|winters|summers|year|month|week) "
    r"(?:before|earlier|previously)(?=[,.;:—]| (?:he|she|they|we|I|it)\b)",
    re.IGNORECASE,
)
"""Not "ten minutes before", which goes back no further than the scene told last, nor "three days before the ball", nor
"ten years ago", which counts from the telling."""
_PERFECT = re.compile(
    r"\b(?:had|['’]d) (?:\w+ly |not |never |always |just |already |all |long |once )*"
    r"(?:been|\w+ed|\w+en|\w+t|\w+ne|\w+d|come|run|\w+ung|\w+unk)\b"
)
_NO_STORY = frozenset({"heading", "break", "blank", "apart"})


def order_scenes(
    wording: Wording, scenes: Sequence[Scene], *, settled: Sequence[tuple[int, int]] = ()
) -> tuple[Scene, ...]:
    """The scenes with `order`, all in one thread, and a confidence that says how much speaks for their place.

    A scene is moved only on its own word: one headed by a date goes to its place among the dated ones; one that opens
    "ten years before" goes before all that was told, and behind what was so moved before it. Everything else happens
    when it is told: a past perfect alone moves nothing (on the gold stories that was wrong more often than right).

    Args:
        settled: pairs of indices of scenes of which the user has said that the first happened before the second.
    """
    backs = [_goes_back(wording, scene) if told else None for told, scene in enumerate(scenes)]
    line = _line(wording, scenes, backs)
    places = _around(line, settled)
    return tuple(
        _placed(scene, places[told], backs[told], moved=line[told] != told, alone=len(scenes) == 1)
        for told, scene in enumerate(scenes)
    )


def _placed(scene: Scene, place: int, back: Span | None, *, moved: bool, alone: bool) -> Scene:
    sure = scene.confidence if alone else min(scene.confidence, _AS_TOLD)
    if back is not None:
        sure = min(scene.confidence, _MOVED if moved else _EARLIER)
    evidence = (*scene.evidence, back) if back is not None else scene.evidence
    return msgspec.structs.replace(scene, order=place, thread=1, confidence=sure, evidence=evidence)


def _line(wording: Wording, scenes: Sequence[Scene], backs: Sequence[Span | None]) -> list[int]:
    """The scenes, by number as told, in the order in which they happened."""
    line: list[int] = []
    memories: list[int] = []
    dates: dict[int, tuple[int, int, int]] = {}
    for told, scene in enumerate(scenes):
        date = _date_of(wording, scene)
        if date is not None and dates:
            sooner = [other for other in line if other in dates and dates[other] <= date]
            nearest = line.index(sooner[-1]) + 1 if sooner else min(line.index(other) for other in dates)
            line.insert(nearest, told)
        elif told and _is_clear(wording, scene):
            line.insert(line.index(memories[-1]) + 1 if memories else 0, told)
            memories.append(told)
        else:
            line.append(told)
        if date is not None:
            dates[told] = date
    return line


def _is_clear(wording: Wording, scene: Scene) -> bool:
    """Whether the words at the scene's head say by how many days, weeks or years it goes back."""
    heads = _narration(wording, scene)
    if not heads:
        return False
    return (
        _LONG_BEFORE.search(wording.segments.text.content, heads[0].start, min(heads[0].end, heads[0].start + _HEAD))
        is not None
    )


def _date_of(wording: Wording, scene: Scene) -> tuple[int, int, int] | None:
    """Year, month and day at the scene's head, where they stand in the narration."""
    found = _DATE.search(wording.segments.text.content, scene.start, min(scene.end, scene.start + _DATELINE))
    if found is None:
        return None
    month = _MONTHS.index((found["month"] or found["first"]).lower()) + 1
    return int(found["year"]), month, int(found["day"] or found["then"])


def _around(line: Sequence[int], settled: Sequence[tuple[int, int]]) -> list[int]:
    """For each scene its place in story time, from 1: in line, but for what the user has said."""
    order = list(line)
    if settled:
        waiting, order = list(line), []
        while waiting:
            free = [s for s in waiting if not any(later == s and earlier in waiting for earlier, later in settled)]
            order.append(free[0] if free else waiting[0])  # a circle in what was said is cut where it comes first
            waiting.remove(order[-1])
    places = [0] * len(order)
    for place, scene in enumerate(order, start=1):
        places[scene] = place
    return places


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
