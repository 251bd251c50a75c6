"""`Cargo.toml`: a package or a workspace of Rust."""

from __future__ import annotations

from validator.proposal.folder import Folder
from validator.proposal.items import Item, besides_make, build, install, test


def propose(folder: Folder, found: list[Item]) -> list[Item]:
    """Tasks that download the dependencies of a package, build and test it."""
    tables = folder.toml("Cargo.toml")
    if tables is None or not {"package", "workspace"} & tables.keys():
        return []
    items = [
        install("cargo fetch", "Cargo.toml", "Cargo"),
        build("cargo build", "Cargo.toml", "Cargo"),
        test("cargo test", "Cargo.toml", "Cargo"),
    ]
    return besides_make(folder, found, items)
