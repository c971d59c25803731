"""Show the encoder pages of novels in which, for once, one knows who is alive, not tied and without the thing.

Nobody has marked them. Who speaks later in the book is not dead by the end of a page; two who are hardly ever met
together, bear no one family name and are tied by no rule are taken to be strangers; and what is never met in the
sentences about somebody, nor in those beside them, is not in their hands. Everything else is left open.

    python -m training.state.background --to FILE
"""

from __future__ import annotations

import argparse
import hashlib
import pickle
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import combinations
from pathlib import Path
from typing import Any
from unittest import mock

import msgspec
import numpy as np
from numpy.typing import NDArray

from benchmarks.corpora.novels import load_text
from fabula.encode import Encoding
from fabula.encode.claims import cue_of
from fabula.encode.pieces import open_pieces
from fabula.layers.state import trace
from fabula.layers.state.reading import Claims, ThingMention
from fabula.layers.state.reading.read import Asking, people_met, stretches
from fabula.models import default_pack
from fabula.models.pack import PIECES
from fabula.reader import read_text
from fabula.segment.wording import Wording
from fabula.story import Mention, Story, Text
from training.state.pieces import HANDS, TIES
from training.state.shown import Shown

WORKS = (
    "arthur-ransome_swallows-and-amazons", "booth-tarkington_the-magnificent-ambersons", "john-buchan_greenmantle",
    "nella-larsen_quicksand", "o-henry_short-fiction", "r-austin-freeman_the-eye-of-osiris",
    "ring-lardner_short-fiction", "saki_short-fiction", "sherwood-anderson_winesburg-ohio",
    "virginia-woolf_the-voyage-out", "willa-cather_one-of-ours", "zane-grey_riders-of-the-purple-sage",
)  # fmt: skip
_FROM, _LONG = 0.25, 150_000
"""Where in a work one begins, and how many characters are read."""
_PAGES = 80
"""Of one work, drawn at random."""
_LATER = 150
"""Words after a page; who speaks behind them outlives it."""
_SELDOM = 3
"""Pages; who share no more than so many are hardly met together."""
_SURE = 0.75
"""How sure it must be who speaks."""


class Page(msgspec.Struct, frozen=True):
    words: range
    asking: Asking


class Seen(msgspec.Struct):
    """What the state layer was given to read claims from."""

    wording: Wording
    encoding: Encoding
    mentions: Sequence[Mention]
    things: Sequence[ThingMention]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--to", type=Path, required=True)
    options = parser.parse_args()
    chance = random.Random(3)
    shown = list[Shown]()
    for work in WORKS:
        pages = list(pages_of(_excerpt(load_text(work))))
        chance.shuffle(pages)
        shown += pages[:_PAGES]
        print(work, len(pages), flush=True)
    options.to.parent.mkdir(parents=True, exist_ok=True)
    options.to.write_bytes(pickle.dumps(shown))


def works_digest(works: Sequence[str] = WORKS) -> str:
    """SHA-256 of the works, one behind the other."""
    return hashlib.sha256("".join(load_text(work).content for work in works).encode()).hexdigest()


def pages_of(text: Text) -> Iterator[Shown]:
    """Every second stretch of the text, as far as anything is known of it."""
    story, seen = read_seen(text)
    met = people_met(seen.wording, seen.mentions)
    goods = sorted(seen.things)
    pages = [
        Page(words, asking) for words in stretches(seen.wording) if (asking := Asking.of(words, met, goods)) is not None
    ]
    last = _last_words(story, seen.wording)
    strangers = _strangers(story, pages)
    for page in pages[::2]:
        people, things = page.asking.people, page.asking.things
        dead = np.array([0 if last.get(who, -1) >= page.words.stop + _LATER else -1 for who in people], np.int8)
        ties = np.full((len(people), len(people), len(TIES)), -1, np.int8)
        for a, b in combinations(range(len(people)), 2):
            if frozenset((people[a], people[b])) in strangers:
                ties[a, b] = ties[b, a] = 0
        hands = _hands(seen.wording, page, len(people), len(things))
        if (dead == 0).any() or (ties == 0).any() or (hands == 0).any():
            yield show_page(seen, page, dead, ties, hands)


