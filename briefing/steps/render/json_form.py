"""The briefing as JSON: all of it, to be read by programs and checked again."""

import re

from briefing.data.briefing import Briefing

# JSON escapes C0 itself; DEL, C1, invisible and bidirectional characters pass as they are, and
# a file is looked at in terminals too.
_UNSEEN = re.compile(
    "[\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]"
)


def to_json(briefing: Briefing) -> str:
    """Return the document, its keys in the order of the class, letters of any script readable."""
    written = briefing.model_dump_json(indent=2)
    # Outside strings the document is plain ASCII, so each of these stands inside one.
    return _UNSEEN.sub(lambda found: f"\\u{ord(found[0]):04x}", written) + "\n"
