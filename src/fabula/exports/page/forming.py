"""Turns a story into the plain form of the page: every layer that was read, and no other."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.metadata import version

from msgspec import UNSET

from fabula.exports.page import people, told, world
from fabula.exports.page.form import PageForm
from fabula.exports.page.index import index
from fabula.story import Story
from fabula.story.corrections import VerdictEntry

__all__ = ["to_form"]

_WORDS_A_MINUTE = 238
"""Silent reading of English by adults: Brysbaert (2019), a review of 190 studies, 238 words a minute."""


def to_form(story: Story, *, verdicts: Sequence[VerdictEntry] = ()) -> PageForm:
    """The story in the plain form that the page is drawn from. The page counts and draws; it works nothing out.

    Args:
        verdicts: what the user has decided of findings.
    """
    text, layers, known = story.text, story.layers, index(story)
    words = len(text.content.split()) - sum(len(text[apart].split()) for apart in text.apart)
    return PageForm(
        fabula=version("fabula"),
        title=told.title(story),
        author=text.source.author,
        source=text.source.name,
        format=text.source.format,
        words=words,
        minutes=max(1, round(words / _WORDS_A_MINUTE)),
        notes=text.notes,
        text=text.content,
        paragraphs=told.paragraphs(known),
        italics=told.italics(known),
        people=people.people(known),
        cast=layers.characters is not UNSET,
        chapters=UNSET if layers.chapters is UNSET else told.chapters(known),
        scenes=UNSET if layers.scenes is UNSET else world.scenes(known),
        orders=UNSET if layers.orders is UNSET else world.orders(known),
        entities=UNSET if layers.entities is UNSET else people.entities(known),
        mentions=UNSET if layers.mentions is UNSET else told.mentions(known),
        quotes=UNSET if layers.quotes is UNSET else told.quotes(known),
        relations=UNSET if layers.relations is UNSET else world.relations(known),
        deaths=UNSET if layers.deaths is UNSET else world.deaths(known),
        findings=UNSET if layers.findings is UNSET else world.findings(known, verdicts),
        facts=UNSET if layers.facts is UNSET else world.facts(known),
        more_facts=0 if layers.facts is UNSET else len(layers.facts) - len(known.facts),
        possessions=UNSET if layers.possessions is UNSET else world.possessions(known),
        knowledge=UNSET if layers.knowledge is UNSET else world.knowledge(known),
        secrets=UNSET if layers.secrets is UNSET else world.secrets(known),
        plans=UNSET if layers.plans is UNSET else world.plans(known),
        reasons=UNSET if layers.reasons is UNSET else world.reasons(known),
    )
