"""The dead who act: somebody dies in one scene, and in a later one comes in and speaks."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence

from msgspec import UNSET

from fabula.checks.ground import Act, Ground, is_named, lay_ground
from fabula.story import Character, Death, Finding, Mention, Severity, Span, Story

__all__ = ["find_acts_after_death"]

_SUREST = 0.45
"""A death that is less sure than this (spoken of, half denied) gives hints at most."""
_LEAST = 0.2
_LIVES_ON = 3
"""Whoever does so much after a death was not dead: the words were misread, or the story takes them back."""
_QUOTED = 6
"""So many acts are all quoted; of more the first and the last."""
_OUTRIGHT = 0.3
"""How sure a death is that the narration tells in so many words, and that was not kept as one for all its bearer does
later: one hint is worth it, since a slip of the pen does just that."""
_DIES = re.compile(
    r"(?:,?\s+who)?\s+(?:"
    r"(?:(?:had|has)\s+)?(?:(?:just|already|also|too|then|since|now|later|soon|at\s+last)\s+)?"
    r"(?:died|drowned|perished|passed\s+away|bled\s+to\s+death|dropped\s+dead|fell\s+dead)|"
    r"(?:was|were|is|are|lay|had\s+been|has\s+been)\s+(?:already\s+|now\s+|quite\s+|found\s+|shot\s+|stabbed\s+)?"
    r"(?:dead|killed|murdered|drowned|hanged|buried))\b"
    r"(?!\s+(?:tired|asleep|drunk|sure|certain|set|right|against|to|laughing|of|with|in|under|away|down|out|for|a|an|the|"
    r"his|her|their|serious|calm|silent|still|as|at\s+(?:the\s+)?heart)\b)"
)
_KILLS = re.compile(r"\b(?:killed|murdered|drowned|buried|hanged)\s+(?:poor\s+|old\s+)?$")
_CLAUSE = re.compile(r"[;:—–]")
_DENIED = re.compile(
    r"\b(?:not|never|nearly|almost|could|might|may|should|must|will|would|nobody|no one|until|before|when|whether|who|"
    r"whoever|like)\b|n’t|n't",
    re.IGNORECASE,
)
"""Before the name in its clause, these deny the death, suppose it, or put it off."""
_THOUGHT = re.compile(
    r"\b(?:if|as if|though|thought|believed|dreamt|dreamed|feared|hoped|said|pretended|told|heard|wrote)\b",
    re.IGNORECASE,
)
"""Anywhere before it in its sentence, these say that it is supposed, or who only thought or said so."""


_HEARSAY = re.compile(
    r"\b(?:told|said|says|heard|hears|learnt|learned|knew|known|thought|believed|supposed|assumed|presumed|feared|wrote|"
    r"reported|rumou?red|read|understood|announced|swore|claimed)\b",
    re.IGNORECASE,
)
"""Before the words of a death, these leave it to somebody's word."""
_LAST = frozenset(
    "sagged slumped collapsed crumpled dropped toppled tumbled rolled sank slid crashed staggered reeled swayed gasped "
    "groaned moaned twitched shuddered writhed jerked convulsed screamed shrieked stiffened bled".split()
)
"""What the dying do in the paragraph that tells of their death, or in the next."""


def find_acts_after_death(story: Story) -> tuple[Finding, ...]:
    """Somebody who is dead does or says something in a later scene of the story; one finding for each of the dead.

    Scenes told later that happened before are no later ones, unless nothing but the act itself shows that they did;
    memories, dreams, letters and visions are no acts, nor is what stands in a sentence of ghosts, recordings and
    pictures.
    """
    ground, behind = lay_ground(story), _behind(story)
    many = {character.id for character in story.characters if _are_many(character)}
    deaths = [death for death in (*story.deaths, *_outright(ground)) if death.who not in many]
    return tuple(finding for death in deaths for finding in _acts_of(ground, death, behind))


def _are_many(character: Character) -> bool:
    """Whether it is several: some of "the Gaels" may die, and the others go on."""
    plural = character.name.endswith("s") and not character.name.endswith(("ss", "us", "is"))
    return character.kind == "group" or (plural and f"the {character.name}" in character.aliases)


def _behind(story: Story) -> Mapping[str, Sequence[str]]:
    """For each scene those that stand behind it in story order for another reason than who is dead in them; nothing
    where no scene was set by who is dead."""
    held = [order for order in story.orders if order.held] if story.layers.orders is not UNSET else []
    if not any(order.kind == "death" for order in held):
        return {}
    behind: dict[str, list[str]] = {scene.id: [] for scene in story.scenes}
    for order in held:
        if order.kind != "death":
            behind.setdefault(order.before, []).append(order.after)
    return behind


def _outright(ground: Ground) -> Iterator[Death]:
    """ "Amos died that night", "They buried Amos", of those of whom no death was kept; the first of each."""
    known = {death.who for death in ground.story.deaths}
    outer = [quote for quote in ground.story.quotes if quote.depth == 0]
    begins = [quote.start for quote in outer]
    for mention in ground.story.mentions:
        if mention.character is None or mention.character in known or not is_named(ground.story, mention):
            continue
        within = bisect_right(begins, mention.start) - 1
        told = _told_outright(ground, mention) if within < 0 or outer[within].end <= mention.start else None
        if told is not None:
            known.add(mention.character)
            scene = ground.scenes[ground.scene(mention.start)].id
            yield Death(who=mention.character, scene=scene, told_in=scene, confidence=_OUTRIGHT, evidence=(told,))


