"""Texts and documents for the property tests."""

from hypothesis import strategies as st

from briefing.data.briefing import (
    ArticleEntry,
    Briefing,
    Check,
    CheckedSentence,
    Citation,
    Confidence,
    Counts,
    Discrepancy,
    DrafterEntry,
    Dropped,
    Kind,
    Section,
    Side,
    Usage,
    Verdict,
)
from briefing.data.origin import Origin, Passage, Place

LETTERS = "abcdeghilnorstuvwxyzABDHLST" + "éüñøßçğ" + "ΑΒγδ" + "Жфия" + "ﬁ" + "你好会"
INNER = "'’-–.0123456789"

letters = st.text(LETTERS, min_size=1, max_size=6)
numbers = st.one_of(
    st.integers(0, 99_999).map(str),
    st.integers(1_000, 9_999_999).map("{:,}".format),
    st.decimals(0, 999, places=1).map(str),
)
words = st.one_of(
    letters,
    numbers,
    st.tuples(letters, st.sampled_from(INNER), letters).map("".join),
    letters.map("“{}”".format),
    letters.map('"{}",'.format),
)
"""What stands between two blanks: it begins and ends as words of the news do."""

anything = st.text(st.characters(exclude_categories=()), max_size=200)
"""Every code point, lone surrogates and controls among them."""

prose = st.lists(
    st.one_of(
        words, st.sampled_from([". ", ".\n\n", "! “", "?” ", "\n", " Gen. ", " U.S. ", "''"])
    ),
    max_size=40,
).map(" ".join)

_SUBJECTS = ("Ada Lund", "Bo Hall", "The harbour office", "The foreign minister", "Tolvessa")
_DEEDS = ("opened", "visited", "praised", "inspected", "described", "financed")
_OBJECTS = ("the rail line", "the old port", "the fish market", "a new bridge", "the town hall")
_TIMES = ("on Monday", "in March 2031", "on 4 April 2031", "last month", "for 3.2 million crowns")

PARTS = (_SUBJECTS, _DEEDS, _OBJECTS, _TIMES)


def fact(parts):
    """A sentence of the news of Port Salm."""
    return " ".join(parts) + "."


facts = st.tuples(*map(st.sampled_from, PARTS)).map(fact)
articles = st.lists(facts, min_size=1, max_size=8).map(" ".join)
stories = st.lists(articles, min_size=1, max_size=4)

texts = st.text(max_size=30)
_ids = st.text("0123456789abcdef", min_size=1, max_size=12)
_citations = st.builds(
    Citation, article=_ids, start=st.integers(0, 99), end=st.integers(1, 99), quote=texts
)
_checks = st.builds(Check, name=texts, ok=st.booleans(), detail=texts)


def _some(values):
    return st.lists(values, max_size=2).map(tuple)


_sentences = st.builds(
    CheckedSentence,
    id=_ids,
    text=texts,
    kind=st.sampled_from(Kind),
    verdict=st.sampled_from(Verdict),
    reason=texts,
    confidence=st.sampled_from(Confidence),
    origins=_some(_ids),
    citations=_some(_citations),
    checks=_some(_checks),
    discrepancies=_some(_ids),
)
_discrepancies = st.builds(
    Discrepancy,
    id=_ids,
    type=st.sampled_from(["date", "number", "title", "spelling"]),
    severity=st.sampled_from(["high", "medium", "low"]),
    status=st.sampled_from(["resolved", "unresolved"]),
    reason=texts,
    wording=texts,
    sides=_some(st.builds(Side, label=texts, citations=_some(_citations))),
)
_entries = st.builds(
    ArticleEntry,
    id=_ids,
    path=st.none() | texts,
    url=st.none() | texts,
    outlet=texts,
    title=texts,
    published=st.none() | st.dates(),
    sha256=st.text("0123456789abcdef", min_size=64, max_size=64),
    chars=st.integers(0, 10**9),
)
_places = st.builds(Place, article=_ids, start=st.integers(0, 99), end=st.integers(1, 99))
_origins = st.builds(
    Origin,
    id=_ids,
    articles=_some(_ids),
    copied=_some(_ids),
    first=st.none() | _ids,
    source=st.none() | texts,
    passages=_some(st.builds(Passage, words=st.integers(0, 99), places=_some(_places))),
)
_counts = st.integers(0, 10**6)
briefings = st.builds(
    Briefing,
    title=texts,
    focus=st.none() | texts,
    template=texts,
    as_of=st.none() | st.dates(),
    drafter=st.builds(DrafterEntry, kind=st.sampled_from(["extractive", "model"]), name=texts),
    articles=_some(_entries),
    origins=_some(_origins),
    sections=_some(st.builds(Section, id=texts, title=texts, sentences=_some(_sentences))),
    discrepancies=_some(_discrepancies),
    gaps=_some(texts),
    dropped=_some(st.builds(Dropped, text=texts, reason=texts, checks=_some(_checks))),
    counts=st.builds(Counts, sentences=_counts, supported=_counts, gaps=_counts, dropped=_counts),
    usage=st.builds(
        Usage,
        calls=_counts,
        prompt_tokens=_counts,
        completion_tokens=_counts,
        cost_usd=st.none() | st.floats(0, 1_000, allow_nan=False),
    ),
)
