"""What is held against a sentence: each check by itself, cheap ones first."""

from collections.abc import Callable, Sequence

from briefing.steps.verify.checks import (
    dates,
    names,
    numbers,
    parallels,
    quotations,
    titles,
    wording,
)
from briefing.steps.verify.checks.attribution import attribution
from briefing.steps.verify.checks.deeds import deeds
from briefing.steps.verify.checks.polarity import polarity
from briefing.steps.verify.checks.quantities import quantities
from briefing.steps.verify.checks.relations import relations
from briefing.steps.verify.checks.status import status
from briefing.steps.verify.fault import Fault
from briefing.steps.verify.sources import Cited, Sources
from briefing.text.analysis import Analysis

Check = Callable[[Analysis, Sequence[Cited], Sources], Fault | None]

IN_ORDER: tuple[tuple[str, Check], ...] = (
    ("quotations", quotations.check),
    ("numbers", numbers.check),
    ("dates", dates.check),
    ("names", names.check),
    ("titles", titles.check),
    ("status", status.check),
    ("polarity", polarity.check),
    ("attribution", attribution.check),
    ("deeds", deeds.check),
    ("relations", relations.check),
    ("parallels", parallels.check),
    ("quantities", quantities.check),
    ("wording", wording.check),
)

CHECKS = tuple(name for name, _ in IN_ORDER)
"""The names of the checks that read a sentence beside the words that it cites."""
