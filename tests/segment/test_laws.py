"""What holds for every text whatever: the cuts join back, quotations nest, nothing takes longer than its length."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fabula.segment import Segments, segment
from fabula.story import Apart, Mark, Text

PIECES = [
    *"\"'“”‘’„«»‹›「」『』`´—–-_*#>.,!?;:…()[] \t\n\r\f\x0b\u2028\u2029\u0085\u00a0\u200b",
    "``", "''", '""', "--", "\r\n", "\n\n", "\n\n\n\n", "\n> ", "\n    ", "* * *", "# I", "\nCHAPTER I\n", "\nII.\n",
    "said", "he said", "John", "Mr.", "'tis", "the boys'", "goin'", "'em", "o'clock", "5'", '6" ', "thought", "wrote:",
    "Dear Ann,", "Yours ever,", "I", "you", "word", "Word", "é", "😀", "e\u0301", "\ud7ff", "\u00ad", "1", "U.S.",
]  # fmt: skip

texts = st.one_of(
    st.text(max_size=200),
    st.lists(st.sampled_from(PIECES), max_size=120).map("".join),
    st.lists(st.sampled_from(PIECES), max_size=120).map(" ".join),
)


@st.composite
def marked(draw: st.DrawFn) -> Text:
    """A text with marks and apart stretches anywhere in it."""
    content = draw(texts)
    places = st.integers(0, len(content))
    marks = []
    for kind in draw(st.lists(st.sampled_from(["heading", "break", "italic", "indented", "comment"]), max_size=4)):
        start, end = sorted((draw(places), draw(places)))
        marks.append(Mark(start, end, kind=kind, level=draw(st.integers(0, 3))))
    cuts = sorted(draw(st.lists(places, max_size=4)))
    apart = [Apart(a, b, kind="front") for a, b in zip(cuts[::2], cuts[1::2], strict=False)]
    return Text.of(content, marks=sorted(marks), apart=apart)


def check(text: Text, cut: Segments) -> None:
    for tiles in (cut.chapters, cut.paragraphs, cut.sentences):
        assert "".join(text[tile] for tile in tiles) == text.content
        assert all(a.end == b.start for a, b in pairwise(tiles))
    ends = {paragraph.end for paragraph in cut.paragraphs}
    for paragraph in cut.paragraphs:
        body = text.content[paragraph.start : paragraph.body]
        assert paragraph.start <= paragraph.body <= paragraph.end
        assert body == body.rstrip()
        assert not text.content[paragraph.body : paragraph.end].strip()
    assert ends <= {sentence.end for sentence in cut.sentences}
    assert {chapter.end for chapter in cut.chapters} <= ends | {0}
    at = 0
    for word in cut.words:
        assert not text.content[at : word.start].strip()
        assert word.end > word.start
        assert not any(map(str.isspace, text[word]))
        at = word.end
    assert not text.content[at:].strip()
    check_quotations(cut)
    assert set(cut.breaks) <= {paragraph.start for paragraph in cut.paragraphs}


def check_quotations(cut: Segments) -> None:
    open_ends: list[int] = []
    last = (-1, 0)
    for quotation in cut.quotations:
        assert (quotation.start, -quotation.end) > last
        last = (quotation.start, -quotation.end)
        while open_ends and open_ends[-1] <= quotation.start:
            open_ends.pop()
        assert not open_ends or quotation.end <= open_ends[-1]
        assert quotation.depth == len(open_ends)
        open_ends.append(quotation.end)
        paragraph = cut.paragraphs[cut.paragraph_at(quotation.start)]
        assert paragraph.start <= quotation.start < quotation.end <= paragraph.body


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(marked())
def test_every_cut_joins_back(text: Text) -> None:
    cut = segment(text)
    check(text, cut)
    assert segment(text) == cut


HARD = {
    "one line": "word " * 200_000,
    "one word": "w" * 1_000_000,
    "marks only": '"' * 1_000_000,
    "apostrophes only": "'" * 1_000_000,
    "openings only": "“" * 200_000,
    "spaced marks": '" ' * 100_000,
    "openings and words": "“a " * 100_000,
    "openings in paragraphs": '"a\n\n' * 50_000,
    "singles in a line": "'a b' c' " * 50_000,
    "dashes": "—a, " * 100_000,
    "dash paragraphs": "—a, he said.\n" * 30_000,
    "stops": ". " * 300_000,
    "white space": " " * 1_000_000,
    "blank lines": "\n" * 300_000,
    "italics": "_" * 200_000,
    "stars": "*" * 200_000,
    "stars and words": "*a b " * 60_000,
    "unmarked speech": "Go on, he said. " * 40_000,
    "unmarked paragraphs": "Go on! he said.\n\n" * 20_000,
    "a dash and stops": "—a, he said. " * 3 + "Bb was. " * 50_000,
    "capitals": "A B " * 100_000,
    "headings": "CHAPTER I\n\n" * 20_000,
    "numerals": "I\n\n" * 50_000,
    "letters": "Dear Ann,\n\n" * 30_000,
    "hyphens": "a-" * 200_000,
    "tags": "a, he thought " * 40_000,
    "quoted lines": "> a\n" * 50_000,
}


@pytest.mark.parametrize("name", HARD)
def test_time_grows_with_length_alone(name: str) -> None:
    text = Text.of(HARD[name])
    begun = time.perf_counter()
    segment(text)
    assert time.perf_counter() - begun < 20


@pytest.mark.parametrize(
    "name", ["spaced marks", "openings and words", "singles in a line", "dashes", "tags", "italics"]
)
def test_twice_the_length_takes_about_twice_the_time(name: str) -> None:
    def seconds(content: str) -> float:
        begun = time.perf_counter()
        segment(Text.of(content))
        return time.perf_counter() - begun

    half = HARD[name][: len(HARD[name]) // 4]
    assert seconds(half * 2) < 5 * seconds(half) + 0.2
