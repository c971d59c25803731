"""Words that say that something really happened, and words that only wish, deny, foretell or suppose it."""

from __future__ import annotations

import pytest

from fabula.layers.events import find_events
from fabula.segment import segment
from fabula.segment.wording import lay_out
from fabula.story import Text

_AROUND = " Anne opened the door, and Phil ran down the stairs. He shouted. She turned and fled."


def events(content: str) -> list[str]:
    text = Text.of(content)
    return [text[event] for event in find_events(lay_out(segment(text)))]


@pytest.mark.parametrize(
    ("sentence", "happens"),
    [
        ("Anne closed the window.", ["closed"]),
        ("He saw her and laughed.", ["saw", "laughed"]),
        ("They had gone home.", ["gone"]),
        ("The letter was burnt.", ["burnt"]),
        ("He began to sing.", ["began", "sing"]),
        ("He sat there, smiling.", ["smiling"]),
    ],
)
def test_what_is_narrated_happened(sentence: str, happens: list[str]) -> None:
    found = events(sentence + _AROUND)
    assert [word for word in happens if word not in found] == []


@pytest.mark.parametrize(
    ("sentence", "happens_not"),
    [
        ("He had not gone home.", "gone"),
        ("She never closed the window.", "closed"),
        ("She would have killed him.", "killed"),
        ("He wanted to leave.", "leave"),
        ("He might have been burnt.", "burnt"),
        ("If he had gone, she knew nothing.", "gone"),
        ("It was the end.", "was"),
        ("Nobody could go.", "go"),
    ],
)
def test_what_is_denied_wished_or_supposed_did_not_happen(sentence: str, happens_not: str) -> None:
    assert happens_not not in events(sentence + _AROUND)


def test_a_story_told_in_the_present_has_events_too() -> None:
    told = "Anne is late. She opens the door and says nothing. He is there. He laughs. It is dark, and the lamp is out."
    assert {"opens", "says", "laughs"} <= set(events(told))


def test_headings_hold_no_events() -> None:
    assert events("CHAPTER I: HE RAN\n\nIt was dark.") == []


def test_every_event_says_how_sure_it_is() -> None:
    text = Text.of("Anne closed the window." + _AROUND)
    found = find_events(lay_out(segment(text)))
    assert all(0.3 <= event.confidence < 1.0 for event in found)
    assert list(found) == sorted(found)


def test_an_empty_text_has_no_events() -> None:
    assert events("") == []
