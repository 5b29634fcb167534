"""Numbers with their units, as values that can be compared."""

import re
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation

from briefing.data.article import Span
from briefing.text.kept import kept
from briefing.text.words import STOPWORDS, stem

_ONES = {
    word: value
    for value, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
        "fifteen sixteen seventeen eighteen nineteen".split()
    )
}
_TENS = {
    word: 10 * value
    for value, word in enumerate(
        "twenty thirty forty fifty sixty seventy eighty ninety".split(), start=2
    )
}
_ORDINALS = {
    word: value
    for value, word in enumerate(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth "
        "thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth".split(),
        start=1,
    )
} | {word[:-1] + "ieth": value for word, value in _TENS.items()}
_SCALES = {
    "hundred": 100, "thousand": 10**3, "million": 10**6, "mn": 10**6, "m": 10**6,
    "billion": 10**9, "milliard": 10**9, "bn": 10**9, "b": 10**9, "trillion": 10**12, "dozen": 12,
    "lakh": 10**5, "crore": 10**7,
}  # fmt: skip
_CURRENCIES = {
    "$": "usd", "us$": "usd", "dollar": "usd", "usd": "usd", "€": "eur", "euro": "eur",
    "eur": "eur", "£": "gbp", "gbp": "gbp", "¥": "jpy", "yen": "jpy", "yuan": "cny",
    "rupe": "rupee", "rs": "rupee", "roubl": "rouble", "rubl": "rouble", "franc": "franc",
    "crown": "crown", "mark": "mark", "dinar": "dinar", "lira": "lira", "krone": "krone",
    "krona": "krona", "peso": "peso", "rand": "rand", "zloti": "zloty", "forint": "forint",
    "shekel": "shekel", "riyal": "riyal", "rial": "rial", "dirham": "dirham", "baht": "baht",
    "naira": "naira", "shill": "shilling", "pound": "gbp", "hryvnia": "hryvnia",
}  # fmt: skip
_MEASURES = {
    "%": "percent", "percent": "percent", "pct": "percent", "km": "kilometre",
    "kilomet": "kilometre", "kilometr": "kilometre", "mile": "mile", "met": "metre",
    "metr": "metre", "meter": "metre", "mm": "millimetre", "millimetr": "millimetre",
    "millimet": "millimetre", "cm": "centimetre", "centimetr": "centimetre",
    "centimet": "centimetre", "inch": "inch", "feet": "foot", "foot": "foot", "degre": "degree",
    "tonn": "tonne", "ton": "tonne", "kg": "kilogram", "kilogram": "kilogram", "barrel": "barrel",
    "acr": "acre", "hectar": "hectare", "megawatt": "megawatt", "mw": "megawatt",
    "gigawatt": "gigawatt", "gw": "gigawatt", "cubic": "cubic", "litr": "litre", "liter": "litre",
    "am": "am", "pm": "pm",
    "second": "second", "minut": "minute", "hour": "hour", "day": "day", "week": "week",
    "month": "month", "year": "year", "decad": "decade", "centuri": "century",
}  # fmt: skip

_TIME_UNITS = frozenset("am pm second minute hour day week month year decade century".split())

_NOT_COUNTED = frozenset({"way", "sided", "off"})
"""Behind a number these make one word of it: "two-way trade"."""

_DIGITS = (
    r"\d{1,3}(?:,\d{2,3})+(?:\.\d+)?|\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?![\d,.]\d)(?!\d)"
    r"|\d+(?:\.\d+)?"
)
_SMALL = "|".join([*_TENS, *_ONES])
_SCALE = "hundred|thousand|million|milliard|billion|trillion|dozen|lakh|crore"
_WORDED = (
    rf"(?:{'|'.join(_TENS)})[- ](?:{'|'.join(list(_ONES)[1:10])})|(?:{_SMALL})"
    r"|(?:half a|half|a)(?= (?:dozen|hundred|thousand|million|billion|trillion)\b)"
)
_COMPOUND = (
    rf"(?:a|{_SMALL})(?:[ -](?:{_SCALE}))+"
    rf"(?:(?: and)?[ -](?:{_SMALL})(?:-(?:{_SMALL}))?(?:[ -](?:{_SCALE}))*)+"
)
"""Spelled out in several parts: "one hundred and twenty thousand"."""

