"""Sentences that a translation has damaged, beside the sound sentence of another source."""

import re
from collections.abc import Sequence

from briefing.data.article import Sentence
from briefing.steps.compare.found import Found, Stand, counted, found, source, topic
from briefing.steps.compare.frames import matching
from briefing.steps.compare.reading import Reading

_DAMAGE = re.compile(
    r"[a-z]{3}[.!?]\s+,\s|[a-z]{2}\s+,\s+(?:and|but|which|who|that)\b"
    r"|(?:^|[,;]\s+(?:and|where)\s+)[Ii]t was (?:warmly\s+)?(?:received|greeted|welcomed|met"
    r"|accompanied|escorted|seen off|invited|awaited)\b(?:\s+\w+){0,4}?\s+by\s+(?:the\s+)?"
    r"[^\W\d_a-z]"
    r"|(?:^|[,;]\s+|\b(?:and|where|airport|there)\s+)[Ii]t was (?:made|done|organi[sz]ed"
    r"|realised)\s+(?:a|an|the)\b"
    r"|\b(?:(?:the|a)\s+(?:general|colonel|major|admiral|captain|president|minister|doctor"
    r"|professor|judge|ambassador)\.\s+[^\W\d_a-z]"
    r"|(?:its|his|her|their|our)\s+the\b|the\s+(?:its|his|her|their)\b"
    r"|(?:them|him|her|it)\s+(?:they|he|she|it)\s+(?:has|have|had|is|are|was|were)\b"
    r"|(?:concerning|regarding|besides) of\b|about of\b|(?:discuss(?:ed|es)?|emphasi[sz]ed"
    r"|underlined|stressed|mentioned) about\b"
    r"|exchang\w+ (?:by|with) (?:the )?(?:opinions?|views?|experiences?)\b"
    r"|in (?:the )?frames of\b|in the same time\b|must to\b"
    r"|(?:informations|advices|equipments|knowledges|furnitures|evidences|progresses)\b"
    r"|visit (?:official|of work|of state)\b|(?:more|most) (?:better|bigger|stronger)\b"
    r"|the (?:both|mister|mr)\b|the president (?!of\b|and\b|himself\b|[a-z])"
    r"(?=[^\W\d_a-z]\w+ (?:said|has|had|was|will|with|and)\b)"
    r"|guard of the honou?r\b|take part to\b|depend(?:s|ed)? from\b|on the date of \d"
    r"|milliards?\b|under four eyes\b|assisted\s+(?:also\s+)?to\s+(?:the|a)\b)"
)
"""Stray marks and articles, a title cut from its name, "it" for a person, foreign words."""

_MOST = 12
"""Sentences that are shown of one article: the reader knows by then."""

_FEWEST_SHARED, _FEWEST_WITHOUT_NAME = 2, 4
_LEAST_COVER = 0.3


def translations(reading: Reading) -> list[Found]:
    """Return, for each article, its damaged sentences that another article has whole."""
    damaged: dict[str, list[tuple[Sentence, Sentence]]] = {}
    bad = [one for one in reading.story.sentences if _DAMAGE.search(one.text)]
    marked = {sentence.id for sentence in bad}
    sound = [one for one in reading.story.sentences if one.id not in marked]
    for sentence in bad:
        if len(damaged.get(sentence.article, ())) >= _MOST:
            continue
        twin = _twin(sentence, sound, reading)
        if twin is not None:
            damaged.setdefault(sentence.article, []).append((sentence, twin))
    return [_discrepancy(pairs) for pairs in damaged.values()]


def _twin(sentence: Sentence, sound: Sequence[Sentence], reading: Reading) -> Sentence | None:
    """Return the one of the `sound` sentences, of another article, that says most of it."""
    names, stems = reading.content(sentence.text)
    whole = reading.weight(names | stems)
    best, most = None, _LEAST_COVER
    for other in sound:
        if other.article == sentence.article:
            continue
        there = reading.content(other.text)
        shared = names & there[0], matching(stems, there[1])
        fewest = _FEWEST_SHARED if shared[0] else _FEWEST_WITHOUT_NAME
        if len(shared[0]) + len(shared[1]) < fewest:
            continue
        cover = reading.weight(shared[0] | shared[1]) / whole
        if cover > most:
            best, most = other, cover
    return best


def _discrepancy(pairs: list[tuple[Sentence, Sentence]]) -> Found:
    bad = Stand("damaged", tuple(dict.fromkeys(bad for bad, _ in pairs)))
    good = Stand("whole", tuple(dict.fromkeys(good for _, good in pairs)))
    return found(
        "translation damage",
        (good, bad),
        severity="low",
        winner=good,
        is_disputing=True,
        every=True,
        reason=counted((good, bad)),
        wording=f"{source(bad.sentences[0])} reads like a bad translation; do not quote it: "
        f"“{topic(bad.sentences[0].text, bad.sentences[0])}”.",
    )
