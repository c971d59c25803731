"""Where one scene ends and the next begins, as far as the page itself marks it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise

from fabula.layers.scenes.present import find_present
from fabula.layers.scenes.setting import find_place, find_time
from fabula.segment import Segments
from fabula.segment.wording import Wording
from fabula.story import Character, Frame, Mention, Paragraph, Quote, Scene, SceneWord, Span

__all__ = ["cut_scenes"]

_STORY = frozenset({"prose", "letter", "verse"})
_EMPTY = frozenset({"blank", "break"})

_MARKED = 0.9
"""How sure a marked scene is one scene."""
_UNMARKED = 0.4
"""The same in a text that marks nothing: it may hold many scenes, and this reading does not look for them yet."""
_LONG = 2000
"""Words. Of the 2,324 scenes that Standard Ebooks' novels part by asterisks, four in five are shorter; a longer one is
likely to hold changes that nothing marks, so confidence falls with the length."""
_LEAST = 0.3


def cut_scenes(
    wording: Wording,
    characters: Sequence[Character],
    mentions: Sequence[Mention],
    quotes: Sequence[Quote],
    *,
    settled: Sequence[SceneWord] = (),
) -> tuple[Scene, ...]:
    """The scenes in order of telling; joined they are the text.

    Cut are chapter starts and marked breaks, not those around a letter or verses. What is not story (front matter, a
    heading alone) goes with its neighbour. `order` and `thread` are left open.

    Args:
        settled: where the user has said that a scene begins, or goes on.
    """
    segments = wording.segments
    cuts = _cuts(segments, settled)
    places = [*cuts, len(segments.text)]
    scenes = []
    for number, (start, end) in enumerate(pairwise(places), start=1):
        span = Span(start, end)
        place = find_place(wording, mentions, span)
        time = find_time(wording, span)
        shown = (_mark_before(segments, start), place, time)
        scenes.append(
            Scene(
                start,
                end,
                id=f"s{number}",
                frame=_frame(segments, span),
                place=" ".join(segments.text[place].split()) if place else None,
                time=" ".join(segments.text[time].split()) if time else None,
                present=find_present(wording, characters, mentions, quotes, span),
                confidence=_confidence(wording, span, marked=len(cuts) > 1),
                evidence=tuple(words for words in shown if words is not None),
            )
        )
    return tuple(scenes)


def _cuts(segments: Segments, settled: Sequence[SceneWord]) -> list[int]:
    """The starts of the scenes, the first 0; each has some story before the next."""
    wanted = {chapter.start for chapter in segments.chapters} | {
        place for place in segments.breaks if not _encloses_block(segments, place)
    }
    said = {segments.paragraphs[segments.paragraph_at(word.start)].start: word.begins for word in settled}
    wanted = (wanted | {place for place, begins in said.items() if begins}) - {
        p for p, begins in said.items() if not begins
    }
    story = [paragraph.start for paragraph in segments.paragraphs if paragraph.kind in _STORY]
    if not story:
        return [0]
    cuts = [0]
    for place in sorted(wanted - {0}):
        has_story_before = bisect_left(story, place) > bisect_left(story, cuts[-1])
        if bisect_left(story, place) < len(story) and has_story_before:
            cuts.append(place)
    return cuts


def _encloses_block(segments: Segments, place: int) -> bool:
    """Whether a break only sets off a letter or verses from the prose around."""
    at = segments.paragraph_at(place)
    before = next((p for p in reversed(segments.paragraphs[:at]) if p.kind not in _EMPTY), None)
    kinds = {segments.paragraphs[at].kind, before.kind if before is not None else "prose"}
    return "verse" in kinds or ("letter" in kinds and len(kinds) > 1)


def _mark_before(segments: Segments, start: int) -> Span | None:
    """The words that mark the scene's beginning: the break before it or the heading it begins with."""
    if not segments.paragraphs:
        return None
    at = segments.paragraph_at(start)
    if segments.paragraphs[at].kind == "heading":
        return _words(segments.paragraphs[at])
    for paragraph in reversed(segments.paragraphs[max(0, at - 3) : at]):
        if paragraph.kind == "break":
            return _words(paragraph)
        if paragraph.kind != "blank":
            break
    return None


def _words(paragraph: Paragraph) -> Span:
    return Span(paragraph.start, paragraph.body)


def _frame(segments: Segments, span: Span) -> Frame:
    """`letter` where all of the scene is one; dreams, memories and tales are not told apart yet."""
    first = segments.paragraph_at(span.start)
    kinds = set()
    for paragraph in segments.paragraphs[first:]:
        if paragraph.start >= span.end:
            break
        if paragraph.kind in _STORY:
            kinds.add(paragraph.kind)
    return "letter" if kinds == {"letter"} else "main"


def _confidence(wording: Wording, span: Span, *, marked: bool) -> float:
    length = len(wording.within(span))
    sure = _MARKED if marked else _UNMARKED
    return round(max(_LEAST, sure * min(1.0, _LONG / max(1, length))), 3)
