"""Services whose start command goes into the background."""

from __future__ import annotations

import re
from collections.abc import Iterator

from validator.finding import Problem, Severity, Span
from validator.model import Document
from validator.nodes import Mapping, Scalar
from validator.rules.rule import Rule
from validator.wording import quoted

_CONTINUED = re.compile(r"\\\r?\n")
# What joins commands on a line; a single `&` stays, being what is looked for.
_JOINTS = re.compile(r"&&|\|\||;|\|")
# `-d`, alone or among other letters (`-dit`), and the long form.
_DETACH = re.compile(r"-[it]*d[it]*|--detach(=true)?")
_BACKGROUND = re.compile(r"(?<![&>|])&$")


def check(document: Document) -> Iterator[Problem]:
    for automation in document.automations:
        commands = automation.field("commands")
        if automation.role != "service" or commands is None:
            continue
        start = commands[1].get("start") if isinstance(commands[1], Mapping) else None
        if not isinstance(start, Scalar) or start.kind != "string":
            continue
        command = _last_command(start.text)
        if _BACKGROUND.search(command) or _is_detached_container(command):
            message = (
                f"the start command of {quoted(automation.reference)} ends in the background, "
                "so the service counts as stopped; keep its last command in the foreground"
            )
            pointer = f"{automation.pointer}/commands/start"
            yield Problem("start-detaches", message, _place(document, start, command), pointer)


def _last_command(script: str) -> str:
    """The last command of a script: after it, the script ends."""
    lines = [line.strip() for line in _CONTINUED.sub(" ", script).splitlines()]
    commands = [line for line in lines if line and not line.startswith("#")]
    return _JOINTS.split(commands[-1])[-1].strip() if commands else ""


def _is_detached_container(command: str) -> bool:
    words = command.removeprefix("sudo ").split()
    if not words or words[0] not in ("docker", "podman", "docker-compose"):
        return False
    verb = next((index for index, word in enumerate(words) if word in ("run", "up")), None)
    return verb is not None and any(_DETACH.fullmatch(word) for word in words[verb:])


def _place(document: Document, start: Scalar, command: str) -> Span:
    """Where the command stands in the text; all of the value where it can't be told."""
    at = document.text.rfind(command, start.start, start.end)
    return start.span if at < 0 else Span(at, at + len(command))


def _example(command: str) -> str:
    return (
        f"services:\n  db:\n    name: Database\n    commands:\n      start: {command}\n"
        "    triggeredBy: [manual]\n"
    )


RULES = (
    Rule(
        name="start-detaches",
        severity=Severity.WARNING,
        summary="The start command of a service goes into the background",
        why="A service lives as long as its start command. One that ends with "
        "`docker compose up -d`, `docker run -d` or a trailing `&` returns at once, and the "
        "platform takes the service for stopped. Only the script's last command is judged.",
        bad=_example("docker compose up -d"),
        good=_example("docker compose up"),
        check=check,
    ),
)
