"""Who has died, and by which words that is told; one module for each way of telling it."""

from __future__ import annotations

from fabula.layers.state.deaths.gather import find_deaths, tell_deaths

__all__ = ["find_deaths", "tell_deaths"]
