"""Finds what stands before the first chapter: title, byline, date, table of contents."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from fabula.story.text import Apart, ApartKind, Span

__all__ = ["Front", "Line", "is_heading", "lines_of", "read_front"]

_HEAD = 60_000
"""Front matter is looked for in this many characters; chosen, not measured."""

_LISTS = 8
"""So many lists are looked at, to bound the time."""

_NUMBER = (
    r"(?:[IVXLCivxlc]+|\d{1,3}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen"
    r"|sixteen|seventeen|eighteen|nineteen|twenty(?:[- ]\w+)?|thirty(?:[- ]\w+)?"
    r"|(?:the\s+)?(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|last))"
)
_CHAPTER = re.compile(
    rf"[\W_]*(?:(?:chapter|chap\.?|part|book|volume|vol\.?|letter|canto|act|scene|stave|phase|episode|epoch|section"
    rf"|period|narrative|tale|story|night|day)\s+{_NUMBER}\b[^\n]{{0,90}}"
    rf"|(?:the\s+)?(?:first|second|third)\s+(?:chapter|part|book|volume|epoch|period|letter)\b[^\n]{{0,60}}"
    r"|[IVXLC]{1,7}[\W_]{0,4}|[IVXLC]{1,7}(?:\.|:|\s*[-–—]+|\s{2,})\s*[A-Z\"“‘'][^\n]{1,70}|\d{1,3}[\W_]{0,4}"
    r"|(?:prologue|epilogue|prelude|preface|foreword|introduction|introductory|proem|interlude|conclusion"
    r"|author['’]s (?:note|preface)|to the reader)\b[^\n.]{0,50}\.?)[ \t]*",
    re.I,
)


class Line(NamedTuple):
    """A line that is not blank: where it stands without the white space around it, and the blank lines before it."""

    start: int
    end: int
    words: str
    gap: int


class Front(NamedTuple):
    """What stands before the story, and who it says wrote what."""

    apart: tuple[Apart, ...]
    title: str | None
    author: str | None


def lines_of(content: str, within: Span) -> Iterator[Line]:
    """The lines with something on them."""
    gap = 0
    for found in re.compile(r"([^\r\n]*)(\r\n?|\n|\Z)").finditer(content, within.start, within.end):
        words = found[1].strip()
        if words:
            start = found.start() + found[1].index(words[0])
            yield Line(start, start + len(words), words, gap)
        gap = 0 if words else gap + 1


def is_heading(words: str) -> bool:
    """Whether a line is a chapter's heading: "CHAPTER I. Down the Rabbit-Hole", "IV", "PROLOGUE", "# Loomings"."""
    if len(words) > 110:
        return False
    if re.match(r"#{1,6}\s+\S", words):
        return True
    found = _CHAPTER.fullmatch(words)
    if not found:
        return False
    return not (words[:2] in ("I ", "i ") and words[2:3] != " ")


_BY = re.compile(r"[\W_]*(?:written\s+|a\s+novel\s+|edited\s+|translated\s+)?by[\W_]*", re.I)
_NAME = r"(?:\(?[A-Z][\w.’'\-]*\)?|[Dd]e|[Vv]an|[Vv]on|[Dd]er|[Ll]a|[Ll]e|[Dd]u|[Aa]nd|&|of|the|author|Author)"
_BYLINE = re.compile(
    rf"[\W_]*(?:[Ww]ritten\s+|WRITTEN\s+|[Tt]ranslated\s+|TRANSLATED\s+|[Ee]dited\s+)?(?:[Bb]y|BY)[ \t]+"
    rf"({_NAME}(?:[ ,]+{_NAME}){{0,6}})[\W_]*"
)
_NAME_ONLY = re.compile(rf"[\W_]*({_NAME}(?:[ ,]+{_NAME}){{0,6}})[\W_]*")
_TITLE_BY = re.compile(rf"(.{{2,60}}?),?\s+(?:by|BY|By)\s+({_NAME}(?:[ ,]+{_NAME}){{1,5}})\.?")
_FIELD = re.compile(r"(Title|Author)\s*:\s*(\S.{0,100})")
_SMALL = frozenset("a an and as at but by for from in into its nor of on or the to up with vs".split())
_CONTENTS = re.compile(r"[\W_]*(?:table\s+of\s+)?contents[\W_]*(?:of[^\n]{0,40})?", re.I)
_PICTURES = re.compile(r"[\W_]*(?:list\s+of\s+)?(?:illustrations|plates)[\W_]*", re.I)
_IMPRINT = re.compile(
    r"\(?\[?(?:1[5-9]|20)\d\d[\])]?\.?|.{0,40}\b(?:copyright|all rights reserved|first published|printed in"
    r"|publishers?|edition|isbn|illustrated by|illustrations by|with illustrations|author of)\b.{0,80}|©.{0,80}",
    re.I,
)
_EDITORIAL = re.compile(r"(?:the|this)\s+(?:text|e-?text|e-?book|edition|version)\s+(?:is|was|follows|has)\b", re.I)
_DEDICATION = re.compile(r"[\W_]*(?:to|for|TO|FOR|To|For)\s+(?:my|the memory of|[A-Z])[^.!?\"“”]{0,70}[\W_]*")


