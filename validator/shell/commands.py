"""What a command does, by the names in it: run until it is stopped, or end."""

from __future__ import annotations

import re
from collections.abc import Callable

from validator.shell import containers, known_programs
from validator.shell.syntax import Command
from validator.shell.words import Word

# So that no command, however odd, takes long to look at.
_MOST_PREFIXES = 8
_VARIABLE = r"[A-Za-z_]\w*=.*"
_PYTHON = r"(?:python|pypy)[\d.]*"
_IN_A_FOLDER = r"(?:.*/)?s?bin/([^/]+)|(?:\./|/)(mvnw|gradlew|manage\.py)"
_WATCHES = r"--watch(?:All|=true)?"
_WATCHES_SHORTLY = r"-[a-z]*w"
# Programs that do several things, one after another.
_WITH_GOALS = ("mvn", "mvnw", "gradle", "gradlew")
_SCRIPT_RUNNERS = ("npm", "pnpm", "yarn", "bun", "composer", "deno", "turbo", "pipenv", "pdm")
# Options of these that take a value.
_OF_SCRIPT_RUNNERS = ("--prefix", "--filter", "-F", "-C", "--dir", "--cwd", "-w", "--workspace")
# Options after which a server returns at once, or shows something and ends.
_ENDS = (
    r"--?(?:help|version|detach|detached|fork|background|daemon\w*|once|stop-when-empty)(?:=.*)?"
    r"|-[dh]"
)
_FOLLOWS = r"-[a-zA-Z0-9]*[fF][a-zA-Z0-9]*|--follow(?:=.*)?"
_ATTACHES = r"-[it]*a[it]*|--attach"
_PUBLISHES = r"-p.*|-P|--publish(?:-all)?(?:=.*)?"
_KNOWN_FILES = r"(?:.*/)?(?:activate|\.\w+|nvm\.sh|sdkman-init\.sh|[\w.]*\.env)"


def program(command: Command) -> list[Word]:
    """The words of what a command runs in the end: without `sudo`, `env A=1`, `npx` and the like.

    The first is a name without its folder if that is `bin`; empty if a command only sets variables.
    It is the same list each time, so it must not be changed.
    """
    # Most rules on scripts ask this of each command.
    if command.program is None:
        command.program = _program(command.words)
    return command.program


def _program(words: list[Word]) -> list[Word]:
    for _ in range(_MOST_PREFIXES):
        if not words:
            break
        name = _name(words[0].text)
        if name in known_programs.PREFIXES:
            words = _past_options(words[1:], known_programs.PREFIXES[name].split())
            continue
        launched = _launched(name, words)
        if launched is None:
            return [words[0]._replace(text=name), *words[1:]]
        words = launched
    return words


def runs_until_stopped(command: Command) -> bool:
    """Whether a command is a server, or waits for ever."""
    words = [word.text for word in program(command)]
    if not words:
        return False
    name, rest = words[0], words[1:]
    verb, options = containers.subcommand(program(command))
    if verb == "logs" or name in known_programs.FOLLOWING or (name == "kubectl" and "logs" in rest):
        # `tail` can end together with a process.
        return _has(_FOLLOWS, rest) and not _has(r"--pid(?:=.*)?", rest)
    if name in known_programs.WATCHING or (name == "kubectl" and "get" in rest):
        short = name in ("kubectl", "sass", "tsc") and _has(_WATCHES_SHORTLY, rest)
        return short or _has(_WATCHES, rest)
    if verb:
        return _container_stays(verb, options) and not containers.detaching_options(
            program(command)
        )
    if name == "sleep":
        return rest[:1] in (["infinity"], ["inf"])
    if _has(_ENDS, rest) or (name == "gunicorn" and "-D" in rest):
        return False
    if name in _SCRIPT_RUNNERS:
        return _script(rest) in known_programs.SERVER_SCRIPTS
    if name == "vite" and (not rest or rest[0].startswith("-")):
        return True
    server_words = known_programs.SERVER_WORDS.get(name)
    if name in _WITH_GOALS and server_words:
        return any(word in server_words.split() for word in rest)
    return name in known_programs.SERVERS or _has_word(rest, server_words)


