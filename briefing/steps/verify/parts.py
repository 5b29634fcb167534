"""The parts that a sentence's score is made of, as numbers."""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from math import log

from briefing.ports import Entailment
from briefing.steps.verify.checks import CHECKS
from briefing.steps.verify.finding import Finding
from briefing.steps.verify.likelihood import features
from briefing.steps.verify.premises import Premises
from briefing.steps.verify.sources import Sources
from briefing.text.analysis import Analysis
from briefing.text.names import key
from briefing.text.words import words

_MOST_MISSING = 3
_LONGEST_RUN = 12
"""So many tell all that more would: names, figures or words in a row."""

_NOTHING = Premises(
    best="", two="", few="", best_cover=0.0, window_cover=0.0, few_cover=0.0, all_cover=0.0
)
_UNKNOWN = Entailment(supported=0.0, contradicted=0.0)

_WORDING = (
    "words_plain",
    "words_whole",
    "words_part",
    "verbs_missing",
    "names_weighed",
    "conflicts_weighed",
    "inside",
    "mass",
)
_NO_WORDS = (0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0)


def rule_parts(finding: Finding) -> dict[str, float]:
    """Return what the checks make of a sentence: how many refuse it, and which."""
    conflicts = finding.conflicts
    refusing = {one.name for one in finding.checks if one.refuses}
    return {
        "refusals": float(sum(one.refuses for one in finding.checks) - len(conflicts)),
        "conflicts": float(len(conflicts)),
        "cited_cover": finding.cover,
        "likelihood": _logit(finding.probability),
        **{f"refused_{name}": float(name in refusing) for name in CHECKS},
    }


def wording_parts(claim: Analysis, finding: Finding, sources: Sources) -> dict[str, float]:
    """Return what the likelihood of the words is made of, for the spans that were found."""
    cited = [piece for one in finding.citations if (piece := sources.cited(one)) is not None]
    told = features(claim, cited, finding.checks, sources) if cited else _NO_WORDS
    return dict(zip(_WORDING, told, strict=True))


def lexical_parts(claim: Analysis, found: Premises | None, sources: Sources) -> dict[str, float]:
    """Return what the words, names and numbers of one sentence have in common with the sources."""
    found = found or _NOTHING
    few = Analysis(found.few)
    stems = claim.stems
    pairs = set(pairwise(stems))
    there = {pair for s in sources.story.sentences for pair in _pairs(sources.analysis(s), pairs)}
    named = {key(word) for name in claim.names for word in words(name.text)}
    numbers = claim.numbers
    everywhere = [
        number
        for sentence in (sources.story.sentences if numbers else ())
        for number in sources.analysis(sentence).numbers
    ]
    keys = frozenset().union(
        *(sources.analysis(s).word_keys for s in (sources.story.sentences if named else ()))
    )
    return {
        "cover_best": found.best_cover,
        "cover_window": found.window_cover,
        "cover_few": found.few_cover,
        "cover_all": found.all_cover,
        "names_missing": float(min(_MOST_MISSING, len(named - keys))),
        "names_far": float(min(_MOST_MISSING, len(named - few.word_keys))),
        "numbers_missing": float(
            min(_MOST_MISSING, sum(not any(n.agrees(o) for o in everywhere) for n in numbers))
        ),
        "numbers_far": float(
            min(_MOST_MISSING, sum(not any(n.agrees(o) for o in few.numbers) for n in numbers))
        ),
        "run": min(_LONGEST_RUN, _longest_run(stems, few.stems)) / max(1, len(stems)),
        "pairs": len(there) / max(1, len(pairs)),
        "length": log(1 + len(stems)),
        "source_length": log(1 + len(sources.story.sentences)),
    }


def entailment_parts(
    claim: Analysis,
    found: Premises | None,
    cited: tuple[str, str],
    answers: Mapping[tuple[str, str], Entailment],
) -> dict[str, float]:
    """Return what the model says of one sentence, as logits, by premise."""
    found = found or _NOTHING
    beside = answers.get(cited, _UNKNOWN)
    best, two, few = (
        answers.get((premise, claim.text), _UNKNOWN)
        for premise in (found.best, found.two, found.few)
    )
    supported = [_logit(one.supported) for one in (best, two, few)]
    return {
        "entails_best": supported[0],
        "entails_two": supported[1],
        "entails_few": supported[2],
        "entails_most": max(supported),
        "contradicts_best": _logit(best.contradicted),
        "contradicts_few": _logit(few.contradicted),
        **cited_parts(beside),
    }


def cited_parts(beside: Entailment) -> dict[str, float]:
    """Return what the model says of one sentence beside the words that it cites, as logits."""
    return {
        "entails_cited": _logit(beside.supported),
        "contradicts_cited": _logit(beside.contradicted),
    }


def worst(parts: Sequence[Mapping[str, float]]) -> dict[str, float]:
    """Return the parts of a text of several sentences: each that of its worst sentence."""
    return {
        name: (max if name.startswith(_BAD) else min)(one[name] for one in parts)
        for name in parts[0]
    }


_BAD = ("names_", "numbers_", "verbs_", "contradicts_", "conflicts", "refus", "length")


def _pairs(there: Analysis, wanted: set[tuple[str, str]]) -> set[tuple[str, str]]:
    return wanted & set(pairwise(there.stems)) if wanted else set()


def _longest_run(claim: Sequence[str], source: Sequence[str]) -> int:
    """Return the most words in a row that both share."""
    longest = 0
    before = [0] * (len(source) + 1)
    for one in claim:
        now = [0] * (len(source) + 1)
        for place, other in enumerate(source, start=1):
            if one == other:
                now[place] = before[place - 1] + 1
                longest = max(longest, now[place])
        before = now
    return longest


def _logit(chance: float) -> float:
    return log((chance + 0.01) / (1.01 - chance))
