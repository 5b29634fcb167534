"""Check 5: every name of the sentence is in the source, or is who the source means."""

import re
from collections.abc import Sequence

from briefing.data.briefing import Check
from briefing.steps.verify.sources import Cited, Sources
from briefing.text.analysis import Analysis
from briefing.text.names import Name, initials, key, same_name
from briefing.text.words import words

_ANAPHORA = re.compile(
    r"\b(?:he|she|they|it|him|her|them|his|their|its|here|there|this|these|that|the)\b",
    re.IGNORECASE,
)
_CONNECTING = frozenset("of for the and de al bin van von der la le du on".split())


def check(claim: Analysis, cited: Sequence[Cited], sources: Sources) -> Check:
    """Every name stands in the cited words, the headline, or what these words refer back to.

    A lone word at the beginning of the sentence is no name where the sources use it as a word.
    """
    for name in claim.names:
        if name.span.start == 0 and " " not in name.text and sources.uses(name.text):
            continue
        missing = [word for word in _parts(name) if not _known(word, name, claim, cited)]
        if missing:
            return Check(
                name="names", ok=False, detail=f"{' '.join(missing)!r} is not in the source"
            )
    return Check(name="names", ok=True)


def _parts(name: Name) -> list[str]:
    return [
        part
        for word in words(name.text)
        for part in ([word] if "'" in word or "’" in word else word.split("-"))
        if part and part[0].isupper() and part.lower() not in _CONNECTING
    ]


def _known(word: str, name: Name, claim: Analysis, cited: Sequence[Cited]) -> bool:
    wanted = key(word)
    if len(wanted) == 1 and len(name.text) > 2:
        # An initial: the surname is checked by itself.
        return True
    for piece in cited:
        near = [piece.analysis, piece.headline]
        if piece.article.outlet != "unknown":
            near.append(Analysis(piece.article.outlet))
        if _ANAPHORA.search(piece.analysis.text):
            near += piece.before
        if any(_in(wanted, analysis) or _abbreviated(word, name, analysis) for analysis in near):
            return True
        if _names_the_thing(name, claim, piece):
            return True
    return False


def _names_the_thing(name: Name, claim: Analysis, piece: Cited) -> bool:
    """Whether "the Brakova dam" is said of "the dam" in an article that calls it so."""
    behind = re.match(r"(?:['’]s)?\s+([a-z]+)", claim.text[name.span.end :])
    if behind is None or not re.search(
        rf"\b[Tt]he\s+(?:[\w-]+\s+)?{behind[1]}\b", piece.analysis.text
    ):
        return False
    return bool(
        re.search(rf"\b{re.escape(name.text)}(?:['’]s)?\s+{behind[1]}\b", piece.article.text)
    )


def _in(wanted: str, analysis: Analysis) -> bool:
    return wanted in analysis.word_keys or any(
        same_name(wanted, other) for other in analysis.name_keys
    )


def _abbreviated(word: str, name: Name, analysis: Analysis) -> bool:
    if word.isupper() and len(word) >= 2:
        return any(_spells(word, other.text) for other in analysis.names)
    short = initials(name.text)
    return len(short) >= 2 and short in set(words(analysis.text))


def _spells(acronym: str, name: str) -> bool:
    letters = initials(name)
    return bool(letters) and (letters == acronym or letters.startswith(acronym))
