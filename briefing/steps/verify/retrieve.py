"""Find the spans that bear out a sentence which cites none."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from briefing.data.article import Sentence
from briefing.data.briefing import Citation, Verdict
from briefing.data.reason import Reason
from briefing.steps.verify.checks import dates, quotations
from briefing.steps.verify.checks.status.done import is_told_done
from briefing.steps.verify.checks.wording import wording
from briefing.steps.verify.claims import claims_of
from briefing.steps.verify.fault import Fault
from briefing.steps.verify.finding import Finding, refused
from briefing.steps.verify.predications import predications
from briefing.steps.verify.sources import Cited, Sources
from briefing.steps.verify.verdict import joined, verify
from briefing.text.analysis import Analysis
from briefing.text.dates import same_date
from briefing.text.words import content_stems

_BONUS = 0.2
"""A number or a day in common tells as much as a fifth of the words."""


_MARGIN = 0.08
"""How much more of the text a contradicting sentence must have than the one that bears it out."""

_FAR_MORE = 0.2
"""How much more of the text a sentence must have that is refused for whatever reason: then the text
is about what that one tells, and the words that seem to bear it out are of something else."""

_WHOLLY = 0.85
"""Cover of a sentence with which no other is looked for beside it."""

_TURNING = frozenset(
    {
        Reason.PLAN_TOLD_AS_DONE,
        Reason.CONDITION_LOST,
        Reason.WAY_TURNED,
        Reason.NEGATION_ADDED,
        Reason.NEGATION_LOST,
        Reason.OPPOSITE_WORD,
        Reason.TITLE_DIFFERS,
        Reason.TITLE_OF_ANOTHER,
        Reason.ANOTHER_DID_IT,
        Reason.SIDES_SWAPPED,
    }
)

_LENT = frozenset({Reason.ANOTHER_DID_IT, Reason.SIDES_SWAPPED, Reason.TITLE_OF_ANOTHER})
"""What the name alone mends that another sentence lends."""

_ALMOST_ALL = 0.85
"""Cover from which a sentence tells the very thing: of what is true of the seeds, and borne out by
two sentences, one that contradicts it has 0.76 of its words at most."""

_LACKING = frozenset({Reason.NUMBER_MISSING, Reason.DATE_MISSING})

_OF_A_PLAN = frozenset({Reason.PLAN_TOLD_AS_DONE, Reason.DATE_DIFFERS, Reason.DATE_MISSING})
"""What is wrong with a plan as evidence of what came of it: its tense, and its day."""

_OF_FIGURES = frozenset({"numbers", "dates"})
_SAME_DEED = 0.8
"""Cover from which words may tell of the deed itself."""

_LEAST_BESIDE_FIGURES = 0.4
"""Cover from which words that give the text's figures are about the same thing."""

_LEAST_OF_A_PART = 0.5
"""Of the plain words of a part that must stand in the words cited for it."""

_MOST_PARTS = 4
"""A sentence of more parts is a list, and not looked for part by part."""

_NOTHING = Analysis("")

_SINGLES = 6
_LED_BY = 4
"""How many of the best sentences are also tried together with a neighbour."""


def retrieve_each(text: str, sources: Sources) -> Finding:
    """Return the best finding for `text`, each of its sentences looked for by itself."""
    claims = claims_of(text)
    if len(claims) == 1:
        return retrieve(text, sources)
    return joined([(claim.start, retrieve(claim.text, sources)) for claim in claims])


def retrieve(text: str, sources: Sources) -> Finding:
    """Return the best finding for `text`, taken as one sentence, over all sources.

    Single sentences are tried first, best idf-weighted cover first; then the best ones with
    sentences near them in the same article. Sentences from different places are put together only
    where each bears out by itself what the text says of one whom it names: else two events become
    one. The finding that most likely bears the text out
    wins, unless a source that has as much of the text contradicts it, or one that has far more of
    it does not bear it out.
    """
    claim = sources.claim(text)
    best: Finding | None = None
    found: list[Finding] = []
    for group in _groups(ranked(claim, sources), sources):
        if len(group) > 1 and best is not None and _is_clear(best):
            break
        finding = verify(text, [Citation.of(sentence) for sentence in group], sources)
        found.append(finding)
        if best is None or _rank(finding, claim) > _rank(best, claim):
            best = finding
    if best is None:
        fault = Fault(code=Reason.NO_EVIDENCE, detail="no source sentence shares a word with it")
        return refused(fault)
    if best.verdict is not Verdict.SUPPORTED:
        best = _completed(text, best, claim, sources) or best
    if best.verdict is not Verdict.SUPPORTED:
        best = _from_parts(text, sources) or best
    best = _rival(found, best, sources) or best
    return _as_done(text, found, best, sources) or best


