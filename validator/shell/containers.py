"""Commands that run containers: whether they wait for them."""

from __future__ import annotations

import re

from validator.shell.words import Word

PROGRAMS = ("docker", "docker-compose", "podman", "podman-compose")

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


def subcommand(words: list[Word]) -> tuple[str, list[Word]]:
    """What a command of a container tool does (`run`, `up`), and the words after that.

    `words` begin with the tool. `("", [])` for another program, or for none.
    """
    if not words or words[0].text not in PROGRAMS:
        return "", []
    rest = _past_options(words[1:])
    if rest and rest[0].text in ("compose", "container"):
        rest = _past_options(rest[1:])
    return (rest[0].text, rest[1:]) if rest else ("", [])


def options_of_run(words: list[Word]) -> list[Word]:
    """The options of `run`; what follows the image is the container's own command."""
    return words[: len(words) - len(_past_options(words))]


def detaching_options(words: list[Word]) -> list[Word]:
    """The options that make a command return while its containers run; `words` as above."""
    name, rest = subcommand(words)
    if name not in ("run", "up"):
        return []
    options = options_of_run(rest) if name == "run" else rest
    return [word for word in options if re.fullmatch(_DETACH, word.text) or word.text == "--wait"]


def _past_options(words: list[Word]) -> list[Word]:
    """What follows the options at the beginning, and their values."""
    at = 0
    while at < len(words) and words[at].text.startswith("-"):
        text = words[at].text
        alone = re.fullmatch(_SWITCHES, text) or re.fullmatch(_ATTACHED, text)
        at += 1 if alone else 2
    return words[at:]
