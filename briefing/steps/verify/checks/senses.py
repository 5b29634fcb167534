"""Part of check 12: a word of several senses keeps the one that it has in the source."""

import re
from collections.abc import Sequence
from functools import lru_cache

from briefing.data.article import Span
from briefing.data.reason import Reason
from briefing.steps.verify.fault import Fault
from briefing.steps.verify.sources import Cited, Sources
from briefing.text.analysis import Analysis

_SENSES = (
    (
        "strikes?",
        "air|drone|missile|rocket|artillery",
        "air|drone|missile|rocket|artiller|bomb|jet|plane",
    ),
    ("strikes?", "hunger", "hunger|fast|food|eat"),
    ("tanks?", "fuel|gas|petrol|oil|diesel", "fuel|gas|petrol|oil|diesel|kerosene|tanker"),
    ("tanks?", "water|septic|fish", "water|septic|sewage|fish|aquari"),
    (
        "batter(?:y|ies)",
        "storage|electric|electricity|power|lithium|solar|car",
        "stor|electric|power|lithium|solar|car|charg|energy|grid|cell",
    ),
    ("lines?", "telephone|phone", "telephone|phone|call|wire|cable"),
    ("lines?", "power|electricity", "power|electric|grid|volt|cable|pylon"),
    (
        "lines?",
        "rail|railway|tram|metro|bus|train",
        "rail|tram|metro|bus|train|station|track|subway",
    ),
    ("plants?", "power|nuclear", "power|nuclear|atom|reactor|electric|energy|coal|gas"),
    ("plants?", "potted|garden|medicinal", "pot|garden|medicin|flower|leaf|leaves|seed|crop|grow"),
    ("parades?", "military|victory", "military|army|armed|soldier|troop|tank|victor|war"),
    ("banks?", "river|sand", "river|sand|stream|shore|water"),
    ("banks?", "blood|food", "blood|food|donat|hunger"),
    ("cells?", "prison|police", "prison|jail|police|detain|custody|gaol|remand|inmate"),
    (
        "mines?",
        "coal|gold|copper|salt|silver",
        "coal|gold|copper|salt|silver|pit|ore|shaft|miner|colliery",
    ),
    ("mines?", "land|anti-personnel", "land|anti|explo|mine-|sapper|clear|deton|lay|laid"),
    ("charges?", "explosive|depth", "explo|depth|bomb|deton|blast|mine"),
    ("shells?", "tank|artillery|mortar", "tank|artiller|mortar|shell|gun|fir|cannon|howitzer"),
    ("courts?", "tennis|basketball|squash", "tennis|basketball|squash|play|match|sport|racket"),
    ("trials?", "clinical|drug|field", "clinic|drug|field|patient|medic|vaccin|doctor|test|dose"),
    ("fields?", "oil|gas", "oil|gas|drill|well|barrel|petrol"),
)
"""Nouns of several senses, words before them that choose one, and what else tells of that one."""


@lru_cache(maxsize=1)
def _led() -> tuple[tuple[re.Pattern[str], str, str], ...]:
    """Return each noun of `_SENSES` with a word before it; compiled when first asked for."""
    return tuple(
        (
            re.compile(rf"\b(?:{leads})(?:[- ](?!{noun}\b)[a-z]+)?[- ](?:{noun})\b", re.IGNORECASE),
            noun,
            tells,
        )
        for noun, leads, tells in _SENSES
    )


def check(claim: Analysis, cited: Sequence[Cited], _: Sources) -> Fault | None:
    """No "tank" of the source's is a "fuel tank", and no "line" a "telephone line", by itself."""
    near = [one.text for piece in cited for one in (piece.analysis, piece.headline, *piece.before)]
    for led, noun, tells in _led():
        for here in led.finditer(claim.text):
            # A sense is rare in a sentence: what speaks for it is compiled when it comes up.
            known = re.compile(rf"\b(?:{tells})", re.IGNORECASE)
            if any(known.search(text) for text in near):
                continue
            for piece in cited:
                if there := re.search(rf"\b(?:{noun})\b", piece.analysis.text, re.IGNORECASE):
                    return Fault(
                        code=Reason.WORD_OF_A_KIND_DIFFERS,
                        detail=f"says {here[0]!r}; {piece.says(Span(*there.span()))}",
                        words=Span(*here.span()),
                        against=(piece.part(Span(*there.span())),),
                    )
    return None
