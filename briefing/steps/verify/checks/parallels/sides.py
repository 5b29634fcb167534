"""Of two who are set against each other, each keeps what is told of it."""

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from briefing.data.reason import Reason
from briefing.steps.verify.fault import Fault
from briefing.steps.verify.sources import Cited, Sources
from briefing.text.analysis import Analysis
from briefing.text.words import content_stems

_CONTRAST = re.compile(r";|\b(?:while|whereas|but)\b")
_MOST = 40
"""Content words of a claim: a longer one is no sentence, but a text of some."""

_FEWEST = 3
"""Content words of a side: one for who it is, and something that is told."""


def check(claim: Analysis, cited: Sequence[Cited], _: Sources) -> Fault | None:
    """The two sides of a "while" or "but" have not exchanged what the source tells of them.

    "Lund asks for 20 boats, while Pell offers 5" does not bear out that Pell asks for 20, but Lund
    offers 5.
    """
    if len(claim.stems) > _MOST:
        return None
    mine = [stems for stems in _sides(claim.text) if len(stems) >= _FEWEST]
    if len(mine) != 2:
        return None
    for piece in cited:
        for first, second in pairwise(_sides(piece.analysis.text)):
            one, other = set(first) - set(second), set(second) - set(first)
            if _crossed(mine, one, other) or _crossed(mine, other, one):
                return Fault(
                    code=Reason.CROSSED_OVER,
                    detail=f"what {piece.id} tells of {mine[0][0]!r} and of another is exchanged",
                    against=(piece.citation,),
                )
    return None


@lru_cache(maxsize=4_096)
def _sides(text: str) -> tuple[tuple[str, ...], ...]:
    return tuple(stems for part in _CONTRAST.split(text) if (stems := content_stems(part)))


def _crossed(mine: Sequence[tuple[str, ...]], one: set[str], other: set[str]) -> bool:
    """Whether the first of two sides is who `one` is about, with what `other` tells; and so on."""
    return _is_mixed(mine[0], one, other) and _is_mixed(mine[1], other, one)


def _is_mixed(stems: tuple[str, ...], own: set[str], rival: set[str]) -> bool:
    """Whether a side begins with the one, and goes on with nothing but what is the other's."""
    at = next((place for place, stem in enumerate(stems) if stem in rival), 0)
    who, told = set(stems[:at]), set(stems[at:])
    return bool(who & own) and not told & own
