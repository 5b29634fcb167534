"""People hold the offices that the sources give them."""

import re
from collections.abc import Iterable, Iterator, Sequence

from briefing.data.article import Sentence, Span
from briefing.data.briefing import Citation
from briefing.data.reason import Reason
from briefing.steps.verify.checks.titles.tenure import (
    is_colleague,
    is_field,
    is_filled,
    is_past,
    is_worded,
    other_trade,
)
from briefing.steps.verify.fault import Fault
from briefing.steps.verify.sources import Cited, Sources
from briefing.text.analysis import Analysis
from briefing.text.names import Name, key, same_name
from briefing.text.offices import EXCLUSIVE, Office
from briefing.text.words import stem, synonyms, words

_ONCE = re.compile(r"\b(?:used to|once|formerly|previously|had been)\b", re.I)
_OF_COUNTRY = re.compile(r"\s+of\s+(?:the\s+)?(?P<country>[^\W\d_a-z][^\W_]+)")
_OF_NAME = re.compile(r"\s+of\s+(?:the\s+)?(?P<name>[^\W\d_a-z][^\W_]*(?:\s+[^\W\d_a-z][^\W_]*)*)")
_NAME = r"[^\W\d_a-z][\w'’-]+(?:\s+[^\W\d_a-z][\w'’-]+)*"
_ROLE = r"(?P<role>leader|head|chief|chair|chairman|chairwoman|founder|owner|boss|lawyer|member)"
_LEADS = re.compile(
    rf"(?P<person>{_NAME}),\s+(?:the\s+|a\s+)?{_ROLE}\s+of\s+(?:the\s+)?(?P<body>{_NAME})"
)
_RANK = re.compile(
    r"\b(?P<rank>(?:Major|Lieutenant|Brigadier)[ -]General|Lieutenant[ -]Colonel|General|Colonel"
    r"|Major|Captain|Lieutenant|Sergeant|Corporal|Admiral|Commodore|Marshal|Brigadier|Sir|Dame"
    r"|Lord|Lady|Judge|Justice|Professor|Father|Sister|Bishop|Archbishop|Cardinal|Rabbi|Imam)\.?\s+"
    r"(?P<name>(?:[^\W\d_a-z][\w'’.-]*\s+){0,2}[^\W\d_a-z][\w'’-]*)"
)


def check(claim: Analysis, cited: Sequence[Cited], sources: Sources) -> Fault | None:
    """No person gets an office that the source does not give, or that most articles contradict."""
    for office in claim.offices:
        fault = _wrong(office, claim, cited, sources)
        if fault:
            return fault
    return (
        _leads_another(claim, sources)
        or _other_rank(claim, sources)
        or _other_trade(claim, sources)
    )


def _wrong(
    office: Office, claim: Analysis, cited: Sequence[Cited], sources: Sources
) -> Fault | None:
    if office.holder is not None:
        other_side = _of_the_other_side(office, claim, sources)
        if other_side:
            return other_side
        usual = sources.holders.usual(office.holder)
        if usual and office.title in EXCLUSIVE and usual[0] != office.title:
            return _against(office, *usual, sources)
        if usual and usual[0] == office.title:
            return None
        if is_filled(office, cited):
            return None
        known = _held(office, sources)
        if known is not None and (office.title in EXCLUSIVE or not _together(office, cited)):
            return known
        held = [(s, other) for s, other in sources.offices if _is_held(office, other)]
        if held:
            return _held_for_another(office, held, claim, cited)
    there = [
        (piece, analysis, other)
        for piece in cited
        for analysis in (piece.analysis, piece.headline, *piece.before)
        for other in analysis.offices
    ]
    if not any(other.title == office.title for _, _, other in there):
        return _missing(office, there, claim, cited, sources)
    return _of_another_country(office, [other for _, _, other in there], claim, cited)