_ORDINAL_WORDED = rf"(?:(?:{'|'.join(_TENS)})-)?(?:{'|'.join(_ORDINALS)})"
_NUMBER = re.compile(
    # Within a word none begins but its digits, and a currency stuck to it.
    r"(?:(?<!\w)|(?=[\d$€£¥\-− u]))"
    rf"(?P<sign>(?<![\w)])[-−](?=\d))?(?P<currency>us\$|\brs\.?|[$€£¥])?[ ]?"
    rf"(?:(?P<digits>{_DIGITS})(?P<ordinal>st|nd|rd|th)?(?![\d])"
    rf"|\b(?=[aefhnostz])(?:(?P<ordinal_word>{_ORDINAL_WORDED})|(?P<compound>{_COMPOUND})|(?P<word>{_WORDED}))\b)"
    rf"(?P<scales>(?:[ -](?:{_SCALE})s?\b"
    r"|[ ]?(?:mn|bn)\b|(?<=\d)[mb]\b)*)"
    r"(?:(?P<percent>[ ]?%|[ ]per[ -]?cent\b|[ -]percent\b)"
    r"|(?:[ -]|(?<=\d)(?=(?:km|kg|cm|mm|kw|mw|gw|ft|litres?|tonnes?|[ap]m)\b))"
    r"(?P<noun>[ap]\.m\b|[^\W\d_]+))?",
    re.IGNORECASE,
)

_HEDGES = re.compile(
    r"\b(?:(?P<about>about|around|some|roughly|approximately|close to|just|an estimated|circa)"
    r"|(?P<nearly>nearly|almost|just under|not quite)"
    r"|(?P<over>over|more than|at least|upwards of|no fewer than|no less than|just over)"
    r"|(?P<under>under|less than|fewer than|up to|at most|no more than))"
    r"\s+(?:a\s+|[$€£¥]\s*)?$",
    re.IGNORECASE,
)
_ALLOWED = {
    "about": ("0.95", "1.05"),
    "nearly": ("0.94", "1.01"),
    "over": ("1", "1.25"),
    "under": ("0.75", "1"),
}
"""How far the source's number may be from a hedged one of a claim, as factors of the latter."""

