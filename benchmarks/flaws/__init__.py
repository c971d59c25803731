"""Flaws planted into sound texts, each a few words changed, so that one can count how many are found (M11)."""

from __future__ import annotations

from benchmarks.flaws.known import plant_known
from benchmarks.flaws.planting import EXPECTED, Flaw, planted
from benchmarks.flaws.unknown import plant_unknown

__all__ = ["EXPECTED", "Flaw", "plant_known", "plant_unknown", "planted"]
