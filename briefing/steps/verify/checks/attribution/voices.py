"""Whether those whom a sentence has speak are those who speak in its source, or speak for them."""

import re
from collections.abc import Sequence

from briefing.steps.verify.checks.attribution.acts import speaks_by_act
from briefing.steps.verify.checks.attribution.persons import is_who_speaks
from briefing.steps.verify.heard import said_by
from briefing.steps.verify.sources import Cited, Sources
from briefing.text.analysis import Analysis
from briefing.text.countries import country, governed_from, is_spoken_for
from briefing.text.names import is_everyday, is_spelt_out, key, same_name
from briefing.text.offices import EXCLUSIVE, LEADING, SERVING, offices
from briefing.text.speakers import (
    SPEAKING,
    keys_of,
    named,
    speaker_names,
    speakers,
)
from briefing.text.words import STOPWORDS, stem, words

_OF_STATE = (
    SPEAKING
    | LEADING
    | SERVING
    | frozenset(
        "diplomat diplomats embassy authority authorities military police navy cabinet side "
        "negotiator negotiators delegation administration leaders commanders general generals "
        "envoys spokespeople parliament council agency court regulator forces".split()
    )
)
"""Words of a speaker's phrase who may speak for a country: no fishermen or analysts do."""

_OPPOSED = frozenset("opposition dissident dissidents rebel rebels exiled former union".split())
"""Words of a speaker's phrase who does not, whatever else he is called."""

_ITS = re.compile(r"(?:Its|Their)\b")
_ROLE_OF = re.compile(r"\b([a-z]{4,})\s+of\s+(?:the\s+)?(?:[A-Z][\w'’-]*\s+)*$")
_BODY = re.compile(
    r"(?:['’]s?)?\s+(?P<body>(?:[Ff]oreign|[Dd]efen[cs]e|[Ii]nterior|[Ff]inance|[Hh]ome|[Hh]ealth)"
    r"\s+(?:[Oo]ffice|[Mm]inistry)|[Gg]overnment|[Pp]arliament|[Cc]abinet|[Ee]mbassy)\b"
)
"""Bodies that each country has one of."""


def unknown_names(
    claim: Analysis, telling: Sequence[Cited], cited: Sequence[Cited], sources: Sources
) -> list[str]:
    """Return the keys of the claim's speakers' names that name no speaker of the source.

    Args:
        claim: A sentence.
        telling: The cited pieces that have the words said.
        cited: All cited pieces.
        sources: They are of.
    """
    phrases = dict.fromkeys(speakers(claim.text))
    here = [
        (one, phrase)
        for phrase in phrases
        for one in named(phrase)
        if not _is_common(one, claim, sources)
    ]
    if not here:
        return []
    there = speaking(telling, sources)
    states = _for_states(telling, there)
    heard = {phrase: states if _is_state(phrase) else there for phrase in phrases}
    known = [
        one
        for one, phrase in here
        if (
            _speaks(one, heard[phrase])
            or _holds_it(one[-1], telling, sources)
            or is_who_speaks(one[-1], telling, sources)
            or _is_of_who_speaks(one, phrase, there, sources)
            or speaks_by_act(one, claim, cited)
        )
        and not _is_anothers(one, claim, sources)
    ]
    spelt = [phrase for piece in telling for phrase in speakers(piece.analysis.text)]
    return [
        name
        for one, phrase in here
        if one not in known
        for name in one
        if _is_anothers(one, claim, sources)
        or not (
            _speaks([name], heard[phrase])
            or _is_whose(name, claim, cited)
            or any(is_spelt_out(name, other) for other in spelt)
            or any(
                _stands_with(name, speaker[-1], claim, sources)
                for speaker in known
                if speaker in named(phrase)
            )
        )
    ]


def _is_common(one: Sequence[str], claim: Analysis, sources: Sources) -> bool:
    """Whether it is a word with a capital for where it stands: "Opposition leader Ada Lund"."""
    first = claim.tokens[0].text if claim.tokens else ""
    return (
        len(one) == 1
        and key(first) == one[0]
        and re.match(r"\W*\w+\s+[a-z]", claim.text) is not None
        and sources.uses(first)
    )


def _is_of_who_speaks(one: Sequence[str], phrase: str, there: set[str], sources: Sources) -> bool:
    """Whether it is the country of an office that one of the source's speakers holds.

    "Norland's prime minister said" is Ada Lund, where the sources call her prime minister, and
    nobody else, and of no other country.
    """
    for office in offices(phrase):
        if office.holder or office.nation != one[-1] or office.title not in EXCLUSIVE:
            continue
        held = [
            (other.holder.last, other.nation)
            for _, other in sources.offices
            if other.holder and other.title == office.title
            if other.nation is None or same_name(other.nation, one[-1])
        ]
        if len({surname for surname, _ in held}) == 1 and held[0][0] in there:
            return sources.has_anywhere(one[-1])
    return False


def speaking(cited: Sequence[Cited], sources: Sources) -> set[str]:
    """Return the keys of the words that name the source's speakers or their countries."""
    there = said_by(cited, sources)
    return there | _nations(there, sources)


def _nations(there: set[str], sources: Sources) -> set[str]:
    """Return the keys of the countries that the speakers, by their surnames, have an office of."""
    return {
        office.nation
        for _, office in sources.offices
        if office.nation and office.title in EXCLUSIVE and office.holder
        if office.holder.last in there
    }


