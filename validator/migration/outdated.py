"""Folders and variables of the Classic product in scripts, which do not exist any more."""

from __future__ import annotations

import re

from validator.migration.classic import Field
from validator.migration.context import Context
from validator.wording import quoted

_FOLDER = r"(?<![\w/.-])/workspace(?=/|\b)(?!s)"
_VARIABLES = (
    r"\$\{?((?:THEIA_WORKSPACE_ROOT)|GITPOD_(?:REPO_ROOTS?|WORKSPACE_(?:URL|ID|CONTEXT(?:_URL)?|"
    r"CLASS(?:_INFO)?)|HOST|INSTANCE_ID|TASKS|IDE_ALIAS|THEIA_PORT))\b\}?"
)


def report_outdated(field: Field, context: Context) -> None:
    """Report the folders and variables of Classic in a script, each once."""
    found = re.search(_FOLDER, field.text)
    if found:
        context.lost_in_script(
            field,
            *found.span(),
            "`/workspace` does not exist any more: the repository is in `/workspaces/NAME`, and "
            "commands run there",
        )
    seen: set[str] = set()
    for each in re.finditer(_VARIABLES, field.text):
        if each[1] not in seen:
            seen.add(each[1])
            context.lost_in_script(field, *each.span(), _advice(each[1]))


def _advice(name: str) -> str:
    shown = quoted(f"${name}")
    if name.endswith("_ROOT"):
        return f"{shown} is not set any more: commands run in the folder of the repository"
    if name == "GITPOD_WORKSPACE_URL":
        return f"{shown} is not set any more: `ona environment port list` shows the addresses"
    return f"{shown} is not set any more; set it in the script if it is needed"
