"""What in a story rests on what: everything recorded that can rest on something, and each dependency with its words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Literal

import msgspec

from fabula.story.records import Plan, Possession, Reason, ReasonKind, Relation, Statement
from fabula.story.text import Span

if TYPE_CHECKING:
    from fabula.story.story import Story

__all__ = ["Matter", "MatterKind", "Rest", "RestKind", "Web", "weave"]

MatterKind = Literal["said", "plan", "outcome", "custody", "death", "relation", "fact", "knowledge", "order", "thing"]
RestKind = Literal[ReasonKind, "plan", "deed", "custody", "told", "known", "kin", "death"]
"""Why one rests on the other: what the words say (see `Reason`); it was planned; it is what was done; somebody had the
thing before; somebody told it; it is known; kin follows from kin; a death shows it."""

_TAKES_A_HOLDER = frozenset({"given", "hidden", "lost", "destroyed"})
_ALIKE, _HALF = 0.8, 0.5
"""Two places that share so much of what they cover say one thing; or the one is the heart of the other."""
_BLOCK = 512
"""Characters of the text in one drawer of places."""
_KNOWING = frozenset("know learn hear see discover find realise realize understand read notice".split())
_INFERRED = 0.9
"""What follows from two records is a little less sure than the weaker of them."""


class Matter(msgspec.Struct, frozen=True, kw_only=True):
    """Something of the story that other things can rest on, in whatever words.

    Attributes:
        id: that of its record where it has one ("f3", "n1"), else one of its own.
        text: in a few words; `also`: other wordings, and the names of who and what is meant.
        who, about, denied: as in `Statement`.
        evidence: places that show it, the one `text` comes from first.
    """

    id: str
    kind: MatterKind
    text: str
    also: tuple[str, ...] = ()
    who: str | None = None
    about: tuple[str, ...] = ()
    denied: bool = False
    scene: str | None = None
    evidence: tuple[Span, ...] = ()


class Rest(msgspec.Struct, frozen=True, kw_only=True):
    """One matter rests on another (their ids), and the words that record it."""

    what: str
    on: str
    kind: RestKind
    confidence: float = 0.0
    evidence: tuple[Span, ...] = ()


class Web(msgspec.Struct, frozen=True, kw_only=True):
    """All matters of a story by id, and what rests on what, both in order of first place."""

    matters: dict[str, Matter]
    rests: tuple[Rest, ...]


def weave(story: Story) -> Web:
    """Everything recorded in a story that rests on something, or that something rests on; nothing is added to it."""
    loom = _Loom(story)
    loom.records()
    loom.reasons()
    loom.plans()
    loom.custody()
    loom.relations()
    loom.orders()
    loom.knowledge()
    return Web(matters=loom.matters, rests=tuple(loom.rests.values()))


class _Loom:
    """Where the web is woven: the matters and dependencies found so far."""

    def __init__(self, story: Story) -> None:
        self.story = story
        self.matters: dict[str, Matter] = {}
        self.rests: dict[tuple[str, str], Rest] = {}
        self.same: dict[tuple[str, str | None, tuple[str, ...], bool], str] = {}
        self.places: dict[int, list[str]] = {}
        people = {one.id: (one.name, *one.aliases) for one in story.characters}
        self.planned = {plan.id: plan for plan in story.plans}
        self.names = {**people, **{one.id: (one.name, *one.aliases) for one in story.objects}}

    def add(self, matter: Matter) -> str:
        self.matters[matter.id] = matter
        for span in matter.evidence:
            for block in range(span.start // _BLOCK, span.end // _BLOCK + 1):
                self.places.setdefault(block, []).append(matter.id)
        return matter.id

    def rest(self, what: str, on: str, kind: RestKind, confidence: float, evidence: tuple[Span, ...]) -> None:
        known = self.rests.get((what, on))
        if what != on and evidence and (known is None or known.confidence < confidence):
            self.rests[what, on] = Rest(what=what, on=on, kind=kind, confidence=confidence, evidence=evidence)

    def near(self, span: Span, *kinds: MatterKind) -> Iterator[Matter]:
        """The matters of some kinds that have a place in common with this one."""
        ids = dict.fromkeys(
            one for block in range(span.start // _BLOCK, span.end // _BLOCK + 1) for one in self.places.get(block, ())
        )
        for one in ids:
            matter = self.matters[one]
            if matter.kind in kinds and any(place.overlaps(span) for place in matter.evidence):
                yield matter

    def records(self) -> None:
        kinds: dict[str, MatterKind] = {"custody": "custody", "death": "death"}
        for fact in self.story.facts:
            self.add(
                Matter(
                    id=fact.id,
                    kind=kinds.get(fact.kind, "fact"),
                    text=fact.text,
                    also=self._called(fact.about),
                    about=fact.about,
                    scene=fact.scene,
                    evidence=fact.evidence,
                )
            )
        for plan in self.story.plans:
            act = plan.act
            self.add(
                Matter(
                    id=plan.id,
                    kind="plan",
                    text=plan.text,
                    also=self._called((act.who or "", *act.about), act.verb) if act else (),
                    who=act.who if act else None,
                    about=act.about if act else (),
                    denied=act.denied if act else False,
                    scene=plan.scene,
                    evidence=plan.evidence[:1],
                )
            )
        for number, relation in enumerate(self.story.relations, 1):
            text = f"{self._name(relation.a)} is the {relation.kind} of {self._name(relation.b)}"
            self.add(
                Matter(
                    id=f"r{number}",
                    kind="relation",
                    text=text,
                    who=relation.a,
                    about=(relation.b,),
                    scene=relation.from_scene,
                    evidence=relation.evidence,
                )
            )

    def reasons(self) -> None:
        for reason in self.story.reasons:
            what, on = self.matter(reason, reason.what, "what"), self.matter(reason, reason.on, "on")
            self.rest(what, on, reason.kind, reason.confidence, reason.evidence)

    def matter(self, reason: Reason, said: Statement, side: str) -> str:
        """The matter that a statement is of: one that is known already, in these or other words, or a new one."""
        known = self._thing(said) if not said.verb else self._known(said)
        key = (said.verb, said.who, said.about, said.denied)
        if known is None and any(one in self.names for one in said.about):
            known = self.same.get(key)
        if known is not None:
            matter, place = self.matters[known], Span(start=said.start, end=said.end)
            if place not in matter.evidence:
                also = tuple(dict.fromkeys((*matter.also, said.text)))
                self.add(msgspec.structs.replace(matter, also=also, evidence=(*matter.evidence, place)))
            return known
        own = self.add(
            Matter(
                id=f"{reason.id}.{side}",
                kind="said" if said.verb else "thing",
                text=said.text,
                also=self._called((said.who or "", *said.about), said.verb),
                who=said.who,
                about=said.about,
                denied=said.denied,
                scene=reason.scene,
                evidence=(Span(start=said.start, end=said.end),),
            )
        )
        self.same[key] = own
        return own

    def _thing(self, said: Statement) -> str | None:
        """Somebody or something that is only named, as a matter of its own."""
        own = said.about[0] if said.about else ""
        if own in self.names and own not in self.matters:
            place = Span(start=said.start, end=said.end)
            self.add(Matter(id=own, kind="thing", text=self._name(own), about=(own,), evidence=(place,)))
        return own if own in self.matters else None

    def _known(self, said: Statement) -> str | None:
        """The record that the same words made: a plan, a death, a relation, custody, or the fact they are told as."""
        taking_part = {said.who, *said.about}
        for matter in self.near(said, "plan", "death", "relation", "custody", "fact"):
            if matter.kind == "plan":
                act = self.planned[matter.id].act
                fits = act is not None and act.verb == said.verb and act.overlaps(said)
            elif matter.kind == "fact":
                fits = any(_share(said, place) >= _ALIKE for place in matter.evidence)
            elif matter.kind == "death":
                fits = (
                    set(matter.about[:1]) <= set(taking_part)
                    and bool(matter.about)
                    and any(_within(place, said) for place in matter.evidence)
                )
            else:
                fits = {*matter.about, *((matter.who,) if matter.who else ())} <= taking_part
            if fits and not said.denied:
                return matter.id
        return None

    def plans(self) -> None:
        for plan in self.story.plans:
            for number, stands in enumerate(plan.depends_on, 1):
                on = stands.on if stands.on in self.matters else None
                if on is None:
                    near = (one for place in stands.evidence for one in self.near(place, "said", "fact"))
                    on = next((one.id for one in near if _share(one.evidence[0], stands.evidence[0]) >= _HALF), None)
                if on is None:
                    on = f"{plan.id}.on{number}"
                    self.add(Matter(id=on, kind="said", text=stands.text, scene=plan.scene, evidence=stands.evidence))
                kind: RestKind = "plan" if stands.kind == "plan" else stands.kind
                self.rest(plan.id, on, kind, plan.confidence, (*plan.evidence[:1], *stands.evidence[:1]))
            if plan.outcome == "done" and len(plan.evidence) > 1:
                self._done(plan)

    def _done(self, plan: Plan) -> None:
        """What was planned is done: the deed came of the plan, and the plan's outcome rests on the deed."""
        place = plan.evidence[1]
        outcome = self.add(
            Matter(
                id=f"{plan.id}.done",
                kind="outcome",
                text=f"what was planned is done: {plan.text}",
                who=plan.act.who if plan.act else None,
                about=plan.act.about if plan.act else (),
                scene=plan.outcome_scene,
                evidence=(place,),
            )
        )
        deeds = [
            matter.id
            for matter in self.near(place, "said", "custody", "death")
            if plan.act is not None and matter.id != plan.id and _same_act(plan.act, matter)
        ]
        for deed in deeds:
            self.rest(outcome, deed, "deed", plan.confidence, (place,))
            if plan.kind != "fear":
                self.rest(deed, plan.id, "plan", plan.confidence, (plan.evidence[0], place))
        if not deeds:
            self.rest(outcome, plan.id, "plan", plan.confidence, plan.evidence[:2])

    def custody(self) -> None:
        """Nobody can give, hide, lose or destroy what he has not got: the holder before, where the words name him."""
        before: dict[str, Possession] = {}
        for held in self.story.possessions:
            last = before.get(held.object)
            before[held.object] = held
            if last is None or last.holder in (None, held.holder) or held.how not in _TAKES_A_HOLDER:
                continue
            if held.evidence and self._names(last.holder, held.evidence[0]):
                what, on = self._held(held), self._held(last)
                if what and on:
                    sure = _INFERRED * min(held.confidence, last.confidence)
                    self.rest(what, on, "custody", round(sure, 3), (held.evidence[0], *last.evidence[:1]))

    def _held(self, held: Possession) -> str | None:
        about = (held.object, held.holder) if held.holder else (held.object,)
        near = self.near(held.evidence[0], "custody") if held.evidence else iter(())
        return next((matter.id for matter in near if matter.about == about), None)

    def _names(self, who: str | None, place: Span) -> bool:
        return any(mention.character == who and mention.overlaps(place) for mention in self.story.mentions)

    def relations(self) -> None:
        """Kin that follows from kin stands on the two it follows from."""
        known = list(enumerate(self.story.relations, 1))
        first: dict[Span, list[tuple[int, Relation]]] = {}
        for number, relation in known:
            for place in relation.evidence[:1]:
                first.setdefault(place, []).append((number, relation))
        for number, relation in known:
            if len(relation.evidence) != 2 or relation.from_scene is not None:
                continue
            ground = [
                (other, one)
                for place in relation.evidence
                for other, one in first.get(place, ())
                if other != number and len({one.a, one.b} & {relation.a, relation.b}) == 1
            ]
            if {relation.a, relation.b} <= {who for _, one in ground for who in (one.a, one.b)}:
                for other, one in ground:
                    self.rest(f"r{number}", f"r{other}", "kin", relation.confidence, one.evidence[:1])

    def orders(self) -> None:
        for order in self.story.orders:
            if order.kind == "told" or not order.held or not order.evidence:
                continue
            word = "at the time of" if order.kind == "meanwhile" else "before"
            own = self.add(
                Matter(
                    id=f"{order.before}<{order.after}",
                    kind="order",
                    text=f"scene {order.before} is {word} scene {order.after}",
                    scene=order.after,
                    evidence=order.evidence,
                )
            )
            if order.kind == "death":
                for place in order.evidence:
                    for matter in self.near(place, "death"):
                        self.rest(own, matter.id, "death", order.confidence, order.evidence)
            elif order.kind == "plan":
                for matter in [one for place in order.evidence for one in self.near(place, "plan", "outcome")]:
                    plan = self.planned[matter.id.removesuffix(".done")]
                    if plan.act is not None and any(plan.act.overlaps(place) for place in order.evidence):
                        on = f"{plan.id}.done" if f"{plan.id}.done" in self.matters else plan.id
                        self.rest(own, on, "plan", order.confidence, order.evidence)

    def knowledge(self) -> None:
        numbers = {(row.who, row.fact): f"k{number}" for number, row in enumerate(self.story.knowledge, 1)}
        for row in self.story.knowledge:
            if row.fact not in self.matters or not row.evidence:
                continue
            own = numbers[row.who, row.fact]
            fact = self.matters[row.fact]
            self.add(
                Matter(
                    id=own,
                    kind="knowledge",
                    text=f"{self._name(row.who)} knows: {fact.text}",
                    who=row.who,
                    about=fact.about,
                    scene=row.since_scene,
                    evidence=row.evidence,
                )
            )
            self.rest(own, row.fact, "known", row.confidence, row.evidence[:1])
            told_by = numbers.get((row.source, row.fact)) if row.source else None
            if told_by is not None:
                self.rest(own, told_by, "told", row.confidence, row.evidence[:1])
            for matter in self.near(row.evidence[0], "said"):
                near = any(_share(place, row.evidence[0]) >= _HALF for place in matter.evidence)
                if near and matter.who == row.who and _KNOWING & {*matter.also}:
                    self.rest(matter.id, own, "known", row.confidence, matter.evidence[:1])

    def _called(self, ids: Sequence[str], *more: str) -> tuple[str, ...]:
        names = (name for one in ids for name in self.names.get(one, ()))
        return tuple(dict.fromkeys((*more, *names)))

    def _name(self, own: str) -> str:
        return self.names.get(own, (own,))[0]


def _same_act(act: Statement, matter: Matter) -> bool:
    """Whether a matter is the planned act, done: the same verb, or the thing in the hands it was meant for."""
    if matter.kind == "said":
        same = act.verb in matter.also and not matter.denied and set(act.about) <= set(matter.about)
        return same and (matter.who == act.who or act.who is None or matter.who is None)
    return set(matter.about) <= {*act.about, act.who}


def _share(one: Span, other: Span) -> float:
    both = min(one.end, other.end) - max(one.start, other.start)
    return max(0, both) / (max(one.end, other.end) - min(one.start, other.start))


def _within(one: Span, other: Span) -> bool:
    return (one.start >= other.start and one.end <= other.end) or (other.start >= one.start and other.end <= one.end)
