"""Claims made from articles by one change each, and what the code checks make of them.

    python bench/one_change.py                      # 10,000 false and 10,000 true ones
    python bench/one_change.py --count 500 --data FOLDER --seed 7

A false claim is a sentence of an article with one number, one name or one letter of a quotation
changed, or a "not" put in or taken out. It counts as accepted when the check that it concerns
finds nothing to refuse, whatever the others say. A true one is the same sentence in other
typography: curly marks, no-break spaces, decomposed letters, zero-width characters.
"""

import argparse
import json
import platform
import random
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from briefing.data.article import Article
from briefing.data.briefing import Citation
from briefing.edges import reading
from briefing.pipeline import clean_all
from briefing.settings import LimitSettings
from briefing.steps.split import split
from briefing.steps.verify import Sources, verify
from briefing.text.names import names
from briefing.version import __version__

ROOT = Path(__file__).parents[1]
OWN = (
    ROOT / "examples" / "visit",
    *(
        ROOT / "tests" / "data" / name
        for name in (
            *("dam", "election", "mill", "bank", "ceasefire", "court"),
            *("crash", "fever", "guest", "strike", "summit", "trial"),
        )
    ),
)
RESULTS = ROOT / "bench" / "results" / "one_change.json"

_DIGIT = re.compile(r"\d")
_DENIED = re.compile(
    r"\b(?:den(?:y|ies|ied)|not true|false|not (?:said?|say|tell|know) (?:whether|who|if|when))\b",
    re.IGNORECASE,
)
_NOT = re.compile(r"\b(?:did|do|does|was|were|is|are|has|have|had|will|would|could) (not )?")
_QUOTED = re.compile(r"[\"“]([^\"“”]{12,})[\"”]")
_ALL_BUT_TITLES = frozenset(
    "spans quotations numbers dates names status polarity attribution deeds relations parallels "
    "quantities wording".split()
)
_OTHER_NAMES = ("Marnel", "Tovik", "Esterhald", "Quorvane", "Bellisar", "Drumeth", "Yandova")


@dataclass(frozen=True, slots=True)
class Changed:
    """A claim made from a sentence."""

    kind: str
    text: str
    source: Citation
    checks: frozenset[str]
    """Those that must see it; any one will do."""


def articles_in(folder: Path) -> tuple[Article, ...]:
    """Return the articles of a folder."""
    found = reading.read([str(folder)], LimitSettings())
    return clean_all(found.documents, max_chars=10**5)[0]


def changes(text: str, source: Citation, dice: random.Random) -> Iterator[Changed]:
    """Yield one claim for each kind of change that the sentence has room for."""
    for kind, made, checks in (
        ("number", _another_number(text, dice), {"numbers", "dates", "quotations", "names"}),
        ("name", _another_name(text, dice), {"names", "quotations"}),
        ("negation", _another_negation(text, dice), {"polarity", "quotations"}),
        # The title of a work is a name.
        ("letter of a quotation", _another_letter(text, dice), {"quotations", "names"}),
    ):
        if made is not None and made != text:
            yield Changed(kind, made, source, frozenset(checks))


def _another_number(text: str, dice: random.Random) -> str | None:
    places = [found.start() for found in _DIGIT.finditer(text)]
    if not places:
        return None
    at = dice.choice(places)
    other = dice.choice([digit for digit in "123456789" if digit != text[at]])
    return text[:at] + other + text[at + 1 :]


def _another_name(text: str, dice: random.Random) -> str | None:
    found = [name for name in names(text) if name.span.start > 0 and name.text.isalpha()]
    if not found:
        return None
    name = dice.choice(found)
    other = dice.choice(_OTHER_NAMES)
    return text[: name.span.start] + other + text[name.span.end :]


def _another_negation(text: str, dice: random.Random) -> str | None:
    bare = _QUOTED.sub(lambda quoted: " " * len(quoted[0]), text)
    found = list(_NOT.finditer(bare))
    if not found:
        return None
    place = dice.choice(found)
    if place[1]:
        return text[: place.start(1)] + text[place.end(1) :]
    return text[: place.end()] + "not " + text[place.end() :]


def _another_letter(text: str, dice: random.Random) -> str | None:
    quoted = list(_QUOTED.finditer(text))
    if not quoted:
        return None
    start, end = dice.choice(quoted).span(1)
    places = [at for at in range(start, end) if text[at].isalpha() and text[at - 1].isalpha()]
    if not places:
        return None
    at = dice.choice(places)
    other = dice.choice([one for one in "aeiostnrl" if one != text[at].lower()])
    return text[:at] + other + text[at + 1 :]


