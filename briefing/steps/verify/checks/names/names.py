"""Every name of the sentence is in the source, or is who the source means."""

import re
import unicodedata
from collections.abc import Sequence
from difflib import SequenceMatcher

from briefing.data.article import Span
from briefing.data.reason import Reason
from briefing.steps.verify.checks.names.taken import taken_by
from briefing.steps.verify.fault import Fault, differs
from briefing.steps.verify.heard import antecedent
from briefing.steps.verify.sources import Cited, Sources
from briefing.text.analysis import Analysis
from briefing.text.countries import country, governed_from, is_named
from briefing.text.names import Name, initials, is_among, is_spelt_out, key, same_name
from briefing.text.verbs import FINITE
from briefing.text.words import stem, words

_ANAPHORA = re.compile(
    r"\b(?:he|she|they|it|him|her|them|his|their|its|here|there|this|these|that|the)\b",
    re.IGNORECASE,
)
_CONNECTING = frozenset("of for the and de al bin van von der la le du on".split())
_PLACE = re.compile(r"\b(?:in|at|to|from|near|for|outside|through|across)\s+$")
_NETWORKS = {"twitter": stem("tweeted")}
"""Names that a verb stands for."""

_MISSPELT = 0.75
"""Two words this alike are one name, spelt in two ways (difflib's ratio): a letter or two of eight.
Set by hand."""

_DERIVED = re.compile(r"(?P<root>[A-Z][a-z]{3,}?)(?:i?er|i?est|ive|ly|al|ment|ness|ing|ed)")
"""A word with an ending that makes it of another one: "Deeper", "Cooperative"."""

_NOUNS = re.compile(
    r"\b(?:Cape|Lake|Mount|River|Strait|Gulf|Bay|Island|Islands|Union|League|Party|Front|Council"
    r"|Agency|Commission|Court|Tribunal|Group|Company|Bank|Institute|University|Hospital|Church"
    r"|Federation|Association|Alliance|Movement|Board|Committee|Authority|Act|Treaty|Dam|Bridge"
    r"|Tower|Airport|Port|Harbour|Park|Valley|Peninsula|Parliament|Fund|Foundation|Club)\b"
)
"""What a thing is, as part of its name: it may be called so alone."""

_VERB_BEHIND = re.compile(rf"(?:['’]s)?,?\s+(?:{FINITE}|and\s+[A-Z]\w*)\b")

_BEHIND_GERUND = re.compile(
    r"\s+(?:[a-z]+ly|to|at|in|on|with|for|from|by|of|as|after|before|about|against|into|over|under"
    r"|through|between|out|up|off|back|away|the|an?|his|her|its|their|this|that|these|those|him|them"
    r"|it|how|what|who|why|whether|more|less|no|not|all|both|some|any|each|one|two|[A-Z\d].*)\b"
)
"""What tells "Replying to" from the name of "Nanjing officials"."""


def check(claim: Analysis, cited: Sequence[Cited], sources: Sources) -> Fault | None:
    """Every name stands in the cited words, the headline, or what these words refer back to.

    A lone word at the beginning of the sentence is no name where the sources use it as a word. A
    name that only the rest of the article has is weighed; another name in its place is a conflict.
    """
    mixed = _mixed(claim, cited)
    if mixed:
        return mixed
    elsewhere: Fault | None = None
    for name in claim.names:
        if name.span.start == 0 and " " not in name.text and _is_word(name, claim, sources):
            continue
        missing = [
            word
            for word in _parts(name)
            if not _known(word, name, claim, cited, sources)
            and not _is_first_name(word, name, cited, sources)
        ]
        if missing and _is_gerund(missing[0], name, claim):
            # "Replying to Lund": a verb has its capital for where it stands.
            del missing[0]
        fault = _other_first_name(name, missing, cited)
        fault = fault or _in_anothers_place(name, claim, cited, sources)
        fault = fault or (_fault(missing, name, claim, cited, sources) if missing else None)
        if fault and fault.refuses:
            return fault
        elsewhere = elsewhere or fault
    return elsewhere


def _is_word(name: Name, claim: Analysis, sources: Sources) -> bool:
    """Whether the sources have a lone first word as a word, or one that it is derived from.

    "Deeper ties" where they speak of deepening ties; but whoever acts is a name.
    """
    if sources.uses(name.text):
        return True
    root = _DERIVED.fullmatch(name.text)
    if root is None or _acts(name, claim) or not re.match(r"\s+[a-z]", claim.text[name.span.end :]):
        return False
    return sources.uses_root(root["root"].lower())