def read_front(content: str, body: Span, headings: dict[int, int]) -> Front:
    """What stands before the first chapter and is surely no story.

    Args:
        body: where the book stands without its licence.
        headings: level of each heading the file's format marks, by where it begins.
    """
    head = Span(body.start, min(body.end, body.start + _HEAD))
    lines = list(lines_of(content, head))
    if not lines:
        return Front((), None, None)
    contents = list(_contents(lines))
    apart = [Apart(lines[a].start, lines[b - 1].end, kind) for a, b, kind in contents]
    stop = min((a for a, _, _ in contents), default=len(lines))
    page, title, author = _title_page(content, body, lines, stop, headings)
    return Front(tuple(page + apart), title, author)


_TITLE_WORDS = 10
"""A story's title, standing alone, has no more words; longer lines at the top are its first sentence."""
_SHORT = 120_000
"""Characters: in anything longer a bare line at the top may as well be the first of many chapters' titles."""
_OPENING = 80
"""Characters: a first paragraph is longer than this, the lines of a title page or a list are not."""


def _title_page(
    content: str, body: Span, lines: Sequence[Line], stop: int, headings: dict[int, int]
) -> tuple[list[Apart], str | None, str | None]:
    fields = _fields(lines)
    if fields[0]:
        return fields
    first = next((i for i, line in enumerate(lines[:stop]) if is_heading(line.words)), stop)
    by, named, author = _byline(lines, min(first + 3, stop, 14), headings)
    if by is not None:
        before = lines[:by]
        apart = [_as(lines[i], "byline") for i in range(by, named)]
        is_title = all(_is_title_like(line.words.rstrip(".,;:")) and not is_heading(line.words) for line in before)
        if not is_title:
            return apart if len(before) < 8 else [], None, author
        apart += [_as(line, "title") for line in before]
        apart += _rest_of_page(lines[named:stop], max(0, first - named), contents=first == stop < len(lines))
        return apart, _joined(before), author
    both = _TITLE_BY.fullmatch(lines[0].words)
    if both and first != 0 and _is_capitalised(both[1]) and (len(lines) < 2 or lines[1].gap):
        rest = _rest_of_page(lines[1:stop], max(0, first - 1), contents=first == stop < len(lines))
        return [_as(lines[0], "byline"), *rest], both[1], both[2]
    return _bare_title(content, body, lines, first, stop, headings)


def _fields(lines: Sequence[Line]) -> tuple[list[Apart], str | None, str | None]:
    """ "Title: …" and "Author: …" in the first lines."""
    found = [(line, match) for line in lines[:6] if (match := _FIELD.fullmatch(line.words))]
    if not found or found[0][0] is not lines[0]:
        return [], None, None
    said = {match[1]: match[2].strip() for _, match in found}
    apart = [_as(line, "title" if match[1] == "Title" else "byline") for line, match in found]
    return apart, said.get("Title"), said.get("Author")


def _byline(lines: Sequence[Line], stop: int, headings: dict[int, int]) -> tuple[int | None, int, str | None]:
    """Where "by Jane Austen" stands among the first lines, in one line or two: (from, to, name)."""
    for i, line in enumerate(lines[:stop]):
        if len(line.words) > 70:
            break
        alone = line.gap > 0 or i == 0 or len(lines[i - 1].words) < 60
        found = _BYLINE.fullmatch(line.words)
        if found and alone and (i > 0 or line.start in headings or len(lines) < 2 or lines[1].gap):
            return i, i + 1, _proper(found[1])
        after = lines[i + 1] if i + 1 < len(lines) else None
        if after and _BY.fullmatch(line.words) and (name := _NAME_ONLY.fullmatch(after.words)):
            return i, i + 2, _proper(name[1])
    return None, 0, None


