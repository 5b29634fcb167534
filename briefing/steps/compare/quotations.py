"""One quotation of one speaker that two articles print in different words."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import combinations

from briefing.data.article import Sentence
from briefing.steps.compare.found import Found, Stand, counted, found, majority
from briefing.steps.compare.frames import alike
from briefing.steps.compare.reading import Reading
from briefing.text.canonical import form
from briefing.text.speakers import speaker_names, speakers
from briefing.text.words import STOPWORDS, stem

_QUOTED = re.compile(r"(?:[\"“„«]|'')(?P<words>(?:(?!'')[^\"“”„«»]){4,})(?:[\"”“»]|''|$)")
_INSERTED = re.compile(r"\[[^\]]{0,60}\]|\([^)]{0,60}\)")
"""What an editor puts into a quotation, or in the place of some of its words."""

_CONTRACTIONS = (
    ("won't", "will not"), ("can't", "can not"), ("cannot", "can not"), ("n't", " not"),
    ("'re", " are"), ("'ve", " have"), ("'ll", " will"), ("'m", " am"), ("w/", "with"),
    ("&", "and"),
)  # fmt: skip
_MOST = 400
"""Quotations that are held against each other, each with all others."""

_FEWEST_WORDS = 5
_FEWEST_SHARED = 3
_SAME_SPEAKER, _UNKNOWN_SPEAKER = 0.6, 0.7
"""Least share of the shorter quotation's content words that the longer one has."""

_LEAST_OF_LONGER = 0.4
_SAME_BUILD = 0.6
_BUILT_WORDS = 8
"""How alike the words of two quotations of one speaker are, those without content too, and how
many words each has at least, where they are built alike and the words of content were changed."""

_LEAST_IN_ORDER = 0.5
"""Least ratio of words that both have in the same order."""

_LABEL_WORDS = 16
_DENIAL_WORDS = 8
_DENIAL = re.compile(r"(?:not?|never|neither|nor|without|cannot|hardly)$|.*n['’]t$")
"""What stands shortly before the words shown is shown too."""

_MANY_CHANGED = 2
"""Content words that make of a slip of the pen another wording."""


@dataclass(frozen=True, slots=True)
class _Quotation:
    sentence: Sentence
    text: str
    words: tuple[str, ...]
    """Lower case, contractions undone, marks of omission as "…"."""

    stems: frozenset[str]
    speakers: frozenset[str]
    """Keys of the speaker's name; empty where no words near it give one."""

    is_sure: bool
    """The speaker stands in the sentence itself."""


def quotations(reading: Reading) -> list[Found]:
    """Return the quotations that articles print in different words.

    A shortened quotation, marks, contractions and the two spellings of English are no difference;
    nor are two speakers who say much the same.
    """
    quoted = [one for s in reading.story.sentences if (one := _quotation(s, reading)) is not None]
    groups: list[list[_Quotation]] = []
    for one, other in combinations(quoted[:_MOST], 2):
        if one.sentence.article == other.sentence.article or not _are_versions(one, other):
            continue
        same = [group for group in groups if one in group or other in group]
        groups = [group for group in groups if group not in same]
        groups.append(list(dict.fromkeys([*(q for g in same for q in g), one, other])))
    divided = [(group, _sides(group)) for group in groups]
    return [_discrepancy(group, sides, reading) for group, sides in divided if len(sides) > 1]


def _quotation(sentence: Sentence, reading: Reading) -> _Quotation | None:
    parts = list(_parts(sentence))
    text = " … ".join(parts)
    spoken = tuple(_words(text))
    stems = frozenset(stem(w) for w in spoken if w not in STOPWORDS and w != "…")
    if len(spoken) < _FEWEST_WORDS or len(stems) < _FEWEST_SHARED:
        return None
    speakers, is_sure = _speakers(sentence, reading)
    return _Quotation(sentence, text, spoken, stems, speakers, is_sure)


def _parts(sentence: Sentence) -> Iterator[str]:
    """Return what of a sentence stands in quotation marks."""
    text = sentence.text
    if sentence.in_quotation:
        closing = re.search(r"[\"”»]|''", text)
        yield text[: closing.start()] if closing else text
        text = text[closing.end() :] if closing else ""
    for quoted in _QUOTED.finditer(text):
        yield quoted["words"]


def _words(text: str) -> list[str]:
    lowered = _INSERTED.sub(" … ", form(text).lower())
    for short, long in _CONTRACTIONS:
        lowered = lowered.replace(short, long)
    return re.findall(r"…|[^\W_]+(?:['’][^\W_]+)*", lowered.replace("...", "…"))


def _speakers(sentence: Sentence, reading: Reading) -> tuple[frozenset[str], bool]:
    """Return the keys of the nearest speaker, here or in the sentences before, and whether here."""
    at: Sentence | None = sentence
    for _ in range(4):
        if at is None:
            break
        outside = _QUOTED.sub(' " ', at.text)
        keys = [key for phrase in speakers(outside) for key in speaker_names(phrase)]
        if keys:
            return frozenset(map(reading.naming.folded, keys)), at is sentence
        at = reading.before(at)
    return frozenset(), False


