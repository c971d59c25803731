"""Word lists as data files, each headed by its source and licence: titles, nicknames, verbs of speech, …"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

__all__ = ["marked", "table", "words"]


@cache
def words(name: str) -> frozenset[str]:
    """The entries of a list, as written there: `words("speech_verbs")`."""
    return frozenset(_lines(name))


@cache
def table(name: str) -> dict[str, tuple[str, ...]]:
    """A list whose lines have several columns, by its first column: `table("nicknames")["peggy"] == ("margaret",)`."""
    rows = (line.split("\t") for line in _lines(name))
    return {first: tuple(rest) for first, *rest in rows}


@cache
def marked(name: str, mark: str) -> frozenset[str]:
    """The entries of a list that have a mark in their second column, where an entry may have several."""
    return frozenset(word for word, (marks, *_) in table(name).items() if mark in marks.split())


def _lines(name: str) -> list[str]:
    content = files(__package__).joinpath("data", f"{name}.txt").read_text(encoding="utf-8")
    return [line.strip() for line in content.splitlines() if line.strip() and not line.startswith("#")]
