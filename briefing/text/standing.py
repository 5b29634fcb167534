"""Whether a source sentence can be read by itself."""

import re

from briefing.data.article import Sentence
from briefing.text.names import OFFICE, names
from briefing.text.speech import REPORTING, unquoted
from briefing.text.words import words

_FEWEST_WORDS, _MOST_WORDS = 6, 70

_QUOTED_CHARS = 12
"""Blanks that stand for a quotation that was taken out."""

_MISSING_LEAD = re.compile(
    # Words that point at a sentence which the reader does not see.
    r"^[\"“']*(?:he|she|they|it|this|that|these|those|his|her|their|its|such|both|but|and|or|so|yet"
    r"|also|however|instead|moreover|then|there|here|the statement|the same|another|others"
    r"|the others|the latter|neither|one of (?:them|these|those)|in (?:return|turn|response)"
    r"|nonetheless|nevertheless|similarly|likewise|by contrast|therefore|for (?:that|this)"
    r"|on top of (?:that|this)|(?:despite|because of|after|before) (?:that|this),|since then"
    r"|(?:behind|before|after|against|for|with|among) (?:him|her|them),)\b",
    re.IGNORECASE,
)
_NAMED = r"(?:[A-Z][\w.'’-]*\s+){0,4}[A-Z][\w.'’-]*"
_OUTSIDE = re.compile(
    # Colonel Ivo Brandl, who commands them; Dr Yaro Sendek, its coordinator.
    rf"^{_NAMED},\s(?:who\s+\w+\s+(?:them|it|him|her)\b|(?:its|their|his|her)\s)"
    # The Alliance wants to run it until 2036: the subject is not what is run.
    rf"|^(?:The\s+)?{_NAMED}\s+(?:(?:has|have|had|will|would|could|can|should|also|then|to|[a-z]+ed"
    r"|wants?|hopes?|plans?|run|keep|sell|buy|open|close|take|use|make)\s+){1,5}(?:it|them|him)"
    r"(?=\s+(?:until|to|for|in|on|at|over|by|from|with|after|before|off|out|up|down|away|into"
    r"|during|and)\b|[.,;])"
)
"""A pronoun that nobody and nothing before it in the sentence can be; quotations blanked out."""

_POINTING = re.compile(
    r"\b(?:(?:called|calls|described|contradicted|praised)\s(?:this|that|these|those)\b"
    r"|(?:rejected|dismissed|denied|condemned|welcomed|criticised|criticized|accepted|repeated"
    r"|confirmed)\s(?:this|these|those)\b)(?!\s(?:year|month|week|morning|afternoon|evening)\b)"
)
"""What somebody called so, the sentence before says: "Lund called that suspicion baseless"."""

_FIRST_CLAUSE = 100
"""Characters before which there is little that a "this" can point at."""

_OWN_VOICE = re.compile(r"\b[Oo]ur\b")
"""An article's word for itself and its readers, quotations blanked out."""

_ITS_SPEAKER = re.compile(r"(?:(?:said|says|added|adds)\s+)?(?:its|their|his|her)\s")
"""Behind a quotation that opens the sentence: "…," said its coordinator."""

_PRONOUN = re.compile(r"\b(?:he|she|him)\b", re.IGNORECASE)
_BEFORE_ITS_NAME = re.compile(
    r"^\W*(?:As|When|While|After|Before|Although|Though|If|Since|Because|Until|Once)\b"
)
_PERSON = re.compile(
    r"\b(?:man|woman|boy|girl|leader|head|official|officer|member|candidate|lawyer|doctor|driver"
    r"|player|worker|teacher|student|soldier|farmer|editor|author|actor|singer|witness|victim"
    r"|suspect|husband|wife|father|mother|son|daughter|brother|sister|somebody|someone|nobody"
    r"|anyone|everyone|who|resident|owner|founder|winner|champion|successor|predecessor"
    r"|economist|analyst|expert|diplomat|deputy|colleague|counterpart|correspondent|reporter"
    r"|minister|secretary|coordinator|manager|executive|engineer|pilot|captain|nurse|coach|chief"
    r"|priest|pope|policeman|policewoman|guard|prisoner|patient|politician|lawmaker|congressman"
    r"|representative|attorney|general|colonel|defendant|accused|writer|artist|scientist"
    r"|researcher|professor|journalist|activist|protester|fighter|aide|advis[eo]r|neighbou?r"
    r"|friend|partner|mom|dad|child|teenager|year-old|passenger|rebel|spokes\w+)s?\b",
    re.IGNORECASE,
)
_CAPTION = re.compile(
    r"\b(?:is|are) (?:seen|pictured|shown|photographed) (?:in|at|on|as|near|during|here|with)\b"
    r"|\b(?:file (?:photo|picture|image)|handout (?:photo|picture|image)|photo(?:graph)? by"
    r"|screen ?shot of)\b|\bGetty Images\b|^CLOSE\s"
    r"|^In this (?:[a-z]+ )?(?:image|photo|photograph|picture|frame)\b|\bEnlarge Image\b"
    r"|^(?:Associated Press|Agence France-Presse|European Pressphoto Agency|Reuters|AP|AFP)\s+"
    r"(?:An?|The)\s"
    r"|^[^,;:\"“]{3,60}?\s(?:hits|rides|walks|waves|gestures|poses|celebrates|reacts|listens"
    r"|shakes|watches|embraces|greets)\s(?!.*\b(?:said|says|told)\b)",
)
"""What stands below a picture: it tells what is seen there, not what has happened."""

