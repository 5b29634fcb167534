"""Find out what a model can do, on a story of four sentences whose facts are known."""

from dataclasses import dataclass
from typing import Literal

from briefing import samples
from briefing.asking import Asker
from briefing.data.briefing import Verdict
from briefing.drafters import ModelDrafter, RewriteDrafter
from briefing.errors import ModelError
from briefing.ports import Drafter
from briefing.steps.locate import locate
from briefing.steps.verify import Sources, verify

_FEWEST_DRAFTED = 2
_ENOUGH = 0.75
"""Share of drafted sentences that must hold. By hand: Qwen2.5-Coder-0.5B has 0 of 4."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ability:
    """The strategy that suits a model, and why."""

    strategy: Literal["compose", "rewrite"] | None
    """None: it can do neither."""

    reason: str


def ability(asker: Asker) -> Ability:
    """Return what the model can do; it is asked once or twice.

    Where it writes sentences that the checks bear out it may compose, where it can at least
    shorten a quotation without harm it may rewrite.
    """
    composed = _holding(ModelDrafter(asker))
    if isinstance(composed, str):
        reason = composed
    else:
        held, drafted = composed
        reason = f"{held} of {drafted} drafted sentences hold"
        if drafted >= _FEWEST_DRAFTED and held >= _ENOUGH * drafted:
            return Ability(strategy="compose", reason=reason)
    rewritten = _holding(RewriteDrafter(asker))
    if isinstance(rewritten, str):
        return Ability(strategy=None, reason=f"{reason}; {rewritten}")
    held, shortened = rewritten
    reason = f"{reason}; {held} of {shortened} shortened quotations hold"
    return Ability(strategy="rewrite" if held else None, reason=reason)


def _holding(drafter: Drafter) -> tuple[int, int] | str:
    """Return how many sentences hold and how many the model wrote, or why there are none."""
    brief = samples.brief()
    (draft,) = drafter.draft_all((brief,))
    if isinstance(draft, ModelError):
        return str(draft)
    sources = Sources(brief.story)
    quotations = {" ".join(sentence.text.split()) for sentence in brief.story.sentences}
    # A rewriter falls back on the quotation, which proves nothing; a composer may choose it.
    known = quotations if drafter.has_quotations else set()
    own = [sentence for sentence in draft.sentences if sentence.text not in known]
    held = [
        one
        for one in own
        if verify(one.text, locate(one, brief.story).citations, sources).verdict
        is Verdict.SUPPORTED
    ]
    return len(held), len(own)
