"""Pieces as the encoder shows them: words, vectors, who is meant where, and what is to be learned."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence

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

__all__ = ["Shown", "groups", "show"]


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
    mentions = []
    for n, piece in enumerate(pieces):
        for mark in piece.marks:
            start, end = mark.start + text.offsets[n], mark.end + text.offsets[n]
            first = wording.at(start)
            last = wording.at(end) - 1
            if first < len(wording) and last >= first:
                mentions.append((first, last, number[n, mark.label]))
    people, things = len(who), len(what)
    dead = np.zeros(people, np.int8)
    shown = np.full(people, -1, np.int8)
    ties = np.zeros((people, people, len(TIES)), np.int8)
    hands = np.zeros((people, things, len(HANDS)), np.int8)
    for n, piece in enumerate(pieces):
        own = [at for (m, _), at in number.items() if m == n and at < people]
        if "death" not in piece.known:
            dead[own] = -1
        for one, before in piece.dead.items():
            dead[number[n, one]] = 1
            shown[number[n, one]] = before
        if "tie" not in piece.known:
            ties[np.ix_(own, own)] = -1
        for a, kind, b in piece.ties:
            ties[number[n, a], number[n, b], TIES.index(kind)] = 1
        goods = [at - people for (m, _), at in number.items() if m == n and at >= people]
        if "hand" not in piece.known and goods:
            hands[np.ix_(own, goods)] = -1
        for a, deed, o in piece.hands:
            hands[number[n, a], number[n, o] - people, HANDS.index(deed)] = 1
    moving = [HANDS.index(deed) for deed in ("gets", "parts", "finds", "hides", "loses", "destroys")]
    moved = hands[..., moving].max(-1, initial=0)
    has = hands[..., HANDS.index("has")]
    has[(has == 0) & (moved > 0)] = -1  # who gives a thing had it, though it is not written down
    begin = encoding.begin * encoding.begin_step[:, None]
    close = encoding.close * encoding.close_step[:, None]
    return (
        wording,
        encoding,
        Shown(
            np.concatenate([begin, close], 1).astype(np.float16),
            encoding.word_class,
            encoding.relation,
            encoding.head,
            np.array([q >= 0 for q in wording.quote], np.int8),
            np.array(sorted(mentions), np.int32).reshape(-1, 3),
            people,
            things,
            dead,
            shown,
            ties,
            hands,
            np.array([numbers[0] for numbers, _ in spelled], np.int32),
            np.array([cue_of(form) for form in wording.forms], np.uint8),
        ),
    )
