"""How much each thing the text shows weighs when it is decided whom a pronoun means."""

from __future__ import annotations

import msgspec

__all__ = ["NARRATED", "SPOKEN", "Weights"]


class Weights(msgspec.Struct, frozen=True):
    """Weights in natural log odds, by name of what is seen of somebody who may be meant.

    Attributes:
        salience: how much in mind, as a logarithm; `often`: how often named in all of the text beside the one
            named most, likewise.
        same_sentence, sentence_before, paragraph_before, other_scene: where the last mention stands;
            `sentences_off`, `paragraphs_off`: how far back, as logarithms.
        was_subject, was_owner, was_object, was_pronoun, was_spoken_of: what the last mention was, where.
        just_named, named_before: named, not by a pronoun, in this sentence, in the one before.
        same_place_before: subject of the sentence before, as the pronoun is of this one.
        same_speech: mentioned in the very quotation.
        rivals: how many of the same gender were mentioned since.
        chain: meant by the last such pronoun.
        speaks_here, heard_here, tagged: speaker or hearer beside the pronoun (or of the speech it stands in);
            speaker by the tag that the pronoun is the subject of.
        clause_subject: subject of the sentence so far, the pronoun being an owner or a subject; `bound`: subject of
            the same clause, the pronoun being its object; `own_subject`: the same, the pronoun being a reflexive.
        likely_gender, unknown_gender: the gender only guessed by the first name, or not even that.
        nameless: somebody described, not named ("a waiter").
        linked: the log probability, by the encoder, that both mentions mean the same.
        nobody: what speaks for somebody the reading does not know.
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
    linked: float
    nobody: float


NARRATED = Weights(
    salience=0.56,
    same_sentence=-0.63,
    sentence_before=-0.31,
    sentences_off=-0.15,
    paragraph_before=-0.05,
    paragraphs_off=-0.9,
    was_subject=-0.05,
    was_owner=0.16,
    was_object=0.2,
    was_pronoun=0.41,
    speaks_here=0.21,
    heard_here=-0.12,
    tagged=3.0,
    was_spoken_of=-0.23,
    same_speech=0.0,
    often=0.44,
    likely_gender=-0.59,
    unknown_gender=-1.37,
    nameless=0.54,
    bound=-4.0,
    own_subject=3.0,
    clause_subject=0.47,
    chain=-0.2,
    rivals=-0.04,
    just_named=1.29,
    named_before=0.51,
    same_place_before=0.53,
    other_scene=0.12,
    linked=0.7,
    nobody=-2.6,
)
"""For the narration, fitted to LitBank's training documents (4,977 pronouns). Set by hand are `bound`, `own_subject`
and `tagged`, which hold by grammar; `linked`, chosen on PDNC, for the encoder knows the training documents by heart;
and `nobody`, low enough for a story of a page, where nobody is named often."""

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
    bound=-4.0,
    own_subject=3.0,
    clause_subject=0.2,
    chain=0.4,
    rivals=-0.3,
    just_named=1.06,
    named_before=0.29,
    same_place_before=0.36,
    other_scene=0.22,
    linked=0.2,
    nobody=-4.2,
)
"""Inside speech, where whoever is spoken of is neither the speaker nor, mostly, the hearer. Fitted to the few pronouns
in speech in LitBank's training documents (468), held close to the narration's; `chain`, `rivals`, `nameless`,
`same_speech` and `nobody`, of which these say too little, are set by hand: a few round values tried on PDNC."""
