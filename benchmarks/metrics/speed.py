"""M12: how fast the whole command reads, how much memory it takes at its peak, and how soon a short story is done."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory, TemporaryFile

import msgspec

from benchmarks.reading import ReaderAbsent
from fabula.story import Text

__all__ = [
    "Peer",
    "SpeedResult",
    "Stage",
    "Timed",
    "count_stretches",
    "first_stretches",
    "measure_speed",
    "run_timed",
    "time_reading",
]

SHORT = 1000
"""Words of the short story: what a writer waits for on opening a chapter."""

_WORD = re.compile(r"\S+")
_ROOT = Path(__file__).parents[2]
_SPACY = Path(__file__).parents[1] / "peers" / "time_spacy.py"
_PROCESSES = (1, 2)
"""spaCy uses one core for each of its processes; Fabula uses two cores."""


class Timed(msgspec.Struct, frozen=True):
    """One run of a command: wall-clock seconds and the peak of its resident memory in MiB."""

    seconds: float
    peak_mib: float


class Stage(msgspec.Struct, frozen=True):
    """One part of a reading ("speech: hear_voices"; "speech" is what is left of that stage): its seconds, and the peak
    of the memory when it ended, in MiB."""

    name: str
    seconds: float
    peak_mib: float


class Peer(msgspec.Struct, frozen=True, omit_defaults=True):
    """Another program on the same text: words per second of the whole command and its peak in MiB (of its largest
    process, where it has several), or why there is no number. `reading_per_second`: its models loaded beforehand."""

    name: str
    words_per_second: float | None = None
    peak_mib: float | None = None
    note: str = ""
    reading_per_second: float | None = None


class _Told(msgspec.Struct, frozen=True):
    """What `peers/time_spacy.py` tells of a run."""

    spacy: str
    model: str
    seconds: float


class SpeedResult(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """M12. Medians over `runs`; words are stretches without white space; every run is a new process with an empty cache
    (the system may have the model's files in its own cache).

    Attributes:
        text: the name of the text, `words` long.
        words_per_second: of the whole command, start and writing included.
        peak_mib: its peak resident memory.
        all_seconds: of each run.
        short_words, short_seconds, short_peak_mib: the same command on the text's first words.
        pack: the model pack that was read with.
        stages: where the time of a reading goes, in a process of its own.
        peers: others on the same text in the same run, the runs in turn with ours.
    """

    text: str
    words: int
    runs: int
    seconds: float
    words_per_second: float
    peak_mib: float
    short_words: int
    short_seconds: float
    short_peak_mib: float | None = None
    all_seconds: tuple[float, ...] = ()
    pack: str = ""
    stages: tuple[Stage, ...] = ()
    peers: tuple[Peer, ...] = ()


def measure_speed(
    text: Text, *, runs: int = 3, command: Sequence[str] = (), spacy: Path | None = None, pack: str = ""
) -> SpeedResult:
    """Run `fabula read FILE` (or `command FILE`) several times on a text and on its first thousand words, in turn with
    the others.

    Args:
        text: the text.
        runs: of which the median is taken.
        command: what to run instead of `fabula read`; its stages are not timed.
        spacy: the Python in which spaCy and its small English model are installed.
        pack: the name of the pack that is read with, to be told.

    Raises:
        ReaderAbsent: if the command does not end well.
    """
    words = count_stretches(text.content)
    with TemporaryDirectory() as place:
        whole, short = Path(place) / "whole.txt", Path(place) / "short.txt"
        _write(whole, text.content)
        _write(short, first_stretches(text.content, SHORT))
        long_runs, short_runs, stages = [], [], []
        theirs: dict[int, list[tuple[Timed, _Told]]] = {number: [] for number in _PROCESSES}
        note = "not installed" if spacy is None else ""
        for _ in range(runs):
            long_runs.append(time_reading(whole, command=command))
            short_runs.append(time_reading(short, command=command))
            for number in _PROCESSES if not note else ():
                try:
                    theirs[number].append(_time_spacy(spacy or Path(), whole, number))
                except ReaderAbsent as error:
                    note = str(error).removeprefix("skipped: ")
            if not command:
                stages.append(_time_stages(whole))
    seconds = median(run.seconds for run in long_runs)
    return SpeedResult(
        text=text.source.name,
        words=words,
        runs=runs,
        seconds=round(seconds, 2),
        words_per_second=round(words / seconds, 1),
        peak_mib=_peak(long_runs),
        all_seconds=tuple(round(run.seconds, 2) for run in long_runs),
        short_words=min(SHORT, words),
        short_seconds=round(median(run.seconds for run in short_runs), 2),
        short_peak_mib=_peak(short_runs),
        pack=pack,
        stages=_middle(stages),
        peers=_peers(theirs, words, note),
    )


def time_reading(path: Path, *, command: Sequence[str] = ()) -> Timed:
    """Run `fabula read` on a file as somebody does who has never read it: with an empty cache, which it then fills.

    Raises:
        ReaderAbsent: if the command does not end well.
    """
    with TemporaryDirectory() as place:
        base = command or [*_fabula(), "read", "-o", str(Path(place) / "out.json")]
        return run_timed([*base, str(path)], given={"FABULA_CACHE": str(Path(place) / "cache")})


def run_timed(command: Sequence[str], *, given: Mapping[str, str] | None = None) -> Timed:
    """Run a command to its end, its output thrown away. The peak includes what this process held when it started the
    other (Linux counts so), a few dozen MiB.

    Args:
        command: the command.
        given: environment variables besides those of this process.

    Raises:
        ReaderAbsent: if the command is not there or does not end well.
    """
    name = Path(command[0]).name
    with TemporaryFile() as said:
        start = time.perf_counter()
        try:
            process = subprocess.Popen(
                command, stdout=subprocess.DEVNULL, stderr=said, cwd=_ROOT, env={**os.environ, **(given or {})}
            )
        except OSError as error:
            raise ReaderAbsent(f"skipped: {name} cannot be run ({error.strerror})") from error
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode != 0:
            said.seek(0)
            last = said.read().decode(errors="replace").strip().rpartition("\n")[2]
            raise ReaderAbsent(f"skipped: {name} ended with {process.returncode}{last and ': '}{last}")
    unit = 1024 * 1024 if sys.platform == "darwin" else 1024
    return Timed(seconds, usage.ru_maxrss / unit)


def count_stretches(content: str) -> int:
    """How many words: stretches without white space."""
    return sum(1 for _ in _WORD.finditer(content))


def first_stretches(content: str, number: int) -> str:
    """The text up to the end of that word."""
    end = 0
    for match, _ in zip(_WORD.finditer(content), range(number), strict=False):
        end = match.end()
    return content[:end]


def _fabula() -> list[str]:
    """The command as installed beside this Python."""
    return [str(Path(sys.executable).parent / "fabula")]


def _peak(runs: Sequence[Timed]) -> float:
    return round(median(run.peak_mib for run in runs), 1)


def _time_stages(path: Path) -> list[Stage]:
    with TemporaryDirectory() as place:
        to = Path(place) / "stages.json"
        run_timed([sys.executable, "-m", "benchmarks.staging", str(path), str(to)])
        return msgspec.json.decode(to.read_bytes(), type=list[Stage])


def _middle(runs: Sequence[Sequence[Stage]]) -> tuple[Stage, ...]:
    """The median of each stage over several runs."""
    return tuple(
        Stage(
            same[0].name,
            round(median(stage.seconds for stage in same), 3),
            round(median(stage.peak_mib for stage in same), 1),
        )
        for same in zip(*runs, strict=True)
    )


def _time_spacy(python: Path, path: Path, processes: int) -> tuple[Timed, _Told]:
    with TemporaryDirectory() as place:
        to = Path(place) / "told.json"
        timed = run_timed([str(python), str(_SPACY), str(path), str(to), "--processes", str(processes)])
        return timed, msgspec.json.decode(to.read_bytes(), type=_Told)


def _peers(theirs: Mapping[int, Sequence[tuple[Timed, _Told]]], words: int, note: str) -> tuple[Peer, ...]:
    name = "spaCy en_core_web_sm (tagger, parser, NER)"
    if note:
        return (Peer(name, note=note),)
    peers = []
    for number, runs in theirs.items():
        said = runs[0][1]
        count = "one process" if number == 1 else f"{number} processes"
        peers.append(
            Peer(
                f"{name}, {count}",
                round(words / median(timed.seconds for timed, _ in runs), 1),
                _peak([timed for timed, _ in runs]),
                f"spaCy {said.spacy}, model {said.model}",
                round(words / median(told.seconds for _, told in runs), 1),
            )
        )
    return tuple(peers)


def _write(path: Path, content: str) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(content)
