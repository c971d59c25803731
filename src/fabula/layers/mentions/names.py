"""Names: runs of capitalised words that name a person, a place, an organisation."""

from __future__ import annotations

from collections.abc import Sequence

from fabula import lexicon
from fabula.layers.mentions.kinds import judge
from fabula.layers.mentions.spelling import find_namelike, is_capital, stand_joined
from fabula.lexicon.counting import UNITS
from fabula.segment.wording import Wording
from fabula.story import Mention

__all__ = ["find_names"]

_PARTICLES = frozenset("de du des d' di da del della von van der den la le of the y bin ibn al ap fitz".split())
_OF_AFTER = frozenset(
    "duke duchess earl count countess king queen prince princess lord lady bishop archbishop marquis marchioness "
    "baron viscount master house order knight sheriff abbot prior anne joan john mary helen william".split()
)
_LONE_TITLES_LEFT_OUT = frozenset(
    "mr mr. mrs mrs. miss ms ms. sir messrs messrs. mister dr dr. st st. rev rev. hon. mme mme. mlle mlle. m. lt. lt "
    "capt. col. gen. sgt. prof. master madam madame monsieur mademoiselle lord saint misses old lordship ladyship "
    "brother sister father mother aunt uncle cousin".split()
)
_TITLE = 12
"""So many words at most has a story's title."""
_NUMERALS = frozenset(UNITS[1:11])
_SEASONAL = frozenset("march may august christmas easter friday sunday death love".split())
_FAMILIAR = frozenset(
    "father mother papa mamma mama mum mummy mom dad daddy pa ma aunt auntie aunty uncle grandpa grandma granny gran "
    "grandfather grandmother nurse nanny cook".split()
)
"""Words that become names inside one family; they mean somebody else in another."""


def find_names(wording: Wording, proper: Sequence[float] = ()) -> list[Mention]:
    """Every name in order of place, with the type of what it names.

    A word can be part of a name where its capital says something: inside a sentence, or at its beginning if the book
    elsewhere shows it to be a name, or if no common word is written so.

    Args:
        proper: for each word how likely the encoder holds it to be a proper noun; empty where it has not read it.
    """
    namelike = find_namelike(wording, proper)
    runs = _runs(wording, namelike)
    types = judge(wording, runs)
    titled = _titled(wording, runs)
    found = []
    for first, last in runs:
        words = wording.lower[first : last + 1]
        if types.get(tuple(words)) is None or (first in titled):
            continue
        familiar = len(words) == 1 and words[0] in _FAMILIAR
        found.append(
            Mention(
                wording.starts[first],
                wording.ends[last],
                form="nominal" if familiar else "name",
                type=types[tuple(words)] or "PER",
            )
        )
    return found


def _titled(wording: Wording, runs: Sequence[tuple[int, int]]) -> set[int]:
    """The first words of what only a heading writes with capitals, and the text without: "The Mate's Tobacco"."""
    nouns, places = lexicon.table("person_nouns"), {*runs}
    headed = {run for run in places if _is_headed(wording, run[0])}
    if not headed:
        return set()
    names = {_bare(wording, run) for run in places - headed}
    small = {wording.lower[i] for i, form in enumerate(wording.forms) if form.islower()}
    return {
        run[0]
        for run in headed
        if (words := _bare(wording, run)) not in names and words[-1] in nouns and small.issuperset(words[:-1])
    }


def _is_headed(wording: Wording, i: int) -> bool:
    """Whether a word stands in a heading, or in a first line that ends without a mark: the title."""
    here = wording.paragraph[i]
    if wording.segments.paragraphs[here].kind == "heading":
        return True
    after = next((j for j in range(i, min(i + _TITLE, len(wording))) if wording.paragraph[j] != here), None)
    return here == wording.paragraph[0] and after is not None and wording.lower[after - 1][0].isalnum()


def _bare(wording: Wording, run: tuple[int, int]) -> tuple[str, ...]:
    words = tuple(wording.lower[run[0] : run[1] + 1])
    return words[1:] if words[0] == "the" and len(words) > 1 else words


def _runs(wording: Wording, namelike: Sequence[bool]) -> list[tuple[int, int]]:
    """First and last word of each name."""
    titles = lexicon.table("titles")
    common = lexicon.words("common_words")
    runs = []
    i = 0
    while i < len(namelike):
        if not namelike[i]:
            i += 1
            continue
        last = _end_of_run(wording, namelike, i)
        lone_title = last == i and wording.lower[i] in titles
        if lone_title and (wording.lower[i] in _LONE_TITLES_LEFT_OUT - _FAMILIAR or wording.opening[i]):
            i += 1
            continue
        if i and wording.lower[i - 1] in _SEASONAL and wording.lower[i] in common and is_capital(wording.forms[i - 1]):
            i -= 1  # "the March Hare"
        runs.append((i, last))
        i = last + 1
    return runs


def _end_of_run(wording: Wording, namelike: Sequence[bool], first: int) -> int:
    titles = lexicon.table("titles")
    function = lexicon.words("function_words")
    last = first
    while last + 1 < len(namelike) and stand_joined(wording, last):
        j = last + 1
        if namelike[j] and not (wording.lower[j] in titles and wording.lower[last] not in titles):
            last = j
            continue
        plain = wording.opening[j] or wording.lower[j] in function or not is_capital(wording.forms[j])
        if wording.lower[last] in titles and not plain:
            last = j  # "Mr. Green": after a title any capital is a name
            continue
        if not plain and _completes(wording, namelike, last):
            last = j
            continue
        end = _over_particles(wording, namelike, last)
        if end is None:
            break
        last = end
    return last


def _completes(wording: Wording, namelike: Sequence[bool], last: int) -> bool:
    """Whether a capitalised common word goes on with a name: "Bob Hunt", "Torchwood Two", "Baker Street"."""
    lower = wording.lower[last + 1]
    if lower in lexicon.words("not_names"):
        return False
    first_names, common = lexicon.table("first_names"), lexicon.words("common_words")
    if wording.lower[last] in first_names and wording.lower[last] not in common:
        follows = last + 2 < len(namelike) and namelike[last + 2] and stand_joined(wording, last + 1)
        return not follows
    return lower in _NUMERALS or lower in lexicon.words("place_nouns") or lower in lexicon.words("organisation_nouns")


def _over_particles(wording: Wording, namelike: Sequence[bool], last: int) -> int | None:
    j = last + 1
    while j < len(namelike) and j - last <= 2 and wording.lower[j] in _PARTICLES and stand_joined(wording, j - 1):
        j += 1
    if j == last + 1 or j >= len(namelike) or not namelike[j] or not stand_joined(wording, j - 1):
        return None
    particles = wording.lower[last + 1 : j]
    if "of" in particles and wording.lower[last] not in _OF_AFTER:
        return None
    if particles == ["the"] or (particles[0] == "al" and len(particles) == 1):
        return None
    return j
