"""Convert a list of tasks or services, as in the older `.gitpod.yml`, to a mapping."""

from __future__ import annotations

import re
from collections.abc import Iterator

from validator.editing.comments import keeps_end
from validator.editing.edits import REST_OF_LINE, Edits, column_of, line_break
from validator.finding import Edit, Span
from validator.parsing.nodes import Mapping, Node, Scalar, Sequence
from validator.parsing.yaml import kind_of
from validator.parsing.yaml_readers import is_doubtful

# Source: the platform's own migration of the older format.
_TRIGGER = "triggeredBy: [postDevcontainerStart]"

_TRIGGERS = ("trigger", "triggers", "triggeredBy", "triggered_by")
_LONGEST = 100
# The fields of a task or a service that have fields themselves.
_OBJECTS = ("commands", "runsOn", "runs_on")
# Fields that contain a string, also those of the older format.
_TEXTS = (
    *("before", "command", "description", "init", "name", "openIn", "openMode", "prebuild"),
    *("readinessTimeout", "readiness_timeout", "ready", "role", "run", "script", "shell"),
    *("start", "stop", *_TRIGGERS),
)


def as_mapping(
    entries: Sequence, key: Scalar, what: str, taken: set[str], text: str
) -> Edits | None:
    """Put each entry of a block list of block mappings under its own reference.

    `key` is the list's own key, `what` is `task` or `service`, and `taken` are references of other
    items. An entry without a name gets its reference as its name, and a task without triggers gets
    the trigger that tasks of the older format had.
    """
    if begin_with_references(entries):
        return _without_dashes(entries, key, taken, text)
    if any(map(_reference, entries.items)):
        # The reference of one entry would be taken for a field of another.
        return None
    parent = column_of(key.start, text)
    references = _references(entries.items, what, set(taken))
    made: list[Edit] = []
    least = entries.start
    for item, reference in zip(entries.items, references, strict=True):
        if entries.flow or not isinstance(item, Mapping) or item.flow or not item.members:
            return None
        first, last = next(iter(item.members.values()))[0], list(item.members.values())[-1]
        dash = text.rfind("-", 0, first.start)
        if dash < least or text[dash + 1 : first.start].strip(" ") or first.start != item.start:
            # An alias, or a comment before the first field.
            return None
        least = item.end
        column, inner = column_of(dash, text), column_of(first.start, text)
        shift = 0 if column > parent else 2
        end = line_break(text)
        indentation = " " * (inner + shift)
        fields = [] if item.get("name") else [f"name: {reference}"]
        after = re.compile(REST_OF_LINE).match(text, max(last[0].end, last[1].end))
        if what == "task" and not any(map(item.members.get, _TRIGGERS)):
            own = last[0].end <= last[1].start < last[1].end <= item.end and not item.merged
            # A mapping may be a misplaced item, which has to be last to be moved out.
            nested = isinstance(last[1], Mapping)
            if after is None or nested or not own or keeps_end(item, text):
                fields.append(_TRIGGER)
            else:
                line = f"{indentation}{_TRIGGER}"
                at = Span(after.end(), after.end())
                made.append(Edit(at, f"{line}{end}" if after[1] else f"{end}{line}"))
        above = "".join(f"{each}{end}{indentation}" for each in fields)
        written = f"{' ' * shift}{reference}:{end}{indentation}{above}"
        made.append(Edit(Span(dash, first.start), written))
        if shift:
            starts = re.compile(r"(?<=[\r\n])(?=[^\r\n])").finditer(text, first.start, item.end)
            made += [Edit(Span(each.start(), each.start()), " " * shift) for each in starts]
    return tuple(made)


def begin_with_references(entries: Sequence) -> bool:
    """Whether each entry of a list is an item below its reference: `- build: {name: Build}`."""
    return bool(entries.items) and all(map(_reference, entries.items))


def _reference(entry: Node) -> Scalar | None:
    """The key of an entry that has only this one, if it is not the name of a field."""
    if not isinstance(entry, Mapping) or entry.flow or len(entry.members) != 1:
        return None
    ((key, value),) = entry.members.values()
    if isinstance(value, Mapping):
        return key if value.members and key.text not in _OBJECTS else None
    is_script = isinstance(value, Scalar) and value.kind == "string" and value.text.strip()
    return key if is_script and key.text not in _TEXTS else None


def _without_dashes(entries: Sequence, key: Scalar, taken: set[str], text: str) -> Edits | None:
    """Remove the dashes of entries that have their references as keys."""
    first = text.rfind("-", 0, entries.items[0].start)
    shift = 2 if column_of(first, text) <= column_of(key.start, text) else 0
    made: list[Edit] = []
    for item in entries.items:
        reference = _reference(item)
        assert reference is not None
        dash = text.rfind("-", 0, reference.start)
        blank = dash >= entries.start and not text[dash + 1 : reference.start].strip(" ")
        if not blank or reference.start != item.start or reference.text in taken:
            # An alias, or a comment before the first field.
            return None
        taken.add(reference.text)
        made.append(Edit(Span(dash, reference.start), " " * shift))
    return tuple(made)


def _references(items: list[Node], what: str, taken: set[str]) -> Iterator[str]:
    """A reference for each item of a list: made of its name, otherwise of its number."""
    for number, item in enumerate(items, start=1):
        name = item.get("name") if isinstance(item, Mapping) else None
        words = name.text if isinstance(name, Scalar) else ""
        reference = (
            re.sub(r"[^A-Za-z0-9_]+", "-", words).strip("-")[:_LONGEST] or f"{what}-{number}"
        )
        if kind_of(reference) != "string" or is_doubtful(reference):
            reference = f"{what}-{reference}"
        if reference in taken:
            reference = f"{reference}-{number}"
        while reference in taken:
            reference += "-2"
        taken.add(reference)
        yield reference
