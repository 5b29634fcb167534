"""Nothing is hung on to a sentence of the source's."""

import re
from collections.abc import Sequence, Set

from briefing.data.article import Span
from briefing.data.reason import Reason
from briefing.steps.verify.fault import Fault
from briefing.steps.verify.sources import Cited, Sources
from briefing.text.analysis import Analysis
from briefing.text.offices import LEADING
from briefing.text.verbs import FINITE
from briefing.text.words import Weights, content_stems, stem, synonyms

_REASON = re.compile(
    r"\b(?P<lead>because(?: of)?|despite|in spite of|owing to|due to|thanks to|as a result of"
    r"|in response to|in retaliation for|in protest at|in exchange for|in return for"
    r"|on (?:the )?grounds (?:that|of))\s+(?P<rest>(?:[^,;:.]|\.(?=\S))+)",
    re.IGNORECASE,
)
_ASIDE = re.compile(r",\s+(?P<rest>(?:still |once |now )?[a-z]{3,}(?:ing|ed)\s[^,;:]+),")
_RELATIVE = re.compile(r",\s+(?:who|which)\s+(?P<rest>(?:[^,;:.]|\.(?=\S))+)")
_SUBJECT = re.compile(r"[^,]{2,60},\s+[^,]+")
_FINITE = re.compile(rf"\b{FINITE}\b")
"""A subject with what stands beside it between commas, which the main verb follows."""

_USED_TO = re.compile(r"\b(?:used to|once|formerly|previously)\s+(?=[a-z])", re.IGNORECASE)
_LEADS = frozenset(stem(word) for word in "run head lead manage chair direct govern".split())
_LEADING = frozenset(map(stem, LEADING | {"manager", "executive", "principal"}))
"""Who "runs" a company is its head, whatever the office is called."""

_LEAST_REASON = 0.4
"""Of the idf-weighted words of a reason that must stand in the source, or near it."""

_LEAST_ASIDE = 0.35
_LEAST_ELSEWHERE = 0.6
"""Of a clause about somebody whom another sentence introduces so."""

_FEWEST = 2
"""Content words from which such a clause tells something."""

_ITEMS = re.compile(r"\b(?P<one>[a-z]{4,}s)\s+and\s+(?:[a-z]+\s+)?(?P<other>[a-z]{4,}s)\b")
_SAME_PREFIX = 5


def check(claim: Analysis, cited: Sequence[Cited], sources: Sources) -> Fault | None:
    """No reason, aside or second item stands in a sentence of which the source has not a word."""
    return _clause(claim, cited, sources) or _item(claim, cited, sources)


def _clause(claim: Analysis, cited: Sequence[Cited], sources: Sources) -> Fault | None:
    there: set[str] = set().union(
        *(one.stem_set for p in cited for one in (p.analysis, p.headline, *p.before))
    )
    for pattern, least in (
        (_REASON, _LEAST_REASON),
        (_ASIDE, _LEAST_ASIDE),
        (_RELATIVE, _LEAST_ASIDE),
    ):
        for found in pattern.finditer(claim.text):
            if pattern is _ASIDE and _is_main(claim.text, found):
                continue
            stems = set(content_stems(_USED_TO.sub("", found["rest"])))
            if len(stems) < _FEWEST or _share(stems, there, sources.weights) >= least:
                continue
            if pattern is not _RELATIVE or not _is_introduced(claim, found, stems, sources):
                return Fault(
                    code=Reason.CAUSE_ADDED if pattern is _REASON else Reason.WORDS_MISSING,
                    detail=f"the source does not say {found['rest'].strip()!r}",
                    words=Span(*found.span("rest")),
                )
    return None


def _share(stems: set[str], there: Set[str], weights: Weights) -> float:
    total = sum(weights[one] for one in stems)
    return sum(weights[one] for one in stems if _has(one, there)) / total


def _is_main(text: str, found: re.Match[str]) -> bool:
    """Whether "promised …" in "The League, led by Ada Lund, promised …," is the main verb."""
    subject = _SUBJECT.fullmatch(text, 0, found.start())
    return subject is not None and not _FINITE.search(text.partition(",")[0])


def _is_introduced(
    claim: Analysis, found: re.Match[str], stems: set[str], sources: Sources
) -> bool:
    """Whether one sentence of some source says of the name before a clause what the clause does."""
    named = [name for name in claim.names if name.span.end == found.start()]
    return any(
        named[-1].last in there.word_keys
        and _share(stems, there.stem_set, sources.weights) >= _LEAST_ELSEWHERE
        for sentence in (sources.story.sentences if named else ())
        if (there := sources.analysis(sentence))
    )


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


def _has(one: str, there: Set[str]) -> bool:
    if one in there or synonyms(one) & there or (one in _LEADS and _LEADING & there):
        return True
    prefix = one[:_SAME_PREFIX]
    return len(one) >= _SAME_PREFIX and any(other.startswith(prefix) for other in there)
