"""The line that every printed form opens with."""

from briefing.data.briefing import Briefing, Verdict
from briefing.text.dates import in_words


def opening(briefing: Briefing) -> tuple[str, ...]:
    """Return the parts of the opening line: sources, verdicts, drafter, and what it cost.

    All is counted from what the briefing holds, not copied from its `counts`: somebody may have
    edited a saved file, and the line must not vouch for a sentence that its own verdict does not.
    """
    parts = [_sources(briefing), _verdicts(briefing), _drafter(briefing)]
    if briefing.usage.calls:
        parts.append(_spent(briefing))
    if briefing.missing:
        parts.append(f"partial: {len(briefing.missing)} missing")
    return (*parts, *briefing.notes)


def _sources(briefing: Briefing) -> str:
    origins = {origin for sentence in briefing.sentences for origin in sentence.origins}
    # An article that quotes a statement and tells its own story is still one witness.
    count = min(len(origins), len(briefing.articles))
    as_of = f"as of {in_words(briefing.as_of)}" if briefing.as_of else "as of an unknown date"
    return f"{_count(len(briefing.articles), 'article')}, {_count(count, 'origin')}, {as_of}"


def _verdicts(briefing: Briefing) -> str:
    sentences = briefing.sentences
    supported = sum(sentence.verdict is Verdict.SUPPORTED for sentence in sentences)
    warnings = sum(discrepancy.status == "unresolved" for discrepancy in briefing.discrepancies)
    line = (
        f"{supported} of {len(sentences)} sentences supported, "
        f"{_count(len(briefing.gaps), 'gap')}, {_count(warnings, 'warning')}"
    )
    return f"{line}, {len(briefing.dropped)} dropped" if briefing.dropped else line


def _drafter(briefing: Briefing) -> str:
    if briefing.drafter.kind == "extractive":
        return "extractive: no model"
    if briefing.drafter.strategy == "rewrite":
        return f"quotations shortened by {briefing.drafter.name}"
    return f"drafted by {briefing.drafter.name}"


def _spent(briefing: Briefing) -> str:
    usage = briefing.usage
    cost = "cost not known" if usage.cost_usd is None else f"USD {usage.cost_usd:.4f}"
    if briefing.usd_per_supported is not None:
        cost = f"{cost}, {briefing.usd_per_supported:.5f} a supported sentence"
    about = "about " if usage.estimated_calls else ""
    return f"{about}{usage.prompt_tokens:,} tokens in, {usage.completion_tokens:,} out, {cost}"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
