"""What Fabula can know about a story, one small plain record for each kind of thing."""

from __future__ import annotations

from typing import Literal

import msgspec

from fabula.story.text import Span

__all__ = [
    "Chapter",
    "Character",
    "CharacterKind",
    "Cue",
    "Custody",
    "Death",
    "Dependency",
    "DependencyKind",
    "Entity",
    "EntityType",
    "Event",
    "Fact",
    "FactKind",
    "Finding",
    "Form",
    "Frame",
    "Knowledge",
    "Learnt",
    "Mention",
    "Mode",
    "Object",
    "Order",
    "OrderKind",
    "Outcome",
    "Paragraph",
    "ParagraphKind",
    "Plan",
    "PlanKind",
    "Possession",
    "Quote",
    "Reason",
    "ReasonKind",
    "Relation",
    "Report",
    "Scene",
    "Secret",
    "Severity",
    "Statement",
]

Form = Literal["name", "nominal", "pronoun"]
EntityType = Literal["PER", "ORG", "GPE", "LOC", "FAC", "VEH"]
CharacterKind = Literal["person", "group", "animal", "thing"]
ParagraphKind = Literal["prose", "heading", "break", "verse", "letter", "apart", "blank"]
Mode = Literal["spoken", "thought", "written", "remembered", "imagined", "term"]
Frame = Literal["main", "memory", "dream", "letter", "told", "imagined", "vision"]
FactKind = Literal[
    "said",
    "age",
    "hair",
    "eyes",
    "build",
    "kin",
    "office",
    "injury",
    "origin",
    "name",
    "whereabouts",
    "death",
    "custody",
    "deed",
]
Learnt = Literal["witnessed", "told", "overheard", "read", "inferred"]
Custody = Literal["has", "given", "taken", "hidden", "lost", "destroyed"]
Report = Literal["shown", "reported", "remembered"]
OrderKind = Literal["told", "continues", "memory", "tale", "time", "date", "age", "plan", "death", "meanwhile", "user"]
PlanKind = Literal["order", "intention", "promise", "fear"]
Outcome = Literal["done", "failed", "dropped", "open"]
DependencyKind = Literal["condition", "custody", "plan"]
ReasonKind = Literal["cause", "condition", "result", "after", "purpose", "means"]
Severity = Literal["error", "warning", "hint"]
Cue = Literal["tag", "beat", "turn", "vocative", "narrator", "same", "nearest", "user"]


class Chapter(Span, frozen=True, kw_only=True):
    """A chapter with its heading. Chapters tile the text: the first begins at 0, each ends where the next begins."""

    id: str
    title: str | None = None


class Paragraph(Span, frozen=True, kw_only=True):
    """A paragraph and the line ends behind it. Paragraphs tile the text.

    `body` is where its words end: `text.content[start:body]` has no white space behind it.
    """

    kind: ParagraphKind = "prose"
    body: int


