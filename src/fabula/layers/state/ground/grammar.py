"""How the words of a sentence hang together: who does what to whom, whether it is said to be so, and when."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache

import msgspec

from fabula import lexicon
from fabula.encode import Encoding
from fabula.segment.wording import Wording

__all__ = ["Grammar", "inflected", "parse", "verbs"]

_PASSIVE = "nsubj:pass"
_SUBJECTS = frozenset({"nsubj", _PASSIVE, "nsubj:outer"})
_MODALS = frozenset(
    "would could should might may must can will shall shalt wilt wo 'll 'd wouldn't couldn't shouldn't mightn't "
    "mustn't can't cannot won't shan't needn't".split()
)
_NOT = frozenset("not n't never nor no neither hardly scarcely barely nearly almost nobody none without".split())
_IF = frozenset("if unless whether lest though".split())
_UNREAL = frozenset(
    "think thinks thought believe believed believes suppose supposed imagine imagined fear feared fears hope "
    "hoped hopes wish wished wishes dream dreamed dreamt pretend pretended presume presumed want wanted wants try "
    "tried mean meant intend intended threaten threatened offer offered refuse refused plan planned expect "
    "expected rumoured rumored doubt "
    "doubted swear swore promise promised fail failed seem seemed seems assume assumed".split()
)
_TAGGED = frozenset("he she it they we you i".split())
_LIKELY = frozenset("as like".split())
_REACH = 6


class Grammar(msgspec.Struct, frozen=True, kw_only=True):
    """What the encoder says of the words of a text: `head` and `relation` of each, its class, and its dependents."""

    wording: Wording
    head: Sequence[int]
    relation: Sequence[str]
    word_class: Sequence[str]
    kids: Mapping[int, Sequence[int]]

    def under(self, word: int, *relations: str) -> list[int]:
        """The words that depend on a word in one of these ways."""
        return [kid for kid in self.kids.get(word, ()) if self.relation[kid] in relations]

    def subject(self, verb: int) -> int | None:
        """The word that says who does it (or, in the passive, to whom it is done); handed on by "and" and "to"."""
        at = verb
        for _ in range(4):
            own = next((kid for kid in self.kids.get(at, ()) if self.relation[kid] in _SUBJECTS), None)
            if own is not None:
                return self._antecedent(own, at)
            named = self._right_before(at)
            if named is not None:
                return named
            head, relation = self.head[at], self.relation[at]
            if relation in ("acl", "acl:relcl") and head != at:
                return head
            if relation == "conj" and self.wording.quote[head] != self.wording.quote[at]:
                return self._shared(
                    at
                )  # "'You left this!' Ann thanked him and took it": she does not take it in his words
            if head == at or relation not in ("conj", "xcomp", "advcl", "parataxis", "ccomp"):
                return None
            if relation in ("ccomp", "parataxis") and at == verb and self.wording.quote[head] != self.wording.quote[at]:
                return None
            at = head
        return None

    def _right_before(self, verb: int) -> int | None:
        """ "Said Ned, and Susan took it": Susan, though the syntax joins her to Ned."""
        before, lower = verb - 1, self.wording.lower
        joined = before > 1 and self.relation[before] == "conj" and self.word_class[before] in ("PROPN", "PRON")
        return before if joined and lower[before - 1] in ("and", "but") and lower[before - 2] == "," else None

    def _shared(self, verb: int) -> int | None:
        """The last subject before a verb in its sentence, on its own side of the quotation marks."""
        wording, at = self.wording, verb - 1
        while at >= 0 and wording.sentence[at] == wording.sentence[verb]:
            if wording.quote[at] == wording.quote[verb] and self.relation[at] in _SUBJECTS:
                return at
            at -= 1
        return None

    def passive(self, verb: int) -> bool:
        """Whether the subject is the one it is done to."""
        return bool(self.under(verb, _PASSIVE, "aux:pass"))

    def oblique(self, verb: int, *cases: str) -> int | None:
        """The noun that hangs on a verb by one of these prepositions."""
        lower = self.wording.lower
        for kid in self.under(verb, "obl", "nmod", "obl:agent"):
            if any(lower[case] in cases for case in self.under(kid, "case")):
                return kid
        return None

    def is_perfect(self, verb: int) -> bool:
        """Whether it is told as over: "had died", "he'd died"."""
        had = any(self.wording.lower[kid] in ("had", "'d") for kid in self.under(verb, "aux"))
        return had or any(self.wording.lower[kid].endswith("'d") for kid in self.under(verb, *_SUBJECTS))

    def is_asserted(self, verb: int) -> bool:
        """Whether the words say that it is so: not denied, asked, wished, feared, foretold, or only under an "if"."""
        lower, at = self.wording.lower, verb
        if self._asked(verb):
            return False
        for step in range(_REACH):
            helpers = self.under(at, "aux", "aux:pass", "cop", "advmod", "mark", "det", "cc")
            subjects = [lower[kid] for kid in self.under(at, *_SUBJECTS)]
            words = {lower[kid] for kid in helpers}
            denied = any(lower[kid].endswith("n't") and kid < at for kid in helpers)  # "isn't he?" stands behind
            if denied or any((word in _MODALS - {"'d"} and not word.endswith("n't")) or word in _IF for word in words):
                return False
            if "have" in words and any(word.endswith("'d") for word in (*words, *subjects)):
                return False  # "you'd have been killed"
            if any(word.endswith("'ll") for word in subjects):
                return False  # "you'll" is one word
            if words & _NOT and (step == 0 or not words & {"no", "nor"}):
                return False
            if step == 0 and "to" in words and self.relation[at] in ("xcomp", "advcl", "acl", "csubj", "ccomp"):
                return False
            head, relation = self.head[at], self.relation[at]
            if head == at or self.wording.quote[head] != self.wording.quote[verb]:
                return True
            if relation in ("ccomp", "xcomp") and lower[head] in _UNREAL and not self._tells_of_who(at):
                return False
            if relation in ("obl", "nmod", "nsubj", "obj", "root", "acl:relcl", "parataxis"):
                return True
            if relation == "conj":
                # "he did not cry or die": what is denied of the first is denied of the second; else it stands alone
                if "but" in words or any(self.relation[kid] in _SUBJECTS for kid in self.kids.get(at, ())):
                    return True
            elif relation == "advcl" and not words & _LIKELY and "to" not in words:
                return True
            at = head
        return True

    def _tells_of_who(self, verb: int) -> bool:
        """Whether the clause is one that says more of somebody: "meant Mr. Gray, who had died"."""
        return any(self.wording.lower[kid] == "who" for kid in self.under(verb, *_SUBJECTS))

    def reach(self, word: int) -> range:
        """From the first to the last of the words that hang on a word, itself among them."""
        waiting, sentence = [word], self.wording.sentence
        seen = {word}  # the syntax is guessed word by word and may turn in a circle
        while waiting:
            kids = self.kids.get(waiting.pop(), ())
            fresh = [kid for kid in kids if sentence[kid] == sentence[word] and kid not in seen]
            seen.update(fresh)
            waiting.extend(fresh)
        return range(min(seen), max(seen) + 1)

    def _asked(self, verb: int) -> bool:
        """Whether the sentence, or the quotation's part of it, ends in a question mark."""
        wording, at = self.wording, verb
        sentence, quote = wording.sentence[verb], wording.quote[verb]
        last = verb
        while at < len(wording) and wording.sentence[at] == sentence and wording.quote[at] == quote:
            last = at
            if wording.forms[at] in ("?", "!", ".", "…") and at > verb:
                break
            at += 1
        return "?" in wording.forms[last] and not self._is_tag(last)

    def _is_tag(self, mark: int) -> bool:
        """Whether a question only asks for a nod, as "isn't he?" does."""
        before = self.wording.lower[max(0, mark - 4) : mark]
        for helper in range(max(0, mark - 4), mark - 1):
            asks = self.wording.lower[helper].endswith("n't") or "not" in self.wording.lower[helper + 1 : mark]
            if asks and self.wording.lower[helper - 1 : helper] == [","]:
                return bool(set(before) & _TAGGED)
        return False

    def _antecedent(self, subject: int, verb: int) -> int:
        """Whom "who" and "that" mean: the noun their clause hangs on."""
        if self.wording.lower[subject] in ("who", "that", "which") and self.relation[verb] in ("acl:relcl", "acl"):
            return self.head[verb]
        return subject


