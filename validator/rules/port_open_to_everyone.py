"""Ports that everyone can reach."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import zip_longest

from validator.finding import Edit, Fix, Problem, Severity, Span
from validator.model.automations import Document
from validator.model.scripts import Field, all_scripts
from validator.rule import Rule
from validator.wording import quoted

TYPE_CHECKING = False

if TYPE_CHECKING:
    from validator.shell.source_map import SourceMap
    from validator.shell.words import Word

_CLIS = ("ona", "gitpod")
_PORT_OPEN = (("environment", "env"), ("port", "ports"), ("open",))
_MAY_OPEN = r"port(?:s|\\\n|[ \t])*open"
_ADMISSION = "--admission"
_NARROW = "creator_only"


def check(document: Document) -> Iterator[Problem]:
    for field in all_scripts(document):
        if _may_open(field.text):
            yield from _problems(document, field)


def _may_open(script: str) -> bool:
    """Whether a script may open a port to everyone: few do."""
    opened = len(re.findall(_MAY_OPEN, script))
    return opened > script.count(_ADMISSION) or (opened > 0 and "everyone" in script)


def _problems(document: Document, field: Field) -> Iterator[Problem]:
    from validator.shell import commands
    from validator.shell.reader import read
    from validator.shell.source_map import SourceMap

    script = read(field.text)
    if script is None:
        return
    places = SourceMap(document.text, field.node)
    for command in script.commands:
        words = commands.program(command)
        if not _opens_port(words):
            continue
        number = next((word.text for word in words[4:] if word.text.isdecimal()), "")
        port = f"port {quoted(number)}" if number else "a port"
        advice = f"write `{_ADMISSION} {_NARROW}` or `organization`"
        admission, start, end = _admission(words)
        if admission == "everyone":
            message = f"this opens {port} to everyone; {advice}"
            yield _problem(field, message, places.span(start, end), ())
        elif not admission:
            message = f"this opens {port} to everyone, the default; {advice}"
            span = places.span(words[0].start, words[3].end)
            yield _problem(field, message, span, _narrowed(words[3], places))


def _opens_port(words: list[Word]) -> bool:
    names = [word.text for word in words[:4]]
    return (
        len(names) == 4
        and names[0] in _CLIS
        and all(name in allowed for name, allowed in zip(names[1:], _PORT_OPEN, strict=True))
        and not any(word.text in ("-h", "--help") for word in words)
    )


def _admission(words: list[Word]) -> tuple[str, int, int]:
    """To whom a port is opened, empty if that is not said, and where: 0-based in the script."""
    from validator.shell.expansions import may_be_options

    for word, following in zip_longest(words, words[1:]):
        if word.text == _ADMISSION and following is not None:
            return following.text or "?", word.start, following.end
        if word.text.startswith(f"{_ADMISSION}="):
            return word.text.partition("=")[2] or "?", word.start, word.end
        if may_be_options(word):
            return "?", word.start, word.end
    return "", 0, 0


def _narrowed(verb: Word, places: SourceMap) -> tuple[Fix, ...]:
    if not places.is_exact:
        return ()
    edit = Edit(places.insertion(verb.end), f" {_ADMISSION} {_NARROW}")
    return (Fix(f"Add `{_ADMISSION} {_NARROW}`", (edit,), safe=False),)


def _problem(field: Field, message: str, span: Span, fixes: tuple[Fix, ...]) -> Problem:
    return Problem("port-open-to-everyone", message, span, field.pointer, fixes=fixes)


def _example(admission: str) -> str:
    return (
        "services:\n  web:\n    name: Web\n    commands:\n      start: |\n"
        f"        ona environment port open 3000 --admission {admission}\n        npm run dev\n"
        "    triggeredBy: [manual]\n"
    )


RULES = (
    Rule(
        name="port-open-to-everyone",
        severity=Severity.HINT,
        group="security",
        summary="A port is open to everyone",
        why="`everyone` needs no login, and is what `ona environment port open` takes without "
        "`--admission`. A development server often has no login either, and shows source code "
        "and errors. `creator_only` and `organization` open the port to signed-in people.",
        bad=_example("everyone"),
        good=_example("creator_only"),
        fixable=True,
        check=check,
        words=(" open",),
    ),
)
