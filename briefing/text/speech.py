"""Who says something, and how a text marks it."""

import re

from briefing.text.names import key, names
from briefing.text.words import words

SAID = frozenset(
    "said told added stated announced claimed insisted argued warned stressed noted remarked "
    "declared explained called described complained replied quoted".split()
)
"""Verbs of saying, in the past, that tell of no more than words: one may stand for another."""

VOICED = frozenset(
    "admitted cautioned conceded acknowledged dismissed confirmed criticised criticized condemned "
    "praised hailed mocked ridiculed denounced lamented joked boasted predicted speculated "
    "confessed contended asserted alleged observed lauded scoffed hinted testified recounted urged "
    "suggested complained promised vowed pledged protested countered quipped concluded accused "
    "blamed rejected reasoned wondered".split()
)
"""Verbs, in the past, that say how somebody puts what he says, or what he thinks of it."""

_SAID = "|".join(sorted(SAID - {"told", "called"} | {"tweeted", "wrote"}))
_SAYS = r"says|tells|according to|in the words of"

SAYING = re.compile(
    rf"\b(?=[a-z])(?:{_SAID}|told|called(?! on\b)|{_SAYS})\b",
    re.IGNORECASE,
)
"""Verbs of saying where the name of who speaks stands beside them."""

REPORTING = re.compile(
    rf"\b(?=[a-z])(?:{_SAID}|told(?! to\b)|called|{_SAYS}|say|saying|posted|writes|adds"
    r"|states|stating|announces|claims|noting|pointed out|maintained|recalled|emphasi[sz]ed"
    r"|confirmed|denied|reiterated|commented|calls|describes|reported|mentioned"
    r"|asked|suggested|urged|promised|demanded|believes?|thinks?|hopes?|hoped|wants?"
    r"|wishes|expects?|quoting|acknowledged|admitted|predicted"
    r"|pledged|vowed|praised|criticised|criticized)\b",
    re.IGNORECASE,
)
"""Words that give what follows to somebody: verbs of saying, of wishing and of judging.

Who "was told to" do something says nothing.
"""

QUOTED = re.compile(r"[\"“]([^\"“”]{12,})[\"”]|''(.{12,}?)''")
"""A quotation of some length, in any marks."""

APPOSITION_CHARS = 60
"""Characters before a verb of saying in which its speaker is looked for, where no comma tells."""

NEVER_INVERTED = frozenset({"told", "tells", "called", "described"})
"""Verbs of saying that no speaker stands behind."""

INSTITUTIONS = frozenset(
    "foreign office ministry minister prime president official government department state "
    "the a an general secretary deputy special envoy spokesperson spokeswoman spokesman army "
    "chief of and for ministers officials statement".split()
)
"""Words of a speaker's phrase that are no name, with a capital or without."""


def unquoted(text: str) -> str:
    """Return the text with its quotations blanked out, and all else where it stood."""
    return QUOTED.sub(lambda found: " " * len(found[0]), text)


def speaker_phrases(text: str) -> list[str]:
    """Return, for each verb of saying, the words beside it that may name the speaker."""
    return [_beside(verb, text) for verb in SAYING.finditer(text)]


def speaker_keys(phrase: str) -> list[str]:
    """Return the keys of the names in a speaker's phrase, without ranks and institutions."""
    own = re.sub(r"\b(?:for|to|on)\s+[A-Z][\w-]+", "", phrase)
    return [
        key(word)
        for name in names(own)
        for word in words(name.text)
        if key(word) not in INSTITUTIONS
    ]


def _beside(verb: re.Match[str], text: str) -> str:
    behind = re.split(r"[.;\"“”]|''|\bthat\b", text[verb.end() :])[0]
    if verb[0].lower() in ("according to", "in the words of"):
        return behind.split(",")[0]
    lead = re.split(r"[.;\"“”]|''|\bthat\b", text[: verb.start()])[-1]
    if not re.search(r"\w", lead) and verb[0].lower() not in NEVER_INVERTED:
        # "…," said its coordinator, Dario Penn, on Monday.
        return ",".join(behind.split(",")[:2])
    plain = re.sub(r",[^,]*,\s*$", "", lead).split(",")[-1]
    return plain if speaker_keys(plain) else lead[-APPOSITION_CHARS:]
