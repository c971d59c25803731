"""The story bible: cast, places, scenes in both orders, and all that was noticed, as one page of Markdown."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby

from msgspec import UNSET

from fabula.forms.basics import is_unsure, names_of, opening_of, scene_numbers, stem_of, title_of, voiced
from fabula.forms.counts import Count, counts
from fabula.story import Character, Scene, Span, Story
from fabula.story.shortening import shortened

__all__ = ["to_markdown"]

_SIGNS = re.compile(r"([\\`*_{}\[\]<>#|~&])")
_SHOWN = 160
"""Characters of a quoted passage."""

Line = Callable[[int], int]
"""From a place to its line."""


def to_markdown(story: Story) -> str:
    """The story bible. Sections whose layer was not read are left out; a layer with nothing in it says so.

    Quoted passages are the text's own words, white space aside, with the line they stand in.
    """
    layers = story.layers
    line, names = _lines(story), names_of(story)
    sections: list[tuple[str, object, Callable[[], Iterator[str]]]] = [
        ("Cast", layers.characters, lambda: _cast(story, line)),
        ("Relations", layers.relations, lambda: _relations(story, names)),
        ("Places and other things", layers.entities, lambda: _entities(story, line)),
        ("Scenes as told", layers.scenes, lambda: _told(story, line, names)),
        ("Scenes in story order", layers.scenes, lambda: _ordered(story)),
        ("Objects", layers.possessions, lambda: _possessions(story, names)),
        ("Who knows what", layers.knowledge, lambda: _knowledge(story, names)),
        ("Facts", layers.facts, lambda: _facts(story, line)),
        ("Deaths", layers.deaths, lambda: _deaths(story, line, names)),
        ("What does not fit", layers.findings, lambda: _findings(story, line)),
        ("Who says this?", layers.quotes, lambda: _doubts(story, line, names)),
    ]
    pages = [f"# {_plain(title_of(story) or stem_of(story))}"]
    for heading, layer, rows in sections:
        if layer is not UNSET:
            pages.append(f"## {heading}\n\n" + ("\n".join(rows()) or "Nothing known."))
    return "\n\n".join(pages) + "\n"


def _lines(story: Story) -> Line:
    """From a place to its line, from 1."""
    ends = [match.start() for match in re.finditer("\n", story.text.content)]
    return lambda place: bisect_left(ends, place) + 1


def _plain(words: str) -> str:
    """Words on one line, none of their signs taken for Markdown's."""
    return _SIGNS.sub(r"\\\1", " ".join(words.split()))


def _quoted(story: Story, span: Span) -> str:
    return _plain(shortened(story.words(span), _SHOWN))


def _places(story: Story, evidence: Sequence[Span], line: Line) -> Iterator[str]:
    """A quoted passage for each piece of evidence."""
    for span in evidence:
        yield f"  - line {line(span.start)}: {_quoted(story, span)}"


def _scenes(numbers: dict[str, int], first: str | None, last: str | None = None) -> str:
    """The scenes between which something holds; nothing where they are not known."""
    bounds = [("from", first), ("until", last)]
    return "".join(f", {word} scene {numbers[one]}" for word, one in bounds if one is not None and one in numbers)


def _cast(story: Story, line: Line) -> Iterator[str]:
    known = counts(story)
    for who in sorted(story.characters, key=lambda who: -(known[who.id].mentions + len(known[who.id].said))):
        yield _person(who, known[who.id], line)


def _person(who: Character, count: Count, line: Line) -> str:
    told = [
        f"also {', '.join(map(_plain, who.aliases))}" if who.aliases else "",
        who.kind if who.kind != "person" else "",
        who.pronouns or "",
        "tells the story" if who.narrator else "",
        _counted(count.mentions, "mention"),
        _counted(len(count.said), "quotation"),
        _counted(count.words, "word") + " said" if count.words else "",
        "" if count.first is None else f"first in line {line(count.first)}",
    ]
    return f"- **{_plain(who.name)}**: {'; '.join(filter(None, told)) or 'named'}"


def _counted(number: int, what: str) -> str:
    return f"{number:,} {what}{'s' * (number != 1)}" if number else ""