def respelt(text: str, dice: random.Random) -> str:
    """Return the same words in other typography."""
    tricks = (
        lambda one: one.replace("'", "’"),
        lambda one: one.replace('"', "”"),
        lambda one: one.replace(" ", "\u00a0"),
        lambda one: unicodedata.normalize("NFD", one),
        lambda one: one.replace(" ", " \u200b"),
        lambda one: one.replace("-", "\u2011"),
        lambda one: "\u2060".join(one),
        lambda one: one.replace(" ", "  "),
    )
    for trick in dice.sample(tricks, dice.randint(1, 3)):
        text = trick(text)
    return text


def is_seen(changed: Changed, sources: Sources) -> bool:
    """Whether one of the checks that it concerns refuses a changed sentence."""
    finding = verify(changed.text, [changed.source], sources)
    return any(check.refuses and check.name in changed.checks for check in finding.checks)


def stretch(text: str, dice: random.Random) -> str | None:
    """Return some words in a row of a sentence, as a quotation of them.

    None for a short sentence, and for one that denies something: cut out of it, the words would
    be no true quotation.
    """
    bare = re.sub(r"[\"“”]|''", "", text)
    words = bare.split()
    if bare != text or len(words) < 6 or _DENIED.search(text):
        return None
    start = dice.randrange(len(words) - 4)
    return f'It says "{" ".join(words[start : start + dice.randint(4, 12)])}".'


def measure(folders: Sequence[Path], *, count: int, seed: int) -> dict[str, Any]:
    """Return how many false claims were made and accepted, by kind, and true ones refused."""
    dice = random.Random(seed)
    shelves = [Sources(split(articles_in(folder))) for folder in folders]
    sentences = [(one, sources) for sources in shelves for one in sources.story.sentences]
    made: Counter[str] = Counter()
    accepted: Counter[str] = Counter()
    accepted_texts: list[str] = []
    while sum(made.values()) < count:
        sentence, sources = dice.choice(sentences)
        for changed in changes(sentence.text, Citation.of(sentence), dice):
            made[changed.kind] += 1
            if not is_seen(changed, sources):
                accepted[changed.kind] += 1
                accepted_texts.append(f"{changed.kind}: {changed.text}")
    true: Counter[str] = Counter()
    refused: Counter[str] = Counter()
    refused_texts: list[str] = []
    while sum(true.values()) < count:
        sentence, sources = dice.choice(sentences)
        for kind, text in (
            ("sentence", sentence.text),
            ("quotation", stretch(sentence.text, dice)),
        ):
            if text is None:
                continue
            true[kind] += 1
            finding = verify(respelt(text, dice), [Citation.of(sentence)], sources)
            # That somebody holds another office, by other articles, is no matter of typography.
            concerned = {"quotations"} if kind == "quotation" else _ALL_BUT_TITLES
            if any(one.refuses and one.name in concerned for one in finding.checks):
                refused[kind] += 1
                refused_texts.append(f"{kind}: {text}")
    return {
        "seed": seed,
        "sentences": len(sentences),
        "false": {kind: {"made": made[kind], "accepted": accepted[kind]} for kind in sorted(made)},
        "true": {kind: {"made": true[kind], "refused": refused[kind]} for kind in sorted(true)},
        "accepted": sorted(set(accepted_texts))[:50],
        "refused": sorted(set(refused_texts))[:50],
    }


def main() -> None:
    """Make the claims, check them, print the counts, and keep them."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--count", type=int, default=10_000, help="false claims, and true ones")
    parser.add_argument("--seed", type=int, default=20310401)
    parser.add_argument("--data", type=Path, action="append", help="a folder of articles")
    parser.add_argument("--out", type=Path, help="file for the counts")
    options = parser.parse_args()
    found = measure(options.data or OWN, count=options.count, seed=options.seed)
    for name, counted in (*found["false"].items(), *found["true"].items()):
        print(f"{name}: {counted}")
    for text in (*found["accepted"], *found["refused"]):
        print(f"  {text}")
    out = options.out or (None if options.data else RESULTS)
    if out is not None:
        kept = {"briefing": __version__, "python": platform.python_version(), **found}
        out.write_text(json.dumps(kept, indent=2, ensure_ascii=False) + "\n", "utf-8")


if __name__ == "__main__":
    main()
