"""A spaCy Doc: its text is the text, its spans are the story's. Skipped where spaCy is not installed."""

from __future__ import annotations

import sys

import pytest
from hypothesis import given
from tale import CONTENT, laws, stories, tale

from fabula.errors import NotWritten
from fabula.exports.spacy_doc import to_spacy, to_spacy_bytes
from fabula.story import Story


def test_without_spacy_one_line_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "spacy.tokens", None)
    with pytest.raises(NotWritten, match=r"fabula\[spacy\]"):
        to_spacy(tale())


def test_spans_are_the_storys() -> None:
    pytest.importorskip("spacy", reason='spaCy is not installed (pip install "fabula[spacy]")')
    doc = to_spacy(tale())
    assert doc.text == CONTENT
    assert [(ent.text, ent.label_, ent.id_) for ent in doc.ents] == [
        ("Amos", "PERSON", "c2"),
        ("Nell of Ryde", "PERSON", "c1"),
        ("the Mary Rose", "VEH", "e2"),
        ("Nell", "PERSON", "c1"),
    ]
    assert [(span.text, span.label_, span.id_) for span in doc.spans["quotes"]][2] == ("“No,”", "spoken", "c2")
    assert [span.id_ for span in doc.spans["scenes"]] == ["s1", "s2", "s3"]


def test_the_file_opens_as_the_same_doc() -> None:
    spacy = pytest.importorskip("spacy", reason='spaCy is not installed (pip install "fabula[spacy]")')
    (doc,) = spacy.tokens.DocBin().from_bytes(to_spacy_bytes(tale())).get_docs(spacy.vocab.Vocab())
    assert doc.text == CONTENT
    assert next(span.text for span in doc.spans["mentions"]) == "Amos"


@laws
@given(stories())
def test_any_text_is_the_docs(story: Story) -> None:
    pytest.importorskip("spacy", reason='spaCy is not installed (pip install "fabula[spacy]")')
    assert to_spacy(story).text == story.text.content
