"""Whom "she", "you" and "the old man" mean: each case in a line or two, as a reader would decide it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import msgspec
import pytest

from fabula.layers.resolve import resolve_mentions
from fabula.segment import segment
from fabula.segment.wording import Wording, lay_out
from fabula.story import Character, Mention, Quote, Text

PRONOUNS = frozenset(
    "i me my mine myself you your yours he him his himself she her hers herself they them their themself we us xe xem "
    "xyr thou".split()
)
HE, SHE, THEY = "he/him", "she/her", "they/them"
CAST: dict[str, str | None] = {
    "Anne": SHE,
    "Mary": SHE,
    "Mrs. Bennet": SHE,
    "Elizabeth Bennet": SHE,
    "Jane Bennet": SHE,
    "Aunt Juley": SHE,
    "Phil": HE,
    "Tom": HE,
    "Mr. Bennet": HE,
    "Colonel Brandon": HE,
    "Robin": THEY,
    "Ash": "xe/xem",
    "Gwennan": None,
    "Henry": None,
}


class Marked(NamedTuple):
    """A text with its mentions, and whom each open one should mean ("": nobody)."""

    wording: Wording
    characters: tuple[Character, ...]
    mentions: tuple[Mention, ...]
    quotes: tuple[Quote, ...]
    wanted: tuple[str | None, ...]


def mark(marked: str, said: Sequence[tuple[str, str]] = (), *, narrator: str = "") -> Marked:
    """Read "[Anne] lost [[her|Anne] hat]": a bare name is tied, what stands behind "|" is wanted of an open mention.

    `said`: for each quotation in order its speaker and hearer, "" for unknown.
    """
    content, found, opened = "", [], []
    pieces = iter(marked)
    for letter in pieces:
        if letter == "[":
            opened.append([len(content), None])
        elif letter == "|":
            wanted = ""
            while (letter := next(pieces)) != "]":
                wanted += letter
            found.append((opened.pop()[0], len(content), wanted))
        elif letter == "]":
            found.append((opened.pop()[0], len(content), None))
        else:
            content += letter
    ids = {name: f"c{n}" for n, name in enumerate(CAST, start=1)}
    found.sort(key=lambda m: (m[0], -m[1]))
    mentions = tuple(_mention(content, start, end, wanted, ids) for start, end, wanted in found)
    wording = lay_out(segment(Text.of(content)))
    return Marked(
        wording, _characters(ids, narrator), mentions, _quotes(wording, said, ids), tuple(w for *_, w in found)
    )


def _mention(content: str, start: int, end: int, wanted: str | None, ids: Mapping[str, str]) -> Mention:
    words = content[start:end]
    if wanted is None:
        return Mention(start, end, form="name", character=ids[words])
    return Mention(start, end, form="pronoun" if words.lower() in PRONOUNS else "nominal")


def _characters(ids: Mapping[str, str], narrator: str) -> tuple[Character, ...]:
    return tuple(Character(id=ids[n], name=n, pronouns=p, narrator=n == narrator) for n, p in CAST.items())


def _quotes(wording: Wording, said: Sequence[tuple[str, str]], ids: Mapping[str, str]) -> tuple[Quote, ...]:
    quotations = wording.segments.quotations
    pairs = [*said, *[("", "")] * len(quotations)]
    return tuple(
        Quote(
            q.start,
            q.end,
            id=f"q{n}",
            speaker=ids.get(speaker),
            addressees=(ids[hearer],) if hearer else (),
            depth=q.depth,
            confidence=0.9 if speaker else 0.0,
        )
        for n, (q, (speaker, hearer)) in enumerate(zip(quotations, pairs, strict=False), start=1)
    )


def resolve(case: Marked) -> tuple[Mention, ...]:
    return resolve_mentions(case.wording, case.characters, case.mentions, case.quotes)


def check(case: Marked) -> None:
    names = {c.id: c.name for c in case.characters}
    text = case.wording.segments.text
    found = [(text[m], names.get(m.character or "", "")) for m in resolve(case)]
    meant = [
        (text[m], names[m.character] if m.character else wanted)
        for m, wanted in zip(case.mentions, case.wanted, strict=True)
    ]
    assert found == meant


NARRATION = {
    "the last of the gender": "[Anne] met [Phil]. [She|Anne] smiled.",
    "gender decides over nearness": "[Anne] saw [Phil] by the door, and [she|Anne] waved to [him|Phil].",
    "a possessive goes with the subject": "[Anne] put down [her|Anne] hat.",
    "the subject stays the subject": "[Anne] watched [Mary]. [She|Anne] was tired.",
    "her is an object before a function word": "[Phil] told [her|] that it rained.",
    "subject and object are two people": "[Tom] came in.\n\n[Phil] looked at [him|Tom].",
    "a reflexive is the subject": "[Tom] came in. [Phil] hurt [himself|Phil].",
    "around may point back": "[Phil] looked around [him|Phil].",
    "several pronouns in a row": "[Anne] sat. [She|Anne] sighed, and [her|Anne] hands shook; [she|Anne] slept.",
    "nobody of that gender": "[Anne] sat there. [He|] came in.",
    "they is not one she": "[Anne] and [Mary] sat. [They|] laughed.",
    "they is one whose pronoun it is": "[Robin] sat down. [They|Robin] laughed.",
    "a new pronoun": "[Ash] sat down. [Xe|Ash] laughed, and [xyr|Ash] hands shook.",
    "a first name suggests": "[Henry] sat down. [He|Henry] laughed.",
    "a name that tells nothing fits": "[Gwennan] sat down. [She|Gwennan] laughed.",
    "her name was": "[Phil] saw a child. [Her|Mary] name was [Mary]. [She|Mary] cried.",
    "we stay open": "[Anne] laughed. [We|] all did.",
    "I without a narrator": "[Anne] laughed, and [I|] did.",
    "you of the narration": "[You|] may laugh, but [Anne] did not.",
    "a nameless woman is in the way": "[Anne] went home. [A waitress|] slept there. [She|] snored.",
}


@pytest.mark.parametrize("marked", NARRATION.values(), ids=NARRATION.keys())
def test_narration(marked: str) -> None:
    check(mark(marked))


SPEECH = {
    "I am the speaker": ('"[I|Anne] am late," said [Anne].', [("Anne", "Phil")]),
    "my and myself too": ('"[My|Anne] hat! [I|Anne] lost it [myself|Anne]."', [("Anne", "Phil")]),
    "you are the hearer": ('"[You|Phil] are late," said [Anne].', [("Anne", "Phil")]),
    "thou too": ('"[Thou|Phil] art late," said [Anne].', [("Anne", "Phil")]),
    "an unknown speaker": ('"[I|] am late."', [("", "")]),
    "the last other speaker hears": ('"So."\n\n"Are [you|Anne] ill?"', [("Anne", ""), ("Phil", "")]),
    "we stay open in speech": ('"[We|] are late," said [Anne].', [("Anne", "Phil")]),
    "he is neither of the two": (
        '[Tom] slept. "[He|Tom] snores," said [Phil].',
        [("Phil", "Anne")],
    ),
    "she is not the hearer": (
        '[Mary] slept.\n\n"[She|Mary] snores."',
        [("Phil", "Anne")],
    ),
    "who was named in the speech": (
        '"[Tom] is ill. [He|Tom] coughs."',
        [("Phil", "Anne")],
    ),
    "who was named in the answer": (
        '"Have you seen [Tom]?"\n\n"[He|Tom] is ill."',
        [("Phil", "Anne"), ("Anne", "Phil")],
    ),
    "my dear is the hearer": ('"Sit down, [my dear|Anne]," he said.', [("Phil", "Anne")]),
    "my boy is no woman": ('"Sit down, [my boy|]," he said.', [("Phil", "Anne")]),
    "the tag's subject is the speaker": ('[Phil] and [Tom] ate. "So," [he|Tom] said.', [("Tom", "Phil")]),
}


@pytest.mark.parametrize(("marked", "said"), SPEECH.values(), ids=SPEECH.keys())
def test_speech(marked: str, said: list[tuple[str, str]]) -> None:
    check(mark(marked, said))


DESCRIPTIONS = {
    "a name right behind": "[Anne] came with [[her|Anne] sister|Mary] [Mary].",
    "a name behind a comma": "[Anne] came with [[her|Anne] aunt|Mary], [Mary].",
    "a name before": "[Mary], [the old lady|Mary], slept.",
    "not the members of a list": "[Phil] saw [the waiter|], [Tom], and a dog.",
    "a tie once said holds": "[Anne] met [[her|Anne] nurse|Mary], [Mary]. [Phil] slept. [[Anne]'s nurse|Mary] snored.",
    "a tie said later holds before": "[[Anne]'s nurse|Mary] slept. [Anne] met [[her|Anne] nurse|Mary], [Mary].",
    "and it holds both ways": "[Phil] came with [[his|Phil] wife|Anne], [Anne]. [[Anne]'s husband|Phil] slept.",
    "the one aunt of the story": "[Phil] wrote to [[his|Phil] aunt|Aunt Juley].",
    "the Mr. to her Mrs.": "[Mrs. Bennet] spoke to [[her|Mrs. Bennet] husband|Mr. Bennet].",
    "the Mrs. of her name": "[Jane Bennet] wrote to [[her|Jane Bennet] mother|Mrs. Bennet].",
    "one of the name in mind": (
        "[Jane Bennet] left. [Elizabeth Bennet] missed [[her|Elizabeth Bennet] sister|Jane Bennet]."
    ),
    "the one with the title": "[Anne] waited for [the colonel|Colonel Brandon].",
    "the other man": "[Phil] met [Tom]. [Phil] watched [the other man|Tom].",
    "a man is somebody new": "[Phil] slept. [A man|] came in.",
    "several are nobody in mind": "[Anne] saw [the men|].",
    "a predicate is nobody new": "[Anne] slept. [Mary] was [a good girl|]. [She|Mary] smiled.",
}


@pytest.mark.parametrize("marked", DESCRIPTIONS.values(), ids=DESCRIPTIONS.keys())
def test_descriptions(marked: str) -> None:
    check(mark(marked))


def test_the_narrator_is_i_outside_speech() -> None:
    check(mark('[I|Phil] came home. "[I|Anne] am ill," said [Anne].', [("Anne", "Phil")], narrator="Phil"))


def test_before_anybody_is_known_to_speak_no_narrator_speaks() -> None:
    case = mark('[I|Phil] came home. "[I|] am ill," said [Anne].', narrator="Phil")
    check(case._replace(quotes=()))


def test_the_narrator_is_no_he() -> None:
    check(mark("[Tom] called [Phil]. [He|Tom] laughed.", narrator="Phil"))


def test_a_new_chapter_forgets_the_nameless() -> None:
    check(mark("CHAPTER I\n\n[Anne] met [a nun|].\n\nCHAPTER II\n\n[She|Anne] slept."))


def test_mamma_in_the_mouth_of_a_daughter() -> None:
    case = mark('"[Mamma|Mrs. Bennet] is ill," said [Jane Bennet].', [("Jane Bennet", "Anne")])
    check(case)


def test_only_character_and_confidence_change() -> None:
    case = mark("[Anne] met [Phil]. [She|Anne] smiled at [them|].")
    bare = [msgspec.structs.replace(m, character=None, confidence=1.0) for m in resolve(case)]
    assert bare == [msgspec.structs.replace(m, character=None, confidence=1.0) for m in case.mentions]


def test_tied_mentions_are_left_alone() -> None:
    case = mark("[Anne] met [Phil]. [She|Anne] smiled.")
    assert resolve(case)[:2] == case.mentions[:2]


def test_confidence_is_a_probability_and_nothing_for_nobody() -> None:
    case = mark("[Anne] met [Mary]. [She|Anne] smiled. [He|] did not.")
    she, he = resolve(case)[2:]
    assert 0 < she.confidence < 1
    assert he.confidence == 0


def test_rivals_make_unsure() -> None:
    alone = resolve(mark("[Anne] sat. [She|Anne] smiled."))[-1]
    beside = resolve(mark("[Mary] sat with [Anne]. [She|Mary] smiled."))[-1]
    assert alone.confidence > beside.confidence


def test_the_same_text_gives_the_same_answer() -> None:
    case = mark("[Anne] met [Mary]. [She|Anne] smiled at [the lady|].")
    assert resolve(case) == resolve(case)


def test_an_empty_text() -> None:
    assert resolve_mentions(lay_out(segment(Text.of(""))), (), (), ()) == ()
