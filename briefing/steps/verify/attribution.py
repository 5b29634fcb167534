"""Check 11: words stay with the one who said them."""

import re
from collections.abc import Sequence

from briefing.data.briefing import Check
from briefing.steps.verify.sources import Cited
from briefing.text.analysis import Analysis
from briefing.text.names import key, same_name
from briefing.text.speech import QUOTED, REPORTING, speaker_keys, speaker_phrases
from briefing.text.words import words

_QUOTATION = re.compile(r"\"[^\"]*\"|''.*?''")
_HEARSAY = re.compile(
    r"\b(?:alleged(?:ly)?|alleges?|reportedly|apparently|purportedly|supposedly|claimed|claims"
    r"|insists?|insisted|argues?|argued|accus(?:es?|ed)|suspects?|suspected|rumou?red|rumou?rs?"
    r"|believed|believes?|warned|warns|predicted|predicts)\b",
    re.IGNORECASE,
)
_SELF = re.compile(
    r"\b(?:I|I'm|I've|[Mm]y|[Mm]e|[Ww]e|[Oo]ur|[Oo]urs|[Yy]ou|[Yy]our|[Mm]yself|[Yy]ourself)\b"
)


def check(claim: Analysis, cited: Sequence[Cited]) -> Check:
    """A speaker is the source's speaker, and a quotation does not become the tool's own voice."""
    detail = _own_voice(claim) or _other_speaker(claim, cited)
    detail = detail or _hearsay_lost(claim, cited)
    own_voice = not REPORTING.search(claim.text)
    if not detail and own_voice and any(_only_quoted(claim, piece.analysis) for piece in cited):
        detail = "the source quotes this and does not say it itself"
    return Check(name="attribution", ok=not detail, detail=detail)


def _hearsay_lost(claim: Analysis, cited: Sequence[Cited]) -> str:
    """Return what is wrong where the source only passes a claim or a suspicion on."""
    if REPORTING.search(claim.text) or _HEARSAY.search(claim.text):
        return ""
    found = [_HEARSAY.search(piece.analysis.text) for piece in cited]
    return f"the source says {found[0][0]!r}" if found and all(found) and found[0] else ""


def _own_voice(claim: Analysis) -> str:
    """Return what is wrong where the sentence itself says "I" or "you": a briefing never does."""
    unquoted = _QUOTATION.sub(" ", claim.canonical.form)
    found = _SELF.search(unquoted)
    return f"{found[0]!r} stands outside a quotation" if found else ""


def _other_speaker(claim: Analysis, cited: Sequence[Cited]) -> str:
    here = [name for phrase in speaker_phrases(claim.text) for name in speaker_keys(phrase)]
    if not here:
        return ""
    there = _said_by(cited)
    unknown = [name for name in here if not any(same_name(name, other) for other in there)]
    if unknown:
        return f"the source does not say that {' '.join(unknown)!r} said so"
    return ""


def _said_by(cited: Sequence[Cited]) -> set[str]:
    """Return the keys of the words that name the source's speakers.

    They stand beside its verbs of saying; behind "she said", or for words between quotation
    marks, they are those of the sentences before. Where nobody is said to speak, it is the outlet.
    """
    named: set[str] = set()
    before: set[str] = set()
    for piece in cited:
        phrases = speaker_phrases(piece.analysis.text)
        named |= {key(word) for phrase in phrases if speaker_keys(phrase) for word in words(phrase)}
        if phrases or QUOTED.search(piece.analysis.text):
            before |= {name for other in piece.before for name in map(key, words(other.text))}
            before |= piece.headline.word_keys
    outlets = {key(word) for piece in cited for word in words(piece.article.outlet)}
    return (named or before) | outlets


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
