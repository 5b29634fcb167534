"""What is held against a sentence: each check by itself, cheap ones first.

The shares, ratios and counts in the checks were set by hand, at round values that part the false
sentences from the true ones of the labelled events in tests/data as far as there were any when a
check was written; none was fitted. What is known beyond that stands beside the number.
"""

from collections.abc import Callable, Sequence

from briefing.steps.verify.checks import dates, figures, numbers, quotations
from briefing.steps.verify.checks.attribution import attribution, topics, views
from briefing.steps.verify.checks.deeds import addressed, deeds
from briefing.steps.verify.checks.names import names
from briefing.steps.verify.checks.parallels import parallels, sides
from briefing.steps.verify.checks.polarity import disputes, polarity
from briefing.steps.verify.checks.quantities import comparisons, quantities, shares
from briefing.steps.verify.checks.relations import relations
from briefing.steps.verify.checks.status import status
from briefing.steps.verify.checks.titles import posts, titles
from briefing.steps.verify.checks.wording import grave, wording
from briefing.steps.verify.fault import Fault
from briefing.steps.verify.sources import Cited, Sources
from briefing.text.analysis import Analysis

Check = Callable[[Analysis, Sequence[Cited], Sources], Fault | None]


def _any_of(*checks: Check) -> Check:
    """Return a check that fails where one of `checks` does: with what refuses, if anything does."""

    def check(claim: Analysis, cited: Sequence[Cited], sources: Sources) -> Fault | None:
        weighed: Fault | None = None
        for one in checks:
            fault = one(claim, cited, sources)
            if fault is not None and fault.refuses:
                return fault
            weighed = weighed or fault
        return weighed

    return check


IN_ORDER: tuple[tuple[str, Check], ...] = (
    ("quotations", quotations.check),
    ("numbers", _any_of(numbers.check, figures.check)),
    ("dates", dates.check),
    ("names", names.check),
    ("titles", _any_of(titles.check, posts.check)),
    ("status", status.check),
    ("polarity", _any_of(polarity.check, disputes.check)),
    ("attribution", _any_of(attribution.check, views.check, topics.check)),
    ("deeds", _any_of(deeds.check, addressed.check)),
    ("relations", relations.check),
    ("parallels", _any_of(parallels.check, sides.check)),
    ("quantities", _any_of(quantities.check, comparisons.check, shares.check)),
    ("wording", _any_of(grave.check, wording.check)),
)

CHECKS = tuple(name for name, _ in IN_ORDER)
"""The names of the checks that read a sentence beside the words that it cites."""
