"""The network of a story's people for Gephi and its like (GEXF 1.3), with the scenes as time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from lxml import etree

from fabula.forms.network import Edge, Network, Node, network_of
from fabula.forms.xml import add, document, spelled, to_bytes
from fabula.story import Story

__all__ = ["to_gexf"]

_NAMESPACE = "http://gexf.net/1.3"
_OF_NODES = (
    ("kind", "string"),
    ("pronouns", "string"),
    ("quotes", "integer"),
    ("words", "integer"),
    ("mentions", "integer"),
)
_OF_EDGES = (("kind", "string"), ("mutual", "boolean"), ("words", "integer"))


def to_gexf(story: Story) -> bytes:
    """The people of the story as nodes; who speaks to whom, who is with whom, who is whose as edges.

    Time is the number of the scene as told, from 1; a node or edge is there in the scenes of its spells. All edges are
    written as directed, since many readers take no mixed graph; `mutual` says of which the direction means nothing.

    Raises:
        NotRead: if the characters were not read, or neither the quotes nor the scenes. A network without scenes is
            written without time.
    """
    network = network_of(story)
    root = document("gexf", _NAMESPACE)
    root.set("version", "1.3")
    meta = add(root, "meta")
    add(meta, "creator", "Fabula")
    add(meta, "description", f"The people of {story.text.source.title or story.text.source.name or 'a story'}")
    graph = add(root, "graph", defaultedgetype="directed", mode="static" if network.scenes is None else "dynamic")
    if network.scenes is not None:
        graph.set("timeformat", "double")
    for of, attributes in (("node", _OF_NODES), ("edge", _OF_EDGES)):
        declared = add(graph, "attributes", class_=of, mode="static")
        for name, kind in attributes:
            add(declared, "attribute", id=f"{of}-{name}", title=name, type=kind)
    _write(graph, network)
    return to_bytes(root)


def _write(graph: etree._Element, network: Network) -> None:
    nodes = add(graph, "nodes")
    for one in network.nodes:
        node = add(nodes, "node", id=one.id, label=one.label)
        _values(node, "node", one, _OF_NODES)
        _spells(node, one.scenes)
    edges = add(graph, "edges")
    for number, link in enumerate(network.edges):
        edge = add(edges, "edge", id=str(number), source=link.source, target=link.target, label=link.label)
        edge.set("kind", link.kind)
        edge.set("weight", str(link.weight))
        _values(edge, "edge", link, _OF_EDGES)
        _spells(edge, link.scenes)


def _values(parent: etree._Element, of: str, one: Node | Edge, attributes: Sequence[tuple[str, str]]) -> None:
    values = add(parent, "attvalues")
    for name, _ in attributes:
        value = getattr(one, name)
        if value is not None:
            add(values, "attvalue", for_=f"{of}-{name}", value=spelled(value))


def _spells(parent: etree._Element, scenes: Sequence[int]) -> None:
    """The stretches of scenes without a gap; an end is the number of the last scene in it."""
    if scenes:
        spells = add(parent, "spells")
        for first, last in _stretches(scenes):
            add(spells, "spell", start=f"{first}.0", end=f"{last}.0")


def _stretches(scenes: Sequence[int]) -> Iterator[tuple[int, int]]:
    first = scenes[0]
    for one, next_one in pairwise((*scenes, scenes[-1] + 2)):
        if next_one > one + 1:
            yield first, one
            first = next_one
