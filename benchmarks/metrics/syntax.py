"""Word classes, lemmas and governors on one document of the treebank."""

from __future__ import annotations

from collections.abc import Iterable

from benchmarks.corpora.treebank import ParsedText
from benchmarks.metrics.tallies import Tally
from fabula.encode import Encoding, lemma_of

__all__ = ["measure_syntax"]


def measure_syntax(encoding: Encoding, known: ParsedText) -> dict[str, Tally]:
    """Shares over all words, punctuation too, in the treebank's own words and sentences: the right "class", the right
    "lemma", the right governor ("uas"), governor and relation without its subtype ("las"), and with it ("las_full")."""
    labels = encoding.labels
    heads = [ours == gold for ours, gold in zip(encoding.head.tolist(), known.heads, strict=True)]
    relations = [labels.relations[number] for number in encoding.relation.tolist()]
    pairs = list(zip(heads, relations, known.relations, strict=True))
    rules = [labels.lemmas[number] for number in encoding.lemma.tolist()]
    lemmas = zip(known.forms, rules, known.lemmas, strict=True)
    classes = zip(encoding.word_class.tolist(), known.classes, strict=True)
    return {
        "class": _share(labels.classes[number] == gold for number, gold in classes),
        "lemma": _share(lemma_of(form, rule) == gold for form, rule, gold in lemmas),
        "uas": _share(heads),
        "las": _share(right and _bare(ours) == _bare(gold) for right, ours, gold in pairs),
        "las_full": _share(right and ours == gold for right, ours, gold in pairs),
    }


def _bare(relation: str) -> str:
    return relation.partition(":")[0]


def _share(hits: Iterable[bool]) -> Tally:
    known = list(hits)
    return Tally.share(sum(known), len(known))