def ends(command: Command) -> bool:
    """Whether a command is known to end by itself: most are not known at all."""
    words = [word.text for word in program(command)]
    if not words:
        return True
    name, rest = words[0], words[1:]
    if runs_until_stopped(command):
        return False
    verb, options = containers.subcommand(program(command))
    if containers.detaching_options(program(command)):
        return True
    if verb == "start" and _has(_ATTACHES, [word.text for word in options]):
        return False
    if name in _ENDING_BY_ARGUMENTS:
        return _ENDING_BY_ARGUMENTS[name](rest)
    if name in _SCRIPT_RUNNERS and _script(rest) in known_programs.ENDING_SCRIPTS:
        return not _has(_WATCHES, rest)
    if _has(r"--?(?:help|version)", rest) or (name == "yarn" and not rest):
        return True
    if verb:
        name, rest = containers.PROGRAMS[0], [verb]
    # A server here is one with an option that sends it to the background.
    if name in known_programs.ENDING or name in known_programs.SERVERS:
        return True
    return _has_ending_word(name, rest)


def installs(command: Command) -> bool:
    """Whether a command that ends installs or builds something."""
    words = program(command)
    return bool(words) and words[0].text in known_programs.INSTALLERS


def _launched(name: str, words: list[Word]) -> list[Word] | None:
    """The words of what a launcher or an interpreter runs; None for another command."""
    if name in known_programs.LAUNCHERS:
        marker = known_programs.LAUNCHERS[name]
        if marker and (len(words) < 2 or words[1].text != marker):
            return None
        if (
            name in _SCRIPT_RUNNERS
            and words[2:3]
            and words[2].text in known_programs.SERVER_SCRIPTS
        ):
            return None
        return _past_options(words[2 if marker else 1 :], ["-p", "--package", "--with", "-n"])
    if re.fullmatch(_PYTHON, name):
        rest = _past_options(words[1:], ["-W", "-X"], stop="-m")
        if rest and rest[0].text == "-m":
            return rest[1:]
        return rest if rest and rest[0].text.endswith("manage.py") else None
    if name == "php" and len(words) > 1 and words[1].text == "artisan":
        return words[1:]
    return None


def _name(text: str) -> str:
    found = re.fullmatch(_IN_A_FOLDER, text)
    return (found[1] or found[2]) if found else text


def _past_options(words: list[Word], valued: list[str], stop: str = "") -> list[Word]:
    """What follows the options and variables at the beginning; `valued` take the next word."""
    at = 0
    while at < len(words) and words[at].text != stop:
        text = words[at].text
        if text in valued:
            at += 2
        elif text.startswith("-") or re.fullmatch(_VARIABLE, text, re.DOTALL):
            at += 1
        else:
            break
    return words[at:]


def _script(rest: list[str]) -> str:
    """The script of a project that `npm`, `yarn` and the like run."""
    at = 0
    while at < len(rest):
        if rest[at] in _OF_SCRIPT_RUNNERS or (rest[at] == "workspace" and at == 0):
            at += 2
        elif rest[at].startswith("-") or rest[at] in ("run", "run-script", "task"):
            at += 1
        else:
            return rest[at]
    return ""


def _container_stays(verb: str, options: list[Word]) -> bool:
    texts = [word.text for word in options]
    if verb == "up":
        return not _has(r"--(?:abort-on|exit-code|no-start|help).*", texts)
    if verb == "start":
        return _has(_ATTACHES, texts)
    if verb == "run":
        # Without a port it may be a command that is run in a container.
        return _has(_PUBLISHES, [word.text for word in containers.options_of_run(options)])
    return verb in ("attach", "watch")


def _has(pattern: str, words: list[str]) -> bool:
    return any(re.fullmatch(pattern, word) for word in words)


def _has_ending_word(name: str, rest: list[str]) -> bool:
    known = known_programs.ENDING_WORDS.get(name)
    if name not in _WITH_GOALS:
        return _has_word(rest, known)
    goals = [word for word in rest if not word.startswith("-")]
    return bool(goals) and all(goal in (known or "").split() for goal in goals)


def _has_word(rest: list[str], names: str | None) -> bool:
    """Whether the first word is one of `names`, or any word if options come first."""
    if not names or not rest:
        return False
    found = names.split()
    if rest[0] in found or not rest[0].startswith("-"):
        return rest[0] in found
    return any(word in found for word in rest)


def _has_detaching_option(rest: list[str]) -> bool:
    return _has(r"-[a-zA-Z]*d[a-zA-Z]*", rest)


def _reads_variables(rest: list[str]) -> bool:
    return _has(_KNOWN_FILES, rest[:1])


_ENDING_BY_ARGUMENTS: dict[str, Callable[[list[str]], bool]] = {
    **dict.fromkeys((".", "source"), _reads_variables),
    **dict.fromkeys(("screen", "tmux"), _has_detaching_option),
    # Of more words, some were meant to be a command of their own.
    "cd": lambda rest: len(rest) < 2,
    # Options may keep it in the foreground.
    "nginx": lambda rest: not rest,
    "sleep": lambda rest: _has(r"[\d.]+[sm]?", rest[:1]),
}
"""Commands that end or not by what follows their names."""
