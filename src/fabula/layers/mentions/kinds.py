"""What a name names: a person, or a town, a house, an organisation, judged by the company it keeps."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import msgspec

from fabula import lexicon
from fabula.lexicon.counting import UNITS
from fabula.segment.wording import Wording
from fabula.story import EntityType

__all__ = ["judge"]

Name = tuple[str, ...]

_INTO = frozenset("in into at near inside outside around through across throughout within beyond".split())
_TOWARDS = frozenset("to from off towards toward".split())
_LEADS = frozenset("head chief member members director agent agents branch office staff employee headquarters".split())
_NATURE = frozenset("river lake mount mountain isle island planet moon volcano strait desert forest".split())
"""What stands right before the name it has: "the river Isk"."""
_REALMS = frozenset(
    "city town village hamlet county province kingdom empire duchy realm republic land lands country island isle port "
    "bay district parish valley".split()
)
"""What is called "the city of" that name."""
_NUMBERS = frozenset(UNITS[1:11])
_STATIC = frozenset("had was would could did came went took gave put got made kept held left found".split())
_FACILITIES = frozenset(
    "street road lane avenue square bridge house hall manor castle abbey priory tower lodge cottage inn hotel church "
    "school college hospital prison station theatre".split()
)
_ROADLIKE = frozenset("street road lane avenue square bridge park house hall castle abbey inn hotel".split())
_ARTICLES = frozenset("the a an no any another every".split())
_ARTICLED = 0.8
"""A name that so often has an article is no person's."""
_SEA = frozenset(
    "aboard sailed sails sailing anchored berthed docked moored sank foundered steamed crew deck hold mast master bow "
    "stern keel ship schooner brig brigantine barque bark boat ketch sloop steamer liner trawler lugger yacht ferry "
    "tug barge cutter frigate hms ss".split()
)


class _Case(msgspec.Struct):
    """What speaks for a name's being a person's, and for its being something else.

    `articled`: how often it stands with an article; `aboard`: how often among words of the sea; `speaks`: whether a tag
    or a call shows somebody by it.
    """

    person: float = 0.3  # most unknown names in fiction are people's
    place: float = 0.0
    organisation: float = 0.0
    seen: int = 0
    articled: int = 0
    aboard: int = 0
    speaks: bool = False


def judge(wording: Wording, runs: Sequence[tuple[int, int]]) -> dict[Name, EntityType | None]:
    """The type of each name; None for what names nothing. `runs` are (first, last) words."""
    cases: dict[Name, _Case] = defaultdict(_Case)
    for first, last in runs:
        _weigh(wording, first, last, cases[tuple(wording.lower[first : last + 1])])
    _share_between_relatives(cases)
    spelled: set[Name] = {
        (wording.lower[first],) for first, last in runs if first == last and _is_initials(wording.forms[first])
    }
    verdicts = {name: _verdict(name, case, spelled) for name, case in cases.items()}
    families = {part for name in cases if len(name) > 1 for part in (name[0], name[-1])}
    speaking = {word for name, case in cases.items() if case.speaks for word in name}
    for name, case in cases.items():
        if verdicts[name] != "PER" or _of_family(name, families) or speaking.intersection(name):
            continue
        if _is_thing(name, case):
            verdicts[name] = "VEH" if case.aboard else None
    return verdicts


def _is_thing(name: Name, case: _Case) -> bool:
    """Whether a name has an article wherever it stands, is no description of somebody, and nobody speaks by it: ships,
    instruments, pieces of music, pictures ("the Santa Clara", "a Steinway")."""
    known = (lexicon.table("titles"), lexicon.table("person_nouns"), lexicon.words("animals"))
    words = [part for word in name for part in word.split("-")]
    if any(word in described for word in words for described in known):
        return False
    if len(name) > 1 and name[0] in lexicon.table("first_names") and case.seen == 1 and not case.aboard:
        return False  # "a Miriam Stone" nobody has heard of
    return case.articled >= _ARTICLED * case.seen and not all(word in lexicon.words("common_words") for word in name)


def _of_family(name: Name, families: set[str]) -> bool:
    """Whether a longer name has this one, or it may be a family in the plural: "a Bennet", "the Bertrams"."""
    return len(name) == 1 and (name[0] in families or name[0].endswith("s"))


def _is_initials(form: str) -> bool:
    """BBC, FBI, C.I.A.: capitals alone, too few for a shouted word."""
    return 2 <= len(form.replace(".", "")) <= 5 and form.isupper() and form.replace(".", "").isalpha()


