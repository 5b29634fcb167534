"""A report as plain text."""

from collections.abc import Sequence
from textwrap import indent

from briefing.steps.report.entries import Entry

_MARKS = {"supported": "ok ", "contradicted": "NO ", "unsupported": "?? "}


def to_text(summary: str, entries: Sequence[Entry]) -> str:
    """Return the summary, and a verdict, the reason and the spans for each sentence."""
    return summary + "\n" + "".join(map(_printed, entries))


def _printed(entry: Entry) -> str:
    doubt = ", uncertain" if entry.uncertain else ""
    lines = [f"{entry.verdict}{doubt}, score {entry.score}: {entry.reason}"]
    lines += [f'{one.where} {one.span} "{one.quote}"' for one in entry.evidence]
    head = f"{_MARKS[entry.verdict]}{entry.id}  {entry.text}"
    return f"\n{head}\n" + indent("\n".join(lines), "     ") + "\n"
