"""Pick the sentences of running text of a given length."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import compress

from briefing.data.template import SectionPlan
from briefing.steps.extract.candidates import SHORT_WORDS, Candidate, added, alike
from briefing.text.salience import Salience, Unit, stems, units
from briefing.text.words import Weights

_TOO_ALIKE = 0.6
"""Share of the shorter sentence's weighted stems that another of the text may have already."""

_LENGTH = 0.7
"""Power of a text's words that its worth is divided by while it grows, and of a sentence's that
is to be added. Of .7, .85 and 1 the best on Multi-News by .004 of ROUGE-1; AllSides and NeuS do
not mind."""

_MARKS = ('"', "“", "'", "‘", "«", "„")

_WIDTH, _BRANCHES = 16, 8
"""How many texts are kept at each step, and how many ways each is continued. Half of both costs
.002 of ROUGE-1 on Multi-News, and twice as many are no better on AllSides; taking the best
sentence each time costs .003 on Multi-News, .007 on NeuS and .010 on AllSides."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Text:
    """Some sentences, and what they tell."""

    picked: tuple[Candidate, ...]
    told: frozenset[Unit]
    worth: float
    room: int
    """Words that are left; none or fewer: the text is long enough."""

    def density(self, length: int) -> float:
        return self.worth / float((length - max(0, self.room) + SHORT_WORDS) ** _LENGTH)


def running(
    section: SectionPlan,
    length: int,
    fits: Mapping[Candidate, float],
    taken: Sequence[Candidate],
    salience: Salience,
    weights: Weights,
) -> list[Candidate]:
    """Return the sentences that tell most together in so many words.

    The last may go beyond the length; what it tells there does not count. This is the budgeted
    coverage of Lin and Bilmes (2010), looked for with a beam: what opens best is not always part
    of the best whole. A sentence that leans on another is never without it.

    Args:
        section: Says how many sentences at most.
        length: In words.
        fits: The candidates, and how well each belongs here.
        taken: What other sections print.
        salience: What words weigh.
        weights: What stems weigh where sentences are compared.
    """
    search = _Search(fits, taken, salience, weights)
    empty = _Text(picked=(), told=frozenset(), worth=0.0, room=length)
    growing = [empty]
    finished: list[_Text] = []
    while growing:
        grown: dict[object, _Text] = {}
        for text in growing:
            longer = search.longer(text)
            if not longer:
                finished.append(text)
            for one in longer:
                same = _key(one)
                if same not in grown or grown[same].worth < one.worth:
                    grown[same] = one
        ended = [one.room <= 0 or len(one.picked) == section.most for one in grown.values()]
        finished += compress(grown.values(), ended)
        open_ = [one for one, is_over in zip(grown.values(), ended, strict=True) if not is_over]
        growing = sorted(open_, key=lambda text: -text.density(length))[:_WIDTH]
    best = max(finished, key=lambda text: text.worth)
    return search.most_telling_first(best, empty)


class _Search:
    """How a text can go on."""

    def __init__(
        self,
        fits: Mapping[Candidate, float],
        taken: Sequence[Candidate],
        salience: Salience,
        weights: Weights,
    ) -> None:
        self._salience = salience
        self._elsewhere = {unit for one in taken for unit in one.units}
        self._says_the_same = cache(lambda one, other: alike(one, other, weights) > _TOO_ALIKE)
        self._fits = {
            one: fit
            for one, fit in fits.items()
            if one not in taken and not any(self._says_the_same(one, other) for other in taken)
        }

    def longer(self, text: _Text) -> list[_Text]:
        """Return `text` with one more sentence, in the best ways, the best first."""
        ids = {one.sentence.id for one in text.picked}
        gains = {
            one: self._gain(one, text)
            for one in self._fits
            if one.sentence.id not in ids and (one.before is None or one.before in ids)
        }
        found: list[_Text] = []
        for one in sorted(gains, key=lambda one: -_for_its_length(gains[one], one, text.room)):
            if len(found) == _BRANCHES or gains[one] <= 0:
                break
            if not any(self._says_the_same(one, other) for other in text.picked):
                found.append(
                    _Text(
                        picked=(*text.picked, one),
                        told=text.told | one.units,
                        worth=text.worth + gains[one],
                        room=text.room - one.words,
                    )
                )
        return found

    def most_telling_first(self, text: _Text, empty: _Text) -> list[Candidate]:
        """Return the sentences of `text` by what each would tell alone, but the last one last.

        A quotation comes behind what is told plainly, and a sentence that leans on another behind
        both, in its order.
        """

        def rank(one: Candidate) -> tuple[int, float]:
            if one.before is not None:
                return 2, 0.0
            alone = _for_its_length(self._gain(one, empty), one, empty.room)
            return int(one.sentence.text.startswith(_MARKS)), -alone

        return [*sorted(text.picked[:-1], key=rank), *text.picked[-1:]]

    def _gain(self, one: Candidate, text: _Text) -> float:
        """Return what a sentence adds to a text, as far as there is room for its words."""
        within = _within(one, text.room)
        return self._fits[one] * added(within, text.told, self._elsewhere, self._salience)


def _within(one: Candidate, room: int) -> frozenset[Unit]:
    """Return what a sentence tells in its first words, when there is room for these."""
    if one.words <= room:
        return one.units
    return units(stems(" ".join(one.sentence.text.split()[:room])))


def _for_its_length(gain: float, one: Candidate, room: int) -> float:
    return gain / float((min(one.words, room) + SHORT_WORDS) ** _LENGTH)


def _key(text: _Text) -> object:
    """Return what two texts share that differ in nothing but the order of whole sentences."""
    cut = text.picked[-1] if text.room < 0 else None
    return frozenset(text.picked), cut
