"""Sentences and words, as fiction in English writes them."""

from __future__ import annotations

import pytest

from fabula.segment import segment
from fabula.story import Text

SENTENCES = {
    "two sentences": "He ran. | She slept.",
    "a title": "Mr. Hale met Dr. Brown and Mrs. Hale. | They spoke.",
    "initials": "J. K. Rowling wrote it. | He read.",
    "a tag in small letters": '"What?" he said. | He ran.',
    "a tag with a name": '"What?" John said. | He ran.',
    "a tag with a title": '"No!" Mrs. Hale cried. | He ran.',
    "an inverted tag": '"No!" said John. | He ran.',
    "a new sentence behind a quotation": '"What?" | The door opened.',
    "sentences inside a quotation": '"I ran. | She slept."',
    "an ellipsis that goes on": "He… he ran. | She slept…  | Then she woke.",
    "abbreviations": "It was at 5 p.m. on the No. 5 bus, i.e. late, etc. by then. | He ran.",
    "a dash broken off": '"I never—" | The door opened.',
    "curly marks": "“I ran.” | He slept.",
    "I at the end": "So did I. | He ran.",
}

WORDS = {
    "Mr. Hale's mother-in-law didn't.": "Mr. Hale 's mother-in-law didn't .",
    "'Tis o'clock, rock 'n' roll": "'Tis o'clock , rock 'n' roll",
    "goin' home with 'em": "goin' home with 'em",
    "“I’m here,” she said—no.": "“ I’m here , ” she said — no .",
    "the boys' hats": "the boys ' hats",
    "U.S. and J. Brown, 1,000 at 5:30": "U.S. and J. Brown , 1,000 at 5:30",
    "wait... what?!": "wait ... what ? !",
    "'Hello,' he said. 'Word'": "' Hello , ' he said . ' Word '",
    "_very_ **late**": "_ very _ ** late **",
    "it's John’s": "it 's John ’s",
}


@pytest.mark.parametrize("case", SENTENCES, ids=list(SENTENCES))
def test_sentences_end_where_a_reader_feels_it(case: str) -> None:
    content = SENTENCES[case].replace("| ", "")
    text = Text.of(content)
    assert [text[s].strip() for s in segment(text).sentences] == [s.strip() for s in SENTENCES[case].split("|")]


@pytest.mark.parametrize("content", WORDS)
def test_words_are_whole(content: str) -> None:
    text = Text.of(content)
    assert " ".join(text[w] for w in segment(text).words) == WORDS[content]
