"""Names that articles spell in more than one way."""

from collections import Counter
from collections.abc import Sequence

from briefing.steps.compare.found import Found, Stand, counted, found
from briefing.steps.compare.reading import Reading
from briefing.text.names import Name, key

MOST = 5
"""A page is no list of misprints: the names that the most sentences have come first."""


def misspellings(reading: Reading) -> list[Found]:
    """Return the names with several spellings, one discrepancy a name.

    The spelling that most articles use is the canonical one; quotations keep theirs.
    """
    by_name: dict[str, list[tuple[str, Stand]]] = {}
    for spelling in reading.naming.spellings:
        usual = _stand(spelling.usual, reading, frozenset())
        beside = frozenset(map(key, usual.label.split()))
        variant = _stand(spelling.variant, reading, beside)
        by_name.setdefault(usual.label, [("", usual)]).append((spelling.variant, variant))
    every = [_discrepancy([stand for _, stand in stands]) for stands in by_name.values()]
    return sorted(every, key=lambda one: -sum(len(s.citations) for s in one.discrepancy.sides))[
        :MOST
    ]


def _stand(word: str, reading: Reading, beside: frozenset[str]) -> Stand:
    places = [
        (sentence, name)
        for sentence in reading.story.sentences
        for name in reading.analysis(sentence).names
        if word in map(key, name.text.split())
    ]
    label = _surface([name for _, name in places], reading, beside)
    return Stand(label, tuple(dict.fromkeys(s for s, _ in places)))


def _discrepancy(stands: list[Stand]) -> Found:
    others = " and ".join(f"“{stand.label}”" for stand in stands[1:])
    return found(
        "spelling",
        stands,
        severity="low",
        winner=stands[0],
        is_disputing=False,
        reason=f"most sentences have {stands[0].label!r}: {counted(stands)}",
        wording=f"{stands[0].label} is also spelt {others}.",
    )


def _surface(named: Sequence[Name], reading: Reading, beside: frozenset[str]) -> str:
    """Return the name as most places write it, with its first name where it has one.

    A form with one of the words `beside` it goes first: two people may share the spelling.
    """
    forms: Counter[str] = Counter()
    for name in named:
        parts = name.text.removesuffix("'s").removesuffix("’s").replace("’", "'").split()
        while len(parts) > 2 and reading.naming.stands_alone(parts[0]):
            # "envoy for Norland Anna Bell": the country is no part of the name.
            parts = parts[1:]
        forms[" ".join(parts)] += 1
    return max(
        forms,
        key=lambda text: (
            bool(beside & set(map(key, text.split()))),
            min(len(text.split()), 2),
            forms[text],
            text,
        ),
    )
