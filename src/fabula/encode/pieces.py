"""How a word is written for the encoder: as pieces of its small vocabulary, each with its casing."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path

__all__ = ["CASINGS", "Pieces", "Spelling", "open_pieces"]

Spelling = tuple[tuple[int, ...], tuple[int, ...]]
"""The numbers of a word's pieces, and the casing of each. Never empty."""

CASINGS = ("lower", "title", "upper", "other", "none")
LONGEST = 12
"""Pieces kept of one word: a word is read by its first piece, the others only lend it colour."""
_WIDEST = 100
"""A run of more letters than this is no word the vocabulary could know."""

_PLAIN = str.maketrans(dict.fromkeys("’‘‛ʼ′", "'") | dict.fromkeys("“”„‟″", '"') | dict.fromkeys("–―⸺", "—"))
_DASHES, _DOTS = re.compile(r"--+"), re.compile(r"\.\.+")
_PART = re.compile(r"[^\W_]+|\S")


class Pieces:
    """A vocabulary of lower-case pieces (WordPiece). Spellings are remembered: a novel has few different words.

    Args:
        vocabulary: the pieces in the order of their numbers; those inside a word begin with `##`.
    """

    def __init__(self, vocabulary: Iterable[str]) -> None:
        self._number = {piece: number for number, piece in enumerate(vocabulary)}
        self.unknown, self.begin, self.end = (self._number[mark] for mark in ("[UNK]", "[CLS]", "[SEP]"))
        self._known: dict[str, Spelling] = {}

    def __len__(self) -> int:
        return len(self._number)

    def spell(self, forms: Sequence[str]) -> list[Spelling]:
        """The spelling of each word."""
        known = self._known
        for form in set(forms):
            if form not in known:
                known[form] = self._spell(form)
        return [known[form] for form in forms]

    def _spell(self, form: str) -> Spelling:
        numbers: list[int] = []
        casings: list[int] = []
        plain = _DOTS.sub("…", _DASHES.sub("—", form[: 2 * _WIDEST].translate(_PLAIN)))
        for part in _PART.findall(plain):
            pieces = self._cut(part)
            numbers += pieces
            casings += [_casing(part)] * len(pieces)
            if len(numbers) >= LONGEST:
                break
        if not numbers:
            return (self.unknown,), (CASINGS.index("none"),)
        return tuple(numbers[:LONGEST]), tuple(casings[:LONGEST])

    def _cut(self, part: str) -> list[int]:
        """Greedily, the longest piece first."""
        bare = "".join(c for c in unicodedata.normalize("NFD", part.lower()) if unicodedata.category(c) != "Mn")
        if not bare or len(bare) > _WIDEST:
            return [self.unknown]
        found, at = [], 0
        while at < len(bare):
            for end in range(len(bare), at, -1):
                number = self._number.get(bare[at:end] if at == 0 else f"##{bare[at:end]}")
                if number is not None:
                    break
            else:
                return [self.unknown]
            found.append(number)
            at = end
        return found


def _casing(part: str) -> int:
    if not any(c.isalpha() for c in part):
        return CASINGS.index("none")
    if part.islower():
        return CASINGS.index("lower")
    if part[0].isupper() and (len(part) == 1 or part[1:].islower()):
        return CASINGS.index("title")
    return CASINGS.index("upper" if part.isupper() else "other")


@lru_cache(maxsize=2)
def open_pieces(place: Path) -> Pieces:
    """The vocabulary in a file, one piece on each line."""
    return Pieces(place.read_text(encoding="utf-8").rstrip("\n").split("\n"))
