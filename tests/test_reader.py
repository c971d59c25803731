"""A whole reading: the same bytes each time, every place inside the text, no text too odd, no network."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from importlib import import_module
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fabula.encode import MemoryShelf, Window, cut_windows, open_network
from fabula.models import default_pack
from fabula.reader import read_text
from fabula.story import Span, Story, Text, from_json, to_json
from tests.encode.tiny import Counting

TOLD = (
    "CHAPTER I\n\nAnne Lee came to London with Mr. Phil Carter.\r\n\r\n"
    '"It\'s late, Phil," she’d said. 😀 “Are you tired?”\n\n'
    "«No», said Phil. The old woman behind them laughed.\n\n* * *\n\n"
    '"She told me, \'Go home, Anne!\' so I went.\n\n"And here I am," said Anne.'
)
ODD = {
    "nothing": "",
    "blanks": " \n\n\t\r\n\u00a0\u2028 ",
    "one word": "Once",
    "one name": "Anne",
    "one mark": '"',
    "only marks": "“”‘’\"'«»—–…!?.,;:()[]_*#>",
    "only emoji": "😀👩‍👩‍👧🎩",
    "only combining marks": "\u0301\u0308\u20dd",
    "a word of 5,000 characters": "a" * 5_000,
    "a name of 5,000 characters": "Then " + "A" + "a" * 5_000 + " nodded.",
    "a sentence of 2,000 names": "Then " + "Anne and Phil and " * 1_000 + "Karen came.",
    "another script": "今日は。「行こう」と彼は言った。Привет, сказал он.",
    "a quotation alone": '"Go."',
    "a tag alone": "said Anne.",
    "pronouns alone": "He she they I you me.",
    "control characters": "Anne\x00 said\x07 \x1b[31mno\x1b[0m.",
}


def places(value: Any) -> Iterator[Span]:
    """Every place in a record, its own and those of what it holds."""
    if isinstance(value, Span):
        yield value
    if isinstance(value, tuple):
        for one in value:
            yield from places(one)
    elif isinstance(value, msgspec.Struct):
        for name in value.__struct_fields__:
            yield from places(getattr(value, name))


def check(story: Story) -> None:
    """What holds for every story read."""
    for place in places(story.layers):
        assert 0 <= place.start <= place.end <= len(story.text)
    for tiles in (story.chapters, story.paragraphs):
        assert "".join(story.words(tile) for tile in tiles) == str(story.text)
    open_quotes: list[Span] = []
    for quote in story.quotes:
        while open_quotes and open_quotes[-1].end <= quote.start:
            open_quotes.pop()
        assert all(outer.covers(quote) for outer in open_quotes)
        assert quote.depth == len(open_quotes)
        open_quotes.append(quote)
    ids = {c.id for c in story.characters}
    things = {e.id for e in story.entities}
    assert len(ids) == len(story.characters)
    for mention in story.mentions:
        assert mention.character is None or mention.character in ids
        assert mention.entity is None or mention.entity in things
        assert mention.character is None or mention.entity is None
    for quote in story.quotes:
        assert {quote.speaker, *quote.addressees} - {None} <= ids


@pytest.mark.parametrize("case", ODD)
def test_no_text_is_too_odd_to_read(case: str) -> None:
    story = read_text(Text.of(ODD[case]))
    check(story)
    assert from_json(to_json(story)) == story


def test_two_readings_give_the_same_bytes() -> None:
    assert to_json(read_text(Text.of(TOLD))) == to_json(read_text(Text.of(TOLD)))


def test_another_process_gives_the_same_bytes() -> None:
    told = (
        "import sys\nfrom fabula import read\nfrom fabula.examples import example\n"
        "from fabula.story import Text, to_json\n"
        "sys.stdout.buffer.write(to_json(read(Text.of(example().decode()))))"
    )

    def bytes_of(seed: str) -> bytes:
        """Sets are gone through in an order that the seed decides, which is another in every process."""
        env = {**os.environ, "PYTHONHASHSEED": seed}
        return subprocess.run([sys.executable, "-c", told], env=env, check=True, capture_output=True).stdout

    assert bytes_of("1") == bytes_of("2") == bytes_of("3")


def test_every_place_lies_inside_the_text() -> None:
    check(read_text(Text.of(TOLD)))


PIECES = [
    "Anne",
    "Mr. Carter",
    "Phil",
    "he",
    "She",
    "said",
    "nodded",
    "the old woman",
    "'s",
    "in London",
    "I",
    "Torchwood",
    '"',
    "“",
    "”",
    "‘",
    "’",
    "—",
    "«",
    "»",
    "(",
    "…",
    ". ",
    ", ",
    "! ",
    "? ",
    "\n\n",
    "\r\n",
    "\n\n* * *\n\n",
    "😀",
    "\u00ad",
    "\n\nCHAPTER II\n\n",
    "thought",
    "Dear Anne,",
    "Yours, Phil",
]


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.sampled_from(PIECES), max_size=60).map(" ".join) | st.text(max_size=80))
def test_any_text_is_read_by_the_same_laws(content: str) -> None:
    story = read_text(Text.of(content))
    check(story)
    assert to_json(read_text(Text.of(content))) == to_json(story)
    assert from_json(to_json(story)) == story


def test_a_reading_is_written_with_its_layers() -> None:
    written = json.loads(to_json(read_text(Text.of(TOLD))))
    layers = "chapters paragraphs scenes characters entities mentions quotes events findings"
    assert {"schema", "text", *layers.split()} <= set(written)
    assert written["text"] == TOLD
    assert written["quotes"][0]["speaker"] == written["characters"][0]["id"]


def test_a_reading_is_one_pass(monkeypatch: pytest.MonkeyPatch) -> None:
    network = Counting(open_network(default_pack()))
    encoder = import_module("fabula.encode.encode")
    monkeypatch.setattr(encoder, "_OPENED", {})
    monkeypatch.setattr(encoder, "open_network", lambda pack: network)
    windows: list[Window] = []

    def cut(*words: Any, **room: int) -> list[Window]:
        windows.extend(made := cut_windows(*words, **room))
        return made

    monkeypatch.setattr(encoder, "cut_windows", cut)
    read_text(Text.of(TOLD * 9))
    assert network.windows == len(windows) > 2


def test_what_was_read_is_not_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    network = Counting(open_network(default_pack()))
    monkeypatch.setattr(import_module("fabula.encode.encode"), "_OPENED", {default_pack().digest: network})
    shelf = MemoryShelf()
    first = read_text(Text.of(TOLD), shelf=shelf)
    windows = network.windows
    assert to_json(read_text(Text.of(TOLD), shelf=shelf)) == to_json(first) == to_json(read_text(Text.of(TOLD)))
    assert network.windows == 2 * windows  # the last reading has no shelf


def test_a_reading_asks_no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a socket was opened")

    for name in ("socket", "create_connection", "getaddrinfo"):
        monkeypatch.setattr(socket, name, refuse)
    assert read_text(Text.of(TOLD)).quotes


def test_a_reading_changes_nothing_it_is_given() -> None:
    text = Text.of(TOLD)
    assert read_text(text).text is text


def test_a_reading_tells_how_far_it_is() -> None:
    heard: list[tuple[str, int, int]] = []
    read_text(Text.of(TOLD), progress=lambda *told: heard.append(told))
    assert heard
    assert all(stage and 0 <= done <= whole for stage, done, whole in heard)
