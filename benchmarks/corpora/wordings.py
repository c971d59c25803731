"""Our own small pieces of fiction that say one thing in very different words, with what is true marked in them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import msgspec

from benchmarks.corpora.place import digest
from fabula.story import Span, Text

__all__ = ["Claim", "Wording", "WordingError", "load_wordings", "wording_paths", "wordings_digest"]

HERE = Path(__file__).resolve().parents[1] / "wordings"
_MARK = re.compile(r"\{(\w+):([^{}]*)\}")


class WordingError(Exception):
    """A wording is not written as it should be; the message says which, and where."""


class Claim(msgspec.Struct, frozen=True):
    """What a wording says, or only seems to say: a word for it, and the labels of those it is about."""

    kind: str
    labels: tuple[str, ...]


class Wording(msgspec.Struct, frozen=True):
    """One piece: its text, what is true in it, and where each label stands.

    `line`: that of its heading in the file, counted from 1.
    """

    text: Text
    claims: tuple[Claim, ...]
    marks: dict[str, tuple[Span, ...]]
    line: int


def wording_paths() -> dict[str, Path]:
    """The files by what they are about: those that nobody learns from. The others are in `training/state/pieces`."""
    return {path.stem.removesuffix("-aside"): path for path in sorted(HERE.glob("*-aside.txt"))}


def wordings_digest() -> str:
    """A digest of all files, so that a changed corpus shows."""
    return digest(HERE.glob("*.txt"), base=HERE)


def load_wordings(path: Path) -> list[Wording]:
    """All wordings of a file.

    Raises:
        WordingError: if a label of a heading is not marked in the text, or a mark is not closed.
    """
    return [_wording(path, line, block) for line, block in _blocks(path)]


def _blocks(path: Path) -> Iterator[tuple[int, list[str]]]:
    block: list[str] = []
    for number, line in enumerate([*path.read_text("utf-8").splitlines(), ""], 1):
        if line.strip():
            block.append(line)
        elif block:
            yield number - len(block), block
            block = []


def _wording(path: Path, line: int, block: list[str]) -> Wording:
    heads = [one for one in block if one.startswith("# ")]
    content, marks = _unmarked("\n\n".join(block[len(heads) :]))
    claims = tuple(_claim(head) for head in heads)
    missing = [label for claim in claims for label in claim.labels if label not in marks]
    if missing or not claims or "{" in content or "}" in content:
        fault = f"{missing[0]} is not marked" if missing else "a heading or the end of a mark is missing"
        raise WordingError(f"{path.name}, line {line}: {fault}")
    name = f"{path.stem}-{line}.txt"
    return Wording(Text.of(content, name=name), claims, {key: tuple(spans) for key, spans in marks.items()}, line)


def _claim(head: str) -> Claim:
    """Labels are one letter; what is longer says what is so of them: "# gives A o B", "# A parent B"."""
    words = head[2:].split()
    return Claim(next(w for w in words if len(w) > 1), tuple(w for w in words if len(w) == 1))


def _unmarked(marked: str) -> tuple[str, dict[str, list[Span]]]:
    content, done, marks = "", 0, dict[str, list[Span]]()
    for mark in _MARK.finditer(marked):
        content += marked[done : mark.start()]
        marks.setdefault(mark[1], []).append(Span(len(content), len(content) + len(mark[2])))
        content, done = content + mark[2], mark.end()
    return content + marked[done:], marks
