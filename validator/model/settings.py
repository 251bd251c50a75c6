"""How a task or a service runs, as values that can be compared."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Literal, TypeAlias

from validator.model.automations import Automation
from validator.parsing.nodes import Mapping, Node, Scalar, Sequence

Setting: TypeAlias = Literal["environment", "command", "start", "ready", "stop", "readinessTimeout"]
"""The fields that say how something runs, other than its place: those that may be secret too."""


Place: TypeAlias = Literal["devcontainer", "machine", "docker"]
"""Where something runs: `docker` is a container of its own."""


def place(automation: Automation) -> tuple[Place, str | None]:
    """Where an automation runs, and the image if that is a container of its own."""
    if automation.runs_on_machine:
        return "machine", None
    if automation.runs_in_dev_container:
        return "devcontainer", None
    return "docker", _text(_docker(automation).get("image"))


def settings(automation: Automation) -> dict[Setting, str | Decimal | tuple[str, ...]]:
    """The values of the fields that an automation has and that change what runs."""
    found: dict[Setting, str | Decimal | tuple[str, ...]] = {}
    variables = _docker(automation).get("environment")
    if isinstance(variables, Sequence) and variables.items:
        found["environment"] = tuple(_text(each) or "" for each in variables.items)
    command = automation.field("command")
    if automation.role == "task" and command is not None:
        found["command"] = _script(_text(command[1]) or "")
    if automation.role == "service":
        found |= {name: _script(text) for name, text in automation.commands.items()}
    timeout = automation.field("readinessTimeout")
    if timeout is not None:
        found["readinessTimeout"] = _seconds(_text(timeout[1]) or "")
    return found


def _docker(automation: Automation) -> Mapping:
    runs_on = automation.field("runsOn")
    if runs_on is not None and isinstance(runs_on[1], Mapping):
        docker = runs_on[1].get("docker")
        if isinstance(docker, Mapping):
            return docker
    return Mapping(0, flow=False)


def _script(text: str) -> str:
    """A command; how its block is written decides on line feeds at its end, which do nothing."""
    return text.rstrip("\n")


def _seconds(duration: str) -> str | Decimal:
    """A duration such as `1.50s` as a number; the text itself if it is none."""
    is_duration = re.fullmatch(r"[0-9]+(\.[0-9]+)?s", duration)
    return Decimal(duration[:-1]) if is_duration else duration


def _text(node: Node | None) -> str | None:
    return node.text if isinstance(node, Scalar) else None
