"""A view, or a quotation, stays with the one whose it is, by whatever verb."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from briefing.data.article import Span
from briefing.data.reason import Reason
from briefing.steps.verify.checks.attribution.quoted import QUOTED, place, quotations
from briefing.steps.verify.checks.attribution.voices import speaking
from briefing.steps.verify.fault import Fault
from briefing.steps.verify.sources import Cited, Sources
from briefing.text.analysis import Analysis
from briefing.text.countries import country, governed_from, is_spoken_for
from briefing.text.names import is_spelt_out, key, same_name
from briefing.text.offices import offices
from briefing.text.speakers import named, speakers
from briefing.text.speech import SAYING, VOICED
from briefing.text.words import content_stems, stem, words

_VIEWS = re.compile(
    rf"\b(?:{'|'.join(sorted(VOICED))}|admits|cautions|concedes|acknowledges|dismisses"
    r"|took the (?:position|view|stance)|takes the (?:position|view)|summed up|spoke of)\b"
)
_ADMITS = re.compile(
    r"\b(?:admit(?:s|ted)|conced(?:es|ed)|confess(?:es|ed)|acknowledg(?:es|ed)|confirm(?:s|ed)"
    r"|caution(?:s|ed)|predict(?:s|ed)|testified|boasted|hinted|complain(?:s|ed)|promis(?:es|ed)"
    r"|vow(?:s|ed)|pledg(?:es|ed)|contend(?:s|ed)|assert(?:s|ed))\s+that\b"
)
_PRONOUN_ACTS = re.compile(r"\b(?:[Hh]e|[Ss]he|[Tt]hey|[Ii]t)\s+(?:had|has|[a-z]+ed|said)\b")
_BODY = re.compile(
    r"\b(?P<head>board|commission|committee|inquiry|court|judges?|report|study|survey|panel|tribunal"
    r"|investigators?|inspectors?|auditors?|regulator|police|prosecutors?|experts?|scientists?"
    r"|researchers?|doctors?|engineers?)\b"
)
_EDGE = re.compile(r"[;:]|\b(?:that|which|who|but|while|after|before|when|as|because)\b|[\"“”]|''")
_ANAPHORA = re.compile(r"\b(?:he|she|they|it|his|her|their|its)\b", re.IGNORECASE)
_ASIDE = re.compile(r",\s+(?:who|which|whose)\s[^,;\"“”]+,")
_ADJUNCT = re.compile(r"\s*(?:[A-Z][a-z]+ing|In|On|At|After|Before|During|Under|With)\b[^,]*,\s+")
"""What may stand before the subject."""

_CLAIM_OF_ANOTHER = re.compile(
    r"\b(?:claims?|accusations?|allegations?|charges?|suggestions?|reports?|remarks?|words|comments?)\b"
)
"""Behind it stand another one's words."""

_IS_SUBJECT = re.compile(
    r"(?:['’]s\s+[a-z]+|(?<=['’]s)\s+[a-z]+)?(?:,[^,]*,)?(?:\s+(?:has|had|have|also|later|then|[a-z]+ly))*\s*"
)
"""Between a name and its verb: nothing, or "'s office", but not the man of "a Velmar man"."""

_PRONOUN = re.compile(r"\b(?:he|she|they|it)\s+(?:\w+\s+)?$")
_BEHIND = 60
"""Characters that a verb of view may stand behind a quotation."""

_UNNAMED = re.compile(
    r"\b(?:an?|one|another|two|some|several)\s+(?:[\w-]+\s+){0,3}?(?:officials?|sources?|diplomats?"
    r"|persons?|people|delegates?|aides?|spokes\w+|members?|participants?|advisers?|experts?)\b"
)
"""Who speaks without a name."""

