"""What is asked of a stretch of text, and what is made of the answers; the network is one that says what it is told."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from fabula.encode import Answer, Question
from fabula.encode.claims import CUES, cue_of, steps_away
from fabula.layers.state.reading import Claims, ThingMention, TieClaim, read_claims
from fabula.layers.state.reading.claims import noisy_or
from fabula.segment import segment
from fabula.segment.wording import Wording, lay_out
from fabula.story import Mention, Span, Text
from tests.encode.tiny import LABELS, blank_encoding

YES, NO = 4.0, -4.0


class Told:
    """A network that gives one answer to everything and remembers what it was asked."""

    def __init__(self, *, dead: float = NO, tie: float = NO, hand: float = NO, loud: str = "") -> None:
        self.dead, self.tie, self.hand, self.loud = dead, tie, hand, loud
        self.asked: list[Question] = []

    def claim(self, question: Question) -> Answer:
        self.asked.append(question)
        weight = np.array([1.0 + 9 * (form == self.loud) for form in question.forms], np.float32)
        weight /= weight.sum()
        people, pairs, hands = len(question.people), len(question.pairs), len(question.hands)
        return Answer(
            np.full((people, 2), self.dead, np.float32),
            np.full((pairs, len(LABELS.ties) + 1), self.tie, np.float32),
            np.full((hands, len(LABELS.deeds)), self.hand, np.float32),
            *(np.tile(weight, (number, 1)) for number in (people, pairs, hands)),
        )


def read(content: str, network: Told, *, people: str = "Ann Tom", thing: str = "key") -> tuple[Wording, Claims]:
    wording = lay_out(segment(Text.of(content)))
    mentions = [
        Mention(wording.starts[at], wording.ends[at], form="name", type="PER", character=form)
        for at, form in enumerate(wording.forms)
        if form in people.split()
    ]
    things = [ThingMention(at, at + 1, 7) for at, form in enumerate(wording.forms) if form == thing]
    return wording, read_claims(wording, blank_encoding(len(wording)), network, mentions, things)  # type: ignore[arg-type]


def test_each_person_of_a_stretch_is_asked_after() -> None:
    network = Told(dead=YES)
    wording, claims = read("Ann wept. Tom was gone.", network)
    assert [claim.who for claim in claims.deaths] == ["Ann", "Tom"]
    assert all(claim.probability > 0.9 for claim in claims.deaths)
    assert network.asked[0].role.tolist() == [1 if form in ("Ann", "Tom") else 0 for form in wording.forms]


def test_the_sentence_that_weighs_most_of_those_they_are_met_in_is_the_evidence() -> None:
    wording, claims = read("Ann wept. Tom saw Ann. Tom was gone. It rained hard.", Told(loud="gone"))
    shown = {claim.who: wording.segments.text[claim.evidence] for claim in claims.deaths}
    assert shown == {"Ann": "Tom saw Ann.", "Tom": "Tom was gone."}
    assert {wording.forms[claim.at] for claim in claims.deaths if claim.who == "Tom"} == {"gone"}


def test_what_is_unlikely_is_no_tie_but_was_asked() -> None:
    _, claims = read("Ann met Tom.", Told(tie=-9))
    assert claims.ties == ()
    assert claims.asked == {("Ann", "Tom"), ("Tom", "Ann")}


def test_both_are_asked_what_they_are_to_each_other() -> None:
    _, claims = read("Ann met Tom.", Told(tie=YES))
    assert {(c.a, c.b, c.kind) for c in claims.ties} == {
        (a, b, kind) for a, b in (("Ann", "Tom"), ("Tom", "Ann")) for kind in LABELS.ties
    }


def test_things_keep_their_number() -> None:
    _, claims = read("Ann took the key.", Told(hand=YES))
    assert {(c.who, c.thing, c.deed) for c in claims.hands} == {("Ann", 7, deed) for deed in LABELS.deeds}


def test_nobody_met_nothing_asked() -> None:
    network = Told(dead=YES)
    _, claims = read("It rained on the key.", network)
    assert claims == Claims()
    assert not network.asked


def test_people_far_apart_are_not_asked_about_together() -> None:
    _, claims = read("Ann sang. " + "It rained and rained. " * 20 + "Tom slept.", Told(tie=YES))
    assert not claims.asked


def test_stretches_hold_every_word_and_overlap() -> None:
    network = Told()
    paragraphs = ["Ann looked at the sea and said that it was as grey as a slate today. " * 2] * 30
    wording, claims = read("\n\n".join(paragraphs), network)
    held = {at for claim in claims.deaths for at in range(claim.first, claim.stop)}
    assert held == set(range(len(wording)))
    starts = sorted({(claim.first, claim.stop) for claim in claims.deaths})
    assert all(after[0] < before[1] for before, after in pairwise(starts))
    assert max(stop - first for first, stop in starts) <= 160


def test_one_endless_paragraph_is_cut_between_sentences() -> None:
    network = Told()
    wording, _ = read("Ann looked at the grey sea and sighed. " * 100, network)
    assert max(len(question.forms) for question in network.asked) <= 160
    assert all(question.forms[-1] == "." for question in network.asked)
    assert len(wording) > 600


def test_steps_grow_with_the_distance() -> None:
    assert steps_away(np.array([-40, -1, 0, 1, 2, 4, 400])).tolist() == [0, 6, 7, 8, 9, 10, 14]


@pytest.mark.parametrize(
    ("word", "cue"), [("Sisters", "sibling"), ("widow", "spouse"), ("table", ""), ("boss", "boss")]
)
def test_a_noun_of_kin_or_office_is_a_cue(word: str, cue: str) -> None:
    assert CUES[cue_of(word)] == cue


def test_two_stretches_make_surer_than_one() -> None:
    assert noisy_or([0.5, 0.5]) == pytest.approx(0.75)
    assert noisy_or([]) == 0


def test_claims_answer_for_a_place() -> None:
    _, claims = read("Ann wept.", Told(dead=YES))
    assert claims.dead("Ann") > 0.9
    assert claims.dead("Ann", first=50) == 0
    tie = TieClaim(a="a", b="b", kind="boss", probability=0.4, first=0, stop=9, at=1, evidence=Span(0, 5))
    assert Claims(ties=(tie, tie)).tied("a", "b", "boss") == pytest.approx(0.64)
