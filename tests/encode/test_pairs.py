"""What the words say of a pair, column by column, worked out by hand."""

from __future__ import annotations

import numpy as np
import pytest

from fabula.encode.pairs import (
    LINK_FEATURES,
    VOICE_FEATURES,
    Places,
    bare_words,
    link_features,
    numbered,
    place_mentions,
    place_spans,
    stands_for_no_name,
    voice_features,
)
from fabula.segment import segment
from fabula.segment.wording import lay_out
from fabula.story import Span, Text

STEPS = 11


def places(*spans: tuple[int, int], speech: int = -1, paragraph: int = 0) -> Places:
    """Stretches of words that are all different."""
    forms = [f"w{number}" for number in range(20_000)]
    return place_mentions(forms, spans, [speech] * len(forms), [paragraph] * len(forms))


def told(features: np.ndarray) -> set[int]:
    """The columns that are 1; the others are 0."""
    assert set(np.unique(features)) <= {0.0, 1.0}
    return set(np.flatnonzero(features).tolist())


@pytest.mark.parametrize(
    ("words", "step"), [(0, 0), (1, 1), (2, 1), (3, 2), (6, 2), (7, 3), (511, 9), (1023, 10), (9_000, 10)]
)
def test_distance_goes_in_steps_each_twice_the_last(words: int, step: int) -> None:
    columns = told(link_features(places((500 + words, 501 + words)), places((499, 500)))[0, 0])
    assert {column for column in columns if column < STEPS} == {step}


SAME, TAIL, INSIDE, NEXT, LATER_SPOKEN, EARLIER_SPOKEN, SAME_SPEECH = range(STEPS, STEPS + 7)

#         0      1      2      3      4     5    6      7     8     9      10     11
FORMS = ["Anne", "Lee", "saw", "the", "old", "Lee", ",", "who", "saw", "Miss", "Anne", "Lee"]


@pytest.mark.parametrize(
    ("earlier", "later", "columns"),
    [
        ((0, 1), (9, 11), {3, SAME, TAIL}),  # Anne Lee … Miss Anne Lee, eight words on
        ((0, 1), (3, 5), {1, TAIL}),  # Anne Lee … the old Lee, two words on
        ((3, 5), (5, 5), {0, TAIL, INSIDE}),
        ((0, 1), (10, 10), {3}),
        ((1, 1), (2, 2), {1, NEXT}),
        ((2, 2), (8, 8), {2, SAME, TAIL}),
    ],
)
def test_what_two_mentions_share(earlier: tuple[int, int], later: tuple[int, int], columns: set[int]) -> None:
    nowhere = [-1] * len(FORMS)
    laid = place_mentions(FORMS, [earlier, later], nowhere, [0] * len(FORMS))
    features = link_features(laid.some(np.array([1])), laid.some(np.array([0])))
    assert features.shape == (1, 1, LINK_FEATURES)
    assert told(features[0, 0]) == columns


@pytest.mark.parametrize(
    ("earlier", "later", "columns"),
    [
        (-1, -1, set()),
        (-1, 4, {LATER_SPOKEN}),
        (4, -1, {EARLIER_SPOKEN}),
        (4, 5, {LATER_SPOKEN, EARLIER_SPOKEN}),
        (4, 4, {LATER_SPOKEN, EARLIER_SPOKEN, SAME_SPEECH}),
    ],
)
def test_which_of_two_mentions_are_spoken(earlier: int, later: int, columns: set[int]) -> None:
    features = link_features(places((90, 90), speech=later), places((50, 50), speech=earlier))
    assert {column for column in told(features[0, 0]) if column >= LATER_SPOKEN} == columns


def test_each_later_mention_is_beside_each_earlier() -> None:
    later, earlier = places((40, 40), (60, 60)), places((10, 10), (20, 20), (30, 30))
    features = link_features(later, earlier)
    assert features.shape == (2, 3, LINK_FEATURES)
    for n in range(2):
        for m in range(3):
            pair = link_features(later.some(slice(n, n + 1)), earlier.some(slice(m, m + 1)))
            assert (features[n, m] == pair[0, 0]).all()


