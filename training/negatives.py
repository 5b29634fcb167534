"""Claims made from open news text: abridged sentences, and the same with one thing changed.

Every kind of change is made on sentences that are also abridged and on ones that are not, and
true claims are abridged too, so that neither the length nor the wording tells which is which.
"""

import random
import re
from collections.abc import Callable, Sequence
from pathlib import Path

from briefing.steps.verify import Sources
from briefing.steps.verify.analysis import Analysis
from briefing.steps.verify.premises import premises
from briefing.text.names import names
from training.claims import sources_of
from training.pairs import CONTRADICTION, ENTAILMENT, NOT_ENTAILMENT
from training.sets import rows

_OPPOSITES = [
    tuple(pair.split("/"))
    for pair in """
    rose/fell increased/decreased increase/decrease more/fewer higher/lower up/down before/after
    first/last won/lost supported/opposed support/oppose accepted/rejected accept/reject
    approved/rejected began/ended begin/end opened/closed open/closed above/below gained/lost
    strengthen/weaken strong/weak success/failure successful/unsuccessful agreed/refused
    allowed/banned allow/ban always/never all/none most/few many/few large/small new/old
    best/worst early/late easy/hard better/worse largest/smallest raised/cut public/private
    domestic/foreign north/south east/west arrived/left confirmed/denied praised/criticised
    improved/worsened improve/worsen expand/shrink expanded/shrank long/short buy/sell
    bought/sold hired/fired protect/harm safe/dangerous include/exclude includes/excludes
    """.split()
]
_OPPOSITE = dict(_OPPOSITES) | {b: a for a, b in _OPPOSITES}
_MONTHS = (
    "January February March April May June July August September October November December".split()
)
_DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
_NUMBER = re.compile(r"(?<![\w.,-])\d+(?:[.,]\d+)*(?![\w-])")
_COUNTED = "two three four five six seven eight nine ten eleven twelve twenty thirty".split()
_NEGATED = re.compile(
    r"\b(is|are|was|were|will|would|can|could|should|has|have|had|do|does|did) not "
)
_AUXILIARY = re.compile(r"\b(is|are|was|were|will|would|can|could|should|has been|have been) ")
_PLANNED = re.compile(
    r"\b(?:will|plans? to|planned to|hopes? to|intends? to|(?:is|are) expected to|"
    r"(?:is|are) scheduled to|(?:is|are) going to|may|might|could) (?:be )?([a-z]+)\b"
)
_ATTRIBUTION = re.compile(r", (?:[A-Z][\w.]+ ){1,3}(?:said|told|added|argued|claimed)[^,.]*\.$")
_TACKED = re.compile(r"\s*\([^()]*\)|, (?:which|who|where|including|as well as|such as) [^,.;]+")
_LEADING = re.compile(r"^(?:In|On|At|After|Before|During|As|For|With|Since|Today) [^,]{3,60}, (\w)")

Edit = Callable[[str, str, random.Random], str | None]
"""Changes one thing of a sentence; also given the whole text, to take other words from it."""


def abridge(sentence: str, rng: random.Random) -> str:
    """Return the sentence without what is in brackets, a relative clause or an opening phrase."""
    short = _TACKED.sub("", sentence, count=rng.choice((0, 1))) if rng.random() < 0.8 else sentence
    if rng.random() < 0.6:
        short = _LEADING.sub(lambda found: found[1].upper(), short)
    return short


def _number(sentence: str, text: str, rng: random.Random) -> str | None:
    found = list(_NUMBER.finditer(sentence))
    if not found:
        counted = [word for word in _COUNTED if re.search(rf"\b{word}\b", sentence)]
        if not counted:
            return None
        word = rng.choice(counted)
        return re.sub(rf"\b{word}\b", rng.choice([w for w in _COUNTED if w != word]), sentence)
    one = rng.choice(found)
    others = [n for n in set(_NUMBER.findall(text)) if n != one[0] and len(n) == len(one[0])]
    if others and rng.random() < 0.5:
        new = rng.choice(sorted(others))
    else:
        place = rng.choice([i for i, c in enumerate(one[0]) if c.isdigit()])
        digits = [d for d in "123456789" if d != one[0][place]]
        new = one[0][:place] + rng.choice(digits) + one[0][place + 1 :]
    return sentence[: one.start()] + new + sentence[one.end() :]


def _date(sentence: str, text: str, rng: random.Random) -> str | None:
    for listed in rng.sample([_MONTHS, _DAYS], 2):
        inside = [word for word in listed if re.search(rf"\b{word}\b", sentence)]
        if inside:
            word = rng.choice(inside)
            other = rng.choice([one for one in listed if one != word])
            return re.sub(rf"\b{word}\b", other, sentence, count=1)
    return None


