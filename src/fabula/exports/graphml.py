"""The network of a story's people as GraphML, for networkx, igraph, yEd and many others."""

from __future__ import annotations

import msgspec
from lxml import etree

from fabula.forms.network import Edge, Node, network_of
from fabula.forms.xml import add, document, spelled, to_bytes
from fabula.story import Story

__all__ = ["to_graphml"]

_NAMESPACE = "http://graphml.graphdrawing.org/xmlns"
_OF_NODES = {
    "label": "string",
    "kind": "string",
    "pronouns": "string",
    "quotes": "int",
    "words": "int",
    "mentions": "int",
}
_OF_EDGES = {"kind": "string", "label": "string", "mutual": "boolean", "weight": "double", "words": "int"}
_SCENES = "scenes"
"""Numbers of scenes as told, from 1, parted by blanks: GraphML has no lists and no time."""


def to_graphml(story: Story) -> bytes:
    """The people of the story as nodes; who speaks to whom, who is with whom, who is whose as edges, all directed.

    `mutual` says of which edges the direction means nothing; `scenes` are the numbers of the scenes where it is so.

    Raises:
        NotRead: if the characters were not read, or neither the quotes nor the scenes.
    """
    network = network_of(story)
    root = document("graphml", _NAMESPACE)
    for of, keys in (("node", _OF_NODES), ("edge", _OF_EDGES)):
        for name, kind in (*keys.items(), (_SCENES, "string")):
            key = add(root, "key", id=f"{of}-{name}", for_=of)
            key.set("attr.name", name)
            key.set("attr.type", kind)
    graph = add(root, "graph", id="people", edgedefault="directed")
    for node in network.nodes:
        _data(add(graph, "node", id=node.id), "node", node)
    for number, edge in enumerate(network.edges):
        _data(add(graph, "edge", id=f"edge{number}", source=edge.source, target=edge.target), "edge", edge)
    return to_bytes(root)


def _data(parent: etree._Element, of: str, one: Node | Edge) -> None:
    known = msgspec.structs.asdict(one)
    for name in _OF_NODES if of == "node" else _OF_EDGES:
        value = known[name]
        if value is not None:
            add(parent, "data", spelled(value), key=f"{of}-{name}")
    if one.scenes:
        add(parent, "data", " ".join(map(str, one.scenes)), key=f"{of}-{_SCENES}")
