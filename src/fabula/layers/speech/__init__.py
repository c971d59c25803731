"""Decide who says what to whom."""

from __future__ import annotations

from fabula.layers.speech.attribute import attribute_speech

__all__ = ["attribute_speech"]
