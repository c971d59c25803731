"""Who comes to know what: deeds seen, things told of, letters read; and facts in words that stand alone."""

from __future__ import annotations

import re

from fabula.encode import encode
from fabula.layers.state import State, trace_state
from fabula.models import default_pack
from fabula.segment import segment
from fabula.segment.wording import lay_out
from fabula.story import Character, Mention, Mode, Quote, Scene, Text

ANNE = Character(id="anne", name="Anne", pronouns="she/her")
MARY = Character(id="mary", name="Mary", pronouns="she/her")
PHIL = Character(id="phil", name="Phil", pronouns="he/him")
PEOPLE = (ANNE, MARY, PHIL)


def state_of(content: str, *said: tuple[str, str], mode: Mode = "spoken", letter: bool = False) -> State:
    """The state; `said`: speaker and hearer of its quotations, in order. A line of its own is a scene."""
    people = tuple(person for person in PEOPLE if person.name in content)
    mentions = [
        Mention(found.start(), found.end(), form="name", character=person.id)
        for person in people
        for found in re.finditer(person.name, content)
    ]
    quotes = tuple(
        Quote(found.start(), found.end(), id=f"q{at}", speaker=speaker, addressees=(hearer,), mode=mode, confidence=0.9)
        for at, (found, (speaker, hearer)) in enumerate(zip(re.finditer("“[^”]*”", content), said, strict=True))
    )
    wording = lay_out(segment(Text.of(content)))
    scenes = tuple(
        Scene(
            found.start(),
            found.end(),
            id=f"s{at}",
            order=at,
            present=() if letter else tuple(one.id for one in people if one.name in re.sub("“[^”]*”", "", found[0])),
            frame="letter" if letter else "main",
            teller="anne" if letter else None,
        )
        for at, found in enumerate(re.finditer(r"[^\n]+\n*", content), 1)
    )
    return trace_state(wording, encode(wording, default_pack()), people, sorted(mentions), quotes, scenes)


def known(state: State) -> set[tuple[str, str, str]]:
    """Who knows what and how, by the words of the fact."""
    text = {fact.id: fact.text for fact in state.facts}
    return {(row.who, row.how, text[row.fact]) for row in state.knowledge}


def texts(state: State) -> list[str]:
    return [fact.text for fact in state.facts if fact.kind == "said"]


def test_whoever_is_there_knows_what_one_did_to_another() -> None:
    state = state_of("Anne stood by the door. Mary came in and Phil struck Mary twice.")
    deed = next(fact for fact in state.facts if fact.kind == "deed" and "struck" in fact.text)
    assert deed.about == ("phil", "mary")
    assert {who for who, how, text in known(state) if text == deed.text} == {"anne", "mary", "phil"}


def test_a_deed_that_is_only_wished_or_denied_is_none() -> None:
    state = state_of("Anne stood by the door. Phil did not strike Mary. He would strike Mary one day.")
    assert [fact.text for fact in state.facts if fact.kind == "deed"] == ["Anne stood by the door."]


def test_she_who_is_told_in_the_narration_knows() -> None:
    state = state_of("Phil told Anne that Mary had sold the house.")
    assert ("anne", "told", "Mary had sold the house") in known(state)
    assert ("phil", "witnessed", "Mary had sold the house") in known(state)


def test_whoever_reads_what_is_written_knows_it() -> None:
    state = state_of(
        "Phil read the note. “Mary has sold the whole house.” Anne slept.", ("mary", "anne"), mode="written"
    )
    assert ("phil", "read", "Mary has sold the whole house.") in known(state)


def test_whoever_writes_a_letter_knows_what_it_tells() -> None:
    state = state_of("Phil has sold the house to Mary. Anne sends her love.", letter=True)
    assert ("anne", "witnessed") in {(who, how) for who, how, text in known(state) if "sold the house" in text}


def test_whoever_a_letter_greets_reads_what_it_tells() -> None:
    state = state_of("My dear Mary, it rains. Phil has sold the house to Anne.", letter=True)
    sold = {(who, how) for who, how, text in known(state) if "sold the house" in text}
    assert {("anne", "witnessed"), ("mary", "read")} <= sold