def _rival(found: Sequence[Finding], best: Finding, sources: Sources) -> Finding | None:
    """Return the finding that speaks against one that bears the text out, if any does."""
    if best.verdict is not Verdict.SUPPORTED:
        return None
    singles = [one for one in found if len(one.citations) == 1]
    merged = _merged(best, singles)
    if merged is not None:
        return merged
    # Beside other text than news the checks are less sure of themselves.
    against = [one for one in (found if sources.is_news else singles) if _turns_round(one)]
    nearest = [one for one in singles if one.is_refused and sources.is_news]
    for rivals, margin in ((against, _MARGIN), (nearest, _FAR_MORE)):
        rival = max(rivals, key=lambda one: one.cover, default=None)
        if rival and rival.cover > best.cover + margin:
            return None if _overtaken(rival, best, sources) else rival
    return None


def _merged(best: Finding, singles: Sequence[Finding]) -> Finding | None:
    """Return the finding of one of several cited sentences that tells the very thing otherwise.

    "The Heron sank on Tuesday. The strike began on Wednesday" does not bear out a Heron that sank
    on Wednesday: the other sentence only lends its day, or its name.
    """
    if len(best.citations) == 1:
        return None
    return next(
        (
            one
            for one in singles
            if one.citations[0] in best.citations
            and one.cover >= _ALMOST_ALL
            and any(
                check.refuses and (check.code in _LENT or dates.tells_another_day(check))
                for check in one.checks
            )
        ),
        None,
    )


def _completed(text: str, finding: Finding, claim: Analysis, sources: Sources) -> Finding | None:
    """Return the finding with one more sentence, where only a number or a date lacks.

    The sentence is of the same article, has what lacks, and a name of the text, or another word of
    one without names: a person's age may stand where the person is introduced.
    """
    lacking = [check for check in finding.checks if check.refuses]
    if not lacking or any(check.code not in _LACKING for check in lacking):
        return None
    cited = {(one.start, one.end) for one in finding.citations}
    named = {one for name in claim.names for one in content_stems(name.text)}
    inner = [name for name in claim.names if name.span.start > 0 or " " in name.text]
    shared = {one for name in inner for one in content_stems(name.text)}
    shared = shared or named | claim.plain_stems
    for sentence in sources.sentences_of(finding.citations[0].article):
        there = sources.analysis(sentence)
        if (sentence.span.start, sentence.span.end) in cited or not shared & there.stem_set:
            continue
        if not _agreeing(claim, sentence, sources):
            continue
        both = sorted((*finding.citations, Citation.of(sentence)), key=lambda one: one.start)
        longer = verify(text, both, sources)
        if longer.verdict is Verdict.SUPPORTED:
            return longer
    return None


def _from_parts(text: str, sources: Sources) -> Finding | None:
    """Return a finding that cites for each thing that `text` says of somebody words of their own.

    Two sentences from different places bear out a text only where each by itself bears out a part
    of it, wholly, and names whom the part is about; and nothing in both speaks against the whole.
    """
    parts = predications(Analysis(text))
    if not 1 < len(parts) <= _MOST_PARTS:
        return None
    cited: list[Citation] = []
    for part in parts:
        finding = retrieve(part, sources)
        if finding.verdict is not Verdict.SUPPORTED or not _is_of_the_same(part, finding, sources):
            return None
        cited.extend(one for one in finding.citations if one not in cited)
    if len(cited) > len(parts) + 1:
        # Only one part may need a neighbour too, for whom "he" or "the company" is.
        return None
    whole = verify(text, cited, sources)
    return whole if whole.verdict is Verdict.SUPPORTED else None


def _is_of_the_same(part: str, finding: Finding, sources: Sources) -> bool:
    """Whether all that was found for a part of a text is wholly its own, and of whom it names."""
    if any(not check.ok and check.name != "wording" for check in finding.checks):
        return False
    claim = Analysis(part)
    there = [piece for one in finding.citations if (piece := sources.cited(one)) is not None]
    known = [one.word_keys for piece in there for one in (piece.analysis, *piece.before)]
    if not claim.names or not any(claim.names[0].last in keys for keys in known):
        return False
    # What stands around the cited words is of others as likely as not.
    bare = [replace(piece, before=(), headline=_NOTHING) for piece in there]
    return wording.covered(claim.plain_stems, bare, sources.weights)[0] >= _LEAST_OF_A_PART


def _as_done(
    text: str, found: Sequence[Finding], best: Finding, sources: Sources
) -> Finding | None:
    """Return a finding to be weighed by, where `best` only has planned what others have as done.

    An article that announces talks does not speak against one of the same day, or of a later one,
    that tells of them.
    """
    codes = {check.code for check in best.checks if check.refuses}
    deed = next((one.words for one in best.checks if one.code is Reason.PLAN_TOLD_AS_DONE), None)
    if deed is None or not codes <= _OF_A_PLAN:
        return None
    then = sources.articles[best.citations[0].article].day
    others = [
        one
        for one in found
        if not one.is_refused
        and one.cover >= max(_SAME_DEED, best.cover - _FAR_MORE)
        and (now := sources.articles[one.citations[0].article].day) is not None
        and then is not None
        and then <= now
        and is_told_done(text, deed.start, _cited(one, sources))
    ]
    return max(others, key=_how_well, default=None)


