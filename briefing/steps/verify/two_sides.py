"""The two sides of a deed or of a comparison, and whether another text has them turned."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TwoSides:
    """Who, or what, stands on either side, as the content stems of the words that name it."""

    one: frozenset[str]
    other: frozenset[str]

    def is_turned(self, there: "TwoSides") -> bool:
        """Whether each side is the other one there, and neither is told of its own side too.

        What stands on both sides there tells nothing.
        """
        only_one, only_other = there.one - there.other, there.other - there.one
        is_crossed = bool(self.one & only_other and self.other & only_one)
        return is_crossed and not (self.one & only_one and self.other & only_other)
