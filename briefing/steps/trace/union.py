"""Things that belong together, joined pair by pair."""

from collections.abc import Hashable
from typing import Generic, TypeVar

_T = TypeVar("_T", bound=Hashable)


class Groups(Generic[_T]):
    """A union-find: each thing is alone until it is joined to another."""

    def __init__(self) -> None:
        self._parent: dict[_T, _T] = {}

    def root(self, one: _T) -> _T:
        """Return the thing that stands for the group of `one`."""
        parent = self._parent.setdefault(one, one)
        while parent != (above := self._parent[parent]):
            self._parent[one], one, parent = above, parent, above
        return parent

    def join(self, one: _T, other: _T) -> None:
        """Make one group of the groups of both."""
        self._parent[self.root(other)] = self.root(one)

    def members(self) -> dict[_T, list[_T]]:
        """Return the groups by what stands for each, in the order of the first seen."""
        groups: dict[_T, list[_T]] = {}
        for one in self._parent:
            groups.setdefault(self.root(one), []).append(one)
        return groups