def test_a_fact_stands_in_words_that_stand_alone() -> None:
    state = state_of("“Well, I’m fine with it, Anne,” said Phil.", ("phil", "anne"))
    assert texts(state) == ["Phil is fine with it"]


def test_a_name_stands_once_and_then_a_pronoun() -> None:
    state = state_of("“Yes, I have it with me, Anne.” Phil sat down.", ("phil", "anne"))
    assert texts(state) == ["Phil has it with him."]


def test_what_asserts_nothing_is_no_fact() -> None:
    state = state_of("“Yeah, well, I have,” said Phil. Anne nodded.", ("phil", "anne"))
    assert texts(state) == []


def test_what_is_not_to_be_told_is_a_secret_with_who_keeps_it_from_whom() -> None:
    state = state_of(
        "“Phil has sold the house. Don’t tell Mary,” said Anne. Mary slept. Phil nodded.", ("anne", "phil")
    )
    (secret,) = state.secrets
    text = {fact.id: fact.text for fact in state.facts}
    assert text[secret.fact or ""] == "Phil has sold the house."
    assert (secret.keepers, secret.kept_from, secret.scene) == (("anne", "phil"), ("mary",), "s1")
    assert secret.out_scene is None


def test_a_secret_comes_out_where_it_is_learnt() -> None:
    first = "“Phil has sold the house. Mary must never know,” said Anne. Phil nodded.\n\n"
    state = state_of(first + "“Phil has sold the house,” said Anne. Mary wept.", ("anne", "phil"), ("anne", "mary"))
    assert [(one.kept_from, one.scene, one.out_scene) for one in state.secrets] == [(("mary",), "s1", "s2")]


def test_who_cannot_tell_and_who_is_asked_not_to_jest_keep_no_secret() -> None:
    state = state_of("“I can’t tell you, Phil. Don’t tell me that,” said Anne. Phil nodded.", ("anne", "phil"))
    assert state.secrets == ()


def test_who_asks_whether_somebody_has_told_speaks_of_no_secret() -> None:
    state = state_of("“Did Phil not tell Mary that the key was lost?” said Anne. Mary slept.", ("anne", "mary"))
    assert state.secrets == ()


def test_who_asks_why_he_was_not_told_speaks_of_one() -> None:
    state = state_of("“Why did Phil not tell Mary that the key was lost?” said Anne. Mary slept.", ("anne", "mary"))
    assert [(one.keepers, one.kept_from) for one in state.secrets] == [(("phil",), ("mary",))]


def test_what_the_narration_shows_is_known_to_those_who_are_there() -> None:
    state = state_of("Anne shut the window on the rain. Phil watched the street.\n\nMary slept until noon.")
    text = "Anne shut the window on the rain."
    assert {who for who, _, fact in known(state) if fact == text} == {"anne", "phil"}


def test_what_goes_on_in_somebody_is_known_to_nobody_else() -> None:
    state = state_of("Anne remembered the long road by the sea. Phil put down the lamp beside her.")
    assert {who for who, _, text in known(state) if text.startswith("Anne remembered")} == {"anne"}


def test_what_must_be_or_nobody_can_name_is_not_shown() -> None:
    state = state_of("Phil had to go before noon. It rained upon the roof all day. Anne shut the window.")
    assert [fact.text for fact in state.facts if fact.kind == "deed"] == ["Anne shut the window."]


def test_a_tag_of_speech_shows_nothing_but_going_off_does() -> None:
    state = state_of("“Mary has the letter,” said Anne to Phil. Phil went off along the bank.", ("anne", "phil"))
    assert [fact.text for fact in state.facts if fact.kind == "deed"] == ["Phil went off along the bank."]


def test_a_scrap_is_said_with_the_sentence_before_it() -> None:
    state = state_of("“Phil took the money. Two hundred pounds, in gold,” said Anne to Mary.", ("anne", "mary"))
    assert texts(state) == ["Phil took the money. Two hundred pounds, in gold"]


def test_a_scrap_by_itself_is_said_and_a_greeting_is_not() -> None:
    state = state_of("“Good morning,” said Anne. “Persephone,” said Phil.", ("anne", "phil"), ("phil", "anne"))
    assert texts(state) == ["Persephone"]
