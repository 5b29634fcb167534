"""Words, stems and their weight."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import lru_cache
from math import log
from typing import Any

import Stemmer

from briefing.text.kept import kept

_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")

STOPWORDS = frozenset(
    "a about above after again all also am an and any are as at be because been before being "
    "below between both but by can could did do does doing down during each few for from "
    "further had has have having he her here hers herself him himself his how i if in into is "
    "it its itself just me more most my myself no nor not now of off on once only or other "
    "our ours out over own same she should so some such than that the their theirs them "
    "themselves then there these they this those through to too under until up upon us very "
    "was we were what when where which while who whom why will with within would you your "
    "yours s t d ll m re ve w via per among amid said says say saying told tell added adding "
    "stated stating according nearly almost around roughly "
    "approximately mr mrs ms dr".split()
)
"""Words that carry no content of their own, reporting verbs among them."""

_EQUAL = {
    # Spellings and inflections that the stemmer keeps apart, mapped to one stem.
    "organis": "organ", "organiz": "organ", "defens": "defenc", "program": "programm",
    "met": "meet", "held": "hold", "led": "lead", "spoke": "speak", "spoken": "speak",
    "took": "take", "taken": "take", "gave": "give", "given": "give", "came": "come",
    "went": "go", "gone": "go", "saw": "see", "seen": "see", "sent": "send", "built": "build",
    "began": "begin", "begun": "begin", "left": "leav", "made": "make", "grew": "grow",
    "grown": "grow", "rose": "rise", "risen": "rise", "fell": "fall", "fallen": "fall",
    "won": "win", "lost": "lose", "paid": "pay", "bought": "buy", "sold": "sell",
    "brought": "bring", "sought": "seek", "told": "tell", "kept": "keep", "drew": "draw",
    "drawn": "draw", "knew": "know", "known": "know", "thought": "think", "stood": "stand",
    "meant": "mean", "shown": "show", "dealt": "deal", "spent": "spend", "lent": "lend",
    "broke": "break", "broken": "break", "chose": "choos", "chosen": "choos", "drove": "drive",
    "driven": "drive", "flew": "fli", "flown": "fli", "froze": "freez", "frozen": "freez",
    "hidden": "hide", "laid": "lay", "ran": "run", "rode": "ride", "shot": "shoot",
    "struck": "strike", "swore": "swear", "taught": "teach", "threw": "throw", "thrown": "throw",
    "understood": "understand", "withdrew": "withdraw", "withdrawn": "withdraw", "fought": "fight",
    "caught": "catch", "became": "becom", "overtook": "overtak",
    "wrote": "write", "written": "write", "felt": "feel", "got": "get",
    "visitor": "visit", "talk": "talk", "arriv": "arriv", "arrival": "arriv",
    "departur": "depart", "agreement": "agre", "discuss": "discuss", "discussion": "discuss",
    "negoti": "negoti", "ministri": "ministri", "minist": "minist", "%": "percent",
    "percentag": "percent", "per-cent": "percent",
}  # fmt: skip


@lru_cache(maxsize=1)
def _stemmer() -> Any:  # noqa: ANN401 -- the library has no types
    # Its own cache is no place where two threads may meet; `stem` has one.
    return Stemmer.Stemmer("english", 0)


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """Return the Porter2 stem of `word`, with irregular forms and spellings folded."""
    lowered = word.lower().replace("’", "'").removesuffix("'s").rstrip("'")
    stemmed: str = _stemmer().stemWord(lowered)
    return _EQUAL.get(stemmed, stemmed)


@kept
def words(text: str) -> tuple[str, ...]:
    """Return the words of `text` in order: letters and digits, inner hyphens and apostrophes."""
    return tuple(_WORD.findall(text))


@kept
def content_stems(text: str) -> tuple[str, ...]:
    """Return the stems of the words that carry content, parts of a hyphenated word apart."""
    return tuple(
        stem(part)
        for word in words(text)
        for part in word.split("-")
        if part and part.lower() not in STOPWORDS
    )


_SYNONYM_SETS = """
speak talk converse conversation
talk negotiation discussion conversation meeting dialogue consultation
visit trip stay tour
begin start launch commence open
end finish conclude close wrap
big large major great sizeable
biggest largest
deal agreement pact accord treaty
leave depart go fly
arrive land come reach
pipeline duct conduit pipe
railway railroad rail line
mutual joint common shared bilateral
nearly almost about around roughly some approximately
tie relation relationship link
cooperation collaboration work together
cost price worth value expense
trade commerce exchange
increase rise grow growth climb up jump raise lift
decrease fall decline drop down
country nation state
city capital
official functionary officer
chief head leader
help assist support aid
discuss review debate consider
want wish seek hope desire like
build construct lay construction
say tell state mention note
receive welcome greet
drop abandon cancel
margin sideline edge
go take travel
settlement solution resolution peace
war conflict fighting
army military
ask request demand call
fix set settle
plan schedule intend due expect estimate foresee
former previous earlier past
last latest recent
journalist reporter press
hold conduct take place
attend join participate
include comprise contain
show display
part portion share
part portion share section stretch
group team party
firm company business
person people member man individual
people inhabitant resident
money fund credit loan
sign conclude
noon midday
return go
withdraw take
also too
need must require
difficult hard sensitive
buy purchase acquire
sell supply deliver ship send
wheat grain
dead killed die
injured wounded hurt
near close
year annual
set establish found create
give grant provide
get obtain receive
lead head
airport airfield airbase
document paper
issue matter question topic subject
area field sphere
deepen strengthen expand broaden further enhance boost widen
remain stay keep
colleague counterpart
spokesperson spokeswoman spokesman
ministry office
carry transport
run go
describe call term
remark comment statement
list protocol
accompany escort
flagship main
early soon
quick rapid fast
different various diverse
pledge promise vow
revive resume restart
belong member
represent ambassador
heavy large
rest base
bring
put estimate
word statement
stop halt freeze suspend cease
withdraw pull remove
take remove pull
dismiss reject
resign quit
postpone delay defer put
allow permit let
buy take
acknowledge confirm admit
concede admit
maintain say insist
publish release disclose
loss lose
earn profit make
reduce cut lower trim
halve half
double twice
approve back endorse pass
oppose resist
produce generate make supply
destroy ruin
collapse fail
search raid
choose pick select elect
name appoint
replace succeed
continue go travel proceed
whole entire
gamut range spectrum
background backdrop
tweet twitter
rebuild reconstruct reconstruction
happen occur
cause trigger
try attempt
warn caution
examine inspect investigate probe
worker employee staff job
employ worker
car vehicle
road street
kid child
doctor physician
hospital clinic
prison jail
rule govern
law legislation
lawmaker deputy legislator mp mps mk mks parliamentarian
poll election vote
home house
storm hurricane
flood deluge
quake earthquake
ship vessel boat
seem appear look
badly severely heavily gravely
forbid ban bar prohibit outlaw
prolong extend
submit present file lodge
dismissal layoff redundancy
massive enormous huge vast giant gigantic
lawsuit suit case action
topic subject item point matter
convict guilty
delivery supply shipment deliver
intact undamaged unharmed
plane aircraft
soldier troop
"""


@lru_cache(maxsize=1)
def _synonyms() -> Mapping[str, frozenset[str]]:
    table: dict[str, set[str]] = {}
    for line in _SYNONYM_SETS.strip().splitlines():
        stems = {stem(word) for word in line.split()}
        for one in stems:
            table.setdefault(one, set()).update(stems - {one})
    return {one: frozenset(others) for one, others in table.items()}


def synonyms(stemmed: str) -> frozenset[str]:
    """Return stems that news texts use for the same thing; a small hand-made list, not WordNet."""
    return _synonyms().get(stemmed, frozenset())


class Weights:
    """How much a stem tells: its inverse document frequency over some texts.

    The formula is the smoothed one of scikit-learn, `ln((1 + n) / (1 + df)) + 1`.
    """

    def __init__(self, texts: Iterable[str]) -> None:
        frequency: Counter[str] = Counter()
        self._count = 0
        for text in texts:
            frequency.update(set(content_stems(text)))
            self._count += 1
        self._frequency: Mapping[str, int] = frequency

    def __getitem__(self, stemmed: str) -> float:
        """Return the weight of a stem, the highest for one never seen."""
        return log((1 + self._count) / (1 + self._frequency.get(stemmed, 0))) + 1
