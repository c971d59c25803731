"""What the checks find, and above all what they leave alone."""

from __future__ import annotations

import pytest

from fabula.checks import run_checks
from fabula.segment import segment
from fabula.story import Character, Layers, Mention, Quote, Story, Text


def story_of(content: str, people: tuple[str, ...] = ()) -> Story:
    """A story with its paragraphs and quotations read, and everybody named in it a character of one name."""
    text = Text.of(content)
    segments = segment(text)
    quotes = tuple(
        Quote(q.start, q.end, id=f"q{n}", mode=q.mode, depth=q.depth)
        for n, q in enumerate(segments.quotations, start=1)
    )
    ids = {name: f"c{n}" for n, name in enumerate(people, start=1)}
    mentions = []
    for word in segments.words:
        if text[word] in ids:
            mentions.append(Mention(word.start, word.end, form="name", character=ids[text[word]]))
    characters = tuple(Character(id=id_, name=name) for name, id_ in ids.items())
    return Story(
        text, Layers(paragraphs=segments.paragraphs, characters=characters, mentions=tuple(mentions), quotes=quotes)
    )


def kinds(content: str, people: tuple[str, ...] = ()) -> list[tuple[str, str]]:
    return [(finding.kind, finding.severity) for finding in run_checks(story_of(content, people))]


_TALK = "“Good day,” said Anne.\n\n“Good day,” said Phil.\n\n"


@pytest.mark.parametrize(
    "sound",
    [
        "“Come in,” said Anne.\n\n“No,” said Phil.",
        "‘Come in,’ said Anne.\n\n‘No,’ said Phil.",
        "“A long story.\n\n“It went on and on.\n\n“And then it ended,” said Anne.",
        "“He said, ‘No!’” said Anne.\n\n“No?” asked Phil.",
        "—Come in, said Anne.\n\n—No, said Phil.",
        "She sang:\n\n> “The sea is wide,\n> The sea is deep,\n\nand wept.",
        "He took the boys' hats. It was '45.",
    ],
)
def test_sound_quotations_are_left_alone(sound: str) -> None:
    assert kinds(sound) == []


@pytest.mark.parametrize(
    "faulty",
    [
        "“Come in, said Anne. He came.\n\nShe sat down.",
        "“Come in,” said Anne. “Sit down, and tell me.\n\nHe sat down.",
        "“Come in, said Anne, “and sit down.” He came.\n\nHe sat down.",
        "Anne turned. “Come in.\n\n“No,” said Phil.",
        '"I was not frightened, she said. "Phil was."\n\n"No," said Phil.',
    ],
)
def test_a_quotation_never_closed_is_found(faulty: str) -> None:
    assert kinds(_TALK + faulty) == [("unclosed-quotation", "warning")]


_ON_AND_ON = "It was long before they lay on the leads, with all the stars about them, and she missed the key. " * 3


def test_a_short_line_left_open_before_a_long_paragraph_is_a_hint() -> None:
    assert kinds(f"“I can do sums.\n\n“Then hold on to my foot,” said Anne. {_ON_AND_ON}") == [
        ("unclosed-quotation", "hint")
    ]


def test_a_tag_that_is_spoken_with_a_long_speech_is_a_hint() -> None:
    assert kinds(f"“Then hold on to my foot, said Anne. {_ON_AND_ON}\n\n“You left this,” he said.") == [
        ("unclosed-quotation", "hint")
    ]


def test_a_long_speech_over_two_paragraphs_is_left_alone() -> None:
    assert kinds(f"“{_ON_AND_ON}\n\n“And then it ended,” said Anne.") == []


def test_speech_that_goes_on_without_opening_marks_is_a_hint() -> None:
    content = _TALK + "“There is always another way, Phil.\n\nAnd you ordered me to do it,” said Anne."
    assert kinds(content) == [("unclosed-quotation", "hint")]


def test_a_missing_answer_is_found_with_both_neighbours() -> None:
    content = _TALK + "“Hey…” he roused the sleeping man.\n\n\n“Uh… we have work.” Ianto muttered.\n\n“Yes,” said Phil."
    (finding,) = run_checks(story_of(content))
    assert (finding.kind, finding.severity) == ("lost-line", "warning")
    before, after = (content[span.start : span.end] for span in finding.evidence)
    assert before.endswith("he roused the sleeping man.")
    assert after.startswith("“Uh…")


