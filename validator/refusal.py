"""Why the contract refuses a document: what jsonschema finds, in our own words and places."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from jsonschema.exceptions import ValidationError

from validator import judge, mending, schemas
from validator.contract import Verdict
from validator.finding import Note, Problem
from validator.nodes import Mapping, Node, Path, Scalar, Sequence, pointer
from validator.spot import Spot, find, opening
from validator.suggest import Suggestion, suggest
from validator.type_advice import choices, duration_advice, type_advice
from validator.wording import closest, kind_name, listed, quoted, value_name


def explain(text: str, root: Node, kind: str) -> Verdict:
    """The problems of a document that its schema refuses, and the paths of what is refused.

    `text` is what the nodes' places are in, empty where there is none: then there are no fixes.
    """
    errors, odd_keys = judge.errors(root, kind)
    wrong_types = {tuple(e.absolute_path) for e in errors if e.validator == "type"}
    problems: list[Problem] = []
    refused: set[Path] = set()
    renamed = _Renamed()
    explained: set[tuple[int, str, int, str]] = set()
    errors.sort(key=lambda error: _order(root, tuple(error.absolute_path)))
    for error in sorted(errors, key=lambda error: error.validator == "required"):
        path = tuple(error.absolute_path)
        refused.add(path)
        if path in wrong_types and error.validator != "type":
            continue
        spot = find(root, kind, path, text)
        keyword = str(error.validator)
        instance = error.instance if isinstance(error.instance, str) else ""
        # What is wrong with an anchored value is wrong once, however many aliases it has.
        identity = (id(spot.node), keyword, id(error.schema), instance)
        if identity in explained:
            continue
        explained.add(identity)
        problems += _EXPLAIN[keyword](error, spot, renamed)
    places = {(problem.rule, problem.span) for problem in problems}
    for path, key in odd_keys:
        spot = find(root, kind, path[:-1], text)
        if "propertyNames" in spot.schemas[-1].value:
            refused.add(path)
            problem = _odd_reference(key, path, text)
            if (problem.rule, problem.span) not in places:
                problems.append(problem)
    return Verdict(tuple(problems), frozenset(refused | renamed.paths))


class _Renamed:
    """The fields that unknown fields were meant to be: they are not missing as well.

    `paths` are those of fields whose value stands under another name, and so is not seen.
    """

    def __init__(self) -> None:
        self.fields: set[tuple[int, str]] = set()
        self.paths: set[Path] = set()

    def add(self, name: str, suggestion: Suggestion, spot: Spot) -> None:
        assert isinstance(spot.node, Mapping)
        target: Node | None = spot.node
        if suggestion.into is not None:
            target = spot.node.get(suggestion.into)
        elif suggestion.up:
            target = spot.holder
        meant = suggestion.rename or name
        self.fields.add((id(target), meant))
        self.paths.add((*spot.path, meant))

    def covers(self, holder: Node, name: str) -> bool:
        return (id(holder), name) in self.fields


def _value(error: ValidationError) -> Any:
    """What the schema says for the keyword that failed."""
    return error.validator_value


def _order(root: Node, path: Path) -> list[int]:
    """Where a path comes in the text: through its anchor before it comes through aliases."""
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


def _wrong_type(error: ValidationError, spot: Spot, _renamed: _Renamed) -> Iterator[Problem]:
    node = spot.node
    expected = _value(error)
    kinds = [expected] if isinstance(expected, str) else [k for k in expected if k != "null"]
    at = pointer(spot.path)
    if node.kind == "null":
        yield Problem("empty-value", f"{spot.name} is empty; {_filling(spot)}", node.span, at)
        return
    wanted = " or ".join(kind_name(kind) for kind in kinds)
    advice = type_advice(node, kinds[0], spot)
    message = f"{spot.name} must be {wanted}, not {value_name(node)}{advice}"
    fixes = mending.wrong_type(kinds[0], spot)
    yield Problem("wrong-type", message, opening(node), at, fixes=fixes)


def _filling(spot: Spot) -> str:
    required = spot.schemas[-1].value.get("required")
    if isinstance(spot.path[-1], int):
        return "remove it, or give it a value"
    if required and spot.is_item:
        return f"give it {listed(required, 'and')}, or remove it"
    return "give it a value"


def _missing(error: ValidationError, spot: Spot, renamed: _Renamed) -> Iterator[Problem]:
    assert isinstance(spot.node, Mapping)
    for name in _value(error):
        if name not in spot.node.members and not renamed.covers(spot.node, name):
            message = f"{spot.name} has no {quoted(name)}; it is required"
            fixes = mending.missing_field(name, spot)
            yield Problem("missing-field", message, spot.head, pointer(spot.path), fixes=fixes)


def _unknown(_error: ValidationError, spot: Spot, renamed: _Renamed) -> Iterator[Problem]:
    assert isinstance(spot.node, Mapping)
    valid = schemas.fields(spot.schemas[-1])
    present = set(spot.node.members)
    for name, (key, value) in spot.node.members.items():
        if name in valid:
            continue
        inside = set(value.members) if isinstance(value, Mapping) else set[str]()
        suggestion = suggest(name, present, spot.schemas, inside)
        if suggestion.rename or suggestion.into or suggestion.up:
            renamed.add(name, suggestion, spot)
        if suggestion.rename and not suggestion.into:
            present.add(suggestion.rename)
        message = f"{quoted(name)} is not a field of {spot.type_name}; {suggestion.advice}"
        fixes = mending.unknown_field(name, suggestion, spot)
        at = pointer((*spot.path, name))
        yield Problem("unknown-field", message, key.span, at, fixes=fixes)


def _invalid_value(error: ValidationError, spot: Spot, _renamed: _Renamed) -> Iterator[Problem]:
    assert isinstance(spot.node, Scalar)
    canonical = choices(_value(error))
    near = closest(spot.node.text, canonical)
    advice = f"did you mean {quoted(near)}?" if near else f"expected {listed(canonical)}"
    title = spot.schemas[-1].value["title"].lower()
    if not spot.node.text.strip():
        message = f"{spot.name} is empty; remove it, or write {listed(canonical)}"
        yield Problem("empty-value", message, spot.node.span, pointer(spot.path))
        return
    message = f"{quoted(spot.node.text)} is not a {title}; {advice}"
    fixes = mending.replacement(spot.node, near, spot.text) if near else ()
    at = pointer(spot.path)
    yield Problem("invalid-value", message, spot.node.span, at, fixes=fixes)


def _empty(_error: ValidationError, spot: Spot, _renamed: _Renamed) -> Iterator[Problem]:
    message = f"{spot.name} is empty; {_filling(spot)}"
    yield Problem("empty-value", message, spot.node.span, pointer(spot.path))


def _mismatch(error: ValidationError, spot: Spot, renamed: _Renamed) -> Iterator[Problem]:
    if isinstance(spot.node, Mapping):
        key = spot.node.members[str(error.instance)][0]
        renamed.paths.add((*spot.path, key.text))
        yield _bad_reference(key, (*spot.path, key.text))
        return
    assert isinstance(spot.node, Scalar)
    text = spot.node.text.strip()
    rule = "invalid-duration" if text else "empty-value"
    cause = f"{quoted(text)} is not a duration" if text else f"{spot.name} is empty"
    message = f"{cause}; {duration_advice(text)}"
    fixes = mending.duration(spot)
    yield Problem(rule, message, spot.node.span, pointer(spot.path), fixes=fixes)


def _bad_reference(key: Scalar, path: Path) -> Problem:
    if not key.text:
        cause = "a reference must not be empty"
    elif len(key.text) > 128:
        cause = f"the reference {quoted(key.text)} has {len(key.text)} characters"
    else:
        cause = f"{quoted(key.text)} is not a reference"
    message = f"{cause}; use 1 to 128 letters, digits, `-` or `_`"
    return Problem("invalid-reference", message, key.span, pointer(path))


def _odd_reference(key: Scalar, path: Path, text: str) -> Problem:
    message = f'this reference is {value_name(key)} to YAML; put it in quotes: "{key.text}"'
    fixes = mending.quotes(key, text)
    return Problem("invalid-reference", message, key.span, pointer(path), fixes=fixes)


def _out_of_range(error: ValidationError, spot: Spot, _renamed: _Renamed) -> Iterator[Problem]:
    bound = "at least" if error.validator == "minimum" else "at most"
    message = f"{spot.name} must be {bound} {_value(error)}"
    yield Problem("invalid-value", message, spot.node.span, pointer(spot.path))


def _conflict(error: ValidationError, spot: Spot, renamed: _Renamed) -> Iterator[Problem]:
    assert isinstance(spot.node, Mapping)
    names = list(_value(error)["required"])
    steps = list(error.absolute_schema_path)
    spelling = len(steps) > 2 and steps[-3] == "dependencies"
    if spelling:
        names.append(str(steps[-2]))
    keys = [spot.node.members[name][0] for name in names]
    if spelling:
        where = "the file format's spelling is here"
        renamed.paths.update((*spot.path, name) for name in names)
        message = (
            f"{listed(names, 'and')} are one field in two spellings; keep only {quoted(names[0])}"
        )
    else:
        keys.sort(key=lambda key: key.start)
        where = "the first of the two is here"
        message = f"{spot.name} takes only one of {listed(names, 'and')}; remove one"
    note = Note(keys[0].span, where)
    yield Problem(
        "conflicting-fields", message, keys[1].span, pointer((*spot.path, keys[1].text)), (note,)
    )


_EXPLAIN: dict[str, Callable[[ValidationError, Spot, _Renamed], Iterator[Problem]]] = {
    "additionalProperties": _unknown,
    "enum": _invalid_value,
    "maximum": _out_of_range,
    "minLength": _empty,
    "minimum": _out_of_range,
    "not": _conflict,
    "pattern": _mismatch,
    "required": _missing,
    "type": _wrong_type,
}
