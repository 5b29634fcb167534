"""Offices that texts give to people, and who holds which over all articles of a story."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from briefing.data.article import Sentence, Span
from briefing.text.kept import kept
from briefing.text.names import NAME_RUN, OFFICE, Name, is_everyday, key, trimmed

_PORTFOLIOS = {
    "foreign affairs": "foreign",
    "external affairs": "foreign",
    "foreign relations": "foreign",
    "external relations": "foreign",
    "home affairs": "interior",
    "home": "interior",
    "internal affairs": "interior",
    "defense": "defence",
}
_SAME_OFFICE = {
    "premier": "prime minister",
    "special envoy": "envoy",
    "spokesman": "spokesperson",
    "spokeswoman": "spokesperson",
    "secretary-general": "secretary general",
    "chairman": "chair",
    "chairwoman": "chair",
    "chairperson": "chair",
    "ceo": "chief executive",
    "managing director": "director",
}
_OF_PLACE = re.compile(r"\s+(?:of|for|to|on|in)\s+(?:the\s+)?(?=[^\W\d_a-z])")
_APPOSITION = re.compile(
    r"(?:,\s*(?:who\s+is\s+|who\s+was\s+)?|\s+(?:is|was|as|became|becomes)\s+)"
    r"(?:(?:the|a|an|its|his|her|their|first|second|third|new|current|visiting|outgoing|veteran"
    r"|serving|sitting|incumbent|longtime|country['’]s|(?:[A-Z]\.){2,}"
    r"|[^\W\d_a-z][^\W\d_]+(?:['’]s)?)[ -]){0,4}$"
)
_OWNED = re.compile(r"(?P<who>[^'’]*[^\W_])['’]s\s+(?=[^\W\d_a-z])")
_OPENING = re.compile(
    r"(?:^|[.!?]\s+)(?:Besides|Apart from|Before|After|Following|Ahead of|Alongside|Unlike"
    r"|Concerning|Regarding|As for|As to)\b"
    r"[^,.]*$"
)
"""What opens a sentence, and ends with the comma behind it: "Besides his talks with Lund, "."""

_GOES_ON = re.compile(
    r"(?:\s+(?:of|for)\s+(?:the\s+)?[^\W\d_a-z]\w+)?\s+(?:also\s+|then\s+|later\s+)?"
    r"(?:is|was|has|had|will|would|can|could|may|might|must|should|said|told|met|went|made|gave"
    r"|took|held|left|[a-z]{3,}ed|calls|says|wants|plans|meets|visits|expects)\b"
)
BODY = re.compile(
    r"\b(?:Ministry|Office|Party|Union|League|Council|Agency|Group|Department|Campaign|Committee"
    r"|Commission|Federation|Association|Institute|Organi[sz]ation|Court|Bank|Alliance|Authority"
    r"|Front|Movement|Academy|University|College|Hospital|Society|Foundation|Trust|Board|Congress"
    r"|Parliament|Assembly|Senate|Chamber|Congregation|Conference|Bureau|Centre|Center|Company"
    r"|Corporation|Airlines|Airways|Press|Times|News|Prix|Cup)$"
)
"""A run of capitals that ends so is a body, and no country with somebody's name behind it."""

_OWNER = re.compile(r"['’]s\s")

_AS = re.compile(r"\s+as\b")
_PLACED = re.compile(r"\b(?:in|of|to|at|for|from)\s+(?:the\s+)?$")
_WAS = re.compile(r"\b(?:was|as|became|becomes)\b")

_LAST_WORD = re.compile(r"([^\W\d_][^\W_]*)(?:['’]s)?\s+$")
_OF_NATION = re.compile(r"\s+of\s+(?:the\s+)?([^\W\d_][^\W_]*)")
_WORD_CHARS = 100
"""No word is longer that a nation is named by."""

EXCLUSIVE = frozenset(
    ["president", "vice president", "king", "queen", "chancellor", "emperor", "sultan", "emir"]
    + [f"{kind} minister" for kind in "prime foreign defence finance interior justice".split()]
)
"""Offices of which a person holds only one at a time: two of them for one name is a conflict."""

_APART = frozenset(
    "health education transport agriculture culture environment energy water labour tourism "
    "justice defence foreign interior finance".split()
)
"""Portfolios that are no two names of one: trade and economy, or oil and petroleum, may be."""

_EXCLUDING = EXCLUSIVE | {"mayor", "governor", "ambassador", "army chief"}
"""These and the exclusive ones are not held together; but there are many mayors."""


_ALIKE = 0.65
"""Ratio of `SequenceMatcher` from which two first names may be one: "Sergei" and "Sergey" have .83,
"Bob" and "Ben" .33. Set by hand."""

LEADING = frozenset(
    "president premier chancellor mayor governor director chief chairman chairwoman chairperson "
    "chair leader head boss commander king queen emperor".split()
)
"""What whoever leads a country, a party or a firm is called."""

