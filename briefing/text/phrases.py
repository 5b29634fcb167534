"""The fixed words of a page in the languages that there are catalogues for."""

import re
import tomllib
import unicodedata
from collections.abc import Mapping
from datetime import date
from difflib import get_close_matches
from functools import cache
from importlib.resources import files

from briefing.errors import ConfigError
from briefing.text.dates import Extent, extent

PLURALS = ("zero", "one", "two", "few", "many", "other")
"""The categories of CLDR; a language has some of them, and `other` always."""

FIRST_STRONG_ISOLATE, POP_ISOLATE = "\u2068", "\u2069"
"""What stands between them is set in its own direction, and does not turn the words round it
(Unicode Standard Annex 9)."""

_ROOT = files("briefing") / "phrases"
_FIRST = re.compile(r"(?<!\S)1(?!\S)")
_PLACE = re.compile(r"\{([a-z_]+)\}")

_Values = str | int | date


class Phrases:
    """The words of one language, with its dates, numbers and plurals."""

    def __init__(self, code: str, words: Mapping[str, str | Mapping[str, str]]) -> None:
        """Take a language's ISO 639-1 code, and its words by key: `heading.sources`."""
        # Babel is needed for a page only; `briefing --help` does not wait for it.
        from babel import Locale

        self.code = code
        self._words = words
        self._locale: Locale = Locale.parse(code)

    @property
    def is_rtl(self) -> bool:
        """Whether it is written from right to left."""
        return self._locale.text_direction == "rtl"

    def say(self, key: str, /, **values: _Values) -> str:
        """Return the words for `key`, with numbers and days as the language writes them.

        Of a plural the form is that of the value `n`. Words from outside are the caller's to
        `isolate`.
        """
        words = self._words[key]
        if not isinstance(words, str):
            number = values["n"]
            assert isinstance(number, int)
            words = words[self._locale.plural_form(number)]
        return _PLACE.sub(lambda place: self._written(values[place[1]]), words)

    def number(self, number: float, *, places: int = 0) -> str:
        """Return a number with so many digits behind the decimal sign."""
        from babel.numbers import format_decimal

        pattern = "#,##0" + ("." + "0" * places if places else "")
        return format_decimal(number, format=pattern, locale=self._locale)

    def day(self, day: date) -> str:
        """Return a day, as `6 April 2031`."""
        return self.dated(day, "day")

    def dated(self, day: date, form: str) -> str:
        """Return of `day` what the pattern `dates.<form>` shows."""
        from babel.dates import format_date

        written = str(format_date(day, self.say(f"dates.{form}"), locale=self._locale))
        # CLDR has no pattern for the ordinal that French wants on the first of a month alone.
        return _FIRST.sub("1er", written) if day.day == 1 and self.code == "fr" else written

    def period(self, first: date, last: date) -> str:
        """Return the days from `first` to `last`, as `6–7 April 2031`, `April 2031` or `2031`."""
        match extent(first, last):
            case Extent.DAY:
                return self.day(first)
            case Extent.MONTH:
                return self.dated(first, "month")
            case Extent.YEAR:
                return self.dated(first, "year")
            case Extent.WITHIN_MONTH:
                days = self.dated(first, "first_day"), self.day(last)
                return self.say("dates.range", first=days[0], last=days[1])
            case Extent.LONGER:
                return self.say("dates.span", first=self.day(first), last=self.day(last))

    def isolate(self, text: str) -> str:
        """Return words from outside so that their direction does not turn ours.

        They are left as they are where all is written from left to right.
        """
        if not text or not (self.is_rtl or is_rtl(text)):
            return text
        return f"{FIRST_STRONG_ISOLATE}{text}{POP_ISOLATE}"

    def _written(self, value: _Values) -> str:
        if isinstance(value, date):
            return self.day(value)
        return value if isinstance(value, str) else self.number(value)


def languages() -> tuple[str, ...]:
    """Return the codes of the languages that there are catalogues for, sorted."""
    names = (one.name for one in _ROOT.iterdir())
    return tuple(sorted(name.removesuffix(".toml") for name in names if name.endswith(".toml")))


@cache
def phrases(language: str) -> Phrases:
    """Return the words of the language with the code `language`.

    Raises:
        ConfigError: There is no catalogue for it.
    """
    if language not in languages():
        near = get_close_matches(language.lower()[:2], languages(), n=1, cutoff=0.9)
        raise ConfigError(
            f"no headings in {language!r}; there are {', '.join(languages())}."
            + (f" Did you mean {near[0]!r}?" if near else "")
        )
    return Phrases(language, catalogue(language))


def catalogue(language: str) -> dict[str, str | dict[str, str]]:
    """Return the words of a language by key; of a plural, its forms by category."""
    tables = tomllib.loads((_ROOT / f"{language}.toml").read_text("utf-8"))
    return {f"{table}.{key}": words for table, of in tables.items() for key, words in of.items()}


def is_rtl(text: str) -> bool:
    """Return whether a letter of `text` is written from right to left."""
    return not text.isascii() and any(
        unicodedata.bidirectional(char) in {"R", "AL"} for char in text
    )
