"""What a click on the desk says, and the entry of the corrections file that says the same."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from fabula.errors import Behind, NotInStory
from fabula.exports.page.places import Places
from fabula.story import Finding, Paragraph, Quote, Span, Story
from fabula.story.anchoring import words_at
from fabula.story.corrections import (
    ApartEntry,
    CastEntry,
    Entry,
    NarratorEntry,
    NobodyEntry,
    OrderEntry,
    RenameEntry,
    SaidEntry,
    SameEntry,
    SceneEntry,
    VerdictEntry,
)
from fabula.story.corrections.entries import Verdict
from fabula.story.verdicts import pick, quoted_words

__all__ = ["Asked", "Say", "entries_of"]

_LONGEST = 200
"""Characters of a name. The longest title and name of the novels at hand has 61."""

Name = str


class Say(msgspec.Struct, frozen=True, kw_only=True, tag_field="do", forbid_unknown_fields=True):
    """One click. Places are UTF-16 units, as a browser counts them."""


class Said(Say, frozen=True, kw_only=True, tag="said"):
    at: int
    by: Name | None = None
    to: tuple[Name, ...] | None = None


class Same(Say, frozen=True, kw_only=True, tag="same"):
    names: tuple[Name, Name]


class Apart(Say, frozen=True, kw_only=True, tag="apart"):
    names: tuple[Name, Name]


class Rename(Say, frozen=True, kw_only=True, tag="rename"):
    name: Name
    new: Name


class Nobody(Say, frozen=True, kw_only=True, tag="nobody"):
    name: Name


class Narrator(Say, frozen=True, kw_only=True, tag="narrator"):
    name: Name


class Pronouns(Say, frozen=True, kw_only=True, tag="pronouns"):
    name: Name
    pronouns: Name


class Break(Say, frozen=True, kw_only=True, tag="scene"):
    at: int
    begins: bool


class Order(Say, frozen=True, kw_only=True, tag="order"):
    earlier: int
    later: int


class Decided(Say, frozen=True, kw_only=True, tag="verdict"):
    """`finding` is its key: a page that is behind may count them otherwise."""

    finding: str
    verdict: Verdict
    reason: Name | None = None


class Asked(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A click as it comes: of which text, in the knowledge of which corrections; `add`: who is to join the cast."""

    text: str
    heard: str
    say: Said | Same | Apart | Rename | Nobody | Narrator | Pronouns | Break | Order | Decided
    add: tuple[Name, ...] = ()


def entries_of(asked: Asked, story: Story) -> list[Entry]:
    """The entries that say what was clicked.

    Raises:
        NotInStory: if there is nothing at the place that was clicked.
        Behind: if the finding that was clicked is no longer found.
        ValueError: if a name cannot be one, or the click says nothing.
    """
    return [*(CastEntry(name=_name(name)) for name in asked.add), *_said(asked.say, story)]


def _said(say: Say, story: Story) -> Iterator[Entry]:
    if isinstance(say, Said):
        words, nth = words_at(story.text, _quote(story, say.at), within=story.quotes)
        by = None if say.by is None else _name(say.by)
        to = None if say.to is None else tuple(map(_name, say.to))
        yield SaidEntry(words=words, nth=nth, by=by, to=to)
    elif isinstance(say, Same):
        yield SameEntry(names=tuple(map(_name, say.names)))
    elif isinstance(say, Apart):
        yield ApartEntry(names=tuple(map(_name, say.names)))
    elif isinstance(say, Rename):
        yield RenameEntry(old=_name(say.name), new=_name(say.new))
    elif isinstance(say, Nobody):
        yield NobodyEntry(name=_name(say.name))
    elif isinstance(say, Narrator):
        yield NarratorEntry(name=_name(say.name))
    elif isinstance(say, Pronouns):
        yield CastEntry(name=_name(say.name), pronouns=_name(say.pronouns))
    elif isinstance(say, Break):
        words, nth = words_at(story.text, _paragraph(story, _place(story, say.at)))
        yield SceneEntry(begins=words if say.begins else None, goes_on=None if say.begins else words, nth=nth)
    elif isinstance(say, Order):
        yield OrderEntry(earlier=_in_scene(story, say.earlier), later=_in_scene(story, say.later))
    elif isinstance(say, Decided):
        finding = _finding(story, say.finding)
        reason = _name(say.reason) if say.reason and say.reason.strip() else None
        about = quoted_words(story, finding)
        yield VerdictEntry(kind=finding.kind, words=about, verdict=say.verdict, reason=reason)


def _finding(story: Story, key: str) -> Finding:
    try:
        return pick(story, key)
    except NotInStory as error:
        what = "this finding is not found any more; the story has been read anew"
        raise Behind(what, hint="Look at the page again. Nothing was written.") from error


def _name(words: str) -> str:
    name = " ".join(words.split())
    if not name or len(name) > _LONGEST or not name.isprintable():
        raise ValueError("a name is a few words on one line")
    return name


def _place(story: Story, unit: int) -> int:
    """The character of the text at a UTF-16 unit."""
    at, low, high = Places(story.text.content), 0, len(story.text.content)
    while low < high:
        middle = (low + high) // 2
        low, high = (middle + 1, high) if at(middle) < unit else (low, middle)
    return low


def _quote(story: Story, unit: int) -> Quote:
    place = _place(story, unit)
    found = [quote for quote in story.quotes if quote.start == place]
    if not found:
        raise NotInStory("no quotation begins at this place", hint="Look at the page again.")
    return max(found, key=len)


def _paragraph(story: Story, place: int) -> Paragraph:
    found = [p for p in story.paragraphs if p.start <= place < p.end]
    if not found:
        raise NotInStory("there is no paragraph at this place", hint="Look at the page again.")
    return found[-1]


def _in_scene(story: Story, unit: int) -> str:
    """Words that stand once in the text, from the first paragraph that has such in the scene at this place."""
    scene = story.scene_at(_place(story, unit))
    for paragraph in story.paragraphs:
        if scene.start <= paragraph.start < scene.end and paragraph.kind == "prose":
            words, nth = words_at(story.text, Span(paragraph.start, min(paragraph.end, scene.end)))
            if nth is None:
                return words
    raise NotInStory("no words of this scene stand only there", hint="Say its order in the corrections file.")
