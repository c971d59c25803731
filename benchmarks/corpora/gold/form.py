"""How a gold story is written down: `gold.toml`, table by table, and what is wrong with one."""

from __future__ import annotations

import re
import tomllib
from typing import Annotated, Any, Literal, TypeVar

import msgspec

from benchmarks.corpora.pdnc import Category
from fabula.story import CharacterKind, Frame, Mode

__all__ = [
    "TABLES",
    "How",
    "LineType",
    "Problem",
    "SceneStart",
    "WrittenCustody",
    "WrittenDeath",
    "WrittenFact",
    "WrittenForm",
    "WrittenKnowledge",
    "WrittenLine",
    "WrittenObject",
    "WrittenPerson",
    "WrittenRelation",
    "WrittenScene",
    "read_form",
]

LineType = Literal["explicit", "anaphoric", "implicit", ""]
"""How the text tells who speaks; "" only where nobody can know who does."""
SceneStart = Literal["text", "chapter", "marked", "unmarked"]
How = Literal["witnessed", "told", "overheard", "read", "inferred"]
Word = Annotated[str, msgspec.Meta(pattern=r"\S")]
Rank = Annotated[int, msgspec.Meta(ge=1)]

T = TypeVar("T")


class Problem(msgspec.Struct, frozen=True):
    """Something wrong in a gold file: the line of the file (0: none in particular), the key, and what it is."""

    line: int
    key: str
    what: str


