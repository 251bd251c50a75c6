"""Snippets for a new task and a new service."""

from __future__ import annotations

from typing import NamedTuple

Lines = tuple[tuple[int, str], ...]
"""Lines, each with the number of levels that it is indented by."""


class Snippet(NamedTuple):
    """A template, with the placeholders of the protocol's snippets, and without."""

    label: str
    detail: str
    description: str
    snippet: Lines
    plain: Lines


_TRIGGERS = "manual,postDevcontainerStart,postEnvironmentStart,prebuild"

_ALL = {
    "tasks": (
        Snippet(
            "new task",
            "Task",
            "A task: a command that runs to its end.",
            (
                (0, "${1:reference}:"),
                (1, "name: ${2:Name}"),
                (1, "command: ${3:command}"),
                (1, f"triggeredBy: [${{4|{_TRIGGERS},beforeSnapshot|}}]$0"),
            ),
            (
                (0, "new-task:"),
                (1, "name: New task"),
                (1, "command: echo"),
                (1, "triggeredBy: [manual]"),
            ),
        ),
    ),
    "services": (
        Snippet(
            "new service",
            "Service",
            "A service: a process that keeps running, and a command that reports when it is ready.",
            (
                (0, "${1:reference}:"),
                (1, "name: ${2:Name}"),
                (1, "commands:"),
                (2, "start: ${3:command}"),
                (2, "ready: ${4:command}"),
                (1, f"triggeredBy: [${{5|{_TRIGGERS}|}}]$0"),
            ),
            (
                (0, "new-service:"),
                (1, "name: New service"),
                (1, "commands:"),
                (2, "start: sleep infinity"),
                (2, "ready: curl -sf localhost:3000"),
                (1, "triggeredBy: [manual]"),
            ),
        ),
    ),
}


def of(section: str) -> tuple[Snippet, ...]:
    """The snippets for a section, by its name; none if the name is unknown."""
    return _ALL.get(section, ())
