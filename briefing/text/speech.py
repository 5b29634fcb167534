"""Who says something, and how a text marks it."""

import re

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
    r"|(?-i:states)|stating|announces|claims|noting|pointed out|maintained|recalled|emphasi[sz]ed"
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


def unquoted(text: str) -> str:
    """Return the text with its quotations blanked out, and all else where it stood."""
    return QUOTED.sub(lambda found: " " * len(found[0]), text)
