"""How many, how much of, in which order: small words that turn a fact round."""

import re
from collections.abc import Sequence

from briefing.data.article import Span
from briefing.data.reason import Reason
from briefing.steps.verify.checks.quantities import extremes
from briefing.steps.verify.fault import Fault, differs
from briefing.steps.verify.sources import Cited, Sources
from briefing.text.analysis import Analysis
from briefing.text.words import content_stems, synonyms

_CLASSES = {
    "all": r"all|every|each|everyone|everybody",
    "both": r"both",
    "most": r"most of|most(?= \w+s\b)|majority",
    "few": r"(?<!a )few|hardly any",
    "at least": r"at least|no fewer than|no less than|more than|over(?= [\d$€£a-z]+)|upwards of",
    "at most": r"at most|no more than|up to|fewer than|less than|under(?= [\d$€£])",
    "only": r"only|solely|merely|alone",
}
_SAID = {
    name: re.compile(rf"\b(?:{pattern})\b", re.IGNORECASE) for name, pattern in _CLASSES.items()
}
_NEEDED = frozenset({"all", "both", "most", "few", "at most", "only"})
"""Classes that a claim may not bring in by itself."""

_OPPOSED = {"at least": "at most", "at most": "at least"}
_PARTLY = re.compile(
    r"\b(?:some|most|many|several|part(?:ly)?|half|third|quarter|a few|at least|largely|mostly"
    r"|(?:one|either|neither|none) of the two)\b",
    re.IGNORECASE,
)
"""Words of a source that speak against "all" and "only"."""
_CONTRASTED = re.compile(rf"{_PARTLY.pattern}|\b(?:while|whereas|but|unlike)\b", re.IGNORECASE)
"""Words of a source that tell of the one of two what is not so of the other."""

_ONLY_IF = re.compile(r"\bonly (?:if|after|once|when|with)\b", re.IGNORECASE)
_NEEDED_FOR = re.compile(
    r"\b(?:requir\w+|needs?|needed|must|subject to|unless|until|condition\w*|depend\w*)\b",
    re.IGNORECASE,
)
"""How a text says what something does not come about without."""


_PAIR = re.compile(r"\b(?:the two|two|a pair of|(?:their|its) two)\s+[a-z]", re.IGNORECASE)
_OF_A_PAIR = re.compile(
    r"\b(?:only|(?:one|either|neither|none|first|second|other) of)\b", re.IGNORECASE
)
_UNTIL = re.compile(r"[,;:.]|\b(?:and|but|while|which|who)\b")
_SHARE_OF_BOTH = 0.5
"""How a text speaks of two things, and of one of them alone."""

_ORDER = re.compile(r"\b(?P<word>before|after)\b", re.IGNORECASE)
_SOON = re.compile(
    r"\W*(?:(?:the|an?|two|three|\d+)\s+)?(?:(?:days?|weeks?|months?|years?|hours?|minutes?"
    r"|shortly|soon|just|immediately)\s+)?",
    re.IGNORECASE,
)
"""What stands before the "after" with which a sentence begins."""

_RANKED = re.compile(
    r"\b(?:second|third|fourth|fifth|sixth|seventh|\d+(?:nd|rd|th))[ -]"
    r"(?P<word>[a-z]{2,}est|most|least)\b",
    re.IGNORECASE,
)
_CHANGED = re.compile(
    r"\b(?P<how>by|to)\s+(?:about |nearly |almost |some )?[$€£]?(?P<number>[\d.,]*\d)",
    re.IGNORECASE,
)


_EXCEPT = re.compile(
    r"\b(?P<of>all|every|everyone|everybody|none|nobody|no one|nothing|everything|any\w*)\b"
    r"[^,;.]{0,30}?\b(?:but|except(?:ing)?(?: for)?|save for|apart from|other than)\b",
    re.IGNORECASE,
)
_EXCEPTED = re.compile(
    r"\b(?:but|except\w*|save|apart|other than|almost|nearly|most|mostly|some|many|part|still|only"
    r"|not|alone|majority)\b",
    re.IGNORECASE,
)
"""How a sentence may tell of an exception, or that it does not speak of all."""

_OF_ALL = re.compile(
    r"\b(?:all|every|everyone|everybody|none|nobody|no one|nothing|everything|no)\b", re.IGNORECASE
)


def check(claim: Analysis, cited: Sequence[Cited], sources: Sources) -> Fault | None:
    """No "some" becomes "all", no "at least" "at most", no "before" "after", no "by" "to"."""
    return (
        _exception_lost(claim.text, cited)
        or extremes.check(claim, cited)
        or _class_of_its_own(claim, cited)
        or _turned_order(claim, cited)
        or _rank_lost(claim.text, cited)
        or _changed_how(claim.text, cited)
    )


