"""Write what was learned as a model pack: ONNX with 8-bit weights, the pieces, the manifest.

python -m training.pack.export --start MODEL_FOLDER --seed 1 --to FOLDER [--full]
"""

from __future__ import annotations

import argparse
import datetime
import hashlib
import json
from pathlib import Path

import msgspec
import torch
from torch import Tensor, nn

from benchmarks.corpora.litbank import training_names
from fabula.encode.session import HEADS
from fabula.models import FORMAT, Labels, Manifest, PackedFile, Score, TrainingData, Views
from fabula.models.pack import ENCODER, LINK, MANIFEST, PIECES, VOICES
from training.pack.batches import CONTEXT, ROOM
from training.pack.data import digest, lemma_rules
from training.pack.labels import CLASSES, FORMS, MODES, RELATIONS, TYPES
from training.pack.learn import Learned, checkpoint_folder, vocabulary
from training.pack.network import LINK as LINK_WIDTH
from training.pack.network import WIDEST, Network
from training.state.pieces import HANDS, TIES

__all__ = ["add_scores", "main", "open_learned", "write_manifest"]

_OPSET = 17


class Answers(nn.Module):
    """The network with only what the runtime asks of it, in its order."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network

    def forward(self, pieces: Tensor, casing: Tensor, first: Tensor, sentence: Tensor) -> tuple[Tensor, ...]:
        found = self.network(pieces, casing, first, sentence)._asdict()
        return tuple(found[name] for name in HEADS)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--start", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--to", type=Path, required=True)
    parser.add_argument("--books", type=Path, default=Path("checkpoints/voices"), help="what `gather` wrote")
    parser.add_argument("--full", action="store_true", help="keep 32-bit weights, to see what the 8-bit ones cost")
    options = parser.parse_args()
    options.to.mkdir(parents=True, exist_ok=True)
    learned = open_learned(options.start, options.seed)
    _export(learned.network, options.to / ENCODER, eight_bit=not options.full)
    _export_pairs(learned.linker, options.to / LINK, ["score"])
    _export_pairs(learned.voices, options.to / VOICES, ["score", "mode"])
    (options.to / PIECES).write_text("\n".join(vocabulary(options.start)) + "\n", encoding="utf-8")
    write_manifest(options.to, name=f"fabula-en-3-seed{options.seed}", books=options.books)
    for path in sorted(options.to.iterdir()):
        print(f"{path.stat().st_size / 1e6:7.2f} MB  {path.name}")


def open_learned(start: Path, seed: int) -> Learned:
    """The running mean of the weights at a seed's last checkpoint, ready to read with."""
    learned = Learned(len(vocabulary(start)))
    stored = torch.load(checkpoint_folder(seed) / "last.pt", weights_only=True, map_location="cpu")
    learned.load_state_dict(stored["mean"])
    return learned.eval()


def _export(network: Network, to: Path, *, eight_bit: bool) -> None:
    pieces = torch.randint(1000, 2000, (2, 60))
    casing = torch.zeros_like(pieces)
    first = torch.arange(1, 41)[None].repeat(2, 1)
    sentence = (first // 10).contiguous()
    plain = to.with_suffix(".plain.onnx")
    axes = {name: {0: "windows", 1: "words"} for name in ("first", "sentence", *HEADS)}
    axes |= {name: {0: "windows", 1: "pieces"} for name in ("pieces", "casing")}
    torch.onnx.export(
        Answers(network),
        (pieces, casing, first, sentence),
        str(plain),
        input_names=["pieces", "casing", "first", "sentence"],
        output_names=list(HEADS),
        dynamic_axes=axes,
        opset_version=_OPSET,
        dynamo=False,
    )
    if eight_bit:
        _quantise(plain, to)
        plain.unlink()
    else:
        plain.replace(to)


def _quantise(plain: Path, to: Path) -> None:
    """8-bit weights with a scale for each column; only the products with fixed weights, and the table of pieces."""
    from onnxruntime.quantization import QuantType, quantize_dynamic

    quantize_dynamic(
        plain,
        to,
        op_types_to_quantize=["MatMul", "Gemm", "Gather"],
        per_channel=True,
        weight_type=QuantType.QInt8,
        extra_options={"MatMulConstBOnly": True},
    )


def _export_pairs(scorer: nn.Module, to: Path, answers: list[str]) -> None:
    one, other = torch.randn(3, LINK_WIDTH), torch.randn(4, LINK_WIDTH)
    axes = {"one": {0: "ones"}, "other": {0: "others"}, "features": {0: "ones", 1: "others"}}
    axes |= {"score": {0: "ones", 1: "others"}} | ({"mode": {0: "ones"}} if "mode" in answers else {})
    torch.onnx.export(
        scorer,
        (one, other, torch.zeros(3, 4, scorer.pairing.seen.in_features)),  # type: ignore[union-attr,arg-type]
        str(to),
        input_names=["one", "other", "features"],
        output_names=answers,
        dynamic_axes=axes,
        opset_version=_OPSET,
        dynamo=False,
    )


def write_manifest(folder: Path, *, name: str, books: Path, scores: tuple[Score, ...] = ()) -> None:
    """The manifest of the files as they lie there."""
    files = []
    for path in (folder / file for file in (ENCODER, LINK, VOICES, PIECES)):
        content = path.read_bytes()
        files.append(PackedFile(path.name, hashlib.sha256(content).hexdigest(), len(content)))
    digests = digest(training_names(), books)
    manifest = Manifest(
        format=FORMAT,
        name=name,
        made=datetime.datetime.now(datetime.UTC).date().isoformat(),
        encoder="all-MiniLM-L6-v2, with casing; shape 1",
        heads=dict.fromkeys(("mention", "form", "event", "word_class", "lemma", "syntax", "link", "voice", "mode"), 1),
        labels=Labels(
            types=TYPES,
            forms=FORMS,
            classes=CLASSES,
            lemmas=lemma_rules(),
            modes=MODES,
            relations=RELATIONS,
            ties=TIES,
            deeds=HANDS,
        ),
        views=Views(room=ROOM, context=CONTEXT, widest=WIDEST),
        files=tuple(files),
        data=(
            TrainingData(name="all-MiniLM-L6-v2", licence="Apache-2.0", used_for="the encoder's first weights, pieces"),
            TrainingData(
                name="LitBank, 76 training documents",
                licence="CC BY 4.0",
                used_for="mentions, events, coreference",
                digest=digests["LitBank"],
            ),
            TrainingData(
                name="Universal Dependencies English EWT, train",
                licence="CC BY-SA 4.0",
                used_for="word classes, lemmas, dependencies",
                digest=digests["UD English EWT"],
            ),
            TrainingData(
                name="Novels of Project Gutenberg and Standard Ebooks, their tags hidden",
                licence="public domain, CC0",
                used_for="who speaks, and how",
                digest=digests["books"],
            ),
        ),
        scores=scores,
    )
    content = msgspec.json.format(msgspec.json.encode(manifest), indent=1)
    (folder / MANIFEST).write_bytes(content + b"\n")


def add_scores(folder: Path, measured: Path) -> None:
    """Enter the scores of a file `training.pack.score` wrote into a pack's manifest."""
    scores = msgspec.convert(json.loads(measured.read_text(encoding="utf-8"))["scores"], tuple[Score, ...])
    manifest = msgspec.json.decode((folder / MANIFEST).read_bytes(), type=Manifest)
    manifest = msgspec.structs.replace(manifest, scores=scores)
    (folder / MANIFEST).write_bytes(msgspec.json.format(msgspec.json.encode(manifest), indent=1) + b"\n")


if __name__ == "__main__":
    main()