class Character(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody who lives in the story, under all the names the text has for them.

    Attributes:
        id: "c1", "c2", … in order of first appearance; behind them those who have no name and do nothing but die.
        name: the fullest name the text gives.
        aliases: every other name that means this character, the name itself not among them.
        kind: a person, a group that acts as one, an animal, a thing that speaks.
        pronouns: "he/him", "she/her", "they/them", … as the text uses them; None where it does not say.
        narrator: whether this character tells the story as "I".
        evidence: places that show it, the first appearance first.
    """

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    kind: CharacterKind = "person"
    pronouns: str | None = None
    narrator: bool = False
    confidence: float = 1.0
    evidence: tuple[Span, ...] = ()


class Entity(msgspec.Struct, frozen=True, kw_only=True):
    """A named thing that is nobody: an organisation, a town, a house, a ship. Ids are "e1", "e2", …"""

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    type: EntityType = "GPE"
    confidence: float = 1.0
    evidence: tuple[Span, ...] = ()


class Mention(Span, frozen=True, kw_only=True):
    """Words that mean somebody or something: a name, a description ("the old woman"), a pronoun.

    `character` is the id of the character meant, None where that is unknown or the thing is nobody; `entity`
    likewise for the organisations and places.
    """

    form: Form
    type: EntityType = "PER"
    character: str | None = None
    entity: str | None = None
    confidence: float = 1.0


class Quote(Span, frozen=True, kw_only=True):
    """A stretch in quotation marks (or otherwise set off as speech), its marks included.

    Attributes:
        id: "q1", "q2", … in order of place.
        speaker: the id of who says it; None where the text does not let one know.
        addressees: who it is said to, the likeliest first.
        mode: spoken aloud, thought, written, remembered, imagined, or a mere term.
        cue: what decided the speaker; None where nothing did.
        turn: quotes with the same number are one speech, interrupted by a tag or running over paragraphs.
        depth: 0 in the narration, 1 inside another quote, and so on.
        evidence: the words that decided the speaker: a tag, a name, the line before.
    """

    id: str
    speaker: str | None = None
    addressees: tuple[str, ...] = ()
    mode: Mode = "spoken"
    cue: Cue | None = None
    turn: int = 0
    depth: int = 0
    confidence: float = 0.0
    evidence: tuple[Span, ...] = ()


class Event(Span, frozen=True, kw_only=True):
    """A word that says that something really happened, in the story's world."""

    confidence: float = 1.0


class Scene(Span, frozen=True, kw_only=True):
    """A stretch with one time, one place, one company. Scenes tile the text.

    Attributes:
        id: "s1", "s2", … as told.
        order: place in story time, from 1; ties for what happens at once; None where it cannot be told.
        thread: the story line it belongs to.
        frame: whether it happens, is remembered, dreamt, written, told, imagined or seen in a vision.
        teller: id of who remembers, dreams, writes or tells it, or imagines it; None where the frame is main, and
            where the text does not say.
        place, time: as the text has them.
        when: the time as TimeML writes it, as far as the words allow: a date ("1943-06-02", "XXXX-06-02"), a season
            ("XXXX-SU"), a part of the day or an hour ("TMO", "T08:30"), a weekday ("XXXX-WXX-1"); or how far from
            the time spoken of before ("+P1D", "-P10Y"). None where they allow nothing.
        present: ids of who is there, those who keep silent too.
        heard: ids of who is not there but speaks, over a telephone or in a letter, say.
        spoken_of: ids of those who are only thought or spoken of.
        point_of_view: id of whose eyes it is seen through; None where the text does not let one know.
    """

    id: str
    order: int | None = None
    thread: int | None = None
    frame: Frame = "main"
    teller: str | None = None
    place: str | None = None
    time: str | None = None
    when: str | None = None
    present: tuple[str, ...] = ()
    heard: tuple[str, ...] = ()
    spoken_of: tuple[str, ...] = ()
    point_of_view: str | None = None
    confidence: float = 0.0
    evidence: tuple[Span, ...] = ()


class Order(msgspec.Struct, frozen=True, kw_only=True):
    """One scene happened before another, and what shows it.

    Attributes:
        before, after: ids of the scenes.
        kind: what shows it: the order of telling alone ("told"), talk that goes on where it broke off ("continues"),
            a memory or a tale that somebody tells, words of time, dates, ages, what one scene plans and the other
            speaks of as done, somebody dead in the one and alive in the other, or what the user says. Of "meanwhile"
            neither is first: they happen at once.
        confidence: how sure it is.
        held: whether the scenes stand so. A sign too weak to set a scene before one told sooner is kept, and not held.
        evidence: the words that show it; none for the order of telling.
    """

    before: str
    after: str
    kind: OrderKind = "told"
    held: bool = True
    confidence: float = 0.0
    evidence: tuple[Span, ...] = ()


class Object(msgspec.Struct, frozen=True, kw_only=True):
    """A thing that matters: mentioned in several scenes, or given, taken, hidden, lost, asked for.

    Attributes:
        id: "o1", "o2", … in order of first appearance.
        name: the name or the description that the text uses most, without an article.
        aliases: every other wording that means this thing.
        evidence: places that show it, the first appearance first.
    """

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    confidence: float = 0.0
    evidence: tuple[Span, ...] = ()


class Fact(msgspec.Struct, frozen=True, kw_only=True):
    """Something the text asserts about the world. Kept with its place, never overwritten by a later one.

    Attributes:
        id: "f1", "f2", … in order of place.
        text: the assertion in a few words, or the text's own.
        kind: what it is about; "deed": what the narration shows happen; "said": whatever else somebody asserts.
        about: ids of the characters and objects it is about, the first the one it is mainly about.
        value: what is asserted of it: "seventeen", "red"; None where `text` says it best.
        scene: the scene that asserts it.
        evidence: the words that assert it; those of other wordings of the same fact come after.
    """

    id: str
    text: str
    kind: FactKind = "said"
    about: tuple[str, ...] = ()
    value: str | None = None
    scene: str | None = None
    confidence: float = 0.0
    evidence: tuple[Span, ...] = ()


class Possession(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody holds something from one scene until another (None: until the end), in story order.

    `holder` is a character's id, None while nobody has it: hidden, lost, destroyed; or somebody who is not named:
    given, taken. `how`: what began it.
    """

    object: str
    holder: str | None
    from_scene: str
    until_scene: str | None = None
    how: Custody = "has"
    confidence: float = 0.0
    evidence: tuple[Span, ...] = ()


class Knowledge(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody knows a fact since a scene, and how they came to; `source`: the id of who told it, where one did."""

    who: str
    fact: str
    since_scene: str
    how: Learnt
    source: str | None = None
    confidence: float = 0.0
    evidence: tuple[Span, ...] = ()


class Secret(msgspec.Struct, frozen=True, kw_only=True):
    """Something that some keep from others, in the words that say so.

    Attributes:
        text: those words, as they stand alone.
        fact: the id of the fact that is kept; None where the words are all there is.
        keepers, kept_from: ids of those who keep it, and of those who are not to know.
        scene: the scene that speaks of it.
        out_scene: the scene in which the first of those it is kept from comes to know the fact; None where none does.
    """

    text: str
    fact: str | None = None
    keepers: tuple[str, ...] = ()
    kept_from: tuple[str, ...] = ()
    scene: str | None = None
    out_scene: str | None = None
    confidence: float = 0.0
    evidence: tuple[Span, ...] = ()


class Death(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody dies: in scene `scene` (None: not shown), as told in scene `told_in`.

    `undone_in`: the scene that shows it was no death after all: a false report, somebody thought dead.
    """

    who: str
    scene: str | None
    told_in: str | None
    how: Report = "reported"
    undone_in: str | None = None
    confidence: float = 0.0
    evidence: tuple[Span, ...] = ()


class Relation(msgspec.Struct, frozen=True, kw_only=True):
    """How `a` stands to `b`: `a` is the `kind` of `b` (brother, wife, boss, friend), between two scenes."""

    a: str
    b: str
    kind: str
    from_scene: str | None = None
    until_scene: str | None = None
    confidence: float = 0.0
    evidence: tuple[Span, ...] = ()


class Statement(Span, frozen=True, kw_only=True):
    """Words that say that something is so, is done, or would be.

    Attributes:
        text: the words, with names for the pronouns that are resolved.
        verb: the bare form of what is said; empty where only somebody or something is named ("the key").
        who: the id of who or what does it; None where that is unknown.
        about: ids of whom and what it is done to; the noun itself where it is on no list.
        denied: whether it is said not to be so.
    """

    text: str
    verb: str = ""
    who: str | None = None
    about: tuple[str, ...] = ()
    denied: bool = False


class Reason(msgspec.Struct, frozen=True, kw_only=True):
    """One thing rests on another, in the text's own words: "they stayed because Anne was ill".

    Attributes:
        id: "y1", "y2", … in order of place.
        what: what would fall if the other were not so.
        on: what it rests on.
        kind: given as its cause ("because"), as its condition ("if"), as what it results from ("so", "therefore"), as
            what had to come first ("until he trusted me, and then"), as what was done for it ("in order to"), or as
            what it takes ("with the key", "depends on").
        scene: the scene that says so.
        evidence: the words that say so, both sides in them.
    """

    id: str
    what: Statement
    on: Statement
    kind: ReasonKind
    scene: str | None = None
    confidence: float = 0.0
    evidence: tuple[Span, ...] = ()


class Dependency(msgspec.Struct, frozen=True, kw_only=True):
    """What a plan stands on, in the words that show it.

    Attributes:
        on: the id of the fact or plan it is; None where the words are all there is.
        kind: a condition or reason given with the plan; that somebody has a thing; another plan that brought it about.
    """

    on: str | None
    kind: DependencyKind
    text: str
    evidence: tuple[Span, ...] = ()


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """Something ordered, intended, promised or feared in one scene, and what becomes of it in another.

    Attributes:
        id: "n1", "n2", … in order of place.
        who: the character whose plan or fear it is; `doer`: the one who is to do it.
        act: what is to be done, in the words of the plan.
        outcome: done, failed (it is said that it was not done), dropped (taken back by who meant it), or open.
        outcome_scene: the scene that tells so.
        evidence: the words of the plan, and after them those of its outcome.
    """

    id: str
    who: str
    doer: str | None
    kind: PlanKind
    text: str
    act: Statement | None = None
    scene: str | None = None
    outcome: Outcome = "open"
    outcome_scene: str | None = None
    depends_on: tuple[Dependency, ...] = ()
    confidence: float = 0.0
    evidence: tuple[Span, ...] = ()


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """Something that does not fit: what, how bad, how sure, and the places that show it."""

    kind: str
    severity: Severity
    message: str
    confidence: float = 0.0
    evidence: tuple[Span, ...] = ()
