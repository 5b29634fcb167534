"""Names of people, places and organisations."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from briefing.data.article import Span
from briefing.text.kept import kept
from briefing.text.words import STOPWORDS

_PARTICLE = r"(?:al|bin|bint|ibn|van|von|der|den|de|del|della|di|da|dos|du|la|le|el|ben|ul|ur)"
_CAPITAL = r"[^\W\d_a-z](?:[^\W\d_]|['’-](?=[^\W\d_]))*\.?"
_TOKEN = re.compile(r"[^\W\d_](?:[^\W_]|['’.-](?=[^\W_]))*")
_PART = rf"(?:(?:[A-Z]\.){{2,}}[A-Z]?|{_CAPITAL})(?!\d)"
NAME_RUN = re.compile(
    rf"(?<![^\W_]){_PART}(?:\s+(?:{_PARTICLE}[-\s]\s?){{0,3}}{_PART})*", re.UNICODE
)

_KINDS = (
    "prime|foreign|external affairs|defen[cs]e|finance|interior|home|justice|trade|commerce|energy"
    "|health|education|transport|agriculture|culture|economy|economic|environment|information"
    "|petroleum|railways?|water|labou?r|planning|science|tourism|industry|oil|power"
)
OFFICE = re.compile(
    rf"\b(?=\w)(?:(?P<before>deputy|vice|acting|former|ex|then|assistant)[- ])?(?:"
    rf"(?P<kind>{_KINDS})\s+(?P<rank>minister|ministers|secretary)"
    rf"|(?P<of>minister|ministers|secretary)\s+(?:of|for)\s+(?:the\s+)?"
    rf"(?P<portfolio>foreign affairs|external affairs|foreign relations|home affairs"
    rf"|internal affairs|state|{_KINDS})"
    r"|(?P<short>PM|FM)\b"
    r"|(?P<plain>premier|president|chancellor|king|queen|emperor|sultan|emir|speaker|ambassador"
    r"|(?:special )?envoy|spokes(?:man|woman|person)|chief of staff|army chief|governor|mayor"
    r"|navy chief|air chief|(?:chief|head) of (?:the )?(?:\w+ )?army"
    r"|state secretary|secretary of state"
    r"|secretary[- ]general|commander|high commissioner|consul|chief minister"
    r"|chief executive|CEO|(?:managing )?director|chair(?:man|woman|person)|prosecutor|judge"
    r"|commissioner|bishop|archbishop|prince|princess|senator|police chief|safety chief)"
    r")\b",
    re.IGNORECASE,
)


_IN_OFFICES = (
    "minister secretary pm fm premier president chancellor king queen emperor sultan emir speaker "
    "ambassador envoy spokes chief governor mayor army commander commissioner consul ceo director "
    "chair prosecutor judge bishop prince senator"
).split()
"""One of these is part of each office above."""


@dataclass(frozen=True, slots=True)
class Name:
    """A run of capitalised words that is not just the start of a sentence."""

    text: str
    span: Span

    @property
    def last(self) -> str:
        """The key of the last word: a surname, for a person."""
        return key(self.text.split()[-1])


@lru_cache(maxsize=50_000)
def key(word: str) -> str:
    """Return `word` without case, diacritics, possessive and full stops, to compare names by."""
    word = word.replace("’", "'").removesuffix("'s").removesuffix("'")
    decomposed = unicodedata.normalize("NFKD", word.casefold())
    return "".join(char for char in decomposed if char.isalnum() or char == "'").strip("'")


@kept
def names(text: str) -> tuple[Name, ...]:
    """Return the names in `text`, in order.

    Everyday words that are capitalised for where they stand, ranks and offices are not part of a
    name; initials and particles ("van", "al-") are.
    """
    runs = (trimmed(run, text) for run in NAME_RUN.finditer(text))
    return tuple(name for name in runs if name is not None)


def trimmed(run: re.Match[str], text: str) -> Name | None:
    """Return the name in a run of capitalised words, without ranks, offices and everyday words."""
    start, end = run.span()
    if _may_name_office(text[start:end]):
        for office in OFFICE.finditer(text, start, end):
            start = office.end()
    tokens = list(_TOKEN.finditer(text, start, end))
    while tokens and is_everyday(tokens[0][0]):
        del tokens[0]
    while tokens and is_everyday(tokens[-1][0]):
        del tokens[-1]
    if not tokens:
        return None
    span = Span(tokens[0].start(), tokens[-1].end())
    return Name(span.of(text), span)


def _may_name_office(run: str) -> bool:
    """Whether a run has letters that are part of every office; most runs have none."""
    # As `re.IGNORECASE` does: the Turkish letters fold to an "i" too.
    folded = run.casefold().replace("\u0307", "").replace("\u0131", "i")
    return any(part in folded for part in _IN_OFFICES)


def is_everyday(word: str) -> bool:
    """Whether `word` is often capitalised for where it stands, or is a rank."""
    lowered = word.lower().replace("’", "'").removesuffix("'s")
    return lowered in STOPWORDS or lowered in _EVERYDAY or lowered in _RANKS


_RANKS = frozenset(
    "minister ministers general gen colonel col major captain admiral marshal sergeant "
    "lieutenant lt sir dame lord lady dr prof professor mr mrs ms chief army deputy special "
    "office".split()
)

_EVERYDAY = frozenset(
    "earlier later meanwhile however also according today yesterday tomorrow monday tuesday "
    "wednesday thursday friday saturday sunday january february march april may june july "
    "august september october november december officials sources talks two three four five "
    "six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen "
    "nineteen twenty thirty forty fifty sixty seventy eighty ninety every each "
    "ahead prior besides apart asked speaking calls as per no yes "
    "thanks others former further nobody someone everyone anyone everybody none police "
    "several many another last next since although despite "
    "following currently "
    "recently finally together instead both bilateral trade relations cooperation pm am".split()
)
"""Words that are often capitalised for where they stand, not for what they name."""


def same_name(word: str, other: str) -> bool:
    """Whether two keys name the same: equal, a short form, or a country and its people."""
    if word == other:
        return True
    short, long = sorted((word, other), key=len)
    if _SHORT_FOR.get(short) == long:
        return True
    if len(short) < 4 or long == short:
        return False
    root = short.rstrip("aeiouy") if len(short.rstrip("aeiouy")) >= 4 else short
    return long.startswith(root) and long[len(root) :] in _DEMONYMS


@lru_cache(maxsize=4_096)
def is_among(word: str, keys: frozenset[str]) -> bool:
    """Whether one of `keys` names the same as `word`; kept, for a text's keys are asked often."""
    return word in keys or any(same_name(word, other) for other in keys)


