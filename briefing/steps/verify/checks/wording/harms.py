"""A death or an injury stands in the source before it stands in a sentence."""

import re
from collections.abc import Sequence

from briefing.data.article import Span
from briefing.data.reason import Reason
from briefing.steps.verify.fault import Fault
from briefing.steps.verify.sources import Cited
from briefing.text.analysis import Analysis

_HARMS = (
    (
        re.compile(r"\b(?:died|dies|dead|killed|kills|perished|drowned|murdered)\b"),
        re.compile(
            r"\b(?:died?|dies|dying|dead\w*|deaths?|kill\w*|perish\w*|drown\w*|murder\w*|fatal\w*"
            r"|lives|li(?:fe|ves) (?:was|were )?lost|lost (?:his|her|their|its) li\w+|victims?"
            r"|bod(?:y|ies)|mourn\w*|funerals?|buried|burial|grave|assassinat\w*|execut\w*|slain"
            r"|suicide|casualt\w*|massacre\w*|toll|shot|stabbed|strangled|late|widow\w*|remains"
            r"|claimed|took|crushed|bereaved|surviv\w*|memorial|succumb\w*|electrocuted|corpses?"
            r"|homicide|manslaughter|lynched|starved|genocide|passed away|condolences?|coffins?"
            r"|extinct|expired?|collapsed)\b",
            re.IGNORECASE,
        ),
    ),
    (
        re.compile(r"\b(?:injured|wounded)\b"),
        re.compile(
            r"\b(?:injur\w*|wound\w*|hurt\w*|harm\w*|burn\w*|hospital\w*|treat\w*|casualt\w*|broke\w*"
            r"|bruis\w*|shot|stab\w*|cuts?|fractur\w*|maim\w*|bleed\w*|medic\w*|doctors?|ambulance\w*"
            r"|hit|struck|beat\w*|concuss\w*|bitten|attack\w*|victims?|clinic|surgery)\b",
            re.IGNORECASE,
        ),
    ),
)
"""Words that tell of a harm, and all that a source may put it by."""


def check(claim: Analysis, cited: Sequence[Cited]) -> Fault | None:
    """Nobody has died or been injured of whom the source tells no such thing."""
    texts = [
        text
        for piece in cited
        for text in (piece.analysis.text, piece.headline.text, *(one.text for one in piece.before))
    ]
    for told, known in _HARMS:
        here = told.search(claim.text)
        if here and not any(known.search(text) for text in texts):
            return Fault(
                code=Reason.HARM_ADDED,
                detail=f"says {here[0]!r}; the source tells of no such harm",
                words=Span(*here.span()),
            )
    return None
