"""Fields of a task or a service as lines of YAML, which are read back as the values they had."""

from __future__ import annotations

import re
from collections.abc import Iterable

import yaml

from validator.parsing.yaml_readers import is_doubtful

try:
    from yaml import CSafeLoader as SafeLoader
except ImportError:
    # Without libyaml, as in a browser.
    from validator.parsing.pure_yaml import PureSafeLoader as SafeLoader  # type: ignore[assignment]

STEP = "  "
"""By how much each level is indented."""


def string_lines(name: str, value: str, indentation: str) -> list[str]:
    """The line of a field that is a string, in quotes only if it needs them."""
    return [f"{indentation}{name}: {value if _is_plain(value) else _double_quoted(value)}"]


def list_lines(name: str, entries: Iterable[str], indentation: str) -> list[str]:
    """The lines of a field that is a list of names; none if it is empty."""
    lines = [f"{indentation}{STEP}- {each}" for each in entries]
    return [f"{indentation}{name}:", *lines] if lines else []


def script_lines(name: str, script: str, indentation: str) -> list[str]:
    """The lines of a field that is a script: as one line, as a block, or in quotes."""
    stripped = script.rstrip("\n")
    if "\n" not in stripped and _is_plain(stripped):
        return [f"{indentation}{name}: {stripped}"]
    # An indentation that the first line begins with would be taken for that of the block.
    header = "|2" if stripped[:1] in (" ", "\n", "\t") else "|"
    lines = [f"{indentation}{name}: {header}"]
    lines += [f"{indentation}{STEP}{line}" if line else "" for line in stripped.split("\n")]
    if reads(lines, indentation) == {name: stripped + "\n"}:
        return lines
    return [f"{indentation}{name}: {_double_quoted(script)}"]


def reads(lines: Iterable[str], indentation: str) -> object:
    """What YAML reads of the lines of a field, None if it can't read them."""
    without = (line[len(indentation) :] if line.strip() else line for line in lines)
    try:
        return yaml.load("\n".join(without) + "\n", Loader=SafeLoader)  # noqa: S506
    except yaml.YAMLError:
        return None


def _is_plain(value: str) -> bool:
    """Whether a value needs no quotes."""
    if not value or value != value.strip() or "\n" in value or is_doubtful(value):
        return False
    if re.match(r"[-?:,\[\]{}#&*!|>'\"%@`]", value) or re.search(r":(?:\s|$)|\s#", value):
        return False
    return reads([f"x: {value}"], "") == {"x": value}


def _double_quoted(value: str) -> str:
    written: str = yaml.dump(
        value, default_style='"', width=float("inf"), allow_unicode=True, Dumper=yaml.SafeDumper
    )
    return written.rstrip("\n")
