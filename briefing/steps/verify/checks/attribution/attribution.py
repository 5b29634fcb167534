"""Words stay with the one who said them."""

import re
from collections.abc import Sequence

from briefing.data.article import Span
from briefing.data.reason import Reason
from briefing.steps.verify.checks.attribution.acts import givers
from briefing.steps.verify.checks.attribution.persons import is_told_of
from briefing.steps.verify.checks.attribution.voices import speaking, unknown_names
from briefing.steps.verify.fault import Fault
from briefing.steps.verify.sources import Cited, Sources, nearest
from briefing.text.analysis import Analysis
from briefing.text.names import key, same_name
from briefing.text.speakers import (
    beside,
    named,
    speaker_names,
    speakers,
)
from briefing.text.speech import REPORTING, SAID, SAYING
from briefing.text.words import content_stems, stem, words

_QUOTATION = re.compile(r"\"[^\"]*\"|''.*?''")
_HEARSAY = re.compile(
    r"\b(?:alleged(?:ly)?|alleges?|reportedly|apparently|purportedly|supposedly|claimed|claims"
    r"|insists?|insisted|argues?|argued|accuses|(?<!\ban )(?<!\bthe )accused|suspected"
    r"|rumou?red|rumou?rs?"
    r"|believed|believes?|warned|warns|predicted|predicts)\b",
    re.IGNORECASE,
)
_ASIDE = re.compile(r",\s+(?:(?:who|which|whose)\b[^,;]*|(?:widely|long|often|generally)\s+)$")
"""Behind it stands what is told of somebody by the way."""

_OF_AN_ASIDE = 0.35
"""Share of what a claim has of a source from which on it is of what is told by the way."""

_VIEW = re.compile(
    r"\b(?:held|holds|found|finds|concluded|concludes|signal?led|indicated|contend(?:s|ed)"
    r"|estimate[sd]|fear(?:s|ed)|cautioned|testified|suspect(?:s|ed)|doubt(?:s|ed)|felt|feels"
    r"|made (?:it )?clear|took the view)\s+(?:\w+\s+){0,6}?that\b"
    r"|(?<!\bis )(?<!\bare )(?<!\bwas )(?<!\bwere )(?<!\bbe )(?<!\bbeen )\b(?:considers?|considered"
    r"|sees|saw|views|viewed|perceives|perceived|regards?|regarded|lists?|listed|counts|counted|names|named|ranks|ranked|cites|cited)\s"
    r"[^.;]{0,80}?"
    r"\b(?:as|among|promising|important|necessary|possible|crucial|vital|essential|useful)\b"
    r"|\b(?:look(?:s|ed|ing)?) forward to\b"
    r"|\b(?:saw|sees|spoke of|speaks of|cited|cites|alleging|found|heard of)\s+[\"“]",
    re.IGNORECASE,
)
"""Words that give a view to the one who has it, other than by a verb of saying."""

_ADDING = re.compile(
    r",\s+(?:insisting|saying|arguing|adding|warning|claiming|complaining|explaining|alleging"
    r"|telling|declaring|pointing out|pointing to|citing|accusing|blaming|denying|demanding|urging"
    r"|vowing|promising)\b"
)
"""Participles with which the one who acts says why, or what else."""

_OWN_PLAN = re.compile(
    r"\b(?:[Ww]e|I)(?:['’]ll|\s+(?:will|shall|plan to|intend to|(?:are|am) (?:going )?to))\b"
)
_PLANNED = re.compile(
    r"\b(?:will|plans? to|intends? to|(?:is|are) (?:going )?to|(?:is|are) (?:due|set) to)\b"
)

_SELF = re.compile(
    r"\b(?:I|I'm|I've|[Mm]y|[Mm]e|[Ww]e|[Oo]ur|[Oo]urs|[Yy]ou|[Yy]our|[Mm]yself|[Yy]ourself)\b"
)
_JUDGING = re.compile(
    r"\b(?:ignored|failed|cannot|can(?:no|['’])t|could not|unable|should|must|ought|never|always"
    r"|wrong|right|best|worst|unfair|fair|too|illegal|unlawful|guilty|responsible|blame|fault"
    r"|(?:was|were) told|lied|stole|cheated|broke|cut corners|only|no (?:military|other) way"
    r"|matters?|important|crucial|impossible|unacceptable|would have)\b",
    re.IGNORECASE,
)
"""Words with which a party judges or accuses: what they stand in is not told as a fact."""

