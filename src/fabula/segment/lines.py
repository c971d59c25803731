"""Which lines belong together: the layout of a text, read from the lengths of its lines."""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import accumulate, pairwise

import msgspec

from fabula.story import Text

__all__ = ["Block", "Lines", "cut_blocks", "read_lines"]

FULLEST = 120
"""Hard-wrapped text stands in columns of 50 to 80 characters; a line longer than this was not wrapped by hand."""

NARROWEST = 30
"""Nor is text wrapped in columns narrower than this; such lines are verse, lists, or short paragraphs."""

FULL = 0.82
"""A wrapped line is full when the next word would have reached this share of the column; Gutenberg files are ragged."""

TALL = 25
"""Text whose blocks are on average taller than this many lines does not separate its paragraphs by blank lines."""

BREAK = re.compile(
    r"(?:[*#~•·∙⁂❦❧☙§†‡◆◇■□●○★☆✦✻✽=+_\\|–—-][ \t\u00a0\u2003]*){3,80}"
    r"|[*#~•·⁂❦❧☙§†‡◆◇■□●○★☆✦✻✽]|\*\s?\*|(?:[.…][ \t]*){4,60}|(?:[xX][ \t]+){2,20}[xX]|-?-?o[0O]o-?-?|"
    r"(?:o[ \t]+){2,20}o"
)
"""What stands alone on a line where the scene changes."""

MARKUP_HEADING = re.compile(r"#{1,6}[ \t]+\S")
_STOPPED = re.compile(r"[.!?…:—-][\"'”’»)\]_*]*$|[\"”»’]$")
_DIALOGUE = re.compile(r"[\"“«„‘‹「『—–]|'\w|-- ?\w")


class Lines(msgspec.Struct, frozen=True):
    """The lines of a text: where each begins, where its words begin and end; one more start than lines."""

    starts: list[int]
    words: list[int]
    bodies: list[int]

    def at(self, place: int) -> int:
        """The index of the line that holds the character at `place`."""
        return max(0, min(bisect_right(self.starts, place), len(self.bodies)) - 1)


class Block(msgspec.Struct, frozen=True):
    """Lines first … last that make one paragraph. `blank`: white space only."""

    first: int
    last: int


def read_lines(content: str) -> Lines:
    """Cut the text at every kind of line end: \\n, \\r, \\r\\n, form feed, U+2028, U+2029."""
    pieces = content.splitlines(keepends=True)
    starts = list(accumulate(map(len, pieces), initial=0))
    bodies = [start + len(piece.rstrip()) for start, piece in zip(starts, pieces, strict=False)]
    words = [start + len(piece) - len(piece.lstrip()) for start, piece in zip(starts, pieces, strict=False)]
    return Lines(starts, words, bodies)


def cut_blocks(text: Text, lines: Lines) -> list[Block]:
    """The paragraphs of a text as runs of lines, decided by blank lines, indents and the fullness of lines."""
    content = text.content
    filled = [i for i, body in enumerate(lines.bodies) if body > lines.starts[i]]
    column, tall = _column(content, lines, filled)
    cuts = _forced_cuts(text, lines)
    blocks: list[Block] = []
    first = 0
    for at, line in enumerate(filled):
        following = filled[at + 1] if at + 1 < len(filled) else -1
        if following != line + 1:
            blocks += _cut_run(content, lines, filled[first], line, column, tall, cuts)
            first = at + 1
    return blocks


def _column(content: str, lines: Lines, filled: list[int]) -> tuple[int, bool]:
    """The width of the column the text is wrapped to (0: it is not wrapped), and whether blank lines are rare."""
    joints = [(a, b) for a, b in pairwise(filled) if b == a + 1]
    if len(joints) < 3:
        return 0, False
    lengths = sorted(lines.bodies[a] - lines.starts[a] for a, _ in joints)
    column = lengths[int(len(lengths) * 0.9)]
    if not NARROWEST <= column <= FULLEST:
        return 0, False
    full = sum(_full(content, lines, a, column) for a, _ in joints)
    runs = len(filled) - len(joints)
    return (column if full >= 0.5 * len(joints) else 0), len(filled) > TALL * runs


