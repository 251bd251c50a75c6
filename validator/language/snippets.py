"""A whole task, a whole service: what to begin one with."""

from __future__ import annotations

from typing import NamedTuple

Lines = tuple[tuple[int, str], ...]
"""Lines, each with the number of levels that it is further in than the first."""


class Snippet(NamedTuple):
    """Something to begin with, with the placeholders of the protocol's snippets, and without."""

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
                (2, "ready: echo"),
                (1, "triggeredBy: [manual]"),
            ),
        ),
    ),
}


def of(section: str) -> tuple[Snippet, ...]:
    """What a section can be filled with, by its name; nothing for a name that is none."""
    return _ALL.get(section, ())
