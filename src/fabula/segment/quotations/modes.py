"""What kind of quotation each is: spoken, thought, written, remembered, only imagined, or a mere term."""

from __future__ import annotations

import re
from collections.abc import Sequence

from fabula.lexicon import words
from fabula.segment.listed import listed
from fabula.segment.quotations.spans import Stretch
from fabula.segment.quotations.tags import THINKING, clause_after, clause_before, tag_after, tag_before
from fabula.story import Mode, Paragraph

__all__ = ["modes_of"]

_MARKS = "\"“”„‟«»‹›「」『』'’‘`´_* \t\r\n\u00a0"
_SIGNS = "\"“”„‟«»‹›「」『』'’‘`´_*"
_NAMING = re.compile(
    r"\b(?:called|named|termed|titled|entitled|dubbed|christened|nicknamed|denominated|designated|styled|surnamed|"
    r"(?:the|this|that|those|these|such) (?:\w+ )?(?:words?|terms?|names?|titles?|phrases?|expressions?|"
    r"epithets?|nicknames?|sobriquet)|"
    r"word|call(?:ed|ing|s)? (?:it|him|her|them|me|us|himself|herself|this|that|these|\w+)|known as|"
    r"so-called|as|marked|labell?ed|spelled|spelt|signed|the name of|inscribed|initials)[,:]?$"
)
_WRITING = re.compile(
    r"\b(?:wrote|writes?|written|writing|scrawled|scribbled|pencilled|penned|inscribed|inscriptions?|"
    r"engraved|printed|labell?ed|"
    r"headlines?|headed|signed|signboard|placards?|notice|poster|telegrams?|telegraphed|wired?|cabled?|"
    r"notes?|letters?|"
    r"postcard|epitaph|diary|journal|epistle|dispatch|despatch|advertisement|postscript|paragraph|"
    r"reads?|ran|runs|as follows|following words|following letter|following note|tombstone|manuscript|scroll)\b",
)
_NOTE_SAYS = re.compile(
    r"\b(?:note|letter|telegram|wire|cable|sign|notice|message|card|postcard|label|inscription|headline|"
    r"poster|placard|"
    r"diary|entry|epitaph|tombstone|plaque|banner|text|email|e-mail|screen)s? (?:\w+ )?(?:said|says|read|"
    r"reads|ran|runs|went)[:,]?[—–-]*$"
)
_SPOKEN_LINES = re.compile(r"\b(?:said|cried|answered|replied|asked|shouted|exclaimed|repeated|whispered)\b")
_UNSAID = re.compile(
    r"(?:\b(?:not|never|n['’]t|n t|cannot)(?: (?:going|able|about|like|dare|wish|want|have|"
    r"need) to)?(?: even| quite| once| dare| simply)?"
    r"|\b(?:instead of|without(?: even)?|as (?:if|though)|as much as)(?: to)?"
    r"|\b(?:wish(?:ed|ing)?|want(?:ed|ing)?|long(?:ed|ing)|tempted|yearn(?:ed|ing)|hop(?:ed|ing)|ready|"
    r"have liked|like[ds]?|lik(?:ed|ing)) to"
    r"|\b(?:might|would|could|should|may|must) (?:well |as well |almost |never |not )?have|\b(?:if|"
    r"when) (?:he|she|I|you|they|we|one) (?:had |only )?)"
    r" (?:say|said|saying|cry|cried|ask|asked|asking|answer|answered|reply|replied|tell|told|shout|shouted|"
    r"call(?:ed)? out|exclaim(?:ed)?)"
    r"\b(?: to \w+| (?:him|her|me|them|it|so|out|aloud|simply|something like)){0,2}[,:]?(?: that)?$"
)
_LISTED = re.compile(r"[\s,;]*(?:and|or|nor|to|but)?[\s]*(?:the|a|an|his|her|by|of|and)?\s*")
_SALUTATION = re.compile(
    r"(?i:(?:my )?(?:own |very |poor |good )?(?:dear(?:est)?|darling|beloved|honou?red|sir|madam|"
    r"gentlemen)\b.{0,50})[,:.;]\s?[—–-]*",
    re.DOTALL,
)
_SIGNED = re.compile(
    r"(?i:.*\b(?:yours?(?:['’]?s)?|your)\b.{0,60}|.*&c\.?|.*sincerely.*|.*affectionate(?:ly)?.*)|[A-Z. —–-]{4,40}\.?",
    re.DOTALL,
)
_HAD_SAID = re.compile(
    r"\bhad (?:\w+ )?(?:said|told|asked|warned|ordered|instructed|advised|shouted|whispered|promised|"
    r"replied|answered|written)\b"
)
_STOPS = ".,!?;:—–-…"


