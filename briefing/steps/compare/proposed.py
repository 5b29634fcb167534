"""Differences that a model says it came upon: code checks both quotations, and the rest."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from itertools import permutations

from briefing.data.article import Sentence, Story
from briefing.data.briefing import Discrepancy, Side
from briefing.data.draft import MOST_PROPOSALS, Proposal
from briefing.steps.compare.comparison import Comparison
from briefing.steps.compare.dates import are_rival_dates
from briefing.steps.compare.found import Found, Stand, Type, counted, found, topic
from briefing.steps.compare.frames import are_about_others, meet
from briefing.steps.compare.numbers import are_rival_figures
from briefing.steps.compare.place import Place
from briefing.steps.compare.reading import Reading
from briefing.steps.compare.status import are_rival_statuses
from briefing.text.analysis import Analysis
from briefing.text.canonical import find, form
from briefing.text.clauses import MAX_CHARS
from briefing.text.offices import Holders, Office, exclude
from briefing.text.speakers import speaker_names, speakers
from briefing.text.speech import QUOTED
from briefing.text.words import STOPWORDS, content_stems, words

_MOST_CHARS = 200
"""Of the words of one side: they are to be the few that differ."""

_LEAST_ALIKE = 0.6
"""Least likeness of two clauses that call one thing by different words."""

_LEAST_SHARED = 2
_SAME_QUOTATION = 0.5
"""Least share of the shorter quotation's content words that the longer one has."""


def proposed(
    proposals: Sequence[Proposal], story: Story, compared: Comparison
) -> tuple[Comparison, int]:
    """Return the comparison with the proposals that hold behind its own, and how many do not.

    One holds if its words stand in the two sentences that it names, as quotations are found, and
    the rules for its kind tell that they are of one thing and cannot both be right. What is listed
    already, or proposed twice, is neither added nor counted. Those beyond `MOST_PROPOSALS` fail.
    """
    if not proposals:
        return compared, 0
    short = tuple(one for one in story.sentences if len(one.text) <= MAX_CHARS)
    reading = Reading(replace(story, sentences=short))
    by_id = {sentence.id: sentence for sentence in short}
    listed = list(compared.discrepancies)
    added: list[Found] = []
    refused = len(proposals[MOST_PROPOSALS:])
    for proposal in proposals[:MOST_PROPOSALS]:
        one = _checked(proposal, by_id, reading)
        if one is None:
            refused += 1
        elif not any(_is_told(one.discrepancy, known) for known in listed):
            listed.append(one.discrepancy)
            added.append(one)
    touching = dict(compared.touching)
    for one in added:
        for id_ in one.against:
            touching[id_] = (*touching.get(id_, ()), one.discrepancy.id)
    return replace(compared, discrepancies=tuple(listed), touching=touching), refused


def again(discrepancy: Discrepancy, story: Story, compared: Comparison) -> Discrepancy | None:
    """Return what is made of a listed discrepancy if it is proposed anew; None if it fails."""
    ids = {(one.article, one.span.start): one.id for one in story.sentences}
    sides = [
        (ids.get((cited.article, cited.start), ""), side.label)
        for side in discrepancy.sides
        for cited in side.citations
    ]
    if len(sides) != len(discrepancy.sides) or len(sides) != 2:
        return None
    (first, first_words), (second, second_words) = sides
    proposal = Proposal(
        kind=discrepancy.type,
        first=first,
        first_words=first_words,
        second=second,
        second_words=second_words,
    )
    anew, _ = proposed((proposal,), story, compared)
    return next((one for one in anew.discrepancies if one.by == "model"), None)


def _checked(proposal: Proposal, by_id: Mapping[str, Sentence], reading: Reading) -> Found | None:
    kind = next((known for known in _CHECKS if known == proposal.kind), None)
    places = _places(proposal, by_id)
    if kind is None or places is None or not _CHECKS[kind](*places, reading):
        return None
    return _discrepancy(kind, *places, reading)


def _places(proposal: Proposal, by_id: Mapping[str, Sentence]) -> tuple[Place, Place] | None:
    """Return where the words of both sides stand, or None where they do not, or are the same."""
    one = _place(proposal.first, proposal.first_words, by_id)
    other = _place(proposal.second, proposal.second_words, by_id)
    if one is None or other is None or one.sentence is other.sentence:
        return None
    if find(one.words, other.sentence.text) or find(other.words, one.sentence.text):
        # What both say is no difference, whatever else one of them says.
        return None
    return None if form(one.words).lower() == form(other.words).lower() else (one, other)


def _place(id_: str, said: str, by_id: Mapping[str, Sentence]) -> Place | None:
    sentence = by_id.get(id_.strip(" []()"))
    if sentence is None or len(said) > _MOST_CHARS or not words(said):
        return None
    span = find(said, sentence.text)
    return Place(sentence, span) if span else None


