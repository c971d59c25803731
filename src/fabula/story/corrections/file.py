"""The corrections file: a novelist can write it by hand, and one slip in it costs one entry, not the file."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Set
from difflib import get_close_matches
from itertools import combinations
from pathlib import Path
from typing import Any, get_args

import msgspec

from fabula.errors import CHECK_PATH, NO_FILE, CorrectionsError
from fabula.story.anchors import fold
from fabula.story.corrections.corrections import (
    ApartEntry,
    CastEntry,
    Corrections,
    Entry,
    NarratorEntry,
    NobodyEntry,
    OrderEntry,
    RenameEntry,
    SaidEntry,
    SameEntry,
    SceneEntry,
    ThreadEntry,
    VerdictEntry,
    group_names,
    name_key,
)
from fabula.story.corrections.entries import Verdict
from fabula.story.records import CharacterKind

__all__ = [
    "file_bytes",
    "file_content",
    "heading_lines",
    "parse_toml",
    "read_corrections",
    "write_corrections",
    "write_entry",
]

_LARGEST = 16_000_000
"""Bytes. A cast list of a thousand people has a hundredth of it."""

_TABLES: dict[str, type[Entry]] = {
    "cast": CastEntry, "same": SameEntry, "apart": ApartEntry, "rename": RenameEntry, "nobody": NobodyEntry,
    "narrator": NarratorEntry, "said": SaidEntry, "scene": SceneEntry, "order": OrderEntry,
    "thread": ThreadEntry, "verdict": VerdictEntry,
}  # fmt: skip
_LISTS = {"words": 'a list of words of the text: ["…", "…"]'}
_LIST = 'a list of names: ["…", "…"]'
_SHOULD = {
    "verdict": f"one of {', '.join(get_args(Verdict))}",
    "nth": "a number: 1, 2, …",
    "kind": f"one of {', '.join(get_args(CharacterKind))}",
}
_HEADER = re.compile(r"(?m)^[ \t]*\[{1,2}[ \t]*[\"']?([\w-]+)[\"']?[ \t]*\]{1,2}")
_KNOWN_HEADER = re.compile(rf"(?m)^[ \t]*\[\[?[ \t]*[\"']?(?:{'|'.join(_TABLES)})[\"']?[ \t]*\]")
_LONG_STRING = re.compile(r'"""(?:\\.|[^\\])*?"""' + r"|'''.*?'''", re.DOTALL)
_AT_LINE = re.compile(r"\s*\(at (?:line (\d+), column \d+|end of document)\)")
_CURLY = re.compile(r"[=\[,]\s*[“”„«‘’]")

Placed = tuple[str, int, Mapping[str, Any]]
"""An entry as TOML has it: its table, its line, its keys."""


def read_corrections(source: Path | str, *, name: str = "") -> tuple[Corrections, tuple[str, ...]]:
    """What a corrections file says, and a note on each entry that could not be used.

    Args:
        source: the file, or the characters of one.
        name: what to call it in notes and errors; the path itself if not given.

    Raises:
        CorrectionsError: if the file cannot be read, or nothing in it is an entry.
    """
    content = source if isinstance(source, str) else file_content(source)
    called = name or ("corrections" if isinstance(source, str) else str(source))
    content = content.removeprefix("\ufeff")
    reading = _Reading(called)
    try:
        placed = list(_placed(content, parse_toml(content, called)))
    except CorrectionsError:
        placed = list(_rescued(content, reading))
        if not any(table in _TABLES for table, _, _ in placed) and not _KNOWN_HEADER.search(content):
            raise
    for table, line, keys in sorted(placed, key=lambda entry: entry[1]):
        reading.take(table, line, keys, content)
    return reading.corrections, tuple(reading.notes)


def parse_toml(content: str, name: str) -> dict[str, Any]:
    """The tables of a corrections file.

    Raises:
        CorrectionsError: if it is not TOML, with the line of the first slip.
    """
    try:
        return tomllib.loads(content.removeprefix("\ufeff"))
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        line, what, hint = _slip(content, error)
        raise CorrectionsError(what, where=f"{name}, line {line}", hint=hint) from error


def write_corrections(corrections: Corrections) -> str:
    """Corrections as a file has them: table by table, each key on its line. Read again, they say the same."""
    return "\n".join(write_entry(entry) for table in _TABLES for entry in getattr(corrections, table))


def write_entry(entry: Entry) -> str:
    """One entry as a file has it, its heading first, each key on its line."""
    table = next(table for table, kind in _TABLES.items() if type(entry) is kind)
    return f"[[{table}]]\n" + "".join(f"{key} = {_written(value)}\n" for key, value in _keys(entry))


def _keys(entry: Entry) -> Iterator[tuple[str, str | int | tuple[str, ...]]]:
    for field in msgspec.structs.fields(entry):
        value = getattr(entry, field.name)
        if field.name != "line" and (field.required or value != field.default):
            yield field.encode_name, value


def _written(value: str | int | tuple[str, ...]) -> str:
    """A value in TOML, whose strings are JSON's but for the one control character that JSON leaves bare."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def file_bytes(path: Path, *, most: int, kind: str) -> bytes:
    """What stands in a file that the user has given, if it is no more than it can be.

    Raises:
        CorrectionsError: if it is not there, cannot be read, or is too large for its kind.
    """
    try:
        with path.open("rb") as file:
            data = file.read(most + 1)
    except FileNotFoundError as error:
        raise CorrectionsError(NO_FILE, where=str(path), hint=CHECK_PATH) from error
    except (OSError, ValueError) as error:
        what = getattr(error, "strerror", None) or str(error)
        raise CorrectionsError(f"cannot be read: {what}", where=str(path), hint="Is it a file?") from error
    if len(data) > most:
        raise CorrectionsError(f"is too large for {kind}", where=str(path), hint="Is it the right file?")
    return data


