"""How much each thing the text shows weighs when it is decided who speaks."""

from __future__ import annotations

import msgspec

__all__ = ["OWN", "STEP", "Weights"]


class Weights(msgspec.Struct, frozen=True):
    """Weights in natural log odds, by name of what is seen (`OWN` beside one speech, `STEP` between speeches).

    Learned from hidden tags in public-domain novels by `training/speakers`, but for these: `tag`, `far_tag`,
    `joined_beat`, `stranger`, `introduced` and `wrong_gender` bind and are set by hand; `voice`, `antecedent`,
    `last_named`, `last_acting`, `nobody`, `same`, `same_bare`, `back`, `names_last`, `beat_after` and `lead` were
    chosen on the development novels, because hidden tags mislead there (where an author writes a name, "he" would have
    been unclear; where he writes a tag, the turn was); `antecedent`, `beat_after`, `beat_first`, `answered` and `ahead`
    on short stories beside them, where a deed in the paragraph of a speech is its tag oftener; `unmet` on these alone,
    for it is only seen there (-.5, -1 and -2 measure alike).
    """

    tag: float = 12.00
    far_tag: float = 7.00
    joined_beat: float = 6.00
    wrong_gender: float = -9.00
    beat_first: float = 3.60
    beat_after: float = 4.00
    beat_between: float = 5.14
    owned_beat: float = 1.71
    lead: float = 1.90
    wrong_gender_beat: float = -0.98
    wrong_gender_lead: float = -1.01
    unsure_gender: float = -4.01
    beat_then_tag: float = 0.38
    last_named: float = 1.5
    before_last_named: float = 0.59
    last_acting: float = 1.0
    antecedent: float = 1.0
    described: float = -0.64
    introduced: float = 5.0
    called: float = -3.08
    told: float = -2.87
    near: float = 0.56
    here: float = -0.31
    ahead: float = 0.10
    has_spoken: float = 0.44
    often: float = 0.22
    unmet: float = -1.00
    narrator: float = 0.60
    voice: float = 0.15
    nobody: float = -0.50
    stranger: float = 5.00
    same: float = -1.5
    same_bare: float = -3.0
    same_after_narration: float = 1.55
    same_paragraph: float = 4.09
    back: float = 2.00
    back_after_narration: float = 1.26
    answered: float = 1.10
    names_last: float = 1.5
    addressed_fits: float = 0.77
    addressed_unfit: float = -0.25
    talked_about: float = -0.65


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
    "names_last",
    "talked_about",
)
"""What is seen between a speech and those before it."""

OWN = tuple(name for name in Weights.__struct_fields__ if name not in STEP)
"""What is seen of a speech and one who may have made it."""