_SAYS = re.compile(rf"{_VIEWS.pattern}|{SAYING.pattern}|\baccus\w+\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _View:
    """Somebody who, in a sentence, has a view."""

    who: str
    span: Span
    name: str
    """Key of the surname, or empty."""


def check(claim: Analysis, cited: Sequence[Cited], sources: Sources) -> Fault | None:
    """Whoever "admitted" or "cautioned" what the source has somebody say, is that somebody."""
    return (
        _of_another(claim, cited, sources)
        or _told_by_another(claim, cited, sources)
        or _of_a_body(claim, cited)
    )


def _of_another(claim: Analysis, cited: Sequence[Cited], sources: Sources) -> Fault | None:
    """Return what is wrong where words that are quoted are those of another than in the source."""
    quoted = [said for _, said in quotations(claim.text)]
    telling = [piece for piece in cited if any(place(said, piece) for said in quoted)]
    views = tuple(_views(claim))
    if not telling or not views:
        return None
    there = speaking(telling, sources)
    if not there:
        return None
    told = [word for piece in telling for word in words(piece.analysis.text)]
    phrases = [phrase for piece in telling for phrase in speakers(piece.analysis.text)]
    has_speaker = any(map(named, phrases))
    if not has_speaker and not any(_UNNAMED.search(piece.analysis.text) for piece in telling):
        return None
    heard = there if has_speaker else {*there, *map(key, told)}
    for view in views:
        if _is_one(view.name, heard):
            continue
        if _holds_office(view.name, phrases, sources):
            continue
        if any(word.isupper() and is_spelt_out(word, view.who) for word in told):
            continue
        return Fault(
            code=Reason.SPEAKER_DIFFERS,
            detail=f"the source does not say that {view.who!r} said so",
            words=view.span,
            against=(telling[0].citation,),
        )
    return None


def _holds_office(surname: str, phrases: Sequence[str], sources: Sources) -> bool:
    """Whether the articles give somebody an office that speaks in the source without a name."""
    titles = {one.title for phrase in phrases for one in offices(phrase) if one.holder is None}
    return any(
        office.title in titles and office.holder is not None and office.holder.last == surname
        for _, office in sources.offices
    )


def _is_one(name: str, keys: set[str]) -> bool:
    if any(same_name(name, other) for other in keys):
        return True
    meant = country(name) or governed_from(name)
    return meant is not None and is_spoken_for(meant, keys)


def _views(claim: Analysis) -> Iterator[_View]:
    """Yield those with a name that stand before a verb of view which a quotation follows."""
    quoted = QUOTED.search(claim.text)
    # "Ada Lund, who leads the party, complained": the aside says nothing of who complains.
    text = _ASIDE.sub(lambda found: " " * len(found[0]), claim.text)
    for verb in _VIEWS.finditer(text):
        if quoted is None or verb.start() > quoted.end() + _BEHIND:
            return
        if _CLAIM_OF_ANOTHER.search(text, verb.end(), max(verb.end(), quoted.start())):
            continue
        start = max([0, *(edge.end() for edge in _EDGE.finditer(text, 0, verb.start()))])
        lead = _ADJUNCT.match(text, start, verb.start())
        start = lead.end() if lead else start
        before = text[start : verb.start()]
        names = [n for n in claim.names if start <= n.span.start and n.span.end <= verb.start()]
        names = [n for n in names if text[n.span.start : n.span.end].strip()]
        if not names or _PRONOUN.search(before):
            continue
        subject = names[0] if "," in before[names[0].span.end - start :] else names[-1]
        if not _IS_SUBJECT.fullmatch(text, subject.span.end, verb.start()):
            continue
        yield _View(subject.text, subject.span, subject.last)


def _told_by_another(claim: Analysis, cited: Sequence[Cited], sources: Sources) -> Fault | None:
    """Return what is wrong where one "admitted that" something is so that another one says."""
    verb = None if QUOTED.search(claim.text) else _ADMITS.search(claim.text)
    names = [name for name in claim.names if verb and name.span.end <= verb.start()]
    if verb is None or not names or verb.start() - names[-1].span.end > 1:
        return None
    name = names[-1]
    behind = set(content_stems(claim.text[verb.end() :]))
    piece = max(cited, key=lambda one: len(behind & one.analysis.stem_set))
    if not any(map(named, speakers(piece.analysis.text))):
        return None
    spoken = _is_one(name.last, speaking((piece,), sources)) or _holds_office(
        name.last, speakers(piece.analysis.text), sources
    )
    meant = _is_one(name.last, set(piece.analysis.word_keys)) and _PRONOUN_ACTS.search(
        piece.analysis.text
    )
    if spoken or meant:
        return None
    return Fault(
        code=Reason.SPEAKER_DIFFERS,
        detail=f"the source does not say that {name.text!r} said so",
        words=name.span,
        against=(piece.citation,),
    )


def _of_a_body(claim: Analysis, cited: Sequence[Cited]) -> Fault | None:
    """Return what is wrong where a board "found" what in the source others accuse somebody of."""
    for verb in re.finditer(
        r"\b(?:found|concluded|ruled|confirmed|established|determined)\b[^,;.]{0,60}?\bthat\b",
        claim.text,
    ):
        lead = claim.text[: verb.start()]
        body = list(_BODY.finditer(lead))
        if not body or len(content_stems(lead)) > 6:
            continue
        head = stem(body[-1]["head"])
        near = [one for p in cited for one in (p.analysis, p.headline, *p.before)]
        if any(head in one.stem_set for one in near) or _BODY.search(near[0].text):
            continue
        behind = set(content_stems(claim.text[verb.end() :]))
        piece = max(cited, key=lambda one: len(behind & one.analysis.stem_set))
        said = _SAYS.search(piece.analysis.text)
        if said is None or _ANAPHORA.match(piece.analysis.text):
            continue
        return Fault(
            code=Reason.SPEAKER_DIFFERS,
            detail=f"the source does not say that {body[-1]['head']!r} found so",
            words=Span(*body[-1].span("head")),
            against=(piece.part(Span(*said.span())),),
        )
    return None