def test_an_empty_line_before_narration_is_only_a_hint() -> None:
    content = _TALK + "“Do you hate me?” said Anne.\n\n\nPhil shuddered. “Yes.”\n\n“Oh,” she said."
    assert kinds(content) == [("lost-line", "hint")]


@pytest.mark.parametrize(
    "words",
    [
        "“Phil,” said Anne, down the whole length of the cloth and over both the candlesticks,",
        "“In Bath,” said Anne, whom nobody had asked, and who had never been there,",
    ],
)
def test_speech_that_was_to_go_on_and_ends_in_a_comma_is_a_lost_line(words: str) -> None:
    assert kinds(words + "\n\nPhil laughed.") == [("lost-line", "hint")]
    assert not kinds(words + " “come here.”\n\nPhil laughed.")


def test_empty_lines_that_part_scenes_are_not_lost_lines() -> None:
    told = "Anne rose and went.\n\nPhil sat.\n\n\n"
    assert kinds(told * 5 + "The end.") == []


@pytest.mark.parametrize(
    "words",
    [
        "“Come in,” said Anne.\n\nShe looked at the door for a while, and then she said,",
        "There was a wind, and Anne heard a long thin voice come down and say,\n\nShe rose.",
    ],
)
def test_narration_that_leads_to_a_speech_and_to_none_is_a_hint(words: str) -> None:
    assert kinds(words) == [("lost-line", "hint")]


@pytest.mark.parametrize(
    "words",
    ["Anne drew a breath and said,\n\n“Come in.”", "Dear Anne,\n\nI am well.", "She had to buy:\n\nBread and salt."],
)
def test_what_a_comma_or_a_colon_rightly_leads_to_is_left_alone(words: str) -> None:
    assert kinds(words) == []


def test_words_of_speaking_that_nothing_follows_are_found() -> None:
    assert kinds("“Well?” said Anne.\n\nPhil turned and asked,\n\nShe left the room.") == [("lost-line", "hint")]


_JOHNS = "John rose. John sat. John ran. John wept. John sang. John slept. "


@pytest.mark.parametrize(
    ("content", "people", "found"),
    [
        (_JOHNS + "Jon left.", ("John", "Jon"), [("name-drift", "warning")]),
        (_JOHNS.replace("John", "Katharine") + "Katherine left.", ("Katharine", "Katherine"), [("name-drift", "hint")]),
        (_JOHNS.replace("John", "Minafer") + "Minnafer left.", ("Minafer", "Minnafer"), [("name-drift", "warning")]),
        (_JOHNS + "Jon left. Jon ate. Jon drank.", ("John", "Jon"), []),
        (_JOHNS + "Joan left.", ("John", "Joan"), [("name-drift", "hint")]),
        (_JOHNS.replace("John", "Bennet") + "Bennets left.", ("Bennet", "Bennets"), []),
        (_JOHNS.replace("John", "Georgie") + "George left.", ("Georgie", "George"), []),
        (_JOHNS.replace("John", "Ellen") + "Allen left.", ("Ellen", "Allen"), []),
    ],
)
def test_a_name_that_changes_its_spelling(content: str, people: tuple[str, ...], found: list[tuple[str, str]]) -> None:
    assert kinds(content, people) == found


def test_a_drifting_name_is_shown_beside_the_usual_one() -> None:
    content = _JOHNS + "Jon left."
    (finding,) = run_checks(story_of(content, ("John", "Jon")))
    assert [content[span.start : span.end] for span in finding.evidence] == ["Jon", "John"]
    assert "“Jon” is written once" in finding.message


def test_equal_stories_give_equal_findings_in_order_of_place() -> None:
    content = _JOHNS + "Jon left.\n\n" + _TALK + "“Hey.” he said.\n\n\n“Work.” he said."
    found = run_checks(story_of(content, ("John", "Jon")))
    assert found == run_checks(story_of(content, ("John", "Jon")))
    assert [f.evidence[0].start for f in found] == sorted(f.evidence[0].start for f in found)
    assert len(found) == 2
