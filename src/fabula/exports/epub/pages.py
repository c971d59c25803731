"""The pages of an EPUB: the chapters with their speakers, the contents, the index of people and places."""

from __future__ import annotations

from itertools import groupby

import msgspec
from lxml import etree
from msgspec import UNSET

from fabula.forms.basics import chapter_at
from fabula.forms.counts import counts
from fabula.forms.lines import Line, to_script
from fabula.forms.xml import LANG, add, append_text, document, to_bytes
from fabula.story import Paragraph, Story

__all__ = ["Chapter", "chapters_of", "to_chapter", "to_index", "to_navigation"]

_XHTML = "http://www.w3.org/1999/xhtml"
_EPUB = "http://www.idpf.org/2007/ops"


class Chapter(msgspec.Struct, frozen=True):
    """A chapter: its file, its title, and its lines, paragraph by paragraph."""

    file: str
    title: str
    paragraphs: tuple[tuple[Line, ...], ...]


def chapters_of(story: Story) -> list[Chapter]:
    """The chapters in order; one where the chapters were not read.

    Raises:
        NotRead: if the paragraphs, quotes or characters were not read.
    """
    titles = [] if story.layers.chapters is UNSET else [chapter.title for chapter in story.chapters]
    paragraphs = [tuple(lines) for _, lines in groupby(to_script(story), key=lambda line: line.paragraph)]
    chapters = []
    for number, inside in groupby(paragraphs, key=lambda lines: chapter_at(story, lines[0].end - 1)):
        title = titles[number - 1] if number <= len(titles) else None
        chapters.append(Chapter(f"chapter{number}.xhtml", title or f"Chapter {number}", tuple(inside)))
    return chapters or [Chapter("chapter1.xhtml", "Chapter 1", ())]


def to_chapter(story: Story, chapter: Chapter, book: str) -> bytes:
    """A chapter's page. A paragraph's id is "p" and its number; a quotation's first stretch has the quotation's id."""
    kinds = _kinds(story.paragraphs)
    root, body = _page(f"{chapter.title} – {book}")
    seen: set[str] = set()
    for number, lines in enumerate(chapter.paragraphs):
        first = lines[0]
        kind = kinds.get(first.paragraph, "prose") if first.kind in ("narration", "quote") else first.kind
        tag = "h1" if kind == "heading" and number == 0 else "h2" if kind == "heading" else "p"
        node = add(body, tag, id=_id(first), class_=None if kind in ("prose", "heading") else kind)
        for line in lines:
            _line(node, line, story.words(line), seen)
        append_text(body, "\n")
    if not chapter.paragraphs:
        add(body, "p")
    return to_bytes(root)


def to_navigation(chapters: list[Chapter], book: str) -> bytes:
    """The table of contents."""
    root, body = _page(book)
    contents = add(body, "nav")
    contents.set(f"{{{_EPUB}}}type", "toc")
    add(contents, "h1", book)
    listed = add(contents, "ol")
    for chapter in chapters:
        add(add(listed, "li"), "a", " ".join(chapter.title.split()), href=chapter.file)
    add(add(listed, "li"), "a", "People and places", href="index.xhtml")
    return to_bytes(root)


def to_index(story: Story, chapters: list[Chapter]) -> bytes:
    """Everybody and every place, with a link to where each first appears."""
    root, body = _page("People and places")
    add(body, "h1", "People and places")
    starts = [(lines[0], chapter.file) for chapter in chapters for lines in chapter.paragraphs]
    known = counts(story)
    add(body, "h2", "People")
    people = add(body, "ul")
    for who in story.characters:
        count = known[who.id]
        detail = "; ".join(filter(None, (", ".join(who.aliases), who.pronouns, f"{len(count.said)} quotations")))
        _entry(people, who.name, detail, _link(starts, count.first))
    places = () if story.layers.entities is UNSET else story.entities
    if places:
        add(body, "h2", "Places and other things")
        listed = add(body, "ul")
        for place in places:
            first = place.evidence[0].start if place.evidence else None
            _entry(listed, place.name, ", ".join(place.aliases), _link(starts, first))
    if not len(people):
        body.remove(people)
    return to_bytes(root)


def _page(title: str) -> tuple[etree._Element, etree._Element]:
    root = document("html", _XHTML)
    root.set(LANG, "en")
    root.set("lang", "en")
    head = add(root, "head")
    add(head, "title", " ".join(title.split()))
    add(head, "link", rel="stylesheet", type="text/css", href="style.css")
    return root, add(root, "body")


def _kinds(paragraphs: tuple[Paragraph, ...]) -> dict[int | None, str]:
    return {number: paragraph.kind for number, paragraph in enumerate(paragraphs, 1)}


def _id(line: Line) -> str:
    return f"p{line.number}"


def _line(node: etree._Element, line: Line, words: str, seen: set[str]) -> None:
    """A line in its paragraph: what somebody says in a `span` that knows who; the rest as it is."""
    said = words.rstrip()
    if line.kind != "quote" or not said:
        append_text(node, words)
        return
    lead = len(said) - len(said.lstrip())
    append_text(node, said[:lead])
    add(
        node,
        "span",
        said[lead:],
        class_="said",
        id=line.quote if line.quote not in seen else None,
        data__speaker=line.speaker,
        data__name=line.name,
        data__to=" ".join(line.addressees) or None,
        data__mode=line.mode,
        data__confidence=None if line.confidence is None else f"{line.confidence:.3g}",
    )
    seen.add(line.quote or "")
    append_text(node, words[len(said) :])


def _link(starts: list[tuple[Line, str]], place: int | None) -> str | None:
    """Where the paragraph that holds a place is."""
    if place is None:
        return None
    before = [(line, file) for line, file in starts if line.start <= place]
    return f"{before[-1][1]}#{_id(before[-1][0])}" if before else None


def _entry(listed: etree._Element, name: str, detail: str, link: str | None) -> None:
    item = add(listed, "li")
    if link:
        add(item, "a", name, href=link)
    else:
        append_text(item, name)
    if detail:
        append_text(item, f" – {detail}")
