"""Kin and the like who are named a sentence later, or told by what somebody is or has."""

from __future__ import annotations

import pytest

from fabula.reader import read_text
from fabula.story import Text


def ties(content: str) -> list[tuple[str, str, str]]:
    story = read_text(Text.of(content))
    names = {character.id: character.name for character in story.characters}
    return [(names[row.a], row.kind, names[row.b]) for row in story.relations]


@pytest.mark.parametrize(
    ("content", "tie"),
    [
        (
            "Arthur Lomax rang for his secretary. Mary Henty came in with her notebook and sat down.",
            ("Mary Henty", "servant", "Arthur Lomax"),
        ),
        ("Ellen Hart had two sons. Thomas Hart, the elder, was a soldier.", ("Thomas Hart", "son", "Ellen Hart")),
        ("Ellen Hart had been Thomas Reed's secretary for years.", ("Ellen Hart", "servant", "Thomas Reed")),
        ("Thomas Reed was Ellen Hart's mother's brother.", ("Thomas Reed", "uncle", "Ellen Hart")),
        (
            "The two brothers, Peter and Robert, kept the farm. Robert had the upper fields. Peter ploughed.",
            ("Peter", "brother", "Robert"),
        ),
        ("Ellen Hart had taught Thomas Reed mathematics.", ("Ellen Hart", "teacher", "Thomas Reed")),
        ("Thomas Reed had been taught by Ellen Hart.", ("Ellen Hart", "teacher", "Thomas Reed")),
        ("Thomas Reed and Ellen Hart are getting married in June.", ("Thomas Reed", "betrothed", "Ellen Hart")),
    ],
)
def test_who_is_what_to_whom(content: str, tie: tuple[str, str, str]) -> None:
    assert [one for one in ties(content) if "'s" not in one[0] + one[2]] == [tie]


@pytest.mark.parametrize(
    "content",
    [
        "Ellen Hart had no brother. Thomas Reed came in.",
        "Ellen Hart was not Thomas Reed's secretary.",
        "“My father was a hard man,” said Ellen Hart. Thomas Reed poured the tea.",
        "All her friends were gone. Thomas Reed had left Ellen Hart the key.",
        "Ellen Hart wrote to her mother. The rain had stopped. The dog slept. Thomas Reed came in.",
    ],
)
def test_who_is_only_named_next_is_nothing_to_anybody(content: str) -> None:
    assert [tie for tie in ties(content) if "Reed" in tie[0] + tie[2]] == []
