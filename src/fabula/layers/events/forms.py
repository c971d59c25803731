"""What a word can be as a verb: a past, a participle, a present; and which verb it is of."""

from __future__ import annotations

from functools import cache
from typing import Literal

import msgspec

from fabula import lexicon

__all__ = ["Form", "Tense", "verb_form"]

Tense = Literal["past", "participle", "either", "regular", "going", "present", "bare", "noun"]
"""`past`: only that (went); `participle`: only that (gone); `either`: one form for both (found); `regular`: in -ed;
`going`: in -ing; `present`: in -s; `bare`: as it stands in the dictionary; `noun`: a noun that happens (a scream)."""

_NOT_VERBS = frozenset(
    "red bed hundred hatred sacred naked wicked indeed need seed speed deed weed feed shed bred fed led sped wed "
    "kindred crooked rugged ragged rascal beloved aged learned gifted hundredweight evening morning nothing something "
    "anything everything king ring thing spring string wing "
    "sing bring cling sling during ceiling building wedding according "
    "concerning regarding notwithstanding farthing shilling stocking lightning darling pudding being having "
    "left-handed united talented interested so-called old-fashioned good-natured".split()
)
"""Words in -ed and -ing that are no verbs, or hardly ever."""


class Form(msgspec.Struct, frozen=True):
    """A verb's bare form and how the word at hand is formed from it."""

    tense: Tense
    verb: str


@cache
def verb_form(word: str) -> Form | None:
    """The form a word in lower case has as a verb (or as a noun that happens); None where it is neither."""
    irregular = _irregular().get(word)
    if irregular is not None:
        return irregular
    if word in lexicon.words("happenings"):
        return Form("noun", word)
    if word in _NOT_VERBS or len(word) < 4 or not word.isalpha():
        return None
    if word.endswith("ed"):
        return _with_ending(word, "ed", "regular")
    if word.endswith("ing"):
        return _with_ending(word, "ing", "going")
    if word.endswith("s") and not word.endswith("ss"):
        return _present(word)
    return Form("bare", word) if _is_verb(word) else None


@cache
def _irregular() -> dict[str, Form]:
    forms: dict[str, Form] = {}
    for verb, (pasts, participles) in lexicon.table("irregular_verbs").items():
        both = set(pasts.split("/")) & set(participles.split("/"))
        forms.update({past: Form("past", verb) for past in pasts.split("/")})
        forms.update({participle: Form("participle", verb) for participle in participles.split("/")})
        forms.update({form: Form("either", verb) for form in both})
        forms.setdefault(verb, Form("bare", verb))
    return forms | {"was": Form("past", "be"), "were": Form("past", "be"), "been": Form("participle", "be")}


def _with_ending(word: str, ending: str, tense: Tense) -> Form | None:
    stem = word[: -len(ending)]
    doubled = len(stem) > 2 and stem[-1] == stem[-2] and stem[-1] not in "aeiou"
    for verb in (stem, stem + "e", stem[:-1] if doubled else "", stem[:-1] + "y" if stem.endswith("i") else ""):
        if len(verb) > 1 and verb in lexicon.words("common_words") and (tense == "regular" or _is_verb(verb)):
            return Form(tense, verb)
    return None


def _present(word: str) -> Form | None:
    for verb in (word[:-1], word[:-2] if word.endswith("es") else "", word[:-3] + "y" if word.endswith("ies") else ""):
        if len(verb) > 1 and _is_verb(verb):
            return Form("present", verb)
    return None


@cache
def _is_verb(word: str) -> bool:
    """Whether fiction knows a past of the word."""
    if word in lexicon.table("irregular_verbs"):
        return True
    common = lexicon.words("common_words")
    pasts = (word + "ed", word + "d" if word.endswith("e") else "", word[:-1] + "ied", word + word[-1] + "ed")
    return word in common and any(past in common for past in pasts)
