"""Read to whom an article gives the words that it carries."""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set

from briefing.data.article import Article, Sentence
from briefing.data.origin import Passage, Place
from briefing.text.names import initials
from briefing.text.words import STOPWORDS

# Every quantifier is bounded or possessive, and a name is entered at its first letter only, so that
# a page of capitals costs one pass.
_NAME = (
    r"(?<![\w&.’'-])[A-Z][\w&.’'-]*+"
    r"(?: (?:of |for |and |the |de |du ){0,2}[A-Z][\w&’'-]*+){0,6}"
)
_SAID = r"(?:said|says|added|adds|stated|announced|reported|noted|confirmed|maintained)"
_STATEMENT = r"(?:statement|communiqué|communique|press release|release|readout|handout)"
_CREDITED = re.compile(
    rf"\b(?i:according to|quoting|citing|told) (?i:the )?(?P<to>{_NAME})"
    rf"|(?P<said>{_NAME})(?: {_STATEMENT})?,? (?:also |later |further )?{_SAID}\b"
    rf"|(?P<stated>{_NAME})(?:,? in an?(?: \w+)? | ){_STATEMENT}\b"
    rf"|\b{_SAID},? (?:the )?(?P<after>{_NAME})"
    rf"|\({_NAME}/(?P<agency>[A-Z]{{2,12}})\)|\((?P<wire>{_NAME})\) [-–—]"
)

_BODY = re.compile(
    r"\b(?:office|ministry|agency|department|embassy|palace|parliament|government|council|court"
    r"|police|army|navy|commission|committee|union|party|bank|bureau|authority|institute|university"
    r"|association|federation|organi[sz]ation|company|group|house|secretariat|service|press|news"
    r"|radio|television|tv|wire|times|post|journal|gazette|courier|mirror|herald|tribune|newsline"
    r"|reuters|xinhua|interfax|bloomberg|kremlin|pentagon|nato)\b|(?-i:^[A-Z]{2,6}$)",
    re.IGNORECASE,
)
"""A person is no source of a text; what issues statements or sends news is."""


def sources(
    passages: Sequence[Passage],
    articles: Mapping[str, Article],
    sentences: Mapping[str, Sequence[Sentence]],
) -> list[str | None]:
    """Return whom the carriers of each passage give it to, or None where no one stands out.

    Counted are ministries, agencies and the like that are named beside a verb of saying in the
    sentences that hold the text, and the agency of a dateline that two carriers have.

    Args:
        passages: The shared texts.
        articles: By id.
        sentences: By article id, in order.
    """
    labels = {
        sentence.id: _labels(sentence.text) for of_it in sentences.values() for sentence in of_it
    }
    spelled = _spelled_out({label for of_it in labels.values() for label in of_it})
    found: list[str | None] = []
    for passage in passages:
        named: dict[str, set[str]] = defaultdict(set)
        for place in passage.places:
            for sentence in _within(place, sentences[place.article]):
                for label in labels[sentence.id]:
                    named[spelled.get(label, label)].add(place.article)
        for outlet, carriers in _shared_outlets(passage, articles).items():
            named[outlet].update(carriers)
        found.append(_outstanding(named))
    return found


def _shared_outlets(passage: Passage, articles: Mapping[str, Article]) -> dict[str, frozenset[str]]:
    """Return the outlets that two carriers have: the agency whose dateline both print."""
    outlets: dict[str, set[str]] = defaultdict(set)
    for article in passage.articles:
        outlets[articles[article].outlet].add(article)
    return {
        outlet: frozenset(carriers)
        for outlet, carriers in outlets.items()
        if len(carriers) > 1 and outlet not in {"", "unknown"}
    }


def _outstanding(named: Mapping[str, set[str]]) -> str | None:
    ranked = sorted(named, key=lambda label: (-len(named[label]), label))
    if len(ranked) > 1 and len(named[ranked[0]]) == len(named[ranked[1]]):
        return None
    return ranked[0] if ranked else None


def _within(place: Place, sentences: Sequence[Sentence]) -> Iterable[Sentence]:
    first = bisect_right([sentence.span.end for sentence in sentences], place.start)
    for sentence in sentences[first:]:
        if sentence.span.start >= place.end:
            return
        yield sentence


def _labels(text: str) -> set[str]:
    """Return the bodies that the sentence gives words to."""
    found = set()
    for match in _CREDITED.finditer(text):
        words = next(name for name in match.groups() if name).split()
        while words and words[0].lower() in STOPWORDS:
            del words[0]
        label = " ".join(words).removesuffix("'s").removesuffix("’s").rstrip(".")
        if _BODY.search(label):
            found.add(label)
    return found


def _spelled_out(labels: Set[str]) -> dict[str, str]:
    """Return the name behind each acronym, where one has its initials."""
    long: dict[str, list[str]] = defaultdict(list)
    for label in sorted(labels):
        long[initials(label)].append(label)
    return {short: long[short][0] for short in labels if len(long.get(short, ())) == 1}
