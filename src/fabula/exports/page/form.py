"""The plain form of a story that the page is drawn from: words, numbers and places, and nothing that draws."""

from __future__ import annotations

import msgspec
from msgspec import UNSET, UnsetType

__all__ = [
    "ChapterForm",
    "DeathForm",
    "EntityForm",
    "FactForm",
    "FindingForm",
    "KnowledgeForm",
    "MentionColumns",
    "OrderForm",
    "PageForm",
    "ParagraphColumns",
    "PersonForm",
    "PlanForm",
    "PossessionForm",
    "QuoteColumns",
    "ReasonForm",
    "RelationForm",
    "SceneForm",
    "SecretForm",
    "StandsForm",
]


class Form(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Plain data. Places are UTF-16 units, confidences 0 to 100; people and scenes are numbers from 0."""


class ParagraphColumns(Form, frozen=True, kw_only=True):
    """Paragraphs tile the text: `sizes` are their lengths, `tails` the white space behind the words of each."""

    sizes: list[int]
    tails: list[int]
    kinds: str


class MentionColumns(Form, frozen=True, kw_only=True):
    """`who` is a person, or -1 for nobody known, or -2, -3, … for the first, second, … named place."""

    steps: list[int]
    sizes: list[int]
    who: list[int]
    forms: str
    types: str
    sure: list[int]


class QuoteColumns(Form, frozen=True, kw_only=True):
    """`words` counts each quote's words; a quote inside another, or a mere term, has a depth or mode that says so."""

    steps: list[int]
    sizes: list[int]
    words: list[int]
    who: list[int]
    to: list[list[int]]
    modes: str
    cues: list[str | None]
    depths: list[int]
    sure: list[int]
    why: list[list[int]]


class PersonForm(Form, frozen=True, kw_only=True):
    """`names` are (name, known since), the fullest first; `voice` is the rank by how much the text says of them."""

    name: str
    names: list[tuple[str, int]]
    first: int
    voice: int
    kind: str = "person"
    pronouns: str | None = None
    narrator: bool = False
    sure: int = 100
    why: list[int] = []


class EntityForm(Form, frozen=True, kw_only=True):
    name: str
    type: str
    aliases: tuple[str, ...] = ()
    first: int | None = None


class ChapterForm(Form, frozen=True, kw_only=True):
    start: int
    title: str | None = None


class SceneForm(Form, frozen=True, kw_only=True):
    """`place_since` and `time_since`: behind which place of the text one knows them."""

    start: int
    end: int
    order: int | None = None
    thread: int | None = None
    frame: str = "main"
    place: str | None = None
    place_since: int = 0
    time: str | None = None
    time_since: int = 0
    present: list[int] = []
    sure: int = 0
    why: list[int] = []


class OrderForm(Form, frozen=True, kw_only=True):
    """One scene happened before another (`kind` "meanwhile": with it), and the places that show it."""

    before: int
    after: int
    kind: str
    since: int
    sure: int = 0
    why: list[int] = []


class RelationForm(Form, frozen=True, kw_only=True):
    """`a` is the `kind` of `b`. `since`, here and below: the place of the text behind which one knows of it."""

    a: int
    b: int
    kind: str
    since: int
    from_scene: int | None = None
    until_scene: int | None = None
    sure: int = 0
    why: list[int] = []


class DeathForm(Form, frozen=True, kw_only=True):
    who: int
    since: int
    scene: int | None = None
    told_in: int | None = None
    undone_in: int | None = None
    sure: int = 0
    why: list[int] = []


class FindingForm(Form, frozen=True, kw_only=True):
    """`key` names it in every reading; `verdict` and `reason`: what the user has decided; None while it is open."""

    key: str
    kind: str
    severity: str
    message: str
    since: int
    verdict: str | None = None
    reason: str | None = None
    sure: int = 0
    why: list[int] = []


class FactForm(Form, frozen=True, kw_only=True):
    text: str
    since: int
    sure: int = 0
    why: list[int] = []


class PossessionForm(Form, frozen=True, kw_only=True):
    """`how` is what began it: given, taken, lost; None where somebody merely has it. They stand in story order."""

    object: str
    holder: int
    since: int
    from_scene: int | None = None
    until_scene: int | None = None
    how: str | None = None
    sure: int = 0
    why: list[int] = []


class KnowledgeForm(Form, frozen=True, kw_only=True):
    """`source`: who told it. Its evidence is told only where it is not the fact's own."""

    who: int
    fact: int
    how: str
    since: int
    scene: int | None = None
    source: int | None = None
    sure: int = 0
    why: list[int] = []


class SecretForm(Form, frozen=True, kw_only=True):
    """`keepers` keep what `text` says from `kept_from`; `out_scene`: where it comes out, known behind `out_since`."""

    text: str
    keepers: list[int]
    kept_from: list[int]
    since: int
    scene: int | None = None
    out_scene: int | None = None
    out_since: int = 0
    sure: int = 0
    why: list[int] = []


class StandsForm(Form, frozen=True, kw_only=True):
    """What a plan stands on, in a few words, and the places that show it."""

    kind: str
    text: str
    since: int
    why: list[int] = []


class PlanForm(Form, frozen=True, kw_only=True):
    """What `who` orders (of `doer`), means, promises or fears; `told` are the places that tell what became of it."""

    who: int
    doer: int
    kind: str
    text: str
    since: int
    scene: int | None = None
    outcome: str = "open"
    outcome_scene: int | None = None
    outcome_since: int = 0
    told: list[int] = []
    stands: list[StandsForm] = []
    sure: int = 0
    why: list[int] = []


class ReasonForm(Form, frozen=True, kw_only=True):
    """`what` rests on `on`, each in a few words; `kind`: how the text says so."""

    what: str
    on: str
    kind: str
    since: int
    scene: int | None = None
    sure: int = 0
    why: list[int] = []


class PageForm(Form, frozen=True, kw_only=True):
    """Everything that the page shows. A layer that was not read is absent; `cast` says whether the characters were.

    `more_facts` counts the facts that are left out: a novel has thousands, and the page has the surest.
    """

    fabula: str
    title: str
    source: str
    format: str
    words: int
    minutes: int
    text: str
    paragraphs: ParagraphColumns
    italics: list[int]
    people: list[PersonForm]
    author: str | None = None
    notes: tuple[str, ...] = ()
    cast: bool = False
    chapters: list[ChapterForm] | UnsetType = UNSET
    scenes: list[SceneForm] | UnsetType = UNSET
    orders: list[OrderForm] | UnsetType = UNSET
    entities: list[EntityForm] | UnsetType = UNSET
    mentions: MentionColumns | UnsetType = UNSET
    quotes: QuoteColumns | UnsetType = UNSET
    relations: list[RelationForm] | UnsetType = UNSET
    deaths: list[DeathForm] | UnsetType = UNSET
    findings: list[FindingForm] | UnsetType = UNSET
    facts: list[FactForm] | UnsetType = UNSET
    more_facts: int = 0
    possessions: list[PossessionForm] | UnsetType = UNSET
    knowledge: list[KnowledgeForm] | UnsetType = UNSET
    secrets: list[SecretForm] | UnsetType = UNSET
    plans: list[PlanForm] | UnsetType = UNSET
    reasons: list[ReasonForm] | UnsetType = UNSET
