"""Measures a model pack as the runtime reads with it: LitBank's development documents, and a part of the treebank."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from hashlib import sha256
from pathlib import Path

import msgspec

from benchmarks.corpora.litbank import DEVELOPMENT
from benchmarks.corpora.marked import development_digest, load_marked
from benchmarks.corpora.treebank import load_treebank, treebank_digest
from benchmarks.metrics.marks import REACH, measure_marks
from benchmarks.metrics.parity import Parity
from benchmarks.metrics.shares import summed
from benchmarks.metrics.syntax import measure_syntax
from benchmarks.metrics.tallies import Scored, Tally, score
from benchmarks.reading import ReaderAbsent
from fabula.encode import Network, encode_words, open_network
from fabula.errors import PackError
from fabula.models import ModelPack, default_pack, open_pack

__all__ = ["Measured", "PackRun", "pack_at", "pack_digest", "run_pack"]


class Measured(msgspec.Struct, frozen=True, kw_only=True):
    """One document, or all of one kind."""

    name: str
    words: int
    tallies: dict[str, Tally]


class PackRun(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What was measured of one pack.

    Attributes:
        pack, made, digest: its name, its day, and what proves which one it was.
        megabytes: all of its files.
        reach: mentions back that one was compared with.
        documents: LitBank's development documents.
        kinds: the treebank's documents by kind.
        marks, syntax: each measure over all documents, with bounds over documents.
        parity: how far its 8-bit weights stray from those they were made of, where that was measured.
    """

    pack: str
    made: str
    digest: str
    megabytes: float
    reach: int
    documents: tuple[Measured, ...]
    kinds: tuple[Measured, ...]
    marks: dict[str, Scored]
    syntax: dict[str, Scored]
    parity: Parity | None = None


def pack_at(folder: Path | None) -> ModelPack:
    """The pack in a folder; without one, the pack that is shipped.

    Raises:
        ReaderAbsent: if there is none, or it is not whole.
    """
    try:
        return default_pack() if folder is None else open_pack(folder)
    except PackError as error:
        raise ReaderAbsent(f"skipped: {error}") from error


def run_pack(
    pack: ModelPack,
    *,
    part: str = "test",
    reach: int = REACH,
    documents: Sequence[str] = DEVELOPMENT,
    tell: Callable[[str], None] = lambda line: None,
) -> PackRun:
    """Read LitBank's development documents and a part of the treebank with a pack, and measure.

    Raises:
        DataAbsent: if one of the corpora is not on this machine.
    """
    network = open_network(pack)
    marked = []
    for name in documents:
        marked.append(_mark(name, pack, network, reach))
        tell(name)
    parsed = []
    for text in load_treebank(part):
        encoding = encode_words(text.forms, text.sentence, pack, network=network)
        parsed.append((text.kind, len(text.forms), measure_syntax(encoding, text)))
    tell(f"UD EWT {part}")
    return PackRun(
        pack=pack.name,
        made=pack.manifest.made,
        digest=pack.digest,
        megabytes=round(sum(file.bytes for file in pack.manifest.files) / 1e6, 1),
        reach=reach,
        documents=tuple(marked),
        kinds=_by_kind(parsed),
        marks=score([document.tallies for document in marked]),
        syntax=score([tallies for _, _, tallies in parsed]),
    )


def pack_digest(part: str = "test") -> str:
    """What packs are measured on, as one digest.

    Raises:
        DataAbsent: if one of the corpora is not on this machine.
    """
    return sha256(f"{development_digest()} {treebank_digest(part)}".encode()).hexdigest()


def _mark(name: str, pack: ModelPack, network: Network, reach: int) -> Measured:
    text = load_marked(name)
    encoding = encode_words(text.forms, text.sentence, pack, network=network)
    return Measured(name=name, words=len(text.forms), tallies=measure_marks(encoding, network, text, reach=reach))


def _by_kind(parsed: Sequence[tuple[str, int, Mapping[str, Tally]]]) -> tuple[Measured, ...]:
    kinds: dict[str, list[tuple[int, Mapping[str, Tally]]]] = defaultdict(list)
    for kind, words, tallies in parsed:
        kinds[kind].append((words, tallies))
    return tuple(
        Measured(name=kind, words=sum(words for words, _ in rows), tallies=dict(summed(tallies for _, tallies in rows)))
        for kind, rows in sorted(kinds.items())
    )
