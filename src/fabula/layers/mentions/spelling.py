"""What a capital letter says: whether a word so written is part of a name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import msgspec

from fabula import lexicon
from fabula.layers.mentions.pronouns import PRONOUNS
from fabula.segment.wording import Wording

__all__ = ["find_namelike", "is_capital", "stand_joined"]

_COMMON_SHARE, _COMMON_NAME_SHARE, _RARE_SHARE = 0.6, 0.25, 0.3
"""A word is a name where its capitals inside sentences are more than this part of its small letters: a common word
("rose"), a common word that is a first name too ("Rose"), a word no list knows ("Ianto")."""
_PROPER, _PROPER_OPENING = 0.5, 0.55
"""How likely the encoder must hold a word to be a proper noun where a capital says something, and at the head of a
sentence, where the word acts or is a name elsewhere."""
_PASSING = frozenset({"heading", "apart", "break"})


class _Spelling(msgspec.Struct, frozen=True):
    """How often each word of a text (in lower case) is written with a capital inside a sentence, in small letters, and
    how often it acts at the head of one; and those that the encoder takes for proper nouns inside a sentence."""

    inside: Mapping[str, int]
    small: Mapping[str, int]
    acting: Mapping[str, int]
    proper: frozenset[str] = frozenset()

    def is_name(self, lower: str, *, opening: bool) -> bool:
        """Whether a capitalised word is a name by itself; `opening`: where any word has a capital."""
        first_name = lower in lexicon.table("first_names")
        if lower in lexicon.table("titles"):
            return True
        if _says_nothing(lower):
            return first_name and self.acting[lower] > 1  # "May nodded" is no month
        capitals, small = self.inside[lower], self.small[lower]
        common = lower in lexicon.words("common_words")
        if opening and not capitals:
            plain = common or small or len(lower) < 3 or not lower.isalpha()
            known = first_name and self.acting[lower] and not small
            return bool(known) or (not plain and (first_name or self.acting[lower] > 0))
        if first_name and self.acting[lower] and not small:
            return True  # "said Rob", in a text that never robs
        if common:
            share = _COMMON_NAME_SHARE if first_name else _COMMON_SHARE
            return capitals >= (2 if first_name else 3) and capitals > small * share
        return capitals > small * _RARE_SHARE

    def is_read_as_name(self, lower: str, chance: float, *, opening: bool, ruled: bool) -> bool:
        """Whether a capitalised word is a name, now that the encoder has read its sentence.

        Args:
            chance: how likely the encoder holds it to be a proper noun here.
            ruled: what `is_name` says of it.
        """
        if lower in PRONOUNS:
            return False
        if lower in lexicon.table("titles") or lower in lexicon.words("not_names"):
            return ruled
        if lower in lexicon.words("function_words"):  # "Will", but not "So" and "In"
            return lower in lexicon.table("first_names") and chance >= _PROPER
        if not opening:
            return ruled or chance >= _PROPER
        if ruled and (self.inside[lower] or chance >= _PROPER or not self._is_common(lower)):
            return True
        return chance >= _PROPER_OPENING and (lower in self.proper or self.acting[lower] > 0)

    def _is_common(self, lower: str) -> bool:
        return lower in lexicon.words("common_words") or self.small[lower] > 0


def find_namelike(wording: Wording, proper: Sequence[float] = ()) -> list[bool]:
    """For each word of a text, whether it is part of a name as it is written.

    Args:
        proper: for each word how likely it is a proper noun; empty where nothing has read the sentences.
    """
    in_heading = [paragraph.kind in _PASSING for paragraph in wording.segments.paragraphs]
    spelling = _count(wording, in_heading, proper)
    known: dict[tuple[str, bool], bool] = {}
    namelike = []
    for i, form in enumerate(wording.forms):
        if not is_capital(form) or in_heading[wording.paragraph[i]]:
            namelike.append(False)
            continue
        lower, opening = wording.lower[i], wording.opening[i]
        if (lower, opening) not in known:
            known[lower, opening] = spelling.is_name(lower, opening=opening)
        is_name = known[lower, opening]
        if proper:
            is_name = spelling.is_read_as_name(lower, proper[i], opening=opening, ruled=is_name)
        namelike.append(is_name or _by_company(wording, i, spelling))
    return namelike


def _count(wording: Wording, in_heading: list[bool], proper: Sequence[float]) -> _Spelling:
    inside: Counter[str] = Counter()
    small: Counter[str] = Counter()
    read = set()
    for i, form in enumerate(wording.forms):
        if in_heading[wording.paragraph[i]]:
            continue
        if form[0].islower():
            small[form] += 1
        elif is_capital(form) and not wording.opening[i]:
            inside[wording.lower[i]] += 1
            if proper and proper[i] >= _PROPER:
                read.add(wording.lower[i])
    return _Spelling(inside, small, _acting(wording), frozenset(read))


def _acting(wording: Wording) -> Counter[str]:
    """How often words begin a sentence of the narration and do or own something there ("Gwennan nodded"), or follow a
    verb of speech."""
    verbs = lexicon.words("speech_verbs")
    acts = verbs | lexicon.words("acts") | {"'s"}
    following = zip(wording.forms, wording.lower[1:], wording.opening, wording.quote, strict=False)
    acting = Counter(f.lower() for f, after, opening, quote in following if opening and quote == -1 and after in acts)
    preceding = zip(wording.lower, wording.forms[1:], wording.quote, wording.quote[1:], strict=False)
    tagged = [f.lower() for verb, f, q, r in preceding if verb in verbs and q == r == -1 and f[0].isupper()]
    acting.update(tagged * 2)  # "said Grace" alone shows that she is nobody's virtue
    return acting


def _by_company(wording: Wording, i: int, spelling: _Spelling) -> bool:
    """Whether a word that is no name by itself is one beside the next: "J. Smith", "Baker Street"."""
    lower = wording.lower[i]
    follows = i + 1 < len(wording) and is_capital(wording.forms[i + 1]) and not wording.opening[i + 1]
    if _is_initial(wording.forms[i]) and follows:
        return True
    if _says_nothing(lower):
        return False
    if not wording.opening[i] and lower in lexicon.table("first_names"):
        return True
    if not follows or not stand_joined(wording, i) or _says_nothing(wording.lower[i + 1]):
        return False
    if wording.opening[i]:
        common = lower in lexicon.words("common_words") or spelling.small[lower]
        return not common and len(lower) > 2 and lower.isalpha()
    return wording.lower[i + 1] in lexicon.words("place_nouns") | lexicon.words("organisation_nouns")


def _says_nothing(lower: str) -> bool:
    """Words written with a capital anyway, or that no name begins with: days, nations, grammar."""
    never = lexicon.words("not_names")
    return (
        lower in never or lower in lexicon.words("function_words") or (lower[:-1] in never and lower.endswith("days"))
    )


def is_capital(form: str) -> bool:
    """Whether a word begins with a capital and is no mixture of signs."""
    return form[0].isupper() and (len(form.rstrip(".")) == 1 or any(c.islower() for c in form) or form.isalpha())


def _is_initial(form: str) -> bool:
    return len(form) == 2 and form[0].isupper() and form[1] == "."


def stand_joined(wording: Wording, i: int) -> bool:
    """Whether only a blank (or a line's end) stands between a word and the next, in one sentence and one quotation."""
    gap = wording.starts[i + 1] - wording.ends[i]
    return (
        1 <= gap <= 2
        and wording.sentence[i] == wording.sentence[i + 1]
        and wording.quote[i] == wording.quote[i + 1]
        and wording.lower[i] != "'s"
    )
