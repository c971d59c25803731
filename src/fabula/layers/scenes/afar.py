"""Who is heard but is not there: over a telephone, an earpiece, the wireless."""

from __future__ import annotations

import re

from fabula.segment.wording import Wording
from fabula.story import Quote, Span

__all__ = ["count_channels", "is_wired", "speaks_afar"]

_CHANNEL = re.compile(
    r"\b(?:earpiece|ear-piece|telephone|phone|mobile|receiver|handset|headset|headphones|radio|wireless|intercom|"
    r"loudspeaker|tannoy|walkie-talkie|answering machine|voicemail|voice-mail|in (?:his|her|their|my|your) ear|"
    r"(?:down|over|on|along) the (?:line|wire|speaker)|the other end|crackled|"
    r"comms?|commlink|transmitter|transceiver|speaking[- ]tube|voice[- ]pipe|answerphone|video call|voice message|"
    r"rang off|hung up|diall?ed|speakerphone|hands-free|squelch|handheld|"
    r"laptop|microphone|mouthpiece|open channel|"
    r"on (?:the|his|her|their|my) screen|grille)\b"
)
"""Words of narration beside speech that comes over a wire or through the air."""
_INTO = re.compile(r"\b(?:into|in to|picked up|lifted|put down) (?:the|a|an|his|her|their|my|your|its) (?:\w+ )?$")
"""Words before it that show whose end of the line this is."""
_PROTOCOL = re.compile(
    r"[.!?] over(?: and out)? [.,!]|, over [.!]|\bdo you (?:read|copy)(?: me)? \?|\bare you receiving\b"
)
"""What is said over the air only."""
_WIRED = 2
"""So often the narration names what carries a voice, in a scene of which it is an affair."""


def speaks_afar(wording: Wording, quote: Quote) -> bool:
    """Whether the narration of the paragraph says that the voice comes from afar, and not that it is spoken into what
    carries it."""
    paragraph = wording.segments.paragraphs[wording.segments.paragraph_at(quote.start)]
    told, said = _told_and_said(wording, paragraph)
    named = [found.start() for found in _CHANNEL.finditer(told)]
    return any(not _INTO.search(told[:at]) for at in named) or bool(_PROTOCOL.search(said))


def count_channels(wording: Wording, span: Span) -> int:
    """How often the narration there names what carries a voice, and what is said there is said as over the air."""
    told, said = _told_and_said(wording, span)
    return len(_CHANNEL.findall(told)) + len(_PROTOCOL.findall(said))


def _told_and_said(wording: Wording, span: Span) -> tuple[str, str]:
    """The words outside quotation marks, and those inside."""
    words = wording.within(span)
    told = " ".join(wording.lower[i] for i in words if wording.quote[i] == -1)
    return told, " ".join(wording.lower[i] for i in words if wording.quote[i] != -1)


def is_wired(wording: Wording, scene: Span) -> bool:
    """Whether voices from afar are an affair of the scene, and no mere mention in it."""
    return count_channels(wording, scene) >= _WIRED