SERVING = frozenset(
    "minister secretary spokesman spokeswoman spokesperson envoy ambassador".split()
)
"""What those are called who act or speak for one."""


@dataclass(frozen=True, slots=True)
class Office:
    """An office as a text names it, with its holder where the words say so."""

    title: str
    """Canonical: `foreign minister`, `vice president`."""

    span: Span
    text: str
    holder: Name | None
    nation: str | None
    """Key of the capitalised word just before: `russian`."""


@kept
def offices(text: str) -> tuple[Office, ...]:
    """Return the offices that `text` names, each with its holder where one stands beside it."""
    runs = list(NAME_RUN.finditer(text))
    return tuple(_office(found, text, runs) for found in OFFICE.finditer(text))


def _office(found: re.Match[str], text: str, runs: list[re.Match[str]]) -> Office:
    return Office(
        title=_title(found),
        span=Span(*found.span()),
        text=found[0],
        holder=_holder_after(found, text) or _holder_before(found, text, runs),
        nation=_nation(found, text),
    )


def _title(found: re.Match[str]) -> str:
    if found["short"]:
        title = {"pm": "prime minister", "fm": "foreign minister"}[found["short"].lower()]
    elif found["plain"]:
        plain = found["plain"].lower()
        title = "army chief" if plain.endswith("army") else _SAME_OFFICE.get(plain, plain)
    else:
        kind = (found["kind"] or found["portfolio"]).lower()
        rank = (found["rank"] or found["of"]).lower().removesuffix("s")
        title = f"{_PORTFOLIOS.get(kind, kind)} {rank}"
    before = (found["before"] or "").lower()
    return f"{before} {title}" if before and before != "then" else title


def _holder_after(found: re.Match[str], text: str) -> Name | None:
    """Return NAME in "Foreign Minister NAME" or "Foreign Minister of Norland, NAME"."""
    at = found.end()
    place = _OF_PLACE.match(text, at)
    if place is None:
        return _name_at(text, at)
    country = NAME_RUN.match(text, place.end())
    if country is None:
        return None
    name = trimmed(country, text)
    if name is not None and len(name.text.split()) > 2 and not _is_body(name.text):
        # "Minister of Norland Anna Bell" is one run of capitals: the country is its first word.
        rest = NAME_RUN.search(text, name.span.start + len(name.text.split(maxsplit=1)[0]))
        return trimmed(rest, text) if rest else None
    end = country.end()
    more = _OF_PLACE.match(text, end)
    if more and BODY.search(country[0]) and (run := NAME_RUN.match(text, more.end())):
        # "President of the Union of Ferries, Anna Bell".
        end = run.end()
    return _name_at(text, end)


def _is_body(name: str) -> bool:
    return bool(_OWNER.search(name) or BODY.search(name))


def _name_at(text: str, at: int) -> Name | None:
    gap = re.compile(r",?\s+(?=[^\W\d_a-z])").match(text, at)
    run = NAME_RUN.match(text, gap.end()) if gap else None
    name = trimmed(run, text) if run else None
    return None if name is None or name.text.isupper() else _owner(name)


def _owner(name: Name) -> Name:
    """Return the name without what is its holder's: Ada Lund, of "Ada Lund's Farm League"."""
    owned = _OWNED.match(name.text)
    if owned is None:
        return name
    return Name(owned["who"], Span(name.span.start, name.span.start + len(owned["who"])))


def _holder_before(found: re.Match[str], text: str, runs: list[re.Match[str]]) -> Name | None:
    """Return NAME in "NAME, the Norlandish foreign minister" or "NAME is foreign minister"."""
    for run in reversed(runs):
        if run.end() <= found.start() and _APPOSITION.fullmatch(text, run.end(), found.start()):
            # "Represents Norland in Velland as its ambassador": nobody is called Velland.
            placed = _AS.match(text, run.end()) and _PLACED.search(text, 0, run.start())
            return None if placed or _is_apart(run, found, text) else trimmed(run, text)
    return None


def _is_apart(run: re.Match[str], found: re.Match[str], text: str) -> bool:
    """Whether the name ends what opens the sentence, and the office begins what is told.

    "Besides his talks with Lund, the Norlandish minister is to …"
    """
    return bool(
        text.startswith(",", run.end())
        and _GOES_ON.match(text, found.end())
        and _OPENING.search(text[: run.start()])
    )


def _nation(found: re.Match[str], text: str) -> str | None:
    before = _LAST_WORD.search(text, max(0, found.start() - _WORD_CHARS), found.start())
    if before and before[1][0].isupper() and not _is_institution(before[1]):
        return key(before[1])
    after = _OF_NATION.match(text, found.end())
    return key(after[1]) if after and after[1][0].isupper() else None


