"""Part of check 10: nothing is hung on to a sentence of the source's."""

import re
from collections.abc import Sequence

from briefing.data.article import Span
from briefing.data.reason import Reason
from briefing.steps.verify.fault import Fault
from briefing.steps.verify.sources import Cited, Sources
from briefing.text.analysis import Analysis
from briefing.text.words import Weights, content_stems, stem, synonyms

_REASON = re.compile(
    r"\b(?P<lead>because(?: of)?|despite|in spite of|owing to|due to|thanks to|as a result of"
    r"|in response to|in retaliation for|in protest at|in exchange for|in return for"
    r"|on (?:the )?grounds (?:that|of))\s+(?P<rest>(?:[^,;:.]|\.(?=\S))+)",
    re.IGNORECASE,
)
_ASIDE = re.compile(r",\s+(?P<rest>(?:still |once |now )?[a-z]{3,}(?:ing|ed)\s[^,;:]+),")
_RELATIVE = re.compile(r",\s+(?:who|which)\s+(?P<rest>(?:[^,;:.]|\.(?=\S))+)")
_LEAST_REASON = 0.4
"""Of the idf-weighted words of a reason that must stand in the source, or near it."""

_LEAST_ASIDE = 0.35
_FEWEST = 2
"""Content words from which such a clause tells something."""

_ITEMS = re.compile(r"\b(?P<one>[a-z]{4,}s)\s+and\s+(?:[a-z]+\s+)?(?P<other>[a-z]{4,}s)\b")
_SAME_PREFIX = 5


def check(claim: Analysis, cited: Sequence[Cited], sources: Sources) -> Fault | None:
    """No reason, aside or second item stands in a sentence of which the source has not a word."""
    return _clause(claim, cited, sources.weights) or _item(claim, cited, sources)


def _clause(claim: Analysis, cited: Sequence[Cited], weights: Weights) -> Fault | None:
    there: set[str] = set().union(
        *(one.stem_set for p in cited for one in (p.analysis, p.headline, *p.before))
    )
    for pattern, least in (
        (_REASON, _LEAST_REASON),
        (_ASIDE, _LEAST_ASIDE),
        (_RELATIVE, _LEAST_ASIDE),
    ):
        for found in pattern.finditer(claim.text):
            stems = set(content_stems(found["rest"]))
            total = sum(weights[one] for one in stems)
            share = sum(weights[one] for one in stems if _has(one, there))
            if len(stems) >= _FEWEST and share < least * total:
                return Fault(
                    code=Reason.CAUSE_ADDED if pattern is _REASON else Reason.WORDS_MISSING,
                    detail=f"the source does not say {found['rest'].strip()!r}",
                    words=Span(*found.span("rest")),
                )
    return None


def _item(claim: Analysis, cited: Sequence[Cited], sources: Sources) -> Fault | None:
    """Return what is wrong where "schools" of the source's become "schools and hospitals"."""
    for found in _ITEMS.finditer(claim.text):
        one, other = stem(found["one"]), stem(found["other"])
        if not any(one in piece.analysis.stem_set for piece in cited):
            continue
        told: set[str] = set()
        for article in {piece.article.id: piece.article for piece in cited}.values():
            told |= sources.headline(article).stem_set
            told |= {
                word
                for sentence in sources.sentences_of(article.id)
                for word in sources.analysis(sentence).stem_set
            }
        if not _has(other, told):
            return Fault(
                code=Reason.WORDS_MISSING,
                detail=f"the source does not say {found['other']!r}",
                words=Span(*found.span("other")),
            )
    return None


def _has(one: str, there: set[str]) -> bool:
    if one in there or synonyms(one) & there:
        return True
    prefix = one[:_SAME_PREFIX]
    return len(one) >= _SAME_PREFIX and any(other.startswith(prefix) for other in there)
