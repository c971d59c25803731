"""Learn what the encoder's vectors weigh at a seam between paragraphs, beside the signs of a new scene.

    python -m training.scenes.vectors > src/fabula/lexicon/data/scene_vectors.txt

The labels are those of `training.scenes.learn`, and the chapter starts of 44 more novels, of which only the pages
around chapters are read. The signs keep their weights: each work's sum of signs comes from weights learned without it
(four folds), and what the vectors say is learned on top. Headings are not shown to the encoder, or a chapter's first
paragraph would be known by what stands above it.

Chosen over the works taught, in four folds (average precision): signs alone .135; with the vectors .153, drawn to
nothing half as strongly .152; with the chapter starts of the other novels .160. Tried and left out: the encoder's last
hidden layer in place of the vectors (no better), the differences of the two sides column by column (worse), networks
over the same numbers (32 hidden units, a convolution over the seams beside: worse, there are too few breaks), signs and
vectors learned at once (better in the folds, worse on the works held out), and scores relative to those of the work.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from itertools import pairwise

import msgspec
import numpy as np
from numpy.typing import NDArray

from benchmarks.corpora.unmarked import TAUGHT, load_unmarked
from benchmarks.reading import encoding_of_words
from fabula.layers.cast import gather_cast
from fabula.layers.mentions import find_mentions
from fabula.layers.scenes.choose import score_of
from fabula.layers.scenes.hearing import PARTS, REACHES, seam_vectors
from fabula.layers.scenes.passages import Passage, lay_passages
from fabula.layers.scenes.seams import Seam, find_seams
from fabula.segment.wording import Wording, lay_out
from training.scenes.learn import Lesson, Table, climb, learn, make_lesson

Array = NDArray[np.float64]

UNHEARD: tuple[str, ...] = (
    "h-g-wells_short-fiction",
    "owen-wister_the-virginian",
    "saki_short-fiction",
    "thomas-hardy_tess-of-the-durbervilles",
    "wilkie-collins_the-woman-in-white",
)
"""Works taught the signs, and not this."""

NOVELS: tuple[str, ...] = (
    "a-a-milne_the-red-house-mystery",
    "a-e-w-mason_at-the-villa-rose",
    "a-merritt_the-moon-pool",
    "aldous-huxley_antic-hay",
    "anna-katharine-green_the-leavenworth-case",
    "anthony-berkeley_the-poisoned-chocolates-case",
    "anthony-hope_the-prisoner-of-zenda",
    "baroness-orczy_the-scarlet-pimpernel",
    "booth-tarkington_the-magnificent-ambersons",
    "david-lindsay_a-voyage-to-arcturus",
    "edgar-rice-burroughs_tarzan-of-the-apes",
    "edna-ferber_so-big",
    "erskine-childers_the-riddle-of-the-sands",
    "frances-hodgson-burnett_the-secret-garden",
    "freeman-wills-crofts_the-cask",
    "george-macdonald_the-princess-and-the-goblin",
    "georgette-heyer_the-black-moth",
    "h-rider-haggard_king-solomons-mines",
    "hugh-lofting_the-story-of-doctor-dolittle",
    "j-s-fletcher_the-middle-temple-murder",
    "j-sheridan-le-fanu_uncle-silas",
    "jerome-k-jerome_three-men-in-a-boat",
    "jessie-redmon-fauset_there-is-confusion",
    "john-galsworthy_the-forsyte-saga",
    "joseph-conrad_nostromo",
    "l-m-montgomery_emily-of-new-moon",
    "liam-oflaherty_the-informer",
    "louis-joseph-vance_the-lone-wolf",
    "louisa-may-alcott_little-women",
    "m-e-braddon_lady-audleys-secret",
    "margery-allingham_the-crime-at-black-dudley",
    "mark-twain_the-adventures-of-tom-sawyer",
    "mary-roberts-rinehart_the-circular-staircase",
    "max-beerbohm_zuleika-dobson",
    "nella-larsen_quicksand",
    "r-austin-freeman_the-eye-of-osiris",
    "rafael-sabatini_scaramouche",
    "robert-louis-stevenson_treasure-island",
    "s-s-van-dine_the-benson-murder-case",
    "sax-rohmer_the-insidious-dr-fu-manchu",
    "stephen-crane_the-red-badge-of-courage",
    "theodore-dreiser_sister-carrie",
    "virginia-woolf_the-voyage-out",
    "zane-grey_riders-of-the-purple-sage",
)
"""Novels of which only the chapter starts are learned from."""

FOLDS = 4
SHRINK = 600.0
"""How strongly the weights are drawn to nothing."""
KEPT = 0.5
"""Of the places without a mark so many are learned from."""
PAGES = 350
"""Words on either side of a chapter's start that are read of the other novels."""
BAR, FALSE = 1.5, 2.25
"""The score a seam must pass in a novel, and the one at which one break in 2,500 words is false in the works held out:
the constant takes up what is between them."""

HEAD = """\
# What the encoder's vectors weigh at a seam between paragraphs when it is decided where a scene begins: log odds
# that are added to those of the signs. They hold for one encoder alone, that of the digest.
# Source: learned by training/scenes from marked breaks and chapter starts of 66 works of Standard Ebooks (CC0).
# Licence: MIT.
"""


class Heard(msgspec.Struct, frozen=True):
    """One work: for each seam what was heard at it, the sum of its signs, and whether it is a break (-1: not known)."""

    rows: Array
    signs: Array
    label: Array


