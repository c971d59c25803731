"""Whether the pack decides as the network it was made of: the logic on networks by hand, and the pack itself.

The last test needs torch and the checkpoint (`FABULA_CHECKPOINT`, or checkpoints/pack-1/last.pt), which no test machine
must have; it says so where it is skipped.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from pack_by_hand import TEXT, VOCABULARY, Chance, pack_by_hand

from benchmarks.corpora.place import DataAbsent
from benchmarks.metrics.parity import LEAST, HeadParity, Parity, compare_networks
from benchmarks.pack_tables import parity_table
from fabula.encode import Pieces
from fabula.models import default_pack, has_pack

ROOT = Path(__file__).parents[2]
CHECKPOINT = Path(os.environ.get("FABULA_CHECKPOINT", ROOT / "checkpoints" / "pack-1" / "last.pt"))
TALKATIVE = ("11_alices_adventures_in_wonderland", "1342_pride_and_prejudice", "2641_a_room_with_a_view")


def compared(folder: Path, given: Chance) -> dict[str, HeadParity]:
    heads = compare_networks(Chance(), given, pack_by_hand(folder), Pieces(VOCABULARY), [TEXT])
    return {head.head: head for head in heads}


def test_a_network_agrees_with_itself(tmp_path: Path) -> None:
    heads = compared(tmp_path, Chance())
    assert list(heads) == list(LEAST)
    for head in heads.values():
        assert (head.agreement, head.mean, head.most, head.holds) == (1.0, 0.0, 0.0, True), head.head
    assert heads["event"].decisions == heads["head"].decisions == len(TEXT.forms)
    assert heads["link"].decisions == len(TEXT.mentions)
    assert heads["voice"].decisions == heads["mode"].decisions == 1


@pytest.mark.parametrize("head", ["event", "word_class", "lemma", "relation", "mention", "form", "link", "voice"])
def test_each_head_is_compared_by_itself(tmp_path: Path, head: str) -> None:
    heads = compared(tmp_path, Chance(shift=-30.0 if head == "voice" else 30.0, head=head))
    assert heads[head].agreement < LEAST[head]
    assert not heads[head].holds
    # Mentions tell which forms are asked for, and nothing else moves.
    moved = {name for name, one in heads.items() if one.most > 0}
    assert moved == {head}


def test_parity_holds_where_every_head_does() -> None:
    right = HeadParity(head="event", decisions=10, same=10, least=0.9, mean=0.0, most=0.0)
    wrong = HeadParity(head="voice", decisions=10, same=8, least=0.9, mean=0.1, most=1.0)
    assert Parity(pack="a", checkpoint="b", documents=(), heads=(right,)).holds
    assert not Parity(pack="a", checkpoint="b", documents=(), heads=(right, wrong)).holds
    assert "| voice |        10 |   0.8000 |      0.9 |" in parity_table(
        Parity(pack="a", checkpoint="b", documents=(), heads=(right, wrong))
    )


def test_the_shipped_pack_decides_as_the_network_it_was_made_of() -> None:
    pytest.importorskip("torch", reason="torch is not installed here: it is only needed where packs are made")
    if not has_pack():
        pytest.skip("no pack is shipped with this checkout")
    if not CHECKPOINT.exists():
        pytest.skip(f"no checkpoint at {CHECKPOINT} (set FABULA_CHECKPOINT)")
    from training.pack.parity import NotThis, measure_parity

    try:
        parity = measure_parity(default_pack(), CHECKPOINT, TALKATIVE)
    except (NotThis, DataAbsent) as error:
        pytest.skip(str(error))
    assert parity.holds, parity_table(parity)
