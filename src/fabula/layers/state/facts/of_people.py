"""What the words say of people outright: age, looks, office, hurts, whereabouts, origin, name."""

from __future__ import annotations

from collections.abc import Iterator

from fabula import lexicon
from fabula.layers.state.clauses import bounds
from fabula.layers.state.facts.claim import NARRATED, SAID, Claim
from fabula.layers.state.ground import Ground, Meant
from fabula.lexicon.counting import TENS, UNITS
from fabula.story import FactKind

__all__ = ["find_attributes"]

_IS = frozenset("is was 's are were be been am 'm".split())
_HAVE = frozenset("have has had 've wore with".split())
_NUMBERS = frozenset((*UNITS[1:], *TENS, "hundred"))
_LOOKS: dict[str, FactKind] = {"hair": "hair", "beard": "hair", "moustache": "hair", "eyes": "eyes", "eye": "eyes"}
_LOOKS_LIKE = frozenset(
    "red black brown fair blond blonde golden grey gray white dark auburn ginger silver copper chestnut blue "
    "green hazel curly long short straight thick thin bald violet amber sandy yellow".split()
)
_HURT = frozenset(
    "broken bandaged wounded injured missing severed amputated crippled lame scarred burnt burned bleeding wooden "
    "bruised twisted sprained shattered crushed swollen bloody blind deaf".split()
)
_WHERE = frozenset("in at on aboard near by inside".split())
_LIVES = frozenset("lives lived live living stays stayed dwelt dwells resides resided lodges lodged".split())
_DEEPEST = 8
"""So many steps lie at most between a word and the predicate it belongs to."""
_BARE_PLACES = frozenset(
    "bed town church chapel school college prison jail gaol hospital court port harbour camp home class bedlam exile "
    "midstream".split()
)
"""Places that are said without an article."""
_STATES = frozenset(
    "hurry rage temper fury fever fright mood panic passion state muddle fix mess rush sulk trance daze dream flutter "
    "fluster huff pickle tizzy stupor coma wrong right know lead minority majority position way end point verge brink "
    "loss ease mercy side alert".split()
)
"""What one is in, at or on without being anywhere: "in a hurry", "at a loss", "on the verge of tears"."""
_ROOMS = frozenset(
    "room house home street road corner country town city village world sea river window door bath".split()
)


def find_attributes(ground: Ground) -> Iterator[Claim]:
    """Age, looks, office, hurts, whereabouts, origin, name: what the words say outright."""
    lower = ground.who.wording.lower
    offices = lexicon.words("offices")
    for at, word in enumerate(lower):
        found: tuple[FactKind, Meant, str] | None = None
        if word in _NUMBERS or word.isdigit():
            found = _age(ground, at)
        elif word in _LOOKS:
            found = _look(ground, at)
        elif word in _HURT:
            found = _hurt(ground, at)
        elif word in offices:
            found = _office(ground, at)
        elif word in _LIVES or word == "born" or word in ("come", "came", "comes"):
            found = _home(ground, at)
        elif word == "name":
            found = _name(ground, at)
        elif ground.grammar.word_class[at] in ("NOUN", "PROPN"):
            found = _whereabouts(ground, at)
        if found is None or not ground.grammar.is_asserted(_predicate(ground, at)):
            continue
        kind, who, value = found
        words = bounds(ground, at)
        sure = (SAID if ground.is_spoken(at) else NARRATED) * who.confidence
        made_of = frozenset({who.id, kind, *value.lower().split()})
        text = f"{ground.who.characters[who.id].name}: {kind} {value}"
        yield Claim(kind, at, text, (who.id,), value, made_of, round(sure, 3), ground.span(words.start, words.stop - 1))


def _predicate(ground: Ground, at: int) -> int:
    """The verb or the predicate a word belongs to. The syntax is guessed word by word and may turn in a circle."""
    for _ in range(_DEEPEST):
        relation, head = ground.grammar.relation[at], ground.grammar.head[at]
        if head == at or relation not in ("amod", "nummod", "obj", "obl", "obl:unmarked", "nsubj", "nmod", "det"):
            break
        at = head
    return at


def _age(ground: Ground, at: int) -> tuple[FactKind, Meant, str] | None:
    """ "She was seventeen", "a girl of ten" is nobody's; "Tom was ten years old"."""
    grammar, lower = ground.grammar, ground.who.wording.lower
    after = lower[at + 1 : at + 4]
    if after[:2] == ["years", "old"] or after[:3] == ["years", "of", "age"]:
        predicate = next((w for w in (at + 2, at + 1, at + 3) if w < len(lower) and grammar.subject(w) is not None), at)
    elif after[:1] and after[0] in (".", ",", ";", "then", "when", "now") and grammar.under(at, "cop"):
        predicate = at
    else:
        return None
    who = ground.person(grammar.subject(predicate))
    number = int(lower[at]) if lower[at].isdigit() and len(lower[at]) < 4 else None
    if who is None or (lower[at].isdigit() and (number is None or number > 120)) or lower[at] == "one":
        return None
    return "age", who, lower[at]


