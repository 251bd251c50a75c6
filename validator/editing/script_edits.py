"""Text edits that make one script of something else, such as a list of commands.

As in `validator.editing.edits`, the result is None if a comment or an anchor would be lost.
"""

from __future__ import annotations

import re

from validator.editing.edits import Edits, column_of, line_break
from validator.finding import Edit, Span
from validator.parsing.nodes import Mapping, Node, Scalar, Sequence
from validator.tuples import NamedTuple

# Fields for the command in a mapping that is written instead of a script.
_COMMANDS = ("start", "command", "run", "cmd", "script")

_SHELLS = ("bash", "sh", "zsh")
# A word that a shell does not change.
_WORD = r"[\w./:=@%+,-]+"


class Command(NamedTuple):
    """A script inside a mapping that is written instead of one, and its key.

    `lost` are the mapping's other fields, which have no place in a script.
    """

    key: Scalar
    script: Scalar
    lost: tuple[str, ...]


def command_of(value: Node) -> Command | None:
    """The one command that a mapping contains; None if there is not exactly one."""
    if not isinstance(value, Mapping):
        return None
    found = [name for name in _COMMANDS if name in value.members]
    if len(found) != 1:
        return None
    key, script = value.members[found[0]]
    if not isinstance(script, Scalar) or script.kind != "string" or not script.text.strip():
        return None
    return Command(key, script, tuple(name for name in value.members if name != found[0]))


def take_over(key: Scalar, value: Mapping, name: str, text: str) -> Edits | None:
    """Make the one script in a mapping, as it is written, the value of a field `name`.

    `key` is the mapping's own key, which gets the new name.
    """
    found = command_of(value)
    if found is None or found.lost or value.anchored:
        return None
    inner, script = found.key, found.script
    if not key.end <= value.start <= inner.start < inner.end <= script.start < value.end:
        # One of them is an alias: its value is elsewhere.
        return None
    end = script.end
    before = text[key.end : inner.start]
    if "#" in before or text[end : value.end].strip("}, \t\r\n") or "&" in before:
        return None
    written = f'"{name}"' if text[key.start] == '"' else name
    made = [Edit(Span(key.start, inner.end), written)]
    if text[end : value.end].strip():
        made.append(Edit(Span(end, value.end), ""))
    moved = column_of(inner.start, text) - column_of(key.start, text)
    if moved > 0 and not value.flow:
        indented = re.compile(rf"(?<=[\r\n])[ ]{{1,{moved}}}").finditer(text, inner.end, end)
        made += [Edit(Span(*each.span()), "") for each in indented]
    return tuple(made)


def lines_of(value: Node) -> list[str] | None:
    """The lines of the script for a list of commands, their names as comments."""
    if not isinstance(value, Sequence) or not value.items:
        return None
    words = [item.text for item in value.items if isinstance(item, Scalar)]
    if _is_one_command(words, value):
        # With a word per line, each may be a command, or all of them one command.
        sure = len(words) == len(value.items) and (value.flow or any(w[:1] == "-" for w in words))
        command = one_command(words) if sure else None
        return None if command is None else [command]
    lines: list[str] = []
    for item in value.items:
        found = command_of(item)
        if isinstance(item, Scalar) and item.kind == "string":
            script: Scalar = item
        elif isinstance(item, Mapping) and found is not None and {*found.lost} <= {"name"}:
            script = found.script
            name = item.get("name")
            if isinstance(name, Scalar) and "\n" not in name.text:
                lines.append(f"# {name.text}")
        else:
            return None
        own = script.text.rstrip("\n").split("\n")
        # A block scalar can't begin with these lines, or would not keep them.
        if not own[0] or any(line[:1].isspace() or line != line.rstrip() for line in own[:1]):
            return None
        lines += own
    return lines if all(line.isprintable() or "\t" in line for line in lines) else None


def one_command(words: list[str]) -> str | None:
    """The command for its words, or the script that they pass to a shell."""
    if len(words) == 3 and words[0].rpartition("/")[2] in _SHELLS and words[1] in ("-c", "-lc"):
        return words[2] if words[2].strip() and words[2].isprintable() else None
    plain = words if len(words) > 1 else words[:1] and words[0].split()
    if not plain or not all(re.fullmatch(_WORD, word) for word in plain):
        return None
    return " ".join(plain)


def _is_one_command(words: list[str], value: Sequence) -> bool:
    """Whether the entries are the words of one command, as in containers: `[sh, -c, "npm ci"]`."""
    if len(words) < 2:
        return False
    single = [len(word.split()) == 1 for word in words]
    return all(single) or (value.flow and single[0]) or any(word[:1] == "-" for word in words)


def _inside(value: Sequence) -> list[Node]:
    """The entries of a list, and the values in those that are mappings."""
    inner = [item.members.values() for item in value.items if isinstance(item, Mapping)]
    return [*value.items, *(node for members in inner for _, node in members)]


def as_block(key: Scalar, value: Sequence, name: str, text: str) -> Edits | None:
    """Make a list of commands one script, a block, as the value of a field `name`."""
    lines = lines_of(value)
    anchored = any(node.anchored for node in [value, *_inside(value)])
    if lines is None or anchored or not key.end < value.start < value.end:
        return None
    written = text[key.end : value.end].rstrip()
    end = key.end + len(written)
    start = max(text.rfind("\n", 0, key.start), text.rfind("\r", 0, key.start)) + 1
    rest = re.compile(r"[ \t]*(?=[\r\n]|$)").match(text, end)
    if rest is None or not key.plain or text[start : key.start].strip(" ") or "#" in written:
        return None
    line_end = line_break(text)
    indentation = " " * (column_of(key.start, text) + 2)
    block = line_end.join([f"{name}: |", *(line and indentation + line for line in lines)])
    return (Edit(Span(key.start, end), block),)