def modes_of(content: str, paragraphs: Sequence[Paragraph], stretches: Sequence[Stretch]) -> list[tuple[Mode, float]]:
    """The mode of each stretch, with how sure it is."""
    modes: list[tuple[Mode, float]] = []
    minor = _minor_singles(stretches)
    for at, stretch in enumerate(stretches):
        paragraph = paragraphs[stretch.paragraph]
        if stretch.mode is not None:
            modes.append((stretch.mode, stretch.confidence))
            continue
        lead = content[max(paragraph.start, stretch.start - 160) : stretch.start]
        before = lead.rstrip() + ("—" if lead.endswith("  ") else "")
        inner = content[stretch.start : stretch.end].strip(_MARKS)
        after = content[stretch.end : min(paragraph.body, stretch.end + 140)]
        if at and _listed(content, stretches[at - 1], stretch) and modes[-1][0] == "term" and not _sentence(inner):
            modes.append(("term", 0.8))
            continue
        if at and modes[-1][0] == "spoken" and _resumes(content, stretches[at - 1], stretch, inner):
            modes.append(("spoken", 0.8))
            continue
        ended = content[stretch.start : stretch.end].rstrip(_SIGNS)
        modes.append(_mode(stretch, paragraph, before, inner, after, ended, minor[at]))
    _find_letters(content, paragraphs, stretches, modes)
    return modes


def _minor_singles(stretches: Sequence[Stretch]) -> list[bool]:
    """Which stretches stand in single marks though the passage around them uses other marks for speech."""
    minor = [False] * len(stretches)
    singles = [s.convention == "single" for s in stretches]
    running = [0]
    for single in singles:
        running.append(running[-1] + single)
    for at, single in enumerate(singles):
        if single:
            low, high = max(0, at - 15), min(len(stretches), at + 16)
            minor[at] = (running[high] - running[low]) * 3 < high - low
    return minor


def _listed(content: str, before: Stretch, stretch: Stretch) -> bool:
    """Whether only a comma or an "and" stands between two quotations."""
    if not 0 <= stretch.start - before.end <= 12 or before.paragraph != stretch.paragraph:
        return False
    return _LISTED.fullmatch(content, before.end, stretch.start) is not None


def _resumes(content: str, before: Stretch, stretch: Stretch, inner: str) -> bool:
    """Whether a quotation goes on with a sentence that the one before left open: "If you" (she paused) "think so …" """
    if before.paragraph != stretch.paragraph or stretch.end <= before.end or before.end > stretch.start:
        return False
    if not inner[:1].islower() or len(inner.split()) < 3:
        return False
    last = content[before.start : before.end].rstrip("\"”’»'`_*")
    return last[-1:].isspace() or last[-1:] in ",—-–"


def _sentence(inner: str) -> bool:
    return (inner[:1].isupper() and inner[-1:] in "!?…") or len(inner.split()) > 6


def _mode(
    stretch: Stretch, paragraph: Paragraph, before: str, inner: str, after: str, ended: str, minor: bool
) -> tuple[Mode, float]:
    """The mode of one stretch by its form and its neighbours."""
    if not any(map(str.isalnum, inner)):
        return "term", 0.5
    if paragraph.kind in ("letter", "verse"):
        return "written", 0.7
    behind = tag_after(after, ended=inner[-1:])
    stopped = ended[-1:] in _STOPS or ended[-1:].isspace()
    if behind in _WROTE_AFTER and (stopped or after[:1] == ","):
        return "written", 0.8
    if behind in THINKING:
        return "thought", 0.9
    mark = before.rstrip("_*")[-1:] or "\n"
    ahead = tag_before(before) if mark in ",:—-" or mark.isalnum() else ""
    if mark in ",:—-" and ahead in THINKING and not behind:
        return "thought", 0.9
    if not behind and (mark in ":,—-" or mark.isalnum()) and _UNSAID.search(before):
        return "imagined", 0.6
    if stretch.convention == "corner":
        return "spoken", 0.8
    mere = not stopped and inner[:1].islower() and len(inner.split()) <= 3
    if (
        not behind
        and not mere
        and (not ahead or ahead in _WROTE or _NOTE_SAYS.search(before))
        and _is_written(before, mark)
    ):
        return "written", 0.8
    if minor and (remembered := _remembered(before, inner, after, mark)):
        return remembered
    term = 0.0 if behind else _term(before, inner, after, mark, ahead, stopped)
    if term:
        return "term", term
    return "spoken", 0.95 if behind or (ahead and mark in ",:") or stopped else 0.6


_WROTE = frozenset(listed("wrote write writes written read reads ran note noted notes state stated states"))
"""Verbs of speech that also write."""


_WROTE_AFTER = frozenset(listed("wrote writes ran"))
"""Verbs that, behind a quotation, say that it was written: "…," she wrote; "…," the note ran."""


