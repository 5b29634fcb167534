"""How a sentence leaves something open: as a wish, as a plan or as a maybe."""

import re
from collections.abc import Iterator

from briefing.text.kept import kept
from briefing.text.speech import REPORTING, SAYING

_WISHED = re.compile(
    r"\b(?=[a-z])(?:would|should|(?-i:may)|might|could|hop(?:e|es|ed|ing)|aim(?:s|ed)?"
    r"|propos(?:e|es|ed|al)|risk(?:s|ed)? \w+ing"
    r"|likely|seek(?:s|ing)?|sought|want(?:s|ed)?|wish(?:es|ed)?|if|ask(?:s|ed)?"
    r"|call(?:s|ed)? for"
    r"|urg(?:e|es|ed)|look(?:s|ed|ing)? forward|invit\w+|eventual|like to|can"
    r"|requested|possible|possibly|perhaps|whether|in a position to|(?:is|are|be) able to"
    r"|(?:is|are|was|were) considering|press(?:es|ed)? (?:\w+ ){1,3}to"
    r"|mull(?:s|ed|ing)?|consider(?:s|ed)? \w+ing \w+)\b",
    re.IGNORECASE,
)
AGREED = re.compile(
    r"\b(?:(?:agreed|decided|resolved|voted)(?: \w+){0,2} to"
    r"|(?:put off|postponed|delayed|deferred|adjourned) (?:until|till|to))\b",
    re.IGNORECASE,
)
"""Tells of what is still to come, as done as the resolution is."""

_NO_AIM = "".join(
    rf"(?<!{noun} )" for noun in ("task", "goal", "aim", "purpose", "objective", "priority", "idea")
)
"""Not behind what an aim is called: "the task was to expand trade" says what the task was."""

_VERBS_LIKE_NOUNS = (
    "(?:arriv|giv|forgiv|receiv|driv|liv|surviv|reviv)e|deal|appeal|reveal|signal|heal|steal|seal"
    "|proceed|succeed|exceed|feed|speed|need|implement|comment|supplement|cement|finance|advance"
    "|enhance|balance|commence|sentence|influence|experience|bring|sing|ring|mention|question"
    "|auction|function|petition|witness|address|travel"
)
_DUE = (
    r"due(?! to (?:an?|the|its|his|her|their|this|that|these|those|such|what|lack|fears?|concerns?"
    r"|bad|large|heavy|high|higher|low|lower|strong|weak|poor|severe|new|old|more|less|no"
    rf"|(?!parliament|government|(?:{_VERBS_LIKE_NOUNS})\b)\w+(?:al|ous|ive|ic|ful|less|ing|ed|tion"
    r"|sion|ment|ness|ity|ance|ence)|(?-i:[A-Z])\w*|[$€£]?\d[\d.,%]*)\b)"
)
"""Of what is to come, "due to arrive" or "due on Monday"; not of a cause, "due to heavy rain"."""

PLANNED = re.compile(
    rf"\b(?=[a-z])(?:will|shall|plan(?:s|ning)?|(?<!\bas )planned|schedul(?:ed|e)|expects?"
    rf"|(?<!\bas )(?<!\bthan )expected|{_DUE}"
    r"|set (?:to|for)|slated"
    r"|intend(?:s|ed)?"
    rf"|{_NO_AIM}(?:is|are|was|were) to|(?:has|have|had) to be|to be|ahead of|upcoming"
    r"|coming(?! (?:after|as|back|down|from|into|off|out|to|under|up)\b)"
    r"|prepar(?:e|es|ed|ing)|tomorrow|next(?! (?:day|morning|door)\b)"
    r"|ready to|promis(?:e|es|ed)|pledg(?:e|es|ed)|vow(?:s|ed)?|pending|remain(?:s|ed)? to|yet to"
    r"|(?<!\ban )estimated|forecast|projected|designed)\b|['’]ll\b",
    re.IGNORECASE,
)
_MAYBE = re.compile(
    r"\b(?:(?-i:may)|might|could|possibly|perhaps|hopes? to|wants? to"
    r"|considers?(?=\s+(?:\w+ing\s+\w+|whether|an?|the|its|his|her|their|new|more|further)\b))\b",
    re.IGNORECASE,
)
"""Says that something is open."""

LET = re.compile(r"\b(?:allow|permit|let|enabl|free to|able to)\w*\b", re.IGNORECASE)
"""Words for what somebody "could" do in the past."""

ON_CONDITION = re.compile(
    r"\b(?:on condition|conditional on|provided|depend\w* on)\b", re.IGNORECASE
)
OPEN = re.compile(
    r"\b(?:without confirmation|unconfirmed|not (?:yet )?(?:been )?confirmed|still open|undecided"
    r"|unclear|await(?:s|ed|ing)?|pending|no date|(?:under|for) (?:consideration|review|discussion)"
    r"|being (?:considered|weighed|discussed|debated|negotiated)|not (?:yet )?(?:been )?decided)\b",
    re.IGNORECASE,
)
"""Says that something has not come about, in words that are no plan or wish either."""