def _is_gerund(word: str, name: Name, claim: Analysis) -> bool:
    """Whether a word that begins the sentence is a verb: "Replying to", "Taking Norland"."""
    return (
        claim.text.startswith(word)
        and re.search(r"[a-z]{3}ing$", word) is not None
        and governed_from(word) is None
        and not _VERB_BEHIND.match(claim.text, name.span.end)
        and (" " in name.text or _BEHIND_GERUND.match(claim.text, name.span.end) is not None)
    )


def _is_first_name(word: str, name: Name, cited: Sequence[Cited], sources: Sources) -> bool:
    """Whether the sources have the word before a surname that the cited words have alone."""
    if key(word) == name.last or not any(name.last in one.analysis.name_keys for one in cited):
        return False
    texts = [article.text for article in sources.story.articles if word in article.text]
    full = rf"\b{re.escape(word)}\s+(?:[^\s,;:]+\s+)?{re.escape(name.text.split()[-1])}\b"
    return any(re.search(full, text) for text in texts)


def _mixed(claim: Analysis, cited: Sequence[Cited]) -> Fault | None:
    """Return what is wrong where a word mixes scripts, as one that only looks like another does.

    A source's own word, with the same letters, is no fault.
    """
    if claim.text.isascii():
        return None
    for token in claim.tokens:
        scripts = {script for mark in token.text if (script := _script(mark))}
        if len(scripts) > 1 and not any(token.text in piece.article.text for piece in cited):
            return Fault(
                code=Reason.SCRIPTS_MIXED,
                detail=f"{token.text!r} mixes {' and '.join(sorted(scripts))} letters",
                words=token.span,
            )
    return None


def _script(mark: str) -> str | None:
    """Return the script of a letter, of those whose letters look alike; None for all else."""
    if mark.isascii():
        return "Latin" if mark.isalpha() else None
    name = unicodedata.name(mark, "").split()
    return name[0].title() if name and name[0] in ("LATIN", "CYRILLIC", "GREEK") else None


def _fault(
    missing: Sequence[str],
    name: Name,
    claim: Analysis,
    cited: Sequence[Cited],
    sources: Sources,
) -> Fault | None:
    said = " ".join(missing)
    for piece in cited:
        for other in piece.analysis.names:
            if any(_is_misspelt(word, other) for word in missing):
                return _differs(name, piece, other.span)
    articles = sources.story.articles
    if not all(any(sources.has_word(key(word), one) for one in articles) for word in missing):
        return Fault(
            code=Reason.NAME_MISSING,
            detail=f"{said!r} is not in the source",
            words=name.span,
            refuses=name.span.start > 0 or " " in name.text or _acts(name, claim),
        )
    return Fault(
        code=Reason.NAME_ELSEWHERE,
        detail=f"{said!r} is not in the source's sentence",
        words=name.span,
        refuses=False,
    )


def _acts(name: Name, claim: Analysis) -> bool:
    """Whether a word at the beginning is followed by a verb, as a name is and "Hundreds of" not."""
    if re.search(r"(?:ing|ly)$", name.text):
        return False
    return bool(_VERB_BEHIND.match(claim.text, name.span.end))


def _in_anothers_place(
    name: Name, claim: Analysis, cited: Sequence[Cited], sources: Sources
) -> Fault | None:
    taken = taken_by(name, claim, cited, sources)
    return _differs(name, taken[0], taken[1].span) if taken else None


def _differs(name: Name, piece: Cited, there: Span) -> Fault:
    return differs(Reason.NAME_DIFFERS, name.text, name.span, piece, there)


def _is_misspelt(word: str, other: Name) -> bool:
    wanted = key(word)
    return any(
        wanted != key(part)
        and min(len(wanted), len(part)) >= 4
        and not same_name(wanted, key(part))
        and SequenceMatcher(None, wanted, key(part)).ratio() >= _MISSPELT
        for part in words(other.text)
    )


def _other_first_name(name: Name, missing: Sequence[str], cited: Sequence[Cited]) -> Fault | None:
    """Return what is wrong where the surname is there, with another first name before it."""
    own = words(name.text)
    if len(own) < 2 or own[-1] in missing or not (own[0] in missing or len(own[0]) == 1):
        return None
    there = [
        (piece, other)
        for piece in cited
        for other in piece.analysis.names
        if len(words(other.text)) >= 2 and other.last == name.last
    ]
    if not there or any(_may_be_one(own, words(other.text)) for _, other in there):
        return None
    piece, other = there[0]
    return _differs(name, piece, other.span)


