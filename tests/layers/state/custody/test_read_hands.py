"""What is read of who has a thing is heard where no rule says who does."""

from __future__ import annotations

from fabula.layers.state.custody.by_reading import of_reading
from fabula.layers.state.custody.steps import Handing
from fabula.layers.state.custody.things import Thing, Things
from fabula.layers.state.reading import Claims, HandClaim
from fabula.story import Span

RING = Thing(noun="ring", words=[4, 40], marks=set(), owners=set(), names={"ring": 2})
THINGS = Things([RING], {4: RING, 40: RING})


def claim(who: str, probability: float, *, deed: str = "has", first: int = 0) -> HandClaim:
    return HandClaim(
        who=who,
        thing=0,
        deed=deed,
        probability=probability,
        first=first,
        stop=first + 30,
        at=first + 4,
        evidence=Span(first, first + 9),
    )


def told(at: int, sure: float = 0.75) -> Handing:
    return Handing(thing=RING, at=at, holder="c2", how="taken", sure=sure, over=False, evidence=Span(at, at + 3))


def test_what_is_surely_read_is_heard_and_takes_a_thing_from_nobody() -> None:
    claims = Claims(hands=(claim("c1", 0.95),))
    assert [(one.holder, one.at, one.weak) for one in of_reading(claims, THINGS, [])] == [("c1", 4, True)]


def test_what_is_doubtful_or_another_deed_is_not_heard() -> None:
    claims = Claims(hands=(claim("c1", 0.6), claim("c2", 0.99, deed="hides")))
    assert not list(of_reading(claims, THINGS, []))


def test_where_the_words_say_who_has_it_the_reading_is_silent() -> None:
    claims = Claims(hands=(claim("c1", 0.95), claim("c1", 0.95, first=30)))
    assert [one.at for one in of_reading(claims, THINGS, [told(12)])] == [34]


def test_a_thing_only_called_his_does_not_silence_the_reading() -> None:
    claims = Claims(hands=(claim("c1", 0.95),))
    assert list(of_reading(claims, THINGS, [told(12, sure=0.4)]))