def file_content(path: Path) -> str:
    """The characters of a corrections file, a byte order mark included.

    Raises:
        CorrectionsError: if it cannot be read, or is not UTF-8.
    """
    data = file_bytes(path, most=_LARGEST, kind="corrections")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise CorrectionsError("is not UTF-8", where=f"{path}, line {line}", hint="Save it as UTF-8.") from error


def _slip(content: str, error: Exception) -> tuple[int, str, str]:
    """The line of what is no TOML, what is wrong there, and the slip that is likeliest."""
    match = _AT_LINE.search(str(error))
    lines = content.split("\n")
    line = int(match[1]) if match and match[1] else content.rstrip().count("\n") + 1
    what = _AT_LINE.sub("", str(error)) if match else "is nested too deeply"
    hint = "Names and words stand between straight quotation marks, a list between brackets."
    if line <= len(lines) and _CURLY.search(lines[line - 1]):
        hint = 'Write straight quotation marks (") around names and words; curly ones may stand inside them.'
    return line, what[:1].lower() + what[1:], hint


def _rescued(content: str, reading: _Reading) -> Iterator[Placed]:
    """The entries of a file that is no TOML as a whole, each read by itself; a note on each that cannot be read."""
    lines = content.split("\n")
    starts = sorted({0, *(line - 1 for line in heading_lines(content))})
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        part = "\n".join(lines[start:end]) + "\n"
        try:
            tables = tomllib.loads(part)
        except (tomllib.TOMLDecodeError, RecursionError) as error:
            line, what, hint = _slip(part, error)
            reading.leave_out(start + line, f"{what}. {hint.rstrip('.')}")
        else:
            yield from ((table, start + line, keys) for table, line, keys in _placed(part, tables))


def heading_lines(content: str) -> list[int]:
    """The lines, from 1, that begin with a bracket as headings do, long strings left out."""
    return [number for number, line in enumerate(_bare(content).split("\n"), start=1) if line.lstrip().startswith("[")]


def _bare(content: str) -> str:
    """The content, line by line, without its long strings."""
    return _LONG_STRING.sub(lambda match: "\n" * match[0].count("\n"), content)


