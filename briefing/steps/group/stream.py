"""Stories as articles come: each is placed at once, and only its surroundings are looked at."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from heapq import heappop, heappush

from briefing.data.article import Article
from briefing.data.grouping import Pins, Placement
from briefing.steps.group.board import HORIZON_DAYS, THRESHOLD, Board
from briefing.steps.group.link import Clusters
from briefing.steps.group.signature import signature

MOST_ACTIVE = 20_000
"""Articles that new ones are compared with, at most."""

_FEWEST_ACTIVE = 2_000
"""So many are kept at hand however old they are: not every stream comes in the order of days."""

_REACH = 0.5
"""Stories are looked at anew that the article is linked to this part of THRESHOLD strongly."""

_MOST_STORIES = 10
_MOST_MEMBERS = 40
"""A story with more articles has found its form: it only takes in new ones, as one cluster."""


_EPOCH = date(1970, 1, 1)


class Stream:
    """Places articles one by one. The cost of each is bounded, and so is what is remembered.

    A story is named by the article that founded it. When an article comes, the stories near it
    are linked anew: as a rule it joins one or founds its own, now and then it shows that two
    stories are one, or that an article belongs next door. Of two stories that become one, the
    older keeps its name, and the younger is still found by the article that founded it.
    """

    def __init__(self, *, pins: Pins | None = None, mix_languages: bool = False) -> None:
        self._board = Board(mix_languages=mix_languages)
        self._pins = PinnedNumbers(pins or Pins())
        self._sha256: dict[int, str] = {}
        self._story: dict[int, str] = {}
        self._founded: dict[int, str] = {}
        self._members: dict[str, list[int]] = {}
        self._oldest: list[tuple[float, int]] = []
        self._clock = 0.0
        self._next = 0

    def __len__(self) -> int:
        return len(self._sha256)

    def restore(self, article: Article, placement: Placement, *, seen: date | None = None) -> None:
        """Take in an article that was placed before, in the order of placing."""
        number = self._take(article, seen)
        story = self._story[number] = placement.story
        members = self._members.setdefault(story, [])
        if not members:
            self._founded[number] = story  # Its founder may be out of sight, or forgotten.
        elif placement.founded == story:
            if self._founded.get(members[0]) == story:
                del self._founded[members[0]]
            self._founded[number] = story
        elif placement.founded is not None:
            self._founded[number] = placement.founded
        members.append(number)

    def place(self, article: Article, *, seen: date | None = None) -> tuple[Placement, ...]:
        """Place an article, and return where it is, and where others are that this moved.

        Args:
            article: The next one.
            seen: The day that it came; how long it is remembered, where it has no date.
        """
        self._forget_before(self._clock - HORIZON_DAYS)
        number = self._take(article, seen)
        pinned = [self._story[one] for one in self._pins.partners(number) if one in self._story]
        around = dict.fromkeys([*pinned, *self._around(number)])
        return self._link_anew(tuple(around), number)

    def pin(self) -> tuple[Placement, ...]:
        """Bring the stories of all pinned articles in line with the pins; return what moved."""
        moved: dict[str, Placement] = {}
        for group in self._pins.groups():
            stories = dict.fromkeys(self._story[one] for one in group if one in self._story)
            if stories:
                moved |= {one.sha256: one for one in self._link_anew(tuple(stories))}
        return tuple(moved.values())

    def _take(self, article: Article, seen: date | None) -> int:
        number, self._next = self._next, self._next + 1
        made = signature(article)
        day = made.day
        if day is None:
            day = self._clock if seen is None else float((seen - _EPOCH).days)
        self._clock = max(self._clock, day)
        self._board.count(made)
        self._board.add(number, made)
        self._sha256[number] = article.sha256
        self._pins.note(number, article.id)
        heappush(self._oldest, (day, number))
        return number

    def _forget_before(self, day: float) -> None:
        while len(self) >= MOST_ACTIVE or (
            len(self) >= _FEWEST_ACTIVE and self._oldest[0][0] < day
        ):
            _, number = heappop(self._oldest)
            self._board.forget(number)
            story = self._story.pop(number)
            members = self._members[story]
            members.remove(number)
            if not members:
                del self._members[story]
            elif self._founded.get(number) == story:
                self._founded[members[0]] = story  # Somebody has to carry the name on.
            self._founded.pop(number, None)
            del self._sha256[number]

    def _around(self, number: int) -> list[str]:
        strongest: defaultdict[str, float] = defaultdict(float)
        for other, strength in self._board.near(number):
            story = self._story.get(other)
            if story is not None and strength >= _REACH * THRESHOLD:
                strongest[story] = max(strongest[story], strength)
        return sorted(strongest, key=lambda story: (-strongest[story], story))[:_MOST_STORIES]

    def _link_anew(self, stories: tuple[str, ...], new: int | None = None) -> tuple[Placement, ...]:
        settled = [self._members[one] for one in stories if len(self._members[one]) > _MOST_MEMBERS]
        young = [self._members[one] for one in stories if len(self._members[one]) <= _MOST_MEMBERS]
        numbers = sorted(
            [one for members in young for one in members]
            + [one for members in settled for one in members[-_MOST_MEMBERS:]]
            + ([] if new is None else [new])
        )
        before = {one: self._story.get(one) for one in numbers}
        clusters = Clusters(numbers, self._board.links(numbers))
        for members in settled:
            for one in members[-_MOST_MEMBERS:]:
                clusters.join(members[-1], one)
        self._pins.apply(clusters, numbers)
        clusters.link(THRESHOLD)
        follows = {members[-1]: members[:-_MOST_MEMBERS] for members in settled}
        for story in stories:
            del self._members[story]
        for members in clusters.members():
            rest = [old for one in members for old in follows.get(one, ())]
            self._settle(sorted(rest + members), before)
        changed = [one for one, story in before.items() if self._story[one] != story]
        return tuple(
            Placement(
                sha256=self._sha256[one], story=self._story[one], founded=self._founded.get(one)
            )
            for one in changed
        )

    def _settle(self, members: list[int], before: dict[int, str | None]) -> None:
        founders = [one for one in members if one in self._founded]
        if not founders:
            self._founded[members[0]] = self._sha256[members[0]][:12]
            founders = members[:1]
        story = self._founded[founders[0]]
        self._members[story] = members
        for one in members:
            before.setdefault(one, self._story.get(one))
            self._story[one] = story


class PinnedNumbers:
    """Pins, with the numbers under which their articles are known."""

    def __init__(self, pins: Pins) -> None:
        self._pins = pins
        named = {one for group in (*pins.together, *pins.apart) for one in group}
        self._numbers: dict[str, list[int]] = {article: [] for article in named}

    def note(self, number: int, article: str) -> None:
        """Remember the number of an article, if it is pinned."""
        if article in self._numbers:
            self._numbers[article].append(number)

    def groups(self) -> Iterable[list[int]]:
        """Yield the numbers of the articles of each pin."""
        for group in (*self._pins.together, *self._pins.apart):
            yield [number for article in group for number in self._numbers[article]]

    def partners(self, number: int) -> list[int]:
        """Return the numbers that are pinned together with one, or apart from it."""
        return [one for group in self.groups() if number in group for one in group]

    def apply(self, clusters: Clusters, numbers: Iterable[int]) -> None:
        """Join and keep apart what is pinned, as far as it is among `numbers`."""
        among = set(numbers)
        for group in self._pins.together:
            known = [one for article in group for one in self._numbers[article] if one in among]
            for one in known[1:]:
                clusters.join(known[0], one)
        for group in self._pins.apart:
            known = [one for article in group for one in self._numbers[article] if one in among]
            for at, one in enumerate(known):
                for other in known[at + 1 :]:
                    clusters.keep_apart(one, other)
