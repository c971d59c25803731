"""What really happened, and what is only wished, denied, foretold or supposed: the encoder says it word by word."""

from __future__ import annotations

import numpy as np
import pytest

from fabula.encode import encode
from fabula.layers.events import find_events
from fabula.models import default_pack
from fabula.segment import segment
from fabula.segment.wording import Wording, lay_out
from fabula.story import Event, Text
from tests.encode.tiny import blank_encoding


def wording_of(content: str) -> Wording:
    return lay_out(segment(Text.of(content)))


def found(wording: Wording, odds: dict[str, float]) -> list[tuple[str, float]]:
    """The events where the encoder says these log odds of these words, and -5 of all others."""
    event = [odds.get(form, -5.0) for form in wording.forms]
    events = find_events(wording, blank_encoding(len(wording), event=event))
    return [(wording.segments.text[event], event.confidence) for event in events]


def test_a_word_is_an_event_where_that_is_likelier_than_not() -> None:
    wording = wording_of("Anne closed the window and wished to leave.")
    assert found(wording, {"closed": 0.1, "wished": 0.0, "leave": -0.1}) == [("closed", 0.525)]


@pytest.mark.parametrize(("odds", "confidence"), [(0.001, 0.5), (1.0, 0.731), (3.0, 0.953), (50.0, 1.0), (800.0, 1.0)])
def test_every_event_says_how_sure_it_is(odds: float, confidence: float) -> None:
    assert found(wording_of("Anne ran."), {"ran": odds}) == [("ran", confidence)]


def test_events_are_in_order_of_place_and_as_long_as_their_words() -> None:
    wording = wording_of("He ran — 😀 — and she laughed.\r\n\r\nThen they sang.")
    odds = {"ran": 1.0, "laughed": 5.0, "sang": 3.0}
    assert [word for word, _ in found(wording, odds)] == ["ran", "laughed", "sang"]


@pytest.mark.parametrize(
    ("told", "kept"),
    [
        ("CHAPTER I: HE RAN\n\nHe fell.\n\nHe ran.", ["fell", "ran"]),
        ("He ran.\n\n* * *\n\nHe fell.", ["ran", "fell"]),
        ("“He ran,” she said.", ["ran"]),
    ],
)
def test_headings_and_breaks_tell_of_none(told: str, kept: list[str]) -> None:
    odds = {"ran": 4.0, "RAN": 4.0, "fell": 4.0, "CHAPTER": 4.0, "*": 4.0}
    assert [word for word, _ in found(wording_of(told), odds)] == kept


def test_no_word_no_event() -> None:
    assert find_events(wording_of(""), blank_encoding(0)) == ()


def test_events_are_plain_values() -> None:
    wording = wording_of("Anne ran.")
    encoding = blank_encoding(3, event=np.array([-5, 2, -5]))
    assert find_events(wording, encoding) == (Event(5, 8, confidence=0.881),)
    assert find_events(wording, encoding) == find_events(wording, encoding)


_AROUND = " Anne opened the door, and Phil ran down the stairs. He shouted. She turned and fled."


def told(content: str) -> list[str]:
    """The events of a few sentences, as the shipped pack reads them."""
    wording = wording_of(content)
    return [wording.segments.text[event] for event in find_events(wording, encode(wording, default_pack()))]


@pytest.mark.parametrize(
    ("sentence", "happens"),
    [
        ("Anne closed the window.", ["closed"]),
        ("He saw her and laughed.", ["saw", "laughed"]),
        ("“Go away,” said Phil, and he struck the table.", ["said", "struck"]),
    ],
)
def test_what_is_narrated_happened(sentence: str, happens: list[str]) -> None:
    assert [word for word in happens if word not in told(sentence + _AROUND)] == []


@pytest.mark.parametrize(
    ("sentence", "happens_not"),
    [
        ("He had not gone home.", "gone"),
        ("He wanted to leave.", "leave"),
        ("Nobody could go.", "go"),
        ("It was the end.", "was"),
    ],
)
def test_what_is_denied_wished_or_supposed_did_not_happen(sentence: str, happens_not: str) -> None:
    assert happens_not not in told(sentence + _AROUND)
