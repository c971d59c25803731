"""Let the names that the user has given be names wherever the text has them, and what he calls nobody's be none."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection

from fabula import lexicon
from fabula.layers.cast.given import Given, bare
from fabula.segment.wording import Wording
from fabula.story import Mention, Span
from fabula.story.corrections import name_key

__all__ = ["mend_mentions"]

_SMALL = frozenset("of the in a an and at to with from on de la le du von van".split())
"""Words inside a name whose capital is a matter of taste."""
_ARTICLES = ("the", "a", "an")


def mend_mentions(
    wording: Wording, mentions: tuple[Mention, ...], given: Given, also: Collection[str] = ()
) -> tuple[Mention, ...]:
    """The mentions with the user's names among them, each wherever the text has it with the capitals he gave it.

    A longer name that the reading found stays whole ("Lady Lucas" is not "Lucas"); a shorter one, or none, or a
    place of that name, gives way. A word that is also a common one counts at the head of a sentence only where it
    does something, owns something or is called. Descriptions ("the old woman") are added where none was found. `also`:
    names that the text itself gives in a heading or a signature; they are searched for like the user's.
    """
    pattern = _pattern(given, also)
    if pattern is None:
        return mentions
    kept = {(m.start, m.end, m.form): m for m in mentions if name_key(wording.segments.text[m]) not in given.nobody}
    names = [m for m in mentions if m.form == "name"]
    starts = [m.start for m in names]
    for match in pattern.finditer(wording.segments.text.content):
        span = Span(*match.span())
        if not _is_word(wording, span):
            continue
        first = max(0, bisect_left(starts, span.start) - 1)
        held = [m for m in names[first : bisect_left(starts, span.end)] if m.overlaps(span)]
        if any(m.covers(span) and len(m) > len(span) for m in held):
            continue
        words = match[0]
        named = bool(words[0].isupper() and bare(words) == " ".join(words.split()))
        known = any(m.span == span and m.type == "PER" for m in held)
        if name_key(words) not in given.nobody and named and not known and not _is_name(wording, span):
            continue
        if named or name_key(words) in given.nobody:
            for m in (*held, Mention(span.start, span.end, form="nominal")):
                kept.pop((m.start, m.end, m.form), None)
        if name_key(words) not in given.nobody:
            mention = Mention(span.start, span.end, form="name" if named else "nominal")
            kept.setdefault((span.start, span.end, mention.form), mention)
    return tuple(sorted(kept.values(), key=lambda m: (m.start, -m.end)))


def _pattern(given: Given, also: Collection[str]) -> re.Pattern[str] | None:
    """All the user's names, the longest first; None where he gave none."""
    wanted = [name for names in given.written.values() for name in names]
    wanted += [*(entry.name for entry in given.corrections.nobody), *also]
    forms = {_form(name) for name in wanted} - {""}
    if not forms:
        return None
    either = "|".join(sorted(forms, key=lambda form: (-len(form), form)))
    return re.compile(rf"(?<![\w])(?<!\w[-'’])(?:{either})(?!\w)(?!-\w)")


def _form(name: str) -> str:
    """How a name may stand in the text; "" for a description without an article, which may be anybody's."""
    words = (bare(name) or name).split()
    if not words[0][0].isupper() and words[0] not in _ARTICLES:
        return ""
    return r"\s+".join(_word(word, first=i == 0) for i, word in enumerate(words))


def _word(word: str, *, first: bool) -> str:
    stem = re.sub(r"['’]", "['’]", re.escape(word.rstrip(".")))
    if (first and word in _ARTICLES) or (not first and word.lower() in _SMALL):
        stem = f"(?:{stem.lower()}|{stem.capitalize()})"
    return stem + (r"\.?" if word.endswith(".") or word.lower() in lexicon.table("titles") else "")


def _is_word(wording: Wording, span: Span) -> bool:
    """Whether the place begins with a word of the story itself, not of a heading."""
    at = wording.at(span.start)
    if at >= len(wording) or wording.starts[at] != span.start:
        return False
    return wording.segments.paragraphs[wording.paragraph[at]].kind not in ("heading", "apart", "break")


def _is_name(wording: Wording, span: Span) -> bool:
    """Whether the capital says that this is the name: inside a sentence, or with something done, owned or called."""
    words = wording.within(span)
    lower = wording.lower[words.start]
    if len(words) > 1 or not wording.opening[words.start]:
        return True
    if lower not in lexicon.words("common_words") and lower not in lexicon.words("function_words"):
        return True
    after = wording.lower[words.stop] if words.stop < len(wording) else ""
    acts = lexicon.words("acts") | lexicon.words("speech_verbs")
    return after in acts or after in ("'s", ",", "!")
