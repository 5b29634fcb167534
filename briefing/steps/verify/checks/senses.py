"""Part of check 12: a word of several senses keeps the one that it has in the source."""

import re
from collections.abc import Sequence

from briefing.data.article import Span
from briefing.data.reason import Reason
from briefing.steps.verify.fault import Fault
from briefing.steps.verify.sources import Cited, Sources
from briefing.text.analysis import Analysis
from briefing.text.words import stem

_SENSES = {
    "strikes?": "air|drone|missile|rocket|artillery|bombing|hunger|rail|labour|lightning",
    "tanks?": "fuel|water|gas|petrol|oil|diesel|storage|fish|septic|battle",
    "batter(?:y|ies)": "storage|electric|electricity|power|car|lithium|solar|gun|artillery|missile",
    "lines?": "telephone|phone|power|rail|railway|tram|metro|bus|assembly|production|shipping",
    "plants?": "power|nuclear|chemical|potted|garden|medicinal|steel|car",
    "parades?": "military|victory|fashion|carnival",
    "banks?": "river|sand|blood|central|savings|food",
    "cells?": "prison|police|phone|fuel|blood|terrorist|stem|solar",
    "shells?": "tank|artillery|mortar|sea|egg|company",
    "mines?": "land|sea|coal|gold|copper|salt|anti-personnel",
    "charges?": "explosive|depth|electric|criminal|battery",
    "fires?": "gun|mortar|rocket|rifle|sniper|artillery|forest|camp|covering",
    "bugs?": "listening|software|computer|stomach",
    "arms?": "small|fire|broken|robotic",
    "courts?": "tennis|basketball|squash|food",
    "trials?": "clinical|drug|field|medical|show",
    "cabinets?": "filing|kitchen|display|war",
    "ports?": "air|usb|sea",
    "levels?": "sound|noise|water|oxygen",
    "rounds?": "ammunition|drinks",
    "cars?": "rail|railway|tram|cable",
    "crews?": "film|camera|ambulance|train|ground",
    "guards?": "coast|honour|prison|security",
    "fields?": "oil|gas|corn|mine|playing",
    "chambers?": "gas|torture|music",
    "sentences?": "death|prison|life|suspended",
}
"""Nouns of several senses, each with the words before it that choose one."""

_LED = tuple(
    (
        re.compile(
            rf"\b(?P<lead>{leads})(?:[- ](?!{noun}\b)[a-z]+)?[- ](?:{noun})\b", re.IGNORECASE
        ),
        re.compile(rf"\b(?:{noun})\b", re.IGNORECASE),
    )
    for noun, leads in _SENSES.items()
)


def check(claim: Analysis, cited: Sequence[Cited], _: Sources) -> Fault | None:
    """No "tank" of the source's is a "fuel tank", and no "line" a "telephone line", by itself."""
    near = [one for piece in cited for one in (piece.analysis, piece.headline, *piece.before)]
    for led, noun in _LED:
        for here in led.finditer(claim.text):
            lead = here["lead"].lower()
            words = [token.text.lower() for one in near for token in one.tokens]
            if any(word.startswith(lead) or stem(word) == stem(lead) for word in words):
                continue
            for piece in cited:
                if there := noun.search(piece.analysis.text):
                    return Fault(
                        code=Reason.WORD_OF_A_KIND_DIFFERS,
                        detail=f"says {here[0]!r}; {piece.says(Span(*there.span()))}",
                        words=Span(*here.span()),
                        against=(piece.part(Span(*there.span())),),
                    )
    return None
