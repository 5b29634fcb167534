"""A sentence that denies something needs a source that denies something."""

import re
from collections.abc import Sequence

from briefing.data.reason import Reason
from briefing.steps.verify.fault import Fault
from briefing.steps.verify.sources import Cited
from briefing.text.analysis import Analysis
from briefing.text.negation import NOT

_DENIES = re.compile(
    rf"{NOT.pattern}"
    r"|\b(?:(?:stay|stays|stayed|staying|keep|keeps|kept|keeping) (?:out of|away from|aloof)"
    r"|boycott(?:s|ed|ing)?|abstain(?:s|ed|ing)? from)\b",
    re.IGNORECASE,
)
_MAY_DENY = re.compile(
    r"\b(?:not|no|never|none|nobody|nothing|nowhere|neither|nor|without|cannot|hardly|barely|rarely"
    r"|seldom|scarcely|fail\w*|lack\w*|refus\w*|reject\w*|den(?:y|ies|ied|ying|ial)|declin\w*|unable"
    r"|stop\w*|prevent\w*|block\w*|bar(?:s|red|ring)?|ban\w*|forbid\w*|forbade|prohibit\w*|halt\w*"
    r"|end(?:s|ed|ing)?|ceas\w*|avoid\w*|abs[et]\w*|except\w*|only|but|however|yet|although|though"
    r"|despite|instead|rather|other than|still|too|dismiss\w*|rul\w* out|suspend\w*|cancel\w*"
    r"|drop\w*|postpon\w*|delay\w*|withdr\w*|withh\w*|left|leav\w*|los[et]\w*|miss\w*|silent"
    r"|silence|oppos\w*|against|less|few\w*|doubt\w*|whether|if"
    r"|wrong\w*|false\w*|contradict\w*|disput\w*|secret\w*|away from|out of|remain\w*"
    r"|until|boycott\w*|alone|zero|pending|wait\w*|abandon\w*|scrap\w*"
    r"|empty|exclu\w*|far from|beyond|quit\w*|resign\w*|ignor\w*|spare\w*|surviv\w*"
    r"|turn(?:s|ed|ing)? down|exempt\w*|veto\w*|waiv\w*"
    r"|overturn\w*|struck down|quash\w*|rebuff\w*|spurn\w*|shun\w*"
    r"|clos(?:e|es|ed|ure)|absen\w*|safe\w*|escape\w*|un(?!der|til|i)[a-z]{4,}"
    r"|in(?:complete|correct|valid|effective|ability|adequate|sufficient|eligible|active|accura"
    r"|capab|appropriate|visible)\w*|im(?:possib|proper|mobile)\w*|illegal\w*|irregular\w*"
    r"|dis(?:agree|approv|continu|appear|connect|allow|satisf|qualif|regard)\w*|non\w*)\b|n['’]t\b|less\b",
    re.IGNORECASE,
)
"""Whatever a "not" may be told from."""


def check(claim: Analysis, cited: Sequence[Cited]) -> Fault | None:
    """Nothing is denied where nothing in the source denies, lacks, excepts or prevents anything."""
    here = _DENIES.search(claim.canonical.form)
    if here is None or any(_MAY_DENY.search(piece.analysis.text) for piece in cited):
        return None
    words = claim.canonical.original(*here.span())
    return Fault(
        code=Reason.NEGATION_ADDED,
        detail=f"says {words.of(claim.text)!r}; the source denies nothing",
        words=words,
    )