_VERB = re.compile(
    r"\b(?:is|are|am|be|been|do|did|have|had|can|may|might|must|will|shall|would|should|could"
    r"|[a-z]+(?:ed|s)|[a-z]+n['’]t|began|begun|bought|brought|built|came|caught|chose|cut|drew|drove|fell"
    r"|felt|fled|flew|fought|found|froze|gave|get|go|got|grew|grow|held|hid|hit|kept|knew|laid"
    r"|lay|led|left|lent|let|lie|lost|made|make|mean|meant|meet|met|need|paid|put|quit|ran|read"
    r"|remain|rose|said|sank|sat|saw|say|see|seem|sell|sent|set|shot|shut|slid|sold|sought|speak"
    r"|spent|split|spoke|spread|stand|stay|stood|stop|struck|sued|swore|take|taught|tell|think"
    r"|thought|threw|told|took|tore|understood|voted|want|went|withdrew|woke|won|work|wrote)\b"
)
"""A word that may be a finite verb. A line without any is a caption or a heading."""
_DAMAGED = re.compile(
    r"\s[,;:.]\s|\b(?:the|a) (?:general|colonel|major|admiral)\. [A-Z]|,\s*,|\(\s*\)"
)
_CUT_OFF = re.compile(r"(?:\.\.|…)\W*\Z")
"""An agency's copy that was shortened ends so, in the middle of a sentence."""


def is_sound(sentence: Sentence) -> bool:
    """Return whether `sentence` is whole, shows no damage, and is neither a scrap nor a page.

    Nor is it what stands below a picture, or a line without a verb.
    """
    text = sentence.text
    if _CAPTION.search(text) or not _VERB.search(text[:1].lower() + text[1:]):
        return False
    bare = text.rstrip("\"'”’)")
    if _DAMAGED.search(text) or not bare.endswith((".", "!", "?")) or _CUT_OFF.search(bare):
        return False
    return _FEWEST_WORDS <= len(words(text)) <= _MOST_WORDS


def stands_alone(sentence: Sentence) -> bool:
    """Return whether a reader who sees only `sentence` is not misled by it.

    It is sound, and leans on no other sentence for who speaks or who is meant.
    """
    text = sentence.text
    if not is_sound(sentence) or sentence.in_quotation or _MISSING_LEAD.match(text):
        return False
    if text.replace("''", '"').count('"') % 2 or text.count("“") != text.count("”"):
        return False
    told = unquoted(text)
    behind = told.lstrip(" \"”'’,")
    if len(told) - len(behind) >= _QUOTED_CHARS and _ITS_SPEAKER.match(behind):
        return False
    if (
        _OUTSIDE.match(told)
        or _POINTING.search(told, 0, _FIRST_CLAUSE)
        or _OWN_VOICE.search(told)
        or _has_unnamed_person(told)
    ):
        return False
    return text[0] not in "\"'“" or bool(REPORTING.search(told))


def _has_unnamed_person(told: str) -> bool:
    """Whether a "he" or "she" comes before anybody that it may be, quotations blanked out."""
    found = _PRONOUN.search(told)
    if found is None:
        return False
    if _BEFORE_ITS_NAME.match(told) and names(told[found.end() :]):
        return False
    before = told[: found.start()]
    return not (names(before) or OFFICE.search(before) or _PERSON.search(before))
