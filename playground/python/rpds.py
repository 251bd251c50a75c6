"""A stand-in for the `rpds` extension, of which there is no build for browsers on PyPI.

It has what jsonschema and referencing use: collections whose methods return changed copies. They
are small here, so copying them is fast enough.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from typing import Any, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")
T = TypeVar("T")


class HashTrieMap(dict[K, V]):
    """A mapping that is not changed: `insert`, `remove` and `update` return another."""

    @classmethod
    def convert(cls, value: Mapping[K, V]) -> HashTrieMap[K, V]:
        """The mapping itself, or one with the members of another mapping."""
        return value if isinstance(value, cls) else cls(value)

    def __hash__(self) -> int:  # type: ignore[override]
        return hash(frozenset(self.items()))

    def insert(self, key: K, value: V) -> HashTrieMap[K, V]:
        """The mapping with another member."""
        return HashTrieMap({**self, key: value})

    def remove(self, key: K) -> HashTrieMap[K, V]:
        """The mapping without a member. Raises KeyError if it has none with that key."""
        if key not in self:
            raise KeyError(key)
        return HashTrieMap({name: value for name, value in self.items() if name != key})

    def update(self, *others: Any, **named: Any) -> HashTrieMap[K, V]:  # type: ignore[override]
        """The mapping with the members of others."""
        made: dict[Any, Any] = dict(self)
        for other in (*others, named):
            made.update(other)
        return HashTrieMap(made)


class HashTrieSet(frozenset[K]):
    """A set that is not changed: `insert`, `remove`, `discard` and `update` return another."""

    def insert(self, value: K) -> HashTrieSet[K]:
        """The set with another member."""
        return HashTrieSet({*self, value})

    def discard(self, value: K) -> HashTrieSet[K]:
        """The set without a member, if it has it."""
        return HashTrieSet(self - {value})

    def remove(self, value: K) -> HashTrieSet[K]:
        """The set without a member. Raises KeyError if it does not have it."""
        if value not in self:
            raise KeyError(value)
        return self.discard(value)

    def update(self, *others: Iterable[K]) -> HashTrieSet[K]:
        """The set with the members of others."""
        return HashTrieSet(self.union(*others))


class List(tuple[T, ...]):
    """A list that is not changed: `push_front` and `drop_first` return another."""

    __slots__ = ()

    def push_front(self, value: T) -> List[T]:
        """The list with another first entry."""
        return List((value, *self))

    def drop_first(self) -> List[T]:
        """The list without its first entry. Raises IndexError if it is empty."""
        if not self:
            raise IndexError("empty list")
        return List(self[1:])

    @property
    def first(self) -> T:
        """The first entry. Raises IndexError if the list is empty."""
        return self[0]

    @property
    def rest(self) -> List[T]:
        """The list without its first entry, empty if it has none."""
        return List(self[1:])