def _placed(content: str, tables: Mapping[str, Any]) -> Iterator[Placed]:
    """Every entry with its line: TOML's reader gives none, so the headers are counted in the text."""
    bare = _bare(content)
    lines: dict[str, list[int]] = {}
    for match in _HEADER.finditer(bare):
        lines.setdefault(match[1], []).append(bare.count("\n", 0, match.start(1)) + 1)
    for table, held in tables.items():
        entries = held if isinstance(held, list) else [held]
        at = lines.get(table) or [_line_of(bare, table, 1)]
        for number, entry in enumerate(entries):
            keys = entry if isinstance(entry, dict) else {"": entry}
            yield table, at[min(number, len(at) - 1)], keys


def _line_of(content: str, key: str, header: int) -> int:
    """The line where a key is set, from the entry's header on until the next; the header's where it is not seen."""
    for number, line in enumerate(content.split("\n")[header - 1 :], start=header):
        if number > header and _HEADER.match(line):
            break
        if re.match(rf"\s*[\"']?{re.escape(key)}[\"']?\s*=", line):
            return number
    return header


class _Reading:
    """The corrections so far, and the notes."""

    def __init__(self, name: str) -> None:
        self.corrections = Corrections(source=name)
        self.notes: list[str] = []

    def take(self, table: str, line: int, keys: Mapping[str, Any], content: str) -> None:
        """Add an entry, or say why not."""
        kind = _TABLES.get(table)
        if kind is None:
            what = f"there is no [[{table}]]{_meant(table, _TABLES)}"
            self.leave_out(line, f"{what}. The tables are {', '.join(_TABLES)}")
            return
        known = {f.encode_name: f.type for f in msgspec.structs.fields(kind) if f.name != "line"}
        lists = {key for key, type_ in known.items() if "tuple" in str(type_)}
        unknown = [key for key in keys if key not in known]
        if unknown:
            shown = (
                f"[[{table}]] has no key {unknown[0]}" if unknown[0] else f"{table} is written [[{table}]], with keys"
            )
            also = f"{_meant(unknown[0], known)}. Its keys are {', '.join(sorted(known))}" if unknown[0] else ""
            self.leave_out(_line_of(content, unknown[0], line), shown + also)
            return
        try:
            entry = msgspec.convert(dict(_tidied(keys, lists)), kind)
        except msgspec.ValidationError as error:
            self.leave_out(*_fault(error, content, line, lists))
            return
        self._add(table, msgspec.structs.replace(entry, line=line))

    def _add(self, table: str, entry: Entry) -> None:
        held = getattr(self.corrections, table)
        if any(msgspec.structs.replace(entry, line=other.line) == other for other in held):
            return
        widened = msgspec.structs.replace(self.corrections, **{table: (*held, entry)})
        clash = _clash(widened, entry)
        if clash is not None:
            self.leave_out(entry.line, clash)
            return
        self.corrections = widened
        if isinstance(entry, CastEntry):
            self.notes += _shared(widened, entry)

    def leave_out(self, line: int, what: str) -> None:
        """Note what is wrong with the entry of a line."""
        self.notes.append(self.corrections.note(Entry(line=line), f"{what}. This entry was left out."))


def _meant(word: str, known: Iterable[str]) -> str:
    near = get_close_matches(word, list(known), n=1)
    return f" (did you mean {near[0]}?)" if near else ""


def _tidied(keys: Mapping[str, Any], lists: Set[str]) -> Iterator[tuple[str, Any]]:
    """The keys with a lone name made a list where a list is wanted, and white space at the ends of names taken off."""
    for key, value in keys.items():
        tidy = [value] if key in lists and isinstance(value, str) else value
        if isinstance(tidy, list):
            tidy = [" ".join(v.split()) if isinstance(v, str) else v for v in tidy]
            tidy = [v for v in tidy if v != ""]
        yield key, " ".join(tidy.split()) if isinstance(tidy, str) else tidy


