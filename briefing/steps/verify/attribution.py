"""Check 10: words stay with the one who said them."""

import re
from collections.abc import Sequence

from briefing.data.briefing import Check
from briefing.steps.verify.analysis import Analysis
from briefing.steps.verify.sources import Cited
from briefing.text.names import key, names, same_name
from briefing.text.speech import REPORTING, SAYING
from briefing.text.words import words

_PRONOUN = re.compile(r"\b(?:he|she|they|it|statement|spokes\w+|the official)\b", re.IGNORECASE)
_INSTITUTIONS = frozenset(
    "foreign office ministry minister prime president official government department state "
    "the a an general secretary deputy special envoy spokesperson spokeswoman spokesman army "
    "chief of and for ministers officials statement".split()
)


def check(claim: Analysis, cited: Sequence[Cited]) -> Check:
    """A speaker is the source's speaker, and a quotation does not become the tool's own voice."""
    detail = _other_speaker(claim, cited)
    own_voice = not REPORTING.search(claim.text)
    if not detail and own_voice and any(_only_quoted(claim, piece.analysis) for piece in cited):
        detail = "the source quotes this and does not say it itself"
    return Check(name="attribution", ok=not detail, detail=detail)


def _other_speaker(claim: Analysis, cited: Sequence[Cited]) -> str:
    said_by = _speaker(claim.text)
    if said_by is None:
        return ""
    here = _speaker_names(said_by)
    if not here:
        return ""
    there: set[str] = set()
    for piece in cited:
        phrase = _speaker(piece.analysis.text)
        if phrase is None or (_PRONOUN.search(phrase) and not _speaker_names(phrase)):
            # "she said", or words between quotation marks: whoever was named before.
            there |= {name for other in piece.before for name in map(key, words(other.text))}
            there |= set(piece.headline.word_keys)
        else:
            there |= set(map(key, words(phrase)))
        there |= set(map(key, words(piece.article.outlet)))
    unknown = [name for name in here if not any(same_name(name, other) for other in there)]
    if unknown:
        return f"the source does not say that {' '.join(unknown)!r} said so"
    return ""


def _speaker_names(phrase: str) -> list[str]:
    own = re.sub(r"\b(?:for|to|on)\s+[A-Z][\w-]+", "", phrase)
    return [
        key(word)
        for name in names(own)
        for word in words(name.text)
        if key(word) not in _INSTITUTIONS
    ]


def _speaker(text: str) -> str | None:
    """Return the words around the last speech verb that may name the speaker, or None."""
    found = list(SAYING.finditer(text))
    if not found:
        return None
    verb = found[-1]
    behind = re.split(r"[,.;\"“”]|''|\bthat\b", text[verb.end() :])[0]
    if verb[0].lower() in ("according to", "in the words of"):
        return behind
    lead = re.split(r"[.;\"“”]|''|\bthat\b", text[: verb.start()])[-1]
    lead = re.sub(r",[^,]*,\s*$", "", lead).split(",")[-1]
    if len(lead.split()) <= 1 and verb[0].lower() not in ("told", "tells", "called", "described"):
        return behind
    return lead


def _only_quoted(claim: Analysis, source: Analysis) -> bool:
    """Whether most of what the claim shares with the source stands in quotation marks there."""
    form = source.canonical.form.replace("''", '"')
    if form.count('"') < 2 or claim.text.count('"') >= 2 or "“" in claim.text:
        return False
    inside = Analysis(" ".join(form.split('"')[1::2]))
    outside = Analysis(" ".join(form.split('"')[0::2]))
    shared = claim.stem_set & source.stem_set
    if len(shared) < 3:
        return False
    return len(shared & inside.stem_set - outside.stem_set) / len(shared) > 0.7
