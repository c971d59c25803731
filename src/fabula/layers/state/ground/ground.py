"""What every reading of the state stands on: who is meant at a word, how words hang together, in which scene."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence, Set

import msgspec

from fabula import lexicon
from fabula.layers.state.ground.grammar import Grammar, inflected
from fabula.layers.state.ground.meant import Meant, Who
from fabula.story import Quote, Scene, Span

__all__ = ["Ground", "lay_ground"]

_WE = frozenset({"we", "us"})
_WHO = frozenset({"who", "that", "which"})
_THIRD = {"he": "m", "him": "m", "his": "m", "she": "f", "her": "f"}
_MINDS = frozenset("recall remember realise realize know understand suspect guess forget".split())
"""What nobody sees another do."""
_FAR = 600
"""So many words off somebody named can still be the one who is spoken of."""
_CLOSE = 40
"""So many words off somebody named is guessed to be the one whom an unknown "he" means."""
_HELD_BACK = 0.6
"""How sure "we" says that its speaker is one of those meant."""


class Ground(msgspec.Struct, frozen=True, kw_only=True):
    """Who is meant at each word that is the head of a mention, and where the scenes begin.

    Attributes:
        meant: by the word that heads a mention, who is meant; the longest mention wins.
        ranks: each scene's place in story order; where it cannot be told, as told.
    """

    who: Who
    grammar: Grammar
    scenes: Sequence[Scene]
    meant: Mapping[int, Meant]
    ranks: Mapping[str, tuple[int, int]]

    def person(self, word: int | None) -> Meant | None:
        """Who is meant by the noun or pronoun at a word; "we" is at least whoever says it."""
        if word is None:
            return None
        found = self.meant.get(word) or self._beside(word)
        if found is None and self.who.wording.lower[word] in _WE:
            speaker = self.speaker(word)
            return Meant(speaker, word, word + 1, _HELD_BACK) if speaker else None
        recalled = self.recalled_by(word)
        if recalled is not None and self.who.wording.lower[word] == "you":
            return Meant(recalled, word, word + 1, _HELD_BACK)
        if found is not None and self.who.wording.lower[word] in _THIRD:
            return self._third(word, found) if self.is_spoken(word) else self._narrated(word, found)
        return found

    def _beside(self, word: int) -> Meant | None:
        """Who is named beside a word that means nobody by itself: "his second, Isabel"."""
        lower = self.who.wording.lower[word]
        nouns = lexicon.table("person_nouns")
        if nouns.get(lower) == ("p",):
            return None  # "I buried two husbands, Constable"
        somebody = lower in nouns or lower in lexicon.table("kin")
        if not somebody and self.grammar.word_class[word] not in ("ADJ", "NUM"):
            return None
        for kid in self.grammar.under(word, "appos"):
            found = self.meant.get(kid)
            if found is not None and found.first > word and self.who.wording.forms[kid][:1].isupper():
                return found
        return None

    def _narrated(self, word: int, found: Meant) -> Meant | None:
        """In the narration it is the one through whose eyes all is seen who recalls and feels; and whoever is closer
        to Tom than somebody else is not Tom."""
        scene, grammar = self.scene(word), self.grammar
        if scene is None or grammar.relation[word] not in ("nsubj", "nsubj:pass"):
            return found
        eyes, gender = scene.point_of_view, _THIRD[self.who.wording.lower[word]]
        verb = self.who.wording.lower[grammar.head[word]]
        if eyes not in (None, found.id) and eyes is not None and inflected("knowing_verbs").get(verb) in _MINDS:
            return Meant(eyes, word, word + 1, _HELD_BACK) if self.who.gender[eyes] == gender else found
        if self._names_in_clause(word, found.id):
            return self._other_near(word, {found.id}, scene)
        return found

    def _names_in_clause(self, word: int, character: str) -> bool:
        """Whether somebody is named after a subject in its own clause: then the subject is somebody else."""
        named, wording = self.who.named, self.who.wording
        at = bisect_left(named, word, key=lambda one: one.first)
        while at < len(named) and wording.sentence[named[at].first] == wording.sentence[word]:
            if named[at].id == character and self._hangs_on(named[at].stop - 1, self.grammar.head[word]):
                return True
            at += 1
        return False

    def _hangs_on(self, word: int, verb: int) -> bool:
        """Whether a word belongs to a verb with no other clause between."""
        for _ in range(4):
            relation, head = self.grammar.relation[word], self.grammar.head[word]
            if relation not in ("obj", "iobj", "obl", "nmod", "flat", "compound") or head == word:
                return False
            if head == verb:
                return True
            word = head
        return False

    def _third(self, word: int, found: Meant) -> Meant | None:
        """A third person spoken of is neither the speaker nor the one spoken to: else the nearest other named in the
        scene, who fits."""
        quote, scene = self.quote(word), self.scene(word)
        recalled = self.recalled_by(word)
        if quote is None or scene is None or found.id not in (quote.speaker, *quote.addressees[:1], recalled):
            return found
        other = self._other_near(word, {quote.speaker, *quote.addressees, recalled}, scene)
        return other or (self._named_before(word) if found.id != quote.speaker else None)

    def other(self, word: int, *, than: str | None) -> Meant | None:
        """The nearest in the scene whom "him", "her" or "his" fits, other than somebody, the speaker, and who is spoken
        to."""
        scene = self.scene(word)
        if self.who.wording.lower[word] not in _THIRD or scene is None:
            return None
        quote = self.quote(word)
        out = {than, *((quote.speaker, *quote.addressees) if quote is not None else ())}
        return self._other_near(word, out, scene)

    def guessed(self) -> Ground:
        """With "he" and "she" of whom it is not known whom they mean taken for the nearest whom they fit."""
        found: dict[int, Meant] = {}
        for word, form in enumerate(self.who.wording.lower):
            scene = self.scene(word) if form in _THIRD and word not in self.meant else None
            if scene is not None:
                quote = self.quote(word)
                out = {quote.speaker, *quote.addressees[:1]} if quote is not None else set[str | None]()
                near = self._other_near(word, out, scene, far=_CLOSE) or self._named_before(word)
                if near is not None:
                    found[word] = near
        return msgspec.structs.replace(self, meant={**found, **self.meant})

    def _named_before(self, word: int) -> Meant | None:
        """Who is named before a word in the same quotation and fits it: of "Mr. Jessop. He took his own life" he is."""
        wording, named = self.who.wording, self.who.named
        at = bisect_left(named, word, key=lambda one: one.first) - 1
        one = named[at] if at >= 0 else None
        same = one is not None and wording.quote[one.first] == wording.quote[word] != -1 and word - one.first < _CLOSE
        if one is None or not same or self.who.gender[one.id] not in (_THIRD[wording.lower[word]], ""):
            return None
        return Meant(one.id, word, word + 1, _HELD_BACK)

    def _other_near(self, word: int, out: Set[str | None], scene: Scene, *, far: int = _FAR) -> Meant | None:
        """The nearest one named in the scene who fits a pronoun and is none of these."""
        near = self._fitting(self.who.named, word, out, scene) or self._fitting(self.who.described, word, out, scene)
        if not near:
            return None
        best = min(near, key=lambda one: (one.first > word, abs(one.first - word)))
        return Meant(best.id, word, word + 1, _HELD_BACK)

    def _fitting(self, met: Sequence[Meant], word: int, out: Set[str | None], scene: Scene) -> list[Meant]:
        """Those among the people met near a pronoun whom it fits, in its scene."""
        gender = _THIRD[self.who.wording.lower[word]]
        starts = self.who.wording.starts
        first = bisect_left(met, word - _FAR, key=lambda one: one.first)
        last = bisect_left(met, word + _FAR, first, key=lambda one: one.first)
        return [
            one
            for one in met[first:last]
            if scene.start <= starts[one.first] < scene.end
            and one.id not in out
            and self.who.gender[one.id] in (gender, "")
            and self.who.characters[one.id].kind == "person"
        ]

    def sufferer(self, verb: int) -> Meant | None:
        """Who is said to do or suffer a verb: its own subject; else who stands right before it, where the syntax went
        astray ("said that Miss Gray had taken …", "It was Mary who died"); else the subject it shares."""
        grammar, lower = self.grammar, self.who.wording.lower
        own = grammar.under(verb, "nsubj", "nsubj:pass", "nsubj:outer")
        if own and lower[own[0]] not in _WHO:
            return self.person(own[0])
        at = verb
        while at > 0 and (grammar.word_class[at - 1] in ("AUX", "ADV") or lower[at - 1] in _WHO | {","}):
            at -= 1
        found, head = self.who.ending.get(at), grammar.head[verb]
        if found is None and grammar.relation[verb] == "conj" and grammar.relation[head] != "conj":
            return self.sufferer(head)
        return found or self.person(grammar.subject(verb))

    def joined(self, found: Meant) -> Iterator[Meant]:
        """Those whom "and" joins to somebody: of "Tom and Mary", Mary; not of "Mary, not Beth"."""
        grammar, lower = self.grammar, self.who.wording.lower
        for word in range(found.first, found.stop):
            for kid in grammar.under(word, "conj"):
                apart = {lower[other] for other in grammar.under(kid, "advmod", "cc")} & {"not", "but", "or", "nor"}
                other = self.person(kid) if kid >= found.stop and not apart else None
                if other is not None and other.id != found.id:
                    yield other

    def owner(self, word: int) -> Meant | None:
        """Whose the thing at a word is: "her ring", "Ned's ring", "the ring of the king"."""
        for kid in self.grammar.under(word, "nmod:poss"):
            for word in (kid, *self.grammar.under(kid, "appos", "flat")):  # "her brother Will's grave"
                if word in self.meant:
                    return self.meant[word]
        return None

    def quote(self, word: int) -> Quote | None:
        """The quotation a word stands in, as read; None in the narration."""
        return self.who.speaker.get(self.who.wording.quote[word])

    def is_spoken(self, word: int) -> bool:
        """Whether a word stands in somebody's mouth."""
        return self.who.wording.quote[word] != -1

    def speaker(self, word: int) -> str | None:
        """Who says the word: the one quoted, in the narration the narrator who is somebody."""
        if not self.is_spoken(word):
            return self.who.teller(word)
        quote = self.quote(word)
        return quote.speaker if quote else None

    def recalled_by(self, word: int) -> str | None:
        """Who remembers the words of somebody else in which a word stands: they were said to the one who does."""
        quote, scene = self.quote(word), self.scene(word)
        if quote is None or scene is None or quote.mode != "remembered" or quote.addressees:
            return None
        return scene.point_of_view if scene.point_of_view != quote.speaker else None

    def scene(self, word: int) -> Scene | None:
        """The scene in which a word stands."""
        at = bisect_right(self.scenes, self.who.wording.starts[word], key=lambda scene: scene.start) - 1
        return self.scenes[at] if at >= 0 else None

    def span(self, *words: int) -> Span:
        """The place from the first to the last of these words."""
        return self.who.span(min(words), max(words) + 1)

    def is_asked(self, word: int) -> bool:
        """Whether what a word stands in ends in a question mark."""
        return "?" in self.who.wording.segments.text[self.clause(word)]

    def clause(self, word: int) -> Span:
        """The sentence of a word, or as much of it as stands in the same quotation (or in none)."""
        wording = self.who.wording
        sentence, quote = wording.sentence[word], wording.quote[word]
        first = last = word
        while first > 0 and wording.sentence[first - 1] == sentence and wording.quote[first - 1] == quote:
            first -= 1
        while last + 1 < len(wording) and wording.sentence[last + 1] == sentence and wording.quote[last + 1] == quote:
            last += 1
        return self.span(first, last)


def lay_ground(who: Who, grammar: Grammar, scenes: Sequence[Scene]) -> Ground:
    """Find the head word of every mention, and the place of every scene in story order."""
    letters = [(scene.start, scene.end, scene.teller) for scene in scenes if scene.frame == "letter"]
    who = msgspec.structs.replace(who, tellers=[(start, end, one) for start, end, one in letters if one is not None])
    meant: dict[int, Meant] = {}
    for found in sorted((*who.starting.values(), *who.ending.values()), key=lambda one: one.first - one.stop):
        meant.setdefault(_head(grammar, found), found)
    for found in who.starting.values():
        if found.stop - found.first == 1:
            meant.setdefault(found.first, found)
    return Ground(
        who=who,
        grammar=grammar,
        scenes=scenes,
        meant=meant,
        ranks={scene.id: (scene.order if scene.order is not None else at, at) for at, scene in enumerate(scenes, 1)},
    )


def _head(grammar: Grammar, found: Meant) -> int:
    """The word of a mention that governs the rest of it."""
    inside = range(found.first, found.stop)
    return next(
        (word for word in inside if grammar.head[word] not in inside or grammar.head[word] == word), found.first
    )
