"""Quotations in every convention: what is found, as what, how deep, and which belong to one speech."""

from __future__ import annotations

import pytest

from fabula.segment import Quotation, segment
from fabula.story import Mark, Text

S, T, W, R, I, X = "spoken", "thought", "written", "remembered", "imagined", "term"  # noqa: E741

# Each case: the text, then what is quoted: (its words, mode, depth, turn).
CASES: dict[str, tuple[str, list[tuple[str, str, int, int]]]] = {
    "straight doubles": ('"Come in," said Ann.', [('"Come in,"', S, 0, 0)]),
    "curly doubles": ("“Come in,” said Ann.", [("“Come in,”", S, 0, 0)]),
    "an exclamation inside a paragraph": ('She cried, "No!" and ran.', [('"No!"', S, 0, 0)]),
    "a tag interrupts": ('"A cat," said Ann, "is here."', [('"A cat,"', S, 0, 0), ('"is here."', S, 0, 0)]),
    "a tag between two sentences": ('"Yes," said Ann. "Come."', [('"Yes,"', S, 0, 0), ('"Come."', S, 0, 0)]),
    "two speakers in a paragraph": (
        '"Yes," said Ann. "No," said Bob.',
        [('"Yes,"', S, 0, 0), ('"No,"', S, 0, 1)],
    ),
    "two paragraphs": ('"Yes."\n\n"No."', [('"Yes."', S, 0, 0), ('"No."', S, 0, 1)]),
    "a beat interrupts": (
        '"If you"--she paused--"think so, go."',
        [('"If you"', S, 0, 0), ('"think so, go."', S, 0, 0)],
    ),
    "British singles, straight": ("'Come in,' said Ann.", [("'Come in,'", S, 0, 0)]),
    "British singles, curly": ("‘Come in,’ said Ann.", [("‘Come in,’", S, 0, 0)]),
    "singles beside a possessive": (
        "'The boys' hats are wet,' said Ann.",
        [("'The boys' hats are wet,'", S, 0, 0)],
    ),
    "singles that begin with an elision": ("''Tis late,' said Ann.", [("''Tis late,'", S, 0, 0)]),
    "singles with elisions inside": (
        "'I told 'em so, an' they're goin' home,' said he.",
        [("'I told 'em so, an' they're goin' home,'", S, 0, 0)],
    ),
    "curly singles with elisions inside": (
        "‘I told ’em at five o’clock,’ said he.",
        [("‘I told ’em at five o’clock,’", S, 0, 0)],
    ),
    "an elision is no quotation": ("It was 'bout time. 'Twas the boys' own rock 'n' roll in '68.", []),
    "dialect is no quotation": ("\"I seen 'em wi' th' 'orse,\" he said.", [("\"I seen 'em wi' th' 'orse,\"", S, 0, 0)]),
    "singles inside doubles": (
        "\"She said, 'Go away!' to me,\" said Ann.",
        [("\"She said, 'Go away!' to me,\"", S, 0, 0), ("'Go away!'", S, 1, 0)],
    ),
    "doubles inside singles": (
        "'She said, \"Go away!\" to me,' said Ann.",
        [("'She said, \"Go away!\" to me,'", S, 0, 0), ('"Go away!"', S, 1, 0)],
    ),
    "three deep": (
        "“He said, ‘She cried, “Run!” and ran.’”",
        [
            ("“He said, ‘She cried, “Run!” and ran.’”", S, 0, 0),
            ("‘She cried, “Run!” and ran.’", S, 1, 0),
            ("“Run!”", S, 2, 0),
        ],
    ),
    "both end together": (
        "\"He told me, 'I will go.'\"",
        [("\"He told me, 'I will go.'\"", S, 0, 0), ("'I will go.'", S, 1, 0)],
    ),
    "guillemets": ("« Venez », dit-elle.", [("« Venez »", S, 0, 0)]),
    "German guillemets": ("»Nein«, rief sie. »Geh!«", [("»Nein«", S, 0, 0), ("»Geh!«", S, 0, 1)]),
    "low marks": ("„Guten Tag“, sagte er.", [("„Guten Tag“", S, 0, 0)]),
    "low marks with a high English end": ("„Dobrze”, said he.", [("„Dobrze”", S, 0, 0)]),
    "single guillemets inside": (
        "«He said ‹Come!› to me.»",
        [("«He said ‹Come!› to me.»", S, 0, 0), ("‹Come!›", S, 1, 0)],
    ),
    "corner brackets": ("「行こう。」と彼は言った。", [("「行こう。」", S, 0, 0)]),
    "corner brackets nested": (
        "「彼は『行け』と言った。」",
        [("「彼は『行け』と言った。」", S, 0, 0), ("『行け』", S, 1, 0)],
    ),
    "Swedish marks": ("”Kom in”, said Ann.", [("”Kom in”", S, 0, 0)]),
    "LaTeX quotes": ("``Come in,'' said Ann.", [("``Come in,''", S, 0, 0)]),
    "two apostrophes for a double mark": ("''Come in,'' said Ann.", [("''Come in,''", S, 0, 0)]),
    "a backtick opens": ("`Come in,' said Ann.", [("`Come in,'", S, 0, 0)]),
    "Joyce's dash": ("—Yes, he said.\n\n—No, said Ann.", [("—Yes,", S, 0, 0), ("—No,", S, 0, 1)]),
    "Joyce's dash goes on after the tag": (
        "—Yes, he said. I know you well.",
        [("—Yes,", S, 0, 0), ("I know you well.", S, 0, 0)],
    ),
    "Spanish dashes": (
        "—I know, —he said— but I will not go.",
        [("—I know,", S, 0, 0), ("but I will not go.", S, 0, 0)],
    ),
    "a dash and narration": ("—Wait! he cried. He ran down the stairs.", [("—Wait!", S, 0, 0)]),
    "two hyphens as a dash": (
        "-- Who is there?\n\n-- It is I.",
        [("-- Who is there?", S, 0, 0), ("-- It is I.", S, 0, 1)],
    ),
    "a speech over two paragraphs": (
        '"One.\n\n"Two," said Ann.',
        [('"One.', S, 0, 0), ('"Two,"', S, 0, 0)],
    ),
    "a speech over three paragraphs, curly": (
        "“One.\n\n“Two.\n\n“Three.”\n\n“Four.”",
        [("“One.", S, 0, 0), ("“Two.", S, 0, 0), ("“Three.”", S, 0, 0), ("“Four.”", S, 0, 1)],
    ),
    "a speech over paragraphs in singles": (
        "'One is one.\n\n'Two is two,' said Ann.",
        [("'One is one.", S, 0, 0), ("'Two is two,'", S, 0, 0)],
    ),
    "a speech over paragraphs that does not reopen": (
        '"One.\n\nTwo.\n\nThree," said Ann.',
        [('"One.', S, 0, 0), ("Two.", S, 0, 0), ('Three,"', S, 0, 0)],
    ),
    "a story told in quotation marks": (
        "“He said, ‘Go.’\n\n“And I went.”",
        [("“He said, ‘Go.’", S, 0, 0), ("‘Go.’", S, 1, 0), ("“And I went.”", S, 0, 0)],
    ),
    "unclosed before a tag": ('"Come in, said Ann, and sat down.\n\nHe came.', [('"Come in,', S, 0, 0)]),
    "unclosed to the end": ('"Come in.\n\nHe came in.', [('"Come in.', S, 0, 0)]),
    "the opening mark is lost": ('Come in," said Ann.', [('Come in,"', S, 0, 0)]),
    "the second opening mark is lost": (
        '"Yes," said Ann, come in."',
        [('"Yes,"', S, 0, 0), ('come in."', S, 0, 0)],
    ),
    "feet and inches": ("He was 6' 2\" tall, and the door 5'4\".", []),
    "ditto marks": ('Flour 2s.\nSugar """ 3s.', []),
    "no marks at all": ("She told him to come in, and he came.", []),
    "a scare quote": ('The "expert" was late.', [('"expert"', X, 0, 0)]),
    "a term with an American comma": ('It was the so-called "truth," he knew.', [('"truth,"', X, 0, 0)]),
    "a name": ('They called him "Bunny" at school.', [('"Bunny"', X, 0, 0)]),
    "a title": ('She was reading "Middlemarch" in bed.', [('"Middlemarch"', X, 0, 0)]),
    "a term in singles": ("The word 'home' hurt.", [("'home'", X, 0, 0)]),
    "terms in a row": ('He wrote "and" and "but" too often.', [('"and"', X, 0, 0), ('"but"', X, 0, 1)]),
    "a cry without a comma": ('He gave a loud "Hush!" and sat.', [('"Hush!"', S, 0, 0)]),
    "a colon brings speech": ('He turned: "I am late."', [('"I am late."', S, 0, 0)]),
    "a thought with a tag": ('"How odd," thought Alice.', [('"How odd,"', T, 0, 0)]),
    "a thought with the tag before": ('She thought, "How odd."', [('"How odd."', T, 0, 0)]),
    "said to oneself": ("'Never again,' he told himself.", [("'Never again,'", T, 0, 0)]),
    "an unmarked thought": ("It's all for work, Ianto reminded himself.", [("It's all for work,", T, 0, 0)]),
    "an unmarked question": ("He ran. Where is she? he wondered.", [("Where is she?", T, 0, 0)]),
    "an unmarked verb of thinking is none": ("When he woke, he thought of her.", []),
    "a dash goes on behind a sentence of narration": (
        "—It is the F, said Ann. She had put her arm in. Sticks like a pig.",
        [("—It is the F,", S, 0, 0), ("Sticks like a pig.", S, 0, 0)],
    ),
    "a dash goes on with and": (
        "—No, said Ann, and I would tell you so.",
        [("—No,", S, 0, 0), ("and I would tell you so.", S, 0, 0)],
    ),
    "a dash behind a beat": (
        "—Yes, he said.\n\n—Who is it?\n\nThe old man sat down. —My knee, he said.",
        [("—Yes,", S, 0, 0), ("—Who is it?", S, 0, 1), ("—My knee,", S, 0, 2)],
    ),
    "somebody breaks in and speaks": (
        '"In such terms--" Mary interrupted him. "No!"',
        [('"In such terms--"', S, 0, 0), ('"No!"', S, 0, 1)],
    ),
    "a thought in asterisks": (
        "*Oh, damn,* he thought. *Not now.*",
        [("*Oh, damn,*", T, 0, 0), ("*Not now.*", T, 0, 0)],
    ),
    "a message in asterisks": ("*Where?* he types.", [("*Where?*", W, 0, 0)]),
    "strong and starred words are no thoughts": ("It was **very** late * and * dark. *Very*.", []),
    "an italic thought": ("He stopped. _I must not go there._ He turned.", [("_I must not go there._", T, 0, 0)]),
    "italics for stress": ("It was _very_ late on board the _Mary Rose_.", []),
    "a note": ('The note said: "Come at once."', [('"Come at once."', W, 0, 0)]),
    "she wrote": ('"I am well," she wrote.', [('"I am well,"', W, 0, 0)]),
    "a sign": ('The sign read "NO ENTRY".', [('"NO ENTRY"', W, 0, 0)]),
    "a quoted letter": (
        'He read it.\n\n"Dear Ann,\n\n"I am well.\n\n"Yours ever, Bob."',
        [('"Dear Ann,', W, 0, 0), ('"I am well.', W, 0, 0), ('"Yours ever, Bob."', W, 0, 0)],
    ),
    "words not said": ('She longed to say, "Stay with me."', [('"Stay with me."', I, 0, 0)]),
    "as if to say": ('He smiled as if to say, "You see?"', [('"You see?"', I, 0, 0)]),
    "a remembered order": (
        '"Hi," said Ann.\n\n"Hello," said Bob.\n\n"Go," said Ann.\n\n\'Leave him if you want\', Phil had said.',
        [('"Hi,"', S, 0, 0), ('"Hello,"', S, 0, 1), ('"Go,"', S, 0, 2), ("'Leave him if you want'", R, 0, 3)],
    ),
    "two conventions in one book": (
        '"One," said Ann.\n\n— Two, said Bob.\n\n— Three.\n\n— Four.\n\n«Five.»',
        [('"One,"', S, 0, 0), ("— Two,", S, 0, 1), ("— Three.", S, 0, 2), ("— Four.", S, 0, 3), ("«Five.»", S, 0, 4)],
    ),
    "a comma outside the mark": ("'Come in', said Ann.", [("'Come in'", S, 0, 0)]),
    "a hard-wrapped quotation": ('"Come\r\nin," said Ann.', [('"Come\r\nin,"', S, 0, 0)]),
    "no space before the tag": ('"Come in,"said Ann.', [('"Come in,"', S, 0, 0)]),
    "marks within emphasis": ('_"Come in,"_ said Ann.', [('"Come in,"', S, 0, 0)]),
    "apostrophes lost in digitisation": ('"I don t know," said Ann.', [('"I don t know,"', S, 0, 0)]),
}


