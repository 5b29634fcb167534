"""Which language a text is in, as a two-letter code; offline."""

import re
from collections import Counter

UNKNOWN = "und"

# Words that are frequent in English, and no frequent words of another language in its script.
_ENGLISH = frozenset(
    "the of and that with was were which from has have been this they his her their said will by "
    "for would who what when where it its are not but".split()
)
_ENGLISH_SHARE = 0.15
"""In news the words above are 25 to 35 in a hundred; in Dutch, the next, 4."""

_FEWEST_WORDS = 20
_WORD = re.compile(r"[^\W\d_]+")
_SAMPLE_CHARS = 4_000
_FEWEST_LETTERS = 20

# Scripts that one language writes in; the first that has a third of the letters decides.
_SCRIPTS = (
    ("ja", "[\u3041-\u30ff]"),
    ("ko", "[\uac00-\ud7a3\u1100-\u11ff]"),
    ("zh", "[\u4e00-\u9fff\u3400-\u4dbf]"),
    ("el", "[\u0370-\u03ff\u1f00-\u1fff]"),
    ("he", "[\u0590-\u05ff]"),
    ("th", "[\u0e00-\u0e7f]"),
    ("hy", "[\u0530-\u058f]"),
    ("ka", "[\u10a0-\u10ff]"),
)
_FIRST_OF_A_SCRIPT = "\u0370"
"""Below it are the letters of English and its neighbours alone."""

_JAPANESE_SHARE = 0.1
"""Kana, beside characters that Chinese has too."""


def language(text: str, *, declared: str = "") -> str:
    """Return the language of `text` as two letters (ISO 639-1), or `und`.

    Scripts that one language uses, and English, are told from the letters and words; for the
    rest a model that is part of `py3langid` is loaded, which takes a second.

    Args:
        text: A cleaned text; its beginning decides.
        declared: What its container says (`pt-BR`): taken for a text that is too short to tell.
    """
    sample = text[:_SAMPLE_CHARS]
    letters = sum(map(str.isalpha, sample))
    if letters and sum(char >= _FIRST_OF_A_SCRIPT for char in sample) >= _JAPANESE_SHARE * letters:
        for code, script in _SCRIPTS:
            share = _JAPANESE_SHARE if code == "ja" else 1 / 3
            if len(re.findall(script, sample)) >= share * letters:
                return code
    words = [word.lower() for word in _WORD.findall(sample)]
    if letters < _FEWEST_LETTERS or len(words) < 4:
        return _two_letters(declared)
    counts = Counter(words)
    english = sum(counts[word] for word in _ENGLISH)
    if len(words) >= _FEWEST_WORDS and english >= _ENGLISH_SHARE * len(words):
        return "en"
    from py3langid.langid import classify

    try:
        code, _ = classify(sample)
    except OSError:
        # The model is unpacked to a temporary file: on a full disk it cannot be asked.
        return _two_letters(declared)
    return _two_letters(str(code))  # `zxx`: no language at all.


def _two_letters(declared: str) -> str:
    code = re.split(r"[-_]", declared.strip().lower(), maxsplit=1)[0]
    return code if re.fullmatch(r"[a-z]{2}", code) else UNKNOWN
