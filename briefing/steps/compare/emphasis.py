"""One occasion of which two articles say that different things mattered most."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from itertools import combinations

from briefing.data.article import Sentence
from briefing.steps.compare.found import Found, Stand, counted, found, source, topic
from briefing.steps.compare.frames import alike, meet
from briefing.steps.compare.reading import Reading
from briefing.text.dates import Period, resolve
from briefing.text.words import stem

_OCCASION = (
    r"(?:talks|meetings?|negotiations|discussions|consultations|conversation|dialogue|visit|trip|tour"
    r"|summit|conference|congress|session|debate|hearing|trial|forum|round|encounter|dinner|agenda"
    r"|consultation|discussion|gathering|assembly)"
)
_KINDS = {
    "talk": "talks meeting negotiations discussions consultations conversation dialogue discussion "
    "consultation encounter",
    "visit": "visit trip tour",
    "summit": "summit conference congress forum assembly gathering",
    "debate": "debate",
    "trial": "trial hearing",
    "session": "session round",
    "dinner": "dinner",
}
_KIND_OF = {
    form: kind
    for kind, forms in _KINDS.items()
    for word in forms.split()
    for form in (word, word.removesuffix("s"))
}
_MEASURE = (
    r"(?:above all|chiefly|mainly|mostly|primarily|largely|principally|first and foremost"
    r"|almost only)"
)
_FIRST = (
    r"(?:main|chief|key|principal|central|most important|dominant|biggest|overriding)\s+"
    r"(?:topics?|subjects?|issues?|themes?|outcomes?|results?|points?|achievements?|focus|concerns?)"
)
_BEHIND = re.compile(
    rf"\b(?:(?:{_MEASURE}\s+)?(?:focus(?:s?ed|es)|cent(?:re|er)(?:d|s)|concentrated|revolved"
    rf"|dwelt)\s+"
    rf"(?:{_MEASURE}\s+)?(?:on|upon|around|about)"
    rf"|(?:was|were|is|are)\s+(?:dominated|overshadowed)\s+by"
    rf"|(?:was|were|is|are)\s+{_MEASURE}\s+about"
    rf"|(?:was|were)\s+(?:devoted|given over)\s+{_MEASURE}\s+to"
    rf"|(?:was|were)\s+{_MEASURE}\s+(?:devoted|given over)\s+to"
    rf"|{_MEASURE},?\s+(?:they|the\s+two|both\s+sides)\s+(?:spoke|talked|argued)\s+about"
    rf"|(?:spoke|talked|argued|dealt)\s+{_MEASURE}\s+(?:about|with)"
    rf"|{_FIRST}\s+(?:of|at|in|on)\s[^,;.]*?\s(?:was|were|is|are)"
    rf"|\bfocus\s+of\s[^,;.]*?\s(?:was|were|is|are))\s+(?P<topic>.+)",
    re.IGNORECASE,
)
"""What mattered stands behind these."""

_BEFORE = re.compile(
    rf"(?P<topic>[^,;.]+?)\s+(?:(?:also\s+)?dominated|overshadowed|topped\s+the\s+agenda"
    rf"|took\s+cent(?:re|er)\s+stage|(?:was|were|stood|is|are)\s+(?:at|in)\s+the\s+"
    rf"(?:cent(?:re|er)|heart|core|focus|top|forefront)\s+of"
    rf"|(?:was|were|is|are)\s+(?:by\s+far\s+)?the\s+(?:{_FIRST}|focus))\b",
    re.IGNORECASE,
)
"""What mattered stands before these."""

_PLAYED_DOWN = re.compile(
    r"(?:(?P<topic>[^,;.]+?)\s+(?:was|were)\s+(?:hardly|barely|scarcely|only\s+briefly|merely"
    r"|not(?:\s+even)?)\s+(?:mentioned|discussed|raised|touched\s+on|on\s+the\s+agenda|an\s+issue)"
    r"|(?P<absent>[^,;.]+?)\s+(?:played\s+no|hardly\s+played\s+a)\s+(?:part|role)"
    r"|\b(?:only\s+briefly|hardly|barely)\s+(?:touched\s+on|mentioned|discussed)\s+(?P<brief>[^,;.]+)"
    r"|\b(?:did\s+not\s+(?:discuss|touch\s+on|focus\s+on|mention|raise)|made\s+no\s+mention\s+of)\s+"
    r"(?P<none>[^,;.]+))",
    re.IGNORECASE,
)
"""What did not matter, in four ways to say so."""

_HINT = re.compile(
    r"\b(?:focus|cent(?:re|er|ral)|concentrated|revolved|dwelt|domina|overshadow|agenda|heart|core"
    r"|forefront|main|chief|key|principal|most important|biggest|overriding|above all|mostly"
    r"|largely|primarily|first and foremost|almost only|hardly|barely|scarcely|only briefly|merely"
    r"|played no|no mention|not\s+(?:even\s+)?(?:mention|discuss|raise|touch|focus|on|an))",
    re.IGNORECASE,
)
"""One of these stands in each of the patterns above, which are slower."""

_ONE_OF_SEVERAL = re.compile(
    r"\b(?:also|another|among|one of|as well|too|besides|both)\b", re.IGNORECASE
)
_PLANNED = re.compile(
    r"\b(?:will|would|shall|(?:is|are) (?:to|due|expected|set|scheduled|likely)|expected|planned)\b"
)
_WORD = re.compile(rf"\b{_OCCASION}\b", re.IGNORECASE)
_MET = re.compile(r"\b(?:met|meets|spoke|talked|argued)\b")
_RANK = re.compile(
    r"\b(?:first|second|third|fourth|fifth|last|final|opening|closing|morning|afternoon)\b",
    re.IGNORECASE,
)
_TOPIC_END = re.compile(
    r"[;.]|\s+[-–—]\s+|,\s+(?=[^,]*\b(?:said|says|told|according)\b)|,\s+(?:who|which|where|while|but)\b"
    r"|\s+(?:when|while|as|during|in\s+the\s+talks|according\s+to)\s"
    r"|\s+(?:of|at)\s+(?:the|their|his|her|its)\s+(?:" + _OCCASION + r")\b"
)
_LEAD = re.compile(
    r"^(?:(?:During|At|In|On|After)\s(?:[^,]*,\s*|.*\s(?=(?:the|a|an)\s))?(?:the\s|a\s|an\s)?"
    r"|(?:the|a|an)\s+)",
    re.IGNORECASE,
)

_FAMILIES = tuple(
    frozenset(map(stem, line.split()))
    for line in (
        "security defence military army terror terrorism weapon arms missile jet troops extremism",
        "trade economy economic investment commerce business tariff customs export import loan "
        "money budget finance tax",
        "migration migrant refugee asylum border visa",
        "climate emission environment warming forest trawling",
        "energy gas oil pipeline electricity power nuclear",
        "war ceasefire peace conflict truce fighting prisoner captive",
        "rail railway road transport bypass bridge traffic",
        "culture cultural concert museum education school university",
        "fish fishing fishery cod quota trawling",
    )
)
"""Words for one field: who stresses security and who stresses terror stress much the same."""

_AGO, _AHEAD = timedelta(days=7), timedelta(days=30)
"""How long before, or after, an article what it gives no day for took place, or will."""

_PARTIES = 2
_NEAR = 2
"""Sentences before one that speaks of "their talks" in which the parties are looked for."""


@dataclass(frozen=True, slots=True)
class _Stress:
    sentence: Sentence
    words: str
    """The words for what mattered, or did not."""

    items: frozenset[str]
    """Stems and keys of names in them."""

    is_down: bool
    is_planned: bool
    kind: str
    """Of occasion."""

    parties: frozenset[str]
    """Keys of the names beside it, one a name: who met, and where."""

    places: frozenset[str]
    periods: tuple[Period, ...]
    ranks: frozenset[str]


def emphases(reading: Reading) -> list[Found]:
    """Return the occasions whose main subject or outcome two articles name differently.

    Read are sentences that say so themselves: what talks focused on, what topped an agenda, what
    was hardly mentioned. Occasions are one where kind, names and days agree. Two subjects of one
    field, a subject that the other article brings up too, and plans beside reports are let be.
    """
    stresses = [one for s in reading.story.sentences for one in _stresses(s, reading)]
    reported: set[frozenset[str]] = set()
    every = []
    for one, other in combinations(stresses, 2):
        articles = frozenset({one.sentence.article, other.sentence.article})
        if len(articles) == 2 and articles not in reported and _differ(one, other, reading):
            reported.add(articles)
            every.append(_discrepancy(one, other))
    return every


def _stresses(sentence: Sentence, reading: Reading) -> Iterator[_Stress]:
    text = sentence.text
    if sentence.in_quotation or text.rstrip().endswith("?") or not _HINT.search(text):
        return
    down = _PLAYED_DOWN.search(text)
    said = down or _BEHIND.search(text) or _BEFORE.search(text)
    if said is None:
        return
    lead = (
        text[: said.end()]
        if said.re is _BEFORE
        else text[: said.start("topic")]
        if not down
        else text
    )
    if not down and _ONE_OF_SEVERAL.search(lead):
        return
    occasion = _kind(text, reading.before(sentence))
    words = next(group for group in said.groupdict().values() if group)
    words = _LEAD.sub("", _TOPIC_END.split(words.strip())[0]).strip()
    names, stems = reading.content(words)
    items = (names | stems) - _OCCASION_STEMS
    if not occasion or not items:
        return
    day = reading.day(sentence)
    is_planned = bool(_PLANNED.search(text[: said.end()] if said.re is _BEFORE else lead))
    near = [sentence, *_before(sentence, reading)]
    parties = _named(text, reading) - names
    for earlier in near[1:]:
        if len(parties) >= _PARTIES:
            break
        parties |= _named(earlier.text, reading)
    mentions = [m for s in near[:2] for m in reading.analysis(s).dates]
    periods = tuple(
        p for m in mentions for p in resolve(m, day) if is_planned or not day or p.first <= day
    )
    if not periods and day:
        periods = (Period(day, day + _AHEAD) if is_planned else Period(day - _AGO, day),)
    yield _Stress(
        sentence=sentence,
        words=words,
        items=items,
        is_down=bool(down),
        is_planned=is_planned,
        kind=occasion,
        parties=parties,
        places=reading.places(text) - items,
        periods=periods,
        ranks=frozenset(found[0].lower() for found in _RANK.finditer(text)),
    )


_OCCASION_STEMS = frozenset(
    stem(word) for words in _KINDS.values() for word in (*words.split(), "agenda", "side", "issue")
)


def _named(text: str, reading: Reading) -> frozenset[str]:
    """Return one key a name: the surname of a person."""
    naming = reading.naming
    return frozenset(naming.folded(one.last) for one in naming.names(text)) | naming.holder_keys(
        text
    )


def _before(sentence: Sentence, reading: Reading) -> Iterator[Sentence]:
    at = sentence
    for _ in range(_NEAR):
        earlier = reading.before(at)
        if earlier is None:
            return
        yield earlier
        at = earlier


def _kind(text: str, before: Sentence | None) -> str:
    """Return the kind of occasion that a sentence, or else the one before it, names."""
    for words in (text, before.text if before else ""):
        named = [_KIND_OF.get(found[0].lower()) for found in _WORD.finditer(words)]
        kinds = [kind for kind in named if kind]
        if kinds:
            return kinds[0]
        if _MET.search(words):
            return "talk"
    return ""


def _differ(one: _Stress, other: _Stress, reading: Reading) -> bool:
    if one.is_planned != other.is_planned or not _are_of_one_occasion(one, other):
        return False
    if one.is_down or other.is_down:
        return one.is_down != other.is_down and meet(one.items, other.items)
    if _is_of_one_field(one.items, other.items):
        return False
    return not _brings_up(one, other, reading) and not _brings_up(other, one, reading)


def _are_of_one_occasion(one: _Stress, other: _Stress) -> bool:
    if one.kind != other.kind or one.ranks != other.ranks:
        return False
    if one.places and other.places and not meet(one.places, other.places):
        return False
    if (
        one.periods
        and other.periods
        and not any(
            a.first <= b.last and b.first <= a.last for a in one.periods for b in other.periods
        )
    ):
        return False
    parties = one.parties - other.items, other.parties - one.items
    fewest = min(map(len, parties))
    return fewest > 0 and len(parties[0] & parties[1]) >= min(_PARTIES, fewest)


def _is_of_one_field(one: frozenset[str], other: frozenset[str]) -> bool:
    return meet(one, other) or any(one & family and other & family for family in _FAMILIES)


def _brings_up(one: _Stress, other: _Stress, reading: Reading) -> bool:
    """Whether the article of `one` speaks anywhere of what `other` says mattered."""
    for sentence in reading.story.sentences:
        if sentence.article == one.sentence.article:
            names, stems = reading.content(sentence.text)
            known = [i for i in other.items if any(alike(i, o) for o in names | stems)]
            if 2 * len(known) > len(other.items):
                return True
    return False


def _discrepancy(one: _Stress, other: _Stress) -> Found:
    if one.is_down:
        one, other = other, one
    stands = tuple(Stand(f"“{topic(s.words, s.sentence)}”", (s.sentence,)) for s in (one, other))
    places = [source(s.sentence) for s in (one, other)]
    wording = (
        f"{places[0]} makes much of {stands[0].label}; {places[1]} says that it hardly came up."
        if other.is_down
        else f"The sources stress different things about one occasion: {stands[0].label} "
        f"({places[0]}) or {stands[1].label} ({places[1]})."
    )
    return found(
        "emphasis",
        stands,
        severity="low",
        is_disputing=False,
        reason=counted(stands),
        wording=wording,
    )
