"""The line that every printed form opens with."""

from briefing.data.briefing import COMPLETED, NO_MENTION, WITHOUT_MODEL, Briefing, Verdict
from briefing.data.origin import independent
from briefing.steps.render.page import printable
from briefing.text.phrases import Phrases

_NOTES = {
    WITHOUT_MODEL: "note.without_model",
    NO_MENTION: "note.no_mention",
    COMPLETED: "note.completed",
}
"""What a document may note of how it was made, and the words for it."""


def opening(briefing: Briefing, phrases: Phrases) -> tuple[str, ...]:
    """Return the parts of the opening line: sources, verdicts, drafter, and what it cost.

    What it vouches for is counted from what the briefing holds, not copied from its `counts`:
    somebody may have edited a saved file, and the line must not vouch for a sentence that its own
    verdict does not.
    """
    parts = [_sources(briefing, phrases), _verdicts(briefing, phrases), _drafter(briefing, phrases)]
    if refused := briefing.counts.differences_refused:
        parts.append(phrases.say("opening.refused", n=refused))
    if briefing.usage.calls:
        parts.append(_spent(briefing, phrases))
    if briefing.missing:
        parts.append(phrases.say("opening.partial", n=len(briefing.missing)))
    return (*parts, *(_note(note, briefing.focus or "", phrases) for note in briefing.notes))


def _note(note: str, focus: str, phrases: Phrases) -> str:
    if note not in _NOTES:
        return phrases.isolate(printable(note))
    return phrases.say(_NOTES[note], focus=phrases.isolate(printable(focus)))


def _sources(briefing: Briefing, phrases: Phrases) -> str:
    count = independent((article.id for article in briefing.articles), briefing.origins)
    return phrases.say(
        "opening.sources",
        articles=phrases.say("opening.articles", n=len(briefing.articles)),
        origins=phrases.say("opening.origins", n=count),
        as_of=phrases.say("opening.as_of", day=briefing.as_of)
        if briefing.as_of
        else phrases.say("opening.as_of_unknown"),
    )


def _verdicts(briefing: Briefing, phrases: Phrases) -> str:
    sentences = briefing.sentences
    supported = sum(sentence.verdict is Verdict.SUPPORTED for sentence in sentences)
    warnings = sum(discrepancy.status == "unresolved" for discrepancy in briefing.discrepancies)
    return phrases.say(
        "opening.verdicts_dropped" if briefing.dropped else "opening.verdicts",
        supported=phrases.say("opening.supported", supported=supported, n=len(sentences)),
        gaps=phrases.say("opening.gaps", n=len(briefing.gaps) + len(briefing.unreported)),
        warnings=phrases.say("opening.warnings", n=warnings),
        dropped=phrases.say("opening.dropped", n=len(briefing.dropped)),
    )


def _drafter(briefing: Briefing, phrases: Phrases) -> str:
    drafter = briefing.drafter
    if drafter.kind == "extractive":
        return phrases.say("opening.extractive")
    key = "opening.shortened" if drafter.strategy == "rewrite" else "opening.drafted"
    return phrases.say(key, model=phrases.isolate(printable(drafter.name)))


def _spent(briefing: Briefing, phrases: Phrases) -> str:
    usage, each = briefing.usage, briefing.usd_per_supported
    key = "opening.cost_unknown" if usage.cost_usd is None else "opening.cost"
    cost = phrases.say(
        key if each is None else f"{key}_each",
        usd=phrases.number(usage.cost_usd or 0.0, places=4),
        each=phrases.number(each or 0.0, places=5),
    )
    return phrases.say(
        "opening.tokens_about" if usage.estimated_calls else "opening.tokens",
        sent=usage.prompt_tokens,
        received=usage.completion_tokens,
        cost=cost,
    )