def _excerpt(text: Text) -> Text:
    start = text.content.find("\n\n", int(len(text.content) * _FROM))
    return Text.of(text.content[start : start + _LONG])


def read_seen(text: Text) -> tuple[Story, Seen]:
    """Read a text, and keep what its claims would be read from."""
    kept = list[Seen]()

    def keep(
        wording: Wording, encoding: Encoding, network: Any, mentions: Sequence[Mention], things: Sequence[ThingMention]
    ) -> Claims:
        kept.append(Seen(wording, encoding, mentions, things))
        return Claims()

    with mock.patch.object(trace, "read_claims", keep):
        return read_text(text), kept[0]


def _last_words(story: Story, wording: Wording) -> dict[str, int]:
    """The word at which each who is not told to die begins to speak for the last time."""
    died = {death.who for death in story.deaths}
    last: dict[str, int] = {}
    for quote in story.quotes:
        sure = quote.mode == "spoken" and quote.confidence >= _SURE
        if sure and quote.speaker is not None and quote.speaker not in died:
            last[quote.speaker] = max(last.get(quote.speaker, 0), wording.at(quote.start))
    return last


def _strangers(story: Story, pages: Sequence[Page]) -> set[frozenset[str]]:
    names = {character.id: character.name.split() for character in story.characters}
    tied = {frozenset((relation.a, relation.b)) for relation in story.relations}
    shared = Counter(
        frozenset((page.asking.people[a], page.asking.people[b]))
        for page in pages
        for a, b in page.asking.pairs
        if a < b
    )
    return {
        pair
        for pair, often in shared.items()
        if often <= _SELDOM and pair not in tied and len({tuple(names.get(who, ())[-1:]) for who in pair}) == len(pair)
    }


def _hands(wording: Wording, page: Page, people: int, things: int) -> NDArray[np.int8]:
    hands = np.full((people, things, len(HANDS)), -1, np.int8)
    sentences: dict[int, set[int]] = {}
    for first, _, who in page.asking.mentions:
        sentences.setdefault(who, set()).add(wording.sentence[first])
    for a in range(people):
        beside = {near for at in sentences.get(a, ()) for near in (at - 1, at, at + 1)}
        for thing in range(things):
            if not beside & sentences.get(people + thing, set()):
                hands[a, thing] = 0
    return hands


def show_page(seen: Seen, page: Page, dead: NDArray[np.int8], ties: NDArray[np.int8], hands: NDArray[np.int8]) -> Shown:
    encoding, wording, words, asking = seen.encoding, seen.wording, page.words, page.asking
    here = slice(words.start, words.stop)
    begin = encoding.begin[here] * encoding.begin_step[here, None]
    close = encoding.close[here] * encoding.close_step[here, None]
    head, place = encoding.head[here].astype(np.int64) - words.start, np.arange(len(words))
    forms = wording.forms[here]
    spelled = open_pieces(default_pack().path(PIECES)).spell(forms)
    mentions = sorted((first - words.start, last - words.start, who) for first, last, who in asking.mentions)
    return Shown(
        np.concatenate([begin, close], 1).astype(np.float16),
        encoding.word_class[here],
        encoding.relation[here],
        np.where((head >= 0) & (head < len(words)), head, place).astype(np.int32),
        np.array([quote >= 0 for quote in wording.quote[here]], np.int8),
        np.array(mentions, np.int32).reshape(-1, 3),
        len(asking.people),
        len(asking.things),
        dead,
        np.full(len(asking.people), -1, np.int8),
        ties,
        hands,
        np.array([numbers[0] for numbers, _ in spelled], np.int32),
        np.array([cue_of(form) for form in forms], np.uint8),
        source="novel",
    )


if __name__ == "__main__":
    main()
