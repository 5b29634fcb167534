"""What the checks found of one sentence."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from briefing.data.briefing import Check, Citation, Verdict
from briefing.data.reason import Reason
from briefing.steps.verify.fault import Fault, result

_ABSENT = frozenset(
    {
        Reason.NUMBER_MISSING,
        Reason.DATE_MISSING,
        Reason.NAME_MISSING,
        Reason.TITLE_MISSING,
        Reason.SPEAKER_DIFFERS,
        Reason.ATTRIBUTION_LOST,
        Reason.OWN_VOICE,
        Reason.QUOTATION_UNPAIRED,
        Reason.QUOTATION_DIFFERS,
        Reason.QUESTION_TOLD_AS_FACT,
        Reason.CAUSE_ADDED,
        Reason.HARM_ADDED,
        Reason.WORDS_MISSING,
    }
)
"""Reasons to refuse where the source does not say the opposite."""

_RELATIONAL = frozenset(
    {
        Reason.PLAN_TOLD_AS_DONE,
        Reason.WISH_TOLD_AS_PLAN,
        Reason.FACT_TOLD_AS_OPEN,
        Reason.CONDITION_LOST,
        Reason.PAST_TOLD_AS_NOW,
        Reason.SPEAKER_DIFFERS,
        Reason.ATTRIBUTION_LOST,
        Reason.OWN_VOICE,
        Reason.ANOTHER_DID_IT,
        Reason.SIDES_SWAPPED,
        Reason.CROSSED_OVER,
        Reason.OF_ANOTHER_THING,
        Reason.QUANTITY_CHANGED,
        Reason.ORDER_TURNED,
    }
)
"""Conflicts of who, whether and according to whom, read off the order of words.

On text that they were not tuned on they fire on true sentences about as often as on false ones: on
5 and 5 of the 60 in tests/data/bank_claims.jsonl at first sight, and see "checks" in
bench/results/verification.json. So on text that is no news they count and do not decide.
"""

ALWAYS_DECIDE = frozenset({"ids", "spans", "quotations", "numbers"})
"""Checks that refuse whatever the sources are.

On text that is no news the others have no such precision: of the validation claims that the score
would accept, missing names refuse 6 false and 11 true ones, dates that differ 3 and 7, negations 8
and 12, but numbers 12 and 5.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What the checks found."""

    verdict: Verdict
    reason: str
    score: float
    """Between 0 and 1: how likely the citations bear the sentence out; 0.5 or more where it is
    supported."""

    citations: tuple[Citation, ...]
    checks: tuple[Check, ...]
    probability: float = 0.0
    """Between 0 and 1: the same before any check refuses; to rank and to measure by."""

    cover: float = 0.0
    """Between 0 and 1: how much of the sentence's words its citations have."""

    is_uncertain: bool = False
    """The score is too near to the threshold to tell."""

    is_verbatim: bool = False
    """It is a cited sentence, word for word."""

    sentences: tuple["Finding", ...] = ()
    """Of a text of several sentences: what was found of each."""

    @property
    def is_refused(self) -> bool:
        """Whether a check alone refuses the sentence."""
        return any(check.refuses for check in self.checks)

    @property
    def conflicts(self) -> tuple[Check, ...]:
        """The checks that refuse it by the order of its words, which a model may outweigh."""
        return tuple(one for one in self.checks if one.refuses and one.code in _RELATIONAL)

    def outweighable(self, *, is_news: bool) -> tuple[Check, ...]:
        """The checks that refuse it, and do not decide where it is weighed: on news, none."""
        if is_news:
            return ()
        return tuple(one for one in self.checks if one.refuses and one.name not in ALWAYS_DECIDE)

    @property
    def is_conflict(self) -> bool:
        """Whether a check found the source saying something else, not just nothing."""
        return any(check.refuses and check.code not in _ABSENT for check in self.checks)

    def with_unknown_ids(self, unknown: Sequence[str]) -> "Finding":
        """Return this finding, failed where the sentence cites ids that name no sentence."""
        if not unknown:
            return replace(self, checks=(Check(name="ids", ok=True), *self.checks))
        named = ", ".join(map(repr, unknown[:3]))
        fault = Fault(code=Reason.UNKNOWN_ID, detail=f"no source sentence {named}")
        return replace(
            self,
            verdict=Verdict.UNSUPPORTED,
            reason=f"ids: {fault.detail}",
            score=0.0,
            is_uncertain=False,
            checks=(result("ids", fault, ""), *self.checks),
        )


def refused(fault: Fault, *, name: str = "wording", text: str = "") -> Finding:
    """Return the finding of a sentence that no check looks at any further."""
    return Finding(
        verdict=Verdict.UNSUPPORTED,
        reason=f"{name}: {fault.detail}",
        score=0.0,
        citations=(),
        checks=(result(name, fault, text),),
    )