_BETWEEN = re.compile(r"\s*(?:-|–|—|\bto\b)\s*[$€£¥]?\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Number:
    """A number as it stands in a text."""

    value: Decimal
    unit: str
    """Canonical unit or currency; the stem of the noun that follows; or empty."""

    measured: bool
    """`unit` is a unit of measure or a currency, not just a noun."""

    ordinal: bool
    hedge: str
    """What stands before it: `about`, `nearly`, `over`, `under`; or empty."""

    span: Span
    text: str
    ends: tuple[Decimal, Decimal] | None = None
    """Both ends of the range that it is one end of: "30 to 40"."""

    @property
    def hedged(self) -> bool:
        """Whether "nearly", "about" or the like stands before it."""
        return bool(self.hedge)

    @property
    def is_amount(self) -> bool:
        """Whether it measures something other than time."""
        return self.measured and self.unit not in _TIME_UNITS

    def agrees(self, other: "Number") -> bool:
        """Whether this number of a claim is borne out by `other` of a source.

        Units of measure must be the same. A hedged claim may be off as far as its hedge lets it,
        and a range may hold the source's number.
        """
        if self.measured and other.measured and self.unit != other.unit:
            return False
        if self.measured != other.measured and "percent" in (self.unit, other.unit):
            return False
        if self.ordinal != other.ordinal:
            return False
        if self.value == other.value:
            return True
        if self.ends and not other.ends and not self.ordinal:
            return self.ends[0] <= other.value <= self.ends[1]
        if not self.hedge:
            return False
        # "Some 4,100" is no rounding of 4,200: a rounded number has fewer digits that tell.
        if _digits(self.value) >= _digits(other.value):
            return False
        least, most = (Decimal(factor) * abs(self.value) for factor in _ALLOWED[self.hedge])
        return least <= abs(other.value) <= most


def _digits(value: Decimal) -> int:
    """Return how many digits a number has without the noughts behind them."""
    return len(value.normalize().as_tuple().digits)


@kept
def numbers(text: str) -> tuple[Number, ...]:
    """Return the numbers of `text` in order, spelled-out and ordinal ones too.

    "One" counts only before a unit of measure: elsewhere it is mostly a pronoun. Dates are
    numbers here as well; `text.dates` knows which spans to leave out.
    """
    found = [
        number for found in _NUMBER.finditer(text) if (number := _read(found, text)) is not None
    ]
    for at in range(1, len(found)):
        found[at - 1], found[at] = _as_range(found[at - 1], found[at], text)
    return tuple(found)


def _as_range(first: Number, last: Number, text: str) -> tuple[Number, Number]:
    """Return two numbers, as ends of one range where the words between them make it one.

    "30-40 million" begins at 30 million.
    """
    between = text[first.span.end : last.span.start]
    lead = text[max(0, first.span.start - 12) : first.span.start].lower()
    joined = _BETWEEN.fullmatch(between) or (
        between.strip() == "and" and re.search(r"\bbetween\s+[$€£¥]?\s*$", lead)
    )
    if not joined or first.ordinal != last.ordinal or re.search(r"\bfrom\s+[$€£¥]?\s*$", lead):
        return first, last
    value = first.value
    if not first.unit or (first.measured and last.unit in ("", first.unit)):
        scale = last.value / _bare(last)
        value = value * scale if first.value == _bare(first) and scale > 1 else value
    unit, measured = (first.unit, True) if first.measured else (last.unit, last.measured)
    if value >= last.value or (first.measured and last.measured and first.unit != last.unit):
        return first, last
    ends = (value, last.value)
    return (
        replace(first, value=value, unit=unit, measured=measured, ends=ends),
        replace(last, unit=last.unit or unit, measured=last.measured or measured, ends=ends),
    )


def _bare(number: Number) -> Decimal:
    """Return the number without the scale word behind it."""
    digits = re.search(_DIGITS, number.text)
    if digits is None:
        return number.value or Decimal(1)
    return Decimal(re.sub(r"[,\s]", "", digits[0])) or Decimal(1)


def _read(found: re.Match[str], text: str) -> Number | None:
    start = found.start()
    while text[start].isspace():
        start += 1
    if start and found["digits"] and text[start - 1].isalpha():
        return None
    value = _value(found)
    if value is None:
        return None
    unit, measured, unit_end = _unit(found)
    word = (found["word"] or "").lower()
    if (found["noun"] or "").lower() in _NOT_COUNTED:
        return None
    if word == "one" and not measured and not found["scales"]:
        return None
    if found["ordinal_word"] and found["ordinal_word"].lower() == "second" and measured:
        return None
    return Number(
        value=value,
        unit=unit,
        measured=measured,
        ordinal=bool(found["ordinal"] or found["ordinal_word"]),
        hedge=_hedge(text, start),
        span=Span(start, unit_end),
        text=text[start:unit_end],
    )


def _hedge(text: str, start: int) -> str:
    found = _HEDGES.search(text, max(0, start - 24), start)
    return str(found.lastgroup) if found else ""


def _value(found: re.Match[str]) -> Decimal | None:
    if found["digits"]:
        try:
            value = Decimal(re.sub(r"[,\s]", "", found["digits"]))
        except InvalidOperation:
            return None
    elif found["ordinal_word"]:
        value = Decimal(_ordinal(found["ordinal_word"].lower()))
    elif found["compound"]:
        return _spelled(found["compound"].lower())
    else:
        value = _cardinal(found["word"].lower())
    for scale in re.findall(r"[a-z]+", (found["scales"] or "").lower()):
        value *= _SCALES[scale.removesuffix("s") if len(scale) > 2 else scale]
    return -value if found["sign"] else value


def _cardinal(word: str) -> Decimal:
    if word == "a":
        return Decimal(1)
    if word.startswith("half"):
        return Decimal("0.5")
    return Decimal(sum(_TENS.get(part, _ONES.get(part, 0)) for part in re.split(r"[- ]", word)))


def _spelled(words: str) -> Decimal:
    """Return the value of "two hundred thousand and five"."""
    total = group = 0
    for word in re.split(r"[ -]", words):
        if word in _SCALES and _SCALES[word] > 100:
            total += max(group, 1) * _SCALES[word]
            group = 0
        elif word in _SCALES:
            group = max(group, 1) * _SCALES[word]
        else:
            group += _TENS.get(word, _ONES.get(word, 0))
    return Decimal(total + group)


def _ordinal(word: str) -> int:
    return sum(_ORDINALS.get(part, _TENS.get(part, 0)) for part in word.split("-"))


def _unit(found: re.Match[str]) -> tuple[str, bool, int]:
    before_noun = found.start("noun") if found["noun"] else found.end()
    while found["noun"] and found.string[before_noun - 1] in " -":
        before_noun -= 1
    if found["percent"]:
        return "percent", True, found.end()
    if found["currency"]:
        return _CURRENCIES[found["currency"].lower().rstrip(".")], True, before_noun
    if not found["noun"]:
        return "", False, found.end()
    if found["noun"].lower() in STOPWORDS and not (
        found["noun"].lower() == "am" and found["digits"]
    ):
        return "", False, before_noun
    noun = stem(found["noun"].replace(".", ""))
    area = re.match(r"[ -]([^\W\d_]+)", found.string[found.end() :])
    if noun in ("squar", "cubic") and area and stem(area[1]) in _MEASURES:
        return f"{noun} {_MEASURES[stem(area[1])]}", True, found.end() + area.end()
    for table in (_CURRENCIES, _MEASURES):
        if noun in table:
            return table[noun], True, found.end()
    return noun, False, before_noun
