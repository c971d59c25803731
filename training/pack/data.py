"""What the pack learns from: LitBank's training documents and the English Web Treebank, as plain values."""

from __future__ import annotations

import gzip
import hashlib
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

import msgspec

from benchmarks.corpora.litbank import load_document
from benchmarks.corpora.place import folder
from fabula.encode.lemmas import rule_for
from training.pack.labels import CLASSES, FORMS, RELATIONS, TYPES

__all__ = ["Marked", "Parsed", "digest", "joined", "lemma_rules", "litbank", "treebank"]

_OFTEN = 5
_SHORT = ("n't", "'ll", "'ve", "'d", "'re", "'m")


class Marked(msgspec.Struct, frozen=True):
    """A text with mentions and events. Spans are (first word, last word, type, form, cluster).

    `speech`: for each word the number of the speech it stands in, -1 in the narration.
    """

    name: str
    forms: list[str]
    sentence: list[int]
    speech: list[int]
    spans: list[tuple[int, int, int, int, int]]
    events: list[int]


class Parsed(msgspec.Struct, frozen=True):
    """A text with syntax. A word that governs itself is the root of its sentence."""

    forms: list[str]
    sentence: list[int]
    classes: list[int]
    lemmas: list[int]
    """Numbers of rules; -100 for a word made of several, or one no rule makes."""
    heads: list[int]
    relations: list[int]
    lemma: list[str]


def litbank(name: str) -> Marked:
    """A document of LitBank, in its own words."""
    document = load_document(name)
    content, words = document.story.text.content, document.words
    layers = document.story.layers
    starts, ends = ({getattr(w, side): i for i, w in enumerate(words)} for side in ("start", "end"))
    clusters: dict[object, int] = {}
    spans = [
        (
            starts[m.start],
            ends[m.end],
            TYPES.index(m.type),
            FORMS.index(m.form),
            clusters.setdefault(m.character or m.entity, len(clusters)),
        )
        for m in layers.mentions or ()
    ]
    sentence, row = [], 0
    for word in words:
        while document.sentences[row].end <= word.start:
            row += 1
        sentence.append(row)
    events = [0] * len(words)
    for event in layers.events or ():
        events[starts[event.start]] = 1
    forms = [content[w.start : w.end] for w in words]
    return Marked(name, forms, sentence, _speeches(forms), spans, events)


def _speeches(forms: Sequence[str]) -> list[int]:
    """Which speech each word stands in, by its marks alone: the documents have no paragraphs."""
    found, many, inside = [], 0, False
    for form in forms:
        closes = inside and form in ('"', "”", "''")
        opens = not inside and form in ('"', "“", "``")
        many += opens
        found.append(many if inside or opens else -1)
        inside = opens or (inside and not closes)
    return found


def joined(text: Marked) -> Marked:
    """The same text as books print it: `do n't` is one word, as it is when a book is read."""
    keep = [i == 0 or form not in _SHORT for i, form in enumerate(text.forms)]
    number, at = [], -1
    for kept in keep:
        at += kept
        number.append(at)
    forms = [""] * (at + 1)
    events = [0] * (at + 1)
    for i, form in enumerate(text.forms):
        forms[number[i]] += form
        events[number[i]] |= text.events[i]
    spans = {(number[a], number[b], kind, form, who) for a, b, kind, form, who in text.spans}
    sentence = [s for s, kept in zip(text.sentence, keep, strict=True) if kept]
    speech = [s for s, kept in zip(text.speech, keep, strict=True) if kept]
    return Marked(text.name, forms, sentence, speech, sorted(spans), events)


def treebank(part: str, *, join: float = 0.0, chance: random.Random | None = None) -> Iterator[Parsed]:
    """The documents of a part ("train", "dev", "test") of UD EWT; with chance `join`, shortened words are joined."""
    with gzip.open(_treebank(part), "rt", encoding="utf-8") as file:
        blocks = [block.split("\n") for block in file.read().strip().split("\n\n")]
    documents: list[list[list[str]]] = []
    for block in blocks:
        if not documents or any(line.startswith("# newdoc") for line in block):
            documents.append([])
        documents[-1].append(block)
    for document in documents:
        yield _parsed(document, join, chance or random.Random(0))


def _parsed(blocks: list[list[str]], join: float, chance: random.Random) -> Parsed:
    text, rules = Parsed([], [], [], [], [], [], []), {rule: n for n, rule in enumerate(lemma_rules())}
    for row, block in enumerate(blocks):
        fields = [line.split("\t") for line in block if not line.startswith("#")]
        words = [f for f in fields if f[0].isdigit()]
        guests = set() if chance.random() >= join else set(_guests(fields))
        host = [i if i + 1 not in guests else i - 1 for i in range(len(words))]
        host = [host[h] for h in host]
        kept = [i for i in range(len(words)) if host[i] == i]
        number = {i: len(text.forms) + n for n, i in enumerate(kept)}
        for i in kept:
            head = int(words[i][6]) - 1
            text.forms.append("".join(words[j][1] for j in range(len(words)) if host[j] == i))
            text.sentence.append(row)
            text.classes.append(CLASSES.index(words[i][3]))
            text.lemma.append(words[i][2])
            alone = sum(h == i for h in host) == 1
            text.lemmas.append(rules.get(rule_for(words[i][1], words[i][2]), -100) if alone else -100)
            text.heads.append(number[i] if head < 0 else number[host[head]])
            text.relations.append(RELATIONS.index(words[i][7]))
    return text


@cache
def lemma_rules() -> tuple[str, ...]:
    """The rules that make the lemmas of the training part, but for the rarest."""
    counts: Counter[str] = Counter()
    with gzip.open(_treebank("train"), "rt", encoding="utf-8") as file:
        for line in file:
            fields = line.split("\t")
            if fields[0].isdigit():
                counts[rule_for(fields[1], fields[2])] += 1
    return tuple(rule for rule, many in sorted(counts.items(), key=lambda one: (-one[1], one[0])) if many >= _OFTEN)


def _guests(fields: Sequence[list[str]]) -> Iterator[int]:
    """The numbers of words that books print joined to the word before: the n't of don't, but not a possessive."""
    for field in fields:
        if "-" in field[0] and not field[1].lower().endswith(("'s", "’s")):
            first, last = map(int, field[0].split("-"))
            yield from range(first + 1, last + 1)


def _treebank(part: str) -> Path:
    return folder("ud_ewt") / f"{part}.conllu.gz"


def digest(names: Sequence[str], books: Path) -> dict[str, str]:
    """SHA-256 over the training files of each corpus, in order of name; `books` is what `gather` wrote."""
    place = folder("litbank")
    parts = ("coref/tsv/{}_brat.txt", "coref/tsv/{}_brat.ann", "events/tsv/{}_brat.tsv")
    files = {
        "LitBank": [place / part.format(name) for name in sorted(names) for part in parts],
        "UD English EWT": [_treebank("train")],
        "books": sorted(books.glob("*.msgpack")),
    }
    return {corpus: hashlib.sha256(b"".join(p.read_bytes() for p in own)).hexdigest() for corpus, own in files.items()}
