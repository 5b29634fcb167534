"""Spellings of one name, folded to the one that most articles use."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations, takewhile

from rapidfuzz.distance import OSA

from briefing.data.article import Sentence
from briefing.text.names import Name, key, same_name
from briefing.text.offices import Office
from briefing.text.words import stem

_SHORTEST = 5
"""Letters of a name that may be misspelt: two shorter names are too often two names."""

_LONG_FOR_TWO = 6
"""Letters of a name of which two may be wrong, where a first name or an office speaks for it."""


@dataclass(frozen=True, slots=True)
class Spelling:
    """Two spellings of one word of a name, as keys."""

    usual: str
    variant: str


@dataclass(slots=True)
class _Use:
    """How one word of a name is used over all articles."""

    count: int = 0
    articles: set[str] = field(default_factory=set)
    sentences: set[str] = field(default_factory=set)
    company: set[str] = field(default_factory=set)
    """What stands beside it: "<zamir" before a surname, ">lund" behind a first name, "@envoy"."""

    before: set[str] = field(default_factory=set)
    """First names alone."""

    given: bool = False
    """It stands before another word of a name: a first name or a part of a longer one."""


Read = Sequence[tuple[Sentence, Sequence[Name], Sequence[Office]]]


def spellings(read: Read) -> tuple[Spelling, ...]:
    """Return the misspelt or differently transliterated words of names, rarest last.

    Two words are one name where they differ by a letter or two and share a first name, a surname
    or an office; by one letter alone where the rarer of them has no company of its own. Names that
    stand in one sentence, inflections, and words that texts use without a capital stay apart.
    """
    uses = _uses(read)
    common = {word for sentence, _, _ in read for word in _lower_words(sentence.text)}
    found: dict[str, str] = {}
    for first, second in _neighbours(uses):
        variant, usual = sorted((first, second), key=lambda word: (_weight(uses[word]), word))
        if variant in common or usual in common:
            continue
        if _is_one(variant, usual, uses):
            known = found.get(variant)
            if known is None or _weight(uses[usual]) > _weight(uses[known]):
                found[variant] = usual
    return tuple(Spelling(_last(usual, found), variant) for variant, usual in sorted(found.items()))


def _last(word: str, found: Mapping[str, str]) -> str:
    seen = {word}
    while word in found and found[word] not in seen:
        word = found[word]
        seen.add(word)
    return word


def _uses(read: Read) -> dict[str, _Use]:
    uses: dict[str, _Use] = defaultdict(_Use)
    for sentence, named, offices in read:
        titles = {o.holder.span: o.title for o in offices if o.holder is not None}
        for name in named:
            parts = [key(part) for part in name.text.split()]
            for place, part in enumerate(parts):
                use = uses[part]
                use.count += 1
                use.articles.add(sentence.article)
                use.sentences.add(sentence.id)
                is_last = place == len(parts) - 1
                if place and is_last:
                    use.company.add(f"<{parts[place - 1]}")
                    use.before.add(parts[place - 1])
                if not is_last:
                    use.company.add(f">{parts[-1]}")
                    use.given = True
                elif title := titles.get(name.span):
                    use.company.add(f"@{title}")
    return uses


def _weight(use: _Use) -> tuple[int, int]:
    return len(use.articles), use.count


def _lower_words(text: str) -> Iterable[str]:
    return (key(word) for word in text.split() if word[:1].islower())


def _neighbours(uses: Mapping[str, _Use]) -> Iterator[tuple[str, str]]:
    """Yield pairs that begin or end alike: no pass over all pairs of a long story."""
    by_end: dict[str, list[str]] = defaultdict(list)
    for word in sorted(uses):
        if len(word) >= _SHORTEST and word.replace("'", "").isalpha():
            by_end[f"{word[:2]}<"].append(word)
            by_end[f">{word[-3:]}"].append(word)
    seen = set()
    for group in by_end.values():
        for pair in combinations(group, 2):
            if pair not in seen and abs(len(pair[0]) - len(pair[1])) <= 2:
                seen.add(pair)
                yield pair


def _is_one(variant: str, usual: str, uses: Mapping[str, _Use]) -> bool:
    far = OSA.distance(variant, usual, score_cutoff=2)
    if not 1 <= far <= 2 or _are_forms(variant, usual):
        return False
    here, there = uses[variant], uses[usual]
    if here.sentences & there.sentences:
        return False
    shared = here.company & there.company or _hold_one_office(here, there, uses)
    if here.before and there.before and not here.before & there.before:
        # "Anna Bell" and "Boris Bels" are two people, unless the first name is the variant.
        return False
    if not shared and (here.given or there.given or _have_one_root(variant, usual, uses)):
        return False
    if shared:
        return far == 1 or min(len(variant), len(usual)) >= _LONG_FOR_TWO
    if _transliterated(variant) == _transliterated(usual):
        return True
    return (
        far == 1 and len(variant) > _SHORTEST and not here.before and here.count * 2 < there.count
    )


def _hold_one_office(here: _Use, there: _Use, uses: Mapping[str, _Use]) -> bool:
    """Whether both are first names before surnames a letter apart, with the same office.

    "Envoy Ann Ross" and "envoy Anne Ros" are one; without an office they may be two people.
    """
    return any(
        OSA.distance(one, other, score_cutoff=1) == 1
        and any(
            office.startswith("@") for office in uses[one[1:]].company & uses[other[1:]].company
        )
        for one in here.company
        for other in there.company
        if one.startswith(">") and other.startswith(">")
    )


def _transliterated(word: str) -> str:
    """Return `word` with the vowels that German and the Nordic languages write in two ways as one.

    "Ö" loses its dots in one paper and becomes "oe" in another.
    """
    return word.replace("oe", "o").replace("ae", "a").replace("ue", "u")


def _have_one_root(one: str, other: str, uses: Mapping[str, _Use]) -> bool:
    """Whether they differ in the ending alone, or a shorter name begins both: Germany, Germans."""
    root = "".join(
        a for a, b in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False))
    )
    return len(root) >= min(len(one), len(other)) - 1 or root in uses or root[:-1] in uses


def _are_forms(one: str, other: str) -> bool:
    """Whether the two are forms of one word, or spellings of the two Englishes."""
    short, long = sorted((one, other), key=len)
    if stem(one) == stem(other) or same_name(one, other):
        return True
    if one.replace("z", "s") == other.replace("z", "s") and "iza" in one + other:
        return True
    # Slavic women bear the name with an a; plurals and peoples end in s, n or i.
    return long.startswith(short)
