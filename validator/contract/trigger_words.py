"""Find the trigger that is meant by a trigger of another format, or by another form of one."""

from __future__ import annotations

from validator.contract import other_formats
from validator.parsing.nodes import Mapping, Node, Scalar
from validator.tuples import NamedTuple
from validator.wording import did_you_mean, quoted

# Fields for the name in a mapping that is written for a trigger.
_NAMED = ("event", "name", "on", "trigger", "type", "when")


class TriggerWord(NamedTuple):
    """What to write instead of a trigger: `name`, None if there is no equivalent."""

    advice: str
    name: str | None = None


def of_text(text: str, triggers: list[str]) -> TriggerWord | None:
    """The trigger that a word of another format means; None for a word of no format.

    `triggers` are the valid names.
    """
    word = other_formats.folded(text)
    name = other_formats.TRIGGERS.get(word)
    if name in triggers:
        return TriggerWord(did_you_mean([name]), name)
    # Names of other enumerations, such as roles, are no triggers.
    if word in other_formats.NO_TRIGGERS and "manual" in triggers:
        return TriggerWord(f"{other_formats.NO_TRIGGERS[word]}, so remove it")
    return None


def of_mapping(node: Node, triggers: list[str]) -> TriggerWord | None:
    """The trigger that a mapping means; other formats have one where a name belongs."""
    if not isinstance(node, Mapping) or not node.members:
        return None
    named = next((name for name in _NAMED if name in node.members), None)
    value = node.members[named][1] if named is not None else None
    if isinstance(value, Scalar):
        word = value.text
    elif len(node.members) == 1:
        (word,) = node.members
    else:
        return None
    if word in triggers:
        return TriggerWord(f"write {quoted(word)}", word)
    found = of_text(word, triggers)
    if found is None or found.name is None:
        return found
    return TriggerWord(f"write {quoted(found.name)}", found.name)
