"""Who is meant where, in the tables of the CoNLL-2012 shared task, which the scorers of coreference read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import UNSET

from fabula.forms.basics import names_of, stem_of, voiced
from fabula.forms.chains import Brackets, brackets_at, chains_of
from fabula.forms.words import Word, Words, words_of
from fabula.story import EntityType, Story

__all__ = ["to_conll"]

_NAMED: dict[EntityType, str] = {
    "PER": "PERSON", "ORG": "ORG", "GPE": "GPE", "LOC": "LOC", "FAC": "FAC", "VEH": "PRODUCT",
}  # fmt: skip
"""OntoNotes' names for kinds of things; a ship is among its products."""


def to_conll(story: Story) -> bytes:
    """The story as one document of CoNLL-2012.

    Its columns are document, part, word number, word, word class, parse, lemma, frame, sense, speaker, named entity and
    coreference. What is not known stands as the format has it: XX for a word class, (TOP* … *) for a parse, - for the
    rest. Only mentions of somebody or something known are written, their chains numbered from 0 by first appearance.

    Raises:
        NotRead: if the paragraphs or mentions were not read. Without quotes or characters, no speakers are written.
    """
    words = words_of(story)
    name = stem_of(story)
    chains = chains_of(story, words)
    ids = {chain: str(number) for number, chain in enumerate(dict.fromkeys(one.chain for one in chains))}
    brackets = brackets_at(chains)
    kinds = _kinds(story, words)
    speakers = _speakers(story, words)
    lines = [f"#begin document ({name}); part 000"]
    for sentence in words.sentences():
        for word in sentence:
            marks = _coreference(brackets.get(word.number), ids)
            columns = (
                name, "0", str(word.within), story.words(word), "XX", _parse(word, sentence), "-", "-", "-",
                speakers.get(word.number, "-"), kinds.get(word.number, "*"), marks,
            )  # fmt: skip
            lines.append("\t".join(columns))
        lines.append("")
    return "\n".join((*lines, "#end document", "")).encode("utf-8", "replace")


def _parse(word: Word, sentence: Sequence[Word]) -> str:
    return ("(TOP" if word is sentence[0] else "") + "*" + (")" if word is sentence[-1] else "")


def _coreference(brackets: Brackets | None, ids: dict[str, str]) -> str:
    if brackets is None:
        return "-"
    marks = [f"{ids[link.chain]})" for link in brackets.closing]
    marks += [f"({ids[link.chain]}" + ")" * (len(link.words) == 1) for link in brackets.opening]
    return "|".join(marks)


def _kinds(story: Story, words: Words) -> dict[int, str]:
    """The column of named entities: names alone, the outer one where one stands in another."""
    column: dict[int, str] = {}
    end = -1
    for mention in sorted(story.mentions, key=lambda one: (one.start, -one.end)):
        inside = words.inside(mention) if mention.form == "name" else range(0)
        if not inside or inside[0] <= end:
            continue
        end = inside[-1]
        column[inside[0]] = f"({_NAMED[mention.type]}*"
        column[end] = column.get(end, "*") + ")"
    return column


def _speakers(story: Story, words: Words) -> dict[int, str]:
    """The speaker of each word that somebody says, as one word."""
    if story.layers.quotes is UNSET:
        return {}
    names = {who: "_".join(name.split()) for who, name in names_of(story).items()}
    return dict(_said(story, words, names))


def _said(story: Story, words: Words, names: dict[str, str]) -> Iterator[tuple[int, str]]:
    for quote in voiced(story):
        if quote.speaker is not None:
            yield from ((number, names.get(quote.speaker, quote.speaker)) for number in words.inside(quote))
