"""How much each sign at a seam between paragraphs weighs when it is decided where a scene begins."""

from __future__ import annotations

from functools import cache

from fabula import lexicon

__all__ = ["weights"]


@cache
def weights() -> dict[str, float]:
    """Natural log odds by sign, learned by `training/scenes`."""
    return {sign: float(weight) for sign, (weight,) in lexicon.table("scene_signs").items()}
