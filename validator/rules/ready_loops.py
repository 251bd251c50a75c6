"""Services whose `ready` command waits in a loop."""

from __future__ import annotations

from collections.abc import Iterator

from validator.finding import Edit, Fix, Problem, Severity
from validator.model.automations import Document
from validator.model.scripts import Field, scripts
from validator.rule import DOCUMENTATION, Rule
from validator.wording import quoted

TYPE_CHECKING = False

if TYPE_CHECKING:
    from validator.shell.source_map import SourceMap
    from validator.shell.syntax import Compound, Item, Script

_LOOPS = ("while", "until", "for")


def check(document: Document) -> Iterator[Problem]:
    for field in scripts(document, "service", "ready"):
        if "sleep" in field.text and any(loop in field.text for loop in _LOOPS):
            yield from _problems(document, field)


def _problems(document: Document, field: Field) -> Iterator[Problem]:
    from validator.shell.reader import read
    from validator.shell.source_map import SourceMap

    script = read(field.text)
    if script is None:
        return
    places = SourceMap(document.text, field.node)
    loop = _loop(script)
    fixes: tuple[Fix, ...] = ()
    if loop is not None:
        start, end = loop.start, _end_of_head(loop)
        # What comes after the loop may hide that the condition is not met.
        if loop is script.items[-1]:
            fixes = _only_condition(loop, field.text, places)
    else:
        inner = _inner_script(script)
        if inner is None:
            return
        start, end = inner
    message = (
        f"the `ready` command of {quoted(field.automation.reference)} waits in a loop, but is run "
        "every second until it succeeds; the condition alone is enough"
    )
    span = places.span(start, end)
    yield Problem("ready-loops", message, span, field.pointer, fixes=fixes, times=field.times)


def _loop(script: Script) -> Compound | None:
    """The first loop with a `sleep` in it."""
    from validator.shell import commands

    for command in script.commands:
        words = commands.program(command)
        if not words or words[0].text != "sleep":
            continue
        outer = command.compound
        while outer is not None and outer.kind not in _LOOPS:
            outer = outer.compound
        if outer is not None:
            return outer
    return None


def _inner_script(script: Script) -> tuple[int, int] | None:
    """The place of a script with such a loop that is a word: `timeout 9 bash -c '...'`."""
    from validator.shell.reader import read

    for command in script.commands:
        for option, word in zip(command.words, command.words[1:], strict=False):
            if option.text not in ("-c", "-lc", "-ec") or not word.literal:
                continue
            inner = read(word.text)
            if inner is not None and _loop(inner) is not None:
                return word.start, word.end
    return None


def _conditions(loop: Compound) -> list[Item]:
    return next((items for part, items in loop.lists if part == "condition"), [])


def _end_of_head(loop: Compound) -> int:
    words = [word.end for word in loop.words]
    return max([*words, *(item.end for item in _conditions(loop))], default=loop.end)


# With one of these at its beginning, a value without quotes is no string to YAML, or another one.
_BEGINS_ANOTHER = frozenset("[]{}\"'!&*%@`>|#-?:,")


def _only_condition(loop: Compound, script: str, places: SourceMap) -> tuple[Fix, ...]:
    """The fix that leaves the condition of a loop that does nothing but sleep."""
    condition = _conditions(loop)
    bodies = [items for part, items in loop.lists if part == "body"]
    if loop.kind == "for" or not condition or loop.redirections or not places.is_exact:
        return ()
    # `!` is about the first pipe.
    one = all(item.before == "|" for item in condition[1:])
    if not one or condition[0].negated != (loop.kind == "while"):
        return ()
    start, end = condition[0].start, condition[-1].end
    if "#" in script[end : loop.end] or not all(_only_sleeps(items) for items in bodies):
        return ()
    if script[start] in _BEGINS_ANOTHER:
        return ()
    before = places.span(loop.start, start)
    after = places.span(end, loop.end)
    made = (Edit(before, ""), Edit(after, ""))
    return (Fix("Write only the condition", made, safe=False),)


def _only_sleeps(items: list[Item]) -> bool:
    from validator.shell.syntax import Command

    return all(
        isinstance(item, Command) and item.words and item.words[0].text in ("sleep", "echo")
        for item in items
    )


def _example(ready: str) -> str:
    return (
        "services:\n  web:\n    name: Web\n    commands:\n      start: npm run dev\n"
        f"      ready: {ready}\n    triggeredBy: [manual]\n"
    )


RULES = (
    Rule(
        name="ready-loops",
        severity=Severity.HINT,
        group="services",
        summary="A `ready` command waits in a loop",
        why="The platform runs `ready` every second until it succeeds. A loop inside it does the "
        "same once more, and hides for how long the service was not ready. Write the condition "
        "alone, and `readinessTimeout` to limit how long it may take.",
        source=DOCUMENTATION,
        bad=_example("until pg_isready; do sleep 1; done"),
        good=_example("pg_isready"),
        fixable=True,
        check=check,
        needs=("services", "commands"),
        words=("sleep",),
    ),
)
