"""Services whose start command runs in the background."""

from __future__ import annotations

import re
from collections.abc import Iterator

from validator.finding import Edit, Fix, Problem, Severity
from validator.model.automations import Document
from validator.model.scripts import Field, scripts
from validator.rule import Rule
from validator.wording import quoted

TYPE_CHECKING = False

if TYPE_CHECKING:
    from validator.shell.source_map import SourceMap
    from validator.shell.syntax import Item
    from validator.shell.words import Word

# A line that ends with `&`, and such an option of a container tool.
_MAY_DETACH = r"(?m)(?<![&>|])&[ \t]*(?:#.*)?$"
_MAY_RUN_CONTAINERS = r"\s-(?:\S*d|-wait)"


def check(document: Document) -> Iterator[Problem]:
    for field in scripts(document, "service", "start"):
        if _may_detach(field.text):
            yield from _problems(document, field)


def _may_detach(script: str) -> bool:
    """Whether it is worth to read a script: most have nothing of the kind."""
    if "&" in script and re.search(_MAY_DETACH, script):
        return True
    containers = "docker" in script or "podman" in script
    return containers and re.search(_MAY_RUN_CONTAINERS, script) is not None


def _problems(document: Document, field: Field) -> Iterator[Problem]:
    from validator.shell import endings
    from validator.shell.reader import read
    from validator.shell.source_map import SourceMap
    from validator.shell.syntax import Command

    script = read(field.text)
    found = None if script is None else next(endings.detached(script.items), None)
    if found is None:
        return
    item, options = found
    places = SourceMap(document.text, field.node)
    if options:
        start, end = item.start, item.end
    else:
        # Of a long command, what closes it.
        start = item.start if isinstance(item, Command) else _last_word(field.text, item)
        end = field.text.index("&", item.end) + 1
    message = (
        f"the start command of {quoted(field.automation.reference)} ends in the background, "
        "so the service counts as stopped; keep its last command in the foreground"
    )
    fixes = _without(options, document.text, field, places) if options else ()
    span = places.span(start, end)
    yield Problem("start-detaches", message, span, field.pointer, fixes=fixes, times=field.times)


def _last_word(script: str, item: Item) -> int:
    """The offset of the last word of a compound command: `done`, `fi`, or a redirection."""
    before = max(script.rfind(each, item.start, item.end) for each in " \t\n;")
    return max(before + 1, item.start)


def _without(options: list[Word], text: str, field: Field, places: SourceMap) -> tuple[Fix, ...]:
    """The fix that removes the option; none if that is not all that is needed."""
    (option, *others) = options
    before = field.text[option.start - 1]
    if others or option.text not in ("-d", "--detach") or before != " ":
        return ()
    span = places.span(option.start - 1, option.end)
    # Not where a line break in the text is a space in the script.
    if text[slice(*span)] != f" {option.text}":
        return ()
    return (Fix(f"Remove {quoted(option.text)}", (Edit(span, ""),)),)


def _example(command: str) -> str:
    return (
        f"services:\n  db:\n    name: Database\n    commands:\n      start: {command}\n"
        "    triggeredBy: [manual]\n"
    )


RULES = (
    Rule(
        name="start-detaches",
        severity=Severity.WARNING,
        group="services",
        summary="The start command of a service ends in the background",
        why="A service lives as long as its start command. One that ends with "
        "`docker compose up -d`, `docker run -d` or a trailing `&` returns at once, and the "
        "platform considers the service stopped. Only the script's last command is checked.",
        bad=_example("docker compose up -d"),
        good=_example("docker compose up"),
        fixable=True,
        check=check,
        needs=("services", "commands"),
        words=("docker", "podman", "&"),
    ),
)
