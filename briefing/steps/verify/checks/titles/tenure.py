"""Offices that a text gives in other words: who chairs, and whose colleague."""

import re
from collections.abc import Sequence

from briefing.data.article import Sentence, Span
from briefing.steps.verify.sources import Cited, Sources
from briefing.text.analysis import Analysis
from briefing.text.names import key, same_name
from briefing.text.offices import EXCLUSIVE, Office
from briefing.text.words import stem, synonyms, words

_TO_BE = {
    "chair": "chair chairs chaired chairing presides presided presiding",
    "director": "direct directs directed directing",
    "governor": "govern governs governed governing",
    "commander": "command commands commanded commanding",
    "judge": "judge judges judged judging presided presiding",
    "prosecutor": "prosecutes prosecuted prosecuting",
}
"""What holders of an office do that others do not."""

_HEADS = frozenset(
    {"secretary-general", "secretary general", "general secretary", "chief executive"}
)
"""Offices whose holders newspapers call chief or boss: "League chief Ada Lund"."""

_HEAD = r"(?:chief|boss)"
_BODY = r"\b[^\W\d_a-z][\w'’-]*"
_COLLEAGUE = r"(?:colleague|counterpart|opposite number|homologue)"
_DOES = (
    r"(?P<trade>(?:[a-z]{2,}(?:er|or|ist|ian|man|woman)|clerk|nurse|cook|judge|guard|pilot|student"
    r"|chef|priest|soldier|surgeon)\b)"
)
_WHO = r"(?P<person>[^\W\d_a-z][\w'’-]+(?:\s+[^\W\d_a-z][\w'’-]+)*)"
_TRADES = (
    re.compile(rf"{_WHO}(?:,\s+(?:\d+,\s+)?|\s+(?:is|was)\s+)an?\s+(?:[a-z-]+\s+){{0,2}}?{_DOES}"),
    re.compile(rf"\b[Aa]n?\s+(?:[a-z-]+\s+){{0,2}}?{_DOES}(?:\s+(?:here|there))?,\s+{_WHO}"),
)
"""A person with what he does for a living: "Ada Lund, a crane driver", "a driver, Ada Lund"."""

_NO_TRADE = frozenset(
    "mother father brother sister daughter number matter member other another former senior major "
    "minor leader founder supporter owner voter prisoner factor winner loser hunger order over "
    "under after later never sever bitter better latter newcomer veteran human civilian".split()
)
_GOES_ON = re.compile(r"(?:He|She|His|Her)\b")
_GONE = re.compile(
    r"\b(?:predecessor|resigned|quit|stepped down|retired|ousted|sacked|dismissed)\b"
)
_BETWEEN_CHARS = 80
"""Characters that may stand between a name and what its holder does: a relative clause."""


def is_worded(office: Office, cited: Sequence[Cited]) -> bool:
    """Whether the cited words have the office itself, as a word among others."""
    wanted = {stem(word) for word in words(office.text)}
    return any(wanted & set(piece.analysis.stem_set) for piece in cited)


def is_filled(office: Office, cited: Sequence[Cited]) -> bool:
    """Whether the cited words have the holder do what the office is for, or call him its head.

    "The envoy who is chairing the talks" is their chairman, "League chief Ada Lund" may be its
    secretary-general. Never an office that excludes others.
    """
    if office.holder is None or office.title in EXCLUSIVE:
        return False
    return any(_fills(office, office.holder.last, piece.analysis) for piece in cited)


