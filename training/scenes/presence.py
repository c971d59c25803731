"""Learn how much each sign weighs that somebody is there in a scene.

    python -m training.scenes.presence > src/fabula/lexicon/data/presence_signs.txt

Learned from `rooms/stories.txt`, short stories written for it, in each scene of which is noted who is there. They are
few, and their speakers are easier to tell than those of a novel, so the weights are only drawn away from what was set
by hand (`BY_HAND`): learned freely, they are better on these stories, each left out in turn (F1 .86 for .85), and worse
on stories that nothing was made on (.67 for .72, by known scenes).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import msgspec

from fabula.encode import encode, lay_clauses
from fabula.layers.scenes.signs_of_presence import find_signs
from fabula.models import default_pack
from fabula.reader import read_text
from fabula.segment import segment
from fabula.segment.wording import lay_out
from fabula.story import Character, Span, Text
from training.weighing import ALWAYS, weigh

__all__ = ["BY_HAND", "Example", "Room", "is_one_of", "make_examples", "stories"]

STORIES = Path(__file__).parent / "rooms" / "stories.txt"
BREAK = "* * *\n\n"
EASIER = 0.5
"""Added to "always": in a novel more is missed of those who are there than in these stories."""

BY_HAND: dict[str, float] = {
    "speaks": 2.2,
    "may speak": 1.5,
    "does": 1.8,
    "is doing": 1.8,
    "called": 1.8,
    "met": 1.2,
    "does aside": 1.2,
    "is doing aside": 1.2,
    "is at": 1.0,
    "goes on": 0.6,
    "is": 0.6,
    "suffers": 0.6,
    "near": 0.6,
    "spoken to": 0.6,
    "narrates": 0.5,
    "often": 0.4,
    "had": 0.2,
    "named": 0.2,
    "owns": 0.2,
    "might": -0.3,
    "spoken of": -0.4,
    "never told of": -0.6,
    "past only": -0.6,
    "only guessed": -0.7,
    "pronouns only": -0.7,
    "wired": -1.0,
    "afar only": -4.0,
    ALWAYS: -1.0,
}

HEAD = """# How much each sign weighs that somebody is there in a scene (layers/scenes/signs_of_presence.py): log odds.
# Source: set by hand and moved by training/scenes/presence.py, from stories written for Fabula. Licence: MIT.
"""


class Example(msgspec.Struct, frozen=True):
    """Somebody met in a scene: what speaks for his or her being there, and whether it is so."""

    signs: Mapping[str, float]
    there: bool


class Room(msgspec.Struct, frozen=True):
    """A scene as written down: its place in the text, and who is there."""

    place: Span
    there: frozenset[str]


def main() -> None:
    """Learn, and write the table."""
    examples = make_examples(STORIES.read_text(encoding="utf-8"))
    weights = weigh(BY_HAND, [(one.signs, one.there) for one in examples])
    weights[ALWAYS] += EASIER
    print(HEAD + "".join(f"{sign}\t{weight:.2f}\n" for sign, weight in sorted(weights.items())), end="")


def make_examples(written: str) -> Iterator[Example]:
    """Everybody met in each scene of each story."""
    for _, content, rooms in stories(written):
        story = read_text(Text.of(content))
        wording = lay_out(segment(story.text))
        clauses = lay_clauses(encode(wording, default_pack()))
        before: list[str] = []
        for room in rooms:
            people, mentions, quotes = story.characters, story.mentions, story.quotes
            frame = story.scene_at(room.place.start).frame
            met = find_signs(wording, clauses, people, mentions, quotes, room.place, frame=frame, before=before)
            there = {who: is_one_of(story.character(who), room.there, people) for who in met}
            for who, found in met.items():
                yield Example(found.signs, there[who])
            before = [who for who in met if there[who]]


def stories(written: str) -> Iterator[tuple[str, str, list[Room]]]:
    """Each story's title, its text, and its scenes."""
    for story in re.split(r"^== ", written, flags=re.MULTILINE)[1:]:
        title, _, body = story.partition("\n")
        content, rooms = "", []
        for scene in re.split(r"^@ ", body, flags=re.MULTILINE)[1:]:
            names, _, told = scene.partition("\n")
            content += BREAK if content else ""
            start = len(content)
            content += told.strip() + "\n\n"
            rooms.append(Room(Span(start, len(content)), frozenset(_plain(name) for name in names.split(","))))
        yield title.strip(), content, rooms


def is_one_of(character: Character, names: frozenset[str], everybody: Sequence[Character]) -> bool:
    """Whether one of the names noted is one of the character's; else, is a fuller or a shorter form of it."""
    noted = frozenset(_plain(name) for name in names)
    own = {_plain(name) for name in (character.name, *character.aliases)}
    if character.narrator:
        own.add("narrator")
    if own & noted:
        return True
    others = {_plain(name) for other in everybody if other is not character for name in (other.name, *other.aliases)}
    ends = {word for name in own for word in (name.split()[0], name.split()[-1])}
    return any({name.split()[0], name.split()[-1]} & ends for name in noted - others)


def _plain(name: str) -> str:
    return re.sub(r"^(?:the|a|an) ", "", name.strip().lower())


if __name__ == "__main__":
    main()
