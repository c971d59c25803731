"""BookNLP, CoNLL-2012 and CorefUD: the files say what the story says, and read back as its words and chains."""

from __future__ import annotations

import csv
import io
import json
import logging
import re
from collections import defaultdict

import pytest
from hypothesis import given
from tale import CONTENT, laws, stories, tale, without
from udapi.block.read.conllu import Conllu
from udapi.core.document import Document

from fabula.errors import NotRead
from fabula.exports.booknlp import to_booknlp
from fabula.exports.conll import to_conll
from fabula.exports.corefud import to_corefud
from fabula.story import Story

Rows = list[dict[str, str]]


def tables(story: Story) -> tuple[Rows, Rows, Rows, list[dict[str, object]]]:
    """BookNLP's files as its readers take them: tab-separated, no quoting."""
    files = {name.rsplit(".", 1)[1]: data.decode() for name, data in to_booknlp(story).items()}
    read = [
        list(csv.DictReader(io.StringIO(files[name], newline="\n"), delimiter="\t", quoting=csv.QUOTE_NONE))
        for name in ("tokens", "entities", "quotes")
    ]
    return read[0], read[1], read[2], json.loads(files["book"])["characters"]


def test_booknlp_has_its_documented_columns_and_names() -> None:
    files = to_booknlp(tale())
    assert [*files] == [f"the_ferry.{suffix}" for suffix in ("tokens", "entities", "quotes", "book")]
    headings = [files[name].split(b"\n")[0].decode().split("\t") for name in list(files)[:3]]
    assert headings == [
        "paragraph_ID sentence_ID token_ID_within_sentence token_ID_within_document word lemma byte_onset byte_offset "
        "POS_tag fine_POS_tag dependency_relation syntactic_head_ID event".split(),
        "COREF start_token end_token prop cat text".split(),
        "quote_start quote_end mention_start mention_end mention_phrase char_id quote".split(),
    ]


def test_booknlp_says_who_speaks_and_by_which_mention() -> None:
    tokens, entities, quotes, people = tables(tale())
    assert [(q["mention_phrase"], q["char_id"], q["quote"]) for q in quotes] == [
        ("Nell of Ryde", "1", "“ Come here , Amos , ”"),
        ("Nell of Ryde", "1", "“ It ’s [ now ] or * never * & late . ”"),
        ("he", "2", "“ No , ”"),
        ("None", "None", "“ First I thought , “ then I didn’t . ”"),
    ]
    assert {(e["COREF"], e["prop"], e["cat"], e["text"]) for e in entities} >= {
        ("1", "PROP", "PER", "Nell of Ryde"),
        ("5", "PROP", "GPE", "Ryde"),
        ("8", "NOM", "PER", "The ‘ expert ’"),
    }
    assert [t["word"] for t in tokens if t["event"] == "EVENT"] == ["said", "left"]
    assert [(p["id"], p["count"]) for p in people] == [(1, 3), (2, 2)]
    assert people[0]["g"] == {
        "inference": dict.fromkeys(("he/him/his", "they/them/their", "xe/xem/xyr/xir", "ze/zem/zir/hir"), 0.0)
        | {"she/her": 1.0},
        "argmax": "she/her",
        "max": 1.0,
        "total": 1,
    }


def test_booknlp_events_that_were_not_read_are_neither_events_nor_none() -> None:
    tokens, *_ = tables(without(tale(), "events"))
    assert {token["event"] for token in tokens} == {"_"}


@laws
@given(stories())
def test_booknlp_words_are_the_texts_and_its_numbers_are_those_of_words(story: Story) -> None:
    tokens, entities, quotes, _ = tables(story)
    content = story.text.content
    assert all(content[int(t["byte_onset"]) : int(t["byte_offset"])] == t["word"] for t in tokens)
    assert "".join(t["word"] for t in tokens) == "".join(content.split())
    assert [int(t["token_ID_within_document"]) for t in tokens] == list(range(len(tokens)))
    said = [token["word"] for token in tokens]
    for rows, start, end, text in (
        (entities, "start_token", "end_token", "text"),
        (quotes, "quote_start", "quote_end", "quote"),
    ):
        for row in rows:
            assert row[text] == " ".join(said[int(row[start]) : int(row[end]) + 1])


