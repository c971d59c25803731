"""What each head of the encoder contributes: the novels read with it, and by the same layers handed nothing of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack, contextmanager
from inspect import signature
from multiprocessing import get_context
from typing import Any
from unittest.mock import patch

import msgspec

from benchmarks.corpora.pdnc import load_novel
from benchmarks.reading import read
from benchmarks.running import NovelRun, measure_story
from benchmarks.summary import headline
from fabula import reader
from fabula.encode import MemoryShelf

__all__ = [
    "EVENTS_BY_RULES",
    "HEADS",
    "HeadsResult",
    "Variant",
    "handed_nothing",
    "listened_to",
    "measure_heads",
    "sum_variants",
]

ON_NOVELS: tuple[str, ...] = ("m2", "m4", "m5", "m7")
EVENTS_BY_RULES = 0.651
"""F1 on LitBank's development documents of the last rules for events (`layers/events` up to commit 2af5bab), before the
head took their place: there is no reading without it any more."""


class Head(msgspec.Struct, frozen=True):
    """A head: the layer that listens to it, as `reader.py` calls it, by which argument, what to hand it instead, and
    the measures in which it should show."""

    layer: str
    argument: str
    nothing: Any
    shows_in: tuple[str, ...]


_M2 = ("M2.micro", "M2.macro", "M2.Explicit", "M2.Anaphoric", "M2.Implicit")
_M5 = ("M5.major", "M5.intermediate", "M5.minor", "M5.purity")
HEADS: dict[str, Head] = {
    "voices": Head("attribute_speech", "voices", {}, _M2),
    "links": Head("resolve_mentions", "links", None, ("M7.resolved", *_M2)),
    "word classes": Head("find_mentions", "encoding", None, (*_M5, "M2.micro")),
}


class Variant(msgspec.Struct, frozen=True, kw_only=True):
    """The novels read `without` some heads: the headline numbers over all of them, and of each."""

    without: tuple[str, ...]
    values: dict[str, float]
    novels: dict[str, dict[str, float]]


class HeadsResult(msgspec.Struct, frozen=True, kw_only=True):
    """`variants`: with every head, without each, without all. `events`: F1 on LitBank with the head, and by the last
    rules."""

    pack: str
    digest: str
    variants: tuple[Variant, ...]
    events: tuple[float, float]

    @property
    def whole(self) -> Variant:
        """With every head."""
        return self.variants[0]


@contextmanager
def handed_nothing(heads: Sequence[str]) -> Iterator[None]:
    """While this holds, the reader's layers are handed nothing of these heads, as if they had never been learned.

    Raises:
        AttributeError, TypeError: if the reader has no such layer, or the layer does not listen to the head.
    """
    with ExitStack() as stack:
        for head in (HEADS[name] for name in heads):
            stack.enter_context(patch.object(reader, head.layer, _deafened(getattr(reader, head.layer), head)))
        yield


def listened_to() -> tuple[str, ...]:
    """The heads to which a layer of this checkout listens."""
    layers = {name: signature(getattr(reader, head.layer)) for name, head in HEADS.items()}
    return tuple(name for name, head in HEADS.items() if head.argument in layers[name].parameters)


def measure_heads(
    names: Sequence[str], *, heads: Sequence[str], jobs: int = 2
) -> Iterator[tuple[tuple[tuple[str, ...], NovelRun], ...]]:
    """Each novel in every variant: which heads it was read without, and what was measured.

    Raises:
        DataAbsent: if a novel is not on this machine.
        ReaderAbsent: if this checkout cannot read.
    """
    if jobs <= 1:
        yield from (_run_novel(name, tuple(heads)) for name in names)
        return
    with ProcessPoolExecutor(max_workers=jobs, mp_context=get_context("spawn")) as pool:
        yield from pool.map(_run_novel, names, [tuple(heads)] * len(names))


def sum_variants(runs: Sequence[tuple[tuple[tuple[str, ...], NovelRun], ...]]) -> tuple[Variant, ...]:
    """The variants over all novels."""
    found = []
    for same in zip(*runs, strict=True):
        novels = [run for _, run in same]
        by_novel = {run.novel: headline([run]) for run in novels}
        found.append(Variant(without=same[0][0], values=headline(novels), novels=by_novel))
    return tuple(found)


def _deafened(layer: Callable[..., Any], head: Head) -> Callable[..., Any]:
    form = signature(layer)

    def deaf(*given: Any, **named: Any) -> Any:
        bound = form.bind(*given, **named)
        bound.arguments[head.argument] = head.nothing
        return layer(*bound.args, **bound.kwargs)

    if head.argument not in form.parameters:
        raise TypeError(f"{head.layer} does not listen to {head.argument}")
    return deaf


def variants_of(heads: Sequence[str]) -> list[tuple[str, ...]]:
    """With every head, without each, and without all where there are several."""
    return [(), *((head,) for head in heads), *([tuple(heads)] if len(heads) > 1 else [])]


def _run_novel(name: str, heads: tuple[str, ...]) -> tuple[tuple[tuple[str, ...], NovelRun], ...]:
    gold, shelf = load_novel(name), MemoryShelf()  # the encoder reads the novel once, whoever listens to it
    runs = []
    for without in variants_of(heads):
        with handed_nothing(without):
            predicted = read(gold.story.text, shelf=shelf)
        runs.append((without, measure_story(predicted, gold, wanted=ON_NOVELS)))
    return tuple(runs)