def main() -> None:
    """Learn, and write the table."""
    lessons = {slug: make_lesson(slug) for slug in TAUGHT}
    heard = []
    for fold in range(FOLDS):
        known = learn([lesson for at, lesson in enumerate(lessons.values()) if at % FOLDS != fold])
        for slug in TAUGHT[fold::FOLDS]:
            if slug not in UNHEARD:
                heard.append(hear(slug, lessons[slug], known))
                print(slug, file=sys.stderr, flush=True)
    middle = np.concatenate([work.rows for work in heard]).mean(0)
    for slug in NOVELS:
        heard.append(hear_chapters(slug, middle))
        print(slug, file=sys.stderr, flush=True)
    print(write(*weigh(heard), encoder=encoding_of_words(["Once"], [0]).encoder), end="")


def hear(slug: str, lesson: Lesson, known: dict[str, float]) -> Heard:
    """A work taught, with the sums of signs whose weights were learned without it."""
    wording = lay_out(load_unmarked(slug).segments)
    passages = lay_passages(wording, ())
    marked = {seam.start: float(is_marked) for seam, is_marked in zip(lesson.seams, lesson.marked, strict=True)}
    marked |= {seam.start: 1.0 for seam in lesson.chapters}
    sums = {seam.start: _sum(seam, known) for seam in (*lesson.seams, *lesson.chapters)}
    return _heard(wording, passages, marked, sums)


def hear_chapters(slug: str, middle: Array) -> Heard:
    """The pages around the chapters of another novel. What is farther off than they reach is taken for the middle."""
    wording = lay_out(load_unmarked(slug).segments)
    names = [m for m in gather_cast(wording, find_mentions(wording)).mentions if m.form == "name"]
    passages = lay_passages(wording, ())
    seams, inside = find_seams(wording, names), find_seams(wording, names, chapters=False)
    within = {seam.start for seam in seams}
    seams += [seam for seam in inside if seam.start not in within]
    places = [passage.first for passage in passages[1:] if passage.fresh]
    near = [at for at, p in enumerate(passages) if any(p.first - PAGES < x < p.end + PAGES for x in places)]
    whole = set(near)
    sure = {passages[at].start for at in near if all(at + step in whole for step in (-2, -1, 1, 2))}
    fresh = {passage.start for passage in passages if passage.fresh}
    marked = {start: float(start in fresh) for start in sure & {seam.start for seam in seams}}
    sums = {seam.start: score_of(seam) for seam in seams}
    work = _heard(wording, [passages[at] for at in near], marked, sums)
    farthest = [work.rows.shape[1] - 1 - len(REACHES) * group for group in range(3)]
    work.rows[:, farthest] = middle[farthest]
    return work


def _sum(seam: Seam, known: dict[str, float]) -> float:
    return sum(known.get(name, 0.0) * value for name, value in seam.signs.items())


def _heard(wording: Wording, passages: Sequence[Passage], marked: dict[int, float], sums: dict[int, float]) -> Heard:
    """Only the passages' words are shown to the encoder, as if nothing stood between them."""
    words = [i for passage in passages for i in range(passage.first, passage.end)]
    sentences = [wording.sentence[i] for i in words]
    encoding = encoding_of_words([wording.forms[i] for i in words], sentences)
    rows = seam_vectors(sentences, encoding, list(_joined(passages)))
    starts = [passage.start for passage in passages]
    label = np.array([marked.get(start, -1.0) for start in starts])
    return Heard(rows, np.array([sums.get(start, 0.0) for start in starts]), label)


def _joined(passages: Sequence[Passage]) -> Iterator[Passage]:
    ends = np.cumsum([0, *(passage.words for passage in passages)]).tolist()
    for passage, (first, end) in zip(passages, pairwise(ends), strict=True):
        yield msgspec.structs.replace(passage, first=first, end=end)


def weigh(heard: Sequence[Heard]) -> tuple[Array, float]:
    """What each number weighs, and the constant; the sum of signs counts as it is."""
    chance = np.random.default_rng(7)
    kept = [(work.label >= 0) & ((work.label > 0) | (chance.random(len(work.label)) < KEPT)) for work in heard]
    rows = np.concatenate([work.rows[own] for work, own in zip(heard, kept, strict=True)])
    signs = np.concatenate([work.signs[own] for work, own in zip(heard, kept, strict=True)])
    label = np.concatenate([work.label[own] for work, own in zip(heard, kept, strict=True)])
    middle, spread = rows.mean(0), rows.std(0) + 1e-3
    values = np.column_stack([(rows - middle) / spread, signs])
    many, wide = values.shape
    work = np.repeat(np.arange(len(heard)), [int(own.sum()) for own in kept])
    row, column = np.repeat(np.arange(many), wide), np.tile(np.arange(wide), many)
    found = climb(Table(row, column, values.ravel(), work, label), np.array([SHRINK] * (wide - 1) + [0.0]))
    weights: Array = found[:-1] / spread / found[-1]
    return weights, float(BAR - FALSE - middle @ weights)


def write(weights: Array, constant: float, *, encoder: str) -> str:
    """The file."""
    half = (len(weights) - 3 * len(REACHES)) // 2
    parts = zip(PARTS, np.split(weights, [half, 2 * half]), strict=True)
    lines = [f"{name}\t{' '.join(f'{weight:.4g}' for weight in part)}\n" for name, part in parts]
    return HEAD + f"encoder\t{encoder}\nconstant\t{constant:.4g}\n" + "".join(lines)


if __name__ == "__main__":
    main()
