"""Small pieces of fiction with all that is true in them marked, as plain values."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

__all__ = ["HANDS", "HERE", "TIES", "Mark", "Piece", "hands_of", "joined", "load_pieces", "renamed", "tie_of"]

HERE = Path(__file__).parent / "pieces"

TIES = (
    "parent", "grandparent", "aunt-uncle", "boss", "teacher", "doctor", "lawyer", "guardian", "host", "landlord",
    "sibling", "spouse", "cousin", "in-law", "kin", "friend", "lover", "betrothed", "ex", "enemy", "rival",
    "colleague", "neighbour",
)  # fmt: skip
"""What one person can be to another; the first ten only one way round."""
ONE_WAY = 10
HANDS = ("gets", "parts", "has", "finds", "hides", "loses", "destroys", "holds")
"""What a person does with a thing: is given or takes it, gives it or has it taken, shows it on them, …, and whether
they have it in the end."""
_TURNED = {
    "child": "parent", "grandchild": "grandparent", "niece-nephew": "aunt-uncle", "servant": "boss",
    "pupil": "teacher", "patient": "doctor", "ward": "guardian", "guest": "host", "tenant": "landlord",
}  # fmt: skip
_ABOUT = {"deaths": "death", "hands": "hand", "ties": "tie"}
_OPEN = re.compile(r"\{(\w):")
_PLAIN = frozenset("death tie hand".split())


class Mark(msgspec.Struct, frozen=True):
    """A person (capital letter) or a thing, and the characters of the text that mean it."""

    label: str
    start: int
    end: int


class Piece(msgspec.Struct, frozen=True):
    """A text, who and what is meant where, and what is true in the end.

    Attributes:
        dead: those who are, and whether it happens before our eyes.
        ties: who, what, to whom.
        hands: who, what they do, with which thing.
        known: of which of death, tie and hand all is said; of the others nothing is known.
    """

    text: str
    marks: tuple[Mark, ...]
    dead: dict[str, bool]
    ties: frozenset[tuple[str, str, str]]
    hands: frozenset[tuple[str, str, str]]
    known: frozenset[str]

    @property
    def labels(self) -> list[str]:
        """Those marked, in order of letters."""
        return sorted({mark.label for mark in self.marks})


def load_pieces(path: Path) -> list[Piece]:
    """All pieces of a file."""
    about = _ABOUT.get(path.stem.split("-")[0])
    known = frozenset({about}) if about else _PLAIN
    blocks = re.split(r"\n[ \t]*\n", path.read_text(encoding="utf-8").strip())
    return [_piece(block.split("\n"), known) for block in blocks]


def _piece(lines: Sequence[str], known: frozenset[str]) -> Piece:
    heads = [line[2:].split() for line in lines if line.startswith("# ")]
    text, marks = _unmarked("\n\n".join(line for line in lines if not line.startswith("# ")))
    return Piece(
        text,
        tuple(marks),
        {one: words[-1] == "shown" for words in heads if words[0] == "dead" for one in words[1:-1]},
        frozenset(tie for words in heads for tie in tie_of(words)),
        frozenset(hands_of(heads)),
        known,
    )


def _unmarked(marked: str) -> tuple[str, list[Mark]]:
    content: list[str] = []
    marks, opened, at, size = list[Mark](), list[tuple[str, int]](), 0, 0
    while at < len(marked):
        mark = _OPEN.match(marked, at)
        if mark:
            opened.append((mark[1], size))
            at = mark.end()
        elif marked[at] == "}" and opened:
            label, start = opened.pop()
            marks.append(Mark(label, start, size))
            at += 1
        else:
            content.append(marked[at])
            at, size = at + 1, size + 1
    return "".join(content), sorted(marks, key=lambda mark: (mark.start, -mark.end))


def tie_of(words: Sequence[str]) -> Iterator[tuple[str, str, str]]:
    """A tie the way round that `TIES` has it; one that holds both ways is given both ways."""
    if len(words) < 3 or words[1] not in {*TIES, *_TURNED}:
        return
    a, kind, b = words[:3]
    if kind in _TURNED:
        a, kind, b = b, _TURNED[kind], a
    yield a, kind, b
    if TIES.index(kind) >= ONE_WAY:
        yield b, kind, a


def hands_of(heads: Sequence[Sequence[str]]) -> Iterator[tuple[str, str, str]]:
    """Who does what with which thing, from lines in order, and who holds it behind the last."""
    held: dict[str, str] = {}
    for words in heads:
        kind, *labels = words
        if kind not in {*HANDS, "gives", "takes"}:
            continue
        thing = next(label for label in labels if label.islower())
        who, *other = (label for label in labels if label.isupper())
        held.pop(thing, None)
        if kind == "gives":
            yield who, "parts", thing
            for one in other:
                yield one, "gets", thing
                held[thing] = one
        elif kind == "takes":
            yield who, "gets", thing
            held[thing] = who
            for one in other:
                yield one, "parts", thing
        else:
            yield who, kind, thing
            if kind in ("has", "finds"):
                held[thing] = who
    for thing, who in held.items():
        yield who, "holds", thing


class Joined(msgspec.Struct, frozen=True):
    """Pieces one behind the other: labels are (piece, letter)."""

    text: str
    pieces: tuple[Piece, ...]
    offsets: tuple[int, ...]


def joined(pieces: Sequence[Piece]) -> Joined:
    """Several pieces as one text."""
    offsets, size = [], 0
    for piece in pieces:
        offsets.append(size)
        size += len(piece.text) + 2
    return Joined("\n\n".join(piece.text for piece in pieces), tuple(pieces), tuple(offsets))


def renamed(piece: Piece, names: dict[str, str]) -> Piece:
    """With words of its text changed, marks moved along."""
    if not names:
        return piece
    pattern = re.compile(r"\b(" + "|".join(map(re.escape, sorted(names, key=len, reverse=True))) + r")\b")
    content, done, moves = "", 0, [(0, 0)]
    for found in pattern.finditer(piece.text):
        content += piece.text[done : found.start()] + names[found[1]]
        done = found.end()
        moves.append((done, len(content) - done))
    content += piece.text[done:]

    def moved(place: int) -> int:
        return place + next(shift for at, shift in reversed(moves) if at <= place)

    marks = tuple(Mark(m.label, moved(m.start), moved(m.end)) for m in piece.marks)
    return msgspec.structs.replace(piece, text=content, marks=marks)
