"""The words of the sentence are the words of the source."""

import re
from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher
from functools import lru_cache

from briefing.data.article import Span
from briefing.data.reason import Reason
from briefing.steps.verify.fault import Fault, differs
from briefing.steps.verify.sources import Cited, Sources, nearest
from briefing.text.analysis import Analysis, Token
from briefing.text.opposites import opposites
from briefing.text.speech import QUOTED, SAID
from briefing.text.words import Weights, stem, synonyms

LEAST_COVER = 0.7
"""Of the idf-weighted plain words; tuned on tests/data/visit_claims.jsonl."""

LEAST_PART = 0.5
"""A clause must have more than this of its own, so that nothing is tacked on."""

_DONE = re.compile(r"\b[a-z]{2,}ed\b")
_MILD = frozenset(
    stem(word)
    for word in (
        *SAID,
        *"included expected planned scheduled based formed reported mentioned asked".split(),
    )
)
"""Verbs that report, or that say little: another one may stand for them."""

_JOINT = re.compile(r"[,;:]\s|\b(?:and|but|because|after|before|while|as well as)\b")

_SAME_WORDS = 4
"""Words in common, at least, where one that differs stands in another's place."""

_MOST_REPLACED = 2
"""Words that stand in the place of others: more of them are another wording."""

_AROUND = 0.6
"""What a word counts that stands only in the headline or in the sentences before."""

_SAME_PREFIX = 5
"""Letters by which two words of one root are known: "administer", "administration"."""

_KINDS = tuple(
    frozenset(map(stem, words.split()))
    for words in (
        "second minute hour day week month quarter year decade century",
        "spring summer autumn winter",
        "north south east west northern southern eastern western",
        "morning afternoon evening night noon midnight dawn dusk",
        "percent million billion thousand trillion",
        "metre kilometre mile foot inch",
        "tonne kilogram litre barrel pound",
        "dollar euro pound yen crown mark krone franc rouble rupee",
        "navy army airforce police",
    )
)
"""Words of closed classes: another one of the class is another fact, not another wording."""


_SERVICE = re.compile(
    r"\b(?:air force|coast ?guard|national guard|border guard|fire brigade|secret service)\b", re.I
)
_OTHER_SERVICE = re.compile(rf"{_SERVICE.pattern}|\b(?:army|navy|marines|police)\b", re.I)
_AGE_OF = re.compile(r"\b(?:present|modern)-$", re.IGNORECASE)
"""Before a "day" that counts no days."""

_DAY_OF = re.compile(r"\bthe (?=day (?:of|when|that|after|before|on)\b)", re.IGNORECASE)
"""Before a "day" that is told by what took place on it."""

_OFFICE = re.compile(
    r"\s+(?P<office>chiefs?|ministers?|secretar(?:y|ies)|directors?|officers?|commissioners?"
    r"|inspectors?|services?|departments?|committees?|ministry|council|union|spokes\w+)\b",
    re.IGNORECASE,
)

_LIGHT = frozenset(
    stem(word)
    for word in "take make give go come put get name call part side own place own kind way "
    "behind ahead still yet since already due newspaper report release statement write "
    "announce quote remark message word speak talk unnamed date pm fm together join hold "
    "one effort toward towards plan "
    "expect schedule".split()
)
"""Words so general that their absence tells little."""

_LIGHT_WEIGHT = 0.3
"""What a word counts that says little; set by hand."""


def check(claim: Analysis, cited: Sequence[Cited], sources: Sources) -> Fault | None:
    """The words that carry the sentence are the source's, or mean the same.

    A word of a closed class that the source has not is a conflict; any other is weighed.
    """
    weights = sources.weights
    cover, missing = covered(claim.plain_stems, cited, weights)
    for token in claim.tokens:
        if token.stem in missing and (fault := _another_of_its_kind(token, claim, cited)):
            return fault
    service = _another_service(claim, cited)
    if service:
        return service
    replaced = _replaced(claim, nearest(claim, cited), missing)
    if replaced:
        return replaced
    wrong = [] if cover >= LEAST_COVER else list(missing)
    wrong = wrong or [word for word in verbs(claim.text) if word in missing]
    for part in () if wrong else parts(claim.text):
        share, lacking = covered(part.plain_stems, cited, weights)
        if share <= LEAST_PART:
            wrong += lacking
    return _missing(wrong, claim) if wrong else None


def _another_of_its_kind(token: Token, claim: Analysis, cited: Sequence[Cited]) -> Fault | None:
    """Return what is wrong where the source has another word of the kind, and the claim has not."""
    if _AGE_OF.search(claim.text, 0, token.span.start):
        return None
    if _DAY_OF.match(claim.text, max(0, token.span.start - len("the "))) and any(
        mention.day for piece in cited for mention in piece.analysis.dates
    ):
        # "Since the day of the crash": the source gives that day as a date.
        return None
    told = claim.stem_set
    for kind in _KINDS:
        if token.stem not in kind:
            continue
        for piece in cited:
            for other in piece.analysis.tokens:
                if other.stem in kind and other.stem not in told:
                    return differs(
                        Reason.WORD_OF_A_KIND_DIFFERS, token.text, token.span, piece, other.span
                    )
    return None


