"""The names of a story: who is meant by a spelling, an office or a word with a capital."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cached_property

from briefing.data.article import Sentence
from briefing.text.analysis import Analysis
from briefing.text.names import Name, is_everyday, key, same_name
from briefing.text.variants import Spelling, spellings


class Naming:
    """The names in all sentences of a story, with the spellings of one name folded."""

    def __init__(self, read: Sequence[tuple[Sentence, Analysis]]) -> None:
        """Take each sentence with its analysis."""
        self._read = read

    @cached_property
    def spellings(self) -> tuple[Spelling, ...]:
        """Names that are spelt in more than one way."""
        return spellings([(s, analysis.names, analysis.offices) for s, analysis in self._read])

    @cached_property
    def _folded(self) -> Mapping[str, str]:
        """Key of a word of a name to the key that stands for it: a spelling, a country's people."""
        folded = {found.variant: found.usual for found in self.spellings}
        known = {
            key(word)
            for _, analysis in self._read
            for name in analysis.names
            for word in name.text.split()
        }
        by_start: dict[str, list[str]] = defaultdict(list)
        for word in sorted(known, key=lambda one: (len(one), one)):
            alike = next((o for o in by_start[word[:4]] if same_name(o, word)), None)
            if alike is None:
                by_start[word[:4]].append(word)
            elif word not in folded:
                folded[word] = alike
        return folded

    def folded(self, name_key: str) -> str:
        """Return the key that stands for a word of a name in all its spellings."""
        return self._folded.get(name_key, name_key)

    def stands_alone(self, word: str) -> bool:
        """Whether some sentence has the word as a name by itself."""
        return word in self._single

    @cached_property
    def _single(self) -> frozenset[str]:
        return frozenset(
            name.text
            for _, analysis in self._read
            for name in analysis.names
            if " " not in name.text
        )

    def names(self, text: str) -> tuple[Name, ...]:
        """Return the names in `text`; a word that only begins a sentence is none."""
        return tuple(
            name
            for name in Analysis(text).names
            if name.span.start or " " in name.text or key(name.text) in self._inner
        )

    @cached_property
    def _inner(self) -> frozenset[str]:
        """Keys of the words of names that stand inside a sentence, or beside others."""
        return frozenset(
            key(word)
            for _, analysis in self._read
            for name in analysis.names
            if name.span.start > 1 or " " in name.text
            for word in name.text.split()
        )

    def name_keys(self, text: str) -> frozenset[str]:
        """Return the folded keys of the words of the names in `text`."""
        return frozenset(
            self.folded(key(word))
            for name in self.names(text)
            for word in name.text.split()
            if not is_everyday(word) and len(key(word)) > 1
        )

    def holder_keys(self, text: str) -> frozenset[str]:
        """Return the keys of those who hold the offices that `text` names without a name."""
        return frozenset(
            holder
            for office in Analysis(text).offices
            if office.holder is None
            and (holder := self._holders.get((office.title, self.folded(office.nation or ""))))
        )

    @cached_property
    def _holders(self) -> Mapping[tuple[str, str], str]:
        found: dict[tuple[str, str], str] = {}
        alone: dict[str, set[str]] = defaultdict(set)
        for _, analysis in self._read:
            for office in analysis.offices:
                if office.holder is not None:
                    holder = self.folded(office.holder.last)
                    alone[office.title].add(holder)
                    if office.nation:
                        found.setdefault((office.title, self.folded(office.nation)), holder)
        # "The president" is the only president that the story knows.
        return found | {(title, ""): min(who) for title, who in alone.items() if len(who) == 1}

    @cached_property
    def people(self) -> frozenset[str]:
        """Keys of the surnames of people: those with an office, and those that speak."""
        return frozenset(
            self.folded(office.holder.last)
            for _, analysis in self._read
            for office in analysis.offices
            if office.holder is not None
        )