def _of_the_other_side(office: Office, claim: Analysis, sources: Sources) -> Fault | None:
    """Return what is wrong where a person gets the right office of another's country.

    Only where the sources say of which country the person is, or who has that office there, and
    where they know the other country by an office too: "British" and "UK" may be one.
    """
    nation = _nation(office, claim.text)
    if nation is None or office.holder is None:
        return None
    known = [
        (sentence, other, there)
        for sentence, other in sources.offices
        if (there := _nation(other, sentence.text)) and other.holder
    ]
    own = [one for one in known if _may_be_one(office, one[1])]
    others = [one for one in known if not _may_be_one(office, one[1]) and same_name(nation, one[2])]
    if any(same_name(nation, there) for _, _, there in own) or not others:
        return None
    if any(is_field(office, claim.text, sentence, other) for sentence, other, _ in own):
        return None
    same = [one for one in own if one[1].title == office.title]
    taken = [one for one in others if one[1].title == office.title]
    if same:
        sentence, other, there = same[0]
        return _fault(Reason.TITLE_OF_ANOTHER, office, sentence, other, f"says it of {there!r}")
    if taken and office.title in EXCLUSIVE and not own:
        sentence, other, _ = taken[0]
        assert other.holder is not None
        said = f"says so of {other.holder.text}, not of {office.holder.text}"
        return _fault(Reason.TITLE_OF_ANOTHER, office, sentence, other, said)
    return None


def _nation(office: Office, text: str) -> str | None:
    """Return the key of the country of an office: also in "Foreign Minister Ada Lund of Norland".

    A country in words before the office counts, and of the words behind the holder "of" one.
    """
    if office.nation is not None or office.holder is None:
        return office.nation
    behind = _OF_COUNTRY.match(text, office.holder.span.end)
    return key(behind["country"]) if behind else None


def _held_for_another(
    office: Office, held: Sequence[tuple[Sentence, Office]], claim: Analysis, cited: Sequence[Cited]
) -> Fault | None:
    """Return what is wrong where the person holds the office for another country."""
    nations = {other.nation for _, other in held if other.nation}
    if not office.nation or not nations or _is_of(office, claim.text, nations):
        return None
    if any(is_field(office, claim.text, sentence, other) for sentence, other in held):
        return None
    if not any(_among(office.nation, piece.analysis.name_keys) for piece in cited):
        return None
    sentence, other = next((s, o) for s, o in held if o.nation)
    said = f"says it of {other.nation!r}, not of {office.nation!r}"
    return _fault(Reason.TITLE_OF_ANOTHER, office, sentence, other, said)


def _of_another_country(
    office: Office, there: Sequence[Office], claim: Analysis, cited: Sequence[Cited]
) -> Fault | None:
    nations = {other.nation for other in there if other.title == office.title}
    if not office.nation or None in nations or is_colleague(office, cited):
        return None
    if _is_of(office, claim.text, {one for one in nations if one}):
        return None
    if not any(_among(office.nation, piece.analysis.name_keys) for piece in cited):
        return None
    return Fault(
        code=Reason.TITLE_OF_ANOTHER,
        detail=f"the source speaks of another country's {office.title!r}",
        words=office.span,
    )


def _is_of(office: Office, text: str, nations: set[str]) -> bool:
    """Whether an office is of one of `nations`, by whichever word of a name of several.

    "The Salm Lines chairman" is read as of "Lines", "the chairman of Salm Lines" as of "Salm".
    """
    behind = _OF_NAME.match(text, office.span.end)
    named = [key(word) for word in words(behind["name"])] if behind else []
    return any(_among(one, nations) for one in (office.nation, *named) if one)


def _among(nation: str, others: Iterable[str]) -> bool:
    return any(same_name(nation, other) for other in others)


