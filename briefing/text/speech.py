"""Who says something, and how a text marks it."""

import re

REPORTING = re.compile(
    r"\b(?:said|says|say|saying|told|tells|tweeted|posted|wrote|writes|added|adds|stated|states"
    r"|stating|announced|announces|claimed|claims|insisted|argued|warned|stressed|noted|noting"
    r"|remarked|according to|pointed out|maintained|declared|explained|recalled|emphasi[sz]ed"
    r"|confirmed|denied|reiterated|commented|called|calls|described|describes|reported|mentioned"
    r"|complained|asked|suggested|urged|promised|demanded|believes?|thinks?|hopes?|hoped|wants?"
    r"|wishes|expects?|quoted|quoting|in the words of|replied|acknowledged|admitted|predicted"
    r"|pledged|vowed|praised|criticised|criticized)\b",
    re.IGNORECASE,
)
"""Words that give what follows to somebody: verbs of saying, of wishing and of judging."""

SAYING = re.compile(
    r"\b(?:said|says|told|tells|tweeted|wrote|added|stated|announced|claimed|insisted|argued|warned"
    r"|stressed|noted|remarked|declared|explained|called|described|complained|replied|quoted)\b"
    r"|\baccording to\b|\bin the words of\b",
    re.IGNORECASE,
)
"""The narrower set beside which the speaker's name stands."""

QUOTED = re.compile(r"[\"“]([^\"“”]{12,})[\"”]|''(.{12,}?)''")
"""A quotation of some length, in any marks."""
