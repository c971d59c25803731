"""Takes M8 and M9 on our own stories, with breaks as read and with the true ones, beside what one gets for nothing."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from benchmarks.corpora.gold import GoldScene, GoldStory, load_gold
from benchmarks.gold_running import HELD_OUT
from benchmarks.metrics.breaks import near_hits
from benchmarks.metrics.hits import Hits
from benchmarks.metrics.order import OrderResult, measure_order
from benchmarks.metrics.shares import summed
from benchmarks.reading import read
from benchmarks.scenes_running import deepest
from benchmarks.tables import number, table
from fabula.layers.scenes.passages import Passage, lay_passages
from fabula.reader import read_text
from fabula.segment import segment
from fabula.segment.wording import Wording, lay_out
from fabula.story import Corrections, Paragraph, Span, Story
from fabula.story.corrections.entries import SceneEntry

__all__ = ["Breaks", "StoryOrder", "break_table", "measure_story_order", "order_table", "run_stories", "with_breaks"]

_LINEAR = "linear"
_STORY = frozenset({"prose", "letter", "verse"})
_SHOWN = 80
"""Characters of a paragraph's beginning by which a break is given."""


class Breaks(msgspec.Struct, frozen=True):
    """Break paragraphs hit, exactly and within one."""

    exact: Hits
    near: Hits


class StoryOrder(msgspec.Struct, frozen=True, kw_only=True):
    """What was measured on one story.

    Attributes:
        held_out: no rule was made on it; `linear`: it is told as it happened.
        own, given: the order of the scenes as the reading cuts them, and where the true breaks are given; each has what
            one gets for the order as told.
        ours, marked, cohesion: the reading's breaks; those alone that the page marks; as many as the reading has where
            the words on both sides are least alike. Chapter starts are given and not scored.
    """

    name: str
    held_out: bool
    linear: bool
    own: OrderResult
    given: OrderResult
    ours: Breaks
    marked: Breaks
    cohesion: Breaks


def run_stories(paths: Sequence[Path]) -> Iterator[StoryOrder]:
    """Read each story twice, the second time with its true breaks."""
    for path in paths:
        gold = load_gold(path)
        if gold.scenes:
            predicted = read(gold.text)
            yield measure_story_order(predicted, with_breaks(gold), gold)


def with_breaks(gold: GoldStory) -> Story:
    """The story as read with somebody who knows of every paragraph whether a scene begins with it."""
    paragraphs = [p for p in segment(gold.text).paragraphs if p.kind in _STORY]
    begins = {bisect_left(paragraphs, scene.start, key=lambda p: p.body) for scene in gold.scenes}
    entries = [_entry(gold, paragraph, begins=at in begins) for at, paragraph in enumerate(paragraphs) if at]
    return read_text(gold.text, corrections=Corrections(scene=tuple(entries)))


def _entry(gold: GoldStory, paragraph: Paragraph, *, begins: bool) -> SceneEntry:
    whole = gold.text.content[paragraph.start : paragraph.body].strip()
    words = whole if len(whole) <= _SHOWN else whole[:_SHOWN].rsplit(maxsplit=1)[0]
    nth = gold.text.content.count(words, 0, paragraph.start) + 1
    return SceneEntry(begins=words, nth=nth) if begins else SceneEntry(goes_on=words, nth=nth)


def measure_story_order(predicted: Story, given: Story, gold: GoldStory) -> StoryOrder:
    """The measures of one story that was read twice."""
    wording = lay_out(segment(gold.text))
    passages = lay_passages(wording, ())
    free = {at for at, passage in enumerate(passages) if not passage.fresh}
    known = _numbers(wording, [s for s in gold.scenes if s.starts not in ("text", "chapter")], passages) & free
    ours = _numbers(wording, predicted.scenes, passages) & free
    marked = _numbers(wording, [Span(place, place) for place in wording.segments.breaks], passages) & free
    return StoryOrder(
        name=gold.name,
        held_out=HELD_OUT in gold.tags,
        linear=_LINEAR in gold.tags,
        own=measure_order(predicted, gold.scenes),
        given=measure_order(given, gold.scenes),
        ours=_found(ours, known),
        marked=_found(marked, known),
        cohesion=_found(deepest(wording, passages, many=len(ours)), known),
    )


def _numbers(wording: Wording, places: Sequence[Span | GoldScene], passages: Sequence[Passage]) -> set[int]:
    """The numbers of the passages with which these begin; one may begin behind its paragraph's white space."""
    words = (wording.at(place.start) for place in places)
    found = (next((at for at, p in enumerate(passages) if p.end > word), None) for word in words)
    return {at for at in found if at is not None}


def _found(said: set[int], known: set[int]) -> Breaks:
    return Breaks(Hits.of(said, known), near_hits(said, known))


def _groups(runs: Sequence[StoryOrder]) -> Iterator[tuple[str, list[StoryOrder]]]:
    groups = {
        "all": list(runs),
        "held out": [run for run in runs if run.held_out],
        "the others": [run for run in runs if not run.held_out],
        "linear": [run for run in runs if run.linear],
    }
    yield from ((name, group) for name, group in groups.items() if group)


def order_table(runs: Sequence[StoryOrder]) -> str:
    """A row for each story, and for all, those held out, the others, and the linear ones."""
    head = (
        "story", "pairs", "tau-b", "turned", "breaks given: pairs", "tau-b", "as told: pairs", "tau-b", "frames",
        "breaks given: frames", "all main",
    )  # fmt: skip
    rows = [_order_row(run.name, [run]) for run in runs]
    return table(head, [*rows, *(_order_row(f"**{name}** ({len(group)})", group) for name, group in _groups(runs))])


def _order_row(name: str, runs: Sequence[StoryOrder]) -> list[str]:
    own: OrderResult = summed([run.own for run in runs])
    given: OrderResult = summed([run.given for run in runs])
    orders = (own.order.pairs, own.order.tau, own.turned.pairs, given.order.pairs, given.order.tau)
    told = (own.as_told.pairs, own.as_told.tau)
    frames = (own.frames.value, given.frames.value, own.all_main.value)
    return [name, *map(number, (*orders, *told, *frames))]


def break_table(runs: Sequence[StoryOrder]) -> str:
    """F1 of breaks, exact and within one, beside what one gets for nothing."""
    head = ("stories", "M8", "±1", "marks and chapters only", "±1", "cohesion", "±1")
    rows = []
    for name, group in _groups(runs):
        kinds = ([run.ours for run in group], [run.marked for run in group], [run.cohesion for run in group])
        sums: list[Breaks] = [summed(kind) for kind in kinds]
        rows.append([name, *(number(hits.f1) for one in sums for hits in (one.exact, one.near))])
    return table(head, rows)
