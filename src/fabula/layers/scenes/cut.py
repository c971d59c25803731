"""Where one scene ends and the next begins: where the page marks it, and where the words show it."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Sequence, Set
from itertools import pairwise

from fabula.encode import Encoding
from fabula.layers.scenes.choose import choose_seams, score_of
from fabula.layers.scenes.exchanges import raise_exchanges
from fabula.layers.scenes.eyes import find_eyes
from fabula.layers.scenes.frames import find_frame, greets, is_date_line, is_signature
from fabula.layers.scenes.hearing import hear_seams
from fabula.layers.scenes.leaps import find_leaps
from fabula.layers.scenes.lookbacks import raise_lookbacks
from fabula.layers.scenes.moments import normalise
from fabula.layers.scenes.overtures import find_overtures
from fabula.layers.scenes.returns import find_returns
from fabula.layers.scenes.seams import find_seams
from fabula.layers.scenes.setting import find_place, find_time
from fabula.layers.scenes.tales import find_tales
from fabula.layers.scenes.tellers import find_tellers
from fabula.layers.scenes.worlds import find_worlds
from fabula.segment import Segments
from fabula.segment.wording import Wording
from fabula.story import Character, Mention, Paragraph, Quote, Scene, SceneWord, Span

__all__ = ["cut_scenes"]

_STORY = frozenset({"prose", "letter", "verse"})
_EMPTY = frozenset({"blank", "break"})

_MARKED = 0.9
"""How sure a marked scene is one scene."""
_UNMARKED = 0.4
"""The same in a text that marks nothing and shows nothing."""
_SHOWN = (0.3, 0.7)
"""How sure a scene is that nothing marks: where its seam just passes the bar, and where it passes it by far. In the
gold stories two in five that are cut so are right."""
_LONG = 2000
"""Words. Of the 2,324 scenes that Standard Ebooks' novels part by asterisks, four in five are shorter; a longer one is
likely to hold changes that nothing marks, so confidence falls with the length."""
_LEAST = 0.3
_FROM_LEAP = 30
"""Words. A flashback may be shorter than other scenes that nothing marks."""


def cut_scenes(
    wording: Wording,
    characters: Sequence[Character],
    mentions: Sequence[Mention],
    quotes: Sequence[Quote],
    *,
    encoding: Encoding | None = None,
    settled: Sequence[SceneWord] = (),
) -> tuple[Scene, ...]:
    """The scenes in order of telling; joined they are the text.

    Cut are chapter starts and marked breaks, not those around a letter or verses, and the places between paragraphs
    where time, place, people or words change. What is not story (front matter, a heading alone) goes with its
    neighbour. `order` and `thread` are left open, and so is who is there.

    Args:
        encoding: of the text; without it the words and the names alone tell where scenes change unmarked.
        settled: where the user has said that a scene begins, or goes on.
    """
    segments = wording.segments
    walls = _cuts(segments, settled)
    tales = find_tales(wording)
    marked = _cuts(segments, settled, also=find_leaps(wording) | tales.seams)
    shown = {start: _SHOWN[1] for start in marked if start not in walls}
    shown |= _unmarked(wording, mentions, quotes, walls, settled, encoding=encoding, leaps=[*shown], whole=tales.inside)
    cuts = sorted({*marked, *shown})
    places = [*cuts, len(segments.text)]
    spans = [Span(start, end) for start, end in pairwise(places)]
    scenes = []
    for number, (span, world) in enumerate(zip(spans, find_worlds(wording, spans), strict=True), start=1):
        start, end = span.start, span.end
        frame = find_frame(wording, span)
        frame = world if frame == "main" else frame
        place = find_place(wording, mentions, span)
        time = find_time(wording, span)
        words = (_mark_before(segments, start), place, time)
        scenes.append(
            Scene(
                start,
                end,
                id=f"s{number}",
                frame=frame,
                place=" ".join(segments.text[place].split()) if place else None,
                time=" ".join(segments.text[time].split()) if time else None,
                when=normalise(segments.text[time]) if time else None,
                point_of_view=find_eyes(wording, characters, mentions, quotes, span),
                confidence=_confidence(wording, span, sure=shown.get(start, _MARKED if len(cuts) > 1 else _UNMARKED)),
                evidence=tuple(where for where in words if where is not None),
            )
        )
    return find_tellers(wording, scenes, mentions, quotes)


def _cuts(segments: Segments, settled: Sequence[SceneWord], *, also: Set[int] = frozenset()) -> list[int]:
    """The starts of the scenes, the first 0; each has some story before the next."""
    wanted = also | {chapter.start for chapter in segments.chapters} | _dated_letters(segments) | _diary_days(segments)
    wanted |= {place for place in segments.breaks if not _encloses_block(segments, place)}
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


def _dated_letters(segments: Segments) -> set[int]:
    """Where a letter begins with a date line and a salutation, and where the story goes on behind its signature."""
    content = segments.text.content
    story = [p for p in segments.paragraphs if p.kind in _STORY]
    found: set[int] = set()
    inside = False
    for at, paragraph in enumerate(story):
        line = content[paragraph.start : paragraph.body].strip("_*> ")
        after = story[at + 1] if at + 1 < len(story) else None
        if is_date_line(line) and after is not None and greets(content[after.start : after.body].strip("_*> ")):
            found.add(paragraph.start)
            inside = True
        elif inside and after is not None and is_signature(line):
            found.add(after.start)
            inside = False
    return found


def _diary_days(segments: Segments) -> set[int]:
    """Where the entries of a diary begin: each a paragraph that is nothing but a date, and there are several."""
    content = segments.text.content
    lines = ((p.start, content[p.start : p.body].strip("_*> ")) for p in segments.paragraphs if p.kind in _STORY)
    found = {start for start, line in lines if line[:1].isalnum() and is_date_line(line)}
    return found if len(found) > 1 else set()


def _unmarked(
    wording: Wording,
    mentions: Sequence[Mention],
    quotes: Sequence[Quote],
    marked: Sequence[int],
    settled: Sequence[SceneWord],
    *,
    encoding: Encoding | None,
    leaps: Sequence[int],
    whole: Set[int],
) -> dict[int, float]:
    """Where scenes begin that nothing marks, and how sure that is; never where the user has said that one goes on, nor
    inside a `whole` tale."""
    segments = wording.segments
    kept = {segments.paragraphs[segments.paragraph_at(word.start)].start for word in settled}
    seams = find_seams(wording, mentions)
    walls = {wording.at(start) for start in marked}
    free = [seam for seam in seams if seam.start not in kept | whole and seam.word not in walls]
    low, high = _SHOWN
    heard = hear_seams(wording, encoding) if encoding is not None else {}
    scores = [score_of(seam) + heard.get(seam.start, 0.0) for seam in free]
    scores = raise_lookbacks(wording, free, scores)
    scores = raise_exchanges(wording, quotes, free, scores)
    chosen = choose_seams(free, scores, length=len(wording), walls=sorted(walls))
    chosen = find_overtures(wording, quotes, free, scores, chosen, sorted(walls))
    near = [wording.at(start) for start in leaps]
    chosen = [(seam, passed) for seam, passed in chosen if all(abs(seam.word - word) >= _FROM_LEAP for word in near)]
    cuts = [seam.word for seam, _ in chosen]
    chosen += find_returns(wording, quotes, free, scores, [*cuts, *near], sorted(walls))
    return {seam.start: high - (high - low) * math.exp(-passed) for seam, passed in chosen}


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


def _confidence(wording: Wording, span: Span, *, sure: float) -> float:
    length = len(wording.within(span))
    return round(max(_LEAST, sure * min(1.0, _LONG / max(1, length))), 3)
