"""What the checks need to know of one text, worked out once."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from briefing.data.article import Span
from briefing.text.canonical import Canonical, canonical, form
from briefing.text.dates import DateMention, dates
from briefing.text.names import Name, key, names
from briefing.text.numbers import Number, numbers
from briefing.text.offices import Office, offices
from briefing.text.words import STOPWORDS, content_stems, stem, words

_CLAUSE_END = re.compile(
    r"[,;:()]|\s[-–—]\s|\b(?:while|whereas|but|although|though|and then|which|who|after|before)\b"
)
_WORD = re.compile(r"[^\W_]+(?:['’.][^\W_]+)*")

_ITEM = re.compile(r"\d{1,2}[.)]\s")

_NAMED_NUMBER = re.compile(r"(?:One|Two|Three|Four|Five|Six|Seven|Eight|Nine|Ten)\s+[A-Z]")
"""A number that is part of a name: "Two Lakes"."""


def _is_reference(number: Number, text: str) -> bool:
    """Whether it is the mark of a footnote, "[3]", "[3, 4]", or of an item of a list, "3. "."""
    if number.span.start == 0 and _ITEM.match(text):
        return True
    lead = text[: number.span.start].rpartition("[")
    return (
        bool(lead[1])
        and not lead[2].strip("0123456789, -–")
        and bool(re.match(r"[\d, –-]*\]", text[number.span.end :]))
    )


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a text; the parts of a hyphenated one are words of their own."""

    text: str
    stem: str
    span: Span

    @property
    def carries_content(self) -> bool:
        """Whether it is no stopword."""
        return self.text.lower() not in STOPWORDS


class Analysis:
    """One text with its words, numbers, dates, names and offices, each read when first asked."""

    def __init__(self, text: str, start: int = 0) -> None:
        """Take a text, and where it begins in the text that it is a clause of."""
        self.text = text
        self.start = start

    def read(self) -> None:
        """Read now what is asked of most texts, rather than when it is first asked."""
        _ = self.form, self.numbers, self.names, self.offices, self.tokens, self.name_keys
        _ = self.stem_set, self.plain_stems, self.undated_stems, self.clauses

    @cached_property
    def canonical(self) -> Canonical:
        """The text as quotations are compared."""
        return canonical(self.text)

    @cached_property
    def form(self) -> str:
        """The form of `canonical` alone, which costs little for plain text."""
        return form(self.text)

    @cached_property
    def dates(self) -> tuple[DateMention, ...]:
        """Dates in order."""
        return dates(self.text)

    @cached_property
    def numbers(self) -> tuple[Number, ...]:
        """Numbers that are not part of a date or a name, in order."""
        return tuple(
            number
            for number in numbers(self.text)
            if not any(
                number.span.start < mention.span.end and mention.span.start < number.span.end
                for mention in self.dates
            )
            and not _NAMED_NUMBER.match(self.text, number.span.start)
            and not _is_reference(number, self.text)
        )

    @cached_property
    def names(self) -> tuple[Name, ...]:
        """Names in order, without those of months and weekdays."""
        return names(self.text)

    @cached_property
    def offices(self) -> tuple[Office, ...]:
        """Offices in order, with their holders."""
        return offices(self.text)

    @cached_property
    def tokens(self) -> tuple[Token, ...]:
        """All words in order."""
        return tuple(
            Token(found[0], stem(found[0]), Span(*found.span()))
            for found in _WORD.finditer(self.text)
        )

    def span_of(self, stemmed: str) -> Span | None:
        """Return where the first word of this stem stands."""
        return next((token.span for token in self.tokens if token.stem == stemmed), None)

    @cached_property
    def name_keys(self) -> frozenset[str]:
        """Keys of every word that begins with a capital."""
        return frozenset(
            key(part)
            for word in words(self.text)
            if word[0].isupper()
            for part in (word, *word.split("-"))
            if part
        )

    @cached_property
    def word_keys(self) -> frozenset[str]:
        """Keys of all words."""
        return frozenset(
            key(part) for word in words(self.text) for part in (word, *word.split("-")) if part
        )

    @cached_property
    def stems(self) -> tuple[str, ...]:
        """Stems of the words that carry content, in order."""
        return content_stems(self.text)

    @cached_property
    def stem_set(self) -> frozenset[str]:
        """`stems`, each once."""
        return frozenset(self.stems)

    @cached_property
    def plain_stems(self) -> frozenset[str]:
        """Stems of the content words outside dates, numbers and names: those have their checks."""
        spans = [
            *(mention.span for mention in self.dates),
            *(number.span for number in self.numbers),
            *(name.span for name in self.names),
        ]
        return frozenset(self._stems_outside(spans))

    @cached_property
    def undated_stems(self) -> frozenset[str]:
        """Stems of the content words outside dates and numbers."""
        spans = [*(mention.span for mention in self.dates), *(n.span for n in self.numbers)]
        return frozenset(self._stems_outside(spans))

    def _stems_outside(self, spans: Sequence[Span]) -> tuple[str, ...]:
        left = list(self.text)
        for span in spans:
            left[span.start : span.end] = " " * (span.end - span.start)
        return content_stems("".join(left))

    @cached_property
    def clauses(self) -> tuple["Analysis", ...]:
        """The text cut at commas, semicolons and conjunctions; itself where there are none."""
        parts = [part for part in self._cut(_CLAUSE_END) if part.stems]
        return tuple(parts) if len(parts) > 1 else (self,)

    def _cut(self, joint: re.Pattern[str]) -> Iterator["Analysis"]:
        at = 0
        for start, end in [*(found.span() for found in joint.finditer(self.text)), (None, None)]:
            part = self.text[at:start]
            if part.strip():
                lead = len(part) - len(part.lstrip())
                yield Analysis(part.strip(), self.start + at + lead)
            at = end or len(self.text)
