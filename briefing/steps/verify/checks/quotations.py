"""What stands in quotation marks stands so in the source."""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from briefing.data.article import Span
from briefing.data.briefing import Citation
from briefing.data.reason import Reason
from briefing.steps.verify.fault import Fault
from briefing.steps.verify.sources import Cited, Sources
from briefing.text.analysis import Analysis
from briefing.text.canonical import Canonical, canonical, find_canonical
from briefing.text.names import key
from briefing.text.speakers import speaker_names, speakers
from briefing.text.words import content_stems, stem, synonyms
from briefing.text.words import words as words_of

_QUOTED = re.compile(
    r"\"([^\"]+)\"|(?<![A-Za-z0-9])''(.+?)''|(?<![A-Za-z0-9])'([^']{2,}?[^s])'(?![A-Za-z0-9])"
)
_DISOWNED_BEFORE = re.compile(
    r"\b(?:not true|untrue|false|falsely|wrongly|den(?:y|ies|ied|ying)|never (?:said|called)"
    r"|not (?:say|said|call|called)|n['’]t (?:say|call)|hoax|fake|myth|misquoted|invented"
    r"|(?:an?|the|that) (?:\w+ )?lie|lied"
    r"|nobody said|no one said)\b[^.;]{0,30}$",
    re.IGNORECASE,
)
_DISOWNED_BEHIND = re.compile(
    r"^[^\w]*(?:is|was|are|were)\s+(?:simply |just )?(?:not true|untrue|false|wrong|a lie|a hoax"
    r"|fake|invented|made up|never said|misquoted)\b",
    re.IGNORECASE,
)
"""Words beside a quotation which say that it does not hold, or was never said."""

_SAID_OF = re.compile(
    r"\b(?:said|says|spoke|remarked|commented|wrote|added)\s+(?:of|about|regarding)\s+"
    r"(?P<what>[^,.;:]+)"
    r"|^(?:of|on|about)\s+(?P<lead>[^,.;:]+),\s+(?:[A-Z][\w'’-]*\s+)+(?:said|remarked|commented)\b",
    re.IGNORECASE,
)
_CALLED = re.compile(
    r"\b(?P<verb>called|calls|described|describes|dismissed|dismisses|branded|labelled|denounced)\s+"
    r"(?P<what>[^,.;:\"“”]{3,80}?)\s+(?:as\s+)?$"
)
"""What stands before a quotation that judges something: "called the plan "…""."""

_THAT = re.compile(
    r"[\"”'’]*,?\s+(?:(?:[A-Z][\w'’-]+\s+)+said,\s+|(?:he|she|they) said,\s+)?that\s+"
    r"(?P<what>[^,;:.]+)"
)
"""What stands behind a quotation whose clause goes on outside of it."""

_LEAST_ABOUT = 0.34
"""Share of what a quotation is said of that the source's sentence must have: one word in three."""

_FEWEST_ABOUT = 2
_MOSTLY_ABOUT = 0.5
"""Else so many words of it in the sentence, and more than such a share in those around it."""

_BY_SAYING = re.compile(r"\bby (?:saying|adding|noting|warning|declaring|asking)\b")

_STANDS_FOR = re.compile(
    r"\b(?:it|this|that|them|these|those|he|she|him|her|his|their|its)\b", re.I
)
_BEHIND_A_NOUN = re.compile(r"\s(?:of|to|for|in|on|by|that|which)\s")
_GENERAL = frozenset(
    map(stem, "money sum amount plan move decision step proposal offer deal idea result".split())
)
_MATTERS = frozenset(stem(word) for word in "matter issue question topic subject state".split())

_SMALL_WORD = 3
"""Letters of the longest word that a title may have without a capital."""

_ALIKE = 0.6
"""A stretch of the source that shares fewer of its words is no other wording of a quotation."""


def quoted(form: str) -> list[str]:
    """Return the quoted strings in a text in canonical form, without the marks."""
    return [words for words, _, _ in _quotations(form)]


def _quotations(form: str) -> Iterator[tuple[str, int, int]]:
    for found in _QUOTED.finditer(form):
        group = next(number for number in (1, 2, 3) if found[number])
        yield found[group], found.start(group), found.end(group)