def parse(wording: Wording, encoding: Encoding) -> Grammar:
    """Lay out the encoder's syntax by words."""
    labels = encoding.labels
    head = encoding.head.tolist()
    relation = [labels.relations[number] for number in encoding.relation.tolist()]
    kids: dict[int, list[int]] = {}
    for word, governor in enumerate(head):
        if governor != word and relation[word] != "punct":
            kids.setdefault(governor, []).append(word)
    return Grammar(
        wording=wording,
        head=head,
        relation=relation,
        word_class=[labels.classes[number] for number in encoding.word_class.tolist()],
        kids=kids,
    )


def verbs(grammar: Grammar, forms: Mapping[str, str]) -> Iterator[tuple[int, str]]:
    """The words that are a form of one of these verbs, with its bare form."""
    for at, word in enumerate(grammar.wording.lower):
        bare = forms.get(word)
        if bare is not None and grammar.word_class[at] in ("VERB", "AUX"):
            yield at, bare


@cache
def inflected(name: str) -> dict[str, str]:
    """From every form of the verbs of a list to the bare form: "gave" to "give"."""
    irregular = lexicon.table("irregular_verbs")
    found: dict[str, str] = {}
    for bare in lexicon.table(name):
        pasts, participles = irregular.get(bare, ("", ""))[:2]
        forms = {bare, *pasts.split("/"), *participles.split("/"), *_regular(bare, bool(pasts))} - {""}
        for form in sorted(forms):
            found.setdefault(form, bare)
    return found


def _regular(bare: str, irregular: bool) -> Iterator[str]:
    if bare == "have":
        yield from ("has", "had", "having", "'ve")
        return
    stem = bare[:-1] if bare.endswith("e") else bare
    short = len(bare) > 2 and bare[-1] in "bdgmnprt" and bare[-2] in "aeiou" and bare[-3] not in "aeiou"
    y = bare.endswith("y") and bare[-2] not in "aeiou"
    yield bare[:-1] + "ies" if y else bare + ("es" if bare.endswith(("s", "sh", "ch", "x", "z", "o")) else "s")
    yield {"die": "dying", "lie": "lying", "tie": "tying"}.get(bare, stem + "ing")
    if short:
        yield bare + bare[-1] + "ing"
    if not irregular:
        yield bare[:-1] + "ied" if y else stem + "ed"
        if short:
            yield bare + bare[-1] + "ed"