def _look(ground: Ground, at: int) -> tuple[FactKind, Meant, str] | None:
    """ "her red hair", "his eyes were blue", "Anne had green eyes"."""
    grammar, lower = ground.grammar, ground.who.wording.lower
    kind = _LOOKS[lower[at]]
    said = [kid for kid in grammar.under(at, "amod", "compound") if lower[kid] in _LOOKS_LIKE]
    head = grammar.head[at]
    who = ground.owner(at)
    if who is None and grammar.relation[at] == "obj" and lower[head] in _HAVE:
        who = ground.person(grammar.subject(head))
    if not said and grammar.relation[at] == "nsubj" and lower[head] in _LOOKS_LIKE and grammar.under(head, "cop"):
        said = [head]
    if who is None or not said:
        return None
    return kind, who, " ".join([*(lower[word] for word in sorted(said)), lower[at]])


def _hurt(ground: Ground, at: int) -> tuple[FactKind, Meant, str] | None:
    """ "his broken arm", "her leg was broken", "he was wounded", "she was deaf"."""
    grammar, lower = ground.grammar, ground.who.wording.lower
    body, head = lexicon.words("body_nouns"), grammar.head[at]
    if grammar.relation[at] == "amod" and lower[head] in body:
        who = ground.owner(head)
        return ("injury", who, f"{lower[at]} {lower[head]}") if who is not None else None
    subject = grammar.subject(at)
    if subject is None or not grammar.under(at, "cop", "aux:pass"):
        return None
    who = ground.owner(subject) if lower[subject] in body else ground.person(subject)
    value = f"{lower[at]} {lower[subject]}" if lower[subject] in body else lower[at]
    if who is None or (lower[at] in ("missing", "broken", "bloody", "burnt", "burned") and lower[subject] not in body):
        return None
    return "injury", who, value


def _office(ground: Ground, at: int) -> tuple[FactKind, Meant, str] | None:
    """ "Anne was a doctor", "Ned is the head of it"."""
    grammar, lower = ground.grammar, ground.who.wording.lower
    if not grammar.under(at, "cop") or not grammar.under(at, "det") or grammar.under(at, "case"):
        return None
    who = ground.person(grammar.subject(at))
    if who is None or ground.is_spoken(at) != ground.is_spoken(who.first):
        return None
    return "office", who, " ".join(lower[w] for w in (*grammar.under(at, "compound"), at))


def _is_bare(ground: Ground, at: int) -> bool:
    """Whether a common noun has no article or owner: "in want" and "in charge" are states, but "in bed" is a place."""
    said = ground.grammar.under(at, "det", "nmod:poss", "nummod")
    return not said and ground.who.wording.lower[at] not in _BARE_PLACES


def _home(ground: Ground, at: int) -> tuple[FactKind, Meant, str] | None:
    """ "born in Bath", "comes from Leeds", "lives in London"."""
    grammar, wording = ground.grammar, ground.who.wording
    cases = (
        ("in", "at", "on")
        if wording.lower[at] in _LIVES
        else ("in", "at")
        if wording.lower[at] == "born"
        else ("from",)
    )
    place = grammar.oblique(at, *cases)
    who = ground.person(grammar.subject(at))
    if who is None or place is None or not wording.forms[place][0].isupper():
        return None
    return ("whereabouts" if wording.lower[at] in _LIVES else "origin"), who, wording.forms[place]


def _name(ground: Ground, at: int) -> tuple[FactKind, Meant, str] | None:
    """ "Her name was Lucy"."""
    wording = ground.who.wording
    if wording.lower[at + 1 : at + 2] and wording.lower[at + 1] in _IS:
        who, named = ground.owner(at), ground.who.starting.get(at + 2)
        if who is not None and named is not None and wording.forms[at + 2][0].isupper():
            return "name", who, " ".join(wording.forms[named.first : named.stop])
    return None


def _whereabouts(ground: Ground, at: int) -> tuple[FactKind, Meant, str] | None:
    """ "Ned was in the kitchen"."""
    grammar, lower = ground.grammar, ground.who.wording.lower
    cases = [kid for kid in grammar.under(at, "case") if lower[kid] in _WHERE]
    if not cases or not grammar.under(at, "cop") or lower[at] in lexicon.words("no_things") - _ROOMS:
        return None
    if lower[at] in _STATES or (grammar.word_class[at] == "NOUN" and _is_bare(ground, at)):
        return None
    if lower[at] in lexicon.words("body_nouns"):
        return None
    who = ground.person(grammar.subject(at))
    return ("whereabouts", who, lower[at]) if who is not None else None
