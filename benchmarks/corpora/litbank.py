"""LitBank: the openings of novels in which people marked who and what is meant, what happens, and who speaks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import msgspec

from benchmarks.corpora.place import DataAbsent, folder, read_characters
from fabula.story import Character, Entity, EntityType, Event, Form, Layers, Mention, Quote, Source, Span, Story, Text

__all__ = [
    "DEVELOPMENT",
    "SET_ASIDE",
    "LitBankDocument",
    "document_names",
    "load_document",
    "training_names",
]

DEVELOPMENT: tuple[str, ...] = (
    "105_persuasion",
    "11_alices_adventures_in_wonderland",
    "1245_night_and_day",
    "1342_pride_and_prejudice",
    "160_the_awakening_and_selected_short_stories",
    "1695_the_man_who_was_thursday_a_nightmare",
    "174_the_picture_of_dorian_gray",
    "208_daisy_miller_a_study",
    "2641_a_room_with_a_view",
    "2891_howards_end",
    "45_anne_of_green_gables",
    "5230_the_invisible_man_a_grotesque_romance",
)
"""Documents for choosing between designs. All are openings of PDNC novels, so that nothing trained on the rest has seen
a novel on which M1 to M7 are taken."""

SET_ASIDE: tuple[str, ...] = ("541_the_age_of_innocence",)
"""The thirteenth opening of a PDNC novel: neither trained nor chosen on."""

_FORMS: dict[str, Form] = {"PROP": "name", "NOM": "nominal", "PRON": "pronoun"}
_WORD = re.compile(r"\S+")


class LitBankDocument(msgspec.Struct, frozen=True, kw_only=True):
    """A document with its known answers.

    Attributes:
        name: the corpus's name without its ending ("105_persuasion").
        story: words parted by single spaces, one sentence a line. A mention's `character` (people) or `entity` (all
            else) is its coreference cluster; appositions and predicates, which the corpus links but does not
            cluster, are clusters of one, as in the corpus's own CoNLL files.
        entities: the older layer of nested names and descriptions, without pronouns; it differs from the mentions in
            about one place in fourteen.
        words: the corpus's words, in order.
        sentences: the corpus's sentences, in order, without the line end.
    """

    name: str
    story: Story
    entities: tuple[Mention, ...]
    words: tuple[Span, ...]
    sentences: tuple[Span, ...]


def document_names(*, root: Path | None = None) -> tuple[str, ...]:
    """The names of all documents at hand, in alphabetical order.

    Raises:
        DataAbsent: if the corpus is not on this machine.
    """
    place = folder("litbank/coref/tsv", root=root)
    names = tuple(sorted(path.name.removesuffix("_brat.txt") for path in place.glob("*_brat.txt")))
    if not names:
        raise DataAbsent(place)
    return names


def training_names(*, root: Path | None = None) -> tuple[str, ...]:
    """The documents that may be trained on, the same for every layer."""
    kept = {*DEVELOPMENT, *SET_ASIDE}
    return tuple(name for name in document_names(root=root) if name not in kept)


def load_document(name: str, *, root: Path | None = None) -> LitBankDocument:
    """A document and its known answers.

    Raises:
        DataAbsent: if the corpus is not on this machine.
    """
    place = folder("litbank", root=root)
    content = read_characters(place / "coref" / "tsv" / f"{name}_brat.txt")
    sentences, grid = _cut(content)
    words = tuple(word for row in grid for word in row)
    marks = list(_rows(place / "coref" / "tsv" / f"{name}_brat.ann"))
    spoken = list(_rows(place / "quotations" / "tsv" / f"{name}_brat.ann"))
    layers = _layers(content, _clustered(marks, grid), _quotes(spoken, grid))
    happens = _rows(place / "events" / "tsv" / f"{name}_brat.tsv")
    events = tuple(Event(w.start, w.end) for w, row in zip(words, happens, strict=True) if row[1] == "EVENT")
    return LitBankDocument(
        name=name,
        story=Story(Text(content, Source(name=name)), msgspec.structs.replace(layers, events=events)),
        entities=_nested(list(_rows(place / "entities" / "tsv" / f"{name}_brat.tsv")), words),
        words=words,
        sentences=sentences,
    )


def _cut(content: str) -> tuple[tuple[Span, ...], list[list[Span]]]:
    sentences, grid, at = [], [], 0
    for line in content.split("\n"):
        sentences.append(Span(at, at + len(line)))
        grid.append([Span(at + m.start(), at + m.end()) for m in _WORD.finditer(line)])
        at += len(line) + 1
    return tuple(s for s in sentences if len(s)), grid


def _clustered(marks: list[list[str]], grid: list[list[Span]]) -> list[tuple[Mention, str]]:
    cluster = {row[1]: row[2] for row in marks if row[0] == "COREF"}
    found = []
    for row in marks:
        if row[0] == "MENTION":
            place = _place(row[2:6], grid)
            mention = Mention(place.start, place.end, form=_FORMS[row[8]], type=msgspec.convert(row[7], EntityType))
            found.append((mention, cluster.get(row[1], f"alone {row[1]}")))
    return sorted(found, key=lambda pair: (pair[0].start, -pair[0].end))


def _quotes(rows: list[list[str]], grid: list[list[Span]]) -> list[tuple[Span, str]]:
    speakers = {row[1]: row[2] for row in rows if row[0] == "ATTRIB"}
    return sorted((_place(row[2:6], grid), speakers.get(row[1], "")) for row in rows if row[0] == "QUOTE")


def _layers(content: str, mentions: list[tuple[Mention, str]], quotes: list[tuple[Span, str]]) -> Layers:
    people, things = _numbered(mentions, quotes)
    groups: dict[str, list[Mention]] = {}
    for mention, cluster in mentions:
        groups.setdefault(cluster, []).append(mention)
    return Layers(
        characters=tuple(Character(id=i, name=_name(content, groups.get(c, []))) for c, i in people.items()),
        entities=tuple(Entity(id=i, name=_name(content, groups[c]), type=groups[c][0].type) for c, i in things.items()),
        mentions=tuple(
            msgspec.structs.replace(m, character=people.get(cluster), entity=things.get(cluster))
            for m, cluster in mentions
        ),
        quotes=tuple(
            Quote(q.start, q.end, id=f"q{n}", speaker=people.get(speaker), turn=n, confidence=1.0)
            for n, (q, speaker) in enumerate(quotes)
        ),
    )


def _numbered(
    mentions: list[tuple[Mention, str]], quotes: list[tuple[Span, str]]
) -> tuple[dict[str, str], dict[str, str]]:
    """From cluster names to our ids, in order of appearance; whoever speaks is a character whatever its type."""
    speakers = {speaker for _, speaker in quotes if speaker}
    people: dict[str, str] = {}
    things: dict[str, str] = {}
    for mention, cluster in mentions:
        if mention.type == "PER" or cluster in speakers:
            people.setdefault(cluster, f"c{len(people) + 1}")
        else:
            things.setdefault(cluster, f"e{len(things) + 1}")
    return people, things


def _name(content: str, mentions: list[Mention]) -> str:
    """The longest name of a cluster; without one, its first mention."""
    names = [content[m.start : m.end] for m in mentions if m.form == "name"]
    first = [content[m.start : m.end] for m in mentions]
    return max(names, key=len) if names else (first or [""])[0]


def _nested(rows: list[list[str]], words: tuple[Span, ...]) -> tuple[Mention, ...]:
    """The stacked B-/I-/O columns as spans. This layer does not tell names from descriptions: all are nominal."""
    found = []
    for column in range(1, max(len(row) for row in rows)):
        tags = [row[column] if column < len(row) else "O" for row in rows]
        for first, tag in enumerate(tags):
            if tag.startswith("B-"):
                last = first
                while last + 1 < len(tags) and tags[last + 1] == f"I-{tag[2:]}":
                    last += 1
                kind = msgspec.convert(tag[2:], EntityType)
                found.append(Mention(words[first].start, words[last].end, form="nominal", type=kind))
    return tuple(sorted(found, key=lambda m: (m.start, -m.end)))


def _place(fields: list[str], grid: list[list[Span]]) -> Span:
    """From first sentence, first word, last sentence, last word (the last included) to characters."""
    row, word, last_row, last_word = map(int, fields)
    return Span(grid[row][word].start, grid[last_row][last_word].end)


def _rows(path: Path) -> Iterator[list[str]]:
    if not path.exists():
        raise DataAbsent(path)
    yield from (line.split("\t") for line in read_characters(path).split("\n") if line.strip())