def _is_institution(word: str) -> bool:
    return is_everyday(word) or word.lower() in {"ministry", "department", "party", "house"}


@dataclass(frozen=True, slots=True)
class Held:
    """A sentence in which an article gives somebody an office that excludes others."""

    holder: Name
    title: str
    sentence: Sentence
    is_past: bool = False
    """It says that somebody was it, which another office since does not contradict."""


class Holders:
    """Who holds which office, over all articles, as far as one office excludes another.

    Two people of one surname are kept apart by their first names where both have one.
    """

    def __init__(self, read: Mapping[str, tuple[Sentence, Sequence[Office]]]) -> None:
        """Take each sentence with its offices, keyed by sentence id."""
        self._held: dict[str, list[Held]] = {}
        for sentence, found in read.values():
            for office in found:
                if office.holder is not None and not office.text.lower().startswith("then"):
                    between = sentence.text[office.holder.span.end : office.span.start]
                    past = bool(_WAS.search(between))
                    held = Held(office.holder, office.title, sentence, past)
                    self._held.setdefault(office.holder.last, []).append(held)

    def of(self, person: Name) -> tuple[Held, ...]:
        """Return the exclusive offices that articles give `person`, in the order of sentences."""
        return tuple(held for held in self._of(person) if held.title in EXCLUSIVE)

    def now(self, person: Name) -> tuple[Held, ...]:
        """Return the offices, of any kind, that articles give `person` as held and not past.

        A surname alone says nothing where the articles know two people of that surname.
        """
        is_shared = _is_shared(self._held.get(person.last, []))
        return tuple(
            held
            for held in self._of(person)
            if not held.is_past
            and not held.title.startswith("former ")
            and (not is_shared or len(held.holder.text.split()) > 1)
        )

    def usual(self, person: Name) -> tuple[str, int] | None:
        """Return the office that most articles give `person`, and how many do; None for a tie."""
        articles = Counter(
            title for title, _ in {(held.title, held.sentence.article) for held in self.of(person)}
        )
        ranked = articles.most_common(2)
        if not ranked or (len(ranked) == 2 and ranked[0][1] == ranked[1][1]):
            return None
        return ranked[0]

    def conflicts(self) -> Iterator[tuple[Held, ...]]:
        """Yield what is said of each person with two offices that exclude each other.

        A surname alone says nothing where the articles know two people of that surname.
        """
        for surname in sorted(self._held):
            seen: set[str] = set()
            named = {(held.holder.text, held.title): held for held in self._held[surname]}
            for held in named.values():
                said = tuple(one for one in self._of(held.holder) if not one.is_past)
                if _is_shared([*named.values()]):
                    said = tuple(one for one in said if _have_first_names(one, held))
                titles = {one.title for one in said}
                said = tuple(o for o in said if any(exclude(o.title, t) for t in titles))
                if said and not seen & {one.sentence.id for one in said}:
                    seen.update(one.sentence.id for one in said)
                    yield said

    def _of(self, person: Name) -> tuple[Held, ...]:
        return tuple(
            held for held in self._held.get(person.last, ()) if _may_be_one(person, held.holder)
        )


def exclude(title: str, other: str) -> bool:
    """Whether nobody holds both offices at once: two high ones, or one and its deputy's."""
    if title == other:
        return False
    if title in _EXCLUDING and other in _EXCLUDING:
        return True
    portfolios = {_portfolio(title), _portfolio(other)}
    if len(portfolios) == 2 and portfolios <= _APART:
        return True
    short, long = sorted((title, other), key=len)
    return long.removesuffix(short) in {"deputy ", "vice ", "assistant "}


def _portfolio(title: str) -> str:
    """Return the field of a minister or secretary of one field; else the title."""
    kind, _, rank = title.partition(" ")
    return kind if rank in {"minister", "secretary"} else title


def _is_shared(held: Sequence[Held]) -> bool:
    """Whether first names show two people."""
    firsts = [{key(word) for word in one.holder.text.split()[:-1]} for one in held]
    return any(
        one and other and not any(_are_alike(a, b) for a in one for b in other)
        for one in firsts
        for other in firsts
    )


def _are_alike(name: str, other: str) -> bool:
    """Whether two first names may be one, spelt in two ways: Sergei and Sergey, Bob and B."""
    if name[:1] != other[:1]:
        return False
    return min(len(name), len(other)) == 1 or SequenceMatcher(None, name, other).ratio() >= _ALIKE


def _have_first_names(one: Held, other: Held) -> bool:
    return all(len(held.holder.text.split()) > 1 for held in (one, other))


def _may_be_one(person: Name, other: Name) -> bool:
    first = {key(word) for word in person.text.split()[:-1]}
    second = {key(word) for word in other.text.split()[:-1]}
    return not first or not second or any(_are_alike(a, b) for a in first for b in second)
