"""M2 and M3: every way to be right and wrong about a speaker, by hand."""

from __future__ import annotations

import pytest
from by_hand import novel, people, place, quotes_at, story

from benchmarks.metrics.shares import Share
from benchmarks.metrics.speakers import Outcome, judge_speakers, measure_speakers
from fabula.story import Span

GOLD_CAST = people(g1="Anna Karenina, Anna", g2="Vronsky")
CAST = people(c1="Anna", c2="Vronsky", c3="Kitty")


def outcomes(guessed: str, gold: str = 'Anna: [g1|"It is snowing."]') -> list[Outcome]:
    verdicts = judge_speakers(story(guessed, CAST), novel(story(gold, GOLD_CAST)))
    return [verdict.outcome for verdict in verdicts]


@pytest.mark.parametrize(
    ("guessed", "outcome"),
    [
        ('Anna: [c1|"It is snowing."]', "right"),
        ('Anna: [c2|"It is snowing."]', "other"),
        ('Anna: [c3|"It is snowing."]', "unmapped"),
        ('Anna: [?|"It is snowing."]', "unknown"),
        ('Anna: "It is snowing."', "not found"),
        ('[c1|Anna]: "It is snowing."', "not found"),
        ('Anna: [c1|"It is s]nowing."', "right"),
        ('Anna: [c1|"It is ]snowing."', "not found"),
    ],
)
def test_each_outcome(guessed: str, outcome: Outcome) -> None:
    assert outcomes(guessed) == [outcome]


def test_coverage_of_49_and_51_in_a_hundred() -> None:
    text = story("x" * 300, GOLD_CAST)
    gold = novel(quotes_at(text, (Span(100, 200), "g1")))
    guess = story("x" * 300, CAST)
    for end, outcome in ((149, "not found"), (151, "right")):
        (verdict,) = judge_speakers(quotes_at(guess, (Span(100, end), "c1")), gold)
        assert verdict.outcome == outcome


def test_the_best_overlapping_decides_not_the_first_right_one() -> None:
    assert outcomes('Anna: [c1|"It] [c2|is snowing."]') == ["other"]


def test_nested_quotation_is_met_by_the_inner_one() -> None:
    gold = story("[g1|\"He said, ][g2|'Never!'][g1| to me.\"]", GOLD_CAST)
    guess = story("[c1|\"He said, [c2|'Never!'] to me.\"]", CAST)
    assert [v.outcome for v in judge_speakers(guess, novel(gold))] == ["right", "right", "right"]


def test_one_long_find_serves_two_known_pieces() -> None:
    gold = story('"[g1|It is]" she said "[g1|snowing.]"', GOLD_CAST)
    guess = story('[c1|"It is" she said "snowing."]', CAST)
    assert measure_speakers(guess, novel(gold)).all == Share(2, 2)


def test_who_the_corpus_does_not_name_nobody_gets_right() -> None:
    gold = novel(story('[?|"Hush!"]', GOLD_CAST))
    for guess in ('[c1|"Hush!"]', '[?|"Hush!"]', '"Hush!"'):
        result = measure_speakers(story(guess, CAST), gold)
        assert (result.all, result.outcomes) == (Share(0, 1), {"unanswerable": 1})


def test_underscore_speaker_is_never_right() -> None:
    gold = novel(story('[g1|"Hush!"]', people(g1="_group")))
    assert measure_speakers(story('[c1|"Hush!"]', people(c1="_group")), gold).all == Share(0, 1)


def test_shares_by_type() -> None:
    gold = story('[g1|"One."] [g2|"Two."] [g2|"Three."]', GOLD_CAST)
    guess = story('[c1|"One."] [c1|"Two."] [c2|"Three."]', CAST)
    result = measure_speakers(guess, novel(gold, types={"q2": "Implicit", "q3": "Implicit"}))
    assert result.all == Share(2, 3)
    assert result.by_type == {"Explicit": Share(1, 1), "Implicit": Share(1, 2)}


def test_confidence_bins_and_reliability() -> None:
    gold = story('[g1|"One."] [g1|"Two."] [g1|"Three."] [g1|"Four."] [g1|"Five."]', GOLD_CAST)
    guess = story('[c1@0.9|"One."] [c2@0.95|"Two."] [c1@1.0|"Three."] [c1@0.3|"Four."] [?@0.99|"Five."]', CAST)
    result = measure_speakers(guess, novel(gold))
    assert result.sure == Share(2, 3)
    assert result.sure_of == Share(3, 5)
    assert [(b.right, b.total) for b in result.bins] == [(0, 0)] * 3 + [(1, 1)] + [(0, 0)] * 5 + [(2, 3)]
    assert result.calibration_error == pytest.approx((0.7 + (2.85 - 2)) / 4)


def test_verdict_names_who_was_said() -> None:
    guess = story('[c2|"Go."]', CAST)
    (verdict,) = judge_speakers(guess, novel(story('[g1|"Go."]', GOLD_CAST)))
    assert verdict.said == "g2"
    assert verdict.gold.span == place(guess, '"Go."')
