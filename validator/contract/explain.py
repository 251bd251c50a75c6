"""Why the contract refuses a document: what jsonschema finds, in our own words and places."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial

from validator import schemas
from validator.contract import corrections, jsonschema_errors, keys, trigger_words
from validator.contract.compiler import matches
from validator.contract.formats import format_of
from validator.contract.jsonschema_errors import Error
from validator.contract.location import (
    Spot,
    fields_below_items,
    find,
    kind_name,
    opening,
    value_name,
)
from validator.contract.other_document import recognise, unlike
from validator.contract.spelling import camel_case, one_spelling
from validator.contract.suggestion import InPlace, MoveInto, MoveOut, MoveUp, Suggestion, Unlike
from validator.contract.type_advice import choices, type_advice
from validator.contract.unknown_fields import suggest
from validator.finding import Note, Problem
from validator.kinds import DEFAULT_KIND
from validator.likeness import Likeness, Vocabulary
from validator.parsing.nodes import Mapping, Node, Path, Scalar, Sequence, pointer
from validator.wording import did_you_mean, listed, quoted, with_article


def explain(text: str, root: Node, kind: str) -> tuple[tuple[Problem, ...], frozenset[Path]]:
    """The problems of a document that its schema refuses, and the paths of what is refused.

    `text` is what the nodes' places are in, empty where there is none: then there are no fixes.
    """
    errors, odd_keys = jsonschema_errors.errors(root, kind)
    is_file = kind == DEFAULT_KIND
    other = recognise(root, text) if is_file and isinstance(root, Mapping) else None
    if other is not None and other.whole:
        return (other.problem,), frozenset({(), *(error.path for error in errors)})
    errors.sort(key=lambda error: _order(root, error.path))
    errors.sort(key=lambda error: error.keyword == "required")
    wrong_types = {error.path for error in errors if error.keyword == "type"}
    problems: list[Problem] = [] if other is None else [other.problem]
    refused: set[Path] = set()
    others = _Others(errors, is_file, frozenset() if other is None else other.explained)
    explained: dict[tuple[int, str, int, str], slice] = {}
    repeated: Counter[tuple[int, str, int, str]] = Counter()
    for error in errors:
        refused.add(error.path)
        if (
            error.path in wrong_types and error.keyword != "type"
        ) or error.path in others.explained:
            continue
        spot = find(root, kind, error.path, text)
        # What is wrong with an anchored value is wrong once, however many aliases it has.
        identity = (id(spot.node), error.keyword, error.schema, error.instance)
        if identity in explained:
            repeated[identity] += 1
            continue
        before = len(problems)
        problems += _EXPLAIN[error.keyword](error, spot, others)
        explained[identity] = slice(before, len(problems))
    for identity, more in repeated.items():
        here = explained[identity]
        problems[here] = [each._replace(times=1 + more) for each in problems[here]]
    places = {problem.span for problem in problems}
    for path, key in odd_keys:
        spot = find(root, kind, path[:-1], text)
        if len(spot.schemas) < len(path) or path[:-1] in wrong_types:
            # Inside an unknown field, or a value of the wrong type.
            continue
        refused.add(path)
        if key.span not in places:
            places.add(key.span)
            problems.append(keys.odd_key(key, path, spot))
    return tuple(problems), frozenset(refused | others.paths)


class _Others:
    """What the explanation of an error has to know of the other errors.

    Which fields unknown fields were meant to be: they are not missing as well. `paths` are those of
    fields whose value stands under another name, and so is not seen. `left` are the objects, by
    their `id`, from which something is to be moved out. `explained` are the paths of
    what the document as a whole has been refused for; `is_file` tells whether it is a file.
    """

    def __init__(self, errors: list[Error], is_file: bool, explained: frozenset[Path]) -> None:
        self.is_file = is_file
        self.explained = set(explained)
        self.fields: set[tuple[int, str]] = set()
        self.paths: set[Path] = set()
        self.left: set[int] = set()
        self._errors = errors
        self._vocabularies: dict[int, Vocabulary] = {}
        self._fields: dict[tuple[str, ...], Vocabulary] = {}
        self._below: dict[int, dict[int, list[tuple[Scalar, Node]]]] = {}

    def nearest_field(self, unknown: list[str], name: str, fields: list[str]) -> Likeness:
        """The fields that one of some unknown ones means; none if there are very many of these."""
        key = tuple(fields)
        if key not in self._fields:
            self._fields[key] = Vocabulary(fields, unknown)
        return self._fields[key].nearest(name)

    def nearest(self, error: Error) -> Likeness:
        """The names of an enumeration that were meant; none if there are very many such errors."""
        if error.schema not in self._vocabularies:
            wanted = (each.instance for each in self._errors if each.schema == error.schema)
            self._vocabularies[error.schema] = Vocabulary(choices(error.value), wanted)
        return self._vocabularies[error.schema].nearest(error.instance)

    def add(self, suggestion: Suggestion, spot: Spot) -> None:
        assert isinstance(spot.node, Mapping)
        if isinstance(suggestion, MoveOut):
            self.left.add(id(spot.node))
        if not isinstance(suggestion, InPlace | MoveInto | MoveUp):
            return
        target: Node | None = spot.node
        if isinstance(suggestion, MoveInto):
            target = spot.node.get(suggestion.into)
        elif isinstance(suggestion, MoveUp):
            target = spot.holder
        self.fields.add((id(target), camel_case(suggestion.field)))
        self.paths.add((*spot.path, suggestion.field))

    def fields_below(self, spot: Spot) -> list[tuple[Scalar, Node]]:
        """The fields of an empty item that stand below its key, but are not indented."""
        if not spot.is_item or spot.key is None or not isinstance(spot.holder, Mapping):
            return []
        holder = id(spot.holder)
        if holder not in self._below:
            self._below[holder] = fields_below_items(spot.holder, spot.schemas[-1])
        return self._below[holder].get(id(spot.key), [])

    def covers(self, holder: Node, name: str) -> bool:
        return (id(holder), camel_case(name)) in self.fields


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


def _wrong_type(error: Error, spot: Spot, others: _Others) -> Iterator[Problem]:
    node = spot.node
    expected = error.value
    kinds = [expected] if isinstance(expected, str) else [k for k in expected if k != "null"]
    at = pointer(spot.path)
    if node.kind == "null":
        below = others.fields_below(spot)
        others.explained |= {(*spot.path[:-1], key.text) for key, _ in below}
        fixes = corrections.indented(below, spot)
        names = [key.text for key, _ in below]
        advice = f"indent {listed(names, 'and')} below it" if below else _filling(spot)
        message = f"{spot.name} is empty; {advice}"
        yield Problem("empty-value", message, node.span, at, fixes=fixes)
        return
    # A 64-bit number may be text, but only for the sake of readers that can't keep it.
    wanted = kind_name("integer" if "integer" in kinds else kinds[0])
    advice = type_advice(node, kinds[0], spot)
    message = f"{spot.name} must be {wanted}, not {value_name(node)}{advice}"
    fixes = corrections.wrong_type(kinds[0], spot)
    yield Problem("wrong-type", message, opening(node), at, fixes=fixes)


def _filling(spot: Spot) -> str:
    required = spot.schemas[-1].value.get("required")
    if not spot.path:
        fields = one_spelling(schemas.fields(spot.schemas[-1]), ())
        return f"give it {listed(required, 'and') if required else listed(fields)}"
    if isinstance(spot.path[-1], int):
        return "remove it, or give it a value"
    if required and spot.is_item:
        return f"give it {listed(required, 'and')}, or remove it"
    return "give it a value"


def _missing(error: Error, spot: Spot, others: _Others) -> Iterator[Problem]:
    assert isinstance(spot.node, Mapping)
    for name in error.value:
        if name not in spot.node.members and not others.covers(spot.node, name):
            (shown,) = one_spelling(_spellings(name, spot), spot.node.members)
            message = f"{spot.name} has no {quoted(shown)}; it is required"
            if name == "command" and corrections.collected_by(spot.node) is not None:
                message += '; write `command: "true"` for a task that only collects others'
            # Its first line may be one that is moved away.
            moved = id(spot.node) in others.left
            fixes = () if moved else corrections.missing_field(name, spot)
            at = pointer(spot.path)
            yield Problem("missing-field", message, spot.head, at, fixes=fixes, subject=name)


def _spellings(name: str, spot: Spot) -> list[str]:
    """The spellings that a field has."""
    fields = schemas.fields(spot.schemas[-1])
    return [each for each in fields if camel_case(each) == name]


def _unknown(_error: Error, spot: Spot, others: _Others) -> Iterator[Problem]:
    assert isinstance(spot.node, Mapping)
    valid = schemas.fields(spot.schemas[-1])
    present = valid.keys() & spot.node.members.keys()
    unknown = [
        name
        for name in spot.node.members
        if name not in valid and (*spot.path, name) not in others.explained
    ]
    nearest = partial(others.nearest_field, unknown)
    made = []
    for name in unknown:
        value = spot.node.members[name][1]
        suggestion = suggest(name, present, spot.schemas, value, nearest)
        others.add(suggestion, spot)
        if isinstance(suggestion, InPlace):
            present.add(suggestion.field)
        made.append((name, suggestion))
    nothing = all(isinstance(each, Unlike) for _, each in made)
    if nothing and len(made) > 1 and not spot.path and not present and others.is_file:
        yield unlike(spot.node)
        return
    renamed = {each.field for _, each in made if isinstance(each, InPlace)}
    for name, suggestion in made:
        message = f"{quoted(name)} is not a field of {spot.type_name}; {suggestion.advice}"
        fixes = corrections.unknown_field(name, suggestion, spot)
        if isinstance(suggestion, MoveInto) and suggestion.into in renamed:
            # It is there under another name: to make it would make it twice.
            fixes = ()
        key, at = spot.node.members[name][0], pointer((*spot.path, name))
        yield Problem("unknown-field", message, key.span, at, fixes=fixes)


def _invalid_value(error: Error, spot: Spot, others: _Others) -> Iterator[Problem]:
    assert isinstance(spot.node, Scalar)
    text = spot.node.text
    names = choices(error.value)
    at = pointer(spot.path)
    if not text.strip():
        message = f"{spot.name} is empty; remove it, or write {listed(names)}"
        yield Problem("empty-value", message, spot.node.span, at)
        return
    suffix = _suffix_of(text, names)
    near = Likeness((suffix,)) if suffix else others.nearest(error)
    advice = did_you_mean(near.names) if near.names else f"expected {listed(names)}"
    word = None if near.slip else trigger_words.of_text(text, names)
    if word is not None:
        near, advice = Likeness((word.name,) if word.name else ()), word.advice
    title = spot.schemas[-1].value["title"].lower()
    message = f"{quoted(text)} is not {with_article(title)}; {advice}"
    fixes = corrections.replacements(spot.node, near, spot.text)
    yield Problem("invalid-value", message, spot.node.span, at, fixes=fixes)


def _suffix_of(text: str, names: list[str]) -> str | None:
    """The name that a text is the end of: `running` of `TASK_EXECUTION_PHASE_RUNNING`."""
    suffix = "_" + text.strip().upper().replace("-", "_").replace(" ", "_")
    return next((name for name in names if name.endswith(suffix)), None)


def _too_short(error: Error, spot: Spot, others: _Others) -> Iterator[Problem]:
    if isinstance(spot.node, Mapping):
        yield _key(error, spot, others)
    elif error.instance:
        yield _bad_length(spot)
    else:
        message = f"{spot.name} is empty; {_filling(spot)}"
        yield Problem("empty-value", message, spot.node.span, pointer(spot.path))


def _too_long(error: Error, spot: Spot, others: _Others) -> Iterator[Problem]:
    yield _key(error, spot, others) if isinstance(spot.node, Mapping) else _bad_length(spot)


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


def _too_few(_error: Error, spot: Spot, _others: _Others) -> Iterator[Problem]:
    message = f"{spot.name} is empty; {_filling(spot)}"
    yield Problem("empty-value", message, spot.node.span, pointer(spot.path))


def _key(error: Error, spot: Spot, others: _Others) -> Problem:
    assert isinstance(spot.node, Mapping)
    key = spot.node.members[error.instance][0]
    others.paths.add((*spot.path, key.text))
    return keys.bad_key(key, spot)


def _mismatch(error: Error, spot: Spot, others: _Others) -> Iterator[Problem]:
    if isinstance(spot.node, Mapping):
        yield _key(error, spot, others)
        return
    assert isinstance(spot.node, Scalar)
    text = spot.node.text.strip()
    form = format_of(spot.schemas[-1].value["title"])
    rule = form.rule if text else "empty-value"
    cause = f"{quoted(text)} is not {with_article(form.name)}" if text else f"{spot.name} is empty"
    if matches(error.value, text):
        cause = f"{spot.name} has blanks around it"
    message = f"{cause}; {form.advice(text)}"
    fixes = corrections.well_formed(spot)
    yield Problem(rule, message, spot.node.span, pointer(spot.path), fixes=fixes)


def _out_of_range(error: Error, spot: Spot, _others: _Others) -> Iterator[Problem]:
    bound = "at least" if error.keyword == "minimum" else "at most"
    message = f"{spot.name} must be {bound} {error.value}"
    yield Problem("invalid-value", message, spot.node.span, pointer(spot.path))


def _conflict(error: Error, spot: Spot, others: _Others) -> Iterator[Problem]:
    assert isinstance(spot.node, Mapping)
    names = list(error.value["required"])
    if error.dependency is not None:
        names.append(error.dependency)
    keys = [spot.node.members[name][0] for name in names]
    if error.dependency is not None:
        where = "the file format's spelling is here"
        others.paths.update((*spot.path, name) for name in names)
        advice = f"keep only {quoted(names[0])}"
        if not schemas.fields(spot.schemas[-1])[names[1]].get("deprecated"):
            keys.sort(key=lambda key: key.start)
            where, advice = "the other one is here", "keep one of them"
        message = f"{listed(names, 'and')} are one field in two spellings; {advice}"
    else:
        keys.sort(key=lambda key: key.start)
        where = "the first of the two is here"
        message = f"{spot.name} takes only one of {listed(names, 'and')}; remove one"
    note = Note(keys[0].span, where)
    yield Problem(
        "conflicting-fields", message, keys[1].span, pointer((*spot.path, keys[1].text)), (note,)
    )


_EXPLAIN: dict[str, Callable[[Error, Spot, _Others], Iterator[Problem]]] = {
    "additionalProperties": _unknown,
    "enum": _invalid_value,
    "maximum": _out_of_range,
    "maxLength": _too_long,
    "minLength": _too_short,
    "minProperties": _too_few,
    "minimum": _out_of_range,
    "not": _conflict,
    "pattern": _mismatch,
    "required": _missing,
    "type": _wrong_type,
}
