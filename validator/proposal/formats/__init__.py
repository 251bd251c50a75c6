"""The files that a proposal is made from: one module per format, in the order of precedence.

Each has `propose(folder, found)`: what the files of a folder give, apart from the items `found` in
formats before it.
"""

from __future__ import annotations

from collections.abc import Callable

from validator.proposal.folder import Folder
from validator.proposal.formats import (
    cargo,
    compose,
    go,
    makefile,
    package_json,
    procfile,
    python,
    vscode_tasks,
)
from validator.proposal.items import Item

FORMATS: tuple[Callable[[Folder, list[Item]], list[Item]], ...] = (
    package_json.propose,
    makefile.propose,
    python.propose,
    go.propose,
    cargo.propose,
    procfile.propose,
    vscode_tasks.propose,
    compose.propose,
)
"""The formats; one that others would only repeat is before them."""