def _told_outright(ground: Ground, mention: Mention) -> Span | None:
    """The words that say of the one named that he died, in a main clause that denies and supposes nothing."""
    content = ground.story.text.content
    whole = ground.sentence(mention.span)
    lead = content[whole.start : mention.start]
    dies, kills = _DIES.match(content, mention.end), _KILLS.search(lead)
    clause = lead[max((stop.end() for stop in _CLAUSE.finditer(lead)), default=0) :]
    if (dies is None and kills is None) or _DENIED.search(clause) or _THOUGHT.search(lead):
        return None
    start = whole.start + kills.start() if kills is not None else mention.start
    return Span(start, dies.end() if dies is not None else mention.end)


def _acts_of(ground: Ground, death: Death, behind: Mapping[str, Sequence[str]]) -> Iterator[Finding]:
    told = ground.number(death.scene or death.told_in)
    if told is None or death.confidence < _LEAST or not death.evidence or death.who not in ground.names:
        return
    if death.scene is not None and ground.scenes[told].frame in ("dream", "imagined", "vision"):
        return
    own = [act for act in ground.acts if act.who == death.who]
    acts = [act for act in own if _is_act(ground, act, death)]
    scenes = {act.scene for act in acts}
    later = {number for number in scenes if number == told or ground.rank[number] > ground.rank[told]}
    # A story that opens with the death of somebody not met before mostly looks back behind it.
    opens = told == 0 and not any(act.span.start < death.evidence[0].start for act in own)
    told_later = {number for number in scenes - later if number > told} if behind and not opens else set[int]()
    moved = {number for number in told_later if _only_for_it(ground, number, told, behind)}
    after = [act for act in acts if act.scene in later | moved]
    if after:
        yield _finding(ground, death, after, sure=not any(act.scene in moved for act in after))


def _is_act(ground: Ground, act: Act, death: Death) -> bool:
    """Whether it happens, behind the words of the death if in the scene that tells it, and is not in these words."""
    if ground.scenes[act.scene].frame != "main" or not ground.is_real(act.span):
        return False
    if any(ground.sentence(span).overlaps(act.span) for span in death.evidence):
        return False
    told = ground.number(death.scene or death.told_in)
    return act.scene != told or (act.span.start > death.evidence[0].end and not _is_dying(ground, act, death))


def _is_dying(ground: Ground, act: Act, death: Death) -> bool:
    """Whether it is what a body does as it falls, in the paragraph that tells of the death or the next."""
    near = ground.paragraph(act.span.start) - ground.paragraph(death.evidence[0].start) <= 1
    return near and not act.spoken and ground.story.text[act.span].split()[-1].lower() in _LAST


def _only_for_it(ground: Ground, number: int, told: int, behind: Mapping[str, Sequence[str]]) -> bool:
    """Whether a scene told behind a death is set before it for no other reason than that the dead one acts there."""
    reached = {ground.scenes[number].id}
    ways = list(reached)
    while ways:
        new = set(behind.get(ways.pop(), ())) - reached
        reached |= new
        ways += new
    return ground.scenes[told].id not in reached


def _finding(ground: Ground, death: Death, after: Sequence[Act], *, sure: bool) -> Finding:
    name, act = ground.names[death.who], after[0]
    what = "speaks" if act.spoken else "acts"
    line = ground.story.text.line
    until = f", and last in line {line(after[-1].span.start):,}" if len(after) > 1 else ""
    unless = "" if sure else "; or that happened before"
    quoted = after if len(after) <= _QUOTED else (act, after[-1])
    return Finding(
        kind="acts-after-death",
        severity=_severity(ground, death, after) if sure else "hint",
        message=f"{name} is dead (line {line(death.evidence[0].start):,}), "
        f"but {what} later (line {line(act.span.start):,}{until}){unless}.",
        confidence=round(death.confidence * (0.8 if len(after) < _LIVES_ON else 0.4) * (1.0 if sure else 0.5), 3),
        evidence=(death.evidence[0], *dict.fromkeys(each.span for each in quoted)),
    )


def _severity(ground: Ground, death: Death, after: Sequence[Act]) -> Severity:
    if len(after) >= _LIVES_ON or death.confidence < _SUREST or _is_hearsay(ground, death):
        return "hint"
    return "error" if death.scene is not None and death.confidence >= 0.75 and len(after) == 1 else "warning"


def _is_hearsay(ground: Ground, death: Death) -> bool:
    """Whether all there is of a death is that somebody says so, once: "they told Ellen that Tom had drowned"."""
    words = death.evidence[0]
    lead = ground.story.text.content[ground.sentence(words).start : words.start]
    said = any(quote.covers(words) for quote in ground.story.quotes)
    return len(death.evidence) == 1 and (said or _HEARSAY.search(lead) is not None)