def _are_rival_titles(one: Place, other: Place, reading: Reading) -> bool:
    """Whether they give one person two offices, none of which both articles give."""
    holders = Holders({s.id: (s, reading.analysis(s).offices) for s in reading.story.sentences})
    for office in _offices(one, reading):
        held = holders.now(office.holder) if office.holder else ()
        left, right = (
            {h.title for h in held if h.sentence.article == place.sentence.article}
            for place in (one, other)
        )
        is_meant = any(h.title == office.title for h in held if h.sentence is one.sentence)
        said = {h.title for h in held if h.sentence is other.sentence}
        meant = said & {found.title for found in _offices(other, reading)}
        if is_meant and not left & right and any(exclude(office.title, title) for title in meant):
            return True
    return False


def _offices(place: Place, reading: Reading) -> list[Office]:
    return [
        office
        for office in reading.analysis(place.sentence).offices
        if place.meets(place.sentence, office.span)
    ]


def _are_rival_quotations(one: Place, other: Place, reading: Reading) -> bool:
    """Whether both stand in what is otherwise much the same quotation, of no two speakers."""
    if one.sentence.article == other.sentence.article:
        return False
    left, right = (_quotation(place) for place in (one, other))
    if not all(set(content_stems(place.words)) for place in (one, other)):
        return False
    shared = len(left & right)
    if shared < _LEAST_SHARED or shared < _SAME_QUOTATION * min(len(left), len(right)):
        return False
    speakers, others = (_speakers(place, reading) for place in (one, other))
    return not speakers or not others or bool(speakers & others)


def _quotation(place: Place) -> frozenset[str]:
    """Return the content stems of the quotation that a place is in; empty where it is in none."""
    for quoted in QUOTED.finditer(place.sentence.text):
        if quoted.start() <= place.span.start and place.span.end <= quoted.end():
            return frozenset(content_stems(quoted[0]))
    return frozenset()


def _speakers(place: Place, reading: Reading) -> frozenset[str]:
    outside = QUOTED.sub(' " ', place.sentence.text)
    keys = [key for phrase in speakers(outside) for key in speaker_names(phrase)]
    return frozenset(map(reading.naming.folded, keys))


def _are_weighed_apart(one: Place, other: Place, reading: Reading) -> bool:
    """Whether they call one thing by words of which neither sentence has the other's.

    What has a figure, a date, an office or a name in it is another kind of difference, or none.
    """
    if one.sentence.article == other.sentence.article:
        return False
    for place in (one, other):
        analysis = Analysis(place.words)
        if analysis.numbers or analysis.dates or analysis.offices:
            return False
        if not analysis.stem_set or reading.naming.names(place.words):
            return False
    if any(
        meet(frozenset(content_stems(place.words)), frozenset(content_stems(there.sentence.text)))
        for place, there in ((one, other), (other, one))
    ):
        return False
    left, right = (reading.frame(place.sentence, place.span, whole=True) for place in (one, other))
    names, stems = reading.shared(left, right)
    return (
        bool(names)
        and bool(stems)
        and not are_about_others(left, right)
        and reading.likeness(left, right) >= _LEAST_ALIKE
    )


_CHECKS: Mapping[Type, Callable[[Place, Place, Reading], bool]] = {
    "date": are_rival_dates,
    "number": are_rival_figures,
    "title": _are_rival_titles,
    "event status": are_rival_statuses,
    "quotation wording": _are_rival_quotations,
    "emphasis": _are_weighed_apart,
}
"""What tells, of each kind that may be proposed, whether two places are of one thing and differ.

An attribution that is lost, a misspelling and a bad translation show in one place, or in all.
"""

_WORDING: Mapping[Type, str] = {
    "date": "The sources date this differently",
    "number": "The sources give different figures",
    "title": "The sources give different offices",
    "event status": "The sources differ on whether this has happened",
    "quotation wording": "A quotation is printed in different words",
    "emphasis": "The sources describe this differently",
}


def _discrepancy(kind: Type, one: Place, other: Place, reading: Reading) -> Found:
    order = {sentence.id: place for place, sentence in enumerate(reading.story.sentences)}
    places = sorted((one, other), key=lambda place: order[place.sentence.id])
    stands = [Stand(" ".join(place.words.split()), (place.sentence,)) for place in places]
    either = " or ".join(f"“{stand.label}”" for stand in stands)
    first = places[0].sentence
    what = topic(reading.clause_at(first, places[0].span).text, first)
    made = found(
        kind,
        stands,
        severity="low" if kind == "emphasis" else "medium",
        wording=f"{_WORDING[kind]}, {either}: “{what}”.",
        reason=counted(stands),
        is_disputing=False,
        place=f"proposed|{either}",
    )
    return replace(made, discrepancy=made.discrepancy.model_copy(update={"by": "model"}))


def _is_told(one: Discrepancy, known: Discrepancy) -> bool:
    """Whether `known` has the two sides of `one` on two of its own."""
    return one.type == known.type and any(
        _is_of(one.sides[0], left) and _is_of(one.sides[1], right)
        for left, right in permutations(known.sides, 2)
    )


def _is_of(side: Side, known: Side) -> bool:
    """Whether `known` cites the sentence of `side`, or its article for words that it shares."""
    if set(side.citations) & set(known.citations):
        return True
    articles, others = ({cited.article for cited in one.citations} for one in (side, known))
    said, other = ({word.lower() for word in words(one.label)} - STOPWORDS for one in (side, known))
    return bool(articles & others and said & other)