def _missing(
    office: Office,
    there: Sequence[tuple[Cited, Analysis, Office]],
    claim: Analysis,
    cited: Sequence[Cited],
    sources: Sources,
) -> Fault | None:
    for piece, analysis, other in there:
        was = other.title.startswith(("former ", "ex ")) and _ONCE.search(claim.text)
        if other.title.endswith(f" {office.title}") and not was:
            own = analysis is piece.analysis
            return Fault(
                code=Reason.TITLE_DIFFERS,
                detail=f"says {office.text!r}; the source says {other.text!r}",
                words=office.span,
                against=(piece.part(other.span),) if own else (),
            )
    if office.holder is None and _is_holder_there(office, cited, sources):
        return None
    anywhere = any(other.title.endswith(office.title) for _, other in sources.offices)
    if office.title not in EXCLUSIVE and (anywhere or office.holder is None):
        # Other offices are words among words: the wording check looks at them.
        return None
    worded = office.title not in EXCLUSIVE and is_worded(office, cited)
    worded = worded or is_past(office, sources)
    return Fault(
        code=Reason.TITLE_MISSING,
        detail=f"{office.text!r} is not in the source",
        words=office.span,
        refuses=office.holder is not None and not worded,
    )


def _is_holder_there(office: Office, cited: Sequence[Cited], sources: Sources) -> bool:
    """Whether the cited words name who holds the office by other sentences, of no other country."""
    return any(
        other.holder.last in piece.analysis.word_keys
        for _, other in sources.offices
        if other.holder and other.title == office.title
        if None in (other.nation, office.nation)
        or _among(office.nation or "", [other.nation or ""])
        for piece in cited
    )


def _against(office: Office, title: str, articles: int, sources: Sources) -> Fault:
    assert office.holder is not None
    many = "1 article says" if articles == 1 else f"{articles} articles say"
    held = [one for one in sources.holders.of(office.holder) if one.title == title]
    return Fault(
        code=Reason.TITLE_DIFFERS,
        detail=f"says {office.text!r} of {office.holder.text}; {many} {title!r}",
        words=office.span,
        against=tuple(Citation.of(one.sentence) for one in held[:1]),
    )


def _is_held(office: Office, other: Office) -> bool:
    return bool(
        office.holder
        and other.holder
        and other.title == office.title
        and _may_be_one(office, other)
    )


def _may_be_one(office: Office, other: Office) -> bool:
    """Whether two holders may be one person: one surname, and no two first names."""
    if not office.holder or not other.holder or office.holder.last != other.holder.last:
        return False
    first = {key(word) for word in office.holder.text.split()[:-1]}
    second = {key(word) for word in other.holder.text.split()[:-1]}
    return not first or not second or bool(first & second)


def _held(office: Office, sources: Sources) -> Fault | None:
    """Return what is wrong where the person has other offices, or the office other holders."""
    own = [(s, o) for s, o in sources.offices if _may_be_one(office, o)]
    if any(other.title == office.title for _, other in own):
        return None
    if own:
        sentence, other = own[0]
        return _fault(Reason.TITLE_DIFFERS, office, sentence, other, f"says {other.text!r}")
    others = [(s, o) for s, o in sources.offices if o.title == office.title and o.holder]
    if not others or office.holder is None:
        return None
    sentence, other = others[0]
    holder = other.holder.text if other.holder else "another"
    said = f"says so of {holder}, not of {office.holder.text}"
    return _fault(Reason.TITLE_OF_ANOTHER, office, sentence, other, said)


def _together(office: Office, cited: Sequence[Cited]) -> bool:
    """Whether the cited words have both the office and the person, however they put it.

    "Judges Ada Lund and Dario Penn" has it of each.
    """
    return any(
        office.holder is not None
        and office.holder.last in piece.analysis.word_keys
        and (
            any(other.title == office.title for other in piece.analysis.offices)
            or _is_listed(office, office.holder, piece.analysis)
        )
        for piece in cited
    )


