"""The fields at the top of a `.gitpod.yml` that become tasks, or that nothing replaces."""

from __future__ import annotations

import posixpath
import re
import shlex

from validator.authoring.triggers import INSTALLS
from validator.contract.other_formats import OLDER_FIELDS
from validator.finding import Severity
from validator.migration.classic import Classic, Entry, Field, fields_of
from validator.migration.context import Context
from validator.migration.items import Item, Part
from validator.parsing.nodes import Mapping, Scalar, Sequence
from validator.wording import quoted

_BRANCH = r"(https://[^/]+/[^/]+/[^/]+)/(?:-/)?tree/(.+)"

_ADVICE = {
    "additionalRepositories": "a task can clone repositories: `git clone URL ../NAME`",
    "checkoutLocation": "the repository is always in `/workspaces/NAME`",
    "coreDump": "a script can set it for what it runs: `ulimit -c unlimited`",
    "env": "export variables in the commands, or set them in `devcontainer.json`",
    "experimentalNetwork": "remove it: nothing replaces it",
    "gitConfig": "a task can run `git config --global KEY VALUE`",
    "github": "the settings of the project turn prebuilds on; they run what `prebuild` triggers",
    "mainConfiguration": "create the project from that repository, and clone this one in a task",
    "ports": "`ports` must be a list",
    "tasks": "`tasks` must be a list",
    "workspaceLocation": "`workspaceFolder` in `devcontainer.json` says what the editor opens",
}
_NO_SETTINGS = ("array", "object", "null")
_NOTHING_TO_DO = ("checkoutLocation", "experimentalNetwork")


def clone_repositories(classic: Classic, context: Context) -> Item | None:
    """A task that clones the further repositories, None if there are none."""
    field = classic.fields.get("additionalRepositories")
    if field is None or not isinstance(field.value, Sequence):
        return None
    clones = [_clone(node) for node in field.value.items]
    if not any(clones):
        return None
    lines: list[str] = []
    for index, (node, line) in enumerate(zip(field.value.items, clones, strict=True)):
        entry = Entry(node, f"{field.pointer}/{index}")
        if line is None:
            context.lost_entry(entry, "a further repository needs a `url`")
            lines += context.entry_as_comment(entry)
        else:
            lines += [*context.comments.above_entry(node), *_all_comments(node, context), line]
    del classic.fields["additionalRepositories"]
    message = "further repositories are cloned beside this one, into `/workspaces`"
    context.guessed(field, message)
    return _made("Clone repositories", lines, field, context)


def configure_git(classic: Classic, context: Context) -> Item | None:
    """A task that sets the configuration of git, None if there is none."""
    field = classic.fields.get("gitConfig")
    if field is None or not isinstance(field.value, Mapping):
        return None
    settings = list(fields_of(field.value, field.pointer))
    if all(each.value.kind in _NO_SETTINGS for each in settings):
        return None
    lines: list[str] = []
    for each in settings:
        if each.value.kind in _NO_SETTINGS:
            context.lost(each, "a setting of git must be a string")
            lines += context.as_comment(each)
            continue
        lines += context.comments.above(each.key)
        beside = "".join(f"  {comment}" for comment in context.comments.beside(each.key))
        lines.append(
            f"git config --global {shlex.quote(each.name)} {shlex.quote(each.text)}{beside}"
        )
        lines += context.comments.after(each.key)
    del classic.fields["gitConfig"]
    return _made("Configure Git", lines, field, context)


def left_over(classic: Classic, context: Context) -> list[str]:
    """The fields that nothing replaces, and the entries that are wrong, as lines of comments."""
    lines: list[str] = []
    for entry in classic.wrong:
        context.lost_entry(entry, _of_entry(entry))
        lines += context.entry_as_comment(entry)
    for field in classic.fields.values():
        if field.value.kind == "null":
            continue
        if field.name == "workspaceLocation" and opens_repository(classic):
            advice = "remove it: the editor opens the folder of the repository by itself"
            context.lost(field, advice, severity=Severity.HINT)
        else:
            severity = Severity.HINT if field.name in _NOTHING_TO_DO else None
            context.lost(field, _advice(field), severity=severity)
        lines += context.as_comment(field)
    return lines


def opens_repository(classic: Classic) -> bool:
    """Whether `workspaceLocation` is the folder of the repository."""
    folders = [
        classic.fields[name].text.strip("/") if name in classic.fields else ""
        for name in ("checkoutLocation", "workspaceLocation")
    ]
    return folders[0] != "" and folders[0] == folders[1]


def _advice(field: Field) -> str:
    if field.name in _ADVICE:
        return _ADVICE[field.name]
    if field.name in OLDER_FIELDS:
        return OLDER_FIELDS[field.name].advice
    return f"{quoted(field.name)} is not a field of `.gitpod.yml`; remove it"


def _of_entry(entry: Entry) -> str:
    if entry.pointer.startswith("/tasks/"):
        return "a task must be a mapping with `init` or `command`"
    if isinstance(entry.node, Mapping) and {"command", "init"} & entry.node.members.keys():
        return "this looks like a task, but is below `ports`; move it below `tasks`"
    return "a port needs `port`, a number or a range such as 3000-3010"


def _made(name: str, lines: list[str], field: Field, context: Context) -> Item:
    item = Item("task", INSTALLS, [Part("\n".join(lines))])
    item.name = name
    item.above = context.comments.above(field.key) + context.comments.beside(field.key)
    item.after = context.comments.after(field.key)
    return item


def _all_comments(node: object, context: Context) -> list[str]:
    found: list[str] = []
    if isinstance(node, Mapping):
        for key, _ in node.members.values():
            found += context.comments.about(key)
    return found


def _clone(node: object) -> str | None:
    """The command that clones a repository of `additionalRepositories`."""
    url = node.get("url") if isinstance(node, Mapping) else None
    if not isinstance(node, Mapping) or not isinstance(url, Scalar) or not url.text.strip():
        return None
    if node.members.keys() - {"url", "checkoutLocation"}:
        return None
    address, branch = url.text.strip(), ""
    found = re.fullmatch(_BRANCH, address)
    if found:
        address, branch = found[1], f" --branch {shlex.quote(found[2])}"
    place = node.get("checkoutLocation")
    name = place.text if isinstance(place, Scalar) else posixpath.basename(address.rstrip("/"))
    name = name.removesuffix(".git").strip("/") or "repository"
    folder = shlex.quote(posixpath.normpath(f"../{name}"))
    return f"[ -d {folder} ] || git clone{branch} {shlex.quote(address)} {folder}"