def _weigh(wording: Wording, first: int, last: int, case: _Case) -> None:
    before = wording.lower[first - 1] if first else ""
    after = wording.lower[last + 1] if last + 1 < len(wording) else ""
    then = wording.lower[last + 2] if last + 2 < len(wording) else ""
    verbs = lexicon.words("speech_verbs")
    case.seen += 1
    if after == "'s":
        case.person += 1.0 if then in lexicon.words("body_nouns") else 0.1
    elif before in _INTO:
        lead = wording.lower[first - 2] if first > 1 else ""
        aimed = before == "at" and lead in (lexicon.words("acts") | verbs)
        case.person += 0.5 if aimed else 0.0  # "looked at Mark"
        case.place += 0.0 if aimed else 1.0
    elif before in _TOWARDS:
        case.place += 0.35
    elif before == "of" and first > 1 and wording.lower[first - 2] in _LEADS:
        case.organisation += 2.0
    elif before == "of" and first > 1 and wording.lower[first - 2] in _REALMS:
        case.place += 2.0
    elif before in _NATURE and first > 1 and wording.lower[first - 2] in _ARTICLES:
        case.place += 3.0
    elif before == "the":
        lead = wording.lower[first - 2] if first > 1 else ""
        if lead in verbs and wording.quote[first] == -1:
            case.person += 1.0
        elif lead in _INTO:
            case.place += 0.5
        elif wording.lower[last] not in lexicon.words("common_words"):
            case.place += 0.1
    if after in verbs or (before in verbs and _just_after_speech(wording, first)):
        case.person += 1.0
    elif after in _STATIC:
        case.person += 0.25
    elif after in lexicon.words("acts"):
        case.person += 0.8
    if after == "," and then in ("who", "whom", "whose"):
        case.person += 1.5
        case.speaks = True
    if _called(wording, first, last):
        case.person += 1.0
        case.speaks = True
    case.articled += before in _ARTICLES
    case.aboard += bool(_SEA & {after, *wording.lower[max(0, first - 4) : first]})
    case.speaks = case.speaks or _is_tag(wording, first, last)


def _is_tag(wording: Wording, first: int, last: int) -> bool:
    """Whether a name in the narration stands between a verb of speech and the speech, or beside both."""
    verbs = lexicon.words("speech_verbs")
    if wording.quote[first] != -1 or last + 1 >= len(wording):
        return False
    lead = first - 2 if first > 1 and wording.lower[first - 1] in _ARTICLES else first - 1
    beside = wording.lower[last + 1] in verbs or (lead > 0 and wording.lower[lead] in verbs)
    here = wording.paragraph[first]
    return beside and any(
        wording.quote[i] != -1 and wording.paragraph[i] == here
        for i in range(max(0, lead - 1), min(last + 5, len(wording)))
    )


def _just_after_speech(wording: Wording, i: int) -> bool:
    return i >= 2 and wording.quote[i] == -1 and wording.quote[i - 2] != -1


def _called(wording: Wording, first: int, last: int) -> bool:
    """Whether the name is called out in speech: "James!", "well, James, …"."""
    quote = wording.quote[first]
    if quote == -1:
        return False
    before = wording.forms[first - 1] if first and wording.quote[first - 1] == quote else ""
    after = wording.forms[last + 1] if last + 1 < len(wording) else ""
    begins = before in ("", "“", '"', "'", "‘", ",")
    ends = after in ("", ",", "!", "?", ".", "…", "”", '"')
    comma = before == "," or after in (",", "!")
    return begins and ends and comma


def _share_between_relatives(cases: dict[Name, _Case]) -> None:
    """A part of a longer name takes a share in what speaks for the whole: "Torchwood" in "Torchwood Two"."""
    titles = lexicon.table("titles")
    parts: dict[Name, list[_Case]] = defaultdict(list)
    for name, case in cases.items():
        if len(name) > 1:
            if name[0] in titles:
                parts[name[1:]].append(case)
                case.person += 3.0
            parts[name[:1]].append(case)
            parts[name[-1:]].append(case)
    for part, wholes in parts.items():
        if part in cases and part[0] not in titles:
            for whole in wholes:
                cases[part].person += min(3.0, whole.person) * 0.5
                cases[part].organisation += min(3.0, whole.organisation) * 0.8
                cases[part].place += min(2.0, whole.place) * 0.3


def _verdict(name: Name, case: _Case, spelled: set[Name]) -> EntityType | None:
    titles = lexicon.table("titles")
    first_names = lexicon.table("first_names")
    last = name[-1]
    if len(name) > 1 and last == "day":
        return None  # "Lady Day"
    person, place, organisation = case.person, case.place, case.organisation
    if name[0] in titles:
        holy = name[0] in ("st.", "st", "saint") and person < place + 1.0
        return _placed(last) if len(name) > 1 and (holy or (name[0] == "lady" and last in _ROADLIKE)) else "PER"
    if last in _NUMBERS and len(name) > 1:
        organisation += 1.0
    if name in spelled:
        organisation += 2.0
    if last in lexicon.words("organisation_nouns"):
        organisation += 3.0 if len(name) > 1 else 0.8
    christian = len(name) > 1 and (name[0] in first_names or _is_initial(name[0]))
    if last in lexicon.words("place_nouns"):
        place += 3.0 if len(name) > 1 and not (christian and last not in _FACILITIES) else 0.8  # "Gideon Marsh"
    if last in lexicon.words("place_names") or (len(name) == 1 and name[0] in lexicon.words("place_names")):
        place += 1.0 + 0.5 * case.seen
    if name[0] in first_names:
        person += 1.0 + 0.1 * case.seen if name[0] not in lexicon.words("common_words") else 0.6
    if name[0] in lexicon.table("person_nouns") or (christian and _is_initial(name[0])):
        person += 1.5
    if person >= max(place, organisation):
        return "PER"
    return "ORG" if organisation >= place else _placed(last)


def _is_initial(word: str) -> bool:
    return len(word) == 2 and word[1] == "."


def _placed(noun: str) -> EntityType:
    if noun in _FACILITIES:
        return "FAC"
    if noun in lexicon.words("place_nouns") and noun not in {"city", "town", "village", "county", "shire", "kingdom"}:
        return "LOC"
    return "GPE"
