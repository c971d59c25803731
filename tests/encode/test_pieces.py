"""Words become pieces of a small vocabulary, each with its casing."""

from __future__ import annotations

import pytest

from fabula.encode.pieces import CASINGS, LONGEST, Pieces
from tests.encode.tiny import VOCABULARY


@pytest.fixture
def pieces() -> Pieces:
    return Pieces((*VOCABULARY, "anne", "##ie"))


def _shown(pieces: Pieces, form: str) -> list[str]:
    vocabulary = (*VOCABULARY, "anne", "##ie")
    return [vocabulary[number] for number in pieces.spell([form])[0][0]]


@pytest.mark.parametrize(
    ("form", "shown"),
    [
        ("Anne", ["anne"]),
        ("annie", ["a", "##n", "##n", "##ie"]),
        ("Élan", ["e", "##l", "##a", "##n"]),
        ("don’t", ["d", "##o", "##n", "'", "t"]),
        ("“", ['"']),
        ("--", ["—"]),
        ("....", ["…"]),
        ("日", ["[UNK]"]),
        ("🙂", ["[UNK]"]),
        ("", ["[UNK]"]),
    ],
)
def test_spelling(pieces: Pieces, form: str, shown: list[str]) -> None:
    assert _shown(pieces, form) == shown


@pytest.mark.parametrize(
    ("form", "casing"),
    [("anne", "lower"), ("Anne", "title"), ("I", "title"), ("ANNE", "upper"), ("aNNe", "other"), ("12", "none")],
)
def test_casing_goes_beside_the_piece(pieces: Pieces, form: str, casing: str) -> None:
    assert {CASINGS[case] for case in pieces.spell([form])[0][1]} == {casing}


def test_case_changes_no_piece(pieces: Pieces) -> None:
    assert pieces.spell(["ANNE"])[0][0] == pieces.spell(["anne"])[0][0]


def test_long_word_is_kept_short(pieces: Pieces) -> None:
    assert len(pieces.spell(["x" * 5_000])[0][0]) == 1
    assert len(pieces.spell(["x-" * 2_500])[0][0]) == LONGEST