class _Written(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One table of the file; a key it does not know is an error."""


class WrittenPerson(_Written, frozen=True, kw_only=True):
    id: Word
    names: Annotated[tuple[Word, ...], msgspec.Meta(min_length=1)]
    kind: CharacterKind = "person"
    pronouns: str = ""
    role: Category
    narrator: bool = False


class WrittenLine(_Written, frozen=True, kw_only=True):
    words: Word
    by: str
    to: tuple[Word, ...] = ()
    mode: Mode = "spoken"
    type: LineType = ""


class WrittenScene(_Written, frozen=True, kw_only=True):
    begins: Word
    starts: SceneStart
    place: str = ""
    time: str = ""
    present: tuple[Word, ...] = ()
    heard: tuple[Word, ...] = ()
    frame: Frame = "main"
    teller: str = ""
    thread: Rank = 1
    order: Rank


class WrittenObject(_Written, frozen=True, kw_only=True):
    id: Word
    names: Annotated[tuple[Word, ...], msgspec.Meta(min_length=1)]


class WrittenCustody(_Written, frozen=True, kw_only=True):
    object: Word
    holder: str
    from_: Word = msgspec.field(name="from")
    until: Word | None = None


class WrittenFact(_Written, frozen=True, kw_only=True):
    id: Word
    text: Word


class WrittenKnowledge(_Written, frozen=True, kw_only=True):
    who: Word
    fact: Word
    since: Word
    how: How


class WrittenDeath(_Written, frozen=True, kw_only=True):
    who: Word
    at: Word
    shown: bool


class WrittenRelation(_Written, frozen=True, kw_only=True):
    a: Word
    b: Word
    kind: Word
    from_: Word = msgspec.field(name="from")
    until: Word | None = None


class WrittenForm(msgspec.Struct, frozen=True, kw_only=True):
    """A whole gold file as it is written. `text` is "" in a story's.

    `numbers`: for each kind of table, the number in the file (from 1) and the line of each that could be read.
    """

    title: str = ""
    about: str = ""
    tags: tuple[str, ...] = ()
    text: str = ""
    people: tuple[WrittenPerson, ...] = ()
    lines: tuple[WrittenLine, ...] = ()
    scenes: tuple[WrittenScene, ...] = ()
    objects: tuple[WrittenObject, ...] = ()
    custody: tuple[WrittenCustody, ...] = ()
    facts: tuple[WrittenFact, ...] = ()
    knowledge: tuple[WrittenKnowledge, ...] = ()
    deaths: tuple[WrittenDeath, ...] = ()
    relations: tuple[WrittenRelation, ...] = ()
    numbers: dict[str, tuple[tuple[int, int], ...]] = {}


TABLES: dict[str, type[_Written]] = {
    "people": WrittenPerson,
    "lines": WrittenLine,
    "scenes": WrittenScene,
    "objects": WrittenObject,
    "custody": WrittenCustody,
    "facts": WrittenFact,
    "knowledge": WrittenKnowledge,
    "deaths": WrittenDeath,
    "relations": WrittenRelation,
}
"""Every kind of table, and what one of it holds."""
WORDS: dict[str, Any] = {"title": Word, "about": Word, "tags": tuple[Word, ...], "text": Word}

_TABLE_HEAD = re.compile(r"^[ \t]*\[\[[ \t]*(\w+)[ \t]*\]\]", re.MULTILINE)
_AT = re.compile(r" - at `\$\.?([^`]*)`$")


def read_form(source: str, *, inline: bool) -> tuple[WrittenForm, tuple[Problem, ...]]:
    """A gold file as it is written, and what is wrong with it; tables that are wrong are left out.

    Args:
        inline: whether the text stands in the file itself, as it does in a case.
    """
    try:
        raw = tomllib.loads(source)
    except tomllib.TOMLDecodeError as error:
        return WrittenForm(), (Problem(0, "toml", str(error)),)
    problems = [Problem(0, key, "unknown key") for key in raw if key not in TABLES and key not in WORDS]
    if "text" in raw and not inline:
        problems.append(Problem(0, "text", "a story's text stands in story.txt, not here"))
    needed = ("text", "people", "lines") if inline else ("title", "about", "people", "lines", "scenes")
    problems += [Problem(0, key, "is missing") for key in needed if key not in raw]
    known: dict[str, Any] = {}
    numbers: dict[str, tuple[tuple[int, int], ...]] = {}
    begun = _beginnings(source)
    for key in (key for key in WORDS if key in raw):
        value, found = _convert(raw[key], WORDS[key], 0, key)
        known.update({key: value} if value is not None else {})
        problems += found
    for key in (key for key in TABLES if key in raw):
        rows, found = _rows(raw[key], key, begun.get(key, []))
        known[key] = tuple(row for _, _, row in rows)
        numbers[key] = tuple((number, line) for number, line, _ in rows)
        problems += found
    return WrittenForm(**known, numbers=numbers), tuple(problems)


def _rows(tables: Any, key: str, lines: list[int]) -> tuple[list[tuple[int, int, Any]], list[Problem]]:
    """The tables of one kind that can be read, each with its number and line, and the faults of the others."""
    if not isinstance(tables, list):
        return [], [Problem(0, key, f"must be written as [[{key}]], one table for each")]
    rows, problems = [], []
    for number, table in enumerate(tables, start=1):
        line = lines[number - 1] if number <= len(lines) else 0
        row, found = _convert(table, TABLES[key], line, f"{key} {number}")
        rows += [(number, line, row)] if row is not None else []
        problems += found
    return rows, problems


def _convert(value: Any, type_: Any, line: int, key: str) -> tuple[Any, list[Problem]]:
    try:
        return msgspec.convert(value, type_), []
    except msgspec.ValidationError as error:
        what, within = str(error), _AT.search(str(error))
        if within is not None:
            what, key = what[: within.start()], f"{key}, {within[1]}"
        return None, [Problem(line, key, _plain(what))]


def _plain(what: str) -> str:
    """The library's words for a fault in the writer's."""
    said = re.sub(r"Object contains unknown field", "unknown key", what)
    said = re.sub(r"Object missing required field", "missing key", said)
    said = re.sub(r"Expected `str` matching regex '\\\\S'", "must not be empty", said)
    said = re.sub(r"Expected `array` of length >= 1", "must not be empty", said)
    return said[0].lower() + said[1:]


def _beginnings(source: str) -> dict[str, list[int]]:
    """For each kind of table the lines of the file on which one begins."""
    begun: dict[str, list[int]] = {}
    for head in _TABLE_HEAD.finditer(source):
        begun.setdefault(head[1], []).append(source.count("\n", 0, head.start(1)) + 1)
    return begun
