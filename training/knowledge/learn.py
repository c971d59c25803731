"""Learn how much each sign weighs that somebody comes to know what is said or done before them.

    python -m training.knowledge.learn > src/fabula/lexicon/data/learning_signs.txt

Learned from `learnt.txt`, in which is noted who comes to know what, and at which words, in the short stories that were
written to learn presence from (`training/scenes/rooms`). They are few, so the weights are only drawn away from what was
set by hand (`BY_HAND`). The stories of the benchmarks are not read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import msgspec

from fabula.encode import encode
from fabula.layers.state.custody import gather_things, trace_custody
from fabula.layers.state.facts import find_facts
from fabula.layers.state.ground import Ground, lay_ground, look_up, parse
from fabula.layers.state.knowledge.signs import find_signs, follow
from fabula.layers.state.reading import Claims
from fabula.models import default_pack
from fabula.reader import read_text
from fabula.segment import segment
from fabula.segment.wording import lay_out
from fabula.story import Fact, Span, Story, Text
from training.scenes.presence import Room, is_one_of, stories
from training.weighing import ALWAYS, weigh

__all__ = ["BY_HAND", "Example", "make_examples"]

LEARNT = Path(__file__).parent / "learnt.txt"
ROOMS = Path(__file__).parent.parent / "scenes" / "rooms" / "stories.txt"
FEWER = -1.0
"""Added to "always": in a longer story more stand by to whom it makes no difference than in these."""

BY_HAND: dict[str, float] = {
    "says it": 2.5,
    "is told": 2.3,
    "does it": 1.5,
    "suffers it": 0.5,
    "hears it": 0.0,
    "sees it": 0.0,
    "is spoken of": -0.3,
    "there": 1.0,
    "far voice": 1.8,
    "out of sight": -2.0,
    "silent": -1.0,
    "narrates": 0.3,
    "eyes": 0.4,
    "close": 0.2,
    "near": 0.2,
    "far": -0.3,
    "not yet": 0.0,
    "no more": -0.2,
    "crowd": -0.5,
    "minor": -0.3,
    "no person": -1.0,
    "many": -1.0,
    "aside": -1.5,
    "recalled": -2.0,
    "lasting": -1.0,
    "within": -2.5,
    "in a letter": -1.0,
    ALWAYS: -0.2,
}

HEAD = """# How much each sign weighs that somebody comes to know what is said or done: log odds.
# What they are: layers/state/knowledge/signs.py.
# Source: set by hand and moved by training/knowledge/learn.py, from stories written for Fabula. Licence: MIT.
"""


class Example(msgspec.Struct, frozen=True):
    """Somebody in a scene in which something is said or done: what speaks for their learning it, and if they do."""

    story: int
    signs: Mapping[str, float]
    knows: bool


class Learnt(msgspec.Struct, frozen=True):
    """A fact as it is noted: who comes to know it, and the words at which each does."""

    rows: tuple[tuple[frozenset[str], str], ...]


def main() -> None:
    """Learn, and write the table."""
    examples = make_examples(ROOMS.read_text(encoding="utf-8"), LEARNT.read_text(encoding="utf-8"))
    weights = weigh(BY_HAND, [(one.signs, one.knows) for one in examples])
    weights[ALWAYS] += FEWER
    print(HEAD + "".join(f"{sign}\t{weight:.2f}\n" for sign, weight in sorted(weights.items())), end="")


def make_examples(written: str, noted: str) -> Iterator[Example]:
    """Everybody in the scene of each assertion that stands at words at which somebody comes to know something."""
    learnt = dict(_noted(noted))
    for number, (title, content, rooms) in enumerate(stories(written)):
        story = read_text(Text.of(content))
        ground = _ground(story)
        had = trace_custody(ground, gather_things(ground), Claims())
        facts, asserted = find_facts(ground, had, story.deaths)
        kept = {fact.id: fact for fact in facts}
        for fact in learnt.get(title, ()):
            for _, words in fact.rows:
                yield from _at_words(
                    number, story, ground, rooms, fact, words, [(at, kept[one]) for at, one in asserted]
                )


def _at_words(
    number: int,
    story: Story,
    ground: Ground,
    rooms: Sequence[Room],
    fact: Learnt,
    words: str,
    asserted: Sequence[tuple[int, Fact]],
) -> Iterator[Example]:
    """Those who may learn a fact at some words: who learns it in another scene is left out."""
    start = story.text.content.index(words)
    spot = Span(start, start + len(words))
    room = next(room for room in rooms if room.place.start <= spot.start < room.place.end)
    here = [who for who, at in fact.rows if _within(room.place, story.text.content.index(at))]
    elsewhere = [who for who, at in fact.rows if not _within(room.place, story.text.content.index(at))]
    course = follow(ground)
    for at, claim in asserted:
        place = ground.span(at)
        own = next((span for span in claim.evidence if span.start <= place.start < span.end), None)
        scene = ground.scene(at)
        if own is None or scene is None or not (own.start < spot.end and spot.start < own.end):
            continue
        quote = ground.quote(at)
        for who, signs in find_signs(ground, course, at, claim, scene, quote).items():
            character = story.character(who)
            knows = any(is_one_of(character, names, story.characters) for names in here)
            if knows or not any(is_one_of(character, names, story.characters) for names in elsewhere):
                yield Example(number, signs, knows)


def _within(place: Span, at: int) -> bool:
    return place.start <= at < place.end


def _ground(story: Story) -> Ground:
    wording = lay_out(segment(story.text))
    who = look_up(wording, story.characters, story.mentions, story.quotes)
    return lay_ground(who, parse(wording, encode(wording, default_pack())), story.scenes)


def _noted(noted: str) -> Iterator[tuple[str, list[Learnt]]]:
    """By the title of a story, the facts noted of it."""
    for story in re.split(r"^== ", noted, flags=re.MULTILINE)[1:]:
        title, _, body = story.partition("\n")
        facts = []
        for fact in re.split(r"^\+ ", body, flags=re.MULTILINE)[1:]:
            rows = [line.split(" | ", 1) for line in fact.splitlines()[1:] if line.strip()]
            facts.append(Learnt(tuple((frozenset(n.strip() for n in who.split(",")), at.strip()) for who, at in rows)))
        yield title.strip(), facts


if __name__ == "__main__":
    main()
