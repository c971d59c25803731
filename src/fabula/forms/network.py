"""Who speaks to whom, who is with whom, and who is whose: the people of a story as a network."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import Literal

import msgspec
from msgspec import UNSET

from fabula.forms.basics import scene_numbers, voiced
from fabula.forms.counts import counts
from fabula.story import CharacterKind, Story

__all__ = ["Edge", "EdgeKind", "Network", "Node", "network_of"]

EdgeKind = Literal["speaks", "together", "related"]


class Node(msgspec.Struct, frozen=True, kw_only=True):
    """A character in the network. `scenes` are the numbers, as told, of those they are there in."""

    id: str
    label: str
    kind: CharacterKind
    pronouns: str | None
    quotes: int
    words: int
    mentions: int
    scenes: tuple[int, ...] = ()


class Edge(msgspec.Struct, frozen=True, kw_only=True):
    """How two characters stand to each other.

    Attributes:
        source, target: their ids.
        kind: `source` speaks to `target`; both are together in a scene; `source` is the `label` of `target`.
        label: the kind or, of the related, what they are.
        mutual: whether it holds in both directions, so that which is the source says nothing.
        weight: how many quotations, or scenes; 1 for the related.
        words: how many words are said.
        scenes: the numbers, as told, of the scenes where it is so; none where that is not known.
    """

    source: str
    target: str
    kind: EdgeKind
    label: str
    mutual: bool
    weight: int
    words: int = 0
    scenes: tuple[int, ...] = ()


class Network(msgspec.Struct, frozen=True):
    """Nodes and edges, and how many scenes the story has (None: not read)."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    scenes: int | None


def network_of(story: Story) -> Network:
    """The network of a story's people, in order of appearance. What was not read is left out.

    Raises:
        NotRead: if the characters were not read, or neither the quotes nor the scenes.
    """
    layers = story.layers
    if layers.quotes is UNSET and layers.scenes is UNSET:
        _ = story.quotes
    numbers = scene_numbers(story)
    present: dict[str, list[int]] = {}
    for scene in () if layers.scenes is UNSET else story.scenes:
        for who in scene.present:
            present.setdefault(who, []).append(numbers[scene.id])
    known = counts(story)
    nodes = tuple(
        Node(
            id=who.id,
            label=who.name,
            kind=who.kind,
            pronouns=who.pronouns,
            quotes=len(known[who.id].said),
            words=known[who.id].words,
            mentions=known[who.id].mentions,
            scenes=tuple(present.get(who.id, ())),
        )
        for who in story.characters
    )
    edges = (*_speaks(story, numbers), *_together(story, numbers), *_related(story, numbers))
    ids = {node.id for node in nodes}
    kept = tuple(edge for edge in edges if edge.source in ids and edge.target in ids and edge.source != edge.target)
    return Network(nodes, kept, None if layers.scenes is UNSET else len(story.scenes))


def _speaks(story: Story, numbers: dict[str, int]) -> Iterator[Edge]:
    if story.layers.quotes is UNSET:
        return
    said: dict[tuple[str, str], list[tuple[int, int]]] = {}
    for quote in voiced(story):
        scene = numbers[story.scene_at(quote.start).id] if numbers else 0
        for other in quote.addressees if quote.speaker is not None else ():
            said.setdefault((quote.speaker or "", other), []).append((len(story.words(quote).split()), scene))
    for (source, target), each in said.items():
        words, scenes = sum(words for words, _ in each), tuple(sorted({scene for _, scene in each if scene}))
        yield Edge(
            source=source, target=target, kind="speaks", label="speaks", mutual=False,
            weight=len(each), words=words, scenes=scenes,
        )  # fmt: skip


def _together(story: Story, numbers: dict[str, int]) -> Iterator[Edge]:
    if story.layers.scenes is UNSET:
        return
    places = {who.id: place for place, who in enumerate(story.characters)}
    shared: dict[tuple[str, str], list[int]] = {}
    for scene in story.scenes:
        there = sorted({who for who in scene.present if who in places}, key=places.__getitem__)
        for source, target in combinations(there, 2):
            shared.setdefault((source, target), []).append(numbers[scene.id])
    for (source, target), scenes in shared.items():
        yield Edge(
            source=source, target=target, kind="together", label="together", mutual=True,
            weight=len(scenes), scenes=tuple(scenes),
        )  # fmt: skip


def _related(story: Story, numbers: dict[str, int]) -> Iterator[Edge]:
    for one in () if story.layers.relations is UNSET else story.relations:
        first = numbers.get(one.from_scene or "")
        last = numbers.get(one.until_scene or "", len(numbers))
        yield Edge(
            source=one.a, target=one.b, kind="related", label=one.kind, mutual=False, weight=1,
            scenes=() if first is None else tuple(range(first, last + 1)),
        )  # fmt: skip