@pytest.mark.parametrize("case", CASES, ids=list(CASES))
def test_quotations_are_found(case: str) -> None:
    content, expected = CASES[case]
    text = Text.of(content)
    found = [(text[q], q.mode, q.depth, q.turn) for q in segment(text).quotations]
    assert found == expected


def quotations(content: str) -> tuple[Quotation, ...]:
    return segment(Text.of(content)).quotations


UNMARKED = (
    "You come through the Fork? he said.\n\nI came through it.\n\nThe rider drank and looked at the boy for a while."
    "\n\nCome away from there, Coates said.\n\nShe only wants water."
    "\n\nNine years, he said, and you know it. He sat down.\n\nHe said, quite gently, that it was late."
)


def test_speech_is_found_by_its_tags_where_nothing_else_marks_it() -> None:
    found = [UNMARKED[q.start : q.end] for q in segment(Text.of(UNMARKED)).quotations]
    assert found == [
        "You come through the Fork?",
        "I came through it.",
        "Come away from there,",
        "She only wants water.",
        "Nine years,",
        "and you know it.",
    ]


def test_nothing_unmarked_is_speech_in_a_text_with_marks() -> None:
    assert not segment(Text.of('"Yes," said Ann.\n\n"No."\n\nIt was late, he said.')).quotations[2:]