def check(claim: Analysis, cited: Sequence[Cited], sources: Sources) -> Fault | None:
    """Every quoted string of the claim stands verbatim, as whole words, in a cited span.

    Typography may differ, the first letter's case too, and a comma or full stop before the
    closing mark belongs to the sentence, not to the quotation. Words that the source quotes only
    to deny them are not the source's.
    """
    if '"' not in claim.form and "'" not in claim.form:
        return None
    for words, start, end in _quotations(claim.canonical.form):
        here = claim.canonical.original(start, end)
        standing = [piece for piece in cited if _stands(words, piece.analysis.canonical)]
        if not standing and _is_title(words) and not _is_misspelt(words, cited):
            # The title of a work is a name, and checked as one.
            continue
        if not standing:
            return _differs(words, here, cited)
        fault = (
            _denied(words, claim, standing, here)
            or _said_of_something_else(claim, standing)
            or _called_something_else(words, claim, standing, here, sources)
            or _ended_by_another(claim, standing, here)
            or _says_that_else(claim, standing, here)
        )
        if fault:
            return fault
    marks = claim.canonical.form.replace("''", '"').count('"')
    if marks % 2 and not any(claim.canonical.form in p.analysis.canonical.form for p in cited):
        return Fault(code=Reason.QUOTATION_UNPAIRED, detail="a quotation mark has no partner")
    return None


def _is_title(words: str) -> bool:
    """Whether each word that is not a small one has a capital: "Should Have Been a Sailor"."""
    told = [word for word in re.findall(r"[^\W\d_][\w’']*", words) if len(word) > _SMALL_WORD]
    return len(told) > 1 and all(word[0].isupper() for word in told)


def _differs(words: str, here: Span, cited: Sequence[Cited]) -> Fault:
    nearest = _nearest(words, cited)
    instead = f"; the source says {nearest[0].quote!r}" if nearest else ""
    return Fault(
        code=Reason.QUOTATION_DIFFERS,
        detail=f"{words!r} is not verbatim in the source{instead}",
        words=here,
        against=nearest,
    )


def _denied(words: str, claim: Analysis, standing: Sequence[Cited], here: Span) -> Fault | None:
    found = [(piece, _disowning(words, piece.analysis)) for piece in standing]
    piece, there = found[0]
    if there is None or not all(span for _, span in found) or _disowning(words, claim):
        return None
    return Fault(
        code=Reason.QUOTATION_DENIED,
        detail=f"gives as said what the source does not; {piece.says(there)}",
        words=here,
        against=(piece.part(there),),
    )


def _disowning(words: str, analysis: Analysis) -> Span | None:
    """Return where a text says of a quotation in it that it does not hold."""
    wanted = words.strip().rstrip(".,;").strip()
    if not wanted:
        return None
    place = find_canonical(wanted, analysis.canonical) or find_canonical(
        _recased(wanted), analysis.canonical
    )
    if place is None:
        return None
    before = _DISOWNED_BEFORE.search(analysis.text[: place.start])
    if before:
        return Span(before.start(), place.start)
    behind = _DISOWNED_BEHIND.match(analysis.text[place.end :])
    return Span(place.end, place.end + behind.end()) if behind else None


def _said_of_something_else(claim: Analysis, standing: Sequence[Cited]) -> Fault | None:
    """Return what is wrong where the claim says what a quotation is about, and the source not."""
    text = _unquoted(claim.text)
    found = _SAID_OF.search(text)
    if found is None:
        return None
    group = next(name for name in ("what", "lead") if found[name])
    about = {one for one in content_stems(found[group]) if one not in _MATTERS}
    for piece in standing:
        near = (piece.analysis, piece.headline, *piece.before)
        there: set[str] = set().union(*(analysis.stem_set for analysis in near))
        there |= {other for one in there for other in synonyms(one)}
        if 2 * len(about & there) > len(about) or not about:
            return None
    return Fault(
        code=Reason.QUOTATION_OF_ANOTHER_THING,
        detail=f"the source does not say this of {found[group].strip()!r}",
        words=Span(*found.span(group)),
    )


def _called_something_else(
    words: str, claim: Analysis, standing: Sequence[Cited], here: Span, sources: Sources
) -> Fault | None:
    """Return what is wrong where the source calls another thing so than the claim.

    Each source must say itself what it calls so: "called it" may be of anything.
    """
    mine = _CALLED.search(claim.text[: here.start].rstrip("\"“'‘ ") + " ")
    if mine is None or _STANDS_FOR.fullmatch(mine["what"]):
        return None
    what = _BEHIND_A_NOUN.split(mine["what"])[0]
    about = {one for one in content_stems(what) if one not in _MATTERS}
    for piece in standing:
        wanted = words.strip().rstrip(".,;").strip()
        place = find_canonical(wanted, piece.analysis.canonical)
        lead = piece.analysis.text[: place.start].rstrip("\"“'‘ ") + " " if place else ""
        theirs = _CALLED.search(lead)
        if theirs is None or _STANDS_FOR.search(theirs["what"]):
            return None
        there = set(content_stems(theirs["what"])) - _MATTERS
        if there <= _GENERAL:
            # "Called the money": which money, the sentences around it say.
            told = map(sources.analysis, sources.sentences_of(piece.article.id))
            there = there.union(piece.headline.stem_set, *(one.stem_set for one in told))
        there |= {other for one in there for other in synonyms(one)}
        if not about or about & there:
            return None
    return Fault(
        code=Reason.QUOTATION_OF_ANOTHER_THING,
        detail=f"the source does not call {mine['what']!r} so",
        words=Span(*mine.span("what")),
        against=(standing[0].citation,),
    )


