"""Scripts whose commands YAML joins to one line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from validator.editing import edits
from validator.finding import Edit, Note, Problem, Severity, Span
from validator.model.automations import Automation, Document
from validator.parsing.nodes import Mapping, Scalar
from validator.rule import Rule
from validator.wording import quoted

_COMMANDS = frozenset(
    (  # noqa: SIM905
        "apk apt apt-get bash brew bun bundle cargo cd chmod chown composer corepack cp curl deno "
        "docker docker-compose dotnet echo export flutter gem git go gradle helm java kubectl ln "
        "make mkdir mv mvn mysql nix node npm npx nvm php pip pip3 pipx pnpm poetry printf psql "
        "python python3 rails rake rm rsync ruby sed sh sleep source sudo tar terraform touch "
        "unzip uv wget yarn"
    ).split()
)
_PATH = r"\.{1,2}/\S+"
# A line that continues: with an operator, an open bracket, or a word that others follow.
_GOES_ON = r"(?:[\\|&;,({]|(?:^|\s)(?:do|then|else|sudo|exec|time|env))\s*$"
_LINE = r"[^\r\n]+"


def check(document: Document) -> Iterator[Problem]:
    # A script at an anchor is read once, however many automations use it.
    seen: set[int] = set()
    for automation in document.automations:
        for pointer, script in _scripts(automation):
            if script.kind != "string" or id(script) in seen:
                continue
            seen.add(id(script))
            joined = _joined(script, document.text)
            if joined is not None:
                yield _problem(pointer, script, *joined, document.text)


def _scripts(automation: Automation) -> Iterator[tuple[str, Scalar]]:
    command, commands = automation.node.get("command"), automation.node.get("commands")
    if isinstance(command, Scalar):
        yield f"{automation.pointer}/command", command
    for name, (_, value) in commands.members.items() if isinstance(commands, Mapping) else ():
        if isinstance(value, Scalar) and name in ("ready", "start", "stop"):
            yield f"{automation.pointer}/commands/{name}", value


def _joined(script: Scalar, text: str) -> tuple[Span, Span] | None:
    """The first two commands on separate lines that YAML reads as one line."""
    written = text[script.start : script.end]
    if written[:1] == "|" or not ("\n" in written or "\r" in written):
        return None
    folded = written[:1] == ">"
    lines = [
        Span(*each.span()) for each in re.compile(_LINE).finditer(text, script.start, script.end)
    ]
    for one, other in pairwise(lines[1:] if folded else lines):
        # An empty line between them keeps them apart, as does deeper indentation.
        apart = re.fullmatch(r"\r\n|\n|\r", text[one.end : other.start]) is None
        deeper = folded and _indentation(one, text) != _indentation(other, text)
        if not (apart or deeper) and _are_commands(text[slice(*one)], text[slice(*other)]):
            return _content(one, text), _content(other, text)
    return None


def _are_commands(line: str, next_line: str) -> bool:
    """Whether two lines are separate commands."""
    if re.search(_GOES_ON, line) or line.count("'") % 2 or line.count('"') % 2 or "#" in line:
        return False
    return _is_command(line) and _is_command(next_line)


def _is_command(line: str) -> bool:
    word = line.split(None, 1)[0]
    return word in _COMMANDS or re.fullmatch(_PATH, word) is not None


def _indentation(line: Span, text: str) -> int:
    return len(text[slice(*line)]) - len(text[slice(*line)].lstrip())


def _content(line: Span, text: str) -> Span:
    content = text[slice(*line)]
    return Span(line.end - len(content.lstrip()), line.start + len(content.rstrip()))


def _problem(pointer: str, script: Scalar, one: Span, other: Span, text: str) -> Problem:
    first, second = (quoted(text[slice(*each)]) for each in (one, other))
    folded = text[script.start] == ">"
    keep = "write `|` instead of `>` to keep the lines" if folded else "begin the script with `|`"
    message = f"YAML joins these lines, so {second} becomes a part of {first}; {keep}"
    mark = Edit(Span(script.start, script.start + 1), "|")
    fixes = edits.fixes("Write `|`", (mark,), safe=False) if folded else ()
    note = Note(one, "this command goes on in the next line")
    return Problem("script-lines-joined", message, other, pointer, (note,), fixes)


_TASK = """\
tasks:
  build:
    name: Build
    command: >
      npm ci
      npm run build
    triggeredBy: [manual]
"""

RULES = (
    Rule(
        name="script-lines-joined",
        severity=Severity.WARNING,
        summary="The commands of a script are joined into one line",
        why="After `>`, and in text without `|`, YAML joins all lines into one: the second "
        "command becomes arguments of the first. `|` keeps the lines as they are.",
        bad=_TASK,
        good=_TASK.replace(">", "|"),
        fixable=True,
        check=check,
    ),
)
