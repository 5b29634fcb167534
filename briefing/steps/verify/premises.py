"""Which source sentences the entailment model reads beside a claim."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from briefing.steps.verify.analysis import Analysis
from briefing.steps.verify.sources import Sources

MOST_SENTENCES = 4
MOST_CHARS = 700
"""Of a premise: 128 tokens with the claim, which is what the model was trained on, and a little."""

_OWN = 0.25
"""What a sentence's whole cover counts beside the words that no earlier one has."""

_WINDOW = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Premises:
    """The best source sentences for a claim, and how much of its words they cover, 0 to 1.

    Covers are shares of the idf-weighted content words.
    """

    best: str
    """The one sentence that covers most."""

    two: str
    few: str
    """At most `MOST_SENTENCES`, in the order of the sources: each adds words to the ones before."""

    best_cover: float
    window_cover: float
    """Of the best three sentences in a row."""

    few_cover: float
    all_cover: float

    def distinct(self) -> tuple[str, ...]:
        """Return the premises, each once."""
        return tuple(dict.fromkeys((self.best, self.two, self.few)))


def premises(claim: Analysis, sources: Sources) -> Premises | None:
    """Return the premises for `claim`; None where no source sentence shares a word with it."""
    sentences = sources.story.sentences
    wanted = claim.stem_set
    weights = {stem: sources.weights[stem] for stem in wanted}
    total = sum(weights[stem] for stem in sorted(wanted))
    if not total:
        return None
    shared = [wanted & sources.analysis(sentence).stem_set for sentence in sentences]

    def cover(stems: frozenset[str]) -> float:
        return sum(weights[stem] for stem in sorted(stems)) / total

    covers = [cover(stems) if stems else 0.0 for stems in shared]
    if not any(covers):
        return None
    chosen = _chosen([sentence.text for sentence in sentences], shared, covers, cover)
    window = max(
        cover(frozenset().union(*shared[place : place + _WINDOW]))
        for place in range(len(sentences))
        if covers[place]
    )

    def joined(places: Sequence[int]) -> str:
        return " ".join(sentences[place].text for place in sorted(places))

    return Premises(
        best=joined(chosen[:1]),
        two=joined(chosen[:2]),
        few=joined(chosen),
        best_cover=covers[chosen[0]],
        window_cover=window,
        few_cover=cover(frozenset().union(*(shared[place] for place in chosen))),
        all_cover=cover(frozenset().union(*shared)),
    )


def _chosen(
    texts: Sequence[str],
    shared: Sequence[frozenset[str]],
    covers: Sequence[float],
    cover: Callable[[frozenset[str]], float],
) -> list[int]:
    """Return places of sentences, the best first, each adding most to those before it."""
    left = [place for place, share in enumerate(covers) if share]
    chosen: list[int] = []
    seen: frozenset[str] = frozenset()
    while left and len(chosen) < MOST_SENTENCES:
        best = max(
            left, key=lambda place: (cover(shared[place] - seen) + _OWN * covers[place], -place)
        )
        left.remove(best)
        if chosen and sum(len(texts[place]) for place in (*chosen, best)) > MOST_CHARS:
            break
        chosen.append(best)
        seen |= shared[best]
    return chosen