def _is_written(before: str, mark: str) -> bool:
    clause = " ".join(clause_before(before))
    if _NOTE_SAYS.search(before):
        return True
    if mark == ":" or before.endswith((":--", ":—", ":-")):
        return bool(_WRITING.search(clause)) and not _SPOKEN_LINES.search(clause)
    if mark in ",—-" or mark.isalnum():
        last = " ".join(clause.split()[-3:])
        return bool(_WRITING.search(last)) and not _SPOKEN_LINES.search(last)
    return False


def _remembered(before: str, inner: str, after: str, mark: str) -> tuple[Mode, float] | None:
    """Single marks in a passage of double ones: words recalled, if they make a sentence or a tag puts them back."""
    if _HAD_SAID.search(" ".join(clause_after(after))) or (mark in ",:" and _HAD_SAID.search(before[-60:])):
        return "remembered", 0.9
    alone = mark in '\n.!?…”"'
    if alone and inner[:1].isupper() and len(inner.split()) >= 3 and not tag_after(after):
        return "remembered", 0.6
    return None


def _term(before: str, inner: str, after: str, mark: str, ahead: str, stopped: bool) -> float:
    """How sure it is that a quotation is a mere term, a title, a scare quote; 0 where it is speech."""
    count = len(inner.split())
    emphatic = inner[-1:] in "!?" and inner[:1].isupper()
    clause = before[-40:].rstrip(" ,:")
    if mark in ",:" and count <= 4 and _NAMING.search(clause) and not emphatic:
        return 0.7
    if mark.isalnum() or mark in "(’'":
        return _embedded(before, inner, ahead, stopped, emphatic, count)
    if stopped:
        return 0.0
    if mark in '\n.!?…"”)':
        following = after.lstrip()[:1]
        return 0.7 if count <= 5 and following.islower() else 0.0
    if mark in ",—-;" and count <= 4 and not inner[:1].isupper():
        return 0.6
    return 0.0


def _embedded(before: str, inner: str, ahead: str, stopped: bool, emphatic: bool, count: int) -> float:
    """The same for a quotation that stands in the narrator's own clause, no comma before it."""
    last = [word.lower() for word in clause_before(before)[-4:]]
    said = bool(last) and (
        last[-1] in words("speech_verbs")
        or (
            ahead != ""
            and ahead in last
            and all(w.endswith("ly") or w in _BESIDE for w in last[last.index(ahead) + 1 :])
        )
    )
    if _NAMING.search(before[-40:]) and not emphatic:
        return 0.9
    if said:
        return 0.0 if (stopped and (inner[:1].isupper() or count > 3)) or count > 5 else 0.6
    if emphatic:
        return 0.0
    if stopped and count > 8 and inner[:1].isupper():
        return 0.0
    return 0.9 if not stopped or count <= 3 else 0.7


_BESIDE = frozenset(
    listed("out again aloud back at last to him her me them us you himself herself only just once in a voice")
)


def _find_letters(
    content: str, paragraphs: Sequence[Paragraph], stretches: Sequence[Stretch], modes: list[tuple[Mode, float]]
) -> None:
    """Letters quoted paragraph by paragraph: from "Dear …" or an announcement to the signature."""
    inside, last = False, -2
    for at, stretch in enumerate(stretches):
        paragraph = paragraphs[stretch.paragraph]
        lead = content[paragraph.start : stretch.start]
        if not lead.isspace() and lead.strip("_*>") != "":
            continue
        inner = content[stretch.start : stretch.end].strip(_MARKS)
        whole = paragraph.body - stretch.end < 3
        begins = whole and (
            (len(inner) < 70 and inner[-1:] in ",:-—" and _SALUTATION.fullmatch(inner) is not None)
            or _announced(content, paragraphs, stretch.paragraph)
        )
        inside = begins or (inside and whole and stretch.paragraph - last <= 3)
        if inside:
            modes[at] = ("written", 0.8)
            last = stretch.paragraph
            inside = not (len(inner) < 120 and _SIGNED.fullmatch(inner))


_LETTER_AHEAD = re.compile(
    r"\b(?:letter|note|wrote|written|telegram|(?<!began )(?<!said )as follows|these words|following words|"
    r"inscription|advertisement|epistle|"
    r"to this effect|by hand|read as follows|contents|postcard|read)\b(?![^.!?]*\b(?:said|began|spoke|"
    r"answered|cried|replied)\b)"
    r"[^.!?]{0,60}[:—–-]+$",
)


def _announced(content: str, paragraphs: Sequence[Paragraph], at: int) -> bool:
    """Whether the paragraph before ends by announcing something written."""
    for before in range(at - 1, max(-1, at - 3), -1):
        paragraph = paragraphs[before]
        if paragraph.kind != "blank":
            return (
                _LETTER_AHEAD.search(content[max(paragraph.start, paragraph.body - 120) : paragraph.body]) is not None
            )
    return False
