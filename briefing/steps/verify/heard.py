"""Who speaks in the words that are cited, and who is meant where they only say "he"."""

import re
from collections.abc import Iterator, Sequence

from briefing.steps.verify.sources import Cited, Sources
from briefing.text.analysis import Analysis
from briefing.text.names import key
from briefing.text.speakers import keys_of, speaker_names, speakers
from briefing.text.speech import QUOTED
from briefing.text.words import words

_PRONOUN_FIRST = re.compile(r"[\"“']?(?:He|She|They|It)\b")
_ANAPHORIC = re.compile(r"\s*(?:he|she|they|it|his|her|their|its)\b", re.IGNORECASE)
_CLAIM_BY = re.compile(
    r"\b(?:[Cc]laim|[Aa]llegation|[Aa]ccusation|[Ss]tatement|[Rr]emark|[Cc]omment|[Aa]nnouncement"
    r"|[Ww]arning)s?,?\s+(?:made\s+)?(?:by|of|from)\s+(?P<who>[^.;\"“”]{3,80})"
)
_REFERS_BACK = re.compile(
    r"\W*(?:he|she|they|it|(?:the|this|that)\s+(?:\w+\s+)?[a-z]+)(?:\s+(?:also|further|\w+ly|has|had"
    r"|have))*\W*",
    re.IGNORECASE,
)
_ONE_PERSON = re.compile(r"\s*(?:he|she)\b", re.IGNORECASE)
_AT_THE_START = 15
"""Characters before a name with which a sentence is about who has it: a rank, an office."""

_AS_FAR_BACK = 12
"""Sentences that "he said" or "the statement added" may look back over for a name."""


def said_by(cited: Sequence[Cited], sources: Sources) -> set[str]:
    """Return the keys of the words that name the source's speakers.

    They stand beside its verbs of saying; behind "she said", or for words between quotation
    marks, they are those of the sentences before. Where nobody is said to speak, it is the outlet.
    """
    found: set[str] = set()
    before: set[str] = set()
    for piece in cited:
        phrases = speakers(piece.analysis.text)
        found |= keys_of(phrase for phrase in phrases if speaker_names(phrase))
        for claimed in _CLAIM_BY.finditer(piece.analysis.text):
            found |= set(speaker_names(claimed["who"]))
        quoted = QUOTED.search(piece.analysis.text) or _is_quoted(piece)
        if not phrases and not quoted:
            # "Penn put the damage at …": nobody is said to speak, so whoever is named may.
            if piece.analysis.names:
                before |= piece.analysis.name_keys
            if not piece.analysis.names or _PRONOUN_FIRST.match(piece.analysis.text):
                before |= _speakers_before(piece, sources)
        else:
            before |= _speakers_before(piece, sources)
            if not phrases or any(_ANAPHORIC.match(phrase) for phrase in phrases):
                # "Penn dismissed it as "…"": the sentence itself may name who speaks.
                before |= piece.analysis.name_keys
            before |= piece.headline.word_keys
    outlets = {key(word) for piece in cited for word in words(piece.article.outlet)}
    return (found or before) | outlets


def antecedent(piece: Cited, sources: Sources) -> Analysis | None:
    """Return the sentence that names who is meant by "he said" or "the statement added", if any."""
    phrases = speakers(piece.analysis.text)
    if any(map(speaker_names, phrases)) or not (phrases or _is_quoted(piece)):
        return None
    return next(_named_before(piece, sources), None)


def _is_quoted(piece: Cited) -> bool:
    """Whether a piece begins inside a quotation of its paragraph."""
    paragraph = piece.article.text[: piece.start].rsplit("\n", 1)[-1]
    if "“" in paragraph or "”" in paragraph:
        return paragraph.rfind("“") > paragraph.rfind("”")
    return paragraph.count('"') % 2 == 1


def _speakers_before(piece: Cited, sources: Sources) -> set[str]:
    """Return the keys of the words that name the last speaker before a piece, or of all words."""
    for other in _named_before(piece, sources):
        phrases = speakers(other.text)
        spoken = next(filter(speaker_names, phrases), phrases[0] if phrases else other.text)
        return keys_of([spoken])
    return {name for other in piece.before for name in map(key, words(other.text))}


def _named_before(piece: Cited, sources: Sources) -> Iterator[Analysis]:
    """Yield the sentences before a piece that bring in a speaker, nearest first.

    "A shop owner said" brings one in, "the statement said" does not. "He" is nobody from before a
    sentence that is about somebody else.
    """
    one_person = any(_ONE_PERSON.match(phrase) for phrase in speakers(piece.analysis.text))
    inside = [s for s in sources.sentences_of(piece.article.id) if s.span.end <= piece.start]
    for sentence in reversed(inside[-_AS_FAR_BACK:]):
        other = sources.analysis(sentence)
        phrases = speakers(other.text)
        # "Penn dismissed it as "…"": whoever is named there may go on to speak.
        quotes = not phrases and other.names and QUOTED.search(other.text)
        if quotes or not all(map(_REFERS_BACK.fullmatch, phrases)):
            yield other
        elif one_person and any(name.span.start <= _AT_THE_START for name in other.names):
            return
