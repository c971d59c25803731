"""The header of a TEI document: where the text came from, and the people, places, relations and scenes of its world."""

from __future__ import annotations

from importlib.metadata import version

from lxml import etree
from msgspec import UNSET

from fabula.forms.basics import title_of
from fabula.forms.xml import add
from fabula.story import Character, Entity, Relation, Scene, Story

__all__ = ["write_header"]


def write_header(header: etree._Element, story: Story) -> None:
    """Fill the header of a document."""
    source = story.text.source
    file = add(header, "fileDesc")
    title = add(file, "titleStmt")
    add(title, "title", title_of(story) or source.name or "Untitled")
    if source.author:
        add(title, "author", source.author)
    add(add(file, "publicationStmt"), "p", "Not published: an annotated copy made for its owner.")
    described = add(add(file, "sourceDesc"), "bibl")
    add(described, "title", source.name or "a text at hand")
    if source.digest:
        add(described, "idno", source.digest, type="SHA-256")
    _encoding(header)
    profile = etree.SubElement(header, etree.QName(etree.QName(header).namespace, "profileDesc"))
    _people(profile, story)
    _places(profile, story)
    if not len(profile):
        header.remove(profile)


def _encoding(header: etree._Element) -> None:
    encoding = add(header, "encodingDesc")
    editorial = add(add(encoding, "editorialDecl"), "p")
    editorial.text = (
        "Speech, speakers, addressees, mentions, scenes and relations were found by a program and not checked. "
        "cert is the program's own probability that the speaker is right. No character of the text was changed."
    )
    tool = add(add(encoding, "appInfo"), "application", ident="fabula", version=version("fabula"))
    add(tool, "label", "Fabula")


def _people(profile: etree._Element, story: Story) -> None:
    layers = story.layers
    people = () if layers.characters is UNSET else story.characters
    bodies = [one for one in (() if layers.entities is UNSET else story.entities) if one.type == "ORG"]
    relations = () if layers.relations is UNSET else story.relations
    ids = {who.id for who in people}
    told = [one for one in relations if one.a in ids and one.b in ids]
    if not people and not bodies:
        return
    described = add(profile, "particDesc")
    if people:
        listed = add(described, "listPerson")
        for who in people:
            _person(listed, who)
        if told:
            related = add(listed, "listRelation")
            for relation in told:
                _relation(related, relation)
    if bodies:
        listed = add(described, "listOrg")
        for body in bodies:
            _names(add(listed, "org", xml_id=body.id), "orgName", body)


def _person(listed: etree._Element, who: Character) -> None:
    if who.kind == "group":
        node = add(listed, "personGrp", xml_id=who.id)
    else:
        node = add(listed, "person", xml_id=who.id, role=None if who.kind == "person" else who.kind)
    _names(node, "persName", who)
    if who.pronouns:
        add(node, "note", who.pronouns, type="pronouns")
    if who.narrator:
        add(node, "note", "tells the story", type="narrator")


def _names(node: etree._Element, tag: str, one: Character | Entity) -> None:
    add(node, tag, one.name)
    for alias in one.aliases:
        add(node, tag, alias, type="alias")


def _relation(listed: etree._Element, relation: Relation) -> None:
    node = add(
        listed,
        "relation",
        name="-".join(relation.kind.split()) or "related",
        active=f"#{relation.a}",
        passive=f"#{relation.b}",
        cert=f"{relation.confidence:.3g}",
    )
    bounds = (
        (word, scene) for word, scene in (("from", relation.from_scene), ("until", relation.until_scene)) if scene
    )
    when = ", ".join(f"{word} scene {scene}" for word, scene in bounds)
    if when:
        add(node, "desc", when)


def _places(profile: etree._Element, story: Story) -> None:
    layers = story.layers
    places = [one for one in (() if layers.entities is UNSET else story.entities) if one.type != "ORG"]
    scenes = () if layers.scenes is UNSET else story.scenes
    if not places and not scenes:
        return
    described = add(profile, "settingDesc")
    if places:
        listed = add(described, "listPlace")
        for place in places:
            _names(add(listed, "place", xml_id=place.id, type=place.type), "placeName", place)
    ids = set() if layers.characters is UNSET else {who.id for who in story.characters}
    for scene in scenes:
        _setting(described, scene, ids)


def _setting(described: etree._Element, scene: Scene, ids: set[str]) -> None:
    node = add(
        described,
        "setting",
        xml_id=scene.id,
        n=None if scene.order is None else str(scene.order),
        who=" ".join(f"#{who}" for who in scene.present if who in ids) or None,
    )
    if scene.place:
        add(node, "locale", scene.place)
    if scene.time:
        add(node, "time", scene.time)
    add(node, "activity", scene.frame)
