"""The English Web Treebank of Universal Dependencies: what class each word is, its lemma, and which word governs it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import msgspec

from benchmarks.corpora.place import DataAbsent, digest, folder, read_characters

__all__ = ["ParsedText", "load_treebank", "treebank_digest"]

_FORM, _LEMMA, _CLASS, _HEAD, _RELATION = 1, 2, 3, 6, 7
_NAME = re.compile(r"# newdoc id = (\S+)")


class ParsedText(msgspec.Struct, frozen=True, kw_only=True):
    """A document of the treebank in syntactic words ("do", "n't").

    Attributes:
        name: "reviews-018548"; what stands before the dash is its kind.
        sentence: for each word the number of its sentence.
        heads: for each word the one that governs it; the root of a sentence governs itself.
        relations: with their subtypes ("nsubj:pass").
    """

    name: str
    forms: tuple[str, ...]
    sentence: tuple[int, ...]
    classes: tuple[str, ...]
    lemmas: tuple[str, ...]
    heads: tuple[int, ...]
    relations: tuple[str, ...]

    @property
    def kind(self) -> str:
        """What sort of text it is: weblog, newsgroup, email, reviews, answers."""
        return self.name.partition("-")[0]


def load_treebank(part: str = "test", *, root: Path | None = None) -> tuple[ParsedText, ...]:
    """The documents of a part: "train", "dev" or "test".

    Raises:
        DataAbsent: if the treebank is not on this machine.
    """
    return tuple(_documents(read_characters(_path(part, root))))


def treebank_digest(part: str = "test", *, root: Path | None = None) -> str:
    """The digest of a part's file."""
    path = _path(part, root)
    return digest([path], base=path.parent)


def _path(part: str, root: Path | None) -> Path:
    path = folder("ud_ewt", root=root) / f"{part}.conllu.gz"
    if not path.exists():
        raise DataAbsent(path)
    return path


def _documents(content: str) -> Iterator[ParsedText]:
    name, sentences = "", list[list[list[str]]]()
    for block in content.strip().split("\n\n"):
        begun = _NAME.search(block)
        if begun and sentences:
            yield _document(name, sentences)
            sentences = []
        name = begun[1] if begun else name
        rows = (line.split("\t") for line in block.split("\n") if not line.startswith("#"))
        # "3-4 don't" is how two words are written, "8.1" a word that is not there.
        sentences.append([row for row in rows if row[0].isdigit()])
    if sentences:
        yield _document(name, sentences)


def _document(name: str, sentences: list[list[list[str]]]) -> ParsedText:
    rows = [row for sentence in sentences for row in sentence]
    heads, before = list[int](), 0
    for sentence in sentences:
        heads += [before + (int(row[_HEAD]) - 1 if row[_HEAD] != "0" else n) for n, row in enumerate(sentence)]
        before += len(sentence)
    return ParsedText(
        name=name,
        forms=tuple(row[_FORM] for row in rows),
        sentence=tuple(number for number, sentence in enumerate(sentences) for _ in sentence),
        classes=tuple(row[_CLASS] for row in rows),
        lemmas=tuple(row[_LEMMA] for row in rows),
        heads=tuple(heads),
        relations=tuple(row[_RELATION] for row in rows),
    )
