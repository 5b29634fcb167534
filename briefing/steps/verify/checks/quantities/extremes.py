"""Nothing is all, the only, the first, the most or always by itself."""

import re
from collections.abc import Sequence

from briefing.data.article import Span
from briefing.data.reason import Reason
from briefing.steps.verify.fault import Fault
from briefing.steps.verify.sources import Cited
from briefing.text.analysis import Analysis
from briefing.text.kept import kept
from briefing.text.speech import unquoted

_MOST = (
    r"largest|biggest|greatest|highest|lowest|smallest|oldest|youngest|longest|shortest|strongest"
    r"|weakest|worst|best|deadliest|bloodiest|richest|poorest|heaviest|fastest|busiest|fewest"
)
_EXTREMES = (
    (
        r"(?<!\bat )(?<!\bafter )(?<!\babove )(?<!first of )(?<!best of )(?<!most of )(?<!\bfor )"
        r"(?<!\bnot )\b(?P<word>all|every|each)\s+"
        r"(?:(?:of\s+)?(?:the|its|their|his|her|these|those|them)\s+|of\s+)?"
        r"(?!(?:but|over|too|along|year|day|two|three|four|five|six|seven|eight|nine|ten|other"
        r"|sides|\d+|time|night|the more|the same)\b)[A-Za-z]",
        r"all|every\w*|each|no|none|any\w*|entire\w*|whole|throughout|across|unanimous\w*"
        r"|full\w*|complete\w*|total\w*|always|nationwide|never|without|together|either|whatever"
        r"|whoever|universal\w*|some|most|many|several|part(?:ly)?|half|third|quarter|a few"
        r"|at least|largely|mostly",
    ),
    (
        r"(?<!\bnot )\b(?P<word>only|solely|exclusively)\b"
        r"(?!\s+(?:if|when|after|once|with|by|on|until|because|then)\b)",
        r"only|sole\w*|alone|just|merely|exclusiv\w*|single|one|no|not|never|none|nothing|nobody"
        r"|except\w*|but|unless|limit\w*|restrict\w*|without|lone|last|few\w*|less|small\w*|other"
        r"|until|still|barely|hardly|mere|purely|unique\w*|main\w*|confin\w*|if|at most|up to",
    ),
    (
        rf"\b(?:the|its|their|his|her|a|country's|world's)\s+(?:[\w'’-]+\s+)?(?P<word>{_MOST})\b",
        r"[a-z]{3,}est|most|record\w*|top\w*|leading|main\w*|major\w*|chief\w*|unprecedented"
        r"|never|ever|first|only|best|worst|least|unmatched|dominant|dominat\w*|giant|rank\w*"
        r"|more than any|no other|number one|half|majority|above all|historic\w*|peak\w*|all-time"
        r"|than (?:any|ever|in)|key|huge|bulk|primar\w*|principal\w*|favou?rite",
    ),
    (
        r"\b(?:the|its|their|his|her|a|country's|world's)\s+(?:very\s+)?(?P<word>first)\b(?!\s+(?:half"
        r"|quarter|lady|minister|secretary|deputy|place|name|step))",
        r"first|1st|debut\w*|maiden|before|begin\w*|began|begun|start\w*|inaugur\w*|newly|earl\w*"
        r"|initial\w*|previous\w*|since|launch\w*|open(?:s|ed|ing)|never|ever|pioneer\w*"
        r"|introduc\w*|historic\w*|founded|original\w*|second|next|unprecedented|one of|no one",
    ),
    (
        r"\b(?P<word>always|invariably)\b",
        r"always|every\w*|never|invariabl\w*|constant\w*|permanent\w*|all|ever|tradition\w*|whenever"
        r"|each|long\w*|consistent\w*|continu\w*|usual\w*|regular\w*|still|repeated\w*|often|since"
        r"|eternal\w*|forever|again|steadfast\w*|unchanged|remain\w*",
    ),
)
"""What a sentence may say, and the words of a source that it may be said from."""

_PATTERNS = tuple(
    (re.compile(said, re.IGNORECASE), re.compile(rf"\b(?:{known})\b", re.IGNORECASE))
    for said, known in _EXTREMES
)


_OF_TWO = re.compile(r"\b(?:both|the two|two|mutual\w*|one another)\b", re.IGNORECASE)
"""What "each" is said of where there are two."""

_FIGURE = re.compile(r"\s+(?:about |some |around )?[$€£]?$", re.IGNORECASE)
_LESS = re.compile(
    r"\b(?:shorten\w*|reduc\w*|cut(?:s|ting)?|lower\w*|fell|fall\w*|drop\w*|declin\w*|halv\w*"
    r"|shr[aiu]nk\w*|down|trim\w*)\b",
    re.IGNORECASE,
)


def is_of_a_figure(claim: Analysis, only: int, cited: Sequence[Cited]) -> bool:
    """Whether an "only" that ends at `only` calls a figure small which the source tells as less.

    "For only 24 hours' notice" is said of "shortened from 48 hours to 24".
    """
    behind = [one for one in claim.numbers if one.span.start > only]
    if not behind or not _FIGURE.fullmatch(claim.text, only, behind[0].span.start):
        return False
    for piece in cited:
        there = [one for one in piece.analysis.numbers if behind[0].agrees(one)]
        more = [
            one
            for one in piece.analysis.numbers
            if one.value > behind[0].value and one.unit == behind[0].unit
        ]
        if there and more and _LESS.search(piece.analysis.text):
            return True
    return False


def check(claim: Analysis, cited: Sequence[Cited]) -> Fault | None:
    """What is told of some, or of one among others, is not told of all or of it alone."""
    for here, known in _extremes(claim.text):
        if not any(known.search(piece.analysis.text) for piece in cited):
            if _is_known_otherwise(claim, here, cited):
                continue
            return Fault(
                code=Reason.QUANTITY_CHANGED,
                detail=f"{here['word']!r} is not in the source",
                words=Span(*here.span("word")),
            )
    return None


@kept
def _extremes(claim: str) -> tuple[tuple[re.Match[str], re.Pattern[str]], ...]:
    """Return what a sentence says so in its own words, with what a source may say it by."""
    told = unquoted(claim)
    return tuple((here, known) for said, known in _PATTERNS if (here := said.search(told)))


def _is_known_otherwise(claim: Analysis, here: re.Match[str], cited: Sequence[Cited]) -> bool:
    word = here["word"].lower()
    if word == "each":
        return any(_OF_TWO.search(piece.analysis.text) for piece in cited)
    return word == "only" and is_of_a_figure(claim, here.end("word"), cited)
