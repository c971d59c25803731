"""How far a second reader of a gold story agrees with the first: what nobody can be asked to surpass by much."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterator, Sequence
from pathlib import Path

import msgspec

from benchmarks.corpora.gold import GoldScene, GoldStory, load_gold, story_paths
from benchmarks.metrics.hits import Hits
from benchmarks.metrics.relations import tie_of

__all__ = ["Second", "agreement", "second_readings"]

_FILE = "second.toml"
_Custody = tuple[str, str, int, int | None]


class _Present(msgspec.Struct, frozen=True):
    number: int
    present: tuple[str, ...] = ()


class _Custodian(msgspec.Struct, frozen=True, rename={"start": "from"}):
    object: str
    holder: str
    start: str
    until: str = ""


class _Died(msgspec.Struct, frozen=True):
    who: str
    at: str
    shown: bool = False


class _Related(msgspec.Struct, frozen=True):
    a: str
    b: str
    kind: str


class _Knows(msgspec.Struct, frozen=True):
    who: str
    fact: str
    since: str


class Second(msgspec.Struct, frozen=True):
    """What a second reader found, given the first one's people, scenes, objects and facts, and the text."""

    scenes: tuple[_Present, ...]
    custody: tuple[_Custodian, ...] = ()
    deaths: tuple[_Died, ...] = ()
    relations: tuple[_Related, ...] = ()
    knowledge: tuple[_Knows, ...] = ()


def second_readings() -> Iterator[tuple[GoldStory, Second]]:
    """The gold stories that a second reader has read, each with what he found."""
    for path in story_paths():
        if (path / _FILE).is_file():
            yield load_gold(path), _load(path / _FILE)


def agreement(readings: Sequence[tuple[GoldStory, Second]]) -> dict[str, Hits]:
    """By what was asked, the second reader's answers beside the first one's; places count by the scene they lie in."""
    first: dict[str, set[Hashable]] = {}
    other: dict[str, set[Hashable]] = {}
    for story, second in readings:
        for name, (ours, theirs) in _answers(story, second).items():
            first.setdefault(name, set()).update((story.name, answer) for answer in ours)
            other.setdefault(name, set()).update((story.name, answer) for answer in theirs)
    return {name: Hits.of(other[name], first[name]) for name in first}


def _load(path: Path) -> Second:
    return msgspec.toml.decode(path.read_text(encoding="utf-8"), type=Second)


def _answers(story: GoldStory, second: Second) -> dict[str, tuple[Collection[Hashable], Collection[Hashable]]]:
    def scene(words: str) -> int:
        return _scene(story.scenes, story.text.content.index(words))

    whole: set[_Custody] = {
        (row.object, row.holder or "", _scene(story.scenes, row.start.start),
         None if row.until is None else _scene(story.scenes, row.until.start))
        for row in story.custody
    }  # fmt: skip
    other: set[_Custody] = {
        (row.object, row.holder, scene(row.start), scene(row.until) if row.until else None) for row in second.custody
    }
    return {
        "presence": (
            {(number, who) for number, one in enumerate(story.scenes, 1) for who in one.present},
            {(one.number, who) for one in second.scenes for who in one.present},
        ),
        "deaths": ({row.who for row in story.deaths}, {row.who for row in second.deaths}),
        "relations": (
            {tie_of(row.a, row.b, row.kind) for row in story.relations},
            {tie_of(row.a, row.b, row.kind) for row in second.relations},
        ),
        "pairs": (
            {frozenset((row.a, row.b)) for row in story.relations},
            {frozenset((row.a, row.b)) for row in second.relations},
        ),
        "possession, whole": (whole, other),
        "possession, by scene": ({*_by_scene(story.scenes, whole)}, {*_by_scene(story.scenes, other)}),
        "knowledge": (
            {(row.who, row.fact, _scene(story.scenes, row.since.start)) for row in story.knowledge},
            {(row.who, row.fact, scene(row.since)) for row in second.knowledge},
        ),
    }


def _scene(scenes: Sequence[GoldScene], place: int) -> int:
    return next(number for number, scene in enumerate(scenes, 1) if scene.start <= place < scene.end)


def _by_scene(scenes: Sequence[GoldScene], rows: set[_Custody]) -> Iterator[tuple[str, str, int]]:
    order = sorted(range(1, len(scenes) + 1), key=lambda number: (scenes[number - 1].order, number))
    for thing, holder, since, until in rows:
        end = order.index(until) + 1 if until is not None else None
        for number in order[order.index(since) : end]:
            yield thing, holder, number
