"""Strings and lists that are too short or too long."""

from __future__ import annotations

from collections.abc import Iterator

from validator.contract.location import Spot
from validator.contract.other_errors import OtherErrors
from validator.contract.rules import empty_value, invalid_reference
from validator.contract.rules.examples import CLASS
from validator.contract.schema_errors import Error
from validator.finding import Problem, Severity
from validator.parsing.nodes import Mapping, Scalar, Sequence, pointer
from validator.rule import SDK, Rule


def too_short(error: Error, spot: Spot, others: OtherErrors) -> Iterator[Problem]:
    if isinstance(spot.node, Mapping):
        yield invalid_reference.of_error(error, spot, others)
    elif error.instance:
        yield _bad_length(spot)
    else:
        message = f"{spot.name} is empty; {empty_value.filling(spot)}"
        yield Problem("empty-value", message, spot.node.span, pointer(spot.path))


def too_long(error: Error, spot: Spot, others: OtherErrors) -> Iterator[Problem]:
    yield (
        invalid_reference.of_error(error, spot, others)
        if isinstance(spot.node, Mapping)
        else _bad_length(spot)
    )


def too_many(error: Error, spot: Spot, _others: OtherErrors) -> Iterator[Problem]:
    assert isinstance(spot.node, Sequence)
    count = len(spot.node.items)
    message = f"{spot.name} has {count:,} entries; it may have at most {error.value:,}"
    yield Problem("invalid-length", message, spot.head, pointer(spot.path))


def _bad_length(spot: Spot) -> Problem:
    assert isinstance(spot.node, Scalar)
    limits = spot.schemas[-1].value
    length = len(spot.node.text)
    least = f"{limits['minLength']} to" if "minLength" in limits else "at most"
    message = (
        f"{spot.name} has {length:,} {'character' if length == 1 else 'characters'}; "
        f"it may have {least} {limits['maxLength']:,}"
    )
    return Problem("invalid-length", message, spot.node.span, pointer(spot.path))


RULES = (
    Rule(
        name="invalid-length",
        severity=Severity.ERROR,
        group="structure",
        summary="A string or a list is too short or too long",
        why="The display name of an environment class has 3 to 127 characters and its description "
        "3 to 200; the keys of an output have 1 to 128, and its values up to 4096. The name of an "
        "AI automation has up to 80 characters, its prompts and commands up to 20,000; it has up "
        "to 10 triggers and 50 steps.",
        source=SDK,
        bad=CLASS.replace("Large", "XL"),
        good=CLASS,
    ),
)