BESIDE, PARAGRAPH, KIND = STEPS, 2 * STEPS + 2, 2 * STEPS + 5


@pytest.mark.parametrize(
    ("mention", "columns"),
    [
        ((100, 100), {0}),  # in the speech: words 100 to 109
        ((96, 97), {2}),  # three words before
        ((99, 99), {1}),
        ((110, 110), {BESIDE + 1}),
        ((116, 118), {BESIDE + 3}),  # seven behind
        ((9_000, 9_000), {BESIDE + 10}),
    ],
)
def test_how_far_a_mention_is_from_a_speech(mention: tuple[int, int], columns: set[int]) -> None:
    features = voice_features(places((100, 109)), places(mention))
    assert features.shape == (1, 1, VOICE_FEATURES)
    assert {column for column in told(features[0, 0]) if column < 2 * STEPS} == columns


@pytest.mark.parametrize(("paragraph", "off"), [(0, -2), (5, -2), (6, -1), (7, 0), (8, 1), (9, 2), (40, 2)])
def test_paragraphs_between_a_speech_and_a_mention(paragraph: int, off: int) -> None:
    features = voice_features(places((100, 109), paragraph=7), places((50, 50), paragraph=paragraph))
    assert {column for column in told(features[0, 0]) if 2 * STEPS <= column < KIND} == {PARAGRAPH + off}


@pytest.mark.parametrize(("speech", "column"), [(3, KIND), (4, KIND + 1), (-1, KIND + 2)])
def test_mention_in_this_speech_in_another_or_in_the_narration(speech: int, column: int) -> None:
    features = voice_features(places((100, 109), speech=3), places((50, 50), speech=speech))
    assert {c for c in told(features[0, 0]) if c >= KIND} == {column}


def test_no_pair_has_no_features() -> None:
    nobody = places()
    assert link_features(nobody, places((1, 1))).shape == (0, 1, LINK_FEATURES)
    assert voice_features(places((1, 1)), nobody).shape == (1, 0, VOICE_FEATURES)


@pytest.mark.parametrize(
    ("words", "bare"),
    [
        ("The Old Man", ("old", "man")),
        ("Mrs. Hale", ("hale",)),
        ("his", ("his",)),  # nothing else is left
        ("Anne 's brother", ("anne", "brother")),
    ],
)
def test_articles_and_titles_are_not_compared(words: str, bare: tuple[str, ...]) -> None:
    assert bare_words(words.split()) == bare


def test_the_same_words_have_the_same_number() -> None:
    assert numbered([("a",), ("b",), ("a",), ()]).tolist() == [0, 1, 0, 2]


@pytest.mark.parametrize(
    ("words", "whether"), [("I", True), ("Herself", True), ("Anne", False), ("her brother", False), ("", False)]
)
def test_pronouns_stand_for_no_name(words: str, whether: bool) -> None:
    assert stands_for_no_name(words.split()) is whether


def test_places_in_a_text_are_laid_out_by_its_words() -> None:
    text = Text.of("Anne came in.\n\n“Mr. Hale is late,” said Anne.")
    wording = lay_out(segment(text))
    spans = [Span(text.content.find(words), text.content.find(words) + len(words)) for words in ("Anne", "Mr. Hale")]
    last = Span(text.content.rfind("Anne"), len(text.content) - 1)
    laid = place_spans(wording, [*spans, last])
    assert [wording.forms[at] for at in laid.first] == ["Anne", "Mr.", "Anne"]
    assert [wording.forms[at] for at in laid.last] == ["Anne", "Hale", "Anne"]
    assert laid.whole[0] == laid.whole[2] != laid.whole[1]
    assert laid.speech.tolist() == [-1, 0, -1]
    assert laid.paragraph[0] < laid.paragraph[1] == laid.paragraph[2]


def test_a_place_of_no_word_is_laid_at_the_word_behind_it() -> None:
    text = Text.of("Anne  ran.")
    laid = place_spans(lay_out(segment(text)), [Span(4, 6), Span(10, 10)])
    assert laid.first.tolist() == laid.last.tolist() == [1, 2]
