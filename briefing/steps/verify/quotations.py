"""Check 2: what stands in quotation marks stands so in the source."""

import re
from collections.abc import Sequence

from briefing.data.briefing import Check
from briefing.steps.verify.sources import Cited
from briefing.text.analysis import Analysis
from briefing.text.canonical import Canonical, canonical, find_canonical

_QUOTED = re.compile(
    r"\"([^\"]+)\"|(?<![A-Za-z0-9])''(.+?)''|(?<![A-Za-z0-9])'([^']{2,}?[^s])'(?![A-Za-z0-9])"
)


def quoted(form: str) -> list[str]:
    """Return the quoted strings in a text in canonical form, without the marks."""
    return [next(filter(None, found)) for found in _QUOTED.findall(form)]


def check(claim: Analysis, cited: Sequence[Cited]) -> Check:
    """Every quoted string of the claim stands verbatim, as whole words, in a cited span.

    Typography may differ, the first letter's case too, and a comma or full stop before the
    closing mark belongs to the sentence, not to the quotation.
    """
    for quotation in quoted(claim.canonical.form):
        if not any(_stands(quotation, piece.analysis.canonical) for piece in cited):
            return Check(
                name="quotations", ok=False, detail=f"{quotation!r} is not verbatim in the source"
            )
    marks = claim.canonical.form.replace("''", '"').count('"')
    if marks % 2 and not any(claim.canonical.form in p.analysis.canonical.form for p in cited):
        return Check(name="quotations", ok=False, detail="a quotation mark has no partner")
    return Check(name="quotations", ok=True)


def _stands(quotation: str, source: Canonical) -> bool:
    wanted = quotation.strip().rstrip(".,;").strip()
    if not wanted:
        return True
    parts = [canonical(part).form for part in wanted.split("...")]
    return all(
        any(find_canonical(form, source) is not None for form in (part, _recased(part)))
        for part in parts
        if part
    )


def _recased(part: str) -> str:
    first = part[0]
    return (first.lower() if first.isupper() else first.upper()) + part[1:]
