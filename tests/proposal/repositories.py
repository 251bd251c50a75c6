"""Little repositories for tests."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from validator import Proposal, propose


def repository(folder: Path, files: dict[str, str | bytes]) -> Path:
    """Write files, given by their names, to a folder."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return folder


def proposed(folder: Path, files: dict[str, str | bytes]) -> Proposal:
    """What is proposed for a repository with these files."""
    return propose(repository(folder, files))


def scripts(proposal: Proposal) -> dict[str, str]:
    """The commands of a proposal by reference: of a service what starts it."""
    content: dict[str, Any] = yaml.safe_load(proposal.file) or {}
    found = {name: item["command"] for name, item in content.get("tasks", {}).items()}
    for name, item in content.get("services", {}).items():
        found[name] = item["commands"]["start"]
    return found


def ready(proposal: Proposal) -> dict[str, str]:
    """The `ready` commands of a proposal, by reference."""
    content: dict[str, Any] = yaml.safe_load(proposal.file) or {}
    services = content.get("services", {}).items()
    return {name: item["commands"].get("ready", "") for name, item in services}


def notes(proposal: Proposal) -> str:
    """The notes of a proposal, one per line."""
    return "\n".join(map(str, proposal.notes))