def _cited(finding: Finding, sources: Sources) -> list[Cited]:
    return [piece for one in finding.citations if (piece := sources.cited(one)) is not None]


def _how_well(finding: Finding) -> tuple[bool, float]:
    return all(check.ok for check in finding.checks if check.name in _OF_FIGURES), finding.score


def _is_clear(finding: Finding) -> bool:
    """Whether one sentence bears the text out so well that its neighbours would add nothing."""
    return (
        finding.verdict is Verdict.SUPPORTED
        and finding.cover >= _WHOLLY
        and all(check.ok for check in finding.checks)
    )


def _overtaken(against: Finding, best: Finding, sources: Sources) -> bool:
    """Whether `against` only tells as a plan what a later article reports."""
    refusing = {check.code for check in against.checks if check.refuses}
    then = sources.articles[against.citations[0].article].day
    now = sources.articles[best.citations[0].article].day
    if then is None or now is None:
        return False
    return refusing == {Reason.PLAN_TOLD_AS_DONE} and then < now


def _turns_round(finding: Finding) -> bool:
    """Whether words tell the same of others, or deny it."""
    codes = {check.code for check in finding.checks if check.refuses}
    # What others say is no contradiction of what somebody is said to say.
    turning = codes & _TURNING
    if len(finding.citations) > 1:
        # Two sentences together affirm much: only of one does a "not" of the text tell.
        turning -= {Reason.NEGATION_ADDED}
    return Reason.SPEAKER_DIFFERS not in codes and bool(turning)


def _rank(finding: Finding, claim: Analysis) -> tuple[bool, bool, float, bool]:
    supported = finding.verdict is Verdict.SUPPORTED
    contradicted = finding.verdict is Verdict.CONTRADICTED
    # Words that give the very figures are the evidence, unless others have more of the text.
    agrees = not contradicted and _gives_the_figures(finding, claim)
    cover = finding.cover + (_MARGIN if agrees else 0.0)
    value = finding.score if supported else cover
    return supported, contradicted or agrees, value, not _turns_round(finding)


def _gives_the_figures(finding: Finding, claim: Analysis) -> bool:
    """Whether the cited words give all figures of a text that has some, and nothing refuses it."""
    return (
        finding.cover >= _LEAST_BESIDE_FIGURES
        and any(mark.isdigit() for number in claim.numbers for mark in number.text)
        and not any(check.refuses for check in finding.checks)
        and all(check.ok for check in finding.checks if check.name == "numbers")
    )


def ranked(claim: Analysis, sources: Sources) -> list[Sentence]:
    """Return the sentences that share a word with the claim, best idf-weighted cover first."""
    form = claim.form
    weights = sources.weights
    wanted = claim.undated_stems or claim.stem_set
    total = sum(weights[stem] for stem in wanted) or 1.0
    quoted = [words.rstrip(".,;") for words in quotations.quoted(form)]
    scored: list[tuple[float, int, Sentence]] = []
    for position, sentence in enumerate(sources.story.sentences):
        there = sources.analysis(sentence)
        cover = sum(weights[stem] for stem in wanted & there.stem_set) / total
        if form and form in there.form:
            cover += 1.0
        cover += _BONUS * _agreeing(claim, sentence, sources)
        cover += sum(words in there.form for words in quoted)
        if cover:
            scored.append((-cover, position, sentence))
    return [sentence for _, _, sentence in sorted(scored, key=lambda item: item[:2])]


def _agreeing(claim: Analysis, sentence: Sentence, sources: Sources) -> int:
    """Return how many numbers and days of the claim the sentence gives too."""
    if not claim.numbers and not claim.dates:
        return 0
    there = sources.analysis(sentence)
    on = sources.articles[sentence.article].day
    return sum(any(n.agrees(other) for other in there.numbers) for n in claim.numbers) + sum(
        any(same_date(mention, other, on) for other in there.dates) for mention in claim.dates
    )


def _groups(found: Sequence[Sentence], sources: Sources) -> Iterable[tuple[Sentence, ...]]:
    for sentence in found[:_SINGLES]:
        yield (sentence,)
    for sentence in found[:_LED_BY]:
        inside = sources.sentences_of(sentence.article)
        at = inside.index(sentence)
        if at > 0:
            yield inside[at - 1], sentence
        if at + 1 < len(inside):
            yield sentence, inside[at + 1]
