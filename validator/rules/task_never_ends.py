"""Tasks that run until they are stopped, as a service does."""

from __future__ import annotations

import re
from collections.abc import Iterator

from validator.finding import Problem, Severity
from validator.model.automations import Document
from validator.model.scripts import Field, scripts
from validator.rule import Rule
from validator.wording import quoted

TYPE_CHECKING = False

if TYPE_CHECKING:
    from validator.shell.syntax import Command, Compound, Item

# What a text has if one of its commands may run until it is stopped.
_WORDS = (
    *("dev", "serve", "start", "watch", "tail", "logs", "journal", "infinity", "while", "until"),
    *("storybook", "corn", "flask", "fastapi", "caddy", "streamlit", ":run", "bootRun", "proxy"),
    *("docker", "podman", "container", "buildkitd", "anvil", "daphne", "ganache", "hardhat"),
    *("jupyter", "mariadbd", "mongod", "mysqld", "nodemon", "postgres", "pm2", "hugo", "jekyll"),
    *("consul", "vite", "preview", "next", "ngrok", "nuxt", "port-forward", "php", "rails"),
    *("daemon", "FOREGROUND", "queue:", "horizon", "schedule:work"),
)
# Containers that do something once: `docker compose up migrate`.
_ONCE = r".*(?:migrat|flyway|liquibase|init|seed|setup|install|build|test|lint|job|once).*"
# What only passes on the output of a command.
_FILTERS = ("tee", "cat", "grep", "sed", "awk", "ts", "pino-pretty")


def check(document: Document) -> Iterator[Problem]:
    from validator.shell.known_programs import may_stay

    needed = frozenset(each.reference for one in document.automations for each in one.dependencies)
    for field in scripts(document, "task", "command"):
        # What is only started by hand may run as long as its author likes.
        by_itself = any(each.name != "manual" for each in field.automation.triggers)
        if (by_itself or field.automation.reference in needed) and may_stay(field.text):
            yield from _problems(document, field)


def _problems(document: Document, field: Field) -> Iterator[Problem]:
    from validator.shell.reader import read

    script = read(field.text)
    found = None if script is None else _endless(script.items)
    if found is None:
        return
    # Few files have such a finding.
    from validator.shell.source_map import SourceMap

    start, end = found
    message = (
        f"the task {quoted(field.automation.reference)} never ends, because "
        f"{quoted(field.text[start:end])} runs until it is stopped; make it a service"
    )
    span = SourceMap(document.text, field.node).span(start, end)
    yield Problem("task-never-ends", message, span, field.pointer)


def _endless(items: list[Item]) -> tuple[int, int] | None:
    """Where the first command of a list that never ends is in the script."""
    from validator.shell.endings import is_in_background, statements

    servers: list[tuple[int, int]] = []
    for statement in statements(items):
        found = _endless_statement(statement)
        if found is not None and is_in_background(statement):
            servers.append(found)
        elif found is not None:
            return found
        elif servers and _is_wait(statement[-1]):
            return servers[0]
    return None


def _endless_statement(statement: list[Item]) -> tuple[int, int] | None:
    found: tuple[int, int] | None = None
    # What reads the output may end sooner, as in `| head`.
    goes_on = True
    for item in reversed(statement):
        goes_on = goes_on or item.after != "|"
        if goes_on and item.before != "||":
            found = _endless_item(item) or found
        goes_on = goes_on and _is_filter(item)
    return found


def _endless_item(item: Item) -> tuple[int, int] | None:
    from validator.shell.syntax import Command

    if isinstance(item, Command):
        return (item.start, item.end) if _is_server(item) else None
    if item.kind == "function":
        return None
    if item.kind in ("while", "until") and _is_endless_loop(item):
        condition = item.lists[0][1]
        return item.start, condition[-1].end
    found = (_endless(items) for _, items in item.lists)
    return next(filter(None, found), None)


def _is_server(command: Command) -> bool:
    from validator.shell import commands, containers

    if not commands.runs_until_stopped(command):
        return False
    verb, rest = containers.subcommand(commands.program(command))
    return verb != "up" or not any(re.fullmatch(_ONCE, word.text) for word in rest)


def _is_filter(item: Item) -> bool:
    from validator.shell.syntax import Command

    return isinstance(item, Command) and bool(item.words) and item.words[0].text in _FILTERS


def _is_wait(item: Item) -> bool:
    from validator.shell.syntax import Command

    return isinstance(item, Command) and [word.text for word in item.words] == ["wait"]


def _is_endless_loop(loop: Compound) -> bool:
    """Whether a loop is `while true`, and nothing in it leaves it."""
    from validator.shell.syntax import Command

    condition = next((items for part, items in loop.lists if part == "condition"), [])
    if len(condition) != 1 or not isinstance(condition[0], Command) or condition[0].negated:
        return False
    words = [word.text for word in condition[0].words]
    if words not in ([["true"], [":"], ["((1))"]] if loop.kind == "while" else [["false"]]):
        return False
    return not _leaves(loop)


def _leaves(loop: Compound) -> bool:
    from validator.shell.syntax import Command

    return any(
        item.words[:1] and item.words[0].text in ("break", "exit", "return", "exec", "kill")
        if isinstance(item, Command)
        else _leaves(item)
        for _, items in loop.lists
        for item in items
    )


_ITEM = "    name: Web\n{}    triggeredBy: [postEnvironmentStart]\n"

RULES = (
    Rule(
        name="task-never-ends",
        severity=Severity.WARNING,
        group="services",
        summary="A task runs a command that never ends",
        why="A task is done when its command ends. What depends on it never starts, a prebuild "
        "waits for it until its time is over, and it has no `ready` and no `stop`. A server, "
        "`tail -f` or `sleep infinity` is for a service. A task that is only started by hand may "
        "run as long as it likes.",
        bad="tasks:\n  web:\n" + _ITEM.format("    command: npm run dev\n"),
        good="services:\n  web:\n" + _ITEM.format("    commands:\n      start: npm run dev\n"),
        check=check,
        needs=("tasks", "command"),
        words=_WORDS,
    ),
)