def _bare_title(
    content: str, body: Span, lines: Sequence[Line], first: int, stop: int, headings: dict[int, int]
) -> tuple[list[Apart], str | None, str | None]:
    """A title with no byline: lines that are nothing else, up to the first chapter's heading."""
    if first == 0:
        return _marked_title(lines, headings)
    if first >= stop and stop == len(lines):
        found = _marked_title(lines, headings)
        short = len(body) < _SHORT
        return (
            found
            if found[0] or not (short and _heads_a_story(lines))
            else ([_as(lines[0], "title")], lines[0].words, None)
        )
    before = lines[:first]
    fits = len(before) <= 8 and all(_is_title_like(line.words) or _EDITORIAL.match(line.words) for line in before)
    if not fits:
        first_block = _block(before)
        fits = len(first_block) < 3 and all(_is_bold_title(line.words) for line in first_block)
        before = first_block if fits and len(first_block) < len(lines) else []
    if not before or _is_part(content, body, before, lines[first] if first < len(lines) else None):
        return [], None, None
    kinds = ["front" if _EDITORIAL.match(x.words) or (i and _DEDICATION.fullmatch(x.words)) else "title"
             for i, x in enumerate(before)]  # fmt: skip
    apart = [
        Apart(x.start, x.end, "front" if kind == "front" else "title") for x, kind in zip(before, kinds, strict=True)
    ]
    return apart, _joined([x for x, kind in zip(before, kinds, strict=True) if kind == "title"]), None


def _marked_title(lines: Sequence[Line], headings: dict[int, int]) -> tuple[list[Apart], str | None, str | None]:
    """The one paragraph a word processor's style calls the title, at the very top."""
    top = headings.get(lines[0].start)
    if top == 0 and list(headings.values()).count(0) == 1 and len(headings) > 1:
        return [_as(lines[0], "title")], lines[0].words, None
    return [], None, None


def _heads_a_story(lines: Sequence[Line]) -> bool:
    """Whether the first line, alone above a paragraph of sentences, is a short story's title."""
    if len(lines) < 2 or not lines[1].gap:
        return False
    top = lines[0].words
    if not _is_title_like(top) or top.endswith(".") or top.isupper() or not top[0].isalpha():
        return False
    opening = " ".join(line.words for line in _block(lines[1:]))
    return len(top.split()) <= _TITLE_WORDS and len(opening) >= _OPENING and opening[-1] in ".!?…\"”’'"


def _block(lines: Sequence[Line]) -> Sequence[Line]:
    end = next((i for i, line in enumerate(lines) if i and line.gap), len(lines))
    return lines[:end]


def _is_part(content: str, body: Span, before: Sequence[Line], heading: Line | None) -> bool:
    """Whether what looks like a title is the name of a first part: numbered so, or others like it come later."""
    if re.search(r"\b(?:first|one|1|i)\b", before[-1].words, re.I):
        return True
    if heading is None:
        return False
    again = re.compile(rf"(?m)^[ \t]*{re.escape(heading.words)}[ \t]*\r?$")
    for found in again.finditer(content, heading.end, body.end):
        above = content[max(body.start, found.start() - 200) : found.start()].strip().splitlines()
        if above and _is_title_like(above[-1].strip()):
            return True
    return False


def _rest_of_page(lines: Sequence[Line], until: int, *, contents: bool) -> list[Apart]:
    """After the byline: date, publisher, printer; all that stands before a table of contents or a heading, if short.

    Args:
        until: how many lines there are before the first heading or, with `contents`, the table of contents.
    """
    few = sum(len(line.words) for line in lines[:until]) < 3_000 and all(len(line.words) < 80 for line in lines[:until])
    if until and few and (contents or (until <= 8 and all(_is_title_like(line.words) for line in lines[:until]))):
        return [_as(line, "front") for line in lines[:until]]
    sure = 0
    for i, line in enumerate(lines[:until]):
        if _IMPRINT.fullmatch(line.words.strip("_*[] ")) or _EDITORIAL.match(line.words):
            sure = i + 1
        elif not _is_title_like(line.words):
            break
    return [_as(line, "front") for line in lines[:sure]]