def _fault(error: msgspec.ValidationError, content: str, line: int, lists: Set[str]) -> tuple[int, str]:
    """The line of what is wrong, and what."""
    what, _, path = str(error).partition(" - at `$")
    key = re.match(r"\.(\w+)", path)
    if key:
        should = _LISTS.get(key[1], _LIST) if key[1] in lists else _SHOULD.get(key[1], "words in quotation marks")
        return _line_of(content, key[1], line), f"{key[1]} should be {should}"
    missing = re.search(r"missing required field `(\w+)`", what)
    return line, f"{missing[1]} is missing" if missing else what


def _clash(corrections: Corrections, entry: Entry) -> str | None:
    """What the newest entry contradicts, if anything; it is the newest that is then left out."""
    if isinstance(entry, RenameEntry | SaidEntry | SceneEntry):
        other = _other_answer(corrections, entry)
        if other is not None:
            return f"line {other.line} already says something else of this"
    if isinstance(entry, OrderEntry):
        return _circle(corrections)
    if isinstance(entry, CastEntry):
        for listed in corrections.cast[:-1]:
            if name_key(listed.name) == name_key(entry.name):
                return f"{entry.name} is already listed in line {listed.line}. Put all aliases there"
    nobody = {name_key(said.name): said for said in corrections.nobody}
    for said in corrections.entries():
        for name in said.people:
            other = nobody.get(name_key(name))
            if other is not None:
                first = said if other is entry else other
                return f"line {first.line} says that {name} is {'somebody' if first is said else 'nobody'}"
    return _torn(corrections, entry)


def _torn(corrections: Corrections, entry: Entry) -> str | None:
    """Names that are said to be one character's and said to be two's."""
    number = group_names(corrections.entries())
    for said in corrections.apart:
        for one, two in combinations(said.names, 2):
            if number[name_key(one)] == number[name_key(two)]:
                if said is not entry:
                    return f"line {said.line} says that {one} and {two} are two characters"
                both = {name_key(one), name_key(two)}
                ties = [e for e in (*corrections.cast, *corrections.same) if both & {*map(name_key, e.people)}]
                return f"line {ties[0].line} says that {one} and {two} are one character"
    return None


def _other_answer(corrections: Corrections, entry: RenameEntry | SaidEntry | SceneEntry) -> Entry | None:
    """An earlier entry about the same name or words."""
    if isinstance(entry, RenameEntry):
        return next((e for e in corrections.rename[:-1] if name_key(e.old) == name_key(entry.old)), None)
    if isinstance(entry, SaidEntry):
        mine = fold(entry.words), entry.nth or 1
        same_words = (e for e in corrections.said[:-1] if (fold(e.words), e.nth or 1) == mine)
        return next((e for e in same_words if _answers_twice(e.by, entry.by) or _answers_twice(e.to, entry.to)), None)
    words = fold(entry.begins or entry.goes_on or "")
    same = (e for e in corrections.scene[:-1] if fold(e.begins or e.goes_on or "") == words)
    return next((e for e in same if (e.nth or 1) == (entry.nth or 1)), None)


def _answers_twice(one: str | tuple[str, ...] | None, other: str | tuple[str, ...] | None) -> bool:
    return one is not None and other is not None and one != other


def _circle(corrections: Corrections) -> str | None:
    """Whether the newest order leads back to where it starts."""
    newest = corrections.order[-1]
    reached, grown = {fold(newest.later)}, True
    while grown:
        after = {fold(e.later) for e in corrections.order if fold(e.earlier) in reached}
        grown = not after <= reached
        reached |= after
    return "with the orders before it, each would be earlier than itself" if fold(newest.earlier) in reached else None


def _shared(corrections: Corrections, entry: CastEntry) -> Iterator[str]:
    """A note for each alias that is another listed character's."""
    for listed in corrections.cast[:-1]:
        both = {name_key(name) for name in listed.people} & {name_key(name) for name in entry.people}
        for name in sorted(name for name in entry.people if name_key(name) in both):
            mine = name_key(name) == name_key(entry.name)
            owner, other = (entry, listed) if mine else (listed, entry)
            meant = f"it means {owner.name}, not {other.name}. Leave it with one of them."
            yield corrections.note(entry, f"{name} is also on the list in line {listed.line}: {meant}")
