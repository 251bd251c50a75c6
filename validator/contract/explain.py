"""Explain why a document is rejected: the errors by its schema in words, with their places."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from importlib import import_module

from validator import schemas
from validator.contract import schema_errors
from validator.contract.location import Spot, find
from validator.contract.other_errors import OtherErrors
from validator.contract.rules.other_format import recognise
from validator.contract.schema_errors import Error
from validator.finding import Problem
from validator.kinds import DEFAULT_KIND
from validator.parsing.nodes import Mapping, Node, Path, Sequence


def explain(text: str, root: Node, kind: str) -> tuple[tuple[Problem, ...], frozenset[Path]]:
    """The problems of a document that its schema rejects, and the paths of the rejected values.

    `text` is the text that the nodes' places refer to; if it is "", the problems have no fixes.
    """
    errors = list(schema_errors.errors(root, schemas.of_kind(kind)))
    is_file = kind == DEFAULT_KIND
    other = recognise(root, text) if is_file and isinstance(root, Mapping) else None
    if other is not None and other.whole:
        return (other.problem,), frozenset({(), *(error.path for error in errors)})
    errors.sort(key=lambda error: _order(root, error.path))
    errors.sort(key=lambda error: error.keyword == "required")
    wrong_types = {error.path for error in errors if error.keyword == "type"}
    problems: list[Problem] = [] if other is None else [other.problem]
    refused: set[Path] = set()
    others = OtherErrors(errors, is_file, frozenset() if other is None else other.explained)
    explained: dict[tuple[int, str, int, str], slice] = {}
    repeated: Counter[tuple[int, str, int, str]] = Counter()
    for error in errors:
        refused.add(error.path)
        if (
            error.path in wrong_types and error.keyword != "type"
        ) or error.path in others.explained:
            continue
        spot = find(root, kind, error.path, text)
        # An error in an anchored value is reported once, however many aliases it has.
        identity = (id(spot.node), error.keyword, error.schema, error.instance)
        if identity in explained:
            repeated[identity] += 1
            continue
        before = len(problems)
        problems += _explanation(error.keyword)(error, spot, others)
        explained[identity] = slice(before, len(problems))
    for identity, more in repeated.items():
        here = explained[identity]
        problems[here] = [each._replace(times=1 + more) for each in problems[here]]
    places = {problem.span for problem in problems}
    for path, key in schema_errors.odd_keys(root):
        spot = find(root, kind, path[:-1], text)
        if len(spot.schemas) < len(path) or path[:-1] in wrong_types:
            # Inside an unknown field, or a value of the wrong type.
            continue
        refused.add(path)
        if key.span not in places:
            from validator.contract.rules import invalid_reference

            places.add(key.span)
            problems.append(invalid_reference.odd_key(key, path, spot))
    return tuple(problems), frozenset(refused | others.paths)


def _order(root: Node, path: Path) -> list[int]:
    """The position of a path in the text: through its anchor comes before through aliases."""
    node, starts = root, []
    for step in path:
        if isinstance(step, int):
            assert isinstance(node, Sequence)
            node = node.items[step]
            starts.append(node.start)
        else:
            assert isinstance(node, Mapping)
            key, node = node.members[step]
            starts.append(key.start)
    return starts


_EXPLAIN = {
    "additionalProperties": "unknown_field.explain",
    "enum": "invalid_value.explain",
    "maximum": "invalid_value.out_of_range",
    "maxItems": "invalid_length.too_many",
    "maxLength": "invalid_length.too_long",
    "minItems": "empty_value.too_few",
    "minLength": "invalid_length.too_short",
    "minProperties": "empty_value.too_few",
    "minimum": "invalid_value.out_of_range",
    "not": "conflicting_fields.explain",
    "pattern": "invalid_format.explain",
    "required": "missing_field.explain",
    "type": "wrong_type.explain",
}
"""The module of `validator.contract.rules`, and its function, that explains errors by a keyword."""


def _explanation(keyword: str) -> Callable[[Error, Spot, OtherErrors], Iterator[Problem]]:
    """The function that explains errors by a keyword; few documents have errors by several."""
    module, _, name = _EXPLAIN[keyword].partition(".")
    found: Callable[[Error, Spot, OtherErrors], Iterator[Problem]] = getattr(
        import_module(f"validator.contract.rules.{module}"), name
    )
    return found
