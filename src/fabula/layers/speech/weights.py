"""How much each thing the text shows weighs when it is decided who speaks."""

from __future__ import annotations

import msgspec

__all__ = ["OWN", "STEP", "Weights"]


class Weights(msgspec.Struct, frozen=True):
    """Weights in natural log odds, by name of what is seen (`OWN` beside one speech, `STEP` between speeches).

    Learned from hidden tags in public-domain novels by `training/speakers`; the first ones, which bind, are set by
    hand: a tag is never contradicted.
    """

    tag: float = 12.00
    far_tag: float = 7.00
    joined_beat: float = 6.00
    wrong_gender: float = -9.00
    beat_first: float = 3.90
    beat_after: float = 2.18
    beat_between: float = 5.07
    owned_beat: float = 1.19
    lead: float = 1.64
    wrong_gender_beat: float = -1.45
    wrong_gender_lead: float = -0.86
    unsure_gender: float = -3.24
    beat_then_tag: float = 2.0
    last_named: float = 0.70
    before_last_named: float = 0.62
    last_acting: float = 0.5
    antecedent: float = 1.5
    called: float = -3.74
    told: float = -3.32
    near: float = 0.64
    here: float = -0.27
    ahead: float = 0.26
    has_spoken: float = 0.36
    often: float = 0.42
    narrator: float = 0.60
    nobody: float = -0.5
    same: float = -0.92
    same_bare: float = -4.0
    same_after_narration: float = 1.36
    same_paragraph: float = 4.34
    back: float = 1.59
    back_after_narration: float = 1.34
    answered: float = 0.61
    addressed_fits: float = 0.52
    addressed_unfit: float = -0.41
    talked_about: float = -0.75


STEP = (
    "same",
    "same_bare",
    "addressed_fits",
    "addressed_unfit",
    "same_after_narration",
    "same_paragraph",
    "back",
    "back_after_narration",
    "answered",
    "talked_about",
)
"""What is seen between a speech and those before it."""

OWN = tuple(name for name in Weights.__struct_fields__ if name not in STEP)
"""What is seen of a speech and one who may have made it."""
