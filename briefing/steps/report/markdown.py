"""A report as Markdown."""

from collections.abc import Iterator, Sequence

from briefing.steps.report.entries import Entry, Evidence
from briefing.text.markdown import code, escaped

_MARKS = {"supported": "✓", "contradicted": "✗", "unsupported": "?"}


def to_markdown(summary: str, entries: Sequence[Entry]) -> str:
    """Return the summary and one section a sentence, what is not supported first."""
    failed = [entry for entry in entries if entry.verdict != "supported"]
    held = [entry for entry in entries if entry.verdict == "supported"]
    parts = ["# Verification", summary]
    for title, some in (("Not supported", failed), ("Supported", held)):
        if some:
            parts += [f"## {title}", *("\n".join(_lines(entry)) for entry in some)]
    return "\n\n".join(parts) + "\n"


def _lines(entry: Entry) -> Iterator[str]:
    doubt = ", uncertain" if entry.uncertain else ""
    yield f"### {_MARKS[entry.verdict]} {escaped(entry.id)}"
    yield ""
    yield _marked(entry)
    yield ""
    yield f"- {entry.verdict}{doubt}, score {entry.score}: {escaped(entry.reason)}"
    for problem in entry.problems:
        for cited in problem.against:
            yield f"- {problem.check} (`{problem.code}`): {_quoted(cited)}"
    for cited in entry.evidence:
        yield f"- evidence: {_quoted(cited)}"


def _marked(entry: Entry) -> str:
    if not entry.offending:
        return escaped(entry.text)
    before = f"{escaped(entry.before)} " if entry.before else ""
    return f"{before}**{escaped(entry.offending)}** {escaped(entry.after)}".rstrip()


def _quoted(cited: Evidence) -> str:
    where = f"<{cited.url}>" if cited.url else code(cited.where)
    return f"“{escaped(cited.quote)}” {where} {cited.span}"