def _fills(office: Office, surname: str, there: Analysis) -> bool:
    for name in there.names:
        if name.last != surname:
            continue
        behind = re.split(r"[.;]", there.text[name.span.end : name.span.end + _BETWEEN_CHARS])[0]
        # What stands behind another name is told of that one.
        others = [one for one in there.names if name.span.end < one.span.start]
        does = _TO_BE.get(office.title, "").split()
        verb = next((w for w in re.finditer(r"\b[a-z]+\b", behind) if w[0] in does), None)
        if verb is not None:
            between = behind[: verb.start()]
            apart = re.search(r"\band\b|,\s*(?!who\b|which\b|the\b|an?\b)[a-z]", between)
            acts = any(
                one.span.end <= name.span.end + verb.start()
                and re.match(r"\s+(?:and|has|had|was|is|[a-z]+ed)\b", there.text[one.span.end :])
                for one in others
            )
            if not apart and not acts:
                return True
        lead = there.text[: name.span.start]
        # A "safety chief" is the head of nothing else.
        heads = re.search(rf"(?:{_BODY}|\b[Ii]ts|\b[Tt]he)\s+{_HEAD}[\s,]+$", lead) or re.match(
            rf",\s+(?:the\s+|its\s+)?(?:{_BODY}\s+){{0,3}}{_HEAD}\b", there.text[name.span.end :]
        )
        if office.title in _HEADS and heads:
            return True
    return False


def is_past(office: Office, sources: Sources) -> bool:
    """Whether sources have the office, and the person, said to be a former one, as gone from it.

    "Her predecessor, Bo Tarn, who left in May" is a former director where she is one.
    """
    base = office.title.removeprefix("former ").removeprefix("ex ")
    if base == office.title or office.holder is None:
        return False
    surname = office.holder.last
    return any(other.title == base for _, other in sources.offices) and any(
        surname in sources.analysis(one).word_keys and _GONE.search(one.text)
        for one in sources.story.sentences
    )


def is_colleague(office: Office, cited: Sequence[Cited]) -> bool:
    """Whether the cited words have the country's holder of it as the other one's colleague.

    "The minister asked her Norlandish colleague" tells of Norland's minister.
    """
    return office.nation is not None and any(
        same_name(office.nation, found)
        for piece in cited
        for found in colleagues(piece.analysis.text)
    )


def colleagues(text: str) -> list[str]:
    """Return the keys of the words before "colleague" or "counterpart", countries mostly."""
    return [
        found[1].lower()
        for found in re.finditer(rf"\b([^\W\d_a-z][^\W\d_]+)(?:['’]s)?\s+{_COLLEAGUE}\b", text)
    ]


def is_field(office: Office, claim: str, sentence: Sentence, other: Office) -> bool:
    """Whether a country is what an envoy is for, and not whose he is: "envoy for Norland"."""
    if office.nation is None or office.title != "envoy":
        return False
    if re.search(r"['’]s?\s+$", claim[: office.span.start]):
        return False
    behind = re.match(
        r"\s+(?:for|to|on|in)\s+(?:the\s+)?([^\W\d_a-z][^\W\d_]+)", sentence.text[other.span.end :]
    )
    # The "Norlandish envoy" is Norland's.
    return behind is not None and office.nation == key(behind[1])


def other_trade(claim: Analysis, sources: Sources) -> tuple[Span, Sentence, Span] | None:
    """Return where the claim calls somebody by a trade, and where a source calls him by another.

    None where some sentence near his name has the trade, or a word for it.
    """
    for found in _trades(claim.text):
        surname, trade = key(found["person"].split()[-1]), stem(found["trade"])
        if found["trade"] in _NO_TRADE:
            continue
        alike = {trade, *synonyms(trade)}
        there = [s for s in sources.story.sentences if surname in sources.analysis(s).word_keys]
        if any(alike & one.stem_set for s in there for one in _beside(s, sources)):
            continue
        for sentence in there:
            for other in _trades(sentence.text):
                if key(other["person"].split()[-1]) != surname or other["trade"] in _NO_TRADE:
                    continue
                return Span(*found.span("trade")), sentence, Span(*other.span("trade"))
    return None


def _trades(text: str) -> list[re.Match[str]]:
    return [found for trade in _TRADES for found in trade.finditer(text)]


def _beside(sentence: Sentence, sources: Sources) -> list[Analysis]:
    """Return a sentence, and the one behind it where that goes on about the same person."""
    inside = sources.sentences_of(sentence.article)
    at = inside.index(sentence)
    behind = [one for one in inside[at + 1 : at + 2] if _GOES_ON.match(one.text)]
    return [sources.analysis(one) for one in (sentence, *behind)]