def _says_that_else(claim: Analysis, standing: Sequence[Cited], here: Span) -> Fault | None:
    """Return what is wrong where there is "no doubt" that something else is so than in the source.

    The clause behind the quotation must have its words in the sentence that is quoted; some of
    them where the sentences before it have the rest.
    """
    found = _THAT.match(claim.text, here.end)
    if found is None:
        return None
    about = set(content_stems(found["what"]))
    for piece in standing:
        there = piece.analysis.stem_set
        near = there.union(*(one.stem_set for one in piece.before))
        known, around = (
            sum(bool(({one} | synonyms(one)) & told) for one in about) for told in (there, near)
        )
        if known > _LEAST_ABOUT * len(about):
            return None
        if known >= _FEWEST_ABOUT and around > _MOSTLY_ABOUT * len(about):
            return None
    return Fault(
        code=Reason.QUOTATION_OF_ANOTHER_THING,
        detail=f"the source does not say this of {found['what'].strip()!r}",
        words=Span(*found.span("what")),
        against=(standing[0].citation,),
    )


def _ended_by_another(claim: Analysis, standing: Sequence[Cited], here: Span) -> Fault | None:
    """Return what is wrong where one "ended by saying" what another one says in the source."""
    lead = _BY_SAYING.search(claim.text, 0, here.start)
    if lead is None:
        return None
    mine = {key(word) for word in words_of(claim.text[: lead.start()]) if word[0].isupper()}
    theirs: set[str] = set()
    for piece in standing:
        for told in (piece.analysis, *piece.before):
            named = [speaker_names(phrase) for phrase in speakers(told.text)]
            theirs = theirs.union(*named)
    if not mine or not theirs or mine & theirs:
        return None
    return Fault(
        code=Reason.SPEAKER_DIFFERS,
        detail=f"the source does not say that {claim.text[: lead.start()].strip()!r} said so",
        words=here,
        against=(standing[0].citation,),
    )


def _unquoted(text: str) -> str:
    """Return `text` with blanks for what stands in quotation marks, as long as it was."""
    return re.sub(r"\"[^\"]*\"|“[^”]*”|''.*?''", lambda found: " " * len(found[0]), text)


def _nearest(words: str, cited: Sequence[Cited]) -> tuple[Citation, ...]:
    """Return the words of the source that read most like the quotation, if any do."""
    wanted = words.lower().split()
    best: tuple[float, Citation] | None = None
    for piece in cited:
        tokens = piece.analysis.tokens
        there = [token.text.lower() for token in tokens]
        blocks = SequenceMatcher(None, there, _bare(wanted), autojunk=False).get_matching_blocks()
        same = sum(block.size for block in blocks)
        if not same:
            continue
        first, last = blocks[0].a, blocks[-2].a + blocks[-2].size - 1
        alike = 2 * same / (last - first + 1 + len(wanted))
        if alike >= _ALIKE and (best is None or alike > best[0]):
            span = Span(tokens[first].span.start, tokens[last].span.end)
            best = alike, piece.part(span)
    return (best[1],) if best else ()


def _is_misspelt(title: str, cited: Sequence[Cited]) -> bool:
    """Whether the source has most words of a title in a row, and not all of them."""
    return any(
        _bare(one.quote.lower().split()) != _bare(title.lower().split())
        for one in _nearest(title, cited)
    )


def _bare(words: Sequence[str]) -> list[str]:
    return [word.strip(".,;:!?()-") for word in words]


def _stands(quotation: str, source: Canonical) -> bool:
    wanted = quotation.strip().rstrip(".,;").strip()
    if not wanted:
        return True
    parts = [canonical(part).form for part in wanted.split("...")]
    return all(
        any(find_canonical(form, source) is not None for form in (part, _recased(part)))
        or (part.islower() and _without_capitals(part, source))
        for part in parts
        if part
    )


def _without_capitals(part: str, source: Canonical) -> bool:
    """Whether a quotation in text that has no capitals stands in the source with some."""
    found = re.search(rf"(?<!\w){re.escape(part)}(?!\w)", source.form.lower())
    return found is not None


def _recased(part: str) -> str:
    first = part[0]
    return (first.lower() if first.isupper() else first.upper()) + part[1:]
