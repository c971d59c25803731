"""Who is whose mother, brother, friend: by what the text says in so many words, else by what names suggest."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence

from fabula import lexicon
from fabula.layers.resolve.people import People
from fabula.layers.resolve.places import Place
from fabula.segment.wording import Wording

__all__ = ["Kin", "Named", "stated"]

_BACK = {
    "parent": "child", "child": "parent", "grandparent": "grandchild", "grandchild": "grandparent", "uncle": "nephew",
    "nephew": "uncle", "sibling": "sibling", "spouse": "spouse", "cousin": "cousin", "friend": "friend",
    "lover": "lover", "betrothed": "betrothed", "colleague": "colleague", "partner": "partner",
}  # fmt: skip
_STATED, _LIKELY, _BY_TITLE, _BY_FAMILY, _OF_FAMILY = 0.85, 0.6, 0.6, 0.45, 0.4
"""How sure a tie is: said in so many words; one step from such a word, or one of several; the story has one "Aunt"
only; the "Mrs." of the same family name; of the same family name and lately spoken of."""
_CALLED = 0.3
"""What one "Mamma" to somebody's face counts towards a tie, of 1 for an apposition: hearers are often guessed."""
_ENOUGH = 0.6
_ONLY = frozenset({"parent", "spouse", "betrothed"})
"""Of these everybody has one of each gender at a time; sisters and friends there may be several."""


Latest = Callable[[Iterable[str]], str | None]


class Kin:
    """Ties between characters, gathered while reading.

    A tie (owner, kind) holds a count for each character said to stand so to the owner; the tie back is kept with it.
    """

    def __init__(self, people: People) -> None:
        self._people = people
        self._ties: defaultdict[tuple[str, str], defaultdict[str, float]] = defaultdict(lambda: defaultdict(float))

    def state(self, owner: str, noun: str, character: str, sure: float) -> None:
        """The text says that `character` is the owner's `noun`; `sure`: that it is this owner ("her sister Jane")."""
        self._add(owner, noun, character, sure)

    def call(self, speaker: str, noun: str, hearer: str) -> None:
        """The speaker calls the hearer "Mamma"."""
        self._add(speaker, noun, hearer, _CALLED)

    def find(self, owner: str, noun: str, latest: Latest) -> tuple[str | None, float]:
        """Who the owner's `noun` is, and how sure; `latest` picks of several the one last spoken of, if any."""
        gender, kind = _kin(noun)
        if not kind:
            return None, 0.0
        told = self._of(owner, kind, gender)
        near = self._by_relatives(owner, kind, gender)
        if kind in _ONLY and gender:
            for found, sure in ((told, _STATED), (near, _LIKELY)):
                if found:
                    return found[0], sure
            return self._by_name(owner, noun, kind, gender)
        family = self._by_family(owner, kind, gender)
        one = latest({*told, *near, *family})
        if one is None and len(told) == 1 and not family:
            one = told[0]
        if one is not None:
            return one, _OF_FAMILY if one in family and one not in told else _LIKELY
        return self._by_name(owner, noun, kind, gender)

    def _add(self, owner: str, noun: str, character: str, weight: float) -> None:
        gender, kind = _kin(noun)
        if kind and owner != character and self._people.fits(character, gender):
            self._ties[owner, kind][character] += weight
            if kind in _BACK:
                self._ties[character, _BACK[kind]][owner] += weight

    def _of(self, owner: str, kind: str, gender: str) -> list[str]:
        tied = self._ties.get((owner, kind))
        if not tied:
            return []
        fit = [(n, c) for c, n in tied.items() if n >= _ENOUGH and self._people.fits(c, gender)]
        return [c for _, c in sorted(fit, reverse=True)]

    def _by_relatives(self, owner: str, kind: str, gender: str) -> list[str]:
        """Siblings share their parents, and parents their children."""
        if kind == "parent":
            through = [p for s in self._of(owner, "sibling", "") for p in self._of(s, "parent", gender)]
            through += [p for q in self._of(owner, "parent", "") for p in self._of(q, "spouse", gender)]
        elif kind == "sibling":
            through = [c for p in self._of(owner, "parent", "") for c in self._of(p, "child", gender)]
        elif kind == "child":
            through = [c for p in self._of(owner, "spouse", "") for c in self._of(p, "child", gender)]
        else:
            through = []
        return [c for c in dict.fromkeys(through) if c != owner]

    def _by_name(self, owner: str, noun: str, kind: str, gender: str) -> tuple[str | None, float]:
        """What names alone suggest: the story's one "Aunt", the "Mrs. Bennet" beside Mr. Bennet."""
        people = self._people
        titled = [c for c in people.titled.get(noun, ()) if c != owner]
        if kind in ("uncle", "grandparent", "cousin") and len(titled) == 1:
            return titled[0], _BY_TITLE
        head = None
        if kind == "spouse":
            head = people.spouses.get(owner)
        elif kind == "parent" and gender:
            head = people.heads.get((people.families.get(owner, ""), gender))
        if head is not None and head != owner and people.fits(head, gender):
            return head, _BY_FAMILY
        return None, 0.0

    def _by_family(self, owner: str, kind: str, gender: str) -> list[str]:
        """Those of the family name who may be an owner's brothers and sisters, or its Mr. and Mrs.'s children."""
        people = self._people
        family = people.families.get(owner) if kind == "sibling" else None
        if kind == "child":
            family = next((family for (family, _), head in people.heads.items() if head == owner), None)
        heads = set(people.heads.values())
        members = (c for c, own in people.families.items() if own == family and c not in heads)
        return [c for c in members if c != owner and people.fits(c, gender)]


class Named:
    """Where the mentions that are tied to characters begin and end, by word.

    Attributes:
        begin: from the first word to the character and the word behind the mention.
        end: from the word behind the mention to the character.
    """

    def __init__(self, tied: Iterable[tuple[Place, str]]) -> None:
        self.begin: dict[int, tuple[str, int]] = {}
        self.end: dict[int, str] = {}
        for place, character in tied:
            self.begin[place.first] = (character, place.stop)
            self.end[place.stop] = character


def stated(wording: Wording, place: Place, named: Named, called: Sequence[str]) -> str | None:
    """The character whom a description stands beside as its apposition.

    "his sister Georgiana", "her mother, Mrs. Bennet,", "his sister was Georgiana.", "Georgiana, his
    sister,"; not the members of a list, nor one of those who may be `called` ("I have a friend, Margaret, …").
    """
    lower = wording.lower
    size = len(lower)
    after = lower[place.stop] if place.stop < size else ""
    if place.stop in named.begin:
        return named.begin[place.stop][0] if wording.sentence[place.stop] == place.sentence else None
    if after in (",", "is", "was") and place.stop + 1 in named.begin:
        character, stop = named.begin[place.stop + 1]
        return character if character not in called and _closes(lower, stop) else None
    if place.first and lower[place.first - 1] == "," and place.first - 1 in named.end:
        return named.end[place.first - 1] if _closes(lower, place.stop) else None
    return None


def _closes(lower: Sequence[str], stop: int) -> bool:
    """Whether an apposition ends here: at a mark, and no list goes on behind it."""
    after = [*lower[stop : stop + 2], "", ""]
    return after[0] in (",", ".", ";", ":", "—", "--", "who", "!", "?") and after[1] not in ("and", "or", "nor")


def _kin(noun: str) -> tuple[str, str]:
    gender, kind = lexicon.table("kin").get(noun, ("", ""))
    return ("" if gender == "n" else gender), kind