def _full(content: str, lines: Lines, line: int, column: int) -> bool:
    """Whether the first word of the next line would not have fitted on this one."""
    begin = lines.words[line + 1]
    word = content[begin : min(begin + 24, lines.bodies[line + 1])].split(None, 1)
    return lines.bodies[line] - lines.starts[line] + 1 + len(word[0] if word else "") >= FULL * column


def _forced_cuts(text: Text, lines: Lines) -> set[int]:
    """The lines at which a paragraph begins because the file's format says so."""
    cuts: set[int] = set()
    for mark in text.marks:
        if mark.kind not in ("italic", "comment") and mark.start < len(text):
            cuts.add(lines.at(mark.start))
            if mark.end > mark.start:
                cuts.add(lines.at(mark.end - 1) + 1)
    for apart in text.apart:
        first = lines.at(apart.start)
        if apart.end > apart.start and apart.start <= lines.words[first]:
            cuts.add(first)
            cuts.add(lines.at(apart.end - 1) + 1)
    return cuts


def _cut_run(content: str, lines: Lines, first: int, last: int, column: int, tall: bool, cuts: set[int]) -> list[Block]:
    """The paragraphs in a run of lines without a blank line between."""
    if first == last:
        return [Block(first, last)]
    wrapped = _is_wrapped(content, lines, first, last, column)
    blocks = []
    begin = first
    for line in range(first + 1, last + 1):
        if line in cuts or _parts(content, lines, line, first, last, column if wrapped else 0, tall):
            blocks.append(Block(begin, line - 1))
            begin = line
    blocks.append(Block(begin, last))
    return blocks


def _is_wrapped(content: str, lines: Lines, first: int, last: int, column: int) -> bool:
    """Whether the lines of a run are pieces of paragraphs rather than paragraphs."""
    lengths = [lines.bodies[i] - lines.starts[i] for i in range(first, last)]
    if content[lines.starts[first]] == ">":
        return True
    if column:
        return max(lengths) <= FULLEST + 20
    return len(lengths) >= 3 and min(lengths) >= 45 and max(lengths) <= 100 and max(lengths) - min(lengths) <= 14


def _parts(content: str, lines: Lines, line: int, first: int, last: int, column: int, tall: bool) -> bool:
    """Whether a paragraph begins at this line of a run."""
    start, word, before = lines.starts[line], lines.words[line], lines.bodies[line - 1]
    quoted, was_quoted = content[start] == ">", content[lines.starts[line - 1]] == ">"
    if quoted or was_quoted:
        return quoted != was_quoted or lines.bodies[line - 1] - lines.starts[line - 1] == 1
    if not column:
        return not (content[word].islower() and content[before - 1] not in '.!?…"”’:;')
    own = content[word : lines.bodies[line]]
    if _alone(own) or _alone(content[lines.words[line - 1] : before]):
        return True
    indent = word - start
    if indent > 1 + lines.words[line - 1] - lines.starts[line - 1] and (
        line == last or indent > lines.words[line + 1] - lines.starts[line + 1]
    ):
        return line < last or bool(_STOPPED.search(content, max(start - 40, 0), before))
    if _full(content, lines, line - 1, column):
        return False
    stopped = bool(_STOPPED.search(content, max(lines.starts[line - 1], before - 8), before))
    return stopped and (tall or (bool(_DIALOGUE.match(own)) and not _ragged(content, lines, first, last, column)))


def _alone(line: str) -> bool:
    return len(line) < 90 and bool(BREAK.fullmatch(line) or MARKUP_HEADING.match(line))


def _ragged(content: str, lines: Lines, first: int, last: int, column: int) -> bool:
    """Whether a run of lines is verse: none of the first few is full."""
    return not any(_full(content, lines, i, column) for i in range(first, min(last, first + 12)))