_SHORT_FOR = dict(
    pair.split("=")
    for pair in (
        "ariz=arizona calif=california colo=colorado conn=connecticut "
        "fla=florida ga=georgia kan=kansas ky=kentucky "
        "md=maryland mich=michigan minn=minnesota "
        "neb=nebraska nev=nevada okla=oklahoma "
        "tenn=tennessee tex=texas vt=vermont va=virginia "
        "wis=wisconsin wyo=wyoming ont=ontario "
        "co=company corp=corporation inc=incorporated ltd=limited bros=brothers dept=department "
        "assn=association univ=university govt=government intl=international natl=national "
        "st=saint mt=mount ft=fort gen=general jr=junior sr=senior"
    ).split()
)
"""What newspapers' style books shorten: American states, and parts of names of companies.

Left out is what is a word or a name by itself: who fell ill was not in Illinois, and Miss Lund is
not from Mississippi.
"""

_DEMONYMS = frozenset(
    "n an ian i ish ese ic ns ans ians is er ers a ia iya ai ani ean ean's ese s yan".split()
)


_SMALL_WORDS = tuple("of for the and on in to de des du la".split())


def is_spelt_out(acronym: str, text: str) -> bool:
    """Whether a run of words in `text` has these initials: "Farm Water Agency" for "FWA".

    Small words inside the run are passed over: "Organisation for the Care of Farms".
    """
    wanted = acronym.upper()
    # Before the first word there may be a mark; a pattern is only made where the others stand.
    if len(wanted) < 3 or not wanted.isalpha() or wanted[1:] not in _beginnings(text):
        return False
    smalls = rf"(?:(?:{'|'.join(_SMALL_WORDS)})\s+)*"
    run = r"[\w’'-]*\s+".join(smalls + letter for letter in wanted)
    return re.search(rf"\b{run}\w+", text) is not None


@kept
def _beginnings(text: str) -> str:
    """Return the first character of each word that blanks part, those of small words apart."""
    return "".join(word[0] for word in text.split() if word not in _SMALL_WORDS)


def initials(name: str) -> str:
    """Return the capital initials of a name of several words: `SCO`; else an empty string."""
    capitals = [word[0] for word in _TOKEN.findall(name) if word[0].isupper()]
    return "".join(capitals) if len(capitals) > 1 else ""
