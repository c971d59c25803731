"""Dated results: what was measured, on which machine, at which commit, over which data."""

from __future__ import annotations

import os
import platform
import re
import subprocess
from collections.abc import Sequence
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import msgspec

from benchmarks.findings_running import FindingsRun
from benchmarks.gold_running import GoldRun
from benchmarks.heads_running import HeadsResult
from benchmarks.metrics.growth import GrowthResult
from benchmarks.metrics.speed import SpeedResult
from benchmarks.order_running import LinearRun, TaskRun
from benchmarks.order_stories import StoryOrder
from benchmarks.pack_running import PackRun
from benchmarks.page_running import PageRun
from benchmarks.repair_running import RepairRun
from benchmarks.running import NovelRun
from benchmarks.scenes_running import WorkRun
from benchmarks.wordings_running import WordingRun

__all__ = ["HERE", "Corpus", "Machine", "Result", "load_results", "make_result", "newest", "save"]

HERE = Path(__file__).resolve().parent
RESULTS = HERE / "results"

PACKAGES = ("fabula", "msgspec", "numpy", "onnxruntime", "rapidfuzz", "lxml")


class Machine(msgspec.Struct, frozen=True, kw_only=True):
    """Where it was measured. `memory_gib` is all the memory the machine has."""

    cores: int
    cpu: str
    memory_gib: float
    system: str
    python: str


class Corpus(msgspec.Struct, frozen=True, kw_only=True):
    """What it was measured on: a digest of the files, and their size; `novels` counts stories and cases too."""

    name: str
    digest: str
    novels: int = 0
    words: int = 0
    quotes: int = 0


class Result(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One run. `date` is UTC; `commit` ends with "+" where the working tree had changes."""

    name: str
    date: str
    commit: str
    machine: Machine
    packages: dict[str, str]
    corpus: Corpus
    novels: tuple[NovelRun, ...] = ()
    stories: tuple[GoldRun, ...] = ()
    speed: SpeedResult | None = None
    growth: GrowthResult | None = None
    packs: tuple[PackRun, ...] = ()
    heads: HeadsResult | None = None
    works: tuple[WorkRun, ...] = ()
    repairs: tuple[RepairRun, ...] = ()
    findings: tuple[FindingsRun, ...] = ()
    orders: tuple[TaskRun, ...] = ()
    linear: tuple[LinearRun, ...] = ()
    pages: tuple[PageRun, ...] = ()
    told: tuple[StoryOrder, ...] = ()
    wordings: tuple[WordingRun, ...] = ()


def make_result(
    name: str,
    *,
    digest: str,
    novels: Sequence[NovelRun] = (),
    stories: Sequence[GoldRun] = (),
    speed: SpeedResult | None = None,
    growth: GrowthResult | None = None,
    packs: Sequence[PackRun] = (),
    heads: HeadsResult | None = None,
    works: Sequence[WorkRun] = (),
    repairs: Sequence[RepairRun] = (),
    findings: Sequence[FindingsRun] = (),
    orders: Sequence[TaskRun] = (),
    linear: Sequence[LinearRun] = (),
    pages: Sequence[PageRun] = (),
    told: Sequence[StoryOrder] = (),
    wordings: Sequence[WordingRun] = (),
    corpus: str = "pdnc",
) -> Result:
    """The result of a run that ended now, on this machine, at this commit."""
    runs: list[NovelRun | RepairRun] = [*novels, *(run.novel for run in stories), *repairs]
    size = Corpus(
        name=corpus,
        digest=digest,
        novels=len(runs) + len(works) + len(findings) + len(linear) + len(pages),
        words=sum(run.words for run in runs)
        + sum(work.words for work in works)
        + sum(run.sound.words for run in findings)
        + sum(run.words for run in linear)
        + sum(run.words for run in pages)
        + sum(run.words for run in wordings),
        quotes=sum(run.quotes for run in runs),
    )
    return Result(
        name=name,
        date=datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        commit=_commit(),
        machine=_machine(),
        packages=_packages(),
        corpus=size,
        novels=tuple(novels),
        stories=tuple(stories),
        speed=speed,
        growth=growth,
        packs=tuple(packs),
        heads=heads,
        works=tuple(works),
        repairs=tuple(repairs),
        findings=tuple(findings),
        orders=tuple(orders),
        linear=tuple(linear),
        pages=tuple(pages),
        told=tuple(told),
        wordings=tuple(wordings),
    )


def save(result: Result, *, place: Path = RESULTS) -> Path:
    """Write `YYYY-MM-DD-<name>.json`; a later run of the same name on the same day takes its place."""
    place.mkdir(parents=True, exist_ok=True)
    path = place / f"{result.date[:10]}-{result.name}.json"
    path.write_bytes(msgspec.json.format(msgspec.json.encode(result), indent=1) + b"\n")
    return path


def load_results(place: Path = RESULTS) -> tuple[Result, ...]:
    """All results of a folder, the oldest first."""
    found = (msgspec.json.decode(path.read_bytes(), type=Result) for path in place.glob("*.json"))
    return tuple(sorted(found, key=lambda result: (result.date, result.name)))


def newest(results: Sequence[Result], name: str) -> Result | None:
    """The latest result of this name."""
    return next((result for result in reversed(results) if result.name == name), None)


def _machine() -> Machine:
    try:
        memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    except (ValueError, OSError, AttributeError):
        memory = 0.0
    return Machine(
        cores=os.cpu_count() or 0,
        cpu=_cpu(),
        memory_gib=round(memory, 1),
        system=f"{platform.system()} {platform.machine()}",
        python=platform.python_version(),
    )


def _cpu() -> str:
    facts = Path("/proc/cpuinfo")
    named = re.search(r"model name\s*:\s*(.+)", facts.read_text()) if facts.exists() else None
    return named[1].strip() if named else platform.processor() or "unknown"


def _packages() -> dict[str, str]:
    found = {}
    for name in PACKAGES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found


def _commit() -> str:
    commit = _git("rev-parse", "--short=12", "HEAD")
    return (commit + ("+" if _git("status", "--porcelain") else "")) if commit else "unknown"


def _git(*words: str) -> str:
    try:
        done = subprocess.run(["git", *words], cwd=HERE, capture_output=True, text=True, check=False)
    except OSError:
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""
