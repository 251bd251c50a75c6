"""Services whose health is asked without a look at the answer."""

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
    from validator.shell.syntax import Command
    from validator.shell.words import Word

# An address that answers with an error while the service is not healthy.
_HEALTH = (
    r"(?:https?://)?[^/\s]+/(?:.*[/._-])?"
    r"(?:healthz?|healthcheck|health-check|readyz?|readiness|livez?|liveness|ping|status)"
    r"(?:[/?].*)?"
)
_MAY_ASK = r"health|read[iy]|live|ping|status"
# So that no address, however odd, takes long to look at.
_LONGEST = 500
# Options of curl in one letter that take a value: what follows is no option.
_VALUED = "AbcCdDeEFhHKmoPQrtTuUwxXyYz"
# What looks at the status itself, or sets options elsewhere.
_OTHER_LOOK = r"--(?:fail|fail-with-body|write-out|config|variable)(?:=.*)?"


def check(document: Document) -> Iterator[Problem]:
    for field in scripts(document, "service", "ready"):
        if "curl" in field.text and re.search(_MAY_ASK, field.text):
            yield from _problems(document, field)


def _problems(document: Document, field: Field) -> Iterator[Problem]:
    from validator.shell.reader import read
    from validator.shell.source_map import SourceMap
    from validator.shell.success import always_succeeds

    script = read(field.text)
    if script is None or always_succeeds(script.items) is not None:
        return
    places = SourceMap(document.text, field.node)
    for command in script.commands:
        curl = _curl_without_fail(command)
        if curl is None:
            continue
        message = (
            f"`curl` succeeds on errors such as 503 too, and {quoted(field.automation.reference)} "
            "counts as ready; add `-f`"
        )
        fixes: tuple[Fix, ...] = ()
        if places.is_exact:
            edit = Edit(places.insertion(curl.end), " -f")
            fixes = (Fix("Add `-f`", (edit,), safe=False),)
        span = places.span(curl.start, command.end)
        name, pointer, times = "ready-without-fail", field.pointer, field.times
        yield Problem(name, message, span, pointer, fixes=fixes, times=times)


def _curl_without_fail(command: Command) -> Word | None:
    """The word `curl` of a command whose success is all that counts."""
    from validator.shell import commands

    words = commands.program(command)
    if not words or words[0].text != "curl" or command.after in ("|", "&"):
        return None
    outer = command.compound
    while outer is not None:
        if outer.kind in ("$(", "`", "<(", ">(") or outer.after == "|":
            return None
        outer = outer.compound
    rest = words[1:]
    if any(_looks_at_status(word.text) for word in rest):
        return None
    addresses = [word.text for word in rest if len(word.text) < _LONGEST]
    return words[0] if any(re.fullmatch(_HEALTH, each) for each in addresses) else None


def _looks_at_status(option: str) -> bool:
    """Whether an option of curl is `-f`, alone or among others, or one that shows the status."""
    if option.startswith("--"):
        return re.fullmatch(_OTHER_LOOK, option) is not None
    if not option.startswith("-"):
        return False
    for letter in option[1:]:
        if letter in "fwK":
            return True
        if letter in _VALUED:
            return False
    return False


def _example(options: str) -> str:
    return (
        "services:\n  api:\n    name: API\n    commands:\n      start: npm start\n"
        f"      ready: curl {options} localhost:3000/health\n    triggeredBy: [manual]\n"
    )


RULES = (
    Rule(
        name="ready-without-fail",
        severity=Severity.HINT,
        group="services",
        summary="A `ready` command asks for the health of a service and takes any answer",
        why="curl succeeds whenever there is an answer, also `503 Service Unavailable` or `404 Not "
        "Found`. With `-f` it fails on these, so that the service counts as ready only once its "
        "health check says so.",
        bad=_example("-s"),
        good=_example("-sf"),
        fixable=True,
        check=check,
        needs=("services", "commands"),
        words=("curl",),
    ),
)