_SAY = (
    r"(?:write|print|say|output|repeat|reply|answer|respond|state|append|insert|include|mention"
    r"|add|display|tell \w+)"
)
_ASKED = re.compile(
    rf"(?:(?:^|[.;:!?\n]\s*[\"“']?)(?i:{_SAY})"
    rf"|(?:,\s*|\b(?:and|then|please|must|should|always|just|instead|to)\s+){_SAY})"
    r"\b(?:\s+[\w-]+){0,8}?\s*[:\"“]"
)
"""A request to say something, as an imperative words it."""

_MOSTLY = 0.7
"""Share of what a claim has of a source from which on it is what is quoted or reported there."""

_FEWEST_SHARED = 3
"""Content words from which such a share tells anything."""

_FEWEST_ASKED = 3
"""Content words that a claim has from what is asked for, and from nowhere else."""

_PARTY = re.compile(
    r"\b(?:union|opposition|party|league|company|group|firm|rebels?|activists?|critics?|lawyers?"
    r"|traders?|residents?|official|neighbours?|protesters?|witness(?:es)?)\b",
    re.IGNORECASE,
)
_KINDS_OF_SPEAKER = {
    "press": frozenset(map(stem, "newspaper paper broadcaster daily magazine tabloid".split())),
    "authority": frozenset(
        map(stem, "government ministry cabinet parliament court police army commission".split())
    ),
    "company": frozenset(map(stem, "company firm manufacturer bank owner".split())),
    "critic": frozenset(map(stem, "union opposition residents activists critics lawyers".split())),
}
"""Nouns for speakers that are not each other."""

_AFFIRMING = re.compile(rf"\b(?:{'|'.join(sorted(SAID))}|says|confirmed|confirms|acknowledged)\b")
_GIVING = re.compile(rf"{SAYING.pattern}|\b(?:reported|confirmed|confirms)\b", re.IGNORECASE)
_SILENT = re.compile(
    r"\b(?:declined to|(?:would|did) not|made no) comment\b|\b(?:has|had|have) not commented\b"
)


def check(claim: Analysis, cited: Sequence[Cited], sources: Sources) -> Fault | None:
    """A speaker is the source's speaker, and a quotation does not become the tool's own voice."""
    return (
        _own_voice(claim, cited)
        or _other_speaker(claim, cited, sources)
        or _speaker_of_another_kind(claim, cited, sources)
        or _silent_speaker(claim, cited)
        or _hearsay_lost(claim, cited, sources)
        or _quotation_told_as_fact(claim, cited, sources)
        or _opinion_told_as_fact(claim, cited, sources)
        or _only_asked(claim, cited)
    )


def _hearsay_lost(claim: Analysis, cited: Sequence[Cited], sources: Sources) -> Fault | None:
    """Return what is wrong where the source only passes a claim or a suspicion on."""
    if _gives_somebody(claim, cited, sources):
        return None
    found = [_passed_on(claim, piece.analysis) for piece in cited]
    if not found[0] or not all(found):
        return None
    return _lost(cited[0], Span(*found[0].span()))


def _passed_on(claim: Analysis, source: Analysis) -> re.Match[str] | None:
    """Return the word with which a source passes on what the claim has of it.

    "Lund, widely believed to run the mill, sold the quay" tells of the quay as a fact.
    """
    shared = claim.stem_set & source.stem_set
    for word in _HEARSAY.finditer(source.text):
        aside = _ASIDE.search(source.text, 0, word.start())
        if aside is None:
            return word
        within = Analysis(re.split(r"[,;]", source.text[word.end() :])[0]).stem_set
        if len(shared & within) >= _OF_AN_ASIDE * len(shared):
            return word
    return None


def _gives_somebody(claim: Analysis, cited: Sequence[Cited], sources: Sources) -> bool:
    if any(said.search(claim.text) for said in (REPORTING, _HEARSAY, _VIEW, _ADDING)):
        return True
    return _voiced(claim, cited, sources)


def _voiced(claim: Analysis, cited: Sequence[Cited], sources: Sources) -> bool:
    """Whether the claim gives what it tells to one who speaks in the source."""
    given = givers(claim)
    there = speaking(cited, sources) if given else set()
    return any(same_name(one, other) for by in given for one in by for other in there)


def _lost(piece: Cited, there: Span, *, refuses: bool = True) -> Fault:
    return Fault(
        code=Reason.ATTRIBUTION_LOST,
        detail=f"told as a fact; {piece.says(there)}",
        against=(piece.part(there),),
        refuses=refuses,
    )


