"""Reads Markdown: the text is the file, and its signs say what is a heading, a break, italic or set off."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from markdown_it import MarkdownIt
from markdown_it.token import Token

from fabula.sources._builder import in_order
from fabula.sources._decode import decode
from fabula.story.text import Apart, Mark, MarkKind, Source, Text

__all__ = ["read_md"]

_YAML = re.compile(r"---[ \t]*(?:\r\n?|\n)(.*?)(?:\r\n?|\n)(?:---|\.\.\.)[ \t]*(?=\r|\n|\Z)", re.S)
_PERCENT = re.compile(r"%[^\r\n]*(?:(?:\r\n?|\n)%[^\r\n]*){0,2}")
_FIELD = r"(?:^|[\r\n]){name}\s*:\s*[\"']?([^\r\n\"']+)"
_NOTE = re.compile(r"(?m)^ {0,3}\[\^[^\]\s]{1,40}\]:[^\r\n]*(?:(?:\r\n?|\n) {2,}[^\r\n]*)*")
_NOTE_MARK = re.compile(r"\[\^[^\]\s]{1,40}\](?!:)")
_LINE = re.compile(r"[^\r\n]*(?:\r\n?|\n|\Z)")


def read_md(data: bytes, *, name: str) -> Text:
    """The decoded file with its marks; front matter, notes and comments are set apart.

    Raises:
        NotText, NotProse, TooLarge: see `fabula.errors`.
    """
    content = decode(data, name=name)
    front, title, author = _front(content)
    apart = [front] if front else []
    body = " " * front.end + content[front.end :] if front else content
    apart += [Apart(m.start(), m.end(), "footnote") for p in (_NOTE, _NOTE_MARK) for m in p.finditer(body)]
    apart += _comments(body)
    return Text(
        content=content,
        source=Source(name=name, format="md", title=title, author=author),
        marks=tuple(sorted(_marks(content, front), key=lambda mark: (mark.start, -mark.end))),
        apart=in_order(apart),
    )


def _comments(content: str) -> Iterator[Apart]:
    """What stands between <!-- and -->, which no reader sees."""
    start = content.find("<!--")
    while start >= 0 and (end := content.find("-->", start)) >= 0:
        yield Apart(start, end + 3, "back")
        start = content.find("<!--", end)


def _front(content: str) -> tuple[Apart | None, str | None, str | None]:
    """Front matter in YAML between lines of dashes, or Pandoc's lines with %."""
    found = _YAML.match(content)
    if found and (not found[1].strip() or ":" in found[1]):
        return Apart(0, found.end(), "front"), _field(found[1], "title"), _field(found[1], "author")
    found = _PERCENT.match(content)
    if found is None:
        return None, None, None
    said = [line.lstrip("% \t").strip() or None for line in found[0].splitlines()] + [None, None]
    return Apart(0, found.end(), "front"), said[0], said[1]


def _field(yaml: str, name: str) -> str | None:
    found = re.search(_FIELD.format(name=name), yaml, re.I)
    return found[1].strip() or None if found else None


def _marks(content: str, front: Apart | None) -> Iterator[Mark]:
    blank = re.sub(r"[^\r\n]", " ", content[: front.end]) if front else ""
    lines = [found.start() for found in _LINE.finditer(content)]
    lines.append(len(content))
    headings: list[str] = []
    for token in MarkdownIt("commonmark").parse(blank + content[len(blank) :]):
        if token.map is None:
            continue
        start, end = lines[token.map[0]], lines[min(token.map[1], len(lines) - 1)]
        if token.type == "heading_open":
            headings.append(token.tag)
        elif token.type == "inline":
            if headings:
                yield _heading(content, start, end, int(headings.pop()[1]))
            yield from _italics(content, start, end, token.children or [])
        elif token.type == "hr":
            yield from _stripped(content, start, end, "break")
        elif token.type in ("blockquote_open", "code_block", "fence"):
            yield from _stripped(content, start, end, "indented")


def _stripped(content: str, start: int, end: int, kind: MarkKind, level: int = 0) -> Iterator[Mark]:
    words = content[start:end]
    begin = start + len(words) - len(words.lstrip())
    if words.strip():
        yield Mark(begin, start + len(words.rstrip()), kind=kind, level=level)


_HEADING = re.compile(
    r"[ \t>]*(?:#{1,6}[ \t]+)?(.*?)(?:[ \t]+#+)?[ \t]*(?:(?:\r\n?|\n)[ \t>]*(?:=+|-+)[ \t]*)?\s*\Z", re.S
)


def _heading(content: str, start: int, end: int, level: int) -> Mark:
    """The heading's words, without the signs that make it one."""
    found = _HEADING.match(content, start, end)
    begin, stop = found.span(1) if found else (start, end)
    return Mark(begin, stop, kind="heading", level=level)


def _italics(content: str, start: int, end: int, children: Sequence[Token]) -> Iterator[Mark]:
    """Emphasis, found again in the source by walking along what the parser saw in it."""
    at = start
    opened: list[int] = []
    for token in children:
        sign = token.content if token.type == "text" else token.markup
        found = content.find(sign, at, end) if sign and token.type not in ("softbreak", "hardbreak") else -1
        if token.type == "em_open":
            opened.append(found + len(sign) if found >= 0 else -1)
        elif token.type == "em_close" and opened:
            begin = opened.pop()
            if begin >= 0 and found > begin:
                yield Mark(begin, found, kind="italic")
        at = found + len(sign) if found >= 0 else at
