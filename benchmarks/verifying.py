"""The tiling check over every text at hand: no word of a work may be lost or doubled in its script."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import msgspec

from benchmarks.corpora import gutenberg, novels, pdnc, stories
from benchmarks.corpora.place import DataAbsent
from benchmarks.reading import read
from fabula.errors import FabulaError
from fabula.exports.script import verify
from fabula.story import Text

__all__ = ["CORPORA", "Held", "list_texts", "verify_texts"]

CORPORA: dict[str, tuple[Callable[[], tuple[str, ...]], Callable[[str], Text]]] = {
    "novels": (novels.names, novels.load_text),
    "gutenberg": (gutenberg.names, gutenberg.load_text),
    "pdnc": (pdnc.novel_names, lambda name: pdnc.load_novel(name).story.text),
    "stories": (stories.names, stories.load_text),
}


class Held(msgspec.Struct, frozen=True, kw_only=True):
    """One text and whether its script holds every character exactly once. `fault` is "" where it does."""

    corpus: str
    name: str
    characters: int
    fault: str = ""


def list_texts(wanted: Sequence[str]) -> tuple[list[tuple[str, str]], list[str]]:
    """All (corpus, name) pairs of these corpora, and a line for each corpus that is not on this machine."""
    found, absent = [], []
    for corpus in wanted:
        try:
            found += [(corpus, name) for name in CORPORA[corpus][0]()]
        except DataAbsent as error:
            absent.append(f"{corpus}: {error}")
    return found, absent


def verify_texts(texts: Sequence[tuple[str, str]], *, jobs: int = 2) -> Iterator[Held]:
    """Read every text and check its script, `jobs` at a time, in order.

    Raises:
        ReaderAbsent: if this checkout cannot read.
    """
    if jobs <= 1:
        yield from map(_verify_one, texts)
        return
    with ProcessPoolExecutor(max_workers=jobs, mp_context=get_context("spawn")) as pool:
        yield from pool.map(_verify_one, texts)


def _verify_one(place: tuple[str, str]) -> Held:
    corpus, name = place
    text = CORPORA[corpus][1](name)
    try:
        found = verify(read(text), source=text.content)
        fault = "" if found.holds else _fault(len(found.missing), len(found.repeated), found.same)
    except FabulaError as error:
        fault = f"{type(error).__name__}: {error}"
    return Held(corpus=corpus, name=name, characters=len(text), fault=fault)


def _fault(missing: int, repeated: int, same: bool | None) -> str:
    if same is False:
        return "the story's text is not the source's"
    return f"{missing} places in no line, {repeated} in more than one"
