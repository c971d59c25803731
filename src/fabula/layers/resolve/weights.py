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
    was_pronoun: float
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
    clause_subject: float
    chain: float
    rivals: float
    just_named: float
    named_before: float
    same_place_before: float
    other_scene: float
    nobody: float


NARRATED = Weights(
    salience=0.5,
    same_sentence=-0.35,
    sentence_before=-0.11,
    sentences_off=-0.16,
    paragraph_before=0.06,
    paragraphs_off=-0.88,
    was_subject=0.15,
    was_owner=0.1,
    was_object=0.07,
    was_pronoun=0.28,
    speaks_here=0.16,
    heard_here=0.02,
    tagged=6.0,
    was_spoken_of=-0.53,
    same_speech=0.0,
    often=0.46,
    likely_gender=-0.54,
    unknown_gender=-1.37,
    nameless=0.65,
    bound=-2.5,
    own_subject=3.0,
    clause_subject=0.2,
    chain=-0.31,
    rivals=-0.05,
    just_named=1.05,
    named_before=0.29,
    same_place_before=0.36,
    other_scene=0.21,
    nobody=-0.08,
)
"""For the narration."""

SPOKEN = Weights(
    salience=0.47,
    same_sentence=-0.36,
    sentence_before=-0.11,
    sentences_off=-0.12,
    paragraph_before=0.1,
    paragraphs_off=-0.83,
    was_subject=0.15,
    was_owner=0.1,
    was_object=0.06,
    was_pronoun=0.28,
    speaks_here=-3.58,
    heard_here=-1.89,
    tagged=0.0,
    was_spoken_of=0.8,
    same_speech=0.2,
    often=0.54,
    likely_gender=-0.5,
    unknown_gender=-1.37,
    nameless=-1.0,
    bound=-2.5,
    own_subject=3.0,
    clause_subject=0.2,
    chain=0.4,
    rivals=-0.3,
    just_named=1.06,
    named_before=0.29,
    same_place_before=0.36,
    other_scene=0.22,
    nobody=-0.58,
)
"""Inside speech, where whoever is spoken of is neither the speaker nor, mostly, the hearer."""