def _are_versions(one: _Quotation, other: _Quotation) -> bool:
    if one.is_sure and other.is_sure and not one.speakers & other.speakers:
        return False
    if len(one.stems & other.stems) < _FEWEST_SHARED - 1:
        return False
    known = bool(one.speakers & other.speakers)
    if known and one.is_sure and other.is_sure and _are_built_alike(one, other):
        return not _is_cut(one, other) and _is_reworded(one, other)
    shared = [a for a in one.stems if any(alike(a, b) for b in other.stems)]
    short, long = sorted((len(one.stems), len(other.stems)))
    if len(shared) < _FEWEST_SHARED or len(shared) / long < _LEAST_OF_LONGER:
        return False
    if len(shared) / short < (_SAME_SPEAKER if known else _UNKNOWN_SPEAKER):
        return False
    if SequenceMatcher(None, _stems(one), _stems(other), False).ratio() < _LEAST_IN_ORDER:
        return False
    return not _is_cut(one, other) and _is_reworded(one, other)


def _are_built_alike(one: _Quotation, other: _Quotation) -> bool:
    """Whether most words stand in the same order: "a warning to every X in the Y"."""
    return (
        min(len(one.words), len(other.words)) >= _BUILT_WORDS
        and SequenceMatcher(None, _stems(one), _stems(other), False).ratio() >= _SAME_BUILD
    )


def _stems(quotation: _Quotation) -> list[str]:
    return [stem(word) for word in quotation.words if word != "…"]


def _is_cut(one: _Quotation, other: _Quotation) -> bool:
    """Whether one is the other with words left out at its ends, or where marks say so."""
    short, long = sorted((one, other), key=lambda quotation: len(quotation.words))
    whole = f" {' '.join(stem(word) for word in long.words)} "
    at = 0
    for part in " ".join(stem(word) for word in short.words).split("…"):
        found_at = whole.find(f" {part.strip()} ", at)
        if part.strip() and found_at < 0:
            return False
        at = max(at, found_at)
    return True


def _is_reworded(one: _Quotation, other: _Quotation) -> bool:
    """Whether a content word differs, or two other words, between the ends of what they share."""
    changed = _changed(one, other)
    return any(word not in STOPWORDS for word in changed) or len(changed) >= 2


def _changed(one: _Quotation, other: _Quotation) -> list[str]:
    """Return the stems that only one of them has, what is left out at the ends not counted."""
    left, right = _stems(one), _stems(other)
    blocks = SequenceMatcher(None, left, right, autojunk=False).get_opcodes()
    inner = [b for b in blocks if b[0] != "equal"]
    if blocks and blocks[0][0] in {"insert", "delete"}:
        inner = inner[1:]
    if blocks and blocks[-1][0] in {"insert", "delete"} and inner:
        inner = inner[:-1]
    inner = [b for b in inner if "".join(left[b[1] : b[2]]) != "".join(right[b[3] : b[4]])]
    return [word for _, a, b, c, d in inner for word in (*left[a:b], *right[c:d])]


def _sides(group: Sequence[_Quotation]) -> list[list[_Quotation]]:
    """Return the wordings, each with those who have it, whole or shortened."""
    sides: list[list[_Quotation]] = []
    for one in group:
        side = next((s for s in sides if _is_cut(s[0], one) or s[0].words == one.words), None)
        if side is None:
            sides.append([one])
        else:
            side.append(one)
    return sides


def _discrepancy(
    group: Sequence[_Quotation], sides: Sequence[Sequence[_Quotation]], reading: Reading
) -> Found:
    stands = tuple(
        Stand(_excerpt(side[0], sides[0 if place else 1][0]), tuple(one.sentence for one in side))
        for place, side in enumerate(sides)
    )
    official = next(
        (s for s in stands if any(reading.is_official(sentence) for sentence in s.sentences)), None
    )
    winner = official or majority(stands)
    changed = _changed(sides[0][0], sides[1][0])
    speaker = _named(group, reading)
    return found(
        "quotation wording",
        stands,
        severity="medium" if len(set(changed) - STOPWORDS) >= _MANY_CHANGED else "low",
        winner=winner,
        is_disputing=False,
        reason=counted(stands) + ("; the first is in the office's own text" if official else ""),
        wording=f"{speaker} is quoted in different words: {' or '.join(s.label for s in stands)}.",
    )


def _excerpt(one: _Quotation, other: _Quotation) -> str:
    """Return the quotation from shortly before its first word that the other has not.

    An article that only one of them begins with is not what a reader looks for.
    """
    shown = one.text.split()
    left, right = (
        [stem(re.sub(r"[^\w'’-]", "", word.lower())) for word in quotation.text.split()]
        for quotation in (one, other)
    )
    blocks = SequenceMatcher(None, left, right, autojunk=False).get_opcodes()
    every = [block for block in blocks if block[0] != "equal"]
    telling = [b for b in every if not STOPWORDS.issuperset(left[b[1] : b[2]] + right[b[3] : b[4]])]
    changed = telling or every
    if len(shown) <= _LABEL_WORDS or not changed:
        return f"“{' '.join(shown).strip(' ,.')}”"
    first = max(0, min(changed[0][1] - 3, len(shown) - _LABEL_WORDS))
    # Cut behind a denial, the words would say the opposite.
    denials = [at for at in range(max(0, first - _DENIAL_WORDS), first) if _DENIAL.match(left[at])]
    first = max(0, min(denials) - 1) if denials else first
    last = first + _LABEL_WORDS
    head, tail = "… " if first else "", " …" if last < len(shown) else ""
    return f"“{head}{' '.join(shown[first:last]).strip(' ,.')}{tail}”"


def _named(group: Sequence[_Quotation], reading: Reading) -> str:
    counts = Counter(key for one in group if one.is_sure for key in one.speakers)
    for one in group:
        for name in reading.analysis(one.sentence).names:
            if counts[reading.naming.folded(name.last)] >= 2:
                return name.text
    return "One speaker"
