"""What the heads choose between, in the order of their columns."""

from __future__ import annotations

__all__ = ["CLASSES", "FORMS", "MODES", "RELATIONS", "TYPES"]

TYPES = ("PER", "FAC", "GPE", "LOC", "VEH", "ORG")
FORMS = ("name", "nominal", "pronoun")
MODES = ("spoken", "thought", "written")
CLASSES = tuple("ADJ ADP ADV AUX CCONJ DET INTJ NOUN NUM PART PRON PROPN PUNCT SCONJ SYM VERB X".split())
RELATIONS = tuple(
    (
        "acl acl:relcl advcl advcl:relcl advmod amod appos aux aux:pass case cc cc:preconj ccomp compound "
        "compound:prt conj cop csubj csubj:outer csubj:pass dep det det:predet discourse dislocated expl "
        "fixed flat goeswith iobj list mark nmod nmod:desc nmod:poss nmod:unmarked nsubj nsubj:outer "
        "nsubj:pass nummod obj obl obl:agent obl:unmarked orphan parataxis punct reparandum root vocative "
        "xcomp"
    ).split()
)
