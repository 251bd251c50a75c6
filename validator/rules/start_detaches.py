"""Services whose start command runs in the background."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import dropwhile

from validator.finding import Problem, Severity, Span
from validator.model.automations import Document
from validator.parsing.nodes import Mapping, Scalar
from validator.rule import Rule
from validator.wording import quoted

_CONTINUED = r"\\\r?\n"
_HEREDOC = r"(?<!<)<<-?\s*([\"']?)([a-zA-Z_]\w*)\1"
# A comment, or quoted text, in which none begins.
_COMMENT = r"""\\.|'[^']*'|"(?:\\.|[^"\\])*"|(?:^|(?<=\s))#.*"""
# Where the shell continues with the next command.
_JOINTS = r"&&|;|(?<!\|)\|(?![|&])"
_BACKGROUND = r"(?<![&>|])&$"
_SKIPPED = r"\w+=\S*|command|env|exec|nohup|sudo|time|-\S*"

# Options of the container tools that take no value; any other takes the next word.
_SWITCHES = (
    r"--?[a-zA-Z-]+=.*|-[itdPq]+|-[Dl]|--(?:all-resources|compatibility|debug|detach|dry-run|init|"
    r"interactive|no-healthcheck|oom-kill-disable|privileged|publish-all|quiet|read-only|rm|tls|"
    r"tlsverify|tty|build|force-recreate|no-deps|no-log-prefix|remove-orphans|replace)"
)
# An option with its value attached: `-p80:80`.
_ATTACHED = r"-[a-zA-Z][^-].*"
# `-d`, alone or among other letters (`-dit`), and the long forms.
_DETACH = r"-[itPq]*d[itPq]*|--detach(=true)?"
_MAY_DETACH = r"\s-(?:\S*d|-wait)"


def check(document: Document) -> Iterator[Problem]:
    # A script at an anchor is read once, however many services use it.
    seen: set[int] = set()
    for automation in document.automations:
        commands = automation.field("commands")
        if automation.role != "service" or commands is None:
            continue
        start = commands[1].get("start") if isinstance(commands[1], Mapping) else None
        if not isinstance(start, Scalar) or start.kind != "string" or id(start) in seen:
            continue
        seen.add(id(start))
        if not _may_detach(start.text):
            continue
        for command in _last_commands(start.text):
            if re.search(_BACKGROUND, command) or _is_detached_container(command.split()):
                message = (
                    f"the start command of {quoted(automation.reference)} ends in the background, "
                    "so the service counts as stopped; keep its last command in the foreground"
                )
                pointer = f"{automation.pointer}/commands/start"
                yield Problem("start-detaches", message, _place(document, start, command), pointer)
                break


def _may_detach(script: str) -> bool:
    """Whether a script is worth parsing: most have neither a `&` nor such an option."""
    return "&" in script or re.search(_MAY_DETACH, script) is not None


def _last_commands(script: str) -> list[str]:
    """The last command of a script, after which it ends; several if `||` joins them."""
    commands: list[str] = []
    lines = iter(re.sub(_CONTINUED, " ", script).splitlines())
    for line in lines:
        command = re.sub(_COMMENT, _without_comment, line).strip()
        if command:
            commands.append(command)
        heredoc = re.search(_HEREDOC, command)
        if heredoc is not None and "((" not in command:
            # The following lines are the command's input.
            for body in lines:
                if body.strip() == heredoc[2]:
                    break
    last = commands[-1].split(" || ") if commands else []
    found = [re.split(_JOINTS, command)[-1].strip() for command in last]
    # An operator in quotes does not separate commands.
    return [
        command for command in found if not command.count("'") % 2 and not command.count('"') % 2
    ]


def _without_comment(found: re.Match[str]) -> str:
    return "" if found[0][0] == "#" else found[0]


def _is_skipped(word: str) -> bool:
    return re.fullmatch(_SKIPPED, word) is not None


def _is_detached_container(words: list[str]) -> bool:
    words = list(dropwhile(_is_skipped, words))
    if not words or words[0] not in ("docker", "docker-compose", "podman", "podman-compose"):
        return False
    rest = _past_options(words[1:])
    while rest and rest[0] in ("compose", "container"):
        rest = _past_options(rest[1:])
    if not rest or rest[0] not in ("run", "up"):
        return False
    options = rest[1:]
    if rest[0] == "run":
        # The words after the image are the container's own command.
        options = options[: len(options) - len(_past_options(options))]
    return any(re.fullmatch(_DETACH, word) for word in options) or "--wait" in options


def _past_options(words: list[str]) -> list[str]:
    """The words after the leading options and their values."""
    at = 0
    while at < len(words) and words[at].startswith("-"):
        alone = re.fullmatch(_SWITCHES, words[at]) or re.fullmatch(_ATTACHED, words[at])
        at += 1 if alone else 2
    return words[at:]


def _place(document: Document, start: Scalar, command: str) -> Span:
    """The span of the command in the text; that of the whole value if it is not found."""
    words = command.split()
    if len(words) > _MAX_WORDS:
        return start.span
    earliest = max(start.start, start.end - _MAX_SEARCHED)
    between = r"(?:\s|\\(?=[\r\n]))+"
    pattern = re.compile(between.join(map(re.escape, words)))
    places = [found.span() for found in pattern.finditer(document.text, earliest, start.end)]
    return Span(*places[-1]) if places else start.span


# Limits the time to search even unusual scripts.
_MAX_WORDS = 200
_MAX_SEARCHED = 20_000


def _example(command: str) -> str:
    return (
        f"services:\n  db:\n    name: Database\n    commands:\n      start: {command}\n"
        "    triggeredBy: [manual]\n"
    )


RULES = (
    Rule(
        name="start-detaches",
        severity=Severity.WARNING,
        summary="The start command of a service ends in the background",
        why="A service lives as long as its start command. One that ends with "
        "`docker compose up -d`, `docker run -d` or a trailing `&` returns at once, and the "
        "platform considers the service stopped. Only the script's last command is checked.",
        bad=_example("docker compose up -d"),
        good=_example("docker compose up"),
        check=check,
        needs=("services", "commands"),
    ),
)
