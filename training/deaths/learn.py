"""Learn how much what a network reads weighs for somebody's being dead, beside what else the story shows of them.

    python -m training.deaths.learn > src/fabula/lexicon/data/mortal_signs.txt

Learned from `stories.txt`, short stories written for it in which is noted who is dead, half of them full of people who
only seem to be, and from those of `training/scenes/rooms`, of which `rooms.txt` says it. To be learned anew whenever
the reader of claims is. The stories of the benchmarks are not read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import msgspec

from fabula.encode import encode, network_of
from fabula.layers.state.deaths import tell_deaths
from fabula.layers.state.deaths.lives import find_lives
from fabula.layers.state.deaths.signs import find_signs
from fabula.layers.state.ground import lay_ground, look_up, parse
from fabula.layers.state.reading import read_claims
from fabula.models import default_pack
from fabula.reader import read_text
from fabula.segment import segment
from fabula.segment.wording import lay_out
from fabula.story import Character, Text
from training.scenes.presence import stories
from training.weighing import ALWAYS, weigh

__all__ = ["BY_HAND", "Noted", "make_examples", "noted"]

STORIES = Path(__file__).parent / "stories.txt"
IN_ROOMS = Path(__file__).parent / "rooms.txt"
ROOMS = Path(__file__).parent.parent / "scenes" / "rooms" / "stories.txt"
_LINE = re.compile(r"([^+?]+?)\s*(?:\+([^?]*))?(?:\?(.*))?$")

BY_HAND: dict[str, float] = {
    "read": 2.5,
    "read surely": 2.5,
    "read again": 0.5,
    "mourned": 1.0,
    "in passing": -1.5,
    "acts": -0.3,
    "acts after": -3.0,
    "narrates": -2.0,
    ALWAYS: -2.8,
}

HEAD = """# How much each sign weighs that somebody is dead of whom no word tells it: log odds.
# What they are: layers/state/deaths/signs.py.
# Source: set by hand and moved by training/deaths/learn.py, from stories written for Fabula. Licence: MIT.
"""


class Noted(msgspec.Struct, frozen=True):
    """A story, the names of each who is dead in it, and the names of those of whom one cannot know."""

    title: str
    content: str
    dead: tuple[frozenset[str], ...]
    unknown: frozenset[str]

    def is_dead(self, character: Character) -> bool | None:
        own = {_plain(name) for name in (character.name, *character.aliases)}
        return None if own & self.unknown else any(own & names for names in self.dead)


def main() -> None:
    """Learn, and write the table."""
    weights = weigh(BY_HAND, [example for story in noted() for example in make_examples(story)])
    print(HEAD + "".join(f"{sign}\t{weight:.2f}\n" for sign, weight in sorted(weights.items())), end="")


def noted() -> Iterator[Noted]:
    """All stories in which it is noted who is dead."""
    for story in re.split(r"^== ", STORIES.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]:
        head, _, content = story.partition("\n")
        names, _, told = content.partition("\n")
        yield _noted(head.strip(), f"x {names}", told.strip() + "\n")
    lines = (line for line in IN_ROOMS.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#"))
    said = {found[1]: line for line in lines if (found := _LINE.match(line)) is not None}
    for title, content, _ in stories(ROOMS.read_text(encoding="utf-8")):
        yield _noted(title, said.get(title, title), content)


def _noted(title: str, line: str, content: str) -> Noted:
    found = _LINE.match(line)
    dead, unknown = (found[2] or "", found[3] or "") if found is not None else ("", "")
    people = (frozenset(_plain(name) for name in one.split("=")) for one in dead.split(","))
    names = frozenset(_plain(name) for one in unknown.split(",") for name in one.split("="))
    return Noted(title, content, tuple(one for one in people if one - {"", "none"}), names - {""})


def make_examples(noted: Noted) -> Iterator[tuple[Mapping[str, float], bool]]:
    """Everybody in a story of whose death no words are known: what speaks for it, and whether it is so."""
    pack = default_pack()
    story = read_text(Text.of(noted.content), pack=pack)
    wording = lay_out(segment(story.text))
    encoding = encode(wording, pack)
    read = read_claims(wording, encoding, network_of(pack), story.mentions)
    who = look_up(wording, story.characters, story.mentions, story.quotes)
    ground = lay_ground(who, parse(wording, encoding), story.scenes).guessed()
    lives = find_lives(ground)
    told = tell_deaths(ground, lives, read)
    for who_, signs in find_signs(ground, lives, read).items():
        dead = noted.is_dead(story.character(who_))
        if who_ not in told and dead is not None:
            yield signs, dead


def _plain(name: str) -> str:
    return re.sub(r"^(?:the|a|an) ", "", name.strip().lower())


if __name__ == "__main__":
    main()
