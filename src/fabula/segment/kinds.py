"""What kind of paragraph each block of lines is, told from its shape and from what the file's format says."""

from __future__ import annotations

import re

from fabula.segment.headings import find_headings
from fabula.segment.lines import BREAK, Block, Lines
from fabula.story import ParagraphKind, Text

__all__ = ["kinds_of"]

_SALUTATION = re.compile(
    r"[>\s_*]*(?:My (?:own |very |poor )?)?(?:[Dd]ear(?:est)?|[Dd]arling|[Bb]eloved|Honou?red|Respected|Sir|"
    r"Madam|To)\b"
    r"[\w .,'’—–-]{0,60}[,:;.!—–-]+[_*]*\s*$"
)
_OPENING = re.compile(
    r"[>\s_*]*(?:My (?:own |very |poor )?)?(?:[Dd]ear(?:est)?|Honou?red|"
    r"Respected)\s[A-Z\w][\w .'’-]{0,40}(?:,|:|;|\.?[—–-]+|!)"
)
_SIGNATURE = re.compile(
    r"[>\s_*]*(?:(?:Ever |Always |I (?:am|remain),? .{0,60})?(?:[Yy]ours?|Thine)\b.{0,70}|(?:Your|Thy) .{0,60}|"
    r"(?:With |Much |All my |Lots of |Best )?(?:[Ll]ove|[Rr]egards|[Ww]ishes)\b.{0,40}|"
    r"(?:Sincerely|Affectionately|Faithfully|Respectfully|Cordially|Believe me)\b.{0,60}|"
    r"(?:I (?:am|remain|have the honou?r)\b.{0,60}(?:yours?|obedient|servant|friend|&c|etc)\b.{0,60}))[,.—-]*[_*]*\s*$",
    re.DOTALL,
)
_PERSON = re.compile(r"\b(?:I|you|your|my|me|we)\b", re.IGNORECASE)
_LETTER_REACH = 40
"""Between a letter's "Dear …" and its signature stand at most this many paragraphs; more is a novel in letters."""

_VERSE_LINE = 60
"""Lines of verse are shorter than this, on average; lines of a letter fill the column."""


def kinds_of(text: Text, lines: Lines, blocks: list[Block]) -> list[ParagraphKind]:
    """The kind of each block, in order."""
    kinds: list[ParagraphKind] = ["prose"] * len(blocks)
    _mark_set_off(text, lines, blocks, kinds)
    _mark_letters(text.content, lines, blocks, kinds)
    for at in find_headings(text, lines, blocks):
        kinds[at] = "heading"
    for at, block in enumerate(blocks):
        if block.first == block.last and _is_break(text.content, lines, block):
            kinds[at] = "break"
    _mark_given(text, lines, blocks, kinds)
    return kinds


def _is_break(content: str, lines: Lines, block: Block) -> bool:
    start, body = lines.words[block.first], lines.bodies[block.first]
    return (
        body - start <= 90 and not content[start].isalpha() and BREAK.fullmatch(content, start, body) is not None
    ) or (body - start <= 90 and content[start] in "xXo" and BREAK.fullmatch(content, start, body) is not None)


def _mark_set_off(text: Text, lines: Lines, blocks: list[Block], kinds: list[ParagraphKind]) -> None:
    """Verse and letters among the passages set off by `> ` or by an indent, group by group."""
    group: list[int] = []
    for at, block in enumerate([*blocks, None]):
        if block is not None and _set_off(text.content, lines, block):
            group.append(at)
        elif group:
            kind = _verse_or_letter(text.content, lines, [blocks[i] for i in group])
            for i in group:
                kinds[i] = kind
            group = []


def _set_off(content: str, lines: Lines, block: Block) -> bool:
    start = lines.starts[block.first]
    if content[start] == ">":
        return True
    if block.first == block.last or lines.words[block.first] - start < 2:
        return False
    return all(lines.words[i] - lines.starts[i] >= 2 for i in range(block.first, block.last + 1))


def _verse_or_letter(content: str, lines: Lines, group: list[Block]) -> ParagraphKind:
    widths = [lines.bodies[i] - lines.words[i] for b in group for i in range(b.first, b.last + 1)]
    whole = content[lines.words[group[0].first] : lines.bodies[group[-1].last]]
    inner = [lines.bodies[i] - lines.words[i] for b in group for i in range(b.first, b.last)]
    if (
        inner
        and sum(inner) / len(inner) <= _VERSE_LINE
        and max(inner) < 80
        and not _SALUTATION.match(whole.split("\n")[0])
    ):
        return "verse"
    if len(group) > 1 or max(widths) > _VERSE_LINE or _PERSON.search(whole):
        return "letter"
    return "verse"


def _mark_letters(content: str, lines: Lines, blocks: list[Block], kinds: list[ParagraphKind]) -> None:
    """Paragraphs from "Dear …," to the signature."""
    opened = -1
    for at, block in enumerate(blocks):
        start, body = lines.words[block.first], lines.bodies[block.last]
        if content[start] not in ">_*DdMHRSTBYyAWLIFECW":
            continue
        if _opens_letter(content, start, body):
            opened = at
        elif (
            opened >= 0
            and at - opened <= _LETTER_REACH
            and body - start <= 200
            and _SIGNATURE.match(content[start:body])
        ):
            last = at + 1 if at + 1 < len(blocks) and _is_name(content, lines, blocks[at + 1]) else at
            kinds[opened : last + 1] = ["letter"] * (last + 1 - opened)
            opened = -1


def _opens_letter(content: str, start: int, body: int) -> bool:
    if body - start <= 80 and _SALUTATION.match(content, start, body):
        return True
    return _OPENING.match(content, start, min(body, start + 80)) is not None


def _is_name(content: str, lines: Lines, block: Block) -> bool:
    """Whether a block is a mere signature: a few words, each with a capital."""
    own = content[lines.words[block.first] : min(lines.bodies[block.last], lines.words[block.first] + 60)]
    return (
        lines.bodies[block.last] - lines.words[block.first] < 50
        and re.fullmatch(r"[>\s_*]*[A-Z][\w.'’]*(?:,? [A-Z][\w.'’]*){0,4}[.,]?[_*]*", own) is not None
    )


def _mark_given(text: Text, lines: Lines, blocks: list[Block], kinds: list[ParagraphKind]) -> None:
    """What the format says outweighs the shape."""
    starts = [lines.starts[block.first] for block in blocks]
    bodies = [lines.bodies[block.last] for block in blocks]
    for mark in text.marks:
        if mark.kind in ("heading", "break", "indented") and mark.end > mark.start:
            for at in _touched(mark.start, mark.end, starts, bodies):
                if mark.kind == "heading":
                    kinds[at] = "heading"
                elif mark.kind == "break":
                    kinds[at] = "break"
                elif kinds[at] == "prose":
                    kinds[at] = _verse_or_letter(text.content, lines, [blocks[at]])
    for apart in text.apart:
        for at in _touched(apart.start, apart.end, starts, bodies):
            if apart.start <= lines.words[blocks[at].first] and bodies[at] <= apart.end:
                kinds[at] = "apart"


def _touched(start: int, end: int, starts: list[int], bodies: list[int]) -> range:
    """The blocks that share a character with start … end."""
    from bisect import bisect_left, bisect_right

    return range(bisect_right(bodies, start), bisect_left(starts, end))
