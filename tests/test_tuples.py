"""Named tuples that are made on first use: the same as those of `typing`."""

from __future__ import annotations

import copy
import inspect
import pickle
import subprocess
import sys
import typing
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from validator import tuples


class Late(tuples.NamedTuple):
    """A tuple that is made on first use."""

    number: int
    title: str
    safe: bool = True
    notes: tuple[int, ...] = ()

    @property
    def size(self) -> int:
        return self.number

    def __str__(self) -> str:
        return self.title


class Early(typing.NamedTuple):
    """A tuple that is made at once."""

    number: int
    title: str
    safe: bool = True
    notes: tuple[int, ...] = ()

    @property
    def size(self) -> int:
        return self.number

    def __str__(self) -> str:
        return self.title


def anew(base: Any = tuples.NamedTuple) -> Any:
    """A class that is declared, but not made."""

    class Pair(base):  # type: ignore[misc]
        first: int
        second: int = 2

    return Pair


def shown(action: Callable[[Any], object], kind: Any) -> str:
    """What an action gives or raises for a class, without the name of the class."""
    try:
        found = repr(action(kind))
    except (TypeError, ValueError, AttributeError) as error:
        found = f"{type(error).__name__}: {error}"
    return found.replace(kind.__name__, "Tuple")


ACTIONS: list[Callable[[Any], object]] = [
    lambda kind: kind(1, "a"),
    lambda kind: kind(1, "a", False, (3,)),
    lambda kind: kind(title="a", number=1, notes=(2,)),
    lambda kind: kind(1),
    lambda kind: kind(1, "a", True, (), 5),
    lambda kind: kind(1, "a", number=2),
    lambda kind: kind(1, "a", sae=False),
    lambda kind: kind._make([1, "a", True, ()]),
    lambda kind: kind._make([1]),
    lambda kind: kind(1, "a")._replace(title="b"),
    lambda kind: kind(1, "a")._replace(name="b"),
    lambda kind: kind(1, "a")._asdict(),
    lambda kind: (kind._fields, kind._field_defaults),
    lambda kind: (kind(1, "a").number, kind(1, "a").notes, kind(1, "a").size, str(kind(1, "a"))),
    lambda kind: kind(1, "a") == (1, "a", True, ()),
    lambda kind: hash(kind(1, "a")) == hash((1, "a", True, ())),
    lambda kind: pickle.loads(pickle.dumps(kind(1, "a"))),
    lambda kind: copy.deepcopy(kind(1, "a", True, (2,))),
    lambda kind: vars(kind(1, "a")),
    lambda kind: setattr(kind(1, "a"), "number", 2),
    lambda kind: setattr(kind(1, "a"), "other", 2),
    lambda kind: kind.__match_args__,
    lambda kind: kind.__doc__.replace("on first use", "at once"),
    lambda kind: list(inspect.signature(kind).parameters),
]


@pytest.mark.parametrize("number", range(len(ACTIONS)))
def test_they_are_like_those_of_typing(number: int) -> None:
    assert shown(ACTIONS[number], Late) == shown(ACTIONS[number], Early)


def test_each_first_use_makes_them() -> None:
    uses: list[Callable[[Any], object]] = [
        lambda kind: kind(1),
        lambda kind: kind(first=1),
        lambda kind: kind._make([1, 2]),
        lambda kind: tuple(inspect.signature(kind).parameters.values())[1].default,
        lambda kind: kind(second=3),
        lambda kind: type("Sub", (kind,), {})(1),
    ]
    for use in uses:
        assert shown(use, anew()) == shown(use, anew(typing.NamedTuple))


def test_a_class_is_made_once_and_only_if_it_is_used() -> None:
    pair = anew()
    assert "__new__" not in vars(pair)
    assert pair(1).second == 2
    made = pair.__new__
    assert pair(3) == (3, 2)
    assert pair.__new__ is made
    assert pair._field_defaults == {"second": 2}


def test_a_subclass_makes_the_declared_class() -> None:
    pair = anew()

    class Sum(pair):  # type: ignore[misc, valid-type]
        def total(self) -> int:
            return int(self.first + self.second)

    assert Sum(1).total() == 3
    assert "__new__" in vars(pair)
    assert type(pair(1)) is pair


def test_threads_can_make_one_at_the_same_time() -> None:
    for _ in range(50):
        pair = anew()
        with ThreadPoolExecutor(4) as threads:
            made = list(threads.map(pair, range(8)))
        assert [(each.first, each.second) for each in made] == [(each, 2) for each in range(8)]


def test_they_are_read_in_another_process() -> None:
    """Which has not made the class yet: reports of several processes are sent in this way."""
    from validator import Span

    program = "import pickle, sys; print(pickle.loads(sys.stdin.buffer.read()))"
    command = [sys.executable, "-c", program]
    done = subprocess.run(command, input=pickle.dumps(Span(1, 2)), capture_output=True, check=True)
    assert done.stdout.decode().strip() == "Span(start=1, end=2)"
