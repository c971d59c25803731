"""Show the encoder pages of novels of which a reader has said who is dead, tied, and has what.

`pages/WORK.txt` names each page by its place in the work, then each who or what was asked about by the place of one
mention, then what is so by the end of the page, as `pieces` has it. Besides: `? A`, nothing can be said of A; `?? A B`,
nor of what A and B are to each other; `?d A`, nor whether A is dead; `?h A o`, nor what A does with o.

    python -m training.state.told --to FILE
"""

from __future__ import annotations

import argparse
import pickle
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec
import numpy as np
from numpy.typing import NDArray

from benchmarks.corpora.novels import load_text
from fabula.layers.state.reading.read import Asking, people_met, stretches
from fabula.story import Text
from training.state.background import Page, Seen, read_seen, show_page
from training.state.pieces import HANDS, TIES, hands_of, tie_of
from training.state.shown import Shown, had_before

__all__ = ["PAGES", "pages_told"]

PAGES = Path(__file__).parent / "pages"
_PART = re.compile(r"# characters (\d+) to (\d+)")
"""What is read as one text: a story of a collection, a part of a novel."""
_ASIDE = 10

Known = NDArray[np.int8]


class Told(msgspec.Struct, frozen=True):
    """A page of a work: where it begins, where each label is met, and what was said."""

    start: int
    labels: dict[str, int]
    facts: tuple[tuple[str, ...], ...]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--to", type=Path, required=True)
    options = parser.parse_args()
    shown = list[Shown]()
    for path in sorted(PAGES.glob("*.txt")):
        own = list(pages_told(path))
        shown += own
        print(path.stem, len(own), flush=True)
    options.to.parent.mkdir(parents=True, exist_ok=True)
    options.to.write_bytes(pickle.dumps(shown))


def pages_told(path: Path) -> Iterator[Shown]:
    """The pages of one work, as far as Fabula meets the same people at the same places."""
    content = load_text(path.stem).content
    parts: list[tuple[int, int, list[Told]]] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        given = _PART.fullmatch(line)
        if given is not None:
            parts.append((int(given[1]), int(given[2]), []))
        else:
            parts[-1][2].append(_told(line))
    for begin, end, told in parts:
        yield from _of_part(Text.of(content[begin:end]), begin, told)


def _of_part(text: Text, begin: int, told: Sequence[Told]) -> Iterator[Shown]:
    _, seen = read_seen(text)
    pages = {one.start - begin: one for one in told}
    met, goods = people_met(seen.wording, seen.mentions), sorted(seen.things)
    number = 0
    for words in stretches(seen.wording):
        page = pages.get(seen.wording.starts[words.start])
        asking = Asking.of(words, met, goods)
        if page is None or asking is None:
            continue
        number += 1
        shown = _shown(seen, Page(words, asking), page, begin)
        shown.aside = number % _ASIDE == 5
        yield shown


def _told(line: str) -> Told:
    place, labels, facts = line.split(" | ")
    met = (one.split("=") for one in labels.split())
    return Told(
        int(place.split("-")[0]),
        {label: int(where.split("-")[0]) for label, where in met},
        tuple(tuple(fact.split()) for fact in facts.split("; ") if fact != "none"),
    )


def _shown(seen: Seen, page: Page, told: Told, begin: int) -> Shown:
    asking = page.asking
    people, things = len(asking.people), len(asking.things)
    here = {seen.wording.starts[first] + begin: who for first, _, who in reversed(asking.mentions)}
    own = {label: here[at] for label, at in told.labels.items() if at in here}
    people_own = {label: who for label, who in own.items() if label.isupper() and who < people}
    shift = asking.strangers + people
    goods_own = {label: who - shift for label, who in own.items() if label.islower() and who >= shift}
    dead = np.full(people, -1, np.int8)
    ties = np.full((people, people, len(TIES)), -1, np.int8)
    hands = np.full((people, things, len(HANDS)), -1, np.int8)
    known, known_goods = sorted(people_own.values()), sorted(goods_own.values())
    dead[known] = 0
    ties[np.ix_(known, known)] = 0
    hands[np.ix_(known, known_goods)] = 0
    shown = np.full(people, -1, np.int8)
    for fact in told.facts:
        if fact[0] == "dead" and fact[1] in people_own:
            dead[people_own[fact[1]]], shown[people_own[fact[1]]] = 1, fact[-1] == "shown"
        for a, kind, b in tie_of(fact):
            if a in people_own and b in people_own:
                ties[people_own[a], people_own[b], TIES.index(kind)] = 1
    for a, deed, o in hands_of(told.facts):
        if a in people_own and o in goods_own:
            hands[people_own[a], goods_own[o], HANDS.index(deed)] = 1
    _open(told.facts, people_own, goods_own, dead, ties, hands)
    found = show_page(seen, page, dead, ties, hands)
    found.shown = shown
    return found


def _open(
    facts: Sequence[tuple[str, ...]],
    people: dict[str, int],
    goods: dict[str, int],
    dead: Known,
    ties: Known,
    hands: Known,
) -> None:
    """Leave open what the reader did, and whether who does something with a thing had it."""
    for mark, *labels in facts:
        who = [people[label] for label in labels if label in people]
        what = [goods[label] for label in labels if label in goods]
        if mark == "?":
            dead[who] = -1
            ties[who] = -1
            ties[:, who] = -1
            hands[who] = -1
            hands[:, what] = -1
        elif mark == "?d":
            dead[who] = -1
        elif mark == "??" and len(who) == 2:
            ties[who[0], who[1]] = ties[who[1], who[0]] = -1
        elif mark == "?h":
            hands[np.ix_(who, what)] = -1
    had_before(hands)


if __name__ == "__main__":
    main()
