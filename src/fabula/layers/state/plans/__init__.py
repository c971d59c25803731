"""What somebody aims at, and what becomes of it."""

from __future__ import annotations

from fabula.layers.state.plans.outcomes import trace_plans

__all__ = ["trace_plans"]
