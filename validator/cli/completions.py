"""Values that shells complete and that no list of choices contains."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from validator.configuration.config import Config
from validator.files.reading import read_bytes
from validator.kinds import DEFAULT_KIND, kind_at
from validator.parsing.nodes import Scalar
from validator.search.search import Search

if TYPE_CHECKING:
    import click
    from click.shell_completion import CompletionItem

    from validator.model.automations import Automation


def references(
    context: click.Context, _parameter: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    """The references in the file that the command line names before, or in the default one."""
    from click.shell_completion import CompletionItem

    from validator.model.load import read_document

    # click stops reading at an option without its value, and leaves the words before it.
    path = _file(context.params.get("file") or next(iter(context.args), "."))
    config = Config()
    try:
        data = b"" if path is None else read_bytes(path, config.limits.max_bytes)
    except OSError:
        return []
    document = read_document(data, config.limits)
    # No shell takes a valid reference for something else.
    return [
        CompletionItem(reference, help=_name(item))
        for reference, item in (document.by_reference if document else {}).items()
        if reference.startswith(incomplete) and item.has_reference
    ]


def _name(item: Automation) -> str:
    """The name of a task or a service for people, "" if it has none."""
    name = item.field("name")
    return name[1].text if name and isinstance(name[1], Scalar) else ""


def _file(path: str) -> str | None:
    """The file itself, or the first automations file in a folder."""
    if path == "-":
        return None
    if not os.path.isdir(path):
        return path
    found = (each.path for each in Search([path], upward=path == ".") if not each.skipped)
    return next((each for each in found if kind_at(each) in (None, DEFAULT_KIND)), None)
