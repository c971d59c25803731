"""What the tests of exports share: a story with something in every layer, and any story at all."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any, get_args

import msgspec
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from fabula.story import (
    Apart,
    Chapter,
    Character,
    Death,
    Entity,
    EntityType,
    Event,
    Fact,
    Finding,
    Form,
    Knowledge,
    Layers,
    Mention,
    Mode,
    Object,
    Order,
    Paragraph,
    ParagraphKind,
    Plan,
    Possession,
    Quote,
    Reason,
    Relation,
    Scene,
    Secret,
    Source,
    Span,
    Statement,
    Story,
    Text,
)

CONTENT = (
    "The Ferry <1>\n\n"
    "Part One\n\n"
    "“Come here, Amos,” said Nell of Ryde.\n“It’s [now] or *never* & late.”\n\n"
    "“No,” he said. 🙂\n\n"
    "* * *\n\n"
    "“First I thought,\n\n"
    "“then I didn’t.” The ‘expert’ left the Mary Rose.\n\n"
    "Part Two\n\n"
    "Nell, dead, had blue eyes; she had brown eyes once.\n"
)


def place(words: str, *, behind: int = 0) -> tuple[int, int]:
    """Where these words stand, or stand again behind a place."""
    start = CONTENT.index(words, behind)
    return start, start + len(words)


TWO = CONTENT.index("Part Two")
MIDDLE = CONTENT.index("“First")
ONCE = CONTENT.index("; she")


def tale() -> Story:
    """A story with something in every layer."""
    source = Source(name="the ferry.txt", title="The Ferry <1>", author="A. Nobody", digest="0" * 64)
    text = Text(CONTENT, source, apart=(Apart(*place("The Ferry <1>\n\n"), kind="title"),))
    return Story(text, Layers(**_told(), **_people(), **_world()))


def _paragraphs() -> Iterator[Paragraph]:
    kinds: dict[str, ParagraphKind] = {"The Ferry <1>": "apart", "* * *": "break"}
    at = 0
    for words in CONTENT.split("\n\n"):
        end = min(len(CONTENT), at + len(words) + 2)
        kind = "heading" if words.startswith("Part") else kinds.get(words, "prose")
        yield Paragraph(at, end, kind=kind, body=at + len(words.rstrip()))
        at = end


def _told() -> dict[str, Any]:
    """How it is told: chapters, scenes, what is said, what happens."""
    return {
        "paragraphs": tuple(_paragraphs()),
        "chapters": (Chapter(0, TWO, id="ch1", title="Part One"), Chapter(TWO, len(CONTENT), id="ch2")),
        "scenes": (
            Scene(0, MIDDLE, id="s1", order=2, thread=1, place="Ryde", time="night", present=("c1", "c2")),
            Scene(MIDDLE, TWO, id="s2", order=1, frame="memory", present=("c1", "c2", "c9")),
            Scene(TWO, len(CONTENT), id="s3", present=("c1",)),
        ),
        "orders": (Order(before="s2", after="s1", kind="memory", evidence=(Span(*place("once")),)),),
        "quotes": (
            Quote(
                *place("“Come here, Amos,”"),
                id="q1",
                speaker="c1",
                addressees=("c2",),
                cue="tag",
                confidence=0.9,
                evidence=(Span(*place("said Nell")),),
            ),
            Quote(*place("“It’s [now] or *never* & late.”"), id="q2", speaker="c1", confidence=0.4),
            Quote(*place("“No,”"), id="q3", speaker="c2", addressees=("c1", "c3"), confidence=0.8),
            Quote(*place("“First I thought,\n\n“then I didn’t.”"), id="q4", mode="thought"),
            Quote(*place("‘expert’"), id="q5", mode="term"),
        ),
        "events": (Event(*place("said")), Event(*place("left"))),
    }


def _people() -> dict[str, Any]:
    """Who and what is in it, and where it is meant."""
    return {
        "characters": (
            Character(id="c1", name="Nell", pronouns="she/her", aliases=("Nell of Ryde",)),
            Character(id="c2", name="Amos", pronouns="he/him", evidence=(Span(*place("Amos")),)),
            Character(id="c3", name="the crew", kind="group", confidence=0.2),
            Character(id="c4", name="Amos", kind="animal", narrator=True),
        ),
        "entities": (
            Entity(id="e1", name="Ryde", evidence=(Span(*place("Ryde")),)),
            Entity(id="e2", name="The Mary Rose", type="VEH", aliases=("Rose",)),
            Entity(id="e3", name="The Line", type="ORG"),
        ),
        "mentions": (
            Mention(*place("Amos"), form="name", character="c2"),
            Mention(*place("Nell of Ryde"), form="name", character="c1"),
            Mention(*place("Ryde"), form="name", type="GPE", entity="e1"),
            Mention(*place("he said")[:1], place("he said")[0] + 2, form="pronoun", character="c2"),
            Mention(*place("The ‘expert’"), form="nominal"),
            Mention(*place("the Mary Rose"), form="name", type="VEH", entity="e2"),
            Mention(*place("Nell", behind=TWO), form="name", character="c1"),
            Mention(ONCE + 2, ONCE + 5, form="pronoun", character="c1"),
        ),
        "deaths": (Death(who="c1", scene=None, told_in="s3", evidence=(Span(*place("dead")),)),),
        "relations": (Relation(a="c1", b="c2", kind="elder sister", from_scene="s1"),),
    }


def _world() -> dict[str, Any]:
    """What is so, whose things are, and what does not fit."""
    return {
        "facts": (Fact(id="f1", text="Nell has blue eyes", evidence=(Span(*place("blue eyes")),)),),
        "objects": (Object(id="o1", name="the oar", aliases=("the long oar",), confidence=0.7),),
        "possessions": (Possession(object="o1", holder="c2", from_scene="s1", until_scene="s2"),),
        "plans": (Plan(id="n1", who="c1", doer="c2", kind="order", text="Come here", scene="s1"),),
        "reasons": (
            Reason(
                id="y1",
                what=Statement(*place("Come here, Amos"), text="Amos comes here", verb="come", who="c2"),
                on=Statement(*place("said Nell of Ryde"), text="Nell said so", verb="say", who="c1"),
                kind="cause",
                scene="s1",
                evidence=(Span(*place("said Nell of Ryde")),),
            ),
        ),
        "knowledge": (Knowledge(who="c2", fact="f1", since_scene="s2", how="told"),),
        "secrets": (
            Secret(text="Nell has blue eyes", fact="f1", keepers=("c1",), evidence=(Span(*place("blue eyes")),)),
        ),
        "findings": (
            Finding(
                kind="eyes",
                severity="warning",
                message="Two colours of eyes.",
                evidence=(Span(*place("blue eyes")), Span(*place("brown eyes"))),
            ),
        ),
    }


def without(story: Story, *layers: str) -> Story:
    """The story as if these layers had not been read."""
    left_out = dict.fromkeys(layers, msgspec.UNSET)
    return msgspec.structs.replace(story, layers=msgspec.structs.replace(story.layers, **left_out))


WORDS = [
    "a",
    "Bo",
    " ",
    "  ",
    "\n",
    "\n\n",
    "\r\n",
    "\t",
    "“",
    "”",
    '"',
    "’s",
    "🙂",
    "\u00a0",
    "\u2028",
    "\x0c",
    "\x85",
]
SIGNS = [
    "<",
    "&",
    "]]>",
    "[voice:x]",
    "[/Bo]",
    "|",
    "\\",
    "*",
    "_",
    "---",
    "# ",
    "@",
    "!",
    "..",
    "% ",
    "\ufffe",
    "\x00",
]


laws = settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
"""How laws are tried: no stopwatch, since the machine may be busy."""


@st.composite
def stories(draw: st.DrawFn) -> Story:
    """Any text with any records at all: in no order, overlapping, crossing, of people nobody has heard of."""
    content = "".join(draw(st.lists(st.sampled_from(WORDS + SIGNS), max_size=20)))
    edges = sorted({0, len(content), *draw(st.lists(st.integers(0, len(content)), max_size=4))})
    cuts = [Span(start, end) for start, end in pairwise(edges) if end > start]
    spans = st.tuples(st.integers(0, len(content)), st.integers(0, len(content))).map(sorted)
    names = st.text(st.sampled_from("aB 🙂<&[/]:|#\n\"'"), max_size=6)
    people = [Character(id=f"c{n}", name=draw(names), aliases=(draw(names),)) for n in (1, 2)]
    who = st.sampled_from(["c1", "c2", "c9", None])
    quotes = tuple(
        Quote(
            start,
            end,
            id=f"q{number}",
            depth=draw(st.integers(0, 1)),
            speaker=draw(who),
            addressees=tuple(filter(None, (draw(who),))),
            mode=draw(st.sampled_from(get_args(Mode))),
            confidence=draw(st.sampled_from([0.0, 0.7])),
        )
        for number, (start, end) in enumerate(draw(st.lists(spans, max_size=4)), 1)
    )
    mentions = tuple(
        Mention(
            start,
            end,
            form=draw(st.sampled_from(get_args(Form))),
            type=draw(st.sampled_from(get_args(EntityType))),
            character=draw(who),
            entity=draw(st.sampled_from(["e1", None])),
        )
        for start, end in draw(st.lists(spans, max_size=4))
    )
    kinds = st.sampled_from(get_args(ParagraphKind))
    bodies = {cut: cut.start + len(content[cut.start : cut.end].rstrip()) for cut in cuts}
    return Story(
        Text(content, Source(name=draw(names))),
        Layers(
            chapters=tuple(Chapter(c.start, c.end, id=f"ch{n}", title=draw(names)) for n, c in enumerate(cuts, 1)),
            paragraphs=tuple(Paragraph(c.start, c.end, kind=draw(kinds), body=bodies[c]) for c in cuts),
            scenes=tuple(Scene(c.start, c.end, id=f"s{n}", present=("c1", "c2")) for n, c in enumerate(cuts, 1)),
            characters=tuple(people),
            entities=(Entity(id="e1", name=draw(names)),),
            mentions=mentions,
            quotes=quotes,
            relations=(Relation(a="c1", b="c2", kind=draw(names), from_scene="s1"),),
            findings=(),
        ),
    )
