"""What is more than something else in a sentence is so in the source."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from briefing.data.article import Span
from briefing.data.reason import Reason
from briefing.steps.verify.fault import Fault, differs, swapped
from briefing.steps.verify.sources import Cited, Sources
from briefing.steps.verify.two_sides import TwoSides
from briefing.text.analysis import Analysis
from briefing.text.clauses import REACH_CHARS
from briefing.text.negation import NOT
from briefing.text.numbers import Number
from briefing.text.words import content_stems, synonyms

_OPPOSITES = (
    "longer|further shorter|briefer|nearer|closer",
    "bigger|larger|greater|wider|broader smaller|narrower|lesser",
    "more fewer|less",
    "higher lower",
    "better worse",
    "earlier|sooner later",
    "faster|quicker slower",
    "stronger|tougher|harder weaker|softer|milder|easier",
    "older younger",
    "richer poorer",
    "heavier lighter",
    "cheaper dearer|costlier|pricier",
    "ahead behind",
    "above|over|exceeding below|under",
)
_TURNED = {
    word: frozenset(other.split("|"))
    for pair in _OPPOSITES
    for one, other in (pair.split(), pair.split()[::-1])
    for word in one.split("|")
}
_COMPARATIVE = re.compile(
    r"\b(?P<word>longer|shorter|briefer|nearer|bigger|larger|greater|wider|broader|smaller|narrower"
    r"|lesser|more|fewer|less|higher|lower|better|worse|earlier|sooner|later|faster|quicker|slower"
    r"|stronger|tougher|weaker|softer|milder|older|younger|richer|poorer|heavier|lighter|cheaper"
    r"|dearer|costlier|pricier)\b(?P<between>[^,;.]{0,60}?)\b(?P<lead>than)\s+(?!\d|half\b|an?\b|(?:one|two|three|four|five|six|ten|twice)\b)"
    r"|\b(?P<place>ahead|behind)\s+(?P<of>of\s+)?(?=(?:the|its|their|his|her|all|most|other"
    r"|schedule|[A-Z])\b)",
    re.IGNORECASE,
)
_END = re.compile(r"[,;:.!?]|\b(?:and|but|while|which|who|after|because)\b")
_THAN_SO_MANY = re.compile(r"\s+than\s+(?:\d|half\b|an?\b|(?:one|two|three|four|five|six|ten)\b)")
_THAN = re.compile(r"\bthan\b")
_FEWEST = 2
"""Content words, beside the comparative, that both sentences have."""

_ANY_OTHER = re.compile(
    r"\b(?:more|larger|bigger|higher|better|stronger|longer|older|richer|worse|fewer|smaller|lower)"
    r"\b[^,;.]{0,60}?\b(?P<word>than (?:any(?:one|body)?|all|every|everyone)\b(?: other| else)?)",
    re.IGNORECASE,
)

_MOST = re.compile(
    r"\b(?:[a-z]{3,}est|most|record\w*|top\w*|leading|majority|than (?:any|all|every|the other)\w*"
    r"|first|unmatched|unprecedented|ever|no other|number one|only|never|dominat\w*|main|chief"
    r"|lead(?:s|er)?|combined)\b",
    re.IGNORECASE,
)

_THAN_EXPECTED = re.compile(
    r"\b(?:(?:more|less|fewer)\b|[a-z]{3,}er\b)[^,;.]{0,80}?\bthan\s+(?:\w+\s+){0,3}?"
    r"(?P<word>expected|feared|predicted|forecast|planned|hoped|thought|anticipated|foreseen)\b",
    re.IGNORECASE,
)

_EXPECTED = re.compile(
    r"\b(?:than|expect\w*|fear\w*|predict\w*|forecast\w*|plan\w*|hop\w+|thought|anticipat\w+"
    r"|fores\w+|surpris\w+|beat|beyond|exceed\w*|only|short|worse|better|target\w*|estimat\w*)\b",
    re.IGNORECASE,
)

_MORE_OF = re.compile(
    r"\b(?P<how>more|fewer)\s+(?P<one>(?!than\b)[^,;.]{3,50}?)\s+than\s+(?P<other>[^,;.]{3,60})"
)

_COUNTED_END = re.compile(r"[,;:.]|\b(?:and|but|while|than|against|in return)\b")

_EXCEEDS = re.compile(
    r"\b(?P<be>(?:is|are|was|were|been)\s+(?:far\s+|by far\s+)?)?"
    r"(?P<verb>outweigh(?:s|ed)?|dwarf(?:s|ed)?"
    r"|exceed(?:s|ed)?|surpass(?:es|ed)?|outnumber(?:s|ed)?|outstrip(?:s|ped)?|overshadow(?:s|ed)?"
    r"|eclips(?:es?|ed)|outperform(?:s|ed)?|overtook|overtakes?|trump(?:s|ed)|tops|topped"
    r"|outsells?|outsold)\b(?P<by>\s+by\b)?"
)


def check(claim: Analysis, cited: Sequence[Cited], _: Sources) -> Fault | None:
    """Nothing is longer than what the source has it shorter than, nor more than it counts."""
    return (
        _turned(claim, cited)
        or _than_any_other(claim, cited)
        or _than_expected(claim, cited)
        or _more_than_counted(claim, cited)
        or _outweighed(claim, cited)
    )


def _turned(claim: Analysis, cited: Sequence[Cited]) -> Fault | None:
    """Return what is wrong where the longer of two is the shorter in the source.

    The source may put it so as well if it turns the two round: then what the one is compared with
    is not what the other is.
    """
    if NOT.search(claim.text):
        return None
    said = [
        (one, (one["word"] or one["place"]).lower()) for one in _COMPARATIVE.finditer(claim.text)
    ]
    for found, word in said:
        if any(re.search(rf"\b{word}\b", piece.analysis.text, re.I) for piece in cited):
            continue
        with_what = set(content_stems(_END.split(claim.text[found.end() :])[0]))
        for piece in cited:
            text = piece.analysis.text
            if NOT.search(text):
                continue
            for other in re.finditer(rf"\b(?:{'|'.join(_TURNED[word])})\b", text, re.IGNORECASE):
                if _THAN_SO_MANY.match(text, other.end()):
                    continue
                behind = set(
                    content_stems(
                        _THAN.split(_END.split(text[other.end() : other.end() + REACH_CHARS])[0])[
                            -1
                        ]
                    )
                )
                shared = claim.stem_set & piece.analysis.stem_set
                near = with_what & behind if with_what else behind
                turned = (with_what - behind) & set(
                    content_stems(text[max(0, other.start() - REACH_CHARS) : other.start()])
                )
                if len(shared) < _FEWEST or not near or turned:
                    # "A is longer than B" is what "B is shorter than A" says.
                    continue
                there = Span(*other.span())
                return differs(
                    Reason.OPPOSITE_WORD,
                    word,
                    Span(*found.span("word" if found["word"] else "place")),
                    piece,
                    there,
                )
    return None


def _than_any_other(claim: Analysis, cited: Sequence[Cited]) -> Fault | None:
    """Return what is wrong where one has more than any other, and the source compares nobody."""
    here = _ANY_OTHER.search(claim.text)
    near = [one for p in cited for one in (p.analysis, p.headline)]
    if here is None or any(_MOST.search(one.text) for one in near):
        return None
    return Fault(
        code=Reason.QUANTITY_CHANGED,
        detail=f"{here['word']!r} is not in the source",
        words=Span(*here.span("word")),
    )


def _than_expected(claim: Analysis, cited: Sequence[Cited]) -> Fault | None:
    """Return what is wrong where a thing is "smaller than expected", and nobody expected any."""
    here = _THAN_EXPECTED.search(claim.text)
    if here is None or any(_EXPECTED.search(piece.analysis.text) for piece in cited):
        return None
    return Fault(
        code=Reason.QUANTITY_CHANGED,
        detail=f"{here['word']!r} is not in the source",
        words=Span(*here.span("word")),
    )


def _more_than_counted(claim: Analysis, cited: Sequence[Cited]) -> Fault | None:
    """Return what is wrong where there are "more officers than sailors", of whom more are counted.

    Each side is counted where the source has its word close behind a number.
    """
    for found in _MORE_OF.finditer(claim.text):
        one, other = set(content_stems(found["one"])), set(content_stems(found["other"]))
        one, other = one - other, other - one
        for piece in cited:
            mine = list(_counts(one, piece.analysis))
            theirs = list(_counts(other, piece.analysis))
            if len(mine) != 1 or len(theirs) != 1 or mine[0] == theirs[0]:
                continue
            if (mine[0] > theirs[0]) == (found["how"].lower() == "more"):
                continue
            return Fault(
                code=Reason.QUANTITY_CHANGED,
                detail=f"says {found['how']!r}; {piece.id} counts {mine[0]} and {theirs[0]}",
                words=Span(*found.span("how")),
                against=(piece.citation,),
            )
    return None


def _counts(what: set[str], source: Analysis) -> Iterator[Decimal]:
    """Yield the numbers of a source behind which, in the same clause, words of a thing stand."""
    for number in source.numbers:
        if number.ordinal or not _is_plain(number):
            continue
        behind = _COUNTED_END.split(source.text[number.span.end : number.span.end + REACH_CHARS])[0]
        if what & set(content_stems(behind)):
            yield Decimal(number.value)


def _is_plain(number: Number) -> bool:
    return number.unit != "percent" and not number.measured


def _outweighed(claim: Analysis, cited: Sequence[Cited]) -> Fault | None:
    """Return what is wrong where one outdoes what outdoes it in the source, by whatever verb."""
    for found in _EXCEEDS.finditer(claim.text):
        mine = _sides(claim.text, found)
        for piece in cited:
            for other in _EXCEEDS.finditer(piece.analysis.text):
                theirs = _sides(piece.analysis.text, other)
                if mine.is_turned(theirs):
                    return swapped(Span(*found.span("verb")), piece, Span(*other.span("verb")))
    return None


def _sides(text: str, verb: re.Match[str]) -> TwoSides:
    """Return the stems of what is more, and of what it is more than."""
    before = frozenset(
        content_stems(_END.split(text[max(0, verb.start() - REACH_CHARS) : verb.start()])[-1])
    )
    behind = frozenset(content_stems(_END.split(text[verb.end() : verb.end() + REACH_CHARS])[0]))
    before = before.union(*map(synonyms, before)) - behind
    return TwoSides(behind, before) if verb["be"] and verb["by"] else TwoSides(before, behind)
