"""M12: how fast the whole command reads, how much memory it takes at its peak, and how soon a short story is done."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import msgspec

from benchmarks.reading import ReaderAbsent
from fabula.story import Text

__all__ = ["Peer", "SpeedResult", "Timed", "measure_speed", "run_timed"]

SHORT = 1000
"""Words of the short story: what a writer waits for on opening a chapter."""

_WORD = re.compile(r"\S+")

_SPACY = """
import sys, spacy
nlp = spacy.load("en_core_web_sm", exclude=["lemmatizer", "attribute_ruler"])
nlp.max_length = 10**8
nlp(open(sys.argv[1], encoding="utf-8", newline="").read())
"""


class Timed(msgspec.Struct, frozen=True):
    """One run of a command: wall-clock seconds and the peak of its resident memory in MiB."""

    seconds: float
    peak_mib: float


class Peer(msgspec.Struct, frozen=True):
    """Another program on the same text: words per second and MiB, or why there is no number."""

    name: str
    words_per_second: float | None = None
    peak_mib: float | None = None
    note: str = ""


class SpeedResult(msgspec.Struct, frozen=True, kw_only=True):
    """M12. Medians over `runs`; words are stretches without white space; every run is a new process without a cache of
    stories (the system may have the model's files in its own cache).

    Attributes:
        text: the name of the text, `words` long.
        words_per_second: of the whole command, start and writing included.
        peak_mib: its peak resident memory.
        short_words, short_seconds: the same command on the text's first words.
        peers: others on the same text in the same run.
    """

    text: str
    words: int
    runs: int
    seconds: float
    words_per_second: float
    peak_mib: float
    short_words: int
    short_seconds: float
    peers: tuple[Peer, ...] = ()


def measure_speed(text: Text, *, runs: int = 3, command: Sequence[str] = ()) -> SpeedResult:
    """Run `fabula read FILE --no-cache` (or `command FILE`) several times on a text and on its first thousand words.

    Raises:
        ReaderAbsent: if the command does not end well.
    """
    with TemporaryDirectory() as place:
        whole, short = Path(place) / "whole.txt", Path(place) / "short.txt"
        _write(whole, text.content)
        _write(short, _first_words(text.content, SHORT))
        base = list(command) or [*_fabula(), "read", "--no-cache", "-o", str(Path(place) / "out.json")]
        long_runs = [run_timed([*base, str(whole)]) for _ in range(runs)]
        short_runs = [run_timed([*base, str(short)]) for _ in range(runs)]
        words = _count(text.content)
        peers = (_time_spacy(whole, words, runs),)
    seconds = median(run.seconds for run in long_runs)
    return SpeedResult(
        text=text.source.name,
        words=words,
        runs=runs,
        seconds=round(seconds, 2),
        words_per_second=round(words / seconds, 1),
        peak_mib=round(median(run.peak_mib for run in long_runs), 1),
        short_words=min(SHORT, words),
        short_seconds=round(median(run.seconds for run in short_runs), 2),
        peers=peers,
    )


def run_timed(command: Sequence[str]) -> Timed:
    """Run a command to its end, its output thrown away. The peak includes what this process held when it started the
    other (Linux counts so), a few dozen MiB.

    Raises:
        ReaderAbsent: if the command is not there or does not end well.
    """
    start = time.perf_counter()
    try:
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    except OSError as error:
        raise ReaderAbsent(f"skipped: {Path(command[0]).name} cannot be run ({error.strerror})") from error
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise ReaderAbsent(f"skipped: {Path(command[0]).name} ended with {process.returncode}")
    unit = 1024 * 1024 if sys.platform == "darwin" else 1024
    return Timed(seconds, usage.ru_maxrss / unit)


def _fabula() -> list[str]:
    """The command as installed beside this Python."""
    return [str(Path(sys.executable).parent / "fabula")]


def _time_spacy(path: Path, words: int, runs: int) -> Peer:
    name = "spaCy en_core_web_sm (tagger, parser, NER)"
    try:
        timed = [run_timed([sys.executable, "-c", _SPACY, str(path)]) for _ in range(runs)]
    except ReaderAbsent:
        return Peer(name, note="not installed")
    rate = words / median(run.seconds for run in timed)
    return Peer(name, round(rate, 1), round(median(run.peak_mib for run in timed), 1))


def _first_words(content: str, number: int) -> str:
    ends = [match.end() for match, _ in zip(_WORD.finditer(content), range(number), strict=False)]
    return content[: ends[-1]] if ends else content


def _count(content: str) -> int:
    return sum(1 for _ in _WORD.finditer(content))


def _write(path: Path, content: str) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(content)
