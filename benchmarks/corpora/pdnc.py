"""The Project Dialogism Novel Corpus: whole novels in which people marked who says every quotation, and to whom."""

from __future__ import annotations

import ast
import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import msgspec

from benchmarks.corpora.place import DataAbsent, digest, folder, read_characters
from fabula.story import Character, Layers, Quote, Source, Span, Story, Text

__all__ = [
    "CATEGORIES",
    "QUOTE_TYPES",
    "Category",
    "GoldMention",
    "PdncNovel",
    "QuoteType",
    "corpus_digest",
    "load_novel",
    "novel_names",
]

Category = Literal["major", "intermediate", "minor"]
QuoteType = Literal["Explicit", "Anaphoric", "Implicit", "untyped"]
"""How the text tells who speaks: by name, by pronoun or description, or not at all; twelve quotations have no type."""

CATEGORIES: tuple[Category, ...] = ("major", "intermediate", "minor")
QUOTE_TYPES: tuple[QuoteType, ...] = ("Explicit", "Anaphoric", "Implicit")

# A row of quotations holds all mentions of a speech that may run over pages: the csv module's 128 KiB are not enough.
_FIELD_LIMIT = 1 << 24

_FILES = ("novel_text.txt", "quotation_info.csv", "character_info.csv")


class GoldMention(Span, frozen=True, kw_only=True):
    """Words inside a quotation that mean somebody.

    `characters`: the ids of those meant. None stands for one who is not on the novel's list of characters, or whose
    name there begins with `_`.
    """

    characters: tuple[str | None, ...]


class PdncNovel(msgspec.Struct, frozen=True, kw_only=True):
    """A novel with its known answers.

    Attributes:
        name: the corpus's folder name ("DaisyMiller").
        story: text, characters and quotes; one quote per sub-quotation, without its marks; `turn` numbers the
            corpus's quotations. `speaker` is None where the corpus says `_unknowable` or `_group`. Addressees of that
            kind, and those who are not on the list of characters, are left out.
        quote_types: from a quote's id to how the text tells its speaker.
        categories: from a character's id to how much he or she speaks.
        mentions: the marked words inside quotations, in the corpus's order.
    """

    name: str
    story: Story
    quote_types: dict[str, QuoteType]
    categories: dict[str, Category]
    mentions: tuple[GoldMention, ...] = ()


def novel_names(*, root: Path | None = None) -> tuple[str, ...]:
    """The names of the novels at hand, in alphabetical order.

    Raises:
        DataAbsent: if the corpus is not on this machine.
    """
    place = folder("pdnc", root=root)
    names = tuple(sorted(path.name for path in place.iterdir() if path.is_dir()))
    if not names:
        raise DataAbsent(place)
    return names


def corpus_digest(*, root: Path | None = None) -> str:
    """SHA-256 of every novel's three files, unpacked; hexadecimal."""
    place = folder("pdnc", root=root)
    return digest((_file(place / name, stem) for name in novel_names(root=root) for stem in _FILES), base=place)


def load_novel(name: str, *, root: Path | None = None) -> PdncNovel:
    """A novel and its known answers.

    Raises:
        DataAbsent: if the novel is not on this machine.
    """
    place = folder(f"pdnc/{name}", root=root)
    content = read_characters(_file(place, "novel_text.txt"))
    cast = _Cast.of(list(_rows(_file(place, "character_info.csv"))))
    rows = list(_rows(_file(place, "quotation_info.csv")))
    quotes, types = _quotes(rows, cast)
    layers = Layers(characters=cast.characters, quotes=quotes)
    return PdncNovel(
        name=name,
        story=Story(Text(content, Source(name=name)), layers),
        quote_types=types,
        categories=cast.categories,
        mentions=tuple(sorted(_mentions(rows, cast))),
    )


class _Cast(msgspec.Struct, frozen=True):
    """The listed characters, and the way from any name the annotators used to one of them."""

    characters: tuple[Character, ...]
    categories: dict[str, Category]
    ids: dict[str, str | None]

    @classmethod
    def of(cls, rows: list[dict[str, str]]) -> _Cast:
        listed = [row for row in rows if not row["Main Name"].startswith("_")]
        characters = tuple(_character(number, row) for number, row in enumerate(listed, start=1))
        categories = {c.id: _category(row["Category"]) for c, row in zip(characters, listed, strict=True)}
        ids: dict[str, str | None] = {}
        for character in characters:
            for alias in character.aliases:  # the annotators write "Lucy" where the list says "Miss Honeychurch"
                ids[alias] = None if alias in ids and ids[alias] != character.id else character.id
        ids.update((character.name, character.id) for character in characters)
        return cls(characters, categories, ids)

    def find(self, name: str) -> str | None:
        """The id of who has this main name or else this alias; None for `_group`, the unlisted, and aliases of two."""
        return self.ids.get(name.strip())


def _character(number: int, row: dict[str, str]) -> Character:
    name = row["Main Name"].strip()
    aliases = {str(alias).strip() for alias in ast.literal_eval(row["Aliases"] or "()")} - {name, ""}
    return Character(id=f"c{number}", name=name, aliases=tuple(sorted(aliases)))


def _category(word: str) -> Category:
    known: Category = msgspec.convert(word.strip().lower(), Category)
    return known


def _quotes(rows: list[dict[str, str]], cast: _Cast) -> tuple[tuple[Quote, ...], dict[str, QuoteType]]:
    pieces = sorted(
        (start, end, turn)
        for turn, row in enumerate(rows)
        for start, end in ast.literal_eval(row["quoteByteSpans"])
        if start < end
    )
    quotes, types = [], {}
    for number, (start, end, turn) in enumerate(pieces, start=1):
        quote = _quote(f"q{number}", Span(start, end), turn, rows[turn], cast)
        quotes.append(quote)
        types[quote.id] = _quote_type(rows[turn]["quoteType"])
    return tuple(quotes), types


def _quote(name: str, place: Span, turn: int, row: dict[str, str], cast: _Cast) -> Quote:
    addressees = dict.fromkeys(cast.find(other) for other in ast.literal_eval(row["addressees"] or "[]"))
    return Quote(
        place.start,
        place.end,
        id=name,
        speaker=cast.find(row["speaker"]),
        addressees=tuple(other for other in addressees if other is not None),
        turn=turn,
        confidence=1.0,
    )


def _quote_type(word: str) -> QuoteType:
    return next((known for known in QUOTE_TYPES if known == word.strip()), "untyped")


def _mentions(rows: list[dict[str, str]], cast: _Cast) -> Iterator[GoldMention]:
    for row in rows:
        spans = ast.literal_eval(row["mentionSpansList"] or "[]")
        entities = ast.literal_eval(row["mentionEntitiesList"] or "[]")
        for places, meant in zip(spans, entities, strict=False):
            if len(places) != len(meant):
                continue  # twenty-one sub-quotations list fewer places than people: nobody can say which is missing
            for (start, end), names in zip(places, meant, strict=True):
                yield GoldMention(start, end, characters=tuple(cast.find(name) for name in names))


def _rows(path: Path) -> Iterator[dict[str, str]]:
    csv.field_size_limit(_FIELD_LIMIT)
    yield from csv.DictReader(io.StringIO(read_characters(path), newline=""))


def _file(place: Path, name: str) -> Path:
    packed = place / f"{name}.gz"
    path = packed if packed.exists() else place / name
    if not path.exists():
        raise DataAbsent(path)
    return path
