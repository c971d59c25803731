"""What the text asserts of people and things, each with its place: never overwritten, so that two can contradict."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from fabula import lexicon
from fabula.layers.state.claims import Claim
from fabula.layers.state.custody import Belongings
from fabula.layers.state.grammar import inflected, verbs
from fabula.layers.state.ground import Ground
from fabula.layers.state.happened import find_deeds, find_written
from fabula.layers.state.who import Meant
from fabula.layers.state.wordings import alike, bounds, gist, is_empty, plain, root
from fabula.story import Death, Fact, FactKind

__all__ = ["find_facts"]

_IS = frozenset("is was 's are were be been am 'm".split())
_HAVE = frozenset("have has had 've wore with".split())
_NUMBERS = frozenset(
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred".split()
)
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
_ASKING = frozenset("when how where why what who whom whose if which".split())
"""A clause that begins so asserts nothing by itself: "when Daniel married"."""
_SHORTEST = 3
"""A sentence of fewer words asserts nothing that can be told again."""
_SAME = 0.6
"""Two assertions that share so much of what they are made of are one fact."""
_DEEPEST = 8
"""So many steps lie at most between a word and the predicate it belongs to."""
_COMMON = 40
"""A word that so many facts have tells nothing of which fact it is."""
_NARRATED, _SAID = 0.8, 0.6


Facts = tuple[tuple[Fact, ...], tuple[tuple[int, str], ...]]


def find_facts(ground: Ground, had: Belongings, deaths: Sequence[Death]) -> Facts:
    """The facts in order of place, and a word of each assertion with the fact it asserts."""
    claims = [*_of_deaths(ground, deaths), *_of_custody(ground, had), *_of_people(ground)]
    claims += [*_said(ground, had), *_learnt(ground, had), *find_deeds(ground, had), *find_written(ground, had)]
    claims.sort(key=lambda claim: (claim.evidence, claim.kind, claim.text))
    groups: list[list[Claim]] = []
    by_word: dict[str, list[int]] = {}
    for claim in claims:
        same = _known(claim, groups, by_word)
        if same is None:
            same = len(groups)
            groups.append([])
            for word in sorted(claim.gist):
                by_word.setdefault(word, []).append(same)
        groups[same].append(claim)
    facts: list[Fact] = []
    at: list[tuple[int, str]] = []
    for number, group in enumerate(groups, 1):
        facts.append(_fact(ground, f"f{number}", group))
        at.extend((claim.at, f"f{number}") for claim in group)
    return tuple(facts), tuple(sorted(at))


def _known(claim: Claim, groups: Sequence[Sequence[Claim]], by_word: dict[str, list[int]]) -> int | None:
    """The fact that a claim asserts again, in these or other words."""
    seen: dict[int, int] = {}
    for word in sorted(claim.gist):
        rows = by_word.get(word, ())
        if len(rows) <= _COMMON:
            for row in rows:
                seen[row] = seen.get(row, 0) + 1
    best, most = None, _SAME
    for row in seen:
        first = groups[row][0]
        if first.kind != claim.kind or first.value != claim.value or first.about[:1] != claim.about[:1]:
            continue
        share = alike(first.gist, claim.gist)
        if share >= most and (best is None or share > most):
            best, most = row, share
    return best


def _fact(ground: Ground, own: str, group: Sequence[Claim]) -> Fact:
    first = group[0]
    scene = ground.scene(first.at)
    return Fact(
        id=own,
        text=first.text,
        kind=first.kind,
        about=first.about,
        value=first.value,
        scene=scene.id if scene else None,
        confidence=round(max(claim.confidence for claim in group), 3),
        evidence=tuple(dict.fromkeys(claim.evidence for claim in group)),
    )


def _of_deaths(ground: Ground, deaths: Sequence[Death]) -> Iterator[Claim]:
    for death in deaths:
        name = ground.who.characters[death.who].name
        for span in death.evidence:
            at = ground.who.wording.at(span.start)
            text, made_of = f"{name} is dead", frozenset({death.who, "dead"})
            yield Claim("death", at, text, (death.who,), None, made_of, death.confidence, span)


def _of_custody(ground: Ground, had: Belongings) -> Iterator[Claim]:
    names = {thing.id: thing.name for thing in had.objects}
    for row in had.possessions:
        if not row.evidence or row.confidence < _SAID - 0.1:
            continue
        if row.holder is None and row.how in ("given", "taken"):
            continue  # somebody has it, and nobody says who
        who = ground.who.characters[row.holder].name if row.holder else "nobody"
        text = f"{who} has the {names[row.object]}"
        about = (row.object, *((row.holder,) if row.holder else ()))
        at = ground.who.wording.at(row.evidence[0].start)
        made_of = frozenset({*about, "has"})
        yield Claim("custody", at, text, about, row.holder or "", made_of, row.confidence, row.evidence[0])


def _of_people(ground: Ground) -> Iterator[Claim]:
    """Age, looks, office, hurts, whereabouts, origin, name: what the words say outright."""
    lower = ground.who.wording.lower
    offices = lexicon.table("person_nouns")
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
        sure = (_SAID if ground.is_spoken(at) else _NARRATED) * who.confidence
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
    if not grammar.under(at, "cop") or not grammar.under(at, "det") or lower[at] in lexicon.table("kin"):
        return None
    if lower[at] in ("man", "woman", "boy", "girl", "person", "fool", "one", "child", "lady", "gentleman", "friend"):
        return None
    who = ground.person(grammar.subject(at))
    if who is None or ground.is_spoken(at) != ground.is_spoken(who.first):
        return None
    return "office", who, " ".join(lower[w] for w in (*grammar.under(at, "compound"), at))


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
    if lower[at] in lexicon.words("body_nouns"):
        return None
    who = ground.person(grammar.subject(at))
    return ("whereabouts", who, lower[at]) if who is not None else None


_ROOMS = frozenset(
    "room house home street road corner country town city village world sea river window door bath".split()
)


def _said(ground: Ground, had: Belongings) -> Iterator[Claim]:
    """What somebody says of people or things as being so."""
    wording, grammar = ground.who.wording, ground.grammar
    at = 0
    while at < len(wording):
        words = bounds(ground, at)
        at = words.stop
        if wording.quote[words.start] == -1:
            continue
        quote = ground.quote(words.start)
        if quote is None or quote.mode not in ("spoken", "written", "remembered") or quote.speaker is None:
            continue
        head = root(ground, words)
        if (
            head is None
            or "?" in wording.forms[words.stop - 1]
            or "?" in wording.forms[max(words.start, words.stop - 2)]
        ):
            continue
        real = [word for word in words if wording.forms[word][0].isalnum()]
        if (
            len(real) < _SHORTEST
            or is_empty(ground, head)
            or not (grammar.subject(head) is not None or _has_subject(ground, words))
        ):
            continue
        about = dict.fromkeys(found.id for word in real if (found := ground.person(word)) is not None)
        about.update(dict.fromkeys(had.at[word] for word in real if word in had.at))
        if not about and len(real) < 5:
            continue
        made_of = gist(ground, real, had.at)
        sure = _SAID * min(1.0, quote.confidence + 0.2)
        span = ground.span(words.start, words.stop - 1)
        yield Claim("said", head, plain(ground, words), tuple(about), None, made_of, round(sure, 3), span)


def _has_subject(ground: Ground, words: range) -> bool:
    """Whether somewhere in the stretch something is said of something: "Bought or stolen, it's a lump of salt", "Tell
    her it's hers"."""
    return any(ground.grammar.relation[word].startswith("nsubj") for word in words)


def _learnt(ground: Ground, had: Belongings) -> Iterator[Claim]:
    """What the narration says that somebody saw, heard, read, told or understood: "he knew that she had gone"."""
    wording, grammar = ground.who.wording, ground.grammar
    for verb, _ in verbs(grammar, inflected("knowing_verbs")):
        if ground.is_spoken(verb) or not grammar.is_asserted(verb):
            continue
        for inner in grammar.under(verb, "ccomp"):
            if ground.is_spoken(inner) or wording.sentence[inner] != wording.sentence[verb]:
                continue
            words = grammar.reach(inner)
            real = [word for word in words if wording.forms[word][0].isalnum()]
            about = dict.fromkeys(found.id for word in real if (found := ground.person(word)) is not None)
            about.update(dict.fromkeys(had.at[word] for word in real if word in had.at))
            if len(real) < _SHORTEST - 1 or not about:
                continue
            words_of = ground.span(words.start, words.stop - 1)
            made_of = gist(ground, real, had.at)
            whole = bounds(ground, inner) if wording.lower[words.start] in _ASKING else words
            text = plain(ground, whole)
            yield Claim("said", inner, text, tuple(about), None, made_of, _NARRATED - 0.1, words_of)
