"""A pack proves itself: whatever is wrong with it is one clear line that says which file."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import msgspec
import pytest

from fabula.errors import PackError
from fabula.models import FORMAT, default_pack, has_pack, open_pack
from tests.encode.tiny import tiny_pack

FILES = ["encoder.onnx", "link.onnx", "voices.onnx", "claims.onnx", "pieces.txt"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tiny_pack(tmp_path / "pack").folder


def _fails(folder: Path, *words: str) -> None:
    with pytest.raises(PackError) as caught:
        open_pack(folder)
    line = str(caught.value)
    assert "\n" not in line
    for word in words:
        assert word in line


def _change(folder: Path, **fields: object) -> None:
    place = folder / "manifest.json"
    place.write_text(json.dumps({**json.loads(place.read_text()), **fields}))


def test_whole_pack_opens(folder: Path) -> None:
    pack = open_pack(folder)
    assert pack.name == "tiny"
    assert pack.path("pieces.txt").is_file()


def test_tiny_pack_is_tiny(folder: Path) -> None:
    assert sum(path.stat().st_size for path in folder.iterdir()) < 10_000


@pytest.mark.parametrize("name", FILES)
def test_flipped_byte_is_named(folder: Path, name: str) -> None:
    content = bytearray((folder / name).read_bytes())
    content[len(content) // 2] ^= 1
    (folder / name).write_bytes(content)
    _fails(folder, name, "damaged")


@pytest.mark.parametrize("name", FILES)
def test_missing_file_is_named(folder: Path, name: str) -> None:
    (folder / name).unlink()
    _fails(folder, name, "lacks")


def test_newer_format_says_what_to_do(folder: Path) -> None:
    _change(folder, format=FORMAT + 1, files="told otherwise in the new format")
    _fails(folder, "manifest.json", f"format {FORMAT + 1}", "newer Fabula")


def test_folder_that_is_no_pack(tmp_path: Path) -> None:
    (tmp_path / "novel.txt").write_text("Call me Ishmael.")
    _fails(tmp_path, str(tmp_path), "no model pack")


def test_folder_that_is_not_there(tmp_path: Path) -> None:
    _fails(tmp_path / "nowhere", "nowhere", "no such folder")


def test_file_in_place_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "pack").write_text("")
    _fails(tmp_path / "pack", "pack", "no such folder")


@pytest.mark.parametrize("content", ["", "[]", "{}", "not json", '{"format": 1}', b"\xff\xfe"])
def test_manifest_that_is_none(folder: Path, content: str | bytes) -> None:
    raw = content if isinstance(content, bytes) else content.encode()
    (folder / "manifest.json").write_bytes(raw)
    _fails(folder, "manifest.json", "not the manifest")


def test_file_outside_the_pack_is_refused(folder: Path) -> None:
    listed = json.loads((folder / "manifest.json").read_text())["files"]
    _change(folder, files=[*listed, {"name": "../secret", "sha256": "0", "bytes": 1}])
    _fails(folder, "outside the pack")


@pytest.mark.parametrize("name", FILES)
def test_manifest_without_a_needed_file(folder: Path, name: str) -> None:
    listed = json.loads((folder / "manifest.json").read_text())["files"]
    _change(folder, files=[file for file in listed if file["name"] != name])
    _fails(folder, "manifest.json", name)


def test_manifest_without_the_names_of_a_head(folder: Path) -> None:
    labels = json.loads((folder / "manifest.json").read_text())["labels"]
    del labels["modes"]
    _change(folder, labels=labels)
    _fails(folder, "manifest.json", "not the manifest")


def test_digest_is_of_what_reads(tmp_path: Path) -> None:
    pack, again, other = (tiny_pack(tmp_path / name, seed=seed) for name, seed in (("a", 1), ("b", 1), ("c", 2)))
    assert pack.digest == again.digest != other.digest
    _change(pack.folder, name="renamed", scores=[])
    assert open_pack(pack.folder).digest == pack.digest


def test_proving_a_pack_loads_no_runtime(folder: Path) -> None:
    loaded = "onnxruntime" in sys.modules
    open_pack(folder)
    assert ("onnxruntime" in sys.modules) == loaded


def test_shipped_pack_is_whole_and_small() -> None:
    assert has_pack()
    pack = default_pack()
    assert sum(file.bytes for file in pack.manifest.files) <= 45_000_000
    assert all(data.licence for data in pack.manifest.data)
    assert {path.name for path in pack.folder.iterdir()} == {"manifest.json", *(f.name for f in pack.manifest.files)}


def test_what_reads_claims_changes_nothing_that_is_seen(folder: Path) -> None:
    pack = open_pack(folder)
    files = tuple(
        msgspec.structs.replace(file, sha256="0" * 64) if file.name == "claims.onnx" else file
        for file in pack.manifest.files
    )
    other = msgspec.structs.replace(pack, manifest=msgspec.structs.replace(pack.manifest, files=files))
    assert other.sight == pack.sight
    assert other.digest != pack.digest
