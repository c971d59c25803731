"""Speech that a dash begins, as in Joyce or in Spanish: —I know, he said. —And you?"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from fabula.segment.quotations.spans import Stretch
from fabula.segment.quotations.tags import is_tag
from fabula.segment.quotations.telling import goes_on, is_told, sentences_of
from fabula.story import Paragraph

__all__ = ["find_dashes"]

_OPENING = re.compile(r"[\s_*]*(?:[—―–]|--|-(?=\s))\s*(?=[\w¿¡\"'“‘«_*(…\[&.])")
_CLAUSE = re.compile(r"[^,.;:!?…—―–\-]+|-(?!-)|[,.;:!?…]+|[—―–]+|--+")
_DASH = re.compile(r"[—―–]|--")
_ABBREVIATED = re.compile(r"\b(?:Mr|Mrs|Ms|Dr|St|[A-Z])$")
_AFTER_BEAT = re.compile(r"[.!?…]\s+(?=[—―–](?! )[^\W\d_a-z])")
"""Where speech begins in a paragraph that leads up to it: "The old man sat down. —My knee, he said." """
_ENDED = re.compile(r"[.!?…,:;—–-][\"”'’»_*)\]]*\Z")
ENDED = 3
"""Speech ends in a stop: one in so many of the paragraphs that begin with a dash must."""
AMONG = 8
"""So near paragraphs that begin with a dash, one that leads up to a dash has speech in it."""
NEAR = 40
"""Dash speech is a convention where this many paragraphs around …"""
ENOUGH = 3
"""… hold at least this many that begin with a dash; in a text of less than twelve paragraphs one is enough."""


def find_dashes(content: str, paragraphs: Sequence[Paragraph], quoted: Sequence[Stretch]) -> list[Stretch]:
    """The stretches of speech in paragraphs that begin with a dash, the tags in them left out."""
    marked = {stretch.paragraph for stretch in quoted if stretch.convention != "single"}
    begins = [
        at
        for at, paragraph in enumerate(paragraphs)
        if paragraph.kind in ("prose", "letter")
        and at not in marked
        and content[paragraph.start] in "—―–- \t_*\u3000"
        and _OPENING.match(content, paragraph.start, paragraph.body)
    ]
    if sum(
        _ENDED.search(content, paragraphs[at].start, paragraphs[at].body) is not None for at in begins
    ) * ENDED < len(begins):
        return []  # a list: flour, two lemons
    found: list[Stretch] = []
    home: set[int] = set()
    for rank, at in enumerate(begins):
        near = sum(
            abs(begins[i] - at) <= NEAR for i in range(max(0, rank - ENOUGH), min(len(begins), rank + ENOUGH + 1))
        )
        if near >= ENOUGH or len(paragraphs) < 12:
            paragraph = paragraphs[at]
            found += [Stretch(a, b, at, "dash") for a, b in _speeches(content, paragraph.start, paragraph.body)]
            home |= {*range(at - AMONG, at + AMONG + 1)}
    for at in sorted(home.difference(begins) - marked):
        if 0 <= at < len(paragraphs) and paragraphs[at].kind == "prose":
            paragraph = paragraphs[at]
            opening = _AFTER_BEAT.search(content, paragraph.start, paragraph.body)
            if opening:
                found += [Stretch(a, b, at, "dash") for a, b in _speeches(content, opening.end(), paragraph.body)]
    return found


def _speeches(content: str, start: int, body: int) -> Iterator[tuple[int, int]]:
    """The spoken stretches of a paragraph that begins with a dash."""
    opening = _OPENING.match(content, start, body)
    if opening is None:
        return
    begin = start + len(opening.group()) - len(opening.group().lstrip())
    at = opening.end()
    pieces = list(_CLAUSE.finditer(content, at, body))
    ends = [piece.end() for piece in pieces]
    while at < body:
        end, resume = _next_tag(content, pieces, bisect_right(ends, at), body)
        end = begin + len(content[begin:end].rstrip())
        if end > begin and any(map(str.isalnum, content[begin:end])):
            yield begin, end
        if resume >= body:
            return
        begin = at = resume


def _next_tag(content: str, pieces: list[re.Match[str]], first: int, body: int) -> tuple[int, int]:
    """Where the speech that goes on at a piece ends, and where the next begins: the paragraph's end if none does."""
    before = None
    for i in range(first, len(pieces)):
        piece = pieces[i]
        if before is not None and is_tag(piece.group()):
            dashed = _DASH.fullmatch(before.group().strip()) is not None
            end = before.start() if dashed else before.end()
            return end, _after_tag(content, pieces, i, dashed, body)
        if piece.group()[0] in ",.!?…—―–" or piece.group().startswith("--"):
            before = piece
        elif piece.group().strip():
            before = None
    return body, body


def _after_tag(content: str, pieces: list[re.Match[str]], tag: int, dashed: bool, body: int) -> int:
    """Where speech begins again behind the tag."""
    for i in range(tag + 1, len(pieces)):
        mark = pieces[i].group()
        if _DASH.match(mark):
            return _skip(content, pieces[i].end(), body)
        if mark[0] == "." and _ABBREVIATED.search(pieces[i - 1].group()):
            continue
        if mark[0] in ".!?…:":
            place = _skip(content, pieces[i].end(), body)
            if place < body and _DASH.match(content, place):
                return _skip(content, _DASH.match(content, place).end(), body)  # type: ignore[union-attr]
            return _resumed(content, place, body, dashed)
        if mark[0] == "," and not dashed and i + 1 < len(pieces) and not goes_on(pieces[i + 1].group()):
            return _skip(content, pieces[i].end(), body)
    return body


def _resumed(content: str, place: int, body: int, dashed: bool) -> int:
    """Where, behind the sentence of the tag, speech resumes: at once, behind sentences of narration, or at a dash."""
    if not dashed:
        for start, end in sentences_of(content, place, body):
            if _DASH.match(content, start):
                break
            if not is_told(content[start:end]):
                return start
    dash = _DASH.search(content, place, body)
    return _skip(content, dash.end(), body) if dash else body


def _skip(content: str, place: int, body: int) -> int:
    while place < body and content[place].isspace():
        place += 1
    return place
