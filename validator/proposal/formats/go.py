"""`go.mod`: a module of Go."""

from __future__ import annotations

from validator.proposal.folder import Folder
from validator.proposal.items import Item, besides_make, build, install, test


def propose(folder: Folder, found: list[Item]) -> list[Item]:
    """Tasks that download the dependencies of a module, build and test it."""
    if folder.text("go.mod") is None:
        return []
    items = [
        install("go mod download", "go.mod", "Go"),
        build("go build ./...", "go.mod", "Go"),
        test("go test ./...", "go.mod", "Go"),
    ]
    return besides_make(folder, found, items)