def _quotation_told_as_fact(
    claim: Analysis, cited: Sequence[Cited], sources: Sources
) -> Fault | None:
    if REPORTING.search(claim.text) or _VIEW.search(claim.text) or _ADDING.search(claim.text):
        return None
    if _voiced(claim, cited, sources):
        return None
    for piece in cited:
        beside = [one.analysis for one in cited if one is not piece]
        if _only_quoted(claim, piece.analysis, beside) and not _is_own_plan(claim, piece, sources):
            return Fault(
                code=Reason.ATTRIBUTION_LOST,
                detail="the source quotes this and does not say it itself",
                against=(piece.citation,),
            )
    return None


def _is_own_plan(claim: Analysis, piece: Cited, sources: Sources) -> bool:
    """Whether the claim tells as a plan of the speaker what he announces himself: "We will …"."""
    planned = _PLANNED.search(claim.text)
    if planned is None or not _OWN_PLAN.search(piece.analysis.text):
        return False
    subject = [name for name in claim.names if name.span.end <= planned.start()]
    return bool(subject) and subject[-1].last in speaking((piece,), sources)


def _only_asked(claim: Analysis, cited: Sequence[Cited]) -> Fault | None:
    """Return what is wrong where the source does not say it, but asks somebody to say it.

    That is how instructions to a model stand in an article: "write: the port is closed".
    """
    for piece in cited:
        text = piece.analysis.text
        asked = _ASKED.search(text)
        if asked is None or _ASKED.search(claim.text):
            continue
        elsewhere: set[str] = set(Analysis(text[: asked.start()]).stem_set)
        elsewhere = elsewhere.union(*(one.analysis.stem_set for one in cited if one is not piece))
        behind = Analysis(text[asked.end() :]).stem_set
        if len(claim.stem_set & behind - elsewhere) >= _FEWEST_ASKED:
            return Fault(
                code=Reason.ATTRIBUTION_LOST,
                detail=f"the source only asks for it: {piece.says(Span(*asked.span()))}",
                against=(piece.part(Span(*asked.span())),),
            )
    return None


def _opinion_told_as_fact(
    claim: Analysis, cited: Sequence[Cited], sources: Sources
) -> Fault | None:
    """Return what is wrong where the claim is one side's judgement, and does not say whose."""
    if _gives_somebody(claim, cited, sources):
        return None
    piece = nearest(claim, cited)
    text = piece.analysis.text
    said = SAYING.search(text)
    judged = _JUDGING.search(claim.text) and _JUDGING.search(text)
    if said is None or not judged or not _reported(claim, piece.analysis, said):
        return None
    speaker = beside(said, text)
    known = speaker_names(speaker) or _PARTY.search(speaker)
    return _lost(piece, Span(*said.span())) if known else None


def _reported(claim: Analysis, source: Analysis, said: re.Match[str]) -> bool:
    """Whether most of what the claim shares with the source stands in the words reported there."""
    behind = source.text[said.end() :]
    before = source.text[: said.start()]
    inside = Analysis(behind if len(behind) > len(before) else before).stem_set
    shared = claim.stem_set & source.stem_set
    return len(shared) >= _FEWEST_SHARED and len(shared & inside) / len(shared) > _MOSTLY


def _own_voice(claim: Analysis, cited: Sequence[Cited]) -> Fault | None:
    """Return what is wrong where the sentence itself says "I" or "you".

    Where the source addresses its readers so too, that is weighed.
    """
    found = _spoken(claim)
    if found is None:
        return None
    return Fault(
        code=Reason.OWN_VOICE,
        detail=f"{found[0]!r} stands outside a quotation",
        words=claim.canonical.original(*found.span()),
        refuses=not any(_spoken(piece.analysis) for piece in cited),
    )


def _spoken(analysis: Analysis) -> re.Match[str] | None:
    """Return the first "I", "we" or "you" outside quotation marks, in the canonical form."""
    if not _SELF.search(analysis.text):
        return None
    form = analysis.canonical.form
    return _SELF.search(_QUOTATION.sub(lambda found: " " * len(found[0]), form))


def _telling(claim: Analysis, cited: Sequence[Cited]) -> Sequence[Cited]:
    """Return the cited pieces that have the words said, not just the name of a speaker."""
    shared = [len(claim.plain_stems & piece.analysis.stem_set) for piece in cited]
    return [piece for piece, some in zip(cited, shared, strict=True) if 2 * some >= max(shared)]


