"""Gold stories and readings of them in a few letters, so that a test's numbers can be counted on the page.

A text is one letter for each paragraph: "abc" is three paragraphs of story; `#` is a heading, `*` a marked break.
"""

from __future__ import annotations

from typing import Any

from benchmarks.corpora.gold import GoldPerson, GoldScene, GoldStory
from benchmarks.corpora.gold.form import TABLES, SceneStart
from fabula.story import Character, Layers, Paragraph, ParagraphKind, Scene, Span, Story, Text

STARTS: dict[str, SceneStart] = {"#": "chapter", "*": "marked", "|": "unmarked"}
KINDS: dict[str, ParagraphKind] = {"#": "heading", "*": "break"}


def known_scenes(cut: str, **fields: list[Any]) -> tuple[GoldScene, ...]:
    """Scenes of a text cut by `#` and `*`, which stand in it, and `|`, which does not: "ab|c#d*e". A field's values are
    given scene by scene: order=[1, 3, 2]. Order is as told where it is not given."""
    starts: list[tuple[int, SceneStart]] = [(0, "text")]
    at = 0
    for sign in cut:
        at += sign != "|"
        starts += [(at, STARTS[sign])] if sign in STARTS else []
    ends = [*(start for start, _ in starts[1:]), at]
    given = {"order": list(range(1, len(starts) + 1)), **fields}
    return tuple(
        _known(start, ends[number], how, {name: values[number] for name, values in given.items()})
        for number, (start, how) in enumerate(starts)
    )


def _known(start: int, end: int, how: SceneStart, fields: dict[str, Any]) -> GoldScene:
    plain = {"thread": 1, "frame": "main", "place": "", "time": "", "present": (), "heard": (), "teller": None}
    return GoldScene(start, end, starts=how, **{**plain, **fields})


def reading(
    cut: str, *, cast: tuple[Character, ...] = (), layers: dict[str, Any] | None = None, **fields: Any
) -> Story:
    """A reading of a text, its scenes cut by `|` alone: "ab|c#d". Scenes are s1, s2, …; fields as in `known_scenes`."""
    content = cut.replace("|", "")
    places = [0, *(place - nth for nth, place in enumerate(i for i, sign in enumerate(cut) if sign == "|"))]
    ends = [*places[1:], len(content)]
    scenes = tuple(
        Scene(start, ends[n], id=f"s{n + 1}", **{name: values[n] for name, values in fields.items()})
        for n, start in enumerate(places)
    )
    paragraphs = tuple(Paragraph(n, n + 1, body=n + 1, kind=KINDS.get(x, "prose")) for n, x in enumerate(content))
    known: dict[str, Any] = {"mentions": (), "quotes": (), "paragraphs": paragraphs, **(layers or {})}
    return Story(Text.of(content), Layers(characters=cast, scenes=scenes, **known))


def person(id_: str, *names: str, narrator: bool = False) -> GoldPerson:
    """Somebody known, a major one."""
    return GoldPerson(id=id_, names=names, kind="person", pronouns="", role="major", narrator=narrator)


def known_story(content: str, *people: GoldPerson, **tables: Any) -> GoldStory:
    """A known story of which everything is told."""
    known = {"lines": (), **tables}
    all_tables = frozenset(TABLES)
    return GoldStory(
        name="by-hand", title="", about="", tags=(), tables=all_tables, text=Text.of(content), people=people, **known
    )


def at(place: int) -> Span:
    """The paragraph at this place."""
    return Span(place, place + 1)
