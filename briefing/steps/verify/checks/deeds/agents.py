"""Who is behind "by" did it in the source, too, and did not only say so."""

import re
from collections.abc import Sequence

from briefing.data.article import Span
from briefing.data.reason import Reason
from briefing.steps.verify.checks.deeds import actors, directions
from briefing.steps.verify.fault import Fault
from briefing.steps.verify.sources import Cited
from briefing.text.analysis import Analysis
from briefing.text.speech import SAYING
from briefing.text.words import content_stems, stem, synonyms

_BY = re.compile(
    r"\b(?:is|are|was|were|been|being|be)\s+(?:\w+ly\s+)?(?P<verb>[a-z]{3,}(?:ed|en)|built|sent|held"
    r"|led|paid|sold|lost|shut|cut|hit|struck|made|found|won|put)\s+by\s+"
    r"(?!(?:an?|the)\s+(?:start|beginning|middle|end|close|time|day|week|month|year|third|quarter)\b)"
    r"(?P<agent>(?:the|an?|its|their|his|her)\s+(?:(?!(?:of|in|on|at|for|to|from|and|with|after)\b)"
    r"[a-z]+\s*){1,3})"
)
"""A passive with its agent, where that is no name: names are looked at one by one. Not "by the end
of May", or by how much."""

_CLAUSE = re.compile(r"[,;:()]|\b(?:and|but|while|whereas|after|before|when)\b")
_PRONOUN = re.compile(r"\b(?:he|she|they|it|who|which|that|we|I|its|his|her|their)\b", re.I)


def check(claim: Analysis, cited: Sequence[Cited]) -> Fault | None:
    """What is done "by" somebody, or from one to another, is done so in the source."""
    return _by_another(claim, cited) or directions.check(claim, cited) or actors.check(claim, cited)


def _by_another(claim: Analysis, cited: Sequence[Cited]) -> Fault | None:
    """Return what is wrong where something is done "by the operator" that others do.

    They may do it in the operator's words. Only where each clause that has the verb names
    somebody else as the one who acts, and the agent stands in another clause.
    """
    for found in _BY.finditer(claim.text):
        agent = {one for word in content_stems(found["agent"]) for one in (word, *synonyms(word))}
        verb = stem(found["verb"])
        there = [
            (piece, clause, at)
            for piece in cited
            for clause in _clauses(piece.analysis)
            for at in clause.tokens
            if at.stem == verb
        ]
        if not agent or not there:
            continue
        if any(_may_act(agent, clause, at.span) for _, clause, at in there):
            continue
        elsewhere = any(agent & piece.analysis.stem_set for piece, _, _ in there)
        piece, clause, at = there[0]
        if elsewhere:
            word = Span(clause.start + at.span.start, clause.start + at.span.end)
            return Fault(
                code=Reason.ANOTHER_DID_IT,
                detail=f"in the source {found['agent'].strip()!r} is not the agent of {at.text!r}",
                words=Span(*found.span("agent")),
                against=(piece.part(word),),
            )
    return None


def _clauses(analysis: Analysis) -> list[Analysis]:
    """Return the clauses of a sentence, the verbs of saying being ends of clauses as well."""
    ends = [0, *sorted(e.end() for p in (_CLAUSE, SAYING) for e in p.finditer(analysis.text))]
    return [
        Analysis(analysis.text[start:end], start)
        for start, end in zip(ends, [*ends[1:], len(analysis.text)], strict=True)
    ]


def _may_act(agent: set[str], clause: Analysis, verb: Span) -> bool:
    """Whether the clause leaves open who acts, or has the agent act."""
    before = clause.text[: verb.start]
    return bool(agent & clause.stem_set or _PRONOUN.search(before) or not content_stems(before))
