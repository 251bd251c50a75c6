"""What the explanation of an error depends on in the other errors of a document."""

from __future__ import annotations

from validator.contract.choices import choices
from validator.contract.location import Spot, fields_below_items
from validator.contract.schema_errors import Error
from validator.contract.spelling import camel_case
from validator.contract.suggestion import InPlace, MoveInto, MoveOut, MoveUp, Suggestion, Unwrap
from validator.likeness import Likeness, Vocabulary
from validator.parsing.nodes import Mapping, Node, Path, Scalar


class OtherErrors:
    """What the explanation of an error depends on in the other errors.

    Records which fields unknown fields were meant to be: these are not missing as well. `paths` are
    those of fields whose value has another name, and so is not seen. `left` are the objects, by
    `id`, out of which something is to be moved. `explained` are the paths covered by a problem of
    the whole document; `is_file` says whether it is an automations file.
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
        """The fields that an unknown one may mean; none if there are very many unknown ones."""
        key = tuple(fields)
        if key not in self._fields:
            self._fields[key] = Vocabulary(fields, unknown)
        return self._fields[key].nearest(name)

    def nearest(self, error: Error) -> Likeness:
        """The names of an enumeration that may be meant; none after very many such errors."""
        if error.schema not in self._vocabularies:
            wanted = (each.instance for each in self._errors if each.schema == error.schema)
            self._vocabularies[error.schema] = Vocabulary(choices(error.value), wanted)
        return self._vocabularies[error.schema].nearest(error.instance)

    def add(self, suggestion: Suggestion, spot: Spot) -> None:
        assert isinstance(spot.node, Mapping)
        if isinstance(suggestion, MoveOut):
            self.left.add(id(spot.node))
        if isinstance(suggestion, Unwrap):
            self._found(spot.node, *suggestion.fields)
        if not isinstance(suggestion, InPlace | MoveInto | MoveUp):
            return
        target: Node | None = spot.node
        if isinstance(suggestion, MoveInto):
            target = spot.node.get(suggestion.into)
            # What it is moved into is there then.
            self._found(spot.node, suggestion.into)
        elif isinstance(suggestion, MoveUp):
            target = spot.holder
        self._found(target, suggestion.field)
        self.paths.add((*spot.path, suggestion.field))

    def _found(self, holder: Node | None, *fields: str) -> None:
        self.fields.update((id(holder), camel_case(field)) for field in fields)

    def fields_below(self, spot: Spot) -> list[tuple[Scalar, Node]]:
        """The fields of an empty item that follow its key but are not indented."""
        if not spot.is_item or spot.key is None or not isinstance(spot.holder, Mapping):
            return []
        holder = id(spot.holder)
        if holder not in self._below:
            self._below[holder] = fields_below_items(spot.holder, spot.schemas[-1])
        return self._below[holder].get(id(spot.key), [])

    def covers(self, holder: Node, name: str) -> bool:
        return (id(holder), camel_case(name)) in self.fields