def _class_of_its_own(claim: Analysis, cited: Sequence[Cited]) -> Fault | None:
    texts = [piece.analysis.text for piece in cited]
    for name, pattern in _SAID.items():
        said = pattern.search(claim.text)
        if said is None or any(pattern.search(text) for text in texts):
            continue
        if said[0].lower() == "both" and _names_a_pair(claim, said, cited):
            continue
        if name == "only" and extremes.is_of_a_figure(claim, said.end(), cited):
            continue
        if name == "only" and _ONLY_IF.search(claim.text) and any(map(_NEEDED_FOR.search, texts)):
            continue
        opposed = _SAID[_OPPOSED[name]] if name in _OPPOSED else None
        turned = opposed is not None and any(opposed.search(text) for text in texts)
        if name in _NEEDED or turned:
            is_of_two = name == "both" and not _CONTRASTED.search(claim.text)
            against = _CONTRASTED if is_of_two else _PARTLY
            partly = [
                (piece, found) for piece in cited if (found := against.search(piece.analysis.text))
            ]
            return Fault(
                code=Reason.QUANTITY_CHANGED,
                detail=f"{said[0]!r} is not in the source",
                words=Span(*said.span()),
                against=tuple(piece.part(Span(*found.span())) for piece, found in partly[:1]),
                refuses=turned or bool(partly) or name in ("few", "at most"),
            )
    return None


def _names_a_pair(claim: Analysis, said: re.Match[str], cited: Sequence[Cited]) -> bool:
    """Whether the source says of "the two", and not of one of them, what the claim says of both."""
    wanted = set(content_stems(_UNTIL.split(claim.text[said.end() :])[0]))
    for piece in cited:
        text = piece.analysis.text
        for pair in () if _OF_A_PAIR.search(text) else _PAIR.finditer(text):
            there = set(content_stems(_UNTIL.split(text[pair.start() :])[0]))
            there |= {other for one in there for other in synonyms(one)}
            if len(wanted & there) > _SHARE_OF_BOTH * len(wanted):
                return True
    return False


def _exception_lost(claim: str, cited: Sequence[Cited]) -> Fault | None:
    """Return what is wrong where the source's "all but one" is told as all."""
    said = _OF_ALL.search(claim)
    if said is None or _EXCEPTED.search(claim):
        return None
    found = [_EXCEPT.search(piece.analysis.text) for piece in cited]
    for piece, there in zip(cited, found, strict=True):
        others = (one for one in cited if one is not piece)
        if there is None or any(_OF_ALL.search(other.analysis.text) for other in others):
            continue
        return differs(
            Reason.QUANTITY_CHANGED, said[0], Span(*said.span()), piece, Span(*there.span())
        )
    return None


def _turned_order(claim: Analysis, cited: Sequence[Cited]) -> Fault | None:
    """Return what is wrong where "A before B" is "A after B", or "B before A", in the source."""
    here = list(_ORDER.finditer(claim.text))
    there = [(piece, found) for piece in cited for found in _ORDER.finditer(piece.analysis.text)]
    if len(here) != 1 or len(there) != 1:
        return None
    (mine,), (piece, theirs) = here, there[0]
    same = mine["word"].lower() == theirs["word"].lower()
    text = piece.analysis.text
    behind_mine, behind = claim.text[mine.end() :], text[theirs.end() :]
    lead_mine, lead = claim.text[: mine.start()], text[: theirs.start()]
    if _SOON.fullmatch(lead_mine):
        # "After A, B", or "The day after A, B", says what "B after A" says.
        behind_mine, _, lead_mine = behind_mine.partition(",")
    turned = _shared(lead_mine, behind) + _shared(behind_mine, lead)
    straight = _shared(lead_mine, lead) + _shared(behind_mine, behind)
    if straight if same else turned > straight:
        return None
    if same and not (_shared(lead_mine, behind) and _shared(behind_mine, lead)):
        return None
    return differs(
        Reason.ORDER_TURNED,
        mine[0],
        Span(*mine.span()),
        piece,
        Span(*theirs.span()),
        refuses=same or (_shared(lead_mine, lead) > 0 and _shared(behind_mine, behind) > 0),
    )


def _shared(text: str, other: str) -> int:
    return len(set(content_stems(text)) & set(content_stems(other)))


def _rank_lost(claim: str, cited: Sequence[Cited]) -> Fault | None:
    for piece in cited:
        for ranked in _RANKED.finditer(piece.analysis.text):
            said = re.search(rf"\b{ranked['word']}\b", claim, re.IGNORECASE)
            if said and not _RANKED.search(claim):
                there = Span(*ranked.span())
                return differs(Reason.QUANTITY_CHANGED, said[0], Span(*said.span()), piece, there)
    return None


def _changed_how(claim: str, cited: Sequence[Cited]) -> Fault | None:
    for here in _CHANGED.finditer(claim):
        there = [
            (piece, found)
            for piece in cited
            for found in _CHANGED.finditer(piece.analysis.text)
            if found["number"] == here["number"]
        ]
        if not there or here["how"].lower() in (found["how"].lower() for _, found in there):
            continue
        piece, theirs = there[0]
        return differs(
            Reason.QUANTITY_CHANGED, here[0], Span(*here.span()), piece, Span(*theirs.span())
        )
    return None
