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
    beat_first: float = 3.63
    beat_after: float = 2.30
    beat_between: float = 3.15
    owned_beat: float = 1.61
    lead: float = 1.65
    wrong_gender_beat: float = -1.94
    wrong_gender_lead: float = -0.68
    unsure_gender: float = -2.61
    last_named: float = 0.79
    before_last_named: float = 0.78
    called: float = -4.73
    told: float = -3.04
    near: float = 0.75
    here: float = -0.17
    ahead: float = 0.38
    has_spoken: float = 0.49
    often: float = 0.42
    narrator: float = 0.60
    nobody: float = -0.5
    same: float = -3.0
    same_bare: float = -4.0
    same_after_narration: float = 0.81
    same_paragraph: float = 2.30
    back: float = 1.36
    back_after_narration: float = 0.98
    answered: float = 0.52
    addressed_fits: float = 0.5
    addressed_unfit: float = -1.0
    talked_about: float = -0.90


STEP = (
    "same", "same_bare", "addressed_fits", "addressed_unfit", "same_after_narration", "same_paragraph", "back", "back_after_narration", "answered", "talked_about")
"""What is seen between a speech and those before it."""

OWN = tuple(name for name in Weights.__struct_fields__ if name not in STEP)
"""What is seen of a speech and one who may have made it."""