def _another_service(claim: Analysis, cited: Sequence[Cited]) -> Fault | None:
    """Return what is wrong where the army of the source is an "air force", which is two words."""
    for said in _SERVICE.finditer(claim.text):
        near = [one for piece in cited for one in (piece.analysis, piece.headline, *piece.before)]
        if any(said[0].lower() in one.text.lower() for one in near):
            continue
        for piece in cited:
            other = _OTHER_SERVICE.search(piece.analysis.text)
            if other:
                return differs(
                    Reason.WORD_OF_A_KIND_DIFFERS,
                    said[0],
                    Span(*said.span()),
                    piece,
                    Span(*other.span()),
                )
    return None


def _replaced(claim: Analysis, piece: Cited, missing: Sequence[str]) -> Fault | None:
    """Return what is wrong where a word or two stand in others' place and all else is the same."""
    here = [token for token in claim.tokens if token.carries_content]
    there = [token for token in piece.analysis.tokens if token.carries_content]
    matched = SequenceMatcher(
        None, [token.stem for token in there], [token.stem for token in here], autojunk=False
    ).get_opcodes()
    inner = [one for one in matched if one[0] in ("replace", "insert")]
    same = sum(one[2] - one[1] for one in matched if one[0] == "equal")
    if len(inner) != 1 or same < _SAME_WORDS:
        return None
    kind, first, behind, start, end = inner[0]
    if kind != "replace" or not behind - first == end - start <= _MOST_REPLACED:
        return None
    told = [word for word in here[start:end] if word.stem in missing and word.stem not in _LIGHT]
    if not told:
        return None
    word = told[0]
    other = there[first + here[start:end].index(word)]
    # A word of a pair of opposites, or the service that somebody heads, is no other wording.
    conflicts = other.stem in opposites(word.stem) or _heads_another(
        word, other, claim.text, piece.analysis.text
    )
    return differs(Reason.WORD_REPLACED, word.text, word.span, piece, other.span, refuses=conflicts)


def _heads_another(word: Token, other: Token, text: str, source: str) -> bool:
    """Whether both words stand before one office, as in "police chief" and "fire chief"."""
    here, there = _OFFICE.match(text, word.span.end), _OFFICE.match(source, other.span.end)
    return bool(
        here
        and there
        and stem(here["office"].lower()) == stem(there["office"].lower())
        and word.stem not in synonyms(other.stem)
        and not (word.text[0].isupper() and not other.text[0].isupper())
    )


def _missing(wrong: Sequence[str], claim: Analysis) -> Fault:
    spans = [span for one in wrong if (span := claim.span_of(one))]
    said = [span.of(claim.text) for span in spans] or list(wrong)
    return Fault(
        code=Reason.WORDS_MISSING,
        detail=f"the source does not say {', '.join(map(repr, said[:3]))}",
        words=spans[0] if spans else None,
        refuses=False,
    )


def verbs(text: str) -> list[str]:
    """Return the stems of the verbs that say what was done, the light and reporting ones apart."""
    done = (verb[0] for verb in _DONE.finditer(QUOTED.sub(" ", text)))
    found = map(stem, done)
    return [one for one in found if one not in _LIGHT and one not in _MILD]


@lru_cache(maxsize=1_024)
def parts(text: str) -> tuple[Analysis, ...]:
    """Return the parts of a sentence that must each be borne out: clauses, and what is unquoted."""
    unquoted = QUOTED.sub(" ", text)
    found = [Analysis(part) for part in _JOINT.split(text)]
    kept = [part for part in found if len(part.plain_stems) > 1]
    return (*kept, Analysis(unquoted)) if unquoted != text else tuple(kept)


def covered(
    stems: frozenset[str], cited: Sequence[Cited], weights: Weights
) -> tuple[float, tuple[str, ...]]:
    """Return the idf-weighted share of `stems` in the cited words, and the missing ones."""
    if not stems:
        return 1.0, ()
    inside = _union(tuple(piece.analysis.stem_set for piece in cited))
    around = _union(
        tuple(other.stem_set for piece in cited for other in (piece.headline, *piece.before))
    )
    total = found = 0.0
    missing: list[tuple[float, str]] = []
    for one in sorted(stems):
        tells = weight(one, weights)
        total += tells
        if _has(one, inside):
            found += tells
        elif _has(one, around):
            found += tells * _AROUND
        else:
            missing.append((-tells, one))
    return found / total, tuple(one for _, one in sorted(missing))


def weight(one: str, weights: Weights) -> float:
    """Return how much a stem tells, less for words so general that they hardly do."""
    return weights[one] * (_LIGHT_WEIGHT if one in _LIGHT else 1.0)


@lru_cache(maxsize=256)
def _union(sets: tuple[frozenset[str], ...]) -> frozenset[str]:
    """Return all that stands in one of `sets`, as one object while the same sets are asked for."""
    return frozenset().union(*sets)


@lru_cache(maxsize=4_096)
def _has(one: str, stems: frozenset[str]) -> bool:
    if one in stems or not synonyms(one).isdisjoint(stems):
        return True
    if len(one) < _SAME_PREFIX:
        return False
    lengths = _lengths(stems).get(one[:_SAME_PREFIX], ())
    return any(abs(length - len(one)) <= 4 for length in lengths)


@lru_cache(maxsize=256)
def _lengths(stems: frozenset[str]) -> Mapping[str, tuple[int, ...]]:
    """Return how long the stems are that begin alike, by how they begin."""
    found: dict[str, tuple[int, ...]] = {}
    for one in stems:
        if len(one) >= _SAME_PREFIX:
            beginning = one[:_SAME_PREFIX]
            found[beginning] = (*found.get(beginning, ()), len(one))
    return found
