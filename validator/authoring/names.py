"""Readable names and references for tasks and services, from older names and from scripts."""

from __future__ import annotations

import re
import unicodedata

from validator.parsing.yaml import kind_of
from validator.parsing.yaml_readers import is_doubtful
from validator.shell import commands
from validator.shell.reader import read
from validator.shell.syntax import Command
from validator.shell.words import Word

_LONGEST = 60
_WORD = r"[A-Za-z][\w:.@-]*"
_PATH = r"[\w./:~-]+"
_GOES_ON = ("run", "compose", "exec", "artisan", "-m")
_SETUP = frozenset(
    (  # noqa: SIM905
        ". : [ [[ alias cat cd chgrp chmod chown clear cp curl echo eval exit export false gp "
        "grep ln ls mkdir mv popd printf pushd read rm sed set sleep source sudo tar tee test "
        "touch true unset unzip wget"
    ).split()
)
"""Commands that prepare others, or say something, and seldom name what a script is for."""

_FETCHES = ("curl", "wget")
_PRINTS = frozenset((":", "cat", "clear", "echo", "printf", "true"))


def as_reference(words: str) -> str:
    """A name in lower case, with hyphens; empty if it has no letter that a reference may have."""
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9_]+", "-", plain).strip("-_")


def reference(words: str, taken: dict[str, int], otherwise: str) -> str:
    """A reference from a name, unlike those in `taken`, which gets it.

    `taken` has for each reference how often it was wanted.
    """
    found = as_reference(words)
    if len(found) > _LONGEST:
        found = found[: _LONGEST + 1].rpartition("-")[0] or found[:_LONGEST]
    found = found or otherwise
    if kind_of(found) != "string" or is_doubtful(found):
        found = f"{otherwise}-{found}"
    made = found
    while made in taken:
        taken[found] += 1
        made = f"{found}-{taken[found]}"
    taken[made] = 1
    return made


def title(script: str) -> str:
    """What a script does, by the command that says most: `npm run dev`. Empty if none does."""
    found = top_commands(script)
    if found and only_prints(script):
        return "Show a message"
    telling = [each for each in found if _program(each) not in _SETUP]
    for chosen in (commands.runs_until_stopped, commands.installs, lambda _: True):
        for command in telling:
            if chosen(command):
                return _title(commands.program(command))
    return "Download" if any(_program(each) in _FETCHES for each in found) else ""


def top_commands(script: str) -> list[Command]:
    """The commands of a script that have words, but for those whose output is part of a word."""
    read_script = read(script)
    if read_script is None:
        return []
    return [each for each in read_script.commands if each.words and not is_substituted(each)]


def is_substituted(command: Command) -> bool:
    """Whether a command's output is part of a word, as in `$(command)`."""
    compound = command.compound
    while compound is not None:
        if compound.kind in ("$(", "`", "<(", ">("):
            return True
        compound = compound.compound
    return False


def only_prints(script: str) -> bool:
    """Whether a script does nothing but write on its terminal."""
    found = top_commands(script)
    return bool(found) and all(
        _program(each) in _PRINTS and not each.redirections for each in found
    )


def _program(command: Command) -> str:
    words = commands.program(command)
    return words[0].text if words else ""


def _title(words: list[Word]) -> str:
    if not words:
        return ""
    said = [_base(words[0].text)]
    texts = [word.text for word in words]
    if texts[0] == "java" and "-jar" in texts[:-1]:
        return _base(texts[texts.index("-jar") + 1]).removesuffix(".jar")
    if texts[0] == "php" and "-S" in texts:
        return "PHP server"
    if texts == ["yarn"]:
        return "yarn install"
    for word in words[1:3]:
        if not word.literal or not re.fullmatch(_WORD if len(said) > 1 else _PATH, word.text):
            break
        if word.text.startswith("-") and word.text not in _GOES_ON:
            break
        said.append(_base(word.text))
        if said[-1] not in _GOES_ON:
            break
    return " ".join(said)


def _base(path: str) -> str:
    return path.rstrip("/").rpartition("/")[2] or path