def _relations(story: Story, names: dict[str, str]) -> Iterator[str]:
    numbers = scene_numbers(story)
    for one in story.relations:
        a, b = (_plain(names.get(who, who)) for who in (one.a, one.b))
        yield f"- {a} is the {_plain(one.kind)} of {b}{_scenes(numbers, one.from_scene, one.until_scene)}"


def _entities(story: Story, line: Line) -> Iterator[str]:
    for thing in story.entities:
        also = f", also {', '.join(map(_plain, thing.aliases))}" if thing.aliases else ""
        first = f", first in line {line(thing.evidence[0].start)}" if thing.evidence else ""
        yield f"- **{_plain(thing.name)}** ({thing.type}){also}{first}"


def _told(story: Story, line: Line, names: dict[str, str]) -> Iterator[str]:
    for number, scene in enumerate(story.scenes, 1):
        words = story.words(scene)
        lead = scene.start + len(words) - len(words.lstrip())
        yield f"{number}. {_plain(opening_of(story, scene))} (line {line(lead)}; {_setting(scene)})"
        if scene.present:
            yield f"   - there: {', '.join(_plain(names.get(who, who)) for who in scene.present)}"


def _setting(scene: Scene) -> str:
    told = [scene.place or "place unknown", scene.time or "time unknown"]
    told += [] if scene.frame == "main" else [scene.frame]
    return _plain("; ".join(told))


def _ordered(story: Story) -> Iterator[str]:
    numbers = scene_numbers(story)
    known = sorted((scene.order, numbers[scene.id]) for scene in story.scenes if scene.order is not None)
    for order, group in groupby(known, key=lambda pair: pair[0]):
        yield f"{order}. " + ", ".join(f"scene {number}" for _, number in group)
    unknown = [str(numbers[scene.id]) for scene in story.scenes if scene.order is None]
    if unknown:
        yield f"- not known: scene {', '.join(unknown)}"


def _possessions(story: Story, names: dict[str, str]) -> Iterator[str]:
    numbers = scene_numbers(story)
    things = {} if story.layers.objects is UNSET else {thing.id: thing.name for thing in story.objects}
    for one in story.possessions:
        nobody = "somebody else" if one.how in ("given", "taken") else "nobody"
        holder = nobody if one.holder is None else _plain(names.get(one.holder, one.holder))
        thing = _plain(things.get(one.object, one.object))
        yield f"- {thing}: {holder}{_scenes(numbers, one.from_scene, one.until_scene)}"


def _knowledge(story: Story, names: dict[str, str]) -> Iterator[str]:
    numbers = scene_numbers(story)
    facts = {} if story.layers.facts is UNSET else {fact.id: fact.text for fact in story.facts}
    for one in story.knowledge:
        fact = _plain(facts.get(one.fact, one.fact))
        yield f"- {_plain(names.get(one.who, one.who))} ({one.how}): {fact}{_scenes(numbers, one.since_scene)}"


def _facts(story: Story, line: Line) -> Iterator[str]:
    for fact in story.facts:
        yield f"- {_plain(fact.text)}"
        yield from _places(story, fact.evidence, line)


def _deaths(story: Story, line: Line, names: dict[str, str]) -> Iterator[str]:
    numbers = scene_numbers(story)
    for death in story.deaths:
        shown = ", not shown" if death.scene is None else _scenes(numbers, death.scene).replace("from", "in")
        told = _scenes(numbers, death.told_in).replace("from", "told in")
        yield f"- {_plain(names.get(death.who, death.who))}{shown}{told} ({death.confidence:.0%} sure)"
        yield from _places(story, death.evidence, line)


def _findings(story: Story, line: Line) -> Iterator[str]:
    for finding in story.findings:
        yield f"- {finding.severity}: {_plain(finding.message)}"
        yield from _places(story, finding.evidence, line)


def _doubts(story: Story, line: Line, names: dict[str, str]) -> Iterator[str]:
    for quote in voiced(story):
        if is_unsure(quote):
            who = "" if quote.speaker is None else f" (perhaps {_plain(names.get(quote.speaker, quote.speaker))})"
            yield f"- line {line(quote.start)}: {_quoted(story, quote)}{who}"