def _is_listed(office: Office, holder: Name, there: Analysis) -> bool:
    """Whether only names, "and" and "of the" stand between the office and who has it."""
    if not {stem(word) for word in words(office.text)} <= there.stem_set:
        return False
    surname = re.escape(holder.text.split()[-1])
    noun = re.escape(office.text.split()[-1])
    between = r"(?:(?:[^\W\d_a-z][\w'’.-]*|and|of|for|the),?\s+)*?"
    return re.search(rf"\b(?i:{noun})s?\s+{between}{surname}\b", there.text) is not None


def _fault(code: Reason, office: Office, sentence: Sentence, other: Office, said: str) -> Fault:
    return Fault(
        code=code,
        detail=f"says {office.text!r}; {sentence.id} {said}",
        words=office.span,
        against=(_part(sentence, other.span),),
    )


def _part(sentence: Sentence, span: Span) -> Citation:
    start = sentence.span.start
    return Citation(
        article=sentence.article,
        start=start + span.start,
        end=start + span.end,
        quote=span.of(sentence.text),
    )


def _leads_another(claim: Analysis, sources: Sources) -> Fault | None:
    """Return what is wrong where nobody says of the person that he leads, or is of, the body.

    "Lund, the leader of the Farm League" wants Lund, the leader and the League in one sentence,
    or the League in the sentence before: "Its leader, Ada Lund".
    """
    for found in _LEADS.finditer(claim.text):
        person, body = key(found["person"].split()[-1]), key(found["body"].split()[-1])
        role = {stem(found["role"]), *synonyms(stem(found["role"]))}
        there = [s for s in sources.story.sentences if person in sources.analysis(s).word_keys]
        if not there or not sources.has_anywhere(body):
            continue
        # Who is called leader in one sentence does not lead what another has beside him.
        led = [sentence for sentence in there if role & sources.analysis(sentence).stem_set]
        if not any(_says_of(role, body, sentence, sources) for sentence in led or there):
            return Fault(
                code=Reason.TITLE_MISSING,
                detail=f"no source calls {found['person']} {found['role']} of {found['body']!r}",
                words=Span(found.start("role"), found.end("body")),
            )
    return None


def _says_of(role: set[str], body: str, sentence: Sentence, sources: Sources) -> bool:
    own = sources.analysis(sentence)
    inside = sources.sentences_of(sentence.article)
    at = inside.index(sentence)
    near = [own, *(sources.analysis(one) for one in inside[max(0, at - 1) : at])]
    held = role & own.stem_set or body in own.word_keys
    return bool(held) and any(same_name(body, other) for one in near for other in one.word_keys)


def _other_rank(claim: Analysis, sources: Sources) -> Fault | None:
    """Return what is wrong where somebody gets another rank than the sources give."""
    for rank, surname, span in _ranks(claim.text):
        there = [
            (other, sentence, place)
            for sentence in sources.story.sentences
            if surname in sources.analysis(sentence).word_keys
            for other, name, place in _ranks(sentence.text)
            if name == surname
        ]
        if there and not any(other == rank for other, _, _ in there):
            _, sentence, place = there[0]
            said = place.of(sentence.text)
            return Fault(
                code=Reason.TITLE_DIFFERS,
                detail=f"says {span.of(claim.text)!r}; {sentence.id} says {said!r}",
                words=span,
                against=(_part(sentence, place),),
            )
    return None


def _other_trade(claim: Analysis, sources: Sources) -> Fault | None:
    """Return what is wrong where somebody gets another trade than the sources give."""
    found = other_trade(claim, sources)
    if found is None:
        return None
    span, sentence, there = found
    return Fault(
        code=Reason.TITLE_DIFFERS,
        detail=f"says {span.of(claim.text)!r}; {sentence.id} says {there.of(sentence.text)!r}",
        words=span,
        against=(_part(sentence, there),),
    )


def _ranks(text: str) -> Iterator[tuple[str, str, Span]]:
    """Yield each rank with the key of the surname behind it, and where the rank stands."""
    for found in _RANK.finditer(text):
        rank = found["rank"].lower().replace("-", " ")
        yield rank, key(found["name"].split()[-1]), Span(*found.span("rank"))
