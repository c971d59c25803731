"""Reads one file and writes down how long each part of the reading took: `python -m benchmarks.staging FILE TO`.

A process of its own, so that what is loaded late is loaded here too, and the peak of memory is that of a reading. The
stages are those the reader tells of; within each, what it calls by name is counted by itself.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from collections.abc import Callable
from functools import wraps
from inspect import isfunction
from pathlib import Path
from types import ModuleType
from typing import Any

__all__ = ["Watch", "main", "watch_parts"]


class Watch:
    """Counts the seconds between calls under the name of the stage that was begun last."""

    def __init__(self) -> None:
        self._began = time.perf_counter()
        self._stage = "start"
        self.seconds: dict[str, float] = {}
        self.peaks: dict[str, float] = {}

    def begin(self, stage: str, done: int = 0, total: int = 0) -> None:
        """End the stage that runs and begin another; the same one again goes on."""
        now = time.perf_counter()
        self.seconds[self._stage] = self.seconds.get(self._stage, 0.0) + now - self._began
        self.peaks[self._stage] = _peak_mib()
        self._began, self._stage = now, stage

    def timed(self, part: Callable[..., Any]) -> Callable[..., Any]:
        """The same function, counted apart from the rest of the stage in which it is called."""

        @wraps(part)
        def counted(*given: Any, **named: Any) -> Any:
            stage = self._stage
            self.begin(f"{stage}: {part.__name__}")
            try:
                return part(*given, **named)
            finally:
                self.begin(stage)

        return counted


def watch_parts(module: ModuleType, watch: Watch) -> None:
    """Count apart every function of Fabula that a module has from elsewhere and calls by name."""
    for name, part in list(vars(module).items()):
        if isfunction(part) and part.__module__.startswith("fabula.") and part.__module__ != module.__name__:
            setattr(module, name, watch.timed(part))


def main() -> None:
    """Read, and write [name, seconds, peak in MiB] of each part."""
    watch = Watch()
    source, to = map(Path, sys.argv[1:3])
    from fabula import reader
    from fabula.story import to_json

    watch_parts(reader, watch)
    story = reader.read(source, progress=watch.begin)
    watch.begin("saving")
    to.with_suffix(".story").write_bytes(to_json(story))
    watch.begin("end")
    rows = [{"name": name, "seconds": s, "peak_mib": watch.peaks[name]} for name, s in watch.seconds.items()]
    to.write_text(json.dumps(rows), encoding="utf-8")


def _peak_mib() -> float:
    unit = 1024 * 1024 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit


if __name__ == "__main__":
    main()
