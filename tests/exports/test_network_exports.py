"""The network: networkx reads each form of it, and finds the same people and ties."""

from __future__ import annotations

import csv
import io

import networkx
import pytest
from hypothesis import given
from lxml import etree
from tale import laws, stories, tale, without

from fabula.errors import NotRead
from fabula.exports.gexf import to_gexf
from fabula.exports.graphml import to_graphml
from fabula.exports.table import to_csv_network
from fabula.forms.network import network_of
from fabula.story import Story

GEXF = "{http://gexf.net/1.3}"


def gexf(story: Story) -> networkx.MultiDiGraph:
    return networkx.read_gexf(io.BytesIO(to_gexf(story)), version="1.3")


def graphml(story: Story) -> networkx.MultiDiGraph:
    return networkx.read_graphml(io.BytesIO(to_graphml(story)), force_multigraph=True)


def ties(graph: networkx.MultiDiGraph) -> list[tuple[object, ...]]:
    return sorted((a, b, known["kind"], float(known["weight"])) for a, b, known in graph.edges(data=True))


def test_who_speaks_to_whom_who_is_with_whom_who_is_whose() -> None:
    assert [(e.source, e.target, e.kind, e.label, e.weight, e.words, e.scenes) for e in network_of(tale()).edges] == [
        ("c1", "c2", "speaks", "speaks", 1, 3, (1,)),
        ("c2", "c1", "speaks", "speaks", 1, 1, (1,)),
        ("c2", "c3", "speaks", "speaks", 1, 1, (1,)),
        ("c1", "c2", "together", "together", 2, 0, (1, 2)),
        ("c1", "c2", "related", "elder sister", 1, 0, (1, 2, 3)),
    ]


def test_both_forms_are_read_as_the_same_network() -> None:
    first, second = gexf(tale()), graphml(tale())
    assert ties(second) == [
        ("c1", "c2", "related", 1.0),
        ("c1", "c2", "speaks", 1.0),
        ("c1", "c2", "together", 2.0),
        ("c2", "c1", "speaks", 1.0),
        ("c2", "c3", "speaks", 1.0),
    ]
    assert ties(first) == ties(second)
    assert {n: known["label"] for n, known in second.nodes(data=True)} == {
        "c1": "Nell",
        "c2": "Amos",
        "c3": "the crew",
        "c4": "Amos",
    }
    assert second.nodes["c1"]["quotes"] == 2


def test_time_is_the_number_of_the_scene() -> None:
    root = etree.fromstring(to_gexf(tale()))
    spells = {
        node.get("id"): [(s.get("start"), s.get("end")) for s in node.iter(f"{GEXF}spell")]
        for node in root.iter(f"{GEXF}node")
    }
    assert spells == {"c1": [("1.0", "3.0")], "c2": [("1.0", "2.0")], "c3": [], "c4": []}


def test_without_scenes_there_is_no_time() -> None:
    root = etree.fromstring(to_gexf(tale()))
    assert root.find(f"{GEXF}graph").get("mode") == "dynamic"
    still = etree.fromstring(to_gexf(without(tale(), "scenes")))
    assert still.find(f"{GEXF}graph").get("mode") == "static"
    assert not list(still.iter(f"{GEXF}spell"))


def test_the_tables_have_the_headings_gephi_looks_for() -> None:
    files = {name: list(csv.DictReader(io.StringIO(data.decode()))) for name, data in to_csv_network(tale()).items()}
    assert next((row["Id"], row["Label"], row["scenes"]) for row in files["nodes.csv"]) == ("c1", "Nell", "1; 2; 3")
    assert {(row["Source"], row["Target"], row["Type"]) for row in files["edges.csv"] if row["kind"] == "together"} == {
        ("c1", "c2", "Undirected")
    }


@pytest.mark.parametrize("export", [to_gexf, to_graphml, to_csv_network])
def test_unread_is_not_empty(export: object) -> None:
    with pytest.raises(NotRead):
        export(without(tale(), "characters"))  # type: ignore[operator]
    with pytest.raises(NotRead):
        export(without(tale(), "quotes", "scenes"))  # type: ignore[operator]
    export(without(tale(), "quotes", "relations"))  # type: ignore[operator]


@laws
@given(stories())
def test_any_network_is_read(story: Story) -> None:
    network = network_of(story)
    assert gexf(story).number_of_edges() == graphml(story).number_of_edges() == len(network.edges)
    assert set(gexf(story)) == set(graphml(story)) == {node.id for node in network.nodes}
