"""A whole novel, read and exported as BookNLP's files, loads as those who read these files load them."""

from __future__ import annotations

import csv
import gzip
import io
import json

import pandas as pd
import pytest

from benchmarks.corpora import data_root
from fabula.exports.booknlp import to_booknlp
from fabula.reader import read_text
from fabula.sources import read_bytes
from fabula.story import Story

NOVEL = data_root() / "novels" / "j-m-barrie_peter-and-wendy.txt.gz"
GENDERS = {"he/him/his", "she/her", "they/them/their", "xe/xem/xyr/xir", "ze/zem/zir/hir"}

pytestmark = pytest.mark.skipif(not NOVEL.is_file(), reason=f"no novel at {NOVEL} (set FABULA_DATA)")


@pytest.fixture(scope="module")
def story() -> Story:
    return read_text(read_bytes(gzip.decompress(NOVEL.read_bytes()), name="peter-and-wendy.txt"))


@pytest.fixture(scope="module")
def files(story: Story) -> dict[str, bytes]:
    return {name.rpartition(".")[2]: data for name, data in to_booknlp(story).items()}


def table(data: bytes) -> pd.DataFrame:
    """As the programs that read these files do: parted by tabs, nothing quoted, no word taken for a missing one."""
    return pd.read_csv(io.BytesIO(data), sep="\t", quoting=csv.QUOTE_NONE, keep_default_na=False)


def test_tokens_are_the_words_of_the_novel_at_their_places(story: Story, files: dict[str, bytes]) -> None:
    tokens = table(files["tokens"])
    assert [*tokens.columns] == [
        "paragraph_ID", "sentence_ID", "token_ID_within_sentence", "token_ID_within_document", "word", "lemma",
        "byte_onset", "byte_offset", "POS_tag", "fine_POS_tag", "dependency_relation", "syntactic_head_ID", "event",
    ]  # fmt: skip
    assert len(tokens) > 40_000
    assert tokens["token_ID_within_document"].tolist() == list(range(len(tokens)))
    for column in ("paragraph_ID", "sentence_ID", "byte_onset"):
        assert tokens[column].is_monotonic_increasing, column
    places = zip(tokens["byte_onset"], tokens["byte_offset"], tokens["word"].astype(str), strict=True)
    assert [word for start, end, word in places if story.text.content[start:end] != word] == []
    within = tokens.groupby("sentence_ID")["token_ID_within_sentence"]
    assert all(list(numbers) == list(range(len(numbers))) for _, numbers in within)
    assert set(tokens["event"]) == {"EVENT", "O"}


def test_entities_and_quotes_are_stretches_of_tokens(files: dict[str, bytes]) -> None:
    words = table(files["tokens"])["word"].astype(str).tolist()
    entities, quotes = table(files["entities"]), table(files["quotes"])
    assert [*entities.columns] == ["COREF", "start_token", "end_token", "prop", "cat", "text"]
    assert set(entities["prop"]) == {"PROP", "NOM", "PRON"}
    assert set(entities["cat"]) <= {"PER", "LOC", "FAC", "GPE", "VEH", "ORG"}
    for start, end, text in zip(entities["start_token"], entities["end_token"], entities["text"], strict=True):
        assert " ".join(words[start : end + 1]) == str(text)
    assert [*quotes.columns] == [
        "quote_start", "quote_end", "mention_start", "mention_end", "mention_phrase", "char_id", "quote",
    ]  # fmt: skip
    assert len(quotes) > 500
    for row in quotes.itertuples():
        assert " ".join(words[row.quote_start : row.quote_end + 1]) == row.quote
        if row.mention_start != "None":
            assert " ".join(words[int(row.mention_start) : int(row.mention_end) + 1]) == row.mention_phrase


def test_the_book_knows_everybody_who_speaks(files: dict[str, bytes]) -> None:
    people = json.loads(files["book"])["characters"]
    entities, quotes = table(files["entities"]), table(files["quotes"])
    ids = [person["id"] for person in people]
    assert len(ids) == len(set(ids))
    assert {int(who) for who in quotes["char_id"].astype(str) if who != "None"} <= set(ids)
    assert [person["count"] for person in people] == sorted((p["count"] for p in people), reverse=True)
    for person in people:
        assert {"agent", "patient", "mod", "poss", "id", "g", "count", "mentions"} == set(person)
        forms = person["mentions"]
        assert set(forms) == {"proper", "common", "pronoun"}
        assert sum(form["c"] for kind in forms.values() for form in kind) == person["count"]
        assert person["count"] == 0 or (entities["COREF"] == person["id"]).sum() > 0
        assert person["g"] is None or set(person["g"]["inference"]) == GENDERS
