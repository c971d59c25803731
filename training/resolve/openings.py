"""LitBank's openings laid over the books they open, so that the reading knows the people of the whole story."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

import msgspec

from benchmarks.corpora import gutenberg
from benchmarks.corpora.litbank import LitBankDocument, load_document
from fabula.story import Text

__all__ = ["Opening", "load_opening"]

_SEARCHED = 400_000
"""So many characters of a book are looked at, at most."""
_READ_ON = 150_000
"""So many characters behind the opening are read too: who is named in them is known on the first page."""
_SKIPPED, _ANCHOR = 20, 10
"""The words by which the opening is found: ten behind the first twenty, among which a heading may stand."""
_BEFORE, _BEHIND = 120, 800
"""So many signs more than the opening has are compared with it, on either side."""
_SIGN = re.compile(r"\w+|[^\w\s]")
_ALIKE = {"“": '"', "”": '"', "’": "'", "‘": "'", "—": "-"}


class Opening(msgspec.Struct, frozen=True):
    """The beginning of a book and whom LitBank says each mention of a person in it means.

    Attributes:
        people: from the place [start, stop) of a mention, in characters of `text`, to its cluster.
    """

    text: Text
    people: dict[tuple[int, int], str]

    def holds(self, place: int) -> bool:
        """Whether the character at a place stands in the part that people marked."""
        return min(start for start, _ in self.people) <= place < max(stop for _, stop in self.people)


def load_opening(name: str) -> Opening | None:
    """The opening of one book; None where it is not found in the book.

    Raises:
        DataAbsent: if LitBank, or the books, are not on this machine.
    """
    document = load_document(name)
    book = gutenberg.load_text(name).content[:_SEARCHED]
    moved = _lay_over(document, book)
    people = {
        (moved[m.start][0], moved[m.end - 1][1]): m.character
        for m in document.story.mentions
        if m.character and m.start in moved and m.end - 1 in moved
    }
    if not people:
        return None
    cut = book.find("\n\n", max(stop for _, stop in people) + _READ_ON)
    return Opening(Text.of(book if cut < 0 else book[:cut], name=name), people)


def _lay_over(document: LitBankDocument, book: str) -> dict[int, tuple[int, int]]:
    """From the first and the last character of each of the corpus's signs to the place of the same sign in the book."""
    content = document.story.text.content
    own = [
        (word.start + m.start(), word.start + m.end())
        for word in document.words
        for m in _SIGN.finditer(content[word.start : word.end])
    ]
    there = [m.span() for m in _SIGN.finditer(book)]
    spelt, printed = [_spell(content, sign) for sign in own], [_spell(book, sign) for sign in there]
    first = _find(spelt, printed)
    if first is None:
        return {}
    low, high = max(0, first - _BEFORE), first + len(spelt) + _BEHIND
    moved: dict[int, tuple[int, int]] = {}
    for a, b, size in SequenceMatcher(None, spelt, printed[low:high], autojunk=False).get_matching_blocks():
        for (start, stop), place in zip(own[a : a + size], there[low + b : low + b + size], strict=True):
            moved[start] = moved[stop - 1] = place
    return moved


def _spell(content: str, sign: tuple[int, int]) -> str:
    written = content[slice(*sign)].replace("_", "").lower()
    return _ALIKE.get(written, written)


def _find(spelt: Sequence[str], printed: Sequence[str]) -> int | None:
    """Where the anchor begins in the book, by the number of its sign."""
    anchor = [word for word in spelt if word.isalnum()][_SKIPPED : _SKIPPED + _ANCHOR]
    words = [(n, word) for n, word in enumerate(printed) if word.isalnum()]
    for at in range(len(words) - len(anchor)):
        if words[at][1] == anchor[0] and [word for _, word in words[at : at + len(anchor)]] == anchor:
            return words[at][0]
    return None