def _other_speaker(claim: Analysis, cited: Sequence[Cited], sources: Sources) -> Fault | None:
    unknown = unknown_names(claim, _telling(claim, cited), cited, sources)
    if not unknown:
        return None
    words_there = [
        (piece, verb) for piece in cited for verb in SAYING.finditer(piece.analysis.text)
    ]
    return Fault(
        code=Reason.SPEAKER_DIFFERS,
        detail=f"the source does not say that {' '.join(unknown)!r} said so",
        words=next((token.span for token in claim.tokens if key(token.text) in unknown), None),
        against=tuple(piece.part(Span(*verb.span())) for piece, verb in words_there[:1]),
    )


def _speaker_of_another_kind(
    claim: Analysis, cited: Sequence[Cited], sources: Sources
) -> Fault | None:
    """Return what is wrong where nobody is named, and the source has others say it.

    A newspaper is no government; and "engineers said" is not borne out where the words are a
    politician's, and the engineers beside her say something else.
    """
    text = claim.text[:1].lower() + claim.text[1:]
    phrases = _speaking(text)
    if len(phrases) != 1 or named(phrases[0]):
        return None
    spoken = set(content_stems(phrases[0]))
    about = claim.stem_set - spoken
    telling = max(cited, key=lambda piece: len(about & piece.analysis.stem_set))
    there = _speaking(telling.analysis.text)
    if not there or not spoken or any(spoken & set(content_stems(one)) for one in there):
        return None
    surnames = {one[-1] for phrase in there for one in named(phrase)}
    if any(is_told_of(phrases[0], one, sources) for one in surnames):
        return None
    near = [*(piece.analysis for piece in cited), *telling.before]
    others = [one for other in near for one in _speaking(other.text) if one not in there]
    kinds = {_kind(set(content_stems(phrase))) for phrase in there}
    of_another_kind = None not in (kinds | {_kind(spoken)}) and _kind(spoken) not in kinds
    says_else = any(spoken <= set(content_stems(phrase)) for phrase in others)
    if not of_another_kind and not (says_else and any(map(named, there))):
        return None
    said = phrases[0].strip()
    at = text.index(said)
    return Fault(
        code=Reason.SPEAKER_DIFFERS,
        detail=f"the source does not say that {said!r} said so",
        words=Span(at, at + len(said)),
        against=(telling.citation,),
    )


def _speaking(text: str) -> list[str]:
    """Return the words beside each verb that gives what follows to somebody."""
    return [beside(verb, text) for verb in _GIVING.finditer(text)]


def _kind(stems: set[str]) -> str | None:
    """Return what kind of speaker words name, if any."""
    return next((kind for kind, nouns in _KINDS_OF_SPEAKER.items() if stems & nouns), None)


def _silent_speaker(claim: Analysis, cited: Sequence[Cited]) -> Fault | None:
    """Return what is wrong where one speaks who in the source "declined to comment"."""
    saying = _AFFIRMING.finditer(claim.text)
    affirming = [one for verb in saying for one in named(claim.text[: verb.start()])]
    if not affirming or _SILENT.search(claim.text):
        return None
    for piece in cited:
        silent = _SILENT.search(piece.analysis.text)
        spoke = {key(one) for said in speakers(piece.analysis.text) for one in words(said)}
        if silent and not any(same_name(name[-1], other) for name in affirming for other in spoke):
            return Fault(
                code=Reason.SPEAKER_DIFFERS,
                detail=piece.says(Span(*silent.span())),
                words=next((t.span for t in claim.tokens if key(t.text) == affirming[0][-1]), None),
                against=(piece.part(Span(*silent.span())),),
            )
    return None


def _only_quoted(claim: Analysis, source: Analysis, beside: Sequence[Analysis]) -> bool:
    """Whether most of what the claim shares with the source stands in quotation marks there.

    What other words of the article tell `beside` them too, is no more only quoted.
    """
    form = source.form.replace("''", '"')
    if form.count('"') < 2 or claim.text.count('"') >= 2 or "“" in claim.text:
        return False
    inside = Analysis(" ".join(form.split('"')[1::2]))
    outside = Analysis(" ".join(form.split('"')[0::2]))
    shared = claim.stem_set & source.stem_set
    if len(shared) < _FEWEST_SHARED:
        return False
    told = outside.stem_set.union(*(_unquoted(one) for one in beside))
    return len(shared & inside.stem_set - told) / len(shared) > _MOSTLY


def _unquoted(analysis: Analysis) -> frozenset[str]:
    """Return the content stems that a text tells without quotation marks or a speaker."""
    if SAYING.search(analysis.text):
        return frozenset()
    return Analysis(" ".join(analysis.form.replace("''", '"').split('"')[0::2])).stem_set