_PURPOSE = re.compile(
    r"\b(?:call(?:s|ed|ing)? (?:on|upon)\s[^,;.]{1,60}?\sto\b|demand(?:s|ed|ing)"
    r"|appeal(?:s|ed|ing) (?:to|for)"
    r"|(?:is|are|was|were|be|been) (?:meant|supposed|intended) to"
    r"|(?:tr(?:y|ies|ied|ying)|attempt(?:s|ed|ing)?|efforts?|bid|push|threaten(?:s|ed|ing)?) to"
    r"|(?:programme|program|schedule|itinerary|agenda|timetable)\b[^,;]{0,80}?\b(?:includ|foresee|foresaw"
    r"|provid|list|ha[sd]\b))",
    re.IGNORECASE,
)
"""Tells what something is for, or what is on a programme, and not that it came about."""

_ASKED = re.compile(
    r"(?:\b(?:those|people|voters|adults|respondents|when|if|were|was)\s+|^|[.,;(]\s+)$",
    re.IGNORECASE,
)
"""Before "asked" where it is a question that was put to somebody, and nothing is wished for."""

_QUESTION = re.compile(r"asked (?:about|whether|if|why|how|what|when|where|by)\b", re.IGNORECASE)
_UNNAMED = re.compile(
    r"(?:asked|asks|wished|wishes|wanted|wants|requested) (?:not to be|to (?:stay|remain)"
    r"|that (?:he|she|they)|for) (?:named|identified|quoted|unnamed|anonymous|anonymity|not)",
    re.IGNORECASE,
)
"""How a source is left unnamed, which is no wish that the news is about."""

_DESIRE = re.compile(r"(?:want|wish|seek|sought|hop|ask|invit|propos|urg|aim)", re.IGNORECASE)
_NEGATED = re.compile(r"(?:\bnot|\bnever|n['’]t)\s+(?:\w+ly\s+)?$", re.IGNORECASE)
"""Before a wish: who "did not wish to answer" did not answer."""

_JUDGED = re.compile(
    r"considers?\s+(?:(?:its|his|her|their) own\b|(?:promising|lasting|binding|fitting|pressing"
    r"|misleading|missing|damaging)\b|(?:an?|the|its|his|her|their)\s+\w+\s+(?:an?|as|to be|too"
    r"|closed|settled|finished|over|illegal|invalid|void|dead|important|essential|necessary|safe"
    r"|dangerous|unfair|fair)\b)",
    re.IGNORECASE,
)
_GAP = re.compile(
    r"(?P<lead>\w+),?\s+(?:that|which|what|whom)\s+(?:[\w'’-]+\s+){1,4}$", re.IGNORECASE
)
"""Before "considers" whose object stands before it: "a step that the union considers a mistake"."""

_COULD = re.compile(
    r"could(?:n['’]t\b|\s+(?:not|no longer|only|hardly|barely|neither|(?:\w+ly\s+)?"
    r"(?:look back|count on|rely|draw on|boast|point to))\b)",
    re.IGNORECASE,
)
"""What somebody was able, or unable, to do."""

RISKED = re.compile(
    r"\b(?:risk\w*|danger|threat\w*|fear\w*|potential\w*|prospects?|chances?|cannot|capab\w+"
    r"|willing|option|room (?:to|for))\b",
    re.IGNORECASE,
)
"""Leaves open what "could" come, as surely as "may" does."""


def wish(text: str, start: int = 0) -> re.Match[str] | None:
    """Return the first word from `start` by which a text wishes for something, or doubts it."""
    return next(_wishes(text, start), None)


def _wishes(text: str, start: int) -> Iterator[re.Match[str]]:
    for found in _WISHED.finditer(text, start):
        word = found[0].lower()
        if word == "asked" and (
            _ASKED.search(text, 0, found.start()) or _QUESTION.match(text, found.start())
        ):
            continue
        if _UNNAMED.match(text, found.start()):
            continue
        if _DESIRE.match(word) and _NEGATED.search(text, 0, found.start()):
            continue
        if word.startswith("consider") and _is_judged(found):
            continue
        yield found


def wish_itself(text: str, start: int) -> re.Match[str] | None:
    """Return the first wish, leaving out how "it will pay" is reported: "she said it would pay"."""
    for found in _wishes(text, start):
        if found[0].lower() != "would" or not SAYING.search(text, 0, found.start()):
            return found
    return None


def is_more_than_reported(text: str) -> bool:
    """Whether a text tells of a wish or a maybe, which "would" may only report."""
    return any(found[0].lower() != "would" for found in _WISHED.finditer(text))


def maybe(text: str) -> re.Match[str] | None:
    """Return the first word by which a text says that something only may be so."""
    for found in _MAYBE.finditer(text):
        if found[0].lower() == "could" and _COULD.match(text, found.start()):
            continue
        if found[0].lower().startswith("consider") and _is_judged(found):
            continue
        return found
    return None


def _is_judged(found: re.Match[str]) -> bool:
    """Whether who "considers" something calls it something, and does not think about doing it."""
    if _JUDGED.match(found.string, found.start()):
        return True
    gap = _GAP.search(found.string, 0, found.start())
    return gap is not None and not REPORTING.fullmatch(gap["lead"])


@kept
def is_left_open(text: str) -> bool:
    """Whether a sentence says itself that something is planned, wished for or still open."""
    return is_wished(text) or any(
        pattern.search(text) for pattern in (PLANNED, OPEN, ON_CONDITION, _PURPOSE)
    )


@kept
def is_wished(text: str) -> bool:
    """Whether a sentence has any word of a wish or a doubt, whoever's and of whatever it is."""
    return _WISHED.search(text) is not None
