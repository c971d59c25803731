"""Write what was learned as a part of the model pack: the mean of several networks, with 8-bit weights.

python -m training.state.export --from CHECKPOINT [CHECKPOINT ...] --to PACK
"""

from __future__ import annotations

import argparse
import hashlib
from pathlib import Path

import msgspec
import torch
from torch import Tensor, nn

from fabula.encode.claims import ANSWERS, Question
from fabula.models import Manifest, PackedFile, TrainingData
from fabula.models.pack import CLAIMS, MANIFEST
from training.state.background import works_digest
from training.state.network import Claims
from training.state.pieces import HANDS, HERE, TIES
from training.state.told import PAGES as TOLD

_DATA = "Pieces of fiction written for this project, what is true in them marked"
_TOLD = "Pages of {} works of Standard Ebooks, of which a reader of this project has said what is so"
_PAGES = "Twelve works of Standard Ebooks, as far as one knows what is not so on a page"


class Answers(nn.Module):
    """Several networks asked the same, as the runtime asks: one stretch of text. They answer with their mean."""

    def __init__(self, networks: list[Claims]) -> None:
        super().__init__()
        self.networks = nn.ModuleList(networks)

    def forward(self, *given: Tensor) -> tuple[Tensor, ...]:
        found = [self._one(network, Question(*given)) for network in self.networks]  # type: ignore[arg-type]
        return tuple(torch.stack(parts).mean(0) for parts in zip(*found, strict=True))

    def _one(self, network: nn.Module, asked: Question) -> tuple[Tensor, ...]:
        assert isinstance(network, Claims)
        g: dict[str, Tensor] = asked._asdict()  # type: ignore[assignment]
        one = {name: g[name][None] for name in ("vectors", "word_class", "relation", "head", "cue", "role", "speech")}
        hidden = torch.zeros_like(g["role"], dtype=torch.float32)[None]
        words = network.words(g["forms"][None], **one, own=g["own"][None], hidden=hidden)
        row = torch.zeros_like(g["which"])
        mentions = torch.cat([row[:, None], g["mentions"]], 1)
        who = network.whom(words, mentions, g["which"], g["far"].shape[0])
        far = g["far"]

        def seen(look: nn.Module, asked: Tensor) -> tuple[Tensor, Tensor]:
            ones = asked.unbind(1)
            found, weight = look(
                words, torch.zeros_like(ones[0]), [who[at] for at in ones], [far[at] for at in ones], hidden
            )
            return torch.cat([*(who[at] for at in ones), found], 1), weight

        dead, dead_seen = seen(network.of_one, g["people"][:, None])
        tie, tie_seen = seen(network.of_two, g["pairs"])
        hand, hand_seen = seen(network.of_thing, g["hands"])
        return network.dead(dead), network.tie(tie), network.hand(hand), dead_seen, tie_seen, hand_seen


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--from", dest="given", type=Path, nargs="+", required=True)
    parser.add_argument("--to", type=Path, required=True)
    options = parser.parse_args()
    networks = [_open(path, options.to) for path in options.given]
    _export(Answers(networks).eval(), options.to / CLAIMS)
    _enter(options.to)
    print(f"{(options.to / CLAIMS).stat().st_size / 1e6:.2f} MB")


def _open(path: Path, folder: Path) -> Claims:
    weights = torch.load(path, weights_only=True, map_location="cpu")["weights"]
    labels = msgspec.json.decode((folder / MANIFEST).read_bytes(), type=Manifest).labels
    network = Claims(
        vectors=weights["scale"].shape[0],
        classes=len(labels.classes),
        relations=len(labels.relations),
        lexical=weights["table"],
    )
    network.load_state_dict(weights)
    return network.eval()


