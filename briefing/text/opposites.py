"""Words that say the opposite of each other."""

from briefing.text.words import stem

_PAIRS = (
    "rise fall", "increase decrease", "increase decline", "grow shrink", "grow fall",
    "rise decline",
    "accept reject", "win lose", "export import", "open close", "begin end", "start end",
    "start finish", "support oppose", "arrive depart", "arrive leave", "more less", "more fewer",
    "strengthen weaken", "deepen loosen", "improve worsen", "buy sell", "include exclude",
    "allow forbid", "allow ban", "confirm deny", "agree disagree", "agree refuse", "public private",
    "north south", "east west", "above below", "first last", "narrow widen", "success failure",
    "hope fear", "ally enemy", "praise criticise", "welcome condemn", "narrower wider",
    "minimum maximum", "best worst", "upheld dismiss",
    "upheld reject", "upheld overturn", "early late", "postpone advance", "up down", "high low",
    "higher lower", "highest lowest", "long short", "friendly hostile", "raise lower", "raise cut",
    "increase cut", "extend shorten", "join leave", "sign cancel", "resume suspend", "lend borrow",
    "morning afternoon", "morning evening", "remember forget", "same different", "largest smallest",
    "biggest smallest", "most least", "keep drop", "keep abandon", "approve reject", "admit deny",
    "appoint dismiss", "hire dismiss", "free detain", "free arrest", "acquit convict",
    "victory defeat", "majority minority", "gain loss", "legal illegal", "possible impossible",
    "guilty innocent", "safe unsafe", "safe dangerous", "inside outside", "upper lower",
    "continue stop", "continue end", "continue halt", "ally rival", "supporter opponent",
    "true false", "strong weak", "full empty", "permanent temporary", "official unofficial",
    "direct indirect", "lift impose", "import ban", "encourage discourage", "attend boycott",
    "man woman", "men women", "boy girl", "male female", "father mother", "son daughter",
    "brother sister", "husband wife", "widow widower", "earlier later", "sooner later",
    "cheap expensive", "lend repay", "unanimous divided", "recover lose", "built demolish",
)  # fmt: skip


def opposites(stemmed: str) -> frozenset[str]:
    """Return the stems that say the opposite of a stem; none for most."""
    return _OPPOSITES.get(stemmed, frozenset())


def _by_stem() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for pair in _PAIRS:
        one, other = map(stem, pair.split())
        found.setdefault(one, set()).add(other)
        found.setdefault(other, set()).add(one)
    return {one: frozenset(others) for one, others in found.items()}


_OPPOSITES = _by_stem()
