"""The one door to ONNX Runtime, opened only when a text is encoded."""

from __future__ import annotations

from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from fabula.encode.claims import ANSWERS, Answer, Question
from fabula.encode.pieces import open_pieces
from fabula.encode.windows import Feed
from fabula.errors import PackError
from fabula.models import ModelPack
from fabula.models.pack import CLAIMS, ENCODER, LINK, PIECES, VOICES

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

__all__ = ["HEADS", "Network", "Reading", "open_network"]

Floats = NDArray[np.float32]


class Reading(NamedTuple):
    """What the heads say of B windows of W words; mentions are up to K words wide."""

    mention: Floats
    """B×W×K×(1 + types): the stretch that begins at this word and is k + 1 words long; column 0 is "no mention"."""
    form: Floats
    """B×W×K×forms."""
    event: Floats
    """B×W, log odds."""
    word_class: Floats
    """B×W×classes."""
    lemma: Floats
    """B×W×rules."""
    head: NDArray[np.int64]
    """B×W: the word in the window that governs this one; the word itself for the root of a sentence."""
    relation: Floats
    """B×W×relations, to that governor."""
    begin: Floats
    """B×W×D: a word's half of the vector of a mention, or a speech, that begins here."""
    close: Floats
    """B×W×D: and of one that ends here."""


HEADS = Reading._fields


class Network(Protocol):
    """What can read windows and compare what stands in them: an ONNX session, or a stand-in with the same answers."""

    def read(self, feed: Feed) -> Reading:
        """Read a batch of windows. It is called from several threads at once."""

    def link(self, later: Floats, earlier: Floats, features: Floats) -> Floats:
        """N×M log odds that mentions mean the same, of N×D and M×D vectors and the N×M×F features of their pairs."""

    def voice(self, speeches: Floats, mentions: Floats, features: Floats) -> tuple[Floats, Floats]:
        """N×M log odds that the mention is of whoever makes the speech, likewise; and N×modes."""

    def claim(self, question: Question) -> Answer:
        """Who is dead, tied, or has what in a stretch of a text."""


class _Sessions:
    """A pack's networks, each opened when it is first asked: a text whose windows are all known needs no encoder."""

    def __init__(self, pack: ModelPack, threads: int) -> None:
        self._pack, self._threads = pack, threads
        self._opened: dict[str, InferenceSession] = {}
        self._opening = Lock()

    def read(self, feed: Feed) -> Reading:
        found: Any = self._of(ENCODER).run(list(HEADS), feed._asdict())
        return Reading(*found)

    def link(self, later: Floats, earlier: Floats, features: Floats) -> Floats:
        found: Any = self._of(LINK).run(["score"], {"one": later, "other": earlier, "features": features})
        scores: Floats = found[0]
        return scores

    def voice(self, speeches: Floats, mentions: Floats, features: Floats) -> tuple[Floats, Floats]:
        given = {"one": speeches, "other": mentions, "features": features}
        score, mode = self._of(VOICES).run(["score", "mode"], given)
        return score, mode

    def claim(self, question: Question) -> Answer:
        spelled = open_pieces(self._pack.path(PIECES)).spell(question.forms)
        given = question._asdict() | {"forms": np.array([numbers[0] for numbers, _ in spelled], np.int64)}
        found: Any = self._of(CLAIMS).run(list(ANSWERS), given)
        return Answer(*found)

    def _of(self, name: str) -> InferenceSession:
        with self._opening:
            if name not in self._opened:
                self._opened[name] = _open(self._pack.path(name), self._threads)
            return self._opened[name]


def open_network(pack: ModelPack, *, threads: int = 1) -> Network:
    """Make a pack ready to read with. Its files are opened when they are needed.

    Args:
        pack: a proved pack.
        threads: how many cores work on one window; `encode` reads windows side by side, which is better use of them.

    The network raises `PackError` where a file of the pack is none that ONNX Runtime can open.
    """
    return _Sessions(pack, threads)


def _open(place: Path, threads: int) -> InferenceSession:
    import onnxruntime

    onnxruntime.disable_telemetry_events()  # on Windows it tells the system how it is used, unless it is told not to
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    # Waiting threads would spin: a third more processor time for the same answers, measured on two cores.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    # Windows differ in size: an arena would grow to the largest and never shrink, and a plan of the memory made for one
    # serves no other (30 MB each core, measured).
    options.enable_cpu_mem_arena = options.enable_mem_pattern = False
    options.log_severity_level = 3
    try:
        return onnxruntime.InferenceSession(str(place), options, providers=["CPUExecutionProvider"])
    except Exception as error:
        raise PackError("ONNX Runtime cannot open this network", where=str(place)) from error
