"""The many ways in which news texts name one deed, and what sets two deeds of one kind apart."""

import re
from collections.abc import Mapping
from functools import lru_cache

from briefing.text.words import stem

_SAID_AS = (
    ("signed", r"put(?:s|ting)? (?:his|her|its|their) (?:names?|signatures?) (?:to|under)|inked"),
    ("exploded", r"(?:went|goes|going) off|blew up|blown up|detonated"),
    ("flooded", r"(?:burst|broke|overflowed) its banks|under ?water|inundated|submerged"),
    ("activated", r"(?:came|come|comes|coming|went|enter(?:s|ed)) into (?:force|effect|operation)"
     r"|(?:took|taken|takes) effect|in force since"),
    ("activate", r"(?:come|enter|go) into (?:force|effect|operation)|take effect"),
    ("turnout", r"voters (?:took part|voted|turned out|went to the polls|cast (?:a|their) \w+)"),
    ("killed", r"(?:lost|losing|lose) (?:his|her|their) li(?:fe|ves)|death tolls?|fatalities|deaths"
     r"|perished|dead|died"),
    ("injured", r"in hospital|needed treatment|casualties"),
    ("arrested", r"(?:taken|took) into custody|(?:placed|put) under arrest|detained|in custody"),
    ("resigned", r"(?:stepped|stood|stepping|standing) down"
     r"|(?:handed in|tendered|submitted|gave) (?:his|her|their) (?:resignation|notice)"),
    ("resign", r"(?:step|stand) down"),
    ("testified", r"gave evidence"),
    ("testify", r"give evidence"),
    ("sworn in", r"(?:took|taken|takes|take) (?:the |his |her )?oath(?: of office)?|took office"),
    ("arrived", r"touched down|(?:flew|flies|fly) in(?:to)?|set foot"),
    ("left", r"took off|(?:flew|set) (?:out|off|home)"),
    ("bought", r"(?:completed|closed|finalised|finalized|concluded|sealed) "
     r"(?:its|the|his|her|their) (?:purchase|acquisition|takeover)"),
    ("sold", r"(?:completed|closed|finalised|finalized|concluded|sealed) "
     r"(?:its|the|his|her|their) (?:sale|disposal)"),
    ("dismissed", r"laid off|made redundant|sacked|let go"
     r"|(?:lost|losing|lose) (?:his|her|its|their) (?:jobs?|posts?|office)"),
    ("strike", r"walked out|downed tools|stopped work|laid down tools|walkout"),
    ("convicted", r"found guilty"),
    ("imprisoned", r"(?:sent|sentenced) to (?:prison|jail)|jailed|behind bars"
     r"|years? (?:in|of) (?:prison|jail)|prison (?:term|sentence)s?"),
    ("opened", r"opened (?:its|their) doors|inaugurated"),
    ("extradited", r"(?:handed over|surrendered) to"),
    ("extradite", r"(?:hand over|surrender) to"),
    ("trade", r"goods(?=.{0,60}\bbetween\b)|trade turnover|turnover of (?:trade|goods)"),
    ("homeless", r"without (?:a )?(?:roof|shelter)"),
)  # fmt: skip
"""A word, and the phrases that say no more and no less than it."""

_PHRASE = re.compile(
    r"\b(?=\w)(?:"
    + "|".join(f"(?P<p{at}>{form})" for at, (_, form) in enumerate(_SAID_AS))
    + r")\b",
    re.IGNORECASE,
)

_KINDS = """
explosion explode bomb bombing blast detonation
elect election vote poll ballot
turnout voter electorate
found start establish launch create
head president chief leader chair chairman chairwoman
house home dwelling household
purchase buy acquire acquisition takeover
revenue sales
profit earnings
fine penalty
fire blaze
clash fighting battle skirmish firefight
accident crash collision
strike walkout
worker staff employee job post
team side squad
spectator fan attendance crowd
fighter rebel insurgent militant gunman
soldier serviceman troop
policeman police officer
protest demonstration rally
protester demonstrator marcher
gather assemble fill flock attend
villager resident inhabitant
evacuate flee displace
imprison prison jail sentence
kill die death
injure wound hurt
truce ceasefire armistice
aid relief assistance
refugee migrant
mine pit colliery
quake earthquake tremor
storm hurricane typhoon cyclone gale
pupil student schoolchild
deal agreement treaty accord pact
"""
"""Words for one kind of thing or deed, a line each, beside the synonyms that all steps know."""

_RIVALS = """
export | import
profit earnings | revenue sales | loss | debt | dividend | volume
man men | woman women
boy | girl
kill die death | injure wound hurt | miss | arrest | evacuate displace | rescue
soldier troop serviceman | civilian villager | rebel insurgent militant fighter | policeman police
crew pilot | passenger | people person
upper | lower
north northern | south southern | east eastern | west western
gross | net
presidential | parliamentary | local municipal mayoral
seat | vote
adult | child children
deposit | loan
"""
"""Words that name different things of one kind: figures and dates beside two of a line are two."""


@lru_cache(maxsize=10_000)
def plain(text: str) -> str:
    """Return `text` with the set phrases of news put into one word each.

    For comparing words only: places in it are not those of the text.
    """
    return _PHRASE.sub(_word, text)


def phrase_verb(text: str, verb: str) -> str:
    """Return the stem of the word for a set phrase with `verb`, any phrase where it is empty.

    Empty where there is none: `verb` stands then.
    """
    for found in _PHRASE.finditer(text):
        if not verb or verb in {stem(word) for word in found[0].split()}:
            return stem(_word(found))
    return verb


def _word(found: re.Match[str]) -> str:
    return _SAID_AS[int((found.lastgroup or "p0")[1:])][0]


@lru_cache(maxsize=1)
def _kinds() -> Mapping[str, frozenset[str]]:
    table: dict[str, set[str]] = {}
    for line in _KINDS.strip().splitlines():
        stems = {stem(word) for word in line.split()}
        for one in stems:
            table.setdefault(one, set()).update(stems)
    return {one: frozenset(others) for one, others in table.items()}


def of_one_kind(stemmed: str) -> frozenset[str]:
    """Return the stems that name the kind of thing or deed that `stemmed` names, if any."""
    return _kinds().get(stemmed, frozenset())


@lru_cache(maxsize=1)
def _rivals() -> Mapping[str, tuple[tuple[int, int], ...]]:
    table: dict[str, tuple[tuple[int, int], ...]] = {}
    for place, line in enumerate(_RIVALS.strip().splitlines()):
        for side, group in enumerate(line.split("|")):
            for word in group.split():
                table[stem(word)] = (*table.get(stem(word), ()), (place, side))
    return table


def are_rivals(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether one set of stems has words of a kind and the other has only others of that kind."""
    left, right = _sides(one), _sides(other)
    return any(not left[kind] & right[kind] for kind in left.keys() & right.keys())


def _sides(stems: frozenset[str]) -> dict[int, set[int]]:
    found: dict[int, set[int]] = {}
    for one in stems:
        for kind, side in _rivals().get(one, ()):
            found.setdefault(kind, set()).add(side)
    return found
