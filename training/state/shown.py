"""Pieces as the encoder shows them: words, vectors, who is meant where, and what is to be learned."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence

import msgspec
import numpy as np
from numpy.typing import NDArray

from fabula import lexicon
from fabula.encode import Encoding, encode
from fabula.encode.claims import cue_of
from fabula.encode.pieces import open_pieces
from fabula.models import default_pack
from fabula.models.pack import PIECES
from fabula.segment import segment
from fabula.segment.wording import Wording, lay_out
from fabula.story import Text
from training.state.pieces import HANDS, TIES, Piece, joined, renamed

__all__ = ["Shown", "groups", "had_before", "name_pool", "show", "with_other_names"]

Known = NDArray[np.int8]
Numbers = Mapping[tuple[int, str], int]
"""Of each piece and label, the number of who or what it is in the text of several."""


class Shown(msgspec.Struct):
    """One text of one or more pieces. N words, E people and things, people first.

    Attributes:
        mentions: M×3: first word, last word, which of the E.
        people: how many of the E are people.
        dead, shown: P; ties: P×P×ties; hands: P×(E-P)×deeds. Each 1, 0, or -1 where it is not known.
    """

    vectors: NDArray[np.float16]
    word_class: NDArray[np.uint8]
    relation: NDArray[np.uint8]
    head: NDArray[np.int32]
    speech: NDArray[np.int8]
    mentions: NDArray[np.int32]
    people: int
    things: int
    dead: NDArray[np.int8]
    shown: NDArray[np.int8]
    ties: NDArray[np.int8]
    hands: NDArray[np.int8]
    pieces: NDArray[np.int32]
    cue: NDArray[np.uint8]
    source: str = ""
    aside: bool = False


def groups(pieces: Sequence[Piece], chance: random.Random, *, most: int) -> Iterator[list[Piece]]:
    """The pieces in another order, some alone, some together with others."""
    order = list(pieces)
    chance.shuffle(order)
    while order:
        many = chance.randint(1, most)
        yield [order.pop() for _ in range(min(many, len(order)))]


def with_other_names(piece: Piece, pool: dict[str, list[str]], chance: random.Random) -> Piece:
    """With its first names exchanged for others of their gender."""
    known = lexicon.table("first_names")
    swaps: dict[str, str] = {}
    for mark in piece.marks:
        for word in piece.text[mark.start : mark.end].replace("’", " ").split():
            row = known.get(word.lower())
            if row and word[:1].isupper() and word not in swaps and len(word) > 2 and chance.random() < 0.7:
                swaps[word] = chance.choice(pool[row[0]])
    return renamed(piece, swaps) if len(set(swaps.values())) == len(swaps) else piece


def name_pool(pieces: Sequence[Piece]) -> dict[str, list[str]]:
    """First names of the pieces, by gender."""
    known = lexicon.table("first_names")
    pool: dict[str, set[str]] = {}
    for piece in pieces:
        for mark in piece.marks:
            for word in piece.text[mark.start : mark.end].replace("’", " ").split():
                row = known.get(word.lower())
                if row and word[:1].isupper() and len(word) > 2 and word.isalpha():
                    pool.setdefault(row[0], set()).add(word)
    return {gender: sorted(names) for gender, names in pool.items()}


def show(pieces: Sequence[Piece]) -> tuple[Wording, Encoding, Shown]:
    """Read pieces as one text."""
    text = joined(pieces)
    wording = lay_out(segment(Text.of(text.text)))
    encoding = encode(wording, default_pack())
    spelled = open_pieces(default_pack().path(PIECES)).spell(wording.forms)
    who = [(n, label) for n, p in enumerate(pieces) for label in p.labels if label.isupper()]
    what = [(n, label) for n, p in enumerate(pieces) for label in p.labels if label.islower()]
    number = {one: at for at, one in enumerate([*who, *what])}
    dead, shown = _dead(pieces, number, len(who))
    begin = encoding.begin * encoding.begin_step[:, None]
    close = encoding.close * encoding.close_step[:, None]
    result = Shown(
        vectors=np.concatenate([begin, close], 1).astype(np.float16),
        word_class=encoding.word_class,
        relation=encoding.relation,
        head=encoding.head,
        speech=np.array([q >= 0 for q in wording.quote], np.int8),
        mentions=np.array(sorted(_mentions(pieces, number, wording, text.offsets)), np.int32).reshape(-1, 3),
        people=len(who),
        things=len(what),
        dead=dead,
        shown=shown,
        ties=_ties(pieces, number, len(who)),
        hands=_hands(pieces, number, len(who), len(what)),
        pieces=np.array([numbers[0] for numbers, _ in spelled], np.int32),
        cue=np.array([cue_of(form) for form in wording.forms], np.uint8),
    )
    return wording, encoding, result


def _mentions(
    pieces: Sequence[Piece], number: Numbers, wording: Wording, offsets: Sequence[int]
) -> Iterator[tuple[int, int, int]]:
    """First word, last word, and who or what is meant."""
    for n, (piece, offset) in enumerate(zip(pieces, offsets, strict=True)):
        for mark in piece.marks:
            first, last = wording.at(mark.start + offset), wording.at(mark.end + offset) - 1
            if first < len(wording) and last >= first:
                yield first, last, number[n, mark.label]


def _dead(pieces: Sequence[Piece], number: Numbers, people: int) -> tuple[Known, Known]:
    """Who is dead, and whose death is shown."""
    dead, shown = np.zeros(people, np.int8), np.full(people, -1, np.int8)
    for n, piece in enumerate(pieces):
        if "death" not in piece.known:
            dead[_own(number, n, range(people))] = -1
        for one, before in piece.dead.items():
            dead[number[n, one]], shown[number[n, one]] = 1, before
    return dead, shown


def _ties(pieces: Sequence[Piece], number: Numbers, people: int) -> Known:
    ties = np.zeros((people, people, len(TIES)), np.int8)
    for n, piece in enumerate(pieces):
        if "tie" not in piece.known:
            own = _own(number, n, range(people))
            ties[np.ix_(own, own)] = -1
        for a, kind, b in piece.ties:
            ties[number[n, a], number[n, b], TIES.index(kind)] = 1
    return ties


def _hands(pieces: Sequence[Piece], number: Numbers, people: int, things: int) -> Known:
    """Who does what with which thing; who gives a thing had it, though it is not written down: that is left open."""
    hands = np.zeros((people, things, len(HANDS)), np.int8)
    for n, piece in enumerate(pieces):
        if "hand" not in piece.known:
            own, goods = _own(number, n, range(people)), _own(number, n, range(people, people + things))
            hands[np.ix_(own, [at - people for at in goods])] = -1
        for a, deed, o in piece.hands:
            hands[number[n, a], number[n, o] - people, HANDS.index(deed)] = 1
    had_before(hands)
    return hands


def had_before(hands: Known) -> None:
    """Leave open whether who does something with a thing had it, where nothing says so."""
    moving = [HANDS.index(deed) for deed in ("gets", "parts", "finds", "hides", "loses", "destroys")]
    has = hands[..., HANDS.index("has")]
    has[(has == 0) & (hands[..., moving].max(-1, initial=0) > 0)] = -1


def _own(number: Numbers, piece: int, within: range) -> list[int]:
    """Numbers of those of one piece."""
    return [at for (n, _), at in number.items() if n == piece and at in within]