def _holds_it(surname: str, telling: Sequence[Cited], sources: Sources) -> bool:
    """Whether somebody has the office that speaks in the source without a name.

    "The Norlandish foreign minister said" is Ada Lund, where another sentence gives her that
    office, and nobody else one of its name.
    """
    spoken = {
        (office.title, office.nation)
        for piece in telling
        for phrase in speakers(piece.analysis.text)
        for office in offices(phrase)
        if office.holder is None and office.title in EXCLUSIVE
    }
    for title, nation in spoken:
        holders = {
            office.holder.last
            for _, office in sources.offices
            if office.title == title and office.holder
            if nation is None or office.nation is None or same_name(nation, office.nation)
        }
        if holders == {surname}:
            return True
    return False


def _speaks(one: Sequence[str], there: set[str]) -> bool:
    """Whether a name, as keys, is one of a speaker's; a surname is enough.

    The first name has its own check.
    """
    return any(same_name(one[-1], other) for other in there) or _is_meant(one, there)


def _is_state(phrase: str) -> bool:
    """Whether a phrase of who speaks names countries only, and nobody's fishermen or analysts."""
    return all(map(_meant, named(phrase))) and _may_be_of_state(phrase)


def _for_states(telling: Sequence[Cited], there: set[str]) -> set[str]:
    """Return the keys of the words that name speakers, but for those who speak for themselves.

    A country's fishermen or analysts do, and its opposition.
    """
    phrases = [one for piece in telling for one in speakers(piece.analysis.text)]
    private = [one for one in phrases if speaker_names(one) and not _may_be_of_state(one)]
    return there - (keys_of(private) - keys_of(one for one in phrases if one not in private))


def _may_be_of_state(phrase: str) -> bool:
    nouns = {word for word in words(phrase) if word.islower() and word not in STOPWORDS}
    return not nouns & _OPPOSED and (not nouns or bool(set(map(key, words(phrase))) & _OF_STATE))


def _stands_with(name: str, surname: str, claim: Analysis, sources: Sources) -> bool:
    """Whether a sentence has the name beside a speaker's surname: "FWA spokeswoman Eva Rask".

    Of "Norland's spokeswoman" the office has to be the source's.
    """
    if any(key(token.text) == name and token.text[-2:-1] in "'’" for token in claim.tokens):
        return False
    for sentence in sources.story.sentences:
        there = sources.analysis(sentence)
        if surname not in there.word_keys:
            continue
        near = [there]
        if _ITS.match(there.text):
            # "The League denied it. Its spokeswoman, Ada Lund, said …"
            inside = sources.sentences_of(sentence.article)
            at = inside.index(sentence)
            near += [sources.analysis(one) for one in inside[max(0, at - 1) : at]]
        for one in near:
            if any(same_name(name, key(word)) for it in one.names for word in words(it.text)):
                return True
            if any(same_name(name, it) for it in one.name_keys) or is_spelt_out(name, one.text):
                return True
    return False


def _is_anothers(one: Sequence[str], claim: Analysis, sources: Sources) -> bool:
    """Whether the claim has an office of one speak that the sources have of others only."""
    owner = next((token for token in claim.tokens if key(token.text) == one[-1]), None)
    office = _BODY.match(claim.text, owner.span.end) if owner else None
    if office is None:
        return False
    of_whom = re.compile(rf"([^\W\d_a-z][\w’']*)\s+(?i:{office['body']})\b")
    owners = {
        key(found[1])
        for sentence in sources.story.sentences
        for found in of_whom.finditer(sentence.text)
        if not is_everyday(found[1])
    }
    return (
        bool(owners)
        and not any(same_name(one[-1], other) for other in owners)
        and not (_is_meant(one, owners))
    )


def _is_whose(name: str, claim: Analysis, cited: Sequence[Cited]) -> bool:
    """Whether the name only says whose speaker it is, and the source has it: "Norland's envoy"."""
    # A name with a hyphen is no token.
    places = [(token.text, token.span.end) for token in claim.tokens]
    places += [(one.text, one.span.end) for one in claim.names]
    owner = next((it for it in places if name in (key(it[0]), *map(key, words(it[0])))), None)
    if owner is None:
        return False
    behind = claim.text[owner[1] :]
    # "The chief executive of Salm Trust said" it, where the source has one say it.
    of = _ROLE_OF.search(claim.text[: owner[1] - len(owner[0])])
    if of and all(stem(of[1]) in piece.analysis.stem_set for piece in cited[:1]):
        return any(name in map(key, words(piece.article.text)) for piece in cited[:1])
    owns = owner[0].endswith(("'s", "’s")) or re.match(r"['’](?:s\b)?", behind)
    if not owns or not re.match(r"(?:['’]s?)?\s+\w", behind):
        return False
    return any(
        same_name(name, other)
        for piece in cited
        for one in (piece.analysis, *piece.before)
        for other in one.name_keys
    )


def _is_meant(one: Sequence[str], there: set[str]) -> bool:
    """Whether a name, as keys, is a country or a capital for one that speaks in the source."""
    meant = _meant(one)
    return meant is not None and is_spoken_for(meant, there)


def _meant(one: Sequence[str]) -> str | None:
    """Return the country that a name, as keys, is, or whose government is called by it."""
    name = " ".join(one)
    return country(name) or governed_from(name)
