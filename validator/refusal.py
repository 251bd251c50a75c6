"""Why the contract refuses a document: what jsonschema finds, in our own words and places."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import jsonschema
from jsonschema.exceptions import ValidationError
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT7

from validator import schemas
from validator.contract import Path, Verdict, pointer
from validator.finding import Note, Problem, Span
from validator.gate import ecma_pattern
from validator.nodes import Mapping, Node, Scalar, Sequence, number
from validator.schemas import Schema
from validator.suggest import Suggestion, suggest
from validator.wording import closest, kind_name, listed, quoted, value_name

# What a pattern is about, by the title of the field that has it.
_DURATION = ("Readiness timeout", "Readiness timeout (SDK spelling)")

_LONGEST = 86400
_UNITS = {"": 1, "s": 1, "sec": 1, "m": 60, "min": 60, "h": 3600, "hr": 3600}


class _Spot(NamedTuple):
    """A value in the document.

    Its path, the object or list that holds it, its key if it has one, the schemas down to it.
    """

    path: Path
    node: Node
    holder: Node | None
    key: Scalar | None
    schemas: list[Schema]

    @property
    def head(self) -> Span:
        """Where to point for the value as a whole: its key, or its own beginning."""
        return self.node.span if self.key is None else self.key.span

    @property
    def name(self) -> str:
        """What a message calls the value: "the task `build`", "`commands`"."""
        if not self.path:
            return f"the {self.schemas[0].value['title'].lower()}"
        last = self.path[-1]
        if isinstance(last, int):
            return f"an entry of {quoted(str(self.path[-2]))}" if len(self.path) > 1 else "an entry"
        if self.is_item:
            return f"the {self.schemas[-1].value['title'].lower()} {quoted(last)}"
        return quoted(last)

    @property
    def type_name(self) -> str:
        """What a message calls values of this type: "a task", "`commands`"."""
        if self.is_item:
            return f"a {self.schemas[-1].value['title'].lower()}"
        return self.name if self.path else _with_article(self.schemas[0].value["title"])

    @property
    def is_item(self) -> bool:
        """Whether this is a task or a service under its reference."""
        return len(self.path) == 2 and "propertyNames" in self.schemas[-2].value


def _with_article(title: str) -> str:
    return f"{'an' if title[0] in 'AEIO' else 'a'} {title.lower()}"


def explain(root: Node, kind: str) -> Verdict:
    """The problems of a document that its schema refuses, and the paths of what is refused."""
    odd_keys: list[tuple[Path, Scalar]] = []
    errors = list(_validator(kind).iter_errors(_plain(root, (), odd_keys)))
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
        spot = _find(root, kind, path)
        keyword = str(error.validator)
        text = error.instance if isinstance(error.instance, str) else ""
        # What is wrong with an anchored value is wrong once, however many aliases it has.
        identity = (id(spot.node), keyword, id(error.schema), text)
        if identity in explained:
            continue
        explained.add(identity)
        problems += _EXPLAIN[keyword](error, spot, renamed)
    places = {(problem.rule, problem.span) for problem in problems}
    for path, key in odd_keys:
        spot = _find(root, kind, path[:-1])
        if "propertyNames" in spot.schemas[-1].value:
            refused.add(path)
            problem = _odd_reference(key, path)
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

    def add(self, name: str, suggestion: Suggestion, spot: _Spot) -> None:
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


def _validator(kind: str) -> Any:
    schema = schemas.of_kind(kind)

    def retrieve(uri: str) -> Resource[Any]:
        return DRAFT7.create_resource(schemas.load(uri.rpartition("/")[2]))

    base: Any = jsonschema.Draft7Validator
    extend: Any = jsonschema.validators.extend
    with_ecma_patterns = extend(base, {"pattern": _pattern})
    registry: Registry[Any] = Registry(retrieve=retrieve)  # type: ignore[call-arg]
    return with_ecma_patterns(schema.value, registry=registry)


def _pattern(validator: Any, pattern: str, instance: Any, schema: Any) -> Iterator[ValidationError]:
    checks: dict[str, Callable[..., Any]] = jsonschema.Draft7Validator.VALIDATORS
    yield from checks["pattern"](validator, ecma_pattern(pattern), instance, schema) or ()


class _Timestamp:
    """Stands for a YAML value that JSON has no type for."""


def _plain(node: Node, path: Path, odd_keys: list[tuple[Path, Scalar]]) -> Any:
    """A node as plain data for jsonschema, keys as text; keys that are no text are collected."""
    if isinstance(node, Scalar):
        return _plain_scalar(node)
    if isinstance(node, Sequence):
        return [_plain(item, (*path, index), odd_keys) for index, item in enumerate(node.items)]
    assert isinstance(node, Mapping)
    data = {}
    for name, (key, value) in node.members.items():
        if key.kind != "string":
            odd_keys.append(((*path, name), key))
        data[name] = _plain(value, (*path, name), odd_keys)
    return data


def _plain_scalar(node: Scalar) -> Any:
    """A scalar as plain data; of booleans the schemas ask for the type alone."""
    if node.kind in ("integer", "number"):
        value = number(node)
        # To jsonschema 1.0 is an integer; to the contract it is not.
        return value + 0.5 if isinstance(value, float) and value.is_integer() else value
    return {"boolean": True, "null": None, "string": node.text}.get(node.kind, _Timestamp())


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


def _find(root: Node, kind: str, path: Path) -> _Spot:
    node, key = root, None
    holder: Node | None = None
    chain = [schemas.target(schemas.of_kind(kind))]
    for step in path:
        if isinstance(step, int):
            assert isinstance(node, Sequence)
            holder, node, key = node, node.items[step], None
        else:
            assert isinstance(node, Mapping)
            holder, (key, node) = node, node.members[step]
        inner = schemas.child(chain[-1], step)
        if inner is None:
            break
        chain.append(inner)
    return _Spot(path, node, holder, key, chain)


def _wrong_type(error: ValidationError, spot: _Spot, _renamed: _Renamed) -> Iterator[Problem]:
    node = spot.node
    expected = _value(error)
    kinds = [expected] if isinstance(expected, str) else [k for k in expected if k != "null"]
    at = pointer(spot.path)
    if node.kind == "null":
        yield Problem("empty-value", f"{spot.name} is empty; {_filling(spot)}", node.span, at)
        return
    wanted = " or ".join(kind_name(kind) for kind in kinds)
    advice = _type_advice(node, kinds[0], spot)
    message = f"{spot.name} must be {wanted}, not {value_name(node)}{advice}"
    yield Problem("wrong-type", message, _opening(node), at)


def _opening(node: Node) -> Span:
    """A value, or of a block of many lines its first key, or its first dash and what follows."""
    if isinstance(node, Mapping) and not node.flow and node.members:
        first = next(iter(node.members.values()))[0]
        if first.start == node.start:
            return first.span
    if isinstance(node, Sequence) and not node.flow and node.items[0].start >= node.start:
        return Span(node.start, _opening(node.items[0]).end)
    return node.span


def _filling(spot: _Spot) -> str:
    required = spot.schemas[-1].value.get("required")
    if isinstance(spot.path[-1], int):
        return "remove it, or give it a value"
    if required and spot.is_item:
        return f"give it {listed(required, 'and')}, or remove it"
    return "give it a value"


def _type_advice(node: Node, kind: str, spot: _Spot) -> str:
    """What to write instead of a value of the wrong type, behind a semicolon."""
    schema = spot.schemas[-1].value
    if kind == "object":
        return _object_advice(node, spot.schemas[-1])
    if kind == "string" and "enum" in schema:
        choices = _choices(schema["enum"])
        if isinstance(node, Mapping) and len(node.members) == 1:
            # The API's form of a trigger: an object with one name set.
            choices = [name for name in node.members if name in choices] or choices
        return f"; {'write' if len(choices) == 1 else 'expected'} {listed(choices)}"
    if kind == "array":
        return _list_advice(node, spot.schemas[-1])
    if not isinstance(node, Scalar):
        return ""
    if kind == "string" and schema["title"] in _DURATION:
        return f"; {_duration_advice(node.text)}"
    if kind == "string":
        shown = len(node.text) <= _MAX_WRITTEN
        return f'; put it in quotes: "{node.text}"' if shown else "; put it in quotes"
    if kind == "boolean":
        truth = _TRUTH.get(node.text.lower())
        if truth is None:
            return "; write `true` or `false`"
        return f"; write {quoted(truth)}{'' if node.plain else ' without quotes'}"
    return ""


_MAX_WRITTEN = 40
# What can be put in brackets as it stands.
_LIST = re.compile(r"[\w-]+(, *[\w-]+)*")
# A key whose colon no blank follows is plain text.
_NO_BLANK = re.compile(r"[a-zA-Z_-]+:(?=[^\s/:])")
_TRUTH = {
    **dict.fromkeys(("true", "yes", "y", "on", "1"), "true"),
    **dict.fromkeys(("false", "no", "n", "off", "0"), "false"),
}


def _list_advice(node: Node, schema: Schema) -> str:
    if isinstance(node, Scalar) and _LIST.fullmatch(node.text):
        return f"; write {quoted(f'[{node.text}]')}"
    item = schemas.child(schema, 0)
    example = item.value.get("examples", [""])[0] if item is not None else ""
    return f"; write a list, such as {quoted(f'[{example}]')}" if isinstance(example, str) else ""


def _object_advice(node: Node, schema: Schema) -> str:
    if "propertyNames" in schema.value:
        older = isinstance(node, Sequence) and any(
            isinstance(item, Mapping) and {"init", "before", "command"} & item.members.keys()
            for item in node.items
        )
        form = " (a list is the older `.gitpod.yml` form)" if older else ""
        return f"{form}; give each entry a reference of its own as its key"
    fields = [name for name in schemas.fields(schema) if "_" not in name]
    needed = schema.value.get("required", fields)
    unspaced = _NO_BLANK.match(node.text) if isinstance(node, Scalar) and node.plain else None
    if unspaced is not None:
        return f"; a blank is missing behind {quoted(unspaced[0])}"
    return f"; give it {listed(needed, 'and' if needed != fields else 'or')}" if fields else ""


def _choices(values: list[str | None]) -> list[str]:
    """The values of an enumeration that an author is to choose from."""
    return [value for value in values if value and "_" not in value]


def _missing(error: ValidationError, spot: _Spot, renamed: _Renamed) -> Iterator[Problem]:
    assert isinstance(spot.node, Mapping)
    for name in _value(error):
        if name not in spot.node.members and not renamed.covers(spot.node, name):
            message = f"{spot.name} has no {quoted(name)}; it is required"
            yield Problem("missing-field", message, spot.head, pointer(spot.path))


def _unknown(_error: ValidationError, spot: _Spot, renamed: _Renamed) -> Iterator[Problem]:
    assert isinstance(spot.node, Mapping)
    valid = schemas.fields(spot.schemas[-1])
    present = set(spot.node.members)
    for name, (key, _) in spot.node.members.items():
        if name in valid:
            continue
        suggestion = suggest(name, present, spot.schemas)
        if suggestion.rename or suggestion.into or suggestion.up:
            renamed.add(name, suggestion, spot)
        if suggestion.rename and not suggestion.into:
            present.add(suggestion.rename)
        message = f"{quoted(name)} is not a field of {spot.type_name}; {suggestion.advice}"
        yield Problem("unknown-field", message, key.span, pointer((*spot.path, name)))


def _invalid_value(error: ValidationError, spot: _Spot, _renamed: _Renamed) -> Iterator[Problem]:
    assert isinstance(spot.node, Scalar)
    canonical = _choices(_value(error))
    near = closest(spot.node.text, canonical)
    advice = f"did you mean {quoted(near)}?" if near else f"expected {listed(canonical)}"
    title = spot.schemas[-1].value["title"].lower()
    if not spot.node.text.strip():
        message = f"{spot.name} is empty; remove it, or write {listed(canonical)}"
        yield Problem("empty-value", message, spot.node.span, pointer(spot.path))
        return
    message = f"{quoted(spot.node.text)} is not a {title}; {advice}"
    yield Problem("invalid-value", message, spot.node.span, pointer(spot.path))


def _empty(_error: ValidationError, spot: _Spot, _renamed: _Renamed) -> Iterator[Problem]:
    message = f"{spot.name} is empty; {_filling(spot)}"
    yield Problem("empty-value", message, spot.node.span, pointer(spot.path))


def _mismatch(error: ValidationError, spot: _Spot, renamed: _Renamed) -> Iterator[Problem]:
    if isinstance(spot.node, Mapping):
        key = spot.node.members[str(error.instance)][0]
        renamed.paths.add((*spot.path, key.text))
        yield _bad_reference(key, (*spot.path, key.text))
        return
    assert isinstance(spot.node, Scalar)
    text = spot.node.text.strip()
    rule = "invalid-duration" if text else "empty-value"
    cause = f"{quoted(text)} is not a duration" if text else f"{spot.name} is empty"
    yield Problem(rule, f"{cause}; {_duration_advice(text)}", spot.node.span, pointer(spot.path))


def _duration_advice(text: str) -> str:
    found = re.fullmatch(r"(\d{1,9}(?:\.\d{1,9})?) ?([a-z]{0,3})", text.lower(), re.ASCII)
    if found is None or found[2] not in _UNITS:
        return "write seconds with the unit `s`, such as `300s`"
    unit = _UNITS[found[2]]
    seconds = found[1] if unit == 1 else f"{float(found[1]) * unit:g}"
    if float(seconds) > _LONGEST:
        return f"the longest is `{_LONGEST}s`"
    return f"write `{seconds}s`"


def _bad_reference(key: Scalar, path: Path) -> Problem:
    if not key.text:
        cause = "a reference must not be empty"
    elif len(key.text) > 128:
        cause = f"the reference {quoted(key.text)} has {len(key.text)} characters"
    else:
        cause = f"{quoted(key.text)} is not a reference"
    message = f"{cause}; use 1 to 128 letters, digits, `-` or `_`"
    return Problem("invalid-reference", message, key.span, pointer(path))


def _odd_reference(key: Scalar, path: Path) -> Problem:
    message = f'this reference is {value_name(key)} to YAML; put it in quotes: "{key.text}"'
    return Problem("invalid-reference", message, key.span, pointer(path))


def _out_of_range(error: ValidationError, spot: _Spot, _renamed: _Renamed) -> Iterator[Problem]:
    bound = "at least" if error.validator == "minimum" else "at most"
    message = f"{spot.name} must be {bound} {_value(error)}"
    yield Problem("invalid-value", message, spot.node.span, pointer(spot.path))


def _conflict(error: ValidationError, spot: _Spot, renamed: _Renamed) -> Iterator[Problem]:
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


_EXPLAIN: dict[str, Callable[[ValidationError, _Spot, _Renamed], Iterator[Problem]]] = {
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
