"""What to write instead of a value of the wrong type."""

from __future__ import annotations

import re

from validator import schemas
from validator.contract import trigger_words
from validator.contract.choices import choices
from validator.contract.compiler import compiled, matches
from validator.contract.formats import format_of
from validator.contract.location import Spot
from validator.contract.readiness import ready_command
from validator.contract.spelling import one_spelling
from validator.editing.list_conversion import begin_with_references
from validator.editing.script_edits import command_of, lines_of
from validator.parsing.nodes import Mapping, Node, Scalar, Sequence
from validator.parsing.yaml import kind_of
from validator.schemas import Schema
from validator.tuples import NamedTuple
from validator.wording import listed, quoted


def type_advice(node: Node, kind: str, spot: Spot) -> str:
    """What to write instead of a value of the wrong type, after a semicolon."""
    schema = spot.schemas[-1]
    if kind == "object":
        item = item_of(node, spot)
        return item.advice if item is not None else _object_advice(node, schema)
    if kind == "array":
        return _list_advice(node, schema)
    if kind == "string" and "enum" in schema.value:
        names = choices(schema.value["enum"])
        word = trigger_words.of_mapping(node, names)
        if word is not None:
            return f"; {word.advice}"
        return f"; {'write' if len(names) == 1 else 'expected'} {listed(names)}"
    if kind == "string":
        return _text_advice(node, spot)
    if kind == "boolean" and isinstance(node, Scalar):
        truth = TRUTH.get(node.text.lower())
        if truth is None:
            return "; write `true` or `false`"
        return f"; write {quoted(truth)}{'' if node.plain else ' without quotes'}"
    return ""


def _text_advice(node: Node, spot: Spot) -> str:
    """What to write instead of a value that has to be a string."""
    schema = spot.schemas[-1].value
    field = str(spot.path[-1]) if spot.path else ""
    if field == "ready":
        asked = ready_command(node)
        if asked is not None:
            return f"; it is a command: write {quoted(asked)}"
    if field in SCRIPTS:
        advice = script_advice(field, node)
        if advice is not None:
            return f"; {advice}"
    if not isinstance(node, Scalar):
        example = schema.get("examples", [""])[0]
        return f"; write it like {quoted(example)}" if example else ""
    if "pattern" in schema:
        form = format_of(schema)
        if form.mend(node.text) is not None or not matches(schema["pattern"], node.text):
            return f"; {form.advice(node.text)}"
    shown = len(node.text) <= _MAX_WRITTEN
    return f'; put it in quotes: "{node.text}"' if shown else "; put it in quotes"


SCRIPTS = ("command", "start", "stop")
"""The fields that contain a script, which authors also write as a list."""

_MAX_WRITTEN = 40
# A string that can be put in brackets unchanged.
_LIST = r"[\w-]+(, *[\w-]+)*"
# A key whose colon is not followed by a space is plain text.
_NO_BLANK = r"[a-zA-Z_-]+:(?=[^\s/:])"
# A string that needs no quotes in a list.
_ENTRY = r"[\w.-]+(=[\w./-]*)?"
TRUTH = {
    **dict.fromkeys(("true", "yes", "y", "on", "1"), "true"),
    **dict.fromkeys(("false", "no", "n", "off", "0"), "false"),
}


def script_advice(field: str, value: Node) -> str | None:
    """What to write instead of commands that are not one script; None if there are none."""
    lines = lines_of(value)
    if lines is not None and len(lines) == 1:
        return f"write {quoted(f'{field}: {_written(lines[0])}')}"
    if lines is not None:
        return f"write {quoted(field)} with these commands as its lines"
    found = command_of(value)
    if found is None:
        return None
    if found.lost:
        lost = listed(list(found.lost), "and")
        return f"write the text of {quoted(found.key.text)} as {quoted(field)}; {lost} has no place"
    if "\n" in found.script.text.rstrip("\n"):
        return f"write the text of {quoted(found.key.text)} as {quoted(field)}"
    return f"write {quoted(f'{field}: {_written(found.script.text.rstrip())}')}"


def _written(line: str) -> str:
    """A line of a script as YAML: in quotes if it needs them."""
    import json

    plain = re.match(r"[\w./$~(]", line) and ": " not in line and " #" not in line
    return line if plain and line[-1:] != ":" else json.dumps(line, ensure_ascii=False)


def _list_advice(node: Node, schema: Schema) -> str:
    if isinstance(node, Scalar) and node.kind == "string" and re.fullmatch(_LIST, node.text):
        import json

        # JSON and TOML have no strings without quotes.
        entries = node.text if node.plain else json.dumps(re.split(", *", node.text))[1:-1]
        return f"; write {quoted(f'[{entries}]')}"
    names = listed_names(node, schema)
    if names:
        return f"; write {in_brackets(names)}"
    item = schemas.child(schema, 0)
    example = item.value.get("examples", [""])[0] if item is not None else ""
    return f"; write a list, such as {quoted(f'[{example}]')}" if isinstance(example, str) else ""