def _name(sentence: str, text: str, rng: random.Random) -> str | None:
    inside = [name for name in names(sentence) if name.span.start > 0]
    others = sorted({name.text for name in names(text[:4000])} - {name.text for name in inside})
    if not inside or not others:
        return None
    one = rng.choice(inside)
    return sentence[: one.span.start] + rng.choice(others) + sentence[one.span.end :]


def _exchange(sentence: str, text: str, rng: random.Random) -> str | None:
    inside = list(names(sentence))
    if len(inside) < 2:
        return None
    first, second = inside[0], inside[-1]
    if first.text in second.text or second.text in first.text:
        return None
    return (
        second.text.join(
            (sentence[: first.span.start], sentence[first.span.end : second.span.start])
        )
        + first.text
        + sentence[second.span.end :]
    )


def _deny(sentence: str, text: str, rng: random.Random) -> str | None:
    if _NEGATED.search(sentence):
        return _NEGATED.sub(r"\1 ", sentence, count=1)
    if _AUXILIARY.search(sentence):
        return _AUXILIARY.sub(r"\1 not ", sentence, count=1)
    return None


def _opposite(sentence: str, text: str, rng: random.Random) -> str | None:
    inside = [word for word in re.findall(r"[a-z]+", sentence) if word in _OPPOSITE]
    if not inside:
        return None
    word = rng.choice(inside)
    return re.sub(rf"\b{word}\b", _OPPOSITE[word], sentence, count=1)


def _done(sentence: str, text: str, rng: random.Random) -> str | None:
    found = _PLANNED.search(sentence)
    if found is None or found[1] in ("not", "also", "be", "have"):
        return None
    verb = found[1]
    past = (
        verb + "d"
        if verb.endswith("e")
        else verb[:-1] + "ied"
        if verb.endswith("y")
        else verb + "ed"
    )
    return f"{sentence[: found.start()]}has {past}{sentence[found.end() :]}"


def _unattributed(sentence: str, text: str, rng: random.Random) -> str | None:
    short = _ATTRIBUTION.sub(".", sentence)
    return None if short == sentence else short


EDITS: Sequence[tuple[Edit, float]] = (
    (_number, 1.0),
    (_date, 1.0),
    (_name, 1.0),
    (_exchange, 0.8),
    (_deny, 0.7),
    (_opposite, 1.0),
    (_done, 0.7),
    (_unattributed, 0.15),
)
"""With how often each is tried where it can be made. People who label claims seldom mind a lost
attribution, and the verifier has a check of its own for it, so that it is made seldom."""


def made_pairs(path: Path, seed: int, count: int) -> list[tuple[str, str, int]]:
    """Return about `count` pairs: two changed claims for two true ones and one that is baseless."""
    rng = random.Random(seed)
    documents = [row["text"] for row in rows(path) if len(row["text"]) > 800]
    pairs: list[tuple[str, str, int]] = []
    while len(pairs) < count:
        text = rng.choice(documents)[:12_000]
        sources = sources_of(text)
        fit = [s for s in sources.story.sentences if 60 < len(s.text) < 260]
        for sentence in rng.sample(fit, min(3, len(fit))):
            pairs += _made(sentence.text, text, sources, rng)
    return pairs


def _made(
    sentence: str, text: str, sources: Sources, rng: random.Random
) -> list[tuple[str, str, int]]:
    claims = []
    for edit, often in rng.sample(list(EDITS), len(EDITS)):
        changed = edit(abridge(sentence, rng), text, rng) if rng.random() < often else None
        if changed is not None and changed != sentence and len(claims) < 2:
            claims.append(
                (changed, CONTRADICTION if edit in (_deny, _opposite) else NOT_ENTAILMENT)
            )
    if not claims:
        return []
    short = abridge(sentence, rng)
    claims.append((short, ENTAILMENT))
    if rng.random() < 0.7:
        claims.append((abridge(short, rng), ENTAILMENT))
    pairs = []
    for claim, label in claims:
        found = premises(Analysis(claim), sources)
        if found is not None:
            pairs.append((rng.choice((found.few, found.two, found.best)), claim, label))
    if rng.random() < 0.5:
        found = premises(Analysis(sentence), sources)
        without = found.few.replace(sentence, "").strip() if found else ""
        if without:
            pairs.append((without, short, NOT_ENTAILMENT))
    return pairs
