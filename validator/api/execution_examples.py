"""Short notation for the examples of rules on executions."""

from __future__ import annotations

_IDS = {
    "@1": "e2b60f7a-9c4d-4d38-85a1-6f0b3c8e2d97",
    "@2": "0b9d4c6e-7f21-4a83-b5d0-94e1a3f7c852",
    "@a": "3f1c2a9e-5b7d-4c1a-9e0f-2d6b8a4c7e11",
    "@b": "b7a4d8c0-6e2f-4f19-a3b5-9d1c0e8f7a25",
}


def plan(*groups: str) -> str:
    """A task execution with a plan of these groups; `@1` and `@a` are replaced by ids."""
    return execution("", *groups)


def execution(status: str, *groups: str, metadata: str = "") -> str:
    """A task execution with a status and a plan, as YAML without the outer braces."""
    text = "id: 51c9e7d3-2a8b-4e60-b4f1-7e3d9a0c6b48\n"
    if metadata:
        text += f"metadata:\n{_lines(metadata)}"
    if groups:
        text += "spec:\n  plan:\n" + "".join(f"  - steps:\n{_steps(group)}" for group in groups)
    if status:
        text += f"status:\n{_lines(status)}"
    for name, uuid in _IDS.items():
        text = text.replace(name, uuid)
    return text


def _lines(fields: str) -> str:
    return "".join(f"  {line}\n" for line in fields.splitlines())


def _steps(group: str) -> str:
    return "".join(f"    - {step}\n" for step in group.splitlines())