def _may_be_one(own: Sequence[str], theirs: Sequence[str]) -> bool:
    """Whether the first names agree, as far as initials tell, or one name is part of the other."""
    mine, other = set(map(key, own)), set(map(key, theirs))
    if mine <= other or other <= mine:
        return True
    short, long = sorted((key(own[0]), key(theirs[0])), key=len)
    return short == long or (len(short) == 1 and long.startswith(short))


def _parts(name: Name) -> list[str]:
    return [
        part
        for word in words(name.text)
        for part in ([word] if "'" in word or "’" in word else word.split("-"))
        if part and part[0].isupper() and part.lower() not in _CONNECTING
    ]


def _known(
    word: str, name: Name, claim: Analysis, cited: Sequence[Cited], sources: Sources
) -> bool:
    wanted = key(word)
    if len(wanted) == 1 and len(name.text) > 2:
        # An initial: the surname is checked by itself.
        return True
    for piece in cited:
        near = [piece.analysis, piece.headline]
        if piece.article.outlet != "unknown":
            near.append(Analysis(piece.article.outlet))
        if _ANAPHORA.search(piece.analysis.text):
            near += piece.before
        if speaker := antecedent(piece, sources):
            near.append(speaker)
        if any(_in(wanted, analysis) or _abbreviated(word, name, analysis) for analysis in near):
            return True
        if any(_is_country(name, analysis) for analysis in near) or any(
            _governs(name, claim, analysis) for analysis in (piece.analysis, piece.headline)
        ):
            return True
        if _NETWORKS.get(wanted) in piece.analysis.stem_set:
            return True
        if _names_the_thing(name, claim, piece):
            return True
    return False


def _is_country(name: Name, analysis: Analysis) -> bool:
    """Whether a text has the country under another name: "American" for "U.S."."""
    here = country(name.text)
    return here is not None and is_named(here, analysis.name_keys)


def _governs(name: Name, claim: Analysis, analysis: Analysis) -> bool:
    """Whether a capital, where it is no place, stands for a country of the text: "Paris agreed"."""
    here = governed_from(name.text)
    return (
        here is not None
        and not _PLACE.search(claim.text, 0, name.span.start)
        and is_named(here, analysis.name_keys)
    )


def _names_the_thing(name: Name, claim: Analysis, piece: Cited) -> bool:
    """Whether "the Brakova dam" is said of "the dam" in an article that calls it so."""
    if _is_called_by_its_noun(name, piece):
        return True
    behind = re.match(r"(?:['’]s)?\s+([a-z]+)", claim.text[name.span.end :])
    if behind is None or behind[1] not in piece.analysis.text:
        return False
    if name.text not in piece.article.text:
        return False
    the_thing = rf"\b[Tt]he\s+(?:[\w-]+\s+)?{behind[1]}\b"
    named = rf"\b{re.escape(name.text)}(?:['’]s)?\s+{behind[1]}\b"
    return bool(re.search(the_thing, piece.analysis.text) and re.search(named, piece.article.text))


def _is_called_by_its_noun(name: Name, piece: Cited) -> bool:
    """Whether "Cape Orrin" is said of "the cape", or "the Farm Union" of "the union"."""
    if len(name.text.split()) < 2 or not name.text.isascii():
        return False
    text = piece.analysis.text
    return any(
        re.search(rf"\b[Tt]he\s+{word.lower()}\b", text) for word in _NOUNS.findall(name.text)
    ) and bool(re.search(rf"\b{re.escape(name.text)}\b", piece.article.text))


def _in(wanted: str, analysis: Analysis) -> bool:
    return wanted in analysis.word_keys or is_among(wanted, analysis.name_keys)


def _abbreviated(word: str, name: Name, analysis: Analysis) -> bool:
    if word.isupper() and len(word) >= 2:
        return any(_spells(word, other.text) for other in analysis.names) or (
            is_spelt_out(word, analysis.text)
        )
    short = initials(name.text)
    return len(short) >= 2 and short in set(words(analysis.text))


def _spells(acronym: str, name: str) -> bool:
    letters = initials(name)
    return bool(letters) and (letters == acronym or letters.startswith(acronym))
