"""Part of check 11: a view, or a quotation, stays with the one whose it is, by whatever verb."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from briefing.data.article import Span
from briefing.data.reason import Reason
from briefing.steps.verify.checks.attribution.speakers import named, speakers
from briefing.steps.verify.checks.attribution.voices import speaking
from briefing.steps.verify.fault import Fault
from briefing.steps.verify.sources import Cited, Sources
from briefing.text.analysis import Analysis
from briefing.text.canonical import canonical, find_canonical
from briefing.text.countries import country, governed_from, is_spoken_for
from briefing.text.names import key, same_name
from briefing.text.words import content_stems, stem, words

_VIEWS = re.compile(
    r"\b(?P<verb>admitted|admits|cautioned|cautions|conceded|concedes|acknowledged|acknowledges"
    r"|dismissed|dismisses|took the (?:position|view|stance)|takes the (?:position|view)|confirmed"
    r"|criticised|criticized|condemned|praised|hailed|mocked|ridiculed|denounced|lamented|joked"
    r"|boasted|predicted|speculated|confessed|contended|asserted|alleged|observed|lauded|scoffed"
    r"|hinted|testified|recounted|summed up|spoke of|urged|suggested|complained|promised|vowed"
    r"|pledged|protested|countered|quipped|concluded|accused|blamed|rejected"
    r"|reasoned|wondered)\b"
)
_BODY = re.compile(
    r"\b(?P<head>board|commission|committee|inquiry|court|judges?|report|study|survey|panel|tribunal"
    r"|investigators?|inspectors?|auditors?|regulator|police|prosecutors?|experts?|scientists?"
    r"|researchers?|doctors?|engineers?)\b"
)
_EDGE = re.compile(r"[;:]|\b(?:that|which|who|but|while|after|before|when|as|because)\b|[\"“”]|''")
_QUOTED = re.compile(r"\"([^\"]+)\"|“([^”]+)”|''(.+?)''")
_ANAPHORA = re.compile(r"\b(?:he|she|they|it|his|her|their|its)\b", re.IGNORECASE)
_ASIDE = re.compile(r",\s+(?:who|which|whose)\s[^,;\"“”]+,")
_ADJUNCT = re.compile(r"\s*(?:[A-Z][a-z]+ing|In|On|At|After|Before|During|Under|With)\b[^,]*,\s+")
"""What may stand before the subject."""

_CLAIM_OF_ANOTHER = re.compile(
    r"\b(?:claims?|accusations?|allegations?|charges?|suggestions?|reports?|remarks?|words|comments?)\b"
)
"""Behind it stand another one's words."""

_PRONOUN = re.compile(r"\b(?:he|she|they|it)\s+(?:\w+\s+)?$")
_BEHIND = 60
"""Characters that a verb of view may stand behind a quotation."""

_SAYS = re.compile(
    rf"{_VIEWS.pattern}|\b(?:said|says|told|called|accus\w+|according to|warned|argued)\b"
)


@dataclass(frozen=True, slots=True)
class _View:
    """Somebody who, in a sentence, has a view."""

    who: str
    span: Span
    name: str
    """Key of the surname, or empty."""


def check(claim: Analysis, cited: Sequence[Cited], sources: Sources) -> Fault | None:
    """Whoever "admitted" or "cautioned" what the source has somebody say, is that somebody."""
    return _of_another(claim, cited, sources) or _of_a_body(claim, cited)


def _of_another(claim: Analysis, cited: Sequence[Cited], sources: Sources) -> Fault | None:
    """Return what is wrong where words that are quoted are those of another than in the source."""
    quotations = [next(filter(None, found.groups())) for found in _QUOTED.finditer(claim.text)]
    if not quotations:
        return None
    telling = [piece for piece in cited if any(_has(one, piece) for one in quotations)]
    if not telling:
        return None
    for view in _views(claim):
        there = speaking(telling, sources)
        own = [key(word) for piece in telling for word in words(piece.analysis.text)]
        phrases = [phrase for piece in telling for phrase in speakers(piece.analysis.text)]
        has_speaker = any(map(named, phrases))
        heard = there if has_speaker else {*there, *own}
        if not there or _is_one(view.name, heard):
            continue
        if not has_speaker and any(_is_one(view.name, set(_near(p, sources))) for p in telling):
            continue
        return Fault(
            code=Reason.SPEAKER_DIFFERS,
            detail=f"the source does not say that {view.who!r} said so",
            words=view.span,
            against=(telling[0].citation,),
        )
    return None


def _near(piece: Cited, sources: Sources) -> Iterator[str]:
    for one in (*piece.before, piece.headline):
        yield from one.word_keys


def _is_one(name: str, keys: set[str]) -> bool:
    if any(same_name(name, other) for other in keys):
        return True
    meant = country(name) or governed_from(name)
    return meant is not None and is_spoken_for(meant, keys)


def _has(quotation: str, piece: Cited) -> bool:
    form = canonical(quotation.strip().rstrip(".,;")).form
    return bool(form) and find_canonical(form, piece.analysis.canonical) is not None


def _views(claim: Analysis) -> Iterator[_View]:
    """Yield those with a name that stand before a verb of view which a quotation follows."""
    quoted = _QUOTED.search(claim.text)
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
        yield _View(subject.text, subject.span, subject.last)


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
        if any(head in one.stem_set for one in near):
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
