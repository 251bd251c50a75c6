"""Services that count as ready whatever their state."""

from __future__ import annotations

import re
from collections.abc import Iterator

from validator.finding import Edit, Fix, Problem, Severity
from validator.model.automations import Document
from validator.model.scripts import Field, scripts
from validator.rule import DOCUMENTATION, Rule
from validator.wording import quoted

TYPE_CHECKING = False

if TYPE_CHECKING:
    from validator.shell.source_map import SourceMap
    from validator.shell.syntax import Item

_MAY_SUCCEED = r"\b(?:true|echo|printf|sleep|exit)\b|:\s|:$|&\s*$"
_FAILS = r"\bexit\s+[1-9]"


def check(document: Document) -> Iterator[Problem]:
    for field in scripts(document, "service", "ready"):
        if re.search(_MAY_SUCCEED, field.text) and not re.search(_FAILS, field.text):
            yield from _problems(document, field)


def _problems(document: Document, field: Field) -> Iterator[Problem]:
    from validator.shell.reader import read
    from validator.shell.success import always_succeeds

    script = read(field.text)
    decisive = None if script is None else always_succeeds(script.items)
    if script is None or decisive is None:
        return
    # Few files have such a finding.
    from validator.shell.source_map import SourceMap

    start, end = decisive.start, decisive.end
    if decisive.before == "||":
        start = field.text.rindex("||", 0, start)
    message = (
        f"the `ready` command of {quoted(field.automation.reference)} always succeeds, because of "
        f"{quoted(field.text[start:end])}; check the service itself, or remove `ready`"
    )
    places = SourceMap(document.text, field.node)
    fixes = _without(script.items, document.text, field, places)
    span = places.span(start, end)
    yield Problem("ready-always-true", message, span, field.pointer, fixes=fixes, times=field.times)


def _without(items: list[Item], text: str, field: Field, places: SourceMap) -> tuple[Fix, ...]:
    """The fix that removes `|| true` and the like after the only command."""
    if len(items) != 2 or items[1].before != "||":
        return ()
    start, end = items[0].end, items[1].end
    span = places.span(start, end)
    # Not where lines of the text are joined, or have a comment between them.
    if text[slice(*span)] != field.text[start:end] or "\n" in field.text[start:end]:
        return ()
    title = f"Remove {quoted(field.text[start:end].strip())}"
    return (Fix(title, (Edit(span, ""),), safe=False),)


def _example(ready: str) -> str:
    return (
        "services:\n  web:\n    name: Web\n    commands:\n      start: npm run dev\n"
        f"      ready: {ready}\n    triggeredBy: [manual]\n"
    )


RULES = (
    Rule(
        name="ready-always-true",
        severity=Severity.WARNING,
        group="services",
        summary="The `ready` command of a service can't fail",
        why="The platform runs `ready` every second until it succeeds. One that ends with "
        "`|| true`, or is `sleep 5`, `exit 0` or `echo`, succeeds at once: what waits for the "
        "service starts although it is not there. Let the command fail as long as the service is "
        "not ready.",
        source=DOCUMENTATION,
        bad=_example("curl -sf localhost:3000 || true"),
        good=_example("curl -sf localhost:3000"),
        fixable=True,
        check=check,
        needs=("services", "commands"),
        words=("ready",),
    ),
)