def chains(data: bytes) -> dict[str, set[tuple[int, int]]]:
    """CoNLL-2012's last column, read anew: a stack for each chain."""
    found: dict[str, set[tuple[int, int]]] = defaultdict(set)
    opened: dict[str, list[int]] = defaultdict(list)
    rows = [line.split("\t") for line in data.decode().split("\n") if line and not line.startswith("#begin")]
    rows = [row for row in rows if row != ["#end document"]]
    for number, row in enumerate(rows):
        assert len(row) == 12
        for mark in [] if row[-1] == "-" else row[-1].split("|"):
            chain = mark.strip("()")
            if mark.startswith("("):
                opened[chain].append(number)
            if mark.endswith(")"):
                found[chain].add((opened[chain].pop(), number))
    assert not any(opened.values())
    return dict(found)


def test_conll_marks_chains_speakers_and_names() -> None:
    data = to_conll(tale())
    rows = [line.split("\t") for line in data.decode().split("\n") if "\t" in line]
    assert data.startswith(b"#begin document (the_ferry); part 000\n")
    assert data.endswith(b"\n#end document\n")
    by_word = {row[3]: row for row in reversed(rows)}
    assert by_word["Come"][9:] == ["Nell", "*", "-"]
    assert by_word["Nell"][10:] == ["(PERSON*", "(1"]
    assert by_word["Ryde"][10:] == ["*)", "1)|(2)"] or by_word["Ryde"][10:] == ["*)", "(2)|1)"]
    assert by_word["The"][4:6] == ["XX", "(TOP*"]
    assert {len(spans) for spans in chains(data).values()} == {1, 2, 3}


@laws
@given(stories())
def test_conll_brackets_close_and_are_the_storys_mentions(story: Story) -> None:
    data = to_conll(story)
    words = [line.split("\t")[3] for line in data.decode().split("\n") if line.count("\t") == 11]
    assert "".join(words) == "".join(story.text.content.split())
    known = {"".join(story.words(m).split()) for m in story.mentions if m.character or m.entity}
    for spans in chains(data).values():
        assert {"".join(words[start : end + 1]) for start, end in spans} <= known


def entities(data: bytes) -> dict[str, set[str]]:
    document = Document()
    logging.disable(logging.CRITICAL)
    try:
        Conllu(filehandle=io.StringIO(data.decode(), newline="\n"), empty_parent="ignore").apply_on_document(document)
        for tree in document.trees:
            assert tree.compute_text() == tree.text
        return {
            entity.eid: {"".join(node.form for node in mention.words) for mention in entity.mentions}
            for entity in document.coref_entities
        }
    finally:
        logging.disable(logging.NOTSET)


def test_corefud_is_read_by_udapi_with_all_its_entities() -> None:
    assert entities(to_corefud(tale())) == {
        "c1": {"NellofRyde", "Nell", "she"},
        "c2": {"Amos", "he"},
        "e1": {"Ryde"},
        "e2": {"theMaryRose"},
    }


def rebuilt(data: bytes) -> str:
    """The text from CorefUD's words and spaces."""
    signs = {"s": " ", "t": "\t", "n": "\n", "r": "\r", "p": "|", "\\": "\\"}

    def white(misc: str, key: str) -> str | None:
        found = re.search(rf"(?:^|\|){key}=([^|]*)", misc)
        spelled = found and re.sub(
            r"\\(?:x([0-9a-f]{4})|(.))", lambda m: chr(int(m[1], 16)) if m[1] else signs[m[2]], found[1]
        )
        return spelled if found else None

    pieces = []
    for line in data.decode().split("\n"):
        if "\t" in line:
            columns = line.split("\t")
            behind = "" if "SpaceAfter=No" in columns[9] else white(columns[9], "SpacesAfter")
            pieces += [white(columns[9], "SpacesBefore") or "", columns[1], " " if behind is None else behind]
    return "".join(pieces)


def test_corefud_can_be_put_together_again() -> None:
    assert rebuilt(to_corefud(tale())) == CONTENT


@laws
@given(stories())
def test_corefud_holds_any_text_and_udapi_reads_it(story: Story) -> None:
    data = to_corefud(story)
    if story.text.content.strip():
        assert rebuilt(data) == story.text.content
        known = {"".join(story.words(m).split()) for m in story.mentions if m.character or m.entity}
        assert {words for each in entities(data).values() for words in each} <= known


@pytest.mark.parametrize(
    ("export", "layer"),
    [(to_booknlp, "quotes"), (to_booknlp, "mentions"), (to_conll, "mentions"), (to_corefud, "paragraphs")],
)
def test_unread_is_not_empty(export: object, layer: str) -> None:
    with pytest.raises(NotRead, match=layer):
        export(without(tale(), layer))  # type: ignore[operator]