def listed_names(node: Node, schema: Schema) -> list[str]:
    """The entries of the list that a mapping was meant to be; none if it was not."""
    item = schemas.child(schema, 0)
    if not isinstance(node, Mapping) or item is None:
        return []
    names = [_entry(key, value) for key, value in node.members.values() if not _is_false(value)]
    fits = compiled(item)
    if not all(
        re.fullmatch(_ENTRY, name) and fits(Scalar("string", 0, 0, name, plain=True))
        for name in names
    ):
        return []
    return names


def _entry(key: Scalar, value: Node) -> str:
    """A key and its value as one word: its name, or `NAME=value`."""
    if isinstance(value, Scalar) and value.kind not in ("boolean", "null"):
        return f"{key.text}={value.text}"
    return key.text


def in_brackets(names: list[str]) -> str:
    """Names as a list in brackets, for messages."""
    return quoted(f"[{', '.join(names)}]")


def _is_false(value: Node) -> bool:
    if not isinstance(value, Scalar) or value.kind != "boolean":
        return False
    return TRUTH[value.text.lower()] == "false"


class Item(NamedTuple):
    """A task or a service given only as a command."""

    what: str
    name: str
    fields: list[str]

    @property
    def advice(self) -> str:
        written = "".join(f"{{{field}: " for field in self.fields)[1:]
        closing = "}" * len(self.fields)
        return f"; write {quoted(f'{{name: {self.name}, {written}…{closing}')}"


def item_of(node: Node, spot: Spot) -> Item | None:
    """The task or service that a command was meant to be in the place of an item, or None."""
    if not spot.is_item or spot.key is None or not isinstance(node, Scalar):
        return None
    if node.kind != "string" or not node.text.strip() or spot.key.kind != "string":
        return None
    if node.plain and re.match(_NO_BLANK, node.text):
        return None
    fields = schemas.fields(spot.schemas[-1])
    name = re.sub(r"[-_]+", " ", spot.key.text).strip()
    if not name or not name[0].isalpha() or kind_of(name) != "string":
        return None
    path = ["command"] if "command" in fields else ["commands", "start"]
    return Item(spot.schemas[-1].value["title"].lower(), name[0].upper() + name[1:], path)


def inner_field(node: Node, schema: Schema) -> str | None:
    """The one field of an object that a string was meant to be; None if it was not."""
    if not isinstance(node, Scalar) or node.kind != "string" or "propertyNames" in schema.value:
        return None
    if node.plain and re.match(_NO_BLANK, node.text):
        return None
    fields = schemas.fields(schema)
    names = schema.value.get("required") or one_spelling(fields, ())
    inner = schemas.child(schema, names[0]) if len(names) == 1 else None
    fits = inner is not None and "string" in inner.value.get("type", ()) and compiled(inner)(node)
    return names[0] if fits else None


def _required(schema: Schema) -> str:
    """The required fields of an object, with an example for each."""
    fields = schemas.fields(schema)
    names = schema.value.get("required", ())
    return ", ".join(f"{name}: {fields[name]['examples'][0]}" for name in names)


def _object_advice(node: Node, schema: Schema) -> str:
    if "propertyNames" in schema.value:
        older = isinstance(node, Sequence) and any(
            isinstance(item, Mapping) and {"init", "before", "command"} & item.members.keys()
            for item in node.items
        )
        form = " (a list is the older `.gitpod.yml` form)" if older else ""
        if isinstance(node, Sequence) and begin_with_references(node):
            return "; remove the dashes, since each entry begins with its reference"
        return f"{form}; give each entry a reference of its own as its key"
    known = schemas.fields(schema)
    if isinstance(node, Scalar) and node.text in known:
        inner = schemas.child(schema, node.text)
        if inner is not None and "boolean" in inner.value.get("type", ()):
            import json

            # The file format's form of a trigger.
            return f"; write `{{{json.dumps(node.text)}: true}}`"
        if inner is not None and "object" in inner.value.get("type", ()):
            return f"; write {quoted(f'{node.text}: {{{_required(inner)}}}')} below it"
    fields = one_spelling(known, ())
    needed = schema.value.get("required", fields)
    unspaced = re.match(_NO_BLANK, node.text) if isinstance(node, Scalar) and node.plain else None
    if unspaced is not None:
        return f"; add a space after {quoted(unspaced[0])}"
    return f"; give it {listed(needed, 'and' if needed != fields else 'or')}" if fields else ""