def _is_title_like(words: str) -> bool:
    """Short, not a sentence, nobody speaking."""
    bare = words.strip("*_# ")
    if not bare or len(bare) > 75 or any(sign in bare for sign in '"“”?'):
        return False
    return not re.search(r"[!,;:]$|[a-z]{2}\.$|\bI\b [a-z]", bare) and _is_capitalised(bare)


def _is_bold_title(words: str) -> bool:
    return words.isupper() and _is_title_like(words) and not words.endswith(".")


def _is_capitalised(words: str) -> bool:
    found = [word for word in re.findall(r"[^\W\d_][\w'’]*", words) if word.lower() not in _SMALL]
    return not found or sum(1 for word in found if word[0].isupper()) >= 0.75 * len(found)


def _as(line: Line, kind: ApartKind) -> Apart:
    return Apart(line.start, line.end, kind)


def _joined(lines: Sequence[Line]) -> str | None:
    words = " ".join(_proper(line.words) for line in lines if not _IMPRINT.fullmatch(line.words))
    return words[:200] or None


def _proper(words: str) -> str:
    """Without signs around it, and not in capitals only."""
    bare = words.strip(" \t*_#.,")
    if not bare.isupper() or len(bare) < 4:
        return bare
    found = re.sub(r"[^\W\d_][\w'’]*", lambda m: m[0].lower() if m[0].lower() in _SMALL else m[0].capitalize(), bare)
    return found[:1].upper() + found[1:]


def _key(words: str) -> str:
    """A heading as it is known again: "CHAPTER I. Down the Hole … 9" and "Chapter I" have keys that begin alike."""
    return " ".join(re.findall(r"[a-z0-9]+", re.sub(r"(?:\s*\.\s*){3,}\d*$|\s{2,}[\divxlc]+$", "", words.lower())))


def _contents(lines: Sequence[Line]) -> Iterator[tuple[int, int, ApartKind]]:
    """Tables of contents among the lines: under their title, or three chapter headings with nothing between."""
    at = tried = 0
    while at < len(lines) and tried < _LISTS:
        words = lines[at].words
        kind: ApartKind = "front" if _PICTURES.fullmatch(words) else "contents"
        if _CONTENTS.fullmatch(words) or _PICTURES.fullmatch(words):
            end, tried = _end_of_list(lines, at + 1), tried + 1
        elif is_heading(words) and all(is_heading(line.words) for line in lines[at : at + 3]) and at + 3 < len(lines):
            end, tried = _end_of_list(lines, at), tried + 1
            end = end if _comes_again(lines, at, end) else at
        else:
            end = at
        if end > at + 1:
            yield at, end, kind
        at = max(end, at + 1)


def _comes_again(lines: Sequence[Line], at: int, end: int) -> bool:
    """Whether the list's first heading stands again behind the list, where the chapter itself begins."""
    return end - at >= 3 and end < len(lines) and _alike(_key(lines[at].words), _key(lines[end].words))


def _alike(one: str, other: str) -> bool:
    return bool(one and other) and (one == other or one.startswith(other + " ") or other.startswith(one + " "))


def _end_of_list(lines: Sequence[Line], at: int) -> int:
    """Past the last entry: before the first entry's heading comes for the last time, or before the prose."""
    end = at
    while end < len(lines) and _is_entry(lines, end):
        end += 1
    if end == at or end == len(lines):
        return at
    first = _key(lines[at].words)
    again = [i for i in range(at + 1, end) if _alike(first, _key(lines[i].words))]
    if again:
        exact = [i for i in again if lines[i].gap >= lines[at + 1].gap and i + 6 >= end] or again[-1:]
        return exact[0]
    while end > at + 1 and lines[end - 1].gap >= 1 and is_heading(lines[end - 1].words):
        end -= 1
    return end


def _is_entry(lines: Sequence[Line], i: int) -> bool:
    """A line of a table of contents: short, no sentence, nor one that goes on in the next line."""
    words = lines[i].words
    if len(words) > 100 or re.match(r"[\"“‘]", words):
        return False
    if is_heading(words):
        return True
    follows = lines[i + 1].words if i + 1 < len(lines) and not lines[i + 1].gap else ""
    runs_on = len(words) > 40 and (follows[:1].islower() or (len(words) > 55 and len(follows) > 40))
    is_sentence = len(words) > 40 and re.search(r"[a-z][.!?][\"”’']?$", words)
    return not is_sentence and not (runs_on and not re.search(r"\d$|[A-Z]{4}", words))
