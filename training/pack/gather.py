"""Gather what books say of their own speakers: every named tag is a free label.

    python -m training.pack.gather --to checkpoints/voices

Each book becomes one small file: its words, its speeches with the tag that names the speaker, its mentions of people.
Nothing of the Project Dialogism Novel Corpus is read: books that stand in it are left out by name.
"""

from __future__ import annotations

import argparse
import gzip
from pathlib import Path

import msgspec

from benchmarks.corpora.litbank import DEVELOPMENT, SET_ASIDE
from fabula.layers.cast import gather_cast
from fabula.layers.mentions import find_mentions
from fabula.layers.resolve import resolve_mentions
from fabula.layers.speech import attribute_speech
from fabula.layers.speech.stage import Stage, set_stage
from fabula.layers.speech.turns import Turn, take_turns
from fabula.segment import segment
from fabula.segment.wording import lay_out
from fabula.story import Quote, Text
from training.speakers.learn import DATA, IN_PDNC

__all__ = ["Book", "Speech", "main"]

_MODES = {"spoken": 0, "thought": 1, "remembered": 1, "imagined": 1, "written": 2}
_TAG = 12
"""Longest clause of a tag, in words, that is hidden whole."""


class Speech(msgspec.Struct, frozen=True, array_like=True):
    """One stretch of quotation, and the tag that names its speaker (`who`, -1 where none does)."""

    first: int
    last: int
    turn: int
    mode: int
    who: int
    name: tuple[int, int] | None
    """The words of the name in the tag."""
    clause: tuple[int, int] | None
    """The words of the tag's clause, which can be left out; None where it is more than a tag."""
    gender: str


class Book(msgspec.Struct, frozen=True, array_like=True):
    """The words of a book and the free labels in it. A mention is (first word, last word, person or -1)."""

    name: str
    forms: list[str]
    sentence: list[int]
    paragraph: list[int]
    quote: list[int]
    """For each word the speech it stands in, -1 in the narration."""
    speeches: list[Speech]
    mentions: list[tuple[int, int, int]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--to", type=Path, required=True)
    parser.add_argument("--part", type=int, default=0, help="of two: 0 or 1")
    options = parser.parse_args()
    options.to.mkdir(parents=True, exist_ok=True)
    kept_out = {*DEVELOPMENT, *SET_ASIDE}
    paths = [
        path
        for path in sorted(DATA.glob("*/*.txt.gz"))
        if path.parent.name in ("novels", "gutenberg")
        and not IN_PDNC.search(path.name)
        and path.name.removesuffix(".txt.gz") not in kept_out
    ]
    for path in paths[options.part :: 2]:
        to = options.to / f"{path.name.removesuffix('.txt.gz')}.msgpack"
        if not to.exists():
            book = gather(path)
            named = sum(s.who >= 0 for s in book.speeches)
            print(path.name, len(book.forms), len(book.speeches), named, flush=True)
            to.write_bytes(msgspec.msgpack.encode(book))


def gather(path: Path) -> Book:
    """Read a book by the rules alone."""
    with gzip.open(path, "rt", encoding="utf-8", errors="replace", newline="") as file:
        wording = lay_out(segment(Text.of(file.read())))
    cast = gather_cast(wording, find_mentions(wording))
    narrated = resolve_mentions(wording, cast.characters, cast.mentions, ())
    quotes = attribute_speech(wording, cast.characters, narrated)
    mentions = resolve_mentions(wording, cast.characters, cast.mentions, quotes)
    stage = set_stage(wording, cast.characters, narrated)
    numbers = {c.id: n for n, c in enumerate(cast.characters)}
    speeches, own = [], [-1] * len(wording)
    said = {q.start: q for q in quotes}
    for turn in take_turns(stage):
        for i in turn.quotations:
            words = wording.within(wording.segments.quotations[i])
            if words:
                for word in words:
                    own[word] = len(speeches)
                quote = said[wording.segments.quotations[i].start]
                speeches.append(_speech(stage, turn, words, quote, numbers))
    people = []
    for mention in mentions:
        words = wording.within(mention)
        if words and mention.type == "PER":
            people.append((words.start, words.stop - 1, numbers.get(mention.character or "", -1)))
    return Book(
        path.name,
        list(wording.forms),
        list(wording.sentence),
        list(wording.paragraph),
        own,
        speeches,
        sorted(people),
    )


def _speech(stage: Stage, turn: Turn, words: range, quote: Quote, numbers: dict[str, int]) -> Speech:
    sign = next((s for s in turn.signs if s.kind == "tag" and s.mention.character), None)
    plain = Speech(words.start, words.stop - 1, turn.quotations[0], _MODES.get(quote.mode, 0), -1, None, None, "")
    if sign is None or sign.mention.form != "name" or sign.mention.character != quote.speaker:
        return plain
    name = stage.words_of[sign.mention]
    who = numbers[sign.mention.character or ""]
    gender = stage.gender.get(sign.mention.character or "", "")
    return msgspec.structs.replace(
        plain, who=who, name=(name.start, name.stop - 1), clause=_clause(stage, name), gender=gender
    )


def _clause(stage: Stage, name: range) -> tuple[int, int] | None:
    """The narration around a name up to the nearest speech or end of its sentence, if it is no more than a tag."""
    wording = stage.wording
    first, last = name.start, name.stop - 1

    def beside(word: int, other: int) -> bool:
        return (
            0 <= other < len(wording)
            and wording.quote[other] == -1
            and wording.sentence[other] == wording.sentence[word]
            and wording.paragraph[other] == wording.paragraph[word]
        )

    while beside(first, first - 1):
        first -= 1
    while beside(last, last + 1):
        last += 1
    return (first, last) if last - first < _TAG else None


if __name__ == "__main__":
    main()