def _export(answers: Answers, to: Path) -> None:
    from onnxruntime.quantization import QuantType, quantize_dynamic

    words, who = 40, 5
    table = answers.networks[0].table
    given = Question(
        forms=torch.randint(1000, len(table), (words,)),  # type: ignore[arg-type]
        vectors=torch.randn(words, answers.networks[0].scale.shape[0]),  # type: ignore[arg-type]
        word_class=torch.zeros(words, dtype=torch.long),  # type: ignore[arg-type]
        relation=torch.zeros(words, dtype=torch.long),  # type: ignore[arg-type]
        head=torch.arange(words),  # type: ignore[arg-type]
        cue=torch.zeros(words, dtype=torch.long),  # type: ignore[arg-type]
        role=torch.zeros(words, dtype=torch.long),  # type: ignore[arg-type]
        speech=torch.zeros(words, dtype=torch.long),  # type: ignore[arg-type]
        own=torch.zeros(words, who),  # type: ignore[arg-type]
        far=torch.zeros(who, words, dtype=torch.long),  # type: ignore[arg-type]
        mentions=torch.tensor([[at, at + 1] for at in range(7)]),  # type: ignore[arg-type]
        which=torch.tensor([0, 1, 2, 3, 4, 0, 1]),  # type: ignore[arg-type]
        people=torch.arange(3),  # type: ignore[arg-type]
        pairs=torch.tensor([[0, 1], [1, 0]]),  # type: ignore[arg-type]
        hands=torch.tensor([[0, 3], [1, 4], [2, 3]]),  # type: ignore[arg-type]
    )
    axes = {name: {0: "words"} for name in Question._fields}
    axes |= {"own": {0: "words", 1: "who"}, "far": {0: "who", 1: "words"}, "mentions": {0: "mentions"}}
    axes |= {"which": {0: "mentions"}, "people": {0: "people"}, "pairs": {0: "pairs"}, "hands": {0: "hands"}}
    axes |= {"dead": {0: "people"}, "tie": {0: "pairs"}, "hand": {0: "hands"}}
    axes |= {name: {0: "asked_" + name, 1: "words"} for name in ("dead_seen", "tie_seen", "hand_seen")}
    plain = to.with_suffix(".plain.onnx")
    torch.onnx.export(
        answers,
        tuple(given),
        str(plain),
        input_names=list(Question._fields),
        output_names=list(ANSWERS),
        dynamic_axes=axes,
        opset_version=17,
        dynamo=False,
    )
    quantize_dynamic(
        plain,
        to,
        op_types_to_quantize=["MatMul", "Gemm"],
        per_channel=True,
        weight_type=QuantType.QInt8,
        extra_options={"MatMulConstBOnly": True},
    )
    plain.unlink()


def _enter(folder: Path) -> None:
    """The file, its labels and what it was learned from, in the pack's manifest."""
    content = (folder / CLAIMS).read_bytes()
    manifest = msgspec.json.decode((folder / MANIFEST).read_bytes(), type=Manifest)
    packed = PackedFile(CLAIMS, hashlib.sha256(content).hexdigest(), len(content))
    texts = hashlib.sha256(b"".join(path.read_bytes() for path in sorted(HERE.glob("*.txt")))).hexdigest()
    data = TrainingData(name=_DATA, licence="MIT", used_for="ties, deaths, custody", digest=texts)
    pages = TrainingData(name=_PAGES, licence="CC0", used_for="ties, deaths, custody", digest=works_digest())
    told_of = tuple(path.stem for path in sorted(TOLD.glob("*.txt")))
    told = TrainingData(
        name=_TOLD.format(len(told_of)), licence="CC0", used_for="ties, deaths, custody", digest=works_digest(told_of)
    )
    manifest = msgspec.structs.replace(
        manifest,
        heads=manifest.heads | {"claims": 1},
        labels=msgspec.structs.replace(manifest.labels, ties=TIES, deeds=HANDS),
        files=(*(file for file in manifest.files if file.name != CLAIMS), packed),
        data=(*(one for one in manifest.data if "deaths" not in one.used_for), data, pages, told),
    )
    (folder / MANIFEST).write_bytes(msgspec.json.format(msgspec.json.encode(manifest), indent=1) + b"\n")


if __name__ == "__main__":
    main()
