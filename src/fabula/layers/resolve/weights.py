"""How much each thing the text shows weighs when it is decided whom a pronoun means."""

from __future__ import annotations

import msgspec

__all__ = ["NARRATED", "SPOKEN", "Weights"]


class Weights(msgspec.Struct, frozen=True):
    """Weights in natural log odds, by name of what is seen of somebody who may be meant.

    `nobody` is what speaks for a pronoun's meaning somebody the reading does not know.
    """

    salience: float
    same_sentence: float
    sentence_before: float
    sentences_off: float
    paragraph_before: float
    paragraphs_off: float
    was_subject: float
    was_owner: float
    was_object: float
    same_place: float
    was_pronoun: float
    latest: float
    speaks_here: float
    heard_here: float
    tagged: float
    was_spoken_of: float
    same_speech: float
    often: float
    likely_gender: float
    unknown_gender: float
    nameless: float
    bound: float
    own_subject: float
    other_scene: float
    nobody: float


NARRATED = Weights(
    salience=0.8,
    same_sentence=0.9,
    sentence_before=0.6,
    sentences_off=-0.6,
    paragraph_before=-0.2,
    paragraphs_off=-0.6,
    was_subject=0.6,
    was_owner=0.1,
    was_object=-0.1,
    same_place=0.4,
    was_pronoun=0.4,
    latest=0.6,
    speaks_here=1.2,
    heard_here=0.2,
    tagged=4.0,
    was_spoken_of=-0.8,
    same_speech=0.0,
    often=0.15,
    likely_gender=-0.3,
    unknown_gender=-1.2,
    nameless=-0.6,
    bound=-2.5,
    own_subject=1.0,
    other_scene=-0.8,
    nobody=-0.6,
)
"""For the narration."""

SPOKEN = Weights(
    salience=0.6,
    same_sentence=0.9,
    sentence_before=0.6,
    sentences_off=-0.5,
    paragraph_before=-0.1,
    paragraphs_off=-0.5,
    was_subject=0.3,
    was_owner=0.0,
    was_object=0.0,
    same_place=0.3,
    was_pronoun=0.4,
    latest=0.5,
    speaks_here=-4.0,
    heard_here=-2.0,
    tagged=0.0,
    was_spoken_of=1.0,
    same_speech=0.6,
    often=0.15,
    likely_gender=-0.3,
    unknown_gender=-1.2,
    nameless=-0.6,
    bound=-2.5,
    own_subject=1.0,
    other_scene=-0.8,
    nobody=-0.6,
)
"""Inside speech, where whoever is spoken of is neither the speaker nor, mostly, the hearer."""
