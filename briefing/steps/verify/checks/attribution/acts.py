"""What somebody says by another verb than one of saying: who voices, denies, or calls for it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from briefing.data.article import Span
from briefing.steps.verify.sources import Cited
from briefing.text.analysis import Analysis
from briefing.text.names import key, same_name
from briefing.text.speakers import beside, named
from briefing.text.speech import SAYING
from briefing.text.words import content_stems, words

_FAMILIES = {
    "demand": r"demand(?:s|ed|ing)|urg(?:es|ed|ing)|call(?:s|ed|ing) (?:for|on)|appeal(?:s|ed|ing)"
    r"|press(?:es|ed|ing)|insist(?:s|ed|ing) on",
    "deny": r"den(?:ies|ied|ying)|reject(?:s|ed|ing)|dismiss(?:es|ed|ing)|disput(?:es|ed|ing)",
    "blame": r"accus(?:es|ed|ing)|blam(?:es|ed|ing)|condemn(?:s|ed|ing)|criticis(?:es|ed|ing)"
    r"|criticiz(?:es|ed|ing)|denounc(?:es|ed|ing)|protest(?:s|ed|ing)",
    "promise": r"promis(?:es|ed|ing)|pledg(?:es|ed|ing)|vow(?:s|ed|ing)|undert(?:akes|ook)",
    "answer": r"answer(?:s|ed|ing)|repl(?:ies|ied|ying)",
    "voice": r"voic(?:es|ed|ing)|express(?:es|ed|ing)|reaffirm(?:s|ed|ing)"
    r"|reiterat(?:es|ed|ing)|regret(?:s|ted|ting)|prais(?:es|ed|ing)|welcom(?:es|ed|ing)"
    r"|hail(?:s|ed|ing)|underlin(?:es|ed|ing)|confirm(?:s|ed|ing)|admit(?:s|ted|ting)"
    r"|acknowledg(?:es|ed|ing)|object(?:s|ed|ing)",
}
"""Verbs of speaking with an object, by what is done with them."""

_ACT = re.compile("|".join(rf"\b(?P<{name}>{verbs})\b" for name, verbs in _FAMILIES.items()))
_TO_ITS_VERB = re.compile(
    r"(?:,[^,;.]{1,80},)?\s+(?:(?:has|had|have|also|then|later|again|both|\w+ly)\s+){0,3}[\"“]?$"
)
"""What may stand between who acts and the verb."""

_AND_ALSO = re.compile(r"(?:\band|\bbut|,)\s+(?:(?:has|had|also|then|later|again|\w+ly)\s+){0,3}$")
_PRONOUN = re.compile(
    r"\b(?:he|she|they|it)\s+(?:(?:has|had|have|also|\w+ly)\s+){0,2}[\"“]?$", re.I
)
_APART = re.compile(r";|\.\s|\b(?:while|whereas)\b")

_VIEW_OF = re.compile(
    r"\b(?:[Ii]n|[Bb]y|[Tt]o)\s+(?P<who>(?:[\w.-]+\s+){0,3}[A-Z][\w.-]*)['’]s?\s+"
    r"(?:view|opinion|account|eyes|words|estimate|reckoning|judge?ment)\b"
    r"|\b[Ii]n the (?:view|opinion|eyes|judge?ment) of (?P<of>[^,.;]{2,60})"
    r"|\b[Aa]s (?P<put>[^,.;]{2,60}) (?:puts?|sees|saw|tells|told) it\b"
)
"""Words that make what a sentence tells somebody's view."""

_OF_THE_ACT = 0.6
"""Share of what a sentence has somebody say, and the source too, that stands behind his verb."""

_FEWEST = 2
"""Content words that stand so behind both verbs, whatever their share."""


@dataclass(frozen=True, slots=True)
class _Act:
    """A verb of speaking with who speaks, as keys of names; none where it is a pronoun."""

    family: str
    by: frozenset[str]
    span: Span


def speaks_by_act(name: Sequence[str], claim: Analysis, cited: Sequence[Cited]) -> bool:
    """Whether the source has somebody do in other words all that the claim has him say.

    "Lund told Penn that she was worried" is borne out by "Lund voiced worry", "the Front called
    for an inquiry" by "the Front demanded one".

    Args:
        name: Of who speaks in the claim, as keys.
        claim: A sentence.
        cited: The pieces that it cites.
    """
    verbs = list(SAYING.finditer(claim.text))
    ends = [*(verb.start() for verb in verbs[1:]), len(claim.text)]
    told = [
        (verb, set(content_stems(claim.text[verb.end() : end])) - set(name))
        for verb, end in zip(verbs, ends, strict=True)
        if any(one == list(name) for one in named(beside(verb, claim.text)))
    ]
    return bool(told) and all(_is_done(name, verb, behind, cited) for verb, behind in told)


def _is_done(
    name: Sequence[str], verb: re.Match[str], behind: set[str], cited: Sequence[Cited]
) -> bool:
    own = _ACT.match(verb.string, verb.start())
    for piece in cited:
        shared = behind & piece.analysis.stem_set
        for act in _acts(piece.analysis):
            who = act.by or piece.analysis.name_keys
            if not any(same_name(name[-1], one) for one in who):
                continue
            there = shared & set(content_stems(piece.analysis.text[act.span.end :]))
            if own is not None and own.lastgroup == act.family and there:
                return True
            if len(there) >= _FEWEST and len(there) >= _OF_THE_ACT * len(shared):
                return True
    return False


def givers(claim: Analysis) -> list[frozenset[str]]:
    """Return the keys of each name that the claim has voice, deny or demand what it tells.

    And of those in whose view it is told.
    """
    viewing = [
        found["who"] or found["of"] or found["put"] for found in _VIEW_OF.finditer(claim.text)
    ]
    return [act.by for act in _acts(claim) if act.by] + [
        frozenset(map(key, words(who))) for who in viewing
    ]


def _acts(analysis: Analysis) -> Iterator[_Act]:
    """Yield the verbs of speaking of a text with the name before each, or before the one before."""
    by: frozenset[str] = frozenset()
    since = 0
    for verb in _ACT.finditer(analysis.text):
        lead = analysis.text[: verb.start()]
        before = [name for name in analysis.names if name.span.end <= verb.start()]
        if before and _TO_ITS_VERB.fullmatch(lead, before[-1].span.end):
            by = frozenset(map(key, words(before[-1].text)))
        elif _PRONOUN.search(lead):
            by = frozenset()
        elif not (since and _AND_ALSO.search(lead)):
            continue
        elif _APART.search(lead, since):
            since = 0
            continue
        since = verb.end()
        assert verb.lastgroup is not None
        yield _Act(verb.lastgroup, by, Span(*verb.span()))