def test_a_long_speech_with_quotations_in_it_stays_one_speech() -> None:
    told = (
        "“I will tell,” he said, “all.\n\n“I was young. ‘Eat,’ he told me, ‘and learn.’ So I did.\n\n“Then it rained.”"
    )
    assert {q.turn for q in segment(Text.of(told)).quotations} == {0}


def test_conventions_are_named() -> None:
    found = quotations("“A.”\n\n‘B.’\n\n«C.»\n\n„D.“\n\n「E。」\n\n— F.\n\n— G.\n\n— H.\n\nI am late, he thought.")
    assert [q.convention for q in found] == [
        "double",
        "single",
        "guillemet",
        "low",
        "corner",
        *["dash"] * 3,
        "unmarked",
    ]


def test_an_unclosed_quotation_says_so() -> None:
    assert [q.closed for q in quotations('"Come in.\n\nHe came.')] == [False]


def test_a_speech_that_runs_on_is_closed() -> None:
    assert all(q.closed for q in quotations('"One.\n\n"Two."'))


def test_an_unclosed_quotation_does_not_swallow_the_book() -> None:
    content = '"Come in.\n\n' + "He came in and sat down.\n\n" * 50 + '"Thank you," he said.'
    assert [len(q) for q in quotations(content)] == [len('"Come in.'), len('"Thank you,"')]


def test_italics_of_the_format_are_thoughts() -> None:
    content = "He stopped. I must not go there. He turned."
    text = Text.of(content, marks=[Mark(12, 32, kind="italic")])
    assert [(text[q], q.convention, q.mode) for q in segment(text).quotations] == [
        ("I must not go there.", "italic", "thought")
    ]


def test_headings_hold_no_quotations() -> None:
    assert quotations('# I: "Haste to the Wedding"\n\nShe slept.') == ()
