"""Asking on what something in a story rests, and what would fall if it were not so; from recorded dependencies only."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

import msgspec

from fabula.errors import NotInStory
from fabula.story.questions.asking import stems
from fabula.story.questions.facts import known_names
from fabula.story.questions.matters import Matter, Rest, Web, weave

if TYPE_CHECKING:
    from fabula.story.story import Story

__all__ = ["Branch", "rests_on", "would_fall"]

_HALF = 0.5
"""A matter answers where it has every name of the question and half of its other words."""
_THIRD = 1 / 3
"""A sentence that says three times as much as the question says something else too."""
_MOST = 3
"""So many matters at most answer one question."""
_WIDER = 2
"""A matter that says so many words more than the nearest one still answers."""
_KNOWS = re.compile(r"\b(?:know|learn|hear|heard|told|find|found)", re.IGNORECASE)
_NOT = re.compile(r"\b(?:not|never|no longer)\b|n['’]t\b", re.IGNORECASE)
_BY = re.compile(r"\bby\b", re.IGNORECASE)


class Branch(msgspec.Struct, frozen=True, kw_only=True):
    """A matter of the story and, below it, what it rests on or what rests on it.

    Attributes:
        by: the dependency that leads here from the branch above; None at the root.
        again: whether it stands in the answer already, with all that is below it.
    """

    matter: Matter
    by: Rest | None = None
    again: bool = False
    branches: tuple[Branch, ...] = ()


def rests_on(story: Story, words: str) -> tuple[Branch, ...]:
    """What the things that a few words mean rest on; for what raises see `Story.why`."""
    web = weave(story)
    meant = _meant(story, web, words)
    done = (web.matters.get(f"{matter.id}.done") for matter in meant if matter.kind == "plan")
    return _grow(web, [*meant, *(one for one in done if one is not None)], lambda rest: (rest.what, rest.on))


def would_fall(story: Story, words: str) -> tuple[Branch, ...]:
    """What rests on the things that a few words mean; for what raises see `Story.without`."""
    web = weave(story)
    return _grow(web, _meant(story, web, words), lambda rest: (rest.on, rest.what))


def _grow(web: Web, roots: Iterable[Matter], ends: Callable[[Rest], tuple[str, str]]) -> tuple[Branch, ...]:
    leads: dict[str, list[tuple[str, Rest]]] = {}
    for rest in web.rests:
        begin, end = ends(rest)
        leads.setdefault(begin, []).append((end, rest))
    seen: set[str] = set()
    return tuple(_branch(web, leads, matter.id, None, seen) for matter in roots)


def _branch(web: Web, leads: dict[str, list[tuple[str, Rest]]], own: str, by: Rest | None, seen: set[str]) -> Branch:
    """The tree from a matter downwards; written with a stack of its own, for a chain may be long."""
    order, below, again = [own], dict[str, list[tuple[str, Rest]]](), set[tuple[str, str]]()
    first = own in seen
    seen.add(own)
    for one in order:
        if one == own and first:
            continue
        for other, rest in leads.get(one, ()):
            below.setdefault(one, []).append((other, rest))
            if other in seen:
                again.add((one, other))
            else:
                seen.add(other)
                order.append(other)
    grown: dict[str, Branch] = {}
    for one in reversed(order):
        branches = tuple(
            Branch(matter=web.matters[other], by=rest, again=True)
            if (one, other) in again
            else msgspec.structs.replace(grown[other], by=rest)
            for other, rest in below.get(one, ())
        )
        grown[one] = Branch(matter=web.matters[one], branches=branches)
    return msgspec.structs.replace(grown[own], by=by, again=first)


def _meant(story: Story, web: Web, words: str) -> list[Matter]:
    """The matters that a question means, the nearest first.

    Raises:
        NotInStory: if none is near, or the question names what is not in the story.
    """
    wanted = words.strip().strip("\"'“”‘’«».?!")
    if wanted in web.matters:
        return [web.matters[wanted]]
    asked = stems(wanted)
    named = stems(" ".join(_names(story)))
    out = {"outcome"} if _KNOWS.search(wanted) else {"outcome", "knowledge"}
    pool = [one for one in web.matters.values() if one.kind not in out]
    tied = {end for rest in web.rests for end in (rest.what, rest.on)}
    near = _near(asked, pool, tied)
    known_names(story, wanted, near)
    scored = []
    for number, matter in enumerate(pool):
        has = stems(" ".join((matter.text, *matter.also)))
        names, others = asked & named, asked - named
        share = len(others & has) / len(others) if others else 1.0
        width = len(stems(matter.text))
        if (
            asked
            and names <= has
            and share >= _HALF
            and len(asked) >= _THIRD * width
            and _reads_so(story, wanted, matter)
        ):
            scored.append((matter.id not in tied or matter.kind == "fact", -share, width, number))
    if not scored:
        raise NotInStory(
            f"nothing recorded in this story is like {words!r}", hint=near or "Ask in the story's own words."
        )
    scored.sort()
    free, share, width, _ = scored[0]
    found = [row for row in scored if row[:2] == (free, share) and row[2] <= width + _WIDER]
    return [pool[number] for *_, number in found[:_MOST]]


def _near(asked: frozenset[str], pool: Iterable[Matter], tied: set[str]) -> str:
    """The matters with most of the question's words, those before the others that something rests on."""
    scored = []
    for number, matter in enumerate(pool):
        has = stems(matter.text)
        if asked & has:
            scored.append((-len(asked & has), matter.id not in tied, len(has), number, matter.text))
    found = list(dict.fromkeys(text for *_, text in sorted(scored)))[:_MOST]
    return f"The nearest: {'; '.join(map(repr, found))}." if found else ""


def _names(story: Story) -> Iterator[str]:
    yield from (name for one in story.characters for name in (one.name, *one.aliases))
    yield from (name for one in story.objects for name in (one.name, *one.aliases))


def _reads_so(story: Story, asked: str, matter: Matter) -> bool:
    """Whether the question has it the same way round, and neither denies what the other says."""
    if matter.kind == "said" and matter.denied != bool(_NOT.search(asked)):
        return False
    if matter.who is None or _BY.search(asked):
        return True
    names = {one.id: (one.name, *one.aliases) for one in story.characters}
    who = _first(asked, names.get(matter.who, ()))
    others = [at for one in matter.about if (at := _first(asked, names.get(one, ()))) is not None]
    return who is None or not others or who <= min(others)


def _first(asked: str, names: Iterable[str]) -> int | None:
    """Where in the question one of these names stands first."""
    found = (re.search(rf"\b{re.escape(name)}\b", asked, re.IGNORECASE) for name in names)
    return min((match.start() for match in found if match), default=None)
